"""Several agencies' figures become the country's, and nothing is dropped without a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.core.resources import data_folder
from fatf_kit.statistics.figures import Risk
from fatf_kit.statistics.merge import merge_returns, rename_agencies
from fatf_kit.statistics.model import RiskLevel
from fatf_kit.statistics.reader import read_statistics
from tests.unit.statistics.made import agency, merged

OWN = "ml-cases/fraud/investigations"  # each counts its own
SAME = "mla/in-evidence/new"  # one fact
DAYS = "informal-cooperation/fiu/median-days"
AMOUNT = "cash-declarations/in/seized-amount"


def test_what_each_counts_of_its_own_is_added() -> None:
    """And the parts are kept."""
    found = merged(agency("police", {OWN: [3, 4, 0]}), agency("customs", {OWN: [1, None, 0]}))
    assert [found.value(OWN, year) for year in found.years] == [4, 4, 0]
    assert found.values[OWN, 2021].parts == (("police", 3), ("customs", 1))
    assert [found.values[OWN, year].is_partial for year in found.years] == [False, True, False]


def test_one_fact_reported_twice_is_not_added() -> None:
    """The first figure stands, and the difference is reported."""
    found, problems = merge_returns([agency("a", {SAME: [5, 6, None]}), agency("b", {SAME: [5, 7, 8]})])
    assert [found.value(SAME, year) for year in found.years] == [5, 6, 8]
    assert [problem.code for problem in problems] == ["figures-differ"]


def test_times_are_never_added() -> None:
    """Two medians make no sum."""
    found = merged(agency("a", {DAYS: [5, 6, 7]}), agency("b", {DAYS: [5, 6, 7]}))
    assert [found.value(DAYS, year) for year in found.years] == [5, 6, 7]


def test_two_copies_of_one_agency_are_no_sum() -> None:
    """Neither the same file nor a second one under the same name."""
    first = agency("police", {OWN: [3, 4, 5]})
    again = replace(agency("police", {OWN: [3, 9, 5]}), sha256="another")
    found, problems = merge_returns([first, first, again])
    assert [found.value(OWN, year) for year in found.years] == [3, 4, 5]
    assert Counter(problem.code for problem in problems) == Counter({"copy-same": 1, "figures-differ": 1})


def test_another_currency_is_left_out_of_sums() -> None:
    """And reported once for each file; numbers count all the same."""
    number = "cash-declarations/in/seizures"
    returns = [
        agency("a", {"confiscations/cash/confiscated-amount": [1, 1, 1]}),
        agency("b", {AMOUNT: [1, 1, 1]}),
        agency("c", {AMOUNT: [9, 9, 9], number: [2, 2, 2]}, currency="USD"),
    ]
    found, problems = merge_returns(returns)
    assert found.currency == "EUR"
    assert [found.value(AMOUNT, year) for year in found.years] == [1, 1, 1]
    assert [found.value(number, year) for year in found.years] == [2, 2, 2]
    assert [problem.code for problem in problems] == ["statistics-currency-differs"]


def test_the_first_risk_assessment_stands() -> None:
    """A second one that differs is reported."""
    one = agency("a", {}, risks=(Risk(id="threat/fraud", level=RiskLevel.HIGH),))
    other = agency("b", {}, risks=(Risk(id="threat/fraud", level=RiskLevel.LOW),))
    found, problems = merge_returns([one, other])
    assert [risk.level for risk in found.risks] == [RiskLevel.HIGH]
    assert [problem.code for problem in problems] == ["risks-twice"]


def test_an_agency_has_the_name_that_its_folder_gives() -> None:
    """Workbooks in Arabic and English are called alike in an English text; the figures are the same."""
    folder = data_folder("examples") / "ruritania"
    agencies = open_workspace(folder)[0].agencies
    statistics, _ = read_statistics([folder / "statistics"])
    named = rename_agencies(statistics, agencies, "en")
    english = {one.name("en") for one in agencies}
    assert not {one.agency for one in statistics.returns} <= english
    assert {one.agency for one in named.returns} <= english
    assert {case.agency for one in named.returns for case in one.cases} <= english
    assert {key: value.value for key, value in named.values.items()} == {
        key: value.value for key, value in statistics.values.items()
    }
