"""A plan read back: every action as its owners left it, the baseline, and a Problem for what cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.efforts import ANSWER, load_efforts
from fatf_kit.action_plan.model import (
    Action,
    ActionStatus,
    Gap,
    RequirementRating,
    RequirementState,
    Slot,
    Stage,
    UnitState,
)
from fatf_kit.action_plan.schema import ACTIONS, BASELINE_MARK, PLAN
from fatf_kit.assessment.folder.model import PLANS
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating, FindingKind
from fatf_kit.framework.weekends import DAYS, Weekend, WeekendSource
from fatf_kit.outlook.model import Rating
from fatf_kit.scoring.span import Span
from fatf_kit.spreadsheets.dates import read_date
from fatf_kit.spreadsheets.kept_books import RowReader
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.values import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One action as found in the workbook.

    `slot` is None where start or due is not given. `stage` is the last stage that is behind it, empty where none is
    named. `done_on` is when its owner says that it was done, `evidence` what is named as proof of it. `ref` is the cell
    of its id.
    """

    action: Action
    what: str
    owner: str
    slot: Slot | None
    status: ActionStatus
    stage: str = ""
    done_on: date | None = None
    evidence: str = ""
    ref: CellRef | None = None

    @property
    def start(self) -> date | None:
        """The first day of work."""
        return self.slot.start if self.slot else None

    @property
    def due(self) -> date | None:
        """The last day of work."""
        return self.slot.due if self.slot else None

    @property
    def is_done(self) -> bool:
        """Done, and something shows it."""
        return self.status is ActionStatus.DONE and bool(self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBook:
    """A plan's workbook as read.

    `weekend` are the days off; None in a plan made before weekends were recorded.
    """

    edition: str
    policy: str
    country: str
    start: date | None
    cut_off: date | None
    notices: tuple[str, ...]
    actions: tuple[ActionRow, ...]
    units: tuple[UnitState, ...] = ()
    weekend: Weekend | None = None


def read_plan(path: Path) -> tuple[PlanBook, tuple[Problem, ...]]:
    """Return the plan in a workbook, whatever program it was saved with, and every problem in the order of its rows.

    Raises:
        FatfKitError: the file cannot be read, or is not a plan.
    """
    book, found = read_book(path, PLAN)
    if book is None:
        raise FatfKitError(found[0])
    facts = book.stamp
    units = _units(book.hidden.get(BASELINE_MARK, ()))
    reader = _PlanReader(book, units)
    actions = reader.actions()
    problems = [*book.problems, *reader.problems]
    if not units:
        problems.insert(0, make_problem("plan-baseline", CellRef(file=path.name)))
    return PlanBook(
        edition=facts.get("edition", ""),
        policy=facts.get("policy", ""),
        country=facts.get("country", ""),
        start=_iso(facts.get("start", "")),
        cut_off=_iso(facts.get("cut_off", "")),
        notices=tuple(filter(None, facts.get("notices", "").split("\n"))),
        actions=actions,
        units=units,
        weekend=_weekend(facts),
    ), tuple(problems)


def read_own_plan(home: Path) -> tuple[PlanBook | None, FatfKitError | None]:
    """Return the country's own plan in an assessment folder: plan.xlsx, or else the newest in plans/ that can be read.

    None where there is none; then the error is that of the first plan that cannot be read, if there is one.
    """
    fault = None
    for place in (home / "plan.xlsx", *sorted((home / PLANS).glob("*.xlsx"), reverse=True)):
        try:
            if place.is_file():
                return read_plan(place)[0], None
        except FatfKitError as found:
            fault = fault or found
    return None, fault


def _weekend(facts: Mapping[str, str]) -> Weekend | None:
    source = facts.get("weekend_source", "")
    if source not in list(WeekendSource):
        return None
    days = frozenset(DAYS.index(day) for day in facts.get("weekend", "").split(",") if day in DAYS)
    return Weekend(days=days, source=WeekendSource(source))


class _PlanReader(RowReader):
    def __init__(self, book: FilledBook, units: Sequence[UnitState]) -> None:
        super().__init__(book)
        self._gaps = {one.requirement: one.gaps for unit in units for one in unit.requirements}
        self._gaps |= {unit.unit: frozenset({FindingKind.SHORTCOMING}) for unit in units if not unit.requirements}

    def actions(self) -> tuple[ActionRow, ...]:
        """Return every row with an id or a name, each id once."""
        kept: dict[str, Record] = {}
        for row in self.book.records("actions"):
            name = row.id or (row.text("what") and f"+{len(kept) + 1}")
            if not name:
                self.report("row-nameless", row.row.ref.place, column=ACTIONS.by_key["what"].local_name)
            elif name in kept:
                self.report("action-twice", row.ref("id"), **quote_found(name))
            else:
                kept[name] = row
        return tuple(self._tracked(name, row, kept) for name, row in kept.items())

    def _tracked(self, name: str, row: Record, known: Mapping[str, Record]) -> ActionRow:
        kinds, stages = load_efforts().kinds, load_efforts().stages
        kind, start, due = row.text("kind"), row.date("start"), row.date("due")
        action = Action(
            id=name,
            kind=kind,
            cause=row.text("cause"),
            closes=tuple(self._closes(row, kind)),
            owner=row.text("owner"),
            owner_is_role=False,
            after=self._after(row, known),
            effort=row.count("effort") or (kinds[kind].effort if kind in kinds else 1),
            stages=tuple(_stages(row.text("stages"))),
            concerns=row.items("concerns"),
        )
        status, done_on = ActionStatus(row.choice("status") or ActionStatus.NOT_STARTED), row.date("done_on")
        if done_on and status is not ActionStatus.DONE:
            self.report("action-undone", row.ref("done_on"), what=status)
        return ActionRow(
            action=action,
            what=row.lines("what") or name,
            owner=row.text("owner"),
            slot=Slot(start=start, due=due) if start and due else None,
            status=status,
            stage=next((code for code, own in stages.items() if own == row.choice("stage")), ""),
            done_on=done_on,
            evidence=row.lines("evidence"),
            ref=row.ref("id"),
        )

    def _closes(self, row: Record, kind: str) -> Iterator[Gap]:
        open_kinds = (FindingKind.UNANSWERED, FindingKind.CONFLICT) if kind == ANSWER else (FindingKind.SHORTCOMING,)
        for key, gaps in (("requirements", open_kinds), ("shown", (FindingKind.UNDEMONSTRATED,))):
            for name in row.items(key):
                if self._gaps and name not in self._gaps:
                    self.report("action-gap", row.ref(key), **quote_found(name))
                    continue
                yield from ((name, gap) for gap in gaps if gap in self._gaps.get(name, gaps))

    def _after(self, row: Record, known: Mapping[str, Record]) -> tuple[str, ...]:
        named = row.items("after")
        for name in named:
            if name not in known:
                self.report("action-unknown", row.ref("after"), **quote_found(name))
        return tuple(name for name in named if name in known)


def _stages(text: str) -> Iterator[Stage]:
    for part in filter(None, text.split(",")):
        name, _, days = part.partition(":")
        if days.isdigit():
            yield Stage(id=name.strip(), days=int(days))


def _units(rows: Sequence[Sequence[str]]) -> tuple[UnitState, ...]:
    """Return the baseline; rows that were changed so that they mean nothing are left out."""
    units: list[tuple[str, Rating | None, list[RequirementState]]] = []
    for row in rows:
        cells = [*row, *([""] * 9)]
        if cells[0] == "unit":
            units.append((cells[1], _rating(cells[1], cells[2]), []))
        elif units and cells[1] and (one := _standing(cells)):
            units[-1][2].append(one)
    return tuple(
        UnitState(unit=name, requirements=tuple(ones), decided=decided)
        for name, decided, ones in units
        if ones or decided
    )


def _standing(cells: Sequence[str]) -> RequirementState | None:
    scale: type[RequirementRating] = Achievement if cells[1].startswith("IO.") else CriterionRating
    try:
        return RequirementState(
            requirement=cells[1],
            weight=int(cells[2]),
            now=Span(worst=scale(cells[3]), best=scale(cells[4])),
            claimed=scale(cells[5]) if cells[5] else None,
            gaps=frozenset(FindingKind(gap) for gap in cells[6].split(",") if gap),
            decided=bool(cells[7]),
            is_duty=bool(cells[8]),
        )
    except ValueError:
        return None


def _rating(unit: str, text: str) -> Rating | None:
    scale: type[Rating] = EffectivenessRating if unit.startswith("IO.") else ComplianceRating
    return scale(text) if text in list(scale) else None


def _iso(text: str) -> date | None:
    read = read_date(text) if text else None
    return read.day if read else None
