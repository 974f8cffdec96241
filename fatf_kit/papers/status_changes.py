"""Changes of an assessment since earlier runs: figures side by side, and the ratings that moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.assessed.facts import FolderFacts
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Block, Paragraph
from fatf_kit.report.results_table import COUNT, ResultColumn, ResultsTable
from fatf_kit.scoring.report.traces import name_unit
from fatf_kit.scoring.span import Span

_MOVES = 12
"""Ratings that are named; of others only the number is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusState:
    """The figures of an assessment on a day that are compared with those of another day.

    `returned` counts agencies, `answered` requirements, `shown` answers, `to_correct` cells and `undecided` questions.
    `recommendations` are at C or LC and `outcomes` at HE or SE in the worst case. `ratings` are those of each unit as
    text, "PC" or from worst to best "PC – LC".
    """

    day: date
    returned: int
    answered: int
    shown: int
    to_correct: int
    undecided: int
    recommendations: int
    outcomes: int
    ratings: Mapping[str, str]


def make_state(facts: FolderFacts) -> StatusState:
    """Make the state that later runs compare with theirs."""
    return StatusState(
        day=facts.day,
        returned=len(facts.agencies) - len(facts.silent_agencies),
        answered=facts.answers.answered,
        shown=facts.answers.shown,
        to_correct=facts.decisions.cells,
        undecided=facts.decisions.questions,
        recommendations=facts.ratings.recommendations.shown,
        outcomes=facts.ratings.outcomes.shown,
        ratings={fact.unit: Span(worst=fact.worst, best=fact.best).describe() for fact in facts.units},
    )


_Row = tuple[str, Callable[[StatusState], int]]


def build_changes(earlier: Sequence[StatusState], facts: FolderFacts, t: Translator) -> tuple[Block, ...]:
    """Return a table with the figures of earlier days and of today, and the ratings that moved since each day.

    `earlier` has the newest first; the table reads from the oldest to today.
    """
    now = make_state(facts)
    states = (*reversed(earlier), now)
    rows: list[_Row] = [
        (t("agencies that have returned answers"), lambda state: state.returned),
        (t("requirements answered"), lambda state: state.answered),
        (t("answers shown by evidence on file"), lambda state: state.shown),
        (t("cells that need a correction"), lambda state: state.to_correct),
        (t("questions that wait for a decision"), lambda state: state.undecided),
        (t("Recommendations at C or LC"), lambda state: state.recommendations),
        (t("Outcomes at HE or SE"), lambda state: state.outcomes),
    ]

    def column(state: StatusState) -> ResultColumn[_Row]:
        title = t("Today") if state is now else t.day(state.day)
        return ResultColumn(str(state.day), title, lambda row: row[1](state), COUNT, page=3)

    figure: ResultColumn[_Row] = ResultColumn("figure", t("Figure"), lambda row: row[0], page=8)
    table = ResultsTable[_Row]("changes", t("Figures of earlier runs and of today"), (figure, *map(column, states)))
    return (table.in_document(rows), *_describe_ratings(earlier, now, t))


def _describe_ratings(earlier: Sequence[StatusState], now: StatusState, t: Translator) -> Iterator[Block]:
    for state in earlier:
        day = t.day(state.day)
        moves = [
            t("{name}: {text}", name=name_unit(unit, t), text=f"{before} → {now.ratings[unit]}")
            for unit, before in state.ratings.items()
            if now.ratings.get(unit, before) != before
        ]
        if moves:
            text = t("Ratings that have changed since {day}: {ratings}.", day=day, ratings=t.first_of(moves, _MOVES))
        else:
            text = t("No rating has changed since {day}.", day=day)
        yield Paragraph(text=text)
