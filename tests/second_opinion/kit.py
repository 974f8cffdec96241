"""The results of fatf-kit for the same assessment, given as values, as answers and registers, or as workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fatf_kit
from fatf_kit.assessment.answers.conflicts import resolve_conflicts
from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, CoreIssueFacts, EvidenceFacts
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.citations.citations import read_citations
from fatf_kit.assessment.folder.model import (
    LAWS,
    RESPONSES,
    Agency,
    AssessmentSettings,
    Assignment,
    Duty,
    Materiality,
    RecordedDecision,
    Sector,
    WeightChange,
    Workspace,
)
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.prefilled_cells import make_answer_cells, make_item_cells
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import Framework, load_framework
from fatf_kit.laws.book import render_register
from fatf_kit.laws.evidence import apply_register
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import (
    EntryState,
    Instrument,
    InstrumentStatus,
    LawRegister,
    LinkScope,
    Provision,
    ProvisionLink,
)
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.span import Span
from fatf_kit.statistics.core_issues import build_core_issue_facts
from tests.second_opinion.rating import instruments
from tests.text_folder import write_as_text


def read(text: str, country: str) -> list[dict[str, Any]]:
    """Return the instruments that the words of a citation name in a country."""
    return [
        {
            "kind": one.kind and one.kind.value,
            "is_certain": one.has_certain_kind,
            "article": one.article,
            "from": one.in_force_from,
            "until": one.in_force_until,
        }
        for one in read_citations(text, country)
    ]


def by_values(given: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Rate it from values: what is cited goes to `assess` as it was drawn."""
    framework = load_framework(given["edition"])
    responses = _resolve(framework, given)
    cited = {
        answer.requirement: tuple(
            CitedInstrument(
                label=f"{number}",
                kind=EvidenceKind(one["kind"]) if one["kind"] else None,
                has_certain_kind=one["is_certain"],
                article=one["article"],
                in_force_from=one["from"],
                in_force_until=one["until"],
                is_in_register=one["in_register"],
            )
            for reply in given["answers"][answer.requirement]
            if reply["answer"] in (answer.rating, None)
            for number, one in enumerate(instruments(reply))
        )
        for answer in responses.answers
        if answer.requirement.startswith("R.")
    }
    issues = dict(_issue_facts(given))
    for answer in responses.answers:
        if answer.requirement.startswith("IO."):
            named = [
                item
                for reply in given["answers"][answer.requirement]
                if reply["answer"] in (answer.rating, None)
                for item in reply["items"]
            ]
            facts = issues[answer.requirement]
            issues[answer.requirement] = replace(
                facts,
                cases=(*facts.cases, *(item["id"] for item in named if item["kind"] == "case")),
                documents=(*facts.documents, *(item["id"] for item in named if item["kind"] != "case")),
            )
    proof = EvidenceFacts(instruments=cited, core_issues=issues, do_courts_make_law=given["courts_make_law"])
    return _rated(framework, responses, proof, given)


def by_answers(given: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Rate it from answers and registers: fatf-kit reads the citations and collects the proof."""
    framework = load_framework(given["edition"])
    responses = _resolve(framework, given)
    proof = collect_evidence_facts(responses, core_issues=dict(_issue_facts(given)), country=given["country"])
    register = make_register(given)
    proof = apply_register(proof, register, CitationMatcher(register, given["country"]))
    return _rated(framework, responses, proof, given)


def by_workbooks(given: dict[str, Any], folder: Path) -> dict[str, dict[str, Any]]:
    """Rate it from an assessment folder with a filled workbook of each agency."""
    framework = load_framework(given["edition"])
    agencies = [Agency(id=name, names={"en": name.title()}) for name in given["registers"]]
    settings = AssessmentSettings(country=given["country"], edition=framework.id, cut_off=given["cut_off"])
    (folder / RESPONSES).mkdir(parents=True)
    write_as_text(Workspace(path=folder, settings=settings, agencies=tuple(agencies), assignment=_assignment(given)))
    for agency in agencies:
        answers = {a.requirement: make_answer_cells(a) for a in _answers(given) if a.agency == agency.id}
        items = [make_item_cells(item) for item in _items(given) if item.source == agency.id]
        layout = build_layout(framework, agency=agency.id, country=given["country"])
        write_template(layout, folder / RESPONSES / f"{agency.id}.xlsx", prefill=answers, evidence=items)
    (folder / LAWS).write_bytes(render_register(make_register(given), Translator("en")))
    return _results(fatf_kit.score(folder, adjustments=_adjustments(given)).assessment)


def make_register(given: dict[str, Any]) -> LawRegister:
    """The register of laws of an assessment."""

    def entry(is_checked: bool) -> EntryState:
        return EntryState.CHECKED if is_checked else EntryState.PROPOSED

    register = given["register"]
    return LawRegister(
        instruments=tuple(
            Instrument(
                id=name,
                titles={"en": f"Text number {name}"},
                kind=EvidenceKind(law["kind"]) if law["kind"] else None,
                status=InstrumentStatus(law["status"]),
                in_force_from=law["from"],
                in_force_until=law["until"],
                expected=law["expected"],
                day=law["day"],
                made_under=tuple(law["under"]),
                entry=entry(law["is_checked"]),
            )
            for name, law in register["laws"].items()
        ),
        provisions=tuple(
            Provision(
                instrument=one["law"],
                article=f"art. {one['article']}",
                in_force_from=one["from"],
                in_force_until=one["until"],
            )
            for one in register["provisions"]
        ),
        links=tuple(
            ProvisionLink(
                instrument=one["law"],
                article=f"art. {one['article']}",
                requirement=one["requirement"],
                scope=LinkScope.ALL if one["covers_all"] else LinkScope.PART,
                entry=entry(one["is_checked"]),
            )
            for one in register["links"]
        ),
    )


def _resolve(framework: Framework, given: dict[str, Any]) -> ResponseSet:
    answers = resolve_conflicts(framework, _answers(given), _assignment(given)).answers
    return ResponseSet(edition=framework.id, answers=answers, evidence=tuple(_items(given)))


def _answers(given: dict[str, Any]) -> Iterator[Answer]:
    for requirement, replies in given["answers"].items():
        scale = CriterionRating if requirement.startswith("R.") else Achievement
        for reply in replies:
            yield Answer(
                requirement=requirement,
                rating=scale(reply["answer"]) if reply["answer"] else None,
                explanation=reply["explanation"],
                citation=reply["citation"],
                in_force_from=reply["date"],
                evidence=tuple(item["id"] for item in reply["items"]),
                agency=reply["agency"],
                source=reply["agency"],
            )


def _items(given: dict[str, Any]) -> Iterator[EvidenceItem]:
    for agency, items in given["registers"].items():
        for item in items:
            yield EvidenceItem(
                id=item["id"],
                kind=EvidenceKind(item["kind"]),
                title=item.get("law") or f"Title of {item['id']}",
                article=item["article"],
                in_force_from=item["from"],
                source=agency,
            )


def _assignment(given: dict[str, Any]) -> Assignment:
    return Assignment(duties={key: Duty(requirement=key, lead=lead) for key, lead in given["leads"].items()})


def _issue_facts(given: dict[str, Any]) -> Iterator[tuple[str, CoreIssueFacts]]:
    for key, facts in build_core_issue_facts(None, given["edition"]).items():
        drawn = given["core_issues"].get(key)
        if drawn:
            yield (
                key,
                replace(
                    facts,
                    tables_filled=tuple(drawn["filled"]),
                    contradictions=tuple(drawn["contradictions"]),
                    cases=tuple(drawn["cases"]),
                    documents=tuple(drawn["documents"]),
                ),
            )
        else:
            yield key, facts


def _adjustments(given: dict[str, Any]) -> Adjustments:
    return Adjustments(
        weights=tuple(WeightChange(requirement=key, weight=w, reason="why") for key, w in given["weights"].items()),
        decisions=tuple(
            RecordedDecision(requirement=d["id"], value=d["value"], reason="why", decided_by="office", day=d["day"])
            for d in given["decisions"]
        ),
        sectors=tuple(Sector(id=key, materiality=Materiality(value)) for key, value in given["sectors"].items()),
    )


def _rated(
    framework: Framework, responses: ResponseSet, proof: EvidenceFacts, given: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    rated = assess(
        framework,
        responses,
        load_policy(),
        facts=proof,
        cut_off=given["cut_off"],
        adjustments=_adjustments(given),
    )
    return _results(rated)


def _results(rated: Assessment) -> dict[str, dict[str, Any]]:
    def ends(span: Span[Any]) -> tuple[str, str]:
        return str(span.worst), str(span.best)

    rows: list[tuple[Any, Any]] = [(unit, unit.criteria) for unit in rated.recommendations]
    rows += [(unit, unit.core_issues) for unit in rated.outcomes]
    return {
        one.id: {
            "claimed": ends(one.claimed),
            "shown": ends(one.shown),
            "settled": one.resolved and str(one.resolved),
            "decided": one.decided and str(one.decided),
        }
        for unit, requirements in rows
        for one in (*requirements, unit)
    }
