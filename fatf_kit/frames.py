"""Results as pandas data frames, for analysts, each in one call.

Texts stay texts: ids never become numbers, "NA" is the rating "not applicable" and never a missing value, and what is
missing is pandas' own missing value.

>>> from fatf_kit import frames
>>> frames.peers("IRQ", "MENAFATF").set_index("id").loc["R.10", "rating"]
'C'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatf_kit.core.messages import Translator
from fatf_kit.framework import load_framework
from fatf_kit.peer_comparison.tables import patterns_table, peers_table, published_table, re_ratings_table
from fatf_kit.published.loader import load_published
from fatf_kit.report.model import DataTable, Report
from fatf_kit.workflows import peers as peers_workflow

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["patterns", "peers", "published", "re_ratings", "report_frames", "table_frame"]


def table_frame(table: DataTable) -> pd.DataFrame:
    """Return one flat table as a data frame, its columns by their keys."""
    import pandas as pd

    return pd.DataFrame(list(table.rows), columns=[column.key for column in table.columns]).convert_dtypes()


def report_frames(report: Report) -> dict[str, pd.DataFrame]:
    """Return every table of a report as a data frame, by its key.

    >>> from fatf_kit import score_published
    >>> _, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    >>> frame = report_frames(report)["ratings"].set_index("id")
    >>> frame.loc["R.10", "published"]
    'C'
    """
    return {table.key: table_frame(table) for table in report.tables}


def published() -> pd.DataFrame:
    """Return the bundled table of published ratings: one row for each report, one column for each unit.

    >>> frame = published()
    >>> len(frame), int((frame["R.17"] == "NA").sum()) > 0
    (707, True)
    """
    return table_frame(published_table(load_published(), Translator("en")))


def peers(
    jurisdiction: str, group: str | None = None, *, report: str = "latest", edition: str | None = None
) -> pd.DataFrame:
    """Return a jurisdiction compared with a group, one row for each unit; arguments as for `fatf_kit.peers`.

    Shares are parts of 1.

    Raises:
        UnknownIdError: no such jurisdiction, group, state or edition.
    """
    found = peers_workflow.peers(jurisdiction, group, report=report, edition=edition)
    return table_frame(peers_table(found, _titles(found.edition), Translator("en")))


def patterns(edition: str | None = None) -> pd.DataFrame:
    """Return worldwide patterns, one row for each unit; the edition of most evaluations where it is None.

    Raises:
        UnknownIdError: no such edition.

    >>> frame = patterns().set_index("id")
    >>> bool(frame.loc["R.15", "share"] < frame.loc["R.9", "share"])
    True
    """
    found = peers_workflow.patterns(edition)
    return table_frame(patterns_table(found, _titles(found.edition), Translator("en")))


def re_ratings(edition: str | None = None) -> pd.DataFrame:
    """Return the kinds of re-rating worldwide and how often each came, the most frequent first.

    Raises:
        UnknownIdError: no such edition.
    """
    return table_frame(re_ratings_table(peers_workflow.patterns(edition), Translator("en")))


def _titles(edition: str) -> dict[str, str]:
    return {unit.id: unit.title for unit in load_framework(edition).units}
