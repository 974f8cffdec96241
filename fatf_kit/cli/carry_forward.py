"""`fatf-kit carry-forward`: the answers of an older workbook in a workbook of the current edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.assessment.answers.carry_forward import CarryForwardResult
from fatf_kit.assessment.answers.carry_payload import make_carried_result
from fatf_kit.assessment.workbook.carried_sheets import CarryStatus
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.framework import list_editions
from fatf_kit.terminal import options, output, writing


@click.command("carry-forward")
@click.argument("path", metavar="FILE", type=options.ReadPath())
@click.option("--to", default=CURRENT_EDITION, show_default=True, help="Edition to which the answers are copied.")
@options.output_file("Workbook to write.  [default: next to FILE, its name with the new edition]")
@options.option("edition", help="Edition of the filled workbook.  [default: the one it names]")
@options.force_language_json
def carry_forward(path: Path, to: str, target: Path | None, **how: Any) -> None:
    """Copy the answers of a filled workbook of an older edition into a workbook of a newer one.

    The new workbook marks the answers to review, because the requirement changed. Answers that are no longer asked for
    are kept on a sheet of their own.

    Example: fatf-kit carry-forward answers-2013.xlsx --to fatf-2022 -o answers-2022.xlsx
    """
    if to not in list_editions():
        raise UnknownIdError("'{found}' is not an edition. Allowed: {names}.", found=to, names=list_editions())
    target = target or path.with_name(f"{path.stem}-{to}.xlsx")
    carried, problems = fatf_kit.carry_forward(path, to, target, **how)
    output.print_problems(problems)
    output.print_result(make_carried_result(carried), _lines(carried))
    writing.print_files(target)


def _lines(carried: CarryForwardResult) -> Iterator[str]:
    """Yield how many answers were taken over in which way, and what is left to do."""
    t = output.translator()
    for status, meaning in (
        (CarryStatus.UNCHANGED, t("unchanged: the answer was copied")),
        (CarryStatus.RENUMBERED, t("renumbered: the answer was copied to the new number")),
        (CarryStatus.TO_REVIEW, t("to review: the answer was copied, but the requirement changed")),
        (CarryStatus.NEW, t("new: the older edition did not ask this")),
        (CarryStatus.UNANSWERED, t("not answered in the older workbook")),
    ):
        yield f"{carried.counts[status]:>5}  {meaning}"
    kept = t("kept on a sheet of their own: no longer asked, or too long")
    yield f"{len(carried.kept):>5}  {kept}"
    yield t(
        "To be answered or reviewed: {left} of {all} requirements.", left=carried.left, all=len(carried.requirements)
    )
