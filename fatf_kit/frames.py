"""Published ratings, comparisons and patterns as pandas frames, each in one call.

Ids are text, "NA" is the rating "not applicable" and never a missing value. Frames of an assessment's report come from
`fatf_kit.report_frames`.

>>> from fatf_kit import frames
>>> frames.peers("IRQ", "MENAFATF").set_index("id").loc["R.10", "rating"]
'C'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatf_kit import api
from fatf_kit.report.frames import patterns_frames, peers_frame, published_frame, report_frames

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["patterns", "peers", "published", "re_ratings", "report_frames"]


def published() -> pd.DataFrame:
    """The bundled table of published ratings: one row for each report, one column for each unit."""
    return published_frame()


def peers(
    jurisdiction: str, group: str | None = None, *, report: str = "latest", edition: str | None = None
) -> pd.DataFrame:
    """A jurisdiction beside a group, one row for each unit; arguments as for `fatf_kit.peers`.

    Raises:
        UnknownIdError: no such jurisdiction, group, state or edition.
    """
    return peers_frame(api.peers(jurisdiction, group, report=report, edition=edition))


def patterns(edition: str | None = None) -> pd.DataFrame:
    """Worldwide patterns, one row for each unit; the edition of most evaluations where it is None.

    Raises:
        UnknownIdError: no such edition.

    >>> frame = patterns().set_index("id")
    >>> bool(frame.loc["R.15", "share"] < frame.loc["R.9", "share"])
    True
    """
    return patterns_frames(api.patterns(edition))["patterns"]


def re_ratings(edition: str | None = None) -> pd.DataFrame:
    """Kinds of re-rating worldwide and how often they came, the most frequent first.

    Raises:
        UnknownIdError: no such edition.
    """
    return patterns_frames(api.patterns(edition))["re_ratings"]
