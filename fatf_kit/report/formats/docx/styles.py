"""The styles of our documents: Word's own where it has one, so that navigation, contents and outline work.

Lists count by a numbering for bullets, and one of its own for each numbered list, which begins at 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fatf_kit.core.languages import LANGUAGE_TAGS, direction
from fatf_kit.report.formats.docx.xml import Element, Look, Setting, make, make_flag, make_style_id, to_hex, to_twips
from fatf_kit.report.formats.letters import FONT
from fatf_kit.report.palette import ACCENT, ALERT, INK, LINE, QUIET

_SINGLE = 223
"""A line in 240ths of the height that the font asks for: the least in which no accent on a capital is cut."""

_WHOLE = 240
"""Less than a whole line would cut pictures."""

TABLE_TEXT = 8.5
TEXT_WIDTH = 481.9
"""The width of A4 between margins of 2 cm, in points."""
TINT = "#f3f6f8"
CODE_FONT = "Courier New"
"""Has Arabic letters too, and every system has it or a font of the same widths."""
BULLETS, NUMBERS = 1, 2
"""The lists that the styles "List Bullet" and "List Number" count by."""

_BOX, _BOX_EDGE = "#fff4d6", "#b98a1c"
_BOXED = tuple((side, _BOX_EDGE, 6, 5) for side in ("top", "left", "bottom", "right"))
_WORDS_OWN = {
    *("Normal", "Title", "Subtitle", "List Bullet", "List Number", "caption", "header", "footer"),
    *("toc 1", "toc 2", "heading 1", "heading 2", "heading 3", "heading 4", "annotation text"),
    *("Default Paragraph Font", "No List", "Normal Table", "Hyperlink"),
}
_INHERITED = Look()
_SMALLER, _CLOSER, _TIGHTER = 0.82, 0.3, 210
"""The factors of a compact document for sizes, for the space between paragraphs and for lines: guides of 5 pages."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: Word's name for it, how paragraph and letters look, and the style that follows it."""

    name: str
    setting: Setting
    look: Look = _INHERITED
    followed_by: str | None = None


def _bold(size: float, colour: str | None = None) -> Look:
    return Look(bold=True, colour=colour, size=size)


def _quiet(size: float) -> Look:
    return Look(colour=QUIET, size=size)


_KEPT = Setting(keep_next=True, keep_lines=True, line=_SINGLE)
"""Of what stays on one page with what follows."""
_TIGHT = Setting(after=0, line=_SINGLE)
"""Without room between paragraphs, as in cells."""
_HEADINGS = (
    (replace(_KEPT, before=22, after=8, level=0, border=(("bottom", ACCENT, 12, 2),)), _bold(16, ACCENT)),
    (replace(_KEPT, before=18, after=5, level=1), _bold(13, ACCENT)),
    (replace(_KEPT, before=15, after=4, level=2), _bold(11.5)),
    (replace(_KEPT, before=12, after=3, level=3), _bold(10.5, QUIET)),
)
_NOTICE = Setting(keep_lines=True, border=_BOXED, fill=_BOX, before=8, after=8, indent=6, inset=6)
_CONTENTS = Setting(keep_next=True, before=14, after=4)

_STYLES = (
    _Style("Normal", Setting(after=6, line=_SINGLE)),
    _Style("Title", replace(_KEPT, after=3), _bold(22, ACCENT), "Subtitle"),
    _Style("Subtitle", Setting(keep_lines=True, after=6), _quiet(12), "Normal"),
    *(_Style(f"heading {n}", setting, look, "Normal") for n, (setting, look) in enumerate(_HEADINGS, 1)),
    _Style("Lead", Setting(after=9), Look(size=11.5), "Normal"),
    _Style("Small", Setting(after=4, line=_SINGLE), _quiet(8.5)),
    _Style("Notice", _NOTICE),
    _Style("List Bullet", Setting(list=BULLETS, after=3)),
    _Style("List Number", Setting(list=NUMBERS, after=3)),
    _Style("Code", replace(_TIGHT, fill=TINT), Look(font=CODE_FONT, size=8.5)),
    _Style("Checklist", Setting(tab=18, after=4, indent=18, hanging=18)),
    _Style("caption", replace(_KEPT, before=12, after=4), _bold(9.5), "Normal"),
    _Style("Figure", Setting(keep_lines=True, before=6, after=8, line=_WHOLE)),
    _Style("Ratings", Setting(keep_next=True, after=5), _quiet(9), "Normal"),
    _Style("Table Text", _TIGHT, Look(size=TABLE_TEXT)),
    _Style("Table Small", replace(_TIGHT, before=2), _quiet(7.5)),
    _Style("Table Heading", replace(_TIGHT, keep_next=True), _bold(TABLE_TEXT)),
    _Style("Table End", Setting(after=0, exactly=8), Look(size=4)),
    _Style("Rating Unit", replace(_TIGHT, keep_next=True), Look(size=7.5)),
    _Style("Rating Letter", replace(_TIGHT, align="center"), _bold(13)),
    _Style("Figure Value", replace(_TIGHT, keep_next=True, after=2), _bold(20, ACCENT)),
    _Style("annotation text", _TIGHT, Look(size=9)),
    _Style("Banner", replace(_TIGHT, after=3, align="center"), _bold(9, ALERT)),
    _Style("header", _TIGHT, _quiet(8)),
    _Style("footer", _TIGHT, _quiet(7.5)),
    _Style("Contents Heading", _CONTENTS, _bold(11.5, ACCENT), "toc 1"),
    _Style("toc 1", Setting(after=3, end_tab=TEXT_WIDTH)),
    _Style("toc 2", Setting(after=2, indent=14, end_tab=TEXT_WIDTH)),
)


def find_style(style_id: str) -> tuple[Setting, Look]:
    """Return how paragraphs and letters of a style look, with what it takes over from "Normal"; that for any other."""
    normal, found = _STYLES[0].setting, _BY_ID.get(style_id, _STYLES[0])
    after = normal.after if found.setting.after is None else found.setting.after
    return replace(found.setting, after=after, line=found.setting.line or normal.line), found.look


_BY_ID = {make_style_id(style.name): style for style in _STYLES}


def write_styles(root: Element, language: str, *, rtl: bool, compact: bool = False) -> None:
    """Put our styles in the place of the template's; what Word has built in and we do not use stays hidden in it."""
    for child in list(root):
        if child.tag.endswith(("}docDefaults", "}style")):
            root.remove(child)
    root.insert(0, _defaults(language, 10 * _SMALLER if compact else 10))
    root.append(_style("character", "Default Paragraph Font", default=True))
    root.append(_style("numbering", "No List", default=True))
    root.append(_style("table", "Normal Table", _table_properties(0, 5.4), default=True))
    for style in map(_compact, _STYLES) if compact else _STYLES:
        root.append(
            _style(
                "paragraph",
                style.name,
                style.setting.element(rtl=rtl),
                style.look.element(),
                based_on="Normal" if style.name != "Normal" else None,
                followed_by=style.followed_by,
                default=style.name == "Normal",
            )
        )
    root.append(_style("character", "Hyperlink", Look(underline=True, colour=ACCENT).element()))
    root.append(_style("table", "Report Table", _report_table(), _heading_row(), based_on="Normal Table"))


def _compact(style: _Style) -> _Style:
    """Return the style in smaller letters and with less room around it."""

    def closer(points: float | None) -> float | None:
        return None if points is None else round(points * _CLOSER, 1)

    look, setting = style.look, style.setting
    size = round(2 * look.size * _SMALLER) / 2 if look.size else None
    line = _TIGHTER if setting.line == _SINGLE else setting.line
    near = replace(setting, before=closer(setting.before), after=closer(setting.after), line=line)
    return replace(style, look=replace(look, size=size), setting=near)


def _defaults(language: str, size: float) -> Element:
    """Return the defaults of the styles; Word keeps a second language for letters from right to left."""
    tags = (LANGUAGE_TAGS.get(language, language), *LANGUAGE_TAGS.values())
    rtl = next(tag for tag in tags if direction(tag) == "rtl")
    latin = next(tag for tag in tags if direction(tag) == "ltr")
    look = Look(font=FONT, colour=INK, size=size).element()
    look.append(make("lang", val=latin, eastAsia=latin, bidi=rtl))
    return make("docDefaults", make("rPrDefault", look), make("pPrDefault"))


def _style(
    kind: str,
    name: str,
    *properties: Element,
    based_on: str | None = None,
    followed_by: str | None = None,
    default: bool = False,
) -> Element:
    shown = kind == "paragraph" or not default
    given: dict[str, str | int] = {"type": kind, "styleId": make_style_id(name)}
    given |= {"default": 1} if default else {}
    given |= {} if name in _WORDS_OWN else {"customStyle": 1}
    return make(
        "style",
        make("name", val=name),
        make("basedOn", val=make_style_id(based_on)) if based_on else None,
        make("next", val=make_style_id(followed_by)) if followed_by else None,
        make("uiPriority", val=1 if shown else 99),
        make_flag("semiHidden", not shown),
        make_flag("unhideWhenUsed", not shown),
        make_flag("qFormat", shown),
        *properties,
        **given,
    )


def _report_table() -> Element:
    """Return the style of a table with lines between rows and none between columns."""
    sides = [make(side, val="single", sz=4, space=0, color=to_hex(LINE)) for side in ("top", "bottom", "insideH")]
    return _table_properties(3, 4, make("tblBorders", *sides))


def _table_properties(above: float, at_sides: float, borders: Element | None = None) -> Element:
    """Return the style of a table with so many points free in each cell above and below, and at either side."""
    room = {"top": above, "left": at_sides, "bottom": above, "right": at_sides}
    margins = (make(side, w=to_twips(points), type="dxa") for side, points in room.items())
    return make("tblPr", make("tblInd", w=0, type="dxa"), borders, make("tblCellMar", *margins))


def _heading_row() -> Element:
    """Return the style of a first row: tinted, over a strong line."""
    line = make("tcBorders", make("bottom", val="single", sz=12, space=0, color=to_hex(ACCENT)))
    tint = make("shd", val="clear", color="auto", fill=to_hex(TINT))
    return make("tblStylePr", make("tcPr", line, tint), type="firstRow")


_OUTER = 5
"""Points between the margin and the sign before an item."""


class ListNumbering:
    """A writer of the numbering part of a document, which gives out numbered lists."""

    def __init__(self, root: Element, *, rtl: bool) -> None:
        self._root = root
        self._last = NUMBERS
        for child in list(root):
            root.remove(child)
        root.append(_abstract(BULLETS, "bullet", "•", "List Bullet", 18, rtl=rtl))
        root.append(_abstract(NUMBERS, "decimal", "%1.", "List Number", 22, rtl=rtl))
        root.extend([_list(BULLETS, BULLETS), _list(NUMBERS, NUMBERS)])

    def numbered(self) -> int:
        """Return the number of a new list that begins at 1."""
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
