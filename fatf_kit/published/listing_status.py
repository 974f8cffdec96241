"""The listing of a country in words: since when, on which list, and up to which Plenary that is known."""

from __future__ import annotations

from datetime import date
from typing import Any

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.published.listings import ListingState, ListingStatus, find_listing
from fatf_kit.published.listings_file import Listing, ListName
from fatf_kit.report.model import Paragraph, Tone


def find_listing_on(iso3: str, generated_at: str) -> ListingStatus | None:
    """Return the listing of a country by FATF on the day of a moment in ISO 8601; None for a country not known."""
    return find_listing(iso3, date.fromisoformat(generated_at[:10])) if iso3 else None


def describe_listing(status: ListingStatus, t: Translator, *, warned: bool = True) -> str:
    """Describe the state, the day up to which it is known, and a warning once a later Plenary has passed.

    Where the reader is not the one who updates the table, it is not `warned`.

    >>> print(describe_listing(find_listing("IRQ", date(2026, 9, 1)), Translator("en")))
    Listed since 19 June 2026 (increased monitoring), as of 19 June 2026; the Plenary of October 2026 is not included.
    """
    line = t(
        "{state}, as of {day}; the Plenary of {month} is not included.",
        state=_describe_state(status, t),
        day=t.day(status.as_of),
        month=t.month(status.next_plenary),
    )
    if not (warned and status.is_outdated):
        return line
    warning = t.plural(
        "Warning: this Plenary has passed since. Check FATF's lists and update the table.",
        "Warning: {n} Plenaries have passed since. Check FATF's lists and update the table.",
        len(status.passed),
    )
    return f"{line} {warning}"


def make_listing_paragraph(status: ListingStatus | None, t: Translator) -> tuple[Paragraph, ...]:
    """Return the line as a paragraph, set as a notice once it is out of date; nothing for a country not known."""
    if status is None:
        return ()
    tone = Tone.NOTICE if status.is_outdated else Tone.NORMAL
    return (Paragraph(text=t("FATF's lists: {line}", line=describe_listing(status, t)), tone=tone),)


def name_list(name: ListName, t: Translator) -> str:
    """Return the name of a list."""
    return t("call for action") if name is ListName.CALL else t("increased monitoring")


def _describe_state(status: ListingStatus, t: Translator) -> str:
    listing = status.listing
    if listing is None or status.standing is ListingState.NOT_LISTED:
        return t("On neither of FATF's lists")
    name = name_list(listing.list, t)
    if listing.removed_on is not None:
        return t("Removed from the list on {day} ({list})", day=_when(listing.removed_on, t), list=name)
    if listing.listed_since is None:
        return t("Listed; the date is not known here ({list})", list=name)
    return t("Listed since {day} ({list})", day=_when(listing.listed_since, t), list=_with_doubt(listing, name, t))


def _with_doubt(listing: Listing, name: str, t: Translator) -> str:
    """Return the list, and the confidence in the date if it is not confirmed."""
    if listing.confidence == "confirmed":
        return name
    return t("{list}; date: {confidence}", list=name, confidence=t(listing.confidence))


def _when(text: str, t: Translator) -> str:
    """Return a day or a month in words."""
    return t.day(date.fromisoformat(text)) if len(text) == len("2026-06-19") else t.month(text)


def make_listing_payload(found: ListingStatus) -> dict[str, Any]:
    """Return the listing of a jurisdiction by FATF, with the day up to which it is known.

    `plenaries_passed` are the Plenaries since then that are not included; empty while the table is up to date.
    """
    row = make_json_value(found.listing) if found.listing else {}
    return {
        "standing": str(found.standing),
        **{key: row.get(key) for key in ("list", "listed_since", "removed_on", "source", "confidence")},
        "as_of": found.as_of.isoformat(),
        "next_plenary": found.next_plenary,
        "plenaries_passed": list(found.passed),
    }
