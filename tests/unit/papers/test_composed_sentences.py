"""Sentences that papers put together: figures that agree, and signs in their places."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit import paper
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.scoring.finding import list_severities
from fatf_kit.scoring.report.traces import describe_planned
from tests.examples import score_example
from tests.samples import take_sample

DAY = date(2026, 12, 1)


@pytest.mark.full
@pytest.mark.parametrize("language", take_sample(["en", "ar", "fr"], ["ar"]))
def test_the_chart_of_severities_counts_what_the_facts_count(language: str) -> None:
    """Disagreements are no shortcomings, and the bars add up to the number in the heading."""
    scored = score_example("ruritania" if language == "en" else f"ruritania/{language}")
    made = paper(scored, "gap", generated_at=DAY.isoformat(), language=language)
    chart = next(chart for chart in made.page_charts() if chart.id == "severity")
    facts = scored.facts(DAY)
    assert any(FindingKind.CONFLICT in gap.kinds for gap in facts.gaps)
    assert sum(int(value or 0) for series in chart.series for value in series.values) == facts.shortcomings
    assert str(facts.shortcomings) in chart.message


def test_the_filter_and_the_chart_count_the_same() -> None:
    """A row of a page has the severities of its shortcomings, without that of a disagreement."""
    findings = score_example("ruritania").findings
    shortcomings = [finding for finding in findings if finding.kind is FindingKind.SHORTCOMING]
    assert len(list_severities(findings)) == len(shortcomings)


def test_a_plan_with_its_day_has_one_full_stop() -> None:
    """At the end, after the brackets."""
    t = Translator("en")
    assert (
        describe_planned(("Hire two inspectors.",), DAY, t) == "Planned action: Hire two inspectors (1 December 2026)."
    )
    assert describe_planned(("Hire two inspectors.",), None, t) == "Planned action: Hire two inspectors."
