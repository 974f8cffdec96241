"""From classified rows to counts: by class, by segment and the whole cross-table, in two passes over the view.

Shares of a segment's bodies and money decide its rating: the class of the middle body, and the class that holds the
eightieth part of the money, bodies in order of class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fatf_kit.npo.cells import UNKNOWN, YES
from fatf_kit.npo.classify import all_cells, final_class_sql, fold_of, indexed, residual_band
from fatf_kit.npo.facts import Facts
from fatf_kit.npo.method import Method
from fatf_kit.npo.model import ClassCounts, Group, Money, RiskBand, RiskClass, Scope, Segment, SegmentKind
from fatf_kit.npo.scope import REASONS, scope_of
from fatf_kit.npo.settings import Settings

_COLUMNS = {
    SegmentKind.ACTIVITY: "activity",
    SegmentKind.REGION: "region",
    SegmentKind.LEGAL_FORM: "legal_form",
    SegmentKind.SIZE: "CAST(size AS VARCHAR)",
}


@dataclass(slots=True)
class Tally:
    """Counts and money being added up."""

    counts: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    bands: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    money: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    known: int = 0
    provisional: int = 0

    def add(
        self, risk_class: str | None, band: str | None, count: int, money: int, known: int, provisional: bool
    ) -> None:
        """Add bodies that are alike."""
        self.counts[risk_class] += count
        self.bands[band] += count
        self.money[risk_class] += money
        self.known += known
        self.provisional += count if provisional or risk_class is None else 0

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
        )

    @property
    def amounts(self) -> Money:
        """The money, by class."""
        low, medium, high, unrated = (self.money[key] for key in (*map(str, RiskClass), None))
        return Money(low=low, medium=medium, high=high, unrated=unrated, known=self.known)


def middle_class(parts: Mapping[RiskClass, int], at: float) -> RiskClass | None:
    """The class in which a part of the whole is reached, lowest class first; None where there is nothing.

    >>> middle_class({RiskClass.LOW: 6, RiskClass.MEDIUM: 3, RiskClass.HIGH: 1}, 0.8)
    <RiskClass.MEDIUM: 'medium'>
    """
    total = sum(parts.values())
    reached = 0
    for risk_class in RiskClass:
        reached += parts[risk_class]
        if total and reached >= at * total:
            return risk_class
    return None


def rate(classes: ClassCounts, money: Money, method: Method) -> tuple[RiskClass | None, RiskClass | None]:
    """The rating by count and by money."""
    amounts = {RiskClass.LOW: money.low, RiskClass.MEDIUM: money.medium, RiskClass.HIGH: money.high}
    counts = {risk_class: classes.of(risk_class) for risk_class in RiskClass}
    return middle_class(counts, method.count_part), middle_class(amounts, method.money_part)


def count_segments(facts: Facts, method: Method, settings: Settings) -> tuple[Tally, tuple[Segment, ...]]:
    """All bodies in scope together, and each segment, largest first."""
    fold = fold_of(method, settings)
    band = indexed("cell", [residual_band(method, cell).value for cell in all_cells()])
    keys = ", ".join(f"{sql} AS s_{kind.value}" for kind, sql in _COLUMNS.items())
    names = [f"s_{kind.value}" for kind in _COLUMNS]
    sets = ", ".join(f"({name}, cls, band, provisional)" for name in names)
    rows = facts.engine.execute(f"""
        SELECT GROUPING({", ".join(names)}), {", ".join(names)}, cls, band, provisional,
               count(*), coalesce(sum(money), 0)::HUGEINT, count(money)
        FROM (SELECT {keys}, money, provisional, {band} AS band,
                     {final_class_sql(method, fold, settings.overrides)} AS cls FROM rated WHERE reason = 0)
        GROUP BY GROUPING SETS ({sets})
    """).fetchall()
    kinds = list(_COLUMNS)
    tallies: dict[tuple[SegmentKind, str], Tally] = defaultdict(Tally)
    for mask, *values in rows:
        place = next(n for n in range(len(kinds)) if not mask >> (len(kinds) - 1 - n) & 1)
        code = values[place] or ""
        risk_class, of_band, provisional, count, money, known = values[len(kinds) :]
        tallies[kinds[place], code].add(risk_class, of_band, count, int(money), known, bool(provisional))
    whole = Tally()
    for (kind, _), tally in tallies.items():
        if kind is SegmentKind.ACTIVITY:  # as any kind, every body once
            _merge(whole, tally)
    return whole, tuple(_segments(tallies, method))


def _merge(into: Tally, other: Tally) -> None:
    for mine, theirs in ((into.counts, other.counts), (into.bands, other.bands), (into.money, other.money)):
        for key, value in theirs.items():
            mine[key] += value
    into.known += other.known
    into.provisional += other.provisional


def _segments(tallies: Mapping[tuple[SegmentKind, str], Tally], method: Method) -> Iterable[Segment]:
    places = list(SegmentKind)
    order = sorted(tallies, key=lambda key: (places.index(key[0]), -tallies[key].classes.total, key[1]))
    for kind, code in order:
        classes, money = tallies[kind, code].classes, tallies[kind, code].amounts
        by_count, by_money = rate(classes, money, method)
        yield Segment(kind=kind, code=code, classes=classes, money=money, by_count=by_count, by_money=by_money)


def count_groups(facts: Facts, method: Method, settings: Settings) -> tuple[Group, ...]:
    """The whole cross-table of registered bodies, in an order that does not depend on that of the rows."""
    fold = fold_of(method, settings)
    scopes = {scope.value: scope for scope in Scope}
    classes: dict[str | None, RiskClass | None] = {
        None: None,
        **{risk_class.value: risk_class for risk_class in RiskClass},
    }
    rows = facts.engine.execute(f"""
        SELECT {indexed("reason", [scope_of(reason).value for reason in REASONS])} AS scope,
               {final_class_sql(method, fold, settings.overrides)} AS cls,
               coalesce(activity, ''), coalesce(legal_form, ''), coalesce(region, ''),
               coalesce(CAST(size AS VARCHAR), ''), nullif(abroad, {UNKNOWN}) AS foreign_,
               count(*), CAST(coalesce(sum(money), 0) AS BIGINT)
        FROM rated GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY ALL
    """).fetchall()
    return tuple(
        Group(
            scope=scopes[scope],
            risk_class=classes[risk_class],
            activity=activity,
            legal_form=form,
            region=region,
            size=size,
            foreign=abroad if abroad is None else abroad == YES,
            count=count,
            money=money,
        )
        for scope, risk_class, activity, form, region, size, abroad, count, money in rows
    )
