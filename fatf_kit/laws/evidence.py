"""The register of laws as evidence: cited instruments get the kind, dates and id that the register gives them.

An instrument that was only proposed changes nothing. A provision that covers a criterion wholly, by a link that was
checked, is on file for it even where no answer cites it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, EvidenceFacts
from fatf_kit.laws.legal_basis import find_end, find_start, is_proposed_law
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import EntryState, Instrument, LawRegister, LinkScope, Provision


def apply_register(proof: EvidenceFacts, register: LawRegister, matcher: CitationMatcher) -> EvidenceFacts:
    """Return the proof on file with what the register says about each instrument."""
    if not register.instruments:
        return proof
    found = {name: tuple(_resolve(cited, matcher)) for name, cited in proof.instruments.items()}
    for requirement, fact in _linked(register, matcher):
        if fact.law not in {one.law for one in found.get(requirement, ())}:
            found[requirement] = (*found.get(requirement, ()), fact)
    return replace(proof, instruments=found)


def _resolve(cited: Iterable[CitedInstrument], matcher: CitationMatcher) -> Iterator[CitedInstrument]:
    """Yield the facts about everything that an answer cites, for each provision; without a match, the fact as it is.

    An item of evidence names a whole instrument. Where the answer names articles of it, these count instead.
    """
    named: set[str] = set()
    for one in cited:
        match = matcher.match(one.label)
        instrument = match.instrument
        if instrument and one.is_in_register and instrument.id in named:
            continue
        if instrument and one.article and not one.is_in_register:
            named.add(instrument.id)
        if instrument is None or instrument.is_proposed:
            yield one
        else:
            provisions = (None,) if one.is_in_register else match.provisions or (None,)
            yield from (make_fact(matcher.register, instrument, provision, cited=one) for provision in provisions)


def make_fact(
    register: LawRegister,
    instrument: Instrument,
    provision: Provision | None = None,
    *,
    cited: CitedInstrument | None = None,
) -> CitedInstrument:
    """Return the fact about an instrument or a provision of it.

    A date that the register leaves open is taken as `cited`. A kind that it leaves open stays open, whatever the words
    of a citation suggest: it is taken as cited, but is certain only where somebody chose it for an item of evidence.
    What is not law yet has no kind. In both cases the agency that cites it gets a question. What is suspended or
    repealed no longer applies, from the day that is given, or else from the first day that is known of it. What is made
    under an act applies only while that act does.
    """
    start = find_start(register, instrument, provision, cited=cited.in_force_from if cited else None)
    kind = instrument.kind or (cited.kind if cited else None)
    is_chosen = cited is not None and cited.is_in_register and cited.has_certain_kind
    return CitedInstrument(
        label=cited.label if cited else instrument.title(""),
        kind=None if is_proposed_law(register, instrument) else kind,
        has_certain_kind=instrument.kind is not None or is_chosen,
        article=(cited.article if cited else "") or (provision.article if provision else ""),
        in_force_from=start,
        in_force_until=find_end(register, instrument, provision),
        is_in_register=cited is not None and cited.is_in_register,
        law=provision.id if provision else instrument.id,
    )


def _linked(register: LawRegister, matcher: CitationMatcher) -> Iterator[tuple[str, CitedInstrument]]:
    """Yield the requirements that a provision covers wholly by a checked link, with the fact about it."""
    for link in register.links:
        instrument = register.by_id.get(link.instrument)
        is_whole = link.entry is EntryState.CHECKED and link.scope is LinkScope.ALL
        if instrument is None or instrument.is_proposed or not is_whole:
            continue
        name = f"{link.instrument} {link.article}".strip()
        fact = make_fact(register, instrument, next(iter(matcher.match(name).provisions), None))
        yield link.requirement, replace(fact, article=link.article, law=name)
