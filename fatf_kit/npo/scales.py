"""The closed scales of the NPO results: scope, status, bands and classes of risk, kinds of segment."""

from __future__ import annotations

from enum import StrEnum


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


class RiskBand(StrEnum):
    """The five bands kept inside, lowest first."""

    LOW = "low"
    MEDIUM_LOW = "medium-low"
    MEDIUM = "medium"
    MEDIUM_HIGH = "medium-high"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Place on the ladder, 0 the lowest."""
        return list(RiskBand).index(self)


class RiskClass(StrEnum):
    """The three classes that are shown, lowest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Place on the ladder, 0 the lowest."""
        return list(RiskClass).index(self)


class SegmentKind(StrEnum):
    """By what the register is cut into segments."""

    ACTIVITY = "activity"
    REGION = "region"
    LEGAL_FORM = "legal_form"
    SIZE = "size"
