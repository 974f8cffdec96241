"""Effectiveness in the chapter shape of an evaluation report: outcome by outcome, with figures and cases.

The submission has the country's statements, figures and cases. The draft adds ratings, gaps and hints.
"""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.assessment.answers.audience import may_read
from fatf_kit.assessment.answers.model import Confidentiality, EvidenceItem
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Chapter, CoreIssue, ImmediateOutcome
from fatf_kit.framework.submission_shape import SubmissionPart
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.report_input import PaperInput, get_country_name
from fatf_kit.papers.submission.context import build_context
from fatf_kit.papers.submission.key_findings import build_key_findings
from fatf_kit.papers.submission.lengths import hint_length
from fatf_kit.papers.submission.parts import (
    EFFECTIVENESS,
    Submission,
    get_banner,
    list_first_facts,
    list_notices,
    list_previous_rating,
)
from fatf_kit.report.model import Document, Paragraph, Section, TableCell, Tone
from fatf_kit.scoring.model import OutcomeResult
from fatf_kit.scoring.report.traces import explain_effectiveness, name_unit, strip_unit
from fatf_kit.statistics.report.blocks import build_statistics_blocks


def build_effectiveness_submission(paper_input: PaperInput, t: Translator) -> Document:
    """Return the chapters on effectiveness as an editable document, or their working draft."""
    submission = Submission(paper_input, EFFECTIVENESS, t)
    subtitle = t("Submission on the 11 Immediate Outcomes")
    if paper_input.is_draft:
        subtitle = t("Working draft of the submission on the 11 Immediate Outcomes; ratings are indicative")
    chapters = tuple(_chapter(chapter, submission) for chapter in paper_input.framework.chapters if chapter.outcomes)
    parts = {SubmissionPart.CONTEXT: build_context(submission), SubmissionPart.OUTCOMES: chapters}
    return Document(
        id="effectiveness-draft" if paper_input.is_draft else "effectiveness-submission",
        title=t("{country}: effectiveness", country=get_country_name(paper_input, t)),
        subtitle=subtitle,
        language=t.language,
        facts=list_first_facts(paper_input, t),
        notices=list_notices(paper_input, t),
        sections=submission.arrange(parts),
        contents_depth=2,
        banner=get_banner(paper_input, t),
    )


def _chapter(chapter: Chapter, submission: Submission) -> Section:
    paper_input, t = submission.paper_input, submission.t
    units = {unit.id: unit for unit in paper_input.framework.outcomes}
    results = {result.id: result for result in paper_input.assessment.outcomes}
    note = paper_input.framework.chapters_note
    return Section(
        anchor=f"chapter-{chapter.number}",
        title=t("Chapter {number}. {title}", number=chapter.number, title=chapter.title),
        break_before=True,
        blocks=(
            Paragraph(
                text=t(
                    "Outcomes in this chapter: {outcomes}. Recommendations behind them: {recommendations}.",
                    outcomes=t.listed(name_unit(one, t) for one in chapter.outcomes),
                    recommendations=t.listed(name_unit(one, t) for one in chapter.recommendations),
                ),
                tone=Tone.SMALL,
            ),
            *(submission.hint(note) if note else ()),
        ),
        sections=(
            *build_key_findings(chapter, submission),
            *(_outcome(units[one], results[one], submission) for one in chapter.outcomes),
        ),
    )


def _outcome(unit: ImmediateOutcome, result: OutcomeResult, submission: Submission) -> Section:
    paper_input, t = submission.paper_input, submission.t
    issues = tuple(_core_issue(one, result, submission) for one in unit.core_issues if submission.is_shown(one))
    more = (*_figures(unit, submission), *_boxes(unit, submission))
    rating = str(result.resolved) if result.resolved else result.shown.describe()
    nothing = () if issues or more else (Paragraph(text=t("No measure is reported.")),)
    return Section(
        anchor=unit.id,
        title=f"{unit.id} {unit.title}",
        badges=(TableCell(text=t("indicative"), rating=rating, scale="effectiveness"),) if paper_input.is_draft else (),
        blocks=(
            *list_previous_rating(paper_input, unit.id, t),
            *nothing,
        ),
        sections=(*issues, *more, *((_conclusion(unit, result, submission),) if paper_input.is_draft else ())),
    )


def _conclusion(unit: ImmediateOutcome, result: OutcomeResult, submission: Submission) -> Section:
    """Return how the core issues make up the rating; only in a draft."""
    t = submission.t
    return Section(
        anchor=f"{unit.id}-conclusion",
        title=t("Overall conclusion on {unit}", unit=name_unit(unit.id, t)),
        blocks=(
            Paragraph(text=explain_effectiveness(result, submission.paper_input.policy, t)),
            *submission.hint(t("To be written: the reasons why the system as a whole reaches this level.")),
        ),
    )


def _core_issue(issue: CoreIssue, result: OutcomeResult, submission: Submission) -> Section:
    t = submission.t
    blocks = (Paragraph(text=issue.statement, tone=Tone.SMALL), *submission.answered(issue))
    title = t("Core issue {number}", number=strip_unit(issue.id))
    if not submission.is_draft:
        return Section(anchor=issue.id, title=title, blocks=blocks)
    scored = next(one for one in result.core_issues if one.id == issue.id)
    extent = t.named(scored.claimed.rating) if scored.claimed.rating else t("undecided")
    titles = load_vocabulary(t.language).tables
    figures = [titles[name] for name in issue.tables if name in titles]
    tables = t("Statistics for this section: {tables}", tables=t.points(figures)) if figures else ""
    return Section(
        anchor=issue.id,
        title=t("Core issue {number} ({extent})", number=strip_unit(issue.id), extent=extent),
        blocks=(*blocks, *(submission.hint(tables) if tables else ()), *hint_length(issue.id, submission)),
    )


def _figures(unit: ImmediateOutcome, submission: Submission) -> Iterator[Section]:
    """Yield the figures behind an outcome as numbered tables, and the cases of the register as boxes."""
    paper_input, t = submission.paper_input, submission.t
    if paper_input.statistics is None:
        return
    levels = [level for level in Confidentiality if may_read(paper_input.audience, level)]
    blocks = build_statistics_blocks(
        unit.id, paper_input.statistics, t, may_read=levels, with_gaps=paper_input.is_draft
    )
    if blocks:
        yield Section(anchor=f"{unit.id}-figures", title=t("Figures and cases"), blocks=blocks)


def _boxes(unit: ImmediateOutcome, submission: Submission) -> Iterator[Section]:
    """Yield cases as boxes, as evaluation reports set them apart."""
    t = submission.t
    cases = submission.statements.cases([submission.choices[issue.id] for issue in unit.core_issues])
    if not cases:
        return
    boxes = tuple(Paragraph(text=_case(number, case, t), tone=Tone.NOTICE) for number, case in enumerate(cases, 1))
    yield Section(anchor=f"{unit.id}-cases", title=t("Cases"), blocks=boxes)


def _case(number: int, case: EvidenceItem, t: Translator) -> str:
    facts = t.listed(filter(None, (case.article, t.day(case.in_force_from) if case.in_force_from else "")))
    return t("Box {number}. {title}", number=number, title=case.title) + (f" ({facts})" if facts else "")
