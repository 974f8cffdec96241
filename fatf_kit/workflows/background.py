"""Collects what a report says around an assessment: from its folder, and from the tables of published ratings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.reading import read_own_plan
from fatf_kit.assessment.folder.model import HISTORY, Workspace
from fatf_kit.comparison.compare import ASSESSMENT_SCHEMA, read_rating_ranges
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.papers.report_input import Background, EarlierRatings, PeerShares
from fatf_kit.peer_comparison.own_assessment import find_redefined_units
from fatf_kit.published import find_report
from fatf_kit.published.model import PublishedReport
from fatf_kit.workflows.peers import patterns, peers
from fatf_kit.workflows.results import RESULT, read_result


def collect_background(edition: str, iso3: str, workspace: Workspace | None, today: date) -> Background:
    """Return what is known around an assessment on a day: from published ratings, and from its folder if it has one.

    What cannot be read is left out; nothing is raised.
    """
    known = Background(published=_find_published(iso3, edition), peers=_count_peers(iso3, edition))
    if workspace is None:
        return known
    return replace(
        known,
        plan_dues=_read_plan_dues(workspace.path),
        earlier=_find_earlier(workspace.path / HISTORY, edition, today),
        has_history=True,
    )


def _read_plan_dues(home: Path) -> Mapping[str, date]:
    """Return the last day of work on each requirement in the country's own plan, actions that are done aside."""
    book, _ = read_own_plan(home)
    dues: dict[str, date] = {}
    for row in book.actions if book else ():
        if row.slot and row.status is not ActionStatus.DONE:
            for requirement in row.action.requirements:
                dues[requirement] = max(row.slot.due, dues.get(requirement, date.min))
    return dues


def _find_earlier(folder: Path, edition: str, today: date) -> EarlierRatings | None:
    """Return the newest result of an earlier day and the same edition; the name of its file begins with the day."""
    for path in sorted(folder.glob(f"* {RESULT}"), reverse=True):
        if path.name[:10] >= today.isoformat():
            continue
        try:
            result = read_result(path)
        except FatfKitError:
            continue
        if not result or result["schema"] != ASSESSMENT_SCHEMA or result["provenance"]["edition"] != edition:
            continue
        made_on = date.fromisoformat(result["provenance"]["generated_at"][:10])
        if made_on < today:  # the name has the day in universal time
            return EarlierRatings(day=made_on, ratings=read_rating_ranges(result))
    return None


def _find_published(iso3: str, edition: str) -> PublishedReport | None:
    """Return the newest published ratings of a country; None where the table has none that can be compared."""
    if not iso3:
        return None
    try:
        report = find_report(iso3, "latest")
        other = find_redefined_units(edition, report.edition)
    except FatfKitError:
        return None
    ratings = {unit: rating for unit, rating in report.ratings.items() if unit not in other}
    return replace(report, ratings=ratings)


def _count_peers(iso3: str, edition: str) -> PeerShares | None:
    """Return the ratings of the regional body of a country, or of all jurisdictions where it is in no body."""
    try:
        of_body = peers(iso3) if iso3 else None
    except UnknownIdError:
        of_body = None
    found = of_body or patterns()
    try:
        other = find_redefined_units(edition, found.edition)
    except FatfKitError:
        return None
    units = (one for one in found.units if one.rated and one.unit not in other)
    counts = {one.unit: (one.good, one.rated) for one in units}
    return PeerShares(group=of_body.group.id if of_body else "", counts=counts)
