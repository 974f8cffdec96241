"""A document as frozen values. Builders decide the content; renderers only write it down.

Every number is in here once, so all formats show the same. Text is plain text: renderers escape it. `ltr` marks ids,
dates and codes, which must not turn around in right-to-left text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fatf_kit.core.languages import has_rtl_letters
from fatf_kit.core.outcome_codes import translate_outcome_codes
from fatf_kit.report.live import UnitNote, WhatIfPanel

PROMPT = "$ "
"""The beginning of a line that a person types."""


class Tone(StrEnum):
    """The look of a paragraph: first sentence, ordinary text, small print, a box that must not be missed, or a hint.

    A hint is for the author of a draft: a comment on the heading of its section in Word, a marked note elsewhere.
    """

    LEAD = "lead"
    NORMAL = "normal"
    SMALL = "small"
    NOTICE = "notice"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One cell of a table. `rating` and `scale` name a rating to be shown as a letter on its colour.

    A range of ratings, worst end first ("PC – C"), has the colour of its worst end and a hatch. `target` is the anchor
    of a section in the same document, `address` a file by its place from the folder of the page. `detail` is a second,
    smaller line.
    """

    text: str
    rating: str | None = None
    scale: str | None = None
    detail: str = ""
    target: str | None = None
    ltr: bool = False
    day: str = ""
    """The day or month that the text means, as "2024-05-31" or "2024-05", so that a column of dates sorts by time."""
    address: str = ""
    order: float | None = None
    """The number that the text means, or its place among what a column can hold, so that the column sorts by it."""
    bar: tuple[int, int, int] | None = None
    """A bar that a page shows under the text: how many are done, how many of these have faults, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column: its heading, its share of the width, and whether it holds numbers (aligned at the end)."""

    title: str
    width: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row. `facets` are what a reader may filter by, as name and values ("severity", ("major",))."""

    cells: tuple[TableCell, ...]
    facets: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTable:
    """A table with its caption, which may be empty. The first column heads its rows."""

    id: str
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    empty: str = ""
    """The text instead of the table when there are no rows."""
    dense: bool = False
    """Rows are close together, so that a long list of short rows is on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingMark:
    """One unit in the evaluators' table of ratings; `rating` is None for a unit without one.

    `code` is the id of the unit as people read it; the id itself where none is given.
    """

    unit: str
    title: str
    rating: str | None
    code: str = ""

    def __post_init__(self) -> None:
        """Take the id as the code where none is given."""
        object.__setattr__(self, "code", self.code or self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingGrid:
    """The evaluators' own table of ratings, so many units in a row."""

    id: str
    caption: str
    scale: str
    per_row: int
    marks: tuple[RatingMark, ...]
    key: tuple[tuple[str, str], ...]
    """The letters used and their meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str
    tone: Tone = Tone.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]
    numbered: bool = False
    boxes: bool = False
    """A checklist, with a box to tick before each item."""
    columns: int = 1
    """Printed in so many columns, read down one and then the next."""
    files: tuple[tuple[str, str], ...] = ()
    """Files that the items name, each with its address from the folder of the page: a page has a link on the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """Lines to type or to read on a screen, with their spaces and in letters of one width."""

    text: str

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return each line with its direction: "rtl" for Arabic that a program prints, "ltr" for all else.

        A command after a prompt runs from left to right whatever is given to it.
        """
        return tuple(
            (line, "rtl" if has_rtl_letters(line) and not line.startswith(PROMPT) else "ltr")
            for line in self.text.split("\n")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A key figure: the number, what it counts, and a second line for comparison."""

    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """A row of key figures."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row of a chart: a label and its values by key. A value of None is drawn as missing, never as zero."""

    label: str
    values: tuple[float | None, ...]
    marks: tuple[str, ...] = ()
    """Letters written into the cells, where the chart has cells."""
    group: str = ""
    units: tuple[str, ...] = ()
    """The Recommendations and outcomes that the row is about; a row about one leads to its section."""


class ChartKind(StrEnum):
    """The kind of picture that is drawn."""

    RATING_MAP = "rating map"
    OUTCOMES = "outcomes"
    BARS = "bars"
    STACKED = "stacked"
    TIMELINE = "timeline"
    SHARES = "shares"
    MATRIX = "matrix"
    PARTS = "parts"
    FUNNEL = "funnel"
    TREND = "trend"
    EFFORT = "effort"
    HISTORY = "history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart as data: `keys` name the values of each series. `alt` says in words what it shows.

    `message` is what a reader should learn from it, as a sentence without a full stop; `title` says neutrally what is
    drawn, and is the heading of a chart without a message.
    """

    id: str
    kind: ChartKind
    title: str
    alt: str
    keys: tuple[str, ...]
    series: tuple[Series, ...]
    scale: str | None = None
    unit: str = ""
    codes: tuple[str, ...] = ()
    """Ratings or severities whose colours the values have, in the order of `keys`; empty where a kind needs none."""
    facet: str = ""
    """The name of the filter whose values the parts of a bar count ("severity"): `codes` are these values."""
    compact: bool = False
    """Drawn narrower and closer, for a page that it shares with others: its letters stay readable."""
    hatch: str = ""
    """The meaning of a hatched mark, for the key; empty where nothing is hatched."""
    message: str = ""

    @property
    def heading(self) -> str:
        """The message, or the title where there is none."""
        return self.message or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart in its place in the document, over so many per cent of the width."""

    chart: Chart
    width: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the document with its heading. `anchor` is unique; `badges` are ratings shown next to the heading."""

    anchor: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    badges: tuple[TableCell, ...] = ()
    break_before: bool = False


Block = Paragraph | Bullets | CodeBlock | KeyFigures | DocumentTable | RatingGrid | Figure | WhatIfPanel
"""A part of a section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document. `language` sets direction and fonts; `facts` are printed under the title, name and value.

    `notices` are printed on every page: that the ratings are indicative, that an example is made up. `compact` is for
    a few pages for a meeting: printed small and without contents. `contents_depth` is how many levels of sections the
    contents list; 0 for none. `banner` is printed at the head of every page, also the first; empty for none.
    `agencies` gives the names of agencies by id, for the filter of a page, `units` what is known of units by id.
    `summary` is the answer to the reader's question: it is before the facts and the contents, on the first page.
    `annex` is a document for reference: on paper and in Word a file of its own, in a page folded after the sections.
    `made_on` is the date, or date and time, in ISO 8601 that the properties of a file give; empty where there is none.
    `is_restricted` documents may have restricted answers, so only their owner may read the files that are written.
    """

    id: str
    title: str
    subtitle: str
    language: str
    facts: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    compact: bool = False
    contents_depth: int = 1
    banner: str = ""
    agencies: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, UnitNote] = field(default_factory=dict)
    summary: Section | None = None
    annex: Document | None = None
    made_on: str = ""
    is_restricted: bool = False

    def __post_init__(self) -> None:
        """Write the codes of outcomes as the language has them, in every text that people read."""
        for name in ("title", "subtitle", "facts", "notices", "banner", "sections", "summary", "units"):
            object.__setattr__(self, name, translate_outcome_codes(getattr(self, name), self.language))

    @property
    def body(self) -> tuple[Section, ...]:
        """Return the summary and the sections of this document, without its annex."""
        return (*((self.summary,) if self.summary else ()), *self.sections)

    @property
    def page(self) -> tuple[Section, ...]:
        """Return every section of a page, which holds the annex too."""
        return (*self.body, *(self.annex.body if self.annex else ()))

    @property
    def has_contents(self) -> bool:
        """Return whether a list of contents is before the text on paper."""
        return len(self.sections) > 1 and self.contents_depth > 0 and not self.compact

    def charts(self) -> Iterator[Chart]:
        """Yield every chart of this document, in reading order."""
        return _charts_of(self.body)

    def page_charts(self) -> Iterator[Chart]:
        """Yield every chart, those of the annex last."""
        return _charts_of(self.page)


FlatValue = str | int | float | None
"""A value of a flat table; a missing one is None."""


class ValueKind(StrEnum):
    """The values that a column holds, which decides the type of the column in a data frame.

    `DATE` is a day, a month or a year as ISO 8601 has them: "2024-05-31", "2024-05". `RATING` is a code, or a range.
    `RANGE_END` is one end of a range of ratings: where the ends of a row differ, a sheet has them hatched.
    `PLAIN_RATING` is a rating that a sheet writes without its colours. An `AMOUNT` is a number whose thousands a sheet
    sets apart.
    """

    TEXT = "text"
    ID = "id"
    RATING = "rating"
    RANGE_END = "end of a range of ratings"
    PLAIN_RATING = "rating without colours"
    COUNT = "count"
    NUMBER = "number"
    AMOUNT = "amount of money"
    DATE = "date"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataColumn:
    """A column of a flat table: a stable key, its heading and what its values are."""

    key: str
    title: str
    width: int = 12
    kind: ValueKind = ValueKind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A flat table for spreadsheets and data frames; a missing value is None, and "NA" is a rating."""

    key: str
    title: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[FlatValue, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that is written about one assessment: the document, its flat tables and the JSON that others read."""

    document: Document
    tables: tuple[DataTable, ...]
    payload: Mapping[str, object]


def walk_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Yield every section in reading order, parents first."""
    for section in sections:
        yield section
        yield from walk_sections(section.sections)


def _charts_of(sections: tuple[Section, ...]) -> Iterator[Chart]:
    for section in walk_sections(sections):
        for block in section.blocks:
            if isinstance(block, Figure):
                yield block.chart
