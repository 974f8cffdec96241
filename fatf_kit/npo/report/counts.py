"""Tables of what a register counts: a line for each count, with its share of a whole; rows; beneficiaries.

Rows account for each row of the register: classified, rejected and why, or blank. Beneficiaries describe the sector and
are no sign of risk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.mapping.beneficiary_words import COLUMN
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import RegisterSummary, SectorResult
from fatf_kit.npo.report.disclosure import part_of
from fatf_kit.npo.report.figures import number_column, share_cell
from fatf_kit.report.model import Block, DocumentTable, Paragraph, TableCell, Tone
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


_Line = tuple[str, int, str]
"""A kind of rows, their number, and the reasons where they are rejected."""


def rows_table(register: RegisterSummary, t: Translator) -> DocumentTable:
    """Return the rows of the file below its headings, as a table that adds up; reasons where rows are rejected."""
    lines = [
        (t("Rows classified"), register.registered, ""),
        (t("Rows rejected"), register.rejected, _reasons(register, t)),
        (t("Blank rows"), register.blank, ""),
        (t("All rows below the headings"), register.rows, ""),
    ]
    reasons = (ResultColumn[_Line]("reasons", t("Reasons"), itemgetter(2), page=10),)
    table = ResultsTable[_Line](
        "rows-table",
        t("Rows of the register"),
        (
            ResultColumn("rows", t("Rows"), itemgetter(0), page=8),
            number_column("number", t("Number"), itemgetter(1), t, page=3),
            *(reasons if register.rejected_reasons else ()),
        ),
    )
    return table.in_document(lines)


def _reasons(register: RegisterSummary, t: Translator) -> str:
    return t.points(
        t("{reason}: {n}", reason=t(part.code), n=t.number(part.count)) for part in register.rejected_reasons
    )


def shown_beneficiaries(sector: SectorResult) -> tuple[tuple[str, int | None], ...]:
    """Return the count of each group, None where it or the rest is too small to be shown; "" is not known."""
    return tuple((part.code, part_of(part.count, sector.register.in_scope)) for part in sector.beneficiaries)


def group_name(code: str, t: Translator) -> str:
    """Return a group of beneficiaries in words."""
    names = {entry.code: choose_text(entry.name, t.language) for entry in load_method().columns[COLUMN].codes}
    return names[code] if code else t("not known")


def beneficiaries_blocks(sector: SectorResult, t: Translator) -> Iterator[Block]:
    """Yield the table and what it means; nothing where the register does not have the column."""
    if not sector.beneficiaries:
        return
    whole = sector.register.in_scope
    caption = t("Bodies within the definition by whom they help")
    yield count_table("beneficiaries-table", caption, t("Beneficiaries"), t).in_document(
        CountLine(name=group_name(code, t), count=count, whole=whole) for code, count in shown_beneficiaries(sector)
    )
    yield Paragraph(
        text=t(
            "A body may help several groups, so the counts do not add up. They describe the sector and are never "
            "scored. Groups by faith, descent, origin or opinion are left out."
        ),
        tone=Tone.SMALL,
    )
