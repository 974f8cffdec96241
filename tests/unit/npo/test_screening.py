"""Registers with too few facts have no class; they have columns to collect next and bodies to ask first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit.npo.classification import sector
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.scope import raises_sql
from fatf_kit.npo.model import SectorVerdict
from tests.unit.npo.small_register import PROOF, body, classify, read, settings

HOME = settings(home_country="GB")


def read_ask_first(folder: Path) -> list[tuple[str, str]]:
    """Return the bodies to ask first with the reason, in the order of the list."""
    return [(row["npo_id"], row["reasons"]) for row in read(folder / "out" / "ask-first.csv")]


def test_register_like_the_us_form_has_no_class(tmp_path: Path) -> None:
    """Work abroad, payments to individuals and a few more facts are too little for a class."""
    rows = [
        body(str(n), works_abroad=("no", "yes")[n % 10 == 0], pays_individuals=("no", "yes")[n % 5 == 0], trustees="3",
             legal_form="association", registration_date="2016-01-01")
        for n in range(1, 101)
    ]  # fmt: skip
    made, lines = classify(tmp_path, rows, as_shipped=True)
    assert {line["class"] for line in lines} == {""}
    assert (made.result.verdict, made.result.classes.unrated) == (SectorVerdict.NOT, 100)
    first = read_ask_first(tmp_path)
    assert (made.result.group.bodies, len(first)) == (10, 10)  # paying individuals alone is no feature
    assert first[0] == ("10", "works or spends abroad; pays or gives to individuals, how is not known")
    assert made.result.group.collect[:3] == ("operating_countries", "operating_areas", "payment_channels")


def test_a_register_in_the_shape_of_charities_abroad_puts_listed_countries_first(tmp_path: Path) -> None:
    """Bodies in AF, SO, SY, YE, IQ first, then the largest money; none of them reads as of lower risk."""
    places = {"a": "IN", "b": "FR; DE", "c": "SY", "d": "AF; IN", "e": "IQ", "f": "SO", "g": "YE", "h": "GB"}
    rows = [
        body(npo, operating_countries=text, total_spending=str(1000 - 100 * n), trustees="3")
        for n, (npo, text) in enumerate(places.items())
    ]
    made, lines = classify(tmp_path, rows, as_shipped=True, settings=HOME)
    assert {line["class"] for line in lines} == {""}
    assert [line["T02"] for line in lines] == [*["" for _ in range(7)], "1"]
    assert not any("lower-risk" in line["reasons"] for line in lines)
    assert [npo for npo, _ in read_ask_first(tmp_path)] == ["c", "d", "e", "f", "g", "a", "b"]
    assert read_ask_first(tmp_path)[1] == ("d", "works or spends in a country on the list: Afghanistan")
    assert read_ask_first(tmp_path)[-1] == ("b", "works or spends abroad: Germany and France")
    assert (made.result.group.bodies, made.result.group.first) == (7, 5)


def test_a_listed_country_is_never_of_lower_risk_by_a_list_that_leaves_it_out(tmp_path: Path) -> None:
    """The country's own list names Jordan only: work in Syria is unknown, and a level given is used."""
    listed = [{"country": "JO", "level": 3}]
    rows = [
        body("a", operating_countries="SY"),
        body("b", operating_countries="SY; JO"),
        body("c", operating_countries="FR"),
    ]
    _, lines = classify(tmp_path, rows, settings=settings(home_country="GB", countries=listed))
    assert [line["T02"] for line in lines] == ["", "", "2"]
    chosen = settings(home_country="GB", countries=[*listed, {"country": "SY", "level": 4}])
    assert [line["T02"] for line in classify(tmp_path, rows, settings=chosen)[1]] == ["4", "4", "2"]


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"works_abroad": "yes"}, "works or spends abroad"),
        ({"overseas_spend_share": "20%"}, "works or spends abroad"),
        ({"operating_areas": "Upper Hill"}, "works in or near a listed area"),
        ({"payment_channels": "bank; hawala"}, "uses much cash or informal channels"),
        ({"cash_income_share": "40%"}, "uses much cash or informal channels"),
        ({"filings_due": "3", "filings_received": "2"}, "has reports missing"),
        ({"payments_to_individuals": "4"}, "gives cash to individuals"),
        ({"pays_individuals": "yes"}, None),
        ({"payment_channels": "bank"}, None),
        ({"purpose": "religious", "activity": "rights_advocacy"}, None),
    ],
)
def test_each_feature_is_a_reason(tmp_path: Path, facts: dict[str, str], reason: str | None) -> None:
    """A known feature of exposure, and never faith, opinion or the defence of rights."""
    chosen = settings(areas=[{"area": "Upper Hill", "level": 4}])
    classify(tmp_path, [body("a", **facts), body("b", operating_areas="Valley")], as_shipped=True, settings=chosen)
    found = read_ask_first(tmp_path) if (tmp_path / "out" / "ask-first.csv").exists() else []
    assert ([("a", reason)] if reason else []) == found


def test_undetermined_bodies_are_on_the_list_to_ask_first(tmp_path: Path) -> None:
    """Out-of-scope bodies are not on the list, nor bodies with a hard trigger: a question would warn them."""
    rows = [
        body("open", works_abroad="yes", purpose=""),
        body("out", works_abroad="yes", purpose="commercial"),
        body("linked", works_abroad="yes", tf_cases="5", **PROOF),
        body("unproven", works_abroad="yes", tf_cases="5", **dict.fromkeys(PROOF, "")),
    ]
    classify(tmp_path, rows, as_shipped=True)
    assert [(row["npo_id"], row["scope"]) for row in read(tmp_path / "out" / "ask-first.csv")] == [
        ("open", "undetermined")
    ]


def test_the_commonest_country_is_taken_for_home(tmp_path: Path) -> None:
    """A listed country that most bodies name is the home country when the settings name none."""
    rows = [body(str(n), operating_countries="IQ") for n in range(5)] + [body("x", operating_countries="IQ; SY")]
    classify(tmp_path, rows, as_shipped=True)
    assert read_ask_first(tmp_path) == [("x", "works or spends in a country on the list: Syria")]


KNOWN = {"tf_cases": "1", "screening_result": "1", "foreign_exposure": "1", "threat_area": "1", "partner_checks": "3"}


def test_a_fifth_of_the_weight_is_enough_for_a_class(tmp_path: Path) -> None:
    """10.25 of 46.75 is above, 9 below; each body by itself, so that answers of a part classify that part."""
    more = body("more", **KNOWN, cash_level="1")
    less = body("less", tf_cases="1", screening_result="1", foreign_exposure="1", threat_area="1")
    made, lines = classify(tmp_path, [more, less, *(body(f"x{n}") for n in range(3))], as_shipped=True)
    assert [line["class"] for line in lines] == ["low", "", "", "", ""]
    assert (made.result.verdict, made.result.classified_share) == (SectorVerdict.PARTLY, (0.2, None))
    again, _ = classify(tmp_path, [more, less], as_shipped=True)
    assert SectorVerdict.CLASSIFIED is again.result.verdict


def test_without_a_difference_in_threat_no_body_has_a_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No body has a class when all have the same unlisted area and no other fact on threat."""
    method = replace(load_method(), classified_from=0.1)
    monkeypatch.setattr(sector, "load_method", lambda: method)
    same = {"threat_area": "1", "delivery_channel": "2", "cash_level": "3", "partner_chain": "2"}
    _, lines = classify(tmp_path, [body(str(n), **same) for n in range(4)], as_shipped=True)
    assert {line["class"] for line in lines} == {""}
    _, apart = classify(tmp_path, [body("a", **same), body("b", **{**same, "threat_area": "5"})], as_shipped=True)
    assert [line["class"] for line in apart] == ["low", "medium"]
    _, looked = classify(tmp_path, [body(str(n), **same, screening_result="1") for n in range(4)], as_shipped=True)
    assert {line["class"] for line in looked} == {"low"}  # each was looked at, and nothing was found


def test_no_feature_or_question_touches_belief_opinion_or_rights() -> None:
    """Columns and codes that are never scored are no reason to ask, and the data names its sources."""
    method = load_method()
    columns = {feature.column for feature in method.screening.features if feature.column}
    columns |= {c for f in method.screening.features for i in f.factors for c in _factor_columns(i)}
    for name in (*columns, *method.screening.questions):
        assert not method.columns[name].never_scored
    scored = {code for factor in method.rated for rule in factor.rules for code in rule.get("levels", {})}
    unscored = {code.code for column in method.columns.values() for code in column.codes if code.never_scored}
    assert {"religious", "rights_advocacy", "waqf", "political_party"} <= unscored
    assert scored & unscored == set()
    assert raises_sql(method, frozenset())  # scope may read purposes; nothing above does
    assert "purpose" not in (*columns, *method.screening.questions)


def _factor_columns(factor: str) -> tuple[str, ...]:
    return next(one.columns for one in load_method().rated if one.id == factor)
