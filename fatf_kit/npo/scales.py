"""The closed scales of the NPO results: scope, status, bands and classes of risk, kinds of segment."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property


class Scope(StrEnum):
    """Whether a body is inside the functional definition; undetermined is never counted in."""

    IN = "in"
    OUT = "out"
    UNDETERMINED = "undetermined"


class Status(StrEnum):
    """Operating status as the register tells it."""

    ACTIVE = "active"
    DORMANT = "dormant"
    DISSOLVED = "dissolved"
    UNKNOWN = "unknown"


class _RankedScale(StrEnum):
    """A scale of which each value has a rank."""

    @cached_property
    def rank(self) -> int:
        """The place on the scale, 0 the lowest."""
        return list(type(self)).index(self)


class RiskBand(_RankedScale):
    """The five bands kept inside, lowest first."""

    LOW = "low"
    MEDIUM_LOW = "medium-low"
    MEDIUM = "medium"
    MEDIUM_HIGH = "medium-high"
    HIGH = "high"


class RiskClass(_RankedScale):
    """The three classes that are shown, lowest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class SegmentKind(StrEnum):
    """By what the register is cut into segments."""

    ACTIVITY = "activity"
    REGION = "region"
    LEGAL_FORM = "legal_form"
    SIZE = "size"
