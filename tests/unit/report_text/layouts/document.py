"""A report as blocks, before it becomes a file, with the truth about what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field

Unit = str
Cell = tuple[str, ...]
"""The paragraphs of one cell; a paragraph of a list begins with its mark."""

LIST_MARK = "\ue000"
"""Begins a paragraph that is an item of a list of the word processor, which has no mark in its text."""


@dataclass(frozen=True, kw_only=True)
class SampleHeading:
    """A line that is alone."""

    text: str


@dataclass(frozen=True, kw_only=True)
class SampleParagraph:
    """Running text, with the text of a footnote if it has one."""

    text: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table. `widths` are shares of the width of a page; `is_grid` has labels in one row and codes in the next.

    `first` is the number of rows of headings, which are printed on each page where `is_repeated`.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    first: int = 0
    is_grid: bool = False
    is_split: bool = False
    is_repeated: bool = False
    is_ratings: bool = False


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """The rest begins on a new page, in so many columns."""

    columns: int = 1


Block = SampleHeading | SampleParagraph | Table | PageBreak


@dataclass(frozen=True, kw_only=True)
class SampleFactor:
    """One deficiency as it is printed, without its mark."""

    unit: Unit
    criteria: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class SampleAction:
    """One action as it is printed, without its mark: "recommended", "priority" or "key"."""

    kind: str
    units: tuple[Unit, ...]
    text: str


@dataclass(kw_only=True)
class Truth:
    """Everything that is in a report. `criteria` has None where no rating is printed, `met` what a rating C means.

    `tables` counts the tables with the ratings of all Recommendations.
    """

    factors: list[SampleFactor] = field(default_factory=list)
    actions: list[SampleAction] = field(default_factory=list)
    ratings: dict[Unit, str] = field(default_factory=dict)
    criteria: dict[str, str | None] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    tables: int = 0

    def list_proposed(self) -> set[str]:
        """Return the criteria that a rating C alone shows to be met."""
        return {name for name in self.met if self.criteria.get(name) is None}


@dataclass(kw_only=True)
class SampleReport:
    """A report to be printed in a language, with its truth."""

    language: str
    head: str
    blocks: list[Block] = field(default_factory=list)
    truth: Truth = field(default_factory=Truth)
