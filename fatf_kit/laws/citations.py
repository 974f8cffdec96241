"""The citations in the answers of an assessment, each matched with the register of laws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from fatf_kit.assessment.answers.model import Confidentiality, EvidenceKind, ResponseSet
from fatf_kit.assessment.answers.registers import find_cited_items, index_evidence
from fatf_kit.assessment.citations.citations import read_citations
from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.laws.matching import CitationMatch, CitationMatcher
from fatf_kit.laws.model import REGISTER_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedCitation:
    """One citation of an instrument in an answer, with its match.

    `text` is what was typed, or title and article of the item of evidence; `agency` is None in a workbook for the whole
    country. `kind` and `in_force_from` are what the agency says or the wording shows; None where neither does.
    `is_item` says that it comes from the register of evidence, whose `link` it then has; of a restricted answer
    nothing may be quoted. `is_met` says that the agency answers "met".
    """

    requirement: str
    agency: str | None
    text: str
    match: CitationMatch
    kind: EvidenceKind | None = None
    in_force_from: date | None = None
    ref: CellRef | None = None
    is_item: bool = False
    link: str = ""
    is_restricted: bool = False
    is_met: bool = False


def collect_citations(responses: ResponseSet, matcher: CitationMatcher) -> tuple[ResolvedCitation, ...]:
    """Return every citation of an instrument in the answers of all agencies, in their order."""
    return tuple(_citations(responses, matcher))


def _citations(responses: ResponseSet, matcher: CitationMatcher) -> Iterator[ResolvedCitation]:
    register = index_evidence(responses.evidence)
    for one in responses.answers:
        for answer in one.agency_answers or (one,):
            make = partial(
                ResolvedCitation,
                requirement=answer.requirement,
                agency=answer.agency,
                is_restricted=answer.confidentiality is Confidentiality.RESTRICTED,
                is_met=answer.rating is CriterionRating.MET,
            )
            listed = read_citations(answer.citation, matcher.country)
            # of several it is not known whose day it is
            day = answer.in_force_from if len(listed) == 1 else None
            for cited in listed:
                yield make(
                    text=cited.label,
                    match=matcher.match(cited.label),
                    kind=cited.kind if cited.has_certain_kind else None,
                    in_force_from=cited.in_force_from or day,
                    ref=answer.row and answer.row.at("citation"),
                )
            for item in find_cited_items(answer, register):
                if item.kind in REGISTER_KINDS:
                    text = ", ".join(filter(None, (item.title, item.article)))
                    yield make(
                        text=text,
                        match=matcher.match(text),
                        kind=item.kind,
                        in_force_from=item.in_force_from,
                        ref=item.ref,
                        is_item=True,
                        link=item.link,
                    )
