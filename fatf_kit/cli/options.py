"""The options and arguments that several commands share, and the kinds of values that people type."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli.output import LANGUAGE
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_folder, is_remote, plain_text, shown_name
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import CURRENT_EDITION

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
"""A decorator that adds an option or an argument, or several, to a command."""

if TYPE_CHECKING:
    ParamType = click.ParamType
else:

    class ParamType(click.ParamType):
        """A type of values that names the Python type it returns, which click itself supports only from 8.4 on."""

        def __class_getitem__(cls, made: object) -> type:
            return cls


AUDIENCES = ("public", "assessors", "government")
"""The members of `assessment.answers.audience.Audience`, which --help need not load."""


class ReadPath(click.Path):
    """A file or folder that is read. It must be on this computer: a network share may hang and learns who asks."""

    def __init__(self, **wanted: bool) -> None:
        super().__init__(path_type=Path, **wanted)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; a share is refused by its spelling, before anything is opened."""
        path = Path(value)
        if is_remote(path):
            raise FatfKitError(
                f"{shown_name(path)} lies on a network share, which may never answer, so it is not opened. "
                "Copy it to this computer and name it there."
            )
        return Path(os.fsdecode(super().convert(value, param, ctx)))


class DayType(ParamType[date]):
    """A date typed as year-month-day."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; anything else is a usage error."""
        from fatf_kit.core.dates import parse_day

        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except FatfKitError as fault:
            self.fail(str(fault), param, ctx)


class PlainText(ParamType[str]):
    """A text that is written into a file; bytes that are not UTF-8 are marked, because no file could hold them."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the text."""
        return plain_text(str(value))


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a text that separates them by commas, each once."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


class NameList(ParamType[tuple[str, ...]]):
    """Names separated by commas, each once; `known` returns the allowed names and is called when one is typed."""

    name = "name,..."

    def __init__(self, known: Callable[[], Sequence[str]] | None = None) -> None:
        self.known = known

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the names; it is a usage error if there is none or one is not known."""
        if isinstance(value, tuple):
            return value
        names = split_names(str(value))
        if not names:
            self.fail("nothing is named.", param, ctx)
        known = self.known() if self.known else names
        if unknown := [name for name in names if name not in known]:
            self.fail(f"{unknown[0]!r} is not known. Use some of: {', '.join(known)}.", param, ctx)
        return names


class NewFile(ParamType[Path]):
    """A file to be written, whose name has one of some endings; `endings` is called when a name is typed."""

    name = "file"

    def __init__(self, endings: Callable[[], Sequence[str]]) -> None:
        self.endings = endings

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; a folder or another ending is a usage error."""
        path = Path(str(value))
        if is_folder(path):
            self.fail(f"{shown_name(path)} is a folder. Give the name of a file.", param, ctx)
        if path.suffix.lower() not in self.endings():
            self.fail(f"the name {shown_name(path)} has to end in {' or '.join(self.endings())}.", param, ctx)
        return path


def document_endings() -> tuple[str, ...]:
    """Return the endings of the names of single documents."""
    from fatf_kit.report.write import DOCUMENT_FORMATS

    return tuple(DOCUMENT_FORMATS)


def _report_formats() -> tuple[str, ...]:
    """Return the formats of a whole report."""
    from fatf_kit.report.write import FORMATS

    return tuple(FORMATS)


def _set_language_option(ctx: click.Context, param: click.Parameter, value: str) -> str:  # noqa: ARG001 - click's signature
    ctx.meta[LANGUAGE] = value
    return value


def combine(*decorators: Decorator) -> Decorator:
    """Return one decorator that adds several options, in the order in which --help lists them."""
    return lambda command: reduce(lambda decorated, add: add(decorated), reversed(decorators), command)


INPUT_FILE = ReadPath(dir_okay=False)


def input_paths(metavar: str, *, is_required: bool = False) -> Decorator:
    """Return the argument `paths`: files and folders to read."""
    return click.argument("paths", metavar=metavar, nargs=-1, required=is_required, type=ReadPath())


def output_folder(text: str, *, default: str | None = None, is_required: bool = False) -> Decorator:
    """Return the option -o of a command that writes into a folder."""
    folder = click.Path(path_type=Path, file_okay=False)
    return click.option(
        "-o", "--output", "target", type=folder, default=default, show_default=True, required=is_required, help=text
    )


def output_file(
    text: str,
    endings: Callable[[], Sequence[str]] | None = None,
    *,
    default: str | None = None,
    is_required: bool = False,
    metavar: str | None = None,
) -> Decorator:
    """Return the option -o of a command that writes one file; `endings` as of NewFile."""
    kind = NewFile(endings) if endings else click.Path(path_type=Path, dir_okay=False)
    return click.option(
        "-o",
        "--output",
        "target",
        type=kind,
        default=default,
        show_default=True,
        required=is_required,
        metavar=metavar,
        help=text,
    )


def formats(known: Callable[[], Sequence[str]], default: str, text: str) -> Decorator:
    """Return the option --format, whose names are in the parameter `wanted`."""
    return click.option("--format", "wanted", type=NameList(known), default=default, show_default=True, help=text)


def languages(text: str) -> Decorator:
    """Return the option --lang of a command that takes several languages."""
    return click.option("--lang", "languages", multiple=True, type=click.Choice(LANGUAGES), help=text)


report_format = formats(_report_formats, "html,docx,xlsx,json", "Formats of the report, separated by commas.")
json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output and nothing else.")
force = click.option("--force", is_flag=True, help="Replace files that are there already; never what is read.")
language = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    callback=_set_language_option,
    help="Language.",
)
language_json = combine(language, json)
force_language = combine(force, language)
force_language_json = combine(force, language, json)
force_json = combine(force, json)
day = click.option(
    "--on", "day", type=DayType(), help="The day for which FATF's lists are looked at.  [default: today]"
)
as_of = click.option(
    "--as-of", type=DayType(), help="Day on which ages and lists of places are judged; today if left out."
)
edition = click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out.")
current_edition = click.option(
    "--edition", default=CURRENT_EDITION, show_default=True, help="Edition of the Methodology."
)
country = click.option("--country", type=PlainText(), help="Name of the country, for the cover.")
published_report = click.option(
    "--report", help="With --published: MER, FUR, latest or a month like 2024-05.  [default: latest]"
)
audience = click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default="assessors",
    show_default=True,
    help="Who reads it: answers above its confidentiality are left out.",
)
notice = click.option("--notice", type=PlainText(), multiple=True, help="A line to stand on every page.")
plan_settings = click.option(
    "--settings",
    type=INPUT_FILE,
    help="Working week, holidays, lead times, capacity; plan.json in the folder if left out.",
)
scoring = combine(
    edition,
    click.option(
        "--cut-off",
        type=DayType(),
        help="Last day on which a measure counts (end of the on-site visit), year-month-day.",
    ),
    click.option(
        "--policy", help="Scoring policy: an id, or your own file; the folder's own or indicative-2 if left out."
    ),
)
"""The options of every command that scores workbooks: edition, cut_off and policy of `fatf_kit.score`."""
