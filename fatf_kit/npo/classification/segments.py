"""From classified rows to counts: by class, by segment, by both limbs of the definition, by group of beneficiaries."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.classification.readings import JOINED
from fatf_kit.npo.mapping.beneficiary_words import COLUMN
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.risk_matrix import LEVELS, WEAK
from fatf_kit.npo.method.scope import SCOPE_SQL
from fatf_kit.npo.model import BodyGroup, ClassCounts, ClassMoney, CodeCount, SectorSegment
from fatf_kit.npo.scales import RiskBand, RiskClass, Scope, SegmentKind

_SEGMENTS = tuple(kind.value for kind in SegmentKind)
_MARKS = {
    "provisional": "is_provisional OR class IS NULL",
    "referred": "is_referred",
    "to_verify": "is_to_verify AND class IS NULL",
    "uncontrolled": "is_uncontrolled AND own_class = class",
}


@dataclass(slots=True)
class _Sums:
    """The counts of the bodies in scope of one segment: bodies and money by class, bodies by band and mark."""

    bodies: Counter[str] = field(default_factory=Counter)
    money: Counter[str] = field(default_factory=Counter)
    bands: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    known: int = 0

    def make_counts(self) -> ClassCounts:
        low, medium, high, unrated = (self.bodies[name] for name in (*RiskClass, "unrated"))
        b1, b2, b3, b4, b5 = (self.bands[band] for band in RiskBand)
        marks = {name: self.marks[name] for name in _MARKS}
        return ClassCounts(low=low, medium=medium, high=high, unrated=unrated, bands=(b1, b2, b3, b4, b5), **marks)

    def make_money(self) -> ClassMoney:
        low, medium, high, unrated = (self.money[name] for name in (*RiskClass, "unrated"))
        return ClassMoney(low=low, medium=medium, high=high, unrated=unrated, known=self.known)


def count_segments(facts: Facts) -> tuple[ClassCounts, ClassMoney, tuple[SectorSegment, ...], tuple[BodyGroup, ...]]:
    """Return the counts and the money of all bodies in scope, each segment, the largest first, and the groups.

    One pass over the bodies counts them all.
    """
    marks = ", ".join(f"count_if({test})" for test in _MARKS.values())
    sets = [f"({name}, scope, class, band)" for name in _SEGMENTS]
    rows = facts.engine.execute(
        f"SELECT GROUPING_ID({', '.join(_SEGMENTS)}), coalesce({', '.join(_SEGMENTS)}, ''), scope, class, band, "
        f"count(*), coalesce(sum(money), 0)::HUGEINT, count(money), {marks} "
        f"FROM (SELECT * REPLACE (coalesce(size::VARCHAR, '') AS size), {SCOPE_SQL} AS scope FROM rated) "
        f"GROUP BY GROUPING SETS ((scope, class, band), {', '.join(sets)})"
    ).fetchall()
    places: dict[int, SegmentKind | None] = {(1 << len(_SEGMENTS)) - 1: None}
    places |= {((1 << len(_SEGMENTS)) - 1) ^ (1 << n): kind for n, kind in enumerate(reversed(SegmentKind))}
    sums: defaultdict[tuple[SegmentKind | None, str], _Sums] = defaultdict(_Sums)
    groups: Counter[tuple[SegmentKind | None, str, Scope, RiskClass | None]] = Counter()
    amounts: Counter[tuple[SegmentKind | None, str, Scope, RiskClass | None]] = Counter()
    for place, code, scope, risk_class, band, bodies, money, known, *marked in rows:
        group = places[place], code, Scope(scope), RiskClass(risk_class) if risk_class else None
        groups[group] += bodies
        amounts[group] += int(money)
        if scope == Scope.IN:
            found = sums[places[place], code]
            found.bodies[risk_class or "unrated"] += bodies
            found.money[risk_class or "unrated"] += int(money)
            found.bands[band] += bodies
            found.marks.update(dict(zip(_MARKS, marked, strict=True)))
            found.known += known
    whole = sums.pop((None, ""), _Sums())
    segments = [
        SectorSegment(kind=kind, code=code, classes=found.make_counts(), money=found.make_money())
        for (kind, code), found in sums.items()
        if kind is not None
    ]
    order = {kind: place for place, kind in enumerate((None, *SegmentKind))}
    segments.sort(key=lambda one: (order[one.kind], -one.classes.total, one.code))
    ranked = {risk_class: place for place, risk_class in enumerate((*RiskClass, None))}
    return (
        whole.make_counts(),
        whole.make_money(),
        tuple(segments),
        tuple(
            BodyGroup(kind=kind, code=code, scope=scope, risk_class=found, count=groups[key], money=amounts[key])
            for key in sorted(groups, key=lambda key: (order[key[0]], key[1], key[2], ranked[key[3]]))
            for kind, code, scope, found in (key,)
        ),
    )


def count_matrix(facts: Facts) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return rated bodies by threat and vulnerability, `matrix[threat - 1][vulnerability - 1]`, and weak controls."""
    rows = facts.engine.execute(
        f"SELECT threat_level, vulnerability_level, count(*), count(*) FILTER (controls = '{WEAK}') "
        "FROM rated WHERE band IS NOT NULL AND threat_level > 0 GROUP BY ALL"
    ).fetchall()
    found = {(threat, vulnerability): count for threat, vulnerability, count, _ in rows}
    levels = range(1, LEVELS + 1)
    matrix = tuple(tuple(found.get((threat, weak), 0) for weak in levels) for threat in levels)
    return matrix, sum(weak for *_, weak in rows)


def count_beneficiaries(facts: Facts, method: Method) -> tuple[CodeCount, ...]:
    """Return how many bodies in scope help each group, the largest first; "" counts those of which no group is known.

    A body may help several groups. Nothing where the register does not have the column.
    """
    if COLUMN not in facts.columns:
        return ()
    rows = facts.engine.execute(
        f"SELECT coalesce({COLUMN}, ''), count(*) FROM rated WHERE is_in_scope GROUP BY 1"
    ).fetchall()
    codes = [code.code for code in method.columns[COLUMN].codes]
    counts: Counter[str] = Counter()
    for groups, count in rows:
        counts.update(dict.fromkeys(groups.split(JOINED), count))
    order = sorted(counts, key=lambda code: (code == "", -counts[code], codes.index(code) if code else 0))
    return tuple(CodeCount(code=code, count=counts[code]) for code in order)
