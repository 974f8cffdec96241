"""Requirements of a unit, and instruments of the assessment, whose proof would narrow open ratings most.

To settle a requirement here means that its proof is found, so that it counts at its best. Nothing is searched: of a
unit, the requirement is taken that raises its worst end by most levels, or among equals by most weight times credit, or
that comes first in the Methodology; then the next one, in addition to those chosen. Instruments are ordered by what
each would do alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument
from fatf_kit.core.languages import normalise
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import AnyRequirement, CriterionResult, OpenInstrument, Trace

REQUIREMENTS_NAMED = 3
"""How many requirements a unit names at most."""

_WITHOUT_AN_INSTRUMENT = (
    EvidenceStatus.NOTHING_CITED,
    EvidenceStatus.IN_FORCE_LATER,
    EvidenceStatus.NO_LONGER_IN_FORCE,
)

INSTRUMENTS_NAMED = 10
"""How many instruments an assessment names at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenUnit:
    """A unit as this module sees it: its requirements, and the trace for one answer to each of them."""

    id: str
    requirements: Sequence[AnyRequirement]
    rate: Callable[[Sequence[Any]], Trace[Any]]


def find_settling_requirements(unit: OpenUnit) -> tuple[str, ...]:
    """Return the at most three requirements that settle the rating first, in order; empty where it is settled."""
    answers = [one.counted.worst for one in unit.requirements]
    best = unit.rate([one.counted.best for one in unit.requirements]).rating
    taken: list[str] = []
    while len(taken) < REQUIREMENTS_NAMED and (before := unit.rate(answers)).rating != best:
        gains = [
            (_gain(before, unit.rate(_with_best(unit, answers, {one.id}))), -at)
            for at, one in enumerate(unit.requirements)
            if answers[at] != one.counted.best
        ]
        if not gains:
            break
        at = -max(gains)[1]
        taken.append(unit.requirements[at].id)
        answers[at] = unit.requirements[at].counted.best
    return tuple(taken)


def find_settling_instruments(units: Sequence[OpenUnit]) -> tuple[OpenInstrument, ...]:
    """Return the at most ten instruments that settle most over all units, the most first.

    All answers that cite one instrument are one; an answer that cites nothing is one of its own. Answers that need no
    proof but an answer or a reason are left out, and so are core issues: figures settle those.
    """
    groups: dict[str, tuple[str, list[AnyRequirement]]] = {}
    for unit in units:
        for one in unit.requirements:
            if isinstance(one, CriterionResult) and one.resolved is None and one.decided is None and _is_citable(one):
                name, law = _name_of(one.instrument), _law_of(one.instrument)
                label = f"{law} {name}".strip()
                groups.setdefault(law or normalise(name) or one.id, (label, []))[1].append(one)
    found = [_instrument(label, members, units) for label, members in groups.values()]
    order = sorted(enumerate(found), key=lambda pair: (-pair[1].levels, -pair[1].points, pair[0]))
    return tuple(one for _, one in order[:INSTRUMENTS_NAMED])


def _name_of(cited: CitedInstrument | None) -> str:
    """Return what an instrument is called without its article; "" where none is cited."""
    if cited is None:
        return ""
    found = re.search(re.escape(cited.article), cited.label, re.IGNORECASE) if cited.article else None
    name = cited.label[: found.start()] if found and found.start() else cited.label
    return name.strip(" ,;،؛:–-(")


def _law_of(cited: CitedInstrument | None) -> str:
    """Return the number of an instrument in the register of laws; empty where it is not in it."""
    return cited.law.partition(" ")[0] if cited else ""


def _is_citable(one: CriterionResult) -> bool:
    return one.status.is_question or one.status in _WITHOUT_AN_INSTRUMENT


def _instrument(label: str, members: Sequence[AnyRequirement], units: Sequence[OpenUnit]) -> OpenInstrument:
    ids = {one.id for one in members}
    levels = points = 0
    touched = []
    for unit in units:
        if not any(one.id in ids for one in unit.requirements):
            continue
        touched.append(unit.id)
        worst = [one.counted.worst for one in unit.requirements]
        more = _gain(unit.rate(worst), unit.rate(_with_best(unit, worst, ids)))
        levels, points = levels + more[0], points + more[1]
    return OpenInstrument(
        instrument=label,
        requirements=tuple(one.id for one in members),
        units=tuple(touched),
        levels=levels,
        points=points,
    )


def _with_best(unit: OpenUnit, answers: Sequence[object], known: set[str]) -> list[object]:
    return [
        one.counted.best if one.id in known else answer for one, answer in zip(unit.requirements, answers, strict=True)
    ]


def _gain(old: Trace[Any], new: Trace[Any]) -> tuple[int, int]:
    """By how many levels a rating rises, and by how much weight times credit; to or from NA is one level."""
    if old.rating == new.rating:
        return 0, new.points - old.points
    levels = 1 if None in (old.rating.rank, new.rating.rank) else new.rating.rank - old.rating.rank
    return levels, new.points - old.points
