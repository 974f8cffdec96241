"""`fatf-kit outlook`: the lines of follow-up and referral, and how the ratings stand against them."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, exit_code, json_option, print_json, show_problems
from fatf_kit.cli.ratings import read_source, source_options


@click.command(epilog=EXITS)
@source_options
@json_option
def outlook(
    paths: tuple[Path, ...],
    published: str | None,
    report: str,
    table: Path | None,
    edition: str | None,
    as_json: bool,
) -> int:
    """What ratings would lead to: regular or enhanced follow-up, and the lines of referral to the ICRG.

    A rating that is not known counts nowhere; while one is open the result is a range. Meeting a referral line is not
    being listed.
    """
    from fatf_kit.messages import Words
    from fatf_kit.outlook import evaluate
    from fatf_kit.outlook.payload import notes_of, outlook_payload
    from fatf_kit.report.build.outlook import counted_text, distance_text, limit_text, outlook_sentence

    given = read_source(paths, published, report, table, edition)
    show_problems(given.problems)
    found = evaluate(given.rules, given.rated.ratings)
    if as_json:
        print_json(outlook_payload(found, given.rated.edition))
        return exit_code(given.problems)
    t = Words("en")
    click.echo(given.head)
    click.echo(outlook_sentence(found, t))
    click.echo(f"\n{'line':<6}{'counted':>9}{'limit':>7}  {'holds':<7}{'distance':<12}test")
    for result in found.lines:
        holds = {True: "yes", False: "no", None: "open"}[result.holds]
        click.echo(
            f"{result.line.id:<6}{counted_text(result):>9}{limit_text(result):>7}  {holds:<7}"
            f"{distance_text(result, t):<12}{result.line.test}  ({result.line.confidence})"
        )
    click.echo()
    for note in notes_of(given.rules.provisional_because, given.rules.notes):
        click.echo(f"- {note}")
    return exit_code(given.problems)
