"""The bundled table: whole, legal, and the same after writing it again."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.core.resources import data_folder
from fatf_kit.published import ReportKind, load_published, read_published, write_published

TABLE = data_folder("frameworks") / "published" / "ratings.csv"


@pytest.fixture(scope="module")
def lines() -> list[dict[str, str]]:
    """Return the table as plain text, read without the loader."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_is_loaded(lines: list[dict[str, str]]) -> None:
    """707 rows of 199 jurisdictions, the same ones in the same order as the text has."""
    reports = load_published()
    assert 707 == len(lines) == len(reports)
    assert len({report.iso3 for report in reports}) == 199
    assert [(line["iso3"], line["report_type"], line["report_date"]) for line in lines] == [
        (report.iso3, report.report_type, report.date) for report in reports
    ]


def test_every_rating_is_as_in_the_text(lines: list[dict[str, str]]) -> None:
    """Each of the 51 cells of each row arrives as the same code on its own scale."""
    for line, report in zip(lines, load_published(), strict=True):
        given = {key: value for key, value in line.items() if key.startswith(("R.", "IO.")) and value}
        assert given == dict(report.ratings)
        assert len(report.ratings) == 51
        for unit, rating in report.ratings.items():
            assert isinstance(rating, ComplianceRating if unit.startswith("R.") else EffectivenessRating)


def test_kinds_are_kept_apart(lines: list[dict[str, str]]) -> None:
    """MERs, follow-ups (FUR and FUAR) and summaries are counted as the text counts them."""
    kinds = [report.kind for report in load_published()]
    types = [line["report_type"] for line in lines]
    assert types.count("MER") == kinds.count(ReportKind.MER)
    assert types.count("FUR") + types.count("FUAR") == kinds.count(ReportKind.FUR)
    assert sum("+" in text for text in types) == kinds.count(ReportKind.SUMMARY)


def test_one_row_of_each_jurisdiction_is_current() -> None:
    """No jurisdiction has two newest states, and none has none."""
    current = [report.iso3 for report in load_published() if report.is_current]
    assert sorted({report.iso3 for report in load_published()}) == sorted(current)


def test_writing_gives_the_same_bytes(tmp_path: Path) -> None:
    """The bundled file is exactly what the writer makes of it."""
    write_published(load_published(), tmp_path / "again.csv")
    assert TABLE.read_bytes() == (tmp_path / "again.csv").read_bytes()
    assert load_published() == read_published(tmp_path / "again.csv")


def test_absent_ratings_stay_absent(tmp_path: Path) -> None:
    """A blank cell is no rating, and NA is one."""
    first = load_published()[0]
    report = replace(first, ratings={"R.17": ComplianceRating.NA}, bodies=(), iso3="", url="")
    write_published([report], tmp_path / "one.csv")
    assert read_published(tmp_path / "one.csv") == (report,)


def test_a_completed_report_is_not_written(tmp_path: Path) -> None:
    """Ratings taken over from another report must not pass for published ones, and nothing is left behind."""
    with pytest.raises(ValueError, match="completed from MER 2018-12"):
        write_published([replace(load_published()[0], completed_from="MER 2018-12")], tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """A target that cannot be replaced is unchanged, and no draft remains."""
    target = tmp_path / "folder.csv"
    target.mkdir()
    with pytest.raises(FatfKitError, match="cannot be written"):
        write_published(load_published()[:1], target)
    assert list(tmp_path.glob("[!.]*")) == [target]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("R.10", "XX", "like this: NC, PC, LC, C, NA"),
        ("IO.3", "NA", "like this: LE, ME, SE, HE"),
        ("report_type", "AR", "column report_type, is not allowed"),
        ("report_date", "2024-13", "like this: 2024-05"),
        ("methodology", "2004", "like this: 2013, 2022"),
        ("iso3", "irq", "like this: IRQ"),
        ("jurisdiction", "", "like this: Iraq"),
        ("verified", "maybe", "like this: yes, no"),
    ],
)
def test_a_value_not_allowed_is_refused(
    tmp_path: Path, lines: list[dict[str, str]], column: str, value: str, message: str
) -> None:
    """The message names the line, the value and what is allowed."""
    path = tmp_path / "odd.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, lines[0].keys())
        table.writeheader()
        table.writerows([lines[0], {**lines[1], column: value}])
    with pytest.raises(FatfKitError, match=message) as raised:
        read_published(path)
    assert "line 3 of odd.csv" in str(raised.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"jurisdiction,iso3\r\nIraq,IRQ\r\n", "these columns: assessment_body"),
        (TABLE.read_bytes().split(b"\r\n")[0] + b"\r\nIraq,IRQ\r\n", "as many cells"),
        (TABLE.read_bytes()[:-2] + b",more\r\n", "as many cells"),
        ("\ufeffjurisdiction".encode("utf-16"), "not a CSV file in UTF-8"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """Missing columns, cut rows and another encoding are each reported in plain words."""
    (tmp_path / "odd.csv").write_bytes(content)
    with pytest.raises(FatfKitError, match=message):
        read_published(tmp_path / "odd.csv")


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    """A missing file is reported without a traceback."""
    with pytest.raises(FatfKitError, match="cannot be read"):
        read_published(tmp_path / "none.csv")
