"""Checks report answers that do not fit together once they are rolled up, as Problems with their cells.

Nothing here echoes a narrative: a message may travel further than the workbook.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fatf_kit.assessment.answers.model import BINDING_KINDS, Answer, EvidenceKind, ResponseSet
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.core.ratings import Achievement
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import Assessment, CoreIssueResult, CriterionResult
from fatf_kit.scoring.quality import load_quality


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
                yield make_problem(
                    "criterion-above-parts",
                    _place(criterion),
                    criterion.id,
                    answer=criterion.claimed.rating,
                    parts=criterion.above_parts,
                )


def _not_shown(assessment: Assessment) -> Iterator[Problem]:
    """Criteria that claim something without a citation, or by a measure that comes too late."""
    cut_off = assessment.cut_off
    for recommendation in assessment.recommendations:
        for criterion in recommendation.criteria:
            if criterion.status is EvidenceStatus.NOTHING_CITED and criterion.claimed.rating is not None:
                yield make_problem("met-uncited", _place(criterion), criterion.id, answer=criterion.claimed.rating)
            if criterion.status is EvidenceStatus.NO_DATE:
                yield make_problem("citation-undated", _place(criterion), criterion.id)
            if criterion.status is EvidenceStatus.IN_FORCE_LATER and criterion.in_force_from and cut_off:
                yield make_problem(
                    "in-force-late",
                    _place(criterion),
                    criterion.id,
                    found=criterion.in_force_from.isoformat(),
                    cut_off=cut_off.isoformat(),
                )


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


def _place(result: CriterionResult | CoreIssueResult) -> CellRef | None:
    return result.refs[0] if result.refs else None
