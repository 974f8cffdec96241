"""Whom the bodies within the definition help: counts that describe the sector and are no sign of risk."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.mapping.beneficiary_words import COLUMN
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.counts import CountLine, count_table
from fatf_kit.npo.report.figures import part_of
from fatf_kit.report.model import Block, Paragraph, Tone


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
