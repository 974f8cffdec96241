"""Sizes, inks and fonts of the pictures. Lengths are inches, type sizes points."""

from __future__ import annotations

import logging
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
    no_talk_of_caches()
    import matplotlib as mpl

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return FontFamily(regular=folder / "DejaVuSans.ttf", bold=folder / "DejaVuSans-Bold.ttf")


def can_draw(language: str, text: str) -> bool:
    """Whether the fonts of a language are there and have every letter of a text.

    >>> can_draw("ar", "العربية"), can_draw("ar", "漢")
    (True, False)
    """
    no_talk_of_caches()
    from matplotlib.ft2font import FT2Font

    family = font_family(language)
    if not (family.regular.is_file() and family.bold.is_file()):
        return False
    fonts = [FT2Font(str(file)) for file in (family.regular, family.bold)]
    return all(font.get_char_index(ord(letter)) for font in fonts for letter in text)


def no_talk_of_caches() -> None:
    """Nothing is said of the cache folder that matplotlib makes when there is no home; it draws as well without one.

    The folder is its own doing and goes when the program ends.
    """
    for name in ("matplotlib", "matplotlib.font_manager"):
        logging.getLogger(name).addFilter(_worth_saying)


def _worth_saying(record: logging.LogRecord) -> bool:
    text = record.getMessage()
    return not any(talk in text for talk in ("cache directory", "font cache", "mkdir -p"))


def faint(colour: str, strength: float) -> str:
    """A colour of the form #rrggbb thinned with white, for bands behind other things.

    >>> faint("#000000", 0.2)
    '#cccccc'
    """
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)
