"""The effects of bills and of a repeal as JSON: frameworks/schema/laws-what-if-1 and laws-without-1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fatf_kit.core.json_files import make_json_value
from fatf_kit.laws.bills import Bill, BillEffects, ClauseSets, Scenario
from fatf_kit.laws.repeal import RepealEffects

WHAT_IF_SCHEMA = "fatf-kit/laws-what-if/1"
WITHOUT_SCHEMA = "fatf-kit/laws-without/1"


def make_bill_payload(found: BillEffects) -> dict[str, Any]:
    """Return the effects of bills, with the ratings of every Recommendation that a clause concerns."""
    units = found.concerned
    return {
        "schema": WHAT_IF_SCHEMA,
        "edition": found.edition,
        "cut_off": found.cut_off and str(found.cut_off),
        "bills": [_bill(one, found) for one in found.bills],
        "dropped": [one.id for one in found.dropped],
        "now": _scenario(found.now, units),
        "with_all": _scenario(found.whole, units),
        "with": _scenario(found.kept, units),
        "apart": [{"bill": bill.id, "result": _scenario(one, units)} for bill, one in found.apart],
        "without": [{"clause": clause.id, "result": _scenario(one, units)} for clause, one in found.without],
        "decided_units": list(found.decided_units),
        "several_bills": list(found.shared),
        "outcomes": [{"id": outcome, "recommendations": list(units)} for outcome, units in found.outcomes],
        "target": found.sets
        and {"target": found.target, "worst": _sets(found.sets.worst), "best": _sets(found.sets.best)},
    }


def _bill(bill: Bill, found: BillEffects) -> dict[str, Any]:
    return {
        "id": bill.id,
        "title": bill.instrument.title("en"),
        "status": bill.instrument.status,
        "in_force_from": bill.commencement and str(bill.commencement),
        "in_time": bill.is_in_time,
        "clauses": [{"clause": one.label, "heading": one.heading} for one in bill.clauses],
        "changes": [
            {
                "clause": one.clause.label,
                "requirement": one.effect.requirement,
                "now": one.now,
                "then": one.effect.rating,
                "lowers": one.is_lower,
                "decided": one.is_decided,
            }
            for one in found.changes
            if one.clause.bill == bill.id
        ],
    }


def _scenario(one: Scenario, units: Iterable[str]) -> dict[str, Any]:
    return {
        "units": {unit: make_json_value(one.units[unit]) for unit in units},
        "follow_up": make_json_value(one.outlook.follow_up_span),
        "icrg_referral": make_json_value(one.outlook.referral_span),
        "thresholds": {line.line.id: make_json_value(line.met) for line in one.outlook.lines},
    }


def _sets(sets: ClauseSets) -> dict[str, Any]:
    return {
        "size": sets.size,
        "sets_total": sets.total,
        "first": [one.id for one in sets.first],
        "remaining": list(sets.remaining),
        "exact": sets.is_exact,
    }


def make_repeal_payload(found: RepealEffects) -> dict[str, Any]:
    """Return the effects of the end of an instrument or article, with the ratings of the units that move."""
    return {
        "schema": WITHOUT_SCHEMA,
        "edition": found.now.outlook.rules.edition,
        "cut_off": found.cut_off and str(found.cut_off),
        "instrument": found.instrument.id,
        "title": found.instrument.title("en"),
        "article": found.article,
        "now": _scenario(found.now, found.moved),
        "without": _scenario(found.after, found.moved),
        "criteria": make_json_value(found.criteria),
    }
