"""`fatf-kit what-if`: the smallest sets of upgrades that lead out of referral lines, or to regular follow-up."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, ParamType, count_problems, exit_code, json_option, language_option, print_json
from fatf_kit.cli.ratings import read_source, source_options


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
    "--target", type=click.Choice(["leave-icrg", "regular"]), required=True, help="No referral line, or no line at all."
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
    target: str,
    fix: dict[str, str] | None,
    language: str,
    as_json: bool,
) -> int:
    """The smallest sets of one-step upgrades that reach a target: all are counted, the first are listed.

    A step moves one Recommendation up one level. Outcomes are not re-rated technically, so no set moves one.
    """
    from fatf_kit.framework import load_framework
    from fatf_kit.messages import Words
    from fatf_kit.outlook import Target, find_smallest_sets
    from fatf_kit.outlook.payload import notes_of, what_if_payload
    from fatf_kit.outlook.sources import apply_fixes
    from fatf_kit.report.build.outlook import steps_text, way_line

    given = read_source(paths, published, report, table, edition)
    count_problems(given.problems)
    ratings, fixed = apply_fixes(load_framework(given.rated.edition), given.rated.ratings, fix or {})
    found = find_smallest_sets(given.rules, ratings, Target(target), shortcomings=given.rated.shortcomings)
    t = Words("en" if as_json else language)
    told = way_line(found.target, found, t)
    if as_json:
        print_json(what_if_payload(found, given.rated.edition, fixed, told))
        return exit_code(given.problems)
    click.echo(given.head(t))
    for unit, before, after in fixed:
        click.echo(t("assumed: {unit} {before} → {after}", unit=unit, before=before or t("open"), after=after))
    click.echo(told)
    for steps in found.sets if found.steps else ():
        click.echo(f"  {steps_text(steps, t)}")
    if found.sets_total > len(found.sets):
        click.echo(t("  and {n} more", n=t.number(found.sets_total - len(found.sets))))
    click.echo()
    for note in notes_of(given.rules.provisional_because, given.rules.notes):
        click.echo(f"- {t(note)}")
    return exit_code(given.problems)
