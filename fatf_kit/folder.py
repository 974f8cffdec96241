"""The verbs that work on a whole assessment folder: scoring it, its decisions, the workbooks of its agencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fatf_kit.errors import FatfKitError
from fatf_kit.files import write_file
from fatf_kit.framework import Framework, load_framework
from fatf_kit.mock.data import load_measure
from fatf_kit.mock.debrief import debrief
from fatf_kit.mock.model import Debrief
from fatf_kit.mock.reader import read_sheets
from fatf_kit.npo.saved import SavedSector, read_saved_sector
from fatf_kit.problems import Problem
from fatf_kit.published import find_report
from fatf_kit.responses.agency_workbook import homeless, write_agency_workbook
from fatf_kit.responses.agreement import AgencyCoverage, coverage_by_agency
from fatf_kit.responses.decision_sheet import render_decisions
from fatf_kit.responses.decisions import DecisionBook, parse_decisions, read_decision_book
from fatf_kit.responses.folder import read_assessment
from fatf_kit.responses.intake import read_responses
from fatf_kit.responses.model import ResponseSet
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.open_judgements import open_questions, shown_in
from fatf_kit.scoring.policy import Policy
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.intake import read_statistics
from fatf_kit.statistics.shown import shown_core_issues
from fatf_kit.tally import Told
from fatf_kit.workspace.folder import open_workspace, policy_of
from fatf_kit.workspace.model import DECISIONS, HISTORY, MOCK, STATISTICS, Agency, Decision, Question, Workspace
from fatf_kit.workspace.templates import find_agency, template_path


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderScore:
    """An assessment folder read and scored.

    `responses` hold the settled answers with all their voices. `questions` are what people have to decide,
    `decisions` what they have decided, `adjustments` what that and the settings change, `decision_book` that file as it
    was found, `coverage` how far each agency is, `statistics` the figures and cases in its statistics/,
    `rehearsal` what the scored sheets in its mock/ show, `sector` the report on the NPO sector saved in its npo/.
    """

    workspace: Workspace
    framework: Framework
    responses: ResponseSet
    policy: Policy
    assessment: Assessment
    coverage: tuple[AgencyCoverage, ...]
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...]
    adjustments: Adjustments
    decision_book: DecisionBook
    problems: tuple[Problem, ...]
    statistics: Statistics | None = None
    rehearsal: Debrief | None = None
    sector: SavedSector | None = None


def score_folder(
    path: str | Path,
    *,
    edition: str | None = None,
    cut_off: date | None = None,
    policy: str | Path | None = None,
    adjustments: Adjustments | None = None,
    told: Told | None = None,
) -> FolderScore:
    """Read and score an assessment folder by its settings; what is given here goes before them.

    Weights, sectors and decisions are the folder's own unless `adjustments` are given. `told` is told how many
    workbooks are read.

    Raises:
        UnknownIdError: no such policy.
        FatfKitError: the settings cannot be used, or are for another edition.
    """
    workspace, problems = open_workspace(path)
    if edition and edition != workspace.settings.edition:
        raise FatfKitError(f"The folder is for {workspace.settings.edition}, not for {edition}. Change its settings.")
    reading = read_assessment(workspace, told=told)
    figures, unread = _figures(workspace.path)
    sector, unusable = read_saved_sector(workspace.path)
    backed = frozenset(shown_core_issues(figures, reading.framework.id)) if figures else frozenset()
    responses = replace(reading.responses, backed=backed)
    rehearsal, unscored = _rehearsal(workspace.path)
    book = read_decision_book(workspace.path / DECISIONS)
    decisions, undecided = parse_decisions(book, reading.framework)
    rules = load_policy(policy or policy_of(workspace))
    settings = workspace.settings
    own = Adjustments(weights=settings.weights, decisions=decisions, sectors=settings.sectors)
    last_day = cut_off or settings.last_day
    assessment = assess(reading.framework, responses, rules, cut_off=last_day, adjustments=adjustments or own)
    return FolderScore(
        workspace=workspace,
        framework=reading.framework,
        responses=responses,
        policy=rules,
        assessment=assessment,
        coverage=coverage_by_agency(reading.framework, workspace.assignment, reading.answers, shown_in(assessment)),
        adjustments=adjustments or own,
        questions=open_questions(assessment, responses.answers),
        decisions=decisions,
        decision_book=book,
        statistics=figures,
        rehearsal=rehearsal,
        sector=sector,
        problems=(*problems, *reading.problems, *undecided, *unread, *unusable, *unscored),
    )


def _figures(path: Path) -> tuple[Statistics | None, tuple[Problem, ...]]:
    """The figures and cases in the folder's statistics/; None where there are none."""
    home = path / STATISTICS
    if not home.is_dir() or not any(home.iterdir()):
        return None, ()
    statistics, problems = read_statistics([home])
    return (statistics if statistics.returns else None), problems


def _rehearsal(path: Path) -> tuple[Debrief | None, tuple[Problem, ...]]:
    """What the scored sheets of a mock visit in the folder's mock/ show; None where none is scored yet."""
    home = path / MOCK
    if not home.is_dir() or not any(home.glob("*.xlsx")):
        return None, ()
    sheets, problems = read_sheets([home])
    if not sheets.files:
        return None, problems
    found = debrief(sheets, load_framework(sheets.edition), load_measure())
    return (found if found.findings else None), problems


def write_decisions(score: FolderScore, *, moment: str) -> Path | None:
    """Bring decisions.xlsx of an assessment folder up to date; None where there is nothing to write.

    Rows that somebody has touched are kept word for word, and the file as it was goes into history/ under `moment`.
    A file that cannot be read is left alone; a Problem has said so.

    Raises:
        FatfKitError: the file cannot be written.
    """
    book, workspace = score.decision_book, score.workspace
    if not book.readable or not (score.questions or book.exists):
        return None
    spoken = workspace.settings.languages[0]
    framework = load_framework(score.framework.id, spoken)
    content = render_decisions(score.questions, book, workspace, framework, spoken)
    target = workspace.path / DECISIONS
    before = target.read_bytes() if book.exists else b""
    if content == before:
        return None
    if book.exists:
        write_file(workspace.path / HISTORY / f"{file_moment(moment)} {DECISIONS}", before)
    return write_file(target, content)


def file_moment(moment: str) -> str:
    """A moment as part of a file's name, which may hold no colon.

    >>> file_moment("2026-11-24T15:00+00:00")
    '2026-11-24 15-00'
    """
    return moment[:16].replace("T", " ").replace(":", "-")


def read_earlier(path: str | Path, copies: Sequence[str | Path]) -> tuple[ResponseSet, tuple[Problem, ...]]:
    """Earlier copies of an assessment folder's workbooks, what cannot be used of them, and what no agency would take.

    Raises:
        FatfKitError: the folder cannot be used.
    """
    workspace, _ = open_workspace(path)
    places = [Path(place) for place in copies]
    _, earlier, problems = read_responses(places, edition=workspace.settings.edition, agencies=workspace.by_id)
    return earlier, (*problems, *homeless(earlier, workspace))


def agency_templates(
    path: str | Path,
    *,
    agencies: Sequence[str] = (),
    languages: Sequence[str] = (),
    output: str | Path | None = None,
    prefill: Sequence[str | Path] | ResponseSet = (),
    published: str | None = None,
    force: bool = False,
) -> Iterator[tuple[Agency, Path, bool]]:
    """Write the workbook of each agency of an assessment folder; gives one after another, with whether it was written.

    Each in its agency's own language, or in each of `languages`. False stands for one that is there already, which
    only `force` replaces, and for an agency that is asked nothing. `prefill` are earlier copies, or what `read_earlier`
    gave for them, which also tells what of them cannot be used; `published` is an ISO 3166 code whose last evaluation
    is told on the sheets.

    Raises:
        UnknownIdError: no such agency, language or jurisdiction.
        FatfKitError: the folder cannot be used, or a file cannot be written.
    """
    workspace, _ = open_workspace(path)
    wanted = [find_agency(workspace, name) for name in agencies] or list(workspace.agencies)
    if isinstance(prefill, ResponseSet):
        earlier: ResponseSet | None = prefill
    else:
        earlier = read_earlier(path, prefill)[0] if prefill else None
    report = find_report(published, "MER") if published else None
    for agency in wanted:
        for language in languages or (None,):
            target = template_path(workspace, agency, language)
            if output is not None:
                target = Path(output) / target.name
            written = (force or not target.exists()) and write_agency_workbook(
                workspace, agency, target, language=language, earlier=earlier, published=report
            )
            yield agency, target, written
