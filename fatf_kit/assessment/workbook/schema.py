"""The workbook of answers, declared: what agencies answer for each requirement, their evidence, the cover."""

from __future__ import annotations

import re

from fatf_kit.core.languages import clean
from fatf_kit.framework.requirement_ids import list_all_ids
from fatf_kit.spreadsheets.schema import TICK, BookSchema, CellKind, CoverField, SheetColumn, SheetTable, scale_choices

CRITERIA = scale_choices("criterion_ratings", "criterion")
ACHIEVEMENTS = scale_choices("achievement_ratings", "achievement")
LEVELS = scale_choices("confidentiality_levels", "confidentiality")
EVIDENCE_KINDS = scale_choices("evidence_kinds", "evidence_kind", unknown="evidence-kind-unknown")

SCALES = {"criterion": CRITERIA, "achievement": ACHIEVEMENTS}
"""The list of ratings by the scale of a row."""

LISTS = (CRITERIA, ACHIEVEMENTS, LEVELS, EVIDENCE_KINDS, TICK)
"""Every list behind a drop-down."""

REQUIREMENTS = SheetTable(
    name="requirements",
    ids=list_all_ids,
    in_problems=True,
    columns=(
        SheetColumn("id", "column.id", kind=CellKind.ID, width=16),
        SheetColumn("requirement", "column.requirement", kind=CellKind.PRINTED, width=44),
        SheetColumn("rating", "column.rating", width=13, style="rating"),
        SheetColumn("explanation", "column.explanation", width=38),
        SheetColumn("citation", "column.citation", width=20),
        SheetColumn("in_force_from", "column.in_force_from", kind=CellKind.DATE, width=11),
        SheetColumn("evidence", "column.evidence", kind=CellKind.IDS, width=12),
        SheetColumn("missing", "column.missing", width=25),
        SheetColumn("action", "column.action", width=23),
        SheetColumn("action_due", "column.action_due", kind=CellKind.DATE, width=11),
        SheetColumn("confidentiality", "column.confidentiality", kind=CellKind.CHOICE, choices=LEVELS, width=14.5),
    ),
)
"""One row for each requirement, on a sheet for each Recommendation and outcome; the scale of a rating is its row's."""

CONTRIBUTIONS = SheetTable(
    name="contributions",
    ids=list_all_ids,
    in_problems=True,
    columns=(
        *(REQUIREMENTS.by_key[key] for key in ("id", "requirement")),
        SheetColumn("explanation", "column.known", width=44, prompt="known"),
        *(REQUIREMENTS.by_key[key] for key in ("citation", "in_force_from", "evidence")),
        SheetColumn("rating", "column.rating_if_different", width=15, style="rating", prompt="rating_if_different"),
        SheetColumn("nothing_to_add", "column.nothing_to_add", kind=CellKind.CHOICE, choices=TICK, width=12),
        REQUIREMENTS.by_key["confidentiality"],
    ),
)
"""One row for each requirement that another agency leads on: what the supporting agency knows of it.

A rating is asked only where it differs from the lead's, and parts of a criterion are not asked.
"""

REGISTER = SheetTable(
    name="register",
    is_sure=False,
    columns=(
        SheetColumn("id", "register.id", kind=CellKind.ID, width=16, style="short text"),
        SheetColumn("kind", "register.kind", kind=CellKind.CHOICE, choices=EVIDENCE_KINDS, width=22),
        SheetColumn("title", "register.title", width=52),
        SheetColumn("article", "register.article", width=22),
        SheetColumn("in_force_from", "register.in_force_from", kind=CellKind.DATE, width=11),
        SheetColumn("link", "register.link", kind=CellKind.LINK, width=34),
        SheetColumn("holder", "register.holder", width=26),
    ),
)
"""The evidence register."""

COVER = (
    CoverField("country", "cover.country"),
    CoverField("agency", "cover.agency"),
    CoverField("edition", "cover.edition", kind=CellKind.PRINTED),
    CoverField("cut_off", "cover.cut_off", kind=CellKind.DATE, prompt="cut_off"),
    CoverField("contact", "cover.contact"),
)

_REQUIREMENT_ID = re.compile(r"(R|IO)\.\d{1,2}/\d{1,2}\.\d{1,2}\w*(\(\w+\))*(#\d+)?", re.IGNORECASE)
_LONGEST_ID = 30


def is_requirement_id(text: str) -> bool:
    """Return whether a text looks like the id of a requirement.

    >>> is_requirement_id(" r.10/10.7(b)"), is_requirement_id("R.10")
    (True, False)
    """
    return len(text) < _LONGEST_ID and _REQUIREMENT_ID.fullmatch(clean(text)) is not None


ANSWERS = BookSchema(
    kind="answers",
    what="a workbook of answers",
    command="fatf-kit template",
    tables=(REQUIREMENTS, CONTRIBUTIONS, REGISTER),
    fields=COVER,
    is_id=is_requirement_id,
)
