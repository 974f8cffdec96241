"""`fatf-kit template`: blank workbooks to be filled in, one for the country or one for each agency."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    NameList,
    PlainText,
    ReadPath,
    exit_code,
    force_option,
    print_message,
    print_problems,
    set_language,
)
from fatf_kit.cli.progress_bar import progress_bar
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_folder
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import CURRENT_EDITION


@click.command(epilog=EXITS)
@click.argument("folder", metavar="[DIR]", required=False, type=ReadPath(file_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write, or folder for those of the agencies."
)
@click.option("--edition", help=f"Edition of the Methodology: {CURRENT_EDITION}, or that of the assessment folder.")
@click.option("--only", type=NameList(), default=(), help="Only these, separated by commas, like R.8,IO.10.")
@click.option("--country", type=PlainText(), help="Name of the country, for the cover.")
@click.option(
    "--agency",
    "agencies",
    type=PlainText(),
    multiple=True,
    help="In an assessment folder: only this agency, by its id. Elsewhere: whose workbook it is, in any words.",
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    type=click.Choice(LANGUAGES),
    help="Language; for agencies their own if left out, several write one workbook in each.",
)
@click.option("--prefill", multiple=True, type=ReadPath(), help="Earlier filled copies, or a folder of them.")
@click.option("--prefill-published", metavar="ISO3", help="Tell on each sheet how this country was last rated.")
@force_option
def template(
    folder: Path | None,
    output: Path | None,
    edition: str | None,
    only: tuple[str, ...],
    country: str | None,
    agencies: tuple[str, ...],
    languages: tuple[str, ...],
    prefill: tuple[Path, ...],
    prefill_published: str | None,
    force: bool,
) -> int:
    """Write one workbook for each agency of an assessment folder, or one for the whole country.

    In an assessment folder, or given one, each agency gets a workbook in its language with only what it is asked.
    Elsewhere one workbook is written for the whole edition, or for some Recommendations and outcomes.
    """
    from fatf_kit.assessment.folder.folder import find_workspace, is_workspace

    set_language((*languages, "en")[0])
    if folder and not is_workspace(folder):
        raise FatfKitError(f"{folder} is no assessment folder. Make one with 'fatf-kit init', or name a file with -o.")
    home = folder or (None if edition or only or country else find_workspace(Path.cwd()))
    if home:
        if only or edition or country:
            raise click.UsageError("An assessment folder says itself what is asked; leave --only and the like out.")
        return _for_agencies(home, output, agencies, languages, prefill, prefill_published, force)
    if prefill or prefill_published or len(agencies) > 1 or len(languages) > 1:
        raise click.UsageError("This needs an assessment folder; make one with 'fatf-kit init'.")
    name = agencies[0].strip() if agencies else ""
    _one(output, edition or CURRENT_EDITION, only, country, name or None, (*languages, "en")[0], force)
    return 0


def _one(
    output: Path | None,
    edition: str,
    units: tuple[str, ...],
    country: str | None,
    agency: str | None,
    language: str,
    force: bool,
) -> None:
    from fatf_kit import template as write

    target = output or Path(f"{edition}-{language}.xlsx")
    if is_folder(target):
        target = target / f"{edition}-{language}.xlsx"
    write(target, edition=edition, only=units, language=language, country=country, agency=agency, force=force)
    print_message("Written: {path}", path=target)


def _for_agencies(
    home: Path,
    output: Path | None,
    agencies: tuple[str, ...],
    languages: tuple[str, ...],
    prefill: tuple[Path, ...],
    published: str | None,
    force: bool,
) -> int:
    from fatf_kit import agency_templates
    from fatf_kit.assessment.folder.folder import open_workspace
    from fatf_kit.core.progress import with_progress
    from fatf_kit.workflows.folder_templates import read_earlier

    workspace, problems = open_workspace(home)
    set_language(workspace.settings.languages[0])
    earlier, unused = read_earlier(home, prefill) if prefill else ((), ())
    problems += unused
    print_problems(problems)
    wanted = tuple(dict.fromkeys(languages))
    total = (len(agencies) or len(workspace.agencies)) * (len(wanted) or 1)
    steps = agency_templates(
        home, agencies=agencies, languages=wanted, output=output, prefill=earlier, published=published, force=force
    )
    written: list[Path] = []
    kept: list[str] = []
    unasked: list[str] = []
    with progress_bar("Workbooks written") as told:
        for agency, path, done in with_progress(steps, total, told):
            if done:
                written.append(path)
            else:
                (kept if path.exists() else unasked).append(agency.id)
    if written:
        print_message("Written: {n} workbooks in {folder}", n=len(written), folder=written[0].parent)
    if unasked:
        print_message("Asked nothing, so no workbook: {agencies}", agencies=", ".join(dict.fromkeys(unasked)))
    if kept:
        names = ", ".join(dict.fromkeys(kept))
        print_message(
            "Left alone, because there is a workbook already (--force replaces it): {agencies}", agencies=names
        )
    return exit_code(problems)
