"""The training record as JSON (frameworks/schema/training-1.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.core.json_files import make_json_object, make_json_value
from fatf_kit.training.counts import TrainingSummary

TRAINING_SCHEMA = "fatf-kit/training/1"

_LOW = {"outcome": "unit", "rating": "rated.rating", "sessions": "sessions"}
_NEED = {"outcome": "id", "rating": "rating", "findings": "findings"}
_AGENCY = ("agency", "is_merged", "seats")
_PEOPLE = ("year", "half", "people", "agencies")
_SESSION = ("id", "day", "days", "subject", "kind", "units")
_TEST = {
    "people_before": "before.people",
    "mean_before": "before.mean",
    "people_after": "after.people",
    "mean_after": "after.mean",
    "change": "change",
    "same_number": "has_same_number",
    "is_before_withheld": "is_before_withheld",
    "is_after_withheld": "is_after_withheld",
}


def make_training_payload(summary: TrainingSummary) -> Mapping[str, object]:
    """Return the JSON of a summary (frameworks/schema/training-1); what is withheld is null."""
    low_rated = [make_json_object(one, **_LOW) for one in summary.low_rated]
    needs = [make_json_object(one, **_NEED) for one in summary.needs]
    sessions = [(one, summary.seats_of[one.id]) for one in summary.sessions]
    return {
        "schema": TRAINING_SCHEMA,
        "day": str(summary.today),
        "audience": str(summary.audience),
        "seats": summary.seats,
        "by_sex": make_json_value(summary.sexes),
        "sessions": [{**make_json_object(one, *_SESSION), "seats": seats} for one, seats in sessions],
        "agencies": [make_json_object(one, *_AGENCY, by_sex="sexes") for one in summary.agencies],
        "covered": [make_json_object(one, "unit", "sessions") for one in summary.covered],
        "tests": [make_json_object(one, "session", "outcome", **_TEST) for one in summary.tests],
        "people": [make_json_object(one, *_PEOPLE) for one in summary.people],
        "low_rated": low_rated if summary.is_own else None,
        "needs": needs if summary.is_own else None,
    }
