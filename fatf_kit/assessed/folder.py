"""An assessment folder as commands read it, and the parts of it that belong to features."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.assessment.answers.model import InputFile, ResponseSet
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.framework import Framework
from fatf_kit.scoring import Assessment
from fatf_kit.scoring.finding import Finding


class FolderPart:
    """The part of a folder that a feature has read, with what it adds before the rating, after it and to the status.

    A method that a feature does not override adds nothing.
    """

    def add_evidence(self, proof: EvidenceFacts) -> EvidenceFacts:
        """Add to the evidence on file what this part knows; the rating follows from it."""
        return proof

    def list_inputs(self) -> Sequence[InputFile]:
        """List the files on which the rating rests besides the workbooks of answers."""
        return ()

    def add_findings(self, findings: Sequence[Finding], framework: Framework, language: str) -> Sequence[Finding]:  # noqa: ARG002
        """Add findings, with texts in a language, to those of the rated answers."""
        return findings

    def check(self, assessment: Assessment) -> Sequence[Problem]:  # noqa: ARG002
        """List what contradicts the rated answers, or is wrong on the days that count for them."""
        return ()

    def list_counts(self, day: date, t: Translator) -> Iterator[tuple[int, str]]:  # noqa: ARG002
        """Yield numbers for the page of the status, each with what it counts; a number of 0 is not shown."""
        yield from ()

    def list_dates(self, t: Translator) -> Iterator[tuple[date, str]]:  # noqa: ARG002
        """Yield the days on which something is due, each with a sentence."""
        yield from ()

    def list_steps(self, t: Translator) -> Iterator[tuple[str, str]]:  # noqa: ARG002
        """Yield what people do next, each with its file or command."""
        yield from ()


Part = TypeVar("Part", bound=FolderPart)


@dataclass(frozen=True, kw_only=True)
class Folder:
    """An assessment folder with the answers of its agencies, and by their types the parts that features read in it."""

    workspace: Workspace
    framework: Framework
    responses: ResponseSet
    parts: Mapping[type[FolderPart], FolderPart] = field(default_factory=dict)

    def __getitem__(self, kind: type[Part]) -> Part | None:
        """Return the part of a type; None where the folder has no file of its feature."""
        part = self.parts.get(kind)
        return part if isinstance(part, kind) else None


class FolderRatings(Protocol):
    """The ratings of a folder, and every finding."""

    @property
    def assessment(self) -> Assessment:
        """The rated answers."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of answers and features."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFolder:
    """An assessment folder of which only the settings are read.

    `rate` reads and rates its answers: a feature calls it where it needs ratings. It is handed in, because the rating
    calls the features.
    """

    workspace: Workspace
    rate: Callable[[ProgressCallback | None], FolderRatings]
