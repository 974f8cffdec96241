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
from fatf_kit.texts.folding import fold
from fatf_kit.texts.model import FileText, LineRules, TextLine
from fatf_kit.texts.reading import RawPage, read_pages

_EDGE = 3
"""Lines at the top and at the bottom of a page among which heads and feet are."""

_REPEATED = 3
"""Pages on which a line at the edge has to be to be a head or foot."""

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
    text = clean_pages(shown_name(path), pages, rules, are_real=are_real)
    return replace(text, has_paragraphs=path.suffix.lower() == ".docx")


def clean_pages(name: str, pages: Sequence[RawPage], rules: LineRules, *, are_real: bool) -> FileText:
    """Return the lines of a text from its raw pages."""
    stripped = [[line for raw in page.lines if (line := _tidy(raw))] for page in pages]
    repeated = _find_repeated(stripped, rules)
    offset = _find_offset(stripped, repeated, rules) if are_real else None
    lines: list[TextLine] = []
    note = 0
    for number, page in enumerate(stripped, start=1):
        shown = number - offset if offset is not None and number > offset else number
        body = _drop_edges(page, repeated, number, offset, rules)
        body, note = _drop_footnotes(body, note, rules)
        place = shown if are_real else None
        lines += (TextLine(text=text, page=place) for text in body if not _is_noise(text))
    blank = [at for at, page in enumerate(pages, start=1) if page.is_blank and are_real]
    return FileText(
        name=name,
        lines=tuple(_join_hyphens(tuple(_join_markers(lines)))),
        pages=len(pages) if are_real else 0,
        has_printed_pages=offset is not None,
        problems=tuple(_report_blank(name, blank, len(pages))),
    )


def _tidy(raw: str) -> str:
    text = remove_unreadable(_SWAPPED.sub(r"\1ال\2", raw.translate(_LINE_END_MARKS)))
    return " ".join(text.replace("\u00a0", " ").split())


def _is_noise(text: str) -> bool:
    """Return whether a line is of a table of contents, or a single digit of the tabs at the edge of a page."""
    return _LEADERS.search(text) is not None or (len(text) == 1 and text.isdigit())


def _report_blank(name: str, blank: Sequence[int], pages: int) -> Iterator[Problem]:
    if len(blank) > max(1, pages // 20):
        listed = ", ".join(map(str, blank[:10])) + (" …" if len(blank) > 10 else "")
        yield make_problem("report-pages-blank", CellRef(file=name), count=len(blank), pages=listed)


def _key(line: str, page: int) -> tuple[str, int | None]:
    """Return what is alike in the heads of all pages: the words, and how far the page number is from the page's place.

    The number is at either end of the line; the second value is None without one.
    """
    plain = fold(line)
    number = _NUMBER_AT_END.search(plain)
    words = re.sub(r"[\W_]+", " ", _NUMBER_AT_END.sub("", plain)).strip()
    return words, page - int(next(filter(None, number.groups()))) if number else None


def _edges(page: Sequence[str]) -> list[str]:
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


_Key = tuple[str, int | None]


def _find_repeated(pages: Sequence[Sequence[str]], rules: LineRules) -> frozenset[_Key]:
    """Return the keys of lines that are at the edges of several pages, with the page's number or without one.

    A line that may begin a part of the report, or that ends a sentence, is never one.
    """
    counts: Counter[_Key] = Counter()
    parts: set[_Key] = set()
    for number, page in enumerate(pages, start=1):
        edges = _edges(page)
        counts.update({_key(line, number) for line in edges if not line.endswith(_SENTENCE_ENDS)})
        parts |= {_key(line, number) for line in edges if rules.begins_part(line)}
    most = max(_REPEATED, len(pages) // 50)
    repeated = {key for key, count in counts.items() if key[0] and count >= most}
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
    """Return the number of a line that is a page number; one with a full stop ends a sentence."""
    found = None if line.endswith(_SENTENCE_ENDS) else rules.page_number.fullmatch(fold(line))
    return int(found[1]) if found else None


def _drop_edges(
    page: Sequence[str], repeated: frozenset[_Key], place: int, offset: int | None, rules: LineRules
) -> list[str]:
    """Return a page without heads, feet and page number; a number that is not the page's own may end a sentence."""
    last = len(page) - _EDGE
    kept = []
    for at, line in enumerate(page):
        is_edge = at < _EDGE or at >= last
        number = _read_page_number(line, rules) if is_edge else None
        is_own = at in (0, last + 2) if offset is None else number == place - offset
        is_number = number is not None and is_own
        if not (is_number or (is_edge and _key(line, place) in repeated)):
            kept.append(line)
    return kept


def _drop_footnotes(page: list[str], before: int, rules: LineRules) -> tuple[list[str], int]:
    """Return a page without its footnotes, and the number of the last one.

    Footnotes are the lines from the first at the lower half of the page whose number follows on the last footnote, as
    long as no line after it begins a part of the report. Whatever is not certain stays.
    """
    for at in range(len(page) // 2, len(page)):
        found = _FOOTNOTE.match(page[at])
        if found and int(found[1]) in (before + 1, 1) and not any(map(rules.is_row, page[at:])):
            numbers = [int(one[1]) for line in page[at:] if (one := _FOOTNOTE.match(line))]
            if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
                return page[:at], numbers[-1]
    return page, before


def _join_markers(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Yield the lines with a bullet or letter that is alone on its line before the text that it marks."""
    mark = ""
    for line in lines:
        if _LONE_MARK.fullmatch(line.text):
            mark = f"{line.text} "
        else:
            yield TextLine(text=mark + line.text, page=line.page) if mark else line
            mark = ""


def _join_hyphens(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Yield the lines with a word that was cut at the end of a line whole on the first of the two."""
    waiting: TextLine | None = None
    for line in lines:
        text = line.text
        if waiting is not None and text[:1].islower():
            word, _, rest = text.partition(" ")
            yield TextLine(text=waiting.text[:-1] + word, page=waiting.page)
            text = rest
        elif waiting is not None:
            yield waiting
        waiting = None
        if text and _HYPHEN.search(text):
            waiting = TextLine(text=text, page=line.page)
        elif text:
            yield TextLine(text=text, page=line.page)
    if waiting is not None:
        yield waiting
