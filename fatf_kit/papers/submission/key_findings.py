"""The key findings of a chapter: what the country reports, with figures, on its strongest and weakest core issues.

Ratings choose the core issues and are not printed in a submission. A core issue without a figure in its statement gives
no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fatf_kit.assessment.citations.articles import find_articles
from fatf_kit.assessment.citations.text import simplify_text
from fatf_kit.core.ratings import Achievement
from fatf_kit.framework.model import Chapter, CoreIssue, ImmediateOutcome
from fatf_kit.framework.submission_shape import KeyFindingShape, load_submission_shape
from fatf_kit.papers.submission.parts import Submission
from fatf_kit.report.model import Block, Bullets, Section
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.report.traces import strip_unit

_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+(?=[^\W\d_a-z]|[«“\"(])")
_NUMBER = re.compile(r"(?<![\w/])\d[\d.,٫٬\u00a0\u202f]*(?![\w/]*/)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def build_key_findings(chapter: Chapter, submission: Submission) -> Iterator[Section]:
    """Yield the section of a chapter's key findings; none where no statement has a figure."""
    t = submission.t
    units = {unit.id: unit for unit in submission.paper_input.framework.outcomes}
    items = tuple(item for outcome in chapter.outcomes for item in _list_findings(units[outcome], submission))
    if items:
        hint = t(
            "Chosen from the strongest and weakest core issues whose statements have figures. Add the main message."
        )
        blocks: tuple[Block, ...] = (Bullets(items=items), *submission.hint(hint))
        yield make_section(f"chapter-{chapter.number}-findings", t("Key findings"), *blocks)


def _list_findings(unit: ImmediateOutcome, submission: Submission) -> Iterator[str]:
    """Yield the findings of an outcome in the order of its core issues."""
    t = submission.t
    shape = load_submission_shape(submission.paper_input.framework.id).key_findings
    found: dict[str, str] = {}
    for issue in unit.core_issues:
        if text := quote_figures(_get_statement(issue, submission), submission.country, shape.words):
            found[issue.id] = text
    chosen = _choose([issue for issue in unit.core_issues if issue.id in found], shape, submission)
    for issue in unit.core_issues:
        if issue.id not in chosen:
            continue
        place = t("Core issue {number}", number=strip_unit(issue.id))
        if submission.is_draft and (rating := _get_rating(issue, submission)):
            facts = {"number": strip_unit(issue.id), "extent": t.named(rating)}
            place = t("Core issue {number} ({extent})", **facts)
        yield t("{name}: {text}", name=place, text=found[issue.id])


def _choose(issues: Sequence[CoreIssue], shape: KeyFindingShape, submission: Submission) -> frozenset[str]:
    """Return the ids of the strongest and the weakest core issues; of equal ones those with more weight."""

    def rank(issue: CoreIssue) -> int:
        rating = _get_rating(issue, submission)
        return (rating.rank if rating else None) or 0

    best = sorted(issues, key=lambda issue: (-rank(issue), -issue.weight.value))[: shape.strongest]
    rest = [issue for issue in issues if issue not in best]
    worst = sorted(rest, key=lambda issue: (rank(issue), -issue.weight.value))[: shape.weakest]
    return frozenset(issue.id for issue in (*best, *worst))


def _get_rating(issue: CoreIssue, submission: Submission) -> Achievement | None:
    result = submission.results[issue.id]
    rating = result.decided or result.claimed.rating
    return rating if isinstance(rating, Achievement) else None


def _get_statement(issue: CoreIssue, submission: Submission) -> str:
    """Return the statement that a submission prints on a core issue, that of the agency that leads."""
    printed = (answer for one in submission.choices[issue.id].chosen for answer in one.printed)
    return next((answer.explanation for answer in printed if answer.explanation), "")


def quote_figures(text: str, country: str | None, words: int) -> str:
    """Return the first sentences of a text that have a figure, up to so many words, and at least one.

    Years and the numbers of articles and laws are no figures.

    >>> quote_figures("The Act of 2019 applies. Of 64 actions, 22 were completed. Article 5 asks for it.", None, 60)
    'Of 64 actions, 22 were completed.'
    """
    chosen: list[str] = []
    for sentence in _SENTENCE_END.split(text.strip()):
        if _has_figure(sentence, country):
            if chosen and len(" ".join((*chosen, sentence)).split()) > words:
                break
            chosen.append(sentence)
    return " ".join(chosen)


def _has_figure(sentence: str, country: str | None) -> bool:
    text = simplify_text(sentence)
    plain = text.plain
    for one in find_articles(text, country):
        plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
    return any(not _YEAR.fullmatch(found.group().rstrip(".,")) for found in _NUMBER.finditer(plain))
