"""`fatf-kit carry-forward`: the answers of an older workbook in a workbook of the current edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.assessment.answers.carry_forward import CarryForwardResult
from fatf_kit.cli import options, output, steps
from fatf_kit.core.resources import CURRENT_EDITION

if TYPE_CHECKING:
    from fatf_kit.assessment.answers.carry_forward import CarryForwardResult


@click.command("carry-forward", epilog=output.EXITS)
@click.argument("path", metavar="FILE", type=options.ReadPath())
@click.option("--to", default=CURRENT_EDITION, show_default=True, help="Edition to carry the answers to.")
@options.output_file("File to write.", required=True)
@click.option("--edition", help="Edition of the filled workbook; taken from it if left out.")
@options.force_language_json
def carry_forward(path: Path, to: str, target: Path, as_json: bool, **writing: Any) -> int:
    """Move the answers of a filled workbook of an older edition into a workbook of a newer one.

    The newer workbook marks what changed and has to be reviewed, and keeps what is no longer asked on its own sheet.
    """
    import fatf_kit

    carried, problems = fatf_kit.carry_forward(path, to, target, **writing)
    output.print_problems(problems)
    output.print_result(_document(carried), _lines(carried), as_json=as_json)
    steps.print_files(target)
    return output.exit_code(problems)


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


def _lines(carried: CarryForwardResult) -> Iterator[str]:
    """Yield how many answers were taken over in which way, and what is left to do."""
    from fatf_kit.assessment.workbook.carried_sheets import CarryStatus

    t = output.translator()
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
