"""`fatf-kit outlook`: the lines of follow-up and referral, and how the ratings stand against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import (
    EXITS,
    ParamType,
    count_problems,
    exit_code,
    json_option,
    language_option,
    on_option,
    print_json,
    print_table,
)
from fatf_kit.cli.ratings import read_source, source_options

if TYPE_CHECKING:
    from fatf_kit.messages import Words
    from fatf_kit.outlook.model import LineResult


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
    """What ratings would lead to: regular or enhanced follow-up, and the lines of referral to the ICRG.

    A rating that is not known counts nowhere; while one is open the result is a range. Meeting a referral line is not
    being listed.
    """
    from fatf_kit.messages import Words
    from fatf_kit.outlook import evaluate
    from fatf_kit.outlook.payload import notes_of, outlook_payload
    from fatf_kit.outlook.referral import prioritise
    from fatf_kit.published.listings import find_listing
    from fatf_kit.report.build.listing import listing_line
    from fatf_kit.report.build.outlook import fact_questions, outlook_sentence, priority_sentence

    given = read_source(paths, published, report, table, edition)
    count_problems(given.problems)
    found = evaluate(given.rules, given.rated.ratings)
    known = {**given.rated.facts, **dict(facts)}
    rules = given.rules.prioritisation
    names = [fact.id for fact in rules.facts] if rules else []
    if unknown := [name for name, _ in facts if name not in names]:
        raise click.UsageError(f"{unknown[0]!r} is no fact of {given.rules.edition}. Use one of: {', '.join(names)}.")
    listing = find_listing(given.rated.iso3, day or date.today()) if given.rated.iso3 else None
    if as_json:
        print_json(outlook_payload(found, given.rated.edition, known, listing))
        return exit_code(given.problems)
    t = Words(language)
    click.echo(given.head(t))
    click.echo(outlook_sentence(found, t))
    if listing:
        click.echo(listing_line(listing, t))
    click.echo()
    print_table(list(_lines(found.lines, t)))
    if found.referral_span.worst and rules:
        priority = prioritise(rules, known, is_listed=listing is not None and listing.is_listed)
        click.echo(f"\n{priority_sentence(priority, t)}")
        for question in fact_questions(priority, t):
            click.echo(f"  ? {question}")
    click.echo()
    for note in notes_of(given.rules.provisional_because, given.rules.notes):
        click.echo(f"- {t(note)}")
    return exit_code(given.problems)


def _lines(results: Iterable[LineResult], t: Words) -> Iterator[tuple[str, ...]]:
    """The table of the lines, headings first."""
    from fatf_kit.report.build.outlook import counted_text, distance_text, limit_text

    yield t("Line"), t("Counted"), t("Limit"), t("Holds"), t("Distance"), t("Test")
    holds = {True: t("yes"), False: t("no"), None: t("open")}
    for result in results:
        test = f"{t(result.line.test)}  ({t(result.line.confidence)})"
        counts = counted_text(result), limit_text(result)
        yield result.line.id, *counts, holds[result.holds], distance_text(result, t), test
