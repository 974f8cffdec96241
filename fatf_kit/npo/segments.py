"""From classified rows to counts: by class, by segment and the whole cross-table, in two passes over the view.

The engine groups by small numbers that stand for whatever bodies have in common, and they are taken apart here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fatf_kit.npo.cells import NO, UNKNOWN, YES
from fatf_kit.npo.classify import Cell, all_cells, final_rank_sql, fold_of, residual_band
from fatf_kit.npo.facts import Facts
from fatf_kit.npo.method import Method
from fatf_kit.npo.model import ClassCounts, Group, Money, Segment
from fatf_kit.npo.scales import RiskBand, RiskClass, Scope, SegmentKind
from fatf_kit.npo.scope import REASONS, scope_of
from fatf_kit.npo.settings import Settings
from fatf_kit.npo.sql import packed, unpacked

_COLUMNS = {
    SegmentKind.ACTIVITY: "activity",
    SegmentKind.REGION: "region",
    SegmentKind.LEGAL_FORM: "legal_form",
    SegmentKind.SIZE: "coalesce(size, 0)",
}
_CLASSES = (*RiskClass, None)
_FOREIGN = {UNKNOWN: None, NO: False, YES: True}

_T = TypeVar("_T")


@dataclass(slots=True)
class Tally:
    """Counts and money being added up."""

    counts: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    bands: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    money: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    known: int = 0
    provisional: int = 0
    referred: int = 0
    to_verify: int = 0

    def add(
        self,
        risk_class: str | None,
        band: str | None,
        *,
        count: int,
        money: int,
        known: int,
        provisional: bool,
        trigger: int,
    ) -> None:
        """Add bodies that are alike; `trigger` is 1 with a proven hard trigger, 2 with one to verify, otherwise 0."""
        self.counts[risk_class] += count
        self.bands[band] += count
        self.money[risk_class] += money
        self.known += known
        self.provisional += count if provisional or risk_class is None else 0
        self.referred += count if trigger == 1 else 0
        self.to_verify += count if trigger == 2 else 0

    @property
    def classes(self) -> ClassCounts:
        """What was counted, by class and band."""
        low, medium, high, unrated = (self.counts[key] for key in (*map(str, RiskClass), None))
        bands = tuple(self.bands[band.value] for band in RiskBand)
        return ClassCounts(
            low=low,
            medium=medium,
            high=high,
            unrated=unrated,
            provisional=self.provisional,
            bands=bands,  # type: ignore[arg-type]
            referred=self.referred,
            to_verify=self.to_verify,
        )

    @property
    def amounts(self) -> Money:
        """The money, by class."""
        low, medium, high, unrated = (self.money[key] for key in (*map(str, RiskClass), None))
        return Money(low=low, medium=medium, high=high, unrated=unrated, known=self.known)


def count_segments(
    facts: Facts, method: Method, settings: Settings
) -> tuple[Tally, tuple[Segment, ...], Mapping[Cell, int]]:
    """All bodies in scope together, each segment, largest first, and how many bodies stand in which cell."""
    cells = [*all_cells(), None]
    bands = [residual_band(method, cell) if cell else None for cell in cells]
    alike = [
        (f"coalesce(cell, {len(cells) - 1})", len(cells)),
        (_class_sql(method, settings), len(_CLASSES)),
        ("CAST(provisional AS INTEGER)", 2),
        ("CAST(referred AS INTEGER) + 2 * CAST(verify AS INTEGER)", 3),
    ]
    names = [f"s_{kind.value}" for kind in _COLUMNS]
    rows = facts.engine.execute(f"""
        SELECT GROUPING({", ".join(names)}), coalesce({", ".join(names)}), alike,
               count(*), coalesce(sum(money), 0)::HUGEINT, count(money)
        FROM (SELECT {", ".join(f"{sql} AS s_{kind.value}" for kind, sql in _COLUMNS.items())}, money,
                     {packed(alike)} AS alike FROM rated WHERE reason = 0)
        GROUP BY GROUPING SETS ({", ".join(f"({name}, alike)" for name in names)})
    """).fetchall()
    kinds = list(_COLUMNS)
    tallies: dict[tuple[SegmentKind, str], Tally] = defaultdict(Tally)
    standing: Counter[Cell] = Counter()
    for mask, number, code, count, money, known in rows:
        kind = next(kind for n, kind in enumerate(reversed(kinds)) if not mask >> n & 1)
        place, rank, provisional, trigger = unpacked(code, alike)
        tallies[kind, _text(facts, kind, number)].add(
            _CLASSES[rank],
            bands[place],
            count=count,
            money=int(money),
            known=known,
            provisional=bool(provisional),
            trigger=trigger,
        )
        if kind is SegmentKind.ACTIVITY and (cell := cells[place]):  # as any kind, every body once
            standing[cell] += count
    whole = Tally()
    for (kind, _), tally in tallies.items():
        if kind is SegmentKind.ACTIVITY:
            _merge(whole, tally)
    return whole, tuple(_segments(tallies)), standing


def _class_sql(method: Method, settings: Settings) -> str:
    """The place of the class in `_CLASSES`."""
    rank = final_rank_sql(method, fold_of(method, settings), settings.overrides)
    return f"coalesce({rank}, {len(RiskClass)})"


def _text(facts: Facts, kind: SegmentKind, number: int) -> str:
    """What a number of the view stands for."""
    if kind is SegmentKind.SIZE:
        return str(number or "")
    return facts.cells.texts[kind.value].all[number]


def _merge(into: Tally, other: Tally) -> None:
    for mine, theirs in ((into.counts, other.counts), (into.bands, other.bands), (into.money, other.money)):
        for key, value in theirs.items():
            mine[key] += value
    into.known += other.known
    into.provisional += other.provisional
    into.referred += other.referred
    into.to_verify += other.to_verify


def _segments(tallies: Mapping[tuple[SegmentKind, str], Tally]) -> Iterable[Segment]:
    places = list(SegmentKind)
    order = sorted(tallies, key=lambda key: (places.index(key[0]), -tallies[key].classes.total, key[1]))
    for kind, code in order:
        classes, money = tallies[kind, code].classes, tallies[kind, code].amounts
        yield Segment(kind=kind, code=code, classes=classes, money=money)


def count_groups(facts: Facts, method: Method, settings: Settings) -> tuple[Group, ...]:
    """The whole cross-table of registered bodies, in an order that does not depend on that of the rows."""
    scopes = [list(Scope).index(scope_of(reason)) for reason in REASONS]
    head = [
        ("activity", len(facts.cells.texts["activity"].all)),
        ("legal_form", len(facts.cells.texts["legal_form"].all)),
        (f"{scopes}[reason + 1]", len(Scope)),
        (_class_sql(method, settings), len(_CLASSES)),
    ]
    tail = [("coalesce(size, 0)", method.size_parts + 1), ("abroad", len(_FOREIGN))]
    tails = (method.size_parts + 1) * len(_FOREIGN)
    rows = facts.engine.execute(f"""
        SELECT region, alike // {tails}, alike % {tails}, count(*), CAST(coalesce(sum(money), 0) AS BIGINT)
        FROM (SELECT region, {packed([*head, *tail])} AS alike, money FROM rated) GROUP BY region, alike
    """).fetchall()
    regions = facts.cells.texts["region"].all

    def heading(code: int) -> tuple[Scope, RiskClass | None, str, str]:
        activity, form, scope, rank = unpacked(code, head)
        return (
            list(Scope)[scope],
            _CLASSES[rank],
            _text(facts, SegmentKind.ACTIVITY, activity),
            _text(facts, SegmentKind.LEGAL_FORM, form),
        )

    # Many rows share a beginning or an end, so these are made out and put in order once.
    heads = {code: heading(code) for code in {row[1] for row in rows}}
    ends = {
        code: (str(size or ""), _FOREIGN[abroad]) for code in range(tails) for size, abroad in [unpacked(code, tail)]
    }
    by_head = _ranks(heads, key=lambda head: (head[0], head[1] is None, head[1] or "", *head[2:]))
    by_region = _ranks(dict(enumerate(regions)), key=lambda region: region)
    by_end = _ranks(ends, key=lambda end: (end[0], end[1] is None, end[1]))
    rows.sort(key=lambda row: (by_head[row[1]], by_region[row[0]], by_end[row[2]]))
    return tuple(
        Group(
            scope=heads[head][0],
            risk_class=heads[head][1],
            activity=heads[head][2],
            legal_form=heads[head][3],
            region=regions[region],
            size=ends[end][0],
            foreign=ends[end][1],
            count=count,
            money=money,
        )
        for region, head, end, count, money in rows
    )


def _ranks(found: Mapping[int, _T], key: Callable[[_T], Any]) -> dict[int, int]:
    """The place of each in order."""
    return {code: place for place, code in enumerate(sorted(found, key=lambda code: key(found[code])))}
