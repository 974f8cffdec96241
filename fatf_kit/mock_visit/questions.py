"""The questions of a rehearsal: this country's own open points first, then what assessors commonly ask.

Words of answers that are marked restricted are not in the findings, so they are not in any question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.model import Duty
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id
from fatf_kit.framework.model import CoreIssue, Framework, ImmediateOutcome
from fatf_kit.framework.question_bank import BankQuestion
from fatf_kit.mock_visit.data import load_own_questions
from fatf_kit.mock_visit.model import Contradiction, Disagreement, MockAgency, MockQuestion, MockQuestionReason
from fatf_kit.scoring.finding import Finding
from fatf_kit.spreadsheets.words import format_ids

_T = TypeVar("_T")

_HEAVY = (Severity.FUNDAMENTAL, Severity.MAJOR, Severity.MODERATE)

_MOST_SIGNS = 3
"""Signs or pieces of evidence in the text on a strong answer; more are not read in an interview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSources:
    """The sources of the questions. `framework` and `bank` are in the language of the sheets.

    `duties` say by core issue who answers. `technical` is how many shortcomings in law are asked about for one core
    issue.
    """

    framework: Framework
    bank: Mapping[str, tuple[BankQuestion, ...]]
    bodies: tuple[MockAgency, ...]
    duties: Mapping[str, Duty]
    findings: tuple[Finding, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    technical: int = 1

    @property
    def by_id(self) -> Mapping[str, MockAgency]:
        """The agencies by their ids."""
        return {body.id: body for body in self.bodies}


def list_questions(sources: QuestionSources, outcome: ImmediateOutcome, t: Translator) -> tuple[MockQuestion, ...]:
    """Return the questions of an outcome, each with its agency, by core issue and the most pressing first."""
    writer = _QuestionWriter(sources, t)
    return tuple(question for issue in outcome.core_issues for question in writer.write(issue))


def find_disagreements(answers: Iterable[Answer]) -> tuple[Disagreement, ...]:
    """Return where agencies rate one requirement differently, from answers that were settled among them."""
    found = []
    for answer in answers:
        if answer.lowest is not None:
            given = [(one.agency, one.rating) for one in answer.agency_answers if one.agency]
            ratings = tuple((name, rating.value) for name, rating in given if name and rating)
            found.append(Disagreement(requirement=answer.requirement, ratings=ratings))
    return tuple(found)


class _QuestionWriter:
    """Writes the questions on each core issue."""

    def __init__(self, sources: QuestionSources, t: Translator) -> None:
        self._sources, self._t, self._agencies = sources, t, sources.by_id
        self._law = _group_by_core_issue(_list_law_findings(sources), sources.framework)
        disagreements = ((one.requirement, one) for one in sources.disagreements)
        self._conflicts = _group_by_core_issue(disagreements, sources.framework)

    def write(self, issue: CoreIssue) -> Iterator[MockQuestion]:
        agencies = self._sources.duties[issue.id].agencies
        on_duty = [agency for agency in agencies if agency in self._agencies]
        contradictions = (one for one in self._sources.contradictions if one.core_issue == issue.id)
        for number, contradiction in enumerate(contradictions, 1):
            yield from self._ask_about_figures(issue, contradiction, number, on_duty)
        for number, disagreement in enumerate(self._conflicts.get(issue.id, ()), 1):
            yield from self._ask_about_conflict(issue, disagreement, number)
        if on_duty:
            yield from self._ask_about_findings(issue, on_duty[0])
        for one in self._sources.bank[issue.id]:
            knowing = [name for name in on_duty if set(self._agencies[name].roles) & set(one.roles)]
            for agency in knowing or on_duty[:1]:
                yield MockQuestion(
                    id=f"{issue.id}:{one.id}",
                    agency=agency,
                    core_issue=issue.id,
                    why=MockQuestionReason.BANK,
                    question=one.question,
                    tests=one.tests,
                    probe=one.probe,
                    strong=one.strong,
                )

    def _ask_about_figures(
        self, issue: CoreIssue, one: Contradiction, number: int, on_duty: Sequence[str]
    ) -> Iterator[MockQuestion]:
        t, values = self._t, {report.agency: report.value for report in one.reports}
        for agency in [name for name in values if name in self._agencies] or on_duty[:1]:
            reports = [t("you report {value}", value=values[agency])] if agency in values else []
            reports += [
                t("another agency reports {value} ({agency})", agency=self._name_agency(name), value=value)
                for name, value in values.items()
                if name != agency
            ]
            facts = {"measure": one.measure, "reports": t.points(reports)}
            yield self._ask(issue, MockQuestionReason.FIGURES, number, agency, facts)

    def _ask_about_conflict(self, issue: CoreIssue, found: Disagreement, number: int) -> Iterator[MockQuestion]:
        t, ratings = self._t, {agency: self._t.named(rating) for agency, rating in found.ratings}
        for agency in (name for name in ratings if name in self._agencies):
            others = [
                t("{name}: {text}", name=self._name_agency(name), text=rating)
                for name, rating in ratings.items()
                if name != agency
            ]
            requirement = format_ids([found.requirement], t.language)
            facts = {"requirement": requirement, "own": ratings[agency], "others": t.points(others)}
            yield self._ask(issue, MockQuestionReason.CONFLICT, number, agency, facts)

    def _ask_about_findings(self, issue: CoreIssue, lead: str) -> Iterator[MockQuestion]:
        """Yield what the submission leaves open on a core issue and on the law behind it."""
        reasons = {
            FindingKind.UNDEMONSTRATED: MockQuestionReason.UNSHOWN,
            FindingKind.UNANSWERED: MockQuestionReason.UNANSWERED,
        }
        for finding in (f for f in self._sources.findings if f.requirement == issue.id):
            if reason := reasons.get(finding.kind):
                yield self._ask(issue, reason, 1, lead, {}, finding)
            elif finding.kind is FindingKind.SHORTCOMING and finding.severity in _HEAVY[:2]:
                yield self._ask(issue, MockQuestionReason.WEAK, 1, lead, {}, finding, finding.missing)
        for number, finding in enumerate(self._law.get(issue.id, ())[: self._sources.technical], 1):
            facts = {"criterion": format_ids([finding.requirement], self._t.language)}
            yield self._ask(issue, MockQuestionReason.LAW, number, lead, facts, finding, finding.missing)

    def _ask(
        self,
        issue: CoreIssue,
        why: MockQuestionReason,
        number: int,
        agency: str,
        facts: Mapping[str, str],
        finding: Finding | None = None,
        missing: str = "",
    ) -> MockQuestion:
        """Return the question for a reason, with what the country says is `missing` after it."""
        t, own = self._t, load_own_questions()[why]
        rating = t.named(finding.rating) if finding and finding.rating else ""
        question = t(own.question, issue=format_ids([issue.id], t.language), rating=rating, **facts)
        if missing:
            more = t("Your submission names this gap: {missing}", missing=missing)
            question = f"{question} {more}"
        guidance = issue.guidance.strong_signs
        if why is MockQuestionReason.UNSHOWN and issue.guidance.evidence:
            guidance = issue.guidance.evidence
        return MockQuestion(
            id=f"{issue.id}:{why}-{number}",
            agency=agency,
            core_issue=issue.id,
            why=why,
            question=question,
            tests=t(own.tests),
            probe=t(own.probe),
            strong=t(own.strong) or t.points(text.rstrip(".") for text in guidance[:_MOST_SIGNS]),
        )

    def _name_agency(self, agency: str) -> str:
        return self._agencies[agency].name if agency in self._agencies else agency


def _list_law_findings(sources: QuestionSources) -> Iterator[tuple[str, Finding]]:
    """Yield shortcomings in law that are more than minor, those that cost most first."""
    heavy = (one for one in sources.findings if one.severity in _HEAVY)
    found = (one for one in heavy if one.kind is FindingKind.SHORTCOMING)
    law = [one for one in found if one.unit.startswith("R.")]
    for finding in sorted(law, key=lambda one: -one.points_lost):
        yield finding.requirement, finding


def _group_by_core_issue(found: Iterable[tuple[str, _T]], framework: Framework) -> dict[str, list[_T]]:
    """Group by the core issue that a requirement is, else by the first one that its Recommendation is linked to.

    Outcomes that rest on the whole of a Recommendation go first; in no case is the same thing asked twice.
    """
    issue_of: dict[str, str] = {}
    for primary_only in (True, False):
        for outcome in framework.outcomes:
            for issue in outcome.core_issues:
                for unit in issue.recommendations:
                    if not primary_only or unit in outcome.primary_recommendations:
                        issue_of.setdefault(unit, issue.id)

    def find_issue(requirement: str) -> str:
        top = get_enclosing_id(requirement)
        return top if top.startswith("IO.") else issue_of.get(get_unit_id(requirement), "")

    issues = ((find_issue(requirement), one) for requirement, one in found)
    return group_pairs((issue, one) for issue, one in issues if issue)
