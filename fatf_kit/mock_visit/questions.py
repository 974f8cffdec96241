"""What is asked of whom: this country's own open points first, then what assessors commonly ask.

Pure. Words of answers that are marked restricted never come in here: findings withhold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.model import Duty
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id
from fatf_kit.framework.model import CoreIssue, Framework, ImmediateOutcome
from fatf_kit.mock_visit.model import (
    BankQuestion,
    Contradiction,
    Disagreement,
    MockAgency,
    MockQuestion,
    QuestionReason,
)
from fatf_kit.scoring.finding import Finding
from fatf_kit.spreadsheets.words import format_ids

_T = TypeVar("_T")

_HEAVY = (Severity.FUNDAMENTAL, Severity.MAJOR, Severity.MODERATE)

_SIGNS = 3
"""Signs or pieces of evidence that a strong answer is told to contain; more are not read in an interview."""


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
    by_id: Mapping[str, MockAgency] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {body.id: body for body in self.bodies})


def list_questions(ground: QuestionSources, outcome: ImmediateOutcome, t: Translator) -> tuple[MockQuestion, ...]:
    """Every question of an outcome with the agency it is put to, core issue by core issue, the most pressing first."""
    return tuple(_Questions(ground, outcome, t).all())


def find_disagreements(answers: Iterable[Answer]) -> tuple[Disagreement, ...]:
    """Where agencies rate one requirement differently, from answers that were settled among them."""
    return tuple(
        Disagreement(
            requirement=answer.requirement,
            said=tuple((v.agency, v.rating.value) for v in answer.agency_answers if v.agency and v.rating is not None),
        )
        for answer in answers
        if answer.lowest is not None
    )


class _Questions:
    """Words the questions of one outcome."""

    def __init__(self, ground: QuestionSources, outcome: ImmediateOutcome, t: Translator) -> None:
        self._ground, self._outcome, self._t = ground, outcome, t
        self._law = _by_home(_law_findings(ground), ground.framework)
        disagreed = ((one.requirement, one) for one in ground.disagreements)
        self._conflicts = _by_home(disagreed, ground.framework)

    def all(self) -> Iterator[MockQuestion]:
        for issue in self._outcome.core_issues:
            yield from self._of(issue)

    def _of(self, issue: CoreIssue) -> Iterator[MockQuestion]:
        here = [agency for agency in self._ground.duties[issue.id].agencies if agency in self._ground.by_id]
        for number, one in enumerate((c for c in self._ground.contradictions if c.core_issue == issue.id), 1):
            yield from self._figures(issue, one, number, here)
        for number, found in enumerate(self._conflicts.get(issue.id, ()), 1):
            yield from self._conflict(issue, found, number)
        if here:
            yield from self._own(issue, here[0])
            yield from self._behind(issue, here[0])
        for question in self._ground.bank[issue.id]:
            knowing = [name for name in here if set(self._ground.by_id[name].roles) & set(question.roles)]
            for agency in knowing or here[:1]:
                texts = (question.question, question.tests, question.probe, question.strong)
                yield self._asked(issue, question.id, agency, QuestionReason.BANK, texts)

    def _figures(
        self, issue: CoreIssue, one: Contradiction, number: int, here: Sequence[str]
    ) -> Iterator[MockQuestion]:
        t, values = self._t, {report.agency: report.value for report in one.reports}
        for agency in [name for name in values if name in self._ground.by_id] or here[:1]:
            others = [
                t("{agency} reports {value}", agency=self._name(name), value=value)
                for name, value in values.items()
                if name != agency
            ]
            if agency in values:
                others.insert(0, t("you report {value}", value=values[agency]))
            texts = (
                t("{measure}: {reports}. Why?", measure=one.measure, reports=t.points(others)),
                t("whether the country's own figures agree"),
                t("How is each of them counted, and which one would you defend?"),
                t("What each figure counts, from when to when, why they differ, and the one used from now on"),
            )
            yield self._asked(issue, f"{QuestionReason.FIGURES}-{number}", agency, QuestionReason.FIGURES, texts)

    def _conflict(self, issue: CoreIssue, found: Disagreement, number: int) -> Iterator[MockQuestion]:
        t = self._t
        said = {agency: t.named(rating) for agency, rating in found.said}
        for agency, own in said.items():
            if agency not in self._ground.by_id:
                continue
            others = [t("{name}: {text}", name=self._name(a), text=rating) for a, rating in said.items() if a != agency]
            texts = (
                t(
                    "On {requirement} your answer is “{own}”, but others say otherwise ({others}). Who is right?",
                    requirement=self._id(found.requirement),
                    own=own,
                    others=t.points(others),
                ),
                t("whether the agencies tell one story"),
                t("Have you spoken with each other about it before today?"),
                t("One answer that all agencies give, with the evidence behind it"),
            )
            yield self._asked(issue, f"{QuestionReason.CONFLICT}-{number}", agency, QuestionReason.CONFLICT, texts)

    def _own(self, issue: CoreIssue, lead: str) -> Iterator[MockQuestion]:
        """What the submission itself leaves open, put to the agency that leads."""
        t, number = self._t, self._id(issue.id)
        signs = t.points(sign.rstrip(".") for sign in issue.guidance.strong_signs[:_SIGNS])
        for finding in (f for f in self._ground.findings if f.requirement == issue.id):
            rating = t.named(finding.rating) if finding.rating else ""
            match finding.kind:
                case FindingKind.UNDEMONSTRATED:
                    question = t(
                        "On core issue {issue} you claim “{rating}”. What can you put on the table now that shows it?",
                        issue=number,
                        rating=rating,
                    )
                    evidence = t.points(item.rstrip(".") for item in issue.guidance.evidence[:_SIGNS])
                    probe = t("Who holds it, which years does it cover, and when can we see it?")
                    texts = (question, t("a claim without evidence in the register"), probe, evidence or signs)
                    yield self._asked(issue, f"{QuestionReason.UNSHOWN}-1", lead, QuestionReason.UNSHOWN, texts)
                case FindingKind.UNANSWERED:
                    question = t(
                        "The submission gives no rating on core issue {issue}. Who answers for it, and how?",
                        issue=number,
                    )
                    probe = t("Why was it left open?")
                    texts = (question, t("a silence in the submission"), probe, signs)
                    yield self._asked(issue, f"{QuestionReason.UNANSWERED}-1", lead, QuestionReason.UNANSWERED, texts)
                case FindingKind.SHORTCOMING if _is_low(finding):
                    question = t(
                        "You rate core issue {issue} “{rating}” yourselves. What holds you back, and what has changed?",
                        issue=number,
                        rating=rating,
                    )
                    probe = t("What would we find if we opened the last file today?")
                    texts = (_with(question, finding, t), t("whether a weakness is owned and worked on"), probe, signs)
                    yield self._asked(issue, f"{QuestionReason.WEAK}-1", lead, QuestionReason.WEAK, texts)

    def _behind(self, issue: CoreIssue, lead: str) -> Iterator[MockQuestion]:
        """What the country's own ratings of the law behind a core issue leave open."""
        t = self._t
        for place, finding in enumerate(self._law.get(issue.id, ())[: self._ground.technical], 1):
            question = t(
                "By your own account criterion {criterion} is “{rating}”. How do you get results without it?",
                criterion=self._id(finding.requirement),
                rating=t.named(finding.rating or ""),
            )
            probe = t("At which stage is the draft, and when is it in force?")
            strong = t("The gap in plain words, what is done meanwhile with figures, and the stage of the draft")
            texts = (_with(question, finding, t), t("a gap in law behind the results"), probe, strong)
            yield self._asked(issue, f"{QuestionReason.LAW}-{place}", lead, QuestionReason.LAW, texts)

    def _asked(
        self, issue: CoreIssue, name: str, agency: str, why: QuestionReason, texts: tuple[str, str, str, str]
    ) -> MockQuestion:
        question, tests, probe, strong = texts
        return MockQuestion(
            id=f"{issue.id}:{name}",
            agency=agency,
            core_issue=issue.id,
            why=why,
            question=question,
            tests=tests,
            probe=probe,
            strong=strong,
        )

    def _name(self, agency: str) -> str:
        known = self._ground.by_id.get(agency)
        return known.name if known else agency

    def _id(self, requirement: str) -> str:
        return format_ids([requirement], self._t.language)


def _law_findings(ground: QuestionSources) -> Iterator[tuple[str, Finding]]:
    """Shortcomings in law that are more than minor, those that cost most first."""
    law = (
        finding
        for finding in ground.findings
        if finding.kind is FindingKind.SHORTCOMING and finding.unit.startswith("R.") and finding.severity in _HEAVY
    )
    for finding in sorted(law, key=lambda f: -f.points_lost):
        yield finding.requirement, finding


def _by_home(found: Iterable[tuple[str, _T]], framework: Framework) -> dict[str, list[_T]]:
    """Each under the core issue it is about, else under the first one that its Recommendation stands behind.

    Outcomes that rest on the whole of a Recommendation go first; in no case is the same thing asked twice.
    """
    homes = _homes(framework)
    places: dict[str, list[_T]] = {}
    for requirement, one in found:
        top = get_enclosing_id(requirement)
        home = top if top.startswith("IO.") else homes.get(get_unit_id(requirement))
        if home:
            places.setdefault(home, []).append(one)
    return places


def _homes(framework: Framework) -> Mapping[str, str]:
    """For each Recommendation the core issue where it is asked about."""
    homes: dict[str, str] = {}
    for primary_only in (True, False):
        for outcome in framework.outcomes:
            for issue in outcome.core_issues:
                for unit in issue.recommendations:
                    if not primary_only or unit in outcome.primary_recommendations:
                        homes.setdefault(unit, issue.id)
    return homes


def _is_low(finding: Finding) -> bool:
    """Whether an outcome's own rating is one that assessors would press: a major or fundamental shortcoming."""
    return finding.severity in _HEAVY[:2]


def _with(question: str, finding: Finding, t: Translator) -> str:
    """The question, and what the country says is missing."""
    if not finding.missing:
        return question
    missing = t("You say that this is missing: {missing}", missing=finding.missing)
    return f"{question} {missing}"
