"""The gaps that cost most, one for each requirement with its words, owner and date, and the gaps of each agency."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.action_plan.names import clip_text
from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.answers.returns import ReturnState, list_agency_responses
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Requirement
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.priorities import sum_weight_lost
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.document_tables import keep_ltr, make_day_cell, make_rating_cell, make_row, make_table
from fatf_kit.report.model import DocumentTable, Paragraph, Section, TableCell
from fatf_kit.report.results_table import ResultColumn, ResultsTable, make_link_cell
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.report.traces import describe_status, name_unit
from fatf_kit.scoring.report.weight_texts import UnitResult

_UNITS, _OF_A_UNIT = 12, 2
"""How many units the table names, and how many gaps of each."""
_LONGEST, _SHORTEST = 220, 90
"""Characters of a gap in the table of the section, and on the first page."""
_TOP = 3
"""The rank of C and HE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The open points on one requirement: its findings, who closes it and by when; empty and None where not known.

    `lead` is the id of the agency that leads, `owner` its name, or the name of the role that usually leads.
    `turning_day` is the day on which a cited measure comes into force too late, or went out of force.
    """

    requirement: str
    unit: UnitResult
    findings: tuple[Finding, ...]
    lead: str
    owner: str
    due: date | None
    turning_day: date | None = None

    @property
    def weight(self) -> int:
        """The weight that it costs."""
        return self.findings[0].points_lost

    @property
    def kinds(self) -> frozenset[FindingKind]:
        """The kinds of its findings."""
        return frozenset(finding.kind for finding in self.findings)


def list_costly_gaps(paper_input: PaperInput, t: Translator, *, units: int, of_a_unit: int) -> tuple[Gap, ...]:
    """Return the largest gaps of the weakest units.

    The lowest shown rating comes first, then the unit that counts for most thresholds, then the one that loses most
    weight. Units at the top, and units without any answer, are left out.
    """
    by_unit: defaultdict[str, list[Gap]] = defaultdict(list)
    for gap in list_gaps(paper_input, t):
        by_unit[gap.unit.id].append(gap)
    return tuple(
        gap
        for unit in _rank_units(paper_input)[:units]
        for gap in sorted(by_unit[unit.id], key=lambda gap: -gap.weight)[:of_a_unit]
    )


def list_gaps(paper_input: PaperInput, t: Translator) -> tuple[Gap, ...]:
    """Return the gap of each requirement that has findings, in the order of the Methodology."""
    found: dict[str, list[Finding]] = {}
    for finding in paper_input.findings:
        found.setdefault(finding.requirement, []).append(finding)
    index = index_requirements(paper_input.framework)
    units = paper_input.assessment.by_id
    return tuple(
        _make_gap(paper_input, units[findings[0].unit], tuple(findings), index[name], t)
        for name, findings in found.items()
    )


def _rank_units(paper_input: PaperInput) -> list[UnitResult]:
    lost, weight = sum_weight_lost(paper_input.findings), _count_thresholds(paper_input)

    def rank(unit: UnitResult) -> int:
        found = unit.counted.worst.rank
        return _TOP if found is None else found

    answered = (unit for unit in paper_input.assessment.units if unit.coverage.answered)
    units = (unit for unit in answered if rank(unit) < _TOP and lost[unit.id])
    return sorted(units, key=lambda unit: (rank(unit), -weight[unit.id], -lost[unit.id]))


def _count_thresholds(paper_input: PaperInput) -> Counter[str]:
    """Count the thresholds that are met in the worst case, for each unit whose worst rating they count."""
    ratings = {unit.id: str(unit.counted.worst) for unit in paper_input.assessment.units}
    counts: Counter[str] = Counter()
    for line in paper_input.outlook.lines:
        if line.met.worst:
            counted = (one.count for one in line.counts)
            counts.update({unit for one in counted for unit in one.units if ratings.get(unit) in one.ratings})
    return counts


def _make_gap(
    paper_input: PaperInput, unit: UnitResult, findings: tuple[Finding, ...], requirement: Requirement, t: Translator
) -> Gap:
    part = next((one for one in unit.requirements if one.id == requirement.id), None)
    top = requirement if isinstance(requirement, Criterion | CoreIssue) else None
    lead = paper_input.find_lead(top) if top else None
    return Gap(
        requirement=requirement.id,
        unit=unit,
        findings=findings,
        lead=lead or "",
        owner=paper_input.name_agency(lead) if lead else _name_role(top, t),
        due=_find_due(paper_input, findings, lead),
        turning_day=(part.in_force_from or part.in_force_until) if part else None,
    )


def _name_role(requirement: Criterion | CoreIssue | None, t: Translator) -> str:
    """Return the role that usually leads, for an assessment without agencies; empty where none does."""
    role = load_vocabulary(t.language).roles.get(requirement.lead or "") if requirement else None
    return role.name if role else ""


def _find_due(paper_input: PaperInput, findings: tuple[Finding, ...], lead: str | None) -> date | None:
    """Return the day of the plan, else of the country's own action, else the day by which the agency has to answer."""
    known = paper_input.background
    if due := known.plan_dues.get(findings[0].requirement):
        return due
    if planned := findings[0].planned_due:
        return date.fromisoformat(planned)
    if all(one.kind is not FindingKind.SHORTCOMING for one in findings):
        return known.agency_dues.get(lead or "")
    return None


def describe_gap(gap: Gap, t: Translator, most: int) -> str:
    """Return what is open in the country's own words, else in ours; never the requirement itself."""
    return " ".join(dict.fromkeys(_describe(gap, t, most)))


def _describe(gap: Gap, t: Translator, most: int) -> Iterator[str]:
    kinds = {finding.kind: finding for finding in gap.findings}
    if FindingKind.UNANSWERED in kinds:
        yield t("Not answered.")
        return
    if FindingKind.CONFLICT in kinds:
        yield t("The agencies give different answers.")
    missing = next((finding.missing for finding in gap.findings if finding.missing), "")
    if missing:
        text = clip_text(missing, most)
        yield text if text.endswith("…") else f"{text}."
    elif gap.findings[0].withheld:
        yield t("The text is withheld, because the answer is restricted.")
    elif short := kinds.get(FindingKind.SHORTCOMING):
        rating = t.named(short.rating or "")
        yield t("Answered “{rating}”, without saying what is missing.", rating=rating)
    if FindingKind.UNDEMONSTRATED in kinds and not missing:
        yield describe_status(kinds[FindingKind.UNDEMONSTRATED].status, t, gap.turning_day)


def describe_due(gap: Gap, paper_input: PaperInput, t: Translator) -> TableCell:
    """Return the day, and beneath that it has passed or is after the cut-off date."""
    if gap.due is None:
        return TableCell(text=t("no date"))
    cut_off = paper_input.assessment.cut_off
    detail = t("overdue") if gap.due < paper_input.today else ""
    if not detail and cut_off and gap.due > cut_off:
        detail = t("after the cut-off date")
    return make_day_cell(gap.due, t, detail=detail)


def build_short_gap_table(gaps: Sequence[Gap], paper_input: PaperInput, t: Translator) -> DocumentTable:
    """Return the table of the first page."""
    columns = _make_columns(paper_input, t, _SHORTEST, (8, 12, 8, 6))
    table = ResultsTable[Gap]("first-gaps", t("The gaps that cost most"), columns)
    return replace(table.in_document(gaps, empty=t("No answer is below the highest rating yet.")), dense=True)


def _make_columns(
    paper_input: PaperInput, t: Translator, most: int, widths: tuple[int, int, int, int]
) -> tuple[ResultColumn[Gap], ...]:
    """Return the requirement, its gap in so many characters, its owner and its date, in columns of some widths."""
    link, gap, owner, due = widths
    return (
        ResultColumn("requirement", t("Requirement"), _link, page=link),
        ResultColumn("gap", t("Gap"), lambda gap: describe_gap(gap, t, most), page=gap),
        ResultColumn("owner", t("Owner"), lambda gap: gap.owner or "–", page=owner),
        ResultColumn("due", t("Date"), lambda gap: describe_due(gap, paper_input, t), page=due),
    )


def build_gaps_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return the weakest units with their largest gaps, and the units on which nothing is answered."""
    gaps = list_costly_gaps(paper_input, t, units=_UNITS, of_a_unit=_OF_A_UNIT)
    link, *columns = _make_columns(paper_input, t, _LONGEST, (5, 17, 9, 8))
    table = ResultsTable[Gap](
        "gaps-table",
        t("The gaps that cost most, by Recommendation and outcome"),
        (link, ResultColumn("rating", t("Rating"), _rate, page=4), *columns),
        facets=lambda gap: {
            "severity": tuple(str(one.severity) for one in gap.findings if one.severity),
            "kind": tuple(str(one.kind) for one in gap.findings),
            "agency": tuple(dict.fromkeys(filter(None, (gap.lead, *gap.findings[0].agencies)))),
        },
    ).in_document(gaps, empty=t("No answer is below the highest rating yet."))
    text = t(
        "Lowest rating first. Of equal ratings, the one that counts for most thresholds is first, then the one "
        "that loses most weight. Each has its two largest gaps. The annex has every gap."
    )
    return make_section("gaps", t("The gaps that cost most"), *_untouched(paper_input, t), make_note(text), table)


def _untouched(paper_input: PaperInput, t: Translator) -> tuple[Paragraph, ...]:
    units = [unit.id for unit in paper_input.assessment.units if _is_untouched(unit)]
    if not units:
        return ()
    text = t.plural(
        "Nothing is answered yet on {units}.",
        "Nothing is answered yet on these {n} Recommendations and outcomes: {units}.",
        len(units),
        units=t.listed(name_unit(one, t) for one in units),
    )
    return (Paragraph(text=text),)


def _is_untouched(unit: UnitResult) -> bool:
    return not unit.coverage.answered and unit.decided is None and unit.coverage.total > 0


def _link(gap: Gap) -> TableCell:
    return make_link_cell(gap.requirement, target=gap.unit.id)


def _rate(gap: Gap) -> TableCell:
    return make_rating_cell(gap.unit.id, gap.unit.counted.describe())


_MOST = 3
_KINDS = (FindingKind.SHORTCOMING, FindingKind.UNDEMONSTRATED, FindingKind.UNANSWERED)


def build_agencies_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return the section "By agency", the one with most at stake first; empty without agencies, and for the public."""
    if not paper_input.assigned or paper_input.audience is Audience.PUBLIC:
        return ()
    led: defaultdict[str, list[Gap]] = defaultdict(list)
    for gap in list_gaps(paper_input, t):
        led[gap.lead].append(gap)
    agencies = {*paper_input.assigned, *filter(None, led)}
    order = sorted(agencies, key=lambda one: (-sum(gap.weight for gap in led[one]), one))
    heads = (
        (t("Agency"), 10),
        (t("Shortcomings"), 5, True),
        (t("Without evidence"), 5, True),
        (t("Not answered"), 5, True),
        (t("Overdue"), 4, True),
        (t("Next date"), 6),
        (t("Largest gaps"), 8),
    )
    named = [make_row(_list_cells(paper_input.name_agency(one), led[one], paper_input, t), agency=one) for one in order]
    unnamed = [_list_cells(t("No lead agency named"), led[""], paper_input, t)] if led[""] else []
    table = make_table("agencies-table", t("Open gaps of each lead agency"), heads, (*named, *unnamed))
    return (make_section("agencies", t("Gaps by agency"), *_silent(paper_input, t), table),)


def _list_cells(name: str, gaps: Sequence[Gap], paper_input: PaperInput, t: Translator) -> tuple[object, ...]:
    """Return the row of an agency: how many gaps of each kind, how many are overdue, the next date, the largest."""
    overdue = [gap for gap in gaps if gap.due and gap.due < paper_input.today]
    ahead = [gap.due for gap in gaps if gap.due and gap.due >= paper_input.today]
    largest = sorted(gaps, key=lambda gap: -gap.weight)[:_MOST]
    return (
        name,
        *(sum(kind in gap.kinds for gap in gaps) for kind in _KINDS),
        len(overdue),
        make_day_cell(min(ahead, default=None), t),
        keep_ltr(", ".join(gap.requirement for gap in largest)),
    )


def _silent(paper_input: PaperInput, t: Translator) -> tuple[Paragraph, ...]:
    """Return the sentence that names the agencies without answers."""
    returns = list_agency_responses(paper_input.assigned, paper_input.responses)
    silent = [one.agency for one in returns if one.returned is not ReturnState.ANSWERS]
    if not silent:
        return ()
    names = t.points(map(paper_input.name_agency, silent))
    text = t("No answers have been received from these agencies: {agencies}.", agencies=names)
    return (Paragraph(text=text),)
