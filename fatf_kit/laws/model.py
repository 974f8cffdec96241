"""The register of laws as frozen values: instruments, provisions, what they show, translations, bills, spellings.

An instrument is identified by its id ("L-003"), a provision by that and its article ("L-003 art. 12"). Dates are None
where they are not known; texts are empty where nothing was entered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.national_words import base_language
from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import CriterionRating

_OTHER_KINDS = (EvidenceKind.STATISTICS, EvidenceKind.CASE, EvidenceKind.DOCUMENT)
REGISTER_KINDS = tuple(kind for kind in EvidenceKind if kind not in _OTHER_KINDS)
"""The kinds of evidence that are instruments; figures, cases and documents are not in the register of laws."""


class InstrumentStatus(StrEnum):
    """The state of an instrument, from its first draft to its end."""

    DRAFTING = "drafting"
    BILL = "bill"
    ADOPTED = "adopted"
    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    REPEALED = "repealed"

    @property
    def is_proposed_law(self) -> bool:
        """Whether it is not law yet and may still be changed or dropped."""
        return self in (InstrumentStatus.DRAFTING, InstrumentStatus.BILL)

    def may_become(self, later: InstrumentStatus) -> bool:
        """Return whether an instrument of this status can have a later one directly or after some others.

        It returns to no earlier one, but a bill may be drafted again, and a suspended instrument may be in force again.

        >>> InstrumentStatus.BILL.may_become(InstrumentStatus.IN_FORCE)
        True
        >>> InstrumentStatus.REPEALED.may_become(InstrumentStatus.IN_FORCE)
        False
        """
        order, status = list(InstrumentStatus), InstrumentStatus
        back = {status.BILL: status.DRAFTING, status.SUSPENDED: status.IN_FORCE}
        return back.get(self) is later or order.index(self) <= order.index(later)


class BillStage(StrEnum):
    """The stage in which a bill or draft is."""

    DRAFTING = "Drafting"
    CONSULTATION = "Consultation"
    GOVERNMENT = "Before the government"
    PARLIAMENT = "Before parliament"
    PUBLICATION = "Publication and entry into force"


class EntryState(StrEnum):
    """Whether a row was proposed by fatf-kit or checked by a person. What is only proposed proves nothing."""

    PROPOSED = "proposed"
    CHECKED = "checked"


class LinkScope(StrEnum):
    """How much of a requirement a provision covers."""

    ALL = "all"
    PART = "part"


class SpellingState(StrEnum):
    """The decision about a typed citation that may mean an instrument."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One instrument. `titles` are by language; `kind` is None where it is open, `kind_word` the country's own word.

    `number` is as the country writes it ("39"), `year` the one it is cited by. `in_force_until` is the last day on
    which it applies. A bill or draft has `expected`, the day on which it is to come into force, and may have a `stage`
    with the day by which that is to be complete. `amends` are ids of instruments, and `made_under` those of the acts
    without which it does not apply. `cited_in` are the cells in which agencies cite it, as texts.
    """

    id: str
    titles: Mapping[str, str]
    kind: EvidenceKind | None = None
    kind_word: str = ""
    number: str = ""
    year: int | None = None
    day: date | None = None
    issuer: str = ""
    status: InstrumentStatus = InstrumentStatus.IN_FORCE
    in_force_from: date | None = None
    in_force_until: date | None = None
    expected: date | None = None
    stage: BillStage | None = None
    stage_due: date | None = None
    amends: tuple[str, ...] = ()
    made_under: tuple[str, ...] = ()
    link: str = ""
    file: str = ""
    entry: EntryState = EntryState.CHECKED
    note: str = ""
    cited_in: str = ""
    ref: CellRef | None = None

    @property
    def is_proposed(self) -> bool:
        """Whether the row is not checked yet."""
        return self.entry is EntryState.PROPOSED

    @property
    def begins(self) -> date | None:
        """The day on which it comes into force; that of what is not law yet is expected."""
        return self.expected if self.status.is_proposed_law else self.in_force_from

    def title(self, language: str) -> str:
        """Return its title in a language, else in the first language that it has.

        >>> Instrument(id="L-001", titles={"ar": "قانون", "en": "Law"}).title("en-GB")
        'Law'
        """
        return self.titles.get(base_language(language)) or next(iter(self.titles.values()), self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One provision of an instrument. `article` is the label as the country writes it ("art. 12", "المادة 12").

    Its dates are None where those of the instrument apply.
    """

    instrument: str
    article: str
    heading: str = ""
    summary: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    entry: EntryState = EntryState.CHECKED
    ref: CellRef | None = None

    @property
    def id(self) -> str:
        """Its id: that of the instrument and the article."""
        return f"{self.instrument} {self.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionLink:
    """A provision that shows a criterion or part, by the country's own judgement."""

    instrument: str
    article: str
    requirement: str
    scope: LinkScope = LinkScope.ALL
    note: str = ""
    entry: EntryState = EntryState.CHECKED
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A translation of an instrument, or of one article of it.

    `text_as_of` is the day of the text that was translated: the day on which its last change came into force. `made_on`
    is the day on which the translation was finished; `due` is the day by which it is to be ready. `checked_by` is who
    compared it with the source.
    """

    instrument: str
    language: str
    article: str = ""
    translator: str = ""
    text_as_of: date | None = None
    made_on: date | None = None
    due: date | None = None
    checked_by: str = ""
    file: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseEffect:
    """The answer to which a clause of a bill would bring a criterion or part, as the drafters claim."""

    bill: str
    clause: str
    requirement: str
    rating: CriterionRating
    note: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A citation as typed, and the instrument that it means; only a confirmed one is used."""

    text: str
    instrument: str
    state: SpellingState = SpellingState.PROPOSED
    cited_in: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, kw_only=True)
class LawRegister:
    """Everything in laws.xlsx. An empty register has no rows; `file` is empty where there is no workbook.

    `earlier` are the statuses of instruments when fatf-kit last wrote the workbook, by id.
    """

    instruments: tuple[Instrument, ...] = ()
    provisions: tuple[Provision, ...] = ()
    links: tuple[ProvisionLink, ...] = ()
    translations: tuple[Translation, ...] = ()
    effects: tuple[ClauseEffect, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    file: str = ""
    sha256: str = ""
    earlier: Mapping[str, InstrumentStatus] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Instrument]:
        """Its instruments by their ids; of two with the same id the first one."""
        groups = group_pairs((one.id, one) for one in self.instruments)
        return {name: own[0] for name, own in groups.items()}

    @cached_property
    def provisions_of(self) -> Mapping[str, Sequence[Provision]]:
        """Its provisions by the ids of their instruments, in the order of the sheet."""
        return group_pairs((one.instrument, one) for one in self.provisions)

    @cached_property
    def amending(self) -> Mapping[str, Sequence[Instrument]]:
        """The instruments that amend one, by its id."""
        return group_pairs((name, one) for one in self.instruments for name in one.amends)

    @cached_property
    def translations_of(self) -> Mapping[str, Sequence[Translation]]:
        """Its translations by the ids of their instruments, in the order of the sheet."""
        return group_pairs((one.instrument, one) for one in self.translations)

    @property
    def bills(self) -> tuple[Instrument, ...]:
        """Its instruments that are not law yet."""
        return tuple(one for one in self.instruments if one.status.is_proposed_law)
