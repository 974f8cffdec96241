"""Sizes, inks and fonts of the pictures. Lengths are inches, type sizes points."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fatf_kit.report.charts.engine import load_engine

WIDTH = 9.0
MARGIN = 0.2
PNG_DPI = 200

TITLE = 13.0
COMPACT_WIDTH, COMPACT_MARGIN, COMPACT_TITLE = 8.0, 0.06, 11.0
"""Of a picture that shares its page: as narrow as that, its small type is still 7 points on A4."""
LETTER = 11.0
TEXT = 9.5
SMALL = 8.5

LINE_HEIGHT = 1.32 / 72
"""Height of a line of text, per point of type size."""

_SIGNS = ("So", "Sk", "Sm", "Sc", "Cs", "Co", "Cn", "Mn")
"""Categories of what is no letter: emoji, marks that choose their look, private signs."""

_FONTS = Path(__file__).resolve().parents[1] / "assets" / "fonts"


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFamily:
    """The two font files that text is set in."""

    regular: Path
    bold: Path


def get_font_family() -> FontFamily:
    """Return the fonts of every picture: IBM Plex Sans Arabic, which has Latin letters too and comes with us.

    Files rather than family names, so that a picture does not depend on the fonts of the machine it is drawn on.

    >>> get_font_family().bold.name
    'IBMPlexSansArabic-Bold.ttf'
    """
    return FontFamily(regular=_FONTS / "IBMPlexSansArabic-Regular.ttf", bold=_FONTS / "IBMPlexSansArabic-Bold.ttf")


def list_font_folders() -> tuple[Path, ...]:
    """Return the folders of our fonts and of matplotlib's: DejaVu Sans has Greek, Cyrillic, Hebrew and symbols."""
    return _FONTS, Path(load_engine().get_data_path()) / "fonts" / "ttf"


@cache
def list_letters(*, ours: bool = False) -> frozenset[str]:
    """Return every character that our font has in both weights; unless `ours`, or DejaVu Sans has.

    >>> "ع" in list_letters(ours=True), "я" in list_letters(ours=True), "я" in list_letters(), "漢" in list_letters()
    (True, False, True, False)
    """
    load_engine()
    from matplotlib.ft2font import FT2Font

    family, further = get_font_family(), list_font_folders()[1]
    families = [(family.regular, family.bold)]
    if not ours:
        families.append((further / "DejaVuSans.ttf", further / "DejaVuSans-Bold.ttf"))
    found: set[int] = set()
    for files in families:
        found |= set.intersection(*(set(FT2Font(str(file)).get_charmap()) for file in files))
    return frozenset(map(chr, found))


def has_letters_for(text: str) -> bool:
    """Return whether our font is there and has every letter of a text.

    >>> has_letters_for("العربية"), has_letters_for("漢")
    (True, False)
    """
    family = get_font_family()
    return family.regular.is_file() and family.bold.is_file() and set(text) <= list_letters(ours=True)


def name_letter(letter: str) -> str:
    """Return the name of a character in brackets; nothing for a mark on the letter before it, or a joiner.

    >>> name_letter("\U0001f3e6")
    '[bank]'
    """
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return ""
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"


def make_drawable(text: str) -> str:
    """Return a text for a picture: signs that our font does not have are given by name; letters of other scripts stay.

    >>> make_drawable("Safe \U0001f3e6 2026\ufe0f")
    'Safe [bank] 2026'
    """
    if text.isascii():
        return text
    ours = list_letters(ours=True)
    return "".join(one if one in ours or unicodedata.category(one) not in _SIGNS else name_letter(one) for one in text)


def fade_colour(colour: str, strength: float) -> str:
    """Return a colour of the form #rrggbb thinned with white, for bands behind other things.

    >>> fade_colour("#000000", 0.2)
    '#cccccc'
    """
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)
