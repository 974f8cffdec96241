"""All checks of the figures, and the order of what they find: wrong figures, open questions, notes."""

from __future__ import annotations

from fatf_kit.statistics.arithmetic_checks import check_arithmetic
from fatf_kit.statistics.cross_agency_checks import check_across_agencies
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.observations import Observation, ObservationWeight
from fatf_kit.statistics.risk_checks import check_against_risk
from fatf_kit.statistics.trend_checks import check_trends


def check_statistics(statistics: Statistics) -> tuple[Observation, ...]:
    """Return the observations about a country's figures."""
    checks = (check_arithmetic, check_across_agencies, check_trends, check_against_risk)
    order = list(ObservationWeight)
    found = (one for check in checks for one in check(statistics))
    return tuple(sorted(found, key=lambda one: order.index(one.weight)))
