"""assessment.xlsx, declared: the settings of an assessment, its agencies, and who answers what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fatf_kit.assessment.folder.model import Agency, Materiality
from fatf_kit.assessment.folder.settings import load_sector_names
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.messages import Translator, name_language
from fatf_kit.core.national_words import base_language
from fatf_kit.framework.loader import list_editions
from fatf_kit.framework.requirement_ids import list_all_ids
from fatf_kit.framework.vocabulary import load_vocabulary
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
from fatf_kit.spreadsheets.spread import find_spread, spread_languages

AGENCY_LIST = "agency_names"
"""The defined name of the names on the sheet of agencies, behind every drop-down that offers them."""

SUPPORT = "support:"
"""The beginning of the key of a supporting column of the assignment; the id of its agency follows."""

LANGUAGE_CHOICES = Choices("languages", lambda language: {code: name_language(code, language) for code in LANGUAGES})
EDITION_CHOICES = Choices("editions", lambda _: {one: one for one in list_editions()})
DAY_CHOICES = Choices(
    "week_days", lambda language: {day: Translator(language).weekday(number) for number, day in enumerate(DAYS)}
)
MATERIALITY_CHOICES = message_choices("materiality", lambda: Materiality)

_PRINTED = CellKind.PRINTED


def _as_written(key: str) -> SheetColumn:
    """Return a hidden column with the written value; its heading is not a key, so that heads can be distinguished."""
    return SheetColumn(key, f"[{key}]", kind=_PRINTED, kept=True, hidden=True, optional=True, style="key")


FIELDS = (
    CoverField("country_name", "Country"),
    *spread_languages(CoverField("name", "Name of the country in {language}")),
    CoverField("edition_id", "Edition of the Methodology", kind=CellKind.CHOICE, choices=EDITION_CHOICES),
    CoverField("on_site_from", "First day of the on-site visit", kind=CellKind.DATE),
    CoverField("on_site_to", "Last day of the on-site visit", kind=CellKind.DATE),
    CoverField("cut_off", "Cut-off date, if it is not the last day of the visit", kind=CellKind.DATE),
    CoverField("main_language", "Main language", kind=CellKind.CHOICE, choices=LANGUAGE_CHOICES),
    CoverField("other_languages", "Other languages", kind=CellKind.CHOICES, choices=LANGUAGE_CHOICES),
    CoverField("weekend", "Days off in the week", kind=CellKind.CHOICES, choices=DAY_CHOICES),
    CoverField("policy", "Rules for indicative ratings"),
    CoverField("notice", "Notice on every document"),
    CoverField("return_to", "Agencies return workbooks to (office, e-mail)"),
    CoverField("agency_note", "Note to agencies on the cover of workbooks"),
)

AGENCIES = SheetTable(
    name="agencies",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn(
            "id",
            "Short name for files",
            help="Latin letters without spaces. Leave it blank for a new agency.",
            kind=CellKind.ID,
            width=21,
        ),
        *spread_languages(SheetColumn("name", "Name in {language}", width=38)),
        SheetColumn(
            "answers_in", "Language of its workbook", kind=CellKind.CHOICE, choices=LANGUAGE_CHOICES, optional=True
        ),
        SheetColumn("contact", "Contact: name, telephone, e-mail", width=32, optional=True),
        SheetColumn("sent", "Workbook sent on", kind=CellKind.DATE, optional=True),
        SheetColumn("due", "Answers due on", kind=CellKind.DATE, optional=True),
        SheetColumn("source", "Source of a proposed name", kind=_PRINTED, kept=True, width=30, optional=True),
        _as_written("written_name"),
    ),
)
"""The agencies. The column of names in the main language is written first.

The hidden column has the name as it was written, by which other sheets still find an agency that is renamed.
"""

ROLES = SheetTable(
    name="roles",
    unfilled=True,
    ids=lambda: load_vocabulary().roles,
    columns=(
        SheetColumn("role", "[role]", kind=CellKind.ID, hidden=True, style="key"),
        SheetColumn("role_name", "Role", kind=_PRINTED, width=36, style="requirement"),
        SheetColumn("role_duty", "Duty of this role", kind=_PRINTED, width=60, style="requirement"),
        SheetColumn("has_role", "Agency with this role", width=34, list_from=AGENCY_LIST),
        SheetColumn("has_role_2", "Second agency", width=34, list_from=AGENCY_LIST, optional=True),
        SheetColumn("has_role_3", "Third agency", width=34, list_from=AGENCY_LIST, optional=True),
        SheetColumn("has_role_4", "Fourth agency", width=34, list_from=AGENCY_LIST, optional=True),
        SheetColumn("has_role_5", "Fifth agency", width=34, list_from=AGENCY_LIST, optional=True),
    ),
)
"""The roles, each explained, with the agencies that have it."""

ROLE_HOLDERS = ("has_role", "has_role_2", "has_role_3", "has_role_4", "has_role_5")

ASSIGNMENT = SheetTable(
    name="assignment",
    ids=list_all_ids,
    unfilled=True,
    in_problems=True,
    dynamic=lambda heading: heading if heading.startswith(SUPPORT) else f"{SUPPORT}?{normalise(heading)}",
    dynamic_after="lead",
    columns=(
        SheetColumn("requirement", "Requirement", kind=CellKind.ID, width=12),
        SheetColumn("requirement_text", "Subject", kind=_PRINTED, width=60, style="requirement"),
        SheetColumn("lead", "Lead agency", width=34, list_from=AGENCY_LIST),
        *map(
            _as_written,
            ("written_lead", "written_lead_name", "written_supporting", "is_lead_chosen", "is_supporting_chosen"),
        ),
    ),
)
"""The sheet of lead and supporting agencies. Each agency has a column, in which a tick means that it supports.

The hidden columns say what was written: a cell that still has it follows the roles, unless a person had chosen it.
"""


def make_assignment_table(agencies: Iterable[Agency], language: str) -> SheetTable:
    """Return the table with a column for each agency, as it is written in a language."""
    ticks = tuple(
        SheetColumn(
            f"{SUPPORT}{agency.id}",
            {base_language(language): agency.name(language)},
            kind=CellKind.CHOICE,
            choices=TICK,
            width=13,
        )
        for agency in agencies
    )
    return ASSIGNMENT.spread(ticks)


def make_agency_table(languages: tuple[str, ...]) -> SheetTable:
    """Return the table of agencies with the names in the languages of the country first, its main one before all.

    Names in other languages are folded after them.
    """
    found = find_spread(AGENCIES.columns, "name")
    order = dict.fromkeys((*languages, *found))
    names = (replace(found[language], folded=language not in languages) for language in order)
    rest = (column for column in AGENCIES.columns if column.key != AGENCIES.id and column.role != "name")
    return replace(AGENCIES, columns=(AGENCIES.by_key[AGENCIES.id], *names, *rest))


SECTORS = SheetTable(
    name="sectors",
    ids=load_sector_names,
    unfilled=True,
    columns=(
        SheetColumn("sector", "[sector]", kind=CellKind.ID, hidden=True, style="key"),
        SheetColumn("sector_name", "Sector", kind=_PRINTED, width=44, style="requirement"),
        SheetColumn("materiality", "Materiality", kind=CellKind.CHOICE, choices=MATERIALITY_CHOICES, width=24),
        SheetColumn("materiality_reason", "Reason for the materiality", width=70),
    ),
)

WEIGHTS = SheetTable(
    name="weights",
    columns=(
        SheetColumn("weighted", "Criterion or core issue", kind=CellKind.ID, width=22),
        SheetColumn(
            "weight", "Weight", help="One, two, three or five. Five counts most.", kind=CellKind.WHOLE, width=12
        ),
        SheetColumn("weight_reason", "Reason for the weight", width=80),
    ),
)

FACTS = SheetTable(
    name="facts",
    unfilled=True,
    enough=2,
    columns=(
        SheetColumn("fact", "[fact]", kind=CellKind.ID, hidden=True, style="key"),
        SheetColumn("fact_question", "Question", kind=_PRINTED, width=70, style="requirement"),
        SheetColumn("fact_answer", "Answer: yes, no or a number", width=26, style="list"),
    ),
)

CALENDAR = SheetTable(
    name="calendar",
    unfilled=True,
    columns=(
        SheetColumn("step", "[step]", kind=CellKind.ID, hidden=True, style="key"),
        SheetColumn("step_name", "Step", kind=_PRINTED, width=60, style="requirement"),
        SheetColumn("usual_day", "Usual date", kind=_PRINTED, width=14, style="kept date"),
        SheetColumn("confidence", "Confidence", kind=_PRINTED, width=20),
        SheetColumn("own_day", "Own date", kind=CellKind.DATE, width=14),
    ),
)

HOLIDAYS = SheetTable(
    name="holidays",
    nameless=True,
    enough=2,
    columns=(
        SheetColumn("holiday", "Holiday", width=40),
        SheetColumn("holiday_day", "Day of the holiday", kind=CellKind.DATE, width=18),
    ),
)

LAST_REPORT = SheetTable(
    name="last report",
    enough=2,
    columns=(
        SheetColumn("rated_unit", "Recommendation or outcome", kind=_PRINTED, width=26, style="id"),
        SheetColumn("published_rating", "Published rating", kind=_PRINTED, width=18),
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
