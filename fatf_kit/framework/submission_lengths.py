"""How long the parts of a submission usually are: guidance that a report shows, never a limit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualLength:
    """A usual length in words."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionShape:
    """Usual lengths of an answer to a Recommendation and to a core issue."""

    words_for_recommendation: UsualLength
    words_for_core_issue: UsualLength


@cache
def load_submission_shape() -> SubmissionShape:
    """Return the shipped guidance.

    Raises:
        FrameworkError: the file does not conform to its schema.

    >>> load_submission_shape().words_for_recommendation.value
    250
    """
    return load_value(data_folder("frameworks") / "submission.json", SubmissionShape, "submission.schema.json")
