"""What all commands share: common options, the kinds of values people type, how results and problems are shown."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_folder, is_remote, shown_name, to_plain_text
from fatf_kit.core.languages import LANGUAGES

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator as Spoken
    from fatf_kit.core.problems import Problem

    ParamType = click.ParamType
else:

    class ParamType(click.ParamType):
        """click's own, which takes the type it makes only from 8.4 on; to run, an older click does as well."""

        def __class_getitem__(cls, made: object) -> type:
            return cls


MOST_NOTES = 20
"""Of one kind, where a command is about something else than the cells."""

EXITS = "Exit codes: 0 done; 1 done, but problems were found; 2 usage; 3 could not run."
DONE, FOUND, STOPPED = 0, 1, 3

AUDIENCES = ("public", "assessors", "government")
"""As in responses/audience.py, which is not loaded for a list of options."""

QUIET = "fatf_kit.quiet"
"""Where the outermost context remembers that --quiet was given."""

json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output and nothing else."
)
LANGUAGE = "fatf_kit.language"
"""Where the outermost context remembers which language the person reads."""


def set_language(language: str) -> str:
    """From here on, say everything in this language; gives it back."""
    click.get_current_context().meta[LANGUAGE] = language
    return language


def translator() -> Spoken:
    """The words of the language in which the person is told things."""
    from fatf_kit.core import messages

    context = click.get_current_context(silent=True)
    return messages.Translator(context.meta.get(LANGUAGE, "en") if context else "en")


def _set_language_option(ctx: click.Context, param: click.Parameter, value: str) -> str:  # noqa: ARG001 - click's signature
    ctx.meta[LANGUAGE] = value
    return value


language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    callback=_set_language_option,
    help="Language.",
)


def on_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The day for which a listing is said, today if left out."""
    text = "The day for which FATF's lists are looked at.  [default: today]"
    return click.option("--on", "day", type=DayType(), help=text)(command)


force_option = click.option("--force", is_flag=True, help="Replace files that are there already; never what is read.")


def document_endings() -> tuple[str, ...]:
    """Endings of the names of single documents."""
    from fatf_kit.report.write import DOCUMENT_FORMATS

    return tuple(DOCUMENT_FORMATS)


def report_formats() -> tuple[str, ...]:
    """Formats of a whole report."""
    from fatf_kit.report.write import FORMATS

    return tuple(FORMATS)


class ReadPath(click.Path):
    """A file or folder that is read: on this computer, because asking a network share may hang and names who asks."""

    def __init__(self, **wanted: bool) -> None:
        super().__init__(path_type=Path, **wanted)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; a share is refused by its spelling, before anybody is asked anything."""
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
        """The date; a usage error for anything else."""
        from fatf_kit.core.dates import parse_day

        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except FatfKitError as fault:
            self.fail(str(fault), param, ctx)


class PlainText(ParamType[str]):
    """Words that are written into a file; bytes that are no UTF-8 are marked, because no file could hold them."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The text."""
        return to_plain_text(str(value))


class NameList(ParamType[tuple[str, ...]]):
    """Names separated by commas, each once; `known` are those there are, asked for when one is typed."""

    name = "name,..."

    def __init__(self, known: Callable[[], Sequence[str]] | None = None) -> None:
        self.known = known

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The names; a usage error where there is none or one is not known."""
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(name.strip() for name in str(value).split(",") if name.strip()))
        if not names:
            self.fail("nothing is named.", param, ctx)
        known = self.known() if self.known else names
        if unknown := [name for name in names if name not in known]:
            self.fail(f"{unknown[0]!r} is not known. Use some of: {', '.join(known)}.", param, ctx)
        return names


class NewFile(ParamType[Path]):
    """A file to be written, whose name has one of some endings, asked for when one is typed."""

    name = "file"

    def __init__(self, endings: Callable[[], Sequence[str]]) -> None:
        self.endings = endings

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; a usage error for a folder or another ending."""
        path = Path(str(value))
        if is_folder(path):
            self.fail(f"{shown_name(path)} is a folder. Give the name of a file.", param, ctx)
        if path.suffix.lower() not in self.endings():
            self.fail(f"the name {shown_name(path)} has to end in {' or '.join(self.endings())}.", param, ctx)
        return path


formats_option = click.option(
    "--format",
    "wanted",
    type=NameList(report_formats),
    default="html,docx,xlsx,json",
    show_default=True,
    help="Formats of the report, separated by commas.",
)
audience_option = click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default="assessors",
    show_default=True,
    help="Who reads it: answers above its confidentiality are left out.",
)
notice_option = click.option("--notice", type=PlainText(), multiple=True, help="A line to stand on every page.")
_SCORING = (
    click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out."),
    click.option(
        "--cut-off",
        type=DayType(),
        help="Last day on which a measure counts (end of the on-site visit), year-month-day.",
    ),
    click.option(
        "--policy", help="Scoring policy: an id, or your own file; the folder's own or indicative-2 if left out."
    ),
)


def scoring_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads workbooks and scores them: edition, cut-off date, policy."""
    for option in reversed(_SCORING):
        command = option(command)
    return command


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows of text in columns as wide as they need to be; the last one runs on."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def print_message(message: str, **facts: object) -> None:
    """A line for the person in their language, on standard error, so that pipes stay clean; --quiet leaves it out."""
    context = click.get_current_context(silent=True)
    if context is None or not context.meta.get(QUIET):
        click.echo(to_plain_text(translator()(message, **facts)), err=True)


def print_problems(problems: Sequence[Problem], *, most: int | None = None) -> None:
    """All problems at once, in the order of files and sheets, with a count by level; also with --quiet.

    Of notes of one kind no more than `most` are shown, and of conflicts over one requirement the first few; the rest
    is counted: thousands would bury what is an error.
    """
    from fatf_kit.core.problem_codes import ProblemLevel
    from fatf_kit.core.problems import fold_conflicts

    t, problems = translator(), fold_conflicts(problems)
    shown: Counter[str] = Counter()
    for problem in problems:
        shown[problem.code] += 1
        if most is None or problem.level is not ProblemLevel.NOTE or shown[problem.code] <= most:
            click.echo(problem.message_in(t), err=True)
    for code in dict.fromkeys(problem.code for problem in problems if problem.level is ProblemLevel.NOTE):
        if most is not None and (more := shown[code] - most) > 0:
            told = t.plural(
                "{n} more note like this: 'fatf-kit check' lists it.",
                "{n} more notes like this: 'fatf-kit check' lists them.",
                more,
            )
            click.echo(f"{told}  [{code}]", err=True)
    if problems:
        levels = Counter(str(problem.level) for problem in problems)
        names = {
            "error": t.plural("{n} error", "{n} errors", levels["error"]),
            "warning": t.plural("{n} warning", "{n} warnings", levels["warning"]),
            "note": t.plural("{n} note", "{n} notes", levels["note"]),
        }
        print_message(t.listed(names[level] for level in levels))


def print_errors(problems: Sequence[Problem]) -> None:
    """The errors, and how many remarks there are besides: for commands that are about something else than the cells."""
    from fatf_kit.core.problem_codes import ProblemLevel

    errors = [problem for problem in problems if problem.level is ProblemLevel.ERROR]
    print_problems(errors)
    if more := len(problems) - len(errors):
        t = translator()
        told = t.plural(
            "{n} remark on the workbooks: 'fatf-kit check' lists them.",
            "{n} remarks on the workbooks: 'fatf-kit check' lists them.",
            more,
        )
        print_message(told)


def exit_code(problems: Sequence[Problem]) -> int:
    """1 where any problem is more than a note, else 0."""
    from fatf_kit.core.problem_codes import ProblemLevel

    return FOUND if any(problem.level is not ProblemLevel.NOTE for problem in problems) else DONE
