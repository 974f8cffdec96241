"""Comparisons and patterns as JSON that others may rely on: frameworks/schema/peers-1 and patterns-1."""

from __future__ import annotations

from datetime import date
from typing import Any

from fatf_kit.core.json_files import make_json_value
from fatf_kit.peer_comparison.jurisdictions import ComparedJurisdiction, list_jurisdictions
from fatf_kit.peer_comparison.patterns import Patterns, UnitPattern
from fatf_kit.peer_comparison.peers import PeerComparison, PeerUnit
from fatf_kit.published.listing_status import make_listings_payload

PEERS_SCHEMA = "fatf-kit/peers/1"
PATTERNS_SCHEMA = "fatf-kit/patterns/1"


def peers_payload(found: PeerComparison, *, tool: str, generated_at: str) -> dict[str, Any]:
    """Return a jurisdiction compared with a group. A share is a part of 1; null where no peer is rated."""
    day = date.fromisoformat(generated_at[:10])
    rows = [_report(one) for one in list_jurisdictions(found, day)]
    return {
        "schema": PEERS_SCHEMA,
        "provenance": {"tool": tool, "generated_at": generated_at},
        "country": {"iso3": found.own.iso3, "name": found.own.jurisdiction},
        "report": rows[0],
        "edition": found.edition,
        "as_of": found.as_of,
        "group": {
            "id": found.group.id,
            "name": found.group.name or None,
            "as_of": found.group.as_of or None,
            "source": found.group.source or None,
            "by_general_knowledge": list(found.group.assumed),
        },
        "peers": [row | {"followed": cycle.followed} for row, cycle in zip(rows[1:], found.peers, strict=True)],
        "without_report": list(found.without),
        "newer_edition_left_aside": list(found.moved_on),
        "units": [_compared_unit(unit) for unit in found.units],
        "failed_by_most": [unit.unit for unit in found.failed_by_most],
    }


def patterns_payload(found: Patterns, *, tool: str, generated_at: str) -> dict[str, Any]:
    """Return worldwide patterns. Months are a median over the upgrades whose number is given with it."""
    return {
        "schema": PATTERNS_SCHEMA,
        "provenance": {"tool": tool, "generated_at": generated_at},
        "edition": found.edition,
        "jurisdictions": found.jurisdictions,
        "evaluations": found.cycles,
        "followed": found.followed,
        "newest": found.newest or None,
        "units": [_pattern(unit) for unit in found.units],
        "weakest_recommendations": [unit.unit for unit in found.weakest("R.")],
        "weakest_outcomes": [unit.unit for unit in found.weakest("IO.")],
        "re_ratings": [{"id": r.unit, "from": r.before, "to": r.after, "times": r.times} for r in found.re_ratings],
    }


def _report(one: ComparedJurisdiction) -> dict[str, Any]:
    report = one.report
    return {
        "iso3": report.iso3,
        "name": report.jurisdiction,
        "type": str(report.report_type),
        "date": report.date,
        "outcomes_from": report.completed_from,
        "listings": make_listings_payload(one.listing),
    }


def _compared_unit(unit: PeerUnit) -> dict[str, Any]:
    return {
        "id": unit.unit,
        "rating": None if unit.own is None else str(unit.own),
        "peers": dict(unit.counts),
        "rated": unit.rated,
        "good": unit.good,
        "share": unit.share,
        "rank": unit.rank,
        "of": unit.rated + 1 if unit.rank is not None else None,
        "tied": unit.tied,
        "own_move": unit.own_move,
        "moved": make_json_value(unit.movement),
    }


def _pattern(unit: UnitPattern) -> dict[str, Any]:
    return {
        "id": unit.unit,
        "ratings": dict(unit.counts),
        "ratings_at_mer": dict(unit.counts_at_mer),
        "rated": unit.rated,
        "good": unit.good,
        "share": unit.share,
        "share_at_mer": unit.share_at_mer,
        "moved": make_json_value(unit.movement),
        "upgrades": unit.upgrades,
        "months_to_upgrade": unit.months,
    }
