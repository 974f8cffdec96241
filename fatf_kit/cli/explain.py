"""`fatf-kit explain`: the trace of one rating, in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    ReadPath,
    exit_code,
    json_option,
    language_option,
    print_json,
    say,
    scoring_options,
    show_problems,
    spoken,
)


@click.command(epilog=EXITS)
@click.argument("paths", metavar="[FILE|DIR...]", nargs=-1, type=ReadPath())
@click.argument("unit", metavar="ID")
@scoring_options
@language_option
@json_option
def explain(
    paths: tuple[Path, ...],
    unit: str,
    edition: str | None,
    cut_off: date | None,
    policy: str | None,
    language: str,
    as_json: bool,
) -> int:
    """How one rating comes about: ID is a Recommendation, an outcome or one requirement, like R.10, IO.3, R.10/10.7.

    Answers, credits, weights, sums, limits, ceilings and what is missing, in whole numbers, so that a person can
    repeat the calculation by hand.
    """
    from fatf_kit.cli.home import language_for, or_home, score_seen
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.scoring.report.payload import build_explanation_payload

    paths = or_home(paths)
    if not paths:
        raise click.UsageError("Give filled workbooks or a folder before the ID.")
    language = language_for(language, paths)
    scored = score_seen(paths, edition=edition, cut_off=cut_off, policy=policy)
    if not scored.responses.inputs:
        show_problems(scored.problems)
        t = spoken()
        raise FatfKitError(t("No workbook could be read, so there is nothing to explain."))
    told = scored.explain(unit, language=language)
    about = [problem for problem in scored.problems if (problem.requirement or "").partition("/")[0] == told.unit]
    show_problems(about)
    if as_json:
        print_json(build_explanation_payload(told, scored.assessment, scored.policy, language))
    else:
        click.echo(told.text)
        if scored.policy.own:
            say("Policy {id} is not one of fatf-kit's own.", id=scored.policy.id)
    return exit_code(about)
