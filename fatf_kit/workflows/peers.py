"""A jurisdiction compared with others, and worldwide patterns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fatf_kit.core.errors import UnknownIdError
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
from fatf_kit.published.model import ReportKind
from fatf_kit.report.model import Report

if TYPE_CHECKING:
    from fatf_kit.peer_comparison.own_assessment import OwnComparison


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
    mine = find_groups(find_report(jurisdiction).place) if group is None else (find_group(group),)
    if not mine:
        raise UnknownIdError(
            "{jurisdiction} does not belong to a known group. Name a group.", jurisdiction=jurisdiction
        )
    return compare_with_peers(jurisdiction, mine[0], report, edition=edition)


def peers_report(
    found: PeerComparison, *, own: OwnComparison | None = None, generated_at: str, language: str = "en"
) -> Report:
    """Return a comparison as a report in one language; `generated_at` is printed as given.

    `own` is the country's own assessment in the same comparison, from `compare_own`.

    >>> from fatf_kit import peers
    >>> peers_report(peers("IRQ", group="MENAFATF"), generated_at="2026-11-24").document.title
    'Iraq compared with MENAFATF'
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
    evaluations = (report for report in load_published() if report.kind is ReportKind.MER)
    counted = Counter(report.edition for report in evaluations)
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

    >>> from fatf_kit import patterns
    >>> patterns_report(patterns(), generated_at="2026-11-24").document.title
    'Published ratings worldwide'
    """
    framework, t = load_framework(found.edition, language), Translator(language)
    return build_patterns_report(framework, found, t, own=own, tool=tool_version(), generated_at=generated_at)
