"""The layouts of reports, as observed in real ones, and combinations of them that are drawn by seed.

Nothing here comes from the reader or its data: a layout says how a page looks, never how it is recognised. A layout is
one value for each dimension. Values are dealt out evenly, so that each is in several layouts beside different others.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SEED = 20261201
COUNT = 36

LABELS = ("1. title", "1 title", "R.1", "R.1 – title", "Recommendation 1 – title", "1. | title")
"""The first cell of a row of the table of ratings; "|" is the border of two cells."""

MARKS = ("\uf0a7", "\uf0b7", "•", "-", "–", "1.", "a)", "", "", "list")
"""The mark of each factor in a cell: "" for paragraphs without one, "list" for a list of the word processor."""

ENDS = (".", ";", "")
ROWS = ("one line", "row", "three lines", "columns")
"""A row in a text file: rating, number and title on one line, with the first factor too, on three, or in columns."""

HEADS = ("top", "odd and even", "foot", "tab", "none")
"""Heads and page numbers of pages; "tab" has the number of the chapter at the edge of each page."""

PEOPLE = ("honorifics", "commas", "table", "none")
PLACES = ("after summary", "after factors", "end")
SUMMARIES = ("grid of six", "grid of ten", "list", "none")
FOLLOWERS = ("source", "note", "glossary", "heading", "sanctions")
"""The text that follows directly on the table of factors."""

DECORATIONS = ("", "", "two reports", "follow-up", "arrow")
ALL_MET = ("sentence", "blank", "dash", "short sentence")
"""The third cell of a Recommendation that is rated C."""

CRITERIA = ("brackets", "own line", "sentence", "none")
ACTION_MARKS = ("a)", "•", "\uf0b7", "1.", "i.", "-")
PRIORITIES = ("priority", "priority by outcome", "key", "none")


@dataclass(frozen=True, kw_only=True)
class SampleLayout:
    """One way in which a report looks. `seed` draws its texts and ratings."""

    name: str
    seed: int
    label: str = "1. title"
    mark: str = "•"
    end: str = "."
    row: str = "one line"
    is_split: bool = False
    has_repeated_cells: bool = False
    columns: int = 1
    head: str = "top"
    has_notes: bool = False
    people: str = "none"
    people_place: str = "end"
    summary: str = "grid of six"
    has_annex: bool = False
    is_follow_up: bool = False
    decoration: str = ""
    all_met: str = "sentence"
    follower: str = "heading"
    criteria: str = "brackets"
    has_numbers: bool = True
    action_mark: str = "a)"
    priority: str = "priority"
    has_arabic_digits: bool = False


_DIMENSIONS: Mapping[str, tuple[object, ...]] = {
    "label": LABELS,
    "mark": MARKS,
    "end": ENDS,
    "row": ROWS,
    "is_split": (False, True),
    "has_repeated_cells": (False, True),
    "columns": (1, 2),
    "head": HEADS,
    "has_notes": (False, True),
    "people": PEOPLE,
    "people_place": PLACES,
    "summary": SUMMARIES,
    "has_annex": (False, True),
    "is_follow_up": (False, False, True),
    "decoration": DECORATIONS,
    "all_met": ALL_MET,
    "follower": FOLLOWERS,
    "criteria": CRITERIA,
    "has_numbers": (True, False),
    "action_mark": ACTION_MARKS,
    "priority": PRIORITIES,
    "has_arabic_digits": (False, False, True),
}


def _deal(dealt: Mapping[str, Sequence[object]], number: int) -> dict[str, Any]:
    """Return the parts of one layout: the card of its number from each stack."""
    return {key: cards[number] for key, cards in dealt.items()}


def draw_layouts(count: int = COUNT, seed: int = SEED) -> tuple[SampleLayout, ...]:
    """Return layouts in which the values of each dimension are dealt out evenly, in an order of its own."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    dealt: dict[str, list[object]] = {}
    for name, values in _DIMENSIONS.items():
        cards = [values[number % len(values)] for number in range(count)]
        chance.shuffle(cards)
        dealt[name] = cards
    return tuple(
        SampleLayout(name=f"L{number + 1:02}", seed=seed + number, **_deal(dealt, number)) for number in range(count)
    )


LAYOUTS = draw_layouts()

ADDED: tuple[SampleLayout, ...] = (
    SampleLayout(name="A01", seed=1, decoration="words", row="three lines", is_split=True),
    SampleLayout(name="A02", seed=2, decoration="words", row="columns", mark="-", follower="source", head="foot"),
)
"""Layouts that were seen in a report later, each written down by hand with a value of its own."""

_CHANCE = random.Random(SEED)  # noqa: S311 - no secret
HELD_OUT = frozenset(_CHANCE.sample([one.name for one in LAYOUTS], COUNT // 3))
"""A third of the layouts, drawn by seed, at which nobody looked while the reader was written."""


@cache
def load_texts() -> Any:
    """Return the made-up texts of layouts by language."""
    return json.loads((Path(__file__).resolve().parents[3] / "data" / "report_layouts.json").read_text("utf-8"))
