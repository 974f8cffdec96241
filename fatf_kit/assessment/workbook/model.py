"""Values of the workbook of answers: the content of a template, and the content of a filled copy."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from fatf_kit.core.problems import CellRef
from fatf_kit.framework.model import Scales
from fatf_kit.spreadsheets.covers import ReturnTerms
from fatf_kit.spreadsheets.rows import FilledRow
from fatf_kit.spreadsheets.sheet import CellValue

FIRST_ROW = 2
"""Row (from 0) where a blank template's tables begin: headings and hidden keys stand above."""


class RowKind(StrEnum):
    """The kind of answer that a row of a template asks for."""

    CRITERION = "criterion"
    PART = "part"
    CORE_ISSUE = "core issue"
    CORE_ISSUE_PART = "part of a core issue"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """One row to be answered. `depth` 0 is a criterion or core issue; `scale` names the list behind its drop-down.

    `evidence` are examples of what would show it, `shortcomings` what often falls short.
    `scale` is None where no rating is asked: parts of core issues guide the narrative only. `duty`
    says who else is asked, in a workbook for one agency.
    """

    requirement: str
    kind: RowKind
    depth: int
    statement: str
    ask: str
    citation: str
    conditional_on: str | None
    scale: str | None
    evidence: tuple[str, ...] = ()
    shortcomings: tuple[str, ...] = ()
    duty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """The requirements of the Recommendation or outcome `unit` ("R.10") on a sheet; `title` is the tab's name.

    `foreword` is what to know before answering: when the Recommendation applies, what an outcome looks like. A plan
    that `is_support` asks what a supporting agency knows, without a rating. All such plans share one sheet, each with a
    heading above its `first_row` (from 0).
    """

    unit: str
    title: str
    heading: str
    section: str
    foreword: str
    rows: tuple[RowPlan, ...]
    is_support: bool = False
    first_row: int = FIRST_ROW

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last row (from 0)."""
        return self.first_row, self.first_row + len(self.rows) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyDuties:
    """The criteria and core issues that an agency leads on, and those it supports, in the order of the Methodology."""

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return a short text that is the same for the same assignment; empty for none."""
        if not (self.leads or self.supports):
            return ""
        return hashlib.sha256(repr((self.leads, self.supports)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A whole template before it is written: which sheets, which rows, for whom, in which language.

    `sheets` with the same title are one sheet of the file.

    `agency` is the id or name by which its answers are known, `agency_name` how the cover calls it where that differs.
    `scales` are the edition's, for the rating key on the cover. `notice` stands on every sheet and printed page, and
    later in every report made from the workbook: that an example is made up. Empty in real life. `terms` say by when
    and to whom to return it; `assigned` is what its agency is asked, whatever else an earlier copy answers.
    """

    edition: str
    edition_title: str
    edition_digest: str
    language: str
    agency: str | None
    country: str | None
    cut_off: date | None
    notice: str
    scales: Scales
    sheets: tuple[SheetPlan, ...]
    agency_name: str | None = None
    terms: ReturnTerms = field(default_factory=ReturnTerms)
    assigned: AgencyDuties = field(default_factory=AgencyDuties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The facts of a template about itself, on its very hidden sheet and in its properties.

    `layout` is the version of the contract. `agency` is None for a whole-country workbook. `leads` and `supports` are
    the ids that its agency was assigned, separated by blanks, and `assigned` their digest; empty outside a folder.
    """

    kit: str
    layout: int
    edition: str
    edition_digest: str
    language: str
    agency: str | None
    template: str
    notice: str = ""
    assigned: str = ""
    leads: str = ""
    supports: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawWorkbook:
    """A filled copy as found: rows of requirements, rows of the evidence register, fields of the cover.

    `rows` are those of both tables of requirements, each with the keys of its own.
    `stamp` is None where the template's stamp is gone, `saved` is when it was last saved. Values are not
    interpreted yet.
    """

    file: str
    sha256: str
    stamp: Stamp | None
    rows: tuple[FilledRow, ...]
    evidence: tuple[FilledRow, ...]
    saved: datetime | None = None
    cover: Mapping[str, CellValue] = field(default_factory=dict)
    cover_refs: Mapping[str, CellRef] = field(default_factory=dict)
