"""Charts become valid, repeatable pictures in either direction, whatever is missing or long."""

from __future__ import annotations

import io
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from itertools import cycle, product
from pathlib import Path

import numpy as np
import pytest
from matplotlib.font_manager import get_font
from PIL import Image

from fatf_kit.report.charts import draw_chart, get_font_family
from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.style import PNG_DPI, SMALL, TITLE, make_drawable
from fatf_kit.report.model import Chart, ChartKind, Series
from fatf_kit.report.palette import SHOWN, find_swatch
from tests.samples import take_sample

LONG = "Powers and responsibilities of competent authorities and other institutional measures " * 3
UNBROKEN = "Verantwortungszuständigkeitsübertragung" * 4
SVG = "{http://www.w3.org/2000/svg}"
USED = re.compile(r"url\(#([^)]+)\)")


PLAIN = Chart(
    id="picture",
    kind=ChartKind.BARS,
    title="A title",
    alt="Nothing to show.",
    keys=("claimed", "demonstrated"),
    series=(),
)


def chart(kind: ChartKind, *series: Series, **fields: object) -> Chart:
    """A chart of a kind, made by hand."""
    return replace(PLAIN, kind=kind, series=series, **fields)  # type: ignore[arg-type]


def rated(label: str, *marks: str, group: str = "A Policies") -> Series:
    """A series of a rating map."""
    return Series(label=label, values=(), marks=marks, group=group)


def valued(label: str, *values: float | None) -> Series:
    """A series of any other chart."""
    return Series(label=label, values=values)


SEVERITIES = ("fundamental", "major", "moderate", "minor")
LONG_FORMS = tuple(product(["en", "ar"], [LONG, UNBROKEN]))
"""Languages with labels of many words and of one; a usual run draws each kind in one of the two in the middle."""

CHARTS: Mapping[ChartKind, Chart] = {
    ChartKind.RATING_MAP: chart(
        ChartKind.RATING_MAP,
        *(rated(f"R.{n}", mark, "") for n, mark in enumerate(("C", "LC", "PC", "NC", "NA"), 1)),
        rated("R.6", "LC", "PC", group=LONG),
        scale="compliance",
    ),
    ChartKind.OUTCOMES: chart(
        ChartKind.OUTCOMES,
        valued("IO.1", 2, 2, 0, 1),
        valued("IO.2", None, None, 1, 1),
        valued("IO.3", None, None, None, None),
        scale="effectiveness",
    ),
    ChartKind.BARS: chart(
        ChartKind.BARS,
        valued("R.1", 100, 40),
        valued("R.2", None, None),
        valued("IO.1", 0, 0),
        keys=("answered", "shown"),
        unit="%",
    ),
    ChartKind.STACKED: chart(
        ChartKind.STACKED,
        valued("A Policies", 0, 3, 1, 200),
        valued("B Laundering", None, None, None, None),
        valued("C Financing", 0, 0, 0, 0),
        keys=SEVERITIES,
        codes=SEVERITIES,
        facet="severity",
    ),
    ChartKind.SHARES: chart(
        ChartKind.SHARES,
        replace(valued("R.1", 9, 3, 1, 1), marks=("PC",)),
        replace(valued("R.2", 0, 0, 0, 0), marks=("",)),
        valued("R.3", 150, 1, 0, 40),
        keys=("C", "LC", "PC", "NC"),
    ),
    ChartKind.MATRIX: chart(
        ChartKind.MATRIX,
        Series(label="1", values=(12_345, 0, None), marks=("low", "low", "medium")),
        Series(label="2", values=(None, 7, 0), marks=("low", "medium", "high")),
        keys=("Threat", "Vulnerability", "low", "low", "medium", "medium", "high", "high"),
        scale="risk",
    ),
    ChartKind.FUNNEL: chart(
        ChartKind.FUNNEL,
        replace(valued("Received", 27_780), marks=("27,780", "")),
        replace(valued("Used in an inquiry", None), marks=("–", "")),
        replace(valued("Cases", 0), marks=("0", "0 % of the step before")),
        keys=(),
    ),
    ChartKind.TREND: chart(
        ChartKind.TREND,
        replace(valued("High risk", 4.6, None, 0), marks=("4.6", "–", "0")),
        replace(valued("Low risk", None, None, None), marks=("–", "–", "–")),
        keys=("2021", "2022", "2023"),
    ),
    ChartKind.EFFORT: chart(
        ChartKind.EFFORT,
        Series(label="Fraud", values=(273, 60), marks=("high", "273", "60"), group="fundamental"),
        Series(label="Tax", values=(0, None), marks=("not rated", "0", "–")),
        keys=("investigations", "convictions"),
    ),
    ChartKind.TIMELINE: chart(
        ChartKind.TIMELINE,
        replace(valued("A-001 Amend the law", 0.5, 2.75), marks=("under way", "under way", "Bank of Ruritania")),
        replace(valued("A-002 Write guidance", 1, 1), marks=("blocked", "blocked")),
        keys=("January 2026", "February 2026", "March 2026"),
    ),
    ChartKind.HISTORY: chart(
        ChartKind.HISTORY,
        replace(valued("MER May 2019", 4, 15, 15, 6, 0), marks=("2019-05",)),
        replace(valued("FUR May 2022", 8, None, 0, 4, 1), marks=("2022-05",)),
        replace(valued("FUR June 2022", 9, 24, 4, 2, 1), marks=("2022-06",)),
        keys=("C", "LC", "PC", "NC", "NA"),
        codes=("C", "LC", "PC", "NC", "NA"),
    ),
    ChartKind.PARTS: chart(
        ChartKind.PARTS,
        Series(label="relief", values=(60, None, None, 0, 40), marks=("60", "…", "…", "0", "…", "100")),
        Series(label="not told", values=(None, None, None, None, 0), marks=("…", "…", "…", "…", "", "…")),
        keys=("low", "medium", "high", "unrated", "hidden"),
        scale="risk",
    ),
}


def in_language(one: Chart, language: str) -> Chart:
    """The chart with Arabic words where the language asks for them."""
    if language != "ar":
        return one
    series = tuple(replace(s, group=s.group and "A سياسات مكافحة غسل الأموال والتنسيق") for s in one.series)
    keys = tuple(f"المُثبت {n}" for n, _ in enumerate(one.keys))
    return replace(one, series=series, keys=keys, title="الفعالية: ما يُدّعى وما يُثبت", alt="لا شيء.")


def parsed(svg: bytes) -> ET.Element:
    """The root of a picture."""
    return ET.fromstring(svg)  # noqa: S314 - we have just written it


def colour(code: str) -> tuple[int, ...]:
    """Red, green and blue of #rrggbb."""
    return tuple(int(code[n : n + 2], 16) for n in (1, 3, 5))


def pixels(png: bytes) -> np.ndarray:
    """Height × width × red, green, blue."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", list(ChartKind))
def test_png(kind: ChartKind, language: str) -> None:
    """A PNG is 9 inches wide at 200 dots per inch, says nothing of who made it, and comes out the same twice."""
    one = in_language(CHARTS[kind], language)
    png = draw_chart(one, language=language, form="png")
    width, height = struct.unpack(">II", png[16:24])
    assert (png[:8], width) == (b"\x89PNG\r\n\x1a\n", 1800)
    assert height > 150
    assert b"Software" not in png
    assert png == draw_chart(one, language=language, form="png")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", list(ChartKind))
def test_svg(kind: ChartKind, language: str) -> None:
    """An SVG is well-formed and small, has text as text and a group for each mark, and comes out the same twice."""
    one = in_language(CHARTS[kind], language)
    svg = draw_chart(one, language=language)
    root = parsed(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    used = {name for element in root.iter() for value in element.attrib.values() for name in USED.findall(value)}
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    marks = [element.get("data-row") for element in root.iter() if element.get("class") == "point"]
    assert root.tag == f"{SVG}svg"
    assert tags - {"svg", "g", "path", "text", "defs", "pattern", "rect"} == set()
    assert used - set(ids) == set()
    assert sorted(set(ids)) == sorted(ids)
    assert sorted(map(str, marks), key=int) == [str(n) for n in range(len(one.series))]
    assert [element for element in root.iter() if "style" in element.attrib] == []
    assert len(svg) < 50_000
    assert svg == draw_chart(one, language=language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_text_has_the_width_it_was_measured_with(language: str) -> None:
    """Whatever font it is read in; an Arabic text is marked as such, so that its full stop is at its end."""
    one = replace(CHARTS[ChartKind.OUTCOMES], title="أوجه القصور." if language == "ar" else "Gaps.")
    title = next(element for element in parsed(draw_chart(one, language=language)).iter(f"{SVG}text"))
    width = 72 * Canvas(language).width_of(one.title, size=TITLE, bold=True)
    assert title.text == ("\u2067أوجه القصور.\u2069" if language == "ar" else "Gaps.")
    assert (title.get("textLength"), title.get("lengthAdjust")) == (f"{width:.1f}", "spacingAndGlyphs")
    assert (title.get("font-weight"), title.get("text-anchor")) == ("700", "end" if language == "ar" else "start")


def test_the_message_is_above_the_title() -> None:
    """And a chart without a message has its title in large letters."""
    plain = CHARTS[ChartKind.BARS]
    texts = [
        [(element.text, element.get("font-size")) for element in parsed(draw_chart(one)).iter(f"{SVG}text")][:2]
        for one in (plain, replace(plain, message="Half is missing"))
    ]
    assert texts[0][0] == ("A title (%)", "13px")
    assert texts[1] == [("Half is missing", "13px"), ("A title (%)", "9.5px")]


def test_svg_can_stand_in_a_page() -> None:
    """No prolog, ids that carry the chart's own id, and a label that is escaped."""
    one = replace(CHARTS[ChartKind.STACKED], title='"Claims" & <proof>')
    svg = draw_chart(one)
    text = svg.decode()
    assert text.startswith("<svg ")
    assert "<!" not in text
    assert {name.partition("-")[0] for name in re.findall(r' id="([^"]+)"', text)} == {"picture"}
    assert parsed(svg).get("aria-label") == '"Claims" & <proof>. Nothing to show.'


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize(
    ("kind", "language"),
    take_sample(product(ChartKind, ["en", "ar"]), [*zip(ChartKind, cycle(["ar", "en"]), strict=False)]),
)
def test_no_series_says_so(kind: ChartKind, language: str) -> None:
    """Without series the picture holds the chart's own words instead, more of them making it higher."""
    short = in_language(replace(CHARTS[kind], series=()), language)
    low = pixels(draw_chart(short, language=language, form="png"))
    high = pixels(draw_chart(replace(short, alt=LONG * 2), language=language, form="png"))
    assert low.shape[0] < high.shape[0]


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize(
    ("kind", "language", "label"),
    take_sample(
        ((kind, *form) for kind, form in product(ChartKind, LONG_FORMS)),
        [(kind, *form) for kind, form in zip(ChartKind, cycle(LONG_FORMS[1:3]), strict=False)],
    ),
    ids=[
        f"{kind}, {language}, {words}" for kind in ChartKind for language in ("en", "ar") for words in ("words", "word")
    ],
)
def test_long_labels_stay_inside(kind: ChartKind, language: str, label: str) -> None:
    """Whatever the length of title and labels, the margins stay white and the picture grows higher instead."""
    one = CHARTS[kind]
    long = replace(one, title=label, series=tuple(replace(s, label=label, group=label) for s in one.series))
    plain, grown = (pixels(draw_chart(c, language=language, form="png")) for c in (one, long))
    margin = 30
    assert grown.shape[0] > plain.shape[0]
    edges = grown[:margin], grown[-margin:], grown[:, :margin], grown[:, -margin:]
    assert [edge.min() for edge in edges] == [255] * 4


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    """Each line fits its width, and together they are the text."""
    canvas = Canvas("en")
    for lines in (canvas.wrap(LONG, 1.5), canvas.balance(LONG, 1.5)):
        assert LONG.split() == " ".join(lines).split()
        assert [line for line in lines if canvas.width_of(line) > 1.51] == []
    assert "".join(canvas.wrap(UNBROKEN, 1.0)) == UNBROKEN


def test_balanced_lines_are_as_many_and_shorter() -> None:
    """Balancing moves words down, breaks none, and takes no further line."""
    canvas = Canvas("en")
    text = "Powers and responsibilities of competent authorities and other measures"
    wrapped, balanced = canvas.wrap(text, 4.0), canvas.balance(text, 4.0)
    assert len(wrapped) == len(balanced)
    assert max(map(canvas.width_of, balanced)) < max(map(canvas.width_of, wrapped))
    assert canvas.balance("unbreakable words", canvas.width_of("unbreakable")) == ("unbreakable", "words")


def test_arabic_mirrors_the_scale() -> None:
    """The worst level stands at the left in English and at the right in Arabic."""
    worst = colour(find_swatch("LE").fill)
    sides = {}
    for language in ("en", "ar"):
        picture = pixels(draw_chart(CHARTS[ChartKind.OUTCOMES], language=language, form="png"))
        sides[language] = np.nonzero((picture == worst).all(axis=2))[1].mean() / picture.shape[1]
    assert sides["en"] < 0.4
    assert sides["ar"] > 0.6


def test_arabic_letters_are_joined() -> None:
    """Arabic is shaped: joined letters run narrower than the same letters each alone."""
    canvas = Canvas("ar")
    assert canvas.width_of("سياسات") < sum(map(canvas.width_of, "سياسات"))


def test_open_rating_is_not_a_bad_one() -> None:
    """A cell that is open shows no rating's colour."""
    picture = pixels(draw_chart(chart(ChartKind.RATING_MAP, rated("R.1", "", "")), form="png"))
    seen = {tuple(dot) for dot in picture.reshape(-1, 3).tolist()}
    assert seen & {colour(find_swatch(rating).fill) for rating in ("C", "LC", "PC", "NC")} == set()


def test_missing_values_draw_nothing() -> None:
    """A row without values has no marker, a row with them has."""
    drawn = chart(ChartKind.OUTCOMES, valued("IO.1", None, None, 1, 1), keys=("published",))
    empty = replace(drawn, series=(valued("IO.1", None, None, None, None),))
    found = [(pixels(draw_chart(c, form="png")) == colour(SHOWN)).all(axis=2).any() for c in (empty, drawn)]
    assert found == [False, True]


def test_one_key_makes_a_lower_map() -> None:
    """Published ratings fill the whole cell and need no key."""
    split = chart(ChartKind.RATING_MAP, rated("R.1", "LC", "PC"))
    whole = chart(ChartKind.RATING_MAP, rated("R.1", "LC"), keys=("published",))
    heights = [pixels(draw_chart(c, form="png")).shape[0] for c in (whole, split)]
    assert sorted(heights) == heights
    assert heights[0] != heights[1]


def test_dollars_are_no_formula() -> None:
    """Text between dollar signs is text: a broken formula would stop the drawing."""
    one = replace(CHARTS[ChartKind.BARS], title=r"$\broken{$ and $5")
    assert draw_chart(one).startswith(b"<svg")


def test_fonts_have_the_letters() -> None:
    """Regular and bold exist as files and hold the letters of every language and the dash of an open rating."""
    family = get_font_family()
    for path in (family.regular, family.bold):
        assert Path(path).is_file()
        letters = get_font(str(path)).get_charmap()
        assert [letter for letter in "Rr.10–%éسيةلاى" if ord(letter) not in letters] == []


def test_other_forms_are_refused() -> None:
    """Only SVG and PNG are drawn."""
    with pytest.raises(ValueError, match="pdf"):
        draw_chart(CHARTS[ChartKind.OUTCOMES], form="pdf")  # type: ignore[arg-type]


def test_decimals_are_written_as_the_language_writes_them() -> None:
    """A comma in French; whole figures alike."""
    assert (Canvas("en").number(5.2), Canvas("fr").number(5.2)) == ("5.2", "5,2")
    for value, alike in ((5.2, False), (5.0, True)):
        bars = chart(ChartKind.BARS, Series(label="a", values=(value,)), keys=("x",), unit="%")
        assert alike == (draw_chart(bars, form="png") == draw_chart(bars, language="fr", form="png"))


def test_a_compact_picture_has_larger_letters_on_a_narrower_sheet() -> None:
    """On the 17 cm between Word's margins its small type is 7 points at least, and it is no taller for that."""
    row = Series(label="a", values=(1, 2, 3, 4))
    stacked = chart(ChartKind.STACKED, row, keys=("a", "b", "c", "d"), codes=SEVERITIES)
    pictures = (draw_chart(one, form="png") for one in (stacked, replace(stacked, compact=True)))
    (wide, tall), (narrow, low) = (Image.open(io.BytesIO(picture)).size for picture in pictures)
    assert low / narrow < tall / wide
    assert SMALL * (170 / 25.4) / (narrow / PNG_DPI) >= 7


@pytest.mark.filterwarnings("error")
def test_an_emoji_in_a_label_is_named() -> None:
    """No empty box is drawn, nothing is said on the terminal, and letters of other scripts are left alone."""
    bars = chart(ChartKind.BARS, Series(label="Bank \U0001f3e6\ufe0f", values=(1.0,)), keys=("x",))
    told = chart(ChartKind.BARS, Series(label="Bank [bank]", values=(1.0,)), keys=("x",))
    assert draw_chart(told, form="png") == draw_chart(bars, form="png")
    assert make_drawable("Касса") == "Касса"


def test_open_ratings_do_not_look_like_those_that_do_not_apply() -> None:
    """Both are white; what is open is dotted, in its bar and in the key."""
    one = chart(ChartKind.STACKED, valued("claimed", 1.0, 2.0), keys=("NA", "open"))
    codes = ("NA", ""), ("NA", "not applicable")
    both, dotless = (draw_chart(replace(one, codes=pair)) for pair in codes)
    assert b"<pattern" in both
    assert b"<pattern" not in dotless


def test_counts_in_the_matrix_have_the_marks_of_the_language() -> None:
    """A French figure has no comma between its thousands."""
    matrix = CHARTS[ChartKind.MATRIX]
    many = replace(matrix, series=tuple(replace(s, values=tuple(12345 for _ in s.values)) for s in matrix.series))
    assert draw_chart(many, language="fr") != draw_chart(many, language="en")
