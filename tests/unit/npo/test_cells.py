"""The cells that a class follows from, and what would move a body out of one: against a search of all cells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.risk_matrix import (
    ADEQUATE,
    LEVELS,
    STRONG,
    RiskCell,
    all_cells,
    class_changes,
    class_of,
    fold_of,
)
from fatf_kit.npo.register.settings_file import load_settings
from fatf_kit.npo.scales import RiskClass

METHOD = load_method()
FOLD = fold_of(METHOD, load_settings(None, METHOD))


def test_every_cell_is_there_once() -> None:
    """Each level, control and reason to be high is one cell; the last has a proven trigger only."""
    *cells, only_trigger = all_cells()
    assert LEVELS * LEVELS * 3 * 3 == len(set(cells)) == len(cells)
    assert RiskCell(threat=0, vulnerability=0, controls=ADEQUATE, hard=True) == only_trigger


def rank(cell: RiskCell, **change: int | str | bool) -> int:
    """Return the class of a cell after a change, as a number."""
    values = {"threat": cell.threat, "vulnerability": cell.vulnerability, "controls": cell.controls, "hard": cell.hard}
    return class_of(METHOD, FOLD, RiskCell(**{**values, **change})).rank  # type: ignore[arg-type]


def single(cell: RiskCell) -> tuple[list[str], list[str]]:
    """Return the levels of one dimension alone that lower and that raise a class, the nearest of each."""
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


def test_one_dimension_that_changes_a_class() -> None:
    """The nearest level that changes the class is found for every cell where one dimension is enough."""
    t = Translator("en")
    changes = class_changes(METHOD, FOLD, t)
    seen = 0
    for cell, pair in zip(all_cells()[:-1], changes[:-1], strict=True):
        for ways, text in zip(single(cell), pair, strict=True):
            if ways and not cell.is_uncontrolled:
                assert t.points(ways) == text, cell
                seen += 1
    assert seen > 100


@pytest.mark.parametrize("name", sorted(METHOD.folds))
def test_two_together_where_one_is_not_enough(name: str) -> None:
    """The nearest pair of levels is found where one is not enough, first that with the least change of threat."""
    t, fold = Translator("en"), METHOD.folds[name]
    start = {n: METHOD.levels_from[n - 2] / 100 for n in range(2, LEVELS + 1)}
    cells = [cell for cell in all_cells()[:-1] if not cell.is_uncontrolled]
    changes = dict(zip(all_cells(), class_changes(METHOD, fold, t), strict=True))
    ranks = {cell: class_of(METHOD, fold, cell).rank for cell in cells}
    seen = 0
    for cell in cells:
        pair = changes[cell]
        same = [to for to in cells if (to.controls, to.hard) == (cell.controls, cell.hard)]
        neighbours = [to for to in cells if count_differences(cell, to) == 1]
        for text, sign, word, edge in zip(pair, (-1, 1), ("below", "from"), (1, 0), strict=True):
            if any(sign * (ranks[to] - ranks[cell]) > 0 for to in neighbours):
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


@pytest.mark.parametrize("name", sorted(METHOD.folds))
def test_another_answer_lowers_exposure_without_controls(name: str) -> None:
    """Alone where the class is lower without it, otherwise together with what lowers the class then; nothing raises."""
    t, fold = Translator("en"), METHOD.folds[name]
    changes = dict(zip(all_cells(), class_changes(METHOD, fold, t), strict=True))
    answers, seen = "another answer on the place, the channel or the controls", set()
    for cell in (cell for cell in changes if cell.is_uncontrolled):
        plain = replace(cell, is_uncontrolled=False)
        is_enough = class_of(METHOD, fold, plain) is not RiskClass.HIGH
        ways = changes[plain][0].split("; ")
        assert changes[cell] == (answers if is_enough else t.points(f"{answers} and {way}" for way in ways), ""), cell
        seen.add(is_enough)
    assert seen == {True, False}


def count_differences(one: RiskCell, other: RiskCell) -> int:
    """Return the number of dimensions in which two cells differ."""
    return sum(getattr(one, name) != getattr(other, name) for name in ("threat", "vulnerability", "controls", "hard"))
