"""`fatf-kit init`: a new assessment folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli import options, output


def _read_visit(text: str) -> tuple[date, date | None]:
    """Return the first day of the on-site visit, and the last one after ".."."""
    first, dots, last = text.partition("..")
    return options.read_date(first), options.read_date(last) if dots else None


@click.command(epilog=output.EXITS)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--country", metavar="ISO3", help="ISO 3166 code of the country, like IRQ.")
@options.current_edition
@click.option(
    "--on-site",
    type=options.TextType("from[..to]", _read_visit),
    help="First and last day of the on-site visit, like 2027-03-01..2027-03-19.",
)
@options.date_option("--cut-off", text="Last day on which a measure counts; the end of the visit if left out.")
@options.languages("Languages of the country, its main one first; may be given several times.")
@click.option("--refill", is_flag=True, help="In a folder that is there: fill blank leads from the roles again.")
def init(
    folder: Path,
    country: str | None,
    edition: str,
    on_site: tuple[date, date | None] | None,
    cut_off: date | None,
    languages: tuple[str, ...],
    refill: bool,
) -> int:
    """Make an assessment folder: settings, agencies, who answers what, and where everything goes."""
    from fatf_kit.assessment.folder.folder import init_assessment, open_workspace, refill_assignment
    from fatf_kit.assessment.folder.model import AGENCIES, ASSIGNMENT, SETTINGS

    chosen = tuple(dict.fromkeys(languages)) or ("en",)
    output.set_language(chosen[0])
    if refill:
        if not languages:
            output.set_language(open_workspace(folder)[0].settings.languages[0])
        filled, problems = refill_assignment(folder)
        output.print_problems(problems)
        output.print_message("{n} blank leads filled in {path}", n=filled, path=folder / ASSIGNMENT)
        return output.DONE
    if not country:
        raise click.UsageError("Say for which country the folder is, like --country IRQ.")
    made = init_assessment(folder, country=country, edition=edition, on_site=on_site, cut_off=cut_off, languages=chosen)
    output.print_message("Made: {folder}, with {n} agencies to begin with.", folder=folder, n=len(made.agencies))
    names = {"agencies": AGENCIES, "assignment": ASSIGNMENT, "settings": SETTINGS}
    output.print_message(
        "Next: put your own agencies into {agencies} and {assignment}, look at {settings}, then run", **names
    )
    output.print_message(f"  fatf-kit template {folder}")
    return output.DONE
