"""Words that somebody struck out instead of deleting them: a reader of values reads them like any others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from fatf_kit.safety.limits import SheetScan
from fatf_kit.safety.partxml import local, parse_xml
from fatf_kit.safety.plain_sheet import position_of

_MARK = b"<strike"
_STRUCK = re.compile(rb"""<(?:\w+:)?strike(?:\s*/?>|\s+val\s*=\s*["'](?:1|true)["'])""")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^/<>])>\s*<(?:\w+:)?(?:v>([^<]*)<|is>(.*?)</(?:\w+:)?is>|f)", re.DOTALL)
_ATTRIBUTE = re.compile(rb"""\b(r|s|t)\s*=\s*["']([^"']*)["']""")
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"


def note_struck(parts: Mapping[str, bytes], scans: Mapping[str, SheetScan]) -> None:
    """Add to the scans, by part, the cells in which anything is struck out, by their format or within their text.

    Raises:
        RefusedError: the formats are damaged.
    """
    formats = _struck_formats(parts.get(_STYLES, b""))
    strings = _struck_strings(parts.get(_STRINGS, b""))
    for name, scan in scans.items() if formats or strings else ():  # texts within cells are looked at then only
        for attributes, value, text in _CELL.findall(parts[name]):
            named = dict(_ATTRIBUTE.findall(attributes))
            struck = named.get(b"s") in formats or (named.get(b"t") == b"s" and value.strip() in strings)
            if (struck or _STRUCK.search(text)) and b"r" in named:
                scan.strike(*position_of(named[b"r"].decode("ascii", "replace")))


def _struck_formats(part: bytes) -> Set[bytes]:
    """Numbers of the formats of cells whose typeface is struck out."""
    if not _STRUCK.search(part):
        return frozenset()
    root = parse_xml(part)
    fonts = [font for one in root if local(one.tag) == "fonts" for font in one]
    struck = {str(number) for number, font in enumerate(fonts) if any(_is_struck(one.tag, one.attrib) for one in font)}
    formats = [one for group in root if local(group.tag) == "cellXfs" for one in group]
    return {str(number).encode() for number, one in enumerate(formats) if one.get("fontId") in struck}


def _is_struck(tag: str, attributes: Mapping[str, str]) -> bool:
    return local(tag) == "strike" and attributes.get("val", "1") in ("1", "true")


def _struck_strings(part: bytes) -> Set[bytes]:
    """Numbers of the texts that have struck words in them."""
    if part.rfind(_MARK) < 0:  # nobody writes these with a prefix; backwards its last letter rules most places out
        return frozenset()
    texts = re.split(rb"<(?:\w+:)?si[\s>/]", part)[1:]
    return {str(number).encode() for number, text in enumerate(texts) if _STRUCK.search(text)}
