"""Tables of what a register counts: a line for each count, with its share of a whole."""

from __future__ import annotations

from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.npo.report.figures import number_column, share_cell
from fatf_kit.report.model import TableCell
from fatf_kit.report.results_table import COUNT, ResultColumn, ResultsTable


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """One count, None where it is hidden, and the whole it is a share of; `is_part` of the line above it."""

    name: str
    count: int | None
    whole: int | None = None
    is_part: bool = False


def count_table(key: str, title: str, what: str, t: Translator, *, with_share: bool = True) -> ResultsTable[CountLine]:
    """Return the table; `what` is the heading of the names."""
    shares = ResultColumn[CountLine]("share", t("Share"), lambda line: _share(line, t), COUNT, page=2)
    return ResultsTable[CountLine](
        key,
        title,
        (
            ResultColumn("what", what, lambda line: line.name, sheet=48, page=6, cell=_name),
            number_column("bodies", t("Bodies"), lambda line: line.count, t, sheet=14, page=2),
            *([shares] if with_share else []),
        ),
    )


def _name(line: CountLine) -> TableCell:
    return TableCell(text="", detail=line.name) if line.is_part else TableCell(text=line.name)


def _share(line: CountLine, t: Translator) -> TableCell:
    return TableCell(text="") if line.whole is None else share_cell(line.count, line.whole, t)
