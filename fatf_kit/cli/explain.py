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
    print_message,
    print_problems,
    scoring_options,
    translator,
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
    from fatf_kit.cli.steps import language_for, paths_or_cwd, score_with_progress
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.scoring.report.payload import build_explanation_payload

    paths = paths_or_cwd(paths)
    if not paths:
        raise click.UsageError("Give filled workbooks or a folder before the ID.")
    language = language_for(language, paths)
    scored = score_with_progress(paths, edition=edition, cut_off=cut_off, policy=policy)
    if not scored.responses.inputs:
        print_problems(scored.problems)
        t = translator()
        raise FatfKitError(t("No workbook could be read, so there is nothing to explain."))
    told = scored.explain(unit, language=language)
    about = [problem for problem in scored.problems if (problem.requirement or "").partition("/")[0] == told.unit]
    print_problems(about)
    if as_json:
        print_json(build_explanation_payload(told, scored.assessment, scored.policy, language))
    else:
        click.echo(told.text)
        if scored.policy.own:
            print_message("Policy {id} is not one of fatf-kit's own.", id=scored.policy.id)
    return exit_code(about)
