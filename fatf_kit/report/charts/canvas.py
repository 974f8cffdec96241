"""A sheet to draw on in reading order: x runs from where reading starts, y runs down, both in inches.

Only here is a right-to-left picture turned around, so the chart modules know nothing about direction.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from fatf_kit.core.isolation import isolate_runs, wrap_text
from fatf_kit.core.languages import direction
from fatf_kit.core.messages import Translator
from fatf_kit.report.charts.engine import load_engine
from fatf_kit.report.charts.style import (
    COMPACT_MARGIN,
    COMPACT_TITLE,
    COMPACT_WIDTH,
    LINE_HEIGHT,
    MARGIN,
    PNG_DPI,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    get_font_family,
)
from fatf_kit.report.charts.svg import MARK, MESSAGE, make_embeddable
from fatf_kit.report.palette import INK, LINE

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontProperties

Align = Literal["start", "middle", "end"]

_ROUNDING = 0.005
"""A text fits into its own width, although a line's width is added up from its words'."""

_STEP = 0.1
"""By how much lines are narrowed at a time when they are balanced."""


class Canvas:
    """A sheet that collects shapes and text of one picture. Its height is set last, when everything is placed."""

    def __init__(self, language: str, *, compact: bool = False) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self._words = Translator(language)
        self.compact = compact
        self.margin, self.title_size = (COMPACT_MARGIN, COMPACT_TITLE) if compact else (MARGIN, TITLE)
        self._whole = COMPACT_WIDTH if compact else WIDTH
        self.start, self.end = self.margin, self._whole - self.margin
        self.width = self.end - self.start
        self._family = get_font_family()
        self._rtl = direction(language) == "rtl"
        self._figure = Figure(figsize=(WIDTH, WIDTH), facecolor="white")
        self._fonts: dict[tuple[float, bool], FontProperties] = {}
        self._widths: dict[tuple[str, float, bool], float] = {}
        self._turn = Affine2D()
        self._transform = self._turn + self._figure.dpi_scale_trans
        self._group = ""
        self._placed = 0
        self._text_widths: list[float] = []

    def number(self, number: float) -> str:
        """Return a figure with the marks of the picture's language."""
        return self._words.number(number)

    @contextmanager
    def mark(self, row: int, part: int | None = None) -> Iterator[None]:
        """Draw what belongs to a series, by its number, or to one of its values; an SVG has a group for it."""
        before = self._group
        self._group = f"{MARK}{row}" if part is None else f"{MARK}{row}-{part}"
        yield
        self._group = before

    @contextmanager
    def message(self) -> Iterator[None]:
        """Write the message of the chart; an SVG has a group for it too."""
        self._group = MESSAGE
        yield
        self._group = ""

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str,
        edge: str | None = None,
        line: float = 0.7,
        round_: bool = False,
        hatch: str = "",
        stripe: str = INK,
        strength: float = 1.0,
    ) -> None:
        """Draw a filled rectangle, or a pill when round.

        `stripe` is the colour of its hatch; a `strength` below 1 lets what is behind show through.
        """
        from matplotlib.patches import FancyBboxPatch, Patch, Rectangle

        if round_:
            corners = f"Round,pad=0,rounding_size={min(width, height) / 2}"
            patch: Patch = FancyBboxPatch((x, y), width, height, boxstyle=corners)
        else:
            patch = Rectangle((x, y), width, height)
        patch.set(facecolor=(fill, strength), edgecolor=edge or "none", linewidth=line if edge else 0)
        if hatch:
            patch.set(hatch=hatch, hatchcolor=stripe, hatch_linewidth=0.6 if stripe == INK else 1.1)
        self._add(patch)

    def line(self, points: Sequence[tuple[float, float]], *, colour: str = LINE, width: float = 0.7) -> None:
        """Draw a line through points."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        self._add(Line2D(xs, ys, color=colour, linewidth=width, solid_capstyle="butt"))

    def shape(self, points: Sequence[tuple[float, float]], *, fill: str) -> None:
        """Draw a filled polygon."""
        from matplotlib.patches import Polygon

        self._add(Polygon(points, closed=True, facecolor=fill, edgecolor="none"))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = TEXT,
        bold: bool = False,
        colour: str = INK,
        align: Align = "start",
    ) -> None:
        """Write one line of text with its capitals centred on y; an empty text leaves nothing."""
        from matplotlib.text import Text

        if not text:
            return

        side: Literal["left", "center", "right"] = "center"
        if align != "middle":
            side = "left" if (align == "start") != self._rtl else "right"
        self._text_widths.append(72 * self.width_of(text, size=size, bold=bold))
        self._add(
            Text(
                x,
                y + 0.365 * size / 72,
                self._run(text),
                fontproperties=self._font(size, bold),
                color=colour,
                horizontalalignment=side,
                verticalalignment="baseline",
                parse_math=False,
            )
        )

    def sign(self, x: float, y: float, text: str, ink: str = INK, *, size: float = SMALL, bold: bool = True) -> None:
        """Write a sign in the middle of a mark: a letter of a rating, or a figure."""
        self.text(x, y, text, size=size, bold=bold, colour=ink, align="middle")

    def figure(self, end: float, y: float, figure: str, width: float, colour: str) -> None:
        """Write a figure in a column of that end and width; units are under units in either direction."""
        x = end - width if self._rtl else end
        self.text(x, y, figure, size=SMALL, colour=colour, align="start" if self._rtl else "end")

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float = TEXT,
        bold: bool = False,
        colour: str = INK,
        align: Align = "start",
    ) -> float:
        """Write lines of text beneath y and return where they end."""
        step = size * LINE_HEIGHT
        for n, line in enumerate(lines):
            self.text(x, y + (n + 0.5) * step, line, size=size, bold=bold, colour=colour, align=align)
        return y + len(lines) * step

    def width_of(self, text: str, *, size: float = TEXT, bold: bool = False) -> float:
        """Return the width of a text."""
        from matplotlib.textpath import text_to_path

        key = (text, size, bold)
        if key not in self._widths:
            font = self._font(size, bold)
            points, _, _ = text_to_path.get_text_width_height_descent(self._run(text), font, ismath=False)
            self._widths[key] = float(points) / 72
        return self._widths[key]

    def wrap(self, text: str, width: float, *, size: float = TEXT, bold: bool = False) -> tuple[str, ...]:
        """Return the text in lines no wider than that; a word that is too long for a line is broken, never cut."""
        lines: list[str] = []
        space, used = self._space(size, bold), 0.0
        for word in text.split():
            for piece in self._pieces(word, width, size, bold):
                room = self.width_of(piece, size=size, bold=bold)
                if lines and used + space + room <= width + _ROUNDING:
                    lines[-1] += f" {piece}"
                    used += space + room
                else:
                    lines.append(piece)
                    used = room
        return tuple(lines)

    def balance(self, text: str, width: float, *, size: float = TEXT, bold: bool = False) -> tuple[str, ...]:
        """Return the text in lines as `wrap` does, about equally long."""
        lines = self.wrap(text, width, size=size, bold=bold)
        longest = max((self.width_of(word, size=size, bold=bold) for word in text.split()), default=width)
        while width - _STEP >= longest:
            width -= _STEP
            narrower = self.wrap(text, width, size=size, bold=bold)
            if len(narrower) > len(lines):
                break
            lines = narrower
        return lines

    def finish(self, height: float, form: str, *, name: str, alt: str) -> bytes:
        """Return the picture as bytes: PNG, or SVG, without a prolog where it can stand in a page."""
        scale, offset = (-1, self._whole) if self._rtl else (1, 0)
        self._turn.clear().scale(scale, -1).translate(offset, height)
        self._figure.set_size_inches(self._whole, height)
        out = io.BytesIO()
        if form == "png":
            self._figure.savefig(out, format="png", dpi=PNG_DPI, metadata={"Software": None})
            return out.getvalue()
        silent = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        self._figure.savefig(out, format="svg", metadata=silent)
        if form == "outlines":
            return out.getvalue()
        return make_embeddable(out.getvalue(), name=name, alt=alt, widths=self._text_widths)

    def _add(self, artist: Artist) -> None:
        """Place a shape above everything before it, so that the parts of a mark stay together."""
        self._placed += 1
        artist.set(transform=self._transform, zorder=self._placed, gid=self._group)
        self._figure.add_artist(artist)

    def _run(self, text: str) -> str:
        """Return a text that reads from the right in a right-to-left picture, also where it begins with "R.10"."""
        return wrap_text(isolate_runs(text, "rtl"), "rtl") if self._rtl else text

    def _space(self, size: float, bold: bool) -> float:
        wide, narrow = (self.width_of(text, size=size, bold=bold) for text in ("n n", "nn"))
        return wide - narrow

    def _font(self, size: float, bold: bool) -> FontProperties:
        from matplotlib.font_manager import FontProperties

        key = (size, bold)
        if key not in self._fonts:
            self._fonts[key] = FontProperties(
                fname=self._family.bold if bold else self._family.regular,
                weight="bold" if bold else "normal",
                size=size,
            )
        return self._fonts[key]

    def _pieces(self, word: str, width: float, size: float, bold: bool) -> Iterator[str]:
        """Yield the word, or the pieces into which it must be broken."""
        if self.width_of(word, size=size, bold=bold) <= width + _ROUNDING:
            yield word
            return
        piece = ""
        for letter in word:
            if piece and self.width_of(piece + letter, size=size, bold=bold) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece


@contextmanager
def use_own_settings(*, has_text: bool) -> Iterator[None]:
    """Draw with the settings matplotlib comes with, whatever the user's own are, and the same bytes every time.

    An SVG has text as text, or as outlines.
    """
    mpl = load_engine()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({"svg.fonttype": "none" if has_text else "path", "svg.hashsalt": "fatf-kit"})
        yield
