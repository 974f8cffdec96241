"""Workbooks that were made for an earlier assignment: what their agency was asked then, and what it is asked now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fatf_kit.assessment.answers.folder_files import is_workbook
from fatf_kit.assessment.folder.assignment import list_assigned, requirements_by_agency, split_duties
from fatf_kit.assessment.folder.model import RESPONSES, TEMPLATES, Workspace
from fatf_kit.assessment.workbook.model import AgencyDuties
from fatf_kit.assessment.workbook.schema import is_requirement_id
from fatf_kit.assessment.workbook.template import read_stamp_facts
from fatf_kit.core.files import list_inside
from fatf_kit.core.languages import clean
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.framework.loader import load_framework
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.sheet import SheetContent
from fatf_kit.spreadsheets.stamp import read_properties, read_stamp

_SHOWN = 3  # ids that a message names
_NONE = "–"


def find_outdated_workbooks(workspace: Workspace) -> Iterator[Problem]:
    """Yield one note for each agency whose workbooks in templates/ or responses/ no longer match the assignment.

    A workbook says in its properties for which assignment it was made; only one that was made for another, or that does
    not say so, is read.
    """
    framework = load_framework(workspace.settings.edition)
    by_agency = requirements_by_agency(framework, workspace.assignment)
    order = [top.id for top in list_assigned(framework)]
    reported: set[str] = set()
    for folder in (TEMPLATES, RESPONSES):
        for path in _list_files(workspace.path / folder):
            facts = read_properties(path)
            agency = facts.get("agency", "")
            if agency in reported or facts.get("kind", "answers") != "answers":
                continue
            now = split_duties(workspace.assignment, agency, by_agency.get(agency, ()))
            if agency in workspace.by_id and facts.get("assigned") == now.digest:
                continue
            agency, then = _read_assigned(path)
            now = split_duties(workspace.assignment, agency, by_agency.get(agency, ()))
            if then is None or agency in reported or agency not in workspace.by_id or then == now:
                continue
            found = _compare(then, now, order)
            if any(found.values()):
                reported.add(agency)
                listed = {key: _list_ids(ids) for key, ids in found.items()}
                yield make_problem("workbook-outdated", CellRef(file=f"{folder}/{path.name}"), agency=agency, **listed)


def find_old_answers(workspace: Workspace) -> Iterator[Problem]:
    """Yield one warning for each agency that is asked what none of the workbooks it returned has a row for.

    It answered in a workbook that was made before the assignment changed, and cannot know of the new rows.
    """
    framework = load_framework(workspace.settings.edition)
    by_agency = requirements_by_agency(framework, workspace.assignment)
    order = [top.id for top in list_assigned(framework)]
    asked: dict[str, tuple[Path, set[str]]] = {}
    for path in _list_files(workspace.path / RESPONSES):
        facts = read_properties(path)
        agency = facts.get("agency", "")
        if agency in workspace.by_id:
            now = split_duties(workspace.assignment, agency, by_agency.get(agency, ()))
            if facts.get("assigned") == now.digest:
                asked[agency] = path, {*now.leads, *now.supports}
                continue
        agency, then = _read_assigned(path)
        if then is not None and agency in workspace.by_id:
            before = asked.get(agency, (path, set[str]()))[1]
            asked[agency] = path, before | {*then.leads, *then.supports}
    for agency, (path, rows) in asked.items():
        now = split_duties(workspace.assignment, agency, by_agency.get(agency, ()))
        if missing := [name for name in order if name in {*now.leads, *now.supports} - rows]:
            yield make_problem(
                "workbook-old", CellRef(file=path.name), agency=agency, count=len(missing), names=_list_first(missing)
            )


def list_outdated_templates(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of the agencies whose workbook in templates/ was made for an earlier assignment."""
    return tuple(
        str(dict(problem.facts)["agency"])
        for problem in find_outdated_workbooks(workspace)
        if problem.ref is not None and problem.ref.file.startswith(f"{TEMPLATES}/")
    )


def _list_files(folder: Path) -> list[Path]:
    return [path for path in list_inside(folder) if path.is_file() and is_workbook(path)]


def _read_assigned(path: Path) -> tuple[str, AgencyDuties | None]:
    """Return the agency of a workbook and what it was asked by its stamp, else by its rows; None where that is unknown.

    Rows alone do not say who leads: everything then counts as led.
    """
    opened = open_sheets(path)
    if isinstance(opened, Problem):
        return "", None
    file, sheets = opened
    facts = read_stamp(sheets, file.properties)
    stamp = read_stamp_facts(facts)
    if stamp is None or not stamp.agency or facts.get("kind", "answers") != "answers":
        return "", None
    if stamp.leads or stamp.supports:
        return stamp.agency, AgencyDuties(leads=tuple(stamp.leads.split()), supports=tuple(stamp.supports.split()))
    tops = dict.fromkeys(one for sheet in sheets for one in _list_tops(sheet))
    return stamp.agency, AgencyDuties(leads=tuple(tops)) if tops else None


def _list_tops(sheet: SheetContent) -> Iterator[str]:
    """Yield the criteria and core issues that have a row."""
    for row in sheet.grid:
        name = clean(str(next((value for value in row if value != ""), "")))
        if is_requirement_id(name) and get_enclosing_id(name) == name:
            yield name


def _compare(then: AgencyDuties, now: AgencyDuties, order: list[str]) -> dict[str, list[str]]:
    """Return the requirements that were added and removed since, and those on which the agency's role has changed."""
    before, after = {*then.leads, *then.supports}, {*now.leads, *now.supports}
    has_roles = bool(then.supports) or not set(then.leads) & set(now.supports)
    moved = (set(then.leads) ^ set(now.leads)) & before & after if has_roles else set()
    found = {"added": after - before, "removed": before - after, "moved": moved}
    return {key: [one for one in order if one in ids] for key, ids in found.items()}


def _list_first(ids: list[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")


def _list_ids(ids: list[str]) -> str:
    """Return the first ids and how many there are."""
    if not ids:
        return _NONE
    return f"{len(ids)} ({_list_first(ids)})"
