"""Reading and scoring an assessment folder by its settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fatf_kit.assessment.answers.conflicts import AgencyCoverage, coverage_by_agency, drop_decided_conflicts
from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.assessment.answers.folder_answers import read_assessment
from fatf_kit.assessment.answers.model import InputFile, ResponseSet
from fatf_kit.assessment.decisions.bulk import read_bulk_decision, record_bulk_decision
from fatf_kit.assessment.decisions.reader import (
    DecisionBook,
    parse_copy_decisions,
    parse_decisions,
    read_decision_book,
)
from fatf_kit.assessment.folder.folder import find_policy, open_workspace
from fatf_kit.assessment.folder.model import (
    DECISIONS,
    LAWS,
    MOCK,
    PLAN_ITEMS,
    STATISTICS,
    OpenQuestion,
    RecordedDecision,
    Workspace,
)
from fatf_kit.assessment.folder.outdated_workbooks import find_old_answers
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.framework import Framework, load_framework
from fatf_kit.laws.book import read_register
from fatf_kit.laws.citations import ResolvedCitation, collect_citations
from fatf_kit.laws.evidence import apply_register
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import LawRegister
from fatf_kit.npo.measures.findings import SavedSector, read_saved_sector
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.open_judgements import add_effects, list_questions, shown_ratings
from fatf_kit.scoring.policy import Policy
from fatf_kit.statistics.core_issues import build_core_issue_facts
from fatf_kit.statistics.figures import Statistics
from fatf_kit.workflows.origin import FolderFingerprints, fingerprint_folder

if TYPE_CHECKING:
    from fatf_kit.action_plan.items.model import ItemRegister
    from fatf_kit.mock_visit.model import Debrief


@dataclass(frozen=True, kw_only=True)
class FolderScore:
    """An assessment folder read and scored.

    `responses` contain the settled answers with those of all agencies, `proof` is the proof on file for them.
    `questions` are the open questions to people, `decided_questions` those that a decision answers. `decisions` are the
    decisions, `recorded` those of them that one decision on all blank rows makes, `adjustments` the changes by
    decisions and settings. `decision_book` is decisions.xlsx as it was found, `coverage` the progress of each agency,
    `statistics` the figures and cases in its statistics/, `rehearsal` the result of the scored sheets in its mock/,
    `sector` the report on the NPO sector saved in its npo/, `matcher` matches citations with the register of laws in
    its laws.xlsx, `items` are the items of plans that others word in its action-plan.xlsx, None without one.
    `fingerprints` are those of its other files and of its decisions.
    """

    workspace: Workspace
    framework: Framework
    responses: ResponseSet
    proof: EvidenceFacts
    policy: Policy
    assessment: Assessment
    coverage: tuple[AgencyCoverage, ...]
    questions: tuple[OpenQuestion, ...]
    decided_questions: tuple[OpenQuestion, ...]
    decisions: tuple[RecordedDecision, ...]
    recorded: tuple[RecordedDecision, ...]
    adjustments: Adjustments
    decision_book: DecisionBook
    problems: tuple[Problem, ...]
    matcher: CitationMatcher
    statistics: Statistics | None = None
    rehearsal: Debrief | None = None
    sector: SavedSector | None = None
    items: ItemRegister | None = None
    fingerprints: FolderFingerprints | None = None

    @property
    def laws(self) -> LawRegister:
        """The register of laws in its laws.xlsx; empty without one."""
        return self.matcher.register

    @property
    def open_question_count(self) -> int:
        """How many questions wait for a decision; those that change no rating are not counted."""
        return sum(not question.is_idle for question in self.questions) + len(self.responses.copies)

    @cached_property
    def citations(self) -> tuple[ResolvedCitation, ...]:
        """Every citation in the answers, matched with the register of laws."""
        return collect_citations(self.responses, self.matcher)


def score_folder(
    path: str | Path,
    *,
    edition: str | None = None,
    cut_off: date | None = None,
    policy: str | Path | None = None,
    adjustments: Adjustments | None = None,
    on_progress: ProgressCallback | None = None,
) -> FolderScore:
    """Read and score an assessment folder by its settings; arguments have priority over them.

    Weights, sectors and decisions are the folder's own unless `adjustments` are given. `on_progress` is called
    with the number of workbooks read and their total.

    Raises:
        UnknownIdError: no such policy.
        FatfKitError: the settings cannot be used, or are for another edition.

    >>> scored = score_folder("examples/ruritania")
    >>> len(scored.responses.inputs), scored.assessment.policy
    (9, 'indicative-3')
    """
    workspace, problems = open_workspace(path)
    if edition and edition != workspace.settings.edition:
        raise FatfKitError(
            "The folder is for {own}, not for {edition}. Change the edition in its settings.",
            own=workspace.settings.edition,
            edition=edition,
        )
    book = read_decision_book(workspace.path / DECISIONS)
    copy_decisions, unusable_copies = parse_copy_decisions(book)
    reading = read_assessment(workspace, copy_decisions=copy_decisions, on_progress=on_progress)
    figures, unread = read_figures(workspace.path)
    sector, unusable = read_saved_sector(workspace.path)
    proof = collect_evidence_facts(
        reading.responses,
        core_issues=build_core_issue_facts(figures, reading.framework.id),
        country=workspace.settings.country,
    )
    laws, unusable_laws = read_laws(workspace.path, reading.framework)
    matcher = CitationMatcher(laws, workspace.settings.country)
    items, unusable_items = read_plan_items(workspace.path, reading.framework)
    proof = apply_register(proof, laws, matcher)
    rehearsal, unscored = _rehearsal(workspace.path)
    decisions, undecided = parse_decisions(book, reading.framework)
    rules = load_policy(policy or find_policy(workspace))
    settings = workspace.settings
    own = Adjustments(weights=settings.weights, decisions=decisions, sectors=settings.sectors)
    used = adjustments or own
    last_day = cut_off or settings.last_day

    def rate(used: Adjustments) -> tuple[Assessment, tuple[OpenQuestion, ...]]:
        assessment = assess(
            reading.framework, reading.responses, rules, facts=proof, cut_off=last_day, adjustments=used
        )
        questions = list_questions(assessment, reading.responses.answers, workspace.assignment)
        return assessment, add_effects(questions, assessment, rules)

    assessment, questions = rate(used)
    recorded: tuple[RecordedDecision, ...] = ()
    if adjustments is None and (bulk := read_bulk_decision(book)):
        recorded = record_bulk_decision(bulk, questions, book)
        decisions = (*decisions, *recorded)
        used = replace(own, decisions=decisions)
        assessment, questions = rate(used)
    if laws.file:
        register = InputFile(name=laws.file, sha256=laws.sha256)
        assessment = replace(assessment, inputs=(*assessment.inputs, register))
    decided = {one.requirement for one in used.decisions}
    return FolderScore(
        workspace=workspace,
        framework=reading.framework,
        responses=reading.responses,
        proof=proof,
        policy=rules,
        assessment=assessment,
        coverage=coverage_by_agency(
            reading.framework, workspace.assignment, reading.answers, shown_ratings(assessment)
        ),
        adjustments=used,
        questions=tuple(one for one in questions if not one.is_decided),
        decided_questions=tuple(one for one in questions if one.is_decided),
        decisions=decisions,
        recorded=recorded,
        decision_book=book,
        statistics=figures,
        rehearsal=rehearsal,
        sector=sector,
        matcher=matcher,
        items=items,
        fingerprints=fingerprint_folder(workspace.path, decisions, copy_decisions),
        problems=(
            *problems,
            *drop_decided_conflicts(reading.problems, decided),
            *find_old_answers(workspace),
            *unusable_copies,
            *undecided,
            *unread,
            *unusable_laws,
            *unusable_items,
            *unusable,
            *unscored,
        ),
    )


def read_figures(path: Path) -> tuple[Statistics | None, tuple[Problem, ...]]:
    """Return the figures and cases in the folder's statistics/; None where there are none."""
    home = path / STATISTICS
    if not home.is_dir() or not any(home.iterdir()):
        return None, ()
    from fatf_kit.statistics.reader import read_statistics

    statistics, problems = read_statistics([home])
    return (statistics if statistics.returns else None), problems


def read_laws(path: Path, framework: Framework) -> tuple[LawRegister, tuple[Problem, ...]]:
    """Return the register of laws of a folder with its problems; an empty one where there is none."""
    file = path / LAWS
    return read_register(file, framework) if file.is_file() else (LawRegister(), ())


def read_plan_items(path: Path, framework: Framework) -> tuple[ItemRegister | None, tuple[Problem, ...]]:
    """Return the items of plans that others word of a folder with their problems; None where it has no workbook."""
    file = path / PLAN_ITEMS
    if not file.is_file():
        return None, ()
    from fatf_kit.action_plan.items.book import read_items

    return read_items(file, framework)


def _rehearsal(path: Path) -> tuple[Debrief | None, tuple[Problem, ...]]:
    """Return what the scored sheets of a mock visit in the folder's mock/ show; None where none is scored yet."""
    home = path / MOCK
    if not home.is_dir() or not any(home.glob("*.xlsx")):
        return None, ()
    from fatf_kit.mock_visit.data import load_readiness_rule
    from fatf_kit.mock_visit.debrief import make_debrief
    from fatf_kit.mock_visit.reader import read_mock_sheets

    sheets, problems = read_mock_sheets([home])
    if not sheets.files:
        return None, problems
    found = make_debrief(sheets, load_framework(sheets.edition), load_readiness_rule())
    return (found if found.findings else None), problems
