"""Every check of the figures, in one order: what cannot be right first, then what to ask, then what to know."""

from __future__ import annotations

from fatf_kit.statistics.arithmetic_checks import check_arithmetic
from fatf_kit.statistics.cross_agency_checks import check_across_agencies
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.model import Definitions
from fatf_kit.statistics.observations import Observation, ObservationWeight
from fatf_kit.statistics.risk_checks import check_against_risk
from fatf_kit.statistics.trend_checks import check_trends

_ORDER = tuple(ObservationWeight)


def check_statistics(statistics: Statistics, definitions: Definitions) -> tuple[Observation, ...]:
    """What strikes about the figures of a country."""
    found = [
        *check_arithmetic(statistics, definitions),
        *check_across_agencies(statistics, definitions),
        *check_trends(statistics, definitions),
        *check_against_risk(statistics, definitions),
    ]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.weight)))
