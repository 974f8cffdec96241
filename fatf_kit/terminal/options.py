"""The options and arguments that several commands share, and the kinds of values that people type."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from copy import copy
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import click

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_folder, is_remote, shown_name, to_plain_text
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.terminal import output
from fatf_kit.terminal.ideas import IDEAS

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
"""A decorator that adds an option or an argument, or several, to a command."""

AUDIENCES = ("public", "assessors", "government")
"""The members of `assessment.answers.audience.Audience`, which --help need not load."""

REPORT_FORMATS = ("json", "html", "docx", "xlsx", "pdf", "csv", "oscal")
DOCUMENT_FORMATS = ("html", "docx", "pdf")
"""The formats of `report.write` for a whole report and for a single document, which --help need not load."""

DOCUMENT_ENDINGS = tuple(f".{name}" for name in DOCUMENT_FORMATS)
REPORT_ENDINGS = (*DOCUMENT_ENDINGS, ".xlsx", ".csv")
"""The endings of the names of single files of a report: documents, its workbook and its first table."""


class NamedPath(click.Path):
    """A path whose kind has the same name in every language; click translates it in the language of the moment."""

    def __init__(self, **wanted: Any) -> None:
        super().__init__(path_type=Path, **wanted)
        self.name = "path" if self.dir_okay and self.file_okay else "file" if self.file_okay else "directory"


class ReadPath(NamedPath):
    """A file or folder that is read. It must be on this computer: a network share may hang and learns who asks."""

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; a share is refused by its spelling, before anything is opened."""
        path = Path(value)
        if is_remote(path):
            raise FatfKitError(
                "{path} is on a network share, which may not respond, so it is not opened. Copy it to this "
                "computer and name the copy.",
                path=shown_name(path),
            )
        translated = copy(self)
        translated.name = output.translate(self.name)  # the word for it in messages of click
        return Path(os.fsdecode(click.Path.convert(translated, value, param, ctx)))


class TextType(click.ParamType):  # type: ignore[type-arg]  # a click before 8.4 takes no type here
    """The type of an option whose value a function reads from the text; a FatfKitError of it is a usage error."""

    def __init__(self, name: str, read: Callable[[str], object]) -> None:
        self.name, self.read = name, read

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> object:
        """Return the value; what is not a text was read before, or is a default."""
        try:
            return self.read(value) if isinstance(value, str) else value
        except FatfKitError as fault:
            self.fail(remove_isolation(fault.message_in(output.translator())), param, ctx)


class NewFolder(TextType):
    """A folder to write into; a name that ends like that of a file is most likely meant as one, and refused."""

    def __init__(self) -> None:
        super().__init__("directory", self._read)

    @staticmethod
    def _read(text: str) -> Path:
        path = Path(text)
        if path.suffix.lower() in REPORT_ENDINGS and not is_folder(path):
            raise FatfKitError(
                "{path} ends like a file, but this command writes into a folder. Write the name of a folder.",
                path=shown_name(path),
            )
        return path

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> object:
        """Return the path, which is no file."""
        return NamedPath(file_okay=False).convert(str(super().convert(value, param, ctx)), param, ctx)


class TargetOption(click.Option):
    """The option -o of a command: a file or a folder to write to.

    Attributes:
        is_folder: The command writes into the folder that is named.
        home: Its default is a folder, or a file of this folder, inside the assessment folder; None where it is not.
        place: Its default elsewhere, a folder; None where there is none.

    Where `is_folder` or `place` depend on other parameters, they are functions of the values of all.
    """

    def __init__(
        self,
        *names: Any,
        is_folder: bool | Callable[[dict[str, Any]], bool] = False,
        home: str | None = None,
        place: str | Callable[[dict[str, Any]], str | None] | None = None,
        **how: Any,
    ) -> None:
        self.is_folder, self.home, self.place = is_folder, home, place
        super().__init__(*names, **how)


def read_date(text: str) -> date:
    """Return the date typed as year-month-day."""
    from fatf_kit.core.dates import parse_day

    try:
        return parse_day(text)
    except FatfKitError as fault:
        raise FatfKitError(
            "'{found}' is not a date between 1900 and 2199. Write year-month-day, like 2027-03-01.", found=text
        ) from fault


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a text that separates them by commas, each once."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def name_list(known: Callable[[], Sequence[str]] | None = None) -> TextType:
    """Return the type of names separated by commas; `known` returns the allowed ones when one is typed."""

    def read(text: str) -> tuple[str, ...]:
        names = split_names(text)
        if not names:
            raise FatfKitError("No name was given.")
        allowed = known() if known else names
        if unknown := [name for name in names if name not in allowed]:
            raise FatfKitError("'{found}' is not known. Allowed: {names}.", found=unknown[0], names=tuple(allowed))
        return names

    return TextType("name,...", read)


def names_option(
    *names: str, text: str, known: Callable[[], Sequence[str]] | None = None, default: str = "", **how: Any
) -> Decorator:
    """Return an option of names separated by commas; where it is written several times, all names count.

    `known` and `how` as of `name_list` and `click.option`.
    """

    def join(ctx: click.Context, param: click.Parameter, typed: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:  # noqa: ARG001 - click's signature
        return tuple(dict.fromkeys(name for listed in typed for name in listed))

    return click.option(
        *names,
        type=name_list(known),
        multiple=True,
        callback=join,
        default=(default,) if default else (),
        show_default=bool(default),
        help=text,
        **how,
    )


def new_file(endings: Sequence[str]) -> TextType:
    """Return the type of a file to be written, whose name has one of the endings."""

    def read(text: str) -> Path:
        path = Path(text)
        if is_folder(path):
            raise FatfKitError("{path} is a folder. Write the name of a file.", path=shown_name(path))
        if path.suffix.lower() not in endings:
            raise FatfKitError(
                "{path} does not end with one of these: {endings}.", path=shown_name(path), endings=tuple(endings)
            )
        return path

    return TextType("file", read)


PLAIN_TEXT = TextType("text", to_plain_text)
"""A text that is written into a file; bytes that are not UTF-8 are marked, because no file could hold them."""


def _set_language_option(ctx: click.Context, param: click.Parameter, value: str | None) -> str:  # noqa: ARG001 - click's signature
    return output.set_language(value) if value else output.current_language()


def _language_option(text: str, **how: Any) -> Decorator:
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        callback=_set_language_option,
        help=f"{text}  [default: that of the assessment folder, else that of this computer]",
        **how,
    )


def is_language_named() -> bool:
    """Return whether --lang was given to the command that runs."""
    source = click.get_current_context().get_parameter_source("language")
    return source is not click.core.ParameterSource.DEFAULT


def _set_json(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's signature
    ctx.meta[output.JSON] = value


def combine(*decorators: Decorator) -> Decorator:
    """Return one decorator that adds several options, in the order in which --help lists them."""
    return lambda command: reduce(lambda made, add: add(made), reversed(decorators), command)


INPUT_FILE = ReadPath(dir_okay=False)


def input_paths(metavar: str, **how: Any) -> Decorator:
    """Return the argument `paths`, files and folders to read; `how` as of `click.argument`."""
    return click.argument("paths", metavar=metavar, nargs=-1, type=ReadPath(), **how)


def input_file(*names: str, text: str, **how: Any) -> Decorator:
    """Return an option that names a file to read; `how` as of `click.option`."""
    return click.option(*names, type=INPUT_FILE, help=text, **{"metavar": "FILE", **how})


def option(idea: str, **how: Any) -> Decorator:
    """Return the option of an idea of the table, such as "cut-off date"; `how`, as of `click.option`, decides first."""
    declared = IDEAS[idea]
    usual: dict[str, Any] = {"help": declared.help, "metavar": declared.metavar or None}
    match declared.kind:
        case "date":
            usual["type"] = TextType("date", read_date)
        case "file":
            usual["type"] = INPUT_FILE
        case "switch":
            usual["is_flag"] = True
        case "text" | "texts":
            usual |= {"type": PLAIN_TEXT, "multiple": declared.kind == "texts"}
    return click.option(declared.option, declared.parameter, **(usual | how))


def date_option(*names: str, text: str) -> Decorator:
    """Return an option whose value is a date."""
    return click.option(*names, type=TextType("date", read_date), help=text)


def choice(*names: str, allowed: Sequence[str], default: str, text: str) -> Decorator:
    """Return an option with a default, whose value is one of some words."""
    return click.option(*names, type=click.Choice(allowed), default=default, show_default=True, help=text)


def output_folder(text: str, **how: Any) -> Decorator:
    """Return the option -o of a command that writes into a folder; `how` as of `TargetOption` and `click.option`."""
    return _output(NewFolder(), text, is_folder=True, **{"metavar": "DIR", **how})


def output_file(text: str, endings: Sequence[str] = (), **how: Any) -> Decorator:
    """Return the option -o of a command that writes one file; `endings` as of new_file, `how` as of `TargetOption`."""
    kind = new_file(endings) if endings else NamedPath(dir_okay=False)
    return _output(kind, text, **{"metavar": "FILE", **how})


def _output(kind: click.Path | TextType, text: str, **how: Any) -> Decorator:
    return click.option("-o", "--output", "target", cls=TargetOption, type=kind, show_default=True, help=text, **how)


def formats(known: Sequence[str], default: str, text: str) -> Decorator:
    """Return the option --format, whose names are in the parameter `formats`."""
    return names_option("--format", "formats", known=lambda: known, default=default, text=text)


def languages(text: str) -> Decorator:
    """Return the option --lang of a command that takes several languages."""
    return click.option("--lang", "languages", multiple=True, type=click.Choice(LANGUAGES), help=text)


report_format = formats(
    REPORT_FORMATS,
    "html,docx,xlsx,json",
    "Formats of the report, separated by commas: html, docx, pdf, xlsx, json, csv for its tables, and oscal for the "
    "result of filled workbooks.",
)
json = click.option(
    "--json",
    is_flag=True,
    expose_value=False,
    callback=_set_json,
    help="Print one JSON document on standard output and nothing else.",
)
"""The switch that `output.print_result` follows."""

force = option("force")
language = _language_option("Language of messages and outputs.")
run_language = _language_option("Language of messages and outputs.", expose_value=False)
"""The option of a command that writes in the language of messages and has no parameter for it."""
quiet_language = _language_option("Language of messages.", expose_value=False)
"""The option of a command whose outputs have no language of their own."""

language_json = combine(language, json)
run_language_json = combine(run_language, json)
quiet_language_json = combine(quiet_language, json)
force_language = combine(force, language)
force_language_json = combine(force, language, json)
day = option("day")
as_of = date_option("--as-of", text="Day for which ages and lists of countries are evaluated.  [default: today]")
edition = option("edition")
current_edition = option("edition", default=CURRENT_EDITION, show_default=True, help="Edition of the Methodology.")
country = option("country")
published_report = option("published report")
published_evaluation = option(
    "published report",
    default="MER",
    show_default=True,
    help="Published report: MER, FUR, latest or a month like 2024-05.",
)
"""The option of a command that begins with the mutual evaluation if no other report is named."""
audience = option("audience", type=click.Choice(AUDIENCES), default="assessors", show_default=True)
notice = option("notice")
plan_settings = option(
    "settings",
    help="File with working week, holidays, lead times and capacity.  [default: plan.json in the assessment folder]",
)
scoring = combine(
    edition,
    option("cut-off date"),
    click.option("--policy", help=IDEAS["scoring rules"].help),
)
"""The options of every command that scores workbooks: edition, cut_off and policy of `fatf_kit.score`."""
