"""Figures by period, as people type them: years, half-years and quarters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.languages import normalise
from fatf_kit.spreadsheets.numbers import read_number

_BETWEEN = re.compile(r"[;؛\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePeriod:
    """A figure of one period of some months: a year, half-year or quarter. `last` is its last day."""

    name: str
    last: date
    value: float
    months: int = 12

    def follows(self, before: FigurePeriod) -> bool:
        """Return whether it can be compared with another: both have the same length, and no period is between them.

        >>> half = FigurePeriod(name="2026 H1", last=date(2026, 6, 30), value=9, months=6)
        >>> half.follows(FigurePeriod(name="2025", last=date(2025, 12, 31), value=4))
        False
        """
        months = 12 * (self.last.year - before.last.year) + self.last.month - before.last.month
        return self.months == before.months == months


_PERIOD = re.compile(r"(\d{4})(?:\s*-?\s*([HSQTR])\s*([1-4]))?", re.IGNORECASE)


def find_period(name: str) -> tuple[date, int] | None:
    """Return last day and months of a period like "2026", "2026 H1" or "2026 Q3"; None for other texts.

    >>> find_period("2026"), find_period("2026 H1"), find_period("2026 H3")
    ((datetime.date(2026, 12, 31), 12), (datetime.date(2026, 6, 30), 6), None)
    """
    period = _PERIOD.fullmatch(name.strip())
    if not period:
        return None
    year, letter, number = int(period[1]), (period[2] or "").upper(), int(period[3] or 0)
    if not letter:
        return date(year, 12, 31), 12
    ends = (date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31))
    if letter not in "HS":
        return ends[number - 1], 3
    return (ends[2 * number - 1], 6) if number <= 2 else None


def parse_series(text: str) -> tuple[tuple[FigurePeriod, ...], str | None]:
    """Return figures by period, oldest first, and the first part that is no period with a figure, else None.

    >>> [(figure.name, figure.value) for figure in parse_series("2026: 9; 2025: 4")[0]]
    [('2025', 4), ('2026', 9)]
    >>> parse_series("2025: many")[1]
    '2025: many'
    """
    figures: list[FigurePeriod] = []
    for part in filter(None, (piece.strip() for piece in _BETWEEN.split(text))):
        name, _, number = normalise(part).partition(":")
        name, period, value = name.strip().upper(), find_period(name), read_number(number.strip()).value
        if period is None or value is None or any((figure.last, figure.months) == period for figure in figures):
            return tuple(figures), part
        figures.append(FigurePeriod(name=name, last=period[0], months=period[1], value=value))
    return tuple(sorted(figures, key=lambda figure: (figure.last, -figure.months))), None


def format_series(series: Iterable[FigurePeriod]) -> str:
    """Return figures by period as they are typed.

    >>> format_series(parse_series("2026: 9; 2025: 4.5")[0])
    '2025: 4.5; 2026: 9'
    """
    return "; ".join(f"{figure.name}: {figure.value:.15g}" for figure in series)
