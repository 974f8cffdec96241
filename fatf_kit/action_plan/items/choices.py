"""The closed words of the plans that others word, and the lists behind their drop-downs."""

from __future__ import annotations

from enum import StrEnum

from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.needs.choices import word_choices
from fatf_kit.spreadsheets.schema import message_choices


class ItemEvidenceKind(StrEnum):
    """The kind of one piece of evidence for an item."""

    LAW = "law"
    FIGURES = "figures"
    CASE = "case"
    DOCUMENT = "document"


class Direction(StrEnum):
    """The change that figures must show."""

    RISE = "rise"
    FALL = "fall"
    STEADY = "no fall"


class ReportDuty(StrEnum):
    """Whether the country must report in a cycle."""

    COMPULSORY = "compulsory"
    VOLUNTARY = "voluntary"


PLANS = word_choices("item_plans", lambda: load_monitoring().kinds)
ASKS = word_choices("item_asks", lambda: load_monitoring().asks)
ITEM_STATUSES = message_choices("item_statuses", lambda: load_monitoring().statuses)
EVIDENCE_KINDS = message_choices("item_evidence", lambda: ItemEvidenceKind)
DIRECTIONS = message_choices("item_directions", lambda: Direction)
DUTIES = message_choices("item_duties", lambda: ReportDuty)
