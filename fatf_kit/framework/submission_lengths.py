"""How long the parts of a submission usually are: guidance kept in view, never a limit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.resources import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionShape:
    """Usual lengths in words."""

    words_for_recommendation: int
    words_for_core_issue: int


@cache
def load_submission_shape() -> SubmissionShape:
    """The shipped guidance.

    Raises:
        FrameworkError: the file is at odds with its schema.

    >>> load_submission_shape().words_for_recommendation
    250
    """
    page, problems = load_json(data_folder("frameworks") / "submission.json", "submission.schema.json")
    if problems:
        raise FrameworkError(problems[0].message)
    return SubmissionShape(**{name: entry["value"] for name, entry in page.items()})
