"""Pages of raw lines from a PDF, Word or text file, before anything is cleaned.

PDFium reads the text of a PDF: it is several times faster than pypdf on reports of 250 pages, and it keeps the order of
Arabic words. Word knows no pages, but saves where they broke last.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import MEGABYTE, refusal_reason
from fatf_kit.core.files import shown_name
from fatf_kit.texts.folding import is_right_to_left

ENDINGS = (".pdf", ".docx", ".txt")

MOST_PAGES = 3_000
MOST_UNPACKED = 300 * MEGABYTE
_SCAN = 25
"""Characters of a page below which it has no text layer."""

_MARKERS = "•▪●◦‣"
"""Marks for the lists of a Word document, whose numbers and bullets are not in its text; a list keeps its mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """The lines of one page in reading order."""

    lines: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether the page has next to no text, as a picture of a page."""
        return sum(map(len, self.lines)) < _SCAN


def read_pages(path: Path) -> tuple[tuple[RawPage, ...], bool]:
    """Return the pages of a report, and whether they are real: a file without page breaks is one page that is not.

    Raises:
        FatfKitError: the file is of another kind, damaged, protected by a password, or has no text layer.
    """
    name, kind = shown_name(path), path.suffix.lower()
    if unfit := refusal_reason(path):
        raise FatfKitError("{file} is not read: {why}.", file=name, why=unfit)
    if kind not in ENDINGS:
        raise FatfKitError("{file} is not a report that can be read. Allowed: {names}.", file=name, names=ENDINGS)
    content = path.read_bytes()
    if kind == ".txt":
        texts = _decode(content).rstrip().split("\f")
        pages = [RawPage(lines=tuple(_split_columns(text.splitlines()))) for text in texts]
    else:
        pages = list(_read_pdf(content, name) if kind == ".pdf" else _read_word(content, name))
    if all(page.is_blank for page in pages):
        raise FatfKitError(
            "{file} has no text that can be read. If its pages are pictures (a scan), have the text recognised first "
            "(OCR), or save the report's Word file.",
            file=name,
        )
    return tuple(pages), len(pages) > 1 or kind == ".pdf"


def _decode(content: bytes) -> str:
    """Return a text file's text; older Windows code pages are tried last."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        arabic = sum(byte >= 0xC0 for byte in content) > len(content) // 4
        return content.decode("cp1256" if arabic else "cp1252", "replace")


_ENDS_WITH_CODE = re.compile(r"(?<!\w)(?:C|LC|PC|NC|MC|NA)$")
_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")


def _split_columns(lines: Sequence[str]) -> list[str]:
    """Return the lines of a page one column after the other, where most lines have a gap at one place.

    A table has its gaps at several places or short cells, so that it stays as it is.
    """
    filled = [line for line in lines if line.strip()]
    gaps = [gap.end() for line in filled for gap in _GAP.finditer(line)]
    if not gaps:
        return list(lines)
    place = max(set(gaps), key=lambda at: sum(abs(at - other) <= 2 for other in gaps))
    split = [_cut(line, place) for line in lines]
    both = [(left, right) for left, right in split if left and right]
    wide = sum(len(left) > 20 and len(right) > 20 for left, right in both)
    coded = sum(_ENDS_WITH_CODE.search(left) is not None for left, _ in both)
    if len(both) < 5 or wide * 10 < len(filled) * 3 or coded > 2:
        return list(lines)
    first = next(at for at, (left, right) in enumerate(split) if left and right)
    last = max(at for at, (left, right) in enumerate(split) if left and right)
    while last + 1 < len(lines) and lines[last + 1][:1].strip() and len(lines[last + 1]) < place:
        last += 1  # the left column is longer
    left_column = [left for left, _ in split[first : last + 1]]
    right_column = [right for _, right in split[first : last + 1]]
    return [*lines[:first], *left_column, *right_column, *lines[last + 1 :]]


def _cut(line: str, place: int) -> tuple[str, str]:
    """Return the two halves of a line at a gap near a place; a line without one is in one half."""
    for gap in _GAP.finditer(line):
        if abs(gap.end() - place) <= 2:
            return line[: gap.start()].strip(), line[gap.end() :].strip()
    return ("", line.strip()) if len(line) - len(line.lstrip()) >= place - 2 else (line.strip(), "")


def _read_pdf(content: bytes, name: str) -> Iterator[RawPage]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise FatfKitError("{file} is protected by a password. Save a copy without it.", file=name) from fault
        raise FatfKitError("{file} is damaged or is not a PDF. Save it again and name the copy.", file=name) from fault
    try:
        for number in range(min(len(document), MOST_PAGES)):
            try:
                page = document[number]
                yield RawPage(lines=tuple(_page_text(page).splitlines()))
                page.close()
            except pypdfium2.PdfiumError:  # one damaged page among others counts as a page without text
                yield RawPage(lines=())
    finally:
        document.close()


def _page_text(page: Any) -> str:
    """Return the text of a page in the order of the file, which is that of its columns."""
    text = page.get_textpage()
    try:
        if is_right_to_left(text.get_text_range(0, min(text.count_chars(), 400))):
            return _right_to_left_text(text, page)
        return str(text.get_text_bounded())
    finally:
        text.close()


def _right_to_left_text(text: Any, page: Any) -> str:
    """Return the text of a page line by line from top to bottom: PDFium joins lines that begin at the right edge."""
    bands: list[list[float]] = []
    boxes = map(text.get_rect, range(min(text.count_rects(), 4_000)))
    for _, bottom, _, top in sorted(boxes, key=lambda box: -(box[1] + box[3])):
        if bands and (bottom + top) / 2 > bands[-1][0]:
            bands[-1] = [min(bottom, bands[-1][0]), max(top, bands[-1][1])]
        else:
            bands.append([bottom, top])
    read = partial(text.get_text_bounded, left=0, right=page.get_width())
    rows = (read(bottom=low + 0.1, top=high - 0.1) for low, high in bands)
    return "\n".join(" ".join(str(row).split()) for row in rows)


def _read_word(content: bytes, name: str) -> Iterator[RawPage]:
    from docx import Document

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise FatfKitError("{file} is larger than can be read safely.", file=name)
        body = Document(io.BytesIO(content)).element.body
    except FatfKitError:
        raise
    except Exception as fault:  # damaged inside: whatever the parser of Word's parts raises then
        raise FatfKitError(
            "{file} is damaged, protected by a password or is not a Word document (.docx). Save it again and name the "
            "copy.",
            file=name,
        ) from fault
    saved = any(True for _ in body.iter("{*}lastRenderedPageBreak"))
    lines: list[str] = []
    for block in body:
        for paragraph in block.iter("{*}p") if not _is(block, "tbl") else ():
            for part, is_new_page in _split_pages(paragraph, is_saved=saved):
                if is_new_page:
                    yield RawPage(lines=tuple(lines))
                    lines = []
                lines += part
        if _is(block, "tbl"):
            lines += _table_lines(block)
    yield RawPage(lines=tuple(lines))


def _is(element: Any, name: str) -> bool:
    return str(element.tag).endswith(f"}}{name}")


def _split_pages(paragraph: Any, *, is_saved: bool) -> Iterator[tuple[list[str], bool]]:
    """Yield the lines of a paragraph with whether a new page begins before them."""
    text, is_new = _find_marker(paragraph), False
    for node in paragraph.iter():
        if _is(node, "t"):
            text += node.text or ""
        elif _is(node, "tab"):
            text += " "
        elif _is(node, "noBreakHyphen"):
            text += "-"
        elif _is(node, "lastRenderedPageBreak") or (not is_saved and _breaks_page(node)):
            yield text.splitlines(), is_new
            text, is_new = "", True
        elif _is(node, "br"):
            text += "\n"
    yield text.splitlines(), is_new


def _breaks_page(node: Any) -> bool:
    types = (value for key, value in node.attrib.items() if str(key).endswith("}type"))
    return _is(node, "br") and "page" in types


def _find_marker(paragraph: Any) -> str:
    """Return the mark of a paragraph in a list: one for each list and level."""
    for node in paragraph.iter("{*}numId", "{*}pStyle"):
        value = next(iter(node.attrib.values()), "")
        if _is(node, "numId") and value.isdigit() and value != "0":
            return f"{_MARKERS[int(value) % len(_MARKERS)]} "
        if "list" in value.lower():
            return f"{_MARKERS[0]} "
    return ""


def _table_lines(table: Any) -> list[str]:
    """Return the lines of a table, cell by cell; a cell that is merged over rows or columns comes once."""
    lines: list[str] = []
    for row in table.iter("{*}tr"):
        for cell in row.iterchildren("{*}tc"):
            for paragraph in cell.iter("{*}p"):
                parts = _split_pages(paragraph, is_saved=True)
                lines += [line for part, _ in parts for line in part]
    return lines
