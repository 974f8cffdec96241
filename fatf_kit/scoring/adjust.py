"""Adjustments of a country, checked and by requirement: weights and decisions.

A weight or a decision that means nothing stops the calculation: to leave one out silently would change ratings.
"""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.assessment.folder.model import RecordedDecision, WeightChange
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import find_code, list_labels
from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.framework.catalog import find_requirement, find_unit
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, Recommendation
from fatf_kit.scoring.compliance import PartWeight
from fatf_kit.scoring.materiality import load_materiality, sectors_by_id
from fatf_kit.scoring.model import Adjustments, Weighing, WeightSource
from fatf_kit.scoring.policy import Policy

Value = CriterionRating | Achievement | ComplianceRating | EffectivenessRating
"""The value of a decision: an answer, or a rating of a whole unit."""


class AdjustedRules:
    """Adjustments looked up by requirement.

    Raises:
        UnknownIdError: a requirement, unit or sector that is not there.
        FatfKitError: a weight that the policy does not have, a value of another scale, a reason left empty, or two
            lines that contradict each other.
    """

    def __init__(self, framework: Framework, adjustments: Adjustments, policy: Policy) -> None:
        self._sectors = sectors_by_id(adjustments.sectors)
        self._weights = _weights(framework, adjustments, policy)
        self.decisions = _decisions(framework, adjustments)

    def weigh(self, requirement: Criterion | CoreIssue) -> Weighing:
        """Weigh a requirement: by the country's own weight, else by the materiality of sectors, else by the edition."""
        own = requirement.weight
        if change := self._weights.get(requirement.id):
            return Weighing(
                value=change.weight, edition=own.value, source=WeightSource.COUNTRY, reason=change.reason.strip()
            )
        moved, sectors = load_materiality().moved(requirement.id, own.value, self._sectors)
        source = WeightSource.SECTOR if sectors else WeightSource.EDITION
        return Weighing(value=moved, edition=own.value, source=source, reason=own.reason, sectors=sectors)

    def weigh_part(self, part: str) -> PartWeight:
        """Return what a part weighs among its neighbours, by how important the sector is that it concerns."""
        return load_materiality().weigh_part(part, self._sectors)


def _weights(framework: Framework, adjustments: Adjustments, policy: Policy) -> Mapping[str, WeightChange]:
    found: dict[str, WeightChange] = {}
    for change in adjustments.weights:
        requirement = find_requirement(framework, change.requirement)
        if not isinstance(requirement, Criterion | CoreIssue):
            raise FatfKitError(
                "{requirement} is a part of a criterion and has no weight. Set the weight of the criterion.",
                requirement=requirement.id,
            )
        if change.weight not in policy.weights:
            allowed = ", ".join(f"{value} ({name})" for value, name in policy.weights.items())
            raise FatfKitError(
                "The weight of {requirement} is {found}. Allowed: {names}.",
                requirement=requirement.id,
                found=change.weight,
                names=allowed,
            )
        if not change.reason.strip():
            raise FatfKitError(
                "The weight {weight} of {requirement} has no reason. Write the reason.",
                weight=change.weight,
                requirement=requirement.id,
            )
        if requirement.id in found:
            raise FatfKitError(
                "The weight of {requirement} is set twice. Keep one of the two lines.", requirement=requirement.id
            )
        found[requirement.id] = change
    return found


def _decisions(framework: Framework, adjustments: Adjustments) -> Mapping[str, tuple[RecordedDecision, Value]]:
    """Decisions with their values; of several for one requirement the one of the latest day stands."""
    found: dict[str, tuple[RecordedDecision, Value]] = {}
    for decision in sorted(adjustments.decisions, key=lambda one: one.day):
        key, scale = _scale(framework, decision.requirement)
        code = find_code(scale, decision.value)
        if code is None:
            allowed = ", ".join(list_labels(scale, "en"))
            raise FatfKitError(
                "'{found}' cannot be decided for {requirement}. Allowed: {allowed}.",
                found=decision.value,
                requirement=key,
                allowed=allowed,
            )
        if not decision.reason.strip():
            raise FatfKitError("The decision on {requirement} has no reason. Write the reason.", requirement=key)
        value, earlier = _VALUES[scale](code), found.get(key)
        if earlier and earlier[0].day == decision.day and earlier[1] != value:
            raise FatfKitError(
                "There are two decisions on {requirement} of {day}. Keep one of the two lines.",
                requirement=key,
                day=decision.day,
            )
        found[key] = (decision, value)
    return found


def _scale(framework: Framework, name: str) -> tuple[str, str]:
    """Return the full id of what is decided, and the scale of its values."""
    if "/" not in name:
        unit = find_unit(framework, name)
        return unit.id, "compliance" if isinstance(unit, Recommendation) else "effectiveness"
    requirement = find_requirement(framework, name)
    if isinstance(requirement, Criterion):
        return requirement.id, "criterion"
    if isinstance(requirement, CoreIssue):
        return requirement.id, "achievement"
    raise FatfKitError(
        "{requirement} is a part of a criterion or core issue. Decide the criterion or core issue itself.",
        requirement=requirement.id,
    )


_VALUES: Mapping[str, type[Value]] = {
    "criterion": CriterionRating,
    "achievement": Achievement,
    "compliance": ComplianceRating,
    "effectiveness": EffectivenessRating,
}
