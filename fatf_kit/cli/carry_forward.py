"""`fatf-kit carry-forward`: the answers of an older workbook in a workbook of the current edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli.output import (
    EXITS,
    ReadPath,
    exit_code,
    force_option,
    json_option,
    language_option,
    print_json,
    print_message,
    print_problems,
    translator,
)
from fatf_kit.core.resources import CURRENT_EDITION

if TYPE_CHECKING:
    from fatf_kit.assessment.answers.carry_forward import CarryForwardResult


@click.command("carry-forward", epilog=EXITS)
@click.argument("path", metavar="FILE", type=ReadPath())
@click.option("--to", default=CURRENT_EDITION, show_default=True, help="Edition to carry the answers to.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@click.option("--edition", help="Edition of the filled workbook; taken from it if left out.")
@force_option
@language_option
@json_option
def carry_forward(
    path: Path, to: str, output: Path, edition: str | None, force: bool, language: str, as_json: bool
) -> int:
    """Move the answers of a filled workbook of an older edition into a workbook of a newer one.

    The newer workbook marks what changed and has to be reviewed, and keeps what is no longer asked on its own sheet.
    """
    import fatf_kit

    carried, problems = fatf_kit.carry_forward(path, to, output, language=language, edition=edition, force=force)
    print_problems(problems)
    if as_json:
        print_json(_document(carried))
    else:
        for line in _show_carried(carried):
            click.echo(line)
    print_message("Written: {path}", path=output)
    return exit_code(problems)


def _document(carried: CarryForwardResult) -> dict[str, Any]:
    return {
        "schema": "fatf-kit/carry-forward/1",
        "from": carried.old,
        "to": carried.new,
        "counts": carried.counts,
        "left": carried.left,
        "requirements": [
            {"id": one.requirement, "status": one.status, "from": one.sources, "what_changed": one.what_changed}
            for one in carried.requirements
        ],
        "kept": [{"id": kept.answer.requirement, "because": kept.because} for kept in carried.kept],
    }


def _show_carried(carried: CarryForwardResult) -> Iterator[str]:
    """How many answers were taken over in which way, and what is left to do."""
    from fatf_kit.assessment.workbook.carried_sheets import CarryStatus

    t = translator()
    for status, meaning in (
        (CarryStatus.UNCHANGED, t("unchanged: the answer was taken over")),
        (CarryStatus.RENUMBERED, t("renumbered: the answer was taken over under its new number")),
        (CarryStatus.TO_REVIEW, t("to review: the answer is there, the requirement changed")),
        (CarryStatus.NEW, t("new: not asked before")),
        (CarryStatus.UNANSWERED, t("not answered before")),
    ):
        yield f"{carried.counts[status]:>5}  {meaning}"
    kept = t("answers kept on a sheet of their own: no longer asked, or too long")
    yield f"{len(carried.kept):>5}  {kept}"
    yield t("Left to do: {left} of {all} requirements.", left=carried.left, all=len(carried.requirements))
