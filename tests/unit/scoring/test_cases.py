"""The cases of tests/cases, found automatically; README.md there says how to write one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.evidence_facts import CoreIssueFacts
from fatf_kit.assessment.answers.model import Answer, AnswerRating, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.folder.model import Materiality, RecordedDecision, Sector, WeightChange
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import Combination, CombinationRule, Framework, list_requirements
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.checks import consistency_notes
from fatf_kit.scoring.compliance import combine_parts, rate_recommendation
from fatf_kit.scoring.effectiveness import rate_outcome
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.policy import DEFAULT_POLICY
from fatf_kit.scoring.report.weight_texts import is_lifted
from fatf_kit.scoring.roll_up import RatedRequirement

FOLDER = Path(__file__).resolve().parents[2] / "cases"
PAGES = sorted(FOLDER.glob("*.json"))
SCHEMA = json.loads((FOLDER / "case.schema.json").read_text(encoding="utf-8"))
LONG_AGO = date(2020, 1, 1)
REGISTER = (
    EvidenceItem(id="LAW-1", kind=EvidenceKind.LAW, title="A law", article="art. 5", in_force_from=LONG_AGO),
    EvidenceItem(id="FIGURES-1", kind=EvidenceKind.STATISTICS, title="Figures"),
    EvidenceItem(id="CASE-1", kind=EvidenceKind.CASE, title="A case"),
)

Case = dict[str, Any]
CASES: list[tuple[str, Case]] = [
    (f"{page.stem}: {case['name']}", case)
    for page in PAGES
    if page.name != "case.schema.json"
    for case in json.loads(page.read_text(encoding="utf-8"))["cases"]
]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name != "case.schema.json"], ids=lambda page: page.stem
)
def test_pages_follow_the_schema(page: Path) -> None:
    """A page that cannot be read as meant is refused before its cases run."""
    jsonschema.validate(json.loads(page.read_text(encoding="utf-8")), SCHEMA)


def test_there_are_enough_cases_and_none_twice() -> None:
    """At least sixty, each under a name of its own."""
    names = [name for name, _ in CASES]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_case(case: Case) -> None:
    """The result is the one that a lawyer expects."""
    policy = load_policy(case.get("policy", DEFAULT_POLICY))
    if "criteria" in case:
        rows = [(CriterionRating(answer), weight) for answer, weight in _rows(case["criteria"])]
        duty = case.get("duty")
        given = [RatedRequirement(str(n), rating, weight, n == duty) for n, (rating, weight) in enumerate(rows)]
        assert case["expected"] == rate_recommendation(given, policy).rating
    elif "core_issues" in case:
        issues = [
            RatedRequirement(str(n), Achievement(answer), weight)
            for n, (answer, weight) in enumerate(_rows(case["core_issues"]))
        ]
        assert case["expected"] == rate_outcome(issues, policy).rating
    elif "parts" in case:
        ratings = {str(n): CriterionRating(answer) for n, answer in enumerate(case["parts"])}
        how = CombinationRule.ANY if case.get("alternatives") else CombinationRule.ALL
        assert case["expected"] == combine_parts(Combination(how=how, members=tuple(ratings)), ratings, policy)
    else:
        framework = load_framework(case.get("edition", "fatf-2022"))
        _check_whole(case, framework)


def _rows(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(row["answer"], row.get("weight", 2)) for row in rows for _ in range(row.get("times", 1))]


def _check_whole(case: Case, framework: Framework) -> None:
    cut_off = case.get("cut_off", "2027-03-19")
    responses = ResponseSet(
        edition=framework.id,
        answers=tuple(_answers(case["answers"], framework)),
        evidence=REGISTER,
        cut_off=date.fromisoformat(cut_off) if cut_off else None,
    )
    assessment = assess(
        framework,
        responses,
        load_policy(case.get("policy", DEFAULT_POLICY)),
        facts=collect_evidence_facts(responses, core_issues=_core_issues(case)),
        adjustments=_adjustments(case),
    )
    explained = {note.outcome for note in consistency_notes(framework, assessment)}
    assert case["expected"] == {
        key: {name: _found(assessment, key, name, explained) for name in expected}
        for key, expected in case["expected"].items()
    }


def _answers(given: dict[str, Any], framework: Framework) -> list[Answer]:
    answers: dict[str, Answer] = {}
    for key, value in given.items():
        unit = next((u for u in framework.units if key == f"{u.id}/*"), None)
        for requirement in [r.id for r in list_requirements(unit)] if unit else [key]:
            answers[requirement] = _answer(requirement, value)
    return list(answers.values())


def _answer(requirement: str, value: Any) -> Answer:
    """A plain answer is shown by an article in force and by figures; one in braces says itself what it cites."""
    if isinstance(value, str):
        return Answer(
            requirement=requirement,
            rating=_rating(value),
            explanation="As said.",
            citation="AML Act, art. 5",
            in_force_from=LONG_AGO,
            evidence=("FIGURES-1",),
        )
    day = value.get("in_force_from")
    return Answer(
        requirement=requirement,
        rating=_rating(value.get("answer")),
        lowest=_rating(value.get("lowest_of_agencies")),
        explanation=value.get("explains", ""),
        citation=value.get("cites", ""),
        in_force_from=date.fromisoformat(day) if day else None,
        evidence=tuple(value.get("evidence", ())),
    )


def _core_issues(case: Case) -> dict[str, CoreIssueFacts]:
    """The facts behind core issues; tables and cases are names without further meaning."""
    return {
        key: CoreIssueFacts(
            tables_requested=tuple(one.get("tables_asked", ())),
            tables_filled=tuple(one.get("tables_filled", ())),
            contradictions=tuple(one.get("contradictions", ())),
            cases=tuple(one.get("cases", ())),
            are_cases_expected=one.get("are_cases_expected", False),
        )
        for key, one in case.get("figures", {}).items()
    }


def _rating(text: str | None) -> AnswerRating | None:
    if text is None:
        return None
    return Achievement(text) if text in list(Achievement) else CriterionRating(text)


def _adjustments(case: Case) -> Adjustments:
    return Adjustments(
        weights=tuple(
            WeightChange(requirement=key, weight=one["weight"], reason=one["reason"])
            for key, one in case.get("weights", {}).items()
        ),
        decisions=tuple(
            RecordedDecision(
                requirement=key, value=one["value"], reason=one["reason"], decided_by="An office", day=LONG_AGO
            )
            for key, one in case.get("decisions", {}).items()
        ),
        sectors=tuple(Sector(id=key, materiality=Materiality(level)) for key, level in case.get("sectors", {}).items()),
    )


def _found(assessment: Assessment, key: str, name: str, explained: set[str]) -> object:
    """One value of the result under the name that the cases use."""
    unit = assessment.by_id[key.partition("/")[0]]
    if name == "flagged":
        return is_lifted(unit)
    if name == "to_be_explained":
        return key in explained
    result: Any = unit if key == unit.id else next(part for part in unit.requirements if part.id == key)
    if name == "lacks":
        return str(result.status)
    if name == "open":
        return list(result.open)
    if name == "claimed":
        return result.claimed.rating
    if name == "shown":
        return result.shown.rating or [str(result.shown.worst), str(result.shown.best)]
    return result.resolved if name == "settled" else getattr(result, name)
