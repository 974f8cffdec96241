"""What a gap report is made from."""

from __future__ import annotations

from dataclasses import dataclass, field

from fatf_kit.findings.model import Finding
from fatf_kit.framework.model import Framework
from fatf_kit.messages import Words
from fatf_kit.mock.model import Debrief
from fatf_kit.outlook.referral import Facts
from fatf_kit.problems import Problem
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.sensitivity import OtherPolicy
from fatf_kit.statistics.figures import Statistics


@dataclass(frozen=True, slots=True, kw_only=True)
class GapInput:
    """Everything a gap report is made from; the framework in the language of the report.

    `sensitivity` is empty where other policies were not tried. `facts` are about the country, for the outlook;
    `statistics` are figures and cases, None where none were collected. `country` is its
    name in the language of the report, where that is known; `rehearsal` what a mock visit showed.
    """

    framework: Framework
    assessment: Assessment
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    policy: Policy
    generated_at: str
    notices: tuple[str, ...] = ()
    sensitivity: tuple[OtherPolicy, ...] = ()
    facts: Facts = field(default_factory=dict)
    statistics: Statistics | None = None
    country: str = ""
    rehearsal: Debrief | None = None


def indicative_notice(t: Words) -> str:
    """What stands on every page of every report."""
    return t(
        "Indicative: worked out by fatf-kit from the answers given, under a stated policy. Ratings are judgements that "
        "only the assessors and the Plenary make."
    )
