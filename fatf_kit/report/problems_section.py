"""Cells and files that need a look, as every report lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem, fold_conflicts
from fatf_kit.report.model import DocumentTable, Section, TableCell, TableColumn, TableRow

_MOST_OF_A_KIND = 100
"""Rows that a report has for one code: more say nothing new, and thousands make hundreds of pages."""


def build_problems_section(
    problems: Sequence[Problem], t: Translator, *, about: str = "", command: str = "fatf-kit check"
) -> Section:
    """One row for each problem: where, how bad, what was found and what to do.

    Of conflicts over one requirement there are the first few (`fold_conflicts`), and of problems with one code the
    first hundred; a row says how many more there are, and which `command` lists them.

    `about` heads a column with the id that a problem concerns; empty where the reader needs none.
    """
    problems = fold_conflicts(problems)
    return Section(
        anchor="problems",
        title=t("Cells and files that need a look"),
        blocks=(
            DocumentTable(
                id="problems-table",
                caption=t.plural("{n} remark", "{n} remarks", len(problems)),
                columns=(
                    TableColumn(title=t("Where"), width=3),
                    *([TableColumn(title=about, width=2)] if about else []),
                    TableColumn(title=t("Level")),
                    TableColumn(title=t("What was found and what to do"), width=7),
                ),
                rows=tuple(_rows(problems, t, id_too=bool(about), command=command)),
                empty=t("Every cell could be used."),
            ),
        ),
    )


def _rows(problems: Sequence[Problem], t: Translator, *, id_too: bool, command: str) -> Iterator[TableRow]:
    """The problems in their order; after the last row of a code, how many more there are."""
    counts, listed = Counter(problem.code for problem in problems), Counter[str]()
    for problem in problems:
        listed[problem.code] += 1
        if listed[problem.code] > _MOST_OF_A_KIND:
            continue
        place = str(problem.ref) if problem.ref else ""
        yield _row(problem, place, problem.requirement or "", problem.text_in(t), t, id_too=id_too)
        more = counts[problem.code] - _MOST_OF_A_KIND
        if listed[problem.code] == _MOST_OF_A_KIND and more > 0:
            text = t.plural(
                "{n} more remark like this: '{command}' lists it.",
                "{n} more remarks like this: '{command}' lists them.",
                more,
                command=command,
            )
            yield _row(problem, "", "", text, t, id_too=id_too)


def _row(problem: Problem, place: str, requirement: str, text: str, t: Translator, *, id_too: bool) -> TableRow:
    return TableRow(
        cells=(
            TableCell(text=place, ltr=True),
            *([TableCell(text=requirement, ltr=True)] if id_too else []),
            TableCell(text=t(problem.level)),
            TableCell(text=text, detail=problem.code),
        ),
        facets={"level": (str(problem.level),)},
    )
