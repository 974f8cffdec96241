"""The questions of a rehearsal: this country's own open points first, then what assessors commonly ask.

Words of answers that are marked restricted are not in the findings, so they are not in any question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.model import Duty
from fatf_kit.core.messages import Words
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.framework.catalog import unit_of, whole
from fatf_kit.framework.model import CoreIssue, Framework, ImmediateOutcome
from fatf_kit.mock_visit.model import (
    BankQuestion,
    Contradiction,
    Disagreement,
    MockAgency,
    MockQuestion,
    QuestionReason,
)
from fatf_kit.scoring.finding_model import Finding
from fatf_kit.spreadsheets.words import in_sentence

_T = TypeVar("_T")

_HEAVY = (Severity.FUNDAMENTAL, Severity.MAJOR, Severity.MODERATE)

_MOST_SIGNS = 3
"""Signs or pieces of evidence in the text on a strong answer; more are not read in an interview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSources:
    """What the questions are made from. `framework` and `bank` are in the language of the sheets.

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


def list_questions(sources: QuestionSources, outcome: ImmediateOutcome, t: Words) -> tuple[MockQuestion, ...]:
    """Return the questions of an outcome, each with its agency, by core issue and the most pressing first."""
    writer = _QuestionWriter(sources, t)
    return tuple(question for issue in outcome.core_issues for question in writer.write(issue))


def find_disagreements(answers: Iterable[Answer]) -> tuple[Disagreement, ...]:
    """Return where agencies rate one requirement differently, from answers that were settled among them."""
    return tuple(
        Disagreement(
            requirement=answer.requirement,
            ratings=tuple((v.agency, v.rating.value) for v in answer.voices if v.agency and v.rating is not None),
        )
        for answer in answers
        if answer.lowest is not None
    )


class _QuestionWriter:
    """Writes the questions on each core issue."""

    def __init__(self, sources: QuestionSources, t: Words) -> None:
        self._sources, self._t, self._agencies = sources, t, sources.by_id
        self._law = _group_by_core_issue(_list_law_findings(sources), sources.framework)
        disagreements = ((one.requirement, one) for one in sources.disagreements)
        self._conflicts = _group_by_core_issue(disagreements, sources.framework)

    def write(self, issue: CoreIssue) -> Iterator[MockQuestion]:
        on_duty = [agency for agency in self._sources.duties[issue.id].agencies if agency in self._agencies]
        contradictions = (one for one in self._sources.contradictions if one.core_issue == issue.id)
        for number, contradiction in enumerate(contradictions, 1):
            yield from self._ask_about_figures(issue, contradiction, number, on_duty)
        for number, disagreement in enumerate(self._conflicts.get(issue.id, ()), 1):
            yield from self._ask_about_conflict(issue, disagreement, number)
        if on_duty:
            yield from self._ask_about_findings(issue, on_duty[0])
            yield from self._ask_about_law(issue, on_duty[0])
        for one in self._sources.bank[issue.id]:
            knowing = [name for name in on_duty if set(self._agencies[name].roles) & set(one.roles)]
            for agency in knowing or on_duty[:1]:
                texts = (one.question, one.tests, one.probe, one.strong)
                yield _make_question(issue, QuestionReason.BANK, one.id, agency, *texts)

    def _ask_about_figures(
        self, issue: CoreIssue, one: Contradiction, number: int, on_duty: Sequence[str]
    ) -> Iterator[MockQuestion]:
        t, values = self._t, {report.agency: report.value for report in one.reports}
        for agency in [name for name in values if name in self._agencies] or on_duty[:1]:
            reports = [t("you report {value}", value=values[agency])] if agency in values else []
            reports += [
                t("{agency} reports {value}", agency=self._name_agency(name), value=value)
                for name, value in values.items()
                if name != agency
            ]
            yield _make_question(
                issue,
                QuestionReason.FIGURES,
                number,
                agency,
                t("{measure}: {reports}. Why?", measure=one.measure, reports=t.points(reports)),
                t("whether the country's own figures agree"),
                t("How is each of them counted, and which one would you defend?"),
                t("What each figure counts, from when to when, why they differ, and the one used from now on"),
            )

    def _ask_about_conflict(self, issue: CoreIssue, found: Disagreement, number: int) -> Iterator[MockQuestion]:
        t, ratings = self._t, {agency: self._t.named(rating) for agency, rating in found.ratings}
        for agency, own in ratings.items():
            if agency not in self._agencies:
                continue
            others = [
                t("{name}: {text}", name=self._name_agency(name), text=rating)
                for name, rating in ratings.items()
                if name != agency
            ]
            question = t(
                "On {requirement} your answer is “{own}”, but others say otherwise ({others}). Who is right?",
                requirement=in_sentence([found.requirement], t.language),
                own=own,
                others=t.points(others),
            )
            yield _make_question(
                issue,
                QuestionReason.CONFLICT,
                number,
                agency,
                question,
                t("whether the agencies tell one story"),
                t("Have you spoken with each other about it before today?"),
                t("One answer that all agencies give, with the evidence behind it"),
            )

    def _ask_about_findings(self, issue: CoreIssue, lead: str) -> Iterator[MockQuestion]:
        """Yield what the submission itself leaves open, put to the agency that leads."""
        t, number = self._t, in_sentence([issue.id], self._t.language)
        signs, evidence = (
            t.points(text.rstrip(".") for text in texts[:_MOST_SIGNS])
            for texts in (issue.guidance.strong_signs, issue.guidance.evidence)
        )
        ask = partial(_make_question, issue, number=1, agency=lead)
        for finding in (f for f in self._sources.findings if f.requirement == issue.id):
            rating = t.named(finding.rating) if finding.rating else ""
            if finding.kind is FindingKind.UNDEMONSTRATED:
                yield ask(
                    QuestionReason.UNSHOWN,
                    question=t(
                        "On core issue {issue} you claim “{rating}”. What can you put on the table now that shows it?",
                        issue=number,
                        rating=rating,
                    ),
                    tests=t("a claim without evidence in the register"),
                    probe=t("Who holds it, which years does it cover, and when can we see it?"),
                    strong=evidence or signs,
                )
            elif finding.kind is FindingKind.UNANSWERED:
                yield ask(
                    QuestionReason.UNANSWERED,
                    question=t(
                        "The submission gives no rating on core issue {issue}. Who answers for it, and how?",
                        issue=number,
                    ),
                    tests=t("a silence in the submission"),
                    probe=t("Why was it left open?"),
                    strong=signs,
                )
            elif finding.kind is FindingKind.SHORTCOMING and finding.severity in _HEAVY[:2]:
                question = t(
                    "You rate core issue {issue} “{rating}” yourselves. What holds you back, and what has changed?",
                    issue=number,
                    rating=rating,
                )
                yield ask(
                    QuestionReason.WEAK,
                    question=_add_missing(question, finding, t),
                    tests=t("whether a weakness is owned and worked on"),
                    probe=t("What would we find if we opened the last file today?"),
                    strong=signs,
                )

    def _ask_about_law(self, issue: CoreIssue, lead: str) -> Iterator[MockQuestion]:
        """Yield what the country's own ratings of the law behind a core issue leave open."""
        t = self._t
        for number, finding in enumerate(self._law.get(issue.id, ())[: self._sources.technical], 1):
            question = t(
                "By your own account criterion {criterion} is “{rating}”. How do you get results without it?",
                criterion=in_sentence([finding.requirement], t.language),
                rating=t.named(finding.rating or ""),
            )
            yield _make_question(
                issue,
                QuestionReason.LAW,
                number,
                lead,
                _add_missing(question, finding, t),
                t("a gap in law behind the results"),
                t("At which stage is the draft, and when is it in force?"),
                t("The gap in plain words, what is done meanwhile with figures, and the stage of the draft"),
            )

    def _name_agency(self, agency: str) -> str:
        return self._agencies[agency].name if agency in self._agencies else agency


def _make_question(
    issue: CoreIssue,
    why: QuestionReason,
    number: int | str,
    agency: str,
    question: str,
    tests: str,
    probe: str,
    strong: str,
) -> MockQuestion:
    """Return a question; `number` is its number among those with this reason, or its id in the bank."""
    return MockQuestion(
        id=f"{issue.id}:{number}" if why is QuestionReason.BANK else f"{issue.id}:{why}-{number}",
        agency=agency,
        core_issue=issue.id,
        why=why,
        question=question,
        tests=tests,
        probe=probe,
        strong=strong,
    )


def _list_law_findings(sources: QuestionSources) -> Iterator[tuple[str, Finding]]:
    """Yield shortcomings in law that are more than minor, those that cost most first."""
    law = (
        finding
        for finding in sources.findings
        if finding.kind is FindingKind.SHORTCOMING and finding.unit.startswith("R.") and finding.severity in _HEAVY
    )
    for finding in sorted(law, key=lambda f: -f.points_lost):
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
    groups: dict[str, list[_T]] = {}
    for requirement, one in found:
        top = whole(requirement)
        if issue_id := top if top.startswith("IO.") else issue_of.get(unit_of(requirement)):
            groups.setdefault(issue_id, []).append(one)
    return groups


def _add_missing(question: str, finding: Finding, t: Words) -> str:
    """Return the question, and what the country says is missing."""
    missing = t("You say that this is missing: {missing}", missing=finding.missing) if finding.missing else ""
    return " ".join(filter(None, (question, missing)))
