"""Outcomes rated higher than the Recommendations behind them make likely: to be explained, never a ceiling.

Source: FATF Methodology (2022), paras 53-54; the numbers are in frameworks/quality.json.
"""

from __future__ import annotations

from dataclasses import dataclass

from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.framework.model import Framework
from fatf_kit.scoring.model import Assessment, OutcomeResult, RecommendationResult
from fatf_kit.scoring.quality import load_quality


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyNote:
    """One outcome to be explained: its level, and the primary Recommendations that speak against it.

    `known` is how many of its primary Recommendations have a rating that counts; NA and open ones do not.
    """

    outcome: str
    level: EffectivenessRating
    against: tuple[tuple[str, ComplianceRating], ...]
    known: int


def consistency_notes(framework: Framework, assessment: Assessment) -> tuple[ConsistencyNote, ...]:
    """Return every outcome whose level needs an explanation, in order.

    Everything is taken at its best end, because lacking proof is no weakness. Units that are not answered in full
    give none, but for a Recommendation that is weak even so.
    """
    rule = load_quality().consistency
    results = assessment.by_id
    notes = []
    for unit in framework.outcomes:
        outcome = results[unit.id]
        if not isinstance(outcome, OutcomeResult) or not _is_known(outcome) or outcome.counted.best not in rule.levels:
            continue
        ratings = [
            (key, result.counted.best)
            for key in unit.primary_recommendations
            if isinstance(result := results[key], RecommendationResult)
            and (_is_known(result) or result.counted.best in rule.weak)
            and result.counted.best is not ComplianceRating.NA
        ]
        weak = tuple((key, rating) for key, rating in ratings if rating in rule.weak)
        worst = any(rating in rule.any_at for _, rating in ratings)
        if worst or 100 * len(weak) > rule.weak_share_above * len(ratings):
            notes.append(ConsistencyNote(outcome=unit.id, level=outcome.counted.best, against=weak, known=len(ratings)))
    return tuple(notes)


def _is_known(unit: OutcomeResult | RecommendationResult) -> bool:
    """Return whether all of it is answered, or people decided."""
    return unit.decided is not None or unit.coverage.answered == unit.coverage.total
