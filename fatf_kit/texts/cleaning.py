"""From raw pages to the lines of a text, without page heads, page numbers, footnotes and words cut at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from fatf_kit.core.files import shown_name
from fatf_kit.core.languages import remove_unreadable
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.texts.columns import PageArranger
from fatf_kit.texts.folding import fold
from fatf_kit.texts.lists import MarkKind, read_marks
from fatf_kit.texts.model import FileText, LineRules, RawLine, RawPage, TextLine
from fatf_kit.texts.reading import read_pages

_EDGE = 3
"""Lines at the top and at the bottom of a page among which heads and feet are."""

_LONGEST_HEAD = 300
"""Letters of a head or foot at most."""

_REPEATED = 3
"""Pages on which a line at the edge has to be to be a head or foot."""

_LEAP = 1.9
"""Distance of two lines, in sizes of their letters, from which they are not directly below each other."""

_COLUMN = 10
"""Distance of the end of a column from the top of the next one at least, in sizes of letters."""

_NUMBER_AT_END = re.compile(r"^[\W_]*(\d{1,4})(?!\w|[.]\d)[\W_]*|[\W_]*(?<![\w.])(\d{1,4})[\W_]*$")
_SENTENCE_ENDS = (".", ";", ":", ",")
_FOOTNOTE = re.compile(r"\s*(\d{1,3})\s{1,4}(?=[^\W\d_]|[\"“«(])")
_HYPHEN = re.compile("(?<=[^\\W\\d_])[-\u00ad\u2010\ufffe\x02]$")
_LINE_END_MARKS = str.maketrans({"\u00ad": "-", "\ufffe": "-", "\x02": "-"})
_SWAPPED = re.compile(r"(?<!\w)([وفبك]?)ا([أإآ])ل")
"""The article before a hamza, whose letters PDFium gives in the wrong order."""

_LONE_MARK = re.compile(r"[•▪●◦‣·○■□➢✓\uf0b7\uf0a7]|\(?[a-z]\)|[a-z]\.")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")


def read_text(path: Path, rules: LineRules) -> FileText:
    """Return the clean text of a file.

    Raises:
        FatfKitError: the file cannot be read; see `read_pages`.
    """
    pages, are_real = read_pages(path)
    return clean_pages(shown_name(path), pages, rules, are_real=are_real)


def clean_pages(name: str, pages: Sequence[RawPage], rules: LineRules, *, are_real: bool) -> FileText:
    """Return the lines of a text in reading order from its raw pages."""
    stripped = [[tidied for line in page.lines if (tidied := _tidy_line(line)).text.strip()] for page in pages]
    shown = [[_tidy(line.text) for line in page] for page in stripped]
    repeated = _find_repeated(shown, rules)
    tabs = _find_tabs(shown)
    offset = _find_offset(shown, repeated, rules) if are_real else None
    lines: list[TextLine] = []
    arranger = PageArranger(rules)
    note = block = 0
    for number, (page, raw) in enumerate(zip(stripped, pages, strict=True), start=1):
        printed = number - offset if offset is not None and number > offset else number
        edged = _drop_edges(shown[number - 1], repeated, number, offset, rules)
        kept, note = _drop_footnotes(shown[number - 1], edged, note, rules)
        noise = [at for at in kept if _is_noise(shown[number - 1][at], tabs)]
        body = tuple(_close_gap(page[at], at, noise, raw) for at in kept if at not in noise)
        arranged = arranger.arrange(replace(raw, lines=body))
        before: RawLine | None = None
        for line in arranged:
            block += _begins_block(before, line, raw.letter)
            text = _tidy(line.text)
            place = printed if are_real else None
            lines.append(TextLine(text=text, page=place, block=block, cell=line.cell, left=line.left, right=line.right))
            before = line
    blank = [at for at, page in enumerate(pages, start=1) if page.is_blank and are_real]
    return FileText(
        name=name,
        lines=tuple(_join_hyphens(tuple(_join_markers(lines)))),
        pages=len(pages) if are_real else 0,
        has_printed_pages=offset is not None,
        has_paragraphs=any(page.has_paragraphs for page in pages),
        problems=tuple(_report_blank(name, blank, len(pages))),
    )


def _close_gap(line: RawLine, at: int, noise: Sequence[int], page: RawPage) -> RawLine:
    """Return a line of a text file one place higher for each line of noise above it, which took a line for itself."""
    above = sum(other < at for other in noise) if page.is_on_paper and not line.words else 0
    return replace(line, top=line.top - above) if above else line


def _tidy_line(line: RawLine) -> RawLine:
    """Return a line without marks that cannot be seen; the gaps between its words stay."""
    text = _clean_letters(line.text)
    words = tuple(replace(word, text=_clean_letters(word.text)) for word in line.words)
    return replace(line, text=text, words=words)


def _clean_letters(raw: str) -> str:
    return remove_unreadable(_SWAPPED.sub(r"\1ال\2", raw.translate(_LINE_END_MARKS))).replace("\u00a0", " ")


def _tidy(raw: str) -> str:
    return " ".join(raw.split())


def _begins_block(before: RawLine | None, line: RawLine, letter: float) -> bool:
    """Return whether a line begins a block: a paragraph or cell begins, or it is not directly below the line before.

    At the beginning of a page nothing says so, and the block goes on.
    """
    if before is None:
        return line.is_start and line.cell is not None
    if _is_next_column(before, line, letter):
        return False
    if line.is_start or line.cell != before.cell:
        return True
    if line.left is None or line.right is None or before.left is None or before.right is None:
        return False
    is_below = 0 < line.top - before.top <= _LEAP * letter
    return not is_below or line.left > before.right or line.right < before.left


def _is_next_column(before: RawLine, line: RawLine, letter: float) -> bool:
    """Return whether a line is at the top of the next column of running text, in which a paragraph may go on."""
    if line.cell is not None or before.cell is not None or line.left is None or before.right is None:
        return False
    return line.left > before.right and before.top - line.top > _COLUMN * letter


def _find_tabs(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the digits that are alone on a line of several pages: the tabs of chapters at the edge of each page."""
    counts = Counter(line for page in pages for line in {line for line in page if len(line) == 1 and line.isdigit()})
    return frozenset(line for line, count in counts.items() if count >= _REPEATED)


def _is_noise(text: str, tabs: frozenset[str]) -> bool:
    """Return whether a line is of a table of contents, or one of the tabs at the edge of a page."""
    return _LEADERS.search(text) is not None or text in tabs


def _report_blank(name: str, blank: Sequence[int], pages: int) -> Iterator[Problem]:
    if len(blank) > max(1, pages // 20):
        listed = ", ".join(map(str, blank[:10])) + (" …" if len(blank) > 10 else "")
        yield make_problem("report-pages-blank", CellRef(file=name), count=len(blank), pages=listed)


def _key(line: str, page: int) -> tuple[str, int | None]:
    """Return what is alike in the heads of all pages: the words, and how far the page number is from the page's place.

    The number is at either end of the line; the second value is None without one.
    """
    if len(line) > _LONGEST_HEAD:
        return line, None
    plain = fold(line)
    number = _NUMBER_AT_END.search(plain)
    words = re.sub(r"[\W_]+", " ", _NUMBER_AT_END.sub("", plain)).strip()
    return words, page - int(next(filter(None, number.groups()))) if number else None


def _edges(page: Sequence[str]) -> list[str]:
    return [page[place] for place, _ in _list_edges(len(page))]


def _list_edges(count: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the lines at the edges of a page of so many lines, counted from the top and from its edge."""
    yield from ((place, place) for place in range(min(_EDGE, count)))
    yield from ((place, place - count) for place in range(max(_EDGE, count - _EDGE), count))


_Key = tuple[str, int | None]


def _find_repeated(pages: Sequence[Sequence[str]], rules: LineRules) -> frozenset[_Key]:
    """Return the keys of lines that are at one place of the edges of several pages, with the page's number or without.

    A line that may begin a part of the text, is an item of a list or ends a sentence is never one.
    """
    counts: Counter[tuple[_Key, int]] = Counter()
    parts: set[_Key] = set()
    for number, page in enumerate(pages, start=1):
        for place, at in _list_edges(len(page)):
            line = page[place]
            if rules.begins_part(line) or any(mark.kind is MarkKind.BULLET for mark in read_marks(line)):
                parts.add(_key(line, number))
            elif not line.endswith(_SENTENCE_ENDS):
                counts[_key(line, number), at] += 1
    most = max(_REPEATED, len(pages) // 50)
    repeated = {key for (key, _), count in counts.items() if key[0] and count >= most}
    return frozenset(repeated - parts)


def _find_offset(pages: Sequence[Sequence[str]], repeated: frozenset[_Key], rules: LineRules) -> int | None:
    """Return by how much the order of pages exceeds the printed numbers; None where no number is printed on most."""
    counts: Counter[int] = Counter()
    for number, page in enumerate(pages, start=1):
        offsets = set()
        for line in _edges(page):
            key = _key(line, number)
            if (printed := _read_page_number(line, rules)) is not None:
                offsets.add(number - printed)
            elif key in repeated and key[1] is not None:
                offsets.add(key[1])
        counts.update(offsets)
    offset, count = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    return offset if count >= 2 and count * 2 >= len(pages) else None


def _read_page_number(line: str, rules: LineRules) -> int | None:
    """Return the number of a line that is a page number.

    One with a full stop ends a sentence, and one that closes a bracket ends what an earlier line began.
    """
    is_text = line.endswith(_SENTENCE_ENDS) or line.count("(") != line.count(")")
    is_long = len(line) > _LONGEST_HEAD or is_text
    match = None if is_long else rules.page_number.fullmatch(fold(line))
    return int(match[1]) if match else None


def _drop_edges(
    page: Sequence[str], repeated: frozenset[_Key], place: int, offset: int | None, rules: LineRules
) -> list[int]:
    """Return the places of the lines of a page without heads, feet and page number.

    A number that is not the page's own may end a sentence.
    """
    last = len(page) - _EDGE
    kept = []
    for at, line in enumerate(page):
        is_edge = at < _EDGE or at >= last
        number = _read_page_number(line, rules) if is_edge else None
        is_own = at in (0, last + 2) if offset is None else number == place - offset
        is_number = number is not None and is_own
        if not (is_number or (is_edge and _key(line, place) in repeated)):
            kept.append(at)
    return kept


def _drop_footnotes(
    page: Sequence[str], kept: Sequence[int], before: int, rules: LineRules
) -> tuple[Sequence[int], int]:
    """Return the places of the lines of a page without its footnotes, and the number of the last one.

    Footnotes are the lines from the first at the lower half of the page whose number follows on the last footnote, as
    long as no line after it begins a part of the text. Whatever is not certain stays.
    """
    lines = [page[at] for at in kept]
    for at in range(len(lines) // 2, len(lines)):
        note = _FOOTNOTE.match(lines[at])
        if note and int(note[1]) in (before + 1, 1) and not any(map(rules.is_row, lines[at:])):
            numbers = [int(match[1]) for line in lines[at:] if (match := _FOOTNOTE.match(line))]
            if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
                return kept[:at], numbers[-1]
    return kept, before


def _join_markers(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Yield the lines with a bullet or letter that is alone on its line before the text that it marks."""
    mark: TextLine | None = None
    for line in lines:
        is_same = mark is not None and (mark.cell is None or mark.cell == line.cell)
        joined = line
        if mark is not None and is_same:
            joined = replace(line, text=f"{mark.text} {line.text}", left=mark.left, block=mark.block)
        elif mark is not None:
            yield mark
        mark = joined if _LONE_MARK.fullmatch(joined.text) else None
        if mark is None:
            yield joined
    if mark is not None:
        yield mark


def _join_hyphens(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Yield the lines with a word that was cut at the end of a line whole on the first of the two."""
    waiting: TextLine | None = None
    for line in lines:
        text = line.text
        if waiting is not None and text[:1].islower():
            word, _, text = text.partition(" ")
            joined = replace(waiting, text=waiting.text[:-1] + word)
            if not text and _HYPHEN.search(word):  # a word that is cut twice
                waiting = joined
                continue
            yield joined
        elif waiting is not None:
            yield waiting
        waiting = None
        if text and _HYPHEN.search(text):
            waiting = replace(line, text=text)
        elif text:
            yield replace(line, text=text)
    if waiting is not None:
        yield waiting
