"""A jurisdiction compared with others, worldwide patterns, and an own assessment compared with either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import shown_name
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.resources import tool_version
from fatf_kit.framework import load_framework
from fatf_kit.peer_comparison.groups import find_group, find_groups
from fatf_kit.peer_comparison.patterns import Patterns, find_patterns
from fatf_kit.peer_comparison.patterns_report import build_patterns_report
from fatf_kit.peer_comparison.peers import PeerComparison, compare_with_peers
from fatf_kit.peer_comparison.report import build_peers_report
from fatf_kit.published import find_report, load_published
from fatf_kit.published.history import find_latest_cycles
from fatf_kit.published.model import ReportKind
from fatf_kit.report.model import Report

if TYPE_CHECKING:
    from fatf_kit.core.progress import ProgressCallback
    from fatf_kit.peer_comparison.own_assessment import OwnAssessment, OwnComparison
    from fatf_kit.workflows.scoring import ScoringResult


def peers(
    jurisdiction: str, group: str | None = None, *, report: str = "latest", edition: str | None = None
) -> PeerComparison:
    """Compare a jurisdiction with others, unit by unit and within one edition.

    `group` is a body ("MENAFATF") or a list ("JOR,KWT"); None: the jurisdiction's first regional body. `report` is
    "latest" or "MER", for the jurisdiction and its peers alike.

    Raises:
        UnknownIdError: no such jurisdiction, group, state or edition, or no report under the edition.

    >>> [unit.unit for unit in peers("IRQ").failed_by_most][:3]
    ['IO.4', 'IO.5', 'IO.7']
    """
    if group is None:
        mine = find_groups(find_report(jurisdiction).place)
        if not mine:
            raise UnknownIdError(
                "{jurisdiction} does not belong to a known group. Name a group.", jurisdiction=jurisdiction
            )
        return compare_with_peers(jurisdiction, mine[0], report, edition=edition)
    return compare_with_peers(jurisdiction, find_group(group), report, edition=edition)


def peers_report(
    found: PeerComparison, *, own: OwnComparison | None = None, generated_at: str, language: str = "en"
) -> Report:
    """Return a comparison as a report in one language; `generated_at` is printed as given.

    `own` is the country's own assessment in the same comparison, from `compare_own`.
    """
    language = add_country(language, found.own.iso3)
    framework, t = load_framework(found.edition, language), Translator(language)
    return build_peers_report(framework, found, t, own=own, tool=tool_version(), generated_at=generated_at)


def patterns(edition: str | None = None) -> Patterns:
    """Return worldwide patterns of published ratings under one edition: by default that of most evaluations.

    Raises:
        UnknownIdError: no such edition, or no report under it.

    >>> patterns().jurisdictions
    199
    """
    counted = Counter(report.edition for report in load_published() if report.kind is ReportKind.MER)
    edition = edition or counted.most_common(1)[0][0]
    if edition not in counted:
        raise UnknownIdError(
            "The table has no evaluation under '{found}'. Allowed: {names}.", found=edition, names=tuple(counted)
        )
    return find_patterns(edition)


def patterns_report(
    found: Patterns, *, own: OwnComparison | None = None, generated_at: str, language: str = "en"
) -> Report:
    """Return worldwide patterns as a report in one language; `generated_at` is printed as given.

    `own` is the country's own assessment in the same patterns, from `compare_own`.
    """
    framework, t = load_framework(found.edition, language), Translator(language)
    return build_patterns_report(framework, found, t, own=own, tool=tool_version(), generated_at=generated_at)


def own_assessment(source: ScoringResult | str | Path, *, on_progress: ProgressCallback | None = None) -> OwnAssessment:
    """Return the ratings of an own assessment, claimed and shown, from scored workbooks or from their path.

    A path is an assessment.json of `fatf-kit score`, a folder that holds one, an assessment folder, or filled
    workbooks to score. `on_progress` is as for `score`.

    Raises:
        FatfKitError: nothing can be read or nothing is answered, the ratings are published ones, or the result was made
            by the earlier method, which had no ranges.
    """
    from fatf_kit.peer_comparison.own_assessment import read_own_assessment
    from fatf_kit.workflows.results import read_result
    from fatf_kit.workflows.scoring import score

    if isinstance(source, (str, Path)):
        path = Path(source)
        result = read_result(path)
        if result is not None:
            return _own_of(result, path)
        source = score(path, on_progress=on_progress)
        if not source.responses.inputs:
            raise FatfKitError(
                "No workbook could be read in {folder}. {problems}", folder=shown_name(path), problems=source.problems
            )
    found = source.assessment
    if not found.coverage.answered and not found.adjustments.decisions:
        raise FatfKitError(
            "No requirement is answered in the assessment yet. Fill in the workbooks and run this again."
        )
    return read_own_assessment(found, source.country(), notices=source.responses.notices, problems=source.problems)


def compare_own(found: PeerComparison | Patterns, own: OwnAssessment) -> OwnComparison:
    """Compare the country's own assessment with peers, or with all jurisdictions, at both ends of its range.

    Own ratings are indicative and are never counted among the published ones.

    Raises:
        FatfKitError: the editions of the two do not follow on each other.
    """
    from fatf_kit.peer_comparison.own_assessment import compare_with_published

    if isinstance(found, PeerComparison):
        return compare_with_published(own, found.edition, [found.state(cycle) for cycle in found.peers])
    cycles = find_latest_cycles(load_published(), found.edition)
    return compare_with_published(own, found.edition, [cycle.last for cycle in cycles])


def _own_of(result: Mapping[str, Any], path: Path) -> OwnAssessment:
    from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA
    from fatf_kit.peer_comparison.own_assessment import read_own_result
    from fatf_kit.published.model import PUBLISHED_SCHEMA

    if result["schema"] == PUBLISHED_SCHEMA:
        raise FatfKitError(
            "{file} contains published ratings. Name the result of your own assessment.", file=shown_name(path)
        )
    if result["schema"] == EARLIER_SCHEMA:
        raise FatfKitError(
            "{file} was written by an earlier version, which had no ranges. Run 'fatf-kit score' again.",
            file=shown_name(path),
        )
    if not result["coverage"]["answered"] and all(unit["decided"] is None for unit in result["recommendations"]):
        raise FatfKitError(
            "No requirement is answered in the assessment yet. Fill in the workbooks and run this again."
        )
    return read_own_result(result)
