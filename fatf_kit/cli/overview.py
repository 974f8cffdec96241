"""`fatf-kit overview`: several countries next to each other, for an adviser or a regional secretariat."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar


@click.command(epilog=output.EXITS)
@options.input_paths("[DIR...]")
@options.names_option(
    "--published",
    metavar="ISO3,...",
    text="Also show these jurisdictions by their published ratings and FATF's lists only.",
)
@options.output_file("File to write: .html, .xlsx, .docx, .pdf or .csv.", options.report_endings)
@options.date_option("--on", "day", text="Day of the overview.  [default: today]")
@options.force_language_json
def overview(
    paths: tuple[Path, ...],
    published: tuple[str, ...],
    target: Path | None,
    day: date | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Show several countries by their assessment folders: calendar, coverage, follow-up, plans and what is late.

    Common gaps and root causes are counted over all countries. No answer or explanation of a country is shown. A
    folder that cannot be read is a problem in its row. A .csv file has the table of countries only.
    """
    import fatf_kit
    from fatf_kit.papers.overview import list_overview_lines

    if not paths and not published:
        output.fail_usage("Name assessment folders, or jurisdictions with --published.")
    with progress_bar("Folders read") as on_progress:
        found = fatf_kit.overview(paths, published=published, today=day, language=language, on_progress=on_progress)
    report = fatf_kit.overview_report(found, generated_at=steps.current_time())
    if target:
        steps.write_report_file(report, target, inputs=paths, force=force)
    t = output.translator()
    lines = list(output.table_lines(tuple(list_overview_lines(found, t))))
    lines += [t("{name}: {text}", name=one.name, text=one.problem) for one in found.countries if one.problem]
    output.print_result(report.payload, lines, as_json=as_json)
    return output.DONE
