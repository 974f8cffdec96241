"""Figures and cases of one outcome as blocks: numbered tables and boxes, as evaluation reports have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.report.document_tables import make_table
from fatf_kit.report.model import Block, DocumentTable, Paragraph, TableCell, TableColumn, TableRow, Tone
from fatf_kit.spreadsheets.words import load_words
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import CaseEntry, CountryFigure, Statistics
from fatf_kit.statistics.model import FigureMeasure, FigureRow, FigureTable, Unit
from fatf_kit.statistics.observation_texts import format_number, name_subject

_MOST_NAMED = 4
"""Bodies that are named for a table; where more count, each counts its own."""

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
    """Return numbered tables of the figures for an outcome ("Table 7.1"), then its cases as boxes ("Box 7.1").

    `tables` limits it to some tables; None means all that feed the outcome. Cases with another confidentiality than
    those in `may_read` are left out and counted; words that seem to name a person are never printed. Empty where
    nothing was given. `with_gaps` also counts the lines of a table that have no figures, and has those that agencies
    cannot fill in.
    """
    definitions = load_definitions(t.language)
    number = outcome.removeprefix("IO.")
    given = {line.partition("/")[0] for line, _ in statistics.values}
    given &= set(definitions.tables if tables is None else tables)
    blocks: list[Block] = []
    filled = [one for one in definitions.tables.values() if outcome in one.outcomes and one.id in given]
    count = 0
    for table in filled:
        shown, zero, blank = _sort_lines(table, statistics, with_gaps=with_gaps)
        if shown:
            count += 1
            name = t("Table {number}", number=f"{number}.{count}")
            blocks.append(_build_table(table, shown, statistics, t, name, f"figures-{outcome}-{table.id}"))
        elif zero or (blank and with_gaps):
            blocks.append(Paragraph(text=f"{table.title}.", tone=Tone.NORMAL))
        else:
            continue
        blocks.append(_build_note(table, (shown, zero, blank), statistics, t, with_gaps=with_gaps))
    blocks += _build_case_blocks(outcome, statistics, t, tuple(may_read))
    return tuple(blocks)


_Lines = list[tuple[FigureRow, FigureMeasure]]


def _build_table(
    table: FigureTable, shown: _Lines, statistics: Statistics, t: Translator, name: str, anchor: str
) -> DocumentTable:
    """Return the table of the lines that have figures."""
    rows = tuple(_build_rows(shown, table, statistics, t))
    has_amounts = any(measure.unit is Unit.AMOUNT for _, measure in shown)
    unit = t("amounts in {currency}", currency=statistics.currency) if has_amounts and statistics.currency else ""
    caption = f"{name}. {table.title}" + (f" ({unit})" if unit else "")
    years = (
        TableColumn(title=str(year), width=_find_width(rows, n), number=True)
        for n, year in enumerate(statistics.years, 2)
    )
    columns = (TableColumn(title=t("Item"), width=6), TableColumn(title=t("Measure"), width=9), *years)
    return DocumentTable(id=anchor, caption=caption, columns=columns, rows=rows)


def _build_note(
    table: FigureTable, lines: tuple[_Lines, _Lines, _Lines], statistics: Statistics, t: Translator, *, with_gaps: bool
) -> Paragraph:
    """Return small print on what the figures mean, what is zero throughout and what is missing."""
    shown, zero, blank = lines
    notes = [table.definition]
    if zero:
        by_measure: dict[str, list[str]] = {}
        for row, measure in zero:
            by_measure.setdefault(measure.label, []).append(row.label)
        texts = (t("{name}: {text}", name=name, text=t.listed(labels)) for name, labels in by_measure.items())
        notes.append(t("Zero in every year: {lines}.", lines=t.points(texts)))
    if blank and with_gaps:
        notes.append(t.plural("{n} line has no statistics.", "{n} lines have no statistics.", len(blank)))
    if any(value and value.is_partial for line in shown for value in _list_values(line, table, statistics)):
        notes.append(t("* Another agency that keeps these statistics reported none, so the sum may be too low."))
    return Paragraph(text=" ".join(notes), tone=Tone.SMALL)


def _find_width(rows: Sequence[TableRow], column: int) -> int:
    """Return the share of the width that the longest number of a column needs, three characters to a share."""
    return max(2, *(-(-len(row.cells[column].text) // 3) for row in rows))


def _build_case_blocks(
    outcome: str, statistics: Statistics, t: Translator, may_read: Sequence[Confidentiality]
) -> Iterator[Block]:
    """Yield the cases of an outcome as boxes."""
    cases = [case for case in statistics.cases if case.outcome == outcome]
    readable = [case for case in cases if case.confidentiality in may_read and not case.is_withheld]
    number = outcome.removeprefix("IO.")
    for count, case in enumerate(readable, 1):
        yield Paragraph(text=_describe_case(f"{number}.{count}", case, t), tone=Tone.NOTICE)
    if hidden := len(cases) - len(readable):
        text = t.plural(
            "{n} case is left out: it is restricted, or its words seem to name a person.",
            "{n} cases are left out: they are restricted, or their words seem to name a person.",
            hidden,
        )
        yield Paragraph(text=text, tone=Tone.SMALL)


def build_preparation_blocks(outcome: str, t: Translator) -> tuple[Block, ...]:
    """Return what to prepare for an outcome: its tables of figures and who counts them, short enough for a guide.

    It depends on no country. Empty for an outcome without tables. Tables that the same bodies count share a row.
    """
    roles = load_vocabulary(t.language).roles
    titles: dict[str, list[str]] = {}
    for table in load_definitions(t.language).tables.values():
        if outcome in table.outcomes:
            ids = dict.fromkeys(role for r, m in table.lines() for role in table.roles_of(r, m))
            is_long = len(ids) > _MOST_NAMED
            names = t("each agency for itself") if is_long else t.listed(roles[role].name for role in ids)
            titles.setdefault(names, []).append(table.title)
    if not titles:
        return ()
    heads = ((t("Table"), 9), (t("Counted by"), 4))
    caption = t("Tables of statistics to prepare, as “fatf-kit statistics template” writes them")
    rows = ((t.points(tables), names) for names, tables in titles.items())
    return (make_table(f"prepare-{outcome}", caption, heads, rows),)


def _describe_case(number: str, case: CaseEntry, t: Translator) -> str:
    about = [name_subject(case.predicate or "", t), str(case.year or ""), case.agency]
    title = t.listed(filter(None, about)) or case.id
    parts = [t("Box {number}. {title}", number=number, title=title) + ".", case.done]
    parts += [t("Result: {text}", text=case.result)] if case.result else []
    parts += [t("Significance: {text}", text=case.shows)] if case.shows else []
    return " ".join(filter(None, parts))


def _sort_lines(table: FigureTable, statistics: Statistics, *, with_gaps: bool) -> tuple[_Lines, _Lines, _Lines]:
    """Return lines with figures, those that are zero in every year, and those asked for without any.

    A line that only says that there is no figure to give is among the last where gaps are left out.
    """
    shown: _Lines = []
    zero: _Lines = []
    blank: _Lines = []
    requested = set(statistics.requested)
    for line in table.lines():
        values = _list_values(line, table, statistics)
        has_figure = any(one and one.value is not None for one in values)
        if not any(values) or not (has_figure or with_gaps):
            if table.line(line[0].id, line[1].id) in requested:
                blank.append(line)
        elif all(one and one.value == 0 for one in values) and line[0].id != table.total:
            zero.append(line)
        else:
            shown.append(line)
    return shown, zero, blank


def _build_rows(lines: _Lines, table: FigureTable, statistics: Statistics, t: Translator) -> Iterator[TableRow]:
    for row, measure in lines:
        what = measure.label
        if not measure.unit.is_additive:
            what += f" ({load_words(t.language)[f'statistics.unit.{measure.unit}']})"
        texts = (TableCell(text=row.label), TableCell(text=what))
        figures = (
            TableCell(text=_format_figure(one, t), order=one.value if one else None)
            for one in _list_values((row, measure), table, statistics)
        )
        yield TableRow(cells=(*texts, *figures), facets={})


def _list_values(
    line: tuple[FigureRow, FigureMeasure], table: FigureTable, statistics: Statistics
) -> list[CountryFigure | None]:
    name = table.line(line[0].id, line[1].id)
    return [statistics.values.get((name, year)) for year in statistics.years]


def _format_figure(value: CountryFigure | None, t: Translator) -> str:
    """Return a figure, an en dash where none was given, words where there is none to give."""
    if value is None or value.value is None:
        return label("no_figure", value.none, t.language) if value and value.none else "–"
    return format_number(value.value, t) + ("*" if value.is_partial else "")
