"""Sources of ratings: an assessment, a table in CSV, a mapping of texts. A published report has them already."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.file_limits import refusal_reason
from fatf_kit.core.files import shown_name
from fatf_kit.core.languages import clean, find_code, list_labels
from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating, FindingKind, is_good
from fatf_kit.framework import Framework, find_unit
from fatf_kit.framework.model import ImmediateOutcome, Recommendation
from fatf_kit.outlook.model import LevelCounts, Rating, Ratings
from fatf_kit.published.model import find_scale
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment, OutcomeResult, RecommendationResult
from fatf_kit.scoring.span import Span

_UNIT_COLUMNS = ("unit", "id")
_RATING_COLUMN = "rating"
_COLUMNS = "unit,rating"


def collect_ratings(assessment: Assessment) -> Ratings:
    """Return the rating that counts for every unit: the decided one, else the shown range or its one rating."""
    return {unit.id: unit.resolved or unit.counted for unit in assessment.units}


def count_good_units(assessment: Assessment) -> tuple[LevelCounts, LevelCounts]:
    """Count the Recommendations at C or LC and the outcomes at HE or SE: shown, claimed, not answered."""
    return _standing(assessment.recommendations), _standing(assessment.outcomes)


def _standing(units: Sequence[RecommendationResult] | Sequence[OutcomeResult]) -> LevelCounts:
    """Count what is rated; a unit that is not applicable in every case is in no count but its own."""
    rated = [unit for unit in units if unit.resolved is not ComplianceRating.NA]
    shown = [unit.id for unit in rated if is_good(unit.counted.worst.rank)]
    waiting = [unit for unit in rated if unit.id not in shown and is_good(unit.counted.best.rank)]
    claimed = sum(is_good(unit.claimed.worst.rank) for unit in waiting)
    return LevelCounts(
        of=len(rated),
        shown=len(shown),
        claimed=claimed,
        unanswered=len(waiting) - claimed,
        not_applicable=len(units) - len(rated),
    )


def count_open_shortcomings(findings: Iterable[Finding]) -> Mapping[str, int]:
    """Count the requirements of each unit that fall short or are not shown yet, without conflicts and blanks."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.kind in (FindingKind.SHORTCOMING, FindingKind.UNDEMONSTRATED):
            found[finding.unit].add(finding.requirement)
    return {unit: len(requirements) for unit, requirements in found.items()}


def parse_ratings(
    framework: Framework, given: Mapping[str, Rating | Span[ComplianceRating] | Span[EffectivenessRating] | str | None]
) -> Ratings:
    """Return the same ratings with ids as the edition writes them ("r10" is R.10), and texts as ratings; blank is None.

    Raises:
        UnknownIdError: no such unit, or a text that is not a rating of it.

    >>> from fatf_kit.framework import load_framework
    >>> parse_ratings(load_framework("fatf-2022"), {"r10": "LC", "IO.3": None})
    {'R.10': <ComplianceRating.LC: 'LC'>, 'IO.3': None}
    """
    ratings: dict[str, Rating | Span[ComplianceRating] | Span[EffectivenessRating] | None] = {}
    for name, value in given.items():
        unit = find_unit(framework, name)
        if value is None or isinstance(value, Span) or (isinstance(value, str) and not value.strip()):
            ratings[unit.id] = value if isinstance(value, Span) else None
            continue
        rating, allowed = _parse_rating(unit, str(value))
        if rating is None:
            raise UnknownIdError(
                "'{found}' is not a rating of {unit}. Allowed: {allowed}.", found=value, unit=unit.id, allowed=allowed
            )
        ratings[unit.id] = rating
    return ratings


def apply_fixes(
    framework: Framework, ratings: Ratings, fixes: Mapping[str, str]
) -> tuple[Ratings, tuple[tuple[str, Rating | None, Rating], ...]]:
    """Return the ratings after some re-ratings, and for each its unit, the rating before (None: open) and after.

    Raises:
        UnknownIdError: no such unit, or a text that is not a rating of it.
    """
    fixed = {unit: value for unit, value in parse_ratings(framework, fixes).items() if isinstance(value, Rating)}
    before = {unit: ratings.get(unit) for unit in fixed}
    moves = tuple((unit, b if isinstance(b, Rating) else None, fixed[unit]) for unit, b in before.items())
    return {**ratings, **fixed}, moves


def read_ratings(path: Path, framework: Framework) -> tuple[Ratings, tuple[Problem, ...]]:
    """Return ratings from a CSV file with the columns "unit" (or "id") and "rating", and every fault in it.

    A blank rating is not known; NA is a rating. Lines with a fault are left out. The comma may be a semicolon or a tab.

    Raises:
        FatfKitError: the file cannot be read.
    """
    text = _text_of(path)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    ratings: dict[str, Rating | None] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    try:
        heading = [clean(cell).casefold() for cell in next(rows, [])]
        unit_at = next((heading.index(name) for name in _UNIT_COLUMNS if name in heading), None)
        if unit_at is None or _RATING_COLUMN not in heading:
            return {}, (make_problem("ratings-columns", CellRef(file=shown_name(path)), columns=_COLUMNS),)
        rating_at = heading.index(_RATING_COLUMN)
        for row in rows:
            cells = [clean(cell) for cell in row] + [""] * len(heading)
            if not any(cells):
                continue
            line = rows.line_num
            ref = CellRef(file=shown_name(path), cell=Phrase("line {line}", line=line))
            found = _entry(framework, cells[unit_at], cells[rating_at], ref)
            if isinstance(found, Problem):
                problems.append(found)
            elif found[0] in lines:
                problems.append(make_problem("unit-twice", ref, unit=found[0], other=str(lines[found[0]])))
            else:
                ratings[found[0]], lines[found[0]] = found[1], line
    except csv.Error as fault:
        raise FatfKitError(
            "{file} is not a CSV table from line {line} on: {reason}. Save it again as CSV.",
            file=path.name,
            line=rows.line_num,
            reason=fault,
        ) from fault
    return ratings, tuple(problems)


def _text_of(path: Path) -> str:
    if why := refusal_reason(path):
        raise FatfKitError("{file} cannot be read: {why}.", file=shown_name(path), why=why)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise FatfKitError("{file} cannot be read: {why}.", file=path.name, why=fault.strerror) from fault
    except UnicodeDecodeError as fault:
        raise FatfKitError("{file} is not UTF-8 text. Save it as CSV in UTF-8.", file=path.name) from fault


def _entry(framework: Framework, name: str, text: str, ref: CellRef) -> tuple[str, Rating | None] | Problem:
    try:
        unit = find_unit(framework, name)
    except UnknownIdError:
        return make_problem("unit-unknown", ref, found=name, edition=framework.id)
    if not text:
        return unit.id, None
    rating, allowed = _parse_rating(unit, text)
    if rating is None:
        return make_problem("unit-rating", ref, found=text, unit=unit.id, allowed=allowed)
    return unit.id, rating


def _parse_rating(unit: Recommendation | ImmediateOutcome, text: str) -> tuple[Rating | None, str]:
    """Return the rating of a unit that a text means, None where it means none, and the ratings that are allowed."""
    scale = "effectiveness" if isinstance(unit, ImmediateOutcome) else "compliance"
    code, allowed = find_code(scale, text), ", ".join(list_labels(scale, "en"))
    return (find_scale(unit.id)(code) if code is not None else None), allowed
