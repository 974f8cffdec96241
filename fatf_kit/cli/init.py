"""`fatf-kit init`: a new assessment folder, or an older one that is brought up to date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.assessment.folder.model import CONTROL, HISTORY
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.messages import Translator, name_language
from fatf_kit.core.national_words import base_language
from fatf_kit.terminal import exit_codes, options, output


def _read_visit(text: str) -> tuple[date, date | None]:
    """Return the first day of the on-site visit, and the last one after ".."."""
    first, dots, last = text.partition("..")
    return options.read_date(first), options.read_date(last) if dots else None


@click.command
@click.argument("folder", metavar="[DIR]", required=False, type=options.NamedPath(file_okay=False))
@options.option("country", metavar="NAME", help="Name of the country, or its ISO 3166 code such as IRQ.")
@options.current_edition
@click.option(
    "--on-site",
    type=options.TextType("from[..to]", _read_visit),
    help="First and last day of the on-site visit, such as 2027-03-01..2027-03-19.",
)
@options.option("cut-off date", help="Last day on which a measure counts. [default: end of the visit]")
@options.languages("Languages of the country, its main one first; may be given several times.")
@click.option("--refresh", is_flag=True, help="Write assessment.xlsx again, after agencies or roles were changed.")
@click.option("--convert", is_flag=True, help="Replace assessment.json and the tables of an older folder.")
def init(
    folder: Path | None,
    country: str | None,
    on_site: tuple[date, date | None] | None,
    languages: tuple[str, ...],
    refresh: bool,
    convert: bool,
    **settings: Any,
) -> int:
    """Make an assessment folder: the workbook of settings and agencies, and a place for everything else.

    Without a folder or a country, five questions are asked.

    Example: fatf-kit init iraq --country Iraq --on-site 2027-03-01..2027-03-19 --lang ar
    """
    chosen = tuple(dict.fromkeys(languages))
    if refresh or convert:
        if folder is None:
            output.fail_usage("Name the assessment folder.")
        _set_language_of(folder, chosen)
        return _refresh(folder) if refresh else _convert(folder)
    if folder is None or not country:
        chosen = chosen or _ask_languages()
        output.set_language(chosen[0])
        t = output.translator()
        country = country or click.prompt(t("Country"), type=options.TextType("country", _check_country), err=True)
        folder = folder or Path(click.prompt(t("Name of the new folder"), default="assessment", err=True))
        on_site = on_site or _ask_visit()
    chosen = chosen or ("en",)
    output.set_language(chosen[0])
    return _make(folder, country=country, on_site=on_site, languages=chosen, **settings)


def _ask_languages() -> tuple[str, ...]:
    """Ask for the main language in every language, because nothing says yet which one the reader knows."""
    own_names = {code: name_language(code, code) for code in LANGUAGES}
    codes = {normalise(text): code for code, name in own_names.items() for text in (code, name)}
    readers = [Translator(code) for code in LANGUAGES]
    click.echo("\n".join(t("Main language of the country") for t in readers), err=True)
    question = ", ".join(f"{code} = {name}" for code, name in own_names.items())
    default = base_language(output.current_language())
    while (main := codes.get(normalise(typed := click.prompt(question, default=default, err=True)))) is None:
        unknown = UnknownIdError(
            "'{found}' is not a language of fatf-kit. Allowed: {names}.", found=typed, names=LANGUAGES
        )
        click.echo("\n".join(remove_isolation(unknown.message_in(t)) for t in readers), err=True)
    return (main,) if main == "en" else (main, "en")


def _ask_visit() -> tuple[date, date | None] | None:
    """Ask for the days of the visit; None where the first one is not known yet."""
    t = output.translator()
    kind = options.TextType("date", lambda text: options.read_date(text) if text.strip() else None)

    def ask(question: str) -> date | None:
        day = click.prompt(question, "", type=kind, err=True)
        return day if isinstance(day, date) else None

    first = ask(t("First day of the on-site visit (year-month-day), blank if not known"))
    if first is None:
        return None
    return first, ask(t("Last day of the on-site visit (year-month-day), blank if not known"))


def _check_country(text: str) -> str:
    from fatf_kit.assessment.answers.country_names import require_country

    require_country(text)
    return text


def _make(folder: Path, **settings: Any) -> int:
    from fatf_kit.workflows.status import name_command

    made = fatf_kit.init_assessment(folder, **settings)
    output.print_message("Assessment folder: {folder}", folder=folder)
    proposed = output.translator().plural(
        "{n} agency is proposed, {known} with the name that it has in the country.",
        "{n} agencies are proposed, {known} with the name that they have in the country.",
        len(made.agencies),
        known=sum(1 for agency in made.agencies if agency.source),
    )
    click.echo(proposed, err=True)
    output.print_message(
        "Next: open {workbook}, correct the sheets Agencies and Roles, save it, and double-click Update, or run",
        workbook=folder / CONTROL,
    )
    click.echo(f"  {name_command(folder, 'update')}", err=True)
    return exit_codes.DONE


def _set_language_of(folder: Path, languages: tuple[str, ...]) -> None:
    """Print further messages in the first language that was named, else in the main one of the assessment folder."""
    from fatf_kit.assessment.folder.folder import open_workspace

    output.set_language((*languages, open_workspace(folder)[0].settings.languages[0])[0])


def _refresh(folder: Path) -> int:
    is_written, problems = fatf_kit.refresh_control(folder)
    output.print_problems(problems)
    if is_written:
        output.print_message("Written again: {path}", path=folder / CONTROL)
    else:
        output.print_message("Not changed: correct the problems of {name} first.", name=CONTROL)
    return exit_codes.DONE if is_written else exit_codes.STOPPED


def _convert(folder: Path) -> int:
    written, problems = fatf_kit.convert_folder(folder)
    output.print_problems(problems)
    output.print_message(
        "Converted: {path}. The earlier files are in {history}.", path=written, history=folder / HISTORY
    )
    return exit_codes.DONE
