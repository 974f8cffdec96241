"""Collects what all papers of one day share: the background, the action plan, and the facts counted from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from fatf_kit.action_plan.model import ActionPlan
from fatf_kit.assessed.facts import FolderFacts
from fatf_kit.core.errors import FatfKitError
from fatf_kit.evaluation_calendar.folder_settings import read_plan_settings
from fatf_kit.mock_visit.model import Debrief
from fatf_kit.papers.folder_facts import FolderState, collect_folder_facts
from fatf_kit.papers.report_input import Background, PaperInput
from fatf_kit.workflows.background import collect_background
from fatf_kit.workflows.plan import plan_scored

if TYPE_CHECKING:
    from fatf_kit.workflows.folder_scoring import FolderScore
    from fatf_kit.workflows.scoring import ScoringResult


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBasis:
    """The values that all papers of a day share. `plan` is None where its settings cannot be used."""

    background: Background
    plan: ActionPlan | None
    facts: FolderFacts


def collect_basis(scored: ScoringResult, paper_input: PaperInput) -> PaperBasis:
    """Collect what all papers of the day of `paper_input` share; it is that for assessors, in any language."""
    background = collect_background(scored.framework.id, scored.iso3, scored.workspace, paper_input.today)
    try:
        plan = plan_papers(scored, paper_input.today)
    except FatfKitError:  # papers that ask for decisions report it; the others do without earliest dates
        plan = None
    state = _describe_state(scored.folder, background) if scored.folder else FolderState()
    facts = collect_folder_facts(replace(paper_input, background=background), plan, state)
    return PaperBasis(background=background, plan=plan, facts=facts)


def _describe_state(folder: FolderScore, background: Background) -> FolderState:
    """Describe what the folder knows that no answer does."""
    asked = [question.agency_ratings for question in folder.questions if not question.is_idle]
    questions = Counter(agency for ratings in asked for agency in {rating.agency or "" for rating in ratings})
    questions.update(copy.agency or "" for copy in folder.responses.copies)
    return FolderState(
        agencies=folder.workspace.agencies,
        questions=folder.open_question_count,
        questions_of={agency: n for agency, n in questions.items() if agency},
        shown_of={covered.agency: covered.shown or 0 for covered in folder.coverage},
        plan_dues=background.plan_dues,
    )


def plan_papers(scored: ScoringResult, start: date) -> ActionPlan:
    """Make the action plan that begins on the day of a paper.

    Raises:
        FatfKitError: the country's own settings of the plan cannot be used.
    """
    home = [scored.workspace.path] if scored.workspace else []
    settings = read_plan_settings(home, None, scored.iso3 or scored.assessment.country)
    rehearsal = scored.folder[Debrief] if scored.folder else None
    return plan_scored(scored, settings, start=start, debrief=rehearsal)
