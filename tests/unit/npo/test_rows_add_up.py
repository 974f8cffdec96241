"""Rows of the file = classified + rejected + blank, whatever is wrong with the file. FATF_KIT_FULL=1: in full size."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.cli.main import cli, main
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.resources import data_folder
from fatf_kit.npo.classification import facts, rated
from fatf_kit.npo.classification.sql import method_sql
from fatf_kit.npo.functions import check_register, npo_check, npo_classify
from fatf_kit.npo.register import rows
from fatf_kit.npo.register.engine import read_sql
from fatf_kit.npo.register.file import open_register
from fatf_kit.npo.register.refusals import RegisterRefusedError
from tests.conftest import program
from tests.unit.npo.small_register import AS_OF, read

FULL = os.environ.get("FATF_KIT_FULL") == "1"
EXAMPLE = data_folder("examples") / "npo" / "register.csv"
HEADER, *BODIES = EXAMPLE.read_text(encoding="utf-8").splitlines()
WIDTH = HEADER.count(",") + 1


def many(count: int) -> Iterator[str]:
    """Return a number of rows of the example register, each with a number of its own."""
    for number in range(count):
        yield f"N{number}{BODIES[number % len(BODIES)][8:]}"


def written(path: Path, lines: Iterator[str]) -> Path:
    """Write a register with the headings of the example."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        file.writelines(line + "\n" for line in lines)
    return path


def sums(path: Path, folder: Path) -> tuple[int, int, int, int]:
    """Return the numbers of classified rows, of their ids in the file, and of rejected, blank and all rows."""
    made = npo_classify(path, folder, as_of=AS_OF).result.register
    assert made.rows == made.registered + made.rejected + made.blank
    assert made.registered == (folder / "classified.csv").read_bytes().count(b"\n") - 1
    return made.registered, made.rejected, made.blank, made.rows


@pytest.mark.full
@pytest.mark.parametrize(
    ("count", "each", "of"),
    [pytest.param(100_000, 15, 16, marks=pytest.mark.sample), (200_000, 1, 2), (200_000, 1, 10)],
    ids=["15/16", "1/2", "1/10"],
)
def test_short_rows_are_read(tmp_path: Path, count: int, each: int, of: int) -> None:
    """Excel leaves out the separators of blank last cells; such a row is read, and a note says how many there are."""
    count = count if FULL else count // 10
    lines = (line.rsplit(",", 1)[0] if place % of < each else line for place, line in enumerate(many(count)))
    path = written(tmp_path / "r.csv", lines)
    assert sums(path, tmp_path / "out") == (count, 0, 0, count)
    short = [problem for problem in npo_check(path) if problem.code == "npo-rows-short"]
    assert [(p.ref and p.ref.cell, dict(p.facts)["count"]) for p in short] == [("row 2", str(count * each // of))]


def test_a_short_row_means_what_it_means_when_filled_up(tmp_path: Path) -> None:
    """The same register with the separators gives the same classes."""
    bare = [line.rstrip(",").rsplit(",", 1)[0] for line in BODIES]
    filled = [line + "," * (WIDTH - 1 - line.count(",")) for line in bare]
    made = []
    for name, lines in (("short", bare), ("filled", filled)):
        npo_classify(written(tmp_path / f"{name}.csv", iter(lines)), tmp_path / name, as_of=AS_OF)
        made.append((tmp_path / name / "classified.csv").read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("count", [3_000_000 if FULL else 150_000])
def test_a_clean_register_is_read_whole(tmp_path: Path, count: int) -> None:
    """Every row of a clean register is read in parallel."""
    path = written(tmp_path / "r.csv", many(count))
    opened = open_register(path, tmp_path).rows
    assert (False, path) == (opened.numbered, opened.csv)
    assert sums(path, tmp_path / "out") == (count, 0, 0, count)


@pytest.mark.parametrize("count", [100_000 if FULL else 2_000])
@pytest.mark.parametrize("where", ["row 7", "the middle", "the last row"])
def test_an_open_quotation_mark_refuses_the_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int, where: str
) -> None:
    """It names the row as a spreadsheet counts, and no report is written for what is left."""
    row = {"row 7": 7, "the middle": count // 2, "the last row": count + 1}[where]
    lines = (line.replace(",", ',"', 2).replace(',"', ",", 1) if place == row else line
             for place, line in enumerate(many(count), start=2))  # fmt: skip
    path = written(tmp_path / "r.csv", lines)
    assert [(p.code, p.ref and p.ref.cell) for p in npo_check(path)] == [("npo-quote", f"row {row}, cell 3")]
    with pytest.raises(SystemExit) as stopped:
        main(["npo", "classify", str(path), "-o", str(tmp_path / "out")])
    assert stopped.value.code == 3
    assert f"row {row}, cell 3" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ('a,b,c,d\n1,"x,y,z\n2,x,y,z\n3,x"",y,z\n', "row 2, cell 2"),
        ('a,b,c,d\n\n1,"x,y,z\n2,x,y,z\n3,x,y",z\n', "row 3, cell 2"),
        ('a,b,c,d\n1,"x,y,z\n2,x"z,y,z\n', "row 2, cell 2"),
        ('a,b,c,d\n1,"line\nbreak",y,z\n2,x,y,"z', "row 3, cell 4"),
        ('a,b,c,d\n1,x,y,"z' + "\nz" * rows.MAX_LINES + '"\n', "row 2, cell 4"),
        ('a,b,c,d,e,f\n1,"x,y,z,,\n2,x,y,z,,\n3,x,y,z,,\n4,x",y,z,,\n', "row 2, cell 2"),
    ],
    ids=["doubled", "closed later", "closed within", "last cell", "many lines", "rows within"],
)
def test_a_quotation_mark_that_takes_in_rows(tmp_path: Path, content: str, where: str) -> None:
    """An open quotation mark over several rows is reported, also when a later mark seems to close it."""
    (tmp_path / "r.csv").write_text(content)
    with pytest.raises(RegisterRefusedError) as refused:
        open_register(tmp_path / "r.csv", tmp_path)
    assert [problem.ref and problem.ref.cell for problem in refused.value.problems] == [where]


def test_quotation_marks_that_harm_nothing(tmp_path: Path) -> None:
    """Inches, line breaks, doubled marks and blanks around marks are read; a misplaced mark rejects its row only."""
    (tmp_path / "r.csv").write_text(
        'npo_id,status,region\r\n1,active,12" pipe\r\n2,active,"a\nb, c"\n3,active,"The ""Noor"""\n'
        '4, "active" ,x\n"5","Club "Noor" of X",y\n6,active,"z"'
    )
    npo_classify(tmp_path / "r.csv", tmp_path / "out", as_of=AS_OF)
    assert [row["line"] for row in read(tmp_path / "out" / "classified.csv")] == ["2", "3", "4", "5", "7"]
    assert [(row["line"], row["column"], row["reason"]) for row in read(tmp_path / "out" / "rejected.csv")] == [
        ("6", "2", rows.MISPLACED)
    ]


def test_blank_rows_and_blank_last_cells(tmp_path: Path) -> None:
    """A row of separators is blank; separators behind the last heading are no cells."""
    (tmp_path / "r.csv").write_text("npo_id,status\n1,active,,\n,\n\n2,active,,x\n3,active\n,,,\n")
    assert sums(tmp_path / "r.csv", tmp_path / "out") == (2, 1, 3, 6)
    assert [(row["line"], row["column"]) for row in read(tmp_path / "out" / "rejected.csv")] == [("5", "3")]


def test_missing_rows_refuse_the_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is written when the engine finds fewer rows than were counted."""
    path = written(tmp_path / "r.csv", many(300))
    less = "(SELECT * FROM {} LIMIT 250)"
    monkeypatch.setattr(facts, "read_sql", lambda given: less.format(read_sql(given)))
    with pytest.raises(FatfKitError, match="would be wrong"):
        npo_classify(path, tmp_path / "out", as_of=AS_OF)
    assert not (tmp_path / "out").exists()


def test_rows_that_are_neither_registered_nor_rejected_are_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view that loses rows is found out before anything is written."""
    path = written(tmp_path / "r.csv", many(300))
    monkeypatch.setattr(rated, "method_sql", lambda *given, **how: method_sql(*given, **how) + " WHERE line > 20")
    with pytest.raises(FatfKitError, match="would be wrong"):
        npo_classify(path, tmp_path / "out", as_of=AS_OF)
    assert not (tmp_path / "out").exists()


@pytest.mark.full
def test_row_counts_are_shown_everywhere(tmp_path: Path) -> None:
    """npo.json, each format of the report and the terminal show the numbers of rows and the reasons."""
    lines = [*many(500), "", "x,y" + "," * WIDTH + "z", ",club,active", "N7,club"]
    path = written(tmp_path / "r.csv", iter(lines))
    out = tmp_path / "out"
    command = ["npo", "classify", str(path), "-o", str(out), "--report", "html,docx,pdf,xlsx,json"]
    result = CliRunner().invoke(cli, command)
    assert "Rows of the register: 504 (classified 501, rejected 2, blank 1)." in result.stderr
    counts = json.loads((out / "npo.json").read_text(encoding="utf-8"))["register"]
    assert tuple(counts[key] for key in ("rows", "registered", "rejected", "blank")) == (504, 501, 2, 1)
    assert {one["reason"]: one["count"] for one in counts["rejected_reasons"]} == {
        rows.TOO_MANY: 1,
        "its register number came before": 1,
    }
    printed = [program(("pdftotext",), "FATF_KIT_REQUIRE_OFFICE"), "-layout", str(out / "report.pdf"), "-"]
    texts = {
        "html": (out / "report.html").read_text(encoding="utf-8"),
        "pdf": subprocess.run(printed, check=True, capture_output=True, text=True).stdout,
        **{name: _inside(out / f"report.{name}") for name in ("docx", "xlsx")},
    }
    for name, text in texts.items():
        plain = " ".join(text.split())
        for part in ("Rows classified", "Rows rejected", "Blank rows", "All rows below the headings", "504"):
            assert part in plain, (name, part)
        assert "its register number came before" in plain, name


def _inside(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


@pytest.mark.full
@pytest.mark.parametrize(
    "cells",
    ["RU-{n},club", "RU-{n}", pytest.param("RU-{n}" + ",x" * (WIDTH + 3), marks=pytest.mark.sample)],
    ids=["two", "one", "many"],
)
def test_memory_is_bounded_whatever_the_rows_lack(tmp_path: Path, cells: str) -> None:
    """A megabyte of short rows took 3.2 GB; a rejected row is one record in a file."""
    count = {"RU-{n},club": 100_000, "RU-{n}": 3_000_000}.get(cells, 300_000) if FULL else 50_000
    path = written(tmp_path / "r.csv", (cells.format(n=n) for n in range(count)))
    code = (
        "import sys; from fatf_kit.npo.functions import npo_classify; from datetime import date\n"
        "made = npo_classify(sys.argv[1], sys.argv[2], as_of=date(2027, 1, 1)).result.register\n"
        "from benchmarks.memory import peak_megabytes\n"
        "print(made.rows, made.registered, made.rejected, round(peak_megabytes()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(tmp_path / "out")], check=True, capture_output=True, text=True
    )
    total, registered, rejected, peak = map(int, done.stdout.split())
    assert (count, count) == (total, registered + rejected)
    assert (0 if cells.count(",") < WIDTH else count) == rejected
    assert peak < 600


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    """Two columns of one name are not read, and both are reported, so that the status is unknown."""
    (tmp_path / "r.csv").write_text("npo_id,status,Status,notes\n1,active,dissolved,x\n")
    checked = check_register(tmp_path / "r.csv")
    assert checked.problems[0].code == "npo-heading-twice"
    assert checked.unused == ("status (1)", "Status (2)", "notes")
    made = npo_classify(tmp_path / "r.csv", tmp_path / "out", as_of=AS_OF).result.register
    assert (made.registered, made.active) == (1, None)
    (tmp_path / "two.csv").write_text("npo_id,npo_id\n1,2\n")
    assert {problem.code for problem in npo_check(tmp_path / "two.csv")} == {"npo-heading-twice", "npo-no-id"}


SIGNS = st.sampled_from(["a", "bb", ",", ",", '"', '""', "\n", "\n", "\r\n", " ", "é", '",', ',"'])


@given(st.integers(1, 4), st.lists(SIGNS, max_size=40), st.sampled_from(["\n", "\r\n"]))
def test_the_engine_finds_the_rows_that_were_counted(
    tmp_path_factory: pytest.TempPathFactory, width: int, signs: list[str], end: str
) -> None:
    """A file is refused, or its registered, rejected and blank rows are all rows and the engine agrees."""
    folder = tmp_path_factory.mktemp("rows")
    path = folder / "r.csv"
    path.write_bytes((",".join(f"h{n}" for n in range(width)) + end + "".join(signs)).encode())
    try:
        opened = open_register(path, folder, delimiter=",")
    except RegisterRefusedError:
        return
    found = opened.rows
    assert found.total == found.read + found.rejected + found.blank
    (count,) = duckdb.execute(f"SELECT count(*) FROM {read_sql(opened)}").fetchone() or (None,)  # noqa: S608 - our own query
    assert count == found.read


@given(st.lists(st.lists(st.text('ab", é\n', max_size=4), min_size=3, max_size=3), max_size=6), st.booleans())
def test_cells_are_read_as_by_pythons_csv_reader(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], every: bool
) -> None:
    """The engine finds in the regular copy the cells that Python's CSV reader finds in a well-formed file."""
    folder = tmp_path_factory.mktemp("cells")
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerows([["x", "y", "z"], *table])
    path = folder / "r.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    try:
        opened = open_register(path, folder, delimiter=",")
    except RegisterRefusedError:  # three cells with line breaks may look like rows
        return
    found = duckdb.execute(f"SELECT c0, c1, c2 FROM {read_sql(opened)}").fetchall()  # noqa: S608 - our own query
    filled = [row for row in found if any(row)]
    assert [tuple(cell or None for cell in row) for row in table if any(row)] == filled
