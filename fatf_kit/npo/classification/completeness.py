"""How thin the data is, and which column to collect next: by how many provisional classes it would settle."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.model import CollectStep, ColumnCompleteness, DataCompleteness

STEPS = 10
_NOT_ASKED = ("npo_id",)


def measure_completeness(facts: Facts, method: Method) -> DataCompleteness:
    """Known shares among bodies in scope, and what each column would settle if it were filled in for all of them."""
    weights = {factor.id: factor.hundredths for factor in method.rated}
    least = math.ceil(Fraction(str(method.provisional_below)) * method.hundredths)  # of what is known, to be settled
    mapped = [column for column in facts.columns if column in method.columns]
    wanted = [column for column in method.columns if column not in _NOT_ASKED]
    informs = {column: method.informs(column) for column in method.columns}
    informing = [column for column in mapped if informs[column]]
    settling = _settling_tests(facts, {column: informs[column] for column in informing}, method, least)
    tests = [f"has_{column}" for column in mapped] + [f"is_provisional AND {test}" for test in settling]
    parts = ["count(*)", "sum(known_weight)", *(f"count_if({test})" for test in tests)]
    query = f"SELECT {', '.join(parts)} FROM rated WHERE is_in_scope"
    (row,) = facts.engine.execute(query).fetchall()
    total, known, *rest = (count or 0 for count in row)  # a sum over no bodies is NULL
    counts = dict(zip(mapped, rest[: len(mapped)], strict=True))
    resolved = dict(zip(informing, rest[len(mapped) :], strict=True))
    spread = facts.engine.execute(
        "SELECT known_weight, count(*) FROM rated WHERE is_in_scope AND is_provisional GROUP BY known_weight"
    ).fetchall()

    def count_classified(added: int) -> int:
        return sum(count for known_weight, count in spread if known_weight + added >= least)

    def gained(column: str, done: frozenset[str] = frozenset()) -> frozenset[str]:
        return frozenset(informs[column]) - frozenset(facts.levels) - done

    columns = []
    for column in wanted:
        if not informs[column] and column not in mapped:
            continue
        alone = sum(weights[factor] for factor in gained(column))
        columns.append(
            ColumnCompleteness(
                column=column,
                mapped=column in mapped,
                known=counts.get(column, 0) / total if total else 0.0,
                informs=informs[column],
                would_resolve=resolved[column] if column in resolved else count_classified(alone),
            )
        )
    missing = [column.column for column in columns if not column.mapped]
    return DataCompleteness(
        known_share=known / (total * method.hundredths) if total else 0.0,
        provisional_below=method.provisional_below,
        columns=tuple(sorted(columns, key=lambda item: (-item.would_resolve, item.column))),
        collect_next=_next_steps(method, missing, gained, count_classified, weights),
    )


def _settling_tests(facts: Facts, informs: Mapping[str, Sequence[str]], method: Method, least: int) -> list[str]:
    """Return for each column, in SQL, whether a provisional class would be settled, were the column known of it.

    `informs` has the factors that each column informs.
    """
    known = [factor for factor in method.rated if factor.id in facts.levels]
    tests = []
    for column, informed in informs.items():
        factors = [factor for factor in known if factor.id in informed]
        added = " + ".join(f"CASE WHEN {f.id} IS NULL THEN {f.hundredths} ELSE 0 END" for f in factors) or "0"
        tests.append(f"NOT has_{column} AND known_weight + {added} >= {least}")
    return tests


def _next_steps(
    method: Method,
    missing: list[str],
    gained: Callable[[str, frozenset[str]], frozenset[str]],
    count_classified: Callable[[int], int],
    weights: Mapping[str, int],
) -> tuple[CollectStep, ...]:
    """Return the columns the register lacks, each time the one that adds most weight, until nothing more is settled."""
    goal = count_classified(method.hundredths)
    steps: list[CollectStep] = []
    done: frozenset[str] = frozenset()
    while missing and len(steps) < STEPS and (steps[-1].resolved if steps else 0) < goal:
        best = max(missing, key=lambda column: (sum(weights[f] for f in gained(column, done)), column))
        new = gained(best, done)
        if not new:
            break
        done |= new
        missing = [column for column in missing if column != best]
        steps.append(CollectStep(column=best, resolved=count_classified(sum(weights[factor] for factor in done))))
    return tuple(steps)
