"""The training record as JSON (frameworks/schema/training-1.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.training.counts import TrainingSummary
from fatf_kit.training.model import SexCounts

TRAINING_SCHEMA = "fatf-kit/training/1"


def make_training_payload(summary: TrainingSummary) -> Mapping[str, object]:
    """Return the JSON of a summary (frameworks/schema/training-1); what is withheld is null."""
    return {
        "schema": TRAINING_SCHEMA,
        "day": str(summary.today),
        "audience": str(summary.audience),
        "seats": summary.seats,
        "by_sex": _count_sexes(summary.sexes),
        "sessions": [
            {
                "id": one.session.id,
                "day": one.session.day and str(one.session.day),
                "days": one.session.days,
                "subject": one.session.subject,
                "kind": one.session.kind and str(one.session.kind),
                "units": list(one.session.units),
                "seats": one.seats,
            }
            for one in summary.sessions
        ],
        "agencies": [
            {
                "agency": one.agency,
                "is_merged": one.is_merged,
                "seats": one.seats,
                "by_sex": _count_sexes(one.sexes),
            }
            for one in summary.agencies
        ],
        "covered": [{"unit": one.unit, "sessions": list(one.sessions)} for one in summary.covered],
        "tests": [
            {
                "session": one.session,
                "outcome": one.outcome,
                "people_before": one.before.people,
                "mean_before": one.before.mean,
                "people_after": one.after.people,
                "mean_after": one.after.mean,
                "change": one.change,
                "same_number": one.has_same_number,
                "is_before_withheld": one.is_before_withheld,
                "is_after_withheld": one.is_after_withheld,
            }
            for one in summary.tests
        ],
        "people": [
            {"year": one.year, "half": str(one.half), "people": one.people, "agencies": one.agencies}
            for one in summary.people
        ],
        "low_rated": [
            {"outcome": one.unit, "rating": one.rated and one.rated.rating, "sessions": list(one.sessions)}
            for one in summary.low_rated
        ]
        if summary.is_own
        else None,
        "needs": [{"outcome": one.id, "rating": one.rating, "findings": one.findings} for one in summary.needs]
        if summary.is_own
        else None,
    }


def _count_sexes(sexes: SexCounts | None) -> Mapping[str, int] | None:
    if sexes is None:
        return None
    return {"women": sexes.women, "men": sexes.men, "not_stated": sexes.not_stated}
