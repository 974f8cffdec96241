"""XML inside a workbook's package, read with the brakes on.

Parsed as UTF-8 whatever a part declares, because that is what the reader behind the guard does too, and never past a
document type, so no entity is ever defined, fetched or expanded.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.parsers import expat

from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.core.message_facts import Phrase
from fatf_kit.spreadsheets.formats.limits import MAX_TREE, RefusedError, refuse_size

_STEP = 1024
_PLAIN_ROOT = re.compile(rb"""(?:<\?xml[^<>?]*\?>\s*)?<([A-Za-z]+)[\s/>]""")
"""A first element without a prefix, with nothing before it but the declaration: no document type, no comment."""


def new_parser() -> expat.XMLParserType:
    """Return a parser that goes no further than a document type: parsing with it raises RefusedError there."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise RefusedError("file-broken", why="it declares a document type, which office programs never write")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, part: bytes) -> None:
    """Parse a whole part.

    Raises:
        RefusedError: not well-formed.
    """
    try:
        parser.Parse(part, True)  # noqa: FBT003 - positional only
    except expat.ExpatError as fault:
        raise RefusedError("file-broken", why="a sheet is incomplete or not well-formed") from fault


def find_root(part: bytes) -> str | None:
    """Return local name of a part's first element, None where it is not XML.

    Raises:
        RefusedError: the part brings its own document type.

    >>> find_root(b'<x:worksheet xmlns:x="y"/>'), find_root(b"GIF89a")
    ('worksheet', None)
    """
    if plain := _PLAIN_ROOT.match(part):
        return plain[1].decode()
    found: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        found.append(strip_prefix(name))
        parser.StartElementHandler = None

    parser = new_parser()
    parser.StartElementHandler = start
    try:
        for begin in range(0, len(part), _STEP):
            parser.Parse(part[begin : begin + _STEP])
            if found:
                break
    except expat.ExpatError:
        pass
    return found[0] if found else None


def parse_xml(part: bytes) -> ET.Element:
    """Return a small part as a tree.

    Raises:
        RefusedError: not well-formed, too large, or with a document type of its own.
    """
    if len(part) > MAX_TREE:
        refuse_size("a list inside it is too long", Phrase("{limit} MB", limit=MAX_TREE // MEGABYTE))
    find_root(part)
    try:
        return ET.fromstring(part, parser=ET.XMLParser(encoding="utf-8"))  # noqa: S314 - no document type passes
    except ET.ParseError as fault:
        raise RefusedError("file-broken", why="a part of it is not well-formed") from fault


def strip_prefix(name: str) -> str:
    """Return a name without its prefix or namespace.

    >>> strip_prefix("x:row"), strip_prefix("{urn:y}row")
    ('row', 'row')
    """
    return name.rpartition(":")[2].rpartition("}")[2]
