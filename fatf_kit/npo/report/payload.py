"""The sector's result as JSON that others may rely on: `npo.json`, frameworks/schema/npo-1.schema.json.

The same figures as in the report, and the same ones hidden (null). No name, no id, no row of the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from fatf_kit.core.json_shapes import ABSENT, Absent, Count, Place, Share, Text
from fatf_kit.npo.measures.proportionality import (
    CheckSeverity,
    OverRegulation,
    ProportionalityState,
    load_checks,
)
from fatf_kit.npo.model import RegisterSummary, SectorResult, SectorVerdict
from fatf_kit.npo.report.disclosure import (
    CLASS_KEYS,
    one,
    referred,
    shown_bands,
    shown_beneficiaries,
    shown_classes,
    shown_matrix,
    to_verify,
    uncontrolled,
)
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.report.segments import named_segments
from fatf_kit.npo.scales import RiskBand, SegmentKind
from fatf_kit.npo.survey import Survey

Hidden = Count | None
"""A number of bodies; null where it is small enough to tell something about one of them."""

Level = Annotated[int, Meta(ge=1, le=5)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NpoProvenance:
    """The program, method and register behind a result."""

    tool: str
    method: str
    method_digest: str
    register: str
    register_sha256: str
    as_of: date
    generated_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """The number of rows that were rejected for a reason."""

    reason: str
    count: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterResult:
    """The rows of the register. `rows` are all below the headings: `registered`, `rejected` and `blank` together."""

    rows: Count
    blank: Count | Absent = ABSENT
    rejected: Count
    rejected_reasons: tuple[ReasonCount, ...] | Absent = ABSENT
    registered: Count
    active: Count | None
    in_scope: Count
    undetermined: Count
    out_of_scope: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassesResult:
    """The bodies in each class of risk."""

    high: Hidden
    medium: Hidden
    low: Hidden
    unrated: Hidden
    at_risk: Hidden
    referred: Hidden
    to_verify: Hidden
    uncontrolled: Hidden
    provisional: Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundResult:
    """A round of questions: the group, the bodies asked, and those that answered."""

    group: Count
    asked: Count
    answered: Hidden
    drawn: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFirstResult:
    """The bodies to ask first, the rounds of questions so far, and how much is classified with their answers."""

    bodies: Hidden
    first: Hidden
    features: Mapping[str, Hidden]
    collect: tuple[str, ...]
    rounds: tuple[RoundResult, ...]
    classified_share: Share | None
    classified_money: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalResult:
    """The rating that is proposed for the sector; null where the country has not entered what is needed."""

    threat: Level | None
    exposure: Level | None
    by_screening: bool
    measures: Annotated[float, Meta(ge=1, le=5)] | None
    inherent: RiskBand | None
    band: RiskBand | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingResult:
    """The rating that is proposed for the sector, and the one that was decided; only a decision is its rating."""

    proposal: ProposalResult
    rating: RiskBand | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentResult:
    """The bodies of a segment in each class."""

    by: SegmentKind
    code: str
    low: Hidden
    medium: Hidden
    high: Hidden
    unrated: Hidden
    total: Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiaryResult:
    """The bodies in scope that help a group; a body may help several. The group null is not known."""

    group: str | None
    bodies: Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionResult:
    """The result of one check of proportionality, in English."""

    id: str
    severity: CheckSeverity
    state: ProportionalityState
    title: str
    about: tuple[str, ...]
    citations: tuple[str, ...]
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BurdenResult:
    """The share of hours that falls on bodies of low risk and out of scope."""

    uncounted: tuple[str, ...]
    share_on_low_and_out_of_scope: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCount:
    """The number of problems of one code."""

    code: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResult:
    """A survey that the country names; the margin is a fraction, and holds for a random sample only."""

    what: Text
    answers: Place
    population: Place | None
    margin: Share
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ThinColumn:
    """A column with gaps: the share that is known, the factors it would inform, and the bodies it would settle."""

    column: str
    known: Share
    would_inform: tuple[str, ...]
    would_settle: Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class NpoResult:
    """The result of classifying a register of non-profit organisations: aggregates, in which small counts are null.

    Earlier files lack `beneficiaries` and `surveys`; `beneficiaries` is empty where the register has no such column.
    """

    schema: Literal["fatf-kit/npo/1"]
    provenance: NpoProvenance
    register: RegisterResult
    classes: ClassesResult
    verdict: SectorVerdict
    shows_subset: bool
    ask_first: AskFirstResult
    bands: Mapping[RiskBand, Hidden]
    matrix: tuple[tuple[Hidden, ...], ...]
    sector: RatingResult
    segments: tuple[SegmentResult, ...]
    beneficiaries: tuple[BeneficiaryResult, ...] | Absent = ABSENT
    over_regulation: tuple[ProportionResult, ...]
    burden: BurdenResult
    problems: tuple[ProblemCount, ...]
    surveys: tuple[SurveyResult, ...] | Absent = ABSENT
    thin_data: tuple[ThinColumn, ...]


def make_npo_result(
    sector: SectorResult, judged: OverRegulation, *, secret: bool, tool: str, generated_at: str
) -> NpoResult:
    """Make the JSON value of a result, made by the version `tool`.

    `secret` is whether shares of hours tell too much.
    """
    burden, problems = judged.burden, Counter(problem.code for problem in sector.problems)
    return NpoResult(
        schema="fatf-kit/npo/1",
        provenance=NpoProvenance(
            tool=tool,
            method=sector.method_id,
            method_digest=sector.method_digest,
            register=sector.register.name,
            register_sha256=sector.register.sha256,
            as_of=sector.as_of,
            generated_at=generated_at,
        ),
        register=_make_register(sector.register),
        classes=_make_classes(sector),
        verdict=sector.verdict,
        shows_subset=sector.shows_subset,
        ask_first=_make_group(sector),
        bands={RiskBand(band): count for band, count in shown_bands(sector).items()},
        matrix=tuple(map(tuple, shown_matrix(sector))),
        sector=_make_rating(sector),
        segments=tuple(
            SegmentResult(by=segment.kind, code=segment.code, **{key: counts[key] for key in CLASS_KEYS})
            for segment, counts in named_segments(sector, load_names("en"))
        ),
        beneficiaries=tuple(
            BeneficiaryResult(group=code or None, bodies=count) for code, count in shown_beneficiaries(sector)
        ),
        over_regulation=_list_checks(judged),
        burden=BurdenResult(
            uncounted=tuple(burden.uncounted), share_on_low_and_out_of_scope=_share(burden.share, secret=secret)
        ),
        problems=tuple(ProblemCount(code=code, count=count) for code, count in problems.items()),
        surveys=tuple(map(_make_survey, sector.surveys)),
        thin_data=tuple(
            ThinColumn(
                column=column.column,
                known=round(column.known, 4),
                would_inform=tuple(column.informs),
                would_settle=one(column.would_resolve),
            )
            for column in sector.completeness.columns
            if column.informs
        ),
    )


def _make_register(register: RegisterSummary) -> RegisterResult:
    return RegisterResult(
        rows=register.rows,
        blank=register.blank,
        rejected=register.rejected,
        rejected_reasons=tuple(ReasonCount(reason=part.code, count=part.count) for part in register.rejected_reasons),
        registered=register.registered,
        active=register.active,
        in_scope=register.in_scope,
        undetermined=register.undetermined,
        out_of_scope=register.out_of_scope,
    )


def _make_classes(sector: SectorResult) -> ClassesResult:
    shown = shown_classes(sector)
    return ClassesResult(
        **{key: shown[key] for key in ("high", "medium", "low", "unrated")},
        at_risk=shown["at risk"],
        referred=referred(sector),
        to_verify=to_verify(sector),
        uncontrolled=uncontrolled(sector),
        provisional=one(sector.classes.provisional),
    )


def _make_group(sector: SectorResult) -> AskFirstResult:
    bodies, money = sector.classified_share
    is_hidden = "unrated" in shown_classes(sector).hidden
    return AskFirstResult(
        bodies=one(sector.group.bodies),
        first=one(sector.group.first),
        features={part.code: one(part.count) for part in sector.group.features},
        collect=tuple(sector.group.collect),
        rounds=tuple(
            RoundResult(group=entry.group, asked=entry.requested, answered=one(entry.answered), drawn=entry.drawn)
            for entry in sector.question_rounds
        ),
        classified_share=_share(bodies, secret=is_hidden),
        classified_money=_share(money, secret=is_hidden),
    )


def _share(share: float | None, *, secret: bool) -> float | None:
    return None if share is None or secret else round(share, 4)


def _make_rating(sector: SectorResult) -> RatingResult:
    proposal, decision = sector.sector.proposal, sector.sector.decision
    return RatingResult(
        proposal=ProposalResult(
            threat=proposal.threat,
            exposure=proposal.exposure,
            by_screening=proposal.by_screening,
            measures=None if proposal.measures is None else proposal.measures / 100,
            inherent=proposal.inherent,
            band=proposal.band,
        ),
        rating=decision.rating if decision else None,
        reason=decision.reason if decision else None,
    )


def _make_survey(survey: Survey) -> SurveyResult:
    return SurveyResult(
        what=survey.what,
        answers=survey.answers,
        population=survey.population,
        margin=round(survey.margin, 4),
        source=survey.source,
    )


def _list_checks(judged: OverRegulation) -> tuple[ProportionResult, ...]:
    checks = {check.id: check for check in load_checks().checks}
    return tuple(
        ProportionResult(
            id=result.id,
            severity=checks[result.id].severity,
            state=result.state,
            title=checks[result.id].title,
            about=tuple(result.about),
            citations=tuple(checks[result.id].citations),
            requirements=tuple(checks[result.id].requirements),
        )
        for result in judged.results
    )
