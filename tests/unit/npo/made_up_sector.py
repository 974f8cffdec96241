"""A sector result made by hand, for everything that is built on one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import NationalMeasures
from fatf_kit.npo.measures.plans import load_plan_settings
from fatf_kit.npo.measures.proportionality import check_proportion
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
from fatf_kit.npo.report import NpoInput, build_npo_report
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.scales import RiskBand, RiskClass, Scope, SegmentKind
from fatf_kit.report.model import Report
from fatf_kit.report.write import FORMATS

AS_OF = date(2026, 11, 1)


@dataclass(frozen=True)
class MadeUpGroup:
    """So many bodies alike in everything that segments are made by; `risk` is low, medium, high or None for unrated."""

    count: int
    risk: str | None = None
    _: KW_ONLY
    activity: str = "relief"
    form: str = "association"
    region: str = "North"
    scope: Scope = Scope.IN
    money: int = 0

    def code(self, kind: SegmentKind | None) -> str:
        """The segment of a kind; the size is the same for all bodies."""
        codes = {"activity": self.activity, "legal_form": self.form, "region": self.region, "size": "1"}
        return codes[kind.value] if kind else ""

    def as_groups(self) -> Iterator[BodyGroup]:
        """The bodies as a part of the whole register and of each segment."""
        risk_class = RiskClass(self.risk) if self.risk else None
        for kind in (None, *SegmentKind):
            yield BodyGroup(
                kind=kind,
                code=self.code(kind),
                scope=self.scope,
                risk_class=risk_class,
                count=self.count,
                money=self.money,
            )


group = MadeUpGroup

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
                    column="payment_channels", mapped=False, known=0.0, informs=("V05", "M05"), would_resolve=90
                ),
                ColumnCompleteness(column="total_income", mapped=True, known=0.83, informs=("V12",), would_resolve=12),
                ColumnCompleteness(column="region", mapped=True, known=1.0, informs=("T01",), would_resolve=0),
            ),
            collect_next=(CollectStep(column="payment_channels", resolved=90),),
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


def _by_class(groups: Iterable[MadeUpGroup], what: str) -> dict[str, int]:
    names = ("low", "medium", "high", "unrated")
    return {name: sum(getattr(g, what) for g in groups if (g.risk or "unrated") == name) for name in names}


def _classes(groups: Sequence[MadeUpGroup]) -> ClassCounts:
    counts = _by_class(groups, "count")
    bands = (counts["low"], 0, counts["medium"], 0, counts["high"])
    return ClassCounts(**counts, provisional=counts["unrated"] + counts["low"] // 5, bands=bands)


def _money(groups: Sequence[MadeUpGroup]) -> ClassMoney:
    return ClassMoney(**_by_class(groups, "money"), known=sum(g.count for g in groups if g.money))


def _segments(groups: Sequence[MadeUpGroup]) -> Iterator[SectorSegment]:
    for kind in SegmentKind:
        members = {g.code(kind): [one for one in groups if one.code(kind) == g.code(kind)] for g in groups}
        for code, alike in sorted(members.items(), key=lambda item: -sum(g.count for g in item[1])):
            yield SectorSegment(kind=kind, code=code, classes=_classes(alike), money=_money(alike))


def make_report(
    sector: SectorResult,
    language: str = "en",
    *,
    public: bool = True,
    national: NationalMeasures | None = None,
    capacity: float | None = None,
) -> Report:
    """The report on a sector."""
    given = NpoInput(
        sector=sector,
        judged=check_proportion(national, sector, as_of=AS_OF),
        national=national,
        settings=load_plan_settings(language).with_capacity(capacity),
        country="Ruritania",
        generated_at="2026-11-24T10:00+00:00",
        public=public,
    )
    return build_npo_report(given, load_names(language), Translator(language), tool="0")


def words(report: Report) -> str:
    """The page without its markup."""
    page = FORMATS["html"][1](report).decode().partition("<body")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
