"""The six sheets of the register of laws, which one person keeps."""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.framework import Framework
from fatf_kit.laws.model import ClauseEffect, Instrument, Provision, ProvisionLink, Spelling, Translation
from fatf_kit.spreadsheets.declared_rows import DeclaredRow
from fatf_kit.spreadsheets.declared_sheets import DeclaredSheet


def _check_dates(row: DeclaredRow[Framework], law: Instrument) -> Instrument:
    start, end = law.in_force_from, law.in_force_until
    if start and end and end < start:
        row.report("law-dates", "in_force_until", start=start, end=end)
    return law


def _name_provision(value: Provision | ProvisionLink) -> Mapping[str, str]:
    return {"provision": f"{value.instrument} {value.article}"}


INSTRUMENTS = DeclaredSheet(
    name="instruments",
    row_type=Instrument,
    title="Instruments",
    about="One row for each law, regulation, guideline, treaty or court decision, and for each bill. Give each "
    "a number like L-001. The number never changes.",
    is_nameless=True,
    is_unfilled=True,
    unique=("id",),
    twice="law-twice",
    check=_check_dates,
)
"""One row for each instrument. A row without a title is not an instrument. Folded columns are not printed."""

PROVISIONS = DeclaredSheet(
    name="provisions",
    row_type=Provision,
    title="Provisions",
    about="One row for each article that matters, named by the number of its instrument and the article.",
    is_nameless=True,
    is_unfilled=True,
    unique=("instrument", "article"),
    twice="provision-twice",
    cells=_name_provision,
)
"""One row for each provision, named by its instrument and article, like "L-003 art. 12"."""

LINKS = DeclaredSheet(
    name="links",
    row_type=ProvisionLink,
    title="Links",
    about="Which provision shows which criterion, and whether it covers all or a part of it.",
    cells=_name_provision,
)
"""One row for each criterion or part that a provision shows."""

TRANSLATIONS = DeclaredSheet(
    name="translations",
    row_type=Translation,
    title="Translations",
    about="Which text was translated, as in force on which day. A translation is out of date when the text changes.",
    cells=lambda translation: {"source": f"{translation.instrument} {translation.article}".strip()},
)
"""One row for each translation that exists or is ordered."""

BILLS = DeclaredSheet(
    name="bills",
    row_type=ClauseEffect,
    title="Bills",
    about="The answer that each clause of a bill would give to a criterion.",
    cells=lambda effect: {"clause": f"{effect.bill} {effect.clause}"},
)
"""One row for each criterion or part that a clause of a bill would change."""

SPELLINGS = DeclaredSheet(
    name="spellings",
    row_type=Spelling,
    title="Spellings",
    about="Citations that may mean an instrument. Confirm or reject each one; fatf-kit then knows the same "
    "spelling in every workbook.",
)
"""One row for each typed citation that may mean an instrument."""
