"""The sector's own rating: proposed from threat, exposure and measures, and a rating by decision only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.npo.measures.sector_rating import load_parts, propose_rating
from fatf_kit.npo.measures.workbook import read_measures_workbook, write_measures_workbook
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import ClassCounts, ClassMoney, Decision, NationalFactor, ScreenedGroup, SectorVerdict
from fatf_kit.npo.scales import RiskBand
from tests.unit.npo.small_register import body, classify, settings

METHOD = load_method()
COUNTS = ClassCounts(low=1_014, medium=48, high=8, unrated=0, provisional=0, bands=(900, 114, 48, 3, 5))
MONEY = ClassMoney(low=900, medium=80, high=20, unrated=0, known=1_070)
NOBODY = ScreenedGroup(bodies=0, first=0, money=0, features=(), collect=())
THREATS, MEASURES = (
    [factor.id for factor in METHOD.national if factor.dimension == dimension] for dimension in ("threat", "mitigation")
)


def proposed(threat: int | None, measures: int | None, **how: Any) -> tuple[RiskBand | None, RiskBand | None]:
    """Return the inherent band and the proposal, with one value for all factors of threat and of measures."""
    national = [NationalFactor(id=name, value=threat) for name in THREATS]
    national += [NationalFactor(id=name, value=measures) for name in MEASURES]
    given = {"verdict": SectorVerdict.CLASSIFIED, "group": NOBODY, "candidates": 1_070, "method": METHOD, **how}
    made = propose_rating(national, given.pop("classes", COUNTS), MONEY, **given)
    return made.inherent, made.band


BY_THREAT = ("low", "medium-low", "medium", "medium", "medium-high")


@pytest.mark.parametrize(
    ("threat", "measures", "bands"),
    [
        (5, 1, ("medium-high", "medium-high")),
        (1, 5, ("low", "low")),
        (2, 3, ("medium-low", "medium-low")),
        (2, 4, ("medium-low", "low")),
        (None, 3, (None, None)),
        *((level, None, (band, band)) for level, band in enumerate(BY_THREAT, start=1)),
    ],
)
def test_the_proposal_follows_threat_and_measures(
    threat: int | None, measures: int | None, bands: tuple[str | None, str | None]
) -> None:
    """Two and three are Jordan's of 2022; strong measures take one band off; no proposal without a national threat."""
    assert len(THREATS) + len(MEASURES) == 13
    assert proposed(threat, measures) == bands


def test_nothing_is_proposed_without_a_known_body() -> None:
    """A sector of which no body has a class has no exposure."""
    unrated = replace(COUNTS, low=0, medium=0, high=0, unrated=1_070)
    assert proposed(3, 3, classes=unrated) == (None, None)


@pytest.mark.parametrize("verdict", [SectorVerdict.NOT, SectorVerdict.PARTLY])
def test_exposure_is_not_known_where_most_bodies_have_no_class(verdict: SectorVerdict) -> None:
    """The bodies to ask first, 1,348 of 14,043, are a lowest value; they are told and give no level."""
    thin: dict[str, Any] = {"verdict": verdict, "group": replace(NOBODY, bodies=1_348), "candidates": 14_043}
    assert proposed(3, None, **thin) == (None, None)
    made = propose_rating([NationalFactor(id=THREATS[0], value=3)], COUNTS, MONEY, method=METHOD, **thin)
    assert (made.exposure, made.by_screening, round(made.exposure_share or 0, 3)) == (None, True, 0.096)


def test_the_run_proposes_and_does_not_rate(tmp_path: Path) -> None:
    """A run proposes a rating from the factors in the settings and gives no rating without a decision."""
    rows = [body("a", threat_area="1", cash_level="2"), body("b", threat_area="5", cash_level="5")]
    bands = []
    for level in (1, 5):
        national = [{"id": name, "value": level} for name in THREATS]
        made, _ = classify(tmp_path, rows, settings=settings(national=national))
        bands.append(made.result.sector.proposal.band)
        assert made.result.sector.decision is None
    assert bands == [RiskBand.MEDIUM_LOW, RiskBand.HIGH]


def filled(folder: Path, answers: dict[str, Any], language: str = "en") -> Path:
    """Return a workbook of measures with answers by part."""
    return write_measures_workbook(folder / "measures.xlsx", language, [], answers)


TEXTS = {part.id: f"About {part.id}." for part in load_parts() if part.kind == "text"}


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_threat_consultation_and_decision_are_read(tmp_path: Path, language: str) -> None:
    """Texts on the threat and the consultation are read, and the decision with its reason."""
    answers = {**TEXTS, "rating": "medium-low", "decided_on": date(2026, 5, 1)}
    national, problems = read_measures_workbook(filled(tmp_path, answers, language))
    assert problems == ()
    assert national is not None
    assert list(national.described) == ["cases", "methods", "sources", "scenarios", "consulted", "outcome"]
    assert national.described["scenarios"] == "About scenarios."
    decided = Decision(rating=RiskBand.MEDIUM_LOW, reason="About reason.", office="About office.", on=date(2026, 5, 1))
    assert decided == national.decision


def test_a_decision_without_a_reason_is_not_used(tmp_path: Path) -> None:
    """A decision without a reason is reported and not used, and so is an unknown rating."""
    national, problems = read_measures_workbook(filled(tmp_path, {"rating": "high"}))
    assert national is not None
    assert (national.decision, [problem.code for problem in problems]) == (None, ["npo-decision-reason"])
    path = filled(tmp_path, {"reason": "So", "rating": "high"})
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book["Threat and decision"] for cell in row if cell.value == "High"]
    assert len(cells) == 1
    cells[0].value = "very high"
    book.save(path)
    national, problems = read_measures_workbook(path)
    assert national is not None
    codes = [problem.code for problem in problems]
    assert (national.decision, codes) == (None, ["choice-unknown", "npo-decision-rating"])
