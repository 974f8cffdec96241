"""The list of cells that need a look: whole where it is short, counted where a reader could not end it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.report.model import DocumentTable
from fatf_kit.report.problems_section import build_problems_section


def rows_of(problems: Sequence[Problem], language: str = "en", **options: str) -> list[tuple[str, str, str]]:
    """Place, text and code of each row."""
    table = build_problems_section(problems, Translator(language), **options).blocks[0]
    assert isinstance(table, DocumentTable)
    return [(row.cells[0].text, row.cells[-1].text, row.cells[-1].detail) for row in table.rows]


def undated(count: int) -> list[Problem]:
    """As many laws without a date, each in a workbook of its own."""
    return [make_problem("law-undated", CellRef(f"a{n}.xlsx", "Evidence", "A3"), found=f"E-{n}") for n in range(count)]


def test_a_hundred_of_a_kind_are_listed_whole() -> None:
    """No row is left out and none is added."""
    rows = rows_of(undated(100))
    assert [f"a{n}.xlsx, Evidence!A3" for n in range(100)] == [place for place, _, _ in rows]


@pytest.mark.parametrize(
    ("count", "start"), [(101, "1 more remark like this"), (2_400, "2,300 more remarks like this")]
)
def test_more_of_a_kind_are_counted(count: int, start: str) -> None:
    """The first hundred, how many more and which command lists them; other kinds are listed after them."""
    other = make_problem("file-empty", CellRef("empty.xlsx"))
    rows = rows_of([*undated(count), other], command="fatf-kit statistics report")
    assert len(rows) == 102
    assert rows[100][::2] == ("", "law-undated")
    assert rows[100][1].startswith(start)
    assert "'fatf-kit statistics report'" in rows[100][1]
    assert rows[101][2] == "file-empty"


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_is_left_out_is_reported_in_each_language(language: str) -> None:
    """With the count and the command as it is typed."""
    text = rows_of(undated(103), language)[100][1]
    assert all(part in text for part in ("3", "fatf-kit check"))
    assert "more remark" not in text


def test_conflicts_are_folded_by_requirement() -> None:
    """Of 40 agencies that contradict on ten requirements: the first five of each, and how many more there are."""
    found = [
        make_problem(
            "answers-conflict",
            CellRef(f"agency-{agency}.xlsx", "R.10", f"C{line}"),
            f"R.10/10.{line}",
            agency=f"agency-{agency}",
            answer="met",
            other_agency="agency-0",
            chosen="not met",
            number=f"10.{line}",
            basis="The lowest answer",
            place="agency-0.xlsx, R.10!C3",
        )
        for line in range(1, 11)
        for agency in range(1, 40)
    ]
    rows = rows_of(found, about="Requirement")
    assert Counter(code for _, _, code in rows) == {"answers-conflict": 50, "conflicts-more": 10}
    assert all("34 more problems" in text for _, text, code in rows if code == "conflicts-more")
