"""The gap report: where the country stands, what holds it back, and what to do first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from fatf_kit.findings.model import Finding, Kind, Severity
from fatf_kit.framework.catalog import index_of
from fatf_kit.framework.model import Framework
from fatf_kit.messages import Words
from fatf_kit.outlook.referral import Facts
from fatf_kit.outlook.sources import open_shortcomings, ratings_of_assessment
from fatf_kit.problems import Level, Problem
from fatf_kit.report.build.actions import actions_section
from fatf_kit.report.build.method import method_section
from fatf_kit.report.build.outlook import outlook_section
from fatf_kit.report.build.scales import scale_key
from fatf_kit.report.build.units import UnitPages
from fatf_kit.report.charts import (
    completeness_chart,
    compliance_map,
    gap_chart,
    outcome_chart,
    severity_chart,
)
from fatf_kit.report.model import (
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    RatingMark,
    RatingTable,
    Row,
    Section,
    Table,
    Tone,
)
from fatf_kit.report.traces import percent, short, showing_text, span_text
from fatf_kit.scoring.model import Assessment, OutcomeResult, RecommendationResult
from fatf_kit.scoring.policy import Policy

_MOST_HELD_BACK = 10
_CHEAPEST = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class GapInput:
    """Everything a gap report is made from; the framework in the language of the report."""

    framework: Framework
    assessment: Assessment
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    policy: Policy
    generated_at: str
    notices: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)


def build_gap_document(given: GapInput, t: Words) -> Document:
    """The whole document in one language. `generated_at` is printed as given and read from no clock."""
    assessment, framework = given.assessment, given.framework
    sections = (
        _standing(given, t),
        _held_back(given, t),
        _cheapest(given, t),
        outlook_section(
            framework.id,
            ratings_of_assessment(assessment),
            t,
            shortcomings=open_shortcomings(given.findings),
            facts=given.facts,
        ),
        actions_section(framework, ratings_of_assessment(assessment), t, findings=given.findings),
        UnitPages(framework, assessment, given.findings, given.policy, t).compliance(),
        UnitPages(framework, assessment, given.findings, given.policy, t).effectiveness(),
        _problems(given, t),
        method_section(framework, assessment, given.policy, t),
    )
    cut_off = (
        t.day(assessment.cut_off) if assessment.cut_off else t("not given, so dates of entry into force are not tested")
    )
    country = assessment.country or t("Country not named")
    return Document(
        id="gap",
        title=t("{country}: readiness for the mutual evaluation", country=country),
        subtitle=t("Gap report on technical compliance and effectiveness, indicative"),
        language=t.language,
        facts=(
            (t("Edition"), framework.title),
            (t("Cut-off date"), cut_off),
            (t("Scoring policy"), given.policy.id),
            (t("Workbooks read"), str(len(assessment.inputs))),
            (t("Made on"), t.moment(given.generated_at)),
        ),
        notices=(*given.notices, indicative_notice(t)),
        sections=sections,
    )


def indicative_notice(t: Words) -> str:
    """What stands on every page of every report."""
    return t(
        "Indicative: worked out by fatf-kit from the answers given, under a stated policy. Ratings are judgements that "
        "only the assessors and the Plenary make."
    )


def _standing(given: GapInput, t: Words) -> Section:
    a, framework = given.assessment, given.framework
    shape = framework.rating_table
    cover = a.coverage
    kinds = Counter(finding.kind for finding in given.findings)
    errors = sum(problem.level is Level.ERROR for problem in given.problems)
    return Section(
        anchor="standing",
        title=t("Where we stand"),
        blocks=(
            KeyFigures(
                figures=(
                    KeyFigure(
                        value=f"{percent(cover.answered, cover.asked)} %",
                        label=t("answered"),
                        detail=t("{n} of {of} criteria and core issues", n=cover.answered, of=cover.asked),
                    ),
                    KeyFigure(
                        value=f"{percent(cover.demonstrated, cover.asked)} %",
                        label=t("shown by law or evidence"),
                        detail=t("{n} of {of} criteria and core issues", n=cover.demonstrated, of=cover.asked),
                    ),
                    KeyFigure(
                        value=str(kinds[Kind.UNDEMONSTRATED]),
                        label=t("claimed but not shown"),
                        detail=t("the cheapest to close before the visit"),
                    ),
                    KeyFigure(
                        value=str(kinds[Kind.SHORTCOMING]),
                        label=t("shortcomings"),
                        detail=t("{n} of them major or fundamental", n=_grave(given.findings)),
                    ),
                    KeyFigure(
                        value=str(errors),
                        label=t("cells that could not be used"),
                        detail=t("{n} remarks in all", n=len(given.problems)),
                    ),
                )
            ),
            RatingTable(
                id="effectiveness-ratings",
                caption=t("Effectiveness: demonstrated, with the claim beneath"),
                scale="effectiveness",
                per_row=shape.effectiveness_per_row,
                marks=tuple(_mark(o, u.title, t) for o, u in zip(a.outcomes, framework.outcomes, strict=True)),
                key=scale_key(framework.scales.effectiveness),
            ),
            RatingTable(
                id="compliance-ratings",
                caption=t("Technical compliance: demonstrated, with the claim beneath"),
                scale="compliance",
                per_row=shape.compliance_per_row,
                marks=tuple(
                    _mark(r, u.title, t) for r, u in zip(a.recommendations, framework.recommendations, strict=True)
                ),
                key=scale_key(framework.scales.compliance),
            ),
            Figure(chart=compliance_map(framework, a.recommendations, t)),
            Figure(chart=outcome_chart(a.outcomes, t)),
            Figure(chart=gap_chart(a.recommendations, t)),
            Figure(chart=severity_chart(framework, given.findings, t)),
            Figure(chart=completeness_chart(a, t)),
        ),
    )


def _grave(findings: Sequence[Finding]) -> int:
    grave = (Severity.FUNDAMENTAL, Severity.MAJOR)
    return sum(f.kind is Kind.SHORTCOMING and f.severity in grave for f in findings)


def _mark(result: RecommendationResult | OutcomeResult, title: str, t: Words) -> RatingMark:
    used = result.used
    return RatingMark(
        unit=result.id,
        title=title,
        rating=str(used) if used else None,
        span="" if used else span_text(result.demonstrated_span),
        beneath=t("claimed {rating}", rating=span_text(result.claimed_span)),
        target=result.id,
    )


def _held_back(given: GapInput, t: Words) -> Section:
    """Units from the lowest rating up, and within one rating by the weight of what is lost."""
    a = given.assessment
    once = {finding.requirement: finding for finding in given.findings}.values()
    lost: defaultdict[str, int] = defaultdict(int)
    for finding in once:
        lost[finding.unit] += finding.points_lost
    index = index_of(given.framework)
    titles = {unit.id: unit.title for unit in given.framework.units}

    def low(unit: RecommendationResult | OutcomeResult) -> int:
        rank = (unit.used or unit.demonstrated_span.worst).rank
        return 9 if rank is None else rank

    units = [u for u in a.units if u.coverage.answered and low(u) < 3]
    units.sort(key=lambda unit: (low(unit), -lost[unit.id]))
    rows = []
    for unit in units[:_MOST_HELD_BACK]:
        worst = sorted((f for f in once if f.unit == unit.id), key=lambda f: -f.points_lost)[:3]
        rows.append(
            Row(
                cells=(
                    Cell(text=unit.id, detail=titles[unit.id], target=unit.id, ltr=True),
                    _rating_cell(unit.claimed, span_text(unit.claimed_span)),
                    _rating_cell(unit.demonstrated, span_text(unit.demonstrated_span)),
                    Cell(
                        text=" ".join(
                            f"{short(f.requirement)}: {f.missing or index[f.requirement].statement}" for f in worst
                        )
                    ),
                ),
                facets={},
            )
        )
    return Section(
        anchor="held-back",
        title=t("What holds the country back most"),
        blocks=(
            Paragraph(
                text=t(
                    "Lowest demonstrated rating first; within a rating, the most weight lost. "
                    "At most three points each."
                ),
                tone=Tone.SMALL,
            ),
            Table(
                id="held-back-table",
                caption=t("The {n} units that weigh most", n=len(rows)),
                columns=(
                    Column(title=t("Unit"), width=6),
                    Column(title=t("Claimed"), width=4),
                    Column(title=t("Demonstrated"), width=5),
                    Column(title=t("What weighs most"), width=17),
                ),
                rows=tuple(rows),
                empty=t("Nothing is answered below the top yet."),
            ),
        ),
    )


def _cheapest(given: GapInput, t: Words) -> Section:
    """Claimed well but not shown: work for the desk, not for parliament."""
    index = index_of(given.framework)
    open_proofs = sorted(
        (f for f in given.findings if f.kind is Kind.UNDEMONSTRATED), key=lambda f: (-f.points_lost, f.id)
    )
    rows = tuple(
        Row(
            cells=(
                Cell(text=f.requirement, target=f.unit, ltr=True),
                Cell(text=t.rating(f.rating or ""), rating=f.rating, scale="answer"),
                Cell(text=showing_text(f.showing, t, _late(given.assessment, f))),
                Cell(text=f.planned or index[f.requirement].guidance.recommended_action),
            ),
            facets={"showing": (str(f.showing),)},
        )
        for f in open_proofs[:_CHEAPEST]
    )
    more = len(open_proofs) - len(rows)
    blocks: list[Paragraph | Table | Bullets] = [
        Paragraph(
            text=t(
                "These answers are good but nothing shows them yet. To find the article, its date and the figures is "
                "the cheapest work before the visit."
            )
        ),
        Table(
            id="cheapest-table",
            caption=t("Claimed but not shown, most weight first"),
            columns=(
                Column(title=t("Requirement"), width=2),
                Column(title=t("Claimed"), width=2),
                Column(title=t("What is missing"), width=4),
                Column(title=t("Next step"), width=6),
            ),
            rows=rows,
            empty=t("Everything claimed is shown."),
        ),
    ]
    if more > 0:
        blocks.append(
            Paragraph(text=t("{n} more stand under their Recommendation or outcome below.", n=more), tone=Tone.SMALL)
        )
    return Section(anchor="cheapest", title=t("What is cheapest to close"), blocks=tuple(blocks))


def _late(assessment: Assessment, finding: Finding) -> str:
    unit = assessment.by_id[finding.unit]
    if isinstance(unit, RecommendationResult):
        for criterion in unit.criteria:
            if criterion.id == finding.requirement and criterion.in_force_from:
                return criterion.in_force_from.isoformat()
    return ""


def _rating_cell(rating: object, span: str) -> Cell:
    return Cell(text=span, rating=str(rating) if rating else None, scale="compliance", ltr=True)


def _problems(given: GapInput, t: Words) -> Section:
    rows = tuple(
        Row(
            cells=(
                Cell(text=str(p.ref) if p.ref else "", ltr=True),
                Cell(text=p.requirement or "", ltr=True),
                Cell(text=t(p.level)),
                Cell(text=p.text_in(t), detail=p.code),
            ),
            facets={"level": (str(p.level),)},
        )
        for p in given.problems
    )
    return Section(
        anchor="problems",
        title=t("Cells and files that need a look"),
        blocks=(
            Table(
                id="problems-table",
                caption=t.plural("{n} remark", "{n} remarks", len(rows)),
                columns=(
                    Column(title=t("Where"), width=3),
                    Column(title=t("Requirement"), width=2),
                    Column(title=t("Level")),
                    Column(title=t("What was found and what to do"), width=7),
                ),
                rows=rows,
                empty=t("Every cell could be used."),
            ),
        ),
    )
