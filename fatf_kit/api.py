"""The verbs as functions: what the command line calls, and what an analyst calls from a notebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from fatf_kit.errors import FatfKitError, UnknownIdError, WorkbookError
from fatf_kit.files import check_target
from fatf_kit.findings import Finding, derive_findings
from fatf_kit.folder import FolderScore, score_folder
from fatf_kit.framework import Framework, find_unit, load_framework
from fatf_kit.framework.model import ImmediateOutcome
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.messages import Words
from fatf_kit.outlook import Outlook, Target, WhatIf, evaluate, find_smallest_sets, load_rules
from fatf_kit.outlook.model import Ratings
from fatf_kit.outlook.referral import Facts
from fatf_kit.outlook.sources import apply_fixes, open_shortcomings, parse_ratings, ratings_of_assessment
from fatf_kit.outlook.what_if import SETS_SHOWN
from fatf_kit.problems import Problem
from fatf_kit.published import find_report, load_published
from fatf_kit.published.groups import find_group, groups_of
from fatf_kit.published.model import PublishedReport, ReportKind
from fatf_kit.published.patterns import Patterns, find_patterns
from fatf_kit.published.peers import Comparison, compare
from fatf_kit.report.build.assessment import build_report
from fatf_kit.report.build.gap import GapInput
from fatf_kit.report.build.guide import build_guide
from fatf_kit.report.build.papers import PaperInput, build_paper, submission_input
from fatf_kit.report.build.patterns import build_patterns_report
from fatf_kit.report.build.peers import build_peers_report
from fatf_kit.report.build.published import build_published_report
from fatf_kit.report.fill import Filled, fill_file
from fatf_kit.report.model import Document, Report
from fatf_kit.resources import CURRENT_EDITION, tool_version
from fatf_kit.responses.audience import Audience, audience_of
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
from fatf_kit.workspace.folder import is_workspace

LONGEST_NAME = 200
"""Characters of a name on the cover at most; it has a line for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Everything that came out of reading and scoring workbooks.

    `facts` are about the country, for the outlook; `folder` is None where it was no assessment folder.
    """

    framework: Framework
    responses: ResponseSet
    policy: Policy
    assessment: Assessment
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    facts: Facts = field(default_factory=dict)
    folder: FolderScore | None = None

    def report(
        self,
        *,
        generated_at: str,
        language: str = "en",
        audience: str = Audience.ASSESSORS,
        notices: Sequence[str] = (),
    ) -> Report:
        """The report in one language; `generated_at`, a date or a date and time in ISO 8601, is printed as given.

        Words of answers above the audience's confidentiality are left out. For the public, so is the list of cells.

        Raises:
            UnknownIdError: no such language or audience.
            FatfKitError: `generated_at` is no date.
        """
        t, reader = Words(language), audience_of(audience)
        given = GapInput(
            framework=load_framework(self.framework.id, language),
            assessment=self.assessment,
            findings=derive_findings(self.framework, self.responses, self.assessment, self.policy, audience=reader),
            problems=self.problems if reader is not Audience.PUBLIC else (),
            policy=self.policy,
            generated_at=_checked_moment(generated_at),
            notices=(*map(t, self.responses.notices), *notices),
            facts=self.facts,
        )
        return build_report(given, self.framework, t, tool=tool_version())


def score(
    paths: str | Path | Iterable[str | Path],
    *,
    edition: str | None = None,
    cut_off: date | str | None = None,
    policy: str | None = None,
) -> Scored:
    """Read filled workbooks, or folders of them, and work out the indicative ratings.

    An assessment folder given alone is read by its settings: edition, cut-off date, policy, who answers what. What is
    given here goes before them. `cut_off` is the last day on which a measure counts, as a date or as "2027-03-19";
    None: as the settings or the covers say.

    Raises:
        UnknownIdError: no such edition or policy.
        FatfKitError: the policy is at odds with its schema, or `cut_off` is no date.
    """
    last_day = parse_day(cut_off) if isinstance(cut_off, str) else cut_off
    places = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if len(places) == 1 and is_workspace(places[0]):
        return _score_folder(places[0], edition=edition, cut_off=last_day, policy=policy)
    rules = load_policy(policy or DEFAULT_POLICY)
    framework, responses, problems = read_responses(places, edition=edition)
    assessment = assess(framework, responses, rules, cut_off=last_day)
    return Scored(
        framework=framework,
        responses=responses,
        policy=rules,
        assessment=assessment,
        findings=derive_findings(framework, responses, assessment, rules),
        problems=(*problems, *check_assessment(assessment)),
    )


def _score_folder(path: Path, *, edition: str | None, cut_off: date | None, policy: str | None) -> Scored:
    read = score_folder(path, edition=edition, cut_off=cut_off, policy=policy)
    return Scored(
        framework=read.framework,
        responses=read.responses,
        policy=read.policy,
        assessment=read.assessment,
        findings=derive_findings(read.framework, read.responses, read.assessment, read.policy),
        problems=(*read.problems, *check_assessment(read.assessment)),
        folder=read,
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


def _checked_moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        example = "2027-03-19T14:30+03:00"
        raise FatfKitError(f"generated_at is {text!r} and no date. Write it in ISO 8601, like {example}.") from None
    return text


def score_published(
    jurisdiction: str,
    *,
    report: str = "latest",
    generated_at: str,
    language: str = "en",
    notices: Sequence[str] = (),
) -> tuple[PublishedReport, Report]:
    """The same kind of report from published ratings: an ISO 3166 code or English name, and which report.

    Raises:
        UnknownIdError: no such jurisdiction or report.
        FatfKitError: `generated_at` is no date.
    """
    _checked_moment(generated_at)
    published = find_report(jurisdiction, report)
    framework = load_framework(published.edition, language)
    t = Words(language)
    made = build_published_report(
        framework, published, t, tool=tool_version(), generated_at=generated_at, notices=notices
    )
    return published, made


def paper(
    scored: Scored,
    kind: str,
    *,
    generated_at: str,
    language: str = "en",
    audience: str = Audience.ASSESSORS,
    agency: str | None = None,
    previous: str | None = None,
    notices: Sequence[str] = (),
) -> Document:
    """One paper about an assessment; `fatf_kit.report.write.write_document` writes it.

    Args:
        scored: What `score` gave.
        kind: "gap" (the report for the coordinator), "brief" (one page for the minister), "roadmap" (key
            recommended actions and the actions of each body), "compliance" and
            "effectiveness" (the country's submissions, to be edited in Word) or "agency" (one agency's open work).
        generated_at: Printed as given, ISO 8601.
        language: Of the paper; answers stay in the words they were given in.
        audience: "public", "assessors" or "government": answers above its confidentiality are left out.
        agency: Whose open work, for "agency".
        previous: ISO 3166 code or English name, to quote the last evaluation report in the submissions.
        notices: Further words for every page.

    Raises:
        UnknownIdError: no such kind, audience, agency, language or jurisdiction.
    """
    given = _paper_input(scored, generated_at, language, audience, previous, notices)
    return build_paper(replace(given, agency=agency), kind, Words(language))


def fill(
    scored: Scored,
    path: str | Path,
    *,
    language: str = "en",
    audience: str = Audience.ASSESSORS,
) -> Filled:
    """A country's own Excel or Word file with its placeholders filled, as bytes; the file itself is not touched.

    A placeholder is `{{R.10/10.7 explanation}}` or `{{R.10 rating}}`. In a workbook, empty cells are also filled where
    a column has full ids and another one of our headings.

    Raises:
        UnknownIdError: no such audience or language.
        WorkbookError: the file is no Excel workbook or Word document, or not safe to open.
    """
    given = _paper_input(scored, "", language, audience, None, ())
    return fill_file(Path(path), submission_input(given), Words(language))


def _paper_input(
    scored: Scored, generated_at: str, language: str, audience: str, previous: str | None, notices: Sequence[str]
) -> PaperInput:
    return PaperInput(
        framework=load_framework(scored.framework.id, language),
        responses=scored.responses,
        assessment=scored.assessment,
        problems=scored.problems,
        policy=scored.policy,
        generated_at=generated_at,
        audience=audience,
        previous=find_report(previous, "MER") if previous else None,
        notices=(*map(Words(language), scored.responses.notices), *notices),
        facts=scored.facts,
    )


RatingSource = Scored | PublishedReport | Mapping[str, str | None]
"""What has ratings: scored workbooks, a published report, or texts by unit ("R.10": "LC"; None: not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Ratings, their edition, open shortcomings by unit (None: not known), and facts about the country."""

    ratings: Ratings
    edition: str
    shortcomings: Mapping[str, int] | None = None
    facts: Facts = field(default_factory=dict)


def rated(source: RatingSource, *, edition: str | None = None) -> Rated:
    """The ratings of a source; `edition` is needed for a mapping, which does not say its own.

    Raises:
        UnknownIdError: no such edition or unit, or a text that is no rating.
    """
    if isinstance(source, Scored):
        shortcomings = open_shortcomings(source.findings)
        ratings = ratings_of_assessment(source.assessment)
        return Rated(ratings=ratings, edition=source.framework.id, shortcomings=shortcomings, facts=source.facts)
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


def peers(
    jurisdiction: str, group: str | None = None, *, report: str = "latest", edition: str | None = None
) -> Comparison:
    """A jurisdiction beside others, unit by unit and within one edition.

    `group` is a body ("MENAFATF") or an own list ("JOR,KWT"); the jurisdiction's first regional body where it is None.
    `report` is "latest" or "MER", for the jurisdiction and its peers alike.

    Raises:
        UnknownIdError: no such jurisdiction, group, state or edition, or no report under the edition.

    >>> [unit.unit for unit in peers("IRQ").failed_by_most][:3]
    ['IO.4', 'IO.5', 'IO.7']
    """
    if group is None:
        mine = groups_of(find_report(jurisdiction).place)
        if not mine:
            raise UnknownIdError(f"{jurisdiction} is in no group that is known. Name a group.")
        return compare(jurisdiction, mine[0], report, edition=edition)
    return compare(jurisdiction, find_group(group), report, edition=edition)


def peers_report(found: Comparison, *, generated_at: str, language: str = "en") -> Report:
    """A comparison as a report in one language; `generated_at` is printed as given."""
    framework = load_framework(found.edition, language)
    return build_peers_report(framework, found, Words(language), tool=tool_version(), generated_at=generated_at)


def patterns(edition: str | None = None) -> Patterns:
    """What published ratings have in common worldwide, under one edition: that of most evaluations where it is None.

    Raises:
        UnknownIdError: no such edition, or no report under it.

    >>> patterns().jurisdictions
    199
    """
    counted = Counter(report.edition for report in load_published() if report.kind is ReportKind.MER)
    edition = edition or counted.most_common(1)[0][0]
    if edition not in counted:
        raise UnknownIdError(f"There is no evaluation under {edition!r} in the table. There are: {', '.join(counted)}.")
    return find_patterns(edition)


def patterns_report(found: Patterns, *, generated_at: str, language: str = "en") -> Report:
    """Worldwide patterns as a report in one language; `generated_at` is printed as given."""
    framework = load_framework(found.edition, language)
    return build_patterns_report(framework, found, Words(language), tool=tool_version(), generated_at=generated_at)


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
    agency: str | None = None,
    force: bool = False,
) -> Path:
    """Write one blank workbook; `only` limits it to some Recommendations and outcomes, `agency` says for whom it is.

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
    if agency and len(agency) > LONGEST_NAME:
        raise WorkbookError(f"The name of the agency has {len(agency)} characters; give one of up to {LONGEST_NAME}.")
    framework = load_framework(edition, language)
    write_template(build_layout(framework, only=tuple(only), language=language, country=country, agency=agency), target)
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
