"""The workbook of answers, declared: what agencies answer for each requirement, their evidence, the cover."""

from __future__ import annotations

import re

from fatf_kit.core.languages import clean
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Column, Field, Table, scale_choices

CRITERIA = scale_choices("criterion_ratings", "criterion")
ACHIEVEMENTS = scale_choices("achievement_ratings", "achievement")
LEVELS = scale_choices("confidentiality_levels", "confidentiality")
EVIDENCE_KINDS = scale_choices("evidence_kinds", "evidence_kind")

SCALES = {"criterion": CRITERIA, "achievement": ACHIEVEMENTS}
"""The list of ratings by the scale of a row."""

LISTS = (CRITERIA, ACHIEVEMENTS, LEVELS, EVIDENCE_KINDS)
"""Every list behind a drop-down."""

REQUIREMENTS = Table(
    name="requirements",
    in_problems=True,
    columns=(
        Column(key="id", heading="column.id", kind=CellKind.ID, width=16),
        Column(key="requirement", heading="column.requirement", kind=CellKind.PRINTED, width=44),
        Column(key="rating", heading="column.rating", width=13, style="rating"),
        Column(key="explanation", heading="column.explanation", width=38),
        Column(key="citation", heading="column.citation", width=20),
        Column(key="in_force_from", heading="column.in_force_from", kind=CellKind.DATE, width=11),
        Column(key="evidence", heading="column.evidence", kind=CellKind.IDS, width=12),
        Column(key="missing", heading="column.missing", width=25),
        Column(key="action", heading="column.action", width=23),
        Column(key="action_due", heading="column.action_due", kind=CellKind.DATE, width=11),
        Column(
            key="confidentiality", heading="column.confidentiality", kind=CellKind.CHOICE, choices=LEVELS, width=14.5
        ),
    ),
)
"""One row for each requirement, on a sheet for each Recommendation and outcome; the scale of a rating is its row's."""

REGISTER = Table(
    name="register",
    is_sure=False,
    columns=(
        Column(key="id", heading="register.id", kind=CellKind.ID, width=16, style="short text"),
        Column(key="kind", heading="register.kind", kind=CellKind.CHOICE, choices=EVIDENCE_KINDS, width=22),
        Column(key="title", heading="register.title", width=52),
        Column(key="article", heading="register.article", width=22),
        Column(key="in_force_from", heading="register.in_force_from", kind=CellKind.DATE, width=11),
        Column(key="link", heading="register.link", kind=CellKind.LINK, width=34),
        Column(key="holder", heading="register.holder", width=26),
    ),
)
"""The evidence register."""

COVER = (
    Field(key="country", label="cover.country"),
    Field(key="agency", label="cover.agency"),
    Field(key="edition", label="cover.edition", kind=CellKind.PRINTED),
    Field(key="cut_off", label="cover.cut_off", kind=CellKind.DATE, prompt="cut_off"),
    Field(key="contact", label="cover.contact"),
)

_REQUIREMENT_ID = re.compile(r"(R|IO)\.\d{1,2}/\d{1,2}\.\d{1,2}\w*(\(\w+\))*(#\d+)?", re.IGNORECASE)
_LONGEST_ID = 30


def is_requirement_id(text: str) -> bool:
    """Whether a text looks like the id of a requirement.

    >>> is_requirement_id(" r.10/10.7(b)"), is_requirement_id("R.10")
    (True, False)
    """
    return len(text) < _LONGEST_ID and _REQUIREMENT_ID.fullmatch(clean(text)) is not None


ANSWERS = BookSchema(
    kind="answers",
    what="a workbook of answers",
    command="fatf-kit template",
    tables=(REQUIREMENTS, REGISTER),
    fields=COVER,
    is_id=is_requirement_id,
)
