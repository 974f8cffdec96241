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


@pytest.mark.parametrize("row", current_rows(), ids=lambda row: str(row["iso3"]))
def test_counts_equal_the_table(row: dict[str, str]) -> None:
    """The report's JSON and its page count the same ratings as the row of the table."""
    published, report = score_published(row["iso3"], generated_at="2026-11-24")
    expected = Counter(value for key, value in row.items() if re.match(r"R\.|IO\.", key) and value)
    payload = json.loads(render_json(report))
    told = payload["counts"]["compliance"] | payload["counts"]["effectiveness"]
    assert {code: expected[code] for code in told} == told
    assert row["report_date"] == published.date
    assert check_json(payload, "published-1.schema.json", "assessment.json") == ()
    page = render_html(report).decode()
    shown = Counter(re.findall(r'<li class="r-([A-Z]+)"', page))
    assert {code: expected[code] for code in told if expected[code]} == dict(shown)


def test_iraq_may_2024() -> None:
    """The real case: the first report of May 2024, and what it cannot know is said."""
    published, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    page = render_html(report).decode()
    assert (published.date, published.edition) == ("2024-05", "fatf-2013")
    assert "Limits of this report" in page
    assert "The criteria that are met" in page
