"""The proof on file for each answer: what it cites in words and by id, as the facts that scoring tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fatf_kit.framework.catalog import whole
from fatf_kit.responses.evidence_facts import CitedInstrument, CoreIssueFacts, EvidenceFacts
from fatf_kit.responses.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.responses.registers import Register, items_cited, register_of
from fatf_kit.responses.typed_citations import read_citations


def evidence_facts_of(
    responses: ResponseSet, *, core_issues: Mapping[str, CoreIssueFacts], country: str | None = None
) -> EvidenceFacts:
    """All proof on file. `core_issues` are facts from figures, to which cases and documents of the register are added.

    `country` is the ISO 3166 code in whose vocabulary citations are read, None where it is not known. An answer that
    another agency gave in agreement adds what it cites; one that contradicts adds nothing.
    """
    register = register_of(responses.evidence)
    instruments: dict[str, tuple[CitedInstrument, ...]] = {}
    named: dict[str, list[EvidenceItem]] = {}
    for answer in responses.answers:
        agreeing = _in_agreement(answer)
        if answer.requirement.startswith("IO."):
            items = [item for one in agreeing for item in items_cited(one, register)]
            named.setdefault(whole(answer.requirement), []).extend(items)
        elif cited := tuple(one for each in agreeing for one in _cited(each, register, country)):
            instruments[answer.requirement] = cited
    facts = {**{issue: CoreIssueFacts() for issue in named}, **core_issues}
    return EvidenceFacts(
        instruments=instruments,
        core_issues={issue: _with_register(one, named.get(issue, ())) for issue, one in facts.items()},
    )


def _in_agreement(answer: Answer) -> tuple[Answer, ...]:
    """The answer that is used and those of other agencies that do not contradict it."""
    return answer, *(v for v in answer.voices if v.agency != answer.agency and v.rating in (None, answer.rating))


def _cited(answer: Answer, register: Register, country: str | None) -> Iterator[CitedInstrument]:
    """What an answer cites: in its own words, and by id from the register."""
    typed = [
        replace(one, in_force_from=one.in_force_from or answer.in_force_from)
        for one in (read_citations(answer.citation, country) if answer.citation else ())
    ]
    yield from typed
    for item in items_cited(answer, register):
        yield CitedInstrument(
            label=item.title or item.id,
            kind=item.kind,
            article=item.article or next((one.article for one in typed if one.article), ""),
            in_force_from=item.in_force_from or answer.in_force_from,
            is_in_register=True,
        )


def _with_register(facts: CoreIssueFacts, items: list[EvidenceItem] | tuple[()]) -> CoreIssueFacts:
    """Facts with what the register has: cases count as cases, everything else as documents."""
    cases = tuple(item.id for item in items if item.kind is EvidenceKind.CASE)
    documents = tuple(item.id for item in items if item.kind is not EvidenceKind.CASE)
    return replace(
        facts,
        cases=tuple(dict.fromkeys((*facts.cases, *cases))),
        documents=tuple(dict.fromkeys((*facts.documents, *documents))),
    )
