"""The skeleton of a plan from published ratings: one action for each low unit, because nothing more is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from fatf_kit.action_plan.actions import new_action
from fatf_kit.action_plan.efforts import Efforts
from fatf_kit.action_plan.model import Action, UnitState
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating, FindingKind
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework.model import Framework, ImmediateOutcome, Recommendation, list_requirements
from fatf_kit.published.model import PublishedReport

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
            after=()
            if isinstance(unit, Recommendation)
            else tuple(names[one] for one in unit.primary_recommendations if one in non_compliant),
            key=unit.id in key_units,
        )
        for number, unit in enumerate(low, 1)
    )


def _kind_of(unit: Recommendation | ImmediateOutcome, efforts: Efforts) -> str:
    """Return a law or a treaty where root causes that ask for one weigh at least half of the Recommendation."""
    if isinstance(unit, ImmediateOutcome):
        return efforts.otherwise["core_issue"]
    weights: Counter[str] = Counter()
    for one in unit.criteria:
        weights[efforts.by_root_cause.get(next(iter(one.root_causes), ""), "")] += one.weight.value
    kind = next((name for name in _BY_PARLIAMENT if 2 * weights[name] >= weights.total()), "")
    return kind or efforts.otherwise["criterion"]
