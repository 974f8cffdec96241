"""`fatf-kit action-plan needs`: costs and assistance, for the coordinator or for one partner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli import options, output, steps

if TYPE_CHECKING:
    from fatf_kit.action_plan.needs.matrix import NeedMatrix
    from fatf_kit.core.messages import Translator


@click.command("needs", epilog=output.EXITS)
@options.input_paths("[DIR]")
@click.option(
    "--partner",
    type=options.PLAIN_TEXT,
    metavar="NAME",
    help="Partner whose copy is written; 'open' for the open needs alone.  [default: the matrix of all needs]",
)
@click.option(
    "--ratings",
    "is_scored",
    is_flag=True,
    help="Score the answers of the folder too, and count the ratings that would rise.",
)
@options.date_option("--today", text="Day for which priorities are counted.  [default: today]")
@options.output_file("File to write: .xlsx, .csv, .docx, .html or .pdf.", options.report_endings)
@options.force_language_json
def needs(
    paths: tuple[Path, ...],
    partner: str | None,
    is_scored: bool,
    today: date | None,
    target: Path | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Report the costs of the action plans, the assistance that is needed, and who pays.

    Without a partner it is the coordinator's matrix: all needs with totals, double offers, and what is not known. A
    partner's copy has its own needs and the open ones. Confidential needs, other partners' offers and the country's own
    ratings are not in it. Where a text of a copy names another partner, the file is written, the text is listed, and
    the command ends with 1.
    """
    import fatf_kit

    home = steps.require_folder(paths)
    review = fatf_kit.review_items(home, today=today)
    scored = steps.score_with_progress((home,)) if is_scored else None
    found = fatf_kit.action_plan_needs(
        review, partner=partner, generated_at=steps.current_time(), language=language, scored=scored
    )
    output.print_problems((*review.problems, *found.problems))
    if target is not None:
        steps.write_report_file(found.report, target, inputs=steps.folder_inputs(home), force=force)
    output.print_result(found.report.payload, _lines(found.matrix, output.translator()), as_json=as_json)
    return output.exit_code(found.problems)


def _lines(matrix: NeedMatrix, t: Translator) -> Iterator[str]:
    """Yield the numbers of needs, the sums, and what is not known."""
    from fatf_kit.action_plan.needs.costing import add_up
    from fatf_kit.action_plan.needs.texts import describe_sums, list_unknown, state_width

    counts = (
        (t("open"), matrix.count("open")),
        (t("offered"), matrix.count("offered")),
        (t("agreed or delivered"), matrix.count("agreed") + matrix.count("delivered")),
    )
    numbers = t.listed(t("{name}: {text}", name=name, text=n) for name, n in counts)
    yield t("Needs: {n} ({counts})", n=len(matrix.rows), counts=numbers)
    yield t("{name}: {text}", name=t("Costs"), text=describe_sums(add_up(matrix.lines), t))
    yield from list_unknown(matrix, t)
    if matrix.double_offers and not matrix.partner:
        yield t("Double offers: {n}", n=len(matrix.double_offers))
    yield state_width(t)
