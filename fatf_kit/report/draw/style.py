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

_FONTS = Path(__file__).resolve().parents[1] / "fonts"
_SHIPPED: dict[str, tuple[str, str]] = {}
"""Regular and bold file in report/fonts by language, for languages that shall not be set in DejaVu Sans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFamily:
    """The two font files a language is set in."""

    regular: Path
    bold: Path


def font_family(language: str) -> FontFamily:
    """The fonts of a language; DejaVu Sans, which comes with matplotlib and has Arabic letters, unless we ship others.

    Files rather than family names, so that a picture does not depend on the fonts of the machine it is drawn on.

    >>> font_family("fr").bold.name
    'DejaVuSans-Bold.ttf'
    """
    if language in _SHIPPED:
        regular, bold = _SHIPPED[language]
        return FontFamily(regular=_FONTS / regular, bold=_FONTS / bold)
    import matplotlib as mpl

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return FontFamily(regular=folder / "DejaVuSans.ttf", bold=folder / "DejaVuSans-Bold.ttf")


def faint(colour: str, strength: float) -> str:
    """A colour of the form #rrggbb thinned with white, for bands behind other things.

    >>> faint("#000000", 0.2)
    '#cccccc'
    """
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)
