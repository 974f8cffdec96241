"""Every check of the figures, in one order: what cannot be right first, then what to ask, then what to know."""

from __future__ import annotations

from fatf_kit.statistics.against_risk import check_against_risk
from fatf_kit.statistics.arithmetic import check_arithmetic
from fatf_kit.statistics.between import check_between
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.model import Definitions
from fatf_kit.statistics.observations import Observation, Weight
from fatf_kit.statistics.trends import check_trends

_ORDER = tuple(Weight)


def check_statistics(statistics: Statistics, definitions: Definitions) -> tuple[Observation, ...]:
    """What strikes about the figures of a country."""
    found = [
        *check_arithmetic(statistics, definitions),
        *check_between(statistics, definitions),
        *check_trends(statistics, definitions),
        *check_against_risk(statistics, definitions),
    ]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.weight)))
