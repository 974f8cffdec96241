"""Pages of a PDF: its lines in the order of the file, with their places.

PDFium reads the text: it is several times faster than pypdf on reports of 250 pages, and it keeps the order of
Arabic words. The order of the file is that of columns and cells. Where lines go across all columns, as after
recognition of a scan, and in right-to-left text, of which PDFium joins lines, a page is read as it is on paper.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.texts.folding import is_right_to_left
from fatf_kit.texts.limits import LETTERS, LINES, PAGES, check_limit
from fatf_kit.texts.model import RawLine, RawPage, Word
from fatf_kit.texts.right_to_left import PlacedLetter, join_letters, order_words, turn_brackets

_WIDE = 2.0
"""Gap from which two parts of a line are apart, in sizes of the letters."""

_SAME_LINE = 0.4
"""Distance up to which letters of right-to-left text are on one line, in sizes of the letters."""

_ACROSS = 2
"""Lines that go on with a sentence on both sides of a wide gap, from which a page is read as it is on paper."""

_LINE = re.compile("[^\r\n\x02\ufffe]+(?:[\r\n]{0,2}[\x02\ufffe])?")
"""A line of PDFium, which ends where a word is cut by a hyphen, too."""

_NUMBER = re.compile(r"\(?\w{1,4}[.)]|\W")
_MOST_LETTERS = 200_000
"""Letters on one page; source: fatf-kit's own, a full page has 5,000."""


def read_pdf(content: bytes, name: str) -> tuple[RawPage, ...]:
    """Return the pages of a PDF. A damaged page among others has no lines.

    Raises:
        FatfKitError: the file is damaged, protected by a password, or beyond the limits.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise FatfKitError("{file} is protected by a password. Save a copy without it.", file=name) from fault
        raise FatfKitError("{file} is damaged or is not a PDF. Save it again and name the copy.", file=name) from fault
    try:
        check_limit(PAGES, len(document), name)
        pages: list[RawPage] = []
        lines = letters = 0
        for number in range(len(document)):
            try:
                page = document[number]
                pages.append(_read_page(page, name, number + 1))
                page.close()
            except pypdfium2.PdfiumError:
                pages.append(RawPage(lines=()))
            lines += len(pages[-1].lines)
            check_limit(LINES, lines, name)
            letters += sum(len(line.text) for line in pages[-1].lines)
            check_limit(LETTERS, letters, name)
    finally:
        document.close()
    return tuple(pages)


def _read_page(page: Any, name: str, number: int) -> RawPage:
    text = page.get_textpage()
    try:
        letters = text.count_chars()
        if letters > _MOST_LETTERS:
            raise FatfKitError(
                "Page {page} of {file} has too many letters ({count}) for a page of a report, so that the file is not "
                "read. Ask its publisher for another copy.",
                file=name,
                page=number,
                count=letters,
            )
        if is_right_to_left(text.get_text_range(0, min(letters, 400)) if letters else ""):
            return _read_right_to_left(_Letters(text, page.get_size()))
        return _read_left_to_right(_Letters(text, page.get_size()))
    finally:
        text.close()


class _Letters:
    """The letters of a page as PDFium orders them, with their places."""

    def __init__(self, text: Any, size: tuple[float, float]) -> None:
        import pypdfium2.raw as pdfium

        self._page, self._pdfium = text.raw, pdfium
        self._width, self._height = size
        count = text.count_chars()
        whole = text.get_text_range(0, count) if count else ""
        if len(whole) != count:  # letters without a code or beyond 16 bits are counted in another way
            codes = (pdfium.FPDFText_GetUnicode(text.raw, at) for at in range(count))
            whole = "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)
        self.text = whole
        self._box = [ctypes.c_double() for _ in range(4)]

    def find_box(self, at: int) -> tuple[float, float, float]:
        """Return left and right edge of a letter and its place from the top of the page."""
        left, right, bottom, top = self._box
        self._pdfium.FPDFText_GetCharBox(self._page, at, left, right, bottom, top)
        x, y = ctypes.c_double(), ctypes.c_double()
        self._pdfium.FPDFText_GetCharOrigin(self._page, at, x, y)
        return min(x.value, left.value), right.value, self._height - y.value

    def list_placed(self) -> Iterator[tuple[float, PlacedLetter]]:
        """Yield each letter of the page with its place from the top."""
        left, right, bottom, _ = self._box
        for at, letter in enumerate(self.text):
            if letter in "\r\n" or self._pdfium.FPDFText_IsGenerated(self._page, at):
                continue
            first, last, top = self.find_box(at)
            first = min(left.value, right.value) if not letter.isspace() else first
            if self.is_on_page(first, last, top):
                low = bottom.value - (self._height - top)
                yield top, PlacedLetter(letter, first, last, low, self.find_size(at))

    def is_on_page(self, left: float, right: float, top: float) -> bool:
        """Return whether a piece of text can be seen."""
        return right > 0 and left < self._width and 0 < top < self._height + 1

    def find_size(self, at: int) -> float:
        """Return the size of a letter in points."""
        return float(self._pdfium.FPDFText_GetFontSize(self._page, at)) or 10.0


def _read_left_to_right(letters: _Letters) -> RawPage:
    rows = [words for words in _split_words(letters) if words]
    sizes = sorted(size for words in rows for *_, size in words)
    letter = sizes[len(sizes) // 2] if sizes else 10.0
    parts = [[_join(part) for part in _split_gaps(words)] for words in rows]
    # at the beginning of a cell or column the next line is higher than the one before
    climbs = sum(after[0].top < before[0].top - letter for before, after in pairwise(parts))
    # a line that goes across columns goes on with a sentence in each of them
    across = sum(len(part) > 1 and all(line.text[:1].islower() for line in part[:2]) for part in parts)
    if across >= _ACROSS and climbs <= 2:
        lines = tuple(
            RawLine(
                text=" ".join(word for word, *_ in words),
                top=words[0][3],
                words=tuple(Word(word, left, right) for word, left, right, *_ in words),
            )
            for words in rows
        )
        return RawPage(lines=lines, is_on_paper=True, letter=letter)
    return RawPage(lines=tuple(line for part in parts for line in part), letter=letter)


_Placed = tuple[str, float, float, float, float]
"""A word with left and right edge, place from the top, and size of its letters."""


def _split_words(letters: _Letters) -> Iterator[list[_Placed]]:
    """Yield the lines of a page as words at their places."""
    for line in _LINE.finditer(letters.text):
        words: list[_Placed] = []
        at = line.start()
        for word in line[0].split(" "):
            shown = word.replace("\r", "").replace("\n", "")
            if shown.strip():
                left, _, top = letters.find_box(at)
                _, right, _ = letters.find_box(at + len(word) - 1)
                if letters.is_on_page(left, right, top):
                    words.append((shown, left, right, top, letters.find_size(at)))
            at += len(word) + 1
        yield words


def _split_gaps(words: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Yield the parts of a line between wide gaps; the number or mark before a text is no part of its own."""
    part = [words[0]]
    for before, word in pairwise(words):
        if word[1] - before[2] > _WIDE * word[4] and not (len(part) == 1 and _NUMBER.fullmatch(part[0][0])):
            yield part
            part = []
        part.append(word)
    yield part


def _join(words: Sequence[_Placed]) -> RawLine:
    text = " ".join(word for word, *_ in words)
    return RawLine(text=text, left=words[0][1], right=words[-1][2], top=words[0][3])


def _read_right_to_left(letters: _Letters) -> RawPage:
    """Return a page as it is on paper: PDFium joins lines that begin at the right edge, and moves letters in them."""
    placed = [(top, letter) for top, letter in letters.list_placed() if not letter.is_mark]
    sizes = sorted(letter.size for _, letter in placed if not letter.text.isspace())
    size = sizes[len(sizes) // 2] if sizes else 10.0
    rows: list[list[PlacedLetter]] = []
    tops: list[float] = []
    for top, letter in sorted(placed, key=lambda pair: pair[0]):
        if tops and top - tops[-1] < _SAME_LINE * size:
            rows[-1].append(letter)
        else:
            rows.append([letter])
            tops.append(top)
    words = [join_letters(row) for row in rows]
    edge = max((row[0].right for row in words if row and not _is_figure(row[0])), default=0.0)
    bodies = (row[1:] if row and _is_figure(row[0]) and row[0].left > edge + size else row for row in words)
    lines = (_make_row(body, top, size) for body, top in zip(bodies, tops, strict=True))
    return RawPage(lines=tuple(line for line in lines if line.text), is_on_paper=True, letter=size)


def _is_figure(word: Word) -> bool:
    """Return whether a word is one figure, as that of a tab beyond the edge where lines begin."""
    return len(word.text) == 1 and word.text.isdigit()


def _make_row(words: Sequence[Word], top: float, size: float) -> RawLine:
    """Return one line from its words from right to left."""
    parts: list[list[str]] = [[]]
    before: Word | None = None
    for word in words:
        if before is not None and before.left - word.right > _WIDE * size:
            parts.append([])
        parts[-1].append(word.text)
        before = word
    text = " ".join(turn_brackets(" ".join(order_words(part))) for part in parts)
    left, right = (words[-1].left, words[0].right) if words else (0.0, 0.0)
    return RawLine(text=text, left=left, right=right, top=top, words=tuple(words))
