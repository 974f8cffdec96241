"""An own assessment compared with peers or with worldwide patterns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import shown_name
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.peer_comparison.own_assessment import (
    OwnAssessment,
    OwnComparison,
    compare_with_published,
    read_own_assessment,
    read_own_result,
)
from fatf_kit.peer_comparison.patterns import Patterns
from fatf_kit.peer_comparison.peers import PeerComparison
from fatf_kit.published import load_published
from fatf_kit.published.history import find_latest_cycles
from fatf_kit.published.model import PUBLISHED_SCHEMA
from fatf_kit.workflows.results import read_result
from fatf_kit.workflows.scoring import ScoringResult, score_answers

_UNANSWERED = "No requirement is answered in the assessment yet. Fill in the workbooks and run this again."


def own_assessment(source: ScoringResult | str | Path, *, on_progress: ProgressCallback | None = None) -> OwnAssessment:
    """Return the ratings of an own assessment, claimed and shown, from scored workbooks or from their path.

    A path is an assessment.json of `fatf-kit score`, a folder that holds one, an assessment folder, or filled
    workbooks to score. `on_progress` is as for `score`.

    Raises:
        FatfKitError: nothing can be read or nothing is answered, the ratings are published ones, or the result was made
            by the earlier method, which had no ranges.
    """
    if isinstance(source, (str, Path)):
        path = Path(source)
        result = read_result(path)
        if result is not None:
            return _own_of(result, path)
        source = score_answers(path, on_progress)
    found = source.assessment
    if not found.coverage.answered and not found.adjustments.decisions:
        raise FatfKitError(_UNANSWERED)
    return read_own_assessment(found, source.country(), notices=source.responses.notices, problems=source.problems)


def compare_own(found: PeerComparison | Patterns, own: OwnAssessment) -> OwnComparison:
    """Compare the country's own assessment with peers, or with all jurisdictions, at both ends of its range.

    Own ratings are indicative and are never counted among the published ones.

    Raises:
        FatfKitError: the editions of the two do not follow on each other.
    """
    if isinstance(found, PeerComparison):
        others = [found.state(cycle) for cycle in found.peers]
    else:
        others = [cycle.last for cycle in find_latest_cycles(load_published(), found.edition)]
    return compare_with_published(own, found.edition, others)


def _own_of(result: Mapping[str, Any], path: Path) -> OwnAssessment:
    if result["schema"] == PUBLISHED_SCHEMA:
        raise FatfKitError(
            "{file} contains published ratings. Name the result of your own assessment.", file=shown_name(path)
        )
    if result["schema"] == EARLIER_SCHEMA:
        raise FatfKitError(
            "{file} was written by an earlier version, which had no ranges. Run 'fatf-kit score' again.",
            file=shown_name(path),
        )
    if not result["coverage"]["answered"] and all(unit["decided"] is None for unit in result["recommendations"]):
        raise FatfKitError(_UNANSWERED)
    return read_own_result(result)
