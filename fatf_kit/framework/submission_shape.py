"""The shape of submissions to the evaluators: the order of their parts, and how long these usually are.

Lengths are guidance that the command and the draft show, never a limit. Orders and lengths are data of an edition
(submission.json), each with its source and confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.json_files import load_json, load_value
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import data_folder

FILE = "submission.json"
_SCHEMA = "submission.schema.json"


class SubmissionPart(StrEnum):
    """A part of a submission that has a place of its own; `EVIDENCE` is the numbered annex."""

    CONTEXT = "context"
    RECOMMENDATIONS = "recommendations"
    OUTCOMES = "outcomes"
    INSTRUMENTS = "instruments"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOrder:
    """The order of the parts of one submission."""

    order: tuple[SubmissionPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualLength:
    """A usual length in words."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualLengths:
    """Usual lengths of both submissions, of the text on one criterion with its parts, and of that on one core issue."""

    words_in_compliance: UsualLength
    words_in_effectiveness: UsualLength
    words_for_criterion: UsualLength
    words_for_core_issue: UsualLength


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFindingShape:
    """The number of key findings of an outcome, from its strongest and weakest core issues, and the words of one."""

    strongest: int
    weakest: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionShape:
    """The shape of both submissions under one edition."""

    edition: str
    compliance: PartOrder
    effectiveness: PartOrder
    lengths: UsualLengths
    key_findings: KeyFindingShape


@cache
def load_submission_shape(edition: str) -> SubmissionShape:
    """Return the shape of submissions under a bundled edition.

    Raises:
        FrameworkError: the edition has no such file, or the file does not conform to its schema.

    >>> [str(part) for part in load_submission_shape("fatf-2022").effectiveness.order]
    ['context', 'outcomes', 'instruments', 'evidence']
    """
    path = data_folder("frameworks") / edition / FILE
    if not path.is_file():
        raise FrameworkError(
            "{edition} does not have the shape of its submissions yet: its folder does not contain {file}.",
            edition=edition,
            file=FILE,
        )
    return load_value(path, SubmissionShape, _SCHEMA)


def check_submission_file(folder: Path) -> tuple[Problem, ...]:
    """Return every fault in an edition's shape of submissions; an edition without any has none."""
    path = folder / FILE
    return load_json(path, _SCHEMA, f"{folder.name}/{FILE}")[1] if path.is_file() else ()
