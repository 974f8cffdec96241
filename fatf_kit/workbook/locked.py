"""Words typed into cells that a template locks: nothing reads them there, so they must not be lost without a word.

An agency lifts the protection, or a program ignores it, and the answer stands below the text of the requirement. What a
template prints is known line by line; whatever else stands in such a cell is somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from functools import cache, lru_cache
from itertools import product

from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.framework.model import Framework
from fatf_kit.locale import LANGUAGES, normalise
from fatf_kit.messages import Words
from fatf_kit.problems import Problem, make_problem
from fatf_kit.resources import tool_version
from fatf_kit.spreadsheets.marks import HEADING_BREAK
from fatf_kit.spreadsheets.sheet import Sheet, runs
from fatf_kit.spreadsheets.words import word_in_all, words
from fatf_kit.workbook.fronts import Fields
from fatf_kit.workbook.heads import Table
from fatf_kit.workbook.layout import COLUMNS, REGISTER_COLUMNS, build_layout, requirement_texts
from fatf_kit.workbook.model import Layout, Stamp
from fatf_kit.workbook.printed import line_print
from fatf_kit.workbook.sieve import Seen, Sieve

_BREAKS = re.compile(rf"[\r\n{HEADING_BREAK}]")
_IDS = r"[\w./(), \u200e]{1,400}"
_NAMES = r"(?:(?!(?<=\w{5})[.!?؟] ).){1,6000}"
"""Names of agencies, but no sentence after them: in a name no stop follows a word of five letters and more."""

_PLACES = {
    "lead": _NAMES,
    "others": _NAMES,
    "support": r"\d{1,4}",
    "report": ".{1,60}",
    "rating": r"[\w \u200e-]{1,30}",
}

_Table = tuple[Sheet, Table | None]
_Sieve = Sieve[frozenset[str]]
"""Finds texts that may be somebody's, each with the lines in question; with none where nothing like it is printed."""


def lines_about(layout: Layout) -> Iterator[str]:
    """The lines of locked cells that are printed for one agency only: they cannot be worked out when they are read."""
    about = _about(layout.language)
    for sheet in layout.sheets:
        yield from (line for line in _BREAKS.split(sheet.foreword) if about.fullmatch(line.strip()))
        yield from (line for row in sheet.rows if row.duty for line in _BREAKS.split(row.duty))


def typed_into_locked(
    tables: Iterable[_Table], stamp: Stamp | None, printed: Collection[str] | None = None
) -> Iterator[Problem]:
    """A Problem for each unbroken run of locked cells, headings too, that hold something other than what was sent out.

    `printed` are the fingerprints of lines that were printed for one agency only; without them whatever may be the
    name of an agency is taken for one. Where another version of fatf-kit or of the edition may have made the template,
    its texts cannot be told from what somebody typed: then one note says how many cells differ, and names the first.
    """
    edition, language = (stamp.edition, stamp.language) if stamp else (None, None)
    sieve = _printed(edition, language if language in LANGUAGES else None, stamp.notice if stamp else "")
    if sieve is None:
        return  # nothing of an unknown edition is read, and a Problem says so
    given = [(sheet, table) for sheet, table in tables if table]
    asked = frozenset[object]().union(*(_locked_on(sheet, table) for sheet, table in given))
    strange = _strange_of(sieve.among(asked), printed, language)
    found = [(sheet, cells) for sheet, table in given if strange and (cells := _cells_of(strange, sheet, table))]
    if not found:
        return
    if stamp and stamp.kit == tool_version() and stamp.edition_digest == load_framework(stamp.edition).digest:
        for sheet, cells in found:
            for column in sorted(cells):
                yield from (make_problem("cell-locked", run) for run in runs(sheet, column, cells[column]))
        return
    sheet, cells = found[0]
    column = min(cells)
    count = sum(len(rows) for _, columns in found for rows in columns.values())
    yield make_problem("locked-unsure", sheet.ref(cells[column][0], column), count=count)


def edition_typed(fields: Fields, stamp: Stamp | None) -> Iterator[Problem]:
    """A Problem where the cover names something other than an edition: the field is locked, and nothing reads it."""
    value, ref = fields.get("edition", (None, None))
    sure = stamp is not None and stamp.kit == tool_version() and stamp.edition in list_editions()
    if value is None or not (stamp and sure) or stamp.language not in LANGUAGES:
        return
    title, printed = normalise(load_framework(stamp.edition, stamp.language).title), normalise(str(value))
    if printed != title and not printed.startswith(f"{title} – "):  # the state of the text changes, the title does not
        yield make_problem("cell-locked", ref)


def _strange_of(
    unsure: Mapping[object, frozenset[str]], printed: Collection[str] | None, language: str | None
) -> Set[object]:
    """Of the texts with lines that are not the same in every template those that hold what was not printed either."""
    spoken = language if language in LANGUAGES else None
    lines = frozenset[str]().union(*unsure.values())
    if printed is None:
        ours = {line for line in lines if _may_be_ours(line, spoken)}
    else:
        ours = {line for line in lines if line_print(line) in printed}
    return {text for text, here in unsure.items() if not here or not here <= ours}


def _locked_on(sheet: Sheet, table: Table) -> set[object]:
    """What stands in the locked cells of a sheet, and beside its headings."""
    columns = {head["requirement"] for head in (table.columns, *table.heads.values()) if "requirement" in head}
    found = {value for row in table.heads for value in sheet.grid[row]}
    for column in columns if table.family == "column" else ():
        found.update(row[column] for row in sheet.grid if len(row) > column)
    return found


def _cells_of(strange: Set[object], sheet: Sheet, table: Table) -> Mapping[int, list[int]]:
    """The locked cells that hold something strange, rows by column."""
    grid = sheet.grid
    found: dict[int, list[int]] = {}
    here = table.heads[min(table.heads)]
    for number, row in enumerate(grid):
        head = table.heads.get(number)
        above = here if number - 1 in table.heads else {}  # whose keys this row may hold
        here = head if head and "requirement" in head else here
        if head:
            own = {*head.values(), *above.values(), *table.columns.values()}
        else:
            own = {here["requirement"]} if "requirement" in here and not _is_stray(sheet, number, here) else set()
        for column in own:
            if column < len(row) and row[column] in strange:
                found.setdefault(column, []).append(number)
    return found


def _is_stray(sheet: Sheet, number: int, head: Mapping[str, int]) -> bool:
    """Whether a row has nothing but a text where requirements stand, which is told for itself."""
    return "id" in head and not any(sheet.is_filled(number, at) for key, at in head.items() if key != "requirement")


@lru_cache(maxsize=32)  # a stamp may name any edition, language and notice
def _printed(edition: str | None, language: str | None, notice: str) -> _Sieve | None:
    """Finds what not every locked cell of such a template has printed in it; of any where they are not said.

    None for an edition that is not shipped.
    """
    if edition is not None and edition not in list_editions():
        return None
    editions = [edition] if edition else list_editions()
    spoken = [language] if language else LANGUAGES
    notices = frozenset(line for one in (notice, *(Words(name)(notice) for name in spoken)) for line in one.split("\n"))
    lines = notices.union(_headings(), *(_lines(*pair) for pair in product(editions, spoken)))

    def strange_in(value: object) -> frozenset[str] | None:
        if not isinstance(value, str):
            return frozenset()
        strange = (line for line in _BREAKS.split(value) if line not in lines)
        return frozenset(line for line in strange if not _is_ours(line, editions, spoken, lines)) or None

    return Sieve(strange_in, Seen())


def _is_ours(line: str, editions: Iterable[str], spoken: Iterable[str], lines: frozenset[str]) -> bool:
    """Whether a line is one of ours though it is not among them as it stands: saved otherwise, or of what changed."""
    plain = normalise(line)
    if not plain or plain in _plain(lines):
        return True
    for language in spoken:
        review = _review(language).fullmatch(line.strip())
        if review and any(normalise(review["text"]) in _changes(one, language) for one in editions):
            return True
    return False


@lru_cache(maxsize=8)
def _plain(lines: frozenset[str]) -> frozenset[str]:
    return frozenset(map(normalise, lines))


@cache
def _headings() -> frozenset[str]:
    """Headings and keys of the columns, and what stands with them, in every language."""
    keys = {column.key for column in (*COLUMNS, *REGISTER_COLUMNS)}
    names = (f"column.{column.key}" for column in COLUMNS), (f"register.{column.key}" for column in REGISTER_COLUMNS)
    others = ("requirement.back", "register.heading", "register.note")
    told = {word for name in (*names[0], *names[1], *others) for word in word_in_all(name)}
    return frozenset(keys | told | {f" {word}" for word in told} | {f"{word} " for word in told})


@cache
def _lines(edition: str, language: str) -> frozenset[str]:
    """Every line that is printed on sheets of requirements, as it is printed."""
    text = words(language)
    found: set[str] = set()
    for sheet in build_layout(load_framework(edition, language), language=language).sheets:
        texts = (piece for row in sheet.rows for _, piece in requirement_texts(text, row))
        for one in (f"{sheet.title}  {sheet.heading}", sheet.foreword, *texts):
            found.update(_BREAKS.split(one))
    found.update(text[f"duty.{name}"] for name in ("lead_all", "support_all", "lead", "support_open"))
    return frozenset(found)


@cache
def _about(language: str) -> re.Pattern[str]:
    """Lines that name agencies, numbers of requirements, or the last evaluation's rating."""
    names = ("duty.some", "duty.lead_with", "duty.support", "published.sheet")
    return re.compile("|".join(f"(?:{_pattern(words(language)[name], _PLACES)})" for name in names))


@lru_cache(maxsize=1_024)
def _may_be_ours(line: str, language: str | None) -> bool:
    """Whether a line may name agencies and nothing else; in any language where none is said."""
    return any(_about(name).fullmatch(line.strip()) for name in ([language] if language else LANGUAGES))


@cache
def _review(language: str) -> re.Pattern[str]:
    """The line of a row that was carried over and is to be reviewed; what changed is its group `text`."""
    return re.compile(_pattern(words(language)["requirement.review"], {"old": _IDS, "text": "(?P<text>.*)"}))


def _pattern(template: str, places: Mapping[str, str]) -> str:
    pieces = re.split(r"(\{\w+\})", template)
    return "".join(places[piece[1:-1]] if piece.startswith("{") else re.escape(piece) for piece in pieces)


@cache
def _changes(edition: str, language: str) -> frozenset[str]:
    """What the carried-over workbook says of changes, normalised."""
    text = words(language)
    said = {text["carried.parts"], *_changed(load_framework(edition, language))}
    said |= {text["carried.core_issue"].format(change=change).strip() for change in said | {""}}
    return frozenset(normalise(f"{one} {more}") for one in said | {""} for more in ("", text["carried.merged"]))


def _changed(framework: Framework) -> Iterator[str]:
    yield from (one.change for unit in framework.recommendations for one in unit.criteria if one.change)
    yield from (unit.change for unit in framework.outcomes if unit.change)
