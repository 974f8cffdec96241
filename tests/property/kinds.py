"""Mutants of every kind of workbook: what was filled in is used, reported or left unread, as the file itself counts it.

`python -m tests.property.kinds` runs a thousand mutants of answers and three hundred of each other kind and prints what
became of the cells (`make check-full`); the tests run a sample of them. No list of what was typed is kept: openpyxl
counts the cells of the file, the reader's ledger says what became of them, and each word that was typed must be in the
result, or in a cell or a row that a problem names, or in a column that is declared unread.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import multiprocessing
import re
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import openpyxl
from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import CellRef, Problem
from fatf_kit.spreadsheets.ledger import CellCounts, collect_counts
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.schema import CellKind
from tests.property.damage import DAMAGES, FormInUse, list_filled, put
from tools.written_inputs.kinds import KINDS as WRITTEN
from tools.written_inputs.sets import list_sets

DATA = list_sets()[-1]
"""The workbooks of the newest kept version; mutants are made of those of every version."""
KINDS = tuple(kind for kind in WRITTEN if kind != "npo-register")
"""Kinds of workbooks that are read cell by cell; the register of organisations is read by its rows."""

ANSWERS = "answers"
_LANGUAGES = ("en", "ar", "fr")
_NOT_KEPT = "home_country"
"""The fact of a mapping whose reason is asked for, but not kept."""

_WORDS = 8  # typed into cells that are to be filled in
_WORD = re.compile(r"zq\d{3}x")


@dataclass(slots=True)
class Figures:
    """The fates of the cells of the mutants of one kind; `lost` names the cells that were lost."""

    mutants: int = 0
    refused: int = 0
    filled: int = 0
    used: int = 0
    reported: int = 0
    unread: int = 0
    words: int = 0
    changed: int = 0
    lost: list[str] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        """Add the figures of other mutants."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def __str__(self) -> str:
        return (
            f"{self.mutants} mutants ({self.refused} refused): {self.filled} filled = {self.used} used + "
            f"{self.reported} reported + {self.unread} unread; {self.words} words; "
            f"{len(self.lost)} lost, {self.changed} read as something else"
        )


Load = Callable[[Path], Workbook]


def run(kind: str, seed: int, figures: Figures, load: Load = openpyxl.load_workbook) -> None:
    """One mutant of a kind, which `seed` decides wholly; `load` gives a source that may be changed."""
    random = Random(f"{kind} {seed}")  # noqa: S311 - nobody is kept from guessing it
    source = random.choice(list_sources(kind))
    chosen = random.sample(DAMAGES, random.randint(1, 4))
    filled = FormInUse(schema=WRITTEN[kind].schema, book=load(source))
    if any(not one.harmless for one in chosen):
        type_answers(filled, random)
    for one in chosen:
        one.change(filled, random)
    figures.mutants += 1
    with tempfile.TemporaryDirectory(prefix="fatf-kit-mutant-") as folder:
        path = Path(folder) / source.name
        save(filled, path)
        before = len(figures.lost)
        judge(kind, path, _count_cells(filled), list_words(filled), figures)
        if all(one.harmless for one in chosen):
            _compare(kind, source, path, figures)
        figures.lost[before:] = [f"{kind} {seed} {chosen}: {reason}" for reason in figures.lost[before:]]


def run_in_copies(kind: str, seeds: Iterable[int], figures: Figures) -> None:
    """Run mutants each in a copy of this process, in which the sources are loaded and stay as they are.

    Loading a source takes longer than all else that is done with a mutant.
    """
    loaded = {source: openpyxl.load_workbook(source) for source in list_sources(kind)}
    for source in loaded:
        list_plain_values(kind, source)
    context = multiprocessing.get_context("fork")
    gc.freeze()
    for seed in seeds:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send_figures, args=(sender, kind, seed, loaded.__getitem__))
        process.start()
        sender.close()
        try:
            figures.add(receiver.recv())
        except EOFError:
            figures.lost.append(f"{kind} {seed}: its process ended without a result")
        process.join()
    gc.unfreeze()


def _send_figures(sender: Connection, kind: str, seed: int, load: Load) -> None:
    gc.disable()
    figures = Figures()
    try:
        run(kind, seed, figures, load)
    except Exception as fault:
        figures.lost.append(f"{kind} {seed}: {fault!r} was raised")
    sender.send(figures)


@cache
def list_sources(kind: str) -> list[Path]:
    """List the workbooks of a kind, one for each language."""
    return [path for kept in list_sets() for code in _LANGUAGES if (path := kept / f"{kind}-{code}.xlsx").exists()]


def save(filled: FormInUse, path: Path) -> None:
    """Save a workbook, with its first sheet shown where all are hidden."""
    if all(sheet.sheet_state != "visible" for sheet in filled.book.worksheets):  # no program saves such a workbook
        filled.book.worksheets[0].sheet_state = "visible"
    filled.book.save(path)


def type_answers(filled: FormInUse, random: Random) -> None:
    """Type words into cells that are to be filled in, or the same word where a list, a date or a number is."""
    for _ in range(_WORDS):
        table = random.choice(filled.tables())
        by_key = next(one.by_key for one in filled.schema.tables if set(table.columns) <= set(one.by_key))
        keys = [key for key in table.columns if by_key[key].kind not in (CellKind.PRINTED, CellKind.ID)]
        if keys and (rows := table.rows()):
            word = filled.new_word()
            value = random.choice([word, f"2027-01-31 or {word}", f" {word}\n{word} "])
            put(table.sheet.cell(random.choice(rows), table.columns[random.choice(keys)]), value)


def _count_cells(filled: FormInUse) -> int:
    """Count the cells of a workbook in which something stands, with openpyxl and without a word about their meaning."""
    cells = (cell for sheet in filled.book.worksheets for cell in list_filled(sheet))
    return sum(not isinstance(cell.value, str) or bool(cell.value.strip()) for cell in cells)


def list_words(filled: FormInUse) -> list[tuple[str, str, int, int]]:
    """List each word that was typed, with its sheet, row and column."""
    words: list[tuple[str, str, int, int]] = []
    for sheet in filled.book.worksheets:
        cells = list(list_filled(sheet))
        not_kept = {cell.row for cell in cells if cell.value == _NOT_KEPT}
        typed = ((cell, set(_WORD.findall(str(cell.value)))) for cell in cells if cell.row not in not_kept)
        words += ((word, sheet.title, cell.row, cell.column) for cell, found in typed for word in sorted(found))
    return words


def judge(
    kind: str, path: Path, cells: int | None, words: Sequence[tuple[str, str, int, int]], figures: Figures
) -> None:
    """Read a workbook as the commands do, and note what of it is lost; `cells` as another program counts them."""
    try:
        with collect_counts() as collected:
            result, found = WRITTEN[kind].read(path)
            problems = list(found)
    except FatfKitError:
        figures.refused += 1
        return
    counts = list({one.file: one for one in collected}.values())
    if not counts:
        figures.refused += 1
        return
    for one in counts:
        figures.filled, figures.used = figures.filled + one.filled, figures.used + one.used
        figures.reported, figures.unread = figures.reported + one.reported, figures.unread + one.unread
        if one.unaccounted or one.filled != one.used + one.reported + one.unread:
            figures.lost.append(f"{one.unaccounted} cells without a fate {_name_lost(problems)}")
        if cells is not None and one.filled + one.printed != cells:
            figures.lost.append(f"the file has {cells} cells, not {one.filled + one.printed}")
    figures.words += len(words)
    if any(problem.code == "prints-missing" for problem in problems):  # tells of all words over printed texts
        return
    told = (repr(result) + repr(problems)).casefold()
    named = {word for word, sheet, row, _ in words if word in told or _is_named(problems, counts, sheet, row)}
    figures.lost += [
        f"{sheet}!{openpyxl.utils.get_column_letter(column)}{row} {word}"
        for word, sheet, row, column in words
        if word not in named  # an identical copy need not be named again
    ]


def _name_lost(problems: Iterable[Problem]) -> str:
    return " ".join(dict(one.facts)["cells"] for one in problems if one.code == "cells-unaccounted")


def _is_named(problems: Iterable[Problem], counts: Iterable[CellCounts], sheet: str, row: int) -> bool:
    """Return whether a problem names the sheet, or a cell of the row, or the cell is in a column that is unread."""
    refs: Iterator[CellRef] = (problem.ref for problem in problems if problem.ref)
    unread = (ref for one in counts for ref in one.unread_cells)
    return any(ref.sheet == sheet and _has_row(ref.cell, row) for ref in (*refs, *unread))


def _has_row(cell: str | None, row: int) -> bool:
    if cell is None:
        return True
    _, top, _, bottom = range_boundaries(cell)
    return bool(top and bottom and top <= row <= bottom)


def _compare(kind: str, source: Path, path: Path, figures: Figures) -> None:
    """Hold what harmless damage left against the workbook as openpyxl saves it.

    Where the values of the rows differ, the result decides: the key of an agency's column may be
    lost, and its name found instead.
    """
    before, after = list_plain_values(kind, source), _list_values(kind, path)
    if before != after and _read_result(kind, source) != _read_result(kind, path):
        figures.changed += 1
        figures.lost.append(f"read as something else: {list((before - after) + (after - before))[:2]}")


def _read_result(kind: str, path: Path) -> str:
    """Write the result of a reader without the file and the places of cells, which harmless damage changes."""
    result, _ = WRITTEN[kind].read(path)
    text = re.sub(r"CellRef\([^()]*\)", "", repr(result))
    return text.replace(str(path.parent), "").replace(hashlib.sha256(path.read_bytes()).hexdigest(), "")


@cache
def list_plain_values(kind: str, source: Path) -> Counter[str]:
    """List what is read in a source that openpyxl only loaded and saved."""
    with tempfile.TemporaryDirectory(prefix="fatf-kit-mutant-") as folder:
        plain = Path(folder) / "plain.xlsx"
        openpyxl.load_workbook(source).save(plain)
        return _list_values(kind, plain)


def _list_values(kind: str, path: Path) -> Counter[str]:
    book, problems = read_book(path, WRITTEN[kind].schema)
    if book is None:
        return Counter(map(str, problems))
    return Counter(
        repr((table, row.id, sorted(row.values.items(), key=repr))) for table, rows in book.rows.items() for row in rows
    )


def main(arguments: list[str]) -> int:
    """Run as many mutants as wanted of each kind, and print the figures and the first losses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000)
    parser.add_argument("--others", type=int, default=300)
    parser.add_argument("--kinds", nargs="*", default=KINDS)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    wanted = parser.parse_args(arguments)
    warnings.filterwarnings("ignore", module="openpyxl")
    ended = 0
    for kind in wanted.kinds:
        figures = Figures()
        count = wanted.answers if kind == ANSWERS else wanted.others
        run_in_copies(kind, range(wanted.first, wanted.first + count), figures)
        print(f"{kind}: {figures}", flush=True)  # noqa: T201
        for reason in figures.lost[:20]:
            print(f"  {reason[:400]}", flush=True)  # noqa: T201
        ended |= bool(figures.lost)
    return ended


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
