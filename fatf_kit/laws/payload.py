"""Values of the register of laws as JSON, proposed rows: frameworks/schema/laws-*.json."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from fatf_kit.core.json_files import make_json_object
from fatf_kit.core.problems import CellRef, Problem
from fatf_kit.laws.model import EntryState, Instrument, Provision, SpellingState
from fatf_kit.laws.proposals import Proposals
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
