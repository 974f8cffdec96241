"""The entry point: the commands, how they end, and the message when something stops.

Commands are loaded when they are called, so that --help stays fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from fatf_kit.cli.help import make_switches, prepare_command, split_paragraphs
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import to_plain_text
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.folder.features import FEATURES
from fatf_kit.terminal.exit_codes import DONE, EXIT_CODES, STOPPED, WRONG_USAGE
from fatf_kit.terminal.language import find_language
from fatf_kit.terminal.output import LANGUAGE, OPENER, set_language, translate, translator
from fatf_kit.terminal.streams import open_closed_streams, set_utf8_streams

if TYPE_CHECKING:
    from fatf_kit.assessed.folder import OpenedFolder

_SECTIONS = {
    "Begin": {
        "demo": "Run a complete example with a fictional country.",
        "init": "Make an assessment folder for a country.",
        "update": "Do everything that is due in an assessment folder.",
        "status": "Show who has answered, what is late and what comes next.",
        "doctor": "Check that everything that fatf-kit needs is installed.",
    },
    "Collect and check answers": {
        "template": "Write the blank workbooks that agencies fill in.",
        "letters": "Write covering letters, reminders and model documents.",
        "statistics": "Ask agencies for statistics and cases, check them and report on them.",
        "laws": "Keep the register of laws, and see what a bill would change.",
        "carry-forward": "Copy the answers of an older workbook into the current edition.",
        "check": "Read filled workbooks and list every problem in them.",
    },
    "Rate and look ahead": {
        "score": "Calculate indicative ratings and write the gap report.",
        "explain": "Show step by step how one rating is calculated.",
        "verify": "Check that a report still matches the workbooks it was built from.",
        "replay": "Rebuild an old result from its inputs and compare the bytes.",
        "outlook": "Predict the type of follow-up and an ICRG referral from the ratings.",
        "what-if": "Find the smallest sets of re-ratings that improve the outlook.",
        "npo": "Classify the country's non-profit organisations from its own register.",
        "plan": "Turn gaps into actions with owners and dates, in a workbook.",
        "progress": "Report how far an action plan is and which ratings follow.",
        "compare": "Compare two assessments: which ratings changed, and why.",
    },
    "Write": {
        "paper": "Write one paper, such as the brief, a submission or an agency's open work.",
        "fill": "Fill in your own Excel or Word file with answers and ratings.",
        "guide": "Write the guide to one Immediate Outcome, to all, or for a reader.",
    },
    "Evaluate": {
        "calendar": "List the dates of the evaluation, counted from the visit or the Plenary.",
        "mock": "Rehearse the on-site visit: plan, question sheets and debrief.",
    },
    "After the report": {
        "report-in": "Read the country's last report into workbooks to begin from.",
        "action-plan": "Keep the items of the last report, the ICRG action plan and the roadmap.",
        "follow-up": "Choose what to re-rate and write the follow-up report.",
    },
    "Look up": {
        "frameworks": "Show, check and compare the editions of the Methodology.",
        "published": "Show and import published ratings and FATF's lists.",
        "overview": "Show several countries: dates, coverage, plans, lists and common gaps.",
        "peers": "Compare a jurisdiction's published ratings with those of others.",
    },
}
"""The commands by stage of the work, with their lines in --help. Each is in the module of its name, with _ for -."""

SECTIONS = {
    stage: commands | {feature.name: feature.help for feature in FEATURES if feature.stage == stage}
    for stage, commands in _SECTIONS.items()
}
"""The same with the commands that are in the packages of features."""

_COMMANDS = tuple(name for commands in SECTIONS.values() for name in commands)

DEBUG = "FATF_KIT_DEBUG"
"""The environment variable that shows the traceback of an unexpected stop."""

NOTES = {
    "Exit codes": {str(code): text for code, text in EXIT_CODES.items()},
    "Completion of commands and options": {
        "~/.bashrc": 'eval "$(_FATF_KIT_COMPLETE=bash_source fatf-kit)"',
        "~/.zshrc": 'eval "$(_FATF_KIT_COMPLETE=zsh_source fatf-kit)"',
        "config.fish": "eval (env _FATF_KIT_COMPLETE=fish_source fatf-kit)",
    },
    "Begin with one of these": {
        "fatf-kit demo": "run a complete example with a fictional country",
        "fatf-kit init DIR": "make your own assessment folder",
        "fatf-kit doctor": "check that nothing is missing on this computer",
    },
}
"""The lists at the end of --help."""


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if not value or ctx.resilient_parsing:
        return
    from fatf_kit.core.messages import AFFILIATION
    from fatf_kit.core.resources import tool_version

    click.echo(f"fatf-kit, version {tool_version()}\n{translate(AFFILIATION)}")
    ctx.exit()


def _open_folder(path: Path) -> OpenedFolder:
    """Open an assessment folder for the command of a feature."""
    from fatf_kit.workflows.opening import open_folder

    return open_folder(path)


class ReaderGoneError(Exception):
    """The reader of a pipe has gone. Click would end with 1, which here means that problems were found."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and loads one only when it is called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Find the language of the run, then read the command line."""
        set_language(find_language(args))
        ctx.meta[OPENER] = _open_folder
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help with its text in the language of the run."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = translate("Show this message and exit.")
        return option

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named, and return its exit code: 0 where it returns nothing."""
        try:
            return super().invoke(ctx) or DONE
        except BrokenPipeError as fault:
            raise ReaderGoneError from fault

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command itself; None for an unknown name."""
        if cmd_name not in _COMMANDS:
            return None
        if feature := next((feature for feature in FEATURES if feature.stage and feature.name == cmd_name), None):
            return prepare_command(feature.load_command())
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"fatf_kit.cli.{name}"), name)
        return prepare_command(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that was named; the message about an unknown name suggests the most similar ones."""
        if not args[0].startswith("-") and args[0] not in _COMMANDS and not ctx.resilient_parsing:
            raise click.NoSuchCommand(args[0], possibilities=_COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the introduction of --help."""
        with formatter.indentation():
            for text in split_paragraphs(self.help):
                formatter.write_paragraph()
                formatter.write_text(translate(text))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the lists of --help by the stage of the work, without loading a command."""
        width = max(map(len, _COMMANDS))
        for title, commands in SECTIONS.items():
            with formatter.section(translate(title)):
                formatter.write_dl([(name.ljust(width), translate(line)) for name, line in commands.items()])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, their texts translated, and the commands."""
        records = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        with formatter.section(translate("Options")):
            formatter.write_dl([(spec, translate(text)) for spec, text in filter(None, records)])
        self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the notes at the end of --help."""
        for title, rows in NOTES.items():
            with formatter.section(translate(title)):
                formatter.write_dl([(name, translate(text)) for name, text in rows.items()], col_spacing=4)


@click.group(cls=LazyGroup, params=make_switches(), context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and the notice of independence, and exit.",
)
def cli() -> None:
    """Get a country ready for its FATF mutual evaluation.

    Every result is indicative. Nothing leaves this machine.
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit. A traceback is shown only if FATF_KIT_DEBUG=1 asks for it."""
    open_closed_streams()
    set_utf8_streams(sys.stdout, sys.stderr)
    given = sys.argv[1:] if args is None else args
    with click.Context(cli, info_name="fatf-kit") as context:  # gives messages their language when a command has ended
        context.meta[LANGUAGE] = find_language(given)
        sys.exit(_run(given))


def _run(args: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    try:
        code = cli.main(args=list(args), prog_name="fatf-kit", standalone_mode=False)
        sys.stdout.flush()  # a full disk behind a redirection fails here, while the failure can be reported
    except (click.exceptions.Abort, KeyboardInterrupt):
        _stop(translate("Stopped."))
    except click.UsageError as fault:
        fault.show()
        return WRONG_USAGE
    except click.ClickException as fault:
        fault.show()
        return STOPPED
    except FatfKitError as fault:
        _stop(fault.message_in(translator()))
    except (BrokenPipeError, ReaderGoneError):  # the reader of a pipe has gone, as with "| head"
        sys.stderr.close()
        return DONE
    except (MemoryError, OSError) as fault:
        t = translator()
        reason = t("there is not enough memory.") if isinstance(fault, MemoryError) else _describe_system_error(fault)
        _stop(t("Cannot continue: {reason}", reason=reason))
    except Exception as fault:
        if os.environ.get(DEBUG, "") not in {"", "0"}:
            import traceback

            traceback.print_exc()
        t, text = translator(), " ".join(f"{type(fault).__name__}: {fault}".split())
        _stop(
            t(
                "Stopped by an error of the program ({error}). Please report it; {variable}=1 shows where it happened.",
                error=text,
                variable=DEBUG,
            )
        )
    return int(code)


def _describe_system_error(fault: OSError) -> str:
    """Return the reason that the system gives, translated if it is a common one, and the name of the file."""
    reason = translate(fault.strerror) if fault.strerror else str(fault)
    return f"{reason} ({fault.filename})" if fault.filename else reason


def _stop(message: str) -> NoReturn:
    click.echo(remove_isolation(to_plain_text(f"fatf-kit: {message}")), err=True)
    sys.exit(STOPPED)
