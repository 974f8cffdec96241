"""Tables and rows that could not be divided are reported with their page, and nothing is guessed in their place."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from fatf_kit.core.problems import Problem
from fatf_kit.core.processes import run_isolated
from fatf_kit.report_text.model import ParsedReport
from fatf_kit.texts import limits
from tests.unit.report_text.reading import parse

FIRST = "Criterion 1.1 – Harbours are counted here, and boats as well.\nA second line on the first page."
FACTOR = "• Nobody counts the boats that enter by night (c.{n}.1)."


def list_places(problems: Sequence[Problem]) -> list[tuple[str, str | None]]:
    """Return each problem of a table with the place that it names."""
    of_tables = (problem for problem in problems if problem.code != "report-criteria-missing")
    return [(problem.code, problem.ref.cell if problem.ref else None) for problem in of_tables]


def make_rows(numbers: Sequence[int], rating: str = "PC") -> str:
    """Return rows of a table of factors."""
    return "\n".join(f"{number}. Harbours {rating}\n{FACTOR.format(n=number)}" for number in numbers)


def test_a_table_without_rows_is_reported_with_its_page() -> None:
    """Labels first and their ratings long after: which belongs to which cannot be known."""
    labels = "\n".join(f"R.{number} – Harbours of the lake" for number in range(1, 21))
    words = "\n".join(FACTOR.format(n=number) for number in range(1, 21))
    ratings = "\n".join(random.Random(7).choice(("PC", "NC", "LC")) for _ in range(20))  # noqa: S311 - no secret
    found = parse(FIRST, f"{labels}\n{words}\n{ratings}")
    assert list_places(found.problems) == [("report-table-undivided", "page 2")]
    assert "could not be divided into rows" in found.problems[-1].text
    assert (found.deficiencies, dict(found.ratings)) == ((), {})


def test_rows_that_could_not_be_read_are_reported_with_their_table() -> None:
    """Their Recommendations are named, and their factors are not given to the row before."""
    rows = [make_rows([number]) for number in range(1, 13)]
    rows[5] = f"Harbours\n{FACTOR.format(n=6)}"
    rows[6] = f"Lamps of the\n{FACTOR.format(n=7)}"
    found = parse(FIRST, "\n".join(rows))
    assert list_places(found.problems) == [("report-rows-undivided", "page 2")]
    assert "R.6, R.7" in found.problems[-1].text
    assert not {"R.5", "R.6", "R.7"} & {one.unit for one in found.deficiencies}
    assert not {"R.6", "R.7"} & set(found.ratings)
    assert [one.unit for one in found.deficiencies] == [f"R.{n}" for n in (1, 2, 3, 4, 8, 9, 10, 11, 12)]


def test_a_list_of_persons_is_no_table() -> None:
    """Numbers and codes beside names, as in lists of assessors and tables of fines."""
    persons = "\n".join(f"{number}. Mr Otto Finsterwald, Harbour Bank (PC)" for number in range(1, 12))
    fines = "\n".join(f"Boats of class {code} {number}0" for number, code in enumerate(("C", "LC", "PC", "NC"), 1))
    for page in (persons, fines, f"{make_rows(range(1, 41))}\nThe team\n{persons}\nTable 9. Fines\n{fines}"):
        found = parse(FIRST, page)
        texts = [*(one.text for one in found.deficiencies), *(one.text for one in found.actions)]
        assert not any("Finsterwald" in text or "class" in text for text in texts)
        assert len(found.deficiencies) in (0, 40)


MARKS = ("(", ")", "[", "]", ". ", ".", ":", "”", "- ", "1 ", "1.", "1.1 ", "(a) ", "/", "R.1 ", "met ", "LC (", "ا",
         "recommendations 1, ", "largely ", "compliant ", "page 1 ", "Criterion 1.1 ")  # fmt: skip
BEFORE = ("", "Criterion 1.1 ", "Recommendation 1 is rated ", "Recommended actions\n", "1. Harbours ")


def _read_marks() -> int:
    """Return how many criteria are found between long lines of marks."""
    lines = [f"{before}{(mark * 19_000)[:19_000]}Met" for mark in MARKS for before in BEFORE]
    return len(parse("\n".join((*lines, "Criterion 1.2 (met) – Harbours are counted."))).criteria)


def _read_rows() -> int:
    """Return how many tables are found in a text of nothing but rows."""
    return len(parse(make_rows(list(range(1, 41)) * 400)).tables)


@pytest.mark.full
def test_a_report_of_marks_or_rows_alone_ends() -> None:
    """The time grows with the length of the text, and not with its square."""
    given = {"memory": 4 * limits.MEMORY, "seconds": limits.SECONDS}
    assert run_isolated(_read_marks, **given) >= 1
    assert run_isolated(_read_rows, **given) == 400


def test_a_line_of_marks_is_read_in_one_pass() -> None:
    """Before a rating and after a heading; a search that begins anew at each mark would not end."""

    def read(mark: str) -> ParsedReport:
        return parse(f"Criterion 1.1 {mark * 19_000}Met\nCriterion 1.2 (met) – Harbours are counted.")

    for mark in "()[].:":
        assert [str(one.rating) for one in read(mark).criteria] == ["met"]


def test_factors_without_stops_are_divided_where_a_sentence_begins() -> None:
    """A full line shows no end, but "Nobody" is written small elsewhere, and "Harbour" and "LC" are not."""
    factors = (
        "Boats of less than ten lanterns enter harbours",
        "Nobody counts those that the keepers of one",
        "Harbour leave out of their own books by night",
        "There are others that the keepers under the",
        "LC scheme never saw (c.{n}.1)",
    )
    elsewhere = "The book has boats that nobody counts, and there are few in each Harbour of the lake.\n" * 12
    rows = [f"{number}. Title\nPC\n{chr(10).join(factors)}".replace("{n}", str(number)) for number in range(1, 13)]
    found = parse(f"{FIRST}\n{elsewhere}", "\n".join(rows))
    texts = [one.text for one in found.deficiencies if one.unit == "R.3"]
    assert texts == [
        factors[0],
        f"{factors[1]} {factors[2]}",
        f"{factors[3]} {factors[4].format(n=3)}",
    ]
    stopped = "\n".join(rows).replace(".1)", ".1).")
    assert len([one for one in parse(f"{FIRST}\n{elsewhere}", stopped).deficiencies if one.unit == "R.3"]) == 1
