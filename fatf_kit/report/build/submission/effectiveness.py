"""Effectiveness in the chapter shape of an evaluation report: outcome by outcome, with figures, cases and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.framework.model import Chapter, CoreIssue, ImmediateOutcome, walk
from fatf_kit.framework.submission import load_submission_shape
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.messages import Words
from fatf_kit.report.build.given import PaperInput, country_name, indicative_notice
from fatf_kit.report.build.statistics.blocks import statistics_blocks
from fatf_kit.report.build.submission.given import (
    Told,
    first_facts,
    kind_name,
    previous_rating,
    words_in,
)
from fatf_kit.report.model import Block, Bullets, Cell, Column, Document, Paragraph, Row, Section, Table, Tone
from fatf_kit.report.traces import effectiveness_sentence, short
from fatf_kit.responses.audience import may_read
from fatf_kit.responses.model import Confidentiality, EvidenceItem
from fatf_kit.scoring.model import CoreIssueResult, OutcomeResult


def build_effectiveness_submission(given: PaperInput, t: Words) -> Document:
    """The chapters on effectiveness as an editable document, each outcome under the chapter it is reported in.

    Key findings start from the answers; what only people can write stands as an instruction in square brackets.
    """
    told = Told(given, t)
    country = country_name(given, t)
    return Document(
        id="effectiveness-submission",
        title=t("{country}: effectiveness", country=country),
        subtitle=t("Submission on the 11 Immediate Outcomes; ratings are indicative"),
        language=t.language,
        facts=first_facts(given, t),
        notices=(*given.notices, indicative_notice(t)),
        sections=tuple(_chapter(c, given, told, t) for c in given.framework.chapters if c.outcomes),
        contents_depth=2,
    )


def _chapter(chapter: Chapter, given: PaperInput, told: Told, t: Words) -> Section:
    units = {unit.id: unit for unit in given.framework.outcomes}
    results = {result.id: result for result in given.assessment.outcomes}
    words = given.framework.chapters_note
    note = (Paragraph(text=words, tone=Tone.SMALL),) if words else ()
    return Section(
        anchor=f"chapter-{chapter.number}",
        title=t("Chapter {number}. {title}", number=chapter.number, title=chapter.title),
        break_before=True,
        blocks=(
            Paragraph(
                text=t(
                    "Outcomes in this chapter: {outcomes}. Recommendations behind them: {recommendations}.",
                    outcomes=t.listed(chapter.outcomes),
                    recommendations=t.listed(chapter.recommendations),
                ),
                tone=Tone.SMALL,
            ),
            *note,
        ),
        sections=tuple(_outcome(units[o], results[o], given, told, t) for o in chapter.outcomes),
    )


def _outcome(unit: ImmediateOutcome, result: OutcomeResult, given: PaperInput, told: Told, t: Words) -> Section:
    scored = {issue.id: issue for issue in result.core_issues}
    issues = tuple(_core_issue(issue, scored[issue.id], told, t) for issue in unit.core_issues)
    rating = str(result.settled) if result.settled else result.shown.describe()
    conclusion = Section(
        anchor=f"{unit.id}-conclusion",
        title=t("Overall conclusion on {unit}", unit=unit.id),
        blocks=(
            Paragraph(text=effectiveness_sentence(result, given.policy, t)),
            Paragraph(text=t("[Why the system as a whole reaches this level: to be written.]")),
        ),
    )
    return Section(
        anchor=unit.id,
        title=f"{unit.id} {unit.title}",
        badges=(Cell(text=t("indicative"), rating=rating, scale="effectiveness"),),
        blocks=(Paragraph(text=previous_rating(given, unit.id, t)),),
        sections=(
            _key_findings(unit, scored, t),
            *issues,
            *_figures(unit, given, t),
            *_boxes(unit, told, t),
            _evidence(unit, told, t),
            conclusion,
        ),
    )


def _key_findings(unit: ImmediateOutcome, scored: dict[str, CoreIssueResult], t: Words) -> Section:
    """One line for each core issue, as a start: what is claimed of it and whether anything shows it."""
    lines = []
    for issue in unit.core_issues:
        result = scored[issue.id]
        if result.claimed.rating is None:
            lines.append(t("Core issue {number} is not answered yet.", number=short(issue.id)))
        else:
            shown = result.status.is_shown
            words = t("with evidence") if shown else t("without evidence so far")
            lines.append(
                t(
                    "Core issue {number} is achieved to this extent: {extent}, {shown}.",
                    number=short(issue.id),
                    extent=t.named(result.claimed.rating),
                    shown=words,
                )
            )
    task = t("[The three to five findings that matter: to be written.]")
    return Section(
        anchor=f"{unit.id}-key-findings",
        title=t("Key findings"),
        blocks=(Bullets(items=tuple(lines)), Paragraph(text=task)),
    )


def _core_issue(issue: CoreIssue, result: CoreIssueResult, told: Told, t: Words) -> Section:
    extent = t.named(result.claimed.rating) if result.claimed.rating else t("open")
    answer = Section(
        anchor=issue.id,
        title=t("Core issue {number} ({extent})", number=short(issue.id), extent=extent),
        blocks=tuple(_answered(issue, told, t)),
    )
    titles = load_vocabulary(t.language).tables
    figures = [titles[name] for name in issue.tables if name in titles]
    more: list[Block] = []
    if figures:
        more += [Paragraph(text=t("Figures that belong here:"), tone=Tone.SMALL), Bullets(items=tuple(figures))]
    more.append(
        Paragraph(
            text=t(
                "Length: {written} words; about {guide} words, a page, are usual for one core issue.",
                written=words_in(answer),
                guide=load_submission_shape().words_for_core_issue,
            ),
            tone=Tone.SMALL,
        )
    )
    return Section(anchor=answer.anchor, title=answer.title, blocks=(*answer.blocks, *more))


def _answered(issue: CoreIssue, told: Told, t: Words) -> Iterator[Block]:
    yield Paragraph(text=issue.statement, tone=Tone.SMALL)
    blocks = [block for node, _ in walk(issue) for block in told.blocks(node.id)]
    yield from blocks or [Paragraph(text=t("[Not answered yet.]"))]


def _figures(unit: ImmediateOutcome, given: PaperInput, t: Words) -> Iterator[Section]:
    """The figures behind an outcome as numbered tables, and the cases of the register as boxes."""
    if given.statistics is None:
        return
    levels = [level for level in Confidentiality if may_read(given.audience, level)]
    if blocks := statistics_blocks(unit.id, given.statistics, t, may_read=levels):
        yield Section(anchor=f"{unit.id}-figures", title=t("Figures and cases"), blocks=blocks)


def _boxes(unit: ImmediateOutcome, told: Told, t: Words) -> Iterator[Section]:
    """Cases as boxes, as evaluation reports set them apart."""
    names = [node.id for issue in unit.core_issues for node, _ in walk(issue)]
    cases = told.cases(names)
    if not cases:
        return
    yield Section(
        anchor=f"{unit.id}-cases",
        title=t("Cases"),
        blocks=tuple(Paragraph(text=_case(number, case, t), tone=Tone.NOTICE) for number, case in enumerate(cases, 1)),
    )


def _case(number: int, case: EvidenceItem, t: Words) -> str:
    told = t.listed(filter(None, (case.article, t.day(case.in_force_from) if case.in_force_from else "")))
    return t("Box {number}. {title}", number=number, title=case.title) + (f" ({told})" if told else "")


def _evidence(unit: ImmediateOutcome, told: Told, t: Words) -> Section:
    """Every item the answers name, with the core issues it stands behind."""
    behind: dict[tuple[str, str], list[str]] = {}
    items: dict[tuple[str, str], EvidenceItem] = {}
    for issue in unit.core_issues:
        for node, _ in walk(issue):
            for answer in told.answers(node.id):
                for item in told.evidence(answer):
                    key = (item.source, item.id)
                    items[key] = item
                    behind.setdefault(key, []).append(short(issue.id))
    rows = tuple(
        Row(
            cells=(
                Cell(text=item.id, ltr=True),
                Cell(text=kind_name(item, t)),
                Cell(text=item.title, detail=item.link),
                Cell(text=item.holder),
                Cell(text=t.listed(dict.fromkeys(behind[key])), ltr=True),
            ),
            facets={},
        )
        for key, item in items.items()
    )
    return Section(
        anchor=f"{unit.id}-evidence",
        title=t("Evidence"),
        blocks=(
            Table(
                id=f"evidence-{unit.id}",
                caption=t("{unit}: evidence named in the answers", unit=unit.id),
                columns=(
                    Column(title=t("Id"), width=2),
                    Column(title=t("Kind"), width=3),
                    Column(title=t("Title"), width=8),
                    Column(title=t("Held by"), width=4),
                    Column(title=t("Core issues"), width=3),
                ),
                rows=rows,
                empty=t("No evidence is named yet."),
            ),
        ),
    )
