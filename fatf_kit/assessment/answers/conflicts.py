"""Several agencies, one requirement: what stands, where they disagree, and how much each has answered.

Pure: the same answers give the same result in whatever order their files were read. The lead's answer stands until
people decide; the lowest of conflicting answers makes the worst case. A blank never overwrites, and no word is lost:
every agency's answer stays with the settled one as one of its voices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.assignment import requirements_by_agency, tops_of
from fatf_kit.assessment.folder.model import Assignment, Duty
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.core.ratings import find_lowest
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Agencies that rate one requirement differently. `stands` is what counts until somebody decides."""

    requirement: str
    stands: Answer
    voices: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
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
    asked: int
    answered: int
    shown: int | None = None


def settle(framework: Framework, answers: Iterable[Answer], assignment: Assignment) -> Agreement:
    """What stands for each requirement, with all voices, and a Problem for each agency that says otherwise.

    An agency that was not asked is heard too, and a Problem says so. At most one answer per requirement and agency is
    expected.
    """
    heard: dict[str, list[Answer]] = {}
    for answer in answers:
        heard.setdefault(answer.requirement, []).append(answer)
    settled: list[Answer] = []
    conflicts: list[Conflict] = []
    problems: list[Problem] = []
    for requirement in index_requirements(framework):
        if requirement not in heard:
            continue
        duty = assignment.duty(requirement)
        voices = tuple(sorted(heard[requirement], key=lambda answer: _place(answer, duty)))
        problems += [_unasked(answer, duty) for answer in voices if _is_outside(answer, duty)]
        stands = _standing(voices, duty)
        others = [v for v in voices if v.rating is not None and v.rating != stands.rating]
        lowest = find_lowest([v.rating for v in voices]) if others else None
        settled.append(stands._replace(lowest=lowest, voices=voices if len(voices) > 1 else ()))
        if others:
            conflicts.append(Conflict(requirement=requirement, stands=stands, voices=voices))
            problems += [_conflict(answer, stands) for answer in others]
    return Agreement(answers=tuple(settled), conflicts=tuple(conflicts), problems=tuple(problems))


def coverage_by_agency(
    framework: Framework, assignment: Assignment, answers: Iterable[Answer], shown: frozenset[str] | None = None
) -> tuple[AgencyCoverage, ...]:
    """How far each agency has come, in the order of the Methodology's first question to it.

    A criterion counts as answered where the agency rated it or any of its parts. `shown` are the criteria and core
    issues whose answers are shown, as scoring finds; None before.
    """
    top_of = {one.id: top.id for top in tops_of(framework) for one, _ in walk(top)}
    answered: dict[str, set[str]] = {}
    for answer in answers:
        if answer.rating is not None and answer.agency and answer.requirement in top_of:
            answered.setdefault(answer.agency, set()).add(top_of[answer.requirement])
    found = []
    for agency, asked in requirements_by_agency(framework, assignment).items():
        done = answered.get(agency, set()) & set(asked)
        proved = None if shown is None else len(done & shown)
        found.append(AgencyCoverage(agency=agency, asked=len(asked), answered=len(done), shown=proved))
    return tuple(found)


def _place(answer: Answer, duty: Duty) -> tuple[int, str, str, str]:
    """The lead first, then those that support, then everybody else; in the end by name and address."""
    asked = duty.agencies
    rank = asked.index(answer.agency) if answer.agency in asked else len(asked)
    return rank, answer.agency or "", str(answer.ref or ""), str(answer.rating or "")


def _standing(voices: tuple[Answer, ...], duty: Duty) -> Answer:
    """The lead's rated answer, else the first of the lowest ones, else the first words."""
    rated = [answer for answer in voices if answer.rating is not None]
    if not rated:
        return voices[0]
    by_lead = next((answer for answer in rated if duty.lead and answer.agency == duty.lead), None)
    lowest = find_lowest([answer.rating for answer in rated])
    return by_lead or next(answer for answer in rated if answer.rating == lowest)


def _is_outside(answer: Answer, duty: Duty) -> bool:
    return bool(answer.agency) and bool(duty.agencies) and answer.agency not in duty.agencies


def _unasked(answer: Answer, duty: Duty) -> Problem:
    facts = {"agency": answer.agency, "asked": ", ".join(duty.agencies)}
    return make_problem("answer-unassigned", answer.place, answer.requirement, **facts)


def _conflict(answer: Answer, stands: Answer) -> Problem:
    names = [one.agency or (one.ref.file if one.ref else "?") for one in (answer, stands)]
    return make_problem(
        "answers-conflict",
        answer.ref,
        answer.requirement,
        agency=names[0],
        answer=answer.rating,
        other_agency=names[1],
        stands=stands.rating,
        place=stands.ref,
    )
