"""decisions.xlsx written: every question prefilled, and every row that people have touched kept as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from fatf_kit.assessment.answers.model import CopyPair
from fatf_kit.assessment.decisions.bulk import find_bulk_row, list_bulk_questions
from fatf_kit.assessment.decisions.reader import DecisionBook
from fatf_kit.assessment.decisions.row_texts import RowTexts
from fatf_kit.assessment.decisions.schema import (
    BULK,
    COPIES,
    DECISION_BOOK,
    PREFILLED,
    ROWS,
    SCALES,
    SEPARATOR,
    TYPED,
    choose_file,
    is_bulk,
)
from fatf_kit.assessment.folder.model import OpenQuestion, RecordedDecision, Workspace
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.schema import Choices
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.values import Record
from fatf_kit.spreadsheets.writer import Highlight, RowValues, StyledCell, write_lists, write_table

_SPARE = 20
_TAB = "#B7791F"
_FILLED = f"COUNTA({','.join(f'{{{key}}}' for key in TYPED)})"
_HIGHLIGHTS = (
    Highlight(f"{_FILLED}={len(TYPED)}", "state over"),
    Highlight(f"{_FILLED}>0", "state blocked"),
)
"""Grey where a decision is complete, another colour where something of it is missing."""

_Place = tuple[int, int, int]


def render_decisions(
    questions: Sequence[OpenQuestion],
    book: DecisionBook,
    workspace: Workspace,
    framework: Framework,
    language: str,
    *,
    recorded: Sequence[RecordedDecision] = (),
    copies: Sequence[CopyPair] = (),
) -> bytes:
    """Return the workbook's bytes: a row for all blank rows, then questions by their effect, then blank rows.

    Open questions that change a rating come first, then what is decided. Questions that change nothing are folded at
    the end. What people typed into `book` is carried over word for word, whether it can be used or not. `recorded` are
    decisions that a decision on all blank rows has made; they are written into the rows of their questions, and that
    decision is taken out. `copies` are pairs of workbooks of one agency that differ. `framework` is the edition in
    `language`.
    """
    cell_writer = BookWriter(language, Translator(language)(workspace.settings.notice))
    heading = cell_writer.words["decision.heading"]
    rows, folded = _DecisionRows(cell_writer, book, workspace, framework, recorded).list_rows(questions)
    notes = (cell_writer.notice, cell_writer.words["decision.note"], _describe_folded(folded, language))
    write_table(
        cell_writer,
        cell_writer.words["sheet.decisions"],
        ROWS,
        rows,
        tab=_TAB,
        heading=heading,
        above=(heading, " ".join(filter(None, notes))),
        spare=_SPARE,
        highlights=_HIGHLIGHTS,
        folded=folded,
    )
    lists = [*SCALES.values(), BULK]
    if copy_rows := _list_copy_rows(cell_writer, copies, book, workspace):
        title = cell_writer.words["decision.copies.heading"]
        write_table(
            cell_writer,
            cell_writer.words["sheet.copies"],
            COPIES,
            copy_rows,
            tab=_TAB,
            heading=title,
            above=(title, cell_writer.words["decision.copies.note"]),
            spare=0,
            highlights=_HIGHLIGHTS,
        )
        lists += _list_choices(copy_rows)
    write_lists(cell_writer, lists)
    write_stamp(cell_writer, DECISION_BOOK, heading, {"edition": framework.id, "language": language})
    return cell_writer.finish()


def _describe_folded(folded: int, language: str) -> str:
    if not folded:
        return ""
    return Translator(language).plural(
        "{n} row that changes no rating is folded at the end of the table: press + at the edge of the sheet to see it.",
        "{n} rows that change no rating are folded at the end of the table: press + at the edge of the sheet to see "
        "them.",
        folded,
    )


class _DecisionRows:
    """The rows of the first sheet: questions with what was typed into their rows, and every other row typed in."""

    def __init__(
        self,
        cell_writer: BookWriter,
        book: DecisionBook,
        workspace: Workspace,
        framework: Framework,
        recorded: Iterable[RecordedDecision],
    ) -> None:
        statements = {unit.id: unit.title for unit in framework.units}
        statements |= {name: one.statement for name, one in index_requirements(framework).items()}
        self._texts = RowTexts(language=cell_writer.language, workspace=workspace, statements=statements)
        self._words, self._book = cell_writer.words, book
        self._recorded = {one.requirement: one for one in recorded}
        self._order = {name: number for number, name in enumerate(_list_in_order(framework))}
        self._waiting = group_pairs((row.id, row) for row in book.rows if not is_bulk(row.id))

    def list_rows(self, questions: Sequence[OpenQuestion]) -> tuple[list[RowValues], int]:
        """Return all rows in their order, and how many at the end are to be folded."""
        found = [self._place_question(question) for question in questions]
        for name, rows in self._waiting.items():
            place = (1, 0, self._order.get(name, len(self._order)))
            found += [(place, {"requirement": name, **_keep_texts(row), **_keep_typed(row)}) for row in rows]
        found.sort(key=lambda pair: pair[0])
        folded = sum(place[0] == _FOLDED for place, _ in found)
        return [*self._list_bulk_rows(questions), *(cells for _, cells in found)], folded

    def _place_question(self, question: OpenQuestion) -> tuple[_Place, RowValues]:
        """Return the row of a question with its place: open ones by effect, decided ones, those that change nothing."""
        name, effect = question.requirement, question.effect
        rows = self._waiting.get(name, [])
        typed = _keep_typed(rows.pop(0)) if rows else {}
        if not rows:
            self._waiting.pop(name, None)
        if not typed and (one := self._recorded.get(name)):
            typed = {"decided": one.value, "reason": one.reason, "decided_by": one.decided_by, "day": one.day}
        group = 1 if question.is_decided else 0
        if not question.is_decided and not typed and question.is_idle:
            group = _FOLDED
        levels = effect.levels if effect is not None and group == 0 else 0
        cells: RowValues = {
            "requirement": name,
            "question": self._texts.question(question),
            "said": self._texts.answers(question),
            "effect": "" if question.is_decided else self._texts.effect(question),
            "indicative": self._texts.rating(name, question.indicative) if question.indicative else None,
            **typed,
        }
        return (group, -levels, self._order.get(name, len(self._order))), cells

    def _list_bulk_rows(self, questions: Sequence[OpenQuestion]) -> list[RowValues]:
        """Return the row for all blank rows, with what was typed into it unless that has been recorded."""
        taken = find_bulk_row(self._book) if self._recorded else None
        kept = [row for row in self._book.rows if is_bulk(row.id) and row is not taken]
        able, idle = (list_bulk_questions(questions, self._book, only_idle=one) for one in (False, True))
        if not (able or kept):
            return []
        cells = {
            "requirement": self._words["decision.bulk"],
            "question": self._words["decision.bulk.question"],
            "effect": self._words["decision.bulk.effect"].format(all=len(able), idle=len(idle)),
        }
        return [{**cells, **_keep_typed(row)} for row in kept] or [cells]


_FOLDED = 2


def _list_in_order(framework: Framework) -> list[str]:
    """Return units, each before what it contains."""
    found: dict[str, None] = {}
    for name in index_requirements(framework):
        found[get_unit_id(name)] = None
        found[name] = None
    return list(found)


def _keep_texts(row: Record, keys: Sequence[str] = PREFILLED) -> RowValues:
    """Return what is printed in a row that asks nothing now; what people typed over it does not become ours."""
    return {key: StyledCell(value=row.values.get(key), typed=key in row.row.typed_over) for key in keys}


def _keep_typed(row: Record) -> RowValues:
    """Return what people typed into a row; a value that can be read is written in the language of the workbook."""
    read = {"decided": row.choice("decided"), "day": row.date("day")}
    return {key: read.get(key) or row.values.get(key) for key in TYPED}


def _list_copy_rows(
    cell_writer: BookWriter, copies: Iterable[CopyPair], book: DecisionBook, workspace: Workspace
) -> list[RowValues]:
    """Return a row for each pair of copies that differ, and every other row on copies that people typed in."""
    language = cell_writer.language
    waiting = group_pairs((row.id, row) for row in book.copies)
    found: list[RowValues] = []
    for pair in copies:
        name = SEPARATOR.join(sorted((pair.used, pair.other)))
        typed = waiting.get(name, [])
        cells: RowValues = {
            "files": name,
            "agency": workspace.agency_name(pair.agency, language),
            "difference": _describe_copies(pair, language),
            **(_keep_typed(typed.pop(0)) if typed else {}),
        }
        found.append(cells)
    kept = (row for rows in waiting.values() for row in rows)
    keys = ("agency", "difference")
    return [*found, *({"files": row.id, **_keep_texts(row, keys), **_keep_typed(row)} for row in kept)]


def _describe_copies(pair: CopyPair, language: str) -> str:
    """Return when each copy was saved, the one that is used first, and in which answers they differ."""
    t = Translator(language)

    def name_copy(file: str, saved: datetime | None) -> str:
        if saved is None:
            return file
        return t("{file} (saved {day}, {time} UTC)", file=file, day=t.day(saved.date()), time=f"{saved:%H:%M}")

    answers = t.first_of([requirement.partition("/")[2] or requirement for requirement in pair.requirements])
    lines = [
        t("Used now: {file}", file=name_copy(pair.used, pair.used_saved)),
        t("The other: {file}", file=name_copy(pair.other, pair.other_saved)),
        t.plural(
            "They differ in {n} answer: {answers}.",
            "They differ in {n} answers: {answers}.",
            pair.differences,
            answers=answers,
        ),
    ]
    if pair.is_tie:
        lines.append(t("Both were saved at the same moment, so it is not known which one is newer."))
    return "\n".join(lines)


def _list_choices(rows: Iterable[RowValues]) -> list[Choices]:
    columns = (choose_file(str(row["files"])) for row in rows)
    return [column.choices for column in columns if column is not None and column.choices is not None]
