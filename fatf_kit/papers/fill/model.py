"""The types that filling a file takes and returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fatf_kit.core.problems import Problem

PlaceholderLookup = Callable[[str, str], str]
"""Takes a text and the address it stands at, gives the text with its placeholders filled in."""

CutReport = Callable[[str, str], None]
"""A callback that receives the address of a cell and the text that is too long for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledFile:
    """The filled file: its bytes, how many places were filled, and every placeholder that could not be."""

    data: bytes
    places: int
    problems: tuple[Problem, ...]
