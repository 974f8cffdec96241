"""Several agencies' workbooks become the country's figures; nothing of any of them is dropped without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import AgencyFigure, CountryFigure, Risk, Statistics, StatisticsReturn
from fatf_kit.statistics.model import MergeRule, Unit


def merge_returns(returns: Iterable[StatisticsReturn]) -> tuple[Statistics, tuple[Problem, ...]]:
    """The figures of all workbooks, in the order given, and what does not fit together.

    A file sent twice is read once. What each agency counts of its own is added; where two tell the same fact and
    differ, the first one's figure stands. Amounts in another currency than most agencies use are left out of sums.
    """
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    kept: list[StatisticsReturn] = []
    for one in returns:
        if twin := seen.get(one.sha256):
            problems.append(make_problem("copy-same", CellRef(file=one.file), other=twin))
            continue
        seen[one.sha256] = one.file
        kept.append(one)
    problems += _countries(kept)
    currency = _currency(kept)
    figures: dict[tuple[str, int], list[tuple[StatisticsReturn, AgencyFigure]]] = {}
    for one in kept:
        if foreign := one.currency is not None and one.currency != currency:
            facts = {"found": one.currency, "wanted": currency}
            problems.append(make_problem("statistics-currency-differs", CellRef(file=one.file), **facts))
        for figure in one.figures:
            if not (foreign and _unit(figure.line) is Unit.AMOUNT):
                figures.setdefault((figure.line, figure.year), []).append((one, figure))
    values = {key: _value(key, given, kept, problems) for key, given in figures.items()}
    risks, found = _risks(kept)
    years = sorted({year for one in kept for year in one.years})
    statistics = Statistics(
        returns=tuple(kept),
        years=tuple(years),
        values=MappingProxyType(values),
        cases=tuple(case for one in kept for case in one.cases),
        risks=risks,
        currency=currency,
    )
    return statistics, (*problems, *found)


def _value(
    key: tuple[str, int],
    given: Sequence[tuple[StatisticsReturn, AgencyFigure]],
    returns: Sequence[StatisticsReturn],
    problems: list[Problem],
) -> CountryFigure:
    """One line in one year: a sum over agencies, or the first one's figure."""
    line, year = key
    first: dict[str, tuple[StatisticsReturn, AgencyFigure]] = {}
    for one, figure in given:  # two workbooks of one agency are two copies, never a sum
        name = normalise(one.agency)
        kept = first.setdefault(name, (one, figure))[1]
        if kept is not figure and (kept.value, kept.none) != (figure.value, figure.none):
            problems.append(make_problem("figures-differ", figure.ref, line, year=year, place=kept.ref))
    told = list(first.values())
    numbers = [(one, figure) for one, figure in told if figure.value is not None]
    table, _, measure = load_definitions().find(line)
    value = None
    if numbers and table.merge is MergeRule.ADD and measure.unit.additive:
        value = sum(figure.value or 0 for _, figure in numbers)
    elif numbers:
        value = numbers[0][1].value
        for _, figure in numbers[1:]:
            if figure.value != value:
                facts = {"year": year, "place": numbers[0][1].ref}
                problems.append(make_problem("figures-differ", figure.ref, line, **facts))
    silent = [one for one in returns if line in one.asked and normalise(one.agency) not in first]
    return CountryFigure(
        line=line,
        year=year,
        value=value,
        parts=tuple((one.agency, figure.value) for one, figure in told),
        refs=tuple(figure.ref for _, figure in told if figure.ref),
        none=None if numbers else told[0][1].none,
        partial=bool(silent) and table.merge is MergeRule.ADD,
    )


def _unit(line: str) -> Unit:
    return load_definitions().find(line)[2].unit


def _currency(returns: Sequence[StatisticsReturn]) -> str | None:
    """The currency most agencies use; the first one named where two are equally common."""
    named = Counter(one.currency for one in returns if one.currency)
    return named.most_common(1)[0][0] if named else None


def _countries(returns: Sequence[StatisticsReturn]) -> Iterator[Problem]:
    named = [one for one in returns if one.country]
    for one in named[1:]:
        if normalise(one.country or "") != normalise(named[0].country or ""):
            yield make_problem("cover-differs", CellRef(file=one.file), other=named[0].file)


def _risks(returns: Sequence[StatisticsReturn]) -> tuple[tuple[Risk, ...], tuple[Problem, ...]]:
    found: dict[str, Risk] = {}
    problems = []
    for one in returns:
        for risk in one.risks:
            first = found.setdefault(risk.id, risk)
            if (first.level, first.proceeds) != (risk.level, risk.proceeds):
                problems.append(make_problem("risks-twice", risk.ref, place=first.ref))
    return tuple(found.values()), tuple(problems)
