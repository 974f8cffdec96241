"""The register of laws, declared: instruments, provisions, what they show, translations, bills, spellings.

An instrument is identified by its id ("L-003"), a provision by that and its article ("L-003 art. 12"). Dates are None
where they are not known; texts are empty where nothing was entered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.assessment.workbook.schema import CRITERIA
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import list_labels, normalise
from fatf_kit.core.national_words import base_language
from fatf_kit.core.problems import CellRef, quote_found
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import Framework
from fatf_kit.framework.catalog import index_requirements, make_id_hint, match_requirement
from fatf_kit.spreadsheets.declared_rows import DeclaredRow, refer_to
from fatf_kit.spreadsheets.declared_sheets import col, sheet_row
from fatf_kit.spreadsheets.schema import CellKind, Choices, message_choices

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


def _kind_labels(language: str) -> dict[str, str]:
    labels = list_labels("evidence_kind", language)
    return {kind: labels[kind] for kind in REGISTER_KINDS}


_KINDS = Choices("law_kinds", _kind_labels, unknown="evidence-kind-unknown")
_STATUSES = message_choices("law_statuses", lambda: InstrumentStatus)
STAGES = message_choices(
    "law_stages",
    lambda: BillStage,
    earlier={"لدى الحكومة": BillStage.GOVERNMENT, "لدى البرلمان": BillStage.PARLIAMENT},
)
_ENTRIES = message_choices("law_entries", lambda: EntryState)
_SCOPES = message_choices("law_scopes", lambda: LinkScope)
_STATES = message_choices("law_spellings", lambda: SpellingState)

_ID_FORM = re.compile(r"L-\d{3,5}\b", re.IGNORECASE)


def find_instrument_id(text: str) -> str:
    """Return the id of an instrument with which a text begins; empty where it begins with none.

    >>> find_instrument_id("l-003 art. 12"), find_instrument_id("Law 39 of 2015")
    ('L-003', '')
    """
    number = _ID_FORM.match(normalise(text))
    return number[0].upper() if number else ""


def _entry() -> Any:
    """Declare the column that says whether a person has checked a row."""
    return col("Entry", 12, style="rating", choices=_ENTRIES, default=EntryState.CHECKED)


def _read_id(row: DeclaredRow[Framework], key: str) -> str | None:
    name = find_instrument_id(row.cells.id)
    if not name:
        row.report_row("law-unnumbered", **quote_found(row.cells.id or "–"))
    _report_rest(row, key, row.cells.id, name)
    return name or None


def _report_rest(row: DeclaredRow[Framework], key: str, text: str, name: str) -> None:
    """Report what follows the number of an instrument in a cell, often its title: the number alone is read."""
    if name and normalise(text)[len(name) :].strip(" .,،:-–—()"):
        row.report("law-followed", key, law=name)


def _read_laws(row: DeclaredRow[Framework], key: str) -> tuple[str, ...]:
    return tuple(name.upper() for name in row.cells.items(key))


_find_known_law = refer_to("instruments", "law-unknown", find_instrument_id)


def _find_law(row: DeclaredRow[Framework], key: str) -> object:
    name, text = _find_known_law(row, key), row.cells.text(key)
    if name:
        _report_rest(row, key, text, find_instrument_id(text))
    return name


def _find_article(row: DeclaredRow[Framework], key: str) -> tuple[str, str] | None:
    """Return the instrument and the article that a cell names; None where it names no instrument of the register."""
    text = row.cells.text(key) if row.cells.has(key) or key != "provision" else row.cells.id
    name = find_instrument_id(text)
    if row.reader.find_place("instruments", name):
        return name, text[len(name) :].strip(" ,،")
    row.report("law-unknown", key, **quote_found(text or "–"))
    return None


def _read_provision(row: DeclaredRow[Framework], key: str) -> Mapping[str, str] | None:
    """Read an instrument and its article, which must be named."""
    named = _find_article(row, key)
    if named is None:
        return None
    law, article = named
    if not article:
        row.report("law-article-missing", key, **quote_found(row.cells.text(key) or row.cells.id))
        return None
    return {"instrument": law, "article": article}


def _read_source(row: DeclaredRow[Framework], key: str) -> Mapping[str, str] | None:
    """Read an instrument, and its article where one is named."""
    named = _find_article(row, key)
    return None if named is None else {"instrument": named[0], "article": named[1]}


def _read_clause(row: DeclaredRow[Framework], key: str) -> Mapping[str, str] | None:
    """Read a bill and its clause."""
    named = _read_provision(row, key)
    return None if named is None else {"bill": named["instrument"], "clause": named["article"]}


def _read_requirement(row: DeclaredRow[Framework], key: str) -> str | None:
    """Read a criterion or part."""
    text, framework = row.cells.text(key), row.context
    known = match_requirement(framework, text)
    if known is not None and not known.id.startswith("IO."):
        return known.id
    ids = (name for name in index_requirements(framework) if name.startswith("R."))
    row.report("id-unknown", key, **quote_found(text or "–"), edition=framework.id, **make_id_hint(text, ids))
    return None


def _read_rating(row: DeclaredRow[Framework], key: str) -> CriterionRating | None:
    code = row.cells.choice(key)
    if code is None:
        row.report("bill-unrated", key)
    return CriterionRating(code) if code else None


@sheet_row
class Instrument:
    """One instrument. `titles` are by language; `kind` is None where it is open, `kind_word` the country's own word.

    `number` is as the country writes it ("39"), `year` the one it is cited by. `in_force_until` is the last day on
    which it applies. A bill or draft has `expected`, the day on which it is to come into force, and may have a `stage`
    with the day by which that is to be complete. `amends` are ids of instruments, and `made_under` those of the acts
    without which it does not apply. `cited_in` are the cells in which agencies cite it, as texts.
    """

    id: str = col("No.", 9, read=_read_id)
    titles: Mapping[str, str] = col("Title in {language}", 30, key="title", required="law-untitled")
    kind: EvidenceKind | None = col("Kind", 18, choices=_KINDS)
    kind_word: str = col("The country's own word for the kind", 18, folded=True)
    number: str = col("Official number", 11, style="short text")
    year: int | None = col("Year", 8, kind=CellKind.COUNT)
    day: date | None = col("Date of the instrument", 13, folded=True)
    issuer: str = col("Issued by", 24)
    status: InstrumentStatus = col("Status", 13, style="rating", choices=_STATUSES, default=InstrumentStatus.IN_FORCE)
    in_force_from: date | None = col("In force from", 13)
    in_force_until: date | None = col("In force until", 13)
    expected: date | None = col("Expected in force from", 13)
    stage: BillStage | None = col("Present stage of a bill", 18, choices=STAGES)
    stage_due: date | None = col("Stage complete by", 13)
    amends: tuple[str, ...] = col("Amends", 12, style="ids", read=_read_laws)
    made_under: tuple[str, ...] = col("Made under", 12, style="ids", optional=True, read=_read_laws)
    link: str = col("Link", 30, kind=CellKind.LINK, folded=True)
    file: str = col("File", 22, folded=True)
    entry: EntryState = _entry()
    note: str = col("Notes", 34, folded=True, multiline=True)
    cited_in: str = col("Cited in", 34, folded=True, multiline=True)
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


@sheet_row
class Provision:
    """One provision of an instrument. `article` is the label as the country writes it ("art. 12", "المادة 12").

    Its dates are None where those of the instrument apply.
    """

    provision: ClassVar[str] = col("Provision", 24, kind=CellKind.ID, style="short text", read=_read_provision)
    instrument: str
    article: str
    heading: str = col("Heading of the article", 36)
    summary: str = col("Summary in your own words", 60, multiline=True)
    in_force_from: date | None = col("In force from", 13)
    in_force_until: date | None = col("In force until", 13)
    entry: EntryState = _entry()
    ref: CellRef | None = None

    @property
    def id(self) -> str:
        """Its id: that of the instrument and the article."""
        return f"{self.instrument} {self.article}"


@sheet_row
class ProvisionLink:
    """A provision that shows a criterion or part, by the country's own judgement."""

    provision: ClassVar[str] = col("Provision", 24, style="short text", needed=True, read=_read_provision)
    instrument: str
    article: str
    requirement: str = col("Criterion or part", 18, style="short text", needed=True, read=_read_requirement)
    scope: LinkScope = col("Covers all or a part", choices=_SCOPES, default=LinkScope.ALL)
    note: str = col("Notes", 48, multiline=True)
    entry: EntryState = _entry()
    ref: CellRef | None = None


@sheet_row
class Translation:
    """A translation of an instrument, or of one article of it.

    `text_as_of` is the day of the text that was translated: the day on which its last change came into force. `made_on`
    is the day on which the translation was finished; `due` is the day by which it is to be ready. `checked_by` is who
    compared it with the source.
    """

    source: ClassVar[str] = col("Instrument or provision", 24, style="short text", needed=True, read=_read_source)
    instrument: str
    article: str = ""
    language: str = col("Language", style="short text")
    translator: str = col("Translated by", 24)
    text_as_of: date | None = col("Text as in force on", 13)
    made_on: date | None = col("Translated on", 13)
    due: date | None = col("Due", 13)
    checked_by: str = col("Checked by", 24)
    file: str = col("File", 26)
    ref: CellRef | None = None


@sheet_row
class ClauseEffect:
    """The answer to which a clause of a bill would bring a criterion or part, as the drafters claim."""

    place: ClassVar[str] = col("Bill and clause", 24, key="clause", style="short text", needed=True, read=_read_clause)
    bill: str
    clause: str
    requirement: str = col("Criterion or part", 18, style="short text", needed=True, read=_read_requirement)
    rating: CriterionRating = col("Answer with the clause", 16, style="rating", choices=CRITERIA, read=_read_rating)
    note: str = col("Notes", 48, multiline=True)
    ref: CellRef | None = None


@sheet_row
class Spelling:
    """A citation as typed, and the instrument that it means; only a confirmed one is used."""

    text: str = col("Citation as typed", 52, key="spelling")
    instrument: str = col("Instrument", 12, style="short text", needed=True, read=_find_law)
    state: SpellingState = col("Decision", style="rating", choices=_STATES, default=SpellingState.PROPOSED)
    cited_in: str = col("Cited in", 34, folded=True, multiline=True)
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
        groups = group_pairs((law.id, law) for law in self.instruments)
        return {name: laws[0] for name, laws in groups.items()}

    @cached_property
    def provisions_of(self) -> Mapping[str, Sequence[Provision]]:
        """Its provisions by the ids of their instruments, in the order of the sheet."""
        return group_pairs((provision.instrument, provision) for provision in self.provisions)

    @cached_property
    def amending(self) -> Mapping[str, Sequence[Instrument]]:
        """The instruments that amend one, by its id."""
        return group_pairs((name, law) for law in self.instruments for name in law.amends)

    @cached_property
    def translations_of(self) -> Mapping[str, Sequence[Translation]]:
        """Its translations by the ids of their instruments, in the order of the sheet."""
        return group_pairs((translation.instrument, translation) for translation in self.translations)

    @property
    def bills(self) -> tuple[Instrument, ...]:
        """Its instruments that are not law yet."""
        return tuple(law for law in self.instruments if law.status.is_proposed_law)
