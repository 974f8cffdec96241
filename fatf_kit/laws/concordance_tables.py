"""The tables of the concordance: each declared once, for its section, its sheet and its CSV file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import CRITERION_SCALE
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.laws.concordance import (
    OPEN,
    ArticleUse,
    CitationConflict,
    CitedForm,
    InstrumentUse,
    MissingArticle,
    TranslationNeed,
    UnclearCitation,
)
from fatf_kit.laws.imprint import LawImprint
from fatf_kit.laws.instrument_list import name_kind
from fatf_kit.laws.matching import Difference
from fatf_kit.laws.model import Instrument, LawRegister, Provision
from fatf_kit.laws.translations import name_language
from fatf_kit.report.document_tables import make_day_cell
from fatf_kit.report.model import TableCell
from fatf_kit.report.results_table import COUNT, DATE, ID, YES_NO, ResultColumn, ResultsTable

R = TypeVar("R")

_NAMED = 6
"""The most ids that a cell of a document names."""


@dataclass(frozen=True, slots=True)
class UnitUse:
    """The articles of one instrument that serve one Recommendation or outcome."""

    unit: str
    instrument: Instrument
    articles: tuple[str, ...]
    criteria: tuple[str, ...]


def list_forms(conflicts: Iterable[CitationConflict]) -> list[tuple[CitationConflict, CitedForm]]:
    """Return every form in which an instrument is cited in conflicting ways, with that conflict."""
    return [(one, form) for one in conflicts for form in one.forms]


def list_unit_uses(uses: Iterable[ArticleUse]) -> list[UnitUse]:
    """Return the articles of each instrument for each unit: of one unit, those that serve most criteria first."""
    groups = group_pairs(((get_unit_id(one.requirement), one.instrument.id), one) for one in uses)
    found = [
        UnitUse(
            unit,
            own[0].instrument,
            tuple(dict.fromkeys(one.article for one in own if one.article)),
            tuple(dict.fromkeys(get_enclosing_id(one.requirement) for one in own)),
        )
        for (unit, _), own in groups.items()
    ]
    order = list(dict.fromkeys(unit for unit, _ in groups))
    return sorted(found, key=lambda one: (order.index(one.unit), -len(one.criteria)))


class ConcordanceTables:
    """The tables of a concordance in one language, that of the framework."""

    def __init__(self, register: LawRegister, framework: Framework, imprint: LawImprint, t: Translator) -> None:
        self._register, self._imprint, self._t = register, imprint, t
        self._statements = {name: one.statement for name, one in index_requirements(framework).items()}

    def _number(self, find: Callable[[R], Instrument]) -> tuple[ResultColumn[R], ...]:
        """Return the columns that name an instrument: in a document one with its number and title."""
        t = self._t
        return (
            ResultColumn(
                "instrument", t("Instrument"), lambda row: find(row).id, ID, sheet=9, page=9,
                cell=lambda row: TableCell(text=find(row).id, detail=find(row).title(t.language), ltr=True),
            ),
            ResultColumn("title", t("Title"), lambda row: find(row).title(t.language), sheet=44),
        )  # fmt: skip

    def _requirement(self, find: Callable[[R], str]) -> ResultColumn[R]:
        return ResultColumn("requirement", self._t("Requirement"), find, ID, sheet=14)

    def _ids(self, key: str, title: str, find: Callable[[R], Sequence[str]], sheet: int, page: int) -> ResultColumn[R]:
        """Return a column of ids; a document names a few of them."""

        def cell(row: R) -> TableCell:
            return TableCell(text=self._t.few(find(row), _NAMED), order=len(find(row)))

        return ResultColumn(key, title, find, sheet=sheet, page=page, cell=cell)

    def _differences(self, key: str, find: Callable[[R], Iterable[Difference | str | None]]) -> ResultColumn[R]:
        return ResultColumn(key, self._t("What differs"), lambda row: self._differs(*find(row)), sheet=16, page=4)

    def _agencies(self, find: Callable[[R], tuple[str, ...]]) -> ResultColumn[R]:
        """Return the column of agencies; a document names a few of them."""
        t, name = self._t, self._imprint.name_agency
        return ResultColumn(
            "agencies",
            t("Agencies"),
            lambda row: t.listed(name(one, t) for one in find(row)),
            sheet=34,
            page=6,
            cell=lambda row: TableCell(text=t.few([name(one, t) for one in find(row)], 2)),
        )

    def uses(self) -> ResultsTable[ArticleUse]:
        """Every article and the requirement that it serves."""
        t = self._t
        return ResultsTable(
            "laws-uses", t("Articles and criteria"),
            (
                self._requirement(lambda row: row.requirement),
                ResultColumn("unit", t("Unit"), lambda row: get_unit_id(row.requirement), ID, sheet=8),
                *self._number(lambda row: row.instrument),
                ResultColumn("article", t("Article"), sheet=18),
                ResultColumn("status", t("Status"), lambda row: t(str(row.instrument.status)), sheet=13),
                self._agencies(lambda row: row.agencies),
                ResultColumn("is_linked", t("Linked in the register"), kind=YES_NO, sheet=10),
            ),
        )  # fmt: skip

    def translations(self) -> ResultsTable[TranslationNeed]:
        """The instruments to translate, the most urgent first."""
        t = self._t
        return ResultsTable(
            "laws-translate-first", t("Instruments to translate, the most urgent first"),
            (
                *self._number(lambda row: row.use.instrument),
                self._ids("units", t("Recommendations"), lambda row: row.use.rated_units, 26, 6),
                ResultColumn("ratings", t("Ratings"), lambda row: len(row.use.rated_units), COUNT, sheet=9, page=3),
                ResultColumn("criteria", t("Criteria"), lambda row: len(row.use.shown), COUNT, sheet=9, page=3),
                *(self._translation(name) for name in self._imprint.languages),
            ),
        )  # fmt: skip

    def _translation(self, language: str) -> ResultColumn[TranslationNeed]:
        return ResultColumn(
            f"translation_{language}",
            name_language(language, self._t),
            lambda row: self._t(str(row.states[language])),
            sheet=15,
            page=4,
        )

    def missing(self) -> ResultsTable[MissingArticle]:
        """Criteria without an article."""
        t = self._t
        return ResultsTable(
            "laws-without-article", t("Criteria without an article"),
            (
                ResultColumn(
                    "criterion", t("Criterion"), kind=ID, sheet=12, page=15,
                    cell=lambda row: TableCell(
                        text=row.criterion, detail=self._statements.get(row.criterion, ""), ltr=True
                    ),
                ),
                ResultColumn("answer", t("Answer"), lambda row: self._answer(row.answer), sheet=16, page=4),
                self._agencies(lambda row: row.agencies),
                ResultColumn(
                    "cited", t("Cited without an article of a law"), lambda row: t.points(row.cited), sheet=44, page=8
                ),
            ),
        )  # fmt: skip

    def _answer(self, answer: object) -> str:
        return self._t("open") if answer in (None, OPEN) else self._t.named(str(answer))

    def unused(self) -> ResultsTable[Provision]:
        """Provisions that serve nothing."""
        t, by_id = self._t, self._register.by_id
        return ResultsTable(
            "laws-unused", t("Provisions that serve no criterion"),
            (
                *self._number(lambda row: by_id[row.instrument]),
                ResultColumn("article", t("Article"), sheet=18, page=4),
                ResultColumn("heading", t("Heading of the article"), sheet=50, page=10),
            ),
        )  # fmt: skip

    def unclear(self) -> ResultsTable[UnclearCitation]:
        """Citations that mean no instrument surely."""
        t = self._t

        def candidate(row: UnclearCitation) -> TableCell:
            ids = [one.id for one in row.candidates]
            if not ids:
                return TableCell(text=t("none in the register"))
            return TableCell(text=t.few(ids, 3), detail=row.candidates[0].title(t.language))

        return ResultsTable(
            "laws-unclear", t("Citations to clarify"),
            (
                ResultColumn("citation", t("Citation as typed"), lambda row: row.text, sheet=50, page=9),
                ResultColumn(
                    "candidates", t("Possible match"), lambda row: [one.id for one in row.candidates], sheet=12, page=7,
                    cell=candidate,
                ),
                self._differences("difference", lambda row: [row.difference]),
                self._agencies(lambda row: row.agencies),
                self._ids("requirements", t("Requirements"), lambda row: row.requirements, 26, 5),
                ResultColumn("cells", t("Cells"), lambda row: list(map(str, row.refs)), sheet=40),
            ),
        )  # fmt: skip

    def _differs(self, *found: Difference | str | None) -> str:
        t = self._t
        names = {
            Difference.NUMBER: t("Official number"),
            Difference.YEAR: t("Year"),
            Difference.KIND: t("Kind"),
            Difference.TITLE: t("Title"),
            Difference.SEVERAL: t("several instruments match"),
            "date": t("Date"),
        }
        return t.listed(names[one] for one in found if one)

    def conflicts(self) -> ResultsTable[tuple[CitationConflict, CitedForm]]:
        """Instruments cited in conflicting ways."""
        t = self._t
        return ResultsTable(
            "laws-conflicts", t("Instruments cited in conflicting ways"),
            (
                *self._number(lambda row: row[0].instrument),
                self._differences("differs", lambda row: row[0].differs),
                ResultColumn("typed", t("Title as typed"), lambda row: row[1].title, sheet=44, page=8),
                ResultColumn("kind", t("Kind"), lambda row: t.named(row[1].kind), sheet=16, page=4),
                ResultColumn(
                    "day", t("In force from"), lambda row: row[1].day, DATE, sheet=13, page=4,
                    cell=lambda row: make_day_cell(row[1].day, t),
                ),
                self._agencies(lambda row: row[1].agencies),
            ),
        )  # fmt: skip

    def unit_uses(self) -> ResultsTable[UnitUse]:
        """The articles that serve each Recommendation and outcome."""
        t = self._t
        return ResultsTable(
            "laws-by-unit", t("Articles by Recommendation"),
            (
                ResultColumn("unit", t("Unit"), kind=ID, sheet=8, page=3),
                *self._number(lambda row: row.instrument),
                ResultColumn("articles", t("Articles"), lambda row: t.listed(row.articles), sheet=40, page=8),
                self._ids("criteria", t("Criteria"), lambda row: row.criteria, 40, 7),
            ),
        )  # fmt: skip

    def instruments(self) -> ResultsTable[InstrumentUse]:
        """The criteria, answers and agencies of each instrument."""
        t = self._t

        def answers(row: InstrumentUse) -> str:
            scale = [*map(str, CRITERION_SCALE), *(one for one in row.answers if one not in CRITERION_SCALE)]
            return t.listed(f"{self._answer(one)} {row.answers[one]}" for one in scale if row.answers.get(one))

        return ResultsTable(
            "laws-by-instrument", t("Criteria by instrument"),
            (
                *self._number(lambda row: row.instrument),
                ResultColumn("kind", t("Kind"), lambda row: name_kind(row.instrument, t), sheet=18),
                ResultColumn("articles", t("Articles"), kind=COUNT, sheet=9, page=3),
                ResultColumn("counted", t("Criteria"), lambda row: len(row.criteria), COUNT, sheet=9, page=3),
                self._ids("criteria", t("Which criteria"), lambda row: row.criteria, 50, 7),
                ResultColumn("answers", t("Answers"), answers, sheet=34, page=6),
                ResultColumn("shown", t("Shown"), lambda row: len(row.shown), COUNT, sheet=9, page=3),
                self._agencies(lambda row: row.agencies),
            ),
        )  # fmt: skip

    def matrix(self, columns: Iterable[str]) -> ResultsTable[InstrumentUse]:
        """The number of criteria of some Recommendations that each instrument serves."""
        return ResultsTable(
            "laws-matrix", self._t("Instruments and Recommendations"),
            (
                *self._number(lambda row: row.instrument),
                *map(_count_criteria, columns),
            ),
        )  # fmt: skip


def _count_criteria(unit: str) -> ResultColumn[InstrumentUse]:
    return ResultColumn(unit, unit, lambda row: row.recommendations.get(unit), COUNT, sheet=6, page=2)
