"""Whatever is written into a workbook comes out again."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.languages import clean, find_code
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT
from fatf_kit.spreadsheets.values import is_name
from tests.property.amount import MANY
from tests.rows import values_in

EDITION = load_framework("fatf-2022")
LAYOUT = build_layout(EDITION, only=["R.9", "R.2/2.1", "IO.6/6.1"])
ROWS = [row for sheet in LAYOUT.sheets for row in sheet.rows]
TEXT_KEYS = ("explanation", "citation", "evidence", "missing", "action")

SLOW = settings(max_examples=10 * MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ODD = st.sampled_from(
    [
        "=1+1", "+5", "-x", "@SUM(A1)", "\t=x", "\r\nx", "_x000D_", "_x005F_", "http://example.org/?a=1&b=2", "'quoted",
        "#REF!", "TRUE", "10.10", "  x  ", "a\nb", "<b>&amp;</b>", "\u200fنص عربي ١٢٣\u200f", "\U0001f600", "e\u0301",
        "\x07", "x" * MAX_TEXT, "NA", "None", "1e5", "00123",
    ]
)  # fmt: skip
TEXTS = (ODD | st.text(max_size=200)).filter(lambda text: bool(clean(text)) and _is_whole(text))
DATES = st.dates(date(1900, 3, 1), date(2199, 12, 31))


def _is_whole(text: str) -> bool:
    """A text that XML can hold; lone surrogates and the two non-characters are replaced in writing."""
    return not any(0xD800 <= ord(c) <= 0xDFFF or ord(c) in (0xFFFE, 0xFFFF) for c in text)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Some rows, each with some columns filled."""
    found: dict[str, dict[str, Any]] = {}
    for row in draw(st.lists(st.sampled_from(ROWS), unique=True)):
        codes = [point.code for point in getattr(EDITION.scales, row.scale or "criterion")]
        columns: dict[str, st.SearchStrategy[Any]] = {
            "rating": st.sampled_from(codes),
            "confidentiality": st.sampled_from(["public", "government", "restricted"]),
            "in_force_from": DATES | TEXTS,
            "action_due": DATES,
            **dict.fromkeys(TEXT_KEYS, TEXTS | st.integers(-(10**9), 10**9) | st.booleans()),
        }
        keys = draw(st.sets(st.sampled_from(sorted(columns)), min_size=1))
        found[row.requirement] = {key: draw(columns[key]) for key in sorted(keys)}
    return found


@SLOW
@given(answers())
@example({"R.9/9.1": {"explanation": "=cmd|' /C calc'!A0"}})
@example({"R.9/9.1": {"explanation": "\U0001f600" * (MAX_TEXT // 2), "missing": "ا" * MAX_TEXT}})
def test_answers_come_back_as_they_were(given_answers: dict[str, dict[str, Any]]) -> None:
    """Texts letter for letter, dates as dates, ratings as labels of their codes; no row more, no row less."""
    workbook = _round_trip(prefill=given_answers)
    assert given_answers == {row.id: values_in(row) for row in workbook.rows}
    for row in workbook.rows:
        scale = "achievement" if row.id.startswith("IO") else "criterion"
        if "rating" in values_in(row):
            assert values_in(row)["rating"] == find_code(scale, str(values_in(row)["rating"]))


@SLOW
@given(st.dictionaries(st.sampled_from(["title", "article", "link", "holder"]), TEXTS, min_size=1), DATES)
def test_evidence_comes_back_as_it_was(item: dict[str, Any], day: date) -> None:
    """The register too."""
    workbook = _round_trip(evidence=[{"id": "X-1", "kind": "law", "in_force_from": day, **item}])
    assert [values_in(row) for row in workbook.evidence] == [{"kind": "law", "in_force_from": day, **item}]


@SLOW
@given(TEXTS.filter(lambda text: is_name(text) and clean(text) not in ("country", "Country")), DATES | TEXTS)
def test_the_cover_comes_back_as_it_was(country: str, cut_off: object) -> None:
    """Country and cut-off date, whatever is typed there."""
    workbook = _round_trip(cover={"country": country, "cut_off": cut_off})
    assert (country, cut_off) == (workbook.cover["country"], workbook.cover["cut_off"])


def test_a_blank_workbook_has_no_answers() -> None:
    """Nothing that is printed in a template is taken for an answer."""
    workbook = _round_trip()
    assert (workbook.rows, workbook.evidence) == ((), ())
    assert set(workbook.cover) == {"edition"}


def _round_trip(**content: Any) -> RawWorkbook:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(render_template(LAYOUT, **content))
        workbook, problems = read_workbook(path)
    assert workbook is not None
    assert [problem.message for problem in problems if problem.code != "text-cut"] == []
    return workbook
