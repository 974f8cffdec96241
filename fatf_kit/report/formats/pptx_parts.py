"""The parts of a slide: title, texts, key figures, table, picture and foot, in the direction of the language."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fatf_kit.core.languages import remove_unreadable
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import DocumentTable, KeyFigure
from fatf_kit.report.palette import ACCENT, INK, LINE, QUIET

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_TITLE_ONLY = 5
"""The layout of python-pptx's template that has a title and nothing else."""

_LEAST, _TABLE_SIZES = 11, (16, 15, 14, 13, 12, 11, 10)
_LETTER, _LINE, _AFTER = 0.55, 1.25, 0.45
"""Width of a letter, height of a line and space after a paragraph, in sizes of the font."""

_POINTS = 72
_PADDING = 0.2
_ISOLATES = str.maketrans({"\u2066": "\u200f\u200e", "\u2067": "\u200f", "\u2068": "\u200f", "\u2069": "\u200e\u200f"})
"""PowerPoint shows isolates as boxes; the older marks keep an id in its direction too."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in inches from the left and the top."""

    left: float
    top: float
    width: float
    height: float


class SlideWriter:
    """One new slide at the end of a presentation."""

    def __init__(self, show: Presentation, *, rtl: bool, language: str) -> None:
        self._slide: Any = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
        self._rtl, self._language = rtl, language
        self._font = "Arial" if rtl else "Calibri"

    def write_title(self, text: str, box: Box, *, size: int) -> None:
        """Write the title into the placeholder that screen readers and outlines look for."""
        shape = self._slide.shapes.title
        self._place(shape, box)
        size = _find_size([text], box.width, box, size)
        self._fill(shape.text_frame, [text], size=size, bold=True, colour=ACCENT)

    def write_texts(self, texts: Iterable[str], box: Box, *, most: int, bullets: bool = False) -> None:
        """Write paragraphs in the largest letters that fit."""
        texts = list(texts)
        size = _find_size(texts, box.width - 0.3 * bullets, box, most)
        self._fill(self._add_frame(box), texts, size=size, bullets=bullets)

    def write_figures(self, figures: Sequence[KeyFigure], box: Box) -> None:
        """Write key figures side by side: the number large, what it counts beneath."""
        each = box.width / len(figures)
        places = range(len(figures))
        for place, figure in zip(reversed(places) if self._rtl else places, figures, strict=True):
            own = Box(box.left + place * each, box.top, each - 0.15, box.height)
            frame = self._add_frame(own)
            self._fill(frame, [figure.value], size=30, bold=True, colour=ACCENT)
            label = " ".join(filter(None, (figure.label, figure.detail)))
            self._fill(frame, [label], size=14, colour=QUIET, is_more=True)

    def write_table(self, table: DocumentTable, box: Box, t: Translator) -> None:
        """Write a table in the largest letters that fit; where none do, the rows that fit and how many are left out."""
        if not table.rows:
            self.write_texts([table.empty], box, most=18)
            return
        total = sum(column.width for column in table.columns)
        widths = [box.width * column.width / total for column in table.columns]
        cells = [[" – ".join(filter(None, (cell.text, cell.detail))) for cell in row.cells] for row in table.rows]
        heads = [column.title for column in table.columns]
        fitting = (one for one in _TABLE_SIZES if _table_height(heads, cells, widths, one) <= box.height)
        size = next(fitting, _TABLE_SIZES[-1])
        kept, rest = _keep_rows(heads, cells, widths, size, box.height), ""
        if more := len(cells) - kept:
            rest = t.plural("and {n} more row", "and {n} more rows", more)
            cells = cells[:kept]
        shape = self._slide.shapes.add_table(len(cells) + 1 + bool(rest), len(heads), *self._inches(box))
        shape.name = table.caption
        grid = shape.table
        if self._rtl:
            grid._tbl.tblPr.set("rtl", "1")  # noqa: SLF001 - there is no other way
        for place, width in enumerate(widths):
            grid.columns[place].width = self._inch(width)
        for place, row in enumerate([heads, *cells]):
            grid.rows[place].height = self._inch(_row_height(row, widths, size))
            for column, text in enumerate(row):
                cell, is_number = grid.cell(place, column), table.columns[column].number
                self._write_cell(cell, text, size=size, is_head=not place, is_number=is_number)
        if rest:
            last = grid.cell(len(cells) + 1, 0)
            last.merge(grid.cell(len(cells) + 1, len(heads) - 1))
            grid.rows[len(cells) + 1].height = self._inch(_row_height([rest], [box.width], size))
            self._write_cell(last, rest, size=size, is_head=False, is_number=False)

    def write_picture(self, picture: bytes, alt: str, box: Box) -> None:
        """Write a picture as large as its place allows, with its description."""
        shape = self._slide.shapes.add_picture(io.BytesIO(picture), self._inch(box.left), self._inch(box.top))
        share = min(self._inch(box.width) / shape.width, self._inch(box.height) / shape.height)
        shape.width, shape.height = int(shape.width * share), int(shape.height * share)
        shape.left = int(self._inch(box.left) + (self._inch(box.width) - shape.width) / 2)
        shape._element.nvPicPr.cNvPr.set("descr", remove_unreadable(alt))  # noqa: SLF001 - there is no other way

    def write_foot(self, text: str, box: Box, *, number: int) -> None:
        """Write the notices and the number of the slide."""
        self._fill(self._add_frame(box), [f"{number} · {text}"], size=8, colour=QUIET)

    def _add_frame(self, box: Box) -> Any:
        return self._slide.shapes.add_textbox(*self._inches(box)).text_frame

    def _write_cell(self, cell: Any, text: str, *, size: int, is_head: bool, is_number: bool) -> None:
        from pptx.enum.text import PP_ALIGN

        cell.fill.solid()
        cell.fill.fore_color.rgb = _read_colour(ACCENT if is_head else "#ffffff")
        self._fill(cell.text_frame, [text], size=size, bold=is_head, colour="#ffffff" if is_head else INK)
        if is_number:
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT if self._rtl else PP_ALIGN.RIGHT
        _draw_line_below(cell._tc.get_or_add_tcPr(), LINE)  # noqa: SLF001 - there is no other way

    def _fill(
        self,
        frame: Any,
        texts: Sequence[str],
        *,
        size: int,
        bold: bool = False,
        colour: str = INK,
        bullets: bool = False,
        is_more: bool = False,
    ) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        frame.word_wrap = True
        for place, text in enumerate(texts):
            paragraph = frame.add_paragraph() if place or is_more else frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if self._rtl else PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = self._plain(text)
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, self._font
            run.font.color.rgb = _read_colour(colour)
            run._r.get_or_add_rPr().set("lang", self._language)  # noqa: SLF001 - there is no other way
            self._direct(paragraph, bullets=bullets, size=size)

    def _direct(self, paragraph: Any, *, bullets: bool, size: int) -> None:
        """Set the direction of a paragraph, and its bullet."""
        from pptx.oxml.ns import qn
        from pptx.util import Pt

        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - there is no other way
        if self._rtl:
            properties.set("rtl", "1")
        if bullets:
            paragraph.space_after = Pt(size * _AFTER)
            indent = int(Pt(size))
            properties.set("marL", str(indent))
            properties.set("indent", str(-indent))
            properties.append(properties.makeelement(qn("a:buChar"), {"char": "•"}))
        for letters in paragraph._p.iter(qn("a:rPr")):  # noqa: SLF001
            if self._rtl:
                letters.append(letters.makeelement(qn("a:cs"), {"typeface": self._font}))

    def _plain(self, text: str) -> str:
        return remove_unreadable(text.translate(_ISOLATES) if self._rtl else text)

    def _place(self, shape: Any, box: Box) -> None:
        shape.left, shape.top, shape.width, shape.height = self._inches(box)

    def _inches(self, box: Box) -> tuple[int, int, int, int]:
        left, top, width, height = map(self._inch, (box.left, box.top, box.width, box.height))
        return left, top, width, height

    @staticmethod
    def _inch(size: float) -> int:
        from pptx.util import Inches

        return int(Inches(size))


def _read_colour(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor  # python-pptx has no types
    return make(*bytes.fromhex(colour.lstrip("#")))


def _draw_line_below(properties: Any, colour: str) -> None:
    """Draw a thin line under a cell."""
    from pptx.oxml.ns import qn

    line = properties.makeelement(qn("a:lnB"), {"w": "6350"})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": colour.lstrip("#")}))
    line.append(fill)
    properties.insert(0, line)


def _count_lines(text: str, width: float, size: int) -> int:
    """Return how many lines a text takes, estimated from the usual width of letters."""
    letters = max(1, int((width - _PADDING) * _POINTS / (size * _LETTER)))
    return sum(-(-max(len(line), 1) // letters) for line in text.split("\n"))


def count_height(texts: Sequence[str], width: float, size: int) -> float:
    """Return the height of paragraphs in inches, estimated from the usual width of letters."""
    lines = sum(_count_lines(text, width, size) for text in texts)
    return (lines * _LINE + len(texts) * _AFTER) * size / _POINTS + 0.1


def _find_size(texts: Sequence[str], width: float, box: Box, most: int) -> int:
    """Return the largest size in which paragraphs of that width are no higher than their place."""
    sizes = range(most, _LEAST, -1)
    return next((size for size in sizes if count_height(texts, width, size) <= box.height), _LEAST)


def _keep_rows(
    heads: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[float], size: int, height: float
) -> int:
    """Return how many rows fit: all, or as many as leave a line for the number of the others, and at least one."""
    if _table_height(heads, cells, widths, size) <= height:
        return len(cells)
    room = height - _row_height(["…"], [sum(widths)], size)
    return max((n for n in range(1, len(cells)) if _table_height(heads, cells[:n], widths, size) <= room), default=1)


def _row_height(cells: Sequence[str], widths: Sequence[float], size: int) -> float:
    lines = max(_count_lines(text, width, size) for text, width in zip(cells, widths, strict=True))
    return lines * _LINE * size / _POINTS + 0.12


def _table_height(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], size: int) -> float:
    return sum(_row_height(row, widths, size) for row in (heads, *rows))
