"""The public function that writes the coordinator's letters and model documents of an assessment folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fatf_kit.assessment.answers.returns import list_agency_responses
from fatf_kit.assessment.folder.assignment import requirements_by_agency
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import LETTERS, Workspace
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.papers.letters import MODELS, LetterFacts, build_letter
from fatf_kit.report.model import Document
from fatf_kit.workflows.folder_scoring import FolderScore, score_folder


def folder_letters(
    path: str | Path | FolderScore, *, today: date, on_progress: ProgressCallback | None = None
) -> Iterator[tuple[str, Document]]:
    """Yield the letters of an assessment folder, each with the name of its file without an ending.

    Every agency gets a covering letter, a form for its focal points and an invitation to training in its language, and
    a reminder if its due date has passed and a requirement is unanswered. The model decree and the terms of reference
    are in the main language of the folder.

    Raises:
        FatfKitError: the settings of the folder cannot be used.
    """
    scored = path if isinstance(path, FolderScore) else score_folder(path, on_progress=on_progress)
    workspace = scored.workspace
    asked = requirements_by_agency(scored.framework, workspace.assignment)
    states = {one.agency: one for one in list_agency_responses(asked, scored.responses)}
    for agency in workspace.agencies:
        state = states.get(agency.id)
        if state is None:
            continue
        t = Translator(add_country(agency.language, workspace.settings.country))
        leads = sum(workspace.assignment.duty(name).lead == agency.id for name in state.requested)
        facts = _common_facts(
            workspace,
            t.language,
            agency=agency.name(agency.language),
            due=agency.due,
            leads=leads,
            supports=len(state.requested) - leads,
            asked=len(state.requested),
            answered=len(state.answered),
            missing=state.unanswered,
        )
        is_late = agency.due is not None and agency.due < today and bool(state.unanswered)
        for kind in ("cover", "focal-points", "training", *(("reminder",) if is_late else ())):
            yield f"{agency.id}-{kind}", build_letter(kind, facts, t)
    main = add_country(workspace.settings.languages[0], workspace.settings.country)
    for kind in MODELS:
        yield kind, build_letter(kind, _common_facts(workspace, main), Translator(main))


def _common_facts(workspace: Workspace, language: str, **facts: object) -> LetterFacts:
    settings = workspace.settings
    first, last = settings.on_site_from, settings.on_site_to
    return LetterFacts(
        country=name_country(settings, language),
        visit=(first, last) if first and last else None,
        cut_off=settings.last_day,
        notice=settings.notice,
        **facts,  # type: ignore[arg-type]
    )


def locate_letters(workspace: Workspace) -> Path:
    """Return the folder of the letters in an assessment folder."""
    return workspace.path / LETTERS
