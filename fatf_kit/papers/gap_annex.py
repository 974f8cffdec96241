"""The annex of the gap report: every criterion and core issue, and the tables that the main part sums up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import count_errors
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.mock_visit.debrief_report import build_rehearsal_section
from fatf_kit.papers.decisions import build_further_decisions_sections
from fatf_kit.papers.method import build_method_section
from fatf_kit.papers.priorities import build_cheapest_section
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.papers.units import UnitSections
from fatf_kit.report.document_tables import make_rating_cell, make_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    Document,
    DocumentTable,
    Figure,
    Paragraph,
    Section,
    TableCell,
)
from fatf_kit.report.results_table import make_link_cell
from fatf_kit.report.sections import make_key_figures, make_note, make_section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.report.charts import build_completeness_chart, build_severity_chart
from fatf_kit.scoring.report.traces import name_policy
from fatf_kit.scoring.report.weight_texts import UnitResult, get_scale
from fatf_kit.scoring.sensitivity import OtherPolicy
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.indicators import compute_indicators
from fatf_kit.statistics.observation_texts import describe_observation
from fatf_kit.statistics.observations import ObservationWeight
from fatf_kit.statistics.report.charts import build_statistics_charts

_LISTED = 8
"""Points from the statistics that are listed."""


def build_gap_annex(paper_input: PaperInput, t: Translator, *, title: str, notices: tuple[str, ...]) -> Document:
    """Return the annex; `title` is the name of the country, `notices` are those of the report."""
    pages = UnitSections(paper_input, t)
    return Document(
        id="gap-annex",
        title=t("{country}: annex to the gap report", country=title),
        subtitle=t("All criteria and core issues, with further tables; indicative"),
        language=t.language,
        facts=paper_input.list_facts(t),
        notices=notices,
        agencies=paper_input.agencies,
        contents_depth=2,
        sections=(
            pages.compliance(),
            pages.effectiveness(),
            build_cheapest_section(paper_input, t),
            *build_further_decisions_sections(paper_input, t),
            build_causes_section(paper_input, t),
            *build_sensitivity_sections(paper_input, t),
            _build_progress_section(paper_input, t),
            *build_figures_sections(paper_input, t),
            *([build_rehearsal_section(paper_input.rehearsal, t)] if paper_input.rehearsal else []),
            build_method_section(paper_input, t, problems=paper_input.problems),
        ),
    )


def _build_progress_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return how far the sheets are answered, how grave the shortcomings are, and where faulty cells are listed."""
    errors = count_errors(paper_input.problems)
    text = t.plural(
        "{n} cell could not be used. 'fatf-kit check' lists it.",
        "{n} cells could not be used. 'fatf-kit check' lists them.",
        errors,
    )
    return make_section(
        "progress",
        t("Answers and shortcomings"),
        Figure(
            chart=build_severity_chart(paper_input.framework, paper_input.findings, paper_input.facts.shortcomings, t)
        ),
        Figure(chart=build_completeness_chart(paper_input.assessment, paper_input.facts.answers.without_evidence, t)),
        *((make_note(text),) if errors else ()),
    )


def build_causes_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return the section with the cause behind most shortcomings first."""
    text = t(
        "One measure that removes a root cause improves every requirement in which the cause was found. Where a "
        "shortcoming also affects another Recommendation, this is reported once, at the Recommendation of the cause. "
        "The list is fatf-kit's own; the country should confirm it."
    )
    return make_section("causes", t("Root causes"), Paragraph(text=text), _causes(paper_input, t))


def count_causes(findings: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    """Return the requirements that fall short by the first of their root causes, in the order of the findings."""
    found: dict[str, dict[str, None]] = {}
    for finding in findings:
        if finding.kind is FindingKind.SHORTCOMING:
            for cause in finding.root_causes[:1]:
                found.setdefault(cause, {})[finding.requirement] = None
    return {cause: tuple(requirements) for cause, requirements in found.items()}


def _causes(paper_input: PaperInput, t: Translator) -> DocumentTable:
    """Return the root causes of at least two shortcomings."""
    found = count_causes(paper_input.findings)
    causes = load_vocabulary(t.language).root_causes
    several = (pair for pair in found.items() if len(pair[1]) > 1)
    shared = sorted(several, key=lambda pair: -len(pair[1]))
    heads = ((t("Root cause"), 6), (t("Found in"), 10))
    rows = (
        (TableCell(text=causes[cause].name, detail=causes[cause].meaning), t.listed(places)) for cause, places in shared
    )
    caption = t.plural("{n} root cause", "{n} root causes", len(shared))
    empty = t("No root cause is shared by two shortcomings.")
    return make_table("causes-table", caption, heads, rows, empty=empty)


def build_sensitivity_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return the section with a row for each unit that would be rated otherwise; none where no policy was tried."""
    others = paper_input.sensitivity
    if not others:
        return ()
    units = paper_input.assessment.units
    moved = {key for other in others for key in other.changed}
    rows = [unit for unit in units if unit.id in moved]
    text = t.plural(
        "The same answers were rated under the other scoring rules of fatf-kit. {n} of the {of} ratings would differ "
        "under at least one of them. The country should review it first.",
        "The same answers were rated under the other scoring rules of fatf-kit. {n} of the {of} ratings would differ "
        "under at least one of them. The country should review these first.",
        len(rows),
        of=len(units),
    )
    heads = [(t("Rec. or outcome"), 3), (t(paper_input.policy.title), 3)]
    heads += [(name_policy(one.policy, t), 3) for one in others]
    table = make_table(
        "sensitivity-table",
        t("Ratings that would differ"),
        heads,
        (
            (
                make_link_cell(unit.id),
                make_rating_cell(unit.id, unit.counted.describe()),
                *(_rate_under(one, unit, t) for one in others),
            )
            for unit in rows
        ),
        empty=t("None."),
    )
    title = t("Sensitivity to the scoring rules")
    return (make_section("sensitivity", title, Paragraph(text=text), table),)


def _rate_under(other: OtherPolicy, unit: UnitResult, t: Translator) -> TableCell:
    """Return the rating of a unit under another policy; "unchanged" where it is the same."""
    span = dict(other.ratings)[unit.id]
    rating = span.describe() if span != unit.counted else None
    return TableCell(text=rating or t("unchanged"), rating=rating, scale=get_scale(unit))


def build_figures_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return one section where figures were collected, else none. No figure becomes a rating."""
    statistics = paper_input.statistics
    if statistics is None:
        return ()
    found = check_statistics(statistics)
    weights = Counter(one.weight for one in found)
    charts = build_statistics_charts(statistics, compute_indicators(statistics, t.language), t)
    order = (ObservationWeight.WRONG, ObservationWeight.ASK)
    worst = [one for weight in order for one in found if one.weight is weight][:_LISTED]
    wrong, doubtful = (weights[one] for one in order)
    cases = len(statistics.cases)
    labels = (
        t.plural("figure that cannot be correct", "figures that cannot be correct", wrong),
        t.plural("point that assessors may ask about", "points that assessors may ask about", doubtful),
        t.plural("case on file", "cases on file", cases),
    )
    counts = zip(map(str, (wrong, doubtful, cases)), labels, strict=True)
    named = (replace(one, agencies=tuple(map(paper_input.name_agency, one.agencies))) for one in worst)
    shown = tuple(describe_observation(one, t) for one in named)
    more = len(found) - len(shown)
    blocks: list[Block] = [make_key_figures(counts), *(Figure(chart=chart) for chart in charts)]
    if shown:
        blocks.append(Bullets(items=shown))
    if more > 0:
        text = t.plural(
            "{n} more point is in the report on statistics.",
            "{n} more points are in the report on statistics.",
            more,
        )
        blocks.append(make_note(text))
    return (make_section("figures", t("Findings from the statistics"), *blocks),)
