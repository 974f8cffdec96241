"""`fatf-kit npo questionnaire`: the questions to the bodies to ask first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.core.languages import LANGUAGES


@click.command(name="questionnaire", epilog=output.EXITS)
@click.argument("register", type=options.INPUT_FILE)
@options.output_folder("Folder to write to.", default="npo-questionnaire")
@options.input_file("--map", "mapping", text="Mapping of the register's own columns, JSON.")
@options.input_file("--settings", text="File of settings (JSON): places, thresholds, national factors and overrides.")
@options.input_file(
    "--answers",
    text="Questionnaire that was filled in earlier. Bodies that it classifies are not asked again.",
    multiple=True,
)
@options.names_option(
    "--languages",
    known=lambda: LANGUAGES,
    text="Languages of the workbooks, separated by commas. [default: that of --lang]",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    help="Number of bodies to draw at random from those that are not asked in any case.",
)
@click.option("--all", "everybody", is_flag=True, help="Ask the whole group, however large.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    help="Number that starts the random draw; the same number draws the same bodies.",
)
@options.as_of
@options.force_language
def questionnaire(register: Path, target: Path, languages: tuple[str, ...], language: str, **asking: Any) -> int:
    """Write a short workbook with questions to the bodies to ask first: those not yet classified but exposed to risk.

    Once it is filled in, 'npo classify --answers' reads it. It names bodies by their number and is restricted.
    """
    from fatf_kit.npo.functions import npo_questionnaire
    from fatf_kit.npo.register.rows import RegisterRefusedError

    chosen = languages or (language,)
    try:
        selection, written = npo_questionnaire(register, target, languages=chosen, **asking)
    except RegisterRefusedError as fault:
        output.print_problems(fault.problems)
        return output.STOPPED
    if not selection.bodies:
        output.print_message("No body has to be asked, because none without a class has a known feature of exposure.")
        return output.DONE
    asked = len(selection.bodies)
    output.print_message("Bodies to ask first: {group}. Asked: {asked}.", group=selection.group, asked=asked)
    if selection.drawn is not None and selection.margin is not None:
        t = output.translator()
        output.print_message(
            "{drawn} of them are drawn at random from {rest} (seed {seed}); a share found among them is off by at most "
            "{margin} percentage points (95 per cent confidence).",
            drawn=selection.drawn,
            rest=t.number(selection.rest),
            seed=selection.seed,
            margin=t.number(round(100 * selection.margin, 1)),
        )
    steps.print_files(*written)
    return output.DONE
