"""Checks find questions to agencies about the instruments they cite."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.assessment.answers.model import Answer, Confidentiality, EvidenceKind, ResponseSet
from fatf_kit.assessment.citations.citations import find_proposed_kinds
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.core.ratings import CriterionRating


def check_citations(responses: ResponseSet, country: str | None = None) -> tuple[Problem, ...]:
    """Return a question for each word whose kind is a proposal that no source confirms, once for each agency.

    `country` is the ISO 3166 code in whose vocabulary citations are read; without it, that of the country on the cover.
    Answers that need no proof are passed over.
    """
    code = country or find_country(responses.country)
    found = group_pairs(
        ((answer.source, word.casefold(), kind), (answer, word))
        for answer in _answers(responses)
        for word, kind in dict.fromkeys(find_proposed_kinds(answer.citation, code))
    )
    return tuple(_question(*cited[0], kind, len(cited)) for (_, _, kind), cited in found.items())


def _answers(responses: ResponseSet) -> Iterator[Answer]:
    """Yield the answers of every agency that cite something to show a claim."""
    for answer in responses.answers:
        for one in answer.agency_answers or (answer,):
            if one.citation and one.rating not in (CriterionRating.NOT_MET, CriterionRating.NOT_APPLICABLE):
                yield one


def _question(answer: Answer, word: str, kind: EvidenceKind, count: int) -> Problem:
    is_restricted = answer.confidentiality is Confidentiality.RESTRICTED
    return make_problem(
        "kind-proposed",
        answer.row and answer.row.at("citation"),
        answer.requirement,
        **quote_found(word, restricted=is_restricted),
        evidence_kind=kind,
        count=count,
    )
