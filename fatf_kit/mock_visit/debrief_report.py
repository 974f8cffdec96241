"""The debrief of a rehearsal as a document and as JSON (frameworks/schema/mock-debrief-1)."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.framework.question_bank import load_bank
from fatf_kit.mock_visit.model import Debrief, MockFinding, MockScore, MockSheets, Readiness
from fatf_kit.mock_visit.plan_report import phrase_mock_notice
from fatf_kit.report.model import (
    Bullets,
    Document,
    DocumentTable,
    KeyFigures,
    Paragraph,
    Section,
    TableCell,
    ValueKind,
)
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.report.sections import make_key_figures, make_note, make_section
from fatf_kit.scoring.report.traces import round_percent, strip_unit

_NAME, _SENTENCE = 8, 9
"""Widths of a column that names its rows, and of one with the sentences of core issues."""


def build_debrief_document(
    found: Debrief, framework: Framework, problems: Sequence[Problem], t: Translator, *, tool: str, generated_at: str
) -> Document:
    """Return the debrief in the language of `framework`; `generated_at` is printed as given."""
    sheets = found.sheets
    officials = sum(sheets.officials.values())
    by_outcome, by_agency, by_core_issue = (
        _build_readiness_table(name, title, head, groups, found, framework, t)
        for name, title, head, groups in (
            ("outcomes", t("Readiness by outcome"), t("Outcome"), found.outcomes),
            ("agencies", t("Readiness by agency"), t("Agency"), found.agencies),
            ("core-issues", t("Readiness by core issue"), t("Core issue"), found.core_issues),
        )
    )
    again = [one for one in found.findings if one.score is not MockScore.CONTRADICTS]
    again_text = Paragraph(
        text=t("Questions without an answer come first, then weak answers. Prepare the points in the last column.")
    )
    against = [one for one in found.findings if one.score is MockScore.CONTRADICTS]
    against_text = Paragraph(
        text=t(
            "Assessors compare answers with the submission and with each other's notes. Resolve contradictions "
            "first: decide which version is correct, correct the submission or the answer, and inform every agency."
        )
    )
    caption = t("Answers that contradict")
    contradictions = _build_findings("contradictions-table", against, sheets, t, caption)
    weak = _build_findings("again-table", again, sheets, t, t("Answers to prepare"))
    country = sheets.country or t("Country not named")
    return Document(
        id="mock-debrief",
        title=t("{country}: debrief of the mock visit", country=country),
        subtitle=t("Readiness to explain and demonstrate, indicative"),
        language=t.language,
        made_on=generated_at,
        facts=(
            (t("Edition"), framework.full_title),
            (t("Sheets read"), str(len(sheets.files))),
            *([(t("Officials taking part"), str(officials))] if officials else []),
            (t("Made by"), t("fatf-kit {tool}", tool=tool)),
            (t("Made on"), t.moment(generated_at)),
        ),
        notices=(*map(t, sheets.notices), phrase_mock_notice(t)),
        agencies={agency: sheets.name(agency, t.language) for agency in sheets.names},
        sections=(
            make_section("contradictions", t("Contradictions"), against_text, contradictions),
            make_section("standing", t("Readiness"), _build_figures(found, t), by_outcome),
            make_section("agencies", by_agency.caption, by_agency),
            make_section("core-issues", by_core_issue.caption, by_core_issue),
            make_section("again", t("Questions to rehearse again"), again_text, weak),
            _build_method(found, t),
            build_problems_section(problems, t, command="fatf-kit mock debrief"),
        ),
    )


def build_rehearsal_section(found: Debrief, t: Translator) -> Section:
    """Return what a rehearsal showed as a section of a gap report: contradictions first."""
    caption, note = t("Contradictions first"), make_note(phrase_mock_notice(t))
    table = _build_findings("rehearsal-table", found.findings, found.sheets, t, caption)
    return make_section("rehearsal", t("Results of the mock visit"), note, table)


def _build_figures(found: Debrief, t: Translator) -> KeyFigures:
    whole, counts = found.whole, found.whole.counts
    share = t.percent(round_percent(whole.scored, whole.questions)) if whole.questions else "–"
    scored = t("{n} of {of} questions", n=whole.scored, of=whole.questions)
    good = sum(counts[score] for score in found.rule.good)
    return make_key_figures(
        (
            (share, t("of the questions were scored"), scored),
            (str(good), t("good answers"), t("{n} of them strong", n=counts[MockScore.STRONG])),
            (str(counts[MockScore.WEAK]), t("weak answers")),
            (str(counts[MockScore.CONTRADICTS]), t("contradictions")),
            (str(counts[MockScore.NO_ANSWER]), t("questions without an answer")),
        )
    )


def _build_readiness_table(
    name: str, title: str, head: str, groups: Sequence[Readiness], found: Debrief, framework: Framework, t: Translator
) -> DocumentTable:
    statements = {name: one.statement for name, one in index_requirements(framework).items()}
    titles = {one.id: one.title for one in framework.outcomes}

    def show_name(one: Readiness) -> TableCell:
        if "/" in one.id:
            return TableCell(text=strip_unit(one.id), detail=statements.get(one.id, ""), ltr=True)
        if one.id in titles:
            return TableCell(text=one.id, detail=titles[one.id], ltr=True)
        return TableCell(text=found.sheets.name(one.id, t.language))

    def show_level(one: Readiness) -> str:
        return label("readiness", one.level, t.language) if one.level else t("not rehearsed")

    def show_count(score: MockScore) -> ResultColumn[Readiness]:
        name, kind = label("mock_score", score, t.language), ValueKind.COUNT
        return ResultColumn(score, name, lambda one: one.counts[score] or "–", kind, page=4)

    def show_scored(one: Readiness) -> str:
        return f"{one.scored} / {one.questions}"

    columns = (
        ResultColumn("name", head, show_name, page=_SENTENCE if name == "core-issues" else _NAME),
        ResultColumn("level", t("Readiness"), show_level, page=5),
        ResultColumn("scored", t("Scored"), show_scored, ValueKind.ID, page=4),
        *map(show_count, MockScore),
    )
    table = ResultsTable(f"{name}-table", title, columns, lambda one: {"level": (show_level(one),)})
    return table.in_document(groups, empty=t("No answer was scored."))


def _build_method(found: Debrief, t: Translator) -> Section:
    *levels, last = found.rule.levels
    levels.sort(key=lambda level: level.contradictions_up_to is None)
    items = []
    for level in levels:
        facts = {"level": label("readiness", level.id, t.language), "good": level.good_from}
        text = t("{level}: at least {good} of 100 scored answers are strong or adequate.", **facts)
        if level.contradictions_up_to is not None:
            text = t(
                "{level}: at least {good} of 100 scored answers are strong or adequate, and at most {n} contradict.",
                **facts,
                n=level.contradictions_up_to,
            )
        items.append(text)
    items += [
        t("{level}: fewer than that.", level=label("readiness", last.id, t.language)),
        t("Questions that were not asked are ignored. Topics without scores get no result."),
        t("The limits were chosen by fatf-kit."),
    ]
    return make_section("made", t("Method of readiness"), Bullets(items=tuple(items)))


def _build_findings(
    name: str, findings: Sequence[MockFinding], sheets: MockSheets, t: Translator, caption: str
) -> DocumentTable:
    """Return findings with question, note and strong answer; questions of the bank in the reader's language."""
    issues = load_bank(sheets.edition, t.language).items()
    bank = {f"{issue}:{one.id}": one for issue, found in issues for one in found}

    def show_issue(one: MockFinding) -> TableCell:
        return TableCell(text=strip_unit(one.requirement), detail=one.id, ltr=True)

    def show_question(one: MockFinding) -> TableCell:
        known, score = bank.get(one.question_id), label("mock_score", one.score, t.language)
        return TableCell(text=known.question if known else one.question, detail=score)

    def show_strong(one: MockFinding) -> str:
        return bank[one.question_id].strong if one.question_id in bank else one.strong

    table = ResultsTable[MockFinding](
        name,
        caption,
        (
            ResultColumn("core_issue", t("Core issue"), show_issue, page=3),
            ResultColumn("agency", t("Agency"), lambda one: sheets.name(one.agency, t.language), page=4),
            ResultColumn("question", t("Question"), show_question, page=6),
            ResultColumn("note", t("Note"), lambda one: one.note or "–", page=5),
            ResultColumn("strong", t("A strong answer contains"), show_strong, page=5),
        ),
        lambda one: {"agency": (one.agency,), "score": (one.score.value,)},
    )
    return table.in_document(findings, empty=t("None was found."))
