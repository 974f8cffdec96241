"""The plan of a workbook of figures, and the Excel workbook that is written from it, always with the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fatf_kit.core.errors import UnknownIdError, WorkbookError
from fatf_kit.core.messages import Translator
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import CoverForm, ReturnTerms, list_return_lines, write_contents, write_cover
from fatf_kit.spreadsheets.schema import CellKind, SheetColumn
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import Highlight, write_lists, write_table
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
    for role in roles:
        if role not in known:
            raise UnknownIdError(
                "'{found}' is not a role that keeps statistics. Allowed: {names}.", found=role, names=tuple(known)
            )
    if not roles:
        raise UnknownIdError("Name a role. Allowed: {names}.", names=tuple(known))
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
_TABS = {FIGURES: "#1F3A52", CASES: "#B7791F", RISKS: "#2E7D6B"}


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
    cell_writer = BookWriter(plan.language, Translator(plan.language)(plan.notice))  # the stamp keeps it untranslated
    _write_cover(cell_writer, plan, given)
    write_contents(cell_writer, cell_writer.words["statistics.title"], _list_links(cell_writer, plan))
    for table, lines in plan.tables():
        _write_figures(cell_writer, plan, table, lines, given)
    if plan.has_risks:
        _write_risks(cell_writer, given)
    _write_cases(cell_writer, given)
    write_lists(cell_writer, LISTS)
    facts = {
        "agency": plan.agency,
        "roles": ",".join(plan.roles),
        "years": ",".join(map(str, plan.years)),
        "language": plan.language,
        "notice": plan.notice,
    }
    write_stamp(cell_writer, STATISTICS, cell_writer.words["statistics.title"], facts)
    return cell_writer.finish()


def _check_places(plan: WorkbookPlan, given: WorkbookContents) -> None:
    lines = set(plan.lines)
    unplaced = [f"{line} {year}" for line, year in given.figures if line not in lines or year not in plan.years]
    unplaced += [line for line in given.notes if line not in lines]
    unplaced += sorted(set(given.cover) - {one.key for one in COVER})
    unplaced += sorted({key for case in given.cases for key in case} - set(CASES.by_key))
    unplaced += sorted(set(given.risks) - set(load_risk_labels("en") if plan.has_risks else ()))
    if unplaced:
        raise WorkbookError(
            "The workbook of {agency} has no cells for {names}.", agency=plan.agency, names=tuple(unplaced[:5])
        )


def _write_cover(cell_writer: BookWriter, plan: WorkbookPlan, given: WorkbookContents) -> None:
    made_for = cell_writer.words["statistics.for"].format(name=plan.agency)
    known = {"country": plan.country, "agency": plan.agency, "year_kind": plan.year_kind, **given.cover}
    keys = (*(f"statistics.step.{n}" for n in range(1, _STEPS + 1)), "statistics.notice")
    how = [(cell_writer.words[f"{key}.title"], cell_writer.words[key]) for key in keys]
    lines = list_return_lines(cell_writer, plan.terms)
    returned = [(cell_writer.words["cover.return"], lines)] if lines else []
    sheet = write_cover(
        cell_writer,
        cell_writer.words["statistics.title"],
        " – ".join(filter(None, (made_for, cell_writer.notice))),
        [*returned, (cell_writer.words["statistics.cover.how"], how)],
        form=CoverForm(cell_writer.words["statistics.cover.filled"], COVER, known),
    )
    sheet.worksheet.set_first_sheet()


def _list_links(cell_writer: BookWriter, plan: WorkbookPlan) -> Iterator[tuple[str, str, str]]:
    yield from ((table.tab, table.title, ", ".join(table.outcomes)) for table, _ in plan.tables())
    if plan.has_risks:
        yield cell_writer.words["sheet.risks"], cell_writer.words["statistics.risks.heading"], ""
    yield cell_writer.words["sheet.cases"], cell_writer.words["statistics.cases.heading"], ""


def _write_figures(
    cell_writer: BookWriter,
    plan: WorkbookPlan,
    table: FigureTable,
    lines: Sequence[tuple[FigureRow, FigureMeasure]],
    given: WorkbookContents,
) -> None:
    """Write one table: a line for each row and measure, a column for each year."""
    years = [
        SheetColumn(
            key=make_year_key(year),
            heading=label_year(year, plan.year_kind, cell_writer.language),
            kind=CellKind.NUMBER,
            choices=NO_FIGURES,
            width=13,
            style="figure",
            prompt="figure",
        )
        for year in plan.years
    ]
    rows = []
    for row, measure in lines:
        name = table.line(row.id, measure.id)
        figures = {make_year_key(year): given.figures.get((name, year)) for year in plan.years}
        texts = {"id": name, "row": row.label, "measure": measure.label, "note": given.notes.get(name)}
        rows.append({**texts, "unit": cell_writer.words[f"statistics.unit.{measure.unit}"], **figures})
    write_table(
        cell_writer,
        table.tab,
        replace(FIGURES, columns=(*FIGURES.columns[:-1], *years, FIGURES.columns[-1])),
        rows,
        tab=_TABS[FIGURES],
        heading=table.title,
        above=_list_lines_above(cell_writer, table.title, table.definition),
        freeze=3,
        spare=0,
        highlights=tuple(_list_highlights([year.key for year in years])),
    )


def _list_highlights(years: Sequence[str]) -> Iterator[Highlight]:
    """Yield a line above the first of the lines of a row, its name in bold, and figures that are filled in."""
    first = "{row}<>{row_above}"
    yield Highlight(first, "group name", ("row",))
    yield Highlight(first, "group", ("measure", "unit", "note"))
    for year in years:
        yield Highlight(f'AND({first},{{{year}}}<>"")', "group answered", (year,))
        yield Highlight(f'{{{year}}}<>""', "answered", (year,))
        yield Highlight(first, "group", (year,))


def _write_cases(cell_writer: BookWriter, given: WorkbookContents) -> None:
    heading = cell_writer.words["statistics.cases.heading"]
    above = _list_lines_above(cell_writer, heading, cell_writer.words["statistics.cases.note"])
    title, tab = cell_writer.words["sheet.cases"], _TABS[CASES]
    write_table(cell_writer, title, CASES, given.cases, tab=tab, heading=heading, above=above, spare=_CASE_ROWS)


def _write_risks(cell_writer: BookWriter, given: WorkbookContents) -> None:
    heading = cell_writer.words["statistics.risks.heading"]
    labels = load_risk_labels(cell_writer.language).items()
    write_table(
        cell_writer,
        cell_writer.words["sheet.risks"],
        RISKS,
        [{"id": name, "threat": text, **given.risks.get(name, {})} for name, text in labels],
        tab=_TABS[RISKS],
        heading=heading,
        above=_list_lines_above(cell_writer, heading, cell_writer.words["statistics.risks.note"]),
        freeze=2,
        spare=0,
        highlights=(Highlight("LEFT({id},4)<>LEFT({id_above},4)", "group"),),
    )


def _list_lines_above(cell_writer: BookWriter, heading: str, note: str) -> tuple[str, ...]:
    return tuple(filter(None, (heading, cell_writer.notice, note)))
