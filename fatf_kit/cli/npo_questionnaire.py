"""`fatf-kit npo questionnaire`: the questions to the bodies to ask first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli.output import (
    DONE,
    EXITS,
    STOPPED,
    DayType,
    ReadPath,
    force_option,
    language_option,
    print_message,
    print_problems,
    translator,
)

_FILE = ReadPath(dir_okay=False)


@click.command(name="questionnaire", epilog=EXITS)
@click.argument("register", type=_FILE)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write to."
)
@click.option("--map", "mapping", type=_FILE, help="Mapping of the register's own columns, JSON.")
@click.option("--settings", type=_FILE, help="Places, thresholds, national factors, overrides, JSON.")
@click.option("--answers", type=_FILE, multiple=True, help="Questionnaire filled before; whom it settles is not asked.")
@click.option("--languages", default="", help="Languages of the workbooks, with commas; that of --lang if left out.")
@click.option("--sample", type=click.IntRange(min=1), help="How many to draw at random of those not asked anyway.")
@click.option("--all", "everybody", is_flag=True, help="Ask the whole group, however large.")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the draw; the same seed draws the same bodies.")
@click.option("--as-of", type=DayType(), help="Day on which ages and lists of places are judged; today if left out.")
@force_option
@language_option
def questionnaire(
    register: Path,
    output: Path,
    mapping: Path | None,
    settings: Path | None,
    answers: tuple[Path, ...],
    languages: str,
    sample: int | None,
    everybody: bool,
    seed: int | None,
    as_of: date | None,
    force: bool,
    language: str,
) -> int:
    """Write a short workbook with questions to the bodies to ask first, those without a class but with exposure.

    'npo classify --answers' reads it back, filled. It names bodies by their number and is restricted.
    """
    from fatf_kit.npo.register import RegisterRefusedError
    from fatf_kit.npo.run import npo_questionnaire

    chosen = tuple(name.strip() for name in languages.split(",") if name.strip()) or (language,)
    try:
        selection, written = npo_questionnaire(
            register,
            output,
            mapping=mapping,
            settings=settings,
            answers=answers,
            languages=chosen,
            sample=sample,
            everybody=everybody,
            seed=seed,
            as_of=as_of,
            force=force,
        )
    except RegisterRefusedError as fault:
        print_problems(fault.problems)
        return STOPPED
    t = translator()
    if not selection.bodies:
        print_message("There is nobody to ask: no body without a class has a known feature of exposure.")
        return DONE
    print_message("Bodies to ask first: {group}. Asked: {asked}.", group=selection.group, asked=len(selection.bodies))
    if selection.drawn is not None and selection.margin is not None:
        print_message(
            "{drawn} of them are drawn at random from {rest} (seed {seed}); a share found among them is off by at most "
            "{margin} percentage points (95 per cent confidence).",
            drawn=selection.drawn,
            rest=t.number(selection.rest),
            seed=selection.seed,
            margin=t.number(round(100 * selection.margin, 1)),
        )
    for path in written:
        print_message("Written: {path}", path=path)
    return DONE
