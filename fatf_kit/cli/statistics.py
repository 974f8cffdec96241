"""`fatf-kit statistics`: figures and cases that show the 11 outcomes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    NameList,
    PlainText,
    ReadPath,
    exit_code,
    force_option,
    formats_option,
    json_option,
    language_option,
    notice_option,
    print_json,
    print_message,
    print_problems,
)


def _roles() -> tuple[str, ...]:
    from fatf_kit.statistics.definitions import load_definitions

    return load_definitions().roles


@click.group(epilog=EXITS)
def statistics() -> None:
    """Figures and cases that show the 11 outcomes: workbooks for the agencies, and a report on what they gave.

    Figures raise questions; none becomes a rating.
    """


@statistics.command(epilog=EXITS)
@click.argument("folder", metavar="[DIR]", required=False, type=ReadPath(file_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to; statistics-templates if left out.",
)  # fmt: skip
@click.option("--role", "roles", type=NameList(_roles), default=(), help="Only these roles, like fiu,customs.")
@click.option("--agency", type=PlainText(), help="One workbook for this body, which has the roles named with --role.")
@click.option("--years", help="Like 2021-2025, each the year in which it begins; the last five full years if left out.")
@click.option(
    "--year-kind", type=click.Choice(["calendar", "fiscal", "hijri"]), default="calendar", show_default=True,
    help="Which years these bodies count by.",
)  # fmt: skip
@click.option("--country", type=PlainText(), help="Name of the country, for the cover.")
@force_option
@language_option
def template(
    folder: Path | None,
    output: Path | None,
    roles: tuple[str, ...],
    agency: str | None,
    years: str | None,
    year_kind: str,
    country: str | None,
    force: bool,
    language: str,
) -> None:
    """Write one blank workbook for each role that counts something, or one for a body with several roles.

    Given an assessment folder, each of its agencies gets one in its language, beside its other templates; filled
    copies belong into its folder "statistics".
    """
    from fatf_kit import agency_statistics_templates, statistics_template
    from fatf_kit.statistics.years import DEFAULT_YEARS

    if agency and not roles:
        raise click.UsageError("Name the roles of the agency with --role.")
    last = date.today().year - 1
    span = years or f"{last - DEFAULT_YEARS + 1}-{last}"
    if folder is not None:
        if output or roles or agency or country:
            raise click.UsageError("An assessment folder says itself who counts what; leave --role and the like out.")
        for path in agency_statistics_templates(folder, years=span, year_kind=year_kind, force=force):
            print_message("Written: {path}", path=path)
        return
    written = statistics_template(
        output or Path("statistics-templates"),
        years=span,
        roles=roles,
        agency=agency,
        year_kind=year_kind,
        language=language,
        country=country,
        force=force,
    )
    for path in written:
        print_message("Written: {path}", path=path)


@statistics.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True, type=ReadPath())
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="fatf-statistics",
    show_default=True, help="Folder for the report.",
)  # fmt: skip
@click.option("--edition", default="fatf-2022", show_default=True, help="Edition whose core issues are shown.")
@formats_option
@notice_option
@force_option
@language_option
@json_option
def report(
    paths: tuple[Path, ...],
    output: Path,
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
    from fatf_kit.cli.steps import show_written, write_with_progress

    now = datetime.now().astimezone().isoformat(timespec="minutes")
    made, problems = statistics_report(paths, generated_at=now, edition=edition, language=language, notices=notice)
    print_problems(problems)
    write_with_progress(made, output, wanted, json_name="statistics.json", inputs=paths, force=force)
    if as_json:
        print_json(made.payload)
    show_written(output, wanted)
    return exit_code(problems)
