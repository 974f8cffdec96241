"""The workbook on which a country lists its measures for non-profit organisations: written blank, read filled.

Two sheets: one row for each measure, and a few questions. Choices are accepted as codes and in every shipped language;
a cell that cannot be used is a Problem, and the measure then is judged by what is left, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fatf_kit.files import write_file
from fatf_kit.locale import LANGUAGES, clean, normalise
from fatf_kit.messages import Words
from fatf_kit.npo.measures import CountryMeasure, NationalMeasures, Tier, load_measures
from fatf_kit.npo.model import SegmentKind
from fatf_kit.npo.proportionality import load_checks
from fatf_kit.problems import Problem, make_problem
from fatf_kit.safety.guard import check_file
from fatf_kit.workbook.beside import beside, over
from fatf_kit.workbook.grid import Sheet, flaw
from fatf_kit.workbook.model import CellValue
from fatf_kit.workbook.pen import Pen
from fatf_kit.workbook.reader import parse_sheets
from fatf_kit.workbook.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2020, 1, 1)  # fixed, because a date of writing would make every copy differ
_COLUMNS = {
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
_ENOUGH = 5  # keys that must stand in one row before it counts as the head
_QUESTION_ROW = 4


def write_measures_workbook(
    path: Path,
    language: str = "en",
    rows: Sequence[Mapping[str, CellValue]] = (),
    answers: Mapping[str, CellValue] | None = None,
) -> Path:
    """Write the workbook, blank or with measures by column key and answers by question already in it.

    Raises:
        FatfKitError: it cannot be written.
    """
    t = Words(language)
    pen = Pen(language)
    pen.book.set_properties({"title": t("Measures for non-profit organisations"), "created": _CREATED})
    lists = _lists(language)
    _measures_sheet(pen, t, lists, rows)
    _questions_sheet(pen, t, lists, answers or {})
    _lists_sheet(pen, lists)
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


def _measures_sheet(
    pen: Pen, t: Words, lists: Mapping[str, Mapping[str, str]], rows: Sequence[Mapping[str, CellValue]]
) -> None:
    sheet = pen.sheet(t("Measures"), _COLUMNS.values(), tab="#1F3A52")
    pen.put(sheet, 0, 0, t("Measures for non-profit organisations"), "title")
    sheet.set_row(0, 30)
    note = t(
        "One row for each measure in force. General law that has nothing to do with terrorist financing may be listed "
        "with 'no'; no check concerns it. A blank means that it is not known, never zero."
    )
    _note(pen, sheet, note, len(_COLUMNS))
    for column, (key, heading) in enumerate(_headings(t).items()):
        pen.put(sheet, _HEAD, column, heading, "heading padded")
        pen.put(sheet, _KEYS, column, key, "key")
    sheet.set_row(_HEAD, height_of(3.2))
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    for line in range(max(_ROWS, len(rows))):
        given = rows[line] if line < len(rows) else {}
        for column, key in enumerate(_COLUMNS):
            value = given.get(key)
            shown = lists[key].get(str(value), value) if key in lists and value is not None else value
            pen.put(sheet, _FIRST + line, column, shown, "list" if key in ("hours", "bodies") else "text")
    for key in _CHOICES:
        _choose(pen, sheet, (_FIRST, _FIRST + max(_ROWS, len(rows)) - 1), list(_COLUMNS).index(key), key)
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
            _choose(pen, sheet, (row, row), 2, "because_of_tf")
    pen.print_setup(sheet, t("Questions on the assessment and on sanctions"), landscape=True)


def _note(pen: Pen, sheet: Worksheet, note: str, columns: int) -> None:
    sheet.merge_range(1, 0, 1, columns - 1, "", pen.styles["note wrapped"])
    pen.put(sheet, 1, 0, note, "note wrapped")
    sheet.set_row(1, height_of(lines_of(note, sum(_COLUMNS.values()) * 0.9)))


def _choose(pen: Pen, sheet: Worksheet, rows: tuple[int, int], column: int, name: str) -> None:
    options: dict[str, Any] = {
        "validate": "list",
        "source": f"=npo_{name}",
        "error_title": pen.words["error.list.title"],
        "error_message": pen.words["error.list"],
        # Several audiences may be typed after one another.
        "error_type": "warning" if name == "audience" else "stop",
    }
    sheet.data_validation(rows[0], column, rows[1], column, options)


def _lists_sheet(pen: Pen, lists: Mapping[str, Mapping[str, str]]) -> None:
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
    }


def choice_labels(column: str) -> tuple[str, ...]:
    """What may be chosen in a column, in English."""
    return tuple(_lists("en")[column].values())


@cache
def _codes(name: str) -> Mapping[str, str]:
    """The code behind a choice, by code and by label in every shipped language."""
    found = {}
    for language in LANGUAGES:
        for code, label in _lists(language)[name].items():
            found[normalise(label)] = found[normalise(code)] = str(code)
    return found


def read_measures_workbook(path: Path) -> tuple[NationalMeasures | None, tuple[Problem, ...]]:
    """What a country filled in, and every cell that could not be used, in the order of the sheets.

    None where the file cannot be read or is no such workbook.
    """
    checked = check_file(path)
    if isinstance(checked, Problem):
        return None, (checked,)
    sheets = parse_sheets(checked)
    if isinstance(sheets, Problem):
        return None, (sheets,)
    problems: list[Problem] = []
    measures: list[CountryMeasure] = []
    answers: dict[str, bool] = {}
    written: dict[str, str] = {}
    last_review: date | None = None
    ours = False
    for sheet in sheets:
        if head := _head(sheet, tuple(_COLUMNS)):
            ours = True
            measures += _read_measures(sheet, *head, problems)
        elif head := _head(sheet, ("question", "answer", "remark")):
            ours = True
            last_review = _read_answers(sheet, *head, answers, written, problems) or last_review
    if not ours:
        from fatf_kit.problems import CellRef

        return None, (make_problem("workbook-not-ours", CellRef(file=path.name)),)
    problems += over(sheets)
    made = NationalMeasures(measures=tuple(measures), answers=answers, last_review=last_review, written=written)
    return made, tuple(problems)


def _head(sheet: Sheet, keys: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The row of keys and where each column is, wherever the table was moved."""
    for number, row in enumerate(sheet.grid):
        found = {text: at for at, value in enumerate(row) if isinstance(value, str) and (text := value.strip()) in keys}
        if len(found) >= min(_ENOUGH, len(keys)):
            return number, found
    return None


def _read_measures(
    sheet: Sheet, head: int, columns: Mapping[str, int], problems: list[Problem]
) -> Iterator[CountryMeasure]:
    for row in range(head + 1, len(sheet.grid)):
        cells = _Row(sheet, row, columns, problems)
        problems += [
            flaw(sheet.flaws[row, at], cells.ref(key)) for key, at in columns.items() if (row, at) in sheet.flaws
        ]
        if any(cells.value(key) is not None for key in columns):
            made = _measure(cells)
            if made is not None:
                yield made
    problems += beside(sheet, range(max(columns.values()) + 1))


def _measure(cells: _Row) -> CountryMeasure | None:
    """The measure of one row; None where it does not say what it is or on whom it falls."""
    kind, tiers = cells.choice("kind"), cells.audience()
    name = cells.text("measure")
    if kind is None or not tiers:
        cells.incomplete([key for key, missing in (("kind", kind is None), ("audience", not tiers)) if missing])
        return None
    by, which = cells.choice("segment_by"), cells.text("segment")
    if bool(by) != bool(which):
        cells.incomplete(["segment" if by else "segment_by"])
        return None
    return CountryMeasure(
        name=name or load_measures().kinds[kind].name,
        kind=kind,
        tiers=tiers,
        segment=(SegmentKind(by), which) if by else None,
        legal_basis=cells.text("legal_basis"),
        because_of_tf=cells.choice("because_of_tf") != "no",
        hours=cells.number("hours"),
        bodies=None if (bodies := cells.number("bodies", whole=True)) is None else int(bodies),
        ref=cells.ref("measure"),
    )


class _Row:
    """One row of the table, cell by cell; what cannot be used is added to the problems."""

    def __init__(self, sheet: Sheet, row: int, columns: Mapping[str, int], problems: list[Problem]) -> None:
        self._sheet, self._row, self._columns, self._problems = sheet, row, columns, problems

    def value(self, key: str) -> CellValue | None:
        at = self._columns.get(key)
        return None if at is None else self._sheet.value(self._row, at)

    def text(self, key: str) -> str:
        value = self.value(key)
        return "" if value is None else clean(str(value))

    def ref(self, key: str) -> Any:
        return self._sheet.ref(self._row, self._columns.get(key, 0))

    def choice(self, key: str) -> str | None:
        text = self.text(key)
        if not text:
            return None
        code = _codes(key).get(normalise(text))
        if code is None:
            self._bad_choice(key, text)
        return code

    def audience(self) -> frozenset[Tier]:
        """One or more audiences, after a comma or semicolon; none where one of them is not known."""
        text = self.text("audience")
        if not text:
            return frozenset()
        codes = _codes("audience")
        pieces = [piece.strip() for piece in text.replace("؛", ";").replace("،", ";").replace(",", ";").split(";")]
        found = [codes.get(normalise(piece)) for piece in pieces if piece]
        if None in found:
            self._bad_choice("audience", text)
            return frozenset()
        audiences = load_measures().audiences
        return frozenset[Tier]().union(*(audiences[code].tiers for code in found if code))

    def number(self, key: str, *, whole: bool = False) -> float | None:
        value = self.value(key)
        if value is None:
            return None
        try:
            number = float(clean(str(value)).replace(" ", "").replace(",", "."))
        except ValueError:
            number = -1.0
        if isinstance(value, bool) or not 0 <= number < 1e9 or (whole and number != int(number)):
            self._problems.append(make_problem("npo-measure-number", self.ref(key), found=value, column=key))
            return None
        return number

    def incomplete(self, missing: Sequence[str]) -> None:
        self._problems.append(make_problem("npo-measure-incomplete", self.ref(missing[0]), missing=", ".join(missing)))

    def _bad_choice(self, key: str, found: str) -> None:
        allowed = "; ".join(choice_labels(key))
        self._problems.append(
            make_problem("npo-measure-choice", self.ref(key), found=found, column=key, allowed=allowed)
        )


def _read_answers(
    sheet: Sheet,
    head: int,
    columns: Mapping[str, int],
    answers: dict[str, bool],
    written: dict[str, str],
    problems: list[Problem],
) -> date | None:
    """Adds the answers and where they are written; returns the date of the last review."""
    reviewed: date | None = None
    kinds = {question.id: question.kind for question in load_checks().questions}
    for row in range(head + 1, len(sheet.grid)):
        name = clean(str(sheet.value(row, columns["question"]) or "")) if "question" in columns else ""
        value = sheet.value(row, columns["answer"]) if "answer" in columns else None
        where = sheet.value(row, columns["remark"]) if "remark" in columns else None
        if name not in kinds:
            if name or value is not None or where is not None:
                problems.append(make_problem("row-nameless", sheet.ref(row, 0), column="question"))
            continue
        if where is not None:
            written[name] = clean(str(where))
        if value is None:
            continue
        ref = sheet.ref(row, columns["answer"])
        if kinds[name] == "date":
            reviewed = _date(value)
            if reviewed is None:
                problems.append(make_problem("date-unknown", ref, found=value, column=name))
        elif (
            code := "yes"
            if value is True
            else "no"
            if value is False
            else _codes("because_of_tf").get(normalise(str(value)))
        ):
            answers[name] = code == "yes"
        else:
            problems.append(make_problem("npo-measure-choice", ref, found=value, column=name, allowed="yes, no"))
    problems += beside(sheet, range(max(columns.values()) + 1))
    return reviewed


def _date(value: CellValue) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(clean(str(value)))
    except ValueError:
        return None
