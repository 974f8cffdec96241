"""How thin the data is, and which column to collect next: by how many provisional classes it would settle."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from fatf_kit.npo.facts import BITS, Facts
from fatf_kit.npo.levels import Levels
from fatf_kit.npo.method import Method
from fatf_kit.npo.model import CollectStep, ColumnCompleteness, DataCompleteness

STEPS = 10
_NOT_ASKED = ("npo_id",)


def measure(facts: Facts, method: Method) -> DataCompleteness:
    """Known shares among bodies in scope, and what each column would settle if it were filled in for all of them."""
    weights = {factor.id: factor.weight for factor in method.rated}
    least = math.ceil(Fraction(str(method.provisional_below)) * method.weight)  # of what is known, to be settled
    mapped = [column for column in facts.columns if column in method.columns]
    wanted = [column for column in method.columns if column not in _NOT_ASKED]
    parts = ["count(*)", "coalesce(sum(known), 0)"]
    kind = "UBIGINT" if len(facts.columns) <= BITS else "UHUGEINT"
    bits = {column: f"{1 << place}::{kind}" for place, column in enumerate(facts.columns)}
    parts += [f"coalesce(sum(mask >> {facts.columns.index(column)} & 1), 0)::BIGINT" for column in mapped]
    query = f"SELECT {', '.join(parts)} FROM rated WHERE reason = 0"
    ((total, known, *rest),) = facts.engine.execute(query).fetchall()
    counts = dict(zip(mapped, rest, strict=True))
    partial = {column: bits[column] for column in mapped if method.informs(column)}
    settled = _settled(facts, method, partial, weights, least)
    spread = facts.engine.execute(
        "SELECT known, count(*) FROM rated WHERE reason = 0 AND provisional GROUP BY known"
    ).fetchall()

    def would_settle(added: int) -> int:
        return sum(count for known_weight, count in spread if known_weight + added >= least)

    def gained(column: str, done: frozenset[str] = frozenset()) -> frozenset[str]:
        return frozenset(method.informs(column)) - frozenset(facts.levels) - done

    columns = []
    for column in wanted:
        if not method.informs(column) and column not in mapped:
            continue
        alone = sum(weights[factor] for factor in gained(column))
        columns.append(
            ColumnCompleteness(
                column=column,
                mapped=column in mapped,
                known=counts.get(column, 0) / total if total else 0.0,
                informs=method.informs(column),
                would_settle=settled[column] if column in settled else would_settle(alone),
            )
        )
    return DataCompleteness(
        known_share=known / (total * method.weight) if total else 0.0,
        provisional_below=method.provisional_below,
        columns=tuple(sorted(columns, key=lambda item: (-item.would_settle, item.column))),
        collect_next=_next_steps(method, [c.column for c in columns if not c.mapped], gained, would_settle, weights),
    )


def _settled(
    facts: Facts, method: Method, partial: Mapping[str, str], weights: Mapping[str, int], least: int
) -> dict[str, int]:
    """How many provisional classes a column that is partly filled in would settle, were it known of every body."""
    if not partial:
        return {}
    tests = (
        f"mask & {bit} = 0 AND known + {_gain(facts, method.informs(column), weights)} >= {least}"
        for column, bit in partial.items()
    )
    filters = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests)
    most = max(sum(weights[factor] for factor in method.informs(column)) for column in partial)
    query = (
        f"SELECT {filters} FROM rated WHERE reason = 0 AND provisional AND known >= {least - most}"  # others stay so
    )
    return dict(zip(partial, facts.engine.execute(query).fetchone() or (), strict=True))


def _gain(facts: Facts, factors: tuple[str, ...], weights: Mapping[str, int]) -> str:
    """The weight of those of the factors that are not known of a body."""

    def missing(levels: Levels) -> str:
        return str(sum(weights[factor] for factor, level in levels.items() if factor in factors and not level))

    groups = [group for group in facts.groups if set(factors) & set(group.factors)]
    return " + ".join(group.lookup(missing) for group in groups) or "0"


def _next_steps(
    method: Method,
    missing: list[str],
    gained: Callable[[str, frozenset[str]], frozenset[str]],
    would_settle: Callable[[int], int],
    weights: Mapping[str, int],
) -> tuple[CollectStep, ...]:
    """The columns the register lacks, each time the one that adds most weight, until nothing more is settled."""
    goal = would_settle(method.weight)
    steps: list[CollectStep] = []
    done: frozenset[str] = frozenset()
    while missing and len(steps) < STEPS and (steps[-1].settled if steps else 0) < goal:
        best = max(missing, key=lambda column: (sum(weights[f] for f in gained(column, done)), column))
        new = gained(best, done)
        if not new:
            break
        done |= new
        missing = [column for column in missing if column != best]
        steps.append(CollectStep(column=best, settled=would_settle(sum(weights[factor] for factor in done))))
    return tuple(steps)
