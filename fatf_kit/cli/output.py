"""How commands show results, messages and problems, and with which code they end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from fatf_kit.core.files import to_plain_text
from fatf_kit.core.isolation import remove_isolation

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.core.problems import Problem

MOST_NOTES = 20
"""How many notes of one kind are shown by a command that is not about the cells."""

EXITS = "Exit codes: 0 done; 1 done, but problems were found; 2 usage; 3 could not run."
DONE, FOUND, STOPPED = 0, 1, 3

QUIET = "fatf_kit.quiet"
"""The key in click's shared `meta` that is set by --quiet."""

LANGUAGE = "fatf_kit.language"
"""The key in click's shared `meta` under which the language of messages is kept."""


def set_language(language: str) -> str:
    """Print all further messages in this language, and return it."""
    click.get_current_context().meta[LANGUAGE] = language
    return language


def translator() -> Translator:
    """Return the words of the language in which messages are printed."""
    from fatf_kit.core import messages

    context = click.get_current_context(silent=True)
    return messages.Translator(context.meta.get(LANGUAGE, "en") if context else "en")


def print_json(document: object) -> None:
    """Print one JSON document on standard output."""
    click.echo(remove_isolation(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)))


def print_result(document: object, lines: Iterable[str], *, as_json: bool) -> None:
    """Print a result on standard output: its document as JSON, or else its lines."""
    if as_json:
        print_json(document)
        return
    for line in lines:
        click.echo(remove_isolation(line))


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows of text in columns as wide as they need to be."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def print_message(message: str, **facts: object) -> None:
    """Print a line in the reader's language on standard error, so that pipes stay clean; --quiet leaves it out."""
    context = click.get_current_context(silent=True)
    if context is None or not context.meta.get(QUIET):
        click.echo(remove_isolation(to_plain_text(translator()(message, **facts))), err=True)


def print_problems(problems: Sequence[Problem], *, most: int | None = None) -> None:
    """Print all problems in the order of files and sheets, with a count by level; also with --quiet.

    Of notes of one kind no more than `most` are printed, and of conflicts over one requirement the first few; the rest
    is counted, because thousands of them would hide the errors.
    """
    from fatf_kit.core.problem_codes import ProblemLevel
    from fatf_kit.core.problems import fold_conflicts

    t, problems = translator(), fold_conflicts(problems)
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        if most is None or problem.level is not ProblemLevel.NOTE or seen[problem.code] <= most:
            click.echo(remove_isolation(problem.message_in(t)), err=True)
    for code in dict.fromkeys(problem.code for problem in problems if problem.level is ProblemLevel.NOTE):
        if most is not None and (more := seen[code] - most) > 0:
            text = t.plural(
                "{n} more note like this: 'fatf-kit check' lists it.",
                "{n} more notes like this: 'fatf-kit check' lists them.",
                more,
            )
            click.echo(f"{text}  [{code}]", err=True)
    if problems:
        levels = Counter(str(problem.level) for problem in problems)
        names = {
            "error": t.plural("{n} error", "{n} errors", levels["error"]),
            "warning": t.plural("{n} warning", "{n} warnings", levels["warning"]),
            "note": t.plural("{n} note", "{n} notes", levels["note"]),
        }
        print_message(t.listed(names[level] for level in levels))


def print_errors(problems: Sequence[Problem]) -> None:
    """Print the errors and count all other problems, for commands that are not about the cells."""
    from fatf_kit.core.problem_codes import ProblemLevel

    errors = [problem for problem in problems if problem.level is ProblemLevel.ERROR]
    print_problems(errors)
    if more := len(problems) - len(errors):
        text = translator().plural(
            "{n} remark on the workbooks: 'fatf-kit check' lists them.",
            "{n} remarks on the workbooks: 'fatf-kit check' lists them.",
            more,
        )
        print_message(text)


def exit_code(problems: Iterable[Problem]) -> int:
    """Return 1 if any problem is more than a note, else 0."""
    from fatf_kit.core.problem_codes import ProblemLevel

    return FOUND if any(problem.level is not ProblemLevel.NOTE for problem in problems) else DONE
