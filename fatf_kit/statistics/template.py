"""From a Plan to an Excel workbook, blank or with figures in it; the same plan gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import CoverForm, write_contents, write_cover
from fatf_kit.spreadsheets.schema import CellKind, SheetColumn
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import Highlight, write_lists, write_table
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.model import Definitions, FigureMeasure, FigureRow, FigureTable
from fatf_kit.statistics.plan import WorkbookPlan
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
from fatf_kit.statistics.years import label_year

_STEPS = 6
_CASE_ROWS = 60
_TABS = {FIGURES: "#1F3A52", CASES: "#B7791F", RISKS: "#2E7D6B"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookContents:
    """What stands in a workbook already: fields of the cover, figures by line and year, cases and risks by key."""

    cover: Mapping[str, CellValue] = field(default_factory=dict)
    figures: Mapping[tuple[str, int], CellValue] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    cases: Sequence[Mapping[str, CellValue]] = ()
    risks: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)


def render_template(plan: WorkbookPlan, given: WorkbookContents | None = None) -> bytes:
    """The workbook as bytes.

    Raises:
        WorkbookError: a figure, case or field that the workbook has no place for, or a text longer than a cell.
    """
    given = given or WorkbookContents()
    definitions = load_definitions(plan.language)
    _check_places(plan, given)
    pen = BookWriter(
        plan.language, Translator(plan.language)(plan.notice)
    )  # the stamp keeps it as given, for any language
    _cover(pen, plan, given)
    write_contents(pen, pen.words["statistics.title"], _links(pen, plan, definitions))
    for table, lines in plan.tables(definitions):
        _figures(pen, plan, table, lines, given)
    if plan.asks_risks:
        _risks(pen, given)
    _cases(pen, given)
    write_lists(pen, LISTS)
    write_stamp(pen, STATISTICS, pen.words["statistics.title"], _facts(plan))
    return pen.finish()


def _facts(plan: WorkbookPlan) -> dict[str, str]:
    return {
        "agency": plan.agency,
        "roles": ",".join(plan.roles),
        "years": ",".join(map(str, plan.years)),
        "language": plan.language,
        "notice": plan.notice,
    }


def _check_places(plan: WorkbookPlan, given: WorkbookContents) -> None:
    lines = set(plan.lines)
    unplaced = [f"{line} {year}" for line, year in given.figures if line not in lines or year not in plan.years]
    unplaced += [line for line in given.notes if line not in lines]
    unplaced += sorted(set(given.cover) - {one.key for one in COVER})
    unplaced += sorted({key for case in given.cases for key in case} - set(CASES.by_key))
    unplaced += sorted(set(given.risks) - set(load_risk_labels("en") if plan.asks_risks else ()))
    if unplaced:
        raise WorkbookError(f"The workbook of {plan.agency} has no place for {', '.join(unplaced[:5])}.")


def _cover(pen: BookWriter, plan: WorkbookPlan, given: WorkbookContents) -> None:
    made_for = pen.words["statistics.for"].format(name=plan.agency)
    known = {"country": plan.country, "agency": plan.agency, "year_kind": plan.year_kind, **given.cover}
    keys = (*(f"statistics.step.{n}" for n in range(1, _STEPS + 1)), "statistics.notice")
    how = [(pen.words[f"{key}.title"], pen.words[key]) for key in keys]
    sheet = write_cover(
        pen,
        pen.words["statistics.title"],
        " – ".join(filter(None, (made_for, pen.notice))),
        [(pen.words["statistics.cover.how"], how)],
        form=CoverForm(pen.words["statistics.cover.filled"], COVER, known),
    )
    sheet.set_first_sheet()


def _links(pen: BookWriter, plan: WorkbookPlan, definitions: Definitions) -> Iterator[tuple[str, str, str]]:
    yield from ((table.id, table.title, ", ".join(table.outcomes)) for table, _ in plan.tables(definitions))
    if plan.asks_risks:
        yield pen.words["sheet.risks"], pen.words["statistics.risks.heading"], ""
    yield pen.words["sheet.cases"], pen.words["statistics.cases.heading"], ""


def _figures(
    pen: BookWriter,
    plan: WorkbookPlan,
    table: FigureTable,
    lines: Sequence[tuple[FigureRow, FigureMeasure]],
    given: WorkbookContents,
) -> None:
    """One table: a line for each row and measure, a column for each year."""
    years = [
        SheetColumn(
            key=make_year_key(year),
            heading=label_year(year, plan.year_kind, pen.language),
            kind=CellKind.NUMBER,
            choices=NO_FIGURES,
            width=13,
            style="figure",
            prompt="figure",
        )
        for year in plan.years
    ]
    write_table(
        pen,
        table.id,
        replace(FIGURES, columns=(*FIGURES.columns[:-1], *years, FIGURES.columns[-1])),
        [_row(pen, plan, table, line, given) for line in lines],
        tab=_TABS[FIGURES],
        heading=table.title,
        above=_above(pen, table.title, table.definition),
        freeze=3,
        spare=0,
        highlights=tuple(_highlights([year.key for year in years])),
    )


def _highlights(years: Sequence[str]) -> Iterator[Highlight]:
    """A line above the first of the lines of a row, whose name stands out; figures that are filled in."""
    first = "{row}<>{row_above}"
    yield Highlight(first, "group name", ("row",))
    yield Highlight(first, "group", ("measure", "unit", "note"))
    for year in years:
        yield Highlight(f'AND({first},{{{year}}}<>"")', "group answered", (year,))
        yield Highlight(f'{{{year}}}<>""', "answered", (year,))
        yield Highlight(first, "group", (year,))


def _row(
    pen: BookWriter,
    plan: WorkbookPlan,
    table: FigureTable,
    line: tuple[FigureRow, FigureMeasure],
    given: WorkbookContents,
) -> dict[str, CellValue | None]:
    row, measure = line
    name = table.line(row.id, measure.id)
    figures = {make_year_key(year): given.figures.get((name, year)) for year in plan.years}
    unit = pen.words[f"statistics.unit.{measure.unit}"]
    return {
        "id": name, "row": row.label, "measure": measure.label, "unit": unit, **figures, "note": given.notes.get(name),
    }  # fmt: skip


def _cases(pen: BookWriter, given: WorkbookContents) -> None:
    heading = pen.words["statistics.cases.heading"]
    above = _above(pen, heading, pen.words["statistics.cases.note"])
    title, tab = pen.words["sheet.cases"], _TABS[CASES]
    write_table(pen, title, CASES, given.cases, tab=tab, heading=heading, above=above, spare=_CASE_ROWS)


def _risks(pen: BookWriter, given: WorkbookContents) -> None:
    heading = pen.words["statistics.risks.heading"]
    labels = load_risk_labels(pen.language).items()
    write_table(
        pen,
        pen.words["sheet.risks"],
        RISKS,
        [{"id": name, "threat": text, **given.risks.get(name, {})} for name, text in labels],
        tab=_TABS[RISKS],
        heading=heading,
        above=_above(pen, heading, pen.words["statistics.risks.note"]),
        freeze=2,
        spare=0,
        highlights=(Highlight("LEFT({id},4)<>LEFT({id_above},4)", "group"),),
    )


def _above(pen: BookWriter, heading: str, note: str) -> tuple[str, ...]:
    return tuple(filter(None, (heading, pen.notice, note)))
