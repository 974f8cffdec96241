"""One workbook for each agency: only what it is asked, in its language, with who leads and who supports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from fatf_kit.assessment.folder.assignment import requirements_by_agency, split_duties
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import TEMPLATES, Agency, Duty, Workspace
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import Layout, RowPlan, SheetPlan
from fatf_kit.assessment.workbook.schema import CONTRIBUTIONS
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.national_words import add_country, base_language
from fatf_kit.framework.catalog import get_enclosing_id, suggest
from fatf_kit.framework.loader import load_framework
from fatf_kit.published.model import PublishedReport
from fatf_kit.spreadsheets.covers import ReturnTerms
from fatf_kit.spreadsheets.words import format_ids, load_words

_NO_ANSWERS: Mapping[str, Collection[str]] = MappingProxyType({})
_CONTRIBUTED = frozenset(CONTRIBUTIONS.by_key)


def find_agency(workspace: Workspace, agency: str) -> Agency:
    """Return an agency of the folder by its id.

    Raises:
        UnknownIdError: no such agency; the message proposes a near one.
    """
    known = workspace.by_id
    if agency in known:
        return known[agency]
    near = suggest(agency, known)
    if near:
        raise UnknownIdError(
            "'{found}' is not an agency of this folder. Did you mean '{name}'?", found=agency, name=near
        )
    raise UnknownIdError(
        "'{found}' is not an agency of this folder. Allowed: {names}.", found=agency, names=tuple(known)
    )


def locate_template(workspace: Workspace, agency: Agency, language: str | None = None) -> Path:
    """Return where an agency's workbook goes: by its id, and by the language too where one was asked for."""
    ending = f".{language}.xlsx" if language else ".xlsx"
    return workspace.path / TEMPLATES / f"{agency.id}{ending}"


def build_agency_layout(
    workspace: Workspace,
    agency: Agency,
    language: str | None = None,
    *,
    published: PublishedReport | None = None,
    extra: Mapping[str, Collection[str]] = _NO_ANSWERS,
) -> Layout | None:
    """Return what an agency is asked, None where it is asked nothing.

    `language` is its own where it is None. `published` adds to each sheet how the last evaluation rated it, to those
    of the same number. `extra` are the answers of an earlier copy, the keys of their cells by requirement: what it
    answers is shown besides, and what it supported with more than is asked now keeps a row with every column.
    """
    wanted_language = add_country(language or agency.language, workspace.settings.country)
    framework = load_framework(workspace.settings.edition, wanted_language)
    asked = requirements_by_agency(framework, workspace.assignment).get(agency.id, ())
    wanted = (*asked, *extra)
    if not wanted:
        return None
    assigned = split_duties(workspace.assignment, agency.id, asked)
    full = {
        get_enclosing_id(name)
        for name, keys in extra.items()
        if get_enclosing_id(name) != name or not _CONTRIBUTED.issuperset(keys)
    }
    layout = build_layout(
        framework,
        only=wanted,
        supported=set(assigned.supports) - full,
        language=wanted_language,
        agency=agency.id,
        country=name_country(workspace.settings, wanted_language),
        cut_off=workspace.settings.last_day,
        notice=workspace.settings.notice,
    )
    names = {one.id: one.name(wanted_language) for one in workspace.agencies}
    sheets = (_with_duties(sheet, workspace, agency.id, names, wanted_language) for sheet in layout.sheets)
    if published:
        sheets = (_with_rating(sheet, published, wanted_language) for sheet in sheets)
    name = agency.name(wanted_language)
    return replace(
        layout,
        agency_name=name,
        sheets=tuple(sheets),
        terms=get_return_terms(workspace, agency),
        assigned=assigned,
    )


def get_return_terms(workspace: Workspace, agency: Agency) -> ReturnTerms:
    """Return by when and to whom an agency returns its workbooks, and the coordinator's note."""
    settings = workspace.settings
    return ReturnTerms(due=agency.due, to=settings.return_to, note=settings.agency_note)


def _with_duties(
    sheet: SheetPlan, workspace: Workspace, agency: str, names: Mapping[str, str], language: str
) -> SheetPlan:
    """Return the sheet with who leads: over it, and in each row that is not like all others."""
    text = load_words(language)
    duties = {row.requirement: workspace.assignment.duty(row.requirement) for row in sheet.rows if row.depth == 0}
    leads = sum(duty.lead == agency for duty in duties.values())
    whole = "lead_all" if leads == len(duties) else "some" if leads else "support_all"
    line = "" if sheet.is_support else text[f"duty.{whole}"].format(lead=leads, support=len(duties) - leads)

    def with_duty(row: RowPlan) -> RowPlan:
        duty = duties.get(row.requirement)
        return replace(row, duty=_duty_line(duty, agency, names, language)) if duty else row

    foreword = "\n".join(filter(None, (line, sheet.foreword)))
    return replace(sheet, foreword=foreword, rows=tuple(map(with_duty, sheet.rows)))


def _duty_line(duty: Duty, agency: str, names: Mapping[str, str], language: str) -> str:
    text = load_words(language)
    comma = "، " if base_language(language) == "ar" else ", "
    if duty.lead != agency:
        lead = names.get(duty.lead or "")
        return text["duty.support"].format(lead=lead) if lead else text["duty.support_open"]
    others = comma.join(names[one] for one in duty.supporting)
    return text["duty.lead_with"].format(others=others) if others else text["duty.lead"]


def _with_rating(sheet: SheetPlan, published: PublishedReport, language: str) -> SheetPlan:
    rating = published.ratings.get(sheet.unit)
    if rating is None:
        return sheet
    report, letters = (format_ids([one], language) for one in (published.label, rating.value))
    line = load_words(language)["published.sheet"].format(report=report, rating=letters)
    return replace(sheet, foreword="\n".join(filter(None, (line, sheet.foreword))))
