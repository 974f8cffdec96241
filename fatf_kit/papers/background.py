"""The facts around an assessment: due dates, an earlier run, published ratings of the country and of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fatf_kit.published.model import PublishedReport
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRatings:
    """The ratings of an earlier run, by unit, and the day on which it was made."""

    day: date
    ratings: Mapping[str, Span[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerShares:
    """Published ratings of others: by unit, how many are at the two best levels, and of how many.

    `group` is the regional body whose members are counted, empty for all jurisdictions of the table. Units that mean
    something else in the other edition are absent.
    """

    group: str
    counts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The facts around an assessment; what is not known is empty or None.

    Attributes:
        agency_dues: The day by which the answers of an agency are wanted, by agency.
        plan_dues: The day by which the action plan closes a requirement, by requirement.
        earlier: The newest run of an earlier day in the history of the folder.
        has_history: Whether there is a folder that keeps results, so that a missing earlier run can be said.
        published: The newest published ratings of the country, without units that mean something else here.
        peers: Published ratings of others.
    """

    agency_dues: Mapping[str, date] = field(default_factory=dict)
    plan_dues: Mapping[str, date] = field(default_factory=dict)
    earlier: EarlierRatings | None = None
    has_history: bool = False
    published: PublishedReport | None = None
    peers: PeerShares | None = None
