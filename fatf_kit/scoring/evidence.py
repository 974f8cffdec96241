"""The evidence on file decides the status of an answer, and the range of answers that it allows.

A criterion is shown by an instrument that binds, with an article, in force on the cut-off date (the end of the on-site
visit). Each criterion names the kinds that show it; the rules of proof (`proof.py`) say which statuses allow one level
below the claim. What is not known widens the range: where nothing that can show a criterion is cited, it ranges from
not met up to the claim. A measure that starts too late or has ended does not count. An extent is shown by its own
tables, filled for every year asked, without an open contradiction, and by cases where cases are expected. An answer for
the worse needs no proof.

Source: FATF Methodology (2022), paras 37 and 43; the tests themselves are fatf-kit's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, CoreIssueFacts
from fatf_kit.assessment.answers.model import BINDING_KINDS, EvidenceKind
from fatf_kit.core.ratings import ACHIEVEMENT_SCALE, CRITERION_SCALE, Achievement, CriterionRating

if TYPE_CHECKING:
    from fatf_kit.scoring.proof import Proof, ProofRules


class EvidenceStatus(StrEnum):
    """Whether an answer is shown, and if not, what is open.

    >>> EvidenceStatus.SHOWN.is_shown, EvidenceStatus.NO_DATE.is_shown
    (True, False)
    """

    SHOWN = "shown"
    NOT_NEEDED = "not needed"  # "not met" and "negligible" need no proof
    NOTHING_CITED = "nothing cited"
    LAW_NEEDED = "law needed"  # a regulation is cited where the principle must be in law
    UNKNOWN_KIND = "unknown kind"
    WRONG_KIND = "wrong kind"
    NO_ARTICLE = "no article"
    NO_DATE = "no date"
    IN_FORCE_LATER = "in force later"
    NO_LONGER_IN_FORCE = "no longer in force"
    NO_REASON = "no reason"  # "not applicable" without an explanation
    PARTLY_SHOWN = "partly shown"  # core issues
    NOTHING_ON_FILE = "nothing on file"  # core issues
    UNANSWERED = "unanswered"

    @property
    def is_shown(self) -> bool:
        """Whether the answer counts as given."""
        return self in (EvidenceStatus.SHOWN, EvidenceStatus.NOT_NEEDED)

    @property
    def is_question(self) -> bool:
        """Whether something is cited and a question about it is open. How low the worst case is, a policy says."""
        return self in _QUESTIONS


_QUESTIONS = (
    EvidenceStatus.LAW_NEEDED,
    EvidenceStatus.UNKNOWN_KIND,
    EvidenceStatus.WRONG_KIND,
    EvidenceStatus.NO_ARTICLE,
    EvidenceStatus.NO_DATE,
)


class NextStep(StrEnum):
    """The next step before an answer is shown."""

    CITE = "cite"
    ASK_KIND = "ask kind"
    NAME_ARTICLE = "name article"
    WRITE_DATE = "write date"
    BRING_FORWARD = "bring forward"
    CITE_CURRENT = "cite current"
    GIVE_REASON = "give reason"
    FILL_TABLES = "fill tables"
    ANSWER = "answer"


def next_step(status: EvidenceStatus) -> NextStep | None:
    """Return what is missing before an answer of this status is shown; None where nothing is.

    >>> str(next_step(EvidenceStatus.IN_FORCE_LATER)), str(next_step(EvidenceStatus.NO_DATE))
    ('bring forward', 'write date')
    """
    return _STEPS.get(status)


_STEPS = {
    EvidenceStatus.NOTHING_CITED: NextStep.CITE,
    EvidenceStatus.LAW_NEEDED: NextStep.ASK_KIND,
    EvidenceStatus.UNKNOWN_KIND: NextStep.ASK_KIND,
    EvidenceStatus.WRONG_KIND: NextStep.ASK_KIND,
    EvidenceStatus.NO_ARTICLE: NextStep.NAME_ARTICLE,
    EvidenceStatus.NO_DATE: NextStep.WRITE_DATE,
    EvidenceStatus.IN_FORCE_LATER: NextStep.BRING_FORWARD,
    EvidenceStatus.NO_LONGER_IN_FORCE: NextStep.CITE_CURRENT,
    EvidenceStatus.NO_REASON: NextStep.GIVE_REASON,
    EvidenceStatus.PARTLY_SHOWN: NextStep.FILL_TABLES,
    EvidenceStatus.NOTHING_ON_FILE: NextStep.FILL_TABLES,
    EvidenceStatus.UNANSWERED: NextStep.ANSWER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The status of one answer and the instrument that decides it.

    `instrument` is None where none is cited, and for core issues.
    """

    status: EvidenceStatus
    instrument: CitedInstrument | None = None


NEAREST_FIRST = (
    EvidenceStatus.SHOWN,
    EvidenceStatus.NO_DATE,
    EvidenceStatus.NO_ARTICLE,
    EvidenceStatus.LAW_NEEDED,
    EvidenceStatus.UNKNOWN_KIND,
    EvidenceStatus.WRONG_KIND,
    EvidenceStatus.IN_FORCE_LATER,
    EvidenceStatus.NO_LONGER_IN_FORCE,
)
"""From nearest to shown to furthest: the best instrument cited decides."""


def criterion_evidence(
    cited: Iterable[CitedInstrument],
    rating: CriterionRating,
    cut_off: date | None,
    proof: Proof,
    *,
    has_reason: bool,
) -> Evidence:
    """Return the status of a rated criterion or part, from what its answer and the answers above it cite.

    `has_reason` says whether any of these answers has an explanation, which is what "not applicable" needs. Without a
    cut-off date, dates are not tested.
    """
    if rating is CriterionRating.NOT_MET:
        return Evidence(status=EvidenceStatus.NOT_NEEDED)
    if rating is CriterionRating.NOT_APPLICABLE:
        return Evidence(status=EvidenceStatus.SHOWN if has_reason else EvidenceStatus.NO_REASON)
    nearest: tuple[int, CitedInstrument] | None = None
    for one in cited:
        place = NEAREST_FIRST.index(_test(one, cut_off, proof))
        if nearest is None or place < nearest[0]:
            nearest = place, one
        if place == 0:  # nothing is nearer
            break
    if nearest is None:
        return Evidence(status=EvidenceStatus.NOTHING_CITED)
    return Evidence(status=NEAREST_FIRST[nearest[0]], instrument=nearest[1])


def _test(one: CitedInstrument, cut_off: date | None, proof: Proof) -> EvidenceStatus:
    if one.is_fallen:
        return EvidenceStatus.NO_LONGER_IN_FORCE
    if cut_off is not None and one.in_force_from is not None and one.in_force_from > cut_off:
        return EvidenceStatus.IN_FORCE_LATER
    if cut_off is not None and one.in_force_until is not None and one.in_force_until < cut_off:
        return EvidenceStatus.NO_LONGER_IN_FORCE
    if proof.is_by_document and one.is_in_register:
        return EvidenceStatus.SHOWN
    if one.kind is None or not one.has_certain_kind:
        return EvidenceStatus.UNKNOWN_KIND
    is_loose = one.kind is EvidenceKind.DOCUMENT and not one.is_in_register  # named, but not on file
    if is_loose or not proof.accepts(one.kind):
        return EvidenceStatus.LAW_NEEDED if proof.counts_as_lower(one.kind) else EvidenceStatus.WRONG_KIND
    if one.kind not in BINDING_KINDS:
        return EvidenceStatus.SHOWN
    if not one.article:
        return EvidenceStatus.NO_ARTICLE
    if cut_off is not None and one.in_force_from is None:
        return EvidenceStatus.NO_DATE
    return EvidenceStatus.SHOWN


def worst_of_criterion(claim: CriterionRating, status: EvidenceStatus, rules: ProofRules) -> CriterionRating:
    """Return the worst answer that the proof on file allows for a claim, by the rules of proof of a policy.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> str(worst_of_criterion(CriterionRating.MET, EvidenceStatus.NO_ARTICLE, load_policy().proof))
    'mostly met'
    """
    if status.is_shown:
        return claim
    if status in rules.one_level_below:
        return CRITERION_SCALE[max(CRITERION_SCALE.index(claim) - 1, 0)]
    return CriterionRating.NOT_MET


def best_of_criterion(
    claim: CriterionRating, status: EvidenceStatus, cited: Iterable[CitedInstrument]
) -> CriterionRating:
    """Return the best answer that is possible: the claim, unless it rested on a text that falls, and nothing else can.

    A text whose kind, article or date is open can still carry the claim.
    """
    can_carry = status.is_shown or status in _CAN_CARRY or claim is CriterionRating.NOT_APPLICABLE
    return claim if can_carry or not any(citation.is_fallen for citation in cited) else CriterionRating.NOT_MET


_CAN_CARRY = (
    EvidenceStatus.NO_DATE,
    EvidenceStatus.NO_ARTICLE,
    EvidenceStatus.LAW_NEEDED,
    EvidenceStatus.UNKNOWN_KIND,
)


def core_issue_evidence(facts: CoreIssueFacts | None, rating: Achievement) -> Evidence:
    """Return the status of a claimed extent from its tables, contradictions, cases and documents.

    Where neither tables nor cases are expected, a document shows it. Elsewhere a document alone shows it in part.
    """
    if rating is Achievement.NEGLIGIBLE:
        return Evidence(status=EvidenceStatus.NOT_NEEDED)
    if facts is None or not (facts.tables_filled or facts.cases or facts.documents):
        return Evidence(status=EvidenceStatus.NOTHING_ON_FILE)
    has_tables = set(facts.tables_requested) <= set(facts.tables_filled)
    has_cases = bool(facts.cases) or not facts.are_cases_expected
    is_whole = has_tables and has_cases and not facts.contradictions
    return Evidence(status=EvidenceStatus.SHOWN if is_whole else EvidenceStatus.PARTLY_SHOWN)


def worst_of_core_issue(claim: Achievement, status: EvidenceStatus) -> Achievement:
    """Return the smallest extent that the proof on file allows for a claim.

    >>> str(worst_of_core_issue(Achievement.LARGE, EvidenceStatus.PARTLY_SHOWN))
    'some'
    """
    if status.is_shown:
        return claim
    if status is EvidenceStatus.PARTLY_SHOWN:
        return ACHIEVEMENT_SCALE[max(ACHIEVEMENT_SCALE.index(claim) - 1, 0)]
    return Achievement.NEGLIGIBLE
