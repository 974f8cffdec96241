"""What all commands share: the --json switch, how problems are shown, how dates are typed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fatf_kit.problems import Problem

EXITS = "Exit codes: 0 done; 1 done, but problems were found; 2 usage; 3 could not run."
DONE, FOUND = 0, 1

json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output and nothing else."
)
language_option = click.option(
    "--lang", "language", type=click.Choice(["en", "ar", "fr"]), default="en", show_default=True, help="Language."
)


class Day(click.ParamType[date]):
    """A date typed as year-month-day."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; a usage error for anything else."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date. Write it as year-month-day, like 2027-03-19.", param, ctx)


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows of text in columns as wide as they need to be; the last one runs on."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def say(text: str) -> None:
    """A line for the person, on standard error, so that pipes stay clean."""
    click.echo(text, err=True)


def show_problems(problems: Sequence[Problem]) -> None:
    """All problems at once, in the order of files and sheets, with a count by level."""
    for problem in problems:
        say(problem.message)
    if problems:
        levels = Counter(problem.level for problem in problems)
        say(", ".join(f"{number} {level}{'s' if number != 1 else ''}" for level, number in levels.items()))


def exit_code(problems: Sequence[Problem]) -> int:
    """1 where any problem is more than a note, else 0."""
    from fatf_kit.problems import Level

    return FOUND if any(problem.level is not Level.NOTE for problem in problems) else DONE
