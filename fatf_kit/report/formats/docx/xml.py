"""WordprocessingML elements, with their properties in the order the schema asks for.

Word opens a file whose properties stand in another order, but may drop some of them without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    Element = BaseOxmlElement
else:
    Element = object


def make(tag: str, *inside: Element | None, **attributes: str | int) -> Element:
    """Return an element of Word's main namespace with attributes of it; an inside of None is left out."""
    element = _new()(_qualified(tag))
    for name, value in attributes.items():
        element.set(_qualified(name), str(value))
    element.extend([child for child in inside if child is not None])
    return element


@cache
def _new() -> Callable[[str], Element]:
    """Return the function that makes an element, looked up once."""
    from docx.oxml.ns import nsmap
    from docx.oxml.parser import oxml_parser

    return partial(oxml_parser.makeelement, nsmap={"w": nsmap["w"]})


@cache  # a long report has a hundred thousand elements of a few dozen names
def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def make_flag(tag: str, on: bool) -> Element | None:
    """Return an element whose presence means yes; None for no."""
    return make(tag) if on else None


def shade(fill: str, stripe: str | None = None) -> Element:
    """Return a ground of one colour, or hatched with stripes of another."""
    if stripe is None:
        return make("shd", val="clear", color="auto", fill=to_hex(fill))
    return make("shd", val="thinDiagStripe", color=to_hex(stripe), fill=to_hex(fill))


def make_style_id(name: str) -> str:
    """Return the id of a style, as Word derives it from its name.

    >>> make_style_id("heading 1"), make_style_id("List Bullet")
    ('Heading1', 'ListBullet')
    """
    return "".join(word[:1].upper() + word[1:] for word in name.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The look of letters; what is None or False is left to the style, named as Word does. Points, and "#rrggbb"."""

    style: str | None = None
    font: str | None = None
    bold: bool = False
    underline: bool = False
    colour: str | None = None
    fill: str | None = None
    stripe: str | None = None
    edge: str | None = None
    size: float | None = None

    def element(self, *, rtl: bool = False) -> Element:
        """Return the properties of a run or style."""
        half_points = round(self.size * 2) if self.size else 0
        return make(
            "rPr",
            make("rStyle", val=make_style_id(self.style)) if self.style else None,
            make("rFonts", ascii=self.font, hAnsi=self.font, eastAsia=self.font, cs=self.font) if self.font else None,
            make_flag("b", self.bold),
            make_flag("bCs", self.bold),
            make("color", val=to_hex(self.colour)) if self.colour else None,
            make("sz", val=half_points) if half_points else None,
            make("szCs", val=half_points) if half_points else None,
            make("u", val="single") if self.underline else None,
            make("bdr", val="single", sz=4, space=0, color=to_hex(self.edge)) if self.edge else None,
            shade(self.fill, self.stripe) if self.fill else None,
            make_flag("rtl", rtl),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The setting of a paragraph; what is None or False is left to the style, named as in Word. Lengths are points."""

    style: str | None = None
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    list: int | None = None
    border: tuple[tuple[str, str, int, int], ...] = ()
    """Sides with colour, width in eighths of a point, and distance in points."""
    fill: str | None = None
    stripe: str | None = None
    tab: float | None = None
    end_tab: float | None = None
    """A tab at the end of the line, after dots, for page numbers."""
    before: float | None = None
    after: float | None = None
    line: int | None = None
    """Line height in 240ths of a line."""
    exactly: float | None = None
    indent: float = 0
    hanging: float = 0
    inset: float = 0
    """Kept free at the end of the line."""
    align: str | None = None
    """"center", or "right" for the end of the line, which is the left in right-to-left text."""
    level: int | None = None
    ltr: bool = False
    """From left to right where the style is not."""

    def element(self, *, rtl: bool = False) -> Element:
        """Return the properties of a paragraph or style."""
        return make(
            "pPr",
            make("pStyle", val=make_style_id(self.style)) if self.style else None,
            make_flag("keepNext", self.keep_next),
            make_flag("keepLines", self.keep_lines),
            make_flag("pageBreakBefore", self.new_page),
            make("numPr", make("ilvl", val=0), make("numId", val=self.list)) if self.list is not None else None,
            self._border(),
            shade(self.fill, self.stripe) if self.fill else None,
            self._tabs(),
            make("bidi", val=0) if self.ltr else make_flag("bidi", rtl),
            self._spacing(),
            self._indents(),
            make("jc", val=self.align) if self.align else None,
            make("outlineLvl", val=self.level) if self.level is not None else None,
        )

    def _tabs(self) -> Element | None:
        tabs = [
            make("tab", val="left", pos=to_twips(self.tab)) if self.tab is not None else None,
            make("tab", val="right", leader="dot", pos=to_twips(self.end_tab)) if self.end_tab is not None else None,
        ]
        return make("tabs", *tabs) if any(tab is not None for tab in tabs) else None

    def _border(self) -> Element | None:
        if not self.border:
            return None
        sides = [
            make(side, val="single", sz=width, space=space, color=to_hex(colour))
            for side, colour, width, space in self.border
        ]
        return make("pBdr", *sides)

    def _indents(self) -> Element | None:
        wanted = {"left": self.indent, "right": self.inset, "hanging": self.hanging}
        given = {side: to_twips(points) for side, points in wanted.items() if points}
        return make("ind", **given) if given else None

    def _spacing(self) -> Element | None:
        given: dict[str, str | int] = {}
        if self.before is not None:
            given["before"] = to_twips(self.before)
        if self.after is not None:
            given["after"] = to_twips(self.after)
        if self.exactly is not None:
            given |= {"line": to_twips(self.exactly), "lineRule": "exact"}
        elif self.line is not None:
            given |= {"line": self.line, "lineRule": "auto"}
        return make("spacing", **given) if given else None


def to_twips(points: float) -> int:
    """Return points in twentieths, as Word counts them.

    >>> to_twips(8.5)
    170
    """
    return round(points * 20)


def to_hex(colour: str) -> str:
    """Return a colour as Word writes it.

    >>> to_hex("#d7ecf5")
    'D7ECF5'
    """
    return colour.removeprefix("#").upper()
