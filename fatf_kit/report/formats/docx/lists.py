"""The numbering behind lists: one for bullets, and one of its own for each numbered list, which begins at 1."""

from __future__ import annotations

from fatf_kit.report.formats.docx.styles import BULLETS, NUMBERS
from fatf_kit.report.formats.docx.xml import Element, make, make_style_id, to_twips

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
        again = make("lvlOverride", make("startOverride", val=1), ilvl=0)
        self._root.append(_list(self._last, NUMBERS, again))
        return self._last


def _abstract(number: int, form: str, sign: str, style: str, indent: int, *, rtl: bool) -> Element:
    side = "center" if rtl else "left"  # Word and LibreOffice disagree which side "left" is from right to left
    level = make(
        "lvl",
        make("start", val=1),
        make("numFmt", val=form),
        make("pStyle", val=make_style_id(style)),
        make("lvlText", val=sign),
        make("lvlJc", val=side),
        make("pPr", make("ind", left=to_twips(indent), hanging=to_twips(indent - _OUTER))),
        ilvl=0,
    )
    return make("abstractNum", make("multiLevelType", val="singleLevel"), level, abstractNumId=number)


def _list(number: int, kind: int, again: Element | None = None) -> Element:
    return make("num", make("abstractNumId", val=kind), again, numId=number)
