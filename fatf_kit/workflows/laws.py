"""The public functions on the register of laws of an assessment folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fatf_kit.assessment.folder.folder import is_workspace
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.laws.citations import ResolvedCitation, collect_citations
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import LawRegister
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.scoring import ScoringResult, score


@dataclass(frozen=True, slots=True, kw_only=True)
class LawReview:
    """An assessment folder scored, with its register of laws and every citation of its answers matched with that."""

    scored: ScoringResult
    folder: FolderScore
    matcher: CitationMatcher
    citations: tuple[ResolvedCitation, ...]

    @property
    def register(self) -> LawRegister:
        """The register of laws; empty where the folder has no laws.xlsx."""
        return self.folder.laws


def review_laws(path: str | Path, *, on_progress: ProgressCallback | None = None) -> LawReview:
    """Read and score an assessment folder, and match what its answers cite with its register of laws.

    `on_progress` is called with the number of workbooks read and their total.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.
    """
    if not is_workspace(Path(path)):
        raise FatfKitError("{folder} is not an assessment folder. Name the folder with assessment.xlsx.", folder=path)
    return review_scored_laws(score(path, on_progress=on_progress))


def review_scored_laws(scored: ScoringResult) -> LawReview:
    """Return the same for an assessment folder that was scored already.

    Raises:
        FatfKitError: workbooks without an assessment folder were scored.
    """
    if scored.folder is None:
        raise FatfKitError("A register of laws belongs to an assessment folder. Name the folder with assessment.xlsx.")
    folder = scored.folder
    matcher = CitationMatcher(folder.laws, folder.workspace.settings.country)
    return LawReview(
        scored=scored, folder=folder, matcher=matcher, citations=collect_citations(folder.responses, matcher)
    )
