"""The stamp of a template is written, read and checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import Layout
from fatf_kit.assessment.workbook.schema import ANSWERS
from fatf_kit.assessment.workbook.template import list_stamp_facts, make_stamp, read_stamp_facts
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.formats.limits import SheetScan
from fatf_kit.spreadsheets.marks import STAMP_MARK
from fatf_kit.spreadsheets.sheet import SheetContent
from fatf_kit.spreadsheets.stamp import PROPERTY_PREFIX, read_stamp


def stamp_sheet(grid: Sequence[Sequence[object]]) -> SheetContent:
    """A sheet of a workbook with these cells."""
    return SheetContent.of("a.xlsx", "_stamp", grid, SheetScan())


def test_a_stamp_survives_both_ways(layout: Layout) -> None:
    """As keys and values on a sheet that was moved about, and as properties among others."""
    stamp = make_stamp(layout)
    facts = list_stamp_facts(stamp)
    grid = [["", ""], ["", STAMP_MARK], *(["", name, value, ""] for name, value in facts.items())]
    properties = {"Author": "x", **{PROPERTY_PREFIX + key: value for key, value in facts.items()}}
    assert stamp == read_stamp_facts(read_stamp([stamp_sheet(grid)], {}))
    assert stamp == read_stamp_facts(read_stamp([], properties))


def test_a_whole_country_stamp_has_no_agency() -> None:
    """No agency is None, not an empty name."""
    stamp = make_stamp(build_layout(load_framework("fatf-2022"), only=["R.1"]))
    assert stamp.agency is None
    assert stamp == read_stamp_facts(list_stamp_facts(stamp))


def test_template_id_depends_on_agency_and_questions(layout: Layout) -> None:
    """Another agency, language, date or question gives another id; the kit's version does not."""
    first = make_stamp(layout)
    assert first == make_stamp(dataclasses.replace(layout))
    others = [
        dataclasses.replace(layout, agency="cbi"),
        dataclasses.replace(layout, language="ar"),
        dataclasses.replace(layout, cut_off=None),
        dataclasses.replace(layout, sheets=layout.sheets[:1]),
    ]
    assert len(others) + 1 == len({first.template, *(make_stamp(other).template for other in others)})


def test_a_damaged_stamp_is_no_stamp() -> None:
    """A stamp without an edition or a layout number is not used."""
    whole = {"edition": "fatf-2022", "layout": "1"}
    assert read_stamp_facts(whole) is not None
    assert read_stamp_facts({**whole, "layout": "one"}) is None
    assert read_stamp_facts({**whole, "edition": ""}) is None
    assert read_stamp_facts(read_stamp([stamp_sheet([[STAMP_MARK]])], {})) is None


def test_numbers_that_became_floats_are_read() -> None:
    """Some programs turn the layout's number into 1.0."""
    grid: list[list[object]] = [[STAMP_MARK], ["layout", float(ANSWERS.layout)], ["edition", "fatf-2022"]]
    stamp = read_stamp_facts(read_stamp([stamp_sheet(grid)], {}))
    assert stamp is not None
    assert ANSWERS.layout == stamp.layout
