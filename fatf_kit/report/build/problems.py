"""Cells and files that need a look, as every report lists them."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.messages import Words
from fatf_kit.problems import Problem
from fatf_kit.report.model import Cell, Column, Row, Section, Table


def problems_section(problems: Sequence[Problem], t: Words, *, about: str = "") -> Section:
    """One row for each problem: where, how bad, what was found and what to do.

    `about` heads a column with the id that a problem concerns; empty where the reader needs none.
    """
    return Section(
        anchor="problems",
        title=t("Cells and files that need a look"),
        blocks=(
            Table(
                id="problems-table",
                caption=t.plural("{n} remark", "{n} remarks", len(problems)),
                columns=(
                    Column(title=t("Where"), width=3),
                    *([Column(title=about, width=2)] if about else []),
                    Column(title=t("Level")),
                    Column(title=t("What was found and what to do"), width=7),
                ),
                rows=tuple(_row(problem, t, id_too=bool(about)) for problem in problems),
                empty=t("Every cell could be used."),
            ),
        ),
    )


def _row(problem: Problem, t: Words, *, id_too: bool) -> Row:
    return Row(
        cells=(
            Cell(text=str(problem.ref) if problem.ref else "", ltr=True),
            *([Cell(text=problem.requirement or "", ltr=True)] if id_too else []),
            Cell(text=t(problem.level)),
            Cell(text=problem.text_in(t), detail=problem.code),
        ),
        facets={"level": (str(problem.level),)},
    )
