"""The plan of a workbook of figures, and the Excel workbook that is written from it, always with the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fatf_kit.core.errors import UnknownIdError, WorkbookError
from fatf_kit.core.messages import Translator
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import CoverForm, ReturnTerms, list_return_lines, write_contents, write_cover
from fatf_kit.spreadsheets.schema import CellKind, SheetColumn, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import Highlight, RowValues, write_lists, write_table
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.model import FigureMeasure, FigureRow, FigureTable, YearKind
from fatf_kit.statistics.schema import (
    CASES,
    COVER,
    FIGURES,
    LISTS,
    NO_FIGURES,
    RISKS,
    STATISTICS,
    load_risk_labels,
    make_year_key,
)
from fatf_kit.statistics.years import check_years, label_year, parse_years

RISK_ROLE = "coordination"
"""The role that hands in the national risk assessment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookPlan:
    """One workbook before it is written. `lines` are in the order of the tables."""

    id: str
    agency: str
    roles: tuple[str, ...]
    years: tuple[int, ...]
    year_kind: YearKind
    language: str
    lines: tuple[str, ...]
    country: str | None = None
    notice: str = ""
    terms: ReturnTerms = field(default_factory=ReturnTerms)

    @property
    def has_risks(self) -> bool:
        """Whether the sheet of the national risk assessment is in it."""
        return RISK_ROLE in self.roles

    def tables(self) -> Iterator[tuple[FigureTable, tuple[tuple[FigureRow, FigureMeasure], ...]]]:
        """Yield every table with the rows and measures that this workbook asks for."""
        wanted = set(self.lines)
        for table in load_definitions(self.language).tables.values():
            lines = tuple((r, m) for r, m in table.lines() if table.line(r.id, m.id) in wanted)
            if lines:
                yield table, lines


def make_plan(
    roles: Sequence[str],
    *,
    years: str | Iterable[int],
    language: str = "en",
    agency: str | None = None,
    year_kind: str = YearKind.CALENDAR,
    country: str | None = None,
    notice: str = "",
    terms: ReturnTerms | None = None,
) -> WorkbookPlan:
    """Return the plan of a workbook for an agency with these roles.

    `agency` is its name, that of the first role where none is given. `years` are as for `parse_years`.

    Raises:
        UnknownIdError: a role that fills nothing in, or no such kind of years or language.
        FatfKitError: no years, or too many.

    >>> plan = make_plan(["company_registry"], years="2024-2025")
    >>> plan.agency, plan.lines[0]
    ('Company registry', 'bo-requests/domestic/requests-in')
    """
    definitions = load_definitions(language)
    known = definitions.roles
    if unknown := [role for role in roles if role not in known]:
        raise UnknownIdError(
            "'{found}' is not a role that keeps statistics. Allowed: {names}.", found=unknown[0], names=known
        )
    if not roles:
        raise UnknownIdError("Name a role. Allowed: {names}.", names=known)
    if year_kind not in list(YearKind):
        raise UnknownIdError(
            "'{found}' is not a calendar of years. Allowed: {names}.", found=year_kind, names=tuple(YearKind)
        )
    return WorkbookPlan(
        id="-".join(roles).replace("_", "-"),
        agency=agency or load_vocabulary(language).roles[roles[0]].name,
        roles=tuple(roles),
        years=parse_years(years) if isinstance(years, str) else check_years(years),
        year_kind=YearKind(year_kind),
        language=language,
        lines=definitions.lines_for(tuple(roles)),
        country=country,
        notice=notice,
        terms=terms or ReturnTerms(),
    )


_STEPS = 6
_CASE_ROWS = 60
_TABS = {"figures": "#1F3A52", "cases": "#B7791F", "risks": "#2E7D6B"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookContents:
    """Contents that a workbook has already: fields of the cover, figures by line and year, cases and risks by key."""

    cover: Mapping[str, CellValue] = field(default_factory=dict)
    figures: Mapping[tuple[str, int], CellValue] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    cases: Sequence[Mapping[str, CellValue]] = ()
    risks: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)


def render_template(plan: WorkbookPlan, given: WorkbookContents | None = None) -> bytes:
    """Return the workbook as bytes.

    Raises:
        WorkbookError: a figure, case or field that the workbook has no place for, or a text longer than a cell.
    """
    given = given or WorkbookContents()
    _check_places(plan, given)
    return _TemplateWriter(plan, given).write()


def _check_places(plan: WorkbookPlan, given: WorkbookContents) -> None:
    lines = set(plan.lines)
    places = {(line, year) for line in lines for year in plan.years}
    unplaced = [f"{line} {year}" for line, year in given.figures if (line, year) not in places]
    unplaced += [line for line in given.notes if line not in lines]
    unplaced += sorted(set(given.cover) - {one.key for one in COVER})
    unplaced += sorted({key for case in given.cases for key in case} - set(CASES.by_key))
    unplaced += sorted(set(given.risks) - set(load_risk_labels("en") if plan.has_risks else ()))
    if unplaced:
        raise WorkbookError(
            "The workbook has no cells for {names} ({agency}).", agency=plan.agency, names=tuple(unplaced[:5])
        )


class _TemplateWriter:
    """Writes the sheets of a workbook, one after the other."""

    def __init__(self, plan: WorkbookPlan, given: WorkbookContents) -> None:
        self._plan, self._given = plan, given
        # the stamp keeps the notice untranslated
        self._writer = BookWriter(plan.language, Translator(plan.language)(plan.notice))
        self._words = self._writer.words

    def write(self) -> bytes:
        plan, words = self._plan, self._words
        self._write_cover()
        write_contents(self._writer, words["statistics.title"], self._list_links())
        for table, lines in plan.tables():
            self._write_figures(table, lines)
        if plan.has_risks:
            self._write_risks()
        cases = words["statistics.cases.heading"], words["statistics.cases.note"]
        self._write_sheet(words["sheet.cases"], CASES, self._given.cases, cases, spare=_CASE_ROWS)
        write_lists(self._writer, LISTS)
        facts = {
            "agency": plan.agency,
            "roles": ",".join(plan.roles),
            "years": ",".join(map(str, plan.years)),
            "language": plan.language,
            "notice": plan.notice,
        }
        write_stamp(self._writer, STATISTICS, words["statistics.title"], facts)
        return self._writer.finish()

    def _write_cover(self) -> None:
        plan, words = self._plan, self._words
        made_for = words["statistics.for"].format(name=plan.agency)
        known = {"country": plan.country, "agency": plan.agency, "year_kind": plan.year_kind}
        keys = (*(f"statistics.step.{n}" for n in range(1, _STEPS + 1)), "statistics.notice")
        how = [(words[f"{key}.title"], words[key]) for key in keys]
        lines = list_return_lines(self._writer, plan.terms)
        returned = [(words["cover.return"], lines)] if lines else []
        sheet = write_cover(
            self._writer,
            words["statistics.title"],
            " – ".join(filter(None, (made_for, self._writer.notice))),
            [*returned, (words["statistics.cover.how"], how)],
            form=CoverForm(words["statistics.cover.filled"], COVER, {**known, **self._given.cover}),
        )
        sheet.worksheet.set_first_sheet()

    def _list_links(self) -> Iterator[tuple[str, str, str]]:
        tables = (table for table, _ in self._plan.tables())
        yield from ((one.tab, one.title, ", ".join(one.outcomes)) for one in tables)
        for name in ("risks", "cases") if self._plan.has_risks else ("cases",):
            yield self._words[f"sheet.{name}"], self._words[f"statistics.{name}.heading"], ""

    def _write_sheet(
        self, title: str, table: SheetTable, rows: Sequence[RowValues], texts: tuple[str, str], **look: Any
    ) -> None:
        """Write a sheet of rows below its heading and a note, which `texts` are, and the notice of the workbook."""
        heading, note = texts
        above = tuple(filter(None, (heading, self._writer.notice, note)))
        look |= {"tab": _TABS[table.name], "heading": heading, "above": above}
        write_table(self._writer, title, table, rows, **look)

    def _write_figures(self, table: FigureTable, lines: Sequence[tuple[FigureRow, FigureMeasure]]) -> None:
        """Write one table: a line for each row and measure, a column for each year."""
        plan, given = self._plan, self._given
        keys = {make_year_key(year): year for year in plan.years}
        years = [
            SheetColumn(
                key,
                label_year(year, plan.year_kind, plan.language),
                kind=CellKind.NUMBER,
                choices=NO_FIGURES,
                width=13,
                style="figure",
                prompt="figure",
            )
            for key, year in keys.items()
        ]
        rows = []
        for row, measure in lines:
            name = table.line(row.id, measure.id)
            texts = {"id": name, "row": row.label, "measure": measure.label}
            texts["unit"] = self._words[f"statistics.unit.{measure.unit}"]
            figures = {key: given.figures.get((name, year)) for key, year in keys.items()}
            rows.append({**texts, "note": given.notes.get(name), **figures})
        look = {"freeze": 3, "spare": 0, "highlights": tuple(_list_highlights(keys))}
        self._write_sheet(table.tab, FIGURES.spread(years), rows, (table.title, table.definition), **look)

    def _write_risks(self) -> None:
        words, labels = self._words, load_risk_labels(self._plan.language)
        given = self._given.risks
        printed = ({"id": name, "threat": text} for name, text in labels.items())
        rows = [{**cells, **given.get(cells["id"], {})} for cells in printed]
        texts = words["statistics.risks.heading"], words["statistics.risks.note"]
        groups = (Highlight("LEFT({id},4)<>LEFT({id_above},4)", "group"),)
        look = {"freeze": 2, "spare": 0, "highlights": groups}
        self._write_sheet(words["sheet.risks"], RISKS, rows, texts, **look)


def _list_highlights(years: Iterable[str]) -> Iterator[Highlight]:
    """Yield a line above the first of the lines of a row, its name in bold, and figures that are filled in."""
    first = "{row}<>{row_above}"
    yield Highlight(first, "group name", ("row",))
    yield Highlight(first, "group", tuple(key for key in FIGURES.by_key if key not in ("id", "row")))
    for year in years:
        yield Highlight(f'AND({first},{{{year}}}<>"")', "group answered", (year,))
        yield Highlight(f'{{{year}}}<>""', "answered", (year,))
        yield Highlight(first, "group", (year,))
