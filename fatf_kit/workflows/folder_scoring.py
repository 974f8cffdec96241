"""Reading and scoring an assessment folder by its settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fatf_kit.assessed.folder import Folder
from fatf_kit.assessment.answers.conflicts import AgencyCoverage, coverage_by_agency, drop_decided_conflicts
from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.assessment.answers.folder_answers import read_assessment
from fatf_kit.assessment.decisions.bulk import read_bulk_decision, record_bulk_decision
from fatf_kit.assessment.decisions.reader import (
    DecisionBook,
    parse_copy_decisions,
    parse_decisions,
    read_decision_book,
)
from fatf_kit.assessment.folder.folder import find_policy, open_workspace
from fatf_kit.assessment.folder.model import DECISIONS, OpenQuestion, RecordedDecision
from fatf_kit.assessment.folder.outdated_workbooks import find_old_answers
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.folder.loops import add_evidence, read_parts
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.open_judgements import add_effects, list_questions, shown_ratings
from fatf_kit.scoring.policy import Policy
from fatf_kit.statistics.core_issues import build_core_issue_facts
from fatf_kit.statistics.figures import Statistics
from fatf_kit.workflows.origin import FolderFingerprints, fingerprint_folder


@dataclass(frozen=True, kw_only=True)
class FolderScore(Folder):
    """An assessment folder read and scored.

    `responses` contain the settled answers with those of all agencies, `proof` is the proof on file for them.
    `questions` are the open questions to people, `decided_questions` those that a decision answers. `decisions` are the
    decisions, `recorded` those of them that one decision on all blank rows makes, `adjustments` the changes by
    decisions and settings. `decision_book` is decisions.xlsx as it was found, `coverage` the progress of each agency.
    `fingerprints` are those of its other files and of its decisions. The parts that features have read in it, such as
    `Statistics`, are found by their types: `folder[Statistics]` is None where there is none.
    """

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
    fingerprints: FolderFingerprints | None = None

    @property
    def open_question_count(self) -> int:
        """How many questions wait for a decision; those that change no rating are not counted."""
        return sum(not question.is_idle for question in self.questions) + len(self.responses.copies)


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
    folder, unread = read_parts(Folder(workspace=workspace, framework=reading.framework, responses=reading.responses))
    proof = collect_evidence_facts(
        reading.responses,
        core_issues=build_core_issue_facts(folder[Statistics], reading.framework.id),
        country=workspace.settings.country,
    )
    proof = add_evidence(proof, folder)
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
    inputs = (file for part in folder.parts.values() for file in part.list_inputs())
    assessment = replace(assessment, inputs=(*assessment.inputs, *inputs))
    decided = {one.requirement for one in used.decisions}
    return FolderScore(
        **vars(folder),
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
        fingerprints=fingerprint_folder(workspace.path, decisions, copy_decisions),
        problems=(
            *problems,
            *drop_decided_conflicts(reading.problems, decided),
            *find_old_answers(workspace),
            *unusable_copies,
            *undecided,
            *unread,
        ),
    )
