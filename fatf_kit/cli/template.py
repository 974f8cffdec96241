"""`fatf-kit template`: blank workbooks to be filled in, one for the country or one for each agency."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_folder
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.terminal import options, output, writing


@click.command
@click.argument("folder", metavar="[DIR]", required=False, type=options.ReadPath(file_okay=False))
@click.option(
    "-o",
    "--output",
    "target",
    cls=options.TargetOption,
    is_folder=lambda values: not values["target"].suffix,
    home="templates",
    type=options.NamedPath(),
    help="File to write, or folder for those of the agencies.",
)
@options.option("edition", help=f"Edition of the Methodology: {CURRENT_EDITION}, or that of the assessment folder.")
@options.names_option("--only", text="Only these, separated by commas, like R.8,IO.10.")
@options.country
@click.option(
    "--agency",
    "agencies",
    type=options.PLAIN_TEXT,
    multiple=True,
    help="In an assessment folder: only this agency, by its id. Elsewhere: any name of the agency.",
)
@options.languages(
    "Language of the workbooks. Each of several gets a workbook of its own. [default: the language of each agency]"
)
@click.option("--prefill", multiple=True, type=options.ReadPath(), help="Earlier filled copies, or a folder of them.")
@click.option(
    "--prefill-published",
    "published",
    metavar="ISO3",
    help="Print the last published ratings of this country on each sheet; by default those of the folder's country.",
)
@options.force
def template(
    folder: Path | None,
    target: Path | None,
    agencies: tuple[str, ...],
    languages: tuple[str, ...],
    prefill: tuple[Path, ...],
    published: str | None,
    force: bool,
    **blank: Any,
) -> None:
    """Write one workbook for each agency of an assessment folder, or one for the whole country.

    In an assessment folder, or if you name one, each agency gets a workbook in its language with only the questions
    for it. Elsewhere one workbook is written for the whole edition, or for some Recommendations and outcomes.

    Example: fatf-kit template iraq --agency fiu
    """
    from fatf_kit.assessment.folder.folder import find_workspace, is_workspace

    language = output.set_language((*languages, "en")[0])
    if folder and not is_workspace(folder):
        raise FatfKitError(
            "{folder} is not an assessment folder. Make one with 'fatf-kit init', or name a file with -o.",
            folder=folder,
        )
    home = folder or (None if any(blank.values()) else find_workspace(Path.cwd()))
    if home:
        if any(blank.values()):
            output.fail_usage(
                "The assignment of the assessment folder decides what each agency is asked. Leave out --only, "
                "--edition and --country."
            )
        _write_for_agencies(home, agencies, languages, prefill, output=target, published=published, force=force)
        return
    if prefill or published or len(agencies) > 1 or len(languages) > 1:
        output.fail_usage("This option needs an assessment folder. Make one with 'fatf-kit init'.")
    edition = blank["edition"] = blank["edition"] or CURRENT_EDITION
    path = target or Path(f"{edition}-{language}.xlsx")
    if is_folder(path):
        path /= f"{edition}-{language}.xlsx"
    agency = "".join(agencies).strip() or None
    fatf_kit.template(path, language=language, agency=agency, force=force, **blank)
    writing.print_files(path)


def _write_for_agencies(
    home: Path, agencies: tuple[str, ...], languages: tuple[str, ...], prefill: tuple[Path, ...], **how: Any
) -> None:
    """Write the workbooks of an assessment folder's agencies, and print which were not written and why."""
    from fatf_kit.assessment.folder.folder import open_workspace
    from fatf_kit.assessment.folder.outdated_workbooks import find_outdated_workbooks
    from fatf_kit.core.progress import with_progress
    from fatf_kit.workflows.templates import read_earlier

    workspace, problems = open_workspace(home)
    output.set_language(workspace.settings.main_language)
    earlier, unused = read_earlier(home, prefill) if prefill else ((), ())
    problems += unused
    output.print_problems(problems)
    wanted = tuple(dict.fromkeys(languages))
    total = (len(agencies) or len(workspace.agencies)) * (len(wanted) or 1)
    made = fatf_kit.agency_templates(home, agencies=agencies, languages=wanted, prefill=earlier, **how)
    written: list[Path] = []
    kept: dict[str, None] = {}
    unasked: dict[str, None] = {}
    with output.progress_bar("Workbooks written") as on_progress:
        for agency, path, is_written in with_progress(made, total, on_progress):
            if is_written:
                written.append(path)
            else:
                (kept if path.exists() else unasked)[agency.name(output.current_language())] = None
    output.print_problems(tuple(find_outdated_workbooks(workspace)))
    if written:
        output.print_plural(
            "{n} workbook was written to the folder {folder}.",
            "{n} workbooks were written to the folder {folder}.",
            len(written),
            folder=written[0].parent,
        )
    if unasked:
        output.print_message(
            "Agencies without a workbook, because they are asked nothing: {agencies}",
            agencies=output.translator().listed(unasked),
        )
    if kept:
        output.print_message(
            "Not written, because the workbook already exists (--force replaces it): {agencies}",
            agencies=output.translator().listed(kept),
        )
