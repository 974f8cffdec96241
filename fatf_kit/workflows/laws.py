"""The public functions on the register of laws of an assessment folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fatf_kit.assessment.folder.folder import check_workspace, name_country
from fatf_kit.assessment.folder.model import LAWS, Workspace
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.laws.book import render_register
from fatf_kit.laws.citations import ResolvedCitation
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import LawRegister
from fatf_kit.laws.proposals import Proposals, propose_rows
from fatf_kit.workflows.folder_decisions import list_problems_of, rewrite_book
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.scoring import ScoringResult, score


@dataclass(frozen=True, slots=True, kw_only=True)
class LawReview:
    """An assessment folder scored, with its register of laws and every citation of its answers matched with that."""

    scored: ScoringResult
    folder: FolderScore

    @property
    def register(self) -> LawRegister:
        """The register of laws; empty where the folder has no laws.xlsx."""
        return self.folder.laws

    @property
    def matcher(self) -> CitationMatcher:
        """The matcher of citations with the register."""
        return self.folder.matcher

    @property
    def citations(self) -> tuple[ResolvedCitation, ...]:
        """Every citation in the answers, matched with the register."""
        return self.folder.citations


def review_laws(path: str | Path, *, on_progress: ProgressCallback | None = None) -> LawReview:
    """Read and score an assessment folder, and match what its answers cite with its register of laws.

    `on_progress` is called with the number of workbooks read and their total.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.
    """
    check_workspace(path)
    return review_scored_laws(score(path, on_progress=on_progress))


def review_scored_laws(scored: ScoringResult) -> LawReview:
    """Return the same for an assessment folder that was scored already.

    Raises:
        FatfKitError: workbooks without an assessment folder were scored.
    """
    if scored.folder is None:
        raise FatfKitError("A register of laws belongs to an assessment folder. Name the folder with assessment.xlsx.")
    return LawReview(scored=scored, folder=scored.folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawProposals:
    """The rows proposed for the register of laws, and the workbook that was written.

    `path` is None where nothing was written: there was nothing new, or laws.xlsx has `problems` that would lose cells.
    """

    review: LawReview
    proposed: Proposals
    path: Path | None
    problems: tuple[Problem, ...]


def propose_laws(
    path: str | Path,
    *,
    today: date | None = None,
    moment: str = "",
    on_progress: ProgressCallback | None = None,
) -> LawProposals:
    """Add to laws.xlsx what the answers cite and the workbook lacks; every row is marked as proposed.

    Rows that are there stay, and the earlier file is kept in history/ under `moment`, a time in ISO 8601; by default
    the present one. `today` decides whether a new instrument is in force already. A workbook of which a cell cannot be
    read is not written. `on_progress` is called with the number of workbooks read and their total.

    Raises:
        FatfKitError: the folder is not an assessment folder, or a file cannot be written.
    """
    review = review_laws(path, on_progress=on_progress)
    workspace = review.folder.workspace
    country = workspace.settings.country
    proposed = propose_rows(review.register, review.citations, country, today=today or date.today())
    target = workspace.path / LAWS
    is_new = proposed.count > 0 or not target.is_file()
    content = render_laws(proposed.register, workspace) if is_new else None
    own = list_problems_of(LAWS, review.scored.problems)
    written, kept = rewrite_book(target, content, own, "laws-kept", moment)
    return LawProposals(review=review, proposed=proposed, path=written, problems=(*own, *kept))


def render_laws(register: LawRegister, workspace: Workspace) -> bytes:
    """Return the workbook of a register in the language of an assessment folder."""
    settings = workspace.settings
    t = Translator(settings.main_language)
    return render_register(register, t, country=name_country(settings, t.language), notices=settings.notices)


def check_laws(
    path: str | Path, *, on_progress: ProgressCallback | None = None
) -> tuple[LawReview, tuple[Problem, ...]]:
    """Return the review of a folder's register of laws, and the problems that concern the register.

    Questions about citations in answers are among them, since they are decided in the register.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.
    """
    review = review_laws(path, on_progress=on_progress)
    problems = review.scored.problems
    codes = ("law-near", "law-date-differs")
    return review, tuple(one for one in problems if one.code in codes or list_problems_of(LAWS, [one]))
