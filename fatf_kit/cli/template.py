"""`fatf-kit template`: a blank workbook to be filled in."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, Names, Words, force_option, language_option, say
from fatf_kit.files import is_folder
from fatf_kit.resources import CURRENT_EDITION


@click.command(epilog=EXITS)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; named after the edition if left out."
)
@click.option("--edition", default=CURRENT_EDITION, show_default=True, help="Edition of the Methodology.")
@click.option("--only", type=Names(), default=(), help="Only these, separated by commas, like R.8,IO.10.")
@click.option("--country", type=Words(), help="Name of the country, for the cover.")
@force_option
@language_option
def template(
    output: Path | None, edition: str, only: tuple[str, ...], country: str | None, force: bool, language: str
) -> None:
    """Write one workbook for the whole country, or for some Recommendations and outcomes."""
    from fatf_kit.api import template as write

    target = output or Path(f"{edition}-{language}.xlsx")
    if is_folder(target):
        target = target / f"{edition}-{language}.xlsx"
    write(target, edition=edition, only=only, language=language, country=country, force=force)
    say(f"Written: {target}")
