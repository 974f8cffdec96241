"""Effectiveness in the chapter shape of an evaluation report: outcome by outcome, with figures and cases.

The submission has the country's statements, figures and cases. The draft adds ratings, gaps and hints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from fatf_kit.assessment.answers.audience import may_read
from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.model import Chapter, CoreIssue, Framework, ImmediateOutcome
from fatf_kit.framework.submission_shape import SubmissionPart
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.report_input import PaperInput, get_country_name
from fatf_kit.papers.submission.context import build_context
from fatf_kit.papers.submission.key_findings import build_key_findings
from fatf_kit.papers.submission.parts import EFFECTIVENESS, Submission
from fatf_kit.report.model import Block, Document, Paragraph, Section, TableCell
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.model import OutcomeResult
from fatf_kit.scoring.report.traces import explain_effectiveness, name_unit, name_units, strip_unit
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.report.blocks import build_statistics_blocks


def build_effectiveness_submission(paper_input: PaperInput, t: Translator) -> Document:
    """Return the chapters on effectiveness as an editable document, or their working draft."""
    submission = Submission(paper_input, EFFECTIVENESS, t)
    subtitle = t("Submission on the 11 Immediate Outcomes")
    if paper_input.is_draft:
        subtitle = t("Working draft of the submission on the 11 Immediate Outcomes; ratings are indicative")
    rated = (chapter for chapter in paper_input.framework.chapters if chapter.outcomes)
    chapters = tuple(_chapter(chapter, submission) for chapter in rated)
    parts = {SubmissionPart.CONTEXT: build_context(submission), SubmissionPart.OUTCOMES: chapters}
    title = t("{country}: effectiveness", country=get_country_name(paper_input, t))
    return submission.make_document(title, subtitle, submission.arrange(parts), contents_depth=2)


def _chapter(chapter: Chapter, submission: Submission) -> Section:
    paper_input, t = submission.paper_input, submission.t
    units = {unit.id: unit for unit in paper_input.framework.outcomes}
    results = {result.id: result for result in paper_input.assessment.outcomes}
    note = paper_input.framework.chapters_note
    behind = t(
        "This chapter is about {outcomes}. The technical basis is {recommendations}.",
        outcomes=name_units(chapter.outcomes, t),
        recommendations=name_units(chapter.recommendations, t),
    )
    return make_section(
        f"chapter-{chapter.number}",
        t("Chapter {number}. {title}", number=chapter.number, title=chapter.title),
        make_note(behind),
        *(submission.hint(note) if note else ()),
        sections=(
            *build_key_findings(chapter, submission),
            *(_outcome(units[one], results[one], submission) for one in chapter.outcomes),
        ),
        break_before=True,
    )


def _outcome(unit: ImmediateOutcome, result: OutcomeResult, submission: Submission) -> Section:
    t = submission.t
    shown = filter(submission.is_shown, unit.core_issues)
    issues = tuple(_core_issue(one, result, submission) for one in shown)
    more = tuple(_figures(unit, submission))
    rating = str(result.resolved) if result.resolved else result.shown.describe()
    nothing = () if issues or more else (Paragraph(text=t("No measure is reported.")),)
    badges = (TableCell(text=t("indicative"), rating=rating, scale="effectiveness"),)
    conclusion = (_conclusion(unit, result, submission),) if submission.is_draft else ()
    return Section(
        anchor=unit.id,
        title=f"{unit.id} {unit.title}",
        badges=badges if submission.is_draft else (),
        blocks=(*submission.list_previous_rating(unit.id), *nothing),
        sections=(*issues, *more, *conclusion),
    )


def _conclusion(unit: ImmediateOutcome, result: OutcomeResult, submission: Submission) -> Section:
    """Return how the core issues make up the rating; only in a draft."""
    t = submission.t
    title = t("Overall conclusion on {unit}", unit=name_unit(unit.id, t))
    reasons = explain_effectiveness(result, submission.paper_input.policy, t)
    hint = t("To be written: the reasons why the system as a whole reaches this level.")
    blocks = (Paragraph(text=reasons), *submission.hint(hint))
    return make_section(f"{unit.id}-conclusion", title, *blocks)


def _core_issue(issue: CoreIssue, result: OutcomeResult, submission: Submission) -> Section:
    t = submission.t
    blocks = (make_note(issue.statement), *submission.answered(issue))
    title = t("Core issue {number}", number=strip_unit(issue.id))
    if not submission.is_draft:
        return make_section(issue.id, title, *blocks)
    scored = next(one for one in result.core_issues if one.id == issue.id)
    extent = t.named(scored.claimed.rating) if scored.claimed.rating else t("not settled")
    titles = load_vocabulary(t.language).tables
    figures = [titles[name] for name in issue.tables if name in titles]
    tables = t("Statistics for this section: {tables}", tables=t.points(figures)) if figures else ""
    return make_section(
        issue.id,
        t("Core issue {number} ({extent})", number=strip_unit(issue.id), extent=extent),
        *blocks,
        *(submission.hint(tables) if tables else ()),
        *submission.hint_length(issue.id),
    )


def _figures(unit: ImmediateOutcome, submission: Submission) -> Iterator[Section]:
    """Yield the figures behind an outcome as numbered tables, and its cases as boxes."""
    paper_input, t = submission.paper_input, submission.t
    if paper_input.statistics is None:
        return
    levels = [level for level in Confidentiality if may_read(paper_input.audience, level)]
    tables = load_definitions(t.language).tables
    homes = _assign_tables(paper_input.framework, paper_input.statistics)
    own = [name for name, home in homes.items() if home == unit.id]
    blocks: list[Block] = []
    elsewhere = [
        t("{text} ({place})", text=tables[name].title, place=home)
        for name, home in homes.items()
        if unit.id in tables[name].outcomes and home != unit.id
    ]
    if elsewhere:
        names = t.points(elsewhere)
        text = t("Statistics under other outcomes that also concern this one: {tables}.", tables=names)
        blocks.append(make_note(text))
    is_draft, figures = paper_input.is_draft, paper_input.statistics
    blocks += build_statistics_blocks(unit.id, figures, t, tables=own, may_read=levels, with_gaps=is_draft)
    if blocks:
        yield make_section(f"{unit.id}-figures", t("Figures and cases"), *blocks)


def _assign_tables(framework: Framework, statistics: Statistics) -> Mapping[str, str]:
    """Return the outcome under which each table with figures is printed, by the id of the table.

    It is the outcome of which the table feeds most core issues; of equal ones the first in the paper.
    """
    given = {line.partition("/")[0] for line, _ in statistics.values}
    order = [outcome for chapter in framework.chapters for outcome in chapter.outcomes]
    homes: dict[str, str] = {}
    for table in load_definitions().tables.values():
        fed = Counter(get_unit_id(issue) for issue in table.feeds.get(framework.id, ()))
        ranked = sorted(table.outcomes, key=order.index)
        if table.id in given:
            homes[table.id] = max(ranked, key=fed.__getitem__)
    return homes
