"""Pages of a text file: with its form feeds, and with its columns as they are on paper."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.texts.limits import LETTERS, LINE_LENGTH, LINES, PAGES, check_limit
from fatf_kit.texts.model import RawLine, RawPage

_LINE_ENDS = "\n\r\x0b\x1c\x1d\x1e\x85\u2028\u2029"
"""The characters that end a line for `str.splitlines`."""


def read_plain(content: bytes, name: str) -> tuple[RawPage, ...]:
    """Return the pages of a text file; one without form feeds is one page.

    Raises:
        FatfKitError: the text is beyond the limits.
    """
    text = _decode(content).rstrip()
    check_limit(LETTERS, len(text), name)
    pages = text.split("\f")
    check_limit(PAGES, len(pages), name)
    check_limit(LINES, sum(page.count(mark) for page in pages for mark in _LINE_ENDS), name)
    return tuple(RawPage(lines=tuple(_read_lines(page, name)), is_on_paper=True) for page in pages)


def _read_lines(page: str, name: str) -> Iterator[RawLine]:
    for place, line in enumerate(page.splitlines()):
        check_limit(LINE_LENGTH, len(line), name)
        yield RawLine(text=line.expandtabs(), top=float(place))


def _decode(content: bytes) -> str:
    """Return a text file's text; older Windows code pages are tried last."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        arabic = sum(byte >= 0xC0 for byte in content) > len(content) // 4
        return content.decode("cp1256" if arabic else "cp1252", "replace")
