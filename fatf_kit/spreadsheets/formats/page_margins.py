"""Words in the printed headers and footers of a sheet, which no reader of values sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree as ET

from fatf_kit.spreadsheets.formats.limits import SheetScan
from fatf_kit.spreadsheets.formats.part_xml import local, parse_xml

_BLOCK = re.compile(rb"<(?:\w+:)?headerFooter[\s>].*?</(?:\w+:)?headerFooter\s*>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)(?:\s[^<>]*)?>([^<]*)<")
_CODES = re.compile(
    r"&(?:(?P<and>&)|(?P<part>[LCR])|(?P<page>[PN])(?:[+-]\d+)?|\"[^\"]*\"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d+|[A-Za-z])"
)
_PAGE = "\x00"  # where the number of the page stands
_ABOUT_PAGES = frozenset(
    [
        "page",
        "pages",
        "of",
        "sur",
        "de",
        "von",
        "di",
        "/",
        "seite",
        "página",
        "pagina",
        "pág",
        "strana",
        "sayfa",
        "стр",
        "страница",
        "из",
        "صفحة",
        "الصفحة",
        "من",
    ]
)
_ODS_PARTS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
_ODS_PAGES = ("page-number", "page-count")
_ODS_FIELDS = (*_ODS_PAGES, "sheet-name", "title", "date", "time", "file-name")


def note_margins(part: bytes, scan: SheetScan) -> None:
    """Add the words of the headers and footers of an .xlsx sheet to its scan."""
    begin = part.rfind(b"</sheetData") if b"headerFooter" in part[-20_000:] or len(part) < 20_000 else -1
    if begin < 0 and b"headerFooter" not in part:
        return
    for block in _BLOCK.findall(part, max(begin, 0)):
        for text in _TEXT.findall(block):
            scan.margins += printed_words(unescape(text.decode("utf-8", "replace")))


def printed_words(text: str) -> list[str]:
    """The words of a header or footer in its left, middle and right part, without commands and numbers of pages.

    >>> printed_words("&L&8Examplia&RPage &P of &N"), printed_words('&C&"Arial,Bold"R&&D is &K0000FFnot met')
    (['Examplia'], ['R&D is not met'])
    """
    plain = _CODES.sub(
        lambda code: "&" if code["and"] else "\n" if code["part"] else _PAGE if code["page"] else "", text
    )
    return [words for piece in plain.split("\n") if (words := _without_pages(piece))]


def _without_pages(piece: str) -> str:
    words = " ".join(piece.replace(_PAGE, " ").split())
    counts_pages = _PAGE in piece and all(
        word.strip(".,:()[]-–").lower() in {*_ABOUT_PAGES, ""} for word in words.split()
    )
    return "" if counts_pages else words


def ods_margins(styles: bytes) -> list[str]:
    """The words of all headers and footers of an .ods file; they belong to styles of pages, not to a sheet.

    Raises:
        RefusedError: the styles are damaged.
    """
    if b"<style:header" not in styles and b"<style:footer" not in styles:
        return []
    found = []
    for master in parse_xml(styles).iter():
        if local(master.tag) in _ODS_PARTS and not any(
            local(key) == "display" and on == "false" for key, on in master.items()
        ):
            lines = ("".join(_spoken(one)) for one in master.iter() if local(one.tag) == "p")
            found += [words for line in lines if (words := _without_pages(line))]
    return found


def _spoken(element: ET.Element) -> Iterator[str]:
    """The text of a paragraph without what fields stand for."""
    yield element.text or ""
    for child in element:
        name = local(child.tag)
        yield from ([_PAGE] if name in _ODS_PAGES else [" "] if name in (*_ODS_FIELDS, "s", "tab") else _spoken(child))
        yield child.tail or ""
