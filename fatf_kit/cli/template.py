"""`fatf-kit template`: a blank workbook to be filled in."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, language_option, say
from fatf_kit.resources import CURRENT_EDITION


@click.command(epilog=EXITS)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; named after the edition if left out."
)
@click.option("--edition", default=CURRENT_EDITION, show_default=True, help="Edition of the Methodology.")
@click.option("--only", default="", help="Only these, separated by commas, like R.8,IO.10.")
@click.option("--country", help="Name of the country, for the cover.")
@language_option
def template(output: Path | None, edition: str, only: str, country: str | None, language: str) -> None:
    """Write one workbook for the whole country, or for some Recommendations and outcomes."""
    from fatf_kit.api import template as write

    units = tuple(unit.strip() for unit in only.split(",") if unit.strip())
    target = output or Path(f"{edition}-{language}.xlsx")
    if target.is_dir():
        target = target / f"{edition}-{language}.xlsx"
    write(target, edition=edition, only=units, language=language, country=country)
    say(f"Written: {target}")
