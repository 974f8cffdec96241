"""`fatf-kit what-if`: the smallest sets of re-ratings after which no threshold of a target is met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

import fatf_kit
from fatf_kit.cli.ratings import RatingsInput, list_notes, read_source, source_options
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.outlook import Target, find_smallest_sets
from fatf_kit.outlook.model import UpgradePath, WhatIf
from fatf_kit.outlook.payload import make_what_if_result
from fatf_kit.outlook.report import describe_steps, describe_target_path
from fatf_kit.outlook.sources import apply_fixes
from fatf_kit.papers.blank_report import phrase_blank
from fatf_kit.terminal import options, output


def _read_fixes(text: str) -> dict[str, str]:
    """Return ratings by unit, typed as R.10=LC,R.5=LC."""
    fixes: dict[str, str] = {}
    for pair in text.split(","):
        unit, _, rating = (part.strip() for part in pair.partition("="))
        if not (unit and rating):
            raise FatfKitError("'{found}' is not a re-rating. Write it like R.10=LC,R.5=LC.", found=pair.strip())
        if unit in fixes:
            raise FatfKitError("{unit} is named twice. Name it once.", unit=unit)
        fixes[unit] = rating
    return fixes


@click.command("what-if")
@source_options
@click.option(
    "--target",
    type=click.Choice([str(target) for target in Target]),
    help="leave-icrg: no referral threshold is met; regular: no threshold is met.  [default: both]",
)
@click.option(
    "--fix",
    type=options.TextType("unit=rating,...", _read_fixes),
    help="Re-ratings that are assumed beforehand, like R.10=LC,R.5=LC.",
)
@options.language_json
def what_if(target: str | None, fix: dict[str, str] | None, language: str, **source: Any) -> None:
    """Find the smallest sets of re-ratings that reach a target; all sets are counted, the first ones are listed.

    A re-rating raises one Recommendation by one level. Outcomes cannot be re-rated in follow-up, so no set contains
    one. If ratings are not settled, there are sets for the worst case and for the best case. Without --target both
    targets are calculated; with --json they are a list.

    Example: fatf-kit what-if iraq --target regular --fix R.10=LC,R.5=LC
    """
    given = read_source(**source)
    output.print_errors(given.problems)
    ratings, fixed = apply_fixes(fatf_kit.load_framework(given.rated.edition), given.rated.ratings, fix or {})
    targets = [Target(target)] if target else list(Target)
    found = [find_smallest_sets(given.rules, ratings, one, shortcomings=given.rated.shortcomings) for one in targets]
    english = Translator("en")
    made = [
        make_what_if_result(one, given.rated.edition, fixed, describe_target_path(one.target, one, english))
        for one in found
    ]
    output.print_result(made[0] if target else made, _lines(given, found, fixed, Translator(language)))


def _lines(
    given: RatingsInput, found: Sequence[WhatIf], fixed: Sequence[tuple[str, object, object]], t: Translator
) -> Iterator[str]:
    """Yield what is assumed, the sets for each target, and notes."""
    yield given.head(t)
    if given.is_blank and not fixed:
        yield phrase_blank(given.requested, t)
        return
    for unit, before, after in fixed:
        yield t("assumed: {unit} {before} → {after}", unit=unit, before=before or t("not settled"), after=after)
    for one in found:
        yield ""
        yield describe_target_path(one.target, one, t)
        best, worst = one.ends.best, one.ends.worst
        if best == worst:
            yield from _set_lines(best, "", t)
        else:
            yield from _set_lines(best, t("in the best case"), t)
            yield from _set_lines(worst, t("in the worst case"), t)
    yield from list_notes(given.rules, t)


def _set_lines(way: UpgradePath, head: str, t: Translator) -> Iterator[str]:
    """Yield how many smallest sets there are, and the first of them, indented."""
    if not way.steps:
        return
    count = t.plural("{total} smallest set", "{total} smallest sets", way.sets_total, total=t.number(way.sets_total))
    yield "  " + (t("{name}: {text}", name=head, text=count) if head else count)
    yield from (f"    {describe_steps(steps, t)}" for steps in way.sets)
    if way.sets_total > len(way.sets):
        yield "    " + t("and {n} more", n=t.number(way.sets_total - len(way.sets)))
