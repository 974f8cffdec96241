"""From classified rows to counts: by class, by segment and the whole cross-table."""

from __future__ import annotations

from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.method.risk_matrix import LEVELS, WEAK
from fatf_kit.npo.method.scales import RiskBand, RiskClass, Scope, SegmentKind
from fatf_kit.npo.method.scope import SCOPE_SQL
from fatf_kit.npo.model import BodyGroup, ClassCounts, ClassMoney, SectorSegment

_SEGMENTS = tuple(kind.value for kind in SegmentKind)
_BY_CLASS = {**{risk_class.value: f"class = '{risk_class}'" for risk_class in RiskClass}, "unrated": "class IS NULL"}
_COUNTS = {
    **_BY_CLASS,
    "provisional": "is_provisional OR class IS NULL",
    "referred": "is_referred",
    "to_verify": "is_to_verify",
}


def count_segments(facts: Facts) -> tuple[ClassCounts, ClassMoney, tuple[SectorSegment, ...]]:
    """Return the counts and the money of all bodies in scope together, and of each segment, the largest first."""
    counts = [f"count(*) FILTER ({test})" for test in _COUNTS.values()]
    counts += [f"count(*) FILTER (band = '{band}')" for band in RiskBand]
    counts += [f"coalesce(sum(money) FILTER ({test}), 0)::HUGEINT" for test in _BY_CLASS.values()]
    rows = facts.engine.execute(
        f"SELECT GROUPING_ID({', '.join(_SEGMENTS)}), coalesce({', '.join(_SEGMENTS)}, ''), "
        f"{', '.join(counts)}, count(money) "
        "FROM (SELECT * REPLACE (coalesce(size::VARCHAR, '') AS size) FROM rated WHERE is_in_scope) "
        f"GROUP BY GROUPING SETS ((), {', '.join(f'({name})' for name in _SEGMENTS)})"
    ).fetchall()
    whole = ClassCounts(low=0, medium=0, high=0, unrated=0, provisional=0, bands=(0, 0, 0, 0, 0))
    money = ClassMoney(low=0, medium=0, high=0, unrated=0, known=0)
    segments: list[SectorSegment] = []
    places = {((1 << len(_SEGMENTS)) - 1) ^ (1 << n): kind for n, kind in enumerate(reversed(SegmentKind))}
    for mask, code, *numbers in rows:
        named, rest = numbers[: len(_COUNTS)], numbers[len(_COUNTS) :]
        bands, amounts = tuple(rest[: len(RiskBand)]), map(int, rest[len(RiskBand) : -1])
        classes = ClassCounts(**dict(zip(_COUNTS, named, strict=True)), bands=bands)
        held = ClassMoney(**dict(zip(_BY_CLASS, amounts, strict=True)), known=rest[-1])
        if mask in places:
            segments.append(SectorSegment(kind=places[mask], code=code, classes=classes, money=held))
        else:
            whole, money = classes, held
    order = list(SegmentKind)
    segments.sort(key=lambda one: (order.index(one.kind), -one.classes.total, one.code))
    return whole, money, tuple(segments)


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


def count_groups(facts: Facts) -> tuple[BodyGroup, ...]:
    """Return the whole cross-table of registered bodies, in an order that does not depend on that of the rows."""
    rows = facts.engine.execute(
        f"SELECT {SCOPE_SQL} AS scope, class, activity, legal_form, region, coalesce(size::VARCHAR, '') AS size, "
        "abroad, count(*), CAST(coalesce(sum(money), 0) AS BIGINT) FROM rated GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return tuple(
        BodyGroup(
            scope=Scope(scope),
            risk_class=RiskClass(risk_class) if risk_class else None,
            activity=activity,
            legal_form=legal_form,
            region=region,
            size=size,
            foreign=foreign,
            count=count,
            money=money,
        )
        for scope, risk_class, activity, legal_form, region, size, foreign, count, money in rows
    )
