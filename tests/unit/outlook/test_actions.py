"""Candidates for key recommended actions: who gets one, how many, in which order."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit import ScoringResult
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating, FindingKind, Severity
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.actions import KeyAction, check_actions_file, choose_actions, load_action_rules
from fatf_kit.outlook.model import Ratings
from fatf_kit.published import find_report
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.span import Span
from fatf_kit.workflows.outlook import read_ratings_of
from tests.examples import score_example

GOOD: Ratings = {
    **dict.fromkeys(RECOMMENDATIONS, ComplianceRating.C),
    **dict.fromkeys(OUTCOMES, EffectivenessRating.SE),
}


def chosen(ratings: Ratings, edition: str = "fatf-2022") -> tuple[KeyAction, ...]:
    """Candidates from ratings alone."""
    return choose_actions(load_framework(edition), load_action_rules(edition), load_rules(edition), ratings)


@pytest.fixture(scope="module")
def ruritania() -> ScoringResult:
    """The made-up country."""
    return score_example("ruritania/workbook")


def of(scored: ScoringResult) -> tuple[KeyAction, ...]:
    """Its candidates."""
    edition = scored.framework.id
    return choose_actions(
        scored.framework,
        load_action_rules(edition),
        load_rules(edition),
        read_ratings_of(scored).ratings,
        scored.findings,
    )


def test_good_ratings_call_for_none() -> None:
    """Nothing to recommend."""
    assert chosen(GOOD) == ()


def test_one_weak_outcome() -> None:
    """The outcome's own, then Recommendations behind it that are PC or NC, three in all; R.36 is not behind it."""
    low = dict.fromkeys(("R.24", "R.25", "R.36"), ComplianceRating.PC)
    found = chosen({**GOOD, **low, "IO.5": EffectivenessRating.ME})
    assert [(a.addresses, a.outcome) for a in found] == [("IO.5", "IO.5"), ("R.24", "IO.5"), ("R.25", "IO.5")]


def test_key_recommendations_stand_alone() -> None:
    """R.10 gets one although its outcomes are fine; R.12 does not."""
    found = chosen({**GOOD, "R.10": ComplianceRating.PC, "R.12": ComplianceRating.PC})
    assert [(action.addresses, action.outcome) for action in found] == [("R.10", None)]


def test_not_twice() -> None:
    """A key Recommendation behind a weak outcome is recommended for its sake only."""
    found = chosen({**GOOD, "R.10": ComplianceRating.NC, "IO.3": EffectivenessRating.LE})
    assert [(action.addresses, action.outcome) for action in found] == [("IO.3", "IO.3"), ("R.10", "IO.3")]
    assert found[1].serves == ("IO.3",)


def test_open_ratings_are_distinguished() -> None:
    """A rating that is not known may call for one; a settled one comes before it."""
    found = chosen({**GOOD, "R.11": None, "R.20": ComplianceRating.PC})
    assert [(action.addresses, action.is_certain) for action in found] == [("R.20", True), ("R.11", False)]


def test_na_calls_for_none() -> None:
    """Not applicable is not low."""
    assert chosen({**GOOD, "R.20": ComplianceRating.NA}) == ()


def test_iraq() -> None:
    """No more than three per outcome, graver ones first, none for an outcome at SE."""
    report = find_report("IRQ", "MER")
    found = chosen(report.ratings, report.edition)
    assert max(Counter(action.outcome for action in found).values()) <= 3
    assert {action.addresses for action in found[:2]} == {"IO.7", "IO.11"}
    assert not {"IO.2", "IO.8"} & {action.addresses for action in found}
    orders = [action.severity.order for action in found if action.severity]
    assert sorted(orders) == orders
    assert {action.requirement for action in found} == {None}


def test_an_assessment(ruritania: ScoringResult) -> None:
    """Each about a requirement with a finding, at most three per outcome, one for each Recommendation in all."""
    found = of(ruritania)
    ids = {finding.id: finding for finding in ruritania.findings}
    assert found
    for action in found:
        finding = ids[action.finding or ""]
        about = finding.requirement, finding.unit, finding.severity
        assert about == (action.requirement, action.addresses, action.severity)
        assert finding.kind in (FindingKind.SHORTCOMING, FindingKind.UNDEMONSTRATED)
    assert max(Counter(action.outcome for action in found if action.outcome).values()) <= 3
    assert set(Counter(action.addresses for action in found if action.addresses.startswith("R.")).values()) == {1}
    settled = [a for a in found if a.is_certain and not a.unshown]
    keys = [
        ((a.severity or Severity.MINOR).order, -a.points_lost, -a.shared_root_cause, -len(a.lines)) for a in settled
    ]
    assert sorted(keys) == keys


def test_shared_root_causes_are_counted(ruritania: ScoringResult) -> None:
    """Recommendations with a finding of the same cause, counted again."""
    action = max(of(ruritania), key=lambda action: action.shared_root_cause)
    finding = next(f for f in ruritania.findings if f.id == action.finding)
    sharing = [{f.unit for f in ruritania.findings if cause in f.root_causes} for cause in finding.root_causes]
    assert max(map(len, sharing)) == action.shared_root_cause > 1


def test_effect_on_the_outlook_orders() -> None:
    """Of two alike, the one that more lines count comes first: R.3 is a key Recommendation, R.30 and R.31 are not."""
    low = dict.fromkeys(("R.30", "R.31", "R.3"), ComplianceRating.PC)
    found = chosen({**GOOD, **low, "IO.7": EffectivenessRating.ME})
    assert [action.addresses for action in found] == ["IO.7", "R.3", "R.30"]
    assert len(found[1].lines) > len(found[2].lines)


@pytest.mark.parametrize("edition", list_editions())
def test_rules_are_sound(edition: str, tmp_path: Path) -> None:
    """Shipped files have no fault, a damaged one says where, and an edition without any has none."""
    assert check_actions_file(data_folder("frameworks") / edition) == ()
    assert load_action_rules(edition).edition == edition
    assert check_actions_file(tmp_path) == ()
    data = json.loads((data_folder("frameworks") / edition / "actions.json").read_text(encoding="utf-8"))
    (tmp_path / "actions.json").write_text(json.dumps({**data, "per_outcome": 0}), encoding="utf-8")
    assert [problem.code for problem in check_actions_file(tmp_path)] == ["data-schema"]


def test_other_rules_choose_otherwise() -> None:
    """The numbers are data: with one per outcome, only the outcome's own is left."""
    rules = replace(load_action_rules("fatf-2022"), per_outcome=1)
    ratings = {**GOOD, "R.24": ComplianceRating.PC, "IO.5": EffectivenessRating.ME}
    found = choose_actions(load_framework("fatf-2022"), rules, load_rules("fatf-2022"), ratings)
    assert [action.addresses for action in found] == ["IO.5"]


def test_unknown_edition() -> None:
    """It is named."""
    with pytest.raises(UnknownIdError, match="fatf-2030"):
        load_action_rules("fatf-2030")


def finding(number: int, requirement: str, severity: Severity, **more: object) -> Finding:
    """A shortcoming to choose from."""
    base = Finding(
        id=f"F-{number:03d}",
        requirement=requirement,
        unit=requirement.partition("/")[0],
        kind=FindingKind.SHORTCOMING,
        severity=severity,
        rating="partly met",
        missing="",
        withheld=False,
        status=EvidenceStatus.SHOWN,
        points_lost=10 * number,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def picked(ratings: Ratings, *findings: Finding) -> tuple[KeyAction, ...]:
    """Candidates from ratings and findings."""
    edition = "fatf-2022"
    return choose_actions(load_framework(edition), load_action_rules(edition), load_rules(edition), ratings, findings)


LOW_5: Ratings = {
    **GOOD,
    **dict.fromkeys(("R.24", "R.25"), ComplianceRating.PC),
    "IO.5": EffectivenessRating.ME,
}


def test_the_best_of_the_outcome_comes_in_any_case() -> None:
    """Its gravest first, then whatever is gravest: its own second, or one of each Recommendation behind it."""
    own = [finding(n, f"IO.5/5.{n}", severity) for n, severity in ((1, Severity.MINOR), (2, Severity.MODERATE))]
    behind = [
        finding(5, "R.24/24.1", Severity.MAJOR),
        finding(6, "R.24/24.2", Severity.MAJOR),
        finding(7, "R.25/25.1", Severity.MINOR),
    ]
    third = finding(3, "IO.5/5.3", Severity.MODERATE)

    def of_5(*findings: Finding) -> list[str]:
        return sorted(str(a.finding) for a in picked(LOW_5, *findings) if a.outcome == "IO.5")

    assert of_5(*own, *behind[:2]) == ["F-001", "F-002", "F-006"]
    assert of_5(*own, *behind) == ["F-002", "F-006", "F-007"]
    assert of_5(*own, third) == ["F-001", "F-002", "F-003"]


def test_what_an_action_carries() -> None:
    """A shortcoming with its points, causes shared and lines; without a finding nothing is claimed."""
    causes = [finding(n, f"R.24/24.{n}", Severity.MAJOR, root_causes=("no-sanctions",)) for n in (1, 2)]
    lack = finding(4, "IO.5/5.1", Severity.MODERATE, kind=FindingKind.UNDEMONSTRATED)
    by_id = {a.finding: a for a in picked(LOW_5, *causes, lack)}
    unproven, short = by_id["F-004"], by_id["F-002"]
    assert (unproven.unshown, unproven.points_lost, unproven.shared_root_cause) == (True, 40, 0)
    assert (short.unshown, short.points_lost, short.serves) == (False, 20, ("IO.5",))
    assert short.shared_root_cause > 0
    plain = {a.addresses: a for a in chosen(LOW_5)}
    assert (plain["R.24"].unshown, plain["R.24"].points_lost, plain["R.24"].shared_root_cause) == (False, 0, 0)
    assert plain["IO.5"].serves == ("IO.5",)
    assert Severity.MODERATE is plain["R.24"].severity
    lines = {line.id for line in load_rules("fatf-2022").lines}
    assert plain["R.24"].lines == ()
    many = {**GOOD, **{f"R.{n}": ComplianceRating.PC for n in range(20, 30)}, "IO.5": EffectivenessRating.ME}
    held = {a.addresses: a for a in chosen(many)}
    assert held["R.24"].lines
    assert set(held["R.24"].lines) <= lines
    assert set(held["IO.5"].lines).isdisjoint(held["R.24"].lines)


def test_certain_where_no_answer_can_change_it() -> None:
    """A rating that may still turn out good is not settled, and neither is one for an outcome that may."""
    open_24 = {**LOW_5, "R.24": Span(worst=ComplianceRating.PC, best=ComplianceRating.C)}
    open_5 = {**LOW_5, "IO.5": Span(worst=EffectivenessRating.ME, best=EffectivenessRating.SE)}
    for ratings, certain in ((open_24, (True, False, True)), (open_5, (False, False, False))):
        found = {action.addresses: action.is_certain for action in chosen(ratings)}
        assert found == dict(zip(("IO.5", "R.24", "R.25"), certain, strict=True))


def test_the_widest_cause_and_lines_of_two_counts() -> None:
    """Of two root causes the one with most Recommendations counts; a line names what any of its counts includes."""
    both = finding(1, "R.24/24.1", Severity.MAJOR, root_causes=("legal-basis", "risk-assessment"))
    other = finding(2, "R.25/25.1", Severity.MAJOR, root_causes=("risk-assessment",))
    assert {a.finding: a.shared_root_cause for a in picked(LOW_5, both, other)} == {"F-001": 2, "F-002": 2}
    weak = dict.fromkeys(OUTCOMES, EffectivenessRating.ME) | dict.fromkeys(OUTCOMES[:2], EffectivenessRating.LE)
    lines = {a.addresses: a.lines for a in chosen({**GOOD, **weak})}
    assert "I5-3" in lines[OUTCOMES[0]]
    assert "I5-3" in lines[OUTCOMES[5]]
