"""Several agencies' workbooks become the country's figures; whatever is left out is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import AgencyFigure, CountryFigure, Risk, Statistics, StatisticsReturn
from fatf_kit.statistics.model import MergeRule, Unit


def rename_agencies(statistics: Statistics, agencies: Iterable[Agency], language: str) -> Statistics:
    """Return the same figures with each agency under its name in a language, for texts; covers may have another one.

    `agencies` are those of the assessment folder. An agency that it does not list keeps the name on its cover.
    """
    pairs = ((agency, name) for agency in agencies for name in agency.names.values() if name)
    names = {normalise(name): agency.name(language) for agency, name in pairs}
    return merge_returns(_rename(one, names) for one in statistics.returns)[0]


def _rename(one: StatisticsReturn, names: Mapping[str, str]) -> StatisticsReturn:
    agency = names.get(normalise(one.agency), one.agency)
    cases = tuple(replace(case, agency=agency) for case in one.cases)
    return replace(one, agency=agency, cases=cases)


def merge_returns(returns: Iterable[StatisticsReturn]) -> tuple[Statistics, tuple[Problem, ...]]:
    """Return the figures of all workbooks, in the order given, and what does not agree.

    A file sent twice is read once. What each agency counts of its own is added; where two report the same fact and
    differ, the first one's figure is used. Amounts in another currency than most agencies use are left out of sums.
    """
    problems: list[Problem] = []
    kept: dict[str, StatisticsReturn] = {}
    for one in returns:
        if first := kept.get(one.sha256):
            problems.append(make_problem("copy-same", CellRef(file=one.file), other=first.file))
        else:
            kept[one.sha256] = one
    files = tuple(kept.values())
    names = {one.agency: normalise(one.agency) for one in files}
    problems += _check_countries(files)
    named = Counter(one.currency for one in files if one.currency)
    currency = named.most_common(1)[0][0] if named else None
    figures: dict[tuple[str, int], list[tuple[StatisticsReturn, AgencyFigure]]] = {}
    risks: dict[str, Risk] = {}
    differing: list[Problem] = []
    for one in files:
        is_foreign, ref = one.currency not in (None, currency), CellRef(file=one.file)
        if is_foreign:
            facts = {"found": one.currency, "wanted": currency}
            problems.append(make_problem("statistics-currency-differs", ref, None, **facts))
        for figure in one.figures:
            if not (is_foreign and load_definitions().lines[figure.line][2].unit is Unit.AMOUNT):
                figures.setdefault((figure.line, figure.year), []).append((one, figure))
        for risk in one.risks:
            known = risks.setdefault(risk.id, risk)
            if (known.level, known.proceeds) != (risk.level, risk.proceeds):
                differing.append(make_problem("risks-twice", risk.ref, place=known.ref))
    expected = group_pairs((line, names[one.agency]) for one in files for line in one.requested)
    values = {}
    for key, given in figures.items():
        agencies = {*expected.get(key[0], ())}
        values[key] = _merge_figures(key, given, names, agencies, problems)
    statistics = Statistics(
        returns=files,
        years=tuple(sorted({year for one in files for year in one.years})),
        values=MappingProxyType(values),
        cases=tuple(case for one in files for case in one.cases),
        risks=tuple(risks.values()),
        currency=currency,
    )
    return statistics, (*problems, *differing)


def _merge_figures(
    key: tuple[str, int],
    given: Sequence[tuple[StatisticsReturn, AgencyFigure]],
    names: Mapping[str, str],
    expected: Set[str],
    problems: list[Problem],
) -> CountryFigure:
    """Return one line in one year: a sum over agencies, or the first one's figure.

    `names` are the agencies by their names as typed, `expected` those that were asked for the line.
    """
    line, year = key

    def report(figure: AgencyFigure, kept: AgencyFigure) -> None:
        problems.append(make_problem("figures-differ", figure.ref, line, year=year, place=kept.ref))

    first: dict[str, tuple[StatisticsReturn, AgencyFigure]] = {}
    for one, figure in given:  # two workbooks of one agency are two copies, never a sum
        kept = first.setdefault(names[one.agency], (one, figure))[1]
        if (kept.value, kept.none) != (figure.value, figure.none):
            report(figure, kept)
    figures = [figure for _, figure in first.values()]
    known = [figure for figure in figures if figure.value is not None]
    table, _, measure = load_definitions().lines[line]
    is_sum = table.merge is MergeRule.ADD and measure.unit.is_additive
    value = known[0].value if known else None
    if known and is_sum:
        value = sum(figure.value or 0 for figure in known)
    for figure in () if is_sum else known[1:]:
        if figure.value != value:
            report(figure, known[0])
    return CountryFigure(
        line=line,
        year=year,
        value=value,
        parts=tuple((one.agency, figure.value) for one, figure in first.values()),
        refs=tuple(figure.ref for figure in figures if figure.ref),
        none=None if known else figures[0].none,
        is_partial=table.merge is MergeRule.ADD and not expected <= first.keys(),
    )


def _check_countries(returns: Sequence[StatisticsReturn]) -> Iterator[Problem]:
    named = [(one.file, normalise(one.country)) for one in returns if one.country]
    for file, country in named[1:]:
        if country != named[0][1]:
            yield make_problem("cover-differs", CellRef(file=file), other=named[0][0])
