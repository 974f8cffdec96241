"""assignment.csv says who leads and who supports on each criterion and core issue."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from fatf_kit.assessment.folder.agencies import SEPARATORS
from fatf_kit.assessment.folder.csv_tables import TextRow, read_table
from fatf_kit.assessment.folder.model import ASSIGNMENT, Agency, Assignment, Duty
from fatf_kit.assessment.workbook.model import AgencyDuties
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, Problem, hint, make_problem, quote_found
from fatf_kit.framework.catalog import index_requirements, make_id_hint, match_requirement, suggest
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, list_requirements

COLUMNS = ("requirement", "lead", "supporting", "title")
_SURE_SEPARATORS = re.compile(r"[,;|،؛\n]+")
_SHOWN = 3
_LONGEST_NAME = 100
"""Characters of a name in a message. It is quoted in full, because it is the coordinator's own and no answer."""


def list_assigned(framework: Framework) -> Iterator[Criterion | CoreIssue]:
    """Yield everything that is assigned: criteria and core issues, in the order of the Methodology."""
    for unit in framework.units:
        yield from list_requirements(unit)


def propose_duties(
    framework: Framework, agencies: Iterable[Agency], chosen: Mapping[str, Duty] | None = None
) -> Mapping[str, Duty]:
    """Return who leads and supports on each requirement: as a person has chosen, elsewhere by the roles of agencies.

    By the roles, the first agency that has the role which usually leads does so. A role that no agency has leaves it
    open. A requirement that is chosen with its whole unit only has no duty of its own.
    """
    by_role = group_pairs((role, agency.id) for agency in agencies for role in agency.roles)
    duties = dict(chosen or {})
    for top in list_assigned(framework):
        old = duties.get(top.id)
        if old is None and top.id.partition("/")[0] in duties:
            continue
        old = old or Duty(requirement=top.id)
        lead = old.lead if old.is_lead_chosen else next(iter(by_role.get(top.lead or "", ())), None)
        roles = (*((top.lead,) if top.lead else ()), *top.supporting)
        by_roles = tuple(name for role in roles for name in by_role.get(role, ()))
        helpers = old.supporting if old.is_supporting_chosen else by_roles
        supporting = tuple(name for name in dict.fromkeys(helpers) if name != lead)
        duties[top.id] = replace(old, lead=lead, supporting=supporting)
    return duties


def read_assignment(
    path: Path, framework: Framework, agencies: Sequence[Agency] | None
) -> tuple[Assignment, tuple[Problem, ...]]:
    """Return the duties of the table and every fault in it. Unknown agencies are left out and named once, with a count.

    An agency may be named by its id or by any of its names. None for `agencies` takes every id as it stands.
    """
    rows, problems = read_table(path, COLUMNS, ("requirement", "lead"))
    index = index_requirements(framework)
    places = {*index, *(unit.id for unit in framework.units)}
    known = None if agencies is None else index_agency_names(agencies)
    duties: dict[str, tuple[Duty, int]] = {}
    unknown: dict[str, list[CellRef]] = {}
    for row in rows:
        name = find_meant_place(row["requirement"], framework, places)
        if name in duties:
            facts = {"other": str(duties[name][1])}
            problems.append(make_problem("assignment-twice", row.ref("requirement"), name, **facts))
        elif fault := check_place(name, framework, places, row.ref("requirement")):
            problems.append(fault)
        else:
            leads = _known(row, "lead", known, unknown)
            supporting = (*leads[1:], *_known(row, "supporting", known, unknown))
            lead = leads[0] if leads else None
            others = tuple(one for one in dict.fromkeys(supporting) if one != lead)
            duty = Duty(
                requirement=name,
                lead=lead,
                supporting=others,
                is_lead_chosen=lead is not None,
                is_supporting_chosen=bool(lead or others),
            )
            duties[name] = duty, row.number
    problems += list_unknown_agencies(unknown, known or ())
    assignment = Assignment(duties={name: duty for name, (duty, _) in duties.items()})
    if rows:
        problems += list_open_requirements(framework, assignment, CellRef(file=ASSIGNMENT))
    return assignment, tuple(problems)


def list_unknown_agencies(unknown: Mapping[str, Sequence[CellRef]], known: Collection[str]) -> Iterator[Problem]:
    """Yield one Problem for each name that no agency has, with the number of cells that have it."""
    for name, cells in unknown.items():
        facts = {"found": name[:_LONGEST_NAME], "count": str(len(cells)), **hint(suggest(name, known))}
        yield make_problem("agency-unknown", cells[0], **facts)


def find_meant_place(typed: str, framework: Framework, places: Collection[str]) -> str:
    """Return the id that is meant by one typed with other spaces or another case."""
    if typed in places:
        return typed
    if requirement := match_requirement(framework, typed):
        return requirement.id
    plain = "".join(typed.split()).upper()
    return plain if plain in places else typed


def check_place(name: str, framework: Framework, places: Collection[str], ref: CellRef) -> Problem | None:
    """Return the Problem of an id that is none of the places; None where it is one."""
    if name in places:
        return None
    facts = {**quote_found(name), "edition": framework.id, **make_id_hint(name, places)}
    return make_problem("id-unknown", ref, **facts)


def index_agency_names(agencies: Iterable[Agency]) -> Mapping[str, str]:
    """Return ids by everything that an agency may be called; a name that two share stands for none."""
    found: dict[str, str] = {}
    shared = set()
    for agency in agencies:
        for name in {normalise(name) for name in agency.names.values()}:
            shared.update({name} & set(found))
            found[name] = agency.id
    found = {name: one for name, one in found.items() if name not in shared}
    return found | {agency.id: agency.id for agency in agencies}


def _known(
    row: TextRow, column: str, known: Mapping[str, str] | None, unknown: dict[str, list[CellRef]]
) -> tuple[str, ...]:
    found: list[str] = []
    for piece in filter(None, map(normalise, _SURE_SEPARATORS.split(row[column]))):
        whole = known is not None and piece in known
        for name in (piece,) if whole else SEPARATORS.split(piece):
            if known is None or name in known:
                found.append(name if known is None else known[name])
            elif name:
                unknown.setdefault(name, []).append(row.ref(column))
    return tuple(found)


def list_open_requirements(framework: Framework, assignment: Assignment, where: CellRef) -> Iterator[Problem]:
    """Yield one note for all requirements without a lead."""
    open_ids = [top.id for top in list_assigned(framework) if assignment.duty(top.id).lead is None]
    if open_ids:
        facts = {"count": len(open_ids), "found": ", ".join(open_ids[:_SHOWN])}
        yield make_problem("assignment-open", where, None, **facts)


def requirements_by_agency(framework: Framework, assignment: Assignment) -> Mapping[str, tuple[str, ...]]:
    """Return for each agency the criteria and core issues that it leads or supports on, in the Methodology's order."""
    tops = list_assigned(framework)
    found = group_pairs((agency, top.id) for top in tops for agency in assignment.duty(top.id).agencies)
    return {agency: tuple(ids) for agency, ids in found.items()}


def split_duties(assignment: Assignment, agency: str, requirements: Iterable[str]) -> AgencyDuties:
    """Return its requirements that an agency leads on, and those it supports: another agency leads on them."""
    found = group_pairs((assignment.duty(one).lead in (None, agency), one) for one in requirements)
    return AgencyDuties(leads=tuple(found.get(True, ())), supports=tuple(found.get(False, ())))


def leads_of(framework: Framework, assignment: Assignment) -> Mapping[str, str]:
    """Return the agency that leads on each criterion and core issue; those without a lead are absent."""
    return {top.id: lead for top in list_assigned(framework) if (lead := assignment.duty(top.id).lead)}


def agencies_by_role(agencies: Iterable[Agency]) -> Mapping[str, str]:
    """Return the agency that has each role, the first of the table where several have it; other roles are absent."""
    by_role = group_pairs((role, agency.id) for agency in agencies for role in agency.roles)
    return {role: ids[0] for role, ids in by_role.items()}
