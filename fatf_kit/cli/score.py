"""`fatf-kit score`: indicative ratings and the gap report."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    Day,
    Names,
    Words,
    exit_code,
    force_option,
    json_option,
    language_option,
    print_json,
    say,
    show_problems,
)


def _formats() -> tuple[str, ...]:
    from fatf_kit.report.write import FORMATS

    return tuple(FORMATS)


@click.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="fatf-report",
    show_default=True,
    help="Folder for the report.",
)
@click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out.")
@click.option(
    "--cut-off", type=Day(), help="Last day on which a measure counts (end of the on-site visit), year-month-day."
)
@click.option("--policy", default="indicative-1", show_default=True, help="Scoring policy: an id, or your own file.")
@click.option(
    "--format",
    "wanted",
    type=Names(_formats),
    default="html,docx,xlsx,json",
    show_default=True,
    help="Formats, separated by commas.",
)
@click.option("--published", metavar="ISO3", help="No workbooks: report on this jurisdiction's published ratings.")
@click.option(
    "--report", default="latest", show_default=True, help="With --published: MER, FUR, latest or a month like 2024-05."
)
@click.option("--notice", type=Words(), multiple=True, help="A line to stand on every page of the report.")
@force_option
@language_option
@json_option
def score(
    paths: tuple[Path, ...],
    output: Path,
    edition: str | None,
    cut_off: date | None,
    policy: str,
    wanted: tuple[str, ...],
    published: str | None,
    report: str,
    notice: tuple[str, ...],
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Read filled workbooks, work out indicative ratings, and write the report into a folder.

    With --published the same kind of report is made from the ratings in a mutual evaluation or follow-up report.
    """
    from fatf_kit import api
    from fatf_kit.errors import FatfKitError
    from fatf_kit.report.write import write_report

    if bool(paths) == bool(published):
        raise click.UsageError("Give filled workbooks, or --published with a jurisdiction, not both.")
    now = datetime.now().astimezone().isoformat(timespec="minutes")
    if published:
        _, made = api.score_published(published, report=report, generated_at=now, language=language)
        write_report(made, output, wanted, force=force)
        code = 0
    else:
        scored = api.score(paths, edition=edition, cut_off=cut_off, policy=policy)
        show_problems(scored.problems, language)
        if not scored.responses.inputs:
            raise FatfKitError("No workbook could be read, so there is nothing to report on.")
        made = scored.report(generated_at=now, language=language, notices=notice)
        write_report(made, output, wanted, inputs=paths, force=force)
        code = exit_code(scored.problems)
    if as_json:
        print_json(made.payload)
    say(f"Written to {output}: {', '.join(wanted)} and charts/")
    return code
