"""One look for every picture and page, from light (good) to dark (poor).

So it holds in greyscale and for colour-blind readers; the letter always stands in the cell. A rating that is not
settled is written as a range ("PC – C"): it has the colour of its worst end, with a hatch.
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


RANGE = " – "
"""Between the ends of a range, worst end first."""

_STRIPE = 0.4
"""How far a stripe is from the fill towards white, or towards black under white ink."""


def get_worst_end(code: str | None) -> str:
    """Return the rating that gives a range its colour and its place in an order.

    >>> get_worst_end("PC – C"), get_worst_end("LC")
    ('PC', 'LC')
    """
    return (code or "").partition(RANGE)[0]


def is_range(code: str | None) -> bool:
    """Return whether a rating is not settled, so that it is hatched.

    >>> is_range("PC – C"), is_range("LC")
    (True, False)
    """
    return RANGE in (code or "")


def find_swatch(code: str | None) -> Swatch:
    """Return the colours of a rating or severity, of a range those of its worst end; white for NA and for no rating."""
    return SWATCHES.get(get_worst_end(code), _NONE)


def find_hatch_colour(code: str | None) -> str | None:
    """Return the colour of the stripes on the fill of a range, None where it is settled.

    It is further from the ink than the fill, so that words across it are read more easily, not less.

    >>> find_hatch_colour("PC – C"), find_hatch_colour("NC – LC"), find_hatch_colour("PC")
    ('#e8ae80', '#54150e', None)
    """
    if not is_range(code):
        return None
    look = find_swatch(code)
    far = 0 if look.ink == "#ffffff" else 255
    parts = (int(look.fill[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(part + (far - part) * _STRIPE):02x}" for part in parts)
