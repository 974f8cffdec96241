"""The state of each agency: it returned answers, an empty workbook or nothing, and answered so much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fatf_kit.assessment.answers.model import Answer, InputFile, ResponseSet
from fatf_kit.core.groups import group_pairs
from fatf_kit.framework.catalog import get_enclosing_id


class ReturnState(StrEnum):
    """The state of an agency's return, agencies that sent nothing first."""

    NOTHING = "nothing"
    EMPTY = "empty"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyResponse:
    """The state of one agency. `requested` and `answered` are criteria and core issues, in the Methodology's order.

    `answered` are those requested of it that it rated itself, a part being enough, and those it supports in which it
    filled in anything. Answers of others never count.
    """

    agency: str
    returned: ReturnState
    requested: tuple[str, ...]
    answered: tuple[str, ...]

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Return what it was asked and has not answered."""
        return tuple(one for one in self.requested if one not in self.answered)


def list_agency_responses(requested: Mapping[str, Sequence[str]], responses: ResponseSet) -> tuple[AgencyResponse, ...]:
    """Return the state of every agency that has a duty: those without answers first, then as in `requested`."""
    own = list_own_answers(responses.answers)
    done = group_pairs(
        (one.agency, get_enclosing_id(one.requirement)) for one in own if one.agency and one.counts_as_answered
    )
    found = []
    for agency, ids in requested.items():
        answered = tuple(one for one in ids if one in done.get(agency, ()))
        returned = _returned(agency, responses.inputs, has_answers=agency in done)
        found.append(AgencyResponse(agency=agency, returned=returned, requested=tuple(ids), answered=answered))
    return tuple(sorted(found, key=lambda one: list(ReturnState).index(one.returned)))


def list_own_answers(answers: Iterable[Answer]) -> Iterable[Answer]:
    """Return each agency's own answers, also where one of them was chosen to count."""
    return (own for answer in answers for own in (answer.agency_answers or (answer,)))


def _returned(agency: str, inputs: Iterable[InputFile], *, has_answers: bool) -> ReturnState:
    if has_answers:
        return ReturnState.ANSWERS
    return ReturnState.EMPTY if any(file.agency == agency for file in inputs) else ReturnState.NOTHING
