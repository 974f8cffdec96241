"""Figures and cases of one outcome as blocks: numbered tables and boxes, as evaluation reports set them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.report.model import Block, DocumentTable, Paragraph, TableCell, TableColumn, TableRow, Tone
from fatf_kit.spreadsheets.words import load_words
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import CaseEntry, CountryFigure, Statistics
from fatf_kit.statistics.model import Definitions, FigureMeasure, FigureRow, FigureTable, Unit
from fatf_kit.statistics.observation_texts import format_number, name_subject

_NAMED = 4
"""Bodies that are named beside a table; where more count, each counts its own."""

_READABLE = (Confidentiality.PUBLIC, Confidentiality.GOVERNMENT)


def build_statistics_blocks(
    outcome: str,
    statistics: Statistics,
    t: Translator,
    *,
    tables: Iterable[str] | None = None,
    may_read: Iterable[Confidentiality] = _READABLE,
    with_gaps: bool = True,
) -> tuple[Block, ...]:
    """Numbered tables of the figures behind an outcome ("Table 7.1"), then its cases as boxes ("Box 7.1").

    `tables` limits it to some tables; None means all that feed the outcome. Cases with another confidentiality than
    those in `may_read` are left out and their number told; words that seem to name a person are never printed. Empty
    where nothing was given. `with_gaps` also counts the lines of a table that have no figures.
    """
    definitions = load_definitions(t.language)
    wanted = set(definitions.tables if tables is None else tables)
    number = outcome.removeprefix("IO.")
    blocks: list[Block] = []
    shown = [one for one in definitions.tables.values() if outcome in one.outcomes and one.id in wanted]
    filled = [one for one in shown if any(line.startswith(f"{one.id}/") for line, _ in statistics.values)]
    for count, table in enumerate(filled, 1):
        name = t("Table {number}", number=f"{number}.{count}")
        anchor = f"figures-{outcome}-{table.id}"
        blocks += build_figure_blocks(table, statistics, t, name=name, anchor=anchor, with_gaps=with_gaps)
    blocks += build_case_blocks(outcome, statistics, definitions, t, tuple(may_read))
    return tuple(blocks)


def build_figure_blocks(
    table: FigureTable, statistics: Statistics, t: Translator, *, name: str, anchor: str, with_gaps: bool = True
) -> Iterator[Block]:
    """One table of figures, and small print on what its figures mean, what is nought throughout and what is missing."""
    rows, nought, blank = _lines(table, statistics)
    told = _rows(rows, table, statistics, t)
    columns = (
        TableColumn(title=t("Of what"), width=6),
        TableColumn(title=t("What is counted"), width=9),
        *(
            TableColumn(title=str(year), width=_width_of(told, n + 2), number=True)
            for n, year in enumerate(statistics.years)
        ),
    )
    unit = t("amounts in {currency}", currency=statistics.currency) if _amounts(rows) and statistics.currency else ""
    caption = f"{name}. {table.title}" + (f" ({unit})" if unit else "")
    if rows:
        yield DocumentTable(id=anchor, caption=caption, columns=columns, rows=told)
    else:
        yield Paragraph(text=caption, tone=Tone.NORMAL)
    notes = [table.definition]
    if nought:
        notes.append(t("Zero in every year: {lines}.", lines=t.points(_by_row(nought, t))))
    if blank and with_gaps:
        notes.append(t.plural("{n} line has no figures.", "{n} lines have no figures.", len(blank)))
    if any(_value(table, r, m, y, statistics, partial=True) for r, m in rows for y in statistics.years):
        notes.append(t("* An agency that counts here too gave nothing, so the sum may be too low."))
    yield Paragraph(text=" ".join(notes), tone=Tone.SMALL)


def _width_of(rows: Sequence[TableRow], column: int) -> int:
    """Room for the longest number of a column: three characters a share, as a page has them beside two texts."""
    longest = max((len(row.cells[column].text) for row in rows), default=0)
    return max(2, -(-longest // 3))


def build_case_blocks(
    outcome: str,
    statistics: Statistics,
    definitions: Definitions,
    t: Translator,
    may_read: Sequence[Confidentiality] = _READABLE,
) -> Iterator[Block]:
    """The cases of an outcome as boxes."""
    cases = [case for case in statistics.cases if case.outcome == outcome]
    readable = [case for case in cases if case.confidentiality in may_read and not case.withheld]
    number = outcome.removeprefix("IO.")
    for count, case in enumerate(readable, 1):
        yield Paragraph(text=_box(f"{number}.{count}", case, definitions, t), tone=Tone.NOTICE)
    if hidden := len(cases) - len(readable):
        text = t.plural(
            "{n} case is left out: it is restricted, or its words seem to name a person.",
            "{n} cases are left out: they are restricted, or their words seem to name a person.",
            hidden,
        )
        yield Paragraph(text=text, tone=Tone.SMALL)


def build_preparation_blocks(outcome: str, t: Translator) -> tuple[Block, ...]:
    """What to prepare for an outcome: its tables of figures and who counts them, short enough for a guide.

    Depends on no country. Empty for an outcome without tables.
    """
    definitions, roles = load_definitions(t.language), load_vocabulary(t.language).roles
    items = []
    for table in definitions.tables.values():
        if outcome in table.outcomes:
            ids = dict.fromkeys(role for r, m in table.lines() for role in table.roles_of(r, m))
            many = len(ids) > _NAMED
            names = t("each body its own") if many else t.listed(roles[role].name for role in ids)
            items.append(f"{table.title} ({names})")
    if not items:
        return ()
    text = t("Tables that “fatf-kit statistics template” writes, and who counts: {tables}.", tables=t.points(items))
    return (Paragraph(text=text, tone=Tone.SMALL),)


def _box(number: str, case: CaseEntry, definitions: Definitions, t: Translator) -> str:
    about = [name_subject(case.predicate, definitions) if case.predicate else "", str(case.year or ""), case.agency]
    head = t("Box {number}. {title}", number=number, title=t.listed(filter(None, about)) or case.id)
    parts = [head + "."]
    parts += [case.done] if case.done else []
    parts += [t("Result: {text}", text=case.result)] if case.result else []
    parts += [t("What it shows: {text}", text=case.shows)] if case.shows else []
    return " ".join(parts)


_Lines = list[tuple[FigureRow, FigureMeasure]]


def _lines(table: FigureTable, statistics: Statistics) -> tuple[_Lines, _Lines, _Lines]:
    """Lines with figures, those that are nought in every year, and those without any."""
    rows: _Lines = []
    nought: _Lines = []
    blank: _Lines = []
    asked = set(statistics.asked)
    for row, measure in table.lines():
        line = table.line(row.id, measure.id)
        found = [v for y in statistics.years if (v := statistics.values.get((line, y)))]
        if not found:
            if line in asked:
                blank.append((row, measure))
        elif all(v.value == 0 for v in found) and len(found) == len(statistics.years) and row.id != table.total:
            nought.append((row, measure))
        else:
            rows.append((row, measure))
    return rows, nought, blank


def _rows(lines: _Lines, table: FigureTable, statistics: Statistics, t: Translator) -> tuple[TableRow, ...]:
    rows, before = [], ""
    for row, measure in lines:
        values = [_value(table, row, measure, year, statistics) for year in statistics.years]
        what = measure.label
        if not measure.unit.additive:
            what += f" ({load_words(t.language)[f'statistics.unit.{measure.unit}']})"
        rows.append(
            TableRow(
                cells=(
                    TableCell(text=row.label if row.id != before else ""),
                    TableCell(text=what),
                    *(TableCell(text=_figure(value, t)) for value in values),
                ),
                facets={},
            )
        )
        before = row.id
    return tuple(rows)


def _value(
    table: FigureTable,
    row: FigureRow,
    measure: FigureMeasure,
    year: int,
    statistics: Statistics,
    *,
    partial: bool = False,
) -> CountryFigure | None:
    found = statistics.values.get((table.line(row.id, measure.id), year))
    return found if found and (found.partial or not partial) else None


def _figure(value: CountryFigure | None, t: Translator) -> str:
    """A figure; an en dash where none was given, words where there is none to give."""
    if value is None:
        return "–"
    if value.value is None:
        return label("no_figure", value.none, t.language) if value.none else "–"
    return format_number(value.value, t) + ("*" if value.partial else "")


def _by_row(lines: _Lines, t: Translator) -> list[str]:
    """Rows with the measures that are nought in them; the measure alone where that is so in many rows."""
    by_measure: dict[str, list[str]] = {}
    for row, measure in lines:
        by_measure.setdefault(measure.label, []).append(row.label)
    return [t("{name}: {text}", name=measure, text=t.listed(rows)) for measure, rows in by_measure.items()]


def _amounts(lines: _Lines) -> bool:
    return any(measure.unit is Unit.AMOUNT for _, measure in lines)
