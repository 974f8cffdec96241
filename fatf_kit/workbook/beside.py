"""What people write beside a table or over its cells: nothing uses it, and nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.locale import LANGUAGES, normalise
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.annotations import old_format
from fatf_kit.spreadsheets.links import behind
from fatf_kit.spreadsheets.sheet import Sheet, runs
from fatf_kit.spreadsheets.words import languages, words


def beside(sheet: Sheet, columns: Collection[int]) -> Iterator[Problem]:
    """A note for each unbroken run of filled cells in a column that the table does not have."""
    for column in range(max(map(len, sheet.grid), default=0)):
        if column not in columns:
            filled = (row for row in range(len(sheet.grid)) if sheet.is_filled(row, column))
            yield from (make_problem("cell-beside", run) for run in runs(sheet, column, filled))


def over(sheets: Iterable[Sheet], links: Collection[CellRef] = ()) -> Iterator[Problem]:
    """What lies over the cells of sheets: a warning for each cell with a comment, a note for pictures and the like.

    A note too for each cell that leads to an address which its text does not say, but for `links`, which are used.
    Words of a printed header or footer that are in no cell either get a note, and so does an old format.
    """
    sheets = list(sheets)
    yield from old_format(sheets)
    for sheet in sheets:
        yield from (make_problem("cell-comment", sheet.ref(*cell)) for cell in sorted(set(sheet.notes)))
        if sheet.links:
            yield from behind(sheet, links)
        if sheet.objects:
            where = CellRef(file=sheet.file, sheet=sheet.title)
            yield make_problem("sheet-objects", where, count=sheet.objects)
    yield from _in_margins(sheets)


def _in_margins(sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """A note for each sheet whose printed header or footer says something that is in no cell of the workbook.

    What fatf-kit prints there are headings, titles and notices that its cells or the names of its sheets hold too, or
    its own words, cut where they are long.
    """
    wanted = {piece: piece.removesuffix("...") for sheet in sheets for text in sheet.margins for piece in _pieces(text)}
    ours = _printed_words(tuple(languages()))
    unexplained = {piece for piece, plain in wanted.items() if plain not in ours}
    for sheet in sheets if unexplained else ():
        texts = [normalise(value) for value in (sheet.title, *sheet.distinct) if isinstance(value, str)]
        unexplained = {piece for piece in unexplained if not any(wanted[piece] in text for text in texts)}
    unexplained = {piece for piece in unexplained if not any(one.startswith(wanted[piece]) for one in _titles())}
    for sheet in sheets:
        if not unexplained.isdisjoint(piece for text in sheet.margins for piece in _pieces(text)):
            yield make_problem("sheet-margins", CellRef(file=sheet.file, sheet=sheet.title))


def _pieces(text: str) -> list[str]:
    return [piece for piece in normalise(text).split(" – ") if any(map(str.isalnum, piece))]


@lru_cache(maxsize=8)
def _printed_words(spoken: tuple[str, ...]) -> frozenset[str]:
    texts = [text for language in spoken for text in words(language).values()]
    pages = [words(language)["print.page"].format(page=" ", pages=" ") for language in spoken]
    return frozenset(map(normalise, (*texts, *pages)))


@cache
def _titles() -> frozenset[str]:
    """Titles of editions, Recommendations and outcomes in every language: a heading may have been typed over since."""
    editions = [load_framework(edition, language) for edition in list_editions() for language in LANGUAGES]
    titles = (text for one in editions for text in (one.title, one.text_state))
    units = (unit for edition in editions for unit in edition.units)
    return frozenset(map(normalise, (text for text in (*titles, *(f"{one.id} {one.title}" for one in units)) if text)))
