"""Which register an answer's evidence ids refer to: that of its own agency, or of its own file where none is named.

Every agency numbers its own evidence, so one agency's E-1 must never prove what another says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fatf_kit.assessment.answers.model import Answer, EvidenceItem, ResponseSet

EvidenceRegister = Mapping[tuple[str, str], EvidenceItem]
"""Items of evidence by their source and id."""


def index_evidence(items: Iterable[EvidenceItem]) -> EvidenceRegister:
    """Return all items by source and id; of two with the same the first one stands."""
    found: dict[tuple[str, str], EvidenceItem] = {}
    for item in items:
        found.setdefault((item.source, item.id), item)
    return found


def find_cited_items(answer: Answer, register: EvidenceRegister) -> tuple[EvidenceItem, ...]:
    """Return the items that an answer names and that its own source registered, in its order.

    >>> from fatf_kit.assessment.answers.model import EvidenceKind
    >>> fiu = index_evidence([EvidenceItem(source="fiu", id="E-1", kind=EvidenceKind.CASE, title="A case")])
    >>> ours, theirs = (Answer(requirement="R.1/1.1", rating=None, evidence=("E-1",), source=s) for s in ("fiu", "npo"))
    >>> len(find_cited_items(ours, fiu)), len(find_cited_items(theirs, fiu))
    (1, 0)
    """
    return tuple(register[key] for name in answer.evidence if (key := (answer.source, name)) in register)


def share_register(responses: ResponseSet) -> ResponseSet:
    """Return the same answers with one register for all of them, as a single workbook has it.

    Where several sources use one id, it gets the source's name before it in the register and in the answers.
    """
    sources: dict[str, set[str]] = {}
    for one in responses.evidence:
        sources.setdefault(one.id, set()).add(one.source)
    for answer in responses.answers:
        for name in answer.evidence:
            sources.setdefault(name, set()).add(answer.source)

    def renamed(source: str, name: str) -> str:
        return f"{source.upper()}-{name}" if len(sources[name]) > 1 else name

    return replace(
        responses,
        answers=tuple(
            answer._replace(source="", evidence=tuple(renamed(answer.source, name) for name in answer.evidence))
            for answer in responses.answers
        ),
        evidence=tuple(item._replace(source="", id=renamed(item.source, item.id)) for item in responses.evidence),
    )
