"""Comments, links, objects, headers and footers of a sheet, which no reader of values sees."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from xml.etree import ElementTree as ET

from fatf_kit.spreadsheets.formats.limits import RefusedError, SheetScan
from fatf_kit.spreadsheets.formats.part_xml import parse_xml, strip_prefix
from fatf_kit.spreadsheets.formats.plain_sheet import parse_address

_EMBEDDED = ("oleObject", "package")
_EXTERNAL = "External"


def note_remarks(parts: Mapping[str, bytes], sheet: str, scan: SheetScan) -> None:
    """Add to the scan of a sheet the cells with a comment or a link, and how many objects lie on it.

    `sheet` is its part. Charts are no objects: they say nothing that cells do not. A drawing that cannot be read counts
    as one object.

    Raises:
        RefusedError: its comments are damaged, or there are too many links.
    """
    note_formulas(parts[sheet], scan)
    folder, _, name = sheet.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{name}.rels")
    if relations is None:
        return
    note_links(parts[sheet], relations, scan)
    for kind, target in _targets(relations, folder):
        part = parts.get(target)
        if kind in _EMBEDDED:
            scan.objects += 1
        elif kind == "comments" and part is not None:
            scan.notes.update(_commented(part))
        elif kind == "drawing" and part is not None:
            scan.objects += _drawn(part)


def _targets(relations: bytes, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the kind of each relation inside the package, and the part that it leads to."""
    for element in parse_xml(relations):
        if element.get("TargetMode") != _EXTERNAL:
            target = posixpath.normpath(posixpath.join(f"/{folder}", element.get("Target", ""))).lstrip("/")
            yield element.get("Type", "").rpartition("/")[2], target


def _commented(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for element in parse_xml(part).iterfind(".//{*}comment"):
        if (text := _text_in(element)).strip():
            yield parse_address(element.get("ref", "")), text


def _drawn(part: bytes) -> int:
    try:
        shapes = list(parse_xml(part).iter())
    except RefusedError:
        return 1
    return sum(
        strip_prefix(one.tag) == "pic" or (strip_prefix(one.tag) == "sp" and bool(_text_in(one).strip()))
        for one in shapes
    )


def _text_in(element: ET.Element) -> str:
    return "".join(one.text or "" for one in element.iterfind(".//{*}t"))


_LINK = re.compile(rb"""<(?:[A-Za-z][\w.-]*:)?hyperlink\s((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(rb"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CALL = b"HYPERLINK("
_CELL_WITH_CALL = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s([^<>]*))?>([^<]*HYPERLINK\([^<]*)<""", re.IGNORECASE
)
_TARGET = re.compile(r"""HYPERLINK\(\s*"((?:[^"]|"")*)"\s*[,;)]""", re.IGNORECASE)


def note_links(part: bytes, relations: bytes, scan: SheetScan) -> None:
    """Add to the scan the links of an .xlsx sheet that lead out of the workbook. `relations` say where to.

    Raises:
        RefusedError: beyond the limits, or damaged.
    """
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in parse_xml(relations)
        if element.get("TargetMode") == "External"
        and element.get("Type", "").endswith("/hyperlink")
        and not element.get("Target", "").startswith("#")  # as some programs write what stays in the workbook
    }
    if not targets:
        return
    for found in _LINK.finditer(part, max(0, part.rfind(b"sheetData"))):
        named = dict(_attributes(found[1]))
        if named.get(b"id") in targets:
            first, _, last = named.get(b"ref", "").partition(":")
            address = "#".join(filter(None, (targets[named[b"id"]], named.get(b"location"))))
            scan.link(*parse_address(first), *parse_address(last or first), address)


def note_formulas(part: bytes, scan: SheetScan) -> None:
    """Add to the scan the cells of an .xlsx sheet whose formula makes a link, those too that share one.

    Raises:
        RefusedError: beyond the limits, or damaged.
    """
    if _CALL not in part:
        return
    for cell, shared, formula in _CELL_WITH_CALL.findall(part):
        place = dict(_attributes(shared)).get(b"ref") or dict(_attributes(cell)).get(b"r")
        if place and (address := read_formula_target(_text(formula))) is not None:
            first, _, last = place.partition(":")
            scan.link(*parse_address(first), *parse_address(last or first), address)


def read_formula_target(formula: str) -> str | None:
    """Return the address in a formula that makes a link: "" where it is computed, None where it is in the workbook.

    >>> read_formula_target('HYPERLINK("https://example.org/law","the law")'), read_formula_target("HYPERLINK(A1)")
    ('https://example.org/law', '')
    >>> read_formula_target('HYPERLINK("#Cover!A1")') is None
    True
    """
    found = _TARGET.search(formula)
    address = found[1].replace('""', '"').strip() if found else ""
    return None if address.startswith("#") else address


def _attributes(raw: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield names without their prefix, and values."""
    return ((name.rpartition(b":")[2], _text(one or two)) for name, one, two in _ATTRIBUTE.findall(raw))


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))


_BLOCK = re.compile(rb"<(?:\w+:)?headerFooter[\s>].*?</(?:\w+:)?headerFooter\s*>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)(?:\s[^<>]*)?>([^<]*)<")
_CODES = re.compile(
    r"&(?:(?P<and>&)|(?P<part>[LCR])|(?P<page>[PN])(?:[+-]\d+)?|\"[^\"]*\"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d+|[A-Za-z])"
)
_PAGE = "\x00"  # where the number of the page stands
_ABOUT_PAGES = re.compile(
    r"(?:page|pages|of|sur|de|von|di|/|seite|página|pagina|pág|strana|sayfa|стр|страница|из|صفحة|الصفحة|من)?"
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
            scan.margins += extract_words(unescape(text.decode("utf-8", "replace")))


def extract_words(text: str) -> list[str]:
    """Return the words of a header or footer in its left, middle and right part, without commands and numbers of pages.

    >>> extract_words("&L&8Examplia&RPage &P of &N"), extract_words('&C&"Arial,Bold"R&&D is &K0000FFnot met')
    (['Examplia'], ['R&D is not met'])
    """
    plain = _CODES.sub(
        lambda code: "&" if code["and"] else "\n" if code["part"] else _PAGE if code["page"] else "", text
    )
    return [words for piece in plain.split("\n") if (words := _without_pages(piece))]


def _without_pages(piece: str) -> str:
    words = " ".join(piece.replace(_PAGE, " ").split())
    counts_pages = all(_ABOUT_PAGES.fullmatch(word.strip(".,:()[]-–").lower()) for word in words.split())
    return "" if _PAGE in piece and counts_pages else words


def read_ods_margins(styles: bytes) -> list[str]:
    """Return the words of all headers and footers of an .ods file; they belong to styles of pages, not to a sheet.

    Raises:
        RefusedError: the styles are damaged.
    """
    if b"<style:header" not in styles and b"<style:footer" not in styles:
        return []
    found = []
    for master in parse_xml(styles).iter():
        if strip_prefix(master.tag) in _ODS_PARTS and not any(
            strip_prefix(key) == "display" and on == "false" for key, on in master.items()
        ):
            lines = ("".join(_readable_text(one)) for one in master.iter() if strip_prefix(one.tag) == "p")
            found += [words for line in lines if (words := _without_pages(line))]
    return found


def _readable_text(element: ET.Element) -> Iterator[str]:
    """Yield the text of a paragraph without what fields stand for."""
    yield element.text or ""
    for child in element:
        name = strip_prefix(child.tag)
        yield from (
            [_PAGE] if name in _ODS_PAGES else [" "] if name in (*_ODS_FIELDS, "s", "tab") else _readable_text(child)
        )
        yield child.tail or ""
