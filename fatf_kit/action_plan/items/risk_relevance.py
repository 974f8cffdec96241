"""Whether the results reported on an item concern the threats and sectors that the country itself rates higher.

Reviewers judge figures and cases against the risks of the country. A threat or sector is known from the line of the
statistics, from the predicate offence of a case, or from what the country typed beside its evidence; its level is that
of the national risk assessment in the statistics workbooks. What is not known stays open and is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from fatf_kit.action_plan.items.model import PlanItem
from fatf_kit.action_plan.items.proof import ResolvedEvidence
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.model import RiskLevel
from fatf_kit.statistics.schema import find_risk, load_risk_labels

_BETWEEN = re.compile(r"[;؛\n]+")


class RiskRelation(StrEnum):
    """The relation of some results to the risks of a country."""

    HIGHER = "higher risk"
    LOWER = "no higher risk"
    UNRATED = "level not known"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSubject:
    """A threat or sector: its id in the sheet of risks, or else the words of the country; its level, if known."""

    name: str
    level: RiskLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRelevance:
    """The threats and sectors that the results reported on an item concern.

    `is_open` says that one of the results names neither a threat nor a sector.
    """

    subjects: tuple[RiskSubject, ...] = ()
    is_open: bool = False

    @property
    def relation(self) -> RiskRelation:
        """Higher if one of them is rated so, lower if all results name theirs, all are rated, and none of them is."""
        levels = [subject.level for subject in self.subjects]
        if any(level and level.is_high for level in levels):
            return RiskRelation.HIGHER
        if self.is_open:
            return RiskRelation.OPEN
        return RiskRelation.LOWER if all(levels) else RiskRelation.UNRATED


def find_risk_relevance(
    item: PlanItem, evidence: Sequence[ResolvedEvidence], statistics: Statistics | None
) -> RiskRelevance | None:
    """Return what the figures and cases of an item have to do with the country's risks.

    None where it has neither, asks for something that is not judged by risk, such as a law, or is itself about one
    threat, such as the financing of terrorism.
    """
    rules = load_monitoring()
    results = [found for found in evidence if found.series or found.case]
    is_judged = not item.asks or rules.ask(item.asks).is_judged_by_risk
    if not results or not is_judged or not rules.units_about_one_threat.isdisjoint(item.units):
        return None
    levels = {risk.id: risk.level for risk in (statistics.risks if statistics else ())}
    named = [tuple(_list_names(found)) for found in results]
    names = dict.fromkeys(chain.from_iterable(named))
    subjects = tuple(RiskSubject(name=name, level=levels.get(name)) for name in names)
    return RiskRelevance(subjects=subjects, is_open=not all(named))


def _list_names(found: ResolvedEvidence) -> Iterator[str]:
    """Yield the threats and sectors of one result: that of its case or line, and those that the country typed."""
    if found.case is not None and found.case.predicate:
        yield f"threat/{found.case.predicate}"
    yield from _find_line_risk(found.evidence.what)
    for text in filter(None, map(str.strip, _BETWEEN.split(found.evidence.risk))):
        yield find_risk(text) or text


def _find_line_risk(line: str) -> Iterator[str]:
    """Yield the threat or sector whose row a line of the statistics is, if it is one of such a row."""
    definitions = load_definitions()
    if line in definitions.lines:
        _, row, _ = definitions.lines[line]
        if row in definitions.predicates:
            yield f"threat/{row.id}"
        elif row in definitions.sectors:
            yield f"sector/{row.id}"


def describe_subjects(found: RiskRelevance, t: Translator) -> str:
    """Return the threats and sectors by name, each with its level in the country's own risk assessment, if known."""
    labels = load_risk_labels(t.language)
    return t.points(
        t("{text} ({place})", text=name, place=label("risk_level", level, t.language)) if level else name
        for name, level in ((labels.get(subject.name, subject.name), subject.level) for subject in found.subjects)
    )
