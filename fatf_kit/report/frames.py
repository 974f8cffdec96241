"""The flat tables of a report as data frames, for analysts. The only place that imports pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatf_kit.report.model import Report

if TYPE_CHECKING:
    import pandas as pd


def report_frames(report: Report) -> dict[str, pd.DataFrame]:
    """Every table of a report by its key, its columns by theirs.

    Texts stay texts: ids never become numbers, "NA" is a rating and not a missing value, and what is missing is pandas'
    own missing value.

    >>> from fatf_kit.api import score_published
    >>> _, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    >>> frame = report_frames(report)["ratings"].set_index("id")
    >>> frame.loc["R.10", "published"]
    'C'
    """
    import pandas as pd

    return {
        table.key: pd.DataFrame(list(table.rows), columns=[column.key for column in table.columns]).convert_dtypes()
        for table in report.tables
    }
