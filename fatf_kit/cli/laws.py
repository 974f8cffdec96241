"""`fatf-kit laws`: the register of laws of an assessment folder."""

from __future__ import annotations

import click

from fatf_kit.cli import output
from fatf_kit.cli.laws_bills import what_if, without


@click.group(epilog=output.EXITS)
def laws() -> None:
    """Keep the register of laws, and see what proves what and what a bill would change.

    The register is laws.xlsx in the assessment folder. One person keeps it in Excel. What the answers cite is matched
    with it.
    """


laws.add_command(what_if)
laws.add_command(without)
