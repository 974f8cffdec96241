"""`fatf-kit laws`: the register of laws of an assessment folder."""

from __future__ import annotations

import click

from fatf_kit.cli import output
from fatf_kit.cli.laws_lists import annex, concordance, list_laws


@click.group(epilog=output.EXITS)
def laws() -> None:
    """Keep the register of laws, and see what proves what and what a bill would change.

    The register is laws.xlsx in the assessment folder. One person keeps it in Excel. What the answers cite is matched
    with it.
    """


laws.add_command(list_laws)
laws.add_command(concordance)
laws.add_command(annex)
