"""What a bill changes and what a repeal costs, as JSON: frameworks/schema/laws-what-if-1 and laws-without-1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fatf_kit.laws.bills import Bill, BillEffects, Clause, ClauseSets, Scenario
from fatf_kit.laws.repeal import RepealEffects
from fatf_kit.outlook.model import Outlook
from fatf_kit.scoring.span import Span

WHAT_IF_SCHEMA = "fatf-kit/laws-what-if/1"
WITHOUT_SCHEMA = "fatf-kit/laws-without/1"


def make_bill_payload(found: BillEffects) -> dict[str, Any]:
    """Return the effects of bills; ranges run from the worst end to the best."""
    return {
        "schema": WHAT_IF_SCHEMA,
        "edition": found.edition,
        "cut_off": found.cut_off and str(found.cut_off),
        "bills": [_bill(one, found) for one in found.bills],
        "dropped": [one.id for one in found.dropped],
        "units": [
            {
                "id": unit,
                "now": _rating(found.now, unit),
                "with_all": _rating(found.whole, unit),
                "with": _rating(found.kept, unit),
            }
            for unit in found.moved
        ],
        "outlook": {
            "now": _outlook(found.now.outlook),
            "with_all": _outlook(found.whole.outlook),
            "with": _outlook(found.kept.outlook),
        },
        "apart": [
            {"bill": bill.id, **_difference(found.now, scenario, "now", "with")} for bill, scenario in found.apart
        ],
        "without": [
            {"clause": clause.id, **_difference(found.kept, scenario, "with", "without")}
            for clause, scenario in found.without
        ],
        "decided_units": list(found.decided_units),
        "several_bills": list(found.shared),
        "outcomes": [{"id": outcome, "recommendations": list(units)} for outcome, units in found.outcomes],
        "target": _target(found.target, found.sets) if found.sets else None,
    }


def _bill(bill: Bill, found: BillEffects) -> dict[str, Any]:
    return {
        "id": bill.id,
        "title": bill.instrument.title("en"),
        "status": bill.instrument.status,
        "in_force_from": bill.commencement and str(bill.commencement),
        "in_time": bill.is_in_time,
        "clauses": [
            {
                "clause": clause.label,
                "heading": clause.heading,
                "changes": [
                    {
                        "requirement": one.effect.requirement,
                        "now": one.now,
                        "then": one.effect.rating,
                        "lowers": one.is_lower,
                        "decided": one.is_decided,
                    }
                    for one in found.changes
                    if one.clause is clause
                ],
            }
            for clause in bill.clauses
        ],
    }


def _rating(scenario: Scenario, unit: str) -> dict[str, Any]:
    one = scenario.units[unit]
    return {"claimed": _span(one.claimed), "counted": _span(one.counted)}


def _span(span: Span[Any]) -> list[Any]:
    return [span.worst, span.best]


def _outlook(outlook: Outlook) -> dict[str, Any]:
    return {
        "follow_up_range": _span(outlook.follow_up_span),
        "icrg_referral_range": _span(outlook.referral_span),
        "thresholds": [
            {"id": one.line.id, "met": _span(one.met), "values": [list(one.at_ends.worst), list(one.at_ends.best)]}
            for one in outlook.lines
        ],
    }


def _difference(one: Scenario, other: Scenario, before: str, after: str) -> dict[str, Any]:
    return {
        "units": [
            {"id": unit, before: _rating(one, unit), after: _rating(other, unit)} for unit in one.moves_to(other)
        ],
        "outlook": _outlook(other.outlook),
    }


def _target(text: str, sets: Span[ClauseSets]) -> dict[str, Any]:
    return {"target": text, "worst_case": _sets(sets.worst), "best_case": _sets(sets.best)}


def _sets(sets: ClauseSets) -> dict[str, Any]:
    return {
        "size": sets.size,
        "sets_total": sets.total,
        "first": _ids(sets.first),
        "remaining": list(sets.remaining),
        "exact": sets.is_exact,
    }


def _ids(clauses: Iterable[Clause]) -> list[str]:
    return [one.id for one in clauses]


def make_repeal_payload(found: RepealEffects) -> dict[str, Any]:
    """Return the effects of the end of an instrument or article; ranges run from the worst end to the best."""
    return {
        "schema": WITHOUT_SCHEMA,
        "edition": found.now.outlook.rules.edition,
        "cut_off": found.cut_off and str(found.cut_off),
        "instrument": found.instrument.id,
        "title": found.instrument.title("en"),
        "article": found.article,
        **_difference(found.now, found.after, "now", "without"),
        "outlook_now": _outlook(found.now.outlook),
        "criteria": [
            {
                "id": one.requirement,
                "now": _span(one.before),
                "without": _span(one.after),
                "status": one.status,
                "others": list(one.others),
                "decided": one.is_decided,
            }
            for one in found.criteria
        ],
    }
