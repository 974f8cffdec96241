"""The proof on file for each answer: what it cites in words and by id, as the facts that scoring tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, CoreIssueFacts, EvidenceFacts
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.answers.registers import EvidenceRegister, find_cited_items, index_evidence
from fatf_kit.assessment.citations.citations import read_citations
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.framework.country_facts import do_courts_make_law


def collect_evidence_facts(
    responses: ResponseSet, *, core_issues: Mapping[str, CoreIssueFacts], country: str | None = None
) -> EvidenceFacts:
    """Return all proof on file.

    `core_issues` are facts from figures, to which cases and documents of the register are added.

    `country` is the ISO 3166 code in whose vocabulary citations are read; without it, that of the country on the cover.
    An answer that another agency gave in agreement adds what it cites; one that contradicts adds nothing.
    """
    country = country or find_country(responses.country)
    register = index_evidence(responses.evidence)
    instruments: dict[str, tuple[CitedInstrument, ...]] = {}
    named: dict[str, list[EvidenceItem]] = {}
    for answer in responses.answers:
        agreeing = _in_agreement(answer)
        if answer.requirement.startswith("IO."):
            items = [item for one in agreeing for item in find_cited_items(one, register)]
            named.setdefault(get_enclosing_id(answer.requirement), []).extend(items)
        elif cited := tuple(one for each in agreeing for one in _cited(each, register, country)):
            instruments[answer.requirement] = cited
    facts = {**{issue: CoreIssueFacts() for issue in named}, **core_issues}
    return EvidenceFacts(
        instruments=instruments,
        core_issues={issue: _with_register(one, named.get(issue, ())) for issue, one in facts.items()},
        do_courts_make_law=do_courts_make_law(country),
    )


def _in_agreement(answer: Answer) -> tuple[Answer, ...]:
    """Return the answer that is used and those of other agencies that do not contradict it."""
    return answer, *(
        v for v in answer.agency_answers if v.agency != answer.agency and v.rating in (None, answer.rating)
    )


def _cited(answer: Answer, register: EvidenceRegister, country: str | None) -> Iterator[CitedInstrument]:
    """Yield what an answer cites: in its own words, and by id from the register."""
    typed = [_dated(one, answer.in_force_from) for one in read_citations(answer.citation, country)]
    yield from typed
    for item in find_cited_items(answer, register):
        yield CitedInstrument(
            label=item.title or item.id,
            kind=item.kind,
            article=item.article or next((one.article for one in typed if one.article), ""),
            in_force_from=item.in_force_from or answer.in_force_from,
            is_in_register=True,
        )


def _dated(one: CitedInstrument, answered: date | None) -> CitedInstrument:
    """Return the instrument with its first day: for a text of a regional organisation that on record, else that given.

    A day on record that no source confirms gives way to the answered one.
    """
    known = one.in_force_from
    return replace(one, in_force_from=(known or answered) if one.has_certain_kind else (answered or known))


def _with_register(facts: CoreIssueFacts, items: list[EvidenceItem] | tuple[()]) -> CoreIssueFacts:
    """Return facts with the items of the register: cases count as cases, everything else as documents."""
    cases = tuple(item.id for item in items if item.kind is EvidenceKind.CASE)
    documents = tuple(item.id for item in items if item.kind is not EvidenceKind.CASE)
    return replace(
        facts,
        cases=tuple(dict.fromkeys((*facts.cases, *cases))),
        documents=tuple(dict.fromkeys((*facts.documents, *documents))),
    )
