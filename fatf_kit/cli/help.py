"""The texts of --help and of usage errors in the reader's language: those of the commands, and click's own."""

from __future__ import annotations

import inspect
import os
from copy import copy
from functools import reduce

import click

from fatf_kit.core.isolation import remove_isolation
from fatf_kit.folder.features import list_kept_workbooks
from fatf_kit.terminal.exit_codes import EXIT_CODES
from fatf_kit.terminal.output import QUIET, current_language, translate, translator
from fatf_kit.terminal.targets import guard_targets

_EXAMPLE = "Example: "
"""The beginning of the last paragraph of a command's docstring, which gives one line to type."""

_VERBATIM = "\b"
"""The sign with which click keeps the lines of a paragraph."""


def prepare_command(command: click.Command) -> click.Command:
    """Return a copy of a command with its texts in the language of messages, and with the switches of every command.

    The example at the end of its docstring is shown after the options. The commands of a group are prepared as well.
    """
    made = copy(command)
    made.callback = guard_targets(command, list_kept_workbooks())
    made._help_option = None  # noqa: SLF001 - click keeps the option with its text, in the language of an earlier run
    texts = split_paragraphs(command.help)
    examples = [text.removeprefix(_EXAMPLE) for text in texts if text.startswith(_EXAMPLE)]
    title = translate("Example:")
    made.help = "\n\n".join(translate(text) for text in texts if not text.startswith(_EXAMPLE))
    made.epilog = "\n\n".join([*(f"{_VERBATIM}\n{title}\n  {one}" for one in examples), describe_exit_codes()])
    made.params = [_translate_option(param) for param in (*command.params, *make_switches())]
    if isinstance(made, click.Group):
        made.commands = {name: prepare_command(one) for name, one in made.commands.items()}
    return made


def describe_exit_codes() -> str:
    """Return the exit codes as one sentence, the end of the help of every command."""
    t = translator()
    codes = [f"{code} {t(text)}" for code, text in EXIT_CODES.items()]
    listed = reduce(lambda first, second: t("{first}; {second}", first=first, second=second), codes)
    return remove_isolation(t("Exit codes: {codes}.", codes=listed))


def make_switches() -> list[click.Parameter]:
    """Return the switches of every command, which may also be given before its name."""
    quiet = click.Option(
        ["-q", "--quiet"],
        is_flag=True,
        expose_value=False,
        callback=_set_quiet,
        help="Print results and problems only.",
    )
    color = click.Option(
        ["--no-color"], is_flag=True, expose_value=False, callback=_set_no_color, help="Print without colours."
    )
    return [quiet, color]


def _set_quiet(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's signature
    if value:
        ctx.meta[QUIET] = True


def _set_no_color(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's signature
    if value or os.environ.get("NO_COLOR"):
        ctx.find_root().color = False


def split_paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a help text, each on one line: these are the messages of the catalogues."""
    return [
        part if part.startswith(_VERBATIM) else " ".join(part.split())
        for part in inspect.cleandoc(text or "").split("\n\n")
        if part
    ]


def _translate_option(param: click.Parameter) -> click.Parameter:
    if current_language() == "en" or not isinstance(param, click.Option) or not param.help:
        return param
    made, text = copy(param), " ".join(param.help.split())
    made.help = translate(text)
    return made
