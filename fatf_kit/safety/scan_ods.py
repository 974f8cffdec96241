"""A look at an .ods file before any parser gets it. Here one cell or row may stand for a million copies of itself."""

from __future__ import annotations

from fatf_kit.safety.limits import MAX_SHEETS, RefusedError, SheetScan, Tally, too_large
from fatf_kit.safety.partxml import feed, new_parser, parse_xml

_CELLS = ("table:table-cell", "table:covered-table-cell")
_SCRIPT_LISTS = ("script-lb.xml", "script-lc.xml", "dialog-lb.xml", "dialog-lc.xml")


def scan_ods(content: bytes) -> dict[str, SheetScan]:
    """Every sheet by its title.

    Raises:
        RefusedError: beyond the limits, or damaged.
    """
    tally = Tally()
    scans: dict[str, SheetScan] = {}
    scan: SheetScan | None = None
    row = column = -1
    row_copies = copies = 1
    filled, flaw, in_text = False, False, False
    text: list[str] = []

    def finish() -> None:
        nonlocal filled, flaw
        if filled and scan is not None:
            tally.add(scan, row, column, sum(map(len, text)), copies * row_copies)
            if flaw:
                scan.flaws[row, column] = "".join(text).strip() or "#VALUE!"
        filled = flaw = False
        text.clear()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal scan, row, column, row_copies, copies, filled, flaw, in_text
        if name in _CELLS:
            finish()
            copies = _copies(attributes.get("table:number-columns-repeated"))
            column += copies
            filled = "office:value-type" in attributes or "table:formula" in attributes
            flaw = attributes.get("calcext:value-type") == "error"
            in_text = False
        elif name == "text:p":
            filled = in_text = True
        elif name == "table:table-row":
            finish()
            row_copies = _copies(attributes.get("table:number-rows-repeated"))
            row, column = row + row_copies, -1
        elif name == "table:table":
            finish()
            scan = scans.setdefault(attributes.get("table:name", ""), SheetScan())
            row, row_copies = -1, 1
            if len(scans) > MAX_SHEETS:
                too_large(f"more than {MAX_SHEETS} sheets", f"{MAX_SHEETS} sheets")

    def characters(data: str) -> None:
        if in_text:
            text.append(data)

    parser = new_parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, characters
    feed(parser, content)
    finish()
    return scans


def ods_properties(meta: bytes | None) -> dict[str, str]:
    """Custom document properties (meta.xml) by name; empty where there are none."""
    if meta is None:
        return {}
    name = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
    return {
        element.get(f"{name}name", ""): "".join(element.itertext()).strip()
        for element in parse_xml(meta).iter(f"{name}user-defined")
    }


def has_scripts(names: list[str]) -> bool:
    """Whether the package brings macros; the lists of libraries that are written without any do not count."""
    return any(name.startswith(("Basic/", "Scripts/")) and not name.endswith(("/", *_SCRIPT_LISTS)) for name in names)


def _copies(repeated: str | None) -> int:
    if repeated is None:
        return 1
    if not (repeated.isascii() and repeated.isdigit()):
        raise RefusedError("file-broken", why="a number of repeated cells is not a number")
    return max(1, int(repeated[:9]))
