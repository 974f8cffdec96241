"""Checks report answers that do not fit together once they are rolled up, as Problems with their cells or as notes.

Nothing here echoes a narrative: a message may travel further than the workbook. An outcome that is rated higher than
the Recommendations behind it make likely has to be explained, and is never held down.

Source: FATF Methodology (2022), paras 53-54; the numbers are in frameworks/quality.json, fatf-kit's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fatf_kit.assessment.answers.model import BINDING_KINDS, Answer, EvidenceKind, ResponseSet
from fatf_kit.core.json_files import load_value
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.core.ratings import Achievement, ComplianceRating, EffectivenessRating
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.model import Framework
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import (
    AnyRequirement,
    AnyUnit,
    Assessment,
    OutcomeResult,
    RecommendationResult,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """When a rating of an outcome, one of `levels`, has to be explained.

    Either a primary Recommendation is at `any_at`, or more than `weak_share_above` per cent of those whose rating is
    known are `weak`.
    """

    levels: tuple[EffectivenessRating, ...]
    any_at: tuple[ComplianceRating, ...]
    weak: tuple[ComplianceRating, ...]
    weak_share_above: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SameText:
    """A text of so many characters under so many requirements counts as pasted."""

    requirements_from: int
    characters_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """When answers need a second look; an extent from `figures_expected_from` on needs figures."""

    same_text: SameText
    figures_expected_from: Achievement
    consistency: Consistency


@cache
def load_quality() -> Quality:
    """Return the numbers as shipped.

    Raises:
        FrameworkError: the file does not conform to its schema.

    >>> load_quality().figures_expected_from
    <Achievement.LARGE: 'large'>
    """
    return load_value(data_folder("frameworks") / "quality.json", Quality, "quality.schema.json")


def check_assessment(assessment: Assessment) -> tuple[Problem, ...]:
    """Return a problem for each criterion that is answered better than its own parts support and is not decided."""
    return tuple(_above_parts(assessment))


def check_quality(responses: ResponseSet, assessment: Assessment) -> tuple[Problem, ...]:
    """Return first questions of an assessor: answers without proof, laws without a date, one text in many rows.

    Each is worth a look and none stops anything, so all are notes.
    """
    answers = {answer.requirement: answer for answer in responses.answers}
    return (
        *_not_shown(assessment),
        *_without_figures(responses, answers, assessment),
        *_laws_without_date(responses, assessment),
        *_same_text(responses),
    )


def _above_parts(assessment: Assessment) -> Iterator[Problem]:
    for recommendation in assessment.recommendations:
        for criterion in recommendation.criteria:
            is_decided = criterion.decided is not None or recommendation.decided is not None
            if criterion.above_parts is not None and not is_decided:
                facts = {"answer": str(criterion.claimed.rating), "parts": str(criterion.above_parts)}
                yield make_problem("criterion-above-parts", _place(criterion), criterion.id, **facts)


def _not_shown(assessment: Assessment) -> Iterator[Problem]:
    """Criteria that claim something without a citation, or by a measure that comes too late."""
    cut_off = assessment.cut_off
    for recommendation in assessment.recommendations:
        for criterion in recommendation.criteria:
            if criterion.status is EvidenceStatus.NOTHING_CITED and criterion.claimed.rating is not None:
                yield make_problem("met-uncited", _place(criterion), criterion.id, answer=criterion.claimed.rating)
            if criterion.status is EvidenceStatus.NO_DATE:
                yield make_problem("citation-undated", _place(criterion), criterion.id)
            later = criterion.in_force_from if criterion.status is EvidenceStatus.IN_FORCE_LATER else None
            if later and cut_off:
                yield make_problem("in-force-late", _place(criterion), criterion.id, found=later, cut_off=cut_off)


def _without_figures(responses: ResponseSet, answers: dict[str, Answer], assessment: Assessment) -> Iterator[Problem]:
    """Outcomes that are said to work well, with no figures named anywhere behind the core issue."""
    figures = {item.id for item in responses.evidence if item.kind is EvidenceKind.STATISTICS}
    for outcome in assessment.outcomes:
        for issue in outcome.core_issues:
            claim = issue.claimed.rating
            high = claim is not None and _rank(claim) >= _rank(load_quality().figures_expected_from)
            named = {key for one in answers.values() if _belongs(one.requirement, issue.id) for key in one.evidence}
            if high and not named & figures:
                yield make_problem("effective-without-figures", _place(issue), issue.id, answer=claim)


def _laws_without_date(responses: ResponseSet, assessment: Assessment) -> Iterator[Problem]:
    if assessment.cut_off is None:
        return
    for item in responses.evidence:
        if item.kind in BINDING_KINDS and item.in_force_from is None:
            yield make_problem("law-undated", item.place, **quote_found(item.id))


def _same_text(responses: ResponseSet) -> Iterator[Problem]:
    """One explanation pasted under many requirements; it answers none of them in particular."""
    rule = load_quality().same_text
    rows: defaultdict[tuple[str, str | None], list[Answer]] = defaultdict(list)
    for answer in responses.answers:
        text = normalise(answer.explanation)
        if len(text) >= rule.characters_from:
            rows[text, answer.agency].append(answer)
    for alike in rows.values():
        if len(alike) >= rule.requirements_from:
            first = alike[0]
            others = ", ".join(answer.requirement for answer in alike[1:4])
            place = first.place
            yield make_problem("text-repeated", place, first.requirement, count=len(alike), others=others)


def _rank(extent: Achievement) -> int:
    return extent.rank or 0


def _belongs(requirement: str, issue: str) -> bool:
    return requirement == issue or requirement.startswith(f"{issue}(")


def _place(result: AnyRequirement) -> CellRef | None:
    return result.refs[0] if result.refs else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyNote:
    """One outcome to be explained: its level, and the primary Recommendations that speak against it.

    `known` is how many of its primary Recommendations have a rating that counts; NA and open ones do not.
    """

    outcome: str
    level: EffectivenessRating
    against: tuple[tuple[str, ComplianceRating], ...]
    known: int


def consistency_notes(framework: Framework, assessment: Assessment) -> tuple[ConsistencyNote, ...]:
    """Return every outcome whose level needs an explanation, in order.

    Everything is taken at its best end, because lacking proof is no weakness. Units that are not answered in full
    give none, but for a Recommendation that is weak even so.
    """
    rule = load_quality().consistency
    results = assessment.by_id
    notes = []
    for unit in framework.outcomes:
        outcome = results[unit.id]
        if not isinstance(outcome, OutcomeResult) or not _is_known(outcome):
            continue
        level = outcome.counted.best
        if level not in rule.levels:
            continue
        ratings = [
            (key, result.counted.best)
            for key in unit.primary_recommendations
            if isinstance(result := results[key], RecommendationResult)
            and (_is_known(result) or result.counted.best in rule.weak)
            and result.counted.best is not ComplianceRating.NA
        ]
        weak = tuple((key, rating) for key, rating in ratings if rating in rule.weak)
        worst = any(rating in rule.any_at for _, rating in ratings)
        if worst or 100 * len(weak) > rule.weak_share_above * len(ratings):
            notes.append(ConsistencyNote(outcome=unit.id, level=level, against=weak, known=len(ratings)))
    return tuple(notes)


def _is_known(unit: AnyUnit) -> bool:
    """Return whether all of it is answered, or people decided."""
    return unit.decided is not None or unit.coverage.answered == unit.coverage.total
