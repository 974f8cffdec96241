"""The verbs as functions: what the command line calls, and what an analyst calls from a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fatf_kit.errors import FatfKitError, UnknownIdError
from fatf_kit.findings import Finding, derive_findings
from fatf_kit.framework import Framework, find_unit, load_framework
from fatf_kit.framework.model import ImmediateOutcome
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.messages import Words
from fatf_kit.npo.measures_workbook import read_measures_workbook
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.plans import load_plan_settings
from fatf_kit.npo.proportionality import check_proportion
from fatf_kit.npo.run import NpoClassified, npo_check, npo_classify, npo_suggest_mapping, npo_template
from fatf_kit.outlook import Outlook, Target, WhatIf, evaluate, find_smallest_sets, load_rules
from fatf_kit.outlook.model import Ratings
from fatf_kit.outlook.sources import apply_fixes, open_shortcomings, parse_ratings, ratings_of_assessment
from fatf_kit.outlook.what_if import SETS_SHOWN
from fatf_kit.problems import Problem
from fatf_kit.published import find_report
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.build.assessment import build_report
from fatf_kit.report.build.gap import GapInput
from fatf_kit.report.build.guide import build_guide
from fatf_kit.report.build.npo import NpoInput, build_npo_report
from fatf_kit.report.build.npo.names import load_names
from fatf_kit.report.build.published import build_published_report
from fatf_kit.report.model import Document, Report
from fatf_kit.resources import tool_version
from fatf_kit.responses.carried_workbook import write_carried_workbook
from fatf_kit.responses.carry_forward import Carried
from fatf_kit.responses.carry_forward import carry_forward as carry
from fatf_kit.responses.intake import read_responses
from fatf_kit.responses.model import ResponseSet
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.checks import check_assessment
from fatf_kit.scoring.policy import DEFAULT_POLICY, Policy
from fatf_kit.workbook.layout import build_layout
from fatf_kit.workbook.template import write_template

__all__ = [
    "NpoClassified",
    "Rated",
    "RatingSource",
    "Scored",
    "carry_forward",
    "guide",
    "npo_check",
    "npo_classify",
    "npo_report",
    "npo_suggest_mapping",
    "npo_template",
    "outlook_of",
    "rated",
    "score",
    "score_published",
    "template",
    "what_if",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Everything that came out of reading and scoring workbooks."""

    framework: Framework
    responses: ResponseSet
    policy: Policy
    assessment: Assessment
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

    def report(self, *, generated_at: str, language: str = "en", notices: Sequence[str] = ()) -> Report:
        """The report in one language; `generated_at` is printed as given."""
        t = Words(language)
        given = GapInput(
            framework=load_framework(self.framework.id, language),
            assessment=self.assessment,
            findings=self.findings,
            problems=self.problems,
            policy=self.policy,
            generated_at=generated_at,
            notices=(*map(t, self.responses.notices), *notices),
        )
        return build_report(given, self.framework, t, tool=tool_version())


def score(
    paths: Iterable[str | Path],
    *,
    edition: str | None = None,
    cut_off: date | None = None,
    policy: str = DEFAULT_POLICY,
) -> Scored:
    """Read filled workbooks, or folders of them, and work out the indicative ratings.

    Raises:
        UnknownIdError: no such edition or policy.
        FatfKitError: the policy is at odds with its schema.
    """
    framework, responses, problems = read_responses([Path(path) for path in paths], edition=edition)
    rules = load_policy(policy)
    assessment = assess(framework, responses, rules, cut_off=cut_off)
    return Scored(
        framework=framework,
        responses=responses,
        policy=rules,
        assessment=assessment,
        findings=derive_findings(framework, responses, assessment, rules),
        problems=(*problems, *check_assessment(assessment)),
    )


def score_published(
    jurisdiction: str, *, report: str = "latest", generated_at: str, language: str = "en"
) -> tuple[PublishedReport, Report]:
    """The same kind of report from published ratings: an ISO 3166 code or English name, and which report.

    Raises:
        UnknownIdError: no such jurisdiction or report.
    """
    published = find_report(jurisdiction, report)
    framework = load_framework(published.edition, language)
    t = Words(language)
    return published, build_published_report(framework, published, t, tool=tool_version(), generated_at=generated_at)


RatingSource = Scored | PublishedReport | Mapping[str, str | None]
"""What has ratings: scored workbooks, a published report, or texts by unit ("R.10": "LC"; None: not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Ratings, the edition they are made under, and open shortcomings by unit; None where these are not known."""

    ratings: Ratings
    edition: str
    shortcomings: Mapping[str, int] | None = None


def rated(source: RatingSource, *, edition: str | None = None) -> Rated:
    """The ratings of a source; `edition` is needed for a mapping, which does not say its own.

    Raises:
        UnknownIdError: no such edition or unit, or a text that is no rating.
    """
    if isinstance(source, Scored):
        shortcomings = open_shortcomings(source.findings)
        ratings = ratings_of_assessment(source.assessment)
        return Rated(ratings=ratings, edition=source.framework.id, shortcomings=shortcomings)
    if isinstance(source, PublishedReport):
        return Rated(ratings=source.ratings, edition=source.edition)
    if edition is None:
        raise UnknownIdError("Say under which edition the ratings are made, like edition='fatf-2022'.")
    return Rated(ratings=parse_ratings(load_framework(edition), source), edition=edition)


def outlook_of(source: RatingSource, *, edition: str | None = None) -> Outlook:
    """How the ratings stand against the lines of follow-up and referral; `edition` tests them against another's lines.

    Raises:
        UnknownIdError: no such edition or unit, or a text that is no rating.

    >>> outlook_of(find_report("Korea", "FUR")).follow_up
    <FollowUp.REGULAR: 'regular'>
    """
    given = rated(source, edition=edition)
    return evaluate(load_rules(edition or given.edition), given.ratings)


def what_if(
    source: RatingSource,
    target: str,
    *,
    fix: Mapping[str, str] | None = None,
    edition: str | None = None,
    shown: int = SETS_SHOWN,
) -> WhatIf:
    """The smallest sets of upgrades that reach a target, "leave-icrg" or "regular".

    `fix` are re-ratings to assume beforehand, by unit; `shown` is how many sets are written out at most.

    Raises:
        UnknownIdError: no such target, edition or unit, or a text that is no rating.

    >>> what_if(find_report("Korea", "MER"), "regular").sets_total
    8
    """
    if target not in list(Target):
        raise UnknownIdError(f"There is no target {target!r}. Use one of: {', '.join(Target)}.")
    given = rated(source, edition=edition)
    ratings, _ = apply_fixes(load_framework(given.edition), given.ratings, fix or {})
    rules = load_rules(edition or given.edition)
    return find_smallest_sets(rules, ratings, Target(target), shown=shown, shortcomings=given.shortcomings)


def guide(outcome: str, *, edition: str = "fatf-2022", language: str = "en") -> Document:
    """The guide to one Immediate Outcome as a document; `fatf_kit.report.write.write_document` writes it.

    Raises:
        UnknownIdError: no such outcome, edition or language.
    """
    framework = load_framework(edition, language)
    unit = find_unit(framework, outcome)
    if not isinstance(unit, ImmediateOutcome):
        raise UnknownIdError(f"{unit.id} is a Recommendation. Guides are for outcomes, IO.1 to IO.11.")
    return build_guide(framework, unit, load_vocabulary(language), Words(language), tool=tool_version())


def template(
    path: str | Path,
    *,
    edition: str = "fatf-2022",
    only: Sequence[str] = (),
    language: str = "en",
    country: str | None = None,
) -> Path:
    """Write one blank workbook; `only` limits it to some Recommendations and outcomes.

    Raises:
        UnknownIdError: no such edition, unit or language.
        WorkbookError: it cannot be written.
    """
    target = Path(path)
    framework = load_framework(edition, language)
    write_template(build_layout(framework, only=tuple(only), language=language, country=country), target)
    return target


def carry_forward(
    path: str | Path, to: str, output: str | Path, *, language: str = "en", edition: str | None = None
) -> tuple[Carried, tuple[Problem, ...]]:
    """Move the answers of one filled workbook into a new workbook of a later edition.

    `edition` is that of the filled workbook, taken from it where it is None. Problems name what could not be read in
    it and so was not carried.

    Raises:
        UnknownIdError: no such edition or language.
        FatfKitError: the workbook cannot be read, is of no edition that `to` follows on, or cannot be written.
    """
    source, target = Path(path), Path(output)
    if source.resolve() == target.resolve():
        raise FatfKitError(f"{target.name} is the workbook to read. Give another name for the new one.")
    new = load_framework(to, language)
    old, responses, problems = read_responses([source], edition=edition)
    if not responses.inputs:
        raise FatfKitError(" ".join(["Nothing was carried forward.", *(problem.message for problem in problems)]))
    old = load_framework(old.id, language)
    carried = carry(old, new, responses, language)
    write_carried_workbook(carried, old, new, responses, target, language)
    return carried, problems


def npo_report(
    sector: SectorResult,
    *,
    measures: str | Path | None = None,
    capacity: float | None = None,
    country: str = "",
    generated_at: str,
    language: str = "en",
    notices: Sequence[str] = (),
) -> tuple[Report, tuple[Problem, ...]]:
    """The report on the NPO sector, aggregates only, and the problems in the workbook of the country's measures.

    `capacity` is inspection days a year; without it the plan takes that of the settings shipped.

    Raises:
        UnknownIdError: no such language.
    """
    national, problems = read_measures_workbook(Path(measures)) if measures is not None else (None, ())
    judged = check_proportion(national, sector, as_of=sector.as_of)
    given = NpoInput(
        sector=sector,
        judged=judged,
        national=national,
        settings=load_plan_settings(language).with_capacity(capacity),
        country=country,
        generated_at=generated_at,
        notices=(*sector.notices, *notices),
    )
    made = build_npo_report(given, load_names(language), Words(language), tool=tool_version())
    return made, (*problems, *judged.problems)
