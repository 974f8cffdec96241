"""Flat tables of published ratings, peers, patterns and an own assessment, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from fatf_kit.core.messages import Translator
from fatf_kit.peer_comparison.own_assessment import OwnComparison, OwnUnit
from fatf_kit.peer_comparison.patterns import Patterns, ReRatingCount, UnitPattern
from fatf_kit.peer_comparison.peers import PeerComparison, PeerUnit
from fatf_kit.published.loader import UNITS
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.model import DataTable, FlatValue, ValueKind
from fatf_kit.report.results_table import COUNT, DATE, NUMBER, RANGE_END, YES_NO, ResultColumn, ResultsTable

R = TypeVar("R")


def published_table(reports: Iterable[PublishedReport], t: Translator) -> DataTable:
    """Return one row per report, one column per unit; a rating that is not given is missing, NA is a rating."""

    def rating(unit: str) -> Callable[[PublishedReport], str | None]:
        return lambda report: _text(report.ratings.get(unit))

    return ResultsTable[PublishedReport](
        "published",
        t("Published ratings"),
        (
            _column("iso3", t("Code"), lambda report: report.iso3 or None, width=7),
            _column("jurisdiction", t("Jurisdiction"), lambda report: report.jurisdiction, width=28),
            _column("bodies", t("Body"), lambda report: "/".join(report.bodies) or None),
            _column("type", t("Report"), lambda report: str(report.report_type)),
            _column("date", t("Month"), lambda report: report.date, DATE),
            _column("edition", t("Edition"), lambda report: report.edition),
            _column("source", t("Source"), lambda report: report.source, width=32),
            *(_column(unit, unit, rating(unit), width=6) for unit in UNITS),
            _column("is_current", t("Latest report"), lambda report: report.is_current, YES_NO),
            _column("verified", t("Verified"), lambda report: report.verified, YES_NO),
            _column("url", t("Address"), lambda report: report.url or None, width=40),
        ),
    ).in_sheet(reports)


def peers_table(found: PeerComparison, titles: Mapping[str, str], t: Translator) -> DataTable:
    """Return one row per unit: own rating, peers by rating, share at the two best levels, position, movement."""

    def peers_at(level: int) -> Callable[[PeerUnit], int | None]:
        return lambda u: u.counts[level][1] if level < len(u.counts) else None

    levels = (*_levels(t), ("na", t("Peers rated NA")))
    return ResultsTable[PeerUnit](
        "peers",
        t("Compared with peers"),
        (
            _column("id", t("Rec. or outcome"), lambda u: u.unit, width=8),
            _column("title", t("Title"), lambda u: titles[u.unit], width=48),
            _column("rating", t("Own rating"), lambda u: _text(u.own)),
            *(_column(f"peers_{key}", title, peers_at(n), COUNT) for n, (key, title) in enumerate(levels)),
            _column("rated", t("Peers rated"), lambda u: u.rated, COUNT),
            _column("good", t("Peers at the two best levels"), lambda u: u.good, COUNT),
            _column("share", t("Share"), lambda u: u.share, NUMBER),
            _column("rank", t("Position"), lambda u: u.rank, COUNT),
            _column("tied", t("Peers with the same rating"), lambda u: u.tied, COUNT),
            _column("up", t("Peers whose rating rose"), lambda u: u.movement.up, COUNT),
            _column("down", t("Peers whose rating fell"), lambda u: u.movement.down, COUNT),
            _column("own_move", t("Change of own rating (levels)"), lambda u: u.own_move, COUNT),
        ),
    ).in_sheet(found.units)


def patterns_table(found: Patterns, titles: Mapping[str, str], t: Translator) -> DataTable:
    """Return one row per unit: jurisdictions by rating, shares, movement, months to an upgrade."""

    def rated_at(level: int) -> Callable[[UnitPattern], int]:
        return lambda u: u.counts[level][1]

    return ResultsTable[UnitPattern](
        "patterns",
        t("Worldwide by Recommendation and outcome"),
        (
            _column("id", t("Rec. or outcome"), lambda u: u.unit, width=8),
            _column("title", t("Title"), lambda u: titles[u.unit], width=48),
            *(_column(f"rated_{key}", title, rated_at(n), COUNT) for n, (key, title) in enumerate(_levels(t))),
            _column("rated", t("Rated"), lambda u: u.rated, COUNT),
            _column("share", t("Share"), lambda u: u.share, NUMBER),
            _column("share_at_mer", t("Share at the evaluation"), lambda u: u.share_at_mer, NUMBER),
            _column("up", t("Upgraded"), lambda u: u.movement.up, COUNT),
            _column("down", t("Downgraded"), lambda u: u.movement.down, COUNT),
            _column("upgrades", t("Upgrades"), lambda u: u.upgrades, COUNT),
            _column("months_to_upgrade", t("Median months"), lambda u: u.months, NUMBER),
        ),
    ).in_sheet(found.units)


def re_ratings_table(found: Patterns, t: Translator) -> DataTable:
    """Return one row per kind of re-rating, the most frequent first."""
    return ResultsTable[ReRatingCount](
        "re_ratings",
        t("Re-ratings"),
        (
            _column("id", t("Rec. or outcome"), lambda re_rating: re_rating.unit, width=8),
            _column("from", t("From"), lambda one: one.before),
            _column("to", t("To"), lambda one: one.after),
            _column("times", t("Number"), lambda one: one.times, COUNT),
        ),
    ).in_sheet(found.re_ratings)


def own_table(own: OwnComparison, titles: Mapping[str, str], t: Translator) -> DataTable:
    """Return one row per unit of an own assessment; at both ends a decided rating counts where there is one."""
    return ResultsTable[OwnUnit](
        "own_assessment",
        t("Own assessment"),
        (
            _column("id", t("Rec. or outcome"), lambda u: u.unit, width=8),
            _column("title", t("Title"), lambda u: titles[u.unit], width=48),
            _column("claimed", t("Claimed"), lambda u: _text(u.own.claimed)),
            _column("worst", t("Shown, at worst"), lambda u: u.own.counted.worst, RANGE_END),
            _column("best", t("Shown, at best"), lambda u: u.own.counted.best, RANGE_END),
            _column("decided", t("Decided"), lambda u: _text(u.own.decided)),
            _column("is_compared", t("Compared"), lambda u: u.is_compared, YES_NO),
            _column("rated", t("Peers rated"), lambda u: u.rated, COUNT),
            _column("rank_worst", t("Position at worst"), lambda u: u.ranks.worst, COUNT),
            _column("rank_best", t("Position at best"), lambda u: u.ranks.best, COUNT),
        ),
    ).in_sheet(own.units)


def _column(
    key: str, title: str, value: Callable[[R], FlatValue], kind: ValueKind = ValueKind.TEXT, *, width: int = 12
) -> ResultColumn[R]:
    return ResultColumn(key, title, value, kind, sheet=width)


def _text(rating: object) -> str | None:
    return None if rating is None else str(rating)


def _levels(t: Translator) -> tuple[tuple[str, str], ...]:
    """Return key and name of the four levels of either scale, best first."""
    best = ("best", t("C or HE")), ("good", t("LC or SE"))
    return *best, ("low", t("PC or ME")), ("lowest", t("NC or LE"))
