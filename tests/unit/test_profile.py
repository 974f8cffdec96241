"""The profile gives every second to one owner, and the page's table keeps the sum."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / "benchmarks").is_dir():
    pytest.skip("only a checkout measures", allow_module_level=True)

from benchmarks.profile import owners  # noqa: E402 - only where it is
from benchmarks.profiled import owner_of, told  # noqa: E402


@pytest.mark.parametrize(
    ("key", "owner"),
    [
        (("/any/fatf_kit/assessment/workbook/reader.py", 9, "read"), "fatf_kit.assessment"),
        (("/any/fatf_kit/report/charts/canvas.py", 9, "text"), "fatf_kit.report.charts"),
        (("/any/fatf_kit/report/write.py", 9, "write_report"), "fatf_kit.report"),
        (("/any/site-packages/matplotlib/text.py", 9, "draw"), "matplotlib"),
        (("~", 0, "<method 'to_python' of '_python_calamine.CalamineSheet' objects>"), "python_calamine"),
        (("~", 0, "<method 'decompress' of 'zlib.Decompress' objects>"), "Python's zlib"),
        ((json.decoder.__file__, 9, "decode"), "Python's json"),
        (("<frozen importlib._bootstrap>", 9, "_find_and_load"), "imports"),
        (("~", 0, "<built-in method builtins.len>"), ""),
        (("<string>", 2, "__init__"), ""),
    ],
)
def test_owners(key: tuple[str, int, str], owner: str) -> None:
    """Our code goes by its package, libraries by their name; built-in functions belong to their caller."""
    assert owner_of(key) == owner


def test_what_is_nobodys_is_that_of_who_calls_it() -> None:
    """No second is lost or counted twice."""
    room, library = ("/x/fatf_kit/npo/classification/facts.py", 1, "a"), ("/x/site-packages/babel/core.py", 1, "b")
    length = ("~", 0, "<built-in method builtins.len>")
    found = told({
        room: (1, 1, 2.0, 6.0, {}),
        library: (1, 1, 1.0, 2.0, {room: (1, 1, 1.0, 2.0)}),
        length: (3, 3, 0.75, 0.75, {room: (1, 1, 0.25, 0.25), library: (2, 2, 0.5, 0.5)}),
    })  # fmt: skip
    assert found["owners"] == {"fatf_kit.npo": 2.25, "babel": 1.5}
    assert list(found["functions"]) == ["fatf_kit.npo.classification.facts.a", "babel, b"]


def test_the_table_keeps_the_sum() -> None:
    """What is too little to be told stands in one line, and the last line is the sum of all."""
    before = {"fatf_kit.npo": 4.0, **{f"small{n}": 0.01 for n in range(10)}}
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in owners(before, {"fatf_kit.npo": 1.0})]
    assert lines == [
        ["fatf_kit.npo", "4.00", "1.00", "0.25"],
        ["everything else", "0.10", "0.00", "0.00"],
        ["**in all**", "4.10", "1.00", "0.24"],
    ]


@pytest.mark.parametrize("how", [[], ["--profile"]], ids=["seconds", "profile"])
def test_one_job(how: list[str], tmp_path: Path) -> None:
    """The smallest job, in a process of its own as the page does it."""
    example = ROOT / "examples" / "ruritania" / "workbook" / "ruritania-2022.xlsx"
    (tmp_path / "one.xlsx").write_bytes(example.read_bytes())
    program = str(ROOT / "benchmarks" / "profiled.py")
    done = subprocess.run(
        [sys.executable, "-P", program, "check", str(tmp_path), str(tmp_path), *how],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    if how:
        assert {"fatf_kit.assessment", "fatf_kit.scoring", "imports"} <= set(found["owners"])
        assert all(seconds >= 0 for seconds in found["owners"].values())
    else:
        assert found["clock"] > 0
        assert found["cpu"] > 0
