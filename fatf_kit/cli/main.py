"""The entry point: which commands there are, how they end, and what a person sees when something stops.

Commands are loaded when they are called, so that --help stays fast.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from fatf_kit.errors import FatfKitError

_COMMANDS = {
    "demo": ("fatf_kit.cli.demo", "The whole job on the made-up country."),
    "frameworks": ("fatf_kit.cli.frameworks", "Look at, check and compare the editions of the Methodology."),
    "template": ("fatf_kit.cli.template", "Write a blank workbook to be filled in."),
    "guide": ("fatf_kit.cli.guide", "The framework of one Immediate Outcome, for those who must show it."),
    "carry-forward": ("fatf_kit.cli.carry_forward", "Move the answers of an older workbook into the current edition."),
    "check": ("fatf_kit.cli.check", "Read filled workbooks and list every problem in them."),
    "score": ("fatf_kit.cli.score", "Work out indicative ratings and write the gap report."),
    "outlook": ("fatf_kit.cli.outlook", "Follow-up and referral lines: what the ratings would lead to."),
    "what-if": ("fatf_kit.cli.what_if", "The smallest sets of upgrades that lead to a better outlook."),
    "npo": ("fatf_kit.cli.npo", "The NPO sector: scope, classes and measures from the country's own register."),
    "published": ("fatf_kit.cli.published", "Ratings as published by FATF: list, show, import."),
}
"""Name of a command, the module it lives in (under the same name, with _ for -), and its line in --help."""

EXIT_CODES = """\b
Exit codes:
  0  done
  1  done, but problems were found
  2  the command line is wrong
  3  could not run
"""


class LazyGroup(click.Group):
    """Knows its commands by name and loads one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of the work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command itself; None for a name that is not known."""
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list in --help, without loading a single command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(cls=LazyGroup, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fatf-kit", prog_name="fatf-kit")
def cli() -> None:
    """Get a country ready for its FATF mutual evaluation.

    Every result is indicative. Nothing leaves this machine.
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit. A person never sees a traceback."""
    try:
        code = cli.main(args=args, standalone_mode=False)
    except click.exceptions.Abort:
        _stop("Stopped.", 3)
    except click.UsageError as fault:
        fault.show()
        sys.exit(2)
    except click.ClickException as fault:
        fault.show()
        sys.exit(3)
    except FatfKitError as fault:
        _stop(str(fault), 3)
    except BrokenPipeError:  # the reader of a pipe has gone, as with "| head"
        sys.stderr.close()
        sys.exit(0)
    except (MemoryError, OSError) as fault:
        _stop(f"Could not go on: {fault}", 3)
    sys.exit(code if isinstance(code, int) else 0)


def _stop(message: str, code: int) -> Any:
    click.echo(f"fatf-kit: {message}", err=True)
    sys.exit(code)
