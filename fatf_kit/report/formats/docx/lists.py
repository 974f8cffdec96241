"""The numbering behind lists: one for bullets, and one of its own for each numbered list, which begins at 1."""

from __future__ import annotations

from fatf_kit.report.formats.docx.styles import BULLETS, NUMBERS
from fatf_kit.report.formats.docx.xml import Element, make_element, make_style_id, to_twips

_OUTER = 5
"""Points between the margin and the sign before an item."""


class ListNumbering:
    """Writes the numbering part of a document and gives out numbered lists."""

    def __init__(self, root: Element, *, rtl: bool) -> None:
        self._root = root
        self._last = NUMBERS
        for child in list(root):
            root.remove(child)
        root.append(_abstract(BULLETS, "bullet", "•", "List Bullet", 18, rtl=rtl))
        root.append(_abstract(NUMBERS, "decimal", "%1.", "List Number", 22, rtl=rtl))
        root.extend([_list(BULLETS, BULLETS), _list(NUMBERS, NUMBERS)])

    def numbered(self) -> int:
        """The number of a new list that begins at 1."""
        self._last += 1
        again = make_element("lvlOverride", make_element("startOverride", val=1), ilvl=0)
        self._root.append(_list(self._last, NUMBERS, again))
        return self._last


def _abstract(number: int, form: str, sign: str, style: str, indent: int, *, rtl: bool) -> Element:
    side = "center" if rtl else "left"  # Word and LibreOffice disagree which side "left" is from right to left
    level = make_element(
        "lvl",
        make_element("start", val=1),
        make_element("numFmt", val=form),
        make_element("pStyle", val=make_style_id(style)),
        make_element("lvlText", val=sign),
        make_element("lvlJc", val=side),
        make_element("pPr", make_element("ind", left=to_twips(indent), hanging=to_twips(indent - _OUTER))),
        ilvl=0,
    )
    return make_element("abstractNum", make_element("multiLevelType", val="singleLevel"), level, abstractNumId=number)


def _list(number: int, kind: int, again: Element | None = None) -> Element:
    return make_element("num", make_element("abstractNumId", val=kind), again, numId=number)
