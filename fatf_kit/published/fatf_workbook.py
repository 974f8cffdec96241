"""FATF's own workbook of consolidated ratings, as downloaded, to published reports.

Source of the layout: the table behind FATF's page "Consolidated assessment ratings".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.files import shown_name
from fatf_kit.core.problems import CellRef, Problem, hint, make_problem
from fatf_kit.published.fatf_sheet import (
    MAX_ROWS,
    FatfSheet,
    SheetRow,
    clean_text,
    named_edition,
    parse_bodies,
    parse_edition,
    parse_month,
    parse_rating,
    parse_type,
    parse_unit,
    read_links,
    read_sheets,
)
from fatf_kit.published.history import mark_current
from fatf_kit.published.jurisdiction_names import find_code, find_near_names, load_table_names
from fatf_kit.published.loader import UNITS, load_published
from fatf_kit.published.model import PublishedRating, PublishedReport, ReportKind, ReportType, find_scale

_SHEET = "ratings only"
_NAME, _TYPE, _DATE = "jurisdiction", "report type", "report date"
_BODIES, _EDITION = "assessment bod", "methodology"
_HEADINGS = (_NAME, _TYPE, _DATE, _BODIES, _EDITION)
_SHOWN_ROWS = 4
_FEWEST_RATINGS = 5
"""Readable ratings from which on a row counts as a report, even where its type or date cannot be read."""


def read_fatf_workbook(
    path: str | Path, edition: str | None = None
) -> tuple[tuple[PublishedReport, ...], tuple[Problem, ...]]:
    """Return the reports in FATF's workbook, in its order, and a problem for each part that could not be read.

    The sheet is "Ratings only", or else the first with the table's heading row; columns are found by heading. Every
    filled row of the table is either read or reported as one problem "published-row". A rating or an assessment body
    that cannot be read is left open and reported as "published-cell"; the rest of its row is read. A name that is not
    known is a problem "published-name", but its row is read, with "" as `iso3` and the name as written; other rows have
    the name of the bundled table. The key and the notes under the table are skipped, and one note "published-notes"
    names their rows: the rows read, reported as "published-row" and skipped are all rows present.

    `is_current` marks the newest report of each jurisdiction, `verified` is False, since nothing was compared with the
    reports themselves.

    FATF offers one workbook per Methodology. The edition of a row is that of a column "Methodology" if there is one,
    else `edition`, else from the name of the file, of the sheet or the text above the headings ("2022 Methodology"),
    else from what is known of the report and its date (`infer_editions`); where a date alone puts a row into the newer
    edition, a problem "published-edition" says so.

    Raises:
        WorkbookError: the file cannot be opened, is beyond the limits, or no sheet has the headings.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from openpyxl import Workbook
    >>> ratings = {f"IO{n}": "ME" for n in range(1, 12)} | {f"R.{n}": "LC" for n in range(1, 41)}
    >>> table = Workbook()
    >>> table.active.append(["Jurisdiction", "Report Type", "Report Date", "Assessment body", *ratings])
    >>> table.active.append(["Iraq", "MER", "2024-05", "MENAFATF", *ratings.values()])
    >>> with TemporaryDirectory() as folder:
    ...     table.save(f"{folder}/ratings.xlsx")
    ...     reports, problems = read_fatf_workbook(Path(folder) / "ratings.xlsx", "fatf-2013")
    >>> [(one.iso3, one.date, one.ratings["R.1"]) for one in reports], problems
    ([('IRQ', '2024-05', <ComplianceRating.LC: 'LC'>)], ())
    """
    path = Path(path)
    sheet, table, others = _chosen(path)
    problems = [
        make_problem("published-sheet", CellRef(file=shown_name(path), sheet=title), used=sheet.title)
        for title in others
    ]
    edition = edition or named_edition((path.stem, sheet.title, *_introduction(sheet, table)))
    reader = _FatfTableReader(shown_name(path), sheet.title, table, read_links(path, sheet.title), edition)
    problems += reader.heading_problems()
    reports: list[PublishedReport] = []
    rows: dict[tuple[str, ReportType, str], int] = {}
    below = [row for row in sheet.rows if row.number > table.row]
    last = max((row.number for row in below if reader.is_report(row)), default=0)
    for row in below:
        if row.number > last > 0:
            continue
        report, found = reader.read(row)
        problems += found
        if report:
            reports.append(report)
            first = rows.setdefault((report.place, report.report_type, report.date), row.number)
            if first != row.number:
                problems.append(reader.report_duplicate(report, row.number, first))
    if notes := [row for row in below if row.number > last > 0]:
        problems.append(reader.passed_over(notes))
    dated, guessed = infer_editions(reports)
    if guessed:
        newer = max(report.edition for report in dated)
        problems.append(
            make_problem(
                "published-edition", CellRef(file=shown_name(path), sheet=sheet.title), count=guessed, newer=newer
            )
        )
    return mark_current(dated), tuple(problems)


def _chosen(path: Path) -> tuple[FatfSheet, _FatfTable, list[str]]:
    """Return the sheet that is read, where its table is, and the titles of others that have one."""
    sheets = [(sheet, table) for sheet in read_sheets(path) if (table := _table(sheet))]
    if not sheets:
        raise WorkbookError(
            "No sheet of {file} has the headings of FATF's table (Jurisdiction, Report Type, Report Date, IO1 … "
            "R.40). Download the table of consolidated assessment ratings again.",
            file=path.name,
        )
    sheet, table = next((pair for pair in sheets if clean_text(pair[0].title).casefold() == _SHEET), sheets[0])
    if sheet.cut:
        raise WorkbookError(
            "The sheet '{sheet}' of {file} has more rows than the {limit} allowed. Check that it is FATF's table.",
            sheet=sheet.title,
            file=path.name,
            limit=f"{MAX_ROWS:,}",
        )
    return sheet, table, [other.title for other, _ in sheets if other is not sheet]


@dataclass(frozen=True, slots=True, kw_only=True)
class _FatfTable:
    """The place of the headings: their row, the column of each, and columns that repeat a heading."""

    row: int
    columns: Mapping[str, int]
    repeated: tuple[tuple[str, int], ...]


def _table(sheet: FatfSheet) -> _FatfTable | None:
    """Return the first row that has the three leading headings and at least one rating column."""
    for row in sheet.rows:
        columns: dict[str, int] = {}
        repeated: list[tuple[str, int]] = []
        for column, value in sorted(row.cells.items()):
            if key := _key(value):
                if key in columns:
                    repeated.append((key, column))
                columns.setdefault(key, column)
        if {_NAME, _TYPE, _DATE} <= columns.keys() and columns.keys() & set(UNITS):
            return _FatfTable(row=row.number, columns=columns, repeated=tuple(repeated))
    return None


def _introduction(sheet: FatfSheet, table: _FatfTable) -> Iterator[object]:
    return (value for row in sheet.rows if row.number < table.row for value in row.cells.values())


def _key(value: object) -> str | None:
    text = clean_text(value).casefold()
    return parse_unit(value) or next((heading for heading in _HEADINGS if text.startswith(heading)), None)


class _FatfTableReader:
    """Reads the rows of one table; keeps what every row needs."""

    def __init__(
        self, file: str, sheet: str, table: _FatfTable, links: Mapping[tuple[int, int], str], edition: str | None
    ) -> None:
        self._file, self._sheet, self._table = file, sheet, table
        self._links, self._edition = links, edition or ""

    def heading_problems(self) -> Iterator[Problem]:
        """Yield columns that are missing or stand twice."""
        row, columns = self._table.row, self._table.columns
        if missing := [key for key in (_BODIES, *UNITS) if key not in columns]:
            names = ", ".join(map(_show_heading, missing))
            yield make_problem("published-columns", CellRef(file=self._file, sheet=self._sheet), missing=names)
        for key, column in self._table.repeated:
            other = self._ref(row, columns[key]).cell
            place, found = self._ref(row, column), _show_heading(key)
            yield make_problem("published-heading-twice", place, found=found, other=other)

    def is_report(self, row: SheetRow) -> bool:
        """Return whether a row is a report: it has a type and a date, or ratings. Keys and notes have neither."""
        cells = self._cells(row)
        dated = parse_type(cells.get(_TYPE, "")) is not None and parse_month(cells.get(_DATE, "")) is not None
        return dated or len(_ratings(cells)) >= _FEWEST_RATINGS

    def read(self, row: SheetRow) -> tuple[PublishedReport | None, list[Problem]]:
        """Return the report in a row with a problem for each cell left open, or None and the problem that says why."""
        columns, cells = self._table.columns, self._cells(row)
        name = clean_text(cells.get(_NAME, ""))
        kind, month = parse_type(cells.get(_TYPE, "")), parse_month(cells.get(_DATE, ""))
        bodies = parse_bodies(cells[_BODIES]) if _BODIES in cells else ()
        edition = parse_edition(cells[_EDITION]) if _EDITION in cells else self._edition
        ratings = _ratings(cells)
        parts = {_TYPE: kind, _DATE: month, _EDITION: edition}
        faults = list(_faults(cells, name, [key for key, part in parts.items() if part is None], ratings))
        if faults or kind is None or month is None or edition is None:
            why = "; ".join(text for _, text in faults)
            return None, [self.make_problem("published-row", row.number, faults[0][0], why=why)]
        code = find_code(name) or ""
        report = PublishedReport(
            jurisdiction=load_table_names().get(code, name),
            iso3=code,
            bodies=bodies or (),
            report_type=kind,
            date=month,
            edition=edition,
            ratings=MappingProxyType(ratings),
            is_current=False,
            url=self._links.get((row.number, columns[_NAME]), ""),
        )
        problems = []
        if not code:
            near = find_near_names(name, load_table_names().values())
            facts = hint(near[0] if near else None)
            problems.append(self.make_problem("published-name", row.number, _NAME, found=name[:60], **facts))
        return report, [*problems, *self._open_cells(row.number, cells, ratings, bodies)]

    def report_duplicate(self, report: PublishedReport, row: int, first: int) -> Problem:
        """Return the same report a second time; both stay, since either may be the right one."""
        facts = {"label": report.label, "name": report.jurisdiction, "other": str(first)}
        return self.make_problem("published-duplicate", row, _NAME, **facts)

    def passed_over(self, rows: Sequence[SheetRow]) -> Problem:
        """Return the note that names the rows of the key and the notes under the table."""
        numbers = [str(row.number) for row in rows[:_SHOWN_ROWS]]
        if len(rows) > _SHOWN_ROWS:
            numbers[-1:] = ["…", str(rows[-1].number)]
        ref = self._ref(rows[0].number, min(rows[0].cells))
        return make_problem("published-notes", ref, count=len(rows), rows=", ".join(numbers))

    def _cells(self, row: SheetRow) -> dict[str, object]:
        return {key: row.cells[column] for key, column in self._table.columns.items() if column in row.cells}

    def _open_cells(
        self,
        row: int,
        cells: Mapping[str, object],
        ratings: Mapping[str, PublishedRating],
        bodies: tuple[str, ...] | None,
    ) -> Iterator[Problem]:
        """Yield one problem for each cell that cannot be read and is left open."""
        if bodies is None:
            yield self._open_cell(row, cells, _BODIES, what="an assessment body", allowed="FATF, MONEYVAL, …")
        for unit in UNITS:
            if unit in cells and unit not in ratings:
                yield self._open_cell(row, cells, unit, what="a rating", allowed=", ".join(find_scale(unit)))

    def _open_cell(self, row: int, cells: Mapping[str, object], key: str, **words: str) -> Problem:
        return self.make_problem("published-cell", row, key, found=clean_text(cells[key])[:40], **words)

    def make_problem(self, code: str, row: int, key: str, **facts: object) -> Problem:
        """Return a problem of a row in the column of a heading."""
        return make_problem(code, self._ref(row, self._table.columns[key]), None, **facts)

    def _ref(self, row: int, column: int) -> CellRef:
        from openpyxl.utils import get_column_letter

        return CellRef(file=self._file, sheet=self._sheet, cell=f"{get_column_letter(column)}{row}")


def _show_heading(key: str) -> str:
    """Return a heading as FATF writes it, by the beginning that it is found by."""
    return "assessment body" if key == _BODIES else key


def _faults(
    cells: Mapping[str, object], name: str, unread: Sequence[str], ratings: Mapping[str, PublishedRating]
) -> Iterator[tuple[str, str]]:
    """Yield the reasons why a row cannot be read at all, as column and words; `unread` are columns without a value."""
    allowed = {
        _TYPE: f"a type of report ({', '.join(ReportType)})",
        _DATE: "a month (write it like 2024-05)",
        _EDITION: "a Methodology (2013 or 2022)",
    }
    if not name[:1].isalpha():
        yield _NAME, "it does not name a jurisdiction"
    for key in unread:
        yield key, f"{_shown(cells, key)} is not {allowed[key]}"
    if not ratings:
        why = "it gives no rating"
        yield _NAME, f"{why} that can be read" if cells.keys() & set(UNITS) else why


def _ratings(cells: Mapping[str, object]) -> dict[str, PublishedRating]:
    """Return the ratings of a row that can be read, by unit."""
    return {unit: rating for unit in UNITS if unit in cells and (rating := parse_rating(unit, cells[unit]))}


def _shown(cells: Mapping[str, object], key: str) -> str:
    return f"'{clean_text(cells[key])[:40]}'" if key in cells else "nothing"


def infer_editions(reports: Iterable[PublishedReport]) -> tuple[tuple[PublishedReport, ...], int]:
    """Return the reports with an `edition` each, and how many got the newer one by their date alone.

    A report that the bundled table has too takes its edition from there. Another MER belongs to the newer edition
    when it is dated no earlier than the first MER of that edition in the bundled table and its jurisdiction has an
    earlier MER; both together, because first-time evaluations of the older round still came out late. Follow-ups and
    summaries belong to the newest MER that is not later than they are.

    Source: fatf-kit's own; a test holds the rule against every row of the bundled table.
    """
    table = load_published()
    known = {(r.place, r.report_type, r.date): r.edition for r in table}
    older, newer = min(known.values()), max(known.values())
    start = min(r.date for r in table if r.kind is ReportKind.MER and r.edition == newer)
    rounds: dict[str, dict[str, str]] = {}
    for report in table:
        if report.kind is ReportKind.MER:
            rounds.setdefault(report.place, {})[report.date] = report.edition

    reports = tuple(reports)
    for report in sorted(reports, key=lambda r: r.date):
        if report.kind is ReportKind.MER:
            mine = rounds.setdefault(report.place, {})
            follows = report.date >= start and any(date < report.date for date in mine)
            mine[report.date] = report.edition or mine.get(report.date) or (newer if follows else older)

    done: list[PublishedReport] = []
    guessed = 0
    for report in reports:
        if not report.edition:
            mine = rounds.get(report.place, {})
            earlier = [date for date in mine if date <= report.date]
            same = known.get((report.place, report.report_type, report.date))
            edition = same or (mine[max(earlier)] if earlier else older)
            guessed += edition == newer and not same
            done.append(replace(report, edition=edition))
        else:
            done.append(report)
    return tuple(done), guessed
