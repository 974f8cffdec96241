"""A sector result made by hand, for everything that is built on one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.npo.model import (
    BodyGroup,
    ClassCounts,
    ClassMoney,
    CodeCount,
    CollectStep,
    ColumnCompleteness,
    DataCompleteness,
    NationalFactor,
    OverrideCounts,
    RegisterSummary,
    ScreenedGroup,
    SectorProposal,
    SectorRating,
    SectorResult,
    SectorSegment,
)
from fatf_kit.npo.scales import RiskBand, RiskClass, Scope, SegmentKind

AS_OF = date(2026, 11, 1)

_CLASSES = {"low": RiskClass.LOW, "medium": RiskClass.MEDIUM, "high": RiskClass.HIGH}


@dataclass(frozen=True, kw_only=True)
class MadeUpGroup:
    """Bodies that share everything that segments are made by."""

    scope: Scope
    risk_class: RiskClass | None
    activity: str
    legal_form: str
    region: str
    count: int
    money: int
    size: str = "1"

    def as_groups(self) -> Iterator[BodyGroup]:
        """The bodies as a part of the whole register and of each segment."""
        for kind in (None, *SegmentKind):
            yield BodyGroup(
                kind=kind,
                code=getattr(self, kind.value) if kind else "",
                scope=self.scope,
                risk_class=self.risk_class,
                count=self.count,
                money=self.money,
            )


def group(
    count: int,
    risk: str | None = None,
    *,
    activity: str = "relief",
    form: str = "association",
    region: str = "North",
    scope: Scope = Scope.IN,
    money: int = 0,
) -> MadeUpGroup:
    """So many bodies alike; `risk` is low, medium, high or None for unrated."""
    return MadeUpGroup(
        scope=scope,
        risk_class=_CLASSES[risk] if risk else None,
        activity=activity,
        legal_form=form,
        region=region,
        count=count,
        money=money,
    )


GROUPS = (
    group(800, "low", activity="education", money=4_000_000),
    group(60, "low", activity="relief", form="foundation", money=900_000),
    group(55, "medium", activity="relief", money=3_500_000, region="South"),
    group(22, "medium", activity="health", form="foundation", money=700_000),
    group(28, "high", activity="relief", money=2_200_000, region="South"),
    group(3, "high", activity="health", money=90_000),
    group(12, activity="culture"),
    group(140, scope=Scope.OUT, activity="sport", form="club"),
    group(35, scope=Scope.UNDETERMINED, activity=""),
)


def made_up_sector(groups: Sequence[MadeUpGroup] = GROUPS, *, investigate: int = 0) -> SectorResult:
    """A result whose segments, classes and counts follow from its groups."""
    inside = [g for g in groups if g.scope is Scope.IN]
    scopes = Counter(g.scope for g in groups for _ in range(g.count))
    classes = replace(_classes(inside), referred=investigate)
    rated = classes.total - classes.unrated
    return SectorResult(
        register=RegisterSummary(
            name="register.csv",
            sha256="0" * 64,
            lines=sum(scopes.values()) + 4,
            rejected=4,
            registered=sum(scopes.values()),
            active=900,
            statuses=(CodeCount(code="active", count=900), CodeCount(code="dormant", count=sum(scopes.values()) - 900)),
            in_scope=scopes[Scope.IN],
            out_of_scope=scopes[Scope.OUT],
            undetermined=scopes[Scope.UNDETERMINED],
            out_reasons=(CodeCount(code="member_benefit", count=scopes[Scope.OUT]),),
            undetermined_reasons=(CodeCount(code="no_purpose", count=scopes[Scope.UNDETERMINED]),),
        ),
        classes=classes,
        money=_money(inside),
        matrix=(
            (rated - 120, 60, 2, 0, 0),
            (10, 12, 9, 0, 0),
            (0, 8, 11, 3, 0),
            (0, 0, 2, 1, 0),
            (0, 0, 1, 1, 0),
        ),
        segments=tuple(_segments(inside)),
        groups=tuple(part for one in groups for part in one.as_groups()),
        completeness=DataCompleteness(
            known_share=0.46,
            provisional_below=0.4,
            columns=(
                ColumnCompleteness(
                    column="payment_channels", mapped=False, known=0.0, informs=("V05", "M05"), would_settle=90
                ),
                ColumnCompleteness(column="total_income", mapped=True, known=0.83, informs=("V12",), would_settle=12),
                ColumnCompleteness(column="region", mapped=True, known=1.0, informs=("T01",), would_settle=0),
            ),
            collect_next=(CollectStep(column="payment_channels", settled=90),),
        ),
        national=(NationalFactor(id="TN1", value=3, reason="National risk assessment of 2025"),),
        sector=SectorRating(
            proposal=SectorProposal(
                threat=3,
                exposure=3,
                exposure_share=0.12,
                by_screening=False,
                measures=None,
                inherent=RiskBand.MEDIUM,
                band=RiskBand.MEDIUM,
            ),
            decision=None,
            at_risk_prompt=False,
        ),
        weak_controls=17,
        overrides=OverrideCounts(up=1, down=6, same=0, unused=0),
        reconciliations=(),
        problems=(),
        currency="EUR",
        as_of=AS_OF,
        method_id="npo-1",
        method_digest="sha256:" + "1" * 64,
        group=ScreenedGroup(
            bodies=12,
            first=6,
            money=70_000,
            features=(CodeCount(code="abroad", count=12),),
            collect=("operating_countries", "payment_channels"),
        ),
    )


def with_national(sector: SectorResult, *factors: NationalFactor) -> SectorResult:
    """The same with other factors of the country."""
    return replace(sector, national=factors)


def _classes(groups: Iterable[MadeUpGroup]) -> ClassCounts:
    counts = Counter(str(g.risk_class or "unrated") for g in groups for _ in range(g.count))
    low, medium, high, unrated = (counts[name] for name in ("low", "medium", "high", "unrated"))
    return ClassCounts(
        low=low,
        medium=medium,
        high=high,
        unrated=unrated,
        provisional=unrated + low // 5,
        bands=(low, 0, medium, 0, high),
    )


def _money(groups: Iterable[MadeUpGroup]) -> ClassMoney:
    held = list(groups)
    low, medium, high, unrated = (
        sum(g.money for g in held if str(g.risk_class or "unrated") == name)
        for name in ("low", "medium", "high", "unrated")
    )
    return ClassMoney(low=low, medium=medium, high=high, unrated=unrated, known=sum(g.count for g in held if g.money))


def _segments(groups: Sequence[MadeUpGroup]) -> Iterable[SectorSegment]:
    for kind in SegmentKind:
        codes = Counter(getattr(g, kind.value) for g in groups for _ in range(g.count))
        for code, _ in codes.most_common():
            members = [g for g in groups if getattr(g, kind.value) == code]
            classes = _classes(members)
            yield SectorSegment(kind=kind, code=code, classes=classes, money=_money(members))
