"""The functions on the training record of an assessment folder: its workbook, test papers, and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fatf_kit.assessed.folder import FolderRatings, OpenedFolder
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.kept_files import Draft, rewrite_book
from fatf_kit.assessment.folder.model import TRAINING, Workspace
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.store import read_bytes
from fatf_kit.framework import Framework, find_unit, load_framework
from fatf_kit.framework.model import ImmediateOutcome
from fatf_kit.framework.question_bank import load_bank
from fatf_kit.report.model import Document, Report
from fatf_kit.scoring.report.notices import phrase_indicative_notice
from fatf_kit.training.book import read_record, render_record
from fatf_kit.training.counts import summarise_training
from fatf_kit.training.model import RatedOutcome, TrainingAudience
from fatf_kit.training.papers import PaperQuestion, build_papers_document, choose_papers
from fatf_kit.training.report import build_training_report
from fatf_kit.training.report_tables import TrainingImprint
from fatf_kit.training.sheets import ReadingContext, TrainingRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingTemplate:
    """The record of a folder, its workbook and the papers of a test.

    `path` is None where training.xlsx was not written: nothing changed, or its `problems` would lose cells. `papers` is
    None where no test was wanted; `outcomes` are the ids of those that it is about.
    """

    record: TrainingRecord
    path: Path | None
    papers: Document | None
    outcomes: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingReport:
    """The report on a training record, and the problems of its workbook."""

    record: TrainingRecord
    report: Report
    problems: tuple[Problem, ...]


def training_template(
    folder: OpenedFolder,
    *,
    tests: Sequence[str] = (),
    questions: int = 5,
    language: str = "en",
    today: date | None = None,
    moment: str = "",
) -> TrainingTemplate:
    """Write training.xlsx of an assessment folder, and return two papers for a test on some outcomes.

    What is filled in stays; the agencies in the drop-downs are those of the folder at present. The earlier file is kept
    in history/ under `moment`, a time in ISO 8601; by default the present one. A workbook of which a cell cannot be
    read is not written. `tests` are outcomes like "IO.3"; each paper has `questions` on each outcome, or as many as the
    bank of the mock visit has. The papers are in `language`, the workbook is in that of the folder.

    Raises:
        UnknownIdError: no such outcome or language.
        FatfKitError: the folder is not an assessment folder, or a file cannot be written.

    >>> from fatf_kit import training_template
    >>> from shutil import copytree
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     made = training_template(copytree("examples/graustark", f"{folder}/graustark"), tests=["IO.6"])
    >>> made.papers.title, made.path.name
    ('Test before and after a training', 'training.xlsx')
    """
    workspace = folder.workspace
    papers, outcomes, few = _make_papers(workspace, tests, questions, language) if tests else (None, (), ())

    target = workspace.path / TRAINING

    def read() -> Draft[TrainingRecord]:
        record, problems = _read(workspace, today or date.today())
        content = render_training(record, workspace)
        return Draft(record, None if content == read_bytes(target) else content, problems)

    written, draft, kept = rewrite_book(target, read, "training-kept", moment)
    problems = (*draft.problems, *kept, *few)
    return TrainingTemplate(record=draft.made, path=written, papers=papers, outcomes=outcomes, problems=problems)


def render_training(record: TrainingRecord, workspace: Workspace) -> bytes:
    """Return the workbook of a training record in the language of an assessment folder."""
    settings = workspace.settings
    t = Translator(settings.main_language)
    country = name_country(settings, t.language)
    return render_record(record, workspace.agencies, t, country=country, notices=settings.notices)


def training_report(
    folder: OpenedFolder,
    *,
    generated_at: str,
    audience: str = TrainingAudience.PARTNER,
    language: str = "en",
    on_progress: ProgressCallback | None = None,
) -> TrainingReport:
    """Return the report on the training record of an assessment folder: page, sheets, CSV and JSON.

    `generated_at`, a date or a date and time in ISO 8601, is printed as given; sessions after its day are not counted.
    The copy for a partner has no ratings and shows no group under five. Only that of the government rates the folder
    and compares the sessions with outcomes rated ME or LE; `on_progress` is then called with the number of workbooks
    read and their total.

    Raises:
        UnknownIdError: no such audience or language.
        FatfKitError: the folder is not an assessment folder, or `generated_at` is not a date.

    >>> from fatf_kit import training_report
    >>> made = training_report("examples/ruritania", generated_at="2026-11-28")
    >>> made.report.payload["seats"], made.report.payload["needs"]
    (137, None)
    """
    if audience not in list(TrainingAudience):
        raise UnknownIdError(
            "'{found}' is not an audience. Allowed: {names}.", found=audience, names=tuple(TrainingAudience)
        )
    reader, today = TrainingAudience(audience), date.fromisoformat(check_moment(generated_at)[:10])
    workspace, settings = folder.workspace, folder.workspace.settings
    language = add_country(language, settings.country)
    t = Translator(language)
    record, problems = _read(workspace, today)
    notices = tuple(map(t, settings.notices))
    rated: tuple[RatedOutcome, ...] = ()
    if reader is TrainingAudience.GOVERNMENT:
        rated = _rate_outcomes(folder.rate(on_progress))
        notices = (*notices, phrase_indicative_notice(t))
    imprint = TrainingImprint(
        framework=load_framework(settings.edition, language),
        country=name_country(settings, language),
        generated_at=generated_at,
        notices=notices,
        agencies={one.id: one.name(language) for one in workspace.agencies},
    )
    summary = summarise_training(record, today=today, audience=reader, rated=rated)
    report = build_training_report(summary, imprint, t)
    return TrainingReport(record=record, report=report, problems=problems)


def _read(workspace: Workspace, today: date) -> tuple[TrainingRecord, tuple[Problem, ...]]:
    """Return the record of a folder with its problems; an empty one where there is none."""
    file = workspace.path / TRAINING
    if not file.is_file():
        return TrainingRecord(), ()
    edition = workspace.settings.edition
    context = ReadingContext(
        framework=load_framework(edition),
        agencies=workspace.agencies,
        today=today,
        questions=frozenset(one.id for questions in load_bank(edition).values() for one in questions),
    )
    return read_record(file, context)


def _make_papers(
    workspace: Workspace, tests: Sequence[str], wanted: int, language: str
) -> tuple[Document, tuple[str, ...], tuple[Problem, ...]]:
    """Return the papers of a test, the ids of its outcomes, and a problem for each with too few questions in the bank.

    Raises:
        UnknownIdError: no such outcome or language.
        FatfKitError: fewer than one question is wanted.
    """
    if wanted < 1:
        raise FatfKitError("A test needs at least one question for each outcome.")
    settings = workspace.settings
    language = add_country(language, settings.country)
    framework, t = load_framework(settings.edition, language), Translator(language)
    outcomes = _find_outcomes(framework, tests)
    bank = [
        PaperQuestion(
            id=one.id,
            outcome=issue.partition("/")[0],
            core_issue=issue,
            text=one.question,
            strong=one.strong,
            roles=one.roles,
        )
        for issue, questions in load_bank(settings.edition, language).items()
        for one in questions
    ]
    ids = tuple(outcome.id for outcome in outcomes)
    papers = choose_papers(bank, ids, wanted)
    document = build_papers_document(
        papers,
        [(one.id, one.title) for one in outcomes],
        t,
        country=name_country(settings, language),
        notices=tuple(map(t, settings.notices)),
    )
    few = (make_problem("training-bank", None, outcome=name, most=most, wanted=wanted) for name, most in papers.short)
    return document, ids, tuple(few)


def _find_outcomes(framework: Framework, names: Sequence[str]) -> tuple[ImmediateOutcome, ...]:
    found: dict[str, ImmediateOutcome] = {}
    for name in names:
        unit = find_unit(framework, name)
        if not isinstance(unit, ImmediateOutcome):
            raise UnknownIdError("{unit} is a Recommendation. A test covers outcomes, IO.1 to IO.11.", unit=unit.id)
        found[unit.id] = unit
    return tuple(found.values())


def _rate_outcomes(rated: FolderRatings) -> tuple[RatedOutcome, ...]:
    """Return the outcomes of a folder with their rating, of which the worst end counts, and their findings."""
    counts = Counter(finding.unit for finding in rated.findings)
    return tuple(
        RatedOutcome(
            id=one.id,
            rating=one.counted.describe(),
            findings=counts[one.id],
            order=10 * (one.counted.worst.rank or 0) + (one.counted.best.rank or 0),
            is_low=str(one.counted.worst) in ("LE", "ME"),
        )
        for one in rated.assessment.outcomes
    )
