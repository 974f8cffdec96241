"""Settings of a country apart from its answers: used as meant, or refused with one next step."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.assessment.folder.model import Materiality, RecordedDecision, Sector, WeightChange
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.framework import index_requirements, load_framework
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.materiality import load_materiality
from fatf_kit.scoring.model import Adjustments, WeightSource
from tests.proof import assess

EDITION = load_framework("fatf-2022")
BLANK = ResponseSet(edition=EDITION.id, answers=())


def weight(requirement: str, value: int, reason: str = "It matters.") -> Adjustments:
    """One weight set by the country."""
    return Adjustments(weights=(WeightChange(requirement=requirement, weight=value, reason=reason),))


def decision(requirement: str, value: str, reason: str = "Seen.", day: date = date(2026, 5, 3)) -> RecordedDecision:
    """One decision of an office."""
    return RecordedDecision(requirement=requirement, value=value, reason=reason, decided_by="An office", day=day)


def decide(*decisions: RecordedDecision) -> Adjustments:
    """Some decisions."""
    return Adjustments(decisions=decisions)


def sector(name: str) -> Sector:
    """A highly important sector."""
    return Sector(id=name, materiality=Materiality.HIGH)


@pytest.mark.parametrize(
    ("adjustments", "message"),
    [
        (weight("R.10/10.1", 4), "The weight of R.10/10.1 is 4. Allowed: 1 (low)"),
        (weight("R.5/5.2(a)", 3), "R.5/5.2(a) is a part of a criterion and has no weight"),
        (weight("R.10/10.1", 3, " "), "has no reason"),
        (weight("R.10/10.99", 3), "is not in fatf-2022"),
        (Adjustments(weights=weight("R.9/9.1", 3).weights * 2), "is set twice"),
        (decide(decision("R.9", "HE")), "'HE' cannot be decided"),
        (decide(decision("IO.9", "LC")), "'LC' cannot be decided"),
        (decide(decision("R.9/9.1", "large")), "'large' cannot be decided"),
        (decide(decision("R.5/5.2(a)", "met")), "R.5/5.2(a) is a part of a criterion or core issue"),
        (decide(decision("R.9", "LC", " ")), "has no reason"),
        (decide(decision("R.9", "LC"), decision("R.9", "PC")), "two decisions on R.9 of 3 May 2026"),
        (Adjustments(sectors=(sector("moon"),)), "'moon' is not a sector"),
        (Adjustments(sectors=(sector("casinos"),) * 2), "The sector 'casinos' is named twice"),
    ],
)
def test_what_means_nothing_is_refused(adjustments: Adjustments, message: str) -> None:
    """Nothing is left out silently, because that would change ratings."""
    with pytest.raises(FatfKitError) as fault:
        assess(EDITION, BLANK, load_policy(), adjustments=adjustments)
    assert message in str(fault.value)


def test_the_latest_decision_stands() -> None:
    """People may change their minds."""
    older, newer = decision("R.9", "LC"), decision("R.9", "PC", day=date(2026, 6, 1))
    found = assess(EDITION, BLANK, load_policy(), adjustments=Adjustments(decisions=(newer, older)))
    assert found.by_id["R.9"].resolved == ComplianceRating.PC


def test_a_decision_may_be_written_in_any_language() -> None:
    """A decision of an Arabic or French office means the same."""
    found = assess(
        EDITION, BLANK, load_policy(), adjustments=Adjustments(decisions=(decision("r9", "En grande partie conforme"),))
    )
    assert found.by_id["R.9"].decided == ComplianceRating.LC


def test_a_weight_says_where_it_comes_from() -> None:
    """The country's reason is kept, and the edition's weight beside it."""
    found = assess(EDITION, BLANK, load_policy(), adjustments=weight("R.36/36.1", 5, " Most cases. "))
    weighing = found.recommendations[35].criteria[0].weighing
    assert (
        weighing.value,
        weighing.edition,
        weighing.source,
        weighing.reason,
    ) == (5, 2, WeightSource.COUNTRY, "Most cases.")


def test_a_part_is_about_the_sector_that_names_it() -> None:
    """The parts of 22.1 and 23.1 concern one sector each, or two; a part that no sector names concerns none."""
    rules = load_materiality()
    assert rules.concerned("R.22/22.1(b)") == ("real-estate",)
    assert rules.concerned("R.23/23.1(a)") == ("legal-professions", "accountants")
    assert rules.concerned("R.22/22.1(b)(i)") == ()
    assert len(rules.concerned("R.22/22.1")) == 6


def test_a_most_important_sector_moves_a_weight_by_two_steps() -> None:
    """The most important sector decides, before a highly important one."""
    sectors = {
        "casinos": Sector(id="casinos", materiality=Materiality.HIGH),
        "real-estate": Sector(id="real-estate", materiality=Materiality.MOST),
    }
    rules = load_materiality()
    assert rules.moved("R.22/22.2", 2, sectors) == (5, (sectors["real-estate"],))
    assert rules.moved("R.28/28.1", 2, sectors) == (3, (sectors["casinos"],))


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
def test_materiality_names_what_exists(edition: str) -> None:
    """Every requirement in the list of sectors is in both editions."""
    framework = load_framework(edition)
    known = {unit.id for unit in framework.units} | set(index_requirements(framework))
    named = {place for places in load_materiality().concerns.values() for place in places}
    assert named - known == set()
