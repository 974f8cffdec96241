"""Results are compared with the country's own risk assessment: higher, lower, not rated, or not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.action_plan.items.checks import check_grounds
from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.model import CycleRecord, ItemEvidence, ItemRegister, PlanItem
from fatf_kit.action_plan.items.proof import ProofSources, resolve_evidence
from fatf_kit.action_plan.items.risk_relevance import RiskRelation, describe_subjects, find_risk_relevance
from fatf_kit.action_plan.items.statuses import ItemProgress, measure_progress
from fatf_kit.action_plan.items.texts import describe_risk
from fatf_kit.core.messages import Translator
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import CaseEntry, Risk, Statistics
from fatf_kit.statistics.model import RiskLevel
from tests.unit.action_plan.items.registers import CYCLES, FIRST, years

RISKS = (
    Risk(id="threat/fraud", level=RiskLevel.HIGH),
    Risk(id="threat/arms", level=RiskLevel.LOW),
    Risk(id="threat/drugs", level=None),
    Risk(id="sector/banks", level=RiskLevel.MEDIUM_HIGH),
)
CASES = (
    CaseEntry(id="ML-1", outcome="IO.7", predicate="fraud"),
    CaseEntry(id="ML-2", outcome="IO.7", predicate="arms"),
    CaseEntry(id="ML-3", outcome="IO.7"),
)
SOURCES = ProofSources(statistics=Statistics(returns=(), years=(), values={}, cases=CASES, risks=RISKS))
ITEM = PlanItem(
    id="PI-01", label="Cases", plans=("icrg",), asks="demonstrated-results", report="MER 2025", place="p. 85"
)
FIGURES = ItemEvidence(
    id="1", item="PI-01", kind=ItemEvidenceKind.FIGURES, what="Convictions", series=years(y2025=4), cycle=FIRST
)
CASE = ItemEvidence(id="2", item="PI-01", kind=ItemEvidenceKind.CASE, what="ML-1", cycle=FIRST)


def _measure(*evidence: ItemEvidence, asks: str = ITEM.asks, sources: ProofSources = SOURCES) -> ItemProgress:
    item = replace(ITEM, asks=asks)
    record = CycleRecord(id="1", item="PI-01", cycle=FIRST, plan="icrg")
    register = ItemRegister(items=(item,), evidence=evidence, records=(record,), cycles=CYCLES)
    return measure_progress(register, "icrg", CYCLES[0], sources).items[0]


@pytest.mark.parametrize(
    ("evidence", "relation", "code"),
    [
        ((replace(FIGURES, what="ml-cases/fraud/convictions"),), RiskRelation.HIGHER, None),
        ((replace(FIGURES, what="inspections/banks/inspections"),), RiskRelation.HIGHER, None),
        ((replace(FIGURES, what="ml-cases/arms/convictions"),), RiskRelation.LOWER, "item-risk-lower"),
        ((replace(FIGURES, what="ml-cases/drugs/convictions"),), RiskRelation.UNRATED, "item-risk-unrated"),
        ((replace(FIGURES, what="ml-cases/total/convictions"),), RiskRelation.OPEN, "item-risk-open"),
        ((FIGURES,), RiskRelation.OPEN, "item-risk-open"),
        ((replace(FIGURES, risk="Escroquerie et fraude"),), RiskRelation.HIGHER, None),  # the name in any language
        ((replace(FIGURES, risk="Arms trafficking"),), RiskRelation.LOWER, "item-risk-lower"),
        ((replace(FIGURES, risk="The Zenda Free Zone"),), RiskRelation.UNRATED, "item-risk-unrated"),
        ((replace(FIGURES, risk="Arms trafficking; Fraud"),), RiskRelation.HIGHER, None),
        ((CASE,), RiskRelation.HIGHER, None),
        ((replace(CASE, what="ML-2"),), RiskRelation.LOWER, "item-risk-lower"),
        ((replace(CASE, what="ML-3"),), RiskRelation.OPEN, "item-risk-open"),
        ((replace(CASE, what="ML-3", risk="Fraud"),), RiskRelation.HIGHER, None),
        ((replace(CASE, what="ML-2"), FIGURES, CASE), RiskRelation.HIGHER, None),
        ((replace(CASE, what="ML-2"), FIGURES), RiskRelation.OPEN, "item-risk-open"),
        ((replace(CASE, what="ML-2"), replace(FIGURES, risk="Tax")), RiskRelation.UNRATED, "item-risk-unrated"),
    ],
)
def test_the_relation_of_results_to_risks(
    evidence: tuple[ItemEvidence, ...], relation: RiskRelation, code: str | None
) -> None:
    """One higher risk is enough; lower only where all are rated; what is not known is asked, and never good news."""
    found = _measure(*evidence)
    assert found.risk is not None
    assert found.risk.relation is relation
    assert [problem.code for problem in check_grounds([found])] == ([code] if code else [])


def test_without_a_risk_assessment_no_result_is_about_a_higher_risk() -> None:
    """The threat is known from the line, its level is not."""
    found = _measure(replace(FIGURES, what="ml-cases/fraud/convictions"), sources=ProofSources())
    assert found.risk is not None
    assert found.risk.relation is RiskRelation.UNRATED


@pytest.mark.parametrize("asks", ["law-or-system", "resources-or-capacity"])
def test_laws_and_posts_are_not_judged_by_risk(asks: str) -> None:
    """Nor an item without figures and cases; one of which it is open what it asks for is."""
    assert _measure(FIGURES, asks=asks).risk is None
    assert _measure(replace(FIGURES, kind=ItemEvidenceKind.DOCUMENT, series=())).risk is None
    assert _measure(FIGURES, asks="").risk is not None


def test_an_item_about_one_threat_is_not_compared_with_others() -> None:
    """Convictions for the financing of terrorism answer it, whatever level that threat has."""
    for unit in ("IO.9", "R.6"):
        item = replace(ITEM, units=(unit,))
        evidence = (resolve_evidence(replace(CASE, what="ML-2"), SOURCES, CYCLES[0].last_day),)
        assert find_risk_relevance(item, evidence, SOURCES.statistics) is None
        assert find_risk_relevance(replace(item, units=("IO.7",)), evidence, SOURCES.statistics) is not None


def test_a_row_of_an_agency_is_no_threat() -> None:
    """The tax administration has the id of tax crimes."""
    lines = {name: row.label for name, (_, row, _) in load_definitions().lines.items() if row.id == "tax"}
    assert set(lines.values()) == {"Tax crimes", "Tax administration"}
    for line, name in lines.items():
        found = _measure(replace(FIGURES, what=line)).risk
        assert found is not None
        assert [subject.name for subject in found.subjects] == (["threat/tax"] if name == "Tax crimes" else [])


def test_one_problem_names_all_items() -> None:
    """An item in two plans once."""
    one = _measure(FIGURES)
    other = replace(one, item=replace(one.item, id="PI-02"))
    (problem,) = check_grounds([one, other, one])
    assert "2 items" in problem.message
    assert "PI-01 and PI-02" in problem.message


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_risk_is_named_in_words(language: str) -> None:
    """With its level in the country's own assessment; what the country typed stays as it is typed."""
    found = _measure(CASE, replace(FIGURES, risk="Zenda Free Zone"))
    assert found.risk is not None
    t = Translator(language)
    text = describe_subjects(found.risk, t)
    assert "Zenda Free Zone" in text
    assert ("Fraud (high)" in text) is (language == "en")
    assert describe_risk(found, t).startswith(t("higher risk"))
    assert describe_risk(_measure(FIGURES), t) == t("open: enter the threat or sector")
