"""The cells that a class follows from, and what would move a body out of one: against a search of all cells."""

from __future__ import annotations

from types import SimpleNamespace

import duckdb
import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.npo.classify import (
    ADEQUATE,
    LEVELS,
    STRONG,
    WEAK,
    Cell,
    _quantiles,
    _steps,
    all_cells,
    changes,
    class_of,
    fold_of,
)
from fatf_kit.npo.method import load_method
from fatf_kit.npo.settings import load_settings

METHOD = load_method()
FOLD = fold_of(METHOD, load_settings(None, METHOD))


def test_every_cell_stands_once_at_its_code() -> None:
    """The place in the list is what the view works out; the last has a proven trigger and nothing else."""
    *cells, only_trigger = all_cells()
    assert LEVELS * LEVELS * 3 * 2 == len(set(cells)) == len(cells)
    assert Cell(threat=0, vulnerability=0, controls=ADEQUATE, hard=True) == only_trigger
    codes = [
        (((c.threat - 1) * LEVELS + c.vulnerability - 1) * 3 + (WEAK, ADEQUATE, STRONG).index(c.controls)) * 2 + c.hard
        for c in cells
    ]
    assert list(range(len(cells))) == codes


def rank(cell: Cell, **change: int | bool) -> int:
    """The class of a cell after a change, as a number."""
    values = {"threat": cell.threat, "vulnerability": cell.vulnerability, "controls": cell.controls, "hard": cell.hard}
    return class_of(METHOD, FOLD, Cell(**{**values, **change})).rank  # type: ignore[arg-type]


def single(cell: Cell) -> tuple[list[str], list[str]]:
    """What lowers and what raises a class by one dimension alone: the nearest level of each that does."""
    now, start = rank(cell), {n: METHOD.levels_from[n - 2] / 100 for n in range(2, LEVELS + 1)}
    lower, higher = [], []
    for name, at in (("threat", cell.threat), ("vulnerability", cell.vulnerability)):
        below = [n for n in range(1, at) if rank(cell, **{name: n}) < now]
        above = [n for n in range(at + 1, LEVELS + 1) if rank(cell, **{name: n}) > now]
        lower += [f"{name} below {start[max(below) + 1]:.1f}"] if below else []
        higher += [f"{name} from {start[min(above)]:.1f}"] if above else []
    strong = f"{METHOD.strong_from / 100:.1f}"
    if cell.controls != STRONG and rank(cell, controls=STRONG) < now:
        lower.append(f"controls from {strong}")
    if cell.controls == STRONG and rank(cell, controls=ADEQUATE) > now:
        higher.append(f"controls below {strong}")
    if cell.hard and rank(cell, hard=False) < now:
        lower.append("the link that investigators look at is cleared")
    if not cell.hard and rank(cell, hard=True) > now:
        higher.append("a hard trigger")
    return lower, higher


def test_what_would_change_a_class() -> None:
    """For every cell, as long as one dimension alone is enough."""
    t = Translator("en")
    told = changes(METHOD, FOLD, t)
    seen = 0
    for cell, pair in zip(all_cells()[:-1], told[:-1], strict=True):
        for ways, text in zip(single(cell), pair, strict=True):
            if ways:
                assert t.points(ways) == text, cell
                seen += 1
    assert seen > 100


@pytest.mark.parametrize("name", sorted(METHOD.folds))
def test_two_together_where_one_is_not_enough(name: str) -> None:
    """The nearest pair of levels that moves the class, of equally near ones that with the least change of threat."""
    t, fold = Translator("en"), METHOD.folds[name]
    start = {n: METHOD.levels_from[n - 2] / 100 for n in range(2, LEVELS + 1)}
    cells = all_cells()[:-1]
    ranks = {cell: class_of(METHOD, fold, cell).rank for cell in cells}
    seen = 0
    for cell, pair in zip(cells, changes(METHOD, fold, t)[:-1], strict=True):
        same = [to for to in cells if (to.controls, to.hard) == (cell.controls, cell.hard)]
        beside = [to for to in cells if differ(cell, to) == 1]
        for text, sign, word, edge in zip(pair, (-1, 1), ("below", "from"), (1, 0), strict=True):
            if any(sign * (ranks[to] - ranks[cell]) > 0 for to in beside):
                continue
            by = [
                (sign * (to.threat - cell.threat), sign * (to.vulnerability - cell.vulnerability), to)
                for to in same
                if sign * (ranks[to] - ranks[cell]) > 0
            ]
            near = min(((a + b, a, to) for a, b, to in by if a > 0 and b > 0), default=None, key=lambda one: one[:2])
            seen += near is not None
            to = near[2] if near else cell
            both = f"threat {word} {start.get(to.threat + edge, 0):.1f} and "
            both += f"vulnerability {word} {start.get(to.vulnerability + edge, 0):.1f}"
            assert t.points([both] if near else []) == text, cell
    assert bool(seen) is (name != "down")  # there one dimension alone always suffices


def differ(one: Cell, other: Cell) -> int:
    """In how many dimensions two cells differ."""
    return sum(getattr(one, name) != getattr(other, name) for name in ("threat", "vulnerability", "controls", "hard"))


@pytest.mark.parametrize(
    ("cuts", "sql"),
    [
        ([], "CAST(NULL AS UTINYINT)"),
        (
            [10, 20],
            "CAST(CASE WHEN x IS NULL THEN NULL WHEN x <= 10 THEN 1 WHEN x <= 20 THEN 2 ELSE 3 END AS UTINYINT)",
        ),
    ],
)
def test_steps_of_size(cuts: list[int], sql: str) -> None:
    """Up to the first cut 1, beyond the last one more than there are cuts; nothing where there are none."""
    assert sql == _steps("x", cuts)


def test_parts_of_equal_number() -> None:
    """A hundred incomes fall into as many parts as the method says; without incomes there are none."""
    engine = duckdb.connect()
    engine.execute("CREATE TABLE facts AS SELECT range AS income FROM range(1, 101)")
    facts = SimpleNamespace(engine=engine)
    each = 100 // METHOD.size_parts
    expected = [each * n for n in range(1, METHOD.size_parts)]
    assert expected == _quantiles(facts, METHOD)  # type: ignore[arg-type]
    engine.execute("UPDATE facts SET income = NULL")
    assert [] == _quantiles(facts, METHOD)  # type: ignore[arg-type]
