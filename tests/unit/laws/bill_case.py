"""A hand-made case for the tests of bills: seven answers, two laws and three bills, with figures worked out by hand.

Today, by the standard policy (met 100, mostly met 70, partly met 35; LC needs 65 on average, at most 25 % of the weight
partly met or worse and at most 10 % not met):

- R.11 has weights 3, 3, 2, 2 and answers met, partly met, met, not met: 605 points of weight 10, half of it partly met
  or worse, so PC.
- R.9 has one criterion of weight 5, partly met, so PC.
- R.21 has two criteria of weight 3, both met, so C.
- R.35 has weights 5 and 3, met and not met: 500 points of weight 8, and a not met of weight 3 allows PC at most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, EvidenceFacts
from fatf_kit.assessment.answers.model import Answer, EvidenceKind, ResponseSet
from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.laws.bill_effects import RatingBasis
from fatf_kit.laws.bills import Bill, Scenario, read_bill
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import ClauseEffect, Instrument, InstrumentStatus, LawRegister, Provision
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.model import Line, LineCount, LineKind, Rules
from fatf_kit.scoring import assess, load_policy
from fatf_kit.scoring.model import Adjustments

CUT_OFF = date(2027, 3, 19)
MET, MOSTLY, PARTLY, NOT = (CriterionRating(one) for one in ("met", "mostly met", "partly met", "not met"))

ANSWERS = {
    "R.11/11.1": MET,
    "R.11/11.2": PARTLY,
    "R.11/11.3": MET,
    "R.11/11.4": NOT,
    "R.9/9.1": PARTLY,
    "R.21/21.1": MET,
    "R.21/21.2": MET,
    "R.35/35.1": MET,
    "R.35/35.2": NOT,
}
PROOF = {
    "R.11/11.1": ("L-001 art. 5",),
    "R.11/11.2": ("L-001 art. 6",),
    "R.11/11.3": ("L-001 art. 7",),
    "R.9/9.1": ("L-002 art. 1",),
    "R.21/21.1": ("L-001 art. 9", "L-002 art. 2"),
    "R.21/21.2": ("L-002 art. 3",),
    "R.35/35.1": ("L-002 art. 4",),
}


def _law(
    name: str,
    status: InstrumentStatus = InstrumentStatus.IN_FORCE,
    *,
    expected: date | None = None,
    in_force_from: date | None = None,
) -> Instrument:
    return Instrument(
        id=name,
        titles={"en": f"Act {name}"},
        kind=EvidenceKind.LAW,
        status=status,
        expected=expected,
        in_force_from=date(2019, 1, 1) if status is InstrumentStatus.IN_FORCE else in_force_from,
    )


def _effect(clause: str, requirement: str, rating: CriterionRating) -> ClauseEffect:
    bill, _, label = clause.partition(" ")
    return ClauseEffect(bill=bill, clause=label, requirement=requirement, rating=rating)


REGISTER = LawRegister(
    instruments=(
        _law("L-001"),
        _law("L-002"),
        _law("L-010", InstrumentStatus.BILL, expected=date(2027, 2, 1)),
        _law("L-011", InstrumentStatus.BILL, expected=date(2027, 10, 1)),
        _law("L-012", InstrumentStatus.DRAFTING),
        _law("L-013", InstrumentStatus.ADOPTED, in_force_from=date(2027, 6, 1)),
    ),
    provisions=(
        Provision(instrument="L-010", article="cl. 1", heading="Keeping records"),
        Provision(instrument="L-010", article="cl. 5", heading="Short title"),
    ),
    effects=(
        _effect("L-010 cl. 1", "R.11/11.2", MOSTLY),
        _effect("L-010 cl. 2", "R.11/11.4", MOSTLY),
        _effect("L-010 cl. 3", "R.9/9.1", MET),
        _effect("L-010 cl. 4", "R.21/21.1", PARTLY),
        _effect("L-011 cl. 1", "R.11/11.4", MET),
        _effect("L-011 cl. 2", "R.35/35.2", MET),
        _effect("L-012 art. 1", "R.11/11.2", MOSTLY),
        _effect("L-012 art. 2", "R.11/11.2", MET),
        _effect("L-012 art. 3", "R.11/11.4", MOSTLY),
        _effect("L-012 art. 4", "R.11/11.4", MET),
        _effect("L-012 art. 4", "R.9/9.1", MOSTLY),
        _effect("L-012 art. 5", "R.9/9.1", MET),
        _effect("L-012 art. 5", "R.21/21.1", NOT),
        _effect("L-012 art. 6", "R.35/35.2", MOSTLY),
    ),
)
MATCHER = CitationMatcher(REGISTER, None)


def make_basis(
    *,
    cut_off: date | None = CUT_OFF,
    decisions: Mapping[str, str] | None = None,
    later: Sequence[str] = (),
    limits: tuple[int, int] | None = None,
) -> RatingBasis:
    """Return the case with decisions of people, and with answers in `later` proven by L-013 alone.

    `limits` are those of two thresholds: PC or NC, and NC, among the four Recommendations that are answered. Without
    them the thresholds are those of the edition.
    """
    framework, policy = load_framework("fatf-2022"), load_policy()
    answers = tuple(Answer(name, rating, explanation="as the law says") for name, rating in ANSWERS.items())
    responses = ResponseSet(edition=framework.id, answers=answers)
    proof = EvidenceFacts(
        instruments={
            name: tuple(make_fact(one) for one in (("L-013 art. 1",) if name in later else cited))
            for name, cited in PROOF.items()
        }
    )
    made = tuple(
        RecordedDecision(requirement=name, value=value, reason="agreed", decided_by="board", day=date(2026, 5, 1))
        for name, value in (decisions or {}).items()
    )
    now = assess(framework, responses, policy, facts=proof, cut_off=cut_off, adjustments=Adjustments(decisions=made))
    rules = load_rules(framework.id)
    return RatingBasis(
        framework=framework,
        responses=responses,
        policy=policy,
        proof=proof,
        now=now,
        rules=_limited(rules, *limits) if limits else rules,
    )


def make_fact(name: str) -> CitedInstrument:
    """Return the fact about a provision, like "L-001 art. 5"."""
    law = name.split(maxsplit=1)[0]
    start = REGISTER.by_id[law].in_force_from
    return CitedInstrument(label=name, kind=EvidenceKind.LAW, article=name[6:], in_force_from=start, law=name)


def _limited(rules: Rules, low: int, none: int) -> Rules:
    units = ("R.9", "R.11", "R.21", "R.35")
    lines = [
        Line(
            id=name,
            kind=LineKind.ENHANCED,
            name=name,
            test=name,
            counts=(LineCount(ratings=frozenset(ratings), of=units, at_least=limit),),
            confidence="made up",
        )
        for name, ratings, limit in (("low", ("NC", "PC"), low), ("none", ("NC",), none))
    ]
    return Rules(edition=rules.edition, provisional=False, lines=tuple(lines), notes=(), sources=())


def make_bills(*names: str, in_force: date | None = None, cut_off: date | None = CUT_OFF) -> list[Bill]:
    """Return bills of the case."""
    return [read_bill(name, REGISTER, MATCHER, cut_off=cut_off, in_force=in_force) for name in names]


def describe(scenario: Scenario, *units: str) -> dict[str, str]:
    """Return the ranges that count."""
    return {unit: scenario.units[unit].counted.describe() for unit in units}
