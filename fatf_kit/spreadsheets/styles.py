"""The one look of every workbook, and how tall a row must be for its text.

One typeface that every office program on every desktop has, for Latin and Arabic alike. Colours differ in lightness,
not only in hue, so that a page printed in grey still reads.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fatf_kit.core.languages import detect_direction
from fatf_kit.spreadsheets.sheet import CellValue

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONT = "Arial"
SIZE = 10
LINE = 12.75
"""Height of one line of text at that size, in points."""

INK, MUTED, RULE, HAIR = "#1F2D3A", "#5B6B79", "#8A97A3", "#C9D1D8"
BAND, PANEL, ASKED, ANSWERED, PAPER = "#1F3A52", "#F2F5F7", "#FFF9E3", "#E6EBEF", "#FFFFFF"
REVIEW = "#FBD9A8"
LATE = "#F6C9C4"
COMMENT = "#FFFBE8"

_TEXT = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "top"}
_CELL = {**_TEXT, "text_wrap": True, "border": 1, "border_color": HAIR}
_ANSWER = {**_CELL, "bg_color": PAPER, "locked": False}
_TEXT_FORMAT = {"num_format": "@"}  # so that a leading "-" or "=" is typed as text, not as a broken formula
_DATE_FORMAT = {"num_format": "yyyy-mm-dd"}
_FIGURE = "[>=1000]#,##0_);General_)"  # with "#,##0.##" Excel shows a point after every whole number
_BANNER = {**_CELL, "bold": True, "font_color": PAPER, "bg_color": BAND, "border_color": RULE}
_AT_BOTTOM = {"align": "left", "valign": "bottom"}
_PART = {**_CELL, "bg_color": PANEL}
_TOTAL = {**_PART, "bold": True}
_COUNTED = {"align": "center", "valign": "vcenter", "num_format": "0;-0;–"}
_SHARED = {"align": "right", "indent": 1, "valign": "vcenter", "num_format": "0%"}
_SHORT_LINE = {"text_wrap": False, "shrink": True}
_PADDED = {"align": "left", "indent": 1, "valign": "vcenter"}
_LINK = {"font_color": "#1B4F8A", "underline": 1}
_STRONG_TOP = {"top": 1, "top_color": RULE}
_GROUP = {"border": 1, "border_color": HAIR, **_STRONG_TOP}  # all sides, since some programs drop the others

STYLES: dict[str, dict[str, Any]] = {
    # Sheets of requirements and the register
    "heading": {**_BANNER, **_AT_BOTTOM},
    "heading top": {**_BANNER, "align": "left"},
    "heading padded": {**_BANNER, **_PADDED},
    "heading figure": {**_BANNER, **_AT_BOTTOM, "align": "right", "indent": 1},
    "heading centred": {**_BANNER, "valign": "vcenter", "align": "center"},
    # Light, because some programs show a link in their own dark blue whatever the cell says
    "heading link": {**_TOTAL, **_SHORT_LINE, **_STRONG_TOP, **_AT_BOTTOM, "font_size": SIZE - 1},
    "key": {**_TEXT, "font_color": MUTED, "font_size": 8},
    "id": {**_TOTAL, **_SHORT_LINE, **_TEXT_FORMAT, **_STRONG_TOP, "align": "left"},
    "id review": {**_TOTAL, **_SHORT_LINE, **_TEXT_FORMAT, **_STRONG_TOP, "align": "left", "bg_color": REVIEW},
    "id files": {**_TOTAL, **_TEXT_FORMAT, **_STRONG_TOP, "align": "left"},
    "id part": {**_PART, **_SHORT_LINE, **_TEXT_FORMAT, "font_color": MUTED, "align": "left"},
    "requirement": {**_PART, **_STRONG_TOP, "align": "left"},
    "requirement part": {**_PART, "align": "left", "indent": 1},
    "requirement inner part": {**_PART, "align": "left", "indent": 2},
    "rating": {**_ANSWER, "bg_color": ASKED, "align": "center"},
    "no rating": _PART,
    "text": {**_ANSWER, **_TEXT_FORMAT, "align": "left"},
    "short text": {**_ANSWER, **_TEXT_FORMAT, "align": "left"},
    "ids": {**_ANSWER, **_TEXT_FORMAT, **_SHORT_LINE, "align": "left"},
    "list": {**_ANSWER, "align": "center"},
    "date": {**_ANSWER, **_DATE_FORMAT, "align": "center"},
    # Tables of figures
    "row label": {**_PART, **_STRONG_TOP, "align": "left", "bold": True},
    "row label again": {**_PART, "align": "left", "font_color": MUTED},
    "measure": {**_PART, "align": "left"},
    "unit": {**_PART, "align": "center", "font_color": MUTED},
    "figure": {**_ANSWER, "bg_color": ASKED, "align": "right", "indent": 1, "num_format": _FIGURE},
    # Cover, contents, summary
    "title": {**_TEXT, "align": "left", "bold": True, "font_size": 20, "valign": "vcenter"},
    "table title": {**_TEXT, "align": "left", "bold": True, "font_size": 14, "valign": "vcenter", "text_wrap": True},
    "subtitle": {**_TEXT, "align": "left", "font_color": MUTED, "font_size": 11},
    "band": {**_TEXT, **_STRONG_TOP, **_PADDED, "indent": 0, "bold": True, "bg_color": PANEL, "bottom": 1},
    "section": {**_TEXT, **_AT_BOTTOM, "bold": True, "font_size": 12, "bottom": 2, "bottom_color": BAND},
    "label": {**_CELL, **_PADDED, "bold": True, "bg_color": PANEL},
    "back link": {**_TEXT, **_LINK, "align": "right", "valign": "vcenter"},
    "prose": {**_CELL, **_PADDED},
    "field": {**_ANSWER, **_TEXT_FORMAT, **_PADDED, "bg_color": ASKED},
    "field date": {**_ANSWER, **_DATE_FORMAT, **_PADDED, "bg_color": ASKED},
    "field fixed": {**_CELL, **_PADDED, "bg_color": PANEL},
    "note": {**_TEXT, "align": "left", "font_color": MUTED, "italic": True},
    "note wrapped": {**_TEXT, "align": "left", "font_color": MUTED, "italic": True, "text_wrap": True},
    "link": {**_CELL, **_PADDED, **_LINK, "text_wrap": False},
    "count": {**_CELL, **_COUNTED},
    "share": {**_CELL, **_SHARED},
    "total": {**_TOTAL, **_PADDED},
    "total count": {**_TOTAL, **_COUNTED},
    "total share": {**_TOTAL, **_SHARED},
    # What was carried over from an older edition
    "review": {**_CELL, **_PADDED, "bold": True, "bg_color": REVIEW},
    "id line": {**_TOTAL, **_SHORT_LINE, **_TEXT_FORMAT, **_PADDED},
    "id earlier": {**_CELL, **_SHORT_LINE, **_TEXT_FORMAT, **_PADDED},
    "kept": {**_CELL, **_TEXT_FORMAT, **_PADDED},
    "kept date": {**_CELL, **_DATE_FORMAT, **_PADDED},
    # A heading among rows: a core issue above its questions, a unit above what is supported in it
    "rows heading": {**_TOTAL, **_STRONG_TOP, "align": "left"},
    # What is to be decided
    "said": {**_CELL, **_STRONG_TOP, "align": "left"},
    "said short": {**_PART, **_STRONG_TOP, "align": "center"},
    # Runs inside a cell
    "run": {"font_name": FONT, "font_size": SIZE, "font_color": INK},
    "run strong": {"font_name": FONT, "font_size": SIZE, "font_color": INK, "bold": True},
    "run quiet": {"font_name": FONT, "font_size": SIZE - 1, "font_color": MUTED, "italic": True},
    "run duty": {"font_name": FONT, "font_size": SIZE - 1, "font_color": "#2E5D6B", "bold": True},
    "run review": {"font_name": FONT, "font_size": SIZE - 1, "font_color": "#7A3E00", "bold": True},
    "run heading": {"font_name": FONT, "font_size": SIZE + 1, "font_color": PAPER, "bold": True},
    "run heading quiet": {"font_name": FONT, "font_size": SIZE - 1, "font_color": PAPER},
    "run heading column": {"font_name": FONT, "font_size": SIZE, "font_color": PAPER, "bold": True},
    # Conditional formats
    "answered": {"bg_color": ANSWERED},
    "group": _GROUP,
    "group answered": {**_GROUP, "bg_color": ANSWERED},
    "group name": {**_GROUP, "bold": True, "font_color": INK},
    "state over": {"font_color": MUTED, "bg_color": ANSWERED},
    "state blocked": {"bg_color": REVIEW},
    "state late": {"bg_color": LATE},
    # A timeline: bars over weeks, and marks of a week
    "week": {**_CELL, "font_size": SIZE - 2},
    "bar over": {"bg_color": RULE},
    "bar under way": {"bg_color": BAND},
    "bar late": {"bg_color": "#B5412F"},
    "bar ahead": {"bg_color": "#9CC3DA"},
    "week today": {"left": 1, "right": 1, "left_color": INK, "right_color": INK, "bg_color": ASKED},
    "week cut-off": {"left": 1, "right": 1, "left_color": "#B5412F", "right_color": "#B5412F", "bg_color": REVIEW},
}


_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = 1, 2  # of XlsxWriter; an id like R.10/10.7(b) would turn around


class Styles:
    """Formats by name, made once per workbook; in a right-to-left workbook "left" means right."""

    def __init__(self, book: Workbook, *, rtl: bool) -> None:
        self._book, self._rtl = book, rtl
        self._made: dict[tuple[str, bool], Format] = {}

    def choose_for(self, name: str, value: CellValue | None) -> Format:
        """Return the format of a cell; in a right-to-left workbook typed text in another script keeps its direction."""
        is_typed = self._rtl and isinstance(value, str) and not is_locked(name)
        return self._make(name, ltr=is_typed and detect_direction(str(value)) == "ltr")

    def __getitem__(self, name: str) -> Format:
        return self._make(name, ltr=name.startswith("id"))

    def _make(self, name: str, *, ltr: bool) -> Format:
        key = (name, ltr or name.startswith("id"))
        if key not in self._made:
            wanted = dict(STYLES[name])
            if self._rtl and wanted.get("align") in ("left", "right"):
                wanted["align"] = "right" if wanted["align"] == "left" else "left"
            if self._rtl and "valign" in wanted:  # a cell, not a run inside one
                wanted["reading_order"] = _LEFT_TO_RIGHT if key[1] else _RIGHT_TO_LEFT
            if self._rtl:
                wanted.pop("italic", None)  # Arabic has none; programs merely slant it
            if self._rtl and name.startswith("requirement"):
                wanted.pop("indent", None)  # LibreOffice forgets it when it fits the height of a right-aligned row
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


def is_locked(name: str) -> bool:
    """Return whether cells of a style are printed by fatf-kit and not to be typed into.

    >>> is_locked("heading"), is_locked("text")
    (True, False)
    """
    return bool(STYLES[name].get("locked", True))


def count_lines(text: str, width: float) -> int:
    r"""Return lines that a text takes in a column of so many characters, a little generous rather than too few.

    >>> count_lines("one two three", 8), count_lines("a\nb", 20), count_lines("", 10)
    (2, 2, 1)
    """
    return sum(_wrapped(line, max(width, 1)) for line in text.split("\n"))


def compute_height(lines: float) -> float:
    """Return height in points of a row with so many lines, within what a row may have.

    >>> compute_height(2)
    29.5
    """
    return min(409.0, math.ceil(lines * LINE * 2) / 2 + 4)


def _wrapped(line: str, width: float) -> int:
    """Return greedy wrapping with the typeface's own widths, in units of a digit."""
    count, used = 1, 0.0
    for word in line.split(" "):
        wide = _measure(word)
        if used and used + _SPACE + wide > width:
            count, used = count + 1, 0.0
        used += wide + (_SPACE if used else 0)
        if used > width:
            count, used = count + int(used // width), used % width
    return count


_SPACE = 0.5
_NARROW = frozenset("iIjlt.,;:!'|()[]/fr-")
_WIDE = frozenset("mwMW%@—…")


@lru_cache(maxsize=20_000)  # the same words are in every workbook of a folder
def _measure(word: str) -> float:
    return sum(map(_breadth, word))


def _breadth(character: str) -> float:
    if character in _NARROW:
        return 0.56
    if character in _WIDE:
        return 1.55
    return 1.25 if character.isupper() else 1.0
