"""The debrief of a rehearsal: contradictions first, readiness, and what to rehearse again."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.mock_visit.data import load_bank
from fatf_kit.mock_visit.model import Debrief, MockFinding, MockScore, MockSheets, Readiness
from fatf_kit.mock_visit.plan_report import phrase_mock_notice
from fatf_kit.report.model import (
    Bullets,
    Document,
    DocumentTable,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.scoring.report.traces import round_percent, strip_unit

_NAME, _SENTENCE = 8, 9
"""Widths of a column that names its rows, and of one that says what they ask."""


def build_debrief_document(
    found: Debrief, framework: Framework, problems: Sequence[Problem], t: Translator, *, tool: str, generated_at: str
) -> Document:
    """The debrief in the language of `framework`; `generated_at` is printed as given."""
    return _Debrief(found, framework, t).document(problems, tool, generated_at)


def build_rehearsal_section(found: Debrief, t: Translator) -> Section:
    """What a rehearsal showed, as a section of a gap report: contradictions first."""
    return Section(
        anchor="rehearsal",
        title=t("What the mock visit showed"),
        blocks=(
            Paragraph(text=phrase_mock_notice(t), tone=Tone.SMALL),
            _table("rehearsal-table", found.findings, found.sheets, t, t("Contradictions first")),
        ),
    )


class _Debrief:
    def __init__(self, found: Debrief, framework: Framework, t: Translator) -> None:
        self._found, self._framework, self._t = found, framework, t

    def document(self, problems: Sequence[Problem], tool: str, generated_at: str) -> Document:
        t, sheets = self._t, self._found.sheets
        officials = sum(sheets.officials.values())
        return Document(
            id="mock-debrief",
            title=t("{country}: debrief of the mock visit", country=sheets.country or t("Country not named")),
            subtitle=t("How ready we are to explain and to show, indicative"),
            language=t.language,
            facts=(
                (t("Edition"), self._framework.full_title),
                (t("Sheets read"), str(len(sheets.files))),
                *([(t("Officials taking part"), str(officials))] if officials else []),
                (t("Made by"), t("fatf-kit {tool}", tool=tool)),
                (t("Made on"), t.moment(generated_at)),
            ),
            notices=(*map(t, sheets.notices), phrase_mock_notice(t)),
            sections=(
                self._contradictions(),
                self._standing(),
                self._by("agencies", t("Readiness by agency"), t("Agency"), self._found.agencies),
                self._by("core-issues", t("Readiness by core issue"), t("Core issue"), self._found.core_issues),
                self._again(),
                self._made(),
                build_problems_section(problems, t, command="fatf-kit mock debrief"),
            ),
        )

    def _contradictions(self) -> Section:
        t = self._t
        against = [one for one in self._found.findings if one.score is MockScore.CONTRADICTS]
        text = t(
            "Assessors compare what they hear with the submission and with each other's notes. Settle these first: "
            "decide which version holds, correct the submission or the answer, and tell every agency."
        )
        table = _table("contradictions-table", against, self._found.sheets, t, t("Answers that contradict"))
        return Section(anchor="contradictions", title=t("Contradictions"), blocks=(Paragraph(text=text), table))

    def _standing(self) -> Section:
        t, whole, counts = self._t, self._found.whole, self._found.whole.counts
        figures = (
            KeyFigure(
                value=t.percent(round_percent(whole.scored, whole.asked)) if whole.asked else "–",
                label=t("of the questions scored"),
                detail=t("{n} of {of} questions", n=whole.scored, of=whole.asked),
            ),
            KeyFigure(
                value=str(sum(counts[score] for score in self._found.measure.good)),
                label=t("good answers"),
                detail=t("{n} of them strong", n=counts[MockScore.STRONG]),
            ),
            KeyFigure(value=str(counts[MockScore.WEAK]), label=t("weak answers")),
            KeyFigure(value=str(counts[MockScore.CONTRADICTS]), label=t("contradictions")),
            KeyFigure(value=str(counts[MockScore.NO_ANSWER]), label=t("without an answer")),
        )
        inner = self._by("outcomes", t("Readiness by outcome"), t("Outcome"), self._found.outcomes)
        return Section(
            anchor="standing",
            title=t("Where we stand"),
            blocks=(KeyFigures(figures=figures), *inner.blocks),
        )

    def _by(self, anchor: str, title: str, head: str, groups: Sequence[Readiness]) -> Section:
        t = self._t
        rows = tuple(
            TableRow(
                cells=(
                    self._name(one.id),
                    TableCell(text=self._level(one)),
                    TableCell(text=f"{one.scored} / {one.asked}", ltr=True),
                    *(TableCell(text=str(one.counts[score] or "–")) for score in MockScore),
                ),
                facets={"level": (one.level or "",)},
            )
            for one in groups
        )
        columns = (
            TableColumn(title=head, width=_SENTENCE if anchor == "core-issues" else _NAME),
            TableColumn(title=t("Readiness"), width=5),
            TableColumn(title=t("Scored"), width=4),
            *(TableColumn(title=label("mock_score", score, t.language), width=4, number=True) for score in MockScore),
        )
        table = DocumentTable(
            id=f"{anchor}-table",
            caption=title,
            columns=columns,
            rows=rows,
            empty=t("Nothing was scored."),
        )
        return Section(anchor=anchor, title=title, blocks=(table,))

    def _level(self, one: Readiness) -> str:
        return label("readiness", one.level, self._t.language) if one.level else self._t("not rehearsed")

    def _name(self, name: str) -> TableCell:
        if "/" in name:
            known = index_requirements(self._framework).get(name)
            return TableCell(text=strip_unit(name), detail=known.statement if known else "", ltr=True)
        titles = {one.id: one.title for one in self._framework.outcomes}
        if name in titles:
            return TableCell(text=name, detail=titles[name], ltr=True)
        return TableCell(text=self._found.sheets.name(name, self._t.language))

    def _again(self) -> Section:
        t = self._t
        rest = [one for one in self._found.findings if one.score is not MockScore.CONTRADICTS]
        return Section(
            anchor="again",
            title=t("What to rehearse again"),
            blocks=(
                Paragraph(
                    text=t("Questions without an answer first, then weak ones. Bring what the last column names."),
                ),
                _table("again-table", rest, self._found.sheets, t, t("Answers to prepare")),
            ),
        )

    def _made(self) -> Section:
        t, measure = self._t, self._found.measure
        items = [
            t(
                "{level}: at least {good} of 100 scored answers are strong or adequate, and at most {n} contradict.",
                level=label("readiness", one.id, t.language),
                good=one.good_from,
                n=one.contradictions_up_to,
            )
            for one in measure.levels[:-1]
            if one.contradictions_up_to is not None
        ]
        items += [
            t(
                "{level}: at least {good} of 100 scored answers are strong or adequate.",
                level=label("readiness", one.id, t.language),
                good=one.good_from,
            )
            for one in measure.levels[:-1]
            if one.contradictions_up_to is None
        ]
        items += [
            t("{level}: anything less.", level=label("readiness", measure.levels[-1].id, t.language)),
            t("Questions that were not put count nowhere; where nothing was scored nothing is said."),
            t("The limits are fatf-kit's own."),
        ]
        return Section(anchor="made", title=t("How readiness is told"), blocks=(Bullets(items=tuple(items)),))


def _table(
    name: str, findings: Sequence[MockFinding], sheets: MockSheets, t: Translator, caption: str
) -> DocumentTable:
    """Findings with question, note and strong answer. What everybody is asked is told in the reader's language."""
    bank = {(i, q.id): q for i, questions in load_bank(sheets.edition, t.language).items() for q in questions}
    rows = []
    for one in findings:
        known = bank.get((one.requirement, one.name))
        rows.append(
            TableRow(
                cells=(
                    TableCell(text=strip_unit(one.requirement), detail=one.id, ltr=True),
                    TableCell(text=sheets.name(one.agency, t.language)),
                    TableCell(
                        text=known.question if known else one.question,
                        detail=label("mock_score", one.score, t.language),
                    ),
                    TableCell(text=one.note or "–"),
                    TableCell(text=known.strong if known else one.strong),
                ),
                facets={"agency": (one.agency,), "score": (one.score.value,)},
            )
        )
    return DocumentTable(
        id=name,
        caption=caption,
        columns=(
            TableColumn(title=t("Core issue"), width=3),
            TableColumn(title=t("Agency"), width=4),
            TableColumn(title=t("Question"), width=6),
            TableColumn(title=t("Note"), width=5),
            TableColumn(title=t("A strong answer contains"), width=5),
        ),
        rows=tuple(rows),
        empty=t("None was found."),
    )
