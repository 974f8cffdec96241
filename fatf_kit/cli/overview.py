"""`fatf-kit overview`: several countries next to each other, for an adviser or a regional secretariat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.terminal import options, output, writing


@click.command
@options.input_paths("[DIR...]")
@options.names_option(
    "--published",
    metavar="ISO3,...",
    text="Also show these jurisdictions by their published ratings and FATF's lists only.",
)
@options.output_file("File to write: .html, .xlsx, .docx, .pdf or .csv.", options.REPORT_ENDINGS)
@options.date_option("--on", "today", text="Day of the overview.  [default: today]")
@options.force_language_json
def overview(
    paths: tuple[Path, ...], published: tuple[str, ...], target: Path | None, force: bool, **reading: Any
) -> None:
    """Show several countries by their assessment folders: calendar, coverage, follow-up, plans and what is late.

    Common gaps and root causes are counted over all countries. No answer or explanation of a country is shown. A
    folder that cannot be read is a problem in its row. A .csv file has the table of countries only.

    Example: fatf-kit overview iraq jordan --published KWT,LBN -o overview.html
    """
    from fatf_kit.papers.overview import list_overview_lines

    if not paths and not published:
        output.fail_usage("Name assessment folders, or jurisdictions with --published.")
    with output.progress_bar("Folders read") as on_progress:
        found = fatf_kit.overview(paths, published=published, on_progress=on_progress, **reading)
    report = fatf_kit.overview_report(found, generated_at=writing.current_time())
    writing.write_report_file(report, target, force=force)
    t = output.translator()
    lines = list(output.table_lines(tuple(list_overview_lines(found, t))))
    lines += [t("{name}: {text}", name=one.name, text=one.problem) for one in found.countries if one.problem]
    output.print_result(report.payload, lines)
