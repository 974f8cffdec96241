"""The workbook of the register of laws, declared: six sheets that one person keeps."""

from __future__ import annotations

import re
from typing import Any

from fatf_kit.assessment.workbook.schema import CRITERIA
from fatf_kit.core.languages import list_labels, normalise
from fatf_kit.laws.model import REGISTER_KINDS, BillStage, EntryState, InstrumentStatus, LinkScope, SpellingState
from fatf_kit.spreadsheets.schema import (
    BookSchema,
    CellKind,
    Choices,
    SheetColumn,
    SheetTable,
    make_numbered_table,
    message_choices,
)
from fatf_kit.spreadsheets.spread import spread_languages

_CHOICE, _DATE, _ID = CellKind.CHOICE, CellKind.DATE, CellKind.ID


def _kind_labels(language: str) -> dict[str, str]:
    labels = list_labels("evidence_kind", language)
    return {kind: labels[kind] for kind in REGISTER_KINDS}


KINDS = Choices("law_kinds", _kind_labels, unknown="evidence-kind-unknown")
STATUSES = message_choices("law_statuses", lambda: InstrumentStatus)
STAGES = message_choices(
    "law_stages",
    lambda: BillStage,
    earlier={"لدى الحكومة": BillStage.GOVERNMENT, "لدى البرلمان": BillStage.PARLIAMENT},
)
ENTRIES = message_choices("law_entries", lambda: EntryState)
SCOPES = message_choices("law_scopes", lambda: LinkScope)
STATES = message_choices("law_spellings", lambda: SpellingState)

LISTS = (KINDS, STATUSES, STAGES, ENTRIES, SCOPES, STATES, CRITERIA)
"""Every list behind a drop-down."""

_RATING: dict[str, Any] = {"kind": _CHOICE, "style": "rating"}
_ENTRY = SheetColumn("entry", "Entry", choices=ENTRIES, width=12, **_RATING)
_REQUIREMENT = SheetColumn("requirement", "Criterion or part", width=18, style="short text")
_NOTE = SheetColumn("note", "Notes", width=48, multiline=True)
_CITED = SheetColumn("cited_in", "Cited in", width=34, folded=True, multiline=True)

INSTRUMENTS = SheetTable(
    name="instruments",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn("id", "No.", kind=_ID, width=9),
        *spread_languages(SheetColumn("title", "Title in {language}", width=30)),
        SheetColumn("kind", "Kind", kind=_CHOICE, choices=KINDS, width=18),
        SheetColumn("kind_word", "The country's own word for the kind", width=18, folded=True),
        SheetColumn("number", "Official number", width=11, style="short text"),
        SheetColumn("year", "Year", kind=CellKind.COUNT, width=8),
        SheetColumn("day", "Date of the instrument", kind=_DATE, width=13, folded=True),
        SheetColumn("issuer", "Issued by", width=24),
        SheetColumn("status", "Status", choices=STATUSES, width=13, **_RATING),
        SheetColumn("in_force_from", "In force from", kind=_DATE, width=13),
        SheetColumn("in_force_until", "In force until", kind=_DATE, width=13),
        SheetColumn("expected", "Expected in force from", kind=_DATE, width=13),
        SheetColumn("stage", "Present stage of a bill", kind=_CHOICE, choices=STAGES, width=18),
        SheetColumn("stage_due", "Stage complete by", kind=_DATE, width=13),
        SheetColumn("amends", "Amends", kind=CellKind.IDS, width=12, style="ids"),
        SheetColumn("made_under", "Made under", kind=CellKind.IDS, width=12, style="ids", optional=True),
        SheetColumn("link", "Link", kind=CellKind.LINK, width=30, folded=True),
        SheetColumn("file", "File", width=22, folded=True),
        _ENTRY,
        SheetColumn("note", "Notes", width=34, folded=True, multiline=True),
        _CITED,
    ),
)
"""One row for each instrument. A row without a title is not an instrument. Folded columns are not printed."""

PROVISIONS = SheetTable(
    name="provisions",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn("provision", "Provision", kind=_ID, width=24, style="short text"),
        SheetColumn("heading", "Heading of the article", width=36),
        SheetColumn("summary", "Summary in your own words", width=60, multiline=True),
        SheetColumn("in_force_from", "In force from", kind=_DATE, width=13),
        SheetColumn("in_force_until", "In force until", kind=_DATE, width=13),
        _ENTRY,
    ),
)
"""One row for each provision, named by its instrument and article, like "L-003 art. 12"."""

LINKS = make_numbered_table(
    "links",
    SheetColumn("provision", "Provision", width=24, style="short text"),
    _REQUIREMENT,
    SheetColumn("scope", "Covers all or a part", kind=_CHOICE, choices=SCOPES, width=14),
    _NOTE,
    _ENTRY,
)
"""One row for each criterion or part that a provision shows."""

TRANSLATIONS = make_numbered_table(
    "translations",
    SheetColumn("source", "Instrument or provision", width=24, style="short text"),
    SheetColumn("language", "Language", width=14, style="short text"),
    SheetColumn("translator", "Translated by", width=24),
    SheetColumn("text_as_of", "Text as in force on", kind=_DATE, width=13),
    SheetColumn("made_on", "Translated on", kind=_DATE, width=13),
    SheetColumn("due", "Due", kind=_DATE, width=13),
    SheetColumn("checked_by", "Checked by", width=24),
    SheetColumn("file", "File", width=26),
)
"""One row for each translation that exists or is ordered."""

BILLS = make_numbered_table(
    "bills",
    SheetColumn("clause", "Bill and clause", width=24, style="short text"),
    _REQUIREMENT,
    SheetColumn("rating", "Answer with the clause", choices=CRITERIA, width=16, **_RATING),
    _NOTE,
)
"""One row for each criterion or part that a clause of a bill would change."""

SPELLINGS = make_numbered_table(
    "spellings",
    SheetColumn("spelling", "Citation as typed", width=52),
    SheetColumn("instrument", "Instrument", width=12, style="short text"),
    SheetColumn("state", "Decision", choices=STATES, width=14, **_RATING),
    _CITED,
)
"""One row for each typed citation that may mean an instrument."""

STATUSES_MARK = "fatf-kit:law-statuses"
"""Marks the hidden sheet with the status of each instrument when fatf-kit last wrote the workbook."""

_ID_FORM = re.compile(r"L-\d{3,5}\b", re.IGNORECASE)


def find_instrument_id(text: str) -> str:
    """Return the id of an instrument with which a text begins; empty where it begins with none.

    >>> find_instrument_id("l-003 art. 12"), find_instrument_id("Law 39 of 2015")
    ('L-003', '')
    """
    found = _ID_FORM.match(normalise(text))
    return found[0].upper() if found else ""


LAWS = BookSchema(
    kind="laws",
    what="a register of laws",
    command="fatf-kit laws propose",
    tables=(INSTRUMENTS, PROVISIONS, LINKS, TRANSLATIONS, BILLS, SPELLINGS),
    hidden=(STATUSES_MARK,),
)
