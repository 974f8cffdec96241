"""Count every figure of an assessment once, and find the owner and the one date of each gap, for all papers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action, ActionPlan
from fatf_kit.assessed.facts import (
    SCHEMA,
    AgencyFact,
    AnswerCounts,
    DecisionCounts,
    DueBasis,
    FolderFacts,
    GapFact,
    RatingCounts,
    ReturnStatus,
    SubmissionFact,
    ThresholdFact,
    UnitFact,
    VisitFact,
    WorkCount,
    WorkCounts,
)
from fatf_kit.assessment.answers.returns import ReturnState, list_agency_responses, list_own_answers
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import FindingKind, is_good
from fatf_kit.framework.catalog import get_enclosing_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion
from fatf_kit.outlook.sources import count_good_units
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.report.weight_texts import UnitResult, is_lifted

if TYPE_CHECKING:
    from fatf_kit.papers.report_input import PaperInput

_TOP = 3
"""The rank of C and HE, which leave nothing to close."""
_LARGEST = 3
"""Gaps of an agency that are named."""

_WORK = {
    "laws": ("law", "treaty"),
    "instruments": ("regulation", "agreement", "procedure", "guidance"),
    "entries_into_force": ("bring-forward",),
}
"""The kinds of action in each group of work. Of the others, desk work is a group, and practice all that is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """The knowledge of a folder that no answer has: its agencies, its open questions, and dates of its plan.

    `questions_of` and `shown_of` count by agency the questions in which its answers take part, and its answers that are
    shown. `plan_dues` is the last day of the folder's own plan on each requirement. Without a folder all are empty.
    """

    agencies: tuple[Agency, ...] = ()
    questions: int = 0
    questions_of: Mapping[str, int] = field(default_factory=dict)
    shown_of: Mapping[str, int] = field(default_factory=dict)
    plan_dues: Mapping[str, date] = field(default_factory=dict)


def collect_folder_facts(paper_input: PaperInput, plan: ActionPlan | None, state: FolderState) -> FolderFacts:
    """Collect every count, gap and date of an assessment on the day of `paper_input`.

    `paper_input` is that for assessors, whose findings are complete; `plan` begins on the same day and gives the
    earliest dates, None where no plan can be made.
    """
    today, assessment = paper_input.today, paper_input.assessment
    weakest = _rank_units(paper_input)
    gaps = _collect_gaps(paper_input, plan, state, weakest)
    return FolderFacts(
        schema=SCHEMA,
        day=today,
        edition=paper_input.framework.id,
        cut_off=assessment.cut_off,
        ratings=_count_ratings(paper_input),
        units=tuple(
            UnitFact(unit=unit.id, worst=str(unit.counted.worst), best=str(unit.counted.best))
            for unit in assessment.units
        ),
        answers=_count_answers(paper_input),
        thresholds=tuple(_list_thresholds(paper_input)),
        gaps=gaps,
        weakest=tuple(unit.id for unit in weakest),
        untouched=tuple(unit.id for unit in assessment.units if _is_untouched(unit)),
        work=_count_work(plan) if plan else None,
        visit=_find_visit(paper_input),
        submissions=tuple(_list_submissions(paper_input)),
        agencies=tuple(_list_agencies(paper_input, state, gaps)),
        decisions=DecisionCounts(
            questions=state.questions,
            cells=len(_list_faulty_cells(paper_input)),
        ),
    )


def _list_faulty_cells(paper_input: PaperInput) -> tuple[Problem, ...]:
    """List the errors and warnings in cells; notes, and problems of whole files, ask for no correction of a cell."""
    found = (problem for problem in paper_input.problems if problem.level is not ProblemLevel.NOTE)
    return tuple(problem for problem in found if problem.ref and problem.ref.cell)


def _count_ratings(paper_input: PaperInput) -> RatingCounts:
    recommendations, outcomes = count_good_units(paper_input.assessment)
    units = paper_input.assessment.units
    tried = paper_input.sensitivity
    return RatingCounts(
        recommendations=recommendations,
        outcomes=outcomes,
        total=len(units),
        unresolved=len(paper_input.outlook.open_units),
        lifted=sum(is_lifted(unit) and is_good(unit.counted.worst.rank) for unit in units),
        moved_by_rules=len({unit for other in tried for unit in other.changed}) if tried else None,
    )


def _count_answers(paper_input: PaperInput) -> AnswerCounts:
    covered = paper_input.assessment.coverage
    unshown = {finding.requirement for finding in paper_input.findings if finding.kind is FindingKind.UNDEMONSTRATED}
    return AnswerCounts(
        requested=covered.total,
        answered=covered.answered,
        unanswered=covered.total - covered.answered,
        shown=covered.shown,
        without_evidence=len(unshown),
        in_part=covered.answered - covered.shown - len(unshown),
    )


def _list_thresholds(paper_input: PaperInput) -> Iterator[ThresholdFact]:
    for result in paper_input.outlook.lines:
        yield ThresholdFact(
            id=result.line.id,
            limits=result.limits,
            worst=result.at_ends.worst,
            best=result.at_ends.best,
            is_met_at_worst=result.met.worst,
            is_met_at_best=result.met.best,
        )


def _rank_units(paper_input: PaperInput) -> list[UnitResult]:
    """Rank the units below the top that have answers: the lowest rating first, then thresholds, then weight lost."""
    lost, weight = sum_weight_lost(paper_input.findings), _count_thresholds(paper_input)

    def rank(unit: UnitResult) -> int:
        position = unit.counted.worst.rank
        return _TOP if position is None else position

    answered = (unit for unit in paper_input.assessment.units if unit.coverage.answered)
    units = (unit for unit in answered if rank(unit) < _TOP and lost[unit.id])
    return sorted(units, key=lambda unit: (rank(unit), -weight[unit.id], -lost[unit.id]))


def sum_weight_lost(findings: Iterable[Finding]) -> Counter[str]:
    """Sum the weight lost in each unit; a requirement with two findings counts once."""
    lost: Counter[str] = Counter()
    for finding in {finding.requirement: finding for finding in findings}.values():
        lost[finding.unit] += finding.points_lost
    return lost


def _count_thresholds(paper_input: PaperInput) -> Counter[str]:
    """Count the thresholds that are met in the worst case, for each unit whose worst rating they count."""
    ratings = {unit.id: str(unit.counted.worst) for unit in paper_input.assessment.units}
    counts: Counter[str] = Counter()
    for line in paper_input.outlook.lines:
        if line.met.worst:
            counted = (counted.count for counted in line.counts)
            counts.update({unit for count in counted for unit in count.units if ratings.get(unit) in count.ratings})
    return counts


def _is_untouched(unit: UnitResult) -> bool:
    return not unit.coverage.answered and unit.decided is None and unit.coverage.total > 0


def _collect_gaps(
    paper_input: PaperInput, plan: ActionPlan | None, state: FolderState, weakest: Sequence[UnitResult]
) -> tuple[GapFact, ...]:
    """Collect the gap of each requirement with findings: the weakest units first, in each the largest weight first."""
    by_requirement: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in paper_input.findings:
        by_requirement[finding.requirement].append(finding)
    earliest = find_earliest_days(plan)
    gaps = [
        _make_gap(paper_input, tuple(findings), state, earliest.get(requirement))
        for requirement, findings in by_requirement.items()
    ]
    order = {unit.id: place for place, unit in enumerate(weakest)}
    return tuple(sorted(gaps, key=lambda gap: (order.get(gap.unit, len(order)), -gap.weight)))


def find_earliest_days(plan: ActionPlan | None) -> Mapping[str, date]:
    """Find for each requirement the day on which the last action that closes it can be completed at the earliest."""
    days: dict[str, date] = {}
    if plan is None:
        return days
    for action in plan.actions:
        for requirement, _ in action.closes:
            days[requirement] = max(days.get(requirement, date.min), plan.slots[action.id].due)
    return days


def _make_gap(
    paper_input: PaperInput, findings: tuple[Finding, ...], state: FolderState, earliest: date | None
) -> GapFact:
    first = findings[0]
    requirement = index_requirements(paper_input.framework)[first.requirement]
    top = requirement if isinstance(requirement, Criterion | CoreIssue) else None
    lead = paper_input.find_lead(top) if top else None
    unit = paper_input.assessment.by_id[first.unit]
    result = next((part for part in unit.requirements if part.id == first.requirement), None)
    due, basis = _find_due(findings, lead, state)
    day, cut_off = due or earliest, paper_input.assessment.cut_off
    return GapFact(
        requirement=first.requirement,
        unit=first.unit,
        kinds=tuple(dict.fromkeys(finding.kind for finding in findings)),
        missing=next((finding.missing for finding in findings if finding.missing), ""),
        weight=first.points_lost,
        owner=lead or (top.lead if top and top.lead else ""),
        has_agency=bool(lead),
        due=due,
        basis=basis,
        earliest=earliest,
        is_overdue=due is not None and due < paper_input.today,
        is_late=day is not None and cut_off is not None and day > cut_off,
        in_force_from=(result.in_force_from or result.in_force_until) if result else None,
    )


def _find_due(
    findings: tuple[Finding, ...], lead: str | None, state: FolderState
) -> tuple[date | None, DueBasis | None]:
    """Find the country's own date: that of its plan, else of its answer, else the day by which an answer is wanted."""
    if day := state.plan_dues.get(findings[0].requirement):
        return day, DueBasis.PLAN
    if planned := findings[0].planned_due:
        return date.fromisoformat(planned), DueBasis.ANSWER
    wanted = {agency.id: agency.due for agency in state.agencies if agency.due}
    if all(finding.kind is not FindingKind.SHORTCOMING for finding in findings) and lead in wanted:
        return wanted[lead], DueBasis.RETURN
    return None, None


def group_actions(actions: Iterable[Action]) -> Mapping[str, tuple[Action, ...]]:
    """Group actions by the work they need; the groups are those of `WorkCounts`, and each action is in one."""
    group_of = {kind: group for group, kinds in _WORK.items() for kind in kinds}
    kinds = load_efforts().kinds
    groups: dict[str, list[Action]] = {name: [] for name in (*_WORK, "practice", "desk")}
    for action in actions:
        usual = "desk" if kinds[action.kind].is_desk_work else "practice"
        groups[group_of.get(action.kind, usual)].append(action)
    return {name: tuple(grouped) for name, grouped in groups.items()}


def _count_work(plan: ActionPlan) -> WorkCounts:
    late = set(plan.late)

    def count(actions: Sequence[Action]) -> WorkCount:
        n = sum(action.id in late for action in actions)
        return WorkCount(total=len(actions), in_time=len(actions) - n, late=n)

    groups = group_actions(plan.actions)
    measures = [action for name in _WORK for action in groups[name]]
    counts = {name: count(actions) for name, actions in groups.items()}
    return WorkCounts(total=count(plan.actions), measures=count(measures), **counts)


def _find_visit(paper_input: PaperInput) -> VisitFact | None:
    schedule, today = paper_input.schedule, paper_input.today
    end = paper_input.assessment.cut_off
    if end is None:
        return None
    begin = schedule.visit if schedule else None
    return VisitFact(
        begin=begin,
        end=end,
        days_until_begin=(begin - today).days if begin else None,
        days_until_end=(end - today).days,
    )


def _list_submissions(paper_input: PaperInput) -> Iterator[SubmissionFact]:
    for event in paper_input.schedule.submissions if paper_input.schedule else ():
        yield SubmissionFact(step=event.id, day=event.day, days=(event.day - paper_input.today).days)


def _list_answered(paper_input: PaperInput) -> Mapping[str, Sequence[str]]:
    """List what each agency has answered, in the order of the Methodology."""
    own = list_own_answers(paper_input.responses.answers)
    pairs = ((answer.agency, get_enclosing_id(answer.requirement)) for answer in own if answer.agency)
    return {agency: tuple(dict.fromkeys(names)) for agency, names in sorted(group_pairs(pairs).items())}


_RETURNS = {
    ReturnState.NOTHING: ReturnStatus.NOTHING,
    ReturnState.EMPTY: ReturnStatus.EMPTY,
    ReturnState.ANSWERS: ReturnStatus.ANSWERS,
}


def _list_agencies(paper_input: PaperInput, state: FolderState, gaps: Sequence[GapFact]) -> Iterator[AgencyFact]:
    """Yield the state of each agency that was asked something, in the order of the folder.

    Without a folder each agency leads on what it has answered.
    """
    asked: Mapping[str, Sequence[str]] = paper_input.assigned or _list_answered(paper_input)
    agencies = state.agencies or tuple(Agency(id=name, names={}) for name in asked)
    led: defaultdict[str, list[GapFact]] = defaultdict(list)
    for gap in gaps:
        if gap.has_agency:
            led[gap.owner].append(gap)
        elif not state.agencies:
            for name, requirements in asked.items():
                if get_enclosing_id(gap.requirement) in requirements:
                    led[name].append(gap)
    files: defaultdict[str, set[str]] = defaultdict(set)
    for file in paper_input.responses.inputs:
        files[file.agency or ""].add(file.name)
    faulty_cells = _list_faulty_cells(paper_input)
    faults = Counter(problem.ref.file for problem in faulty_cells if problem.ref)
    faulty = {get_enclosing_id(problem.requirement) for problem in faulty_cells if problem.requirement}
    responses = {response.agency: response for response in list_agency_responses(asked, paper_input.responses)}
    for agency in agencies:
        response = responses.get(agency.id)
        if response is None:
            continue
        usual = "" if state.agencies else agency.id
        leads = [name for name in response.requested if paper_input.leads.get(name, usual) == agency.id]
        supports = [name for name in response.requested if name not in set(leads)]
        unanswered, own = set(response.unanswered), led[agency.id]
        open_leads = sum(FindingKind.UNANSWERED in gap.kinds for gap in own)
        returned = _RETURNS[response.returned]
        is_past = agency.sent is not None and agency.due is not None and agency.due < paper_input.today
        is_overdue = is_past and returned is not ReturnStatus.ANSWERS
        is_incomplete = is_past and returned is ReturnStatus.ANSWERS and open_leads > 0
        days = [gap.due for gap in own if gap.due and gap.due >= paper_input.today]
        yield AgencyFact(
            agency=agency.id,
            returned=returned,
            due=agency.due,
            is_overdue=is_overdue,
            is_incomplete=is_incomplete,
            days_late=(paper_input.today - agency.due).days if agency.due and (is_overdue or is_incomplete) else 0,
            requested=len(response.requested),
            answered=len(response.answered),
            leads=len(leads),
            leads_answered=len(leads) - open_leads,
            leads_unanswered=open_leads,
            leads_to_correct=sum(name in faulty and name not in unanswered for name in leads),
            supports=len(supports),
            supports_unanswered=sum(name in unanswered for name in supports),
            shortcomings=sum(FindingKind.SHORTCOMING in gap.kinds for gap in own),
            without_evidence=sum(FindingKind.UNDEMONSTRATED in gap.kinds for gap in own),
            gaps_overdue=sum(gap.is_overdue for gap in own),
            next_due=min(days, default=None),
            largest=tuple(gap.requirement for gap in sorted(own, key=lambda gap: -gap.weight)[:_LARGEST]),
            shown=state.shown_of.get(agency.id, 0),
            to_correct=sum(faults[name] for name in files[agency.id]),
            questions=state.questions_of.get(agency.id, 0),
        )
