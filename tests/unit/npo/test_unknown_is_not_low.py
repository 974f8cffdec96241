"""Silence of a register is never good news: five registers that came out low or medium before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.asking import headline
from fatf_kit.npo.report.disclosure import uncontrolled as count_uncontrolled
from tests.unit.npo.made_up_sector import made_up_sector, make_report, words
from tests.unit.npo.small_register import PROOF, body, classify, read, settings

COUNTRY_THREAT = settings(national=[{"id": name, "value": 2} for name in ("TN1", "TN2", "TN3")])
CALM = {
    **dict.fromkeys(("foreign_exposure", "threat_area", "delivery_channel", "cash_level"), "1"),
    **dict.fromkeys(("tf_cases", "screening_result", "verification"), "1"),
    "end_use_checks": "5",
    "partner_checks": "4",
}
EXPOSED = {
    "foreign_exposure": "5",
    "payment_channels": "cash; hawala",
    "activity": "relief",
    "cash_income_share": "90%",
    "trustees": "1",
    "accounts_examined": "1",
    "partner_checks": "1",
    "end_use_checks": "1",
    "financial_control": "",
    "filings_due": "3",
    "filings_received": "0",
    "total_income": "1000",
    "registration_date": "2001-01-01",
    "threat_area": "1",
    "tf_cases": "1",
    "screening_result": "1",
    "verification": "1",
    "operating_areas": "",
    "fundraising_methods": "membership",
    "delivery_channel": "",
    "no_bank_with_receipts": "",
}
"""Relief in a conflict area, by cash and hawala, with one person on the board, no accounts and no checks."""


def classes_of(folder: Path, *changes: dict[str, str]) -> list[str]:
    """Return the classes of exposed bodies, each with a change of its answers."""
    rows = [body(str(number), **{**EXPOSED, **change}) for number, change in enumerate(changes)]
    return [line["class"] for line in classify(folder, rows, as_shipped=True)[1]]


def print_report(sector: SectorResult) -> str:
    """Return the words of the internal report."""
    return words(make_report(sector, public=False))


def test_a_register_of_which_nothing_is_known_has_no_proposal(tmp_path: Path) -> None:
    """Before, 800 bodies without a class gave exposure 1 of 5 and "Proposal: low"."""
    made, _ = classify(tmp_path, [body(str(n)) for n in range(800)], as_shipped=True, settings=COUNTRY_THREAT)
    proposal = made.result.sector.proposal
    assert made.result.classes.unrated == 800
    assert (proposal.threat, proposal.exposure, proposal.inherent, proposal.band) == (2, None, None, None)
    assert "Proposal: not known. The sector&#x27;s exposure" in print_report(made.result).replace("&#39;", "&#x27;")
    payload = make_report(made.result, public=False).payload["sector"]
    assert isinstance(payload, dict)
    assert (payload["proposal"]["exposure"], payload["proposal"]["band"]) == (None, None)


def test_answered_exposure_without_controls_is_high_without_a_link(tmp_path: Path) -> None:
    """Before, all 800 were medium, because levels of what was not asked, at 1, went into the average."""
    rows = [body(str(n), **EXPOSED) for n in range(800)]
    made, lines = classify(tmp_path, rows, as_shipped=True)
    classes = made.result.classes
    assert (classes.high, classes.uncontrolled, classes.referred, classes.provisional) == (800, 800, 0, 0)
    assert {line["investigate"] for line in lines} == {""}
    assert lines[0]["reasons"].startswith("money is sent to a conflict area in cash or by hawala, and controls")
    assert (lines[0]["V07"], lines[0].get("V12", "")) == ("", "")
    assert "high without a proven link: 800" in print_report(made.result)


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    "change",
    [
        {"foreign_exposure": ""},
        {"foreign_exposure": "4"},
        {"payment_channels": ""},
        {"payment_channels": "bank; exchange_house"},
        {"payment_channels": "cash; something else"} | {"delivery_channel": "2"},
        {"no_bank_with_receipts": "yes"},
        {"accounts_examined": ""},
        {"partner_checks": "", "end_use_checks": ""},
        {"financial_control": "3"},
        {"end_use_checks": "4"},
    ],
)
def test_what_is_not_answered_is_not_absent(tmp_path: Path, change: dict[str, str]) -> None:
    """One of the three answers missing or better, and the rule does not apply."""
    rows = [body("a", **EXPOSED), body("b", **{**EXPOSED, **change}), body("c", **{**EXPOSED, **CALM})]
    made, lines = classify(tmp_path, rows, as_shipped=True)
    assert made.result.classes.uncontrolled == 1
    assert [line["reasons"].startswith("money is sent to") for line in lines] == [True, False, False]


@pytest.mark.full
def test_the_rule_needs_no_other_body_and_no_other_fact(tmp_path: Path) -> None:
    """An area at home, an assessed channel, another control; scope still comes first, and a hand may change it."""
    assert classes_of(tmp_path, {"foreign_exposure": "1", "threat_area": "4"}) == ["high"]
    assert classes_of(tmp_path, {"payment_channels": "", "delivery_channel": "4"}) == ["high"]
    assert classes_of(tmp_path, {"accounts_examined": "", "financial_control": "1"}) == ["high"]
    assert classes_of(tmp_path, {"purpose": "commercial"}) == [""]
    bare = dict.fromkeys(("activity", "cash_income_share", "trustees", "filings_due", "filings_received"), "")
    assert classes_of(tmp_path, bare, {"foreign_exposure": "5"}) == ["high", "high"]


def test_no_factor_of_the_rule_rests_on_what_is_never_scored() -> None:
    """Places, channels and controls only: no activity, purpose, beneficiary or faith."""
    method = load_method()
    rule, factors = method.uncontrolled, {factor.id: factor for factor in method.rated}
    used = {*(area.factor for area in rule.areas), rule.channel.factor, *rule.controls.factors}
    columns = {column for factor in used for column in factors[factor].columns} | {rule.channel.column}
    allowed = {"abroad", "channels", "levels", "who"}
    assert {method.columns[column].group for column in columns} <= allowed
    assert not any(method.columns[column].never_scored for column in columns)
    assert columns.isdisjoint({"activity", "purpose", "beneficiaries", "legal_form"})
    assert {*rule.channel.codes} <= {code.code for code in method.columns[rule.channel.column].codes}
    assert method.columns[rule.channel.unless].type == "yes_no"
    assert (method.id, rule.controls.absent_at) == ("npo-2", 1)


def test_a_claimed_link_is_on_a_list_of_its_own(tmp_path: Path) -> None:
    """Before, a register with nothing but claimed links had no list at all; a proven link is not on it."""
    calm = {**CALM, **dict.fromkeys(PROOF, "")}
    rows = [
        body("a", **{**calm, "screening_result": "5"}),
        body("b", **{**calm, **PROOF, "tf_cases": "4"}),
        body("=c", **{**calm, **PROOF, "verification": "5", "trigger_date": "2027-01-01"}),
        body("d", **{**calm, "tf_cases": "5", "trigger_source": "File 2", "purpose": "commercial"}),
        body("e", **{**EXPOSED, **dict.fromkeys(PROOF, ""), "screening_result": "5"}),
    ]
    made, lines = classify(tmp_path, rows, as_shipped=True)
    path = next(path for path in made.files if path.name == "to-verify.csv")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [tuple(row.values()) for row in read(path)] == [
        ("a", "2", "in", "", "T07=5", "trigger_source; trigger_office; trigger_date", "restricted"),
        ("'=c", "4", "in", "", "T10=5", "trigger_date", "restricted"),
        ("d", "5", "out", "", "T05=5", "trigger_office; trigger_date", "restricted"),
        ("e", "6", "in", "high", "T07=5", "trigger_source; trigger_office; trigger_date", "restricted"),
    ]
    assert [line["investigate"] for line in lines] == ["to verify", "referred", "to verify", "to verify", "to verify"]
    assert (made.result.classes.to_verify, made.result.classes.unrated) == (2, 2)
    assert not [path for path in classify(tmp_path, [body("a", **CALM)])[0].files if path.name == "to-verify.csv"]


def test_a_register_without_variation_shows_no_subset(tmp_path: Path) -> None:
    """Before, 800 bodies alike were 800 times low, without a word, and the sector was proposed as low."""
    made, _ = classify(tmp_path, [body(str(n), **CALM) for n in range(800)], settings=COUNTRY_THREAT)
    assert (made.result.classes.low, made.result.shows_subset) == (800, False)
    assert (made.result.sector.proposal.exposure, made.result.sector.proposal.band) == (None, None)
    assert "this register cannot show which of them are at risk" in headline(made.result, Translator("en"))
    assert "because the register cannot show a subset" in print_report(made.result)
    varied = [body(str(n), **{**CALM, "threat_area": "3" if n else "1"}) for n in range(2)]
    assert classify(tmp_path, varied)[0].result.shows_subset


def test_the_headline_counts_bodies_with_a_class(tmp_path: Path) -> None:
    """And it says how many have none; before, those without a class were in the whole and made the share small."""
    calm = [body(f"calm-{n}", **{**CALM, "threat_area": "2"}) for n in range(20)]
    exposed = [body(f"exposed-{n}", **EXPOSED) for n in range(10)]
    unknown = [body(f"unknown-{n}") for n in range(10)]
    made, _ = classify(tmp_path, [*calm, *exposed, *unknown], as_shipped=True)
    text = headline(made.result, Translator("en"))
    assert text == (
        "10 of the 30 bodies with a class are at risk: 10 high and 0 medium. "
        "Bodies within the definition without a class: 10."
    )
    page = print_report(made.result)
    assert "with a class: 10 of 30" in page
    assert "33%" in page
    whole, _ = classify(tmp_path, [*calm, *exposed], as_shipped=True)
    assert headline(whole.result, Translator("en")).endswith("Every body within the definition has a class.")
    few, _ = classify(tmp_path, [*calm, *exposed, *unknown[:2]], as_shipped=True)
    assert "have no class; their number is not shown" in words(make_report(few.result))


@pytest.mark.parametrize(
    ("high", "referred", "uncontrolled", "shown"),
    [(50, 20, 20, 20), (50, 20, 27, None), (50, 20, 30, 30), (50, 0, 3, None), (50, 0, 48, None)],
)
def test_a_public_report_hides_few_bodies_of_the_rule(
    high: int, referred: int, uncontrolled: int, shown: int | None
) -> None:
    """The rest of the class, without those referred, is counted too: it must not follow from what is shown."""
    sector = made_up_sector()
    classes = replace(sector.classes, high=high, referred=referred, uncontrolled=uncontrolled)
    assert count_uncontrolled(replace(sector, classes=classes)) == shown
