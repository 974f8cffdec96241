"""Answers of several agencies to one requirement: which is used, where they disagree, how much each has answered.

The same answers give the same result in whatever order their files were read. The lead agency's answer is used until
people decide; the lowest of conflicting answers makes the worst case. A blank never replaces an answer, and no word is
lost: the answer that is used has the answers of all agencies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.assignment import list_assigned, requirements_by_agency
from fatf_kit.assessment.folder.model import Agency, Assignment, Duty
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.local_names import LocalName, list_names, local_name
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.core.ratings import find_lowest
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id, index_requirements
from fatf_kit.framework.model import Framework, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A requirement that agencies rate differently. `effective_answer` is used until people decide."""

    requirement: str
    effective_answer: Answer
    agency_answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedAnswers:
    """One answer for each requirement, in the order of the Methodology, and where agencies disagree."""

    answers: tuple[Answer, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCoverage:
    """How much of what one agency was asked it has answered; counts of criteria and core issues.

    `shown` counts those of its answers that are shown; it is known only after scoring, None before.
    """

    agency: str
    requested: int
    answered: int
    shown: int | None = None


def resolve_conflicts(
    framework: Framework,
    answers: Iterable[Answer],
    assignment: Assignment,
    agencies: Mapping[str, Agency] = MappingProxyType({}),
) -> ResolvedAnswers:
    """Return the answer that is used for each requirement, and a Problem for each agency that disagrees with it.

    The answer of an agency that was not asked counts too, and a Problem names it. At most one answer per requirement
    and agency is expected. Problems name the `agencies`, by their ids, as they are called in the reader's language.
    """
    given = group_pairs((answer.requirement, mark_supporting(answer, assignment)) for answer in answers)
    settled: list[Answer] = []
    conflicts: list[Conflict] = []
    problems: list[Problem] = []
    in_parts = _find_answers_in_parts(given.values(), assignment)
    for requirement in index_requirements(framework):
        if requirement not in given:
            continue
        duty = assignment.duty(requirement)
        several = tuple(sorted(given[requirement], key=lambda answer: _place(answer, duty)))
        problems += [_unasked(answer, duty, agencies) for answer in several if _is_outside(answer, duty)]
        used = _effective_answer(several, duty)
        if used.is_supporting and used.rating is not None and requirement in in_parts:
            settled.append(_keep_parts(used, several))
            conflicts.append(Conflict(requirement=requirement, effective_answer=settled[-1], agency_answers=several))
            rated = (one for one in several if one.rating is not None)
            problems += [_conflict(one, in_parts[requirement], duty, agencies) for one in rated]
            continue
        others = [v for v in several if v.rating is not None and v.rating != used.rating]
        lowest = find_lowest([v.rating for v in several]) if others else None
        settled.append(used._replace(lowest=lowest, agency_answers=several if len(several) > 1 else ()))
        if others:
            conflicts.append(Conflict(requirement=requirement, effective_answer=used, agency_answers=several))
            problems += [_conflict(answer, used, duty, agencies) for answer in others]
    return ResolvedAnswers(answers=tuple(settled), conflicts=tuple(conflicts), problems=tuple(problems))


def _find_answers_in_parts(given: Iterable[list[Answer]], assignment: Assignment) -> Mapping[str, Answer]:
    """Return the criteria that the lead has rated part by part, each with its lowest rating of a part."""
    rated = ((get_enclosing_id(one.requirement), one) for several in given for one in several if one.rating is not None)
    found = group_pairs(
        (top, one) for top, one in rated if one.requirement != top and one.agency == assignment.duty(top).lead
    )
    return {
        top: next(one for one in parts if one.rating == find_lowest([part.rating for part in parts]))
        for top, parts in found.items()
    }


def _keep_parts(used: Answer, several: tuple[Answer, ...]) -> Answer:
    """Return the answer to a criterion that the lead rated by its parts, which count; another's rating may be lower."""
    lowest = find_lowest([answer.rating for answer in several])
    return used._replace(rating=None, lowest=lowest, agency_answers=several)


def mark_supporting(answer: Answer, assignment: Assignment) -> Answer:
    """Return an answer that says whether its agency supports another one, which leads on the requirement."""
    duty = assignment.duty(answer.requirement)
    is_supporting = duty.lead is not None and answer.agency in duty.supporting
    return answer._replace(is_supporting=True) if is_supporting else answer


def coverage_by_agency(
    framework: Framework, assignment: Assignment, answers: Iterable[Answer], shown: frozenset[str] | None = None
) -> tuple[AgencyCoverage, ...]:
    """Return how far each agency has come, in the order of the Methodology's first question to it.

    A criterion counts as answered where the agency that leads rated it or any of its parts, and where one that supports
    filled in anything. `shown` are the criteria and core issues whose answers are shown, as scoring finds; None before.
    """
    top_of = {one.id: top.id for top in list_assigned(framework) for one, _ in walk(top)}
    answered: dict[str, set[str]] = {}
    for answer in answers:
        is_answered = mark_supporting(answer, assignment).counts_as_answered
        if is_answered and answer.agency and answer.requirement in top_of:
            answered.setdefault(answer.agency, set()).add(top_of[answer.requirement])
    found = []
    for agency, asked in requirements_by_agency(framework, assignment).items():
        done = answered.get(agency, set()) & set(asked)
        proved = None if shown is None else len(done & shown)
        found.append(AgencyCoverage(agency=agency, requested=len(asked), answered=len(done), shown=proved))
    return tuple(found)


def drop_decided_conflicts(problems: Iterable[Problem], decided: Collection[str]) -> tuple[Problem, ...]:
    """Return the problems without conflicts that are decided.

    `decided` are ids of criteria, core issues and units. A decision on a criterion covers its parts, one on a unit all
    that it contains.
    """
    return tuple(problem for problem in problems if not _is_decided(problem, decided))


def _is_decided(problem: Problem, decided: Collection[str]) -> bool:
    name = problem.requirement
    if problem.code != "answers-conflict" or name is None:
        return False
    return get_enclosing_id(name) in decided or get_unit_id(name) in decided


def _place(answer: Answer, duty: Duty) -> tuple[int, str, str, str]:
    """Return the lead first, then those that support, then everybody else; in the end by name and address."""
    asked = duty.agencies
    rank = asked.index(answer.agency) if answer.agency in asked else len(asked)
    return rank, answer.agency or "", str(answer.ref or ""), str(answer.rating or "")


def _effective_answer(given: tuple[Answer, ...], duty: Duty) -> Answer:
    """Return the lead's rated answer, else the first of the lowest ones, else the first words, else the first."""
    rated = [answer for answer in given if answer.rating is not None]
    if not rated:
        return next((answer for answer in given if not answer.says_nothing), given[0])
    by_lead = next((answer for answer in rated if duty.lead and answer.agency == duty.lead), None)
    lowest = find_lowest([answer.rating for answer in rated])
    return by_lead or next(answer for answer in rated if answer.rating == lowest)


def _is_outside(answer: Answer, duty: Duty) -> bool:
    return bool(answer.agency) and bool(duty.agencies) and answer.agency not in duty.agencies


def _unasked(answer: Answer, duty: Duty, agencies: Mapping[str, Agency]) -> Problem:
    asked = list_names(_name_agency(one, agencies) for one in duty.agencies)
    facts = {"agency": _name_agency(answer.agency or "", agencies), "asked": asked}
    return make_problem("answer-unassigned", answer.place, answer.requirement, **facts)


def _conflict(answer: Answer, used: Answer, duty: Duty, agencies: Mapping[str, Agency]) -> Problem:
    names = [
        _name_agency(one.agency, agencies) if one.agency else LocalName(one.ref.file if one.ref else "?")
        for one in (answer, used)
    ]
    return make_problem(
        "answers-conflict",
        answer.ref,
        answer.requirement,
        agency=names[0],
        answer=answer.rating,
        other_agency=names[1],
        chosen=used.rating,
        number=answer.requirement.rpartition("/")[2],
        basis="The lead agency's answer" if duty.lead and used.agency == duty.lead else "The lowest answer",
        place=used.ref,
    )


def _name_agency(agency: str, agencies: Mapping[str, Agency]) -> LocalName:
    """Return what an agency is called in each language; its id if it is not known."""
    return local_name(agencies[agency].name) if agency in agencies else LocalName(agency)
