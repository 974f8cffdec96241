"""Whatever is answered later, and whatever a country sets: the result lies inside the range told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.assessment.answers.model import Answer, AnswerRating, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.folder.model import Materiality, RecordedDecision, Sector, WeightChange
from fatf_kit.core.ratings import ACHIEVEMENT_SCALE, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import CoreIssue, Criterion, list_requirements
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.materiality import load_sector_names
from fatf_kit.scoring.model import Adjustments
from tests.proof import assess
from tests.property.amount import MANY

_WHOLE = load_framework("fatf-2022")
_FEW = ("R.5", "R.10", "R.14", "R.15", "R.28", "R.36", "IO.2", "IO.5")
EDITION = replace(
    _WHOLE,
    recommendations=tuple(one for one in _WHOLE.recommendations if one.id in _FEW),
    outcomes=tuple(one for one in _WHOLE.outcomes if one.id in _FEW),
)
UNITS = EDITION.units
REQUIREMENTS = [requirement for unit in UNITS for requirement in list_requirements(unit)]
DAY = date(2026, 1, 1)
REGISTER = (EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures"),)


@st.composite
def full_answers(draw: st.DrawFn) -> dict[str, list[Answer]]:
    """An answer to every requirement, by the requirement: its own or those of all its parts, shown or not."""
    answers: dict[str, list[Answer]] = {}
    for requirement in REQUIREMENTS:
        by_parts = isinstance(requirement, Criterion) and requirement.parts and draw(st.booleans())
        nodes = requirement.parts if by_parts else (requirement,)
        answers[requirement.id] = [draw(_answer(node.id, isinstance(requirement, CoreIssue))) for node in nodes]
    return answers


@st.composite
def _answer(draw: st.DrawFn, key: str, is_issue: bool) -> Answer:
    shown = draw(st.booleans())
    values: tuple[AnswerRating, ...] = ACHIEVEMENT_SCALE if is_issue else tuple(CriterionRating)
    return Answer(
        requirement=key,
        rating=draw(st.sampled_from(values)),
        explanation="So it is." if shown else "",
        citation="AML Act, art. 5" if shown else "",
        in_force_from=DAY if shown else None,
        evidence=("E-1",) if shown else (),
    )


@st.composite
def adjustments(draw: st.DrawFn) -> Adjustments:
    """Weights, decisions and sectors drawn freely."""
    some = st.lists(st.sampled_from(REQUIREMENTS), max_size=6, unique_by=lambda one: one.id)
    weights = tuple(
        WeightChange(requirement=one.id, weight=draw(st.sampled_from([1, 2, 3, 5])), reason="So it is.")
        for one in draw(some)
    )
    decided = {
        one.id: draw(st.sampled_from(ACHIEVEMENT_SCALE if isinstance(one, CoreIssue) else tuple(CriterionRating)))
        for one in draw(some)
    }
    for unit in draw(st.lists(st.sampled_from(UNITS), max_size=1)):
        decided[unit.id] = draw(st.sampled_from(["HE", "LE"] if unit.id.startswith("IO") else ["C", "NC", "NA"]))  # type: ignore[assignment]
    sectors = draw(st.lists(st.sampled_from(list(load_sector_names())), max_size=3, unique=True))
    return Adjustments(
        weights=weights,
        decisions=tuple(
            RecordedDecision(requirement=key, value=str(value), reason="So it is.", decided_by="An office", day=DAY)
            for key, value in decided.items()
        ),
        sectors=tuple(Sector(id=one, materiality=draw(st.sampled_from(Materiality))) for one in sectors),
    )


@settings(max_examples=30 * MANY, deadline=None)
@given(full_answers(), adjustments(), st.data())
def test_the_true_rating_lies_in_the_range(
    answers: dict[str, list[Answer]], adjusted: Adjustments, data: st.DataObject
) -> None:
    """Some requirements are answered first, the others later; NA has no place on the rating scale and is left out."""
    kept = data.draw(st.sets(st.sampled_from(sorted(answers))))
    policy = load_policy()

    def responses(keys: set[str]) -> ResponseSet:
        return ResponseSet(
            edition=EDITION.id,
            answers=tuple(answer for key in answers if key in keys for answer in answers[key]),
            evidence=REGISTER,
            cut_off=date(2027, 3, 19),
        )

    before = assess(EDITION, responses(kept), policy, adjustments=adjusted)
    after = assess(EDITION, responses(set(answers)), policy, adjustments=adjusted)
    for unit in UNITS:
        told, true = before.by_id[unit.id].counted, after.by_id[unit.id].counted
        for rating in (true.worst, true.best):
            if rating.rank is not None and told.worst.rank is not None and told.best.rank is not None:
                assert told.worst.rank <= rating.rank <= told.best.rank


@settings(max_examples=20 * MANY, deadline=None)
@given(full_answers(), adjustments())
def test_policies_stand_in_their_order(answers: dict[str, list[Answer]], adjusted: Adjustments) -> None:
    """The stricter policy never rates better than the default, the milder one never worse."""
    responses = ResponseSet(
        edition=EDITION.id, answers=tuple(a for given_ in answers.values() for a in given_), evidence=REGISTER
    )
    results = [
        assess(EDITION, responses, load_policy(name), adjustments=adjusted)
        for name in ("stricter-2", "indicative-2", "milder-2")
    ]
    for unit in UNITS:
        ranks = [result.by_id[unit.id].counted.worst.rank for result in results]
        if None not in ranks:
            assert ranks == sorted(ranks)  # type: ignore[type-var]
