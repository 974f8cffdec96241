"""Two years compared: who moved, and why."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json, make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.npo.classification.compare import STATES, MoveCause, YearComparison, compare_years
from fatf_kit.npo.classification.output import CLASSIFIED_COLUMNS
from fatf_kit.npo.report.comparison import build_comparison, make_years_result
from fatf_kit.npo.report.names import load_names
from fatf_kit.report.formats.html import render_document
from tests.unit.npo.small_register import limit_waiting


def year(path: Path, rows: Sequence[tuple[str, str, str, str, str, str]], factors: Sequence[str]) -> Path:
    """Return a classified register: id, scope, class, override, and two factors."""
    with path.open("w", newline="", encoding="utf-8") as target:
        made = csv.DictWriter(target, [*CLASSIFIED_COLUMNS, *factors], restval="")
        made.writeheader()
        for row in rows:
            made.writerow(dict(zip(("npo_id", "scope", "class", "override", *factors), row, strict=True)))
    return path


@pytest.fixture
def compared(tmp_path: Path) -> YearComparison:
    """Return the comparison of two years with seven bodies, each of which changes in another way."""
    before = year(
        tmp_path / "a.csv",
        [
            ("rose", "in", "low", "", "1", "2"),
            ("learned", "in", "medium", "", "3", ""),
            ("hand-set-body", "in", "high", "yes", "3", "3"),
            ("came in", "out", "", "", "", ""),
            ("gone", "in", "low", "", "1", "1"),
            ("method", "in", "low", "", "2", "2"),
            ('same, "quoted"', "in", "low", "", "1", "1"),
        ],
        ("T01", "V05"),
    )
    after = year(
        tmp_path / "b.csv",
        [
            ("rose", "in", "medium", "", "3", "2"),
            ("learned", "in", "low", "", "3", "1"),
            ("hand-set-body", "in", "low", "", "3", "3"),
            ("came in", "in", "low", "", "1", "1"),
            ("new", "in", "low", "", "1", "1"),
            ("method", "in", "medium", "", "2", "2"),
            ('same, "quoted"', "in", "low", "", "4", "1"),
        ],
        ("T01", "V05"),
    )
    return compare_years(before, after)


def test_moved_bodies_are_listed(compared: YearComparison) -> None:
    """Bodies that rose, fell, came into scope, are new or are gone are listed; an unchanged class is not."""
    assert (
        compared.both,
        compared.came,
        compared.went,
        compared.total("up"),
        compared.total("down"),
        compared.total("entered"),
        compared.total("left"),
    ) == (6, 1, 1, 2, 2, 1, 0)
    assert (compared.count("out", "low"), compared.count("high", "low"), compared.count("low", "high")) == (1, 1, 0)


def test_causes_of_moves(compared: YearComparison) -> None:
    """A move is caused by a higher level, a level that became known, an override, or the method alone."""
    assert compared.causes == (
        MoveCause(code="T01", raised=1, lowered=0, learned=0, lost=0),
        MoveCause(code="V05", raised=0, lowered=0, learned=1, lost=0),
    )
    assert (compared.by_hand, compared.by_method) == (1, 1)


def test_levels_are_counted_by_direction(tmp_path: Path) -> None:
    """The bodies with a higher, lower, new or lost level of a factor are counted apart."""
    levels = [("1", "2")] + [("3", "2")] * 2 + [("", "4")] * 3 + [("4", "")] * 4
    now = [(str(n), "in", "medium", "", after, "2") for n, (_, after) in enumerate(levels)]
    was = [(str(n), "in", "low", "", before, "1" if n else "2") for n, (before, _) in enumerate(levels)]
    first, second = year(tmp_path / "a.csv", was, ("T01", "V05")), year(tmp_path / "b.csv", now, ("T01", "V05"))
    made = compare_years(first, second)
    assert made.causes == (
        MoveCause(code="T01", raised=1, lowered=2, learned=3, lost=4),
        MoveCause(code="V05", raised=9, lowered=0, learned=0, lost=0),
    )
    assert ([cause.total for cause in made.causes], made.total("up") + made.total("down")) == ([10, 9], 10)


def test_a_step_between_any_two_classes_is_a_move(tmp_path: Path) -> None:
    """A change between two classes is a move; a body that loses its class or leaves the scope has not moved."""
    steps = [
        ("low", "medium"), ("medium", "high"), ("low", "high"), ("high", "medium"),
        ("low", "low"), ("", "high"), ("high", ""), ("high", None),
    ]  # fmt: skip
    was = [(str(n), "in", before, "", "1", "1") for n, (before, _) in enumerate(steps)]
    now = [(str(n), "in" if c is not None else "out", c or "", "", "1", "1") for n, (_, c) in enumerate(steps)]
    first, second = year(tmp_path / "a.csv", was, ("T01", "V05")), year(tmp_path / "b.csv", now, ("T01", "V05"))
    made = compare_years(first, second)
    assert (made.total("up"), made.total("down")) == (3, 1)
    assert (made.total("entered"), made.total("left"), made.by_method) == (0, 1, 4)
    assert (made.count("unrated", "high"), made.count("high", "out")) == (1, 1)


def test_only_factors_of_both_years_are_compared(tmp_path: Path) -> None:
    """A factor of one year alone is not compared; no cause is known when the years share no factor."""
    row = ("a", "in", "low", "", "1", "1")
    later = ("a", "in", "high", "", "3", "3")
    first = year(tmp_path / "a.csv", [row], ("T01", "V05"))
    made = compare_years(first, year(tmp_path / "b.csv", [later], ("V05", "V06")))
    assert [cause.code for cause in made.causes] == ["V05"]
    none = compare_years(first, year(tmp_path / "c.csv", [later], ("M01", "V06")))
    assert (none.causes, none.total("up"), none.by_method) == ((), 1, 1)


def test_a_year_is_called_by_its_folder_and_file(compared: YearComparison, tmp_path: Path) -> None:
    """Both years are called classified.csv, so the folder tells them apart."""
    assert (compared.before, compared.after) == (f"{tmp_path.name}/a.csv", f"{tmp_path.name}/b.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """A pipe is not opened, because reading it might never end."""
    os.mkfifo(tmp_path / "pipe.csv")
    with limit_waiting(), pytest.raises(FatfKitError, match=r"pipe\.csv cannot be read: it is a device or a pipe"):
        compare_years(tmp_path / "pipe.csv", tmp_path / "pipe.csv")


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_document_names_no_body(compared: YearComparison, language: str) -> None:
    """The document names no body and shows no count of one."""
    page = render_document(build_comparison(compared, load_names(language), Translator(language))).decode()
    assert "hand-set-body" not in page
    assert "same, " not in page
    assert {move.bodies for move in make_years_result(compared).moves} == {None}


def test_json_keeps_its_schema(compared: YearComparison) -> None:
    """Hidden counts are null, and the schema names each key."""
    assert check_json(make_json_value(make_years_result(compared)), "npo-comparison-1.schema.json", "compare") == ()


def test_other_files_are_refused(tmp_path: Path) -> None:
    """Another file is refused, with its name and the headings that it lacks."""
    other = tmp_path / "other.csv"
    other.write_text("npo_id,name\n1,x\n", encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"other\.csv has no column 'scope'"):
        compare_years(other, other)
    with pytest.raises(FatfKitError, match=r"none\.csv cannot be read"):
        compare_years(tmp_path / "none.csv", other)


def test_moves_up_reveal_no_hidden_count() -> None:
    """The total of moves up or its largest part is hidden, so that the small part is not revealed."""
    counts = {("low", "low"): 900, ("low", "medium"): 8, ("medium", "high"): 2, ("high", "high"): 30,
              ("out", "out"): 3, ("medium", "medium"): 40}  # fmt: skip
    result = make_years_result(_compare_counts(counts))
    shown = {(move.from_, move.to): move.bodies for move in result.moves}
    assert result.up is None or shown["low", "medium"] is None


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(STATES), st.sampled_from(STATES)), st.sampled_from([1, 2, 4, 5, 9, 300]), max_size=12
    )
)
def test_totals_reveal_no_hidden_count(counts: dict[tuple[str, str], int]) -> None:
    """No row, column or shown total has exactly one hidden count, unless it is the only count."""
    result = make_years_result(_compare_counts(counts))
    shown: dict[tuple[str, str], int | None] = dict.fromkeys(product(STATES, STATES), 0)
    shown |= {(move.from_, move.to): move.bodies for move in result.moves}
    ranks = {"low": 1, "medium": 2, "high": 3}
    up = [way for way in shown if way[0] in ranks and way[1] in ranks and ranks[way[1]] > ranks[way[0]]]
    lines = [[*shown], *([w for w in shown if w[side] == state] for side in (0, 1) for state in STATES)]
    lines += [up] if result.up is not None else []
    for line in lines:
        hidden = [way for way in line if shown[way] is None]
        filled = [way for way in line if counts.get(way)]
        assert len(hidden) != 1 or filled == hidden
    assert all(shown[way] is None for way, count in counts.items() if count < 5)


def _compare_counts(counts: dict[tuple[str, str], int]) -> YearComparison:
    """Return a comparison with a number of moves from state to state."""
    return YearComparison(before="a", after="b", came=0, went=0, by_hand=0, by_method=0, causes=(), moves=counts)
