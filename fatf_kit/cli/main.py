"""The entry point: the commands, how they end, and the message when something stops.

Commands are loaded when they are called, so that --help stays fast.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from fatf_kit.cli.output import QUIET
from fatf_kit.cli.streams import open_closed_streams, set_utf8_streams
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import to_plain_text

_COMMANDS = {
    "demo": "The whole job on the made-up country.",
    "frameworks": "Look at, check and compare the editions of the Methodology.",
    "init": "Make an assessment folder: settings, agencies, who answers what.",
    "template": "Write blank workbooks, one for the country or one for each agency.",
    "guide": "The framework of one Immediate Outcome, for those who must show it.",
    "carry-forward": "Move the answers of an older workbook into the current edition.",
    "status": "Show who has answered, what is late and what comes next.",
    "letters": "Write covering letters, reminders and model documents.",
    "update": "Do everything that is due in an assessment folder.",
    "check": "Read filled workbooks and list every problem in them.",
    "score": "Work out indicative ratings and write the gap report.",
    "verify": "Whether a report and the workbooks it was made from still belong together.",
    "paper": "One paper: brief, submissions in the evaluators' shape, an agency's open work.",
    "fill": "Your own Excel or Word file, filled with answers and ratings.",
    "explain": "The trace of one rating, in words that can be repeated by hand.",
    "outlook": "Follow-up and referral: what the ratings would lead to.",
    "what-if": "The smallest sets of upgrades that lead to a better outlook.",
    "plan": "From gaps to actions: owners, dates, effects, in a workbook.",
    "progress": "How far a plan has come, and where the ratings lead.",
    "compare": "Two assessments: what moved, and why.",
    "follow-up": "After a published report: what to re-rate, and the follow-up report.",
    "calendar": "Every date of the evaluation, from the visit or the plenary.",
    "mock": "Rehearse the on-site visit: plan and question sheets, then the debrief.",
    "peers": "A jurisdiction's published ratings beside others', and patterns worldwide.",
    "npo": "The NPO sector: scope, classes and measures from the country's own register.",
    "statistics": "Figures and cases for the 11 outcomes: ask for them, check them.",
    "doctor": "Whether everything that is needed is installed here.",
    "published": "Ratings as published by FATF: list, show, import.",
}
"""The commands and their lines in --help. Each is in the module of its name, with _ for -."""

DEBUG = "FATF_KIT_DEBUG"
"""The environment variable that shows the traceback of an unexpected stop."""

NOTES = """\b
Exit codes:
  0  done
  1  done, but problems were found
  2  the command line is wrong
  3  could not run
\b
Completion of commands and options:
  ~/.bashrc            eval "$(_FATF_KIT_COMPLETE=bash_source fatf-kit)"
  ~/.zshrc             eval "$(_FATF_KIT_COMPLETE=zsh_source fatf-kit)"
  fish's config.fish   eval (env _FATF_KIT_COMPLETE=fish_source fatf-kit)
\b
Begin with one of these:
  fatf-kit demo        the whole job on a made-up country
  fatf-kit init DIR    your own assessment folder
  fatf-kit doctor      whether anything is missing on this machine
"""


def _quiet(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's signature
    if value:
        ctx.meta[QUIET] = True


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if not value or ctx.resilient_parsing:
        return
    from fatf_kit.core.messages import AFFILIATION
    from fatf_kit.core.resources import tool_version

    click.echo(f"fatf-kit, version {tool_version()}\n{AFFILIATION}")
    ctx.exit()


def _no_color(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if value or os.environ.get("NO_COLOR"):
        ctx.find_root().color = False


def _switches() -> list[click.Parameter]:
    return [
        click.Option(
            ["-q", "--quiet"], is_flag=True, expose_value=False, callback=_quiet, help="Results and problems only."
        ),
        click.Option(["--no-color"], is_flag=True, expose_value=False, callback=_no_color, help="Plain text only."),
    ]


def _with_switches(command: click.Command) -> click.Command:
    """Add the shared switches to a command and to those within it, so that they may be given at either place."""
    if not any(param.opts == ["--no-color"] for param in command.params):
        command.params += _switches()
        for inner in command.commands.values() if isinstance(command, click.Group) else ():
            _with_switches(inner)
    return command


class ReaderGoneError(Exception):
    """The reader of a pipe has gone. Click would end with 1, which here means that problems were found."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and loads one only when it is called."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as fault:
            raise ReaderGoneError from fault

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command itself; None for an unknown name."""
        if cmd_name not in _COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"fatf_kit.cli.{name}"), name)
        return _with_switches(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list in --help without loading a command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=LazyGroup, epilog=NOTES, params=_switches(), context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version, and that fatf-kit is independent, and exit.",
)
def cli() -> None:
    """Get a country ready for its FATF mutual evaluation.

    Every result is indicative. Nothing leaves this machine.
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit. A traceback is shown only if FATF_KIT_DEBUG=1 asks for it."""
    open_closed_streams()
    set_utf8_streams(sys.stdout, sys.stderr)
    try:
        code = cli.main(args=args, prog_name="fatf-kit", standalone_mode=False)
        sys.stdout.flush()  # a full disk behind a redirection fails here, while the failure can be reported
    except (click.exceptions.Abort, KeyboardInterrupt):
        _stop("Stopped.")
    except click.UsageError as fault:
        fault.show()
        sys.exit(2)
    except click.ClickException as fault:
        fault.show()
        sys.exit(3)
    except FatfKitError as fault:
        _stop(str(fault))
    except (BrokenPipeError, ReaderGoneError):  # the reader of a pipe has gone, as with "| head"
        sys.stderr.close()
        sys.exit(0)
    except (MemoryError, OSError) as fault:
        _stop(f"Could not go on: {fault or 'there is not enough memory'}")
    except Exception as fault:
        if os.environ.get(DEBUG, "") not in {"", "0"}:
            import traceback

            traceback.print_exc()
        text = " ".join(f"{type(fault).__name__}: {fault}".split())
        _stop(f"Stopped by a fault of its own ({text}). Please report it; {DEBUG}=1 shows where it happened.")
    sys.exit(code if isinstance(code, int) else 0)


def _stop(message: str) -> NoReturn:
    click.echo(to_plain_text(f"fatf-kit: {message}"), err=True)
    sys.exit(3)
