"""What counts as shown."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fatf_kit.errors import FrameworkError
from fatf_kit.framework import load_framework
from fatf_kit.ratings import Achievement, CriterionRating
from fatf_kit.resources import data_folder
from fatf_kit.responses.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.responses.registers import register_of
from fatf_kit.scoring import load_policy, shown
from fatf_kit.scoring.evidence import EvidenceStatus
from tests.proof import assess

ANY, LAW_ONLY, FACT = Proof(), Proof(law_only=True), Proof(document=True)
CUT_OFF = date(2027, 3, 19)
BEFORE, AFTER = date(2020, 1, 1), date(2027, 6, 1)
LAW = EvidenceItem(id="E-1", kind=EvidenceKind.LAW, title="AML Law", article="9", in_force_from=BEFORE)
GUIDE = EvidenceItem(id="E-2", kind=EvidenceKind.GUIDANCE, title="Guide", article="3", in_force_from=BEFORE)
REGISTER = register_of([LAW, GUIDE])


def answer(**fields: object) -> Answer:
    """An answer to some criterion."""
    return Answer(requirement="R.1/1.1", rating=CriterionRating.MET, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "proof", "expected"),
    [
        ({"citation": "AML Act, art. 5", "in_force_from": BEFORE}, ANY, EvidenceStatus.SHOWN),
        ({"citation": "قانون مكافحة غسل الأموال، المادة ٥", "in_force_from": BEFORE}, LAW_ONLY, EvidenceStatus.SHOWN),
        ({"citation": "AML Act, art. 5", "in_force_from": CUT_OFF}, ANY, EvidenceStatus.SHOWN),
        ({"citation": "AML Act, art. 5", "in_force_from": AFTER}, ANY, EvidenceStatus.IN_FORCE_LATER),
        ({"citation": "AML Act, art. 5"}, ANY, EvidenceStatus.NO_DATE),
        ({"citation": "AML Act", "in_force_from": BEFORE}, ANY, EvidenceStatus.NO_ARTICLE),
        ({"citation": "Guideline 4, s. 2", "in_force_from": BEFORE}, ANY, EvidenceStatus.WRONG_KIND),
        ({"citation": "Regulation 4, s. 2", "in_force_from": BEFORE}, ANY, EvidenceStatus.SHOWN),
        ({"citation": "Regulation 4, s. 2", "in_force_from": BEFORE}, LAW_ONLY, EvidenceStatus.WRONG_KIND),
        ({"citation": "No. 4/2020, s. 2", "in_force_from": BEFORE}, LAW_ONLY, EvidenceStatus.WRONG_KIND),
        ({"evidence": ("E-1",)}, LAW_ONLY, EvidenceStatus.SHOWN),
        ({"evidence": ("E-2",)}, ANY, EvidenceStatus.WRONG_KIND),
        ({"evidence": ("E-2", "E-1")}, ANY, EvidenceStatus.SHOWN),
        ({"evidence": ("E-9",)}, ANY, EvidenceStatus.NOTHING_CITED),
        ({}, ANY, EvidenceStatus.NOTHING_CITED),
        ({"citation": "AML Act 2019", "in_force_from": BEFORE}, ANY, EvidenceStatus.NO_ARTICLE),  # a year is no article
        ({"evidence": ("E-2",)}, FACT, EvidenceStatus.SHOWN),  # a practice is shown by a document
        ({"citation": "Minutes of the council"}, FACT, EvidenceStatus.NO_ARTICLE),  # but it has to be in the register
    ],
)
def test_criterion(fields: dict[str, object], proof: Proof, expected: EvidenceStatus) -> None:
    """The best instrument cited decides; where law is needed a regulation does not do."""
    found, _ = criterion_showing([answer(**fields)], CriterionRating.MET, REGISTER, CUT_OFF, proof)
    assert expected == found


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (EvidenceKind.CONSTITUTION, EvidenceStatus.SHOWN),
        (EvidenceKind.TREATY, EvidenceStatus.SHOWN),
        (EvidenceKind.SUPRANATIONAL_LAW, EvidenceStatus.SHOWN),
        (EvidenceKind.REGULATION, EvidenceStatus.WRONG_KIND),
        (EvidenceKind.COURT_DECISION, EvidenceStatus.WRONG_KIND),
    ],
)
def test_kinds_that_count_as_law(kind: EvidenceKind, expected: EvidenceStatus) -> None:
    """Where law is needed, the constitution, a treaty and supranational law do as well; a judgment is no instrument."""
    item = EvidenceItem(id="E-9", kind=kind, title="An instrument", article="art. 9", in_force_from=BEFORE)
    found, _ = criterion_showing(
        [answer(evidence=("E-9",))], CriterionRating.MET, register_of([item]), CUT_OFF, LAW_ONLY
    )
    assert expected == found


def test_without_cut_off_dates_are_not_tested() -> None:
    """Nobody said when the visit ends, so a date cannot be too late."""
    late = answer(citation="AML Act, art. 5", in_force_from=AFTER)
    assert EvidenceStatus.SHOWN == criterion_showing([late], CriterionRating.MET, {}, None, ANY)[0]


def test_later_date_is_told() -> None:
    """The hint that a measure would count if in force needs its date."""
    late = answer(citation="AML Act, art. 5", in_force_from=AFTER)
    assert AFTER == criterion_showing([late], CriterionRating.MET, {}, CUT_OFF, ANY)[1]


def test_not_met_needs_no_proof() -> None:
    """Nobody has to prove a gap."""
    assert EvidenceStatus.NOT_NEEDED == criterion_showing([answer()], CriterionRating.NOT_MET, {}, CUT_OFF, ANY)[0]


@pytest.mark.parametrize(
    ("explanation", "expected"), [("No trusts exist.", EvidenceStatus.SHOWN), ("", EvidenceStatus.NO_REASON)]
)
def test_not_applicable_needs_a_reason(explanation: str, expected: EvidenceStatus) -> None:
    """The reason shows that a criterion does not apply."""
    given = [answer(explanation=explanation)]
    assert expected == criterion_showing(given, CriterionRating.NOT_APPLICABLE, {}, CUT_OFF, ANY)[0]


@pytest.mark.parametrize(
    ("evidence", "expected"), [(("E-1",), EvidenceStatus.SHOWN), ((), EvidenceStatus.NOTHING_ON_FILE)]
)
def test_core_issue_needs_an_item_of_the_register(evidence: tuple[str, ...], expected: EvidenceStatus) -> None:
    """Words alone do not show effectiveness."""
    issue = Answer(requirement="IO.1/1.1", rating=Achievement.LARGE, evidence=evidence, explanation="Good.")
    assert expected == core_issue_showing([issue], Achievement.LARGE, REGISTER)


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("Loi n° 12-2019, art. 4", EvidenceKind.LAW),
        ("Arrêté 3 pris en application de la loi", EvidenceKind.REGULATION),
        ("القانون رقم 39، المادة 3", EvidenceKind.LAW),
        ("تعليمات رقم 1", EvidenceKind.REGULATION),
        ("Draft law on trusts, art. 3", EvidenceKind.GUIDANCE),
        ("Lawful access order", EvidenceKind.REGULATION),
    ],
)
def test_wording_of_a_citation(citation: str, expected: EvidenceKind) -> None:
    """The first telling word decides, as a whole word."""
    assert expected == kind_of_citation(citation)


def test_faults_in_the_words_for_instruments_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list at odds with its schema is never read by halves."""
    page = json.loads((data_folder("frameworks") / "instruments.json").read_text(encoding="utf-8"))
    page["law"]["en"] = "law"
    (tmp_path / "instruments.json").write_text(json.dumps(page), encoding="utf-8")
    monkeypatch.setattr(shown, "data_folder", lambda _: tmp_path)
    shown._words.cache_clear()
    with pytest.raises(FrameworkError, match=r"instruments\.json"):
        shown._words("law")


def test_what_an_agreeing_agency_can_show_is_shown() -> None:
    """The lead cites nothing, a supporting agency that says the same does; one that says otherwise proves nothing."""
    lead = Answer(requirement="R.9/9.1", rating=CriterionRating.MET, agency="cb", source="cb")
    agreeing = lead._replace(agency="fiu", source="fiu", citation="Banking Act 2020, art. 4")
    for rating, expected in ((CriterionRating.MET, "met"), (CriterionRating.PARTLY_MET, "not met")):
        voice = agreeing._replace(rating=rating)
        standing = lead._replace(voices=(lead, voice))
        framework = load_framework("fatf-2022")
        result = assess(framework, ResponseSet(edition="fatf-2022", answers=(standing,)), load_policy())
        assert expected == next(r for r in result.recommendations if r.id == "R.9").criteria[0].shown.rating


def test_one_of_several_answers_is_enough() -> None:
    """A reason, or evidence, given by any of those who may show it."""
    na = [answer(explanation=text) for text in ("", "There are none.")]
    extents = [Answer(requirement="IO.2/2.1", rating=Achievement.LARGE, evidence=ids) for ids in ((), ("E-1",))]
    assert (EvidenceStatus.SHOWN, None) == criterion_showing(na, CriterionRating.NOT_APPLICABLE, REGISTER, CUT_OFF, ANY)
    assert EvidenceStatus.SHOWN is core_issue_showing(extents, Achievement.LARGE, REGISTER)
    assert EvidenceStatus.NOTHING_ON_FILE is core_issue_showing(extents[:1], Achievement.LARGE, REGISTER)
    assert EvidenceStatus.NOT_NEEDED is core_issue_showing(extents, Achievement.NEGLIGIBLE, REGISTER)


@pytest.mark.parametrize(
    ("citation", "kind"),
    [
        ("Bank Law of 2019", EvidenceKind.LAW),
        ("Bank by-law of 2019", EvidenceKind.REGULATION),
        ("décret du 3 mai", EvidenceKind.REGULATION),
        ("décret-loi du 3 mai", EvidenceKind.LAW),
        ("المرسوم رقم ٥", EvidenceKind.REGULATION),
        ("المرسوم بقانون رقم ٥", EvidenceKind.LAW),
    ],
)
def test_the_longest_word_says_what_it_is(citation: str, kind: EvidenceKind) -> None:
    """A decree that is a law is one, though a decree by itself is none."""
    assert kind is kind_of_citation(citation)
