"""The concordance as a page, as sheets, as CSV and as JSON (frameworks/schema/laws-concordance-1).

Each table is declared once. A page shows the first rows of a long one, and says so; the sheets have all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, TypeVar

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import CRITERION_SCALE
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.laws.concordance import (
    OPEN,
    ArticleUse,
    CitationConflict,
    CitedForm,
    Concordance,
    InstrumentUse,
    MissingArticle,
    UnclearCitation,
)
from fatf_kit.laws.instrument_list import LawImprint, name_kind
from fatf_kit.laws.lists_payload import make_concordance_result
from fatf_kit.laws.matching import Difference
from fatf_kit.laws.model import Instrument, Provision
from fatf_kit.laws.translations import instrument_translation_state, name_language
from fatf_kit.report.document_tables import make_day_cell
from fatf_kit.report.model import Block, Bullets, Paragraph, Report, Section, TableCell
from fatf_kit.report.results_table import COUNT, DATE, ID, YES_NO, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_key_figures, make_note, make_section

R = TypeVar("R")

_ROWS = 250
"""The most rows of a table in a document."""

_PER_UNIT = 12
"""The most instruments that a document names for one Recommendation."""

_NAMED = 6
"""The most ids that a cell of a document names."""

_IN_MATRIX, _ACROSS = 60, 10
"""The most rows and Recommendations of one table of the matrix in a document."""


def build_concordance_report(found: Concordance, framework: Framework, imprint: LawImprint, t: Translator) -> Report:
    """Return the concordance in the language of `framework`, with its sheets and its JSON.

    The first of the sheets has every article with the requirement that it serves.
    """
    paper = _ConcordancePaper(found, framework, imprint, t)
    parts = tuple(paper.parts())
    title, facts = t("Laws and Recommendations: concordance"), ((t("Edition"), imprint.edition),)
    sections = (paper.summary(), *(one.section(t) for one in parts), paper.matrices())
    serving = [one for one in found.instruments if one.recommendations]
    return Report(
        document=imprint.make_document("laws-concordance", title, sections, facts, t),
        tables=(
            paper.uses().in_sheet(found.uses),
            *(one.in_sheet(one.rows) for one in parts),
            paper.matrix(found.recommendations).in_sheet(serving),
        ),
        payload=make_json_value(make_concordance_result(found, imprint.languages, imprint.today)),
    )


@dataclass(frozen=True, kw_only=True)
class _Part(ResultsTable[R]):
    """A table with its section: `rows` are those of the sheet, `page` those for the page, which has those `shown`."""

    rows: Sequence[R]
    page: Sequence[R] | None = None
    shown: Sequence[R] | None = None
    heading: str = ""
    text: str = ""
    empty: str = ""
    more: tuple[Block, ...] = ()

    def section(self, t: Translator) -> Section:
        """Return its section; by default with all rows up to the limit of a page, under the title of the table."""
        page = self.rows if self.page is None else self.page
        shown = page[:_ROWS] if self.shown is None else self.shown
        explained = (Paragraph(text=self.text),) if self.text and page else ()
        table, title = self.in_document(shown, empty=self.empty), self.heading or self.title
        blocks = (*explained, table, *_note(len(page) - len(shown), t), *self.more)
        return make_section(self.key.removeprefix("laws-"), title, *blocks)


def _note(hidden: int, t: Translator) -> tuple[Block, ...]:
    if hidden <= 0:
        return ()
    text = t.plural("{n} more row is in the Excel file.", "{n} more rows are in the Excel file.", hidden)
    return (make_note(text),)


class _ConcordancePaper:
    def __init__(self, found: Concordance, framework: Framework, imprint: LawImprint, t: Translator) -> None:
        self._found, self._imprint, self._t = found, imprint, t
        self._requirements = index_requirements(framework)
        used = (one for one in found.instruments if one.criteria)
        self._used = sorted(used, key=lambda one: -len(one.criteria))

    def summary(self) -> Section:
        t, found = self._t, self._found
        possible = sum(bool(one.candidates) for one in found.unclear)
        matched = t("{n} of them with a possible match", n=possible)
        figures = (
            (len(found.register.instruments), t("instruments in the register")),
            (len(found.register.provisions), t("provisions in the register")),
            (len(found.without_article), t("criteria without an article")),
            (len(found.unused), t("provisions not linked with a criterion")),
            (len(found.translations), t("instruments to translate")),
            (len(found.unclear), t("citations to clarify"), matched),
        )
        shown = make_key_figures((t.number(number), *texts) for number, *texts in figures)
        withheld = make_note(t("Citations in answers above the reader's level of confidentiality are left out."))
        return make_section("summary", t("Summary"), shown, *([withheld] if found.withheld else []))

    def parts(self) -> Iterator[_Part[Any]]:
        """Yield a part for each question that the concordance answers."""
        t, found, by_id = self._t, self._found, self._found.register.by_id
        yield _Part[InstrumentUse](
            "laws-translate-first", t("Instruments to translate, the most urgent first"),
            (
                *self._instrument(lambda row: row.instrument),
                self._ids("units", t("Recommendations"), lambda row: row.rated_units, 26, 6),
                ResultColumn("ratings", t("Ratings"), lambda row: len(row.rated_units), COUNT, sheet=9, page=3),
                ResultColumn("criteria", t("Criteria"), lambda row: len(row.shown), COUNT, sheet=9, page=3),
                *map(self._translation, self._imprint.languages),
            ),
            rows=found.translations,
            heading=t("Translate first"),
            text=t(
                "The ratings of these Recommendations rest on the instrument: it is cited by criteria that count as "
                "shown. Instruments on which most ratings rest come first."
            ),
            empty=t("Every instrument on which a rating rests is translated."),
        )  # fmt: skip
        unanswered = tuple(one.criterion for one in found.without_article if not one.answer)
        heading = Paragraph(text=t("Not answered yet, and without an article:"))
        named = (heading, Bullets(items=unanswered, columns=4))
        yield _Part[MissingArticle](
            "laws-without-article", t("Criteria without an article"),
            (
                ResultColumn("criterion", t("Criterion"), kind=ID, sheet=12, page=15, cell=self._criterion),
                ResultColumn("answer", t("Answer"), lambda row: self._answer(row.answer), sheet=16, page=4),
                self._agencies(lambda row: row.agencies),
                ResultColumn(
                    "cited", t("Cited without an article of a law"), lambda row: t.points(row.cited), sheet=44, page=8
                ),
            ),
            rows=found.without_article,
            page=[one for one in found.without_article if one.answer],
            text=t("No article of a law in force is cited or linked. Ask the agency for the article, or link one."),
            empty=t("Every criterion that applies and is answered has an article."),
            more=named if unanswered else (),
        )  # fmt: skip
        yield _Part[Provision](
            "laws-unused", t("Provisions not linked with a criterion"),
            (
                *self._instrument(lambda row: by_id[row.instrument]),
                ResultColumn("article", t("Article"), sheet=18, page=4),
                ResultColumn("heading", t("Heading of the article"), sheet=50, page=10),
            ),
            rows=found.unused,
            text=t("No answer cites them and no link joins them to a criterion. Link them, or leave them out."),
            empty=t("Every provision is linked with a criterion."),
        )  # fmt: skip
        yield _Part[UnclearCitation](
            "laws-unclear", t("Citations to clarify"),
            (
                ResultColumn("citation", t("Citation as typed"), lambda row: row.text, sheet=50, page=9),
                ResultColumn(
                    "candidates", t("Possible match"), lambda row: [one.id for one in row.candidates], sheet=12, page=7,
                    cell=self._candidates,
                ),
                self._differences("difference", lambda row: [row.difference]),
                self._agencies(lambda row: row.agencies),
                self._ids("requirements", t("Requirements"), lambda row: row.requirements, 26, 5),
                ResultColumn("cells", t("Cells"), lambda row: list(map(str, row.refs)), sheet=40),
            ),
            rows=found.unclear,
            text=t("Confirm the instrument on the sheet 'Spellings', correct the answer, or add the instrument."),
            empty=t("Every citation means an instrument of the register."),
        )  # fmt: skip
        yield _Part[tuple[CitationConflict, CitedForm]](
            "laws-conflicts", t("Instruments cited in conflicting ways"),
            (
                *self._instrument(lambda row: row[0].instrument),
                self._differences("differs", lambda row: row[0].differs),
                ResultColumn("typed", t("Title as typed"), lambda row: row[1].title, sheet=44, page=8),
                ResultColumn("kind", t("Kind"), lambda row: t.named(row[1].kind), sheet=16, page=4),
                ResultColumn(
                    "day", t("In force from"), lambda row: row[1].day, DATE, sheet=13, page=4,
                    cell=lambda row: make_day_cell(row[1].day, t),
                ),
                self._agencies(lambda row: row[1].agencies),
            ),
            rows=[(one, form) for one in found.conflicts for form in one.forms],
            text=t("Agree on one title, kind and date, and ask the agencies to cite the number in the register."),
            empty=t("The agencies cite every instrument in the same way."),
        )  # fmt: skip
        units = _group_by_unit(found.uses)
        yield _Part[Sequence[ArticleUse]](
            "laws-by-unit", t("Articles by Recommendation"),
            (
                ResultColumn("unit", t("Rec. or outcome"), _unit, ID, sheet=8, page=3),
                *self._instrument(lambda row: row[0].instrument),
                ResultColumn("articles", t("Articles"), lambda row: t.listed(_articles(row)), sheet=40, page=8),
                self._ids("criteria", t("Criteria"), _criteria, 40, 7),
            ),
            rows=units,
            shown=[one for _, own in groupby(units, _unit) for one in islice(own, _PER_UNIT)],
            empty=t("none"),
        )  # fmt: skip
        yield _Part[InstrumentUse](
            "laws-by-instrument", t("Criteria by instrument"),
            (
                *self._instrument(lambda row: row.instrument),
                ResultColumn("kind", t("Kind"), lambda row: name_kind(row.instrument, t), sheet=18),
                ResultColumn("articles", t("Articles"), kind=COUNT, sheet=9, page=3),
                ResultColumn("counted", t("Criteria"), lambda row: len(row.criteria), COUNT, sheet=9, page=3),
                self._ids("criteria", t("Which criteria"), lambda row: row.criteria, 50, 7),
                ResultColumn("answers", t("Answers"), self._count_answers, sheet=34, page=6),
                ResultColumn("shown", t("Shown"), lambda row: len(row.shown), COUNT, sheet=9, page=3),
                self._agencies(lambda row: row.agencies),
            ),
            rows=found.instruments,
            page=self._used,
            text=t("Instruments that serve most criteria come first."),
            empty=t("none"),
        )  # fmt: skip

    def uses(self) -> ResultsTable[ArticleUse]:
        """Return the table of every article and the requirement that it serves."""
        t = self._t
        return ResultsTable(
            "laws-uses", t("Articles and criteria"),
            (
                ResultColumn("requirement", t("Requirement"), kind=ID, sheet=14),
                ResultColumn("unit", t("Rec. or outcome"), lambda row: get_unit_id(row.requirement), ID, sheet=8),
                *self._instrument(lambda row: row.instrument),
                ResultColumn("article", t("Article"), sheet=18),
                ResultColumn("status", t("Status"), lambda row: t(str(row.instrument.status)), sheet=13),
                self._agencies(lambda row: row.agencies),
                ResultColumn("is_linked", t("Linked in the register"), kind=YES_NO, sheet=10),
            ),
        )  # fmt: skip

    def matrix(self, units: Iterable[str]) -> ResultsTable[InstrumentUse]:
        """Return the table of the number of criteria of some Recommendations that each instrument serves."""
        columns = (*self._instrument(lambda row: row.instrument), *map(_count_criteria, units))
        return ResultsTable("laws-matrix", self._t("Instruments and Recommendations"), columns)

    def matrices(self) -> Section:
        """Return a table for each ten Recommendations, with the instruments that serve one of them."""
        t, units = self._t, self._found.recommendations
        text = t("Each cell is the number of criteria that the instrument serves. Empty cells mean none.")
        blocks: list[Block] = [Paragraph(text=text)]
        for at in range(0, len(units), _ACROSS):
            some = units[at : at + _ACROSS]
            rows = [one for one in self._used if not one.recommendations.keys().isdisjoint(some)]
            texts = {"name": f"laws-matrix-{at}", "caption": f"{some[0]} – {some[-1]}"}
            blocks.append(self.matrix(some).in_document(rows[:_IN_MATRIX], **texts))
            blocks += _note(len(rows) - _IN_MATRIX, t)
        return make_section("matrix", t("Instruments and Recommendations"), *blocks)

    def _instrument(self, find: Callable[[R], Instrument]) -> tuple[ResultColumn[R], ...]:
        """Return the columns that name an instrument: in a document one with its number and title."""
        t = self._t
        return (
            ResultColumn(
                "instrument", t("Instrument"), lambda row: find(row).id, ID, sheet=9, page=9,
                cell=lambda row: TableCell(text=find(row).id, detail=find(row).title(t.language), ltr=True),
            ),
            ResultColumn("title", t("Title"), lambda row: find(row).title(t.language), sheet=44),
        )  # fmt: skip

    def _ids(self, key: str, title: str, find: Callable[[R], Sequence[str]], sheet: int, page: int) -> ResultColumn[R]:
        """Return a column of ids; a document names a few of them."""

        def cell(row: R) -> TableCell:
            return TableCell(text=self._t.first_of(find(row), _NAMED), order=len(find(row)))

        return ResultColumn(key, title, find, sheet=sheet, page=page, cell=cell)

    def _agencies(self, find: Callable[[R], tuple[str, ...]]) -> ResultColumn[R]:
        """Return the column of agencies; a document names a few of them."""
        t = self._t

        def names(row: R) -> list[str]:
            return [self._imprint.name_agency(one, t) for one in find(row)]

        return ResultColumn(
            "agencies", t("Agencies"), lambda row: t.listed(names(row)), sheet=34, page=6,
            cell=lambda row: TableCell(text=t.first_of(names(row), 2)),
        )  # fmt: skip

    def _differences(self, key: str, find: Callable[[R], Iterable[Difference | str | None]]) -> ResultColumn[R]:
        t, several = self._t, self._t("several instruments match")

        def name(one: Difference | str) -> str:
            return several if one is Difference.SEVERAL else t(one.capitalize())

        def names(row: R) -> str:
            return t.listed(map(name, filter(None, find(row))))

        return ResultColumn(key, t("What differs"), names, sheet=16, page=4)

    def _translation(self, language: str) -> ResultColumn[InstrumentUse]:
        def state(row: InstrumentUse) -> str:
            register, law = self._found.register, row.instrument.id
            return t(str(instrument_translation_state(register, law, language, self._imprint.today)))

        t, key = self._t, f"translation_{language}"
        return ResultColumn(key, name_language(language, t), state, sheet=15, page=4)

    def _candidates(self, row: UnclearCitation) -> TableCell:
        if not row.candidates:
            return TableCell(text=self._t("none in the register"))
        ids, title = [one.id for one in row.candidates], row.candidates[0].title(self._t.language)
        return TableCell(text=self._t.first_of(ids, 3), detail=title)

    def _criterion(self, row: MissingArticle) -> TableCell:
        statement = self._requirements[row.criterion].statement
        return TableCell(text=row.criterion, detail=statement, ltr=True)

    def _answer(self, answer: object) -> str:
        return self._t("open") if answer in (None, OPEN) else self._t.named(str(answer))

    def _count_answers(self, row: InstrumentUse) -> str:
        order = dict.fromkeys((*map(str, CRITERION_SCALE), *row.answers))
        answers = [one for one in order if one in row.answers]
        return self._t.listed(f"{self._answer(one)} {row.answers[one]}" for one in answers)


def _count_criteria(unit: str) -> ResultColumn[InstrumentUse]:
    return ResultColumn(unit, unit, lambda row: row.recommendations.get(unit), COUNT, sheet=6, page=2)


def _group_by_unit(uses: Iterable[ArticleUse]) -> list[list[ArticleUse]]:
    """Return the uses of each instrument for each unit: of one unit, those that serve most criteria first."""
    groups = group_pairs(((get_unit_id(one.requirement), one.instrument.id), one) for one in uses)
    order = list(dict.fromkeys(unit for unit, _ in groups))
    return sorted(groups.values(), key=lambda own: (order.index(_unit(own)), -len(_criteria(own))))


def _unit(uses: Sequence[ArticleUse]) -> str:
    return get_unit_id(uses[0].requirement)


def _articles(uses: Sequence[ArticleUse]) -> list[str]:
    return list(dict.fromkeys(one.article for one in uses if one.article))


def _criteria(uses: Sequence[ArticleUse]) -> list[str]:
    return list(dict.fromkeys(get_enclosing_id(one.requirement) for one in uses))
