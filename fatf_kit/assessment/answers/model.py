"""Answers and evidence as typed values.

Absence is `None` or an empty text throughout: an unanswered requirement has no rating, and that is never the same
as "not met".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.spreadsheets.rows import RowRef

AnswerRating = CriterionRating | Achievement
"""The answer to a criterion or part, or to a core issue."""


class Confidentiality(StrEnum):
    """The readers of an answer, from everyone to a named few."""

    PUBLIC = "public"
    GOVERNMENT = "government"
    RESTRICTED = "restricted"


def find_strictest(*levels: Confidentiality) -> Confidentiality:
    """Return the level that the fewest may read.

    >>> str(find_strictest(Confidentiality.RESTRICTED, Confidentiality.PUBLIC))
    'restricted'
    """
    return max(levels, key=_READERS.index)


_READERS = tuple(Confidentiality)


class EvidenceKind(StrEnum):
    """The kind of an item of the evidence register.

    `SUPRANATIONAL_LAW` is a text of a regional organisation that applies in its member states directly, such as an EU
    regulation. A court decision shows what courts decide; `GUIDANCE` is a guideline or a manual. Neither binds like
    an instrument, and figures, cases and documents do not either.
    """

    CONSTITUTION = "constitution"
    TREATY = "treaty"
    LAW = "law"
    SUPRANATIONAL_LAW = "supranational law"
    REGULATION = "regulation"
    ENFORCEABLE_MEANS = "other enforceable means"
    COURT_DECISION = "court decision"
    GUIDANCE = "guidance"
    STATISTICS = "statistics"
    CASE = "case"
    DOCUMENT = "document"


LEGISLATIVE_KINDS = frozenset(
    {EvidenceKind.CONSTITUTION, EvidenceKind.TREATY, EvidenceKind.LAW, EvidenceKind.SUPRANATIONAL_LAW}
)
"""Kinds that count where the standard wants a duty in law."""

BINDING_KINDS = LEGISLATIVE_KINDS | {EvidenceKind.REGULATION, EvidenceKind.ENFORCEABLE_MEANS}
"""Kinds that are law, regulation or other enforceable means in the sense of the standard."""


class EvidenceItem(NamedTuple):
    """One row of the evidence register. `in_force_from` is None where no date was given.

    `source` is the agency whose register it is, or the file's name where no agency is known; ids are unique within
    one. `row` is where it stands.
    """

    id: str
    kind: EvidenceKind
    title: str
    article: str = ""
    in_force_from: date | None = None
    link: str = ""
    holder: str = ""
    source: str = ""
    row: RowRef | None = None

    @property
    def ref(self) -> CellRef | None:
        """Return the cell of its id."""
        return self.row and self.row.at("id")

    @property
    def place(self) -> CellRef | None:
        """Return the run of its filled cells."""
        return self.row and self.row.place


class Answer(NamedTuple):
    """The answer of one agency about one requirement, in the row `row` of its workbook.

    `rating` is None where only words were given. `evidence` holds ids of the register of its own `source`: the agency,
    or the file's name where no agency is known. `agency` is None in a whole-country workbook.

    Once conflicts of agencies are resolved (`conflicts`), `agency_answers` are all their answers, the lead's first, and
    `lowest` is the lowest of their ratings where these differ, None where they agree. An answer that `is_supporting`
    is of an agency that supports the lead and needs no rating; it may say that it `has_nothing_to_add`.
    """

    requirement: str
    rating: AnswerRating | None
    explanation: str = ""
    citation: str = ""
    in_force_from: date | None = None
    evidence: tuple[str, ...] = ()
    missing: str = ""
    action: str = ""
    action_due: date | None = None
    confidentiality: Confidentiality = Confidentiality.GOVERNMENT
    agency: str | None = None
    source: str = ""
    row: RowRef | None = None
    lowest: AnswerRating | None = None
    agency_answers: tuple[Answer, ...] = ()
    is_supporting: bool = False
    has_nothing_to_add: bool = False

    @property
    def counts_as_answered(self) -> bool:
        """Return whether its agency has answered: a leading one rates, a supporting one may say anything."""
        return self.rating is not None or self.is_supporting

    @property
    def says_nothing(self) -> bool:
        """Return whether it has neither a rating nor words nor evidence."""
        words = (self.explanation, self.citation, self.missing, self.action)
        return self.rating is None and not any(words) and not self.evidence

    @property
    def ref(self) -> CellRef | None:
        """Return the cell of its rating, or of its id where no rating is asked."""
        return self.row and self.row.at("rating", "id")

    @property
    def place(self) -> CellRef | None:
        """Return the run of its filled cells."""
        return self.row and self.row.place


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file that was read, with the fingerprint of its bytes and the number of requirements answered in it.

    `agency` is that of its stamp, or the known one that its cover names; `agency_on_cover` is what the cover says, as
    it was typed; `country`, `cut_off` and `contact` are from there too. `saved` is when the file was last saved.
    """

    name: str
    sha256: str
    agency: str | None = None
    country: str | None = None
    cut_off: date | None = None
    agency_on_cover: str | None = None
    contact: str | None = None
    answers: int = 0
    saved: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPair:
    """Two workbooks of one agency that differ, by the names of their files.

    The answers of `used` are used; those of `other` only where the used file has none. `requirements` are those with
    different answers. The moments are those at which the files were saved, in UTC, None where not known.
    """

    agency: str | None
    used: str
    other: str
    requirements: tuple[str, ...] = ()
    used_saved: datetime | None = None
    other_saved: datetime | None = None

    @property
    def differences(self) -> int:
        """Return how many answers differ."""
        return len(self.requirements)

    @property
    def is_tie(self) -> bool:
        """Return whether both files were saved at the same moment, so that none is known to be newer."""
        return self.used_saved is not None and self.used_saved == self.other_saved


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDecision:
    """The decision that the file `valid` is an agency's workbook, and that the file `other` is not used."""

    valid: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSet:
    """Everything read for one assessment. At most one answer per requirement and agency.

    `country` is the name on the cover, `cut_off` the last day on which a measure still counts (the end of the on-site
    visit), `contact` whom to ask; all are None where not given. `cover_refs` gives the address behind each field of the
    cover. `notices` stand on the workbooks and go on into every report. `copies` are pairs of workbooks of one agency
    that differ.
    """

    edition: str
    answers: tuple[Answer, ...]
    evidence: tuple[EvidenceItem, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    country: str | None = None
    cut_off: date | None = None
    contact: str | None = None
    notices: tuple[str, ...] = ()
    copies: tuple[CopyPair, ...] = ()
    cover_refs: Mapping[str, CellRef] = field(default_factory=dict)
