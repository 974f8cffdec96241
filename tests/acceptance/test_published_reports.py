"""Every jurisdiction's published ratings make a report whose counts equal the table's."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter

import pytest

from fatf_kit import score_published
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_html
from fatf_kit.report.formats.json import render_json

TABLE = data_folder("frameworks") / "published" / "ratings.csv"


def current_rows() -> list[dict[str, str]]:
    """The newest state of each jurisdiction, read without our own loader."""
    with TABLE.open(encoding="utf-8-sig", newline="") as source:
        return [row for row in csv.DictReader(source) if row["is_current"] == "yes"]


def test_there_are_199() -> None:
    """One current row for each jurisdiction."""
    assert len({row["iso3"] for row in current_rows()}) == 199


def count_ratings(row: dict[str, str]) -> Counter[str]:
    """How often each rating is in a row of the table."""
    return Counter(value for key, value in row.items() if re.match(r"R\.|IO\.", key) and value)


FEW_OR_ALL = pytest.mark.parametrize(
    "rows",
    [
        pytest.param(current_rows()[::15], id="every fifteenth"),
        pytest.param(current_rows(), marks=pytest.mark.full, id="every one"),
    ],
)


@FEW_OR_ALL
def test_counts_equal_the_table(rows: list[dict[str, str]]) -> None:
    """The JSON of every report counts the same ratings as the row of the table."""
    for row in rows:
        published, report = score_published(row["iso3"], generated_at="2026-11-24")
        payload = json.loads(render_json(report))
        told = payload["counts"]["compliance"] | payload["counts"]["effectiveness"]
        expected = count_ratings(row)
        assert {code: expected[code] for code in told} == told, row["iso3"]
        assert row["report_date"] == published.date, row["iso3"]


@pytest.mark.full
@FEW_OR_ALL
def test_pages_show_what_the_table_has(rows: list[dict[str, str]]) -> None:
    """The page marks as many units with each rating as the row of the table has, and the JSON keeps its schema."""
    for row in rows:
        report = score_published(row["iso3"], generated_at="2026-11-24")[1]
        payload = json.loads(render_json(report))
        assert check_json(payload, "published-1.schema.json", "assessment.json") == (), row["iso3"]
        page = render_html(report).decode()
        assert Counter(re.findall(r'<li class="r-([A-Z]+)"', page)) == count_ratings(row), row["iso3"]


def test_iraq_may_2024() -> None:
    """The real case: the first report of May 2024, and what it cannot know is said."""
    published, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    page = render_html(report).decode()
    assert (published.date, published.edition) == ("2024-05", "fatf-2013")
    assert "Limits of this report" in page
    assert "The criteria that are met" in page
