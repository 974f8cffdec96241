"""Agreement does not depend on the order in which files are read, and loses nobody's words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.assessment.answers.conflicts import resolve_conflicts
from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.model import Assignment, Duty
from fatf_kit.core.ratings import CriterionRating, find_lowest
from fatf_kit.framework import load_framework
from tests.rows import row_ref

EDITION = load_framework("fatf-2022")
NAMES = ("bank", "fiu", "police", "tax")
REQUIREMENTS = ("R.1/1.1", "R.8/8.2(a)", "R.10/10.7")

answers = st.lists(
    st.builds(
        lambda requirement, rating, agency, text: Answer(
            requirement=requirement,
            rating=rating,
            agency=agency,
            explanation=text,
            row=row_ref(f"{agency}.xlsx"),
        ),
        st.sampled_from(REQUIREMENTS),
        st.none() | st.sampled_from(list(CriterionRating)),
        st.sampled_from(NAMES),
        st.text(max_size=3),
    ),
    unique_by=lambda answer: (answer.requirement, answer.agency),
)
assignments = st.lists(st.sampled_from(NAMES), unique=True).flatmap(
    lambda names: st.booleans().map(
        lambda led: Assignment(
            duties={
                unit: Duty(
                    requirement=unit,
                    lead=names[0] if led and names else None,
                    supporting=tuple(names[1:] if led else names),
                )
                for unit in ("R.1", "R.8", "R.10")
            }
        )
    )
)


@given(answers, assignments, st.randoms())
def test_order_changes_nothing(given_answers: list[Answer], assignment: Assignment, random: object) -> None:
    """The same answers in another order give the same result and the same problems."""
    shuffled = list(given_answers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve_conflicts(EDITION, given_answers, assignment) == resolve_conflicts(EDITION, shuffled, assignment)


@given(answers, assignments)
def test_every_agency_answer_is_kept_and_lowest_is_the_worst(
    given_answers: list[Answer], assignment: Assignment
) -> None:
    """Each requirement has one answer, which keeps the answers of all agencies; `lowest` is the worst of them."""
    found = resolve_conflicts(EDITION, given_answers, assignment)
    assert len({answer.requirement for answer in given_answers}) == len(found.answers)
    kept_answers = [one for answer in found.answers for one in (answer.agency_answers or (answer,))]
    for one in kept_answers:
        duty = assignment.duty(one.requirement)
        assert one.is_supporting == (duty.lead is not None and one.agency in duty.supporting)
    kept = (one._replace(is_supporting=False) for one in kept_answers)
    assert sorted(given_answers, key=str) == sorted(kept, key=str)
    for answer in found.answers:
        ratings = [one.rating for one in answer.agency_answers if one.rating is not None]
        differ = len(set(ratings)) > 1
        assert (find_lowest(ratings) if differ else None) == answer.lowest
        assert (answer.rating is None) == (not any(v.rating for v in answer.agency_answers or (answer,)))
