"""Lists in one cell with readable and unreadable items: which are used and which are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit.npo.register.cell_values import country
from tests.unit.npo.small_register import body, classify, settings

PLACES = settings(
    home_country="IQ",
    countries=[
        {"country": "SY", "level": 5, "source": "made up"},
        {"country": "LB", "level": 3, "source": "made up"},
    ],
)


def test_unread_item_next_to_a_readable_one_is_reported(tmp_path: Path) -> None:
    """The readable purpose counts, and the other is reported with its line and column, also beyond the sample."""
    rows = [body("a", purpose="educational; gibberish"), body("b", purpose="commercial|nonsense"), body("c")]
    made, lines = classify(tmp_path, rows)
    assert [line["scope"] for line in lines] == ["in", "undetermined", "in"]
    reported = {(dict(p.facts)["found"], dict(p.facts)["column"], p.ref and p.ref.cell) for p in made.result.problems}
    assert reported == {("gibberish", "purpose", "row 2"), ("nonsense", "purpose", "row 3")}


def test_a_mark_for_nothing_in_a_list_is_no_item(tmp_path: Path) -> None:
    """A dash or "n/a" after a good item is neither a fault nor an item; Namibia stays a country."""
    rows = [
        body("a", purpose="educational; -", operating_countries="SY; n/a", payment_channels="bank; n/a"),
        body("b", operating_countries="NA; LB"),
    ]
    made, lines = classify(tmp_path, rows, settings=PLACES)
    assert made.result.problems == ()
    assert [(line["scope"], line["T02"], line["V05"]) for line in lines] == [("in", "5", "1"), ("in", "3", "")]


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("facts", "factor", "level"),
    [
        ({"operating_countries": "SY; Narnia"}, "T02", "5"),  # no country on the list is worse
        ({"operating_countries": "LB; Narnia"}, "T02", ""),  # Narnia might be
        ({"operating_countries": "IQ; Narnia"}, "T02", ""),
        ({"payment_channels": "hawala; pigeons"}, "V05", "5"),
        ({"payment_channels": "bank; pigeons"}, "V05", ""),  # never as low as the bank alone
        ({"fundraising_methods": "unreconciled; songs"}, "V06", "5"),
        ({"fundraising_methods": "membership; songs"}, "V06", ""),
    ],
)
def test_an_unread_item_never_lowers_a_level(tmp_path: Path, facts: dict[str, str], factor: str, level: str) -> None:
    """A level counts when no item could raise it and is unknown otherwise; the item is reported in either case."""
    made, lines = classify(tmp_path, [body("a", **facts), body("b", **dict.fromkeys(facts, ""))], settings=PLACES)
    assert [line[factor] for line in lines] == [level, ""]
    assert [problem.code for problem in made.result.problems] == ["npo-value"]


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("home", "countries", "level"),
    [
        ("IQ", "IQ", "1"),
        ("IQ", "JO", "2"),
        ("IQ", "IQ; JO", "2"),
        (None, "IQ", ""),  # it may be home
        (None, "FR; JO", "2"),  # one of them is abroad
        ("FR", "IQ", ""),  # watched, and not on the list: unknown, and not of lower risk
        ("FR", "AF; JO", ""),
        ("FR", "AF; SY", "5"),
        (None, "IQ; IQ", ""),
        (None, "SY", "5"),
    ],
)
def test_the_only_country_may_be_home(tmp_path: Path, home: str | None, countries: str, level: str) -> None:
    """Without a home country in the settings, work at home is not taken for work abroad."""
    listed = [{"country": "SY", "level": 5, "source": "made up"}]
    choices = settings(countries=listed, **({"home_country": home} if home else {}))
    _, lines = classify(tmp_path, [body("a", operating_countries=countries)], settings=choices)
    assert lines[0]["T02"] == level


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EU", None), ("QUU", None), ("ZZ", None), ("ZZZ", None), ("AA", None), ("AAA", None), ("XXX", None),
        ("UN", None), ("QO", None), ("SYR", "SY"), ("XKK", "XK"), ("xk", "XK"), ("usa", "US"), ("IRQ", "IQ"),
    ],
)  # fmt: skip
def test_codes_of_no_country(text: str, code: str | None) -> None:
    """The codes of unions, oceans, unknown places and private use are no countries, with two letters or three."""
    assert country(text) == code


def test_code_of_no_country_is_reported(tmp_path: Path) -> None:
    """A code that is no country is reported as an error of the register and does not give the highest level."""
    made, lines = classify(tmp_path, [body("a", operating_countries="ZZZ")], settings=PLACES)
    assert [line["T02"] for line in lines] == [""]
    assert [dict(problem.facts)["found"] for problem in made.result.problems] == ["ZZZ"]
