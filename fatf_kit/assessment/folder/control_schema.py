"""assessment.xlsx, declared: the settings of an assessment, its agencies, and who answers what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fatf_kit.assessment.folder.model import Agency, Materiality
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import base_language
from fatf_kit.framework.loader import list_editions
from fatf_kit.framework.weekends import DAYS
from fatf_kit.spreadsheets.schema import (
    TICK,
    BookSchema,
    CellKind,
    Choices,
    CoverField,
    SheetColumn,
    SheetTable,
    message_choices,
)

AGENCY_LIST = "agency_names"
"""The defined name of the names on the sheet of agencies, behind every drop-down that offers them."""

SUPPORT = "support:"
"""The beginning of the key of a supporting column of the assignment; the id of its agency follows."""

LANGUAGE_CHOICES = Choices("languages", lambda language: {one: _name_language(one, language) for one in LANGUAGES})
EDITION_CHOICES = Choices("editions", lambda _: {one: one for one in list_editions()})
DAY_CHOICES = Choices(
    "week_days", lambda language: {day: Translator(language).weekday(number) for number, day in enumerate(DAYS)}
)
MATERIALITY_CHOICES = message_choices("materiality", lambda: Materiality)

_PRINTED = CellKind.PRINTED


def _as_written(key: str) -> SheetColumn:
    """Return a hidden column with the written value; its heading is not a key, so that heads can be distinguished."""
    return SheetColumn(key=key, heading=f"[{key}]", kind=_PRINTED, kept=True, hidden=True, optional=True, style="key")


FIELDS = (
    CoverField(key="country_name", label="Country"),
    CoverField(key="name_en", label="Name of the country in English"),
    CoverField(key="name_ar", label="Name of the country in Arabic"),
    CoverField(key="name_fr", label="Name of the country in French"),
    CoverField(key="edition_id", label="Edition of the Methodology", kind=CellKind.CHOICE, choices=EDITION_CHOICES),
    CoverField(key="on_site_from", label="First day of the on-site visit", kind=CellKind.DATE),
    CoverField(key="on_site_to", label="Last day of the on-site visit", kind=CellKind.DATE),
    CoverField(key="cut_off", label="Cut-off date, if it is not the last day of the visit", kind=CellKind.DATE),
    CoverField(key="main_language", label="Main language", kind=CellKind.CHOICE, choices=LANGUAGE_CHOICES),
    CoverField(key="other_languages", label="Other languages", kind=CellKind.CHOICES, choices=LANGUAGE_CHOICES),
    CoverField(key="weekend", label="Days off in the week", kind=CellKind.CHOICES, choices=DAY_CHOICES),
    CoverField(key="policy", label="Rules for indicative ratings"),
    CoverField(key="notice", label="Notice on every document"),
    CoverField(key="return_to", label="Agencies return workbooks to (office, e-mail)"),
    CoverField(key="agency_note", label="Note to agencies on the cover of workbooks"),
)

AGENCIES = SheetTable(
    name="agencies",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn(
            key="id",
            heading="Short name for files",
            help="Latin letters without spaces. Leave it blank for a new agency.",
            kind=CellKind.ID,
            width=21,
        ),
        SheetColumn(key="name_en", heading="Name in English", width=38),
        SheetColumn(key="name_ar", heading="Name in Arabic", width=38),
        SheetColumn(key="name_fr", heading="Name in French", width=38),
        SheetColumn(
            key="answers_in",
            heading="Language of its workbook",
            kind=CellKind.CHOICE,
            choices=LANGUAGE_CHOICES,
            optional=True,
        ),
        SheetColumn(key="contact", heading="Contact: name, telephone, e-mail", width=32, optional=True),
        SheetColumn(key="sent", heading="Workbook sent on", kind=CellKind.DATE, optional=True),
        SheetColumn(key="due", heading="Answers due on", kind=CellKind.DATE, optional=True),
        SheetColumn(
            key="source", heading="Source of a proposed name", kind=_PRINTED, kept=True, width=30, optional=True
        ),
        _as_written("written_name"),
    ),
)
"""The agencies. The column of names in the main language is written first.

The hidden column has the name as it was written, by which other sheets still find an agency that is renamed.
"""

ROLES = SheetTable(
    name="roles",
    unfilled=True,
    columns=(
        SheetColumn(key="role", heading="[role]", kind=CellKind.ID, hidden=True, style="key"),
        SheetColumn(key="role_name", heading="Role", kind=_PRINTED, width=36, style="requirement"),
        SheetColumn(key="role_duty", heading="Duty of this role", kind=_PRINTED, width=60, style="requirement"),
        SheetColumn(key="has_role", heading="Agency with this role", width=34, list_from=AGENCY_LIST),
        SheetColumn(key="has_role_2", heading="Second agency", width=34, list_from=AGENCY_LIST, optional=True),
        SheetColumn(key="has_role_3", heading="Third agency", width=34, list_from=AGENCY_LIST, optional=True),
        SheetColumn(key="has_role_4", heading="Fourth agency", width=34, list_from=AGENCY_LIST, optional=True),
        SheetColumn(key="has_role_5", heading="Fifth agency", width=34, list_from=AGENCY_LIST, optional=True),
    ),
)
"""The roles, each explained, with the agencies that have it."""

ROLE_HOLDERS = ("has_role", "has_role_2", "has_role_3", "has_role_4", "has_role_5")

ASSIGNMENT = SheetTable(
    name="assignment",
    unfilled=True,
    in_problems=True,
    dynamic=lambda heading: heading if heading.startswith(SUPPORT) else f"{SUPPORT}?{normalise(heading)}",
    columns=(
        SheetColumn(key="requirement", heading="Requirement", kind=CellKind.ID, width=12),
        SheetColumn(key="requirement_text", heading="Subject", kind=_PRINTED, width=60, style="requirement"),
        SheetColumn(key="lead", heading="Lead agency", width=34, list_from=AGENCY_LIST),
        *map(
            _as_written,
            ("written_lead", "written_lead_name", "written_supporting", "is_lead_chosen", "is_supporting_chosen"),
        ),
    ),
)
"""Who leads and who supports. Each agency has a column, in which a tick means that it supports.

The hidden columns say what was written: a cell that still has it follows the roles, unless a person had chosen it.
"""


def _name_language(code: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(base_language(language)).languages[code])


def make_assignment_table(agencies: Iterable[Agency], language: str) -> SheetTable:
    """Return the table with a column for each agency, as it is written in a language."""
    ticks = tuple(
        SheetColumn(
            key=f"{SUPPORT}{agency.id}",
            heading={base_language(language): agency.name(language)},
            kind=CellKind.CHOICE,
            choices=TICK,
            width=13,
        )
        for agency in agencies
    )
    first, hidden = ASSIGNMENT.columns[:3], ASSIGNMENT.columns[3:]
    return replace(ASSIGNMENT, columns=(*first, *ticks, *hidden))


def make_agency_table(languages: tuple[str, ...]) -> SheetTable:
    """Return the table of agencies with the names in the languages of the country first, its main one before all.

    Names in other languages are folded after them.
    """
    order = [f"name_{one}" for one in dict.fromkeys((*languages, *LANGUAGES))]
    names = (replace(AGENCIES.by_key[key], folded=key[-2:] not in languages) for key in order)
    rest = [column for column in AGENCIES.columns[1:] if column.key not in order]
    return replace(AGENCIES, columns=(AGENCIES.columns[0], *names, *rest))


SECTORS = SheetTable(
    name="sectors",
    unfilled=True,
    columns=(
        SheetColumn(key="sector", heading="[sector]", kind=CellKind.ID, hidden=True, style="key"),
        SheetColumn(key="sector_name", heading="Sector", kind=_PRINTED, width=44, style="requirement"),
        SheetColumn(
            key="materiality", heading="Materiality", kind=CellKind.CHOICE, choices=MATERIALITY_CHOICES, width=24
        ),
        SheetColumn(key="materiality_reason", heading="Reason for the materiality", width=70),
    ),
)

WEIGHTS = SheetTable(
    name="weights",
    columns=(
        SheetColumn(key="weighted", heading="Criterion or core issue", kind=CellKind.ID, width=22),
        SheetColumn(
            key="weight",
            heading="Weight",
            help="One, two, three or five. Five counts most.",
            kind=CellKind.WHOLE,
            width=12,
        ),
        SheetColumn(key="weight_reason", heading="Reason for the weight", width=80),
    ),
)

FACTS = SheetTable(
    name="facts",
    unfilled=True,
    enough=2,
    columns=(
        SheetColumn(key="fact", heading="[fact]", kind=CellKind.ID, hidden=True, style="key"),
        SheetColumn(key="fact_question", heading="Question", kind=_PRINTED, width=70, style="requirement"),
        SheetColumn(key="fact_answer", heading="Answer: yes, no or a number", width=26, style="list"),
    ),
)

CALENDAR = SheetTable(
    name="calendar",
    unfilled=True,
    columns=(
        SheetColumn(key="step", heading="[step]", kind=CellKind.ID, hidden=True, style="key"),
        SheetColumn(key="step_name", heading="Step", kind=_PRINTED, width=60, style="requirement"),
        SheetColumn(key="usual_day", heading="Usual date", kind=_PRINTED, width=14, style="kept date"),
        SheetColumn(key="confidence", heading="Confidence", kind=_PRINTED, width=20),
        SheetColumn(key="own_day", heading="Own date", kind=CellKind.DATE, width=14),
    ),
)

HOLIDAYS = SheetTable(
    name="holidays",
    nameless=True,
    enough=2,
    columns=(
        SheetColumn(key="holiday", heading="Holiday", width=40),
        SheetColumn(key="holiday_day", heading="Day of the holiday", kind=CellKind.DATE, width=18),
    ),
)

LAST_REPORT = SheetTable(
    name="last report",
    enough=2,
    columns=(
        SheetColumn(key="rated_unit", heading="Recommendation or outcome", kind=_PRINTED, width=26, style="id"),
        SheetColumn(key="published_rating", heading="Published rating", kind=_PRINTED, width=18),
    ),
)
"""The ratings of the last published report, printed for reference; they are not read back."""

CONTROL_BOOK = BookSchema(
    kind="assessment",
    what="the workbook of an assessment folder",
    command="fatf-kit init",
    tables=(AGENCIES, ROLES, ASSIGNMENT, SECTORS, WEIGHTS, FACTS, CALENDAR, HOLIDAYS),
    fields=FIELDS,
)
