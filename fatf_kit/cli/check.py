"""`fatf-kit check`: everything in filled workbooks that needs a look."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, exit_code, json_option, print_json, say, show_problems


@click.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out.")
@json_option
def check(paths: tuple[Path, ...], edition: str | None, as_json: bool) -> int:
    """Read filled workbooks, or folders of them, and list every problem with its cell."""
    from fatf_kit.api import score
    from fatf_kit.cli.home import or_home
    from fatf_kit.report.payload import problems_payload

    places = or_home(paths)
    if not places:
        raise click.UsageError("Give filled workbooks, folders of them or an assessment folder.")
    problems = score(places, edition=edition).problems
    if as_json:
        print_json(problems_payload(problems))
    else:
        show_problems(problems)
        if not problems:
            say("Every cell could be used.")
    return exit_code(problems)
