"""Results as data frames, for analysts. The only place that imports pandas.

Texts stay texts: ids never become numbers, "NA" is a rating and not a missing value, and what is missing is pandas' own
missing value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatf_kit.framework import load_framework
from fatf_kit.messages import Words
from fatf_kit.published.loader import load_published
from fatf_kit.published.patterns import Patterns
from fatf_kit.published.peers import Comparison
from fatf_kit.report.build.published_tables import patterns_table, peers_table, published_table, re_ratings_table
from fatf_kit.report.model import DataTable, Report

if TYPE_CHECKING:
    import pandas as pd


def table_frame(table: DataTable) -> pd.DataFrame:
    """One flat table, its columns by their keys."""
    import pandas as pd

    return pd.DataFrame(list(table.rows), columns=[column.key for column in table.columns]).convert_dtypes()


def report_frames(report: Report) -> dict[str, pd.DataFrame]:
    """Every table of a report by its key.

    >>> from fatf_kit.api import score_published
    >>> _, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    >>> frame = report_frames(report)["ratings"].set_index("id")
    >>> frame.loc["R.10", "published"]
    'C'
    """
    return {table.key: table_frame(table) for table in report.tables}


def published_frame() -> pd.DataFrame:
    """The bundled table of published ratings: one row for each report, one column for each unit.

    >>> frame = published_frame()
    >>> len(frame), int((frame["R.17"] == "NA").sum()) > 0
    (707, True)
    """
    return table_frame(published_table(load_published(), Words("en")))


def peers_frame(found: Comparison) -> pd.DataFrame:
    """A jurisdiction beside a group, one row for each unit; shares are parts of 1."""
    titles = {unit.id: unit.title for unit in load_framework(found.edition).units}
    return table_frame(peers_table(found, titles, Words("en")))


def patterns_frames(found: Patterns) -> dict[str, pd.DataFrame]:
    """Worldwide patterns: "patterns", one row for each unit, and "re_ratings", one row for each kind of re-rating."""
    titles = {unit.id: unit.title for unit in load_framework(found.edition).units}
    tables = (patterns_table(found, titles, Words("en")), re_ratings_table(found, Words("en")))
    return {table.key: table_frame(table) for table in tables}
