"""A report as it was read is compared with its truth: right, wrong and lost, names of persons and false warnings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import SequenceMatcher

from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.report_text.model import ParsedReport
from tests.unit.report_text.layouts.document import SampleReport

_ALIKE = 0.93
"""Similarity from which two texts are one: PDFium changes single letters and spaces."""

_ALIKE_ARABIC = 0.8
"""The same for Arabic in a PDF, where PDFium gives figures and some letters in another place."""

_ALL = 40
"""Rows of a table with the ratings of all Recommendations."""

COUNTED = ("factors", "actions", "ratings", "criteria", "proposed", "tables")
"""The kinds of things that are counted in each report."""

Faults = dict[str, list[int]]
"""How many are wrong and lost of each kind of which any is."""

DOUBTS = ("report-ratings-differ", "report-tables-differ", "report-table-undivided", "report-rows-undivided",
          "report-rating-unreadable")  # fmt: skip
"""Warnings for which none of these reports gives a reason."""


@dataclass(kw_only=True)
class Count:
    """How many are right, wrong (there is none such) and lost."""

    right: int = 0
    wrong: int = 0
    lost: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(right=self.right + other.right, wrong=self.wrong + other.wrong, lost=self.lost + other.lost)


@dataclass(kw_only=True)
class Score:
    """One report or the sum of several. `faults` describe what is wrong or lost."""

    factors: Count = field(default_factory=Count)
    actions: Count = field(default_factory=Count)
    ratings: Count = field(default_factory=Count)
    criteria: Count = field(default_factory=Count)
    proposed: Count = field(default_factory=Count)
    tables: Count = field(default_factory=Count)
    names: int = 0
    warnings: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, Count]:
        """The counts by name."""
        return {name: getattr(self, name) for name in COUNTED}

    def __add__(self, other: Score) -> Score:
        return Score(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})


def score(found: ParsedReport, report: SampleReport, *, is_pdf: bool) -> Score:
    """Compare what was read with the truth."""
    truth, is_arabic = report.truth, report.language == "ar"
    alike = (_ALIKE_ARABIC if is_arabic else _ALIKE) if is_pdf else 1.0
    faults: list[str] = []
    factors = _match(
        [(one.unit, one.criteria, one.text) for one in found.deficiencies],
        [(one.unit, one.criteria, one.text) for one in truth.factors],
        alike,
        faults,
    )
    actions = _match(
        [(str(one.kind), one.units, one.text) for one in found.actions],
        [(one.kind, one.units, one.text) for one in truth.actions],
        alike,
        faults,
    )
    ratings = _compare({unit: str(one.rating) for unit, one in found.ratings.items()}, truth.ratings, faults)
    read: dict[str, CriterionRating | None] = {one.requirement: one.rating for one in found.criteria}
    criteria = _compare({name: rating and str(rating) for name, rating in read.items()}, truth.criteria, faults)
    proposed = _compare(dict.fromkeys(found.proposed, "met"), dict.fromkeys(truth.list_proposed(), "met"), faults)
    tables = [table for table in found.tables if len(table.rows) == _ALL]
    texts = [*(one.text for one in found.deficiencies), *(one.text for one in found.actions)]
    named = [name for name in truth.names if any(_squeeze(name) in _squeeze(text) for text in texts)]
    counted = _compare_number(len(tables), truth.tables)
    doubtful = (problem for problem in found.problems if problem.code in DOUBTS)
    doubts = [problem for problem in doubtful if not _has_reason(problem, counted, factors)]
    faults += [f"name: {name}" for name in named] + [f"warning: {problem.text}" for problem in doubts]
    return Score(
        factors=factors,
        actions=actions,
        ratings=ratings,
        criteria=criteria,
        proposed=proposed,
        tables=counted,
        names=len(named),
        warnings=len(doubts),
        faults=faults,
    )


def _has_reason(problem: Problem, tables: Count, factors: Count) -> bool:
    """Return whether a warning is right: it says that rows could not be read, and rows are lost indeed."""
    return problem.code == "report-rows-undivided" and bool(tables.lost or factors.lost)


def list_faults(result: Score) -> Faults:
    """Return how many are wrong and lost in a report."""
    return {name: [count.wrong, count.lost] for name, count in result.counts.items() if count.wrong or count.lost}


def find_breaches(result: Score, allowed: Faults) -> list[str]:
    """Return where a report is read worse than allowed; a name of a person or a false warning never is."""
    breaches = []
    for name, (wrong, lost) in list_faults(result).items():
        most_wrong, most_lost = allowed.get(name, (0, 0))
        if wrong > most_wrong or lost > most_lost:
            breaches.append(f"{name}: {wrong} wrong and {lost} lost; allowed are {most_wrong} and {most_lost}")
    if result.names or result.warnings:
        breaches.append(f"names of persons {result.names}, false warnings {result.warnings}")
    return [*breaches, *result.faults] if breaches else []


def _compare_number(found: int, wanted: int) -> Count:
    return Count(right=min(found, wanted), wrong=max(found - wanted, 0), lost=max(wanted - found, 0))


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


_Item = tuple[object, object, str]


def _match(found: Iterable[_Item], wanted: Sequence[_Item], alike: float, faults: list[str]) -> Count:
    """Count the items that agree in everything; texts agree from a similarity on, without their spaces."""
    left = [(*one[:2], _squeeze(one[2])) for one in wanted]
    count = Count()
    wrong = []
    for first, second, text in found:
        plain = _squeeze(text)
        agree = _find_agreement(alike, plain)
        at = next((n for n, one in enumerate(left) if one[:2] == (first, second) and agree(one[2])), None)
        if at is None:
            wrong.append(f"wrong: {first} {second} {text}")
        else:
            del left[at]
            count.right += 1
    count.wrong, count.lost = len(wrong), len(left)
    faults += wrong + [f"lost: {first} {second} {text}" for first, second, text in left]
    return count


def _find_agreement(alike: float, plain: str) -> Callable[[str], bool]:
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(plain)

    def agrees(other: str) -> bool:
        if other == plain:
            return True
        if alike == 1.0 or abs(len(other) - len(plain)) > len(plain) * (1 - alike):
            return False
        if Counter(other) == Counter(plain):  # letters in another order
            return True
        matcher.set_seq1(other)
        return matcher.ratio() >= alike

    return agrees


def _compare(found: Mapping[str, str | None], wanted: Mapping[str, str | None], faults: list[str]) -> Count:
    right = [key for key, value in wanted.items() if key in found and found[key] == value]
    wrong = [key for key, value in found.items() if key not in wanted or wanted[key] != value]
    lost = [key for key in wanted if key not in found]
    faults += [f"wrong: {key} {found[key]} for {wanted.get(key)}" for key in wrong] + [f"lost: {key}" for key in lost]
    return Count(right=len(right), wrong=len(wrong), lost=len(lost))
