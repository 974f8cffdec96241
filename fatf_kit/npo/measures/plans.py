"""Two plans that follow risk: outreach to every class, and visits and desk reviews that fit a stated capacity.

High comes first, then medium; low and out-of-scope bodies are never visited on grounds of terrorist financing. What
does not fit is said, not dropped.

Source: INR.8 para 7, IO.10 specific factors 11 and 12; every figure is a setting, frameworks/npo/plans.json.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fatf_kit.core.errors import FatfKitError
from fatf_kit.npo.measures.catalogue import Tier, load_npo_data
from fatf_kit.npo.model import ClassCounts, SectorResult
from fatf_kit.npo.register.engine import connect, explain_faults, make_table, read_classified, write_csv
from fatf_kit.npo.scales import RiskBand, RiskClass, SegmentKind

_MOST_DAYS = 1_000_000
"""Of inspection a year: more than any authority has, and few enough to count with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRule:
    """The rule for a class: the kind of measure, days for one, and how often a year."""

    tier: Tier
    action: str
    days_each: float
    times_a_year: float

    @property
    def days_for_one(self) -> float:
        """Days a year that one body takes."""
        return self.days_each * self.times_a_year


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachRule:
    """Outreach to a class: its form, how many bodies one event takes (None: any number), how often, and days each."""

    tier: Tier
    form: str
    bodies_each: int | None
    times_a_year: float
    days_each: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRules:
    """The capacity for visits and reviews in days a year, and the rule for each class in the order of the work."""

    days_a_year: float
    order: tuple[InspectionRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NpoPlanSettings:
    """The settings of both plans. `forms` names outreach."""

    inspection: InspectionRules
    outreach: tuple[OutreachRule, ...]
    forms: Mapping[str, str]
    source: str

    def with_capacity(self, days_a_year: float | None) -> NpoPlanSettings:
        """Return the same settings with another capacity; None keeps it.

        Raises:
            FatfKitError: it is no number of days.
        """
        if days_a_year is None:
            return self
        if not 0 <= days_a_year <= _MOST_DAYS:
            raise FatfKitError(
                "'{days}' is not a possible number of days a year. Write a number from 0 to {limit}.",
                days=f"{days_a_year:g}",
                limit=f"{_MOST_DAYS:,}",
            )
        return replace(self, inspection=replace(self.inspection, days_a_year=days_a_year))


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionLine:
    """One class in the plan: bodies in it, how many fit, and the days a year these take."""

    rule: InspectionRule
    bodies: int
    planned: int

    @property
    def left(self) -> int:
        """Bodies that do not fit."""
        return self.bodies - self.planned

    @property
    def days(self) -> float:
        """Days a year that the planned ones take."""
        return self.planned * self.rule.days_for_one

    @property
    def days_wanted(self) -> float:
        """Days a year that all would take."""
        return self.bodies * self.rule.days_for_one


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlan:
    """Classes in the order in which they are served, within a capacity in days a year."""

    days_a_year: float
    lines: tuple[InspectionLine, ...]

    @property
    def days(self) -> float:
        """Days a year that the plan takes."""
        return sum(line.days for line in self.lines)

    @property
    def days_short(self) -> float:
        """Days a year by which the capacity falls short of everything wanted; 0 where all fits."""
        return max(0.0, sum(line.days_wanted for line in self.lines) - self.days_a_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachLine:
    """Outreach to one class in one segment; `activity` is None where it goes to the class in all segments at once."""

    rule: OutreachRule
    activity: str | None
    bodies: int
    events: int

    @property
    def days(self) -> float:
        """Days of work a year."""
        return self.events * self.rule.days_each


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachPlan:
    """Outreach, highest class first and within it the largest segment."""

    lines: tuple[OutreachLine, ...]

    @property
    def days(self) -> float:
        """Days of work a year."""
        return sum(line.days for line in self.lines)


@cache
def load_plan_settings(language: str = "en") -> NpoPlanSettings:
    """Return the settings that are shipped, forms of outreach named in one language.

    Raises:
        FrameworkError: the file is at odds with its schema.
    """
    return load_npo_data("plans", NpoPlanSettings, language)


def plan_inspections(classes: ClassCounts, settings: NpoPlanSettings) -> InspectionPlan:
    """As many of each class as fit, in the order of the settings; a class waits until the one before is served.

    Bodies referred to investigators are not visited, so they are not counted here.

    >>> counts = ClassCounts(low=900, medium=60, high=50, unrated=0, provisional=0, bands=(900, 0, 60, 0, 50))
    >>> plan = plan_inspections(counts, load_plan_settings().with_capacity(200))
    >>> [(str(line.rule.tier), line.planned, line.left) for line in plan.lines]
    [('high', 50, 0), ('medium', 50, 10)]
    """
    room = settings.inspection.days_a_year
    lines = []
    for rule in settings.inspection.order:
        risk_class = RiskClass(rule.tier.value)
        bodies = classes.of(risk_class) - (classes.referred if risk_class is RiskClass.HIGH else 0)
        planned = min(bodies, int(room / rule.days_for_one + 1e-9))
        lines.append(InspectionLine(rule=rule, bodies=bodies, planned=planned))
        room = room - lines[-1].days if planned == bodies else 0.0
    return InspectionPlan(days_a_year=settings.inspection.days_a_year, lines=tuple(lines))


def plan_outreach(sector: SectorResult, settings: NpoPlanSettings) -> OutreachPlan:
    """Events by class: for each activity where events take so many bodies only, otherwise one for the whole class."""
    lines: list[OutreachLine] = []
    for rule in settings.outreach:
        parts: list[tuple[str | None, ClassCounts]] = [(None, sector.classes)]
        if rule.bodies_each is not None:
            parts = [(segment.code, segment.classes) for segment in sector.by(SegmentKind.ACTIVITY)]
        counts = [(code, classes.of(RiskClass(rule.tier.value))) for code, classes in parts]
        counts.sort(key=lambda part: -part[1])
        lines += [_outreach(rule, code, bodies) for code, bodies in counts if bodies]
    return OutreachPlan(lines=tuple(lines))


def _outreach(rule: OutreachRule, activity: str | None, bodies: int) -> OutreachLine:
    rounds = 1 if rule.bodies_each is None else math.ceil(bodies / rule.bodies_each)
    return OutreachLine(rule=rule, activity=activity, bodies=bodies, events=math.ceil(rounds * rule.times_a_year))


def write_inspections(classified: Path, path: Path, settings: NpoPlanSettings) -> Path:
    """Write the working list behind the plan, from `classified.csv`: the bodies to be looked at in the order of work.

    By class as the settings say, then by band, threat and vulnerability, the most exposed first. Bodies with a hard
    trigger, proven or not, are left to investigators. `fits` is "yes", or blank beyond the capacity. The list is never
    published; each row is restricted.

    Raises:
        FatfKitError: the file cannot be read or written.
    """
    with TemporaryDirectory(prefix="fatf-kit-npo-") as folder, connect(Path(folder)) as engine:
        rules = [
            (place, rule.tier, rule.action, rule.days_for_one) for place, rule in enumerate(settings.inspection.order)
        ]
        columns = {"turn": "INTEGER", "class": "VARCHAR", "action": "VARCHAR", "for_one": "DOUBLE"}
        make_table(engine, "rules", columns, rules)
        make_table(engine, "bands", {"band": "VARCHAR", "rank": "INTEGER"}, [(band, band.rank) for band in RiskBand])
        query = f"""
            SELECT row_number() OVER work AS place, npo_id, class, action, printf('%g', for_one) AS days,
                threat, vulnerability,
                CASE WHEN sum(for_one) OVER work <= {settings.inspection.days_a_year + 1e-9} THEN 'yes' END AS fits,
                'restricted' AS confidentiality
            FROM {read_classified(classified, Path(folder))}
            JOIN rules USING (class) LEFT JOIN bands USING (band)
            WHERE investigate IS NULL
            WINDOW work AS (
                ORDER BY turn, coalesce(rank, 0) DESC, coalesce(threat::DOUBLE, 0) DESC,
                coalesce(vulnerability::DOUBLE, 0) DESC, line::BIGINT
            )
            ORDER BY place
        """
        with explain_faults(classified.name):
            return write_csv(engine, query, path)
