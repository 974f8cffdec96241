"""From facts to levels: each kind of rule, and which of them goes first."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from string import ascii_uppercase

from fatf_kit.npo.functions import npo_check
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.register.cell_values import country
from tests.unit.npo.small_register import body, classify, settings, write

EVERYWHERE = ";".join(code for code in map("".join, product(ascii_uppercase, repeat=2)) if country(code))

CASES = [
    ({"str_count_tf": "1", "str_disseminated": "1"}, {"T06": "3"}),
    ({"str_count_tf": "4", "str_disseminated": "0"}, {"T06": "4"}),
    ({"overseas_spend_share": "60%"}, {"V02": "4", "T02": ""}),
    ({"overseas_spend_share": "61%"}, {"V02": "5"}),
    ({"overseas_spend_share": "0"}, {"V02": "1", "T02": "1"}),
    ({"works_abroad": "no"}, {"V02": "1", "T02": "1"}),
    ({"works_abroad": "yes"}, {"V02": "", "T02": ""}),
    ({"cash_income_share": "90%", "cash_level": "2"}, {"V04": "2"}),
    ({"cash_income_share": "35%"}, {"V04": "4"}),
    ({"payment_channels": "bank;hawala"}, {"V05": "5", "V07": ""}),
    ({"payment_channels": "bank;hawala", "no_bank_with_receipts": "yes"}, {"V05": "4"}),
    ({"payment_channels": "bank", "no_bank_with_receipts": "yes"}, {"V05": "1"}),
    ({"payment_channels": "bank;hawala", "no_bank_with_receipts": "no"}, {"V05": "5"}),
    ({"payment_channels": "bank;personal_wallet"}, {"V05": "1", "V07": "5"}),
    ({"operating_countries": "SY;JO"}, {"T02": "5", "V11": "3"}),
    ({"operating_countries": "JO;JO"}, {"T02": "3", "V11": ""}),
    ({"operating_countries": "IQ"}, {"T02": "1", "V11": ""}),
    ({"operating_countries": "FR"}, {"T02": "2"}),
    ({"operating_countries": "FR;DE;IT;ES;PT"}, {"V11": "4"}),
    ({"operating_countries": EVERYWHERE}, {"T02": "5", "V11": "5"}),
    ({"payment_channels": ";"}, {"V05": "", "V07": ""}),
    ({"operating_countries": "Nowhere;SY"}, {"T02": "5", "V11": ""}),
    ({"no_bank_with_receipts": "yes"}, {"V05": "", "V07": ""}),
    ({"filings_due": "5"}, {"V14": "", "M03": ""}),
    ({"filings_received": "5"}, {"V14": "", "M03": ""}),
    ({"branches": "2"}, {"V11": "2"}),
    ({"filings_due": "5", "filings_received": "2"}, {"V14": "5", "M03": "2"}),
    ({"filings_due": "2", "filings_received": "3"}, {"V14": "1", "M03": "5"}),
    ({"filings_due": "0", "filings_received": "0"}, {"V14": "1", "M03": ""}),
    ({"registration_date": "2020-01-01"}, {"V13": "2"}),
    ({"registration_date": "2020-01-01", "total_income": "200", "income_before": "100"}, {"V13": "3"}),
    ({"registration_date": "2027-01-01"}, {"V13": ""}),
    ({"operating_areas": "Upper Hill"}, {"T01": "4"}),
    ({"operating_areas": "Valley"}, {"T01": "1"}),
    ({"region": "Upper Hill"}, {"T01": "4", "T04": ""}),
    ({"region": "Coast", "operating_areas": "Upper Hill;Valley"}, {"T01": "4", "T04": "2"}),
    ({}, {"T01": "", "T02": "", "T04": "", "T06": "", "V05": "", "V11": "", "V14": ""}),
]


def test_levels_of_bodies(tmp_path: Path) -> None:
    """The facts of each body give its levels, which are empty for a factor without facts."""
    chosen = settings(
        home_country="IQ",
        countries=[{"country": "SY", "level": 5}, {"country": "SY", "level": 2}, {"country": "JO", "level": 3}],
        areas=[{"area": "Upper Hill", "level": 4}],
        segment_factors=[{"id": "T04", "region": "Coast", "value": 2}],
    )
    _, lines = classify(tmp_path, [body(str(n), **facts) for n, (facts, _) in enumerate(CASES)], settings=chosen)
    found = [
        (facts, {factor: line.get(factor, "") for factor in levels})
        for (facts, levels), line in zip(CASES, lines, strict=True)
    ]
    assert found == CASES


def test_places_without_lists_have_no_level(tmp_path: Path) -> None:
    """Areas and countries abroad have no level without lists; work at home has one."""
    rows = [
        body("a", operating_areas="Upper Hill", operating_countries="SY", cash_level="2"),
        body("b", operating_countries="IQ", cash_level="2"),
    ]
    _, lines = classify(tmp_path, rows, settings=settings(home_country="IQ"))
    assert [(line.get("T01", ""), line["T02"]) for line in lines] == [("", ""), ("", "1")]


def test_channels_alone_give_their_level(tmp_path: Path) -> None:
    """The level of a channel is not lowered when the register has no column for receipts."""
    _, lines = classify(tmp_path, [body("a", payment_channels="hawala")])
    assert lines[0]["V05"] == "5"


def test_marks_of_missing_values_are_not_errors(tmp_path: Path) -> None:
    """A mark of a missing value is no error, nor is an own word in an open list; in a closed list it is one."""
    blank = load_method().blank[-1]
    rows = [
        body("a", payment_channels=blank, activity="bee-keeping"),
        body("b", payment_channels="carrier pigeon", activity=blank),
    ]
    found = [dict(problem.facts) for problem in npo_check(write(tmp_path / "r.csv", rows))]
    assert [(facts["column"], facts["found"]) for facts in found] == [("payment_channels", "carrier pigeon")]
