"""From findings to actions: what one piece of work removes is one action, however many requirements feel it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fatf_kit.action_plan.efforts import ANSWER, Efforts, check_settings, stages_of
from fatf_kit.action_plan.model import Action
from fatf_kit.core.ratings import FindingKind
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework.catalog import get_enclosing_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, ImmediateOutcome, ShownBy
from fatf_kit.scoring.evidence import EvidenceStatus, next_step
from fatf_kit.scoring.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """What makes two findings one action."""

    kind: str
    cause: str = ""
    place: str = ""
    in_force_from: date | None = None


@dataclass(slots=True)
class _Group:
    findings: list[Finding] = field(default_factory=list)


def derive_actions(
    framework: Framework,
    findings: Iterable[Finding],
    efforts: Efforts,
    settings: PlanSettings,
    *,
    leads: Mapping[str, str] | None = None,
    in_force: Mapping[str, date] | None = None,
    key_findings: Collection[str] = (),
) -> tuple[Action, ...]:
    """Actions in the order of the Methodology, numbered A-01 onwards.

    A shortcoming carries one root cause, the first that its criterion names; all that share it, and are removed by the
    same kind of work, are one action. Without a root cause the shortcomings of one Recommendation are one action, and
    each core issue is its own. What lacks proof is one action for each unit and each next step (name the article,
    write the date); what lacks an answer is one action for each unit.

    Args:
        framework: The edition, in any language.
        findings: As derived from an assessment.
        efforts: Kinds of action and what each is for.
        settings: The country's own lead times and efforts.
        leads: The agency that leads, by requirement; where it is not named the first agency that answered is the
            owner, else the role that usually leads.
        in_force: The day on which the measure behind a requirement comes into force, where that is after the cut-off.
        key_findings: Ids of findings that are candidates for key recommended actions.

    Raises:
        FatfKitError: settings name a kind or a stage that is not there.
    """
    check_settings(efforts, settings)
    index = index_requirements(framework)
    laws = _law_basis(framework)
    groups: defaultdict[_Key, _Group] = defaultdict(_Group)
    for finding in findings:
        finding = replace(finding, requirement=get_enclosing_id(finding.requirement))  # noqa: PLW2901 - told of the criterion
        requirement = index[finding.requirement]
        assert isinstance(requirement, Criterion | CoreIssue)  # noqa: S101 - nothing else is whole
        late = (in_force or {}).get(finding.requirement)
        groups[_key(finding, requirement, efforts, laws, late)].findings.append(finding)
    made = [
        _action(f"A-{number:02d}", key, group.findings, efforts, settings, index, leads or {}, key_findings)
        for number, (key, group) in enumerate(groups.items(), 1)
    ]
    grave = {one.id: group.findings for one, group in zip(made, groups.values(), strict=True)}
    return tuple(replace(one, after=_waits(one, made, grave, framework, efforts)) for one in made)


def _law_basis(framework: Framework) -> frozenset[str]:
    """The criteria whose duty has to be in law."""
    return frozenset(
        one.id for unit in framework.recommendations for one in unit.criteria if ShownBy.LAW in one.shown_by
    )


def _key(
    finding: Finding, requirement: Criterion | CoreIssue, efforts: Efforts, laws: frozenset[str], late: date | None
) -> _Key:
    if finding.kind in (FindingKind.UNANSWERED, FindingKind.CONFLICT):
        return _Key(kind=ANSWER, place=finding.unit)
    if finding.kind is FindingKind.UNDEMONSTRATED:
        step = next_step(finding.status)
        assert step is not None  # noqa: S101 - what is shown gives no finding
        starts = late if finding.status is EvidenceStatus.IN_FORCE_LATER else None
        return _Key(kind=efforts.by_next_step.get(step, ANSWER), place=finding.unit, in_force_from=starts)
    if isinstance(requirement, CoreIssue):
        return _Key(kind=efforts.otherwise["core_issue"], place=requirement.id)
    cause = finding.root_causes[0] if finding.root_causes else ""
    if cause in efforts.by_root_cause:
        return _Key(kind=efforts.by_root_cause[cause], cause=cause)
    if requirement.id in laws:
        return _Key(kind=efforts.otherwise["law"], place=finding.unit)
    named = "document" if ShownBy.DOCUMENT in requirement.shown_by else "criterion"
    return _Key(kind=efforts.otherwise[named], place=finding.unit)


def _action(
    name: str,
    key: _Key,
    findings: Sequence[Finding],
    efforts: Efforts,
    settings: PlanSettings,
    index: Mapping[str, object],
    leads: Mapping[str, str],
    key_findings: Collection[str],
) -> Action:
    kind = efforts.kinds[key.kind]
    owners = Counter(_owner(finding, index[finding.requirement], leads) for finding in findings)
    (owner, is_role), _ = min(owners.items(), key=lambda pair: (-pair[1], list(owners).index(pair[0])))
    return Action(
        id=name,
        kind=kind.id,
        cause=key.cause,
        closes=tuple(dict.fromkeys((finding.requirement, finding.kind) for finding in findings)),
        owner=owner,
        owner_is_role=is_role,
        after=(),
        effort=settings.efforts.get(kind.id, kind.effort),
        stages=stages_of(kind, settings),
        in_force_from=key.in_force_from,
        key=any(finding.id in key_findings for finding in findings),
        said={finding.requirement: finding.missing for finding in findings if finding.missing},
        planned_due=max((finding.planned_due for finding in findings), default=""),
    )


def _owner(finding: Finding, requirement: object, leads: Mapping[str, str]) -> tuple[str, bool]:
    unit, _, _ = finding.requirement.partition("/")
    agency = leads.get(finding.requirement) or leads.get(unit) or next(iter(finding.agencies), "")
    if agency:
        return agency, False
    assert isinstance(requirement, Criterion | CoreIssue)  # noqa: S101
    return requirement.lead or "", True


def _waits(
    action: Action,
    actions: Sequence[Action],
    findings: Mapping[str, Sequence[Finding]],
    framework: Framework,
    efforts: Efforts,
) -> tuple[str, ...]:
    """Actions without which this one cannot show results: grave gaps in what stands behind its outcome."""
    behind = _behind(action.units, framework)
    found: list[str] = []
    for wait in efforts.waits:
        if wait.kind != action.kind:
            continue
        for other in actions:
            grave = (
                f.unit in behind and f.severity is not None and f.severity.order <= wait.severity.order
                for f in findings[other.id]
            )
            if other.kind in wait.kinds and other is not action and any(grave):
                found.append(other.id)
    return tuple(dict.fromkeys(found))


def _behind(units: Iterable[str], framework: Framework) -> frozenset[str]:
    outcomes = {unit.id: unit for unit in framework.units if isinstance(unit, ImmediateOutcome)}
    return frozenset(r for unit in units if unit in outcomes for r in outcomes[unit].primary_recommendations)


def renumber_actions(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The same actions numbered in their present order, with what waits for them."""
    width = max(2, len(str(len(actions))))
    names = {action.id: f"A-{number:0{width}d}" for number, action in enumerate(actions, 1)}
    return tuple(
        replace(action, id=names[action.id], after=tuple(sorted(names[one] for one in action.after)))
        for action in actions
    )
