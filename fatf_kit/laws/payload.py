"""Rows proposed for the register of laws as JSON: frameworks/schema/laws-proposals-1."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.json_files import make_json_object
from fatf_kit.core.problems import Problem
from fatf_kit.laws.model import EntryState, SpellingState
from fatf_kit.laws.proposals import Proposals
from fatf_kit.scoring.report.payload import build_problems_payload


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
