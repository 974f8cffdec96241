"""assessment.xlsx written: settings to edit, agencies and roles, who answers what, and lists to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.assessment.folder.assignment import list_assigned
from fatf_kit.assessment.folder.control_schema import (
    AGENCY_LIST,
    CALENDAR,
    CONTROL_BOOK,
    DAY_CHOICES,
    EDITION_CHOICES,
    FACTS,
    FIELDS,
    HOLIDAYS,
    LANGUAGE_CHOICES,
    LAST_REPORT,
    MATERIALITY_CHOICES,
    ROLE_HOLDERS,
    ROLES,
    SECTORS,
    SUPPORT,
    WEIGHTS,
    make_agency_table,
    make_assignment_table,
)
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.assessment.folder.settings import load_sector_names
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.framework.model import Framework
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.framework.weekends import find_weekend
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import CoverForm, write_cover
from fatf_kit.spreadsheets.schema import TICK, YES_NO, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.spread import fill_spread, find_spread
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import Highlight, RowValues, TableRange, write_lists, write_table

_SPARE_AGENCIES = 20
_TABS = {"people": "#1B4F8A", "lists": "#5B6B79", "dates": "#B7791F"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlStep:
    """A step of the timetable as shown: `usual_day` is None where the visit has no date yet."""

    id: str
    name: str
    usual_day: date | None
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlLists:
    """Lists that the workbook shows and that other parts of the program know.

    `facts` are the questions of the outlook by id; `ratings` the unit and published rating of the last report; `report`
    and `listing` are sentences on that report and on the country's listing, empty where nothing is known.
    """

    facts: Sequence[tuple[str, str]] = ()
    steps: Sequence[ControlStep] = ()
    ratings: Sequence[tuple[str, str]] = ()
    report: str = ""
    listing: str = ""


def render_control(workspace: Workspace, framework: Framework, lists: ControlLists) -> bytes:
    """Return the workbook's bytes in the main language of the folder; `framework` is the edition in that language."""
    settings = workspace.settings
    language = settings.languages[0]
    t = Translator(add_country(language, settings.country))
    writer = BookWriter(t.language, t(settings.notice))
    title = t("Control workbook of the assessment: {country}", country=name_country(settings, language))
    _write_settings(writer, workspace, title, t)
    _write_agencies(writer, workspace, t)
    _write_roles(writer, workspace, t)
    _write_assignment(writer, workspace, framework, t)
    _write_lists(writer, workspace, lists, t)
    choices = (EDITION_CHOICES, LANGUAGE_CHOICES, DAY_CHOICES, MATERIALITY_CHOICES, TICK)
    write_lists(writer, choices)
    facts = {
        "country": settings.country,
        "country name": name_country(settings, language),
        "edition": settings.edition,
        "language": language,
    }
    write_stamp(writer, CONTROL_BOOK, title, facts)
    return writer.finish()


def _write_settings(writer: BookWriter, workspace: Workspace, title: str, t: Translator) -> None:
    settings = workspace.settings
    weekend = settings.weekend or find_weekend(settings.country).names
    values: dict[str, CellValue | None] = {
        "country_name": name_country(settings, writer.language),
        **fill_spread("name", settings.names),
        "edition_id": settings.edition,
        "on_site_from": settings.on_site_from,
        "on_site_to": settings.on_site_to,
        "cut_off": settings.cut_off if settings.cut_off != settings.on_site_to else None,
        "main_language": settings.languages[0],
        "other_languages": t.joined(
            LANGUAGE_CHOICES.label(language, writer.language) for language in settings.languages[1:]
        ),
        "weekend": t.joined(DAY_CHOICES.label(day, writer.language) for day in weekend),
        "policy": settings.policy,
        "notice": settings.notice,
        "return_to": settings.return_to,
        "agency_note": settings.agency_note,
    }
    is_named = bool(settings.names)
    fields = tuple(field for field in FIELDS if is_named or field.role != "name")
    about = (
        (t("Agencies"), t("Write one line for each agency: its names, its contact and the day its answers are due.")),
        (t("Roles"), t("Choose the agency that has each role. The assignment follows the roles.")),
        (t("Assignment"), t("Look at who leads and who supports. Choose another agency where the roles do not fit.")),
        (t("Sectors"), t("Choose how important each sector is in the country, and write the reason.")),
        (t("Weights"), t("Write a weight only where the country's risks require a weight other than the usual one.")),
        (t("Outlook facts"), t("Answer the questions that decide how the country would be treated after the report.")),
        (t("Calendar"), t("Write the dates that the assessors have announced.")),
        (t("Holidays"), t("Write the public holidays.")),
    )
    write_cover(
        writer,
        title,
        t("Fill in white and yellow cells, save the file, and run Update again. Grey cells are for reading only."),
        [(t("Sheets of this workbook"), about)],
        form=CoverForm(t("Settings"), fields, values),
    )


def _write_agencies(writer: BookWriter, workspace: Workspace, t: Translator) -> None:
    rows: list[RowValues] = [
        {
            "id": agency.id,
            **fill_spread("name", agency.names),
            "answers_in": agency.language,
            "contact": agency.contact,
            "sent": agency.sent,
            "due": agency.due,
            "source": agency.source,
            "written_name": agency.name(writer.language),
        }
        for agency in workspace.agencies
    ]
    note = t("Every agency of this list can be chosen on the sheets Roles and Assignment, new ones at once.")
    table = make_agency_table(workspace.settings.languages)
    place = _write_list(writer, table, t("Agencies"), (note,), rows, tab="people", freeze=2, spare=_SPARE_AGENCIES)
    main = find_spread(table.columns, "name")[workspace.settings.languages[0]]
    _define_agency_list(writer, place, table.columns.index(main))


def _define_agency_list(writer: BookWriter, agencies: TableRange, column: int) -> None:
    """Define the names in the main language as the list behind drop-downs.

    It ends with the last name, so that it grows with what people add and loses none below a cleared row.
    """
    from xlsxwriter.utility import xl_range_abs

    sheet = agencies.sheet.title.replace("'", "''")
    first = xl_range_abs(agencies.first, column, agencies.first, column)
    names = f"'{sheet}'!{xl_range_abs(agencies.first, column, agencies.last, column)}"
    last = f'SUMPRODUCT(MAX(({names}<>"")*(ROW({names})-{agencies.first})))'
    writer.book.define_name(AGENCY_LIST, f"=OFFSET('{sheet}'!{first},0,0,MAX(1,{last}),1)")


def _write_roles(writer: BookWriter, workspace: Workspace, t: Translator) -> None:
    named = group_pairs((role, agency.name(writer.language)) for agency in workspace.agencies for role in agency.roles)
    rows: list[RowValues] = [
        {
            "role": role.id,
            "role_name": role.name,
            "role_duty": role.duty,
            **dict(zip(ROLE_HOLDERS, named.get(role.id, ()), strict=False)),
        }
        for role in load_vocabulary(writer.language).roles.values()
    ]
    empty = Highlight("ISBLANK({has_role})", "state blocked", ("has_role",))
    note = t("Roles without an agency are coloured: their requirements have no lead.")
    _write_list(writer, ROLES, t("Roles"), (note,), rows, tab="people", highlights=(empty,))


def _write_assignment(writer: BookWriter, workspace: Workspace, framework: Framework, t: Translator) -> None:
    table = make_assignment_table(workspace.agencies, writer.language)
    tops = {top.id: top.statement for top in list_assigned(framework)}
    units = {unit.id: unit.title for unit in framework.units}
    duties = workspace.assignment.duties
    rows: list[RowValues] = []
    for name in (*(one for one in duties if one not in tops), *tops):
        duty = workspace.assignment.duty(name)
        lead = workspace.agency_name(duty.lead, writer.language) if duty.lead else ""
        rows.append(
            {
                "requirement": name,
                "requirement_text": tops.get(name) or units.get(name, ""),
                "lead": lead,
                **{f"{SUPPORT}{agency}": "yes" for agency in duty.supporting},
                "written_lead": duty.lead or "",
                "written_lead_name": lead,
                "written_supporting": " ".join(duty.supporting),
                "is_lead_chosen": "yes" if duty.is_lead_chosen else "",
                "is_supporting_chosen": "yes" if duty.is_supporting_chosen else "",
            }
        )
    marks = (
        Highlight("ISBLANK({lead})", "state blocked", ("lead",)),
        Highlight('OR({is_lead_chosen}="yes",{lead}<>{written_lead_name})', "answered", ("lead",)),
    )
    notes = (
        t("The lead agency rates the requirement. A tick means that an agency supports: it adds what it knows."),
        t("Cells that you change stay as you choose them. All others follow the sheet Roles."),
    )
    _write_list(writer, table, t("Assignment"), notes, rows, tab="people", freeze=3, lines=1, highlights=marks)


def _write_lists(writer: BookWriter, workspace: Workspace, lists: ControlLists, t: Translator) -> None:
    settings = workspace.settings
    sectors = {one.id: one for one in settings.sectors}
    rows: list[RowValues] = []
    for name, text in load_sector_names().items():
        known = sectors.get(name)
        chosen = {"materiality": str(known.materiality), "materiality_reason": known.reason} if known else {}
        rows.append({"sector": name, "sector_name": t(text), **chosen})
    note = t("The assessors look most at the sectors of high materiality.")
    _write_list(writer, SECTORS, t("Sectors"), (note,), rows)
    weights: list[RowValues] = [
        {"weighted": one.requirement, "weight": one.weight, "weight_reason": one.reason} for one in settings.weights
    ]
    note = t("The weight is how much a criterion or core issue counts within its rating. Each change needs a reason.")
    _write_list(writer, WEIGHTS, t("Weights"), (note,), weights, spare=40)
    facts: list[RowValues] = [
        {"fact": name, "fact_question": t(question), "fact_answer": _write_fact(settings.facts.get(name), t.language)}
        for name, question in lists.facts
    ]
    note = t("An answer that is not known stays blank: the outlook then shows both possibilities.")
    _write_list(writer, FACTS, t("Outlook facts"), (note,), facts)
    steps: list[RowValues] = [
        {
            "step": one.id,
            "step_name": t(one.name),
            "usual_day": one.usual_day,
            "confidence": t(one.confidence),
            "own_day": settings.dates.get(one.id),
        }
        for one in lists.steps
    ]
    note = t("Usual dates are counted from the on-site visit. An own date replaces the usual one.")
    _write_list(writer, CALENDAR, t("Calendar"), (note,), steps, tab="dates")
    holidays: list[RowValues] = [
        {"holiday": name, "holiday_day": day} for day, name in sorted(settings.holidays.items())
    ]
    note = t("No step of the plan or the calendar falls on these days.")
    _write_list(writer, HOLIDAYS, t("Holidays"), (note,), holidays, tab="dates", spare=60)
    if lists.ratings:
        ratings: list[RowValues] = [{"rated_unit": unit, "published_rating": rating} for unit, rating in lists.ratings]
        note = " ".join(filter(None, (lists.report, lists.listing)))
        _write_list(writer, LAST_REPORT, t("Last report"), (note,), ratings)


def _write_fact(value: str | float | bool | None, language: str) -> CellValue | None:
    if isinstance(value, bool):
        return label(YES_NO, "yes" if value else "no", language)
    return value


def _write_list(
    writer: BookWriter,
    table: SheetTable,
    title: str,
    notes: Sequence[str],
    rows: Sequence[RowValues],
    *,
    tab: str = "lists",
    spare: int = 0,
    freeze: int = 0,
    lines: int = 2,
    highlights: Sequence[Highlight] = (),
) -> TableRange:
    """Write a sheet with its title and notes over the rows; the first column that is seen stays in sight."""
    return write_table(
        writer,
        title,
        table,
        rows,
        tab=_TABS[tab],
        above=(title, *notes),
        freeze=freeze or 1 + table.columns[0].hidden,
        spare=spare,
        lines=lines,
        highlights=highlights,
    )
