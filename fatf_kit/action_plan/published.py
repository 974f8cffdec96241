"""The skeleton of a plan from published ratings: one action for each unit that is low, because more is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from fatf_kit.action_plan.efforts import Efforts, check_settings, stages_of
from fatf_kit.action_plan.model import Action, UnitState
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating, FindingKind
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework.model import Framework, ImmediateOutcome, Recommendation, list_requirements
from fatf_kit.published.model import PublishedReport

_LOW = (ComplianceRating.NC, ComplianceRating.PC, EffectivenessRating.LE, EffectivenessRating.ME)


def derive_published_actions(
    report: PublishedReport,
    framework: Framework,
    efforts: Efforts,
    settings: PlanSettings,
    key_units: Collection[str] = (),
) -> tuple[tuple[UnitState, ...], tuple[Action, ...]]:
    """How each unit stands, and an action for each Recommendation rated NC or PC and each outcome rated LE or ME.

    An outcome waits for its primary Recommendations that are rated NC. `key_units` are candidates for key recommended
    actions.
    """
    check_settings(efforts, settings)
    units = tuple(
        UnitState(unit=unit.id, requirements=(), decided=rating)
        for unit in framework.units
        if (rating := report.ratings.get(unit.id)) is not None
    )
    low = [unit for unit in framework.units if report.ratings.get(unit.id) in _LOW]
    names = {unit.id: f"A-{number:02d}" for number, unit in enumerate(low, 1)}
    return units, tuple(
        Action(
            id=names[unit.id],
            kind=(kind := efforts.kinds[_kind(unit, efforts)]).id,
            cause="",
            closes=((unit.id, FindingKind.SHORTCOMING),),
            owner=next((one.lead for one in list_requirements(unit) if one.lead), ""),
            owner_is_role=True,
            after=_behind(unit, report, names),
            effort=settings.efforts.get(kind.id, kind.effort),
            stages=stages_of(kind, settings),
            key=unit.id in key_units,
        )
        for unit in low
    )


def _kind(unit: Recommendation | ImmediateOutcome, efforts: Efforts) -> str:
    """A law or a treaty where root causes that ask for one weigh at least half of the Recommendation."""
    if isinstance(unit, ImmediateOutcome):
        return efforts.otherwise["core_issue"]
    weights: Counter[str] = Counter()
    for one in unit.criteria:
        weights[efforts.by_root_cause.get(next(iter(one.root_causes), ""), "")] += one.weight.value
    kind = next((name for name in _BY_PARLIAMENT if 2 * weights[name] >= weights.total()), "")
    return kind or efforts.otherwise["criterion"]


_BY_PARLIAMENT = ("law", "treaty")


def _behind(unit: Recommendation | ImmediateOutcome, report: PublishedReport, names: dict[str, str]) -> tuple[str, ...]:
    if isinstance(unit, Recommendation):
        return ()
    grave = [r for r in unit.primary_recommendations if report.ratings.get(r) is ComplianceRating.NC]
    return tuple(names[r] for r in grave if r in names)
