"""Cells and files to check, as every report lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.problems import CellRef, Problem, fold_conflicts
from fatf_kit.report.model import DataTable, Section, TableCell
from fatf_kit.report.results_table import ID, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_section

_MOST_OF_A_KIND = 100
"""Rows that a report has for one code: more say nothing new, and thousands make hundreds of pages."""


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A row of the list: a problem, or after the last problem of a code the sentence on how many `more` there are."""

    problem: Problem
    more: str = ""

    @property
    def ref(self) -> CellRef | None:
        """The cell of the problem; None for the sentence."""
        return None if self.more else self.problem.ref

    @property
    def requirement(self) -> str | None:
        """The id that the problem concerns; None for the sentence."""
        return None if self.more else self.problem.requirement

    def in_words(self, t: Translator) -> TableCell:
        """Return the sentence, or what was found and what to do, with the code."""
        return TableCell(text=self.more or self.problem.text_in(t), detail=self.problem.code)


def build_problems_section(
    problems: Sequence[Problem], t: Translator, *, about: str = "", command: str = "fatf-kit check"
) -> Section:
    """Return the section with one row for each problem: where, how bad, what was found and what to do.

    Of conflicts over one requirement there are the first few (`fold_conflicts`), and of problems with one code the
    first hundred; a row says how many more there are, and which `command` lists them.

    `about` heads a column with the id that a problem concerns; empty where the reader needs none.
    """
    problems = fold_conflicts(problems)
    table = _problems_table(t, about=about).in_document(
        _listed(problems, t, command),
        name="problems-table",
        caption=t.plural("{n} remark", "{n} remarks", len(problems)) if problems else t("No remarks"),
        empty=t("Every cell could be used."),
    )
    return make_section("problems", t("Cells and files to check"), table)


def build_problems_sheet(
    problems: Sequence[Problem],
    t: Translator,
    *,
    about: str,
    key: str = "requirement",
    width: int = 14,
    agencies: Mapping[str, str] | None = None,
) -> DataTable:
    """Return the flat table of all problems; `key` and `about` name the column of the ids that problems concern.

    With `agencies`, names by file, the first column names the agency of the file.
    """
    table = _problems_table(t, about=about, key=key, width=width, agencies=agencies)
    return table.in_sheet(map(ListedProblem, problems))


def _problems_table(
    t: Translator,
    *,
    about: str,
    key: str = "requirement",
    width: int = 14,
    agencies: Mapping[str, str] | None = None,
) -> ResultsTable[ListedProblem]:
    text, names = t("Finding and next step"), agencies or {}
    return ResultsTable[ListedProblem](
        "problems",
        t("Problems"),
        (
            ResultColumn(
                "agency",
                t("Agency"),
                lambda row: row.ref and names.get(row.ref.file),
                sheet=0 if agencies is None else 28,
            ),
            ResultColumn("file", t("File"), lambda row: row.ref and row.ref.file, sheet=28),
            ResultColumn("sheet", t("Sheet"), lambda row: row.ref and row.ref.sheet, sheet=22),
            ResultColumn("cell", t("Cell"), lambda row: row.ref and row.ref.cell, sheet=8),
            ResultColumn("where", t("Location"), lambda row: row.ref, ID, page=3),
            ResultColumn(key, about, lambda row: row.requirement, ID, sheet=width, page=2 if about else 0),
            ResultColumn(
                "level",
                t("Level"),
                lambda row: t(row.problem.level),
                sheet=10,
                page=1,
                cell=lambda row: TableCell(
                    text=t(row.problem.level), order=list(ProblemLevel).index(row.problem.level)
                ),
            ),
            ResultColumn("text", text, lambda row: row.problem.text_in(t), sheet=80),
            ResultColumn("said", text, lambda row: row.in_words(t), page=7),
            ResultColumn("code", t("Code"), lambda row: row.problem.code, sheet=20),
        ),
        facets=lambda row: {"level": (str(row.problem.level),)},
    )


def _listed(problems: Sequence[Problem], t: Translator, command: str) -> Iterator[ListedProblem]:
    """Yield the problems in their order; after the last row of a code, how many more there are."""
    counts, listed = Counter(problem.code for problem in problems), Counter[str]()
    for problem in problems:
        listed[problem.code] += 1
        if listed[problem.code] > _MOST_OF_A_KIND:
            continue
        yield ListedProblem(problem)
        more = counts[problem.code] - _MOST_OF_A_KIND
        if listed[problem.code] == _MOST_OF_A_KIND and more > 0:
            text = t.plural(
                "{n} more remark like this: '{command}' lists it.",
                "{n} more remarks like this: '{command}' lists them.",
                more,
                command=command,
            )
            yield ListedProblem(problem, more=text)
