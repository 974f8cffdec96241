"""The public functions that write the coordinator's letters and model documents of an assessment folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fatf_kit.assessed.facts import ReturnStatus
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import LETTERS, Workspace
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.ratings import FindingKind
from fatf_kit.core.store import write_files
from fatf_kit.papers.letters import MODELS, LetterFacts, build_letter
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.model import Document
from fatf_kit.workflows.scoring import ScoringResult, score

_FIRST_LETTERS = ("cover", "focal-points", "training")
"""Letters with which the work of an agency begins."""


def folder_letters(
    path: str | Path | ScoringResult,
    *,
    today: date,
    only_due: bool = False,
    on_progress: ProgressCallback | None = None,
) -> Iterator[tuple[str, Document]]:
    """Yield the letters of an assessment folder, each with the name of its file without an ending.

    Every agency gets a covering letter, a form for its focal points and an invitation to training in its language, and
    a reminder if its due date has passed and it has not answered all that it leads. The model decree and the terms of
    reference are in the main language of the folder. With `only_due` an agency to which its workbook was sent, or that
    has returned one, gets at most a reminder.

    Raises:
        FatfKitError: the settings of the folder cannot be used.

    >>> from datetime import date
    >>> [name for name, _ in folder_letters("examples/ruritania", today=date(2027, 1, 10))][:2]
    ['council-cover', 'council-focal-points']
    """
    scored = path if isinstance(path, ScoringResult) else score(path, on_progress=on_progress)
    workspace = require_workspace(scored)
    known = scored.facts(today)
    unanswered = group_pairs(
        (gap.owner, gap.requirement) for gap in known.gaps if FindingKind.UNANSWERED in gap.kinds and gap.has_agency
    )
    for fact in known.agencies:
        agency = workspace.by_id[fact.agency]
        t = Translator(add_country(agency.language, workspace.settings.country))
        facts = _common_facts(
            workspace,
            t.language,
            agency=agency.name(agency.language),
            day=today,
            due=agency.due,
            leads=fact.leads,
            supports=fact.supports,
            requested=fact.leads,
            answered=fact.leads_answered,
            missing=tuple(unanswered.get(agency.id, ())),
        )
        has_begun = agency.sent is not None or fact.returned is not ReturnStatus.NOTHING
        first = () if only_due and has_begun else _FIRST_LETTERS
        for kind in (*first, *(("reminder",) if fact.is_overdue or fact.is_incomplete else ())):
            yield f"{agency.id}-{kind}", build_letter(kind, facts, t)
    main = workspace.settings.main_language
    for kind in MODELS:
        yield kind, build_letter(kind, _common_facts(workspace, main), Translator(main))


def require_workspace(scored: ScoringResult) -> Workspace:
    """Return the assessment folder that was scored.

    Raises:
        FatfKitError: workbooks were scored without a folder.
    """
    if scored.workspace is None:
        raise FatfKitError("This is not an assessment folder. Name the folder with assessment.xlsx.")
    return scored.workspace


def _common_facts(workspace: Workspace, language: str, **facts: object) -> LetterFacts:
    settings = workspace.settings
    first, last = settings.on_site_from, settings.on_site_to
    return LetterFacts(
        country=name_country(settings, language),
        visit=(first, last) if first and last else None,
        cut_off=settings.last_day,
        notice=settings.notice,
        coordinator=settings.return_to,
        **facts,  # type: ignore[arg-type]
    )


def locate_letters(workspace: Workspace) -> Path:
    """Return the folder of the letters in an assessment folder."""
    return workspace.path / LETTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetters:
    """The letters that were written, and those left as they are: changed by a person, or open in another program."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_letters(
    scored: ScoringResult, folder: str | Path, *, today: date, only_due: bool = False, force: bool = False
) -> WrittenLetters:
    """Write the letters of an assessment folder, as `folder_letters` gives them, as Word documents into a folder.

    A letter that a person has changed, or has open, is left as it is; `force` replaces one that was changed.

    Raises:
        FatfKitError: a file cannot be written.

    >>> from datetime import date
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import score
    >>> with TemporaryDirectory() as folder:
    ...     written = write_letters(score("examples/graustark"), Path(folder), today=date(2027, 1, 10))
    >>> len(written.written), written.kept
    (14, ())
    """
    folder = Path(folder)
    made = folder_letters(scored, today=today, only_due=only_due)
    contents = {f"{name}.docx": render_docx(document) for name, document in made}
    written: list[Path] = []
    kept: list[Path] = []
    for name, content in contents.items():
        try:
            written += write_files(folder, {name: content}, force=force)
        except FatfKitError:
            if not (folder / name).exists():
                raise
            kept.append(folder / name)
    return WrittenLetters(written=tuple(written), kept=tuple(kept))
