"""The evidence on file for an answer, and the range that it allows."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, CoreIssueFacts
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import ShownBy
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.evidence import (
    EvidenceStatus,
    NextStep,
    core_issue_evidence,
    criterion_evidence,
    next_step,
    worst_of_core_issue,
    worst_of_criterion,
)
from fatf_kit.scoring.proof import Proof, load_earlier_rules
from tests.proof import assess

RULES, EARLIER = load_policy().proof, load_earlier_rules()


def proof_by(*shown_by: ShownBy, **more: bool) -> Proof:
    """Proof by some values under the rules of the default policy."""
    return Proof(shown_by=shown_by, rules=RULES, **more)


ANY, LAW_ONLY, FACT = proof_by(ShownBy.INSTRUMENT), proof_by(ShownBy.LAW), proof_by(ShownBy.DOCUMENT)
PRINCIPLE = proof_by(ShownBy.PRINCIPLE)
CUT_OFF = date(2027, 3, 19)
BEFORE, AFTER = date(2020, 1, 1), date(2027, 6, 1)
LAW = EvidenceItem(id="E-1", kind=EvidenceKind.LAW, title="AML Law", article="9", in_force_from=BEFORE)
GUIDE = EvidenceItem(id="E-2", kind=EvidenceKind.GUIDANCE, title="Guide", article="3", in_force_from=BEFORE)
IN_FORCE_LATER, NOTHING_CITED, NOTHING_ON_FILE = (
    EvidenceStatus.IN_FORCE_LATER,
    EvidenceStatus.NOTHING_CITED,
    EvidenceStatus.NOTHING_ON_FILE,
)
NOT_NEEDED, NO_ARTICLE, NO_DATE = (EvidenceStatus.NOT_NEEDED, EvidenceStatus.NO_ARTICLE, EvidenceStatus.NO_DATE)
NO_LONGER_IN_FORCE, NO_REASON, PARTLY_SHOWN = (
    EvidenceStatus.NO_LONGER_IN_FORCE,
    EvidenceStatus.NO_REASON,
    EvidenceStatus.PARTLY_SHOWN,
)
SHOWN, UNKNOWN_KIND, WRONG_KIND = (EvidenceStatus.SHOWN, EvidenceStatus.UNKNOWN_KIND, EvidenceStatus.WRONG_KIND)
LAW_NEEDED = EvidenceStatus.LAW_NEEDED
MET, MOSTLY, PARTLY, NOT_MET = (CriterionRating[n] for n in ("MET", "MOSTLY_MET", "PARTLY_MET", "NOT_MET"))


def cited(*items: EvidenceItem, **fields: object) -> tuple[CitedInstrument, ...]:
    """Return the citation of one answer, in words and from a register of these items."""
    given = Answer(requirement="R.1/1.1", rating=MET, **fields)  # type: ignore[arg-type]
    responses = ResponseSet(edition="fatf-2022", answers=(given,), evidence=items or (LAW, GUIDE))
    return collect_evidence_facts(responses, core_issues={}).instruments.get("R.1/1.1", ())


def status(instruments: tuple[CitedInstrument, ...], proof: Proof, cut_off: date | None = CUT_OFF) -> EvidenceStatus:
    """The status of "met" with these instruments."""
    return criterion_evidence(instruments, MET, cut_off, proof, has_reason=False).status


@pytest.mark.parametrize(
    ("fields", "proof", "expected"),
    [
        ({"citation": "AML Act, art. 5", "in_force_from": BEFORE}, ANY, SHOWN),
        ({"citation": "قانون مكافحة غسل الأموال، المادة ٥", "in_force_from": BEFORE}, LAW_ONLY, SHOWN),
        ({"citation": "AML Act, art. 5", "in_force_from": CUT_OFF}, ANY, SHOWN),
        ({"citation": "AML Act, art. 5", "in_force_from": AFTER}, ANY, IN_FORCE_LATER),
        ({"citation": "AML Act, art. 5"}, ANY, NO_DATE),
        ({"citation": "AML Act", "in_force_from": BEFORE}, ANY, NO_ARTICLE),
        ({"citation": "Guideline 4, s. 2", "in_force_from": BEFORE}, ANY, WRONG_KIND),
        ({"citation": "Regulation 4, s. 2", "in_force_from": BEFORE}, ANY, SHOWN),
        ({"citation": "Regulation 4, s. 2", "in_force_from": BEFORE}, LAW_ONLY, WRONG_KIND),
        ({"citation": "Regulation 4, s. 2", "in_force_from": BEFORE}, PRINCIPLE, LAW_NEEDED),
        ({"citation": "Guideline 4, s. 2", "in_force_from": BEFORE}, PRINCIPLE, WRONG_KIND),
        ({"citation": "No. 4/2020, s. 2", "in_force_from": BEFORE}, LAW_ONLY, UNKNOWN_KIND),
        ({"evidence": ("E-1",)}, LAW_ONLY, SHOWN),
        ({"evidence": ("E-2",)}, ANY, WRONG_KIND),
        ({"evidence": ("E-2", "E-1")}, ANY, SHOWN),
        ({"evidence": ("E-9",)}, ANY, NOTHING_CITED),
        ({}, ANY, NOTHING_CITED),
        ({"citation": "AML Act 2019", "in_force_from": BEFORE}, ANY, NO_ARTICLE),  # a year is no article
        ({"evidence": ("E-2",)}, FACT, SHOWN),  # a practice is shown by a document
        ({"citation": "Minutes of the council"}, FACT, WRONG_KIND),  # it is not in the register
        ({"citation": "Draft law on trusts, art. 3"}, FACT, WRONG_KIND),  # a draft shows nothing
        ({"citation": "Guideline 4"}, proof_by(ShownBy.GUIDELINE), SHOWN),
    ],
)
def test_criterion(fields: dict[str, object], proof: Proof, expected: EvidenceStatus) -> None:
    """The best instrument cited decides; a regulation comes near to law for a principle, and not for an offence."""
    assert status(cited(**fields), proof) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (EvidenceKind.CONSTITUTION, SHOWN),
        (EvidenceKind.TREATY, SHOWN),
        (EvidenceKind.SUPRANATIONAL_LAW, SHOWN),
        (EvidenceKind.REGULATION, WRONG_KIND),
        (EvidenceKind.COURT_DECISION, WRONG_KIND),
    ],
)
def test_kinds_that_count_as_law(kind: EvidenceKind, expected: EvidenceStatus) -> None:
    """The constitution, a treaty and supranational law count as law; a judgment is not an instrument."""
    item = EvidenceItem(id="E-9", kind=kind, title="An instrument", article="art. 9", in_force_from=BEFORE)
    assert status(cited(item, evidence=("E-9",)), LAW_ONLY) == expected


def test_a_judgment_shows_what_courts_decide() -> None:
    """Domain A11: R.3/3.8 by a ruling; a judgment needs neither article nor date."""
    ruling = CitedInstrument(label="Cassation 12/2020", kind=EvidenceKind.COURT_DECISION)
    proof = proof_by(ShownBy.LAW, ShownBy.COURT_DECISION)
    assert (status((ruling,), proof), status((ruling,), ANY)) == (SHOWN, WRONG_KIND)


def test_a_judgment_is_law_where_courts_make_law() -> None:
    """In common law a decision can be the offence; elsewhere it is none, and it is nowhere a regulation."""
    ruling = CitedInstrument(label="R v Smith [1995] 2 AC 1", kind=EvidenceKind.COURT_DECISION)
    makes_law = proof_by(ShownBy.LAW, do_courts_make_law=True)
    assert (status((ruling,), LAW_ONLY), status((ruling,), makes_law)) == (WRONG_KIND, SHOWN)
    assert status((ruling,), proof_by(ShownBy.INSTRUMENT, do_courts_make_law=True)) is WRONG_KIND
    given = ResponseSet(edition="fatf-2022", answers=())
    for country, expected in (("GBR", True), ("IRQ", False), (None, False)):
        assert collect_evidence_facts(given, core_issues={}, country=country).do_courts_make_law is expected


def test_an_unconfirmed_kind_decides_nothing() -> None:
    """An entry of the vocabulary from own knowledge asks, whatever kind it says."""
    for kind in (EvidenceKind.LAW, EvidenceKind.GUIDANCE):
        one = CitedInstrument(label="A", kind=kind, has_certain_kind=False, article="art. 5", in_force_from=BEFORE)
        assert UNKNOWN_KIND is status((one,), ANY)


def test_dates() -> None:
    """Without a cut-off, dates are not tested; what has ended does not count, its last day does."""
    late = cited(citation="AML Act, art. 5", in_force_from=AFTER)
    assert SHOWN is status(late, ANY, None)
    law = {"label": "A", "kind": EvidenceKind.LAW, "article": "art. 5", "in_force_from": BEFORE}
    ended = CitedInstrument(in_force_until=date(2027, 3, 18), **law)  # type: ignore[arg-type]
    last_day = CitedInstrument(in_force_until=CUT_OFF, **law)  # type: ignore[arg-type]
    assert NO_LONGER_IN_FORCE is status((ended,), ANY)
    assert SHOWN is status((last_day,), ANY)
    assert SHOWN is status((ended, last_day), ANY)


def test_answers_that_need_no_instrument() -> None:
    """Nobody has to prove a gap; that something does not apply needs a reason."""
    na = CriterionRating.NOT_APPLICABLE
    assert NOT_NEEDED is criterion_evidence((), NOT_MET, CUT_OFF, ANY, has_reason=False).status
    assert SHOWN is criterion_evidence((), na, CUT_OFF, ANY, has_reason=True).status
    assert NO_REASON is criterion_evidence((), na, CUT_OFF, ANY, has_reason=False).status


@pytest.mark.parametrize(
    ("expected", "statuses"),
    [
        ((MET, MOSTLY, PARTLY, NOT_MET), (SHOWN, NOT_NEEDED)),
        (
            (MOSTLY, PARTLY, NOT_MET, NOT_MET),
            (
                LAW_NEEDED,
                NO_ARTICLE,
                NO_DATE,
            ),
        ),
        (
            (NOT_MET,) * 4,
            (
                NOTHING_CITED,
                UNKNOWN_KIND,
                WRONG_KIND,
                IN_FORCE_LATER,
                NO_LONGER_IN_FORCE,
                NO_REASON,
            ),
        ),
    ],
)
def test_worst_answers(expected: tuple[CriterionRating, ...], statuses: tuple[EvidenceStatus, ...]) -> None:
    """The computing rule: the claim, one level below it, or not met."""
    for one in statuses:
        assert list(expected) == [worst_of_criterion(claim, one, RULES) for claim in (MET, MOSTLY, PARTLY, NOT_MET)]


@pytest.mark.parametrize("lacking", [UNKNOWN_KIND, WRONG_KIND, NO_ARTICLE, NO_DATE])
def test_the_earlier_rules_stay(lacking: EvidenceStatus) -> None:
    """Under indicative-2 every question costs one level, and a regulation shows what only a law shows now."""
    assert worst_of_criterion(MET, lacking, EARLIER) is MOSTLY
    regulation = cited(citation="Regulation 4, s. 2", in_force_from=BEFORE)
    assert status(regulation, Proof(shown_by=(ShownBy.LAW,), rules=EARLIER)) is SHOWN
    assert status(regulation, Proof(shown_by=(ShownBy.PRINCIPLE,), rules=EARLIER)) is WRONG_KIND


@pytest.mark.parametrize(
    ("facts", "expected", "worst"),
    [
        (None, NOTHING_ON_FILE, Achievement.NEGLIGIBLE),
        (CoreIssueFacts(tables_requested=("a",)), NOTHING_ON_FILE, Achievement.NEGLIGIBLE),
        (CoreIssueFacts(documents=("E-1",)), SHOWN, Achievement.LARGE),
        (CoreIssueFacts(tables_requested=("a",), documents=("E-1",)), PARTLY_SHOWN, Achievement.SOME),
        (CoreIssueFacts(tables_requested=("a",), tables_filled=("a",)), SHOWN, Achievement.LARGE),
        (
            CoreIssueFacts(tables_requested=("a", "b"), tables_filled=("a",)),
            PARTLY_SHOWN,
            Achievement.SOME,
        ),
        (
            CoreIssueFacts(tables_requested=("a",), tables_filled=("a",), contradictions=("between",)),
            PARTLY_SHOWN,
            Achievement.SOME,
        ),
        (
            CoreIssueFacts(tables_requested=("a",), tables_filled=("a",), are_cases_expected=True),
            PARTLY_SHOWN,
            Achievement.SOME,
        ),
        (
            CoreIssueFacts(tables_requested=("a",), tables_filled=("a",), are_cases_expected=True, cases=("C",)),
            SHOWN,
            Achievement.LARGE,
        ),
    ],
)
def test_core_issues(facts: CoreIssueFacts | None, expected: EvidenceStatus, worst: Achievement) -> None:
    """Domain A6: one evidence id showed an extent; now its own tables, cases and no contradiction do."""
    found = core_issue_evidence(facts, Achievement.LARGE).status
    assert (found, worst_of_core_issue(Achievement.LARGE, found)) == (expected, worst)
    assert NOT_NEEDED is core_issue_evidence(facts, Achievement.NEGLIGIBLE).status


def test_every_status_that_is_not_shown_has_a_next_step() -> None:
    """Domain A10: what is asked for fits what is missing."""
    assert {one for one in EvidenceStatus if next_step(one) is None} == {
        SHOWN,
        NOT_NEEDED,
    }
    assert [
        next_step(one)
        for one in (
            IN_FORCE_LATER,
            NO_DATE,
            NO_ARTICLE,
            WRONG_KIND,
            LAW_NEEDED,
        )
    ] == [
        NextStep.BRING_FORWARD,
        NextStep.WRITE_DATE,
        NextStep.NAME_ARTICLE,
        NextStep.ASK_KIND,
        NextStep.ASK_KIND,
    ]


def test_what_an_agreeing_agency_can_show_is_shown() -> None:
    """The lead cites nothing, a supporting agency that says the same does; one that says otherwise proves nothing."""
    lead = Answer(requirement="R.9/9.1", rating=MET, agency="cb", source="cb")
    agreeing = lead._replace(agency="fiu", source="fiu", citation="Banking Act 2020, art. 4")
    for rating, expected in ((MET, MET), (PARTLY, NOT_MET)):
        standing = lead._replace(agency_answers=(lead, agreeing._replace(rating=rating)))
        responses = ResponseSet(edition="fatf-2022", answers=(standing,))
        result = assess(load_framework("fatf-2022"), responses, load_policy())
        assert next(r for r in result.recommendations if r.id == "R.9").criteria[0].shown.worst == expected
