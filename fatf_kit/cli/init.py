"""`fatf-kit init`: a new assessment folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, DayType, ParamType, exit_code, print_message, print_problems, set_language
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import CURRENT_EDITION


class VisitDates(ParamType[tuple[date, date | None]]):
    """The on-site visit: a day, or the first and last day with ".." between them."""

    name = "from[..to]"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date | None]:
        """First and last day; a usage error for anything else."""
        if isinstance(value, tuple):
            return value
        first, dots, last = str(value).partition("..")
        day = DayType()
        return day.convert(first, param, ctx), day.convert(last, param, ctx) if dots else None


@click.command(epilog=EXITS)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--country", metavar="ISO3", help="ISO 3166 code of the country, like IRQ.")
@click.option("--edition", default=CURRENT_EDITION, show_default=True, help="Edition of the Methodology.")
@click.option(
    "--on-site", type=VisitDates(), help="First and last day of the on-site visit, like 2027-03-01..2027-03-19."
)
@click.option("--cut-off", type=DayType(), help="Last day on which a measure counts; the end of the visit if left out.")
@click.option(
    "--lang",
    "languages",
    multiple=True,
    type=click.Choice(LANGUAGES),
    help="Languages of the country, its main one first; may be given several times.",
)
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
    set_language(chosen[0])
    if refill:
        if not languages:
            set_language(open_workspace(folder)[0].settings.languages[0])
        filled, problems = refill_assignment(folder)
        print_problems(problems)
        print_message("{n} blank leads filled in {path}", n=filled, path=folder / ASSIGNMENT)
        return exit_code(problems)
    if not country:
        raise click.UsageError("Say for which country the folder is, like --country IRQ.")
    made = init_assessment(folder, country=country, edition=edition, on_site=on_site, cut_off=cut_off, languages=chosen)
    print_message("Made: {folder}, with {n} agencies to begin with.", folder=folder, n=len(made.agencies))
    names = {"agencies": AGENCIES, "assignment": ASSIGNMENT, "settings": SETTINGS}
    print_message("Next: put your own agencies into {agencies} and {assignment}, look at {settings}, then run", **names)
    print_message(f"  fatf-kit template {folder}")
    return 0
