"""The verbs as functions: what the command line calls, and what an analyst calls from a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from fatf_kit.errors import FatfKitError, UnknownIdError, WorkbookError
from fatf_kit.files import check_target
from fatf_kit.findings import Finding, derive_findings
from fatf_kit.framework import Framework, find_unit, load_framework
from fatf_kit.framework.model import ImmediateOutcome
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.messages import Words
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
from fatf_kit.report.build.published import build_published_report
from fatf_kit.report.model import Document, Report
from fatf_kit.resources import CURRENT_EDITION, tool_version
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

LONGEST_NAME = 200
"""Characters of a country's name at most; the cover has a line for it."""


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
        """The report in one language; `generated_at`, a date or a date and time in ISO 8601, is printed as given.

        Raises:
            UnknownIdError: no such language.
            FatfKitError: `generated_at` is no date.
        """
        t = Words(language)
        given = GapInput(
            framework=load_framework(self.framework.id, language),
            assessment=self.assessment,
            findings=self.findings,
            problems=self.problems,
            policy=self.policy,
            generated_at=checked_moment(generated_at),
            notices=(*map(t, self.responses.notices), *notices),
        )
        return build_report(given, self.framework, t, tool=tool_version())


def score(
    paths: str | Path | Iterable[str | Path],
    *,
    edition: str | None = None,
    cut_off: date | str | None = None,
    policy: str = DEFAULT_POLICY,
) -> Scored:
    """Read filled workbooks, or folders of them, and work out the indicative ratings.

    `cut_off` is the last day on which a measure counts, as a date or as "2027-03-19"; None: as the covers say.

    Raises:
        UnknownIdError: no such edition or policy.
        FatfKitError: the policy is at odds with its schema, or `cut_off` is no date.
    """
    rules, last_day = load_policy(policy), parse_day(cut_off) if isinstance(cut_off, str) else cut_off
    given = [paths] if isinstance(paths, str | Path) else paths
    framework, responses, problems = read_responses([Path(path) for path in given], edition=edition)
    assessment = assess(framework, responses, rules, cut_off=last_day)
    return Scored(
        framework=framework,
        responses=responses,
        policy=rules,
        assessment=assessment,
        findings=derive_findings(framework, responses, assessment, rules),
        problems=(*problems, *check_assessment(assessment)),
    )


def parse_day(text: str) -> date:
    """A date written as year-month-day, and in no other way.

    Raises:
        FatfKitError: anything else.

    >>> parse_day("2027-03-19")
    datetime.date(2027, 3, 19)
    """
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # a day that no month has
    raise FatfKitError(f"{text!r} is not a date. Write it as year-month-day, like 2027-03-19.")


def checked_moment(text: str) -> str:
    """A date or a date and time in ISO 8601, as given.

    Raises:
        FatfKitError: anything else.
    """
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        example = "2027-03-19T14:30+03:00"
        raise FatfKitError(f"generated_at is {text!r} and no date. Write it in ISO 8601, like {example}.") from None
    return text


def score_published(
    jurisdiction: str, *, report: str = "latest", generated_at: str, language: str = "en"
) -> tuple[PublishedReport, Report]:
    """The same kind of report from published ratings: an ISO 3166 code or English name, and which report.

    Raises:
        UnknownIdError: no such jurisdiction or report.
        FatfKitError: `generated_at` is no date.
    """
    checked_moment(generated_at)
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


def guide(outcome: str, *, edition: str = CURRENT_EDITION, language: str = "en") -> Document:
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
    edition: str = CURRENT_EDITION,
    only: Sequence[str] = (),
    language: str = "en",
    country: str | None = None,
    force: bool = False,
) -> Path:
    """Write one blank workbook; `only` limits it to some Recommendations and outcomes.

    A file that is there already may be somebody's answers, so only `force` replaces it.

    Raises:
        UnknownIdError: no such edition, unit or language.
        WorkbookError: the name of the country is longer than a cell.
        FatfKitError: the file is there already, is no .xlsx by its name, or cannot be written.
    """
    target = Path(path)
    check_target(target, force=force, endings=[".xlsx"])
    if country and len(country) > LONGEST_NAME:
        raise WorkbookError(f"The name of the country has {len(country)} characters; give one of up to {LONGEST_NAME}.")
    framework = load_framework(edition, language)
    write_template(build_layout(framework, only=tuple(only), language=language, country=country), target)
    return target


def carry_forward(
    path: str | Path,
    to: str,
    output: str | Path,
    *,
    language: str = "en",
    edition: str | None = None,
    force: bool = False,
) -> tuple[Carried, tuple[Problem, ...]]:
    """Move the answers of one filled workbook into a new workbook of a later edition.

    `edition` is that of the filled workbook, taken from it where it is None. Problems name what could not be read in
    it and so was not carried. Only `force` replaces a file that is there already, and never the one that is read.

    Raises:
        UnknownIdError: no such edition or language.
        FatfKitError: the workbook cannot be read or is of no edition that `to` follows on; the new one is there
            already or cannot be written.
    """
    source, target = Path(path), Path(output)
    check_target(target, inputs=[source], force=force, endings=[".xlsx"])
    new = load_framework(to, language)
    old, responses, problems = read_responses([source], edition=edition)
    if not responses.inputs:
        raise FatfKitError(" ".join(["Nothing was carried forward.", *(problem.message for problem in problems)]))
    old = load_framework(old.id, language)
    carried = carry(old, new, responses, language)
    write_carried_workbook(carried, old, new, responses, target, language)
    return carried, problems
