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
from fatf_kit.npo.report.disclosure import shown_beneficiaries, shown_reasons
from fatf_kit.npo.report.figures import class_cell, number_column, share_cell
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.scales import RiskClass
from fatf_kit.report.model import Block, DocumentTable, TableCell
from fatf_kit.report.results_table import COUNT, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_note


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """One count, None where it is hidden, and the whole it is a share of; `is_part` of the line above it.

    A line on a class of risk has the money of the class, None where it is hidden.
    """

    name: str
    count: int | None
    whole: int | None = None
    is_part: bool = False
    risk_class: RiskClass | None = None
    money: int | None = None


def count_table(
    key: str,
    title: str,
    what: str,
    t: Translator,
    *,
    with_share: bool = True,
    what_key: str = "what",
    sheet: int = 48,
    page: int = 6,
) -> ResultsTable[CountLine]:
    """Return the table; `what` is the heading of the names, `what_key`, `sheet` and `page` key and widths of it."""

    def name(line: CountLine) -> TableCell:
        if line.risk_class:
            return class_cell(line.risk_class, t)
        return TableCell(text="", detail=line.name) if line.is_part else TableCell(text=line.name)

    def share(line: CountLine) -> TableCell:
        return TableCell(text="") if line.whole is None else share_cell(line.count, line.whole, t)

    shares = ResultColumn("share", t("Share"), share, COUNT, page=2)
    return ResultsTable[CountLine](
        key,
        title,
        (
            ResultColumn(what_key, what, lambda line: line.name, sheet=sheet, page=page, cell=name),
            number_column("bodies", t("Bodies"), lambda line: line.count, t, sheet=14, page=2),
            *([shares] if with_share else []),
        ),
    )


def register_lines(sector: SectorResult, names: Names, t: Translator) -> Iterator[CountLine]:
    """Yield every count of the register, for the sheet of counts."""
    register = sector.register
    for name, count in (
        (t("registered"), register.registered),
        (t("active"), register.active),
        (t("Within the definition"), register.in_scope),
        (t("Outside the definition"), register.out_of_scope),
        (t("Undetermined"), register.undetermined),
        (t("All rows below the headings"), register.rows),
        (t("Rows classified"), register.registered),
        (t("Rows rejected"), register.rejected),
        *((t("Rows rejected: {reason}", reason=t(part.code)), part.count) for part in register.rejected_reasons),
        (t("Blank rows"), register.blank),
        *((names.reason(code), count) for code, count in shown_reasons(register.out_reasons)),
        *((names.reason(code), count) for code, count in shown_reasons(register.undetermined_reasons)),
        *(
            (t("Beneficiaries: {group}", group=_group_name(code, t)), count)
            for code, count in shown_beneficiaries(sector)
        ),
    ):
        yield CountLine(name=name, count=count)


_Line = tuple[str, int, str]
"""A kind of rows, their number, and the reasons where they are rejected."""


def rows_table(register: RegisterSummary, t: Translator) -> DocumentTable:
    """Return the rows of the file below its headings, as a table that adds up; reasons where rows are rejected."""
    why = t.points(
        t("{reason}: {n}", reason=t(part.code), n=t.number(part.count)) for part in register.rejected_reasons
    )
    lines = [
        (t("Rows classified"), register.registered, ""),
        (t("Rows rejected"), register.rejected, why),
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


def _group_name(code: str, t: Translator) -> str:
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
        CountLine(name=_group_name(code, t), count=count, whole=whole) for code, count in shown_beneficiaries(sector)
    )
    yield make_note(
        t(
            "A body may help several groups, so the counts do not add up. They describe the sector and are never "
            "scored. Groups by faith, descent, origin or opinion are left out."
        )
    )
