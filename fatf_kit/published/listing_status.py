"""The listing of a country in words: since when, on which list, and up to which Plenary that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from msgspec import Meta

from fatf_kit.core.json_shapes import Count, Text, one_of
from fatf_kit.core.messages import Translator
from fatf_kit.published.listings import ListingState, ListingStatus, find_listing
from fatf_kit.published.listings_file import CONFIDENCES, Listing, ListName
from fatf_kit.report.model import Paragraph, Tone

ListingConfidence = Annotated[str, one_of(CONFIDENCES)]
PlenaryMonth = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]


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
        state=describe_state(status, t),
        day=t.day(status.as_of),
        month=t.month(status.next_plenary),
    )
    return " ".join((line, *(_list_warnings(status, t) if warned else ())))


def describe_table_day(status: ListingStatus, t: Translator) -> str:
    """Describe up to which day the table of lists is known, with the warning: once for all rows of a list.

    >>> print(describe_table_day(find_listing("IRQ", date(2026, 9, 1)), Translator("en")))
    As of 19 June 2026; the Plenary of October 2026 is not included.
    """
    line = t(
        "As of {day}; the Plenary of {month} is not included.",
        day=t.day(status.as_of),
        month=t.month(status.next_plenary),
    )
    return " ".join((line, *_list_warnings(status, t)))


def _list_warnings(status: ListingStatus, t: Translator) -> Iterator[str]:
    """Yield the warning that a Plenary has passed since the table was made; nothing while it is up to date."""
    if status.is_outdated:
        yield t.plural(
            "Warning: this Plenary is over. Check FATF's lists and update the table.",
            "Warning: {n} Plenaries are over. Check FATF's lists and update the table.",
            len(status.passed),
        )


def make_listing_paragraph(status: ListingStatus | None, t: Translator) -> tuple[Paragraph, ...]:
    """Return the line as a paragraph, set as a notice once it is out of date; nothing for a country not known."""
    if status is None:
        return ()
    tone = Tone.NOTICE if status.is_outdated else Tone.NORMAL
    return (Paragraph(text=t("FATF's lists: {line}", line=describe_listing(status, t)), tone=tone),)


def name_list(name: ListName, t: Translator) -> str:
    """Return the name of a list."""
    return t("call for action") if name is ListName.CALL else t("increased monitoring")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEvent:
    """A listing or a removal whose day or month is known.

    `day` is "2026-06-19" or "2010-02". `confidence` says how sure a date of listing is, in the reader's words; it is
    empty for a removal.
    """

    day: str
    text: str
    list: str
    confidence: str


def list_events(status: ListingStatus | None, t: Translator) -> tuple[ListingEvent, ...]:
    """Return the listings and removals on record whose dates are known, the earliest first."""
    found = [event for listing in (status.listings if status else ()) for event in _list_events(listing, t)]
    return tuple(sorted(found, key=lambda event: event.day))


def describe_events(status: ListingStatus | None, t: Translator) -> str:
    """Return when a jurisdiction was listed and removed, in a few words for a cell; "–" where it never was.

    >>> print(describe_events(find_listing("DZA", date(2026, 9, 1)), Translator("en")))
    listed 25 October 2024; removed 19 June 2026, after 20 months
    """
    if status is None or not status.listings:
        return "–"
    texts: list[str] = []
    for listing in status.listings:
        if listing.listed_since is None:
            texts.append(t("listed, the date is not known here"))
        texts += (event.text for event in _list_events(listing, t))
    return t.points(texts)


def _list_events(listing: Listing, t: Translator) -> Iterator[ListingEvent]:
    name = name_list(listing.list, t)
    if listing.listed_since is not None:
        text = t("listed {day}", day=_when(listing.listed_since, t))
        yield ListingEvent(day=listing.listed_since, text=text, list=name, confidence=t(listing.confidence))
    if listing.removed_on is None:
        return
    day = _when(listing.removed_on, t)
    text = t("removed {day}", day=day)
    if listing.months is not None:
        text = t.plural("removed {day}, after {n} month", "removed {day}, after {n} months", listing.months, day=day)
    yield ListingEvent(day=listing.removed_on, text=text, list=name, confidence="")


def describe_state(status: ListingStatus, t: Translator) -> str:
    """Describe whether a jurisdiction is on a list and since when, without the day up to which that is known.

    >>> print(describe_state(find_listing("IRQ", date(2026, 9, 1)), Translator("en")))
    Listed since 19 June 2026 (increased monitoring)
    """
    listing = status.listing
    if listing is None or status.standing is ListingState.NOT_LISTED:
        return t("On neither of FATF's lists")
    name = name_list(listing.list, t)
    doubt = {"list": name, "confidence": t(listing.confidence)}
    if listing.removed_on is not None:
        day = _when(listing.removed_on, t)
        if listing.months is None:
            return t("Removed from the list on {day} ({list})", day=day, list=name)
        return t.plural(
            "Removed from the list on {day}, after {n} month ({list})",
            "Removed from the list on {day}, after {n} months ({list})",
            listing.months,
            day=day,
            list=name if listing.is_confirmed else t("{list}; date of listing: {confidence}", **doubt),
        )
    if listing.listed_since is None:
        return t("Listed; the date is not known here ({list})", list=name)
    known = name if listing.is_confirmed else t("{list}; date: {confidence}", **doubt)
    return t("Listed since {day} ({list})", day=_when(listing.listed_since, t), list=known)


def _when(text: str, t: Translator) -> str:
    """Return a day or a month in words."""
    return t.day(date.fromisoformat(text)) if len(text) == len("2026-06-19") else t.month(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingResult:
    """The listing of a jurisdiction by FATF, as far as it is known on the day `as_of`.

    The keys from `list` to `confidence` are null where no listing is on record. `plenaries_passed` are the Plenaries
    since `as_of` that are not included; empty while the table is up to date.
    """

    standing: ListingState
    list: ListName | None
    listed_since: str | None
    removed_on: str | None
    source: str | None
    confidence: ListingConfidence | None
    as_of: date
    next_plenary: PlenaryMonth
    plenaries_passed: tuple[PlenaryMonth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastListing:
    """One listing: day or month of listing (null: not known), day of removal (null: in force), months between them."""

    list: ListName
    listed_since: str | None
    removed_on: str | None
    source: Text
    confidence: ListingConfidence
    months: Count | None


def make_listing_result(found: ListingStatus) -> ListingResult:
    """Make the JSON value of the listing of a jurisdiction by FATF."""
    listing = found.listing
    return ListingResult(
        standing=found.standing,
        list=listing.list if listing else None,
        listed_since=listing.listed_since if listing else None,
        removed_on=listing.removed_on if listing else None,
        source=listing.source if listing else None,
        confidence=listing.confidence if listing else None,
        as_of=found.as_of,
        next_plenary=found.next_plenary,
        plenaries_passed=found.passed,
    )


def list_past_listings(found: ListingStatus | None) -> tuple[PastListing, ...]:
    """List every listing on record, the earliest first; none for a jurisdiction that never was on a list."""
    return tuple(
        PastListing(
            list=listing.list,
            listed_since=listing.listed_since,
            removed_on=listing.removed_on,
            source=listing.source,
            confidence=listing.confidence,
            months=listing.months,
        )
        for listing in (found.listings if found else ())
    )
