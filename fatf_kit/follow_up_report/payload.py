"""The follow-up to a published report as JSON that others may rely on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from fatf_kit.core.json_shapes import ABSENT, Absent, Month, RatingShift, UnitId
from fatf_kit.follow_up_report.re_ratings import FollowUpCase
from fatf_kit.outlook.model import ReRatingRequests, WhatIf
from fatf_kit.outlook.payload import OutlookResult, WhatIfResult, make_outlook_result, make_what_if_result
from fatf_kit.published.listings import ListingStatus
from fatf_kit.published.model import ReportType


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedReport:
    """The published report that is followed up."""

    type: ReportType
    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedRating(RatingShift):
    """A re-rating that is requested; `not_ready` are criteria that assessors could not check yet."""

    not_ready: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpReportResult:
    """The situation of a country after a published report, and the effect of re-ratings.

    `open` are the Recommendations rated NC or PC, `ways` the smallest sets of re-ratings for each target. `technical`
    leaves outcomes aside. `request_dates`, in months before the Plenary, is null where the edition does not state them,
    and `granted` is null where no re-rating is requested.
    """

    schema: Literal["fatf-kit/follow-up/1"]
    jurisdiction: str
    report: FollowedReport
    outlook: OutlookResult
    request_dates: ReRatingRequests | Absent | None = ABSENT
    open: tuple[UnitId, ...]
    ways: tuple[WhatIfResult, ...]
    technical: WhatIfResult
    requests: tuple[RequestedRating, ...]
    granted: OutlookResult | None


def make_follow_up_result(
    case: FollowUpCase, describe: Callable[[WhatIf], str], listing: ListingStatus | None = None
) -> FollowUpReportResult:
    """Make the JSON value of what follows a published report.

    `describe` puts a result of smallest sets into a sentence. `listing` is the jurisdiction's state on FATF's lists.
    """
    return FollowUpReportResult(
        schema="fatf-kit/follow-up/1",
        jurisdiction=case.report.iso3,
        report=FollowedReport(type=case.report.report_type, month=case.report.date),
        outlook=make_outlook_result(case.outlook, case.edition, listing=listing),
        request_dates=case.outlook.rules.re_rating_requests,
        open=case.open_units,
        ways=tuple(make_what_if_result(way, case.edition, (), describe(way)) for way in case.ways),
        technical=make_what_if_result(case.technical, case.edition, (), describe(case.technical)),
        requests=tuple(
            RequestedRating(id=request.unit, from_=request.before, to=request.after, not_ready=request.not_ready)
            for request in case.requests
        ),
        granted=make_outlook_result(case.granted, case.edition, listing=listing) if case.requests else None,
    )
