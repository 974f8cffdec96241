"""`fatf-kit statistics`: figures and cases that show the 11 outcomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from fatf_kit.cli import options, output, steps


def _roles() -> tuple[str, ...]:
    from fatf_kit.statistics.definitions import load_definitions

    return load_definitions().roles


@click.group(epilog=output.EXITS)
def statistics() -> None:
    """Figures and cases that show the 11 outcomes: workbooks for the agencies, and a report on what they gave.

    Figures raise questions; none becomes a rating.
    """


@statistics.command(epilog=output.EXITS)
@click.argument("folder", metavar="[DIR]", required=False, type=options.ReadPath(file_okay=False))
@options.output_folder("Folder to write to; statistics-templates if left out.")
@click.option("--role", "roles", type=options.name_list(_roles), default=(), help="Only these roles, like fiu,customs.")
@click.option(
    "--agency", type=options.PLAIN_TEXT, help="One workbook for this body, which has the roles named with --role."
)
@click.option("--years", help="Like 2021-2025, each the year in which it begins; the last five full years if left out.")
@click.option(
    "--year-kind",
    type=click.Choice(["calendar", "fiscal", "hijri"]),
    default="calendar",
    show_default=True,
    help="Which years these bodies count by.",
)
@options.country
@options.force_language
def template(
    folder: Path | None,
    target: Path | None,
    years: str | None,
    year_kind: str,
    force: bool,
    language: str,
    **cover: Any,
) -> None:
    """Write one blank workbook for each role that counts something, or one for a body with several roles.

    Given an assessment folder, each of its agencies gets one in its language, beside its other templates; filled
    copies belong into its folder "statistics".
    """
    from fatf_kit import agency_statistics_templates, statistics_template
    from fatf_kit.statistics.years import DEFAULT_YEARS

    if cover["agency"] and not cover["roles"]:
        raise click.UsageError("Name the roles of the agency with --role.")
    last = date.today().year - 1
    counting: dict[str, Any] = {
        "years": years or f"{last - DEFAULT_YEARS + 1}-{last}",
        "year_kind": year_kind,
        "force": force,
    }
    if folder is None:
        place = target or Path("statistics-templates")
        written = statistics_template(place, language=language, **counting, **cover)
    elif target or any(cover.values()):
        raise click.UsageError("An assessment folder says itself who counts what; leave --role and the like out.")
    else:
        written = agency_statistics_templates(folder, **counting)
    steps.print_files(*written)


@statistics.command(epilog=output.EXITS)
@options.input_paths("FILE|DIR...", required=True)
@options.output_folder("Folder for the report.", default="fatf-statistics")
@click.option("--edition", default="fatf-2022", show_default=True, help="Edition whose core issues are shown.")
@options.report_format
@options.notice
@options.force_language_json
def report(
    paths: tuple[Path, ...],
    target: Path,
    edition: str,
    wanted: tuple[str, ...],
    notice: tuple[str, ...],
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Read filled workbooks, merge and check them, work out indicators, and write the report into a folder.

    Ends with 1 where cells or files could not be read as they stand; what strikes about the figures stands in the
    report.
    """
    from fatf_kit import statistics_report

    now = steps.current_time()
    made, problems = statistics_report(paths, generated_at=now, edition=edition, language=language, notices=notice)
    output.print_problems(problems)
    steps.write_with_progress(made, target, wanted, json_name="statistics.json", inputs=paths, force=force)
    if as_json:
        output.print_json(made.payload)
    steps.print_written(target, wanted)
    return output.exit_code(problems)
