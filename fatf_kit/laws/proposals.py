"""Rows for the register of laws that answers suggest: instruments, provisions, links and spellings, all as proposed.

A citation that surely means an instrument proposes its provisions and links, one that may mean it a spelling to decide,
and any other that names an instrument a new one. A proposed link covers all of a criterion only where everybody answers
"met" and cites nothing else; otherwise it covers a part, and a person decides. What a person entered is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.assessment.citations.citations import read_part
from fatf_kit.framework.country_facts import has_country_page, load_country_page
from fatf_kit.laws.articles import covers, do_labels_relate, read_article_keys
from fatf_kit.laws.citations import ResolvedCitation
from fatf_kit.laws.identity import InstrumentIdentity, find_name, read_identity
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import (
    REGISTER_KINDS,
    EntryState,
    Instrument,
    InstrumentStatus,
    LawRegister,
    LinkScope,
    Provision,
    ProvisionLink,
    Spelling,
)

_FEWEST_WORDS = 2
"""Words of a name without number and year that are enough to propose an instrument."""

_CELLS_SHOWN = 3
"""Cells that a row names as places where it is cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """The register with the rows that were proposed, and how many rows of each kind these are."""

    register: LawRegister
    instruments: int = 0
    provisions: int = 0
    links: int = 0
    spellings: int = 0

    @property
    def count(self) -> int:
        """Return the number of rows that were proposed."""
        return self.instruments + self.provisions + self.links + self.spellings


def propose_rows(
    register: LawRegister, citations: Sequence[ResolvedCitation], country: str | None, *, today: date
) -> Proposals:
    """Return the register with everything that the citations suggest and that it does not have yet."""
    work = _Proposer(register, country, today)
    # items of evidence come first, because they have whole titles
    for one in sorted(citations, key=lambda citation: not citation.is_item):
        work.add_instrument(one)
    for one in citations:
        work.note_proof(one)
        work.add_details(one)
    return work.finish()


def propose_country_instruments(country: str) -> tuple[Instrument, ...]:
    """Return the laws that the country's page names, as proposed rows; nothing without a page.

    >>> [(one.id, one.number, one.year, str(one.entry)) for one in propose_country_instruments("IRQ")]
    [('L-001', '39', 2015, 'proposed')]
    """
    if not has_country_page(country):
        return ()
    found: list[Instrument] = []
    for law in load_country_page(country)["aml_laws"]:
        identity = read_identity(law["citation"], country)
        titles = {law["language"]: law["citation"]}
        for at, one in enumerate(found):
            if (one.number, one.year) in identity.numbers:
                found[at] = replace(one, titles={**titles, **one.titles})
                break
        else:
            found.append(_make_instrument(len(found) + 1, titles, identity))
    return tuple(found)


def _make_instrument(number: int, titles: Mapping[str, str], identity: InstrumentIdentity) -> Instrument:
    """Return a proposed instrument with what its citation says about it."""
    official, year = identity.numbers[0] if identity.numbers else ("", None)
    return Instrument(
        id=f"L-{number:03}",
        titles=titles,
        kind=identity.kind if identity.has_certain_kind else None,
        number=official,
        year=year or min(identity.years, default=None),
        day=identity.day,
        entry=EntryState.PROPOSED,
    )


class _Proposer:
    def __init__(self, register: LawRegister, country: str | None, today: date) -> None:
        self._register, self._country, self._today = register, country, today
        self._matcher = CitationMatcher(register, country)
        self._instruments: dict[str, Instrument] = {}
        self._provisions: dict[str, Provision] = {}
        self._links: dict[tuple[str, str], ProvisionLink] = {}
        self._spellings: dict[tuple[str, str], Spelling] = {}
        self._cells: dict[str, dict[str, None]] = {}
        self._cited: dict[str, set[str]] = {}
        self._not_met: set[str] = set()
        self._last = max((int(name[2:]) for name in register.by_id), default=0)

    def add_instrument(self, cited: ResolvedCitation) -> None:
        """Propose an instrument where a citation names one that is not in the register."""
        match = self._matcher.match(cited.text)
        if not match.candidates and (made := self._make_instrument(cited)):
            self._instruments[made.id] = made
            self._matcher.add(made)

    def _make_instrument(self, cited: ResolvedCitation) -> Instrument | None:
        identity = read_identity(cited.text, self._country)
        kind = (identity.kind if identity.has_certain_kind else None) or cited.kind
        if kind not in (None, *REGISTER_KINDS) or identity.is_about:
            return None
        is_named = bool(identity.numbers or identity.years) or len(identity.words) >= _FEWEST_WORDS
        if not (identity.names_kind or cited.is_item) or not is_named:
            return None
        is_later = cited.in_force_from is not None and cited.in_force_from > self._today
        status = InstrumentStatus.ADOPTED if is_later else InstrumentStatus.IN_FORCE
        titles = {_find_language(cited.text, identity): find_name(cited.text, self._country)}
        made = _make_instrument(self._last + len(self._instruments) + 1, titles, identity)
        begins = cited.in_force_from
        return replace(made, kind=kind, status=status, in_force_from=begins, link=cited.link)

    def note_proof(self, cited: ResolvedCitation) -> None:
        """Note what is cited for a criterion or part, and whether an agency that cites it answers less than met."""
        labels = list_article_labels(cited.text, self._country)
        names = (f"{find_name(cited.text, self._country)} {label}" for label in labels)
        self._cited.setdefault(cited.requirement, set()).update(names if labels else [cited.text])
        if not cited.is_met:
            self._not_met.add(cited.requirement)

    def add_details(self, cited: ResolvedCitation) -> None:
        """Propose a spelling, or the provisions and links of the instrument that is surely meant."""
        match = self._matcher.match(cited.text)
        for instrument in match.candidates[:1]:
            if cited.ref is not None:
                self._cells.setdefault(instrument.id, {})[str(cited.ref)] = None
            if match.difference:
                self._add_spelling(instrument, cited)
            elif not cited.is_item:
                self._add_provisions(instrument, cited)

    def _add_spelling(self, instrument: Instrument, cited: ResolvedCitation) -> None:
        name, country = find_name(cited.text, self._country), self._country
        plain = read_identity(name, country).plain
        own = (one.text for one in self._register.spellings if one.instrument == instrument.id)
        if plain not in {read_identity(text, country).plain for text in own}:
            made = Spelling(text=name, instrument=instrument.id, cited_in=str(cited.ref or ""))
            self._spellings.setdefault((plain, instrument.id), made)

    def _add_provisions(self, instrument: Instrument, cited: ResolvedCitation) -> None:
        for label in list_article_labels(cited.text, self._country):
            own = (one for one in self._provisions.values() if one.instrument == instrument.id)
            known = (*self._register.provisions_of.get(instrument.id, ()), *own)
            for one in known:
                if do_labels_relate(one.article, label, self._country, covers):
                    holder = one
                    break
            else:
                new = Provision(instrument=instrument.id, article=label, entry=EntryState.PROPOSED)
                holder = self._provisions[new.id] = new
            self._add_link(holder, label, cited.requirement)

    def _add_link(self, holder: Provision, label: str, requirement: str) -> None:
        for one in self._register.links:
            is_same = one.instrument == holder.instrument and one.requirement == requirement
            if is_same and do_labels_relate(one.article, label, self._country):
                return
        self._links[holder.id, requirement] = ProvisionLink(
            instrument=holder.instrument,
            article=holder.article,
            requirement=requirement,
            entry=EntryState.PROPOSED,
        )

    def finish(self) -> Proposals:
        """Return the register with the proposed rows after those that it has."""
        register = self._register
        known = (*register.instruments, *self._instruments.values())
        instruments = tuple(replace(one, cited_in=self._describe_cells(one)) for one in known)
        return Proposals(
            register=replace(
                register,
                instruments=instruments,
                provisions=(*register.provisions, *self._provisions.values()),
                links=(*register.links, *(replace(link, scope=self._scope(link)) for link in self._links.values())),
                spellings=(*register.spellings, *self._spellings.values()),
            ),
            instruments=len(self._instruments),
            provisions=len(self._provisions),
            links=len(self._links),
            spellings=len(self._spellings),
        )

    def _scope(self, link: ProvisionLink) -> LinkScope:
        """Return how much a proposed link covers: all only of what is met by one provision that alone is cited."""
        name = link.requirement
        is_alone = len(self._cited[name]) == 1 and not any(link.requirement == name for link in self._register.links)
        return LinkScope.ALL if is_alone and name not in self._not_met else LinkScope.PART

    def _describe_cells(self, one: Instrument) -> str:
        cells = list(self._cells.get(one.id, ()))
        more = f" +{len(cells) - _CELLS_SHOWN}" if len(cells) > _CELLS_SHOWN else ""
        return "; ".join(cells[:_CELLS_SHOWN]) + more


def _find_language(text: str, identity: InstrumentIdentity) -> str:
    """Return the language of a title: that of its word for the kind, else by its script."""
    return identity.language or ("ar" if re.search("[\u0600-\u06ff]", text) else "en")


def list_article_labels(text: str, country: str | None) -> tuple[str, ...]:
    """Return the articles of a citation one by one, as it writes them, each with its word; ranges stay whole.

    >>> list_article_labels("AML/CFT Act 2019, arts. 17(3), 19(5) and 41-44", None)
    ('art. 17(3)', 'art. 19(5)', 'arts. 41-44')
    >>> list_article_labels("قانون رقم 39 لسنة 2015، المادتان 5 و 6", "IRQ")
    ('المادة 5', 'المادة 6')
    """
    part = read_part(text, country)
    found: list[str] = []
    for one in part.articles:
        passage = part.text.typed_at(one.start, one.end).strip(" ,،")
        word = next(iter(re.findall(r"^[^\d(«]*", passage)), "").strip()
        for piece in _BETWEEN.split(passage[len(word) :] if word else passage):
            number = piece.strip(" ,،")
            if not number:
                continue
            own = word if _RANGE.search(number) else _one_of(word)
            label = number if re.match(r"[^\W\d]{3,}", number) else f"{own} {number}".strip()
            if read_article_keys(label, country):
                found.append(label)
    return tuple(dict.fromkeys(found))


_BETWEEN = re.compile(r"\s*(?:,|،|\band\b|\bet\b|&|(?<=[\d)»])\s*و(?=\s*[(«]?\s*\d))\s*")
_RANGE = re.compile(r"^\(?\d+\)?\s*(?:[-–]|to|à|إلى)\s*\(?\d+\)?$")
_SINGLE = {**dict.fromkeys(("المواد", "المادتان", "المادتين", "والمادة"), "المادة"), "§§": "§"}


def _one_of(word: str) -> str:
    """Return the word for one article: "art." for "arts.", "section" for "sections"."""
    return _SINGLE.get(word) or re.sub(r"(?<=[a-z]{2})s(?=\.?$)", "", word)
