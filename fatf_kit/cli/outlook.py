"""`fatf-kit outlook`: the thresholds of follow-up and referral, and how far the ratings are from each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import (
    EXITS,
    ParamType,
    exit_code,
    json_option,
    language_option,
    on_option,
    print_errors,
    print_json,
    print_table,
)
from fatf_kit.cli.ratings import read_source, source_options

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.outlook.model import Outlook


class Fact(ParamType[tuple[str, str]]):
    """A fact typed as banks=14."""

    name = "name=value"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Name and value; a usage error for anything else."""
        if isinstance(value, tuple):
            return value
        name, sign, said = (part.strip() for part in str(value).partition("="))
        if not (name and sign and said):
            self.fail(f"{value!r} is no fact. Write name=value, like banks=14 or fatf_member=no.", param, ctx)
        return name, said


@click.command(epilog=EXITS)
@source_options
@click.option(
    "--fact",
    "facts",
    type=Fact(),
    multiple=True,
    help="A fact about the country, like banks=14 or fatf_member=no; may be given several times.",
)
@on_option
@language_option
@json_option
def outlook(
    paths: tuple[Path, ...],
    published: str | None,
    report: str | None,
    table: Path | None,
    edition: str | None,
    facts: tuple[tuple[str, str], ...],
    day: date | None,
    language: str,
    as_json: bool,
) -> int:
    """What ratings would lead to: regular or enhanced follow-up, and a referral to the ICRG.

    While ratings are open, each threshold is tested at both ends: with all that is open shown, and with nothing of it.
    Meeting a referral threshold is not being listed.
    """
    from fatf_kit.core.messages import Translator
    from fatf_kit.outlook import evaluate
    from fatf_kit.outlook.payload import collect_notes, make_outlook_payload
    from fatf_kit.outlook.referral import prioritise
    from fatf_kit.outlook.report import describe_levels, describe_outlook, describe_priority, list_fact_questions
    from fatf_kit.papers.blank_report import phrase_blank
    from fatf_kit.published.listing_status import describe_listing
    from fatf_kit.published.listings import find_listing

    given = read_source(paths, published, report, table, edition)
    print_errors(given.problems)
    found = evaluate(given.rules, given.rated.ratings)
    known = {**given.rated.facts, **dict(facts)}
    rules = given.rules.prioritisation
    names = [fact.id for fact in rules.facts] if rules else []
    if unknown := [name for name, _ in facts if name not in names]:
        raise click.UsageError(f"{unknown[0]!r} is no fact of {given.rules.edition}. Use one of: {', '.join(names)}.")
    listing = find_listing(given.rated.iso3, day or date.today()) if given.rated.iso3 else None
    if as_json:
        print_json(make_outlook_payload(found, given.rated.edition, known, listing, given.rated.standing))
        return exit_code(given.problems)
    t = Translator(language)
    click.echo(given.head(t))
    if given.is_blank:
        click.echo(phrase_blank(given.asked, t))
        if listing:
            click.echo(describe_listing(listing, t))
        return exit_code(given.problems)
    click.echo(describe_outlook(found, t))
    if given.rated.standing:
        click.echo(describe_levels(given.rated.standing, t))
    if listing:
        click.echo(describe_listing(listing, t))
    click.echo()
    print_table(list(_lines(found, t)))
    if found.referral_span.worst and rules:
        priority = prioritise(rules, known, is_listed=listing is not None and listing.is_listed)
        click.echo(f"\n{describe_priority(priority, t)}")
        for question in list_fact_questions(priority, t):
            click.echo(f"  ? {question}")
    click.echo()
    for note in collect_notes(given.rules.provisional_because, given.rules.notes):
        click.echo(f"- {t(note)}")
    return exit_code(given.problems)


def _lines(found: Outlook, t: Translator) -> Iterator[tuple[str, ...]]:
    """The table of the thresholds, headings first."""
    from fatf_kit.outlook.report import describe_counts, describe_distance, describe_state

    yield t("Threshold"), t("Counted"), t("Met"), t("Distance"), t("Test")
    for result in found.lines:
        test = f"{t(result.line.test)}  ({t(result.line.confidence)})"
        yield (
            result.line.id,
            describe_counts(result),
            describe_state(result, found, t),
            describe_distance(result, t),
            test,
        )
