"""Yes and no in a cell: the words of every language, a tick and a dash."""

from __future__ import annotations

from fatf_kit.core.languages import find_code, normalise

_TICKS = ("✓", "✔", "v", "x", "1")
_DASHES = ("-", "–", "—", "0")


def read_yes_no(text: str) -> bool | None:
    """Return what a text says, a tick as yes and a dash as no; None where it says neither.

    >>> [read_yes_no(text) for text in ("Oui", "✓", "لا", "0", "-", "ask the police")]
    [True, True, False, False, False, None]
    """
    plain = normalise(text)
    if plain in (*_TICKS, *_DASHES):
        return plain in _TICKS
    code = find_code("yes_no", text)
    return None if code is None else code == "yes"
