"""Values of the register of laws as JSON, with what bills and a repeal do: frameworks/schema/laws-*.json."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from fatf_kit.core.json_files import make_json_object, make_json_value
from fatf_kit.core.problems import CellRef, Problem
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.laws.bills import Bill, BillEffects, ClauseSets, Scenario
from fatf_kit.laws.model import EntryState, Instrument, Provision, SpellingState
from fatf_kit.laws.proposals import Proposals
from fatf_kit.laws.repeal import RepealEffects
from fatf_kit.scoring.report.payload import build_problems_payload


def list_fields(value: Any, *, without: Collection[str] = ()) -> dict[str, object]:
    """Return the fields of a frozen value as JSON has them, except some."""
    names = [one.name for one in fields(value) if one.name not in without]
    return {name: to_json(getattr(value, name)) for name in names}


def to_json(value: object) -> object:
    """Return a value as JSON has it: instruments and provisions by their ids, dates as ISO 8601.

    >>> to_json((date(2026, 11, 28), Provision(instrument="L-003", article="art. 12"), None))
    ['2026-11-28', 'L-003 art. 12', None]
    """
    if isinstance(value, Instrument | Provision):
        return value.id
    if isinstance(value, CellRef | date):
        return str(value)
    if is_dataclass(value):
        return list_fields(value)
    if isinstance(value, Mapping):
        return {str(key): to_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(one) for one in value]
    return str(value) if isinstance(value, str) else value


def make_proposals_payload(proposed: Proposals, is_written: bool, problems: Sequence[Problem]) -> dict[str, object]:
    """Return what was proposed as JSON (frameworks/schema/laws-proposals-1.schema.json)."""
    register = proposed.register
    counts = make_json_object(proposed, "instruments", "provisions", "links", "spellings")
    instruments = [one for one in register.instruments if one.is_proposed]
    provisions = [one.id for one in register.provisions if one.entry is EntryState.PROPOSED]
    spellings = [one for one in register.spellings if one.state is SpellingState.PROPOSED]
    return {
        "schema": "fatf-kit/laws-proposals/1",
        "written": is_written,
        "counts": counts,
        "instruments": [make_json_object(one, "id", "titles", "kind", "cited_in") for one in instruments],
        "provisions": provisions,
        "spellings": [make_json_object(one, "text", "instrument") for one in spellings],
        "problems": build_problems_payload(problems),
    }


def make_bill_payload(found: BillEffects) -> dict[str, Any]:
    """Return the effects of bills as JSON, with the ratings of every Recommendation that a clause concerns."""
    changed = {*found.moved, *(get_unit_id(one.effect.requirement) for one in found.changes)}
    units = [unit for unit in found.now.units if unit in changed]
    sets, target = found.sets, None
    if sets:
        target = {"target": found.target, "worst": _sets(sets.worst), "best": _sets(sets.best)}

    def result(one: Scenario) -> dict[str, Any]:
        return _scenario(one, units)

    return {
        "schema": "fatf-kit/laws-what-if/1",
        **make_json_object(found, "edition", "cut_off"),
        "bills": [_bill(one, found) for one in found.bills],
        "dropped": [one.id for one in found.dropped],
        "now": result(found.now),
        "with_all": result(found.whole),
        "with": result(found.kept),
        "apart": [{"bill": bill.id, "result": result(one)} for bill, one in found.apart],
        "without": [{"clause": clause.id, "result": result(one)} for clause, one in found.without],
        **make_json_object(found, "decided_units", several_bills="shared"),
        "outcomes": [{"id": name, "recommendations": list(own)} for name, own in found.outcomes],
        "target": target,
    }


_BILL = {"status": "instrument.status", "in_force_from": "commencement", "in_time": "is_in_time"}
_CHANGE = {
    "clause": "clause.label",
    "requirement": "effect.requirement",
    "now": "now",
    "then": "effect.rating",
    "lowers": "is_lower",
    "decided": "is_decided",
}


def _bill(bill: Bill, found: BillEffects) -> dict[str, Any]:
    changes = [one for one in found.changes if one.clause.bill == bill.id]
    return {
        "id": bill.id,
        "title": bill.instrument.title("en"),
        **make_json_object(bill, **_BILL),
        "clauses": [
            make_json_object(clause, clause="label", heading="heading", is_linked="is_linked")
            for clause in bill.clauses
        ],
        "changes": [make_json_object(one, **_CHANGE) for one in changes],
    }


def _scenario(one: Scenario, units: Iterable[str]) -> dict[str, Any]:
    return {
        "units": {unit: make_json_value(one.units[unit]) for unit in units},
        **make_json_object(one.outlook, follow_up="follow_up_span", icrg_referral="referral_span"),
        "thresholds": {line.line.id: make_json_value(line.met) for line in one.outlook.lines},
    }


def _sets(sets: ClauseSets) -> dict[str, Any]:
    clauses = [one.id for one in sets.first]
    counts = make_json_object(sets, "size", sets_total="total")
    return {**counts, "first": clauses, **make_json_object(sets, "remaining", exact="is_exact")}


def make_repeal_payload(found: RepealEffects) -> dict[str, Any]:
    """Return the effects of the end of an instrument or article as JSON, with the ratings of the units that move."""
    return {
        "schema": "fatf-kit/laws-without/1",
        "edition": found.now.outlook.rules.edition,
        **make_json_object(found, cut_off="cut_off", instrument="instrument.id"),
        "title": found.instrument.title("en"),
        "article": found.article,
        "along": [act.id for act in found.along],
        "now": _scenario(found.now, found.moved),
        "without": _scenario(found.after, found.moved),
        "criteria": make_json_value(found.criteria),
    }
