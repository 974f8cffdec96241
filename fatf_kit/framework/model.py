"""One edition of the Methodology as frozen values: its requirements, their addressees and citations.

Every statement is fatf-kit's own summary with a citation; FATF's text alone is authoritative. Ids are qualified
text ("R.10/10.7(b)", "IO.6/6.2"), because criterion 5.2 and core issue 5.2 share a number and a bare 10.10 read as a
number becomes 10.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class CombinationRule(StrEnum):
    """The rule by which the members of a combination are combined.

    ALL: every applicable member is needed. ANY: the members are alternatives and the best one counts, as where a
    country may choose among several mechanisms.
    """

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The combination of the parts of a criterion or of a part: a tree whose leaves are ids of its parts.

    `members` are full ids or combinations, in the order of the Methodology; none where there are no parts. Every part
    occurs exactly once.

    >>> either = Combination(how=CombinationRule.ANY, members=("R.24/24.6(b)(i)", "R.24/24.6(b)(ii)"))
    >>> Combination(members=(either, "R.24/24.6(b)(iii)")).leaves
    ('R.24/24.6(b)(i)', 'R.24/24.6(b)(ii)', 'R.24/24.6(b)(iii)')
    """

    how: CombinationRule = CombinationRule.ALL
    members: tuple[str | Combination, ...] = ()

    @property
    def leaves(self) -> tuple[str, ...]:
        """The ids in the tree, in its order."""
        return tuple(
            leaf for member in self.members for leaf in ((member,) if isinstance(member, str) else member.leaves)
        )

    @property
    def is_nested(self) -> bool:
        """Whether a member is a combination itself."""
        return any(isinstance(member, Combination) for member in self.members)


class ShownBy(StrEnum):
    """A kind of proof that shows a criterion.

    LAW: an offence, a penalty, a power or another legal basis, which only a constitution, a treaty, a law or a directly
    applicable supranational law gives, and a court decision where courts make law. PRINCIPLE: the principle of a
    preventive measure must be in law; a regulation comes near to it. INSTRUMENT: any enforceable means, a law included.
    COURT_DECISION: a judgment, for what courts decide. GUIDELINE: a guideline or manual, for guidance and supervisory
    practice. DOCUMENT: a fact or a practice, such as a risk assessment made or statistics kept, which any fitting
    document, figure or case shows, and an instrument as well. Which kinds of text each value accepts is data: the rules
    of proof of a scoring policy.

    Source: fatf-kit's own, DECISIONS.md.
    """

    LAW = "law"
    PRINCIPLE = "principle in law"
    INSTRUMENT = "instrument"
    COURT_DECISION = "court decision"
    GUIDELINE = "guideline"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """Guidance for an official who answers one requirement; empty if an edition has none yet.

    `typical_shortcomings` belong to criteria, `strong_signs` and `weak_signs` to core issues. `action` is the
    recommended action as a short instruction for lists that name the owner in a column of its own: in English an
    imperative, in French an infinitive, in Arabic a verbal noun, with one clause for each duty.

    >>> from fatf_kit.framework import find_requirement, load_framework
    >>> find_requirement(load_framework("fatf-2022"), "R.1/1.7").guidance.action
    'Review every exemption; repeal those that risk does not justify; publish the reasons for those kept'
    """

    ask: str = ""
    evidence: tuple[str, ...] = ()
    typical_shortcomings: tuple[str, ...] = ()
    strong_signs: tuple[str, ...] = ()
    weak_signs: tuple[str, ...] = ()
    recommended_action: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Relative importance: 1 low, 2 ordinary, 3 important, 5 decisive; anything but ordinary has a reason.

    Source: the scale is fatf-kit's own; that criteria weigh unequally is FATF Methodology (2022), para. 44.
    """

    value: int = 2
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A lettered or nested element of a criterion or of a core issue.

    `shown_by` are the kinds of proof of which one is enough; empty where they are those of what contains the part.
    """

    id: str
    statement: str
    citation: str
    conditional_on: str | None = None
    shown_by: tuple[ShownBy, ...] = ()
    combine: Combination = field(default_factory=Combination)
    note: str | None = None
    guidance: Guidance = field(default_factory=Guidance)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One numbered criterion of a Recommendation.

    `addressees` says on whom the duty falls; `lead` and `supporting` are ids of the roles that usually answer.
    `predecessors` are ids of the earlier edition; `change` says in words what differs, None where nothing does.
    `conditional_on` is the circumstance without which the criterion does not apply. `shown_by` are the kinds of proof
    of which one is enough. `is_duty` marks the criterion that is the duty itself, without which the Recommendation
    has no content.
    """

    id: str
    statement: str
    citation: str
    section: str | None = None
    addressees: tuple[str, ...] = ()
    lead: str | None = None
    supporting: tuple[str, ...] = ()
    weight: Weight = field(default_factory=Weight)
    outcomes: tuple[str, ...] = ()
    root_causes: tuple[str, ...] = ()
    conditional_on: str | None = None
    shown_by: tuple[ShownBy, ...] = (ShownBy.INSTRUMENT,)
    is_duty: bool = False
    combine: Combination = field(default_factory=Combination)
    predecessors: tuple[str, ...] = ()
    change: str | None = None
    note: str | None = None
    guidance: Guidance = field(default_factory=Guidance)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """The instrument that must contain the duty, in words: "law", or "law or other enforceable means".

    The criteria whose principle must be in law are those whose `shown_by` is PRINCIPLE.
    """

    instrument: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One of the 40 Recommendations with its criteria in the order of the Methodology."""

    id: str
    title: str
    group: str
    citation: str
    criteria: tuple[Criterion, ...]
    related: tuple[str, ...] = ()
    legal_basis: LegalBasis | None = None
    applies_only_if: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIssue:
    """A mandatory question of an Immediate Outcome. Core issues weigh unequally and are no checklist.

    `tables` are the statistics tables that feed it, as these tables say.
    """

    id: str
    statement: str
    citation: str
    lead: str | None = None
    supporting: tuple[str, ...] = ()
    weight: Weight = field(default_factory=Weight)
    recommendations: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    note: str | None = None
    guidance: Guidance = field(default_factory=Guidance)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A body, by role, that must contribute to an outcome, and with what."""

    role: str
    contributes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeGuide:
    """The guidance framework of one Immediate Outcome for those who must show it."""

    lead: str
    contributors: tuple[Contributor, ...]
    probes: tuple[str, ...]
    years: str
    cases: tuple[str, ...]
    pitfalls: tuple[str, ...]
    checklist: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImmediateOutcome:
    """One of the 11 Immediate Outcomes.

    `primary_recommendations` stand behind the outcome as a whole, `element_recommendations` only in part.
    `guide` is None where an edition has none yet.
    """

    id: str
    title: str
    statement: str
    effective_system: str
    intermediate_outcome: str
    citation: str
    core_issues: tuple[CoreIssue, ...]
    primary_recommendations: tuple[str, ...] = ()
    element_recommendations: tuple[str, ...] = ()
    assessor_notes: tuple[str, ...] = ()
    example_information: tuple[str, ...] = ()
    specific_factors: tuple[str, ...] = ()
    change: str | None = None
    guide: OutcomeGuide | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A lettered group of Recommendations, as the evaluators' rating table has them."""

    code: str
    label: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of the evaluators' report and what is rated in it."""

    number: int
    title: str
    outcomes: tuple[str, ...]
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalePoint:
    """One value of a rating scale: its code, its label (the code where it has none) and its meaning."""

    code: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """The four rating scales, each from best to worst, "not applicable" last."""

    criterion: tuple[ScalePoint, ...]
    compliance: tuple[ScalePoint, ...]
    achievement: tuple[ScalePoint, ...]
    effectiveness: tuple[ScalePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A dated change of the Methodology, in a few words."""

    date: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRevision:
    """A revision that the criteria do not include yet: kept apart, so that nothing assesses it by accident.

    `criterion_text` is "seen" or "not seen"; where it was not seen there are no criteria, and `other_changes` says what
    the revision is known to touch. `confidence` is how sure it is that the revision was made.
    """

    id: str
    title: str
    status: str
    scope: str
    citation: str
    confidence: str
    criterion_text: str
    criteria: tuple[Criterion, ...]
    other_changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTable:
    """The shape of the evaluators' rating table: the number of cells in a row."""

    effectiveness_per_row: int
    compliance_per_row: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Framework:
    """One whole edition. `digest` is "sha256:…" over every English page, so that a result names its text.

    Compared by identity, because an edition is loaded once.
    """

    id: str
    title: str
    round: int
    as_amended: str
    content_version: str
    language: str
    wording: str
    digest: str
    groups: tuple[Group, ...]
    chapters: tuple[Chapter, ...]
    chapters_note: str
    rating_table: RatingTable
    scales: Scales
    rating_rules: tuple[str, ...]
    amendments: tuple[Amendment, ...]
    sources: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    outcomes: tuple[ImmediateOutcome, ...]
    pending: tuple[PendingRevision, ...] = ()
    later_amendments: str | None = None
    predecessor: str | None = None
    """Id of the edition before this one, in whose ids `Criterion.predecessors` are written; None for the first."""
    text_state: str = ""
    """Up to when the text is amended, and what was revised since; empty where the edition does not say."""

    @property
    def full_title(self) -> str:
        """The title with the state of the text: how every document names the edition."""
        return f"{self.title} – {self.text_state}" if self.text_state else self.title

    @property
    def revisions(self) -> Mapping[str, PendingRevision]:
        """Revisions that the criteria do not include yet, by Recommendation."""
        return {page.id: page for page in self.pending}

    @property
    def units(self) -> tuple[Recommendation | ImmediateOutcome, ...]:
        """All rated units: the 40 Recommendations, then the 11 outcomes."""
        return (*self.recommendations, *self.outcomes)


Requirement = Criterion | Part | CoreIssue
"""The requirement of one row of a workbook."""


def list_requirements(unit: Recommendation | ImmediateOutcome) -> tuple[Criterion | CoreIssue, ...]:
    """Return the criteria of a Recommendation or the core issues of an outcome, in order."""
    return unit.criteria if isinstance(unit, Recommendation) else unit.core_issues


def walk(requirement: Requirement, depth: int = 0) -> Iterator[tuple[Requirement, int]]:
    """Yield the requirement and then all its parts, in reading order, each with its depth (0 for the criterion).

    >>> inner = Part(id="R.1/1.2(a)", statement="s", citation="c")
    >>> [(r.id, d) for r, d in walk(Criterion(id="R.1/1.2", statement="s", citation="c", parts=(inner,)))]
    [('R.1/1.2', 0), ('R.1/1.2(a)', 1)]
    """
    yield requirement, depth
    for part in requirement.parts:
        yield from walk(part, depth + 1)
