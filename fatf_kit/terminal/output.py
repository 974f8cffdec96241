"""How commands show results, messages and problems, and with which code they end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from fatf_kit.core.files import to_plain_text
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.terminal.exit_codes import DONE, FOUND
from fatf_kit.terminal.wrapping import find_width, lay_out, wrap_line

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from fatf_kit.core.messages import Translator
    from fatf_kit.core.problems import Problem
    from fatf_kit.core.progress import ProgressCallback


_COLOURS = {"error": "red", "warning": "yellow"}
"""The colour in which a terminal shows the code of a problem, by its level."""

QUIET = "fatf_kit.quiet"
"""The key in click's shared `meta` that is set by --quiet."""

JSON = "fatf_kit.json"
"""The key in click's shared `meta` that is set by --json."""

OPENER = "fatf_kit.opener"
"""The key in click's shared `meta` of the function that opens an assessment folder, which is above the features."""

LANGUAGE = "fatf_kit.language"
"""The key in click's shared `meta` under which the language of messages is kept."""


def current_language() -> str:
    """Return the language in which messages are printed; English outside a command."""
    context = click.get_current_context(silent=True)
    return str(context.meta.get(LANGUAGE, "en")) if context else "en"


def set_language(language: str) -> str:
    """Print all further messages in this language, those of click too, and return it."""
    click.get_current_context().meta[LANGUAGE] = language
    if language != "en":
        _translate_click()
    return language


def _translate_click() -> None:
    """Make click print its own texts in the language of messages. Its modules have them translated by functions."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "click":
            for attribute, function in (("_", translate), ("ngettext", _translate_plural)):
                if hasattr(module, attribute):
                    setattr(module, attribute, function)


def _translate_plural(singular: str, plural: str, n: int) -> str:
    return translate(singular if n == 1 else plural)


def translator() -> Translator:
    """Return the words of the language in which messages are printed."""
    from fatf_kit.core import messages

    return messages.Translator(current_language())


def translate(message: str) -> str:
    """Return a text of --help or of click in the language of messages; English loads no catalogue."""
    return message if current_language() == "en" else translator()(message)


def is_set(switch: str) -> bool:
    """Return whether a switch, `QUIET` or `JSON`, was given to the command that runs."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(switch))


def print_json(document: object) -> None:
    """Print one JSON document, a frozen value or what JSON has, on standard output."""
    from fatf_kit.core.json_files import make_json_value

    click.echo(remove_isolation(json.dumps(make_json_value(document), ensure_ascii=False, indent=2, allow_nan=False)))


def print_result(document: object, lines: Iterable[str] = ()) -> None:
    """Print a result on standard output: with --json its document, else its lines."""
    if is_set(JSON):
        print_json(document)
        return
    for line in lines:
        print_line(line)


def print_line(line: str, *, err: bool = False) -> None:
    """Print a line on standard output, or on standard error; in a terminal it is broken between words."""
    width = find_width(is_terminal=_is_terminal(err=err))
    click.echo(remove_isolation(wrap_line(_translate_codes(line), width)), err=err)


def _translate_codes(text: str) -> str:
    """Return a text with the codes of outcomes as papers in the language print them."""
    from fatf_kit.core.outcome_codes import translate_outcome_codes

    return translate_outcome_codes(text, current_language())


def table_lines(rows: Sequence[Sequence[str]], *, kept: Collection[int] = ()) -> Iterator[str]:
    """Yield rows of text in columns as wide as they need to be; in a terminal they fit its width.

    Cells of columns that are `kept`, by their places, are not wrapped.
    """
    yield from lay_out(rows, find_width(is_terminal=_is_terminal(err=False)), kept)


def list_points(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts as the points of a list, after a blank line."""
    yield ""
    yield from (f"- {text}" for text in texts)


def _is_terminal(*, err: bool) -> bool:
    stream = sys.stderr if err else sys.stdout
    return stream is not None and stream.isatty()


def print_message(message: str, **facts: object) -> None:
    """Print a line in the reader's language on standard error, so that pipes stay clean; --quiet leaves it out."""
    if not is_set(QUIET):
        print_line(to_plain_text(translator()(message, **facts)), err=True)


def print_plural(singular: str, plural: str, n: int, **facts: object) -> None:
    """Print the form of a message for a number, like `print_message`; the number itself is the fact "n"."""
    print_message(translator().plural(singular, plural, n, **facts))


def fail_usage(message: str, **facts: object) -> NoReturn:
    """Raise the error of a wrong command line, with the message in the reader's language."""
    raise click.UsageError(translator()(message, **facts))


def print_problems(problems: Sequence[Problem], *, is_result: bool = False) -> None:
    """Print all problems in the order of files and sheets, with a count by level; also with --quiet.

    Of conflicts over one requirement the first few are printed and the rest counted. Where the problems are the result
    of the command they go to standard output, else to standard error.
    """
    for line in _problem_lines(problems):
        print_line(line, err=not is_result)
    _print_levels(problems)


def print_found(problems: Sequence[Problem], *, is_result: bool = False, **counts: Any) -> int:
    """Print the problems that a checking command found, with --json as one document; return its exit code.

    `is_result` as of `print_problems`, `counts` as of `make_problems_result`.
    """
    if is_set(JSON):
        from fatf_kit.scoring.report.payload import make_problems_result

        print_json(make_problems_result(problems, **counts))
    else:
        print_problems(problems, is_result=is_result)
    return exit_code(problems)


def print_heading(text: str) -> None:
    """Print a heading on standard output; a terminal shows it in bold."""
    click.echo(click.style(remove_isolation(_translate_codes(text)), bold=True))


def print_problem_groups(groups: Mapping[str, Sequence[Problem]]) -> None:
    """Print problems on standard output under the names of their groups; those of the group "" have no heading."""
    t = translator()
    for name, problems in groups.items():
        if len(groups) > 1:
            title = t(
                "{name}: {text}", name=name or t("Remarks that do not concern one agency's workbook"), text=""
            ).rstrip()
            print_heading(title)
        for line in _problem_lines(problems):
            print_line(f"  {line}" if len(groups) > 1 else line)
    _print_levels([problem for problems in groups.values() for problem in problems])


def _problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    from fatf_kit.core.problems import fold_conflicts

    t = translator()
    for problem in fold_conflicts(problems):
        line, code = remove_isolation(problem.message_in(t)), f"[{problem.code}]"
        yield line.removesuffix(code) + click.style(code, fg=_COLOURS.get(str(problem.level)))


def _print_levels(problems: Sequence[Problem]) -> None:
    """Print how many errors, warnings and notes there are."""
    from fatf_kit.core.problems import fold_conflicts

    t, levels = translator(), Counter(str(problem.level) for problem in fold_conflicts(problems))
    names = {
        "error": t.plural("{n} error", "{n} errors", levels["error"]),
        "warning": t.plural("{n} warning", "{n} warnings", levels["warning"]),
        "note": t.plural("{n} note", "{n} notes", levels["note"]),
    }
    if levels:
        print_message(t.listed(name for level, name in names.items() if levels[level]))


def print_errors(problems: Sequence[Problem]) -> None:
    """Print the errors of whole files and folders, and count all else in one line, for commands not about the cells."""
    from fatf_kit.core.problem_kinds import ProblemLevel

    errors = [problem for problem in problems if problem.level is ProblemLevel.ERROR]
    of_files = [problem for problem in errors if problem.ref is None or problem.ref.sheet is None]
    print_problems(of_files)
    if len(errors) > len(of_files):
        print_plural(
            "The workbooks have {n} problem (errors: {errors}). 'fatf-kit check' lists it.",
            "The workbooks have {n} problems (errors: {errors}). 'fatf-kit check' lists them.",
            len(problems) - len(of_files),
            errors=len(errors) - len(of_files),
        )
    elif more := len(problems) - len(errors):
        print_plural(
            "There is {n} remark on the workbooks. 'fatf-kit check' lists it.",
            "There are {n} remarks on the workbooks. 'fatf-kit check' lists them.",
            more,
        )


def exit_code(problems: Iterable[Problem]) -> int:
    """Return the code with which a checking command ends: 1 if any problem is more than a note, else 0."""
    from fatf_kit.core.problem_kinds import ProblemLevel

    return FOUND if any(problem.level is not ProblemLevel.NOTE for problem in problems) else DONE


@contextmanager
def progress_bar(label: str) -> Iterator[ProgressCallback | None]:
    """Yield a callback for long work, which shows its steps on standard error under a label.

    The callback is None without a terminal and with --quiet or --json. Work of one step shows nothing; work that begins
    to count again gets a new line.
    """
    if not sys.stderr.isatty() or is_set(QUIET) or is_set(JSON):
        yield None
        return
    with ExitStack() as lines:
        shown: ProgressBar[int] | None = None

        def show_progress(done: int, of: int) -> None:
            nonlocal shown
            if of < 2:
                return
            if shown is None or not done:
                lines.close()
                how: dict[str, Any] = {"show_pos": True, "show_percent": False, "show_eta": False}
                line = click.progressbar(length=of, label=translator()(label), file=sys.stderr, **how)
                shown = lines.enter_context(line)
            shown.update(done - shown.pos)

        yield show_progress
