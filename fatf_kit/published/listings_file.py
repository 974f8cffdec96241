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
from fatf_kit.core.files import write_file
from fatf_kit.core.json_files import make_json_value
from fatf_kit.published.csv_rows import read_csv_rows

COLUMNS = ("iso3", "list", "listed_since", "removed_on", "as_of", "source", "confidence")
"""The columns of the table, in order."""

CONFIDENCES = ("confirmed", "secondary source", "expert knowledge")
"""How sure the date of listing is."""

_CODE = re.compile(r"[A-Z]{3}")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_LONGEST_SOURCE = 300


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


def read_listings(path: Path, *, may_be_empty: bool = False) -> tuple[Listing, ...]:
    """Return a table of listings. Nothing is read in part: every faulty line is named at once.

    Raises:
        FatfKitError: the file cannot be read, lacks a column, has no line, or holds a value that is not allowed.
    """
    rows = read_csv_rows(path, COLUMNS, f"Needed: {', '.join(COLUMNS)}.")
    faults = [(line, fault) for line, row in rows for fault in _faults(row)]
    if faults:
        raise FatfKitError(
            f"{path.name} is not used, because it has {len(faults)} faults. "
            + " ".join(f"line {line}: {fault}" for line, fault in faults)
        )
    if not rows and not may_be_empty:
        raise FatfKitError(f"{path.name} has no line under its headings.")
    listings = tuple(_listing(row) for _, row in rows)
    _check_pairs(listings, path.name)
    return listings


def update_listings(table: Iterable[Listing], changes: Sequence[Listing], as_of: date) -> tuple[Listing, ...]:
    """Return the table after the decisions of a Plenary: rows that `changes` name are replaced or added.

    A change about a listing in force (same jurisdiction and list) replaces it; where it gives no date of listing, the
    known one is kept. Listings in force that no change names are known up to `as_of` from then on.

    Raises:
        FatfKitError: a removal of a jurisdiction that is not on that list, a jurisdiction on both lists, or a day
            before the table's own.
    """
    rows = list(table)
    if rows and as_of < max(row.as_of for row in rows):
        raise FatfKitError(
            f"The changes are as of {as_of}, but the table is already complete up to {max(row.as_of for row in rows)}."
        )
    for change in changes:
        place = next((n for n, row in enumerate(rows) if row.is_in_force and _key(row) == _key(change)), None)
        if place is None and not change.is_in_force:
            raise FatfKitError(
                f"{change.iso3} is not on the list {change.list} in the table, so it cannot be removed from it. "
                "Correct the code or the list."
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


def write_listings(table: Iterable[Listing], path: Path) -> None:
    """Write the table whole or not at all; `read_listings` gives the same listings back.

    Raises:
        FatfKitError: the file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(make_json_value(row) for row in table)
    write_file(path, text.getvalue().encode())


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


def _faults(row: Mapping[str | None, str | None]) -> Iterable[str]:
    """Yield what is wrong with a line: what was found, and what is allowed."""
    if None in row or None in row.values():
        yield f"it has {'more' if None in row else 'fewer'} cells than there are columns."
        return
    cells = {name: (row[name] or "").strip() for name in COLUMNS}
    since, removed, as_of = cells["listed_since"], cells["removed_on"], cells["as_of"]
    if not _CODE.fullmatch(cells["iso3"]):
        yield f"iso3 is '{cells['iso3'][:20]}'. Write three capital letters, like IRQ."
    if cells["list"] not in list(ListName):
        yield f"list is '{cells['list'][:40]}'. Use one of: {', '.join(ListName)}."
    if since and not (_is_day(since) or _MONTH.fullmatch(since)):
        yield f"listed_since is '{since[:20]}'. Write a day like 2026-06-19 or a month like 2010-02, or leave it blank."
    if removed and not _is_day(removed):
        yield f"removed_on is '{removed[:20]}'. Write a day like 2026-06-19, or leave it blank."
    elif removed and since and removed < since:
        yield f"removed_on ({removed}) lies before listed_since ({since}). Correct one of them."
    if not _is_day(as_of):
        yield f"as_of is '{as_of[:20]}'. Write a day like 2026-06-19."
    elif max(since, removed) > as_of:
        yield f"as_of ({as_of}) lies before the listing or the removal. Correct one of them."
    if not cells["source"] or len(cells["source"]) > _LONGEST_SOURCE or cells["source"][0] in "=+-@":
        yield f"source is blank, longer than {_LONGEST_SOURCE} characters, or a formula. Write where the fact is from."
    if cells["confidence"] not in CONFIDENCES:
        yield f"confidence is '{cells['confidence'][:40]}'. Use one of: {', '.join(CONFIDENCES)}."


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _check_pairs(listings: Sequence[Listing], file: str) -> None:
    in_force = [one.iso3 for one in listings if one.is_in_force]
    if twice := sorted({code for code in in_force if in_force.count(code) > 1}):
        raise FatfKitError(f"{file}: {', '.join(twice)} is in force on more than one line. Keep one of them.")
