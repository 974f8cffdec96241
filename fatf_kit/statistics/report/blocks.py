"""Figures and cases of one outcome as blocks: numbered tables and boxes, as evaluation reports have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.report.document_tables import Heading, make_row, make_table
from fatf_kit.report.model import Block, DocumentTable, Paragraph, TableCell, TableRow, Tone
from fatf_kit.report.sections import make_note
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
    number, count = outcome.removeprefix("IO."), 0
    given = {line.partition("/")[0] for line, _ in statistics.values}
    given &= set(definitions.tables if tables is None else tables)
    blocks: list[Block] = []
    for table in definitions.tables.values():
        if outcome not in table.outcomes or table.id not in given:
            continue
        filled = _FilledTable(table, statistics, t, with_gaps=with_gaps)
        if filled.shown:
            count += 1
            name = t("Table {number}", number=f"{number}.{count}")
            blocks.append(filled.build_table(name, f"figures-{outcome}-{table.id}"))
        elif filled.zero or filled.blank:
            blocks.append(Paragraph(text=f"{table.title}."))
        else:
            continue
        blocks.append(filled.build_note())
    return (*blocks, *_build_case_blocks(outcome, statistics, t, tuple(may_read)))


class _FilledTable:
    """The lines of a table: `shown` with figures, those that are `zero` in every year, and how many are `blank`.

    With gaps, a line that only says that there is no figure to give is among those that are shown. Without gaps, it is
    left out like the blank ones.
    """

    def __init__(self, table: FigureTable, statistics: Statistics, t: Translator, *, with_gaps: bool) -> None:
        self._table, self._statistics, self._t = table, statistics, t
        self.shown: list[tuple[FigureRow, FigureMeasure, list[CountryFigure | None]]] = []
        self.zero: list[tuple[FigureRow, FigureMeasure]] = []
        self.blank = 0
        requested = set(statistics.requested)
        for row, measure in table.lines():
            line = table.line(row.id, measure.id)
            values = [statistics.values.get((line, year)) for year in statistics.years]
            has_figure = any(one and one.value is not None for one in values)
            if not any(values) or not (has_figure or with_gaps):
                self.blank += with_gaps and line in requested
            elif all(one and one.value == 0 for one in values) and row.id != table.total:
                self.zero.append((row, measure))
            else:
                self.shown.append((row, measure, values))

    def build_table(self, name: str, anchor: str) -> DocumentTable:
        """Return the table of the lines that have figures."""
        t, currency = self._t, self._statistics.currency
        has_amounts = any(measure.unit is Unit.AMOUNT for _, measure, _ in self.shown)
        unit = t("amounts in {currency}", currency=currency) if has_amounts and currency else ""
        rows = tuple(self._build_rows())
        heads: list[Heading] = [(t("Item"), 6), (t("What is counted"), 9)]
        years = enumerate(self._statistics.years, start=len(heads))
        heads += [(str(year), _find_width(rows, at), True) for at, year in years]
        caption = f"{name}. {self._table.title}" + (f" ({unit})" if unit else "")
        return make_table(anchor, caption, heads, rows)

    def _build_rows(self) -> Iterator[TableRow]:
        for row, measure, values in self.shown:
            what = measure.label
            if not measure.unit.is_additive:
                what += f" ({load_words(self._t.language)[f'statistics.unit.{measure.unit}']})"
            yield make_row((row.label, what, *(_make_figure_cell(one, self._t) for one in values)))

    def build_note(self) -> Paragraph:
        """Return small print on what the figures mean, what is zero throughout and what is missing."""
        t, notes = self._t, [self._table.definition]
        if self.zero:
            by_measure = group_pairs((measure.label, row.label) for row, measure in self.zero)
            texts = ((name, t.listed(labels)) for name, labels in by_measure.items())
            lines = t.points(t("“{text}” ({place})", text=name, place=place) for name, place in texts)
            notes.append(t("Zero in every year: {lines}.", lines=lines))
        if self.blank:
            notes.append(t.plural("{n} line has no statistics.", "{n} lines have no statistics.", self.blank))
        if any(one and one.is_partial for _, _, values in self.shown for one in values):
            text = t("* Another agency that keeps these statistics reported none, so the sum may be too low.")
            notes.append(text)
        return make_note(" ".join(notes))


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
        yield make_note(text)


def build_preparation_blocks(outcome: str, t: Translator) -> tuple[Block, ...]:
    """Return what to prepare for an outcome: its tables of figures and who counts them, short enough for a guide.

    It depends on no country. Empty for an outcome without tables. Tables that the same bodies count share a row.
    """
    roles = load_vocabulary(t.language).roles

    def name_roles(table: FigureTable) -> str:
        ids = dict.fromkeys(role for r, m in table.lines() for role in table.roles_of(r, m))
        if len(ids) > _MOST_NAMED:
            return t("each agency for itself")
        return t.listed(roles[role].name for role in ids)

    tables = load_definitions(t.language).tables.values()
    titles = group_pairs((name_roles(one), one.title) for one in tables if outcome in one.outcomes)
    if not titles:
        return ()
    heads = ((t("Table"), 9), (t("Counted by"), 4))
    caption = t("Tables of statistics to prepare, as “fatf-kit statistics template” writes them")
    rows = ((t.points(listed), names) for names, listed in titles.items())
    return (make_table(f"prepare-{outcome}", caption, heads, rows),)


def _describe_case(number: str, case: CaseEntry, t: Translator) -> str:
    about = [name_subject(case.predicate or "", t), str(case.year or ""), case.agency]
    title = t.joined(filter(None, about)) or case.id
    parts = [t("Box {number}. {title}", number=number, title=title) + ".", case.done]
    parts += [t("Result: {text}", text=case.result)] if case.result else []
    parts += [t("Significance: {text}", text=case.shows)] if case.shows else []
    return " ".join(filter(None, parts))


def _make_figure_cell(value: CountryFigure | None, t: Translator) -> TableCell:
    """Return a figure, an en dash where none was given, words where there is none to give."""
    if value is None or value.value is None:
        reason = value and value.none
        return TableCell(text=label("no_figure", reason, t.language) if reason else "–")
    text = format_number(value.value, t) + ("*" if value.is_partial else "")
    return TableCell(text=text, order=value.value)
