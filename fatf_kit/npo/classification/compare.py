"""Two years compared, body by body: how many moved between classes, and why.

Both sides are `classified.csv` files, joined by the register's own id. Only counts leave this module.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import refusal_reason
from fatf_kit.npo.classification.output import CLASSIFIED_COLUMNS
from fatf_kit.npo.register.engine import connect, read_classified

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STATES = ("high", "medium", "low", "unrated", "undetermined", "out")
"""The states of a body in a year: a class, within the definition without a class, or not within it."""

CHANGES = ("raised", "lowered", "learned", "lost")
"""How the level of a factor may have changed."""
TOTALS = ("up", "down", "entered", "left")
_RANKED = ("low", "medium", "high")
_WITHIN = (*_RANKED, "unrated")
_STATE = "CASE WHEN scope = 'in' THEN coalesce(nullif(class, ''), 'unrated') ELSE scope END"
_RANK = "CASE {state} WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END"
_NEEDED = ("npo_id", "scope", "class", "override")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCause:
    """The reason for which bodies moved between classes.

    `raised` and `lowered` are bodies whose level of the factor `code` rose or fell; `learned` and `lost` bodies for
    which it became known, or is no longer known. A body may stand with several causes.
    """

    code: str
    raised: int
    lowered: int
    learned: int
    lost: int

    @property
    def total(self) -> int:
        """Bodies concerned."""
        return self.raised + self.lowered + self.learned + self.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class YearComparison:
    """Two years compared. `came` and `went` stand in one of the files only.

    `by_hand` of those that moved between classes had a class set by hand in either year; `by_method` moved though
    nothing that is known of them changed, so the method or a setting did. `moves` counts bodies by their state in the
    first year and in the second.
    """

    before: str
    after: str
    came: int
    went: int
    by_hand: int
    by_method: int
    moves: Mapping[tuple[str, str], int]
    causes: tuple[MoveCause, ...]

    @property
    def both(self) -> int:
        """Bodies that stand in both files."""
        return sum(self.moves.values())

    def count(self, before: str, after: str) -> int:
        """Return how many went from one state to another."""
        return self.moves.get((before, after), 0)

    def total(self, name: str) -> int:
        """Return how many moved up, down, into the definition or out of it: a name of `TOTALS`."""
        return sum(count for (was, now), count in self.moves.items() if belongs(was, now, name))


def belongs(was: str, now: str, total: str) -> bool:
    """Return whether bodies that went from one state to another are counted in a total of `TOTALS`."""
    if total in ("up", "down"):
        rise = _RANKED.index(now) - _RANKED.index(was) if was in _RANKED and now in _RANKED else 0
        return rise > 0 if total == "up" else rise < 0
    entered, left = was not in _WITHIN and now in _WITHIN, was in _WITHIN and now not in _WITHIN
    return entered if total == "entered" else left


def compare_years(before: Path, after: Path) -> YearComparison:
    """Compare two `classified.csv`, the earlier one first.

    Raises:
        FatfKitError: a file cannot be read or is not a classified.csv.
    """
    for path in (before, after):
        if why := refusal_reason(path, most=None):
            raise FatfKitError("{file} cannot be read: {why}.", file=path.name, why=why)
    with tempfile.TemporaryDirectory(prefix="fatf-kit-") as folder:
        engine = connect(Path(folder))
        try:
            paths = {"before": before, "after": after}
            columns = [_load(engine, name, path, Path(folder)) for name, path in paths.items()]
            factors = [column for column in columns[0] if column in columns[1] and column not in CLASSIFIED_COLUMNS]
            return _compare(engine, _label(before), _label(after), factors)
        finally:
            engine.close()


def _label(path: Path) -> str:
    """Return the file with its folder: both years are called classified.csv."""
    return "/".join(path.parts[-2:])


def _load(engine: DuckDBPyConnection, name: str, path: Path, folder: Path) -> list[str]:
    """Make a table of one year with its state, every column as text; returns the columns of the file."""
    import duckdb

    source = read_classified(path, folder)
    try:
        columns = [str(row[0]) for row in engine.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
    except duckdb.Error as fault:
        raise FatfKitError(
            "{file} cannot be read as a table. Check that it exists and is a file classified.csv.", file=path.name
        ) from fault
    if missing := [column for column in _NEEDED if column not in columns]:
        raise FatfKitError(
            "{file} has no column '{column}'. Compare two files classified.csv that 'fatf-kit npo classify' wrote.",
            file=path.name,
            column=missing[0],
        )
    kept = [column for column in columns if column in _NEEDED or column not in CLASSIFIED_COLUMNS]
    listed = ", ".join(f"coalesce({_quoted(column)}, '') AS {_quoted(column)}" for column in kept)
    engine.execute(f"CREATE TABLE {name} AS SELECT {listed}, {_STATE} AS state FROM {source}")
    return columns


def _compare(engine: DuckDBPyConnection, before: str, after: str, factors: list[str]) -> YearComparison:
    engine.execute(
        "CREATE TABLE moved AS SELECT b, a FROM before b JOIN after a USING (npo_id) "
        f"WHERE {_RANK.format(state='b.state')} <> {_RANK.format(state='a.state')}"
    )
    moves = {
        (was, now): count
        for was, now, count in engine.execute(
            "SELECT b.state, a.state, count(*) FROM before b JOIN after a USING (npo_id) GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    }
    by_hand, by_method = _without_cause(engine, factors)
    both = sum(moves.values())
    ((first, second),) = engine.execute("SELECT (SELECT count(*) FROM before), (SELECT count(*) FROM after)").fetchall()
    return YearComparison(
        before=before,
        after=after,
        came=second - both,
        went=first - both,
        by_hand=by_hand,
        by_method=by_method,
        moves=moves,
        causes=tuple(cause for cause in _causes(engine, factors) if cause.total),
    )


def _without_cause(engine: DuckDBPyConnection, factors: list[str]) -> tuple[int, int]:
    by_hand = "b.override <> '' OR a.override <> ''"
    same = " AND ".join(f"b.{_quoted(f)} = a.{_quoted(f)}" for f in factors) or "true"
    counted = f"count(*) FILTER ({by_hand}), count(*) FILTER ({same} AND NOT ({by_hand}))"
    ((hand, method),) = engine.execute(f"SELECT {counted} FROM moved").fetchall()
    return int(hand), int(method)


def _causes(engine: DuckDBPyConnection, factors: list[str]) -> list[MoveCause]:
    """One pass over the moved bodies for all factors; levels are the digits 1 to 5, or blank."""
    counted = []
    for factor in factors:
        was, now = f"b.{_quoted(factor)}", f"a.{_quoted(factor)}"
        known = f"{was} <> '' AND {now} <> ''"
        tests = (
            f"{known} AND {now} > {was}",
            f"{known} AND {now} < {was}",
            f"{was} = '' AND {now} <> ''",
            f"{was} <> '' AND {now} = ''",
        )
        counted += [f"count(*) FILTER ({test})" for test in tests]
    if not counted:
        return []
    row = engine.execute(f"SELECT {', '.join(counted)} FROM moved").fetchone() or ()
    causes = [
        MoveCause(code=factor, **dict(zip(CHANGES, row[n : n + 4], strict=True)))
        for n, factor in zip(range(0, len(row), 4), factors, strict=True)
    ]
    return sorted(causes, key=lambda cause: (-cause.total, cause.code))


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
