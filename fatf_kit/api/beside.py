"""A jurisdiction beside others, and what is weak worldwide."""

from __future__ import annotations

from collections import Counter

from fatf_kit.errors import UnknownIdError
from fatf_kit.framework import load_framework
from fatf_kit.messages import Words
from fatf_kit.published import find_report, load_published
from fatf_kit.published.groups import find_group, groups_of
from fatf_kit.published.model import ReportKind
from fatf_kit.published.patterns import Patterns, find_patterns
from fatf_kit.published.peers import Comparison, compare
from fatf_kit.report.build.patterns import build_patterns_report
from fatf_kit.report.build.peers import build_peers_report
from fatf_kit.report.model import Report
from fatf_kit.resources import tool_version


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
