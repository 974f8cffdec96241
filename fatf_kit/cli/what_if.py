"""`fatf-kit what-if`: the smallest sets of upgrades after which no threshold of a target is met."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import EXITS, ParamType, exit_code, json_option, language_option, print_errors, print_json
from fatf_kit.cli.ratings import read_source, source_options

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.outlook.model import UpgradePath, WhatIf


class Fixes(ParamType[dict[str, str]]):
    """Re-ratings typed as R.10=LC,R.5=LC."""

    name = "unit=rating,..."

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        """Texts by unit; a usage error for anything that is no list of unit=rating."""
        fixes: dict[str, str] = {}
        for pair in str(value).split(","):
            unit, sign, rating = (part.strip() for part in pair.partition("="))
            if not (unit and sign and rating):
                self.fail(f"{pair.strip()!r} is no re-rating. Write unit=rating, like R.10=LC,R.5=LC.", param, ctx)
            if unit in fixes:
                self.fail(f"{unit} is named twice.", param, ctx)
            fixes[unit] = rating
        return fixes


@click.command("what-if", epilog=EXITS)
@source_options
@click.option(
    "--target",
    type=click.Choice(["leave-icrg", "regular"]),
    help="No referral threshold met, or no threshold at all; both if left out.",
)
@click.option("--fix", type=Fixes(), help="Re-ratings to assume beforehand, like R.10=LC,R.5=LC.")
@language_option
@json_option
def what_if(
    paths: tuple[Path, ...],
    published: str | None,
    report: str | None,
    table: Path | None,
    edition: str | None,
    target: str | None,
    fix: dict[str, str] | None,
    language: str,
    as_json: bool,
) -> int:
    """The smallest sets of one-step upgrades that reach a target: all are counted, the first are listed.

    A step moves one Recommendation up one level. Outcomes are not re-rated technically, so no set moves one. While
    ratings are open there are sets for both ends: with all that is open shown, and with nothing of it. Without a
    target, both are worked out; with --json they are a list.
    """
    from fatf_kit.core.messages import Translator
    from fatf_kit.framework import load_framework
    from fatf_kit.outlook import Target, find_smallest_sets
    from fatf_kit.outlook.payload import collect_notes, make_what_if_payload
    from fatf_kit.outlook.report import describe_target_path
    from fatf_kit.outlook.sources import apply_fixes
    from fatf_kit.papers.blank_report import phrase_blank

    given = read_source(paths, published, report, table, edition)
    print_errors(given.problems)
    ratings, fixed = apply_fixes(load_framework(given.rated.edition), given.rated.ratings, fix or {})
    targets = [Target(target)] if target else list(Target)
    found = [find_smallest_sets(given.rules, ratings, one, shortcomings=given.rated.shortcomings) for one in targets]
    t = Translator("en" if as_json else language)
    if as_json:
        made = [
            make_what_if_payload(one, given.rated.edition, fixed, describe_target_path(one.target, one, t))
            for one in found
        ]
        print_json(made[0] if target else made)
        return exit_code(given.problems)
    click.echo(given.head(t))
    if given.is_blank and not fixed:
        click.echo(phrase_blank(given.asked, t))
        return exit_code(given.problems)
    for unit, before, after in fixed:
        click.echo(t("assumed: {unit} {before} → {after}", unit=unit, before=before or t("open"), after=after))
    for one in found:
        click.echo()
        click.echo(describe_target_path(one.target, one, t))
        for depth, told in _sets(one, t):
            click.echo("  " * depth + told)
    click.echo()
    for note in collect_notes(given.rules.provisional_because, given.rules.notes):
        click.echo(f"- {t(note)}")
    return exit_code(given.problems)


def _sets(found: WhatIf, t: Translator) -> Iterator[tuple[int, str]]:
    """The sets of both ends, or once where they are alike: how far a line is indented, and its text."""
    best, worst = found.ends.best, found.ends.worst
    if best == worst:
        yield from _sets_of(best, "", t)
        return
    yield from _sets_of(best, t("if all that is open is shown"), t)
    yield from _sets_of(worst, t("if nothing of it is shown"), t)


def _sets_of(way: UpgradePath, head: str, t: Translator) -> Iterator[tuple[int, str]]:
    from fatf_kit.outlook.report import describe_steps

    if not way.steps:
        return
    told = t.plural("{total} smallest set", "{total} smallest sets", way.sets_total, total=t.number(way.sets_total))
    yield 1, t("{name}: {text}", name=head, text=told) if head else told
    for steps in way.sets:
        yield 2, describe_steps(steps, t)
    if way.sets_total > len(way.sets):
        yield 2, t("and {n} more", n=t.number(way.sets_total - len(way.sets)))
