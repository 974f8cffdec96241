"""The table of FATF's lists as a CSV file: read, updated from a small file of changes, and written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.store import write_output
from fatf_kit.published.csv_rows import read_csv_rows

COLUMNS = ("iso3", "list", "listed_since", "removed_on", "as_of", "source", "confidence")
"""The columns of the table, in order."""

CONFIDENCES = ("confirmed", "secondary source", "expert knowledge")
"""How sure the date of listing is."""

_CODE = re.compile(r"[A-Z]{3}")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_LONGEST_SOURCE = 300
_LONGEST_SHOWN = 40


class ListName(StrEnum):
    """FATF's two lists: jurisdictions under increased monitoring, and those subject to a call for action."""

    INCREASED = "increased-monitoring"
    CALL = "call-for-action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One listing of one jurisdiction.

    Attributes:
        iso3: ISO 3166-1 alpha-3 code.
        list: Which of the two lists.
        listed_since: Day ("2026-06-19") or month ("2010-02") of listing; None where it is not known.
        removed_on: Day of removal; None while it is in force.
        as_of: Day up to which the row is known to be right.
        source: Where it is from.
        confidence: How sure the date of listing is; one of `CONFIDENCES`.
    """

    iso3: str
    list: ListName
    listed_since: str | None
    removed_on: str | None
    as_of: date
    source: str
    confidence: str

    @property
    def is_in_force(self) -> bool:
        """Whether the jurisdiction has not been removed."""
        return self.removed_on is None

    @property
    def is_confirmed(self) -> bool:
        """Whether the date of listing is confirmed."""
        return self.confidence == CONFIDENCES[0]

    @property
    def months(self) -> int | None:
        """Calendar months from listing to removal; None while it is in force, or where the date is not known."""
        if self.listed_since is None or self.removed_on is None:
            return None
        return _count_months(self.removed_on) - _count_months(self.listed_since)


def _count_months(text: str) -> int:
    """Return the number of a day's or month's month since the year 0."""
    year, month = text.split("-")[:2]
    return 12 * int(year) + int(month)


def read_listings(path: str | Path, *, may_be_empty: bool = False) -> tuple[Listing, ...]:
    """Return a table of listings. Nothing is read in part: every faulty line is named at once.

    Raises:
        FatfKitError: the file cannot be read, lacks a column, has no line, or holds a value that is not allowed.

    >>> from fatf_kit.core.resources import data_folder
    >>> len(read_listings(data_folder("frameworks") / "published" / "lists.csv")) > 20
    True
    """
    path = Path(path)
    rows = read_csv_rows(path, COLUMNS)
    faults = [fault for line, row in rows for fault in _faults(row, line)]
    if faults:
        raise FatfKitError("{file} cannot be used. {problems}", file=path.name, problems=faults)
    if not rows and not may_be_empty:
        raise FatfKitError("{file} has no line below its headings.", file=path.name)
    listings = tuple(_listing(row) for _, row in rows)
    _check_pairs(listings, path.name)
    return listings


def update_listings(table: Iterable[Listing], changes: Sequence[Listing], as_of: date) -> tuple[Listing, ...]:
    """Return the table after the decisions of a Plenary: rows that `changes` name are replaced or added.

    A change about a listing in force (same jurisdiction and list) replaces it; without a date of listing, the known
    date is kept. Listings in force that no change names are then complete up to `as_of`.

    Raises:
        FatfKitError: a removal of a jurisdiction that is not on that list, a jurisdiction on both lists, or a day
            before the table's own.

    >>> from dataclasses import replace
    >>> from datetime import date
    >>> from fatf_kit import load_listings
    >>> kenya = next(one for one in load_listings() if one.iso3 == "KEN")
    >>> removed = replace(kenya, removed_on="2026-10-30", as_of=date(2026, 10, 30))
    >>> [one.is_in_force for one in update_listings([kenya], [removed], date(2026, 10, 30))]
    [False]
    """
    rows = list(table)
    if rows and as_of < max(row.as_of for row in rows):
        raise FatfKitError(
            "The changes are as of {day}, but the table is already complete up to {latest}.",
            day=as_of,
            latest=max(row.as_of for row in rows),
        )
    for change in changes:
        place = next((n for n, row in enumerate(rows) if row.is_in_force and _key(row) == _key(change)), None)
        if place is None and not change.is_in_force:
            raise FatfKitError(
                "{jurisdiction} is not on the list '{list}' in the table, so it cannot be removed from it. Correct "
                "the code or the list.",
                jurisdiction=change.iso3,
                list=change.list,
            )
        if place is None:
            rows.append(change)
        elif change.listed_since is None:
            old = rows[place]
            rows[place] = replace(change, listed_since=old.listed_since, confidence=old.confidence)
        else:
            rows[place] = change
    _check_pairs(rows, "The updated table")
    updated = (replace(row, as_of=as_of) if row.is_in_force else row for row in rows)
    return tuple(sorted(updated, key=lambda row: (row.iso3, row.listed_since or "", row.list)))


def write_listings(table: Iterable[Listing], path: str | Path) -> None:
    """Write the table whole or not at all; `read_listings` gives the same listings back.

    Raises:
        FatfKitError: the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import load_listings, read_listings
    >>> with TemporaryDirectory() as folder:
    ...     write_listings(load_listings(), Path(folder) / "lists.csv")
    ...     read_listings(Path(folder) / "lists.csv") == load_listings()
    True
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(make_json_value(row) for row in table)
    write_output(Path(path), text.getvalue().encode(), force=True)


def _key(row: Listing) -> tuple[str, ListName]:
    return row.iso3, row.list


def _listing(row: Mapping[str, str]) -> Listing:
    return Listing(
        iso3=row["iso3"].strip(),
        list=ListName(row["list"].strip()),
        listed_since=row["listed_since"].strip() or None,
        removed_on=row["removed_on"].strip() or None,
        as_of=date.fromisoformat(row["as_of"].strip()),
        source=row["source"].strip(),
        confidence=row["confidence"].strip(),
    )


def _faults(row: Mapping[str | None, str | None], line: int) -> Iterable[FatfKitError]:
    """Yield what is wrong with a line: what was found, and what is allowed."""
    if None in row or None in row.values():
        yield FatfKitError("Line {line} does not have as many cells as there are columns.", line=line)
        return
    cells = {name: (row[name] or "").strip() for name in COLUMNS}
    since, removed, as_of = cells["listed_since"], cells["removed_on"], cells["as_of"]
    allowed: Mapping[str, tuple[bool, tuple[str, ...]]] = {
        "iso3": (bool(_CODE.fullmatch(cells["iso3"])), ("IRQ",)),
        "list": (cells["list"] in list(ListName), tuple(ListName)),
        "listed_since": (not since or _is_day(since) or bool(_MONTH.fullmatch(since)), ("2026-06-19", "2010-02", "")),
        "removed_on": (not removed or _is_day(removed), ("2026-06-19", "")),
        "as_of": (_is_day(as_of), ("2026-06-19",)),
        "confidence": (cells["confidence"] in CONFIDENCES, tuple(CONFIDENCES)),
    }
    for name, (is_allowed, names) in allowed.items():
        if not is_allowed:
            yield _wrong_value(line, name, cells[name], names)
    if removed and since and _is_day(removed) and removed < since:
        yield _wrong_order(line, "removed_on", removed, "listed_since")
    if _is_day(as_of) and max(since, removed) > as_of:
        yield _wrong_order(line, "as_of", as_of, "listed_since, removed_on")
    if not cells["source"] or len(cells["source"]) > _LONGEST_SOURCE or cells["source"][0] in "=+-@":
        yield FatfKitError(
            "The source in line {line} is blank, longer than {limit} characters, or a formula. Write the source.",
            line=line,
            limit=_LONGEST_SOURCE,
        )


def _wrong_value(line: int, column: str, found: str, names: tuple[str, ...]) -> FatfKitError:
    allowed = tuple(filter(None, names))
    facts = {"found": found[:_LONGEST_SHOWN], "line": line, "column": column, "names": allowed}
    if "" in names:
        return FatfKitError(
            "'{found}' in line {line}, column {column}, is not allowed. Leave it blank, or write it like this: "
            "{names}.",
            **facts,
        )
    return FatfKitError(
        "'{found}' in line {line}, column {column}, is not allowed. Write it like this: {names}.", **facts
    )


def _wrong_order(line: int, column: str, found: str, earlier: str) -> FatfKitError:
    return FatfKitError(
        "'{found}' in line {line}, column {column}, is earlier than {earlier}. Correct one of the dates.",
        found=found,
        line=line,
        column=column,
        earlier=earlier,
    )


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _check_pairs(listings: Sequence[Listing], file: str) -> None:
    in_force = [one.iso3 for one in listings if one.is_in_force]
    if twice := sorted({code for code in in_force if in_force.count(code) > 1}):
        raise FatfKitError(
            "These jurisdictions are in force on more than one line of {file}: {names}. Keep one line for each.",
            file=file,
            names=tuple(twice),
        )
