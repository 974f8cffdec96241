"""`fatf-kit statistics`: statistics and cases on the 11 Immediate Outcomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.terminal import options, output, writing


def _roles() -> tuple[str, ...]:
    from fatf_kit.statistics.definitions import load_definitions

    return load_definitions().roles


@click.group
def statistics() -> None:
    """Write workbooks for statistics and cases on the 11 Immediate Outcomes, and a report on the filled ones.

    Statistics lead to questions; no rating is calculated from them.

    Example: fatf-kit statistics template iraq
    """


@statistics.command
@click.argument("folder", metavar="[DIR]", required=False, type=options.ReadPath(file_okay=False))
@options.output_folder(
    "Folder to write to.  [default: templates/ of the assessment folder, else statistics-templates]",
    home="templates",
    place="statistics-templates",
)
@options.names_option("--role", "roles", known=_roles, text="Only these roles, separated by commas, like fiu,customs.")
@options.option(
    "agency",
    help="Write one workbook for this agency, which has the roles named with --role.",
)
@click.option(
    "--years", help="Years, like 2021-2025, each by the year in which it begins.  [default: the last five full years]"
)
@options.choice(
    "--year-kind",
    allowed=("calendar", "fiscal", "hijri"),
    default="calendar",
    text="Calendar by which the agencies count their years.",
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
    """Write a blank workbook for each role that keeps statistics, or one for an agency with several roles.

    In an assessment folder, if you name it, each agency gets a workbook in its own language in templates/. Save the
    filled copies in the folder statistics/.

    Example: fatf-kit statistics template iraq --years 2021-2025
    """
    from fatf_kit.statistics.years import DEFAULT_YEARS

    if cover["agency"] and not cover["roles"]:
        output.fail_usage("Name the roles of the agency with --role.")
    last = date.today().year - 1
    years = years or f"{last - DEFAULT_YEARS + 1}-{last}"
    counting: dict[str, Any] = {"years": years, "year_kind": year_kind, "force": force}
    if folder is None:
        place = target or Path("statistics-templates")
        written = fatf_kit.statistics_template(place, language=language, **counting, **cover)
    elif target or any(cover.values()):
        output.fail_usage(
            "The assessment folder gives the roles of each agency. Leave out -o, --role, --agency and --country."
        )
    else:
        written = fatf_kit.agency_statistics_templates(folder, **counting)
    writing.print_files(*written)


@statistics.command
@options.input_paths("FILE|DIR...", required=True)
@options.output_folder("Folder for the report.", default="fatf-statistics")
@options.option(
    "edition",
    default="fatf-2022",
    show_default=True,
    help="Edition of the Methodology whose core issues are used.",
)
@options.report_format
@options.notice
@options.force_language_json
def report(
    paths: tuple[Path, ...],
    target: Path,
    edition: str,
    formats: tuple[str, ...],
    notices: tuple[str, ...],
    force: bool,
    language: str,
) -> None:
    """Read filled workbooks of statistics, merge and check them, calculate indicators, and write a report.

    Problems with cells and files are printed. Observations about the statistics are in the report.

    Example: fatf-kit statistics report iraq/statistics -o iraq/reports/statistics
    """
    imprint = {"generated_at": writing.current_time(), "language": language}
    made, problems = fatf_kit.statistics_report(paths, edition=edition, notices=notices, **imprint)
    output.print_problems(problems)
    writing.write_with_progress(made, target, formats, force=force)
    output.print_result(made.payload)
    writing.print_written(target, formats)
