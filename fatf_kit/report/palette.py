"""One look for every picture and page, from light (good) to dark (poor).

So it holds in greyscale and for colour-blind readers; the letter always stands in the cell.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """The fill of a rating and the ink that is readable on it (contrast at least 4.5 to 1)."""

    fill: str
    ink: str


_BEST = Swatch(fill="#d7ecf5", ink="#12303f")
_GOOD = Swatch(fill="#8fc1d9", ink="#0b2330")
_POOR = Swatch(fill="#d9782b", ink="#241200")
_WORST = Swatch(fill="#8c2318", ink="#ffffff")
_NONE = Swatch(fill="#ffffff", ink="#4a4a4a")

SWATCHES = {
    **dict.fromkeys(("C", "HE", "met", "very large", "minor"), _BEST),
    **dict.fromkeys(("LC", "SE", "mostly met", "large", "moderate"), _GOOD),
    **dict.fromkeys(("PC", "ME", "partly met", "some", "major"), _POOR),
    **dict.fromkeys(("NC", "LE", "not met", "negligible", "fundamental"), _WORST),
    **dict.fromkeys(("NA", "not applicable", ""), _NONE),
    "low": Swatch(fill="#e3eef4", ink="#12303f"),
    "medium-low": Swatch(fill="#b9d6e4", ink="#0b2330"),
    "medium": Swatch(fill="#eba45c", ink="#241200"),
    "medium-high": Swatch(fill="#d0702b", ink="#1a0d00"),
    "high": _WORST,
    "breach": _WORST,
    "warning": _POOR,
    "gap": _GOOD,
}

INK = "#1b2a33"
QUIET = "#5b6b75"
LINE = "#c9d3d9"
ACCENT = "#1f5f7d"
ALERT = "#8c2318"
CLAIMED = "#8fc1d9"
SHOWN = "#1f5f7d"


def swatch(code: str | None) -> Swatch:
    """The colours of a rating or severity; white for NA and for what is open."""
    return SWATCHES.get(code or "", _NONE)
