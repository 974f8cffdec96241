"""Statistics and cases on core issues, as the facts that scoring tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit.statistics.core_issues import build_core_issue_facts
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.reader import read_statistics
from tests.examples import score_example

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "ruritania"


@pytest.fixture(scope="module")
def figures() -> Statistics:
    """The figures of the fictional country."""
    return read_statistics([EXAMPLE / "statistics"])[0]


def test_without_figures_the_facts_name_the_requested_tables() -> None:
    """Every core issue has tables; those that cases show expect cases."""
    facts = build_core_issue_facts(None, "fatf-2022")
    assert len(facts) == 58
    assert all(one.tables_requested and not one.tables_filled and not one.cases for one in facts.values())
    by = load_definitions().shown_by["fatf-2022"]
    assert {key for key, one in facts.items() if one.are_cases_expected} == {k for k, v in by.items() if "cases" in v}


def test_a_year_without_figures_leaves_a_table_open(figures: Statistics) -> None:
    """A table is filled only where every year asked has an answer."""
    before = build_core_issue_facts(figures, "fatf-2022")
    table = next(iter(next(one for one in before.values() if one.tables_filled).tables_filled))
    last = figures.years[-1]
    cut = replace(
        figures,
        values={
            key: value for key, value in figures.values.items() if key[1] != last or key[0].partition("/")[0] != table
        },
    )
    after = build_core_issue_facts(cut, "fatf-2022")
    assert all(table not in one.tables_filled for one in after.values())


def test_a_table_without_years_is_not_filled(figures: Statistics) -> None:
    """Lines that are asked are no figures."""
    facts = build_core_issue_facts(replace(figures, years=(), values={}), "fatf-2022")
    assert {one.tables_filled for one in facts.values()} == {()}


def test_contradictions_of_the_example_reach_their_core_issues(figures: Statistics) -> None:
    """The three planted contradictions are open; what fiscal years explain is none."""
    found = {one for facts in build_core_issue_facts(figures, "fatf-2022").values() for one in facts.contradictions}
    assert "disseminated-received" in found
    assert any(one.startswith("stock/mla/") for one in found)
    assert any(one.startswith("unit/supervisory-sanctions/") for one in found)


def test_outcomes_of_the_example_are_open() -> None:
    """Domain A6: 11 of 11 outcomes were demonstrated as claimed; now at least three are not settled."""
    assessment = score_example().assessment
    assert sum(outcome.resolved is None for outcome in assessment.outcomes) >= 3
