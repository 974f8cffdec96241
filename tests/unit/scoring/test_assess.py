"""Answers become an Assessment."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.assessment.answers.evidence_facts import CoreIssueFacts
from fatf_kit.assessment.answers.model import Answer, AnswerRating, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import ShownBy
from fatf_kit.scoring import Assessment, load_policy
from fatf_kit.scoring.checks import check_assessment
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import NO_MARGINS, Adjustments
from tests.proof import assess

EDITION = load_framework("fatf-2022")
DAY = date(2020, 1, 1)
ITEM = EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures")


def result(answers: dict[str, AnswerRating], *, cite: bool = True, **fields: object) -> Assessment:
    """An assessment of a few answers, all of them cited unless told otherwise."""
    shown = {"citation": "AML Act, art. 5", "in_force_from": DAY, "evidence": ("E-1",)} if cite else {}
    given = tuple(Answer(requirement=key, rating=rating, **(shown | fields)) for key, rating in answers.items())  # type: ignore[arg-type]
    return assess(
        EDITION,
        ResponseSet(edition=EDITION.id, answers=given, evidence=(ITEM,), cut_off=date(2027, 3, 19)),
        load_policy(),
    )


def test_nothing_is_answered() -> None:
    """Every unit stays open from worst to best, and nothing is NC."""
    blank = result({})
    assert {unit.shown.rating for unit in blank.units} == {None}
    assert (blank.coverage.total, blank.coverage.answered, blank.coverage.shown) == (339, 0, 0)


def test_partly_answered_stays_open_until_it_is_resolved() -> None:
    """R.36 has two criteria: one answer leaves a span, two settle it."""
    one = result({"R.36/36.1": CriterionRating.MET}).by_id["R.36"]
    both = result({"R.36/36.1": CriterionRating.MET, "R.36/36.2": CriterionRating.MET}).by_id["R.36"]
    assert (one.claimed.rating, both.claimed.rating) == (None, ComplianceRating.C)


def test_claim_without_citation_is_not_shown() -> None:
    """Claimed C, shown NC to C, and the reason is given."""
    unit = result({f"R.36/36.{n}": CriterionRating.MET for n in (1, 2)}, cite=False).by_id["R.36"]
    assert (unit.claimed.rating, unit.shown.describe(), unit.resolved) == (ComplianceRating.C, "NC – C", None)
    assert {c.status for c in unit.criteria} == {EvidenceStatus.NOTHING_CITED}  # type: ignore[union-attr]


def test_parts_make_up_a_criterion() -> None:
    """Only the parts of 5.2 are answered."""
    found = result({"R.5/5.2(a)": CriterionRating.MET, "R.5/5.2(b)": CriterionRating.MOSTLY_MET})
    criterion = found.by_id["R.5"].criteria[1]  # type: ignore[union-attr]
    assert (criterion.id, criterion.shown.rating) == ("R.5/5.2", CriterionRating.MOSTLY_MET)


def test_some_parts_leave_a_criterion_open() -> None:
    """One part of two: between its worst and best case."""
    criterion = result({"R.5/5.2(a)": CriterionRating.MET}).by_id["R.5"].criteria[1]  # type: ignore[union-attr]
    assert (criterion.claimed.rating, criterion.claimed.worst) == (None, CriterionRating.PARTLY_MET)


def test_parts_keep_their_own_ranges() -> None:
    """Claimed and shown; without a citation a part that is met may turn out not to be."""
    unit = result({"R.5/5.2(a)": CriterionRating.MET, "R.5/5.2(b)": CriterionRating.NOT_MET}, cite=False).by_id["R.5"]
    parts = unit.criteria[1].parts  # type: ignore[union-attr]
    assert [(one.id, one.claimed.describe(), one.shown.describe(), one.weight) for one in parts] == [
        ("R.5/5.2(a)", "met", "not met – met", 2),
        ("R.5/5.2(b)", "not met", "not met", 2),
    ]


def test_one_alternative_settles_a_criterion() -> None:
    """Parts of 24.13 are alternatives: one that is met is enough."""
    unit = result({"R.24/24.13(c)": CriterionRating.MET}).by_id["R.24"]
    criterion = next(c for c in unit.criteria if c.id == "R.24/24.13")  # type: ignore[union-attr]
    assert criterion.claimed.rating == CriterionRating.MET


def test_own_answer_stands_and_is_held_against_its_parts() -> None:
    """A criterion better than its parts keeps its answer and gets a Problem."""
    found = result(
        {"R.5/5.2": CriterionRating.MET, "R.5/5.2(a)": CriterionRating.NOT_MET, "R.5/5.2(b)": CriterionRating.NOT_MET}
    )
    (problem,) = check_assessment(found)
    assert found.by_id["R.5"].criteria[1].claimed.rating == CriterionRating.MET  # type: ignore[union-attr]
    assert (problem.code, problem.requirement) == ("criterion-above-parts", "R.5/5.2")
    assert dict(problem.facts) == {"answer": "met", "parts": "not met"}


@pytest.mark.parametrize(("requirement", "value"), [("R.5/5.2", "mostly met"), ("R.5", "LC")])
def test_a_decision_settles_an_answer_that_is_better_than_its_parts(requirement: str, value: str) -> None:
    """On the criterion or on its Recommendation."""
    decision = RecordedDecision(
        requirement=requirement, value=value, reason="Agreed", decided_by="Council", day=date(2026, 5, 1)
    )
    answers = tuple(
        Answer(requirement=key, rating=rating, citation="AML Act, art. 5", in_force_from=DAY)
        for key, rating in {
            "R.5/5.2": CriterionRating.MET,
            "R.5/5.2(a)": CriterionRating.NOT_MET,
            "R.5/5.2(b)": CriterionRating.NOT_MET,
        }.items()
    )
    given = ResponseSet(edition=EDITION.id, answers=answers, cut_off=date(2027, 3, 19))
    found = assess(EDITION, given, load_policy(), adjustments=Adjustments(decisions=(decision,)))
    assert found.by_id["R.5"].criteria[1].above_parts is not None  # type: ignore[union-attr]
    assert check_assessment(found) == ()


def test_measures_in_force_later_are_listed_with_their_day() -> None:
    """Only those that come into force after the cut-off."""
    early, late = (
        Answer(requirement=key, rating=CriterionRating.MET, citation="Penal Code, art. 3", in_force_from=day)
        for key, day in (("R.9/9.1", DAY), ("R.5/5.1", date(2027, 6, 1)))
    )
    answers = ResponseSet(edition=EDITION.id, answers=(early, late), cut_off=date(2027, 3, 19))
    assert assess(EDITION, answers, load_policy()).in_force_later == {"R.5/5.1": date(2027, 6, 1)}


def test_a_part_may_rest_on_its_criterions_citation() -> None:
    """One article often serves all parts and is written once, on the criterion's row."""
    above = Answer(requirement="R.5/5.2", rating=None, citation="Penal Code, art. 3", in_force_from=DAY)
    parts = tuple(Answer(requirement=f"R.5/5.2({x})", rating=CriterionRating.MET) for x in "ab")
    found = assess(EDITION, ResponseSet(edition=EDITION.id, answers=(above, *parts)), load_policy())
    assert found.by_id["R.5"].criteria[1].shown.rating == CriterionRating.MET  # type: ignore[union-attr]


def test_outcome_without_evidence_is_open_downwards() -> None:
    """Extents without evidence are no information: never silently low, never as claimed."""
    unit = result({f"IO.2/2.{n}": Achievement.LARGE for n in range(1, 5)}, cite=False).by_id["IO.2"]
    assert unit.claimed.rating == EffectivenessRating.SE
    assert unit.shown.describe() == "LE – SE"


def test_outcome_with_evidence_is_resolved() -> None:
    """The same extents with an item of the register."""
    unit = result({f"IO.2/2.{n}": Achievement.LARGE for n in range(1, 5)}).by_id["IO.2"]
    assert unit.shown.rating == EffectivenessRating.SE


@pytest.mark.parametrize("citation", ["Regulation 3, s. 1", "Central Bank Regulation No. 5, art. 2"])
def test_r10_wants_a_law(citation: str) -> None:
    """The duty of due diligence itself needs a law; the measures of R.12 do not."""
    strict = result({"R.10/10.2": CriterionRating.MET}, citation=citation, evidence=()).by_id["R.10"]
    loose = result({"R.12/12.1": CriterionRating.MET}, citation=citation, evidence=()).by_id["R.12"]
    assert strict.criteria[1].status == EvidenceStatus.LAW_NEEDED  # type: ignore[union-attr]
    assert loose.criteria[0].status == EvidenceStatus.SHOWN  # type: ignore[union-attr]


def test_whole_recommendation_not_applicable() -> None:
    """All criteria not applicable with a reason: NA."""
    answers: dict[str, AnswerRating] = {f"R.17/17.{n}": CriterionRating.NOT_APPLICABLE for n in (1, 2, 3)}
    assert result(answers, explanation="Reliance is prohibited.").by_id["R.17"].shown.rating == ComplianceRating.NA


def test_a_decided_rating_has_no_margin() -> None:
    """A settled rating has one margin, an open one has one at each end, and a decided one has none."""
    answers: dict[str, AnswerRating] = {f"R.36/36.{n}": CriterionRating.MOSTLY_MET for n in (1, 2)}
    answers |= {f"IO.2/2.{n}": Achievement.LARGE for n in range(1, 5)}
    responses = ResponseSet(
        edition=EDITION.id,
        answers=tuple(
            Answer(requirement=key, rating=rating, citation="AML Act, art. 5", evidence=("E-1",))
            for key, rating in answers.items()
        ),
        evidence=(ITEM,),
    )
    decisions = tuple(
        RecordedDecision(requirement=unit, value=value, reason="So", decided_by="Council", day=DAY)
        for unit, value in (("R.36", "LC"), ("IO.2", "SE"))
    )
    plain = assess(EDITION, responses, load_policy()).by_id
    decided = assess(EDITION, responses, load_policy(), adjustments=Adjustments(decisions=decisions)).by_id
    for unit in ("R.36", "IO.2"):
        assert plain[unit].margins.worst is not None
        assert plain[unit].margins.worst == plain[unit].margins.best
        assert decided[unit].margins == NO_MARGINS
    for unit in ("R.9", "IO.3"):
        assert plain[unit].margins.worst != plain[unit].margins.best


def test_an_own_answer_counts_as_far_as_its_parts_are_shown() -> None:
    """The criterion cites nothing, its parts do: the worst end is what they show, but never above the own answer."""
    cited = {"citation": "Penal Code, art. 3", "in_force_from": DAY}

    def read(own: CriterionRating, *parts: CriterionRating) -> CriterionRating:
        answers = [Answer(requirement="R.5/5.2", rating=own)]
        answers += [
            Answer(requirement=f"R.5/5.2({x})", rating=rating, **cited)  # type: ignore[arg-type]
            for x, rating in zip("ab", parts, strict=False)
        ]
        found = assess(EDITION, ResponseSet(edition=EDITION.id, answers=tuple(answers)), load_policy())
        return found.by_id["R.5"].criteria[1].shown.worst  # type: ignore[union-attr]

    met, mostly, partly, no = (CriterionRating[n] for n in ("MET", "MOSTLY_MET", "PARTLY_MET", "NOT_MET"))
    na = CriterionRating.NOT_APPLICABLE
    given = ((met, mostly, mostly), (partly, met, met), (met, no, no), (met,), (na, mostly, mostly), (met, na, na))
    assert [read(*ratings) for ratings in given] == [mostly, partly, no, no, no, no]


def test_figures_collected_elsewhere_support_a_core_issue() -> None:
    """They show an extent where no document is named, and they do not answer for anybody."""
    answer = Answer(requirement="IO.2/2.1", rating=Achievement.LARGE)
    given = ResponseSet(edition=EDITION.id, answers=(answer,))
    filled = CoreIssueFacts(tables_requested=("mla",), tables_filled=("mla",))
    first = [
        [one.status for one in assess(EDITION, given, load_policy(), core_issues=facts).by_id["IO.2"].requirements][:2]
        for facts in ({}, {"IO.2/2.1": filled}, {"IO.2/2.2": filled})
    ]
    nothing, unanswered = EvidenceStatus.NOTHING_ON_FILE, EvidenceStatus.UNANSWERED
    assert first == [[nothing, unanswered], [EvidenceStatus.SHOWN, unanswered], [nothing, unanswered]]


def test_the_first_part_that_is_not_shown_says_why() -> None:
    """A wrong citation is reported before a missing answer; where all parts are shown, so is the criterion."""
    cited = Answer(requirement="R.5/5.2(b)", rating=CriterionRating.MET)
    good = Answer(requirement="R.5/5.2(b)", rating=CriterionRating.MET, citation="Penal Code, art. 3")
    a = Answer(requirement="R.5/5.2(a)", rating=CriterionRating.MET, citation="Penal Code, art. 2")

    def showing(*answers: Answer) -> EvidenceStatus:
        found = assess(EDITION, ResponseSet(edition=EDITION.id, answers=answers), load_policy())
        return found.by_id["R.5"].criteria[1].status  # type: ignore[union-attr]

    found = [showing(*answers) for answers in ((cited,), (a, cited), (a, good), (a,))]
    assert found == ["nothing cited", "nothing cited", "shown", "unanswered"]


def test_coverage_counts_answers_and_those_shown() -> None:
    """R.17: two criteria claimed and shown, one claimed only; sums go over units."""
    shown = tuple(
        Answer(requirement=f"R.17/17.{n}", rating=CriterionRating.MET, citation="AML Act, art. 5") for n in (1, 2)
    )
    claimed = Answer(requirement="R.17/17.3", rating=CriterionRating.MET)
    found = assess(EDITION, ResponseSet(edition=EDITION.id, answers=(*shown, claimed)), load_policy())
    unit = found.by_id["R.17"].coverage
    assert (unit.total, unit.answered, unit.shown) == (3, 3, 2)
    assert (found.coverage.total, found.coverage.answered, found.coverage.shown) == (339, 3, 2)
    both = unit + unit
    assert (both.total, both.answered, both.shown) == (6, 6, 4)


def test_a_document_shows_what_no_article_can() -> None:
    """Of the criteria that documents show, one with a document and no article is shown; of the others it is not."""
    kinds = {c.id: ShownBy.DOCUMENT in c.shown_by for r in EDITION.recommendations for c in r.criteria if not c.parts}
    document = next(key for key, yes in kinds.items() if yes)
    article = next(key for key, yes in kinds.items() if not yes)
    item = EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures")
    answers = tuple(
        Answer(requirement=key, rating=CriterionRating.MET, evidence=("E-1",)) for key in (document, article)
    )
    found = assess(EDITION, ResponseSet(edition=EDITION.id, answers=answers, evidence=(item,)), load_policy())
    showing = {c.id: c.status for r in found.recommendations for c in r.criteria}
    assert EvidenceStatus.SHOWN is showing[document]
    assert EvidenceStatus.SHOWN is not showing[article]


def test_a_criterion_is_made_of_its_parts_only_where_one_is_answered() -> None:
    """Nothing answered: no parts are told. One answered: all are, the open one with its whole span."""
    given: tuple[dict[str, AnswerRating], ...] = ({}, {"R.5/5.2(a)": CriterionRating.MET})
    none, one = (
        result(answers).by_id["R.5"].criteria[1].parts  # type: ignore[union-attr]
        for answers in given
    )
    met, no = CriterionRating.MET, CriterionRating.NOT_MET
    assert none == ()
    assert [(part.id, part.claimed.worst, part.claimed.best) for part in one] == [
        ("R.5/5.2(a)", met, met),
        ("R.5/5.2(b)", no, met),
    ]


def test_parts_of_parts_make_up_a_criterion() -> None:
    """A criterion is read from the parts of its parts where only these are answered."""
    answers: dict[str, AnswerRating] = {f"R.1/1.11(a)({n})": CriterionRating.NOT_MET for n in ("i", "ii")}
    found = result(answers).by_id["R.1"].criteria  # type: ignore[union-attr]
    span = next(criterion.claimed for criterion in found if criterion.id == "R.1/1.11")
    assert CriterionRating.MET is not span.best


@pytest.mark.parametrize(
    ("own", "parts"),
    [
        (CriterionRating.NOT_APPLICABLE, CriterionRating.MET),
        (CriterionRating.MET, CriterionRating.NOT_APPLICABLE),
        (CriterionRating.MET, CriterionRating.MET),
        (CriterionRating.PARTLY_MET, CriterionRating.MET),
    ],
)
def test_an_own_answer_no_better_than_its_parts_raises_no_question(
    own: CriterionRating, parts: CriterionRating
) -> None:
    """Equal, lower, or not to be compared because one of them does not apply."""
    answers: dict[str, AnswerRating] = {"R.5/5.2": own, "R.5/5.2(a)": parts, "R.5/5.2(b)": parts}
    criterion = result(answers, explanation="So it is.").by_id["R.5"].criteria[1]  # type: ignore[union-attr]
    assert (own, None) == (criterion.claimed.rating, criterion.above_parts)
