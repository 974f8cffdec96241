"""SVG fit to stand inside a page: text as text, a group for each mark, and nothing that reaches the page around it.

matplotlib writes a style sheet, style attributes, which a strict page forbids, and the same ids into each picture.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

SPACE = "http://www.w3.org/2000/svg"
MARK = "mark-"
"""The group of a mark is named so, after the name of its chart and before the number of its series."""
MESSAGE = "message"

_NAMES = {"metadata", "style"}
_FONTS = "'IBM Plex Sans Arabic', 'Segoe UI', 'Noto Sans Arabic', Tahoma, Arial, 'DejaVu Sans', sans-serif"
"""The font that texts are measured in, then those that other machines have."""

_STYLE = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+)")
_USE = re.compile(r"#([^)]+)")
_HAIR = 0.5
"""A text this narrow keeps its natural width."""

ET.register_namespace("", SPACE)


def make_embeddable(svg: bytes, *, name: str, alt: str, widths: Sequence[float]) -> bytes:
    """Return a picture of matplotlib's with its description, its marks as groups, and ids that are its own.

    Args:
        svg: The picture as matplotlib wrote it.
        name: Its name, which begins every id in it.
        alt: What it shows, in words.
        widths: The width of every text in order, in points, which each has in any font.
    """
    drawn = parse_svg(svg)
    made = ET.Element(f"{{{SPACE}}}svg", {"role": "img", "aria-label": alt})
    made.attrib |= {key: drawn.attrib[key] for key in ("width", "height", "viewBox")}
    made.attrib |= {"direction": "ltr", "font-family": _FONTS, "stroke-linejoin": "round", "stroke-linecap": "butt"}
    room = iter(widths)
    groups: dict[str, ET.Element] = {}
    ids: dict[str, str] = {}
    for mark, shape in _list_shapes(drawn, ""):
        for part in shape.iter():
            _simplify(part, name, ids)
        if _is(shape, "text"):
            _set_width(shape, next(room))
        _find_group(made, mark, name, groups).append(shape)
    return ET.tostring(made, encoding="unicode").encode()


def parse_svg(svg: bytes) -> ET.Element:
    """Return the root of a picture that we have drawn."""
    return ET.fromstring(svg)  # noqa: S314 - written by matplotlib just now


def _list_shapes(parent: ET.Element, mark: str) -> Iterator[tuple[str, ET.Element]]:
    """Yield every shape and text with the mark that it belongs to; groups are taken apart."""
    for one in parent:
        if _is(one, "g"):
            name = one.get("id", "")
            yield from _list_shapes(one, name if name.startswith((MARK, MESSAGE)) else mark)
        elif not any(_is(inner, unwanted) for inner in one.iter() for unwanted in _NAMES):
            yield mark, one


def _is(element: ET.Element, tag: str) -> bool:
    return element.tag == f"{{{SPACE}}}{tag}"


def _find_group(root: ET.Element, mark: str, name: str, groups: dict[str, ET.Element]) -> ET.Element:
    """Return the group of a mark; a value's is inside that of its series.

    It comes after all that was drawn until now, so that no line of the ground is above a bar whose label came first.
    """
    if not mark:
        return root
    whole, _, part = mark.removeprefix(MARK).partition("-")
    parent = _find_group(root, MARK + whole, name, groups) if part else root
    if mark not in groups:
        attributes = {"class": "part", "data-part": part} if part else {"class": "point", "data-row": whole}
        attributes = {"class": MESSAGE} if mark == MESSAGE else {"id": f"{name}-{mark}", **attributes}
        groups[mark] = ET.Element(f"{{{SPACE}}}g", attributes)
    if groups[mark] in list(parent):
        parent.remove(groups[mark])
    parent.append(groups[mark])
    return groups[mark]


def _simplify(part: ET.Element, name: str, ids: dict[str, str]) -> None:
    """Write styles as attributes, ids as the picture's own, and numbers and paths without idle signs."""
    part.attrib |= dict(_STYLE.findall(part.attrib.pop("style", "")))
    part.attrib.pop("font-family", None)
    part.tail = None
    if part.text and not part.text.strip():
        part.text = None
    if part.get("transform", "").startswith("rotate(-0"):
        del part.attrib["transform"]
    for key, value in part.attrib.items():
        if key == "id":
            part.set(key, _name_id(value, name, ids))
        elif value.startswith("url("):
            part.set(key, _USE.sub(lambda use: f"#{_name_id(use[1], name, ids)}", value))
        elif key == "d":
            part.set(key, " ".join(value.split()))


def _name_id(old: str, name: str, ids: dict[str, str]) -> str:
    return ids.setdefault(old, f"{name}-{len(ids)}")


def _set_width(text: ET.Element, width: float) -> None:
    """Give a text the width it was measured with, so that it fits in whatever font it is read."""
    if width > _HAIR:
        text.attrib |= {"textLength": f"{width:.1f}", "lengthAdjust": "spacingAndGlyphs"}
