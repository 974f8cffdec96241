"""Hard triggers: a proven link is high and referred, an unproven one has no class, and no hand changes either."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fatf_kit.npo.functions import npo_classify
from fatf_kit.npo.measures.plans import load_plan_settings, plan_inspections
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.model import Override, SectorVerdict
from fatf_kit.npo.scales import RiskClass, SegmentKind
from tests.unit.npo.small_register import AS_OF, PROOF, body, classify, read, write

CALM = {"foreign_exposure": "1", "threat_area": "1", "delivery_channel": "1", "cash_level": "1", "end_use_checks": "5"}


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("column", ["tf_cases", "screening_result", "verification"])
@pytest.mark.parametrize("level", ["4", "5"])
def test_a_proven_trigger_is_high_whatever_the_rest_is(tmp_path: Path, column: str, level: str) -> None:
    """Before, such bodies came out low or medium where nothing else spoke against them, strong controls or not."""
    made, lines = classify(tmp_path, [body("a", **CALM, **PROOF, **{column: level}), body("b", **CALM)])
    assert [(line["class"], line["band"], line["investigate"]) for line in lines] == [
        ("high", "high", "referred"),
        ("low", "low", ""),
    ]
    (segment,) = made.result.by(SegmentKind.LEGAL_FORM)
    for classes in (made.result.classes, segment.classes):
        assert (classes.high, classes.referred, classes.to_verify, classes.low) == (1, 1, 0, 1)
    assert made.result.classes.bands == (1, 0, 0, 0, 1)


def test_a_proven_trigger_is_high_in_a_thin_register_too(tmp_path: Path) -> None:
    """Nothing else is known of the body, and no other body has a class; the register is not classified by it."""
    rows = [body("a", screening_result="5", **PROOF), body("b", screening_result="1"), body("c")]
    made, lines = classify(tmp_path, rows, as_shipped=True)
    assert [(line["class"], line["band"], line["inherent_band"]) for line in lines] == [
        ("high", "high", ""),
        ("", "", ""),
        ("", "", ""),
    ]
    assert (made.result.classes.high, made.result.classes.unrated, made.result.verdict) == (1, 2, SectorVerdict.NOT)
    assert lines[0]["would_lower"] == "the link that investigators look at is cleared"


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("missing", [*PROOF, "too late", "unreadable"])
def test_without_source_office_and_date_it_is_to_be_verified(tmp_path: Path, missing: str) -> None:
    """Not high and not low: no class, a problem with the line, and the body is counted apart."""
    proof = {**PROOF, **({missing: ""} if missing in PROOF else {})}
    if missing not in PROOF:
        proof["trigger_date"] = "2027-01-01" if missing == "too late" else "soon"
    rows = [body("a", **CALM, tf_cases="5", **proof), body("b", **CALM, tf_cases="1", **dict.fromkeys(PROOF, ""))]
    made, lines = classify(tmp_path, rows)
    assert [(line["class"], line["investigate"]) for line in lines] == [("", "to verify"), ("low", "")]
    classes = made.result.classes
    assert (classes.high, classes.referred, classes.to_verify, classes.unrated) == (0, 0, 1, 1)
    told = [problem for problem in made.result.problems if problem.code == "npo-trigger-unproven"]
    assert [problem.ref.cell for problem in told if problem.ref] == ["row 2"]


def test_the_marks_for_nothing_prove_nothing(tmp_path: Path) -> None:
    """A dash or "unknown" is no source and no office."""
    _, lines = classify(tmp_path, [body("a", tf_cases="5", **{**PROOF, "trigger_source": "unknown"})])
    assert lines[0]["investigate"] == "to verify"


def test_only_the_first_unproven_links_are_listed(tmp_path: Path) -> None:
    """Twenty with their line, and how many more."""
    made, _ = classify(tmp_path, [body(str(n), tf_cases="5") for n in range(23)])
    codes = [problem.code for problem in made.result.problems]
    assert (codes.count("npo-trigger-unproven"), codes.count("npo-triggers-more")) == (20, 1)


def test_no_override_clears_a_link(tmp_path: Path) -> None:
    """Neither a proven nor an unproven one: that is for investigators, and it is reported."""

    def by_hand(npo_id: str) -> Override:
        return Override(npo_id=npo_id, risk_class=RiskClass.LOW, reason="a", office="b", on=date(2026, 1, 1))

    rows = [body("a", tf_cases="5", **CALM, **PROOF), body("b", tf_cases="5", **CALM, **dict.fromkeys(PROOF, ""))]
    made, lines = classify(tmp_path, rows, settings=Settings(overrides=(by_hand("a"), by_hand("b"))))
    assert [line["class"] for line in lines] == ["high", ""]
    assert (made.result.overrides.down, made.result.overrides.unused, made.result.overrides.on_triggers) == (0, 0, 2)
    assert "npo-override-trigger" in [problem.code for problem in made.result.problems]


def test_referred_bodies_are_not_inspected(tmp_path: Path) -> None:
    """They are in the high class and not among the visits; the days go to others."""
    exposed = {"threat_area": "5", "cash_level": "5"}
    made, _ = classify(tmp_path, [body("a", **CALM, **PROOF, tf_cases="5"), body("b", **exposed)])
    high = plan_inspections(made.result.classes, load_plan_settings()).lines[0]
    assert (made.result.classes.high, high.bodies) == (2, 1)


def test_working_files_are_for_their_owner_only(tmp_path: Path) -> None:
    """A list that names bodies of the high class is restricted by default."""
    register = write(tmp_path / "r.csv", [body("a", tf_cases="5", **PROOF), body("b", works_abroad="yes")])
    made = npo_classify(register, tmp_path / "out", as_of=AS_OF)
    assert {path.name for path in made.files} == {"classified.csv", "ask-first.csv"}
    assert {path.stat().st_mode & 0o777 for path in made.files} == {0o600}
    assert {row["confidentiality"] for row in read(tmp_path / "out" / "ask-first.csv")} == {"restricted"}
