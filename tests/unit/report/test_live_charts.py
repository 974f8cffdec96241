"""Charts inside a page say what they show, lead to the units they are about, and are a list where there is no room."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.framework import find_unit, load_framework
from fatf_kit.report.charts.svg import SPACE, parse_svg
from fatf_kit.report.charts.values import list_values
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.formats.live_charts import ChartEmbedder
from fatf_kit.report.live import UnitNote
from fatf_kit.report.model import ChartKind, Document, Report, Section
from tests.unit.report.test_draw import CHARTS


def made(*sections: Section, units: dict[str, UnitNote] | None = None) -> Document:
    """A document with some sections."""
    return Document(
        id="d",
        title="T",
        subtitle="",
        language="en",
        facts=(),
        notices=(),
        sections=sections,
        units=units or {},
    )


@pytest.mark.parametrize("kind", list(ChartKind))
def test_values_are_a_row_for_each_mark(kind: ChartKind) -> None:
    """With a value under each heading; no chart is without its list."""
    values = list_values(CHARTS[kind], Translator("en"))
    assert len(values.rows) == len(CHARTS[kind].series)
    assert {len(row) for row in values.rows} == {len(values.heads)}


def test_values_are_written_as_in_the_picture() -> None:
    """A range from its worst end, an unknown value as a dash, a state with its months."""
    t = Translator("en")
    assert list_values(CHARTS[ChartKind.OUTCOMES], t).rows == (("SE", "LE – ME"), ("–", "ME"), ("–", "–"))
    assert list_values(CHARTS[ChartKind.BARS], t).describe(1, t) == ("answered: –", "shown: –")
    times = list_values(CHARTS[ChartKind.TIMELINE], t)
    assert times.rows[0] == ("under way", "Bank of Ruritania", "January 2026", "March 2026")
    assert times.rows[1][:2] == ("blocked", "")


def test_a_mark_leads_to_its_unit_and_says_what_is_known_of_it() -> None:
    """A unit without a section is no link; typed text stays text."""
    one = CHARTS[ChartKind.OUTCOMES]
    chart = replace(one, series=tuple(replace(series, units=(series.label,)) for series in one.series))
    notes = {"IO.1": UnitNote(title="IO.1 Risk", lines=("claimed <C>",))}
    root = parse_svg(
        ChartEmbedder(made(Section(anchor="IO.1", title="IO.1"), units=notes), Translator("en")).embed(chart).encode()
    )
    links = root.findall(f".//{{{SPACE}}}a")
    titles = [title.text for title in root.iter(f"{{{SPACE}}}title")]
    assert [link.get("href") for link in links] == ["#IO-1"]
    assert sorted(map(str, titles)) == [
        "IO.1 Risk\nclaimed <C>",
        "IO.2\nclaimed: –\ndemonstrated: ME",
        "IO.3\nclaimed: –\ndemonstrated: –",
    ]
    assert {mark.get("data-units") for mark in root.iter() if mark.get("class") == "point"} == {"IO-1", "IO-2", "IO-3"}
    assert root.get("role") == "group"


def test_every_mark_of_a_unit_has_its_state(report: Report) -> None:
    """Claimed and shown, gaps, who leads, other countries: on every chart of Recommendations."""
    page = render_document(report.document).decode()
    titles = re.findall(r'<a href="#R-18"><title>([^<]*)</title>', page)
    lines = (
        f"R.18 {find_unit(load_framework('fatf-2022'), 'R.18').title}",
        "claimed LC · PC to LC until evidence is on file",
        "Gaps: 18.1, 18.2 and 18.3",
        "Lead agency: Bank of Ruritania",
        "Worldwide: 7 of 7 rated C/LC",
    )
    assert titles == ["\n".join(lines)] * 2


def test_messages_are_computed(report: Report) -> None:
    """Each chart of the report has one, and the neutral title beneath."""
    messages = {chart.id: chart.message for chart in report.document.page_charts()}
    assert [name for name, message in messages.items() if not message] == []
    assert messages["recommendations"] == (
        "19 of the 39 applicable Recommendations would be rated C or LC today; 1 Recommendation is not applicable"
    )


def test_a_page_has_no_pictures_but_its_own(report: Report) -> None:
    """Nothing is loaded, not even from the page itself, and no style attribute is left that the policy forbids."""
    page = render_document(report.document).decode()
    assert (page.count("<img"), page.count("data:image"), page.count(" style=")) == (0, 0, 0)
    assert page.count("<svg") == sum(1 for _ in report.document.page_charts())
    assert "img-src" not in page
