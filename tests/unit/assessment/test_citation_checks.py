"""Citations are checked for the kind of their instruments and used as proof on file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.evidence_facts import CitedInstrument
from fatf_kit.assessment.answers.model import Answer, Confidentiality, EvidenceKind, ResponseSet
from fatf_kit.assessment.answers.parse import parse_workbook
from fatf_kit.assessment.citations.checks import check_citations
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.core.languages import LANGUAGES, label
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.scoring import assess, load_policy
from tests.rows import raw_row as row
from tests.unit.assessment.test_parse import book

MET = CriterionRating.MET


def responses(country: str | None, *citations: str, **fields: Any) -> ResponseSet:
    """Return answers to R.10/10.2 and the following criteria, with one citation each."""
    answers = tuple(
        Answer(requirement=f"R.10/10.{n}", rating=MET, citation=citation, source="fiu", **fields)
        for n, citation in enumerate(citations, start=2)
    )
    return ResponseSet(edition="fatf-2022", answers=answers, country=country)


def cited(given: ResponseSet, country: str | None = None) -> CitedInstrument:
    """Return the first instrument of R.10/10.2."""
    return collect_evidence_facts(given, core_issues={}, country=country).instruments["R.10/10.2"][0]


def test_one_question_for_each_word_of_an_agency() -> None:
    """The first cell is named, with the number of answers; what a source confirms is not asked."""
    given = responses("France", "Instruction n° 1, art. 3", "Loi n° 2, art. 1", "instruction n° 4, art. 2")
    (problem,) = check_citations(given)
    assert (problem.code, problem.requirement) == ("kind-proposed", "R.10/10.2")
    assert dict(problem.facts) == {"found": "Instruction", "evidence_kind": "guidance", "count": "2"}


def test_the_question_names_the_cell() -> None:
    """The address is that of the citation."""
    raw: RawWorkbook = book(row("R.10/10.2", rating="met", citation="Décret n° 5, art. 3"))
    parsed, _ = parse_workbook(raw, load_framework("fatf-2022"))
    (problem,) = check_citations(parsed, "FRA")
    expected = parsed.answers[0].row and parsed.answers[0].row.at("citation")
    assert isinstance(expected, CellRef)
    assert problem.ref == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_is_written_in_every_language(language: str) -> None:
    """The question names the word and the kind in the language of the reader."""
    (problem,) = check_citations(responses("FRA", "Instruction n° 1, art. 3"))
    text = problem.text_in(Translator(language))
    assert "Instruction" in text
    assert label("evidence_kind", "guidance", language) in text


def test_a_restricted_answer_is_not_quoted() -> None:
    """The question about a restricted answer does not quote it."""
    (problem,) = check_citations(
        responses("FRA", "Instruction n° 1", confidentiality=Confidentiality.RESTRICTED),
    )
    assert "Instruction" not in problem.text


def test_answers_that_need_no_proof_are_passed_over() -> None:
    """A criterion that is not met needs no proof, so its citation is not checked."""
    given = responses("FRA", "Instruction n° 1, art. 3")
    not_met = tuple(answer._replace(rating=CriterionRating.NOT_MET) for answer in given.answers)
    assert check_citations(ResponseSet(edition="fatf-2022", answers=not_met, country="FRA")) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("المملكة العربية السعودية", EvidenceKind.LAW),
        ("Irak", EvidenceKind.REGULATION),
        ("Ruritania", None),
        (None, None),
    ],
)
def test_the_cover_names_the_country(name: str | None, expected: EvidenceKind | None) -> None:
    """Its name in any language decides in which vocabulary a citation is read."""
    assert expected is cited(responses(name, "نظام مكافحة غسل الأموال، المادة 7")).kind


def test_the_settings_go_before_the_cover() -> None:
    """A code that is given decides."""
    given = responses("Iraq", "نظام مكافحة غسل الأموال، المادة 7")
    assert EvidenceKind.LAW is cited(given, "SAU").kind


@pytest.mark.parametrize(
    ("country", "citation", "answered", "expected"),
    [
        ("Germany", "Regulation (EU) 2024/1624, art. 19(1)", date(2024, 7, 9), date(2027, 7, 10)),
        ("Cameroun", "Règlement n° 02/24/CEMAC/UMAC/CM, art. 29", None, date(2024, 12, 20)),
        ("Italy", "Delegated Regulation (EU) 2016/1675, art. 1", date(2016, 10, 1), date(2016, 10, 1)),
        ("Iraq", "Law No. 39 of 2015, art. 9", date(2015, 11, 16), date(2015, 11, 16)),
    ],
)
def test_the_first_day(country: str, citation: str, answered: date | None, expected: date) -> None:
    """The day on record where a source confirms it, else the answered one."""
    assert cited(responses(country, citation, in_force_from=answered)).in_force_from == expected


@pytest.mark.parametrize(
    ("country", "citation", "in_force_from", "expected"),
    [
        ("Germany", "Regulation (EU) 2023/1113, art. 14", None, MET),
        ("Germany", "Regulation (EU) 2024/1624, art. 19(1)", None, CriterionRating.NOT_MET),
        ("Cameroon", "Règlement n° 01/CEMAC/UMAC/CM, art. 29", None, MET),
        ("Saudi Arabia", "نظام مكافحة غسل الأموال، المادة 7", date(2017, 10, 25), MET),
        ("Iraq", "نظام مكافحة غسل الأموال، المادة 7", date(2017, 10, 25), CriterionRating.MOSTLY_MET),
        ("France", "Instruction n° 1, art. 3", date(2017, 10, 25), CriterionRating.NOT_MET),
    ],
)
def test_what_it_means_for_a_criterion_that_wants_law(
    country: str, citation: str, in_force_from: date | None, expected: CriterionRating
) -> None:
    """R.20/20.1 by a law is shown; a wrong or proposed kind leaves it one level open; a day too late shows nothing."""
    answer = Answer(requirement="R.20/20.1", rating=MET, citation=citation, in_force_from=in_force_from)
    given = ResponseSet(edition="fatf-2022", answers=(answer,), country=country)
    facts = collect_evidence_facts(given, core_issues={})
    result = assess(load_framework("fatf-2022"), given, load_policy(), facts=facts, cut_off=date(2027, 3, 19))
    assert expected is next(r for r in result.recommendations if r.id == "R.20").criteria[0].shown.worst
