"""An assessment compared: with an earlier one, with published ratings of others, and the follow-up to a report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.comparison.compare import compare_assessments
from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA
from fatf_kit.comparison.model import AssessmentComparison
from fatf_kit.comparison.payload import make_comparison_result
from fatf_kit.comparison.report import build_comparison
from fatf_kit.core.dates import parse_day
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import shown_name
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.follow_up_report.re_ratings import FollowUpCase, build_follow_up_case
from fatf_kit.follow_up_report.report import build_follow_up
from fatf_kit.follow_up_report.workbook import read_follow_up, render_follow_up_book
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.outlook import load_rules
from fatf_kit.peer_comparison.own_assessment import (
    OwnAssessment,
    OwnComparison,
    compare_with_published,
    read_own_assessment,
    read_own_result,
)
from fatf_kit.peer_comparison.patterns import Patterns
from fatf_kit.peer_comparison.peers import PeerComparison
from fatf_kit.published import find_report, load_published
from fatf_kit.published.catalog import find_reports
from fatf_kit.published.history import find_latest_cycles
from fatf_kit.published.model import PUBLISHED_SCHEMA
from fatf_kit.report.model import Document, Report
from fatf_kit.workflows.results import read_result
from fatf_kit.workflows.scoring import ScoringResult, score_answers

_UNDATED = "2000-01-01"
_Result = tuple[Mapping[str, Any], tuple[str, ...]]


def compare(
    before: str | Path, after: str | Path, *, on_progress: ProgressCallback | None = None
) -> AssessmentComparison:
    """Return the changes between two assessments and their causes; the older assessment is the first argument.

    Each is an assessment.json, that of `score --published` included, a folder that holds one, an assessment folder, or
    filled workbooks to score. `on_progress` is called as for `score`, for each source.

    Raises:
        FatfKitError: one cannot be read, or their editions do not follow on each other.

    >>> found = compare("examples/ruritania/workbook", "examples/ruritania-plan/second")
    >>> [(one.unit, str(one.before), str(one.after)) for one in found.moved][:2]
    [('R.21', 'LC', 'C'), ('R.26', 'PC', 'LC')]
    """
    return _compared(_result(Path(before), on_progress), _result(Path(after), on_progress))


@dataclass(frozen=True, slots=True, kw_only=True)
class EndsCompared:
    """The oldest and the newest of several results, compared; `skipped` are files that are no results."""

    comparison: AssessmentComparison
    before: Path
    after: Path
    skipped: tuple[Path, ...] = ()


def compare_ends(paths: Sequence[Path], *, on_progress: ProgressCallback | None = None) -> EndsCompared:
    """Return what moved from the oldest of several results to the newest; files that are no results are skipped.

    Published ratings are older than what is worked out from answers, and results are ordered by the time at which they
    were made. Two are taken in the order in which they are given.

    Raises:
        FatfKitError: fewer than two can be read, or their editions do not follow on each other.
    """
    found: list[tuple[Path, _Result]] = []
    skipped: list[Path] = []
    fault: FatfKitError | None = None
    for path in paths:
        try:
            found.append((path, _result(path, on_progress)))
        except FatfKitError as why:
            fault = why
            skipped.append(path)
    if len(found) < 2:
        raise fault or FatfKitError("Name two assessments, the older one first.")
    if len(found) > 2:
        found.sort(key=lambda one: _age(one[1][0]))
    (first, old), (last, new) = found[0], found[-1]
    return EndsCompared(comparison=_compared(old, new), before=first, after=last, skipped=tuple(skipped))


def _age(result: Mapping[str, Any]) -> tuple[bool, str]:
    """Return the key that sorts results: published ones first by their report, those without a time last."""
    if result["schema"] == PUBLISHED_SCHEMA:
        return False, result["report"]["date"]
    return True, result["provenance"]["generated_at"] or "9999"


def _compared(before: _Result, after: _Result) -> AssessmentComparison:
    (old, noted), (new, also) = before, after
    return replace(compare_assessments(old, new), notices=tuple(dict.fromkeys((*noted, *also))))


def compare_report(found: AssessmentComparison, language: str = "en") -> Report:
    """Return the comparison as a document and JSON.

    Raises:
        UnknownIdError: no such language.

    >>> from fatf_kit import compare
    >>> found = compare("examples/ruritania/workbook", "examples/ruritania-plan/second")
    >>> compare_report(found).document.title
    'Two assessments compared'
    """
    t = Translator(add_country(language, find_country(found.country)))
    return Report(
        document=build_comparison(found, t), tables=(), payload=make_json_value(make_comparison_result(found))
    )


def _result(path: Path, on_progress: ProgressCallback | None) -> _Result:
    """Return an assessment.json as it is or as it would be, and the notices of the workbooks it is made from."""
    result = read_result(path)
    if result is not None:
        return result, ()
    scored = score_answers(path, on_progress)
    found: dict[str, Any] = json.loads(json.dumps(scored.report(generated_at=_UNDATED).payload))
    found["provenance"]["generated_at"] = ""  # calculated only for the comparison
    return found, scored.responses.notices


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpResult:
    """The follow-up to one published report. `problems` are those of the filled workbook, if one was read."""

    case: FollowUpCase
    problems: tuple[Problem, ...] = ()

    def national(self, language: str) -> str:
        """Return the language as the country uses it."""
        return add_country(language, self.case.report.iso3)

    def document(self, *, today: date | str, language: str = "en") -> Document:
        """Return the follow-up report, to be edited in Word."""
        t = Translator(self.national(language))
        day = parse_day(today) if isinstance(today, str) else today
        return build_follow_up(self.case, load_framework(self.case.edition, t.language), t, today=day)

    def workbook(self, language: str = "en") -> bytes:
        """Return a blank workbook: the report's table, the re-ratings to request, and the changes by criterion."""
        t = Translator(self.national(language))
        return render_follow_up_book(self.case, load_framework(self.case.edition, t.language), t)


def follow_up(jurisdiction: str = "", *, report: str = "MER", workbook: str | Path | None = None) -> FollowUpResult:
    """Return the follow-up to a published report, with the answers of a filled workbook.

    Without them, the workbook names the jurisdiction and the report.

    Raises:
        UnknownIdError: no such jurisdiction or report.
        FatfKitError: neither is given, or the workbook cannot be read.

    >>> found = follow_up("IRQ")
    >>> found.case.report.jurisdiction, len(found.case.open_units)
    ('Iraq', 13)
    """
    answers, problems = None, tuple[Problem, ...]()
    if workbook is not None:
        editions = {name: load_framework(name) for name in list_editions()}
        book, problems = read_follow_up(Path(workbook), editions)
        answers = book.answers
        if not jurisdiction:
            jurisdiction, report = book.jurisdiction, book.label.rpartition(" ")[2] or report
    if not jurisdiction:
        raise FatfKitError("Name a jurisdiction or a filled follow-up workbook.")
    found = find_report(jurisdiction, report)
    reports = find_reports(jurisdiction, load_published())
    case = build_follow_up_case(found, reports, load_rules(found.edition), answers)
    return FollowUpResult(case=case, problems=problems)


def own_assessment(source: ScoringResult | str | Path, *, on_progress: ProgressCallback | None = None) -> OwnAssessment:
    """Return the ratings of an own assessment, claimed and shown, from scored workbooks or from their path.

    A path is an assessment.json of `fatf-kit score`, a folder that holds one, an assessment folder, or filled
    workbooks to score. `on_progress` is as for `score`.

    Raises:
        FatfKitError: nothing can be read or nothing is answered, the ratings are published ones, or the result was made
            by the earlier method, which had no ranges.

    >>> own = own_assessment("examples/ruritania/workbook")
    >>> own.country, own.edition, own.ratings["R.36"].claimed
    ('Ruritania', 'fatf-2022', <ComplianceRating.LC: 'LC'>)
    """
    if isinstance(source, (str, Path)):
        path = Path(source)
        result = read_result(path)
        if result is not None:
            return _own_of(result, path)
        source = score_answers(path, on_progress)
    found = source.assessment
    _check_answered(found.coverage.answered or found.adjustments.decisions)
    return read_own_assessment(found, source.country(), notices=source.responses.notices, problems=source.problems)


def compare_own(found: PeerComparison | Patterns, own: OwnAssessment) -> OwnComparison:
    """Compare the country's own assessment with peers, or with all jurisdictions, at both ends of its range.

    Own ratings are indicative and are never counted among the published ones.

    Raises:
        FatfKitError: the editions of the two do not follow on each other.

    >>> from fatf_kit import own_assessment, peers
    >>> own = own_assessment("examples/ruritania/workbook")
    >>> compare_own(peers("IRQ", group="MENAFATF"), own).is_same_edition
    False
    """
    if isinstance(found, PeerComparison):
        others = [found.state(cycle) for cycle in found.peers]
    else:
        others = [cycle.last for cycle in find_latest_cycles(load_published(), found.edition)]
    return compare_with_published(own, found.edition, others)


def _own_of(result: Mapping[str, Any], path: Path) -> OwnAssessment:
    if result["schema"] == PUBLISHED_SCHEMA:
        raise FatfKitError(
            "{file} contains published ratings. Name the result of your own assessment.", file=shown_name(path)
        )
    if result["schema"] == EARLIER_SCHEMA:
        raise FatfKitError(
            "{file} was written by an earlier version, which had no ranges. Run 'fatf-kit score' again.",
            file=shown_name(path),
        )
    decided = [unit for unit in result["recommendations"] if unit["decided"] is not None]
    _check_answered(result["coverage"]["answered"] or decided)
    return read_own_result(result)


def _check_answered(answers: object) -> None:
    """Check that anything is answered or decided.

    Raises:
        FatfKitError: nothing is.
    """
    if not answers:
        raise FatfKitError(
            "No requirement is answered in the assessment yet. Fill in the workbooks and run this again."
        )
