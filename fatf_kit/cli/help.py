"""The texts of --help and of usage errors in the reader's language: those of the commands, and click's own."""

from __future__ import annotations

import inspect
import os
import sys
from copy import copy

import click

from fatf_kit.cli.output import QUIET, current_language, translate

EXAMPLES = {
    "demo": "fatf-kit demo -o demo",
    "init": "fatf-kit init iraq --country Iraq --on-site 2027-03-01..2027-03-19 --lang ar",
    "update": "fatf-kit update iraq",
    "status": "fatf-kit status iraq",
    "letters": "fatf-kit letters iraq",
    "report-in": "fatf-kit report-in MER-2019.pdf --country NAM -o last-report",
    "action-plan make": "fatf-kit action-plan make iraq --kind icrg",
    "action-plan check": "fatf-kit action-plan check iraq",
    "action-plan status": "fatf-kit action-plan status iraq -o status.docx",
    "action-plan needs": "fatf-kit action-plan needs iraq -o needs.docx",
    "action-plan report": "fatf-kit action-plan report iraq --cycle 2027-02 -o progress-report.docx",
    "laws propose": "fatf-kit laws propose iraq",
    "laws check": "fatf-kit laws check iraq",
    "laws list": "fatf-kit laws list iraq --status bill,drafting",
    "laws concordance": "fatf-kit laws concordance iraq -o concordance.html",
    "laws annex": "fatf-kit laws annex iraq -o laws.docx --lang fr",
    "doctor": "fatf-kit doctor",
    "template": "fatf-kit template iraq --agency fiu",
    "statistics": "fatf-kit statistics template iraq",
    "statistics template": "fatf-kit statistics template iraq --years 2021-2025",
    "statistics report": "fatf-kit statistics report iraq/statistics -o iraq/reports/statistics",
    "carry-forward": "fatf-kit carry-forward answers-2013.xlsx --to fatf-2022 -o answers-2022.xlsx",
    "check": "fatf-kit check iraq -o problems.xlsx",
    "score": "fatf-kit score iraq",
    "explain": "fatf-kit explain iraq R.10",
    "verify": "fatf-kit verify iraq",
    "replay": 'fatf-kit replay "iraq/history/2026-11-28 10-00-00Z assessment.json"',
    "outlook": "fatf-kit outlook iraq",
    "what-if": "fatf-kit what-if iraq --target regular --fix R.10=LC,R.5=LC",
    "compare": "fatf-kit compare history/2026-05-01.json iraq -o comparison",
    "npo": "fatf-kit npo classify register.csv -o npo",
    "npo template": "fatf-kit npo template -o npo-register",
    "npo map": "fatf-kit npo map register.csv -o map.xlsx",
    "npo check": "fatf-kit npo check register.csv --map map.xlsx",
    "npo classify": "fatf-kit npo classify register.csv --map map.xlsx -o npo",
    "laws what-if": 'fatf-kit laws what-if L-040 --without "art. 5" --target R.19=LC -o parliament.pdf',
    "laws without": 'fatf-kit laws without L-003 "art. 12"',
    "npo compare": "fatf-kit npo compare 2026/classified.csv 2027/classified.csv -o comparison.docx",
    "npo questionnaire": "fatf-kit npo questionnaire register.csv --map map.xlsx -o questionnaire --sample 100",
    "plan": "fatf-kit plan iraq -o plan.xlsx",
    "progress": "fatf-kit progress plan.xlsx -o progress",
    "overview": "fatf-kit overview iraq jordan --published KWT,LBN -o overview.html",
    "paper": "fatf-kit paper brief iraq -o brief.docx",
    "fill": "fatf-kit fill questionnaire.docx iraq -o questionnaire-filled.docx",
    "guide": "fatf-kit guide IO.6 -o guide-IO.6.docx",
    "calendar": "fatf-kit calendar --visit 2027-03-01 -o calendar.ics",
    "mock": "fatf-kit mock template iraq --rooms 2 --from 2026-11-01",
    "mock template": "fatf-kit mock template iraq --rooms 2 --from 2026-11-01",
    "mock debrief": "fatf-kit mock debrief iraq/mock",
    "training": "fatf-kit training template iraq",
    "training template": "fatf-kit training template iraq --test IO.3,IO.6 --questions 4",
    "training report": "fatf-kit training report iraq -o training.docx",
    "follow-up": "fatf-kit follow-up template --published IRQ",
    "follow-up template": "fatf-kit follow-up template --published IRQ -o follow-up.xlsx",
    "follow-up report": "fatf-kit follow-up report follow-up.xlsx -o follow-up.docx",
    "frameworks": "fatf-kit frameworks show fatf-2022 R.10",
    "frameworks list": "fatf-kit frameworks list",
    "frameworks show": "fatf-kit frameworks show fatf-2022 R.10/10.7",
    "frameworks check": "fatf-kit frameworks check",
    "frameworks export": "fatf-kit frameworks export --as oscal -o open-data",
    "frameworks diff": "fatf-kit frameworks diff fatf-2013 fatf-2022 R.8",
    "published": "fatf-kit published show IRQ",
    "published list": "fatf-kit published list",
    "published show": "fatf-kit published show IRQ",
    "published import": "fatf-kit published import ratings.xlsx -o ratings.csv",
    "published lists": "fatf-kit published lists show",
    "published lists show": "fatf-kit published lists show --on 2026-06-30",
    "published lists import": "fatf-kit published lists import changes.csv -o lists.csv",
    "peers": "fatf-kit peers IRQ --group MENAFATF",
}
"""One line to type for each command."""

CLICK_TEXTS = (
    "(Did you mean one of: {possibilities}?)",
    "(Possible options: {possibilities})",
    "Argument {name!r} takes {nargs} values.",
    "Choose from:\n\t{choices}",
    "Commands",
    "Did you mean {possibility}?",
    "Error: {message}",
    "Got unexpected extra argument ({args})",
    "Got unexpected extra arguments ({args})",
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "Missing argument",
    "Missing command.",
    "Missing option",
    "Missing parameter",
    "Missing parameter: {param_name}",
    "Missing {param_type}",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "No such option: {name}",
    "Option {name!r} does not take a value.",
    "Option {name!r} requires an argument.",
    "Option {name!r} requires {nargs} arguments.",
    "Options",
    "Positional arguments",
    "Show this message and exit.",
    "Try '{command} {option}' for help.",
    "Usage:",
    "default: {default}",
    "directory",
    "file",
    "path",
    "required",
    "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a directory.",
    "{name} {filename!r} is a file.",
    "{name} {filename!r} is not readable.",
    "{name} {filename!r} is not writable.",
    "{value!r} is not a valid {number_type}.",
    "{value!r} is not one of {choices}.",
    "{value!r} is not {choice}.",
    "{value} is not in the range {range}.",
    "integer range",
    "integer",
    "float",
)
"""The texts of click that people may see; other versions of click have a few others, which stay English."""

_VERBATIM = "\b"
"""The sign with which click keeps the lines of a paragraph."""


def translate_click() -> None:
    """Make click print its own texts in the language of messages. Its modules have them translated by functions."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "click":
            for attribute, function in (("_", translate), ("ngettext", _translate_plural)):
                if hasattr(module, attribute):
                    setattr(module, attribute, function)


def _translate_plural(singular: str, plural: str, n: int) -> str:
    return translate(singular if n == 1 else plural)


def prepare_command(command: click.Command, path: str) -> click.Command:
    """Return a copy of a command with its texts in the language of messages, an example and the shared switches.

    `path` are the names after "fatf-kit". The commands of a group are prepared as well.
    """
    made = copy(command)
    made._help_option = None  # noqa: SLF001 - click keeps the option with its text, in the language of an earlier run
    made.help, made.epilog = _translate_paragraphs(command.help), _make_epilog(command.epilog, path)
    made.params = [_translate_option(param) for param in (*command.params, *make_switches())]
    if isinstance(made, click.Group):
        inner = made.commands.items()
        made.commands = {name: prepare_command(one, f"{path} {name}") for name, one in inner}
    return made


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


def _translate_paragraphs(text: str | None) -> str:
    return "\n\n".join(map(translate, split_paragraphs(text)))


def _make_epilog(text: str | None, path: str) -> str:
    title = translate("Example:")
    example = f"{_VERBATIM}\n{title}\n  {EXAMPLES[path]}" if path in EXAMPLES else ""
    return "\n\n".join(filter(None, (example, _translate_paragraphs(text))))


def _translate_option(param: click.Parameter) -> click.Parameter:
    if current_language() == "en" or not isinstance(param, click.Option) or not param.help:
        return param
    made = copy(param)
    text = " ".join(param.help.split())
    made.help = translate(text)
    return made
