"""Sizes, inks and fonts of the pictures. Lengths are inches, type sizes points."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

WIDTH = 9.0
MARGIN = 0.2
PNG_DPI = 200

TITLE = 13.0
LETTER = 11.0
TEXT = 9.5
SMALL = 8.5

LINE_HEIGHT = 1.32 / 72
"""Height of a line of text, per point of type size."""

_FONTS = Path(__file__).resolve().parents[1] / "assets" / "fonts"


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFamily:
    """The two font files that text is set in."""

    regular: Path
    bold: Path


def font_family() -> FontFamily:
    """The fonts of every picture: IBM Plex Sans Arabic, which has Latin letters too and comes with us.

    Files rather than family names, so that a picture does not depend on the fonts of the machine it is drawn on.

    >>> font_family().bold.name
    'IBMPlexSansArabic-Bold.ttf'
    """
    return FontFamily(regular=_FONTS / "IBMPlexSansArabic-Regular.ttf", bold=_FONTS / "IBMPlexSansArabic-Bold.ttf")


def faint(colour: str, strength: float) -> str:
    """A colour of the form #rrggbb thinned with white, for bands behind other things.

    >>> faint("#000000", 0.2)
    '#cccccc'
    """
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)
