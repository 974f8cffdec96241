"""Every paper that is written about an assessment, by name, and what an audience may read of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fatf_kit.errors import UnknownIdError
from fatf_kit.findings.model import Finding
from fatf_kit.framework.model import Framework, requirements_of
from fatf_kit.messages import Words
from fatf_kit.mock.model import Debrief
from fatf_kit.outlook.referral import Facts
from fatf_kit.problems import Problem
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.build.agency import AgencyInput, build_agency_page
from fatf_kit.report.build.brief import build_brief
from fatf_kit.report.build.gap import build_gap_document
from fatf_kit.report.build.given import GapInput
from fatf_kit.report.build.roadmap import build_roadmap
from fatf_kit.report.build.submission import (
    SubmissionInput,
    build_compliance_submission,
    build_effectiveness_submission,
)
from fatf_kit.report.model import Document
from fatf_kit.responses.audience import Audience, audience_of
from fatf_kit.responses.model import ResponseSet
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.policy import Policy
from fatf_kit.statistics.figures import Statistics


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInput:
    """An assessment and for whom it is told; `findings` are already for that audience.

    `agencies` gives names by id, `asked` what each agency was asked.
    """

    framework: Framework
    responses: ResponseSet
    assessment: Assessment
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    policy: Policy
    generated_at: str
    audience: str = Audience.ASSESSORS
    agency: str | None = None
    previous: PublishedReport | None = None
    notices: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)
    statistics: Statistics | None = None
    country: str = ""
    rehearsal: Debrief | None = None
    agencies: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def build_paper(given: PaperInput, kind: str, t: Words) -> Document:
    """The paper of that name.

    Raises:
        UnknownIdError: no such paper, audience or agency.
    """
    if kind not in PAPERS:
        raise UnknownIdError(f"There is no paper {kind!r}. Use one of: {', '.join(PAPERS)}.")
    return PAPERS[kind](given, t)


def _gap(given: PaperInput) -> GapInput:
    audience = audience_of(given.audience)
    return GapInput(
        framework=given.framework,
        assessment=given.assessment,
        findings=given.findings,
        problems=given.problems if audience is not Audience.PUBLIC else (),
        policy=given.policy,
        generated_at=given.generated_at,
        notices=given.notices,
        facts=given.facts,
        statistics=given.statistics,
        country=given.country,
        rehearsal=given.rehearsal,
    )


def submission_input(given: PaperInput) -> SubmissionInput:
    """What submissions and files of the country's own are filled from."""
    gap = _gap(given)
    return SubmissionInput(
        framework=given.framework,
        responses=given.responses,
        assessment=given.assessment,
        findings=gap.findings,
        policy=given.policy,
        generated_at=given.generated_at,
        audience=audience_of(given.audience),
        previous=given.previous,
        agencies=given.agencies,
        statistics=given.statistics,
        country=given.country,
        notices=given.notices,
    )


def _agency(given: PaperInput, t: Words) -> Document:
    """Raises UnknownIdError where no workbook came from that agency and it was asked nothing."""
    answered = {a.requirement for a in given.responses.answers if a.agency == given.agency}
    known = {*given.asked, *(a.agency for a in given.responses.answers if a.agency)}
    if given.agency is None or given.agency not in known:
        names = ", ".join(sorted(known)) or "none has answered"
        raise UnknownIdError(f"There is no agency {given.agency!r}. Use one of: {names}.")
    tops = (top.id for unit in given.framework.units for top in requirements_of(unit))
    asked = given.asked.get(given.agency) or tuple(top for top in tops if any(a.startswith(top) for a in answered))
    page = AgencyInput(
        id=given.agency,
        name=given.agencies.get(given.agency, given.agency),
        asked=asked,
        files=tuple(file.name for file in given.responses.inputs if file.agency == given.agency),
    )
    return build_agency_page(_gap(given), page, t)


PAPERS: Mapping[str, Callable[[PaperInput, Words], Document]] = {
    "gap": lambda given, t: build_gap_document(_gap(given), t),
    "brief": lambda given, t: build_brief(_gap(given), t),
    "roadmap": lambda given, t: build_roadmap(_gap(given), t),
    "compliance": lambda given, t: build_compliance_submission(submission_input(given), t),
    "effectiveness": lambda given, t: build_effectiveness_submission(submission_input(given), t),
    "agency": _agency,
}
"""Name of a paper and who builds it."""
