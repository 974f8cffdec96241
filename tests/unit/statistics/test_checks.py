"""Inconsistencies are found, and differences with a good reason are not reported."""

from __future__ import annotations

import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.figures import CaseEntry, Risk, StatisticsReturn
from fatf_kit.statistics.model import RiskLevel, YearKind
from fatf_kit.statistics.observation_texts import describe_observation, phrase_question
from fatf_kit.statistics.observations import (
    Observation,
    ObservationKind,
    ObservationWeight,
    load_observation_rules,
)
from tests.unit.statistics.made import agency, merged

SENT, RECEIVED = "disseminations/police/own-motion", "disseminations/police/received-here"
STOCK = ("opening", "new", "granted", "refused", "withdrawn", "pending")


def found(*returns: StatisticsReturn) -> list[Observation]:
    """Everything that strikes, every sentence told once, so that none can fail to be reported."""
    every = list(check_statistics(merged(*returns)))
    for language in ("en", "ar", "fr"):
        for one in every:
            assert describe_observation(one, Translator(language))
            assert phrase_question(one, Translator(language)).endswith(("?", "؟"))
    return every


def kinds(*returns: StatisticsReturn) -> list[ObservationKind]:
    """Their kinds."""
    return [one.kind for one in found(*returns)]


def requests(*rows: list[int | None]) -> StatisticsReturn:
    """The central authority with requests received, a row for each measure of the stock."""
    return agency("justice", {f"mla/in-evidence/{m}": row for m, row in zip(STOCK, rows, strict=True)})


@pytest.mark.parametrize(
    ("opening", "refused", "pending", "expected"),
    [
        ([2, 3, 3], [0, 1, 0], [3, 3, 3], []),  # what is pending is what the next year begins with
        ([2, 9, 9], [0, 1, 0], [3, 9, 9], [ObservationKind.CONTINUITY]),  # each year comes out by itself
        ([2, 3, 3], [0, None, 0], [3, 3, 3], [ObservationKind.GAP]),  # a blank is never taken for zero
    ],
)
def test_opening_new_and_closed_make_what_is_pending(
    opening: list[int | None], refused: list[int | None], pending: list[int | None], expected: list[ObservationKind]
) -> None:
    """A rule is tested only where all its figures are known."""
    assert kinds(requests(opening, [5, 5, 6], [4, 4, 5], refused, [0, 0, 1], pending)) == expected


def test_a_stock_that_does_not_come_out_is_wrong() -> None:
    """With what it should be."""
    one = found(requests([2, 3, 3], [5, 5, 6], [4, 4, 5], [0, 1, 0], [0, 0, 1], [3, 3, 4]))
    assert [(o.kind, o.weight, o.years, o.numbers["expected"], o.numbers["found"]) for o in one] == [
        (ObservationKind.STOCK, ObservationWeight.WRONG, (2023,), 3, 4)
    ]


@pytest.mark.parametrize(
    ("line", "numbers", "expected"),
    [
        ("bo-filings/limited/{}", {"due": 10, "on-time": 6, "late": 3, "missing": 2}, [ObservationKind.SUM] * 3),
        ("policy-actions/{}/overdue", {"risk": 1, "other": 2, "total": 4}, [ObservationKind.ROWS] * 3),
        ("tf-cases/{}/investigations", {"raising": 3, "moving": 3, "total": 4}, []),  # a case may be in two rows
        ("tf-cases/{}/investigations", {"raising": 5, "total": 4}, [ObservationKind.ROW_ABOVE_TOTAL] * 3),
        ("ml-sanctions/natural/{}", {"persons-convicted": 5, "custodial": 4}, []),
        ("ml-sanctions/natural/{}", {"persons-convicted": 5, "custodial": 6}, [ObservationKind.AT_MOST] * 3),
    ],
)
def test_parts_and_totals(line: str, numbers: dict[str, int], expected: list[ObservationKind]) -> None:
    """Parts of a sum, rows of a total, a row above a total, and a part that is more than the whole, in each year."""
    figures = {line.format(name): [number] * 3 for name, number in numbers.items()}
    assert kinds(agency("service", figures)) == expected


def test_sent_and_not_received_is_reported() -> None:
    """With the years, both figures and both agencies; files on their way at the turn of the year are no alarm."""
    sent = agency("fiu", {SENT: [100, 110, 120]})
    assert kinds(sent, agency("police", {RECEIVED: [97, 112, 118]})) == []
    (one,) = found(sent, agency("police", {RECEIVED: [99, 80, 85]}))
    assert (one.kind, one.years, one.agencies) == (ObservationKind.BETWEEN, (2022, 2023), ("fiu", "police"))


def test_other_years_shift_files_and_raise_no_alarm() -> None:
    """If years begin in different months and the sums agree, an observation states that years were not compared."""
    sent = agency("fiu", {SENT: [100, 110, 120]})
    shifted = {RECEIVED: [80, 130, 119]}
    assert kinds(sent, agency("police", shifted)) == [ObservationKind.BETWEEN]
    fiscal = agency("police", shifted, kind=YearKind.FISCAL, starts=7)
    assert kinds(sent, fiscal) == [ObservationKind.EXPLAINED, ObservationKind.CALENDARS]
    assert {one.weight for one in found(sent, fiscal)} == {ObservationWeight.NOTE}
    missing = agency("police", {RECEIVED: [80, 80, 80]}, kind=YearKind.FISCAL, starts=7)
    assert ObservationKind.BETWEEN in kinds(sent, missing)


def test_two_reports_of_one_authority_have_to_be_the_same() -> None:
    """Not within a few."""
    lines = {"strs-by-sector/total/strs": [50, 60, 70], "reports-received/str/received": [50, 59, 70],
             "reports-received/str-tf/received": [0, 0, 0]}  # fmt: skip
    assert kinds(agency("fiu", lines)) == [ObservationKind.BETWEEN]


def test_jumps_and_other_units() -> None:
    """A number that leaps, an amount a thousand times the one before, reported once though it goes back."""
    assert kinds(agency("fiu", {"strs-by-sector/banks/strs": [20, 90, 95]})) == [ObservationKind.JUMP]
    assert kinds(agency("fiu", {"strs-by-sector/casinos/strs": [1, 9, 25]})) == []
    assert kinds(agency("customs", {"cash-declarations/in/seized-amount": [3, 3000, 4]})) == [ObservationKind.UNIT]


def risk(name: str, level: str) -> Risk:
    """A threat or sector with a level."""
    return Risk(id=name, level=RiskLevel(level))


def test_a_high_threat_with_few_cases() -> None:
    """None in a year is few; no conviction is reported where there are cases; no figures say nothing."""
    threats = (risk("threat/tax", "high"), risk("threat/drugs", "high"), risk("threat/fraud", "high"))
    lines = {"ml-cases/tax/investigations": [0, 1, 0], "ml-cases/drugs/investigations": [5, 6, 7],
             "ml-cases/drugs/convictions": [0, 0, 0]}  # fmt: skip
    assert [(one.kind, one.subject) for one in found(agency("police", lines, risks=threats))] == [
        (ObservationKind.FEW_CASES, "tax"),
        (ObservationKind.NO_CONVICTION, "drugs"),
    ]


def test_effort_that_goes_to_low_threats() -> None:
    """More cases of a low threat than of the high ones on average."""
    threats = (risk("threat/tax", "high"), risk("threat/theft", "low"))
    lines = {"ml-cases/tax/investigations": [3, 3, 3], "ml-cases/theft/investigations": [9, 9, 9],
             "ml-cases/tax/convictions": [1, 1, 1]}  # fmt: skip
    assert [(one.kind, one.subject, one.other) for one in found(agency("police", lines, risks=threats))] == [
        (ObservationKind.EFFORT, "theft", "tax")
    ]


def test_inspections_that_do_not_follow_risk() -> None:
    """Within a sector by class, and between sectors."""

    def sector(name: str, high: int, low: int) -> dict[str, list[int]]:
        return {
            f"sectors/{name}/entities": [20] * 3,
            f"sectors/{name}/entities-high": [10] * 3,
            f"sectors/{name}/entities-low": [10] * 3,
            f"inspections/{name}/inspections": [high + low] * 3,
            f"inspections/{name}/inspections-high": [high] * 3,
            f"inspections/{name}/inspections-low": [low] * 3,
        }  # fmt: skip

    lines = sector("banks", 1, 2) | sector("insurance", 4, 1)
    sectors = (risk("sector/banks", "high"), risk("sector/insurance", "low"))
    assert [(one.kind, one.subject) for one in found(agency("bank", lines, risks=sectors))] == [
        (ObservationKind.SECTOR, "banks"),
        (ObservationKind.INSPECTIONS, "banks"),
    ]


def test_outcomes_and_threats_without_a_case() -> None:
    """Only where cases were handed in at all."""
    threats = (risk("threat/tax", "high"), risk("threat/fraud", "high"))
    case = CaseEntry(id="1", outcome="IO.7", predicate="fraud", done="a", result="b", shows="c")
    every = found(agency("police", {}, cases=(case,), risks=threats))
    assert {f"IO.{n}" for n in range(1, 12)} - {"IO.7"} == {
        o.subject for o in every if o.kind is ObservationKind.NO_CASE
    }
    assert [o.subject for o in every if o.kind is ObservationKind.THREAT_WITHOUT_CASE] == ["tax"]
    assert kinds(agency("police", {}, risks=threats)) == []


@pytest.mark.parametrize("kind", list(ObservationKind))
def test_every_kind_has_a_sentence_and_a_question(kind: ObservationKind) -> None:
    """None would fail in a report only."""
    line = "ml-cases/tax/investigations"
    names = ("expected", "found", "closing", "opening", "left", "right", "left_total", "right_total", "before", "after",
             "blank", "lines", "cases", "least", "weakest", "rate", "other_rate")  # fmt: skip
    numbers = dict.fromkeys(names, 1)
    told = Observation(kind=kind, line=line, comparison="strs-received", numbers=numbers)
    assert "{" not in describe_observation(told, Translator("en"))
    plain = Observation(kind=kind, line=line)
    assert phrase_question(plain, Translator("en")).endswith("?")


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (0, "but no money laundering investigation in 2023–2025"),
        (1, "but only 1 money laundering investigation in 2023–2025"),
        (2, "but only 2 money laundering investigations in 2023–2025"),
    ],
)
def test_a_sentence_agrees_with_its_number(cases: int, words: str) -> None:
    """None, one and several are different sentences."""
    numbers = {"cases": cases, "least": 5}
    made = Observation(kind=ObservationKind.FEW_CASES, subject="tax", years=(2023, 2024, 2025), numbers=numbers)
    assert words in describe_observation(made, Translator("en"))


def test_a_rule_counts_a_number_that_its_checks_give() -> None:
    """A sentence with a plural names the number that decides, and has a place for it."""
    counted = [rule for rule in load_observation_rules().values() if rule.singular]
    assert {rule.counted for rule in counted} == {"blank", "cases"}
    assert all("{n}" in rule.text for rule in counted)
