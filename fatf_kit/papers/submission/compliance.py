"""Technical compliance in the shape of an evaluation report's annex: Recommendation by Recommendation.

The submission has the country's statements and what they cite. The draft adds ratings, gaps and hints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import CRITERION_SCALE, FindingKind
from fatf_kit.framework.model import Criterion, Recommendation
from fatf_kit.framework.submission_shape import SubmissionPart
from fatf_kit.papers.report_input import PaperInput, get_country_name
from fatf_kit.papers.submission.context import build_context
from fatf_kit.papers.submission.parts import COMPLIANCE, Submission
from fatf_kit.report.document_tables import make_rating_cell, make_table
from fatf_kit.report.model import Block, Document, Paragraph, Section, TableCell
from fatf_kit.report.results_table import make_link_cell
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.model import RecommendationResult
from fatf_kit.scoring.report.traces import explain_compliance, strip_unit


def build_compliance_submission(paper_input: PaperInput, t: Translator) -> Document:
    """Return the annex as an editable document, or its working draft."""
    submission = Submission(paper_input, COMPLIANCE, t)
    results = {result.id: result for result in paper_input.assessment.recommendations}
    subtitle = t("Submission on the 40 Recommendations")
    if paper_input.is_draft:
        subtitle = t("Working draft of the submission on the 40 Recommendations; ratings are indicative")
    units = paper_input.framework.recommendations
    sections = tuple(_recommendation(unit, results[unit.id], submission) for unit in units)
    context = build_context(submission)
    parts = {SubmissionPart.CONTEXT: context, SubmissionPart.RECOMMENDATIONS: sections}
    summary = (_summary(paper_input, results, t),) if paper_input.is_draft else ()
    title = t("{country}: technical compliance", country=get_country_name(paper_input, t))
    return submission.make_document(title, subtitle, (*submission.arrange(parts), *summary))


def _recommendation(unit: Recommendation, result: RecommendationResult, submission: Submission) -> Section:
    paper_input, t = submission.paper_input, submission.t
    shown = [criterion for criterion in unit.criteria if submission.is_shown(criterion)]
    criteria = tuple(_criterion(criterion, result, submission) for criterion in shown)
    nothing = () if criteria else (Paragraph(text=t("No measure is reported.")),)
    badges = (TableCell(text=t("indicative"), rating=_rating(result), scale="compliance"),)
    is_draft = paper_input.is_draft
    hint = t("To be written: the shortcomings found then, and the changes since.")
    return Section(
        anchor=unit.id,
        title=f"{unit.id} {unit.title}",
        break_before=unit is paper_input.framework.recommendations[0],
        badges=badges if is_draft else (),
        blocks=(*submission.list_previous_rating(unit.id), *submission.hint(hint), *nothing),
        sections=(*criteria, *((_conclusion(unit, result, submission),) if is_draft else ())),
    )


def _criterion(criterion: Criterion, result: RecommendationResult, submission: Submission) -> Section:
    t = submission.t
    title = t("Criterion {number}", number=strip_unit(criterion.id))
    if submission.is_draft:
        scored = next(c for c in result.criteria if c.id == criterion.id)
        rating = t.named(scored.claimed.rating) if scored.claimed.rating else t("not settled")
        title = t("Criterion {number} ({rating})", number=strip_unit(criterion.id), rating=rating)
    return make_section(criterion.id, title, *submission.answered(criterion))


def _conclusion(unit: Recommendation, result: RecommendationResult, submission: Submission) -> Section:
    """Return how the criteria make up the rating; only in a draft."""
    t = submission.t
    return make_section(
        f"{unit.id}-conclusion",
        t("Weighting and conclusion"),
        *_reasons(unit, result, submission),
        *submission.hint_length(unit.id),
    )


def _reasons(unit: Recommendation, result: RecommendationResult, submission: Submission) -> Iterator[Block]:
    t = submission.t
    counts = Counter(c.claimed.rating for c in result.criteria)
    others = (r for r in counts if r is not None and r not in CRITERION_SCALE)
    levels = [*reversed(CRITERION_SCALE), *others]
    parts = [f"{counts[r]} {t.named(r)}" for r in levels if counts[r]]
    if counts[None]:
        parts.append(t.plural("{n} not decided", "{n} not decided", counts[None]))
    yield Paragraph(text=t("Criteria as answered: {counts}.", counts=t.listed(parts)))
    reasons = []
    for one in unit.criteria:
        if one.weight.reason:
            facts = {"criterion": strip_unit(one.id), "n": one.weight.value, "reason": one.weight.reason}
            reasons.append(t("{criterion}: weight {n}, {reason}", **facts))
    if reasons:
        text = t("Criteria with their own weight: {reasons}", reasons=t.points(reasons))
        yield Paragraph(text=text)
    yield Paragraph(text=explain_compliance(result, submission.paper_input.policy, t))


def _rating(result: RecommendationResult) -> str:
    return str(result.resolved) if result.resolved else result.shown.describe()


def _summary(paper_input: PaperInput, results: dict[str, RecommendationResult], t: Translator) -> Section:
    """Return the table at the end of a draft: what each rating rests on."""
    factors: dict[str, list[str]] = {}
    for finding in paper_input.findings:
        if finding.kind is FindingKind.SHORTCOMING:
            words = finding.missing or t("[to be written]")
            line = t("{name}: {text}", name=strip_unit(finding.requirement), text=words)
            factors.setdefault(finding.unit, []).append(line)
    heads = ((t("Recommendation"), 4), (t("Rating"), 2), (t("Factors underlying the rating"), 10))
    rows = (
        (
            make_link_cell(unit.id, detail=unit.title),
            make_rating_cell(unit.id, _rating(results[unit.id])),
            "\n".join(f"• {line}" for line in factors.get(unit.id, ())) or "–",
        )
        for unit in paper_input.framework.recommendations
    )
    caption = t("Indicative ratings and the factors that underlie them")
    table = make_table("factors", caption, heads, rows)
    title = t("Summary of technical compliance")
    return make_section("summary", title, table, break_before=True)
