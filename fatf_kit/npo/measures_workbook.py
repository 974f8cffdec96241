"""The workbook on which a country lists its measures for non-profit organisations, and what may stand in it.

Three sheets: one row for each measure, a few questions, and the nature of the threat, how the sector was consulted and
what was decided on its rating.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fatf_kit.files import write_file
from fatf_kit.locale import LANGUAGES, normalise
from fatf_kit.messages import Words
from fatf_kit.npo.measures import load_measures
from fatf_kit.npo.proportionality import load_checks
from fatf_kit.npo.proposal import load_parts
from fatf_kit.npo.scales import RiskBand, SegmentKind
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2020, 1, 1)  # fixed, because a date of writing would make every copy differ
COLUMNS = {
    "measure": 44,
    "kind": 30,
    "audience": 26,
    "segment_by": 14,
    "segment": 20,
    "because_of_tf": 14,
    "legal_basis": 30,
    "hours": 13,
    "bodies": 13,
}
_CHOICES = ("kind", "audience", "segment_by", "because_of_tf")
_ROWS = 60
_HEAD, _KEYS, _FIRST = 2, 3, 4
_QUESTION_ROW = 4


def write_measures_workbook(
    path: Path,
    language: str = "en",
    rows: Sequence[Mapping[str, CellValue]] = (),
    answers: Mapping[str, CellValue] | None = None,
) -> Path:
    """Write the workbook, blank or with measures by column key and answers by question or part already in it.

    Raises:
        FatfKitError: it cannot be written.
    """
    t = Words(language)
    pen = Pen(language)
    pen.book.set_properties({"title": t("Measures for non-profit organisations"), "created": _CREATED})
    lists = _lists(language)
    _measures_sheet(pen, t, lists, rows)
    _questions_sheet(pen, t, lists, answers or {})
    _threat_sheet(pen, t, lists, answers or {})
    add_lists_sheet(pen, lists)
    return write_file(path, pen.finish())


def _headings(t: Words) -> dict[str, str]:
    return {
        "measure": t("Measure"),
        "kind": t("Kind of measure"),
        "audience": t("On whom"),
        "segment_by": t("Only a segment: by"),
        "segment": t("Which segment"),
        "because_of_tf": t("Because of terrorist financing?"),
        "legal_basis": t("Legal basis"),
        "hours": t("Hours a year for one body"),
        "bodies": t("Number of bodies"),
    }


@cache
def printed_texts() -> frozenset[str]:
    """Every text that is printed over and beside the tables, in any language, normalised."""
    found: set[str] = set(COLUMNS) | {"question", "answer", "remark"}
    for language in LANGUAGES:
        t = Words(language)
        titles = (
            t("Measures for non-profit organisations"),
            t("Questions on the assessment and on sanctions"),
            t("The nature of the threat, the sector's views, and the decision"),
        )
        heads = t("Question"), t("Answer"), t("Where this is written")
        found.update((*titles, *heads, _note_text(t), *_headings(t).values()))
        found.update(question.text for question in load_checks(language).questions)
        found.update(part.text for part in load_parts(language))
    return frozenset(map(normalise, found))


def _note_text(t: Words) -> str:
    return t(
        "One row for each measure in force. General law that has nothing to do with terrorist financing may be listed "
        "with 'no'; no check concerns it. A blank means that it is not known, never zero."
    )


def _measures_sheet(
    pen: Pen, t: Words, lists: Mapping[str, Mapping[str, str]], rows: Sequence[Mapping[str, CellValue]]
) -> None:
    sheet = pen.sheet(t("Measures"), COLUMNS.values(), tab="#1F3A52")
    pen.put(sheet, 0, 0, t("Measures for non-profit organisations"), "title")
    sheet.set_row(0, 30)
    _note(pen, sheet, _note_text(t), len(COLUMNS))
    for column, (key, heading) in enumerate(_headings(t).items()):
        pen.put(sheet, _HEAD, column, heading, "heading padded")
        pen.put(sheet, _KEYS, column, key, "key")
    sheet.set_row(_HEAD, height_of(3.2))
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    for line in range(max(_ROWS, len(rows))):
        given = rows[line] if line < len(rows) else {}
        for column, key in enumerate(COLUMNS):
            value = given.get(key)
            shown = lists[key].get(str(value), value) if key in lists and value is not None else value
            pen.put(sheet, _FIRST + line, column, shown, "list" if key in ("hours", "bodies") else "text")
    for key in _CHOICES:
        rows_of = (_FIRST, _FIRST + max(_ROWS, len(rows)) - 1)
        # Several audiences may be typed after one another.
        add_choice(pen, sheet, rows_of, list(COLUMNS).index(key), key, is_open=key == "audience")
    sheet.freeze_panes(_FIRST, 1)
    pen.print_setup(sheet, t("Measures for non-profit organisations"), landscape=True, repeat=_FIRST)


def _questions_sheet(
    pen: Pen, t: Words, lists: Mapping[str, Mapping[str, str]], answers: Mapping[str, CellValue]
) -> None:
    sheet = pen.sheet(t("Questions"), (3, 76, 22, 44), tab="#5B6B79")
    sheet.set_column(0, 0, 3, None, {"hidden": True})
    pen.put(sheet, 0, 1, t("Questions on the assessment and on sanctions"), "title")
    sheet.set_row(0, 30)
    for column, (key, heading) in enumerate((("answer", t("Answer")), ("remark", t("Where this is written"))), start=2):
        pen.put(sheet, _HEAD, column, heading, "heading padded")
        pen.put(sheet, _KEYS, column, key, "key")
    pen.put(sheet, _HEAD, 1, t("Question"), "heading padded")
    pen.put(sheet, _KEYS, 0, "question", "key")
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    for row, question in enumerate(load_checks(t.language).questions, start=_QUESTION_ROW):
        pen.put(sheet, row, 0, question.id, "key")
        pen.put(sheet, row, 1, question.text, "prose")
        value = answers.get(question.id)
        given = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        shown = lists["because_of_tf"].get(str(given), given)
        pen.put(sheet, row, 2, shown, "date" if question.kind == "date" else "field")
        pen.put(sheet, row, 3, None, "text")
        sheet.set_row(row, height_of(lines_of(question.text, 70) + 0.4))
        if question.kind == "yes_no":
            add_choice(pen, sheet, (row, row), 2, "because_of_tf")
    pen.print_setup(sheet, t("Questions on the assessment and on sanctions"), landscape=True)


def _threat_sheet(pen: Pen, t: Words, lists: Mapping[str, Mapping[str, str]], answers: Mapping[str, CellValue]) -> None:
    """The nature of the threat, how the sector was consulted, and the decision on its rating: texts before numbers."""
    title = t("The nature of the threat, the sector's views, and the decision")
    sheet = pen.sheet(t("Threat and decision"), (3, 44, 70, 36), tab="#5B6B79")
    sheet.set_column(0, 0, 3, None, {"hidden": True})
    pen.put(sheet, 0, 1, title, "title")
    sheet.set_row(0, 30)
    heads = (("answer", t("Answer")), ("remark", t("Where this is written")))
    pen.put(sheet, _HEAD, 1, t("Question"), "heading padded")
    pen.put(sheet, _KEYS, 0, "question", "key")
    for column, (key, heading) in enumerate(heads, start=2):
        pen.put(sheet, _HEAD, column, heading, "heading padded")
        pen.put(sheet, _KEYS, column, key, "key")
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    for row, part in enumerate(load_parts(t.language), start=_QUESTION_ROW):
        pen.put(sheet, row, 0, part.id, "key")
        pen.put(sheet, row, 1, part.text, "prose")
        given = answers.get(part.id)
        shown = lists["band"].get(str(given), given) if part.kind == "band" else given
        pen.put(sheet, row, 2, shown, {"date": "date", "band": "field"}.get(part.kind, "text"))
        pen.put(sheet, row, 3, None, "text")
        lines = max(lines_of(part.text, 42), lines_of(str(shown or ""), 66))
        least = 4.0 if part.kind == "text" and part.group != "decision" else 1.6
        sheet.set_row(row, height_of(max(least, lines + 0.4)))
        if part.kind == "band":
            add_choice(pen, sheet, (row, row), 2, "band")
    pen.print_setup(sheet, title, landscape=True)


def _note(pen: Pen, sheet: Worksheet, note: str, columns: int) -> None:
    pen.note(sheet, 1, columns - 1, note, height_of(lines_of(note, sum(COLUMNS.values()) * 0.9)))


def add_choice(
    pen: Pen, sheet: Worksheet, rows: tuple[int, int], column: int, name: str, *, is_open: bool = False
) -> None:
    """A drop-down with the list `name` over rows of a column; an open one takes other texts after a warning."""
    options: dict[str, Any] = {
        "validate": "list",
        "source": f"=npo_{name}",
        "error_title": pen.words["error.list.title"],
        "error_message": pen.words["error.list"],
        "error_type": "warning" if is_open else "stop",
    }
    sheet.data_validation(rows[0], column, rows[1], column, options)


def add_lists_sheet(pen: Pen, lists: Mapping[str, Mapping[str, str]]) -> None:
    """The hidden sheet with the choices behind every drop-down, each list under its name."""
    sheet = pen.sheet("_lists")
    for column, (name, choices) in enumerate(lists.items()):
        for row, label in enumerate(choices.values()):
            pen.put(sheet, row, column, label, "key")
        letter = chr(ord("A") + column)
        pen.book.define_name(f"npo_{name}", f"='_lists'!${letter}$1:${letter}${len(choices)}")
    sheet.very_hidden()


def _lists(language: str) -> dict[str, dict[str, str]]:
    """The choices of each column by code, in one language."""
    t, catalogue = Words(language), load_measures(language)
    return {
        "kind": {kind.id: kind.name for kind in catalogue.kinds.values()},
        "audience": {audience.id: audience.name for audience in catalogue.audiences.values()},
        "segment_by": {
            SegmentKind.ACTIVITY: t("Activity"),
            SegmentKind.REGION: t("Region"),
            SegmentKind.LEGAL_FORM: t("Legal form"),
            SegmentKind.SIZE: t("Size"),
        },
        "because_of_tf": {"yes": t("Yes"), "no": t("No")},
        "band": band_names(t),
    }


def band_names(t: Words) -> dict[str, str]:
    """The five bands of risk in words."""
    names = {tier.tier.value: tier.name for tier in load_measures(t.language).tiers}
    between = {RiskBand.MEDIUM_LOW: t("Medium-low"), RiskBand.MEDIUM_HIGH: t("Medium-high")}
    return {band.value: between.get(band) or names[band.value] for band in RiskBand}


def choice_labels(column: str) -> tuple[str, ...]:
    """What may be chosen in a column, in English."""
    return tuple(_lists("en")[column].values())


@cache
def codes_of(name: str) -> Mapping[str, str]:
    """The code behind a choice, by code and by label in every shipped language."""
    found = {}
    for language in LANGUAGES:
        for code, label in _lists(language)[name].items():
            found[normalise(label)] = found[normalise(code)] = str(code)
    return found
