"""The picture of costs by year: paid once, paid every year, and the number of costs that are not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fatf_kit.action_plan.needs.costing import YearSum, round_amount, sum_by_year
from fatf_kit.action_plan.needs.matrix import NeedMatrix
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Chart, ChartKind, Series

_UNKNOWN_SHARE = 0.12
"""The length of the hatched part, as a share of the longest bar: it is a count, so that its length means nothing."""


def draw_years(matrix: NeedMatrix, t: Translator) -> Iterator[Chart]:
    """Yield a chart for each currency, that of most lines first, which has the numbers of unknown costs as well."""
    years = sum_by_year(matrix.lines)
    unknown = count_unknown_by_year(matrix)
    lines = Counter(one.currency for one in matrix.lines if one.total is not None)
    order = sorted({one.currency for one in years}, key=lambda currency: (-lines[currency], currency))
    for number, currency in enumerate(order, start=1):
        found = {one.year: one for one in years if one.currency == currency}
        counts = unknown if number == 1 else {}
        yield _draw(number, currency, found, counts, t)


def _draw(
    number: int, currency: str, sums: dict[int | None, YearSum], unknown: dict[int | None, int], t: Translator
) -> Chart:
    most = max(one.once.likely + one.yearly.likely for one in sums.values())
    order = sorted({*sums, *unknown}, key=lambda year: (year is None, year or 0))
    series = []
    for year in order:
        one, count = sums.get(year), unknown.get(year, 0)
        once, yearly = (one.once.likely, one.yearly.likely) if one else (0, 0)
        *amounts, total = (t.number(round_amount(value)) if value else "" for value in (once, yearly, once + yearly))
        known = (total, t("{n} not known", n=count) if count else "")
        whole = " + ".join(filter(None, known)) or "–"
        series.append(
            Series(
                label=str(year) if year else t("year not stated"),
                values=(once, yearly, (most or 1) * _UNKNOWN_SHARE if count else 0),
                marks=(*amounts, str(count) if count else "", whole),
            )
        )
    keys = (t("paid once"), t("paid every year"), t("costs not known (a number, not an amount)"))
    return Chart(
        id=f"costs-by-year-{number}",
        kind=ChartKind.PARTS,
        title=t("Likely costs by year, in {currency}", currency=currency),
        alt=t.points(t("{name}: {text}", name=one.label, text=one.marks[-1]) for one in series),
        keys=keys if unknown else keys[:2],
        series=tuple(series),
        scale="costs",
    )


def count_unknown_by_year(matrix: NeedMatrix) -> dict[int | None, int]:
    """Return the numbers of costs that are not known by the year in which they are wanted or due; None where open."""
    names = set(matrix.unknown.names)
    found: Counter[int | None] = Counter()
    for row in matrix.rows:
        if row.need.id in names:
            found[_year_of(row.need.wanted_until or row.deadline)] += 1
    for work in matrix.register.work:
        if work.id in names:
            found[work.due.year if work.due else None] += 1
    for item in matrix.register.items:
        if item.id in names:
            found[_year_of(item.deadline)] += 1
    return dict(found)


def _year_of(month: str) -> int | None:
    return int(month[:4]) if month else None
