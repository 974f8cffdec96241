"""From a Plan to an Excel workbook, blank or with figures in it; the same plan gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from fatf_kit.errors import WorkbookError
from fatf_kit.locale import all_labels
from fatf_kit.messages import Words
from fatf_kit.resources import tool_version
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.marks import STATISTICS_MARK
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import PROPERTY_PREFIX
from fatf_kit.spreadsheets.styles import height_of, lines_of
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.model import Definitions, FigureTable, Measure, RowDef
from fatf_kit.statistics.plan import CASE_KEYS, COVER_KEYS, FIGURE_KEYS, RISK_KEYS, Plan, threat_labels
from fatf_kit.statistics.years import year_label
from fatf_kit.workbook.choices import write_lists
from fatf_kit.workbook.head import write_head
from fatf_kit.workbook.layout import FIRST_ROW, Column, ColumnKind
from fatf_kit.workbook.overview import page

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LAYOUT = 1
"""Version of the contract of these workbooks."""

STAMP_KEYS = ("statistics", "kit", "agency", "roles", "years", "language", "notice")
"""What the workbook says about itself."""

FRONT_MARK, LINKS_MARK = "fatf-kit:statistics-cover", "fatf-kit:statistics-list"

_CREATED = datetime(2020, 1, 1)  # fixed, because a date of writing would make every copy differ
_STEPS = 6
_CASE_ROWS = 60
_WIDTHS = {"id": 12.0, "row": 38.0, "measure": 38.0, "unit": 9.0, "note": 40.0, "year": 13.0}
_CASE_WIDTHS = (12.0, 11.0, 24.0, 9.0, 46.0, 40.0, 40.0, 18.0, 15.0)
_RISK_WIDTHS = (22.0, 46.0, 16.0, 22.0, 60.0)
_TABS = {"figures": "#1F3A52", "cases": "#B7791F", "risks": "#2E7D6B"}
_CASE_LISTS = {
    "outcome": "statistics_outcomes",
    "predicate": "statistics_predicates",
    "confidentiality": "confidentiality_levels",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What stands in a workbook already: fields of the cover, figures by line and year, cases and risks by key."""

    cover: Mapping[str, CellValue] = field(default_factory=dict)
    figures: Mapping[tuple[str, int], CellValue] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    cases: Sequence[Mapping[str, CellValue]] = ()
    risks: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)


def render_template(plan: Plan, given: Given | None = None) -> bytes:
    """The workbook as bytes.

    Raises:
        WorkbookError: a figure, case or field that the workbook has no place for, or a text longer than a cell.
    """
    given = given or Given()
    definitions = load_definitions(plan.language)
    _check_places(plan, given)
    notice = Words(plan.language)(plan.notice)  # the stamp keeps it as given, for any language
    pen = Pen(plan.language, notice)
    pen.book.set_properties({"title": pen.words["statistics.title"], "author": "fatf-kit", "created": _CREATED})
    facts = stamp_facts(plan)
    for name, value in facts.items():
        if value:
            pen.book.set_custom_property(f"{PROPERTY_PREFIX}{name}", value, "text")
    _cover(pen, plan, given)
    _contents(pen, plan, definitions)
    for table, lines in plan.tables(definitions):
        _figures(pen, plan, table, lines, given)
    if plan.asks_risks:
        _risks(pen, definitions, given)
    _cases(pen, definitions, given)
    write_lists(pen, lists_of(definitions))
    _stamp(pen, facts)
    return pen.finish()


def stamp_facts(plan: Plan) -> dict[str, str]:
    """What the workbook says about itself, on a very hidden sheet and in its properties."""
    roles, years = ",".join(plan.roles), ",".join(map(str, plan.years))
    facts = (str(LAYOUT), tool_version(), plan.agency, roles, years, plan.language, plan.notice)
    return dict(zip(STAMP_KEYS, facts, strict=True))


def _check_places(plan: Plan, given: Given) -> None:
    lines = set(plan.lines)
    homeless = [f"{line} {year}" for line, year in given.figures if line not in lines or year not in plan.years]
    homeless += [line for line in given.notes if line not in lines]
    homeless += sorted(set(given.cover) - set(COVER_KEYS))
    homeless += sorted({key for case in given.cases for key in case} - set(CASE_KEYS))
    homeless += sorted(given.risks) if not plan.asks_risks else []
    if homeless:
        raise WorkbookError(f"The workbook of {plan.agency} has no place for {', '.join(homeless[:5])}.")


def _cover(pen: Pen, plan: Plan, given: Given) -> None:
    widths = (38.0, 70.0)
    sheet = page(pen, pen.words["sheet.cover"], FRONT_MARK, pen.words["statistics.title"], widths)
    made_for = pen.words["statistics.for"].format(name=plan.agency)
    pen.put(sheet, 1, 1, " – ".join(filter(None, (made_for, pen.notice))), "subtitle")
    known: dict[str, CellValue | None] = {"country": plan.country, "agency": plan.agency, "year_kind": plan.year_kind}
    row = _section(pen, sheet, 3, pen.words["statistics.cover.filled"])
    for key in COVER_KEYS:
        value = given.cover.get(key, known.get(key))
        pen.put(sheet, row, 0, key, "key")
        pen.put(sheet, row, 1, pen.words[f"statistics.cover.{key}"], "label")
        shown = all_labels("year_kind", pen.language).get(str(value), value) if key == "year_kind" else value
        pen.put(sheet, row, 2, shown, "field")
        sheet.set_row(row, height_of(max(1.2, lines_of(pen.words[f"statistics.cover.{key}"], widths[0]))))
        if key == "year_kind":
            pen.ask(sheet, (row, row), 2, prompt="choice", name="choice", rule="year_kinds")
        row += 1
    row = _section(pen, sheet, row + 1, pen.words["statistics.cover.how"])
    keys = (*(f"statistics.step.{n}" for n in range(1, _STEPS + 1)), "statistics.notice")
    for title, text in (*((pen.words[f"{key}.title"], pen.words[key]) for key in keys), pen.affiliation):
        pen.put(sheet, row, 1, title, "label")
        pen.put(sheet, row, 2, text, "prose")
        sheet.set_row(row, height_of(lines_of(text, widths[1])))
        row += 1
    pen.print_setup(sheet, pen.words["statistics.title"], landscape=False)
    sheet.fit_to_pages(1, 1)
    sheet.set_first_sheet()
    sheet.activate()


def _section(pen: Pen, sheet: Worksheet, row: int, heading: str) -> int:
    pen.put(sheet, row, 1, heading, "section")
    pen.put(sheet, row, 2, None, "section")
    sheet.set_row(row, 20)
    return row + 1


def _contents(pen: Pen, plan: Plan, definitions: Definitions) -> None:
    sheet = page(pen, pen.words["sheet.contents"], LINKS_MARK, pen.words["contents.heading"], (28, 84, 22))
    links = [(table.id, table.title, ", ".join(table.outcomes)) for table, _ in plan.tables(definitions)]
    if plan.asks_risks:
        links.append((pen.words["sheet.risks"], pen.words["statistics.risks.heading"], ""))
    links.append((pen.words["sheet.cases"], pen.words["statistics.cases.heading"], ""))
    for row, (name, title, outcomes) in enumerate(links, start=2):
        pen.link(sheet, row, 1, name, name)
        pen.put(sheet, row, 2, title, "prose")
        pen.put(sheet, row, 3, outcomes or None, "id line")
        sheet.set_row(row, height_of(lines_of(title, 84)))
    pen.print_setup(sheet, pen.words["statistics.title"], landscape=False)


def _figures(pen: Pen, plan: Plan, table: FigureTable, lines: tuple[tuple[RowDef, Measure], ...], given: Given) -> None:
    """One table: a line for each row and measure, a column for each year."""
    years = tuple(Column(key=f"y{year}", kind=ColumnKind.LIST, width=_WIDTHS["year"]) for year in plan.years)
    fixed = [Column(key=key, kind=ColumnKind.FIXED, width=_WIDTHS[key]) for key in FIGURE_KEYS]
    columns = (*fixed[:-1], *years, fixed[-1])
    sheet = pen.sheet(table.id, (column.width for column in columns), tab=_TABS["figures"])
    heads = {f"y{year}": year_label(year, plan.year_kind, pen.language) for year in plan.years}
    write_head(pen, sheet, columns, "statistics.column", title=1, heading=table.title, note=table.definition, own=heads)
    before = None
    for number, (row, measure) in enumerate(lines, start=FIRST_ROW):
        line = table.line(row.id, measure.id)
        again = row.id == before
        pen.put(sheet, number, 0, line, "id part")
        pen.put(sheet, number, 1, row.label, "row label again" if again else "row label")
        pen.put(sheet, number, 2, measure.label, "measure")
        pen.put(sheet, number, 3, pen.words[f"statistics.unit.{measure.unit}"], "unit")
        for column, year in enumerate(plan.years, start=4):
            pen.put(sheet, number, column, _figure(pen, given.figures.get((line, year))), "figure")
        pen.put(sheet, number, len(columns) - 1, given.notes.get(line), "text")
        lines_high = max(lines_of(row.label, _WIDTHS["row"]), lines_of(measure.label, _WIDTHS["measure"]))
        sheet.set_row(number, height_of(lines_high))
        before = row.id
    last = FIRST_ROW + len(lines) - 1
    first_year, last_year = 4, 3 + len(plan.years)
    for column in range(first_year, last_year + 1):
        pen.ask(sheet, (FIRST_ROW, last), column, prompt="figure", name="figure", rule=float)
    answered = {"type": "no_blanks", "format": pen.styles["answered"]}
    sheet.conditional_format(FIRST_ROW, first_year, last, last_year, answered)
    sheet.set_column(0, 0, _WIDTHS["id"], None, {"hidden": True})
    sheet.freeze_panes(FIRST_ROW, 3)
    pen.print_setup(sheet, table.title, landscape=True, repeat=FIRST_ROW)


def _figure(pen: Pen, value: CellValue | None) -> CellValue | None:
    """A code such as "not available" in the workbook's language; numbers as they are."""
    return all_labels("no_figure", pen.language).get(value, value) if isinstance(value, str) else value


def _cases(pen: Pen, definitions: Definitions, given: Given) -> None:
    columns = tuple(
        Column(key=key, kind=ColumnKind.TEXT, width=width) for key, width in zip(CASE_KEYS, _CASE_WIDTHS, strict=True)
    )
    sheet = pen.sheet(pen.words["sheet.cases"], _CASE_WIDTHS, tab=_TABS["cases"])
    heading, note = pen.words["statistics.cases.heading"], pen.words["statistics.cases.note"]
    write_head(pen, sheet, columns, "statistics.case", title=4, heading=heading, note=note)
    predicates = {row.id: row.label for row in definitions.predicates}
    levels = all_labels("confidentiality", pen.language)
    last = FIRST_ROW + max(_CASE_ROWS, len(given.cases) + 20) - 1
    for number in range(FIRST_ROW, last + 1):
        case = given.cases[number - FIRST_ROW] if number - FIRST_ROW < len(given.cases) else {}
        high = 1
        for column, (key, width) in enumerate(zip(CASE_KEYS, _CASE_WIDTHS, strict=True)):
            value = case.get(key)
            value = {"predicate": predicates, "confidentiality": levels}.get(key, {}).get(str(value), value)
            style = "list" if key in _CASE_LISTS else "short text" if width < 20 and key != "year" else "text"
            pen.put(sheet, number, column, value, "list" if key == "year" else style)
            high = max(high, lines_of(str(value or ""), width))
        if high > 1:
            sheet.set_row(number, height_of(high))
    for column, key in enumerate(CASE_KEYS):
        if key in _CASE_LISTS:
            pen.ask(sheet, (FIRST_ROW, last), column, prompt="choice", name="choice", rule=_CASE_LISTS[key])
        elif key in ("done", "result", "shows"):
            pen.ask(sheet, (FIRST_ROW, last), column, prompt="case_text", name="case_text")
    sheet.freeze_panes(FIRST_ROW, 2)
    pen.print_setup(sheet, heading, landscape=True, repeat=FIRST_ROW)


def _risks(pen: Pen, definitions: Definitions, given: Given) -> None:
    columns = tuple(
        Column(key=key, kind=ColumnKind.TEXT, width=width) for key, width in zip(RISK_KEYS, _RISK_WIDTHS, strict=True)
    )
    sheet = pen.sheet(pen.words["sheet.risks"], _RISK_WIDTHS, tab=_TABS["risks"])
    heading, note = pen.words["statistics.risks.heading"], pen.words["statistics.risks.note"]
    write_head(pen, sheet, columns, "statistics.risk", title=1, heading=heading, note=note)
    labels = threat_labels(definitions, [pen.words["statistics.risk.tf"], pen.words["statistics.risk.pf"]])
    levels = all_labels("risk_level", pen.language)
    if strange := sorted(set(given.risks) - set(labels)):
        raise WorkbookError(f"The sheet of risks has no row {strange[0]}.")
    kinds = [name.partition("/")[0] for name in labels]
    news = [True, *(one != two for one, two in pairwise(kinds))]
    for number, ((name, text), new) in enumerate(zip(labels.items(), news, strict=True), start=FIRST_ROW):
        risk = given.risks.get(name, {})
        pen.put(sheet, number, 0, name, "id part")
        pen.put(sheet, number, 1, text, "row label" if new else "measure")
        pen.put(sheet, number, 2, levels.get(str(risk.get("level")), risk.get("level")), "rating")
        pen.put(sheet, number, 3, risk.get("proceeds"), "figure")
        pen.put(sheet, number, 4, risk.get("why"), "text")
        sheet.set_row(number, height_of(max(1, lines_of(str(risk.get("why") or ""), _RISK_WIDTHS[4]))))
    rows = (FIRST_ROW, FIRST_ROW + len(labels) - 1)
    pen.ask(sheet, rows, 2, prompt="level", name="level", rule="risk_levels")
    pen.ask(sheet, rows, 3, prompt="figure", name="figure", rule=float)
    sheet.freeze_panes(FIRST_ROW, 2)
    pen.print_setup(sheet, heading, landscape=True, repeat=FIRST_ROW)


def lists_of(definitions: Definitions) -> dict[str, list[str]]:
    """What drop-downs offer, by the defined name of the list."""
    language = definitions.language
    return {
        "year_kinds": list(all_labels("year_kind", language).values()),
        "risk_levels": list(all_labels("risk_level", language).values()),
        "statistics_outcomes": [f"IO.{number}" for number in range(1, 12)],
        "statistics_predicates": [row.label for row in definitions.predicates],
        "confidentiality_levels": list(all_labels("confidentiality", language).values()),
    }


def _stamp(pen: Pen, facts: Mapping[str, str]) -> None:
    sheet = pen.sheet("_stamp")
    pen.put(sheet, 0, 0, STATISTICS_MARK, "key")
    for row, (name, value) in enumerate(facts.items(), start=1):
        pen.put(sheet, row, 0, name, "key")
        pen.put(sheet, row, 1, value, "key")
    sheet.very_hidden()
