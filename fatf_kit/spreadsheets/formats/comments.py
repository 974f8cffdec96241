"""What lies over the cells of an .xlsx sheet, where no reader of values looks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from fatf_kit.spreadsheets.formats.limits import RefusedError, SheetScan
from fatf_kit.spreadsheets.formats.link_targets import note_formulas, note_links
from fatf_kit.spreadsheets.formats.part_xml import local, parse_xml
from fatf_kit.spreadsheets.formats.plain_sheet import position_of

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
            scan.notes += _commented(part)
        elif kind == "drawing" and part is not None:
            scan.objects += _drawn(part)


def _targets(relations: bytes, folder: str) -> Iterator[tuple[str, str]]:
    """The kind of each relation inside the package, and the part that it leads to."""
    for element in parse_xml(relations):
        if element.get("TargetMode") != _EXTERNAL:
            target = posixpath.normpath(posixpath.join(f"/{folder}", element.get("Target", ""))).lstrip("/")
            yield element.get("Type", "").rpartition("/")[2], target


def _commented(part: bytes) -> Iterator[tuple[int, int]]:
    for element in parse_xml(part).iter():
        if local(element.tag) == "comment" and _says_something(element):
            yield position_of(element.get("ref", ""))


def _drawn(part: bytes) -> int:
    try:
        shapes = list(parse_xml(part).iter())
    except RefusedError:
        return 1
    return sum(local(one.tag) == "pic" or (local(one.tag) == "sp" and _says_something(one)) for one in shapes)


def _says_something(element: ET.Element) -> bool:
    return any(local(one.tag) == "t" and (one.text or "").strip() for one in element.iter())
