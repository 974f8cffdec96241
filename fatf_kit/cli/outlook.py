"""`fatf-kit outlook`: the thresholds of follow-up and referral, and how far the ratings are from each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import click

import fatf_kit
from fatf_kit.cli.ratings import RatingsInput, list_notes, read_source, source_options
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.outlook import evaluate
from fatf_kit.outlook import report as texts
from fatf_kit.outlook.model import Outlook
from fatf_kit.outlook.payload import make_outlook_result
from fatf_kit.outlook.referral import prioritise
from fatf_kit.outlook.sentences import describe_levels
from fatf_kit.papers.blank_report import phrase_blank
from fatf_kit.published.listing_status import describe_listing
from fatf_kit.published.listings import ListingStatus
from fatf_kit.terminal import options, output


def _read_fact(text: str) -> tuple[str, str]:
    """Return name and value of a fact typed as banks=14."""
    name, _, value = (part.strip() for part in text.partition("="))
    if not (name and value):
        raise FatfKitError("'{found}' is not a fact. Write name=value, like banks=14 or fatf_member=no.", found=text)
    return name, value


@click.command
@source_options
@click.option(
    "--fact",
    "facts",
    type=options.TextType("name=value", _read_fact),
    multiple=True,
    help="Fact about the country, like banks=14 or fatf_member=no. May be given several times.",
)
@options.day
@options.language_json
def outlook(facts: tuple[tuple[str, str], ...], day: date | None, language: str, **source: Any) -> None:
    """Predict from ratings the type of follow-up, regular or enhanced, and a referral to the ICRG.

    Ratings that are not settled make the result a range: each threshold is tested in the worst case and in the best.
    Meeting a referral threshold does not mean being listed by FATF.

    Example: fatf-kit outlook iraq
    """
    given = read_source(**source)
    output.print_errors(given.problems)
    found = evaluate(given.rules, given.rated.ratings)
    known = {**given.rated.facts, **dict(facts)}
    names = [fact.id for fact in given.rules.prioritisation.facts] if given.rules.prioritisation else []
    if unknown := [name for name, _ in facts if name not in names]:
        output.fail_usage(
            "'{found}' is not a fact of {edition}. Allowed: {names}.",
            found=unknown[0],
            edition=given.rules.edition,
            names=", ".join(names),
        )
    listing = fatf_kit.find_listing(given.rated.iso3, day or date.today()) if given.rated.iso3 else None
    document = make_outlook_result(found, given.rated.edition, known, listing, given.rated.standing)
    output.print_result(document, _lines(given, found, known, listing, Translator(language)))


def _lines(
    given: RatingsInput,
    found: Outlook,
    known: Mapping[str, str | int | float],
    listing: ListingStatus | None,
    t: Translator,
) -> Iterator[str]:
    """Yield the outlook in words: the consequences, the thresholds, the priority of a referral, and notes."""
    yield given.head(t)
    yield phrase_blank(given.requested, t) if given.is_blank else texts.describe_outlook(found, t)
    if given.rated.standing and not given.is_blank:
        yield describe_levels(given.rated.standing, t)
    if listing:
        yield describe_listing(listing, t)
    if given.is_blank:
        return
    yield ""
    yield from output.table_lines(list(_threshold_rows(found, t)))
    if found.referral_span.worst and given.rules.prioritisation:
        priority = prioritise(given.rules.prioritisation, known, listing)
        yield f"\n{texts.describe_priority(priority, t)}"
        yield from (f"  ? {question}" for question in texts.list_fact_questions(priority, t))
    yield from list_notes(given.rules, t)


def _threshold_rows(found: Outlook, t: Translator) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table of thresholds, headings first."""
    yield t("Threshold"), t("Value"), t("Met"), t("Distance"), t("Test")
    for result in found.lines:
        test = f"{t(result.line.test)}  ({t(result.line.confidence)})"
        yield (
            texts.name_threshold(result.line, t),
            texts.describe_counts(result),
            texts.describe_state(result, found, t),
            texts.describe_distance(result, t),
            test,
        )
