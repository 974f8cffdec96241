"""What counts as yes and as no in a cell, in every language: one list for all workbooks and registers."""

from __future__ import annotations

from functools import cache

from fatf_kit.core.json_files import load_value
from fatf_kit.core.languages import normalise
from fatf_kit.core.resources import data_folder

_TICKS = ("✓", "✔", "v")
_DASHES = ("-", "–", "—")


def read_yes_no(text: str) -> bool | None:
    """Return what a text says, a tick as yes and a dash as no; None where it says neither.

    >>> [read_yes_no(text) for text in ("Oui", "✓", "لا", "0", "-", "ask the police")]
    [True, True, False, False, False, None]
    """
    return _list_words().get(normalise(text))


@cache
def _list_words() -> dict[str, bool]:
    """Return the words of the list that registers have, with what each says."""
    page = load_value(data_folder("frameworks") / "npo" / "columns.json", dict, "npo-columns.schema.json")
    said = {True: (*page["yes"], *_TICKS), False: (*page["no"], *_DASHES)}
    return {normalise(word): meaning for meaning, words in said.items() for word in words}
