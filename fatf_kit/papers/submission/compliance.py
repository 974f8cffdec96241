"""Technical compliance in the shape of an evaluation report's annex: Recommendation by Recommendation.

The submission has the country's statements and what they cite. The draft adds ratings, gaps and hints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import CRITERION_SCALE, FindingKind
from fatf_kit.framework.model import Criterion, Recommendation
from fatf_kit.framework.submission_lengths import load_submission_shape
from fatf_kit.papers.report_input import PaperInput, get_country_name
from fatf_kit.papers.submission.parts import (
    Submission,
    count_words,
    get_banner,
    list_first_facts,
    list_notices,
    list_previous_rating,
)
from fatf_kit.report.model import Block, Document, DocumentTable, Paragraph, Section, TableCell, TableColumn, TableRow
from fatf_kit.scoring.model import RecommendationResult
from fatf_kit.scoring.report.traces import explain_compliance, strip_unit


def build_compliance_submission(given: PaperInput, t: Translator) -> Document:
    """The annex as an editable document, or its working draft."""
    submission = Submission(given, "compliance", t)
    results = {result.id: result for result in given.assessment.recommendations}
    subtitle = t("Submission on the 40 Recommendations")
    if given.is_draft:
        subtitle = t("Working draft of the submission on the 40 Recommendations; ratings are indicative")
    units = tuple(_recommendation(unit, results[unit.id], submission) for unit in given.framework.recommendations)
    summary = (_summary(given, results, t),) if given.is_draft else ()
    return Document(
        id="compliance-draft" if given.is_draft else "compliance-submission",
        title=t("{country}: technical compliance", country=get_country_name(given, t)),
        subtitle=subtitle,
        language=t.language,
        facts=list_first_facts(given, t),
        notices=list_notices(given, t),
        sections=(*units, *summary, *submission.lists(), submission.statements.annex.section()),
        banner=get_banner(given, t),
    )


def _recommendation(unit: Recommendation, result: RecommendationResult, submission: Submission) -> Section:
    given, t = submission.given, submission.t
    shown = [criterion for criterion in unit.criteria if submission.is_shown(criterion)]
    criteria = tuple(_criterion(criterion, result, submission) for criterion in shown)
    nothing = () if criteria else (Paragraph(text=t("No measure is reported.")),)
    earlier = list_previous_rating(given, unit.id, t)
    return Section(
        anchor=unit.id,
        title=f"{unit.id} {unit.title}",
        break_before=unit is given.framework.recommendations[0],  # the contents fill the page before it
        badges=(TableCell(text=t("indicative"), rating=_rating(result), scale="compliance"),) if given.is_draft else (),
        blocks=(
            *earlier,
            *submission.hint(t("To be written: what was found lacking then, and what has changed since.")),
            *nothing,
        ),
        sections=(*criteria, *((_conclusion(unit, result, criteria, submission),) if given.is_draft else ())),
    )


def _criterion(criterion: Criterion, result: RecommendationResult, submission: Submission) -> Section:
    t = submission.t
    title = t("Criterion {number}", number=strip_unit(criterion.id))
    if submission.is_draft:
        scored = next(c for c in result.criteria if c.id == criterion.id)
        rating = t.named(scored.claimed.rating) if scored.claimed.rating else t("open")
        title = t("Criterion {number} ({rating})", number=strip_unit(criterion.id), rating=rating)
    return Section(anchor=criterion.id, title=title, blocks=tuple(submission.answered(criterion)))


def _conclusion(
    unit: Recommendation, result: RecommendationResult, criteria: tuple[Section, ...], submission: Submission
) -> Section:
    """How the criteria make up the rating; only in a draft."""
    t = submission.t
    length = t(
        "Length: {written} words; about {guide} words, half a page, are usual for one Recommendation.",
        written=count_words(criteria),
        guide=load_submission_shape().words_for_recommendation,
    )
    return Section(
        anchor=f"{unit.id}-conclusion",
        title=t("Weighting and conclusion"),
        blocks=(*_reasons(unit, result, submission), *submission.hint(length)),
    )


def _reasons(unit: Recommendation, result: RecommendationResult, submission: Submission) -> Iterator[Block]:
    t = submission.t
    counts = Counter(c.claimed.rating for c in result.criteria)
    ladder = [*reversed(CRITERION_SCALE), *(r for r in counts if r is not None and r not in CRITERION_SCALE)]
    parts = [f"{counts[r]} {t.named(r)}" for r in ladder if counts[r]]
    if counts[None]:
        parts.append(t.plural("{n} open", "{n} open", counts[None]))
    yield Paragraph(text=t("Criteria as answered: {counts}.", counts=t.listed(parts)))
    reasons = [
        t("{criterion}: weight {n}, {reason}", criterion=strip_unit(c.id), n=c.weight.value, reason=c.weight.reason)
        for c in unit.criteria
        if c.weight.reason
    ]
    if reasons:
        yield Paragraph(text=t("Weighted apart: {reasons}", reasons=t.points(reasons)))
    yield Paragraph(text=explain_compliance(result, submission.given.policy, t))


def _rating(result: RecommendationResult) -> str:
    return str(result.settled) if result.settled else result.shown.describe()


def _summary(given: PaperInput, results: dict[str, RecommendationResult], t: Translator) -> Section:
    """The table at the end of a draft: what each rating rests on."""
    factors: dict[str, list[str]] = {}
    for finding in given.findings:
        if finding.kind is FindingKind.SHORTCOMING:
            words = finding.missing or t("[to be written]")
            line = t("{name}: {text}", name=strip_unit(finding.requirement), text=words)
            factors.setdefault(finding.unit, []).append(line)
    rows = tuple(
        TableRow(
            cells=(
                TableCell(text=unit.id, detail=unit.title, target=unit.id, ltr=True),
                TableCell(
                    text=_rating(results[unit.id]), rating=_rating(results[unit.id]), scale="compliance", ltr=True
                ),
                TableCell(text="\n".join(f"• {line}" for line in factors.get(unit.id, ())) or "–"),
            ),
            facets={},
        )
        for unit in given.framework.recommendations
    )
    return Section(
        anchor="summary",
        title=t("Summary of technical compliance"),
        break_before=True,
        blocks=(
            DocumentTable(
                id="factors",
                caption=t("Indicative ratings and the factors that underlie them"),
                columns=(
                    TableColumn(title=t("Recommendation"), width=4),
                    TableColumn(title=t("Rating"), width=2),
                    TableColumn(title=t("Factors underlying the rating"), width=10),
                ),
                rows=rows,
            ),
        ),
    )
