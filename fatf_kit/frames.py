"""Results as pandas data frames, for analysts, each in one call.

Texts stay texts: ids never become numbers, "NA" is the rating "not applicable" and never a missing value, and what is
missing is pandas' own missing value.

>>> from fatf_kit import frames
>>> frames.peers("IRQ", "MENAFATF").set_index("id").loc["R.10", "rating"]
'C'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fatf_kit.assessment.answers.audience import parse_audience
from fatf_kit.assessment.folder.assignment import requirements_by_agency
from fatf_kit.core.messages import Translator
from fatf_kit.framework import load_framework
from fatf_kit.peer_comparison.tables import patterns_table, peers_table, published_table, re_ratings_table
from fatf_kit.published.loader import load_published
from fatf_kit.report.model import DataTable, FlatValue, Report, ValueKind
from fatf_kit.scoring.report.tables import answers_table, coverage_table
from fatf_kit.workflows import peers as peers_workflow

if TYPE_CHECKING:
    import pandas as pd

    from fatf_kit.workflows.scoring import ScoringResult

__all__ = [
    "answers_by_agency",
    "coverage_by_agency",
    "patterns",
    "peers",
    "published",
    "re_ratings",
    "report_frames",
    "table_frame",
]


_DTYPES = {
    ValueKind.COUNT: "Int64",
    ValueKind.NUMBER: "Float64",
    ValueKind.AMOUNT: "Float64",
    ValueKind.YES_NO: "boolean",
}
"""Types of columns that are no text and no dates."""


def table_frame(table: DataTable) -> pd.DataFrame:
    """Return one flat table as a data frame, its columns by their keys.

    Each column has one type, which depends on the kind of its values and not on the values: "Int64" for counts,
    "Float64" for other numbers, "boolean" for yes or no, "datetime64[ns]" for dates, "string" for everything else. A
    month or a year is its first day.
    """
    import pandas as pd

    columns = {}
    for number, column in enumerate(table.columns):
        values = [row[number] for row in table.rows]
        if column.kind is ValueKind.DATE:
            days = pd.Series(values, dtype="string")
            columns[column.key] = pd.to_datetime(days, format="ISO8601").astype("datetime64[ns]")
        else:
            found = pd.Series(values, dtype=_DTYPES.get(column.kind) or _type_of(values))
            columns[column.key] = found if column.kind in _DTYPES else found.convert_dtypes()
    return pd.DataFrame(columns)


def _type_of(values: Sequence[FlatValue]) -> str | None:
    """Return the type of a column of texts; None leaves numbers in a column without a declared kind to pandas."""
    return "string" if all(value is None or isinstance(value, str) for value in values) else None


def report_frames(report: Report) -> dict[str, pd.DataFrame]:
    """Return every table of a report as a data frame, by its key.

    >>> from fatf_kit import score_published
    >>> _, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    >>> frame = report_frames(report)["ratings"].set_index("id")
    >>> frame.loc["R.10", "published"]
    'C'
    """
    return {table.key: table_frame(table) for table in report.tables}


def answers_by_agency(scored: ScoringResult, *, audience: str = "assessors") -> pd.DataFrame:
    """Return one row for each answer of each agency, also those that do not count because agencies disagree.

    `status` is the evidence status of the criterion or core issue. Where the answer is above the audience's
    confidentiality, `is_withheld` is True, and its rating, words and dates are missing. `agency` is missing for the
    answers of a workbook for the whole country.

    Raises:
        UnknownIdError: no such audience.

    >>> from fatf_kit import score
    >>> frame = answers_by_agency(score("examples/ruritania"))
    >>> print(frame.loc[frame["requirement"] == "R.8/8.3", ["agency", "rating", "status", "is_withheld"]])
           agency      rating status  is_withheld
    98  charities  mostly met  shown        False
    99     police        <NA>  shown         True
    >>> answers_by_agency(score("examples/ruritania"), audience="government").loc[99, "rating"]
    'partly met'
    >>> str(frame["in_force_from"].dtype)
    'datetime64[ns]'
    """
    return table_frame(answers_table(scored.responses, scored.assessment, parse_audience(audience)))


def coverage_by_agency(scored: ScoringResult) -> pd.DataFrame:
    """Return one row for each agency and unit: criteria or core issues that it was asked, has rated itself, and open.

    The folder says what an agency was asked, so workbooks that are scored without their folder give no rows.

    >>> from fatf_kit import score
    >>> frame = coverage_by_agency(score("examples/ruritania"))
    >>> print(frame.groupby("agency", sort=False)[["asked", "answered", "open"]].sum().head(3))
             asked  answered  open
    agency
    council    167        80    87
    fiu        112        22    90
    bank       156        71    85
    """
    folder = scored.folder
    asked = requirements_by_agency(scored.framework, folder.workspace.assignment) if folder else {}
    return table_frame(coverage_table(asked, scored.responses))


def published() -> pd.DataFrame:
    """Return the bundled table of published ratings: one row for each report, one column for each unit.

    Code, type, month, edition and source together tell the rows apart; "source" is the report that a row names.

    >>> frame = published()
    >>> len(frame), int((frame["R.17"] == "NA").sum()) > 0
    (707, True)
    >>> int(frame.duplicated(["iso3", "type", "date", "edition", "source"]).sum())
    0
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
    """Return worldwide patterns, one row for each unit; by default the edition of most evaluations.

    Raises:
        UnknownIdError: no such edition.

    >>> frame = patterns().set_index("id")
    >>> bool(frame.loc["R.15", "share"] < frame.loc["R.9", "share"])
    True
    """
    found = peers_workflow.patterns(edition)
    return table_frame(patterns_table(found, _titles(found.edition), Translator("en")))


def re_ratings(edition: str | None = None) -> pd.DataFrame:
    """Return the kinds of re-rating worldwide and the number of each, the most frequent first.

    Raises:
        UnknownIdError: no such edition.
    """
    return table_frame(re_ratings_table(peers_workflow.patterns(edition), Translator("en")))


def _titles(edition: str) -> dict[str, str]:
    return {unit.id: unit.title for unit in load_framework(edition).units}
