"""decisions.xlsx written: every question prefilled, and every row that somebody has touched kept as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from fatf_kit.framework.catalog import index_of, unit_of
from fatf_kit.framework.model import Framework
from fatf_kit.locale import all_labels, label
from fatf_kit.messages import Words
from fatf_kit.responses.decisions import (
    KEYS,
    PREFILLED,
    DecisionBook,
    DecisionRow,
    as_day,
    print_of,
    scale_of_decision,
)
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import height_of, lines_of
from fatf_kit.spreadsheets.words import in_sentence
from fatf_kit.workbook.choices import write_choices
from fatf_kit.workbook.layout import LISTS
from fatf_kit.workbook.printed import fingerprint
from fatf_kit.workspace.model import Question, Voice, Workspace

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (13.0, 42.0, 40.0, 13.0, 14.0, 36.0, 20.0, 12.0)
_STYLES = ("id", "requirement", "said", "said short", "rating", "text", "text", "date")
_FIRST = 4
_SPARE = 20
_CREATED = datetime(2020, 1, 1)  # fixed: the same questions give the same bytes
_TAB = "#B7791F"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One row to write: the cells by key, the statement after the question, and the scale of its drop-down.

    A fresh one asks what is open now; any other was kept as it stood.
    """

    cells: Mapping[str, CellValue | None]
    statement: str = ""
    scale: str | None = None
    is_fresh: bool = False

    def shown(self, key: str) -> CellValue | None:
        """What stands in a cell, None where it is empty."""
        value = self.cells.get(key)
        if key == "question" and self.statement:
            return f"{value}\n{self.statement}"
        return None if value == "" else value


def render_decisions(
    questions: Sequence[Question], book: DecisionBook, workspace: Workspace, framework: Framework, language: str
) -> bytes:
    """The workbook's bytes: open questions in the Methodology's order, then whatever else was decided, then blank rows.

    What people typed into `book` is carried over word for word, whether it can be used or not. `framework` is the
    edition in `language`.
    """
    pen = Pen(language, Words(language)(workspace.settings.notice))
    pen.book.set_properties({"title": pen.words["decision.heading"], "author": "fatf-kit", "created": _CREATED})
    sheet = pen.sheet(pen.words["sheet.decisions"], _WIDTHS, tab=_TAB)
    pen.put(sheet, 0, 0, pen.words["decision.heading"], "title")
    sheet.set_row(0, 30)
    note = "\n".join(filter(None, (pen.notice, pen.words["decision.note"])))
    pen.note(sheet, 1, len(KEYS) - 1, note, height_of(lines_of(note, sum(_WIDTHS) * 0.95) + 0.5))
    for column, key in enumerate(KEYS):
        pen.put(sheet, 2, column, pen.words[f"decision.{key}"], "heading")
        pen.put(sheet, 3, column, key, "key")
    sheet.set_row(2, height_of(2))
    sheet.set_row(3, None, None, {"hidden": True})
    lines = _lines(pen, questions, book, workspace, framework)
    for row, line in enumerate(lines, start=_FIRST):
        _write(pen, sheet, row, line)
    last = _FIRST + len(lines)
    for row in range(last, last + _SPARE):
        for column, style in enumerate(_STYLES):
            blank = "short text" if column == 0 else "id part" if column < 4 else style
            pen.put(sheet, row, column, None, blank)
    rows = (_FIRST, last + _SPARE - 1)
    for key in ("reason", "decided_by", "day"):
        pen.ask(sheet, rows, KEYS.index(key), prompt=key, name=key, rule=date if key == "day" else None)
    sheet.freeze_panes(_FIRST, 1)
    pen.print_setup(sheet, pen.words["decision.heading"], landscape=True, repeat=_FIRST)
    write_choices(pen)
    over = map(fingerprint, (pen.words["decision.heading"], note))
    pen.extra_prints |= {*over, *_prints(lines, book)}
    return pen.finish()


def _prints(lines: Sequence[_Line], book: DecisionBook) -> Iterator[str]:
    """Fingerprints of what was prefilled; a text that somebody changed before, in a row that was kept, has none."""
    for line in lines:
        name = str(line.cells["requirement"])
        for key in PREFILLED:
            if (value := line.shown(key)) is not None:
                one = print_of(name, key, value)
                if line.is_fresh or book.prints is None or one in book.prints:
                    yield one


def _lines(
    pen: Pen, questions: Sequence[Question], book: DecisionBook, workspace: Workspace, framework: Framework
) -> list[_Line]:
    """Questions with what was typed into their row before, then every other touched row."""
    texts = {**{unit.id: unit.title for unit in framework.units}}
    texts |= {name: one.statement for name, one in index_of(framework).items()}
    order = {name: number for number, name in enumerate(_in_order(framework))}
    waiting: dict[str, list[DecisionRow]] = {}
    for row in book.rows:
        if row.is_touched:
            waiting.setdefault(row.requirement, []).append(row)
    lines: list[tuple[int, _Line]] = []
    for question in questions:
        name = question.requirement
        typed = waiting.get(name, [])
        old = typed.pop(0) if typed else None
        scale: str | None = scale_of_decision(name)
        cells: dict[str, CellValue | None] = {
            "requirement": name,
            "question": " ".join(pen.words[f"decision.why.{why.name.lower()}"] for why in question.why),
            "said": "\n".join(_said(pen, voice, name, workspace) for voice in question.said),
            "indicative": _indicative(pen, scale, question.indicative),
            **_typed(pen, old, scale),
        }
        line = _Line(cells=cells, statement=texts.get(name, ""), scale=scale, is_fresh=True)
        lines.append((order.get(name, len(order)), line))
    for name, rows in waiting.items():
        for row in rows:
            scale = scale_of_decision(name) if name in order else None
            shown = {key: row.values.get(key) for key in ("question", "said", "indicative")}
            kept = _Line(cells={"requirement": name, **shown, **_typed(pen, row, scale)}, scale=scale)
            lines.append((order.get(name, len(order)), kept))
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _in_order(framework: Framework) -> list[str]:
    """Units, each before what it contains."""
    found: dict[str, None] = {}
    for name in index_of(framework):
        found[unit_of(name)] = None
        found[name] = None
    return list(found)


def _typed(pen: Pen, row: DecisionRow | None, scale: str | None) -> dict[str, CellValue | None]:
    if row is None:
        return {}
    values = row.values.get
    decided = values("decided")
    shown = _label(pen, scale, str(decided)) if scale and decided is not None else decided
    return {
        "decided": shown,
        "reason": values("reason"),
        "decided_by": values("decided_by"),
        "day": as_day(values("day")),
    }


def _label(pen: Pen, scale: str, value: str) -> str:
    return str(pen.shown(scale, value)) if scale in LISTS else value


def _said(pen: Pen, voice: Voice, asked: str, workspace: Workspace) -> str:
    name = workspace.agency_name(voice.agency, pen.language) or voice.place
    comma = "، " if pen.language == "ar" else ", "
    part = "" if voice.requirement == asked else f"{comma}{in_sentence([voice.requirement], pen.language)}"
    scale = scale_of_decision(voice.requirement)
    said = label(scale, voice.rating, pen.language)
    return Words(pen.language)("{name}: {text}", name=f"{name}{part}", text=said)


def _indicative(pen: Pen, scale: str | None, pair: tuple[str, str] | None) -> str | None:
    if pair is None:
        return None
    worst, best = (_label(pen, scale or "", value) for value in pair)
    return worst if worst == best else pen.words["decision.range"].format(worst=worst, best=best)


def _write(pen: Pen, sheet: Worksheet, row: int, line: _Line) -> None:
    height = 2
    for column, (key, style) in enumerate(zip(KEYS, _STYLES, strict=True)):
        value = line.shown(key)
        if key == "question" and line.statement:
            runs = (("run", str(line.cells[key])), ("run quiet", f"\n{line.statement}"))
            pen.runs(sheet, row, column, runs, style)
        else:
            pen.put(sheet, row, column, value, style)
        height = max(height, lines_of(str(value or ""), _WIDTHS[column]))
    sheet.set_row(row, height_of(height))
    if line.scale:
        place = KEYS.index("decided")
        choices = tuple(all_labels(line.scale, pen.language))
        rule = LISTS.get(line.scale, choices)
        pen.ask(sheet, (row, row), place, prompt="decided", name="decided", rule=rule)
