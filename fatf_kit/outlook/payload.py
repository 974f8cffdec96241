"""Outlook and what-if as JSON that others may rely on: frameworks/schema/outlook-1 and what-if-1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fatf_kit.core.json_files import make_json_value
from fatf_kit.outlook.actions import ActionRules, KeyAction
from fatf_kit.outlook.model import CountResult, LevelCounts, LineResult, Outlook, Rating, UpgradePath, WhatIf
from fatf_kit.outlook.referral import Facts, ObservationPeriod, Prioritisation, Priority, prioritise
from fatf_kit.published.least_developed import load_least_developed
from fatf_kit.published.listing_status import make_listing_result
from fatf_kit.published.listings import ListingStatus

OUTLOOK_SCHEMA = "fatf-kit/outlook/1"
WHAT_IF_SCHEMA = "fatf-kit/what-if/1"


def make_outlook_payload(
    outlook: Outlook,
    ratings_edition: str,
    facts: Facts | None = None,
    listing: ListingStatus | None = None,
    standing: tuple[LevelCounts, LevelCounts] | None = None,
) -> dict[str, Any]:
    """Return an outlook; ranges run from the best case to the worst. `ratings_edition` is that of the ratings.

    `facts` are about the country; those that are not given are null and asked for. `listing` is how the country stands
    on FATF's lists, None where the country is not known. `standing` is that of the Recommendations and of the outcomes,
    None where the ratings are not those of an assessment.
    """
    rules, follow_up, referral = outlook.rules, outlook.follow_up_span, outlook.referral_span
    return {
        "schema": OUTLOOK_SCHEMA,
        "edition": rules.edition,
        "ratings_edition": ratings_edition,
        "provisional": rules.provisional,
        "open": list(outlook.open_units),
        "follow_up": outlook.follow_up,
        "follow_up_range": [follow_up.best, follow_up.worst],
        "icrg_referral": outlook.icrg_referral,
        "icrg_referral_range": [referral.best, referral.worst],
        "lines": [_line(result) for result in outlook.lines],
        "notes": collect_notes(rules.provisional_because, rules.notes),
        "sources": list(rules.sources),
        "listing": make_json_value(make_listing_result(listing)) if listing else None,
        "standing": {"recommendations": make_json_value(standing[0]), "outcomes": make_json_value(standing[1])}
        if standing
        else None,
        **({"prioritisation": _priority(rules.prioritisation, facts or {}, listing)} if rules.prioritisation else {}),
    }


def make_what_if_payload(
    found: WhatIf, ratings_edition: str, fixed: Sequence[tuple[str, Rating | None, Rating]], reason: str
) -> dict[str, Any]:
    """Return the smallest sets at the best end, and under "worst_case" at the worst end of open ratings.

    `fixed` are re-ratings that were assumed beforehand, `reason` is the result in a sentence.
    """
    return {
        "schema": WHAT_IF_SCHEMA,
        "edition": found.rules.edition,
        "ratings_edition": ratings_edition,
        "provisional": found.rules.provisional,
        "open": list(found.open_units),
        "target": found.target,
        "fixed": [{"id": unit, "from": before, "to": after} for unit, before, after in fixed],
        "reachable": found.reachable,
        "reason": reason,
        "held_by": list(found.held_by),
        "steps": found.steps,
        "steps_worst_case": found.worst_case_steps,
        **_sets(found.ends.best),
        "worst_case": {
            "reachable": found.ends.worst.reachable,
            "held_by": list(found.ends.worst.held_by),
            "steps": found.ends.worst.steps,
            **_sets(found.ends.worst),
        },
        "ranked_by": "open shortcomings" if found.ranked_by_shortcomings else "number",
    }


def _sets(path: UpgradePath) -> dict[str, Any]:
    return {
        "sets": [[{"id": s.unit, "from": s.before, "to": s.after} for s in steps] for steps in path.sets],
        "sets_total": path.sets_total,
        "sets_shown": len(path.sets),
    }


def make_actions_payload(rules: ActionRules, chosen: Sequence[tuple[KeyAction, str]]) -> dict[str, Any]:
    """Return candidates for key recommended actions, the most pressing first, each with its wording."""
    return {
        "edition": rules.edition,
        "by_analogy": rules.by_analogy,
        "candidates": [
            {"id": f"K-{number:02d}", **_action(action), "text": text}
            for number, (action, text) in enumerate(chosen, 1)
        ],
        "notes": list(rules.notes),
        "source": rules.source,
        "confidence": rules.confidence,
    }


def _action(action: KeyAction) -> dict[str, Any]:
    fields: dict[str, Any] = make_json_value(action)
    return {("settled" if name == "is_certain" else name): value for name, value in fields.items()}


def collect_notes(because: str, notes: Sequence[str]) -> list[str]:
    """Return the notes that belong to every result: whether it is provisional, and what referral does not mean."""
    return [*([because] if because else []), *notes]


def _priority(rules: Prioritisation, facts: Facts, listing: ListingStatus | None) -> dict[str, Any]:
    found = prioritise(rules, facts, listing)
    return {
        "decided_by": "listing" if found.is_listed else "facts",
        "first": found.first,
        "left_out": found.left_out,
        "facts": [{"id": fact.id, "question": fact.question, "value": value} for fact, value in found.values],
        "source": rules.source,
        "confidence": rules.confidence,
        **({"observation": _observation(rules.observation, found)} if rules.observation else {}),
    }


def _observation(rules: ObservationPeriod, found: Priority) -> dict[str, Any]:
    """Return the usual length of the observation period, whether it may be longer, and the list that decides."""
    un_list = load_least_developed()
    return {
        "months": rules.months,
        "may_be_longer": found.may_observe_longer,
        "source": rules.source,
        "confidence": rules.confidence,
        "least_developed": {
            "as_of": un_list.as_of.isoformat(),
            "source": un_list.source,
            "confidence": un_list.confidence,
        },
    }


def _line(result: LineResult) -> Mapping[str, Any]:
    return {
        "id": result.line.id,
        "kind": result.line.kind,
        "test": result.line.test,
        "value": result.value,
        "limit": result.limit,
        "holds": result.holds,
        "distance": result.distance,
        "value_range": list(result.value_range),
        "best_case": {"values": list(result.at_ends.best), "met": result.met.best},
        "worst_case": {"values": list(result.at_ends.worst), "met": result.met.worst},
        "counts": [_count(count) for count in result.counts],
        "confidence": result.line.confidence,
    }


def _count(result: CountResult) -> Mapping[str, Any]:
    return {
        "ratings": sorted(result.count.ratings, key=_SCALES.index),
        "value": result.low,
        "limit": result.count.at_least,
        "value_range": [result.low, result.high],
    }


_SCALES = ("NC", "PC", "LE", "ME")
