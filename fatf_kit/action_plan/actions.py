"""From findings, published ratings and a mock visit to actions: work that closes several gaps at once is one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fatf_kit.action_plan.efforts import ANSWER, Efforts
from fatf_kit.action_plan.model import Action, UnitState
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating, FindingKind
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework.catalog import get_enclosing_id, index_requirements
from fatf_kit.framework.model import (
    CoreIssue,
    Criterion,
    Framework,
    ImmediateOutcome,
    Part,
    Recommendation,
    ShownBy,
    list_requirements,
    walk,
)
from fatf_kit.mock_visit.model import Debrief
from fatf_kit.published.model import PublishedReport
from fatf_kit.scoring.evidence import EvidenceStatus, next_step
from fatf_kit.scoring.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class _GroupKey:
    """The property that makes two findings one action: the same kind of work on the same cause or in the same place."""

    kind: str
    cause: str = ""
    place: str = ""
    in_force_from: date | None = None


def new_action(number: int, kind: str, efforts: Efforts, settings: PlanSettings, **facts: Any) -> Action:
    """Return an action of a kind, with the effort and the stages that the country sets or that are shipped."""
    facts = {"effort": efforts.effort_of(kind, settings), "stages": efforts.stages_of(kind, settings), **facts}
    return Action(id=f"A-{number:02d}", kind=kind, **facts)


def derive_actions(
    framework: Framework,
    findings: Iterable[Finding],
    efforts: Efforts,
    settings: PlanSettings,
    *,
    leads: Mapping[str, str] | None = None,
    holders: Mapping[str, str] | None = None,
    in_force: Mapping[str, date] | None = None,
    key_findings: Collection[str] = (),
) -> tuple[Action, ...]:
    """Return actions in the order of the Methodology, numbered A-01 onwards.

    A shortcoming has one root cause, the first that its criterion names; all that share it, and are removed by the
    same kind of work, are one action. Without a root cause the shortcomings of one Recommendation are one action, and
    each core issue is its own. What lacks proof is one action for each unit and each next step (name the article,
    write the date); what lacks an answer is one action for each unit.

    Args:
        framework: The edition, in any language.
        findings: As derived from an assessment.
        efforts: Kinds of action and what each is for.
        settings: The country's own lead times and efforts.
        leads: The lead agency, by requirement; where it is not named the first agency that answered is the
            owner, else the agency with the role that usually leads, else that role.
        holders: The agency that has each role, by role.
        in_force: The day on which the measure behind a requirement comes into force, where that is after the cut-off.
        key_findings: Ids of findings that are candidates for key recommended actions.

    Raises:
        FatfKitError: settings name an unknown kind or stage.
    """
    efforts.check_settings(settings)
    index = index_requirements(framework)
    laws = {
        criterion.id
        for unit in framework.recommendations
        for criterion in unit.criteria
        for node, _ in walk(criterion)  # the shortcoming may be in the part that needs law
        if isinstance(node, Criterion | Part) and _BY_LAW & {*node.shown_by}
    }
    # an action is about whole criteria
    whole = [replace(part, requirement=get_enclosing_id(part.requirement)) for part in findings]
    late = in_force or {}
    groups = group_pairs(
        (_group_key(one, index[one.requirement], efforts, laws, late.get(one.requirement)), one) for one in whole
    )
    made = []
    for number, (key, grouped) in enumerate(groups.items(), 1):
        owners = Counter(_find_owner(one, index[one.requirement], leads or {}, holders or {}) for one in grouped)
        owner, is_role = owners.most_common(1)[0][0]  # the first of equals
        made.append(
            new_action(
                number,
                key.kind,
                efforts,
                settings,
                cause=key.cause,
                closes=tuple(dict.fromkeys((one.requirement, one.kind) for one in grouped)),
                owner=owner,
                owner_is_role=is_role,
                in_force_from=key.in_force_from,
                key=any(one.id in key_findings for one in grouped),
                missing={one.requirement: one.missing for one in grouped if one.missing},
                planned_due=max(one.planned_due for one in grouped),
            )
        )
    by_action = {one.id: grouped for one, grouped in zip(made, groups.values(), strict=True)}
    return tuple(replace(one, after=_find_predecessors(one, made, by_action, framework, efforts)) for one in made)


def _group_key(
    finding: Finding, requirement: object, efforts: Efforts, laws: Collection[str], late: date | None
) -> _GroupKey:
    """Return the group that a finding belongs to; `laws` are the criteria of which a part has to be in law, or all."""
    if finding.kind in (FindingKind.UNANSWERED, FindingKind.CONFLICT):
        return _GroupKey(kind=ANSWER, place=finding.unit)
    if finding.kind is FindingKind.UNDEMONSTRATED:
        step = next_step(finding.status)
        assert step is not None  # noqa: S101 - what is shown gives no finding
        starts = late if finding.status is EvidenceStatus.IN_FORCE_LATER else None
        return _GroupKey(kind=efforts.by_next_step.get(step, ANSWER), place=finding.unit, in_force_from=starts)
    if isinstance(requirement, CoreIssue):
        return _GroupKey(kind=efforts.otherwise["core_issue"], place=requirement.id)
    cause = finding.root_causes[0] if finding.root_causes else ""
    if cause in efforts.by_root_cause:
        return _GroupKey(kind=efforts.by_root_cause[cause], cause=cause)
    assert isinstance(requirement, Criterion)  # noqa: S101 - a whole requirement is a criterion or a core issue
    usual = "document" if ShownBy.DOCUMENT in requirement.shown_by else "criterion"
    return _GroupKey(kind=efforts.otherwise["law" if requirement.id in laws else usual], place=finding.unit)


def _find_owner(
    finding: Finding, requirement: object, leads: Mapping[str, str], holders: Mapping[str, str]
) -> tuple[str, bool]:
    """Return the agency or, with True, the role that a finding is with."""
    agency = leads.get(finding.requirement) or leads.get(finding.unit) or next(iter(finding.agencies), "")
    if agency:
        return agency, False
    assert isinstance(requirement, Criterion | CoreIssue)  # noqa: S101
    role = requirement.lead or ""
    return (holders[role], False) if role in holders else (role, True)


def _find_predecessors(
    action: Action,
    actions: Sequence[Action],
    findings: Mapping[str, Sequence[Finding]],
    framework: Framework,
    efforts: Efforts,
) -> tuple[str, ...]:
    """Return the actions without which this one cannot show results.

    They close severe gaps in the Recommendations on which its outcome depends.
    """
    outcomes = [unit for unit in framework.units if isinstance(unit, ImmediateOutcome) and unit.id in action.units]
    needed = {name for outcome in outcomes for name in outcome.primary_recommendations}
    found = [
        other.id
        for rule in efforts.waits
        if rule.kind == action.kind
        for other in actions
        if other.kind in rule.kinds and other is not action
        for f in findings[other.id]
        if f.unit in needed and f.severity is not None and f.severity.order <= rule.severity.order
    ]
    return tuple(dict.fromkeys(found))


def renumber_actions(actions: Sequence[Action]) -> tuple[Action, ...]:
    """Return the same actions numbered in their present order, with their references to each other."""
    width = max(2, len(str(len(actions))))
    names = {action.id: f"A-{number:0{width}d}" for number, action in enumerate(actions, 1)}
    return tuple(
        replace(action, id=names[action.id], after=tuple(sorted(names[one] for one in action.after)))
        for action in actions
    )


_BY_LAW = frozenset({ShownBy.LAW, ShownBy.PRINCIPLE})
"""A shortcoming of what is shown by one of these is removed by a law."""

_LOW = (ComplianceRating.NC, ComplianceRating.PC, EffectivenessRating.LE, EffectivenessRating.ME)
_BY_PARLIAMENT = ("law", "treaty")


def derive_published_actions(
    report: PublishedReport,
    framework: Framework,
    efforts: Efforts,
    settings: PlanSettings,
    key_units: Collection[str] = (),
) -> tuple[tuple[UnitState, ...], tuple[Action, ...]]:
    """Return the state of each unit, and an action for each Recommendation at NC or PC and outcome at LE or ME.

    An outcome waits for its primary Recommendations that are rated NC. `key_units` are candidates for key recommended
    actions.
    """
    efforts.check_settings(settings)
    units = tuple(
        UnitState(unit=unit.id, requirements=(), decided=rating)
        for unit in framework.units
        if (rating := report.ratings.get(unit.id)) is not None
    )
    low = [unit for unit in framework.units if report.ratings.get(unit.id) in _LOW]
    names = {unit.id: f"A-{number:02d}" for number, unit in enumerate(low, 1)}
    non_compliant = [name for name in names if report.ratings[name] is ComplianceRating.NC]
    return units, tuple(
        new_action(
            number,
            _kind_of(unit, efforts),
            efforts,
            settings,
            closes=((unit.id, FindingKind.SHORTCOMING),),
            owner=next((one.lead for one in list_requirements(unit) if one.lead), ""),
            owner_is_role=True,
            after=tuple(names[one] for one in _list_primary(unit) if one in non_compliant),
            key=unit.id in key_units,
        )
        for number, unit in enumerate(low, 1)
    )


def _list_primary(unit: Recommendation | ImmediateOutcome) -> tuple[str, ...]:
    """Return the Recommendations on which an outcome depends; none of a Recommendation."""
    return unit.primary_recommendations if isinstance(unit, ImmediateOutcome) else ()


def _kind_of(unit: Recommendation | ImmediateOutcome, efforts: Efforts) -> str:
    """Return a law or a treaty where root causes that ask for one weigh at least half of the Recommendation."""
    if isinstance(unit, ImmediateOutcome):
        return efforts.otherwise["core_issue"]
    weights: Counter[str] = Counter()
    for one in unit.criteria:
        weights[efforts.by_root_cause.get(next(iter(one.root_causes), ""), "")] += one.weight.value
    kind = next((name for name in _BY_PARLIAMENT if 2 * weights[name] >= weights.total()), "")
    return kind or efforts.otherwise["criterion"]


def derive_mock_visit_actions(
    found: Debrief, framework: Framework, efforts: Efforts, settings: PlanSettings, *, begun: int = 0
) -> tuple[Action, ...]:
    """Return one action for each agency and score that gives a finding, in the order of the findings.

    They close no gap and move nothing, because no rating follows from a mock visit. The agency that was asked is the
    owner; the effort of the kind counts for each outcome concerned. They are numbered from `begun` + 1.

    Raises:
        FatfKitError: the mock visit was about another edition, or settings name an unknown kind.
    """
    if found.sheets.edition != framework.id:
        raise FatfKitError(
            "The mock visit was about {visit}, and the answers are about {answers}. Use sheets of the same edition.",
            visit=found.sheets.edition,
            answers=framework.id,
        )
    efforts.check_settings(settings)
    groups = group_pairs(((efforts.by_mock_score[one.score], one.agency), one) for one in found.findings)
    actions = []
    for number, ((kind, agency), findings) in enumerate(groups.items(), begun + 1):
        texts = group_pairs((one.requirement, " – ".join(filter(None, (one.question, one.note)))) for one in findings)
        actions.append(
            new_action(
                number,
                kind,
                efforts,
                settings,
                owner=agency,
                effort=efforts.effort_of(kind, settings) * len({one.unit for one in findings}),
                missing={requirement: " | ".join(parts) for requirement, parts in texts.items()},
                concerns=tuple(texts),
                mock=tuple(one.id for one in findings),
            )
        )
    return tuple(actions)
