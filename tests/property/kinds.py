"""Mutants of every kind of workbook that people fill in, held against an account of what was typed.

`python -m tests.property.kinds` runs a thousand mutants of answers and three hundred of each other kind and prints how
many cells were typed, lost or read as something else (`make check-full`); the tests run a sample of them.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.cell.cell import MergedCell

from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import clean
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.ledger import collect_counts
from tests.property import account
from tests.property.account import unaccounted
from tests.property.filling import fill
from tests.property.ledger import ID, REGISTER_ID, Book, FilledCell, open_book
from tests.property.mutations import MUTATIONS, Mutation, mutate
from tools.fuzz.lost_words import UNREAD_COLUMNS
from tools.fuzz.targets import TARGETS, good_input

ANSWERS = "answers"
SHEETS: Mapping[str, tuple[str, ...]] = {
    "plan": ("Actions",),
    "follow-up": ("Report's table", "Re-ratings", "Criteria"),
    "decisions": ("Decisions",),
    "measures": ("Measures", "Questions", "Threat and decision"),
    "map": ("Columns", "Values", "Whole register"),
    "mock": (),
    "figures": (),
}
"""Kinds of workbooks besides answers, with the sheets that people fill in; none: every sheet that is shown."""

ANYWHERE = (
    "insert_rows", "insert_columns", "reorder_columns", "sort_rows", "rename_sheet", "hide_sheets", "reorder_sheets",
    "hide_rows_and_filter", "paste_formats", "lose_rules", "lose_properties", "save_as_strict",
)  # fmt: skip
"""Changes that make sense in any workbook. Keys that are gone and merged cells are for answers only as yet."""

_UNITS = ("R.2", "R.9", "R.28", "IO.6")
_CELLS = 12
_PLACE = re.compile(r"sheet='(.{1,40}?)', cell='[A-Z]+(\d+)(?::[A-Z]+(\d+))?'")
_WHOLE_SHEET = re.compile(r"code='(?:sheet-unknown|sheet-columns|figure-years)'.{0,400}?sheet='(.{1,40}?)'")


@dataclass(slots=True)
class Figures:
    """The results of the mutants of one kind; `lost` names the cells that were lost."""

    mutants: int = 0
    refused: int = 0
    cells: int = 0
    misread: int = 0
    lost: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.mutants} mutants ({self.refused} refused), {self.cells} cells, {len(self.lost)} lost, "
            f"{self.misread} misread"
        )


def run(kind: str, seed: int, figures: Figures) -> None:
    """One mutant of a kind, which `seed` decides wholly."""
    random = Random(f"{kind} {seed}")  # noqa: S311 - nobody is kept from guessing it
    figures.mutants += 1
    with tempfile.TemporaryDirectory(prefix="fatf-kit-mutant-") as folder:
        (_of_answers if kind == ANSWERS else _of_others)(kind, seed, random, Path(folder), figures)


@cache
def _template(language: str) -> bytes:
    return render_template(build_layout(load_framework("fatf-2022", language), only=_UNITS, language=language))


def _of_answers(kind: str, seed: int, random: Random, folder: Path, figures: Figures) -> None:
    """Fill, change, read back; a cell with another value in the result than it was meant to have is misread."""
    book = open_book(_template(random.choice(["en", "ar", "fr"])), "answers.xlsx")
    fill(book, random)
    chosen = random.sample(MUTATIONS, random.randint(1, 6))
    books = mutate(book, chosen, random)
    _show_one(books)
    for one in books:
        one.save(folder)
    with collect_counts() as counts:
        _, responses, problems = read_responses([folder])
    figures.lost += [f"{kind} {seed} {chosen}: {one.unaccounted} without a fate" for one in counts if one.unaccounted]
    ids = (ID, REGISTER_ID)
    typed = [what for one in books for cells in one.filled.values() for what in cells.values() if what.key not in ids]
    figures.cells += len(typed)
    lost = unaccounted(books, responses, problems, readable=False)
    figures.lost += [f"{kind} {seed} {chosen}: {cell}" for cell in lost]
    said = {cell.says for one in books for cell in account.cells_of(one, responses, problems)}
    for answer in responses.answers:
        for key in ("explanation", "citation", "missing", "action", "rating"):
            value = getattr(answer, key)
            if value not in (None, "") and (key, answer.requirement, clean(str(value))) not in said:
                figures.misread += 1
                figures.lost.append(f"{kind} {seed} {chosen}: {answer.requirement}!{key} is read as something else")


def _show_one(books: Iterable[Book]) -> None:
    """No program saves a workbook of which every sheet is hidden."""
    for one in books:
        if all(sheet.sheet_state != "visible" for sheet in one.book.worksheets):
            one.book.worksheets[0].sheet_state = "visible"


def _of_others(kind: str, seed: int, random: Random, folder: Path, figures: Figures) -> None:
    """Type into cells of any row, change the workbook, read it; each cell is in the result or in a problem's row."""
    book = _book_of(kind)
    words = dict(_type(book, SHEETS[kind], random))
    usable = [one for one in MUTATIONS if one.name in ANYWHERE]
    chosen: list[Mutation] = random.sample(usable, random.randint(0, 4))
    books = mutate(book, chosen, random)
    _show_one(books)
    book.save(folder)
    figures.cells += len(words)
    try:
        with collect_counts() as counts:
            told = repr(TARGETS[kind].read(folder / book.name))
    except FatfKitError:
        figures.refused += 1
        return
    told += repr([one.unread_cells for one in counts])
    figures.lost += [f"{kind} {seed} {chosen}: {one.unaccounted} without a fate" for one in counts if one.unaccounted]
    places = [(title, int(a), int(b or a)) for title, a, b in _PLACE.findall(told.replace('"', "'"))]
    whole = set(_WHOLE_SHEET.findall(told.replace('"', "'")))
    assert books == [book]
    for title, cells in book.filled.items():
        for (row, column), what in cells.items():
            word = words.get(what.key)
            if word is None or word in told or title in whole:
                continue
            if not any(sheet == title and first <= row <= last for sheet, first, last in places):
                at = book.sheet(title).cell(row, column).coordinate
                figures.lost.append(f"{kind} {seed} {chosen}: {title}!{at} {word}")


def _book_of(kind: str) -> Book:
    """A filled workbook of a kind, with its first columns on the account as ids."""
    book = Book(name=TARGETS[kind].file, book=openpyxl.load_workbook(io.BytesIO(good_input(kind))), filled={})
    for sheet in book.book.worksheets:
        if sheet.sheet_state == "visible":
            ids = (row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 1).value is not None)
            book.filled[sheet.title] = {(row, 1): FilledCell(key=ID) for row in ids}
    return book


def _type(book: Book, sheets: tuple[str, ...], random: Random) -> Iterator[tuple[str, str]]:
    """Type into cells that are not printed, in and around the tables; the words by their keys in the account."""
    shown = [one.title for one in book.book.worksheets if one.sheet_state == "visible"]
    titles = [title for title in shown if not sheets or title in sheets]
    for number in range(_CELLS):
        title = random.choice(titles)
        sheet = book.sheet(title)
        place = random.randint(1, min(sheet.max_row, 300) + 3), random.randint(1, min(sheet.max_column, 30) + 2)
        cell = sheet.cell(*place)
        heads = {sheet.cell(row, place[1]).value for row in range(1, 5)}
        is_printed = cell.value is not None and (cell.protection.locked or place[0] < 5)
        if isinstance(cell, MergedCell) or is_printed or place in book.filled[title] or heads & UNREAD_COLUMNS:
            continue
        word, key = f"zq{number:03}x", f"typed-{number}"
        number_of = str(417_000 + number)
        values = {word: word, f"2027-01-31 or {word}": word, f"{word} {word}": word, 417_000 + number: number_of}
        value = random.choice(list(values))
        book.put(title, place, value, FilledCell(key=key))
        yield key, values[value]


def main(arguments: list[str]) -> int:
    """Run as many mutants as wanted of each kind, and print the figures and the first losses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000)
    parser.add_argument("--others", type=int, default=300)
    parser.add_argument("--kinds", nargs="*", default=[ANSWERS, *SHEETS])
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    wanted = parser.parse_args(arguments)
    warnings.filterwarnings("ignore", module="openpyxl")
    ended = 0
    for kind in wanted.kinds:
        figures = Figures()
        for seed in range(wanted.first, wanted.first + (wanted.answers if kind == ANSWERS else wanted.others)):
            run(kind, seed, figures)
        print(f"{kind}: {figures}", flush=True)  # noqa: T201
        for reason in figures.lost[:20]:
            print(f"  {reason}", flush=True)  # noqa: T201
        counted = Counter(reason.split("]: ")[-1].split("!")[0] for reason in figures.lost)
        ended |= bool(counted or figures.misread)
    return ended


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
