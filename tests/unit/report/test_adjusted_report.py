"""A report on an assessment with decisions, weights, sectors, conflicts and a policy of the country's own."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import fatf_kit
from fatf_kit import ScoringResult
from fatf_kit.assessment.folder.model import Materiality, RecordedDecision, Sector, WeightChange
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.json import render_json
from fatf_kit.report.model import Bullets, Document, DocumentTable, Figure, Paragraph, walk_sections
from fatf_kit.scoring.model import Adjustments

NOW = "2026-11-24T15:00+00:00"
WORKBOOK = data_folder("examples") / "ruritania" / "workbook"


def decision(requirement: str, value: str) -> RecordedDecision:
    """A decision with its reason."""
    return RecordedDecision(
        requirement=requirement, value=value, reason="Seen on site.", decided_by="Committee", day=date(2026, 10, 5)
    )


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> ScoringResult:
    """Ruritania with a little of everything a country may set."""
    policy = json.loads((data_folder("frameworks") / "policies" / "indicative-2.json").read_text(encoding="utf-8"))
    path: Path = tmp_path_factory.mktemp("policy") / "own.json"
    path.write_text(json.dumps(policy | {"id": "ruritania-2026", "title": "Ours"}), encoding="utf-8")
    return fatf_kit.score(
        [WORKBOOK],
        policy=path,
        adjustments=Adjustments(
            weights=(WeightChange(requirement="R.36/36.1", weight=5, reason="Most cases rest on it."),),
            decisions=(
                decision("R.26", "LC"),
                decision("R.6/6.4", "mostly met"),
                decision("IO.9", "SE"),
                decision("R.31", "PC"),
                decision("IO.5/5.2", "negligible"),
            ),
            sectors=(Sector(id="money-transfer", materiality=Materiality.HIGH, reason="Remittances."),),
        ),
    )


@pytest.fixture(scope="module")
def document(scored: ScoringResult) -> Document:
    """Its report in English."""
    return scored.report(generated_at=NOW).document


@pytest.fixture(scope="module")
def payload(scored: ScoringResult) -> dict[str, Any]:
    """Its JSON."""
    found: dict[str, Any] = json.loads(render_json(scored.report(generated_at=NOW)))
    return found


def text_of(document: Document, anchor: str) -> str:
    """All words of one section."""
    section = next(s for s in walk_sections(document.page) if s.anchor == anchor)
    words = [badge.text for badge in section.badges]
    for block in section.blocks:
        if isinstance(block, Paragraph):
            words.append(block.text)
        elif isinstance(block, DocumentTable):
            words += [column.title for column in block.columns]
            words += [f"{cell.text} {cell.detail}" for row in block.rows for cell in row.cells]
    return "\n".join(words)


def test_json_follows_its_schema(payload: dict[str, Any]) -> None:
    """With everything in it that a country may set."""
    assert check_json(payload, "assessment-2.schema.json", "assessment.json") == ()


def test_three_ratings_stand_side_by_side(payload: dict[str, Any]) -> None:
    """Claimed, shown, decided; the decided one counts, flagged where it is above what is shown."""
    units = {unit["id"]: unit for unit in (*payload["recommendations"], *payload["outcomes"])}
    keys = ("claimed", "shown", "decided", "settled", "decided_above")
    above, below = ([units[unit][key] for key in keys] for unit in ("R.26", "R.31"))
    assert above == ["LC", {"worst": "PC", "best": "LC"}, "LC", "LC", True]
    assert below == ["LC", {"worst": "LC", "best": "LC"}, "PC", "PC", False]
    decided = {"reason": "Seen on site.", "decided_by": "Committee", "day": "2026-10-05"}
    assert units["R.26"]["decision"] == decided
    assert units["R.26"]["margin"] == {"worst": None, "best": None}


def test_a_decision_above_is_flagged_on_every_page(document: Document) -> None:
    """In the notices, which stand on every page; only those that are above are named."""
    assert "These ratings are based on decisions above the shown rating: R.6, R.26 and IO.9." in document.notices


def test_a_decision_is_shown_where_it_is_used(document: Document) -> None:
    """With reason, office and day, and what the answers alone say."""
    page = text_of(document, "R.26")
    assert "Decided: LC (Committee, 5 October 2026). Reason: Seen on site." in page
    assert "Above the shown rating (PC – LC)." in page
    assert "Without the decision: " in page
    assert "Decided above the shown answer: 6.4." in text_of(document, "R.6")
    assert "above the shown rating" in text_of(document, "decisions")


def test_the_countrys_weights_are_named_as_its_own(document: Document, payload: dict[str, Any]) -> None:
    """In words and in JSON, with the edition's weight beside them."""
    page = text_of(document, "weights")
    assert "Weight 5, set by the country (in the edition: 2): Most cases rest on it." in page
    assert "because the sector “Money or value transfer services” is highly important. " in page
    assert "The country's reason: Remittances." in page
    criterion = next(c for r in payload["recommendations"] for c in r["criteria"] if c["id"] == "R.36/36.1")
    assert (criterion["weight"], criterion["weight_edition"], criterion["weight_source"]) == (5, 2, "country")


def test_own_policy_is_named_everywhere(document: Document, payload: dict[str, Any]) -> None:
    """On every page, among the facts, in the JSON and beside the policies it is compared with."""
    assert "The scoring rules “Ours” (ruritania-2026) are the country's own, not those of fatf-kit." in document.notices
    assert ("Scoring rules", "Ours") in document.facts
    assert (payload["provenance"]["policy"], payload["provenance"]["policy_own"]) == ("ruritania-2026", True)
    assert {"Ours", "Milder rules"} <= set(text_of(document, "sensitivity").split("\n"))


def test_sensitivity_says_what_would_differ(scored: ScoringResult, payload: dict[str, Any]) -> None:
    """Every other policy, and exactly the units that it would rate otherwise; decided ones never change."""
    assert [other["policy"] for other in payload["sensitivity"]] == ["indicative-2", "milder-2", "stricter-2"]
    used = {
        unit.id: {"worst": str(unit.counted.worst), "best": str(unit.counted.best)} for unit in scored.assessment.units
    }
    for other in payload["sensitivity"]:
        differ = [one["id"] for one in other["ratings"] if one["shown"] != used[one["id"]]]
        assert differ == other["changed"]
        assert "R.26" not in differ
    assert payload["sensitivity"][0]["changed"] == []


def test_cascades_are_shown_where_they_weigh(document: Document) -> None:
    """Once, at the cause."""
    told = "Shortcomings in 5.1, 5.2 and 5.3 also affect R.6/6.2 and R.20/20.1."
    assert told in text_of(document, "R.5")
    assert "also affect" not in text_of(document, "R.20")
    assert "Designated businesses and professions apply the due diligence of R.10." in text_of(document, "R.10")
    assert "Designated businesses and professions apply the due diligence" not in text_of(document, "causes")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_other_languages_say_the_same(scored: ScoringResult, language: str) -> None:
    """The same sections and as many rows; the JSON does not depend on the reader."""
    english, other = (scored.report(generated_at=NOW, language=one) for one in ("en", language))
    assert english.payload == other.payload
    shape = [[(s.anchor, len(s.blocks)) for s in walk_sections(report.document.page)] for report in (english, other)]
    assert shape[0] == shape[1]


def test_the_brief_draws_what_it_says_where_people_decided(scored: ScoringResult) -> None:
    """The chart counts the decided ratings, so that the first sentence and the chart give one number."""
    document = fatf_kit.paper(scored, "brief", generated_at=NOW)
    blocks = document.sections[0].blocks
    chart = next(block.chart for block in blocks if isinstance(block, Figure))
    sentence = next(block.items[1] for block in blocks if isinstance(block, Bullets))
    good = sum((one.counted.worst.rank or 0) >= 2 for one in scored.assessment.recommendations)
    assert sentence.startswith(f"{good} of the 39 applicable Recommendations would be rated C or LC today")
    assert chart.series[0].values[0] == good


def test_a_weight_set_as_it_was_is_no_change() -> None:
    """A country may say why a weight is right; the table lists those that are another here."""
    same = WeightChange(requirement="R.24/24.6", weight=5, reason="It is right.")
    other = WeightChange(requirement="R.36/36.1", weight=5, reason="Most cases rest on it.")
    scored = fatf_kit.score([WORKBOOK], adjustments=Adjustments(weights=(same, other)))
    criteria = (part for unit in scored.assessment.recommendations for part in unit.criteria)
    kept = next(part for part in criteria if part.id == "R.24/24.6")
    assert (kept.weighing.edition, kept.weight) == (5, 5)
    page = text_of(scored.report(generated_at=NOW).document, "weights")
    assert "R.36/36.1" in page
    assert "R.24/24.6" not in page


def test_papers_say_days_in_words(scored: ScoringResult) -> None:
    """When a law comes into force and when an action is planned; only remarks on cells say a date as cells do."""
    for kind in ("gap", "roadmap"):
        paper = fatf_kit.paper(scored, kind, generated_at=NOW, language="fr")
        told = "\n".join(
            text_of(paper, section.anchor) for section in walk_sections(paper.page) if section.anchor != "problems"
        )
        assert not re.search(r"\b20\d\d-\d\d-\d\d\b", told), kind
        assert re.search(r"\b\d{1,2} \w+ 20\d\d\b", told), kind
