"""Contradictions within the register and with the answers are problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit.assessment.answers.model import Answer, Confidentiality, EvidenceKind, ResponseSet
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.laws.checks import check_register
from fatf_kit.laws.citations import collect_citations
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import ClauseEffect, Instrument, InstrumentStatus, LawRegister, Provision, Translation
from tests.unit.laws.registers import AML, BILL, CODE, REGISTER, RULES

CUT_OFF = date(2027, 3, 19)


def _check(register: LawRegister, *answers: Answer) -> list[Problem]:
    responses = ResponseSet(edition="fatf-2022", answers=answers)
    citations = collect_citations(responses, CitationMatcher(register, "IRQ"))
    return list(check_register(register, responses, citations, country="IRQ", cut_off=CUT_OFF))


def _answer(citation: str, **more: object) -> Answer:
    return Answer(requirement="R.10/10.2", rating=CriterionRating.MET, citation=citation, **more)  # type: ignore[arg-type]


def test_a_register_without_contradictions_has_no_problem() -> None:
    """And a citation that matches asks nothing."""
    assert _check(REGISTER, _answer("L-001 art. 12")) == []


def _effect(bill: str, rating: CriterionRating) -> ClauseEffect:
    return ClauseEffect(bill=bill, clause="clause 1", requirement="R.10/10.2", rating=rating)


def _register(*instruments: Instrument, **rows: object) -> LawRegister:
    return LawRegister(instruments=instruments, **rows)  # type: ignore[arg-type]


def _translate(**facts: object) -> LawRegister:
    made = Translation(instrument="L-001", **{"language": "en", **facts})  # type: ignore[arg-type]
    return replace(REGISTER, translations=(made,))


FIRST = Provision(instrument="L-001", article="art. 1", in_force_from=date(2010, 1, 1))
MET = CriterionRating.MET


@pytest.mark.parametrize(
    ("register", "codes"),
    [
        (_register(AML, replace(AML, id="L-009")), ["law-same"]),
        (_register(replace(AML, amends=("L-002",)), replace(CODE, amends=("L-001",))), ["law-amends-loop"]),
        (_register(replace(AML, made_under=("L-002",)), replace(CODE, made_under=("L-001",))), ["law-basis-loop"]),
        (
            _register(
                replace(AML, status=InstrumentStatus.REPEALED, in_force_until=date(2026, 1, 1)),
                replace(RULES, made_under=("L-001",)),
            ),
            ["law-basis-ended"],
        ),
        (_register(replace(AML, in_force_from=None)), ["law-no-date"]),
        (_register(replace(AML, kind=None)), ["law-no-kind"]),
        (_register(replace(AML, status=InstrumentStatus.SUSPENDED)), ["law-end-undated"]),
        (_register(AML, earlier={"L-001": InstrumentStatus.REPEALED}), ["law-status-change"]),
        (_register(AML, earlier={"L-001": InstrumentStatus.DRAFTING}), []),
        (_register(AML, provisions=(FIRST,)), ["provision-early"]),
        (_translate(made_on=date(2012, 1, 1)), ["translation-stale"]),
        (_translate(made_on=date(2020, 1, 1), text_as_of=date(2014, 1, 1)), ["translation-version"]),
        (_translate(language=""), ["translation-language"]),
        (replace(REGISTER, effects=(_effect("L-001", MET),)), ["bill-status"]),
        (
            _register(BILL, replace(BILL, id="L-005"), effects=(_effect("L-004", MET), _effect("L-005", MET))),
            ["bills-overlap"],
        ),
    ],
)
def test_contradictions_within_the_register(register: LawRegister, codes: list[str]) -> None:
    """Each is reported once."""
    assert [one.code for one in _check(register)] == codes


def test_a_bill_that_lowers_an_answer() -> None:
    """It is used as it is, and reported."""
    register = replace(REGISTER, effects=(_effect("L-004", CriterionRating.PARTLY_MET),))
    assert [one.code for one in _check(register, _answer("L-001 art. 12"))] == ["bill-lowers"]


def test_an_ended_provision_that_is_cited() -> None:
    """It ended before the cut-off date."""
    found = _check(REGISTER, _answer("L-001 art. 21"))
    assert [(one.code, dict(one.facts)["law"]) for one in found] == [("law-ended-cited", "L-001 arts. 20-25")]


def test_a_regulation_that_fell_with_its_act_is_cited() -> None:
    """The answer cites the regulation; the act ended before the cut-off date."""
    ended = replace(AML, status=InstrumentStatus.REPEALED, in_force_until=date(2026, 1, 1))
    register = _register(ended, replace(RULES, made_under=("L-001",)))
    codes = [one.code for one in _check(register, _answer("L-003 art. 4"))]
    assert codes == ["law-basis-ended", "law-ended-cited"]


def test_another_date_in_an_answer() -> None:
    """One day of difference between two calendars is no contradiction."""
    assert [p.code for p in _check(REGISTER, _answer("L-001 art. 12", in_force_from=date(2016, 1, 1)))] == [
        "law-date-differs"
    ]
    assert _check(REGISTER, _answer("L-001 art. 12", in_force_from=date(2015, 11, 17))) == []


def test_a_near_match_is_one_question_for_all_answers_that_have_it() -> None:
    """With the name of the instrument, but nothing of a restricted answer."""
    found = _check(REGISTER, _answer("Criminal Procedure Code, art. 17"), _answer("criminal procedure code, art. 9"))
    assert [(one.code, dict(one.facts)["count"]) for one in found] == [("law-near", "2")]
    assert "'Criminal Procedure Code' may mean L-002, but the year differs or is missing" in found[0].text
    secret = _check(REGISTER, _answer("Criminal Procedure Code", confidentiality=Confidentiality.RESTRICTED))
    assert "Criminal" not in secret[0].text


def test_rules_of_two_issuers_with_one_number_are_two_instruments() -> None:
    """Only the same issuer uses a number once."""
    one = replace(RULES, number="7", year=2021)
    other = replace(one, id="L-008", issuer="Securities Commission", kind=EvidenceKind.REGULATION)
    assert _check(LawRegister(instruments=(one, other))) == []
