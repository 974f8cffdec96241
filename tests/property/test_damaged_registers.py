"""Sixty damaged registers: each row below the headings is a body, rejected for a reason, or blank; one of the three.

Twenty kinds of damage, each to one row, to every twentieth and to every third. A usual run tries every seventh of them.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.npo.functions import npo_check, npo_classify
from fatf_kit.npo.model import RegisterSummary
from fatf_kit.npo.register.refusals import RegisterRefusedError
from tests.unit.npo.small_register import AS_OF

FULL = os.environ.get("FATF_KIT_FULL") == "1"
HEADER, *BODIES = (data_folder("examples") / "npo" / "register.csv").read_text(encoding="utf-8").splitlines()
ROWS = 600
REFUSED = {"another separator", "stray quotation mark"}
"""Kinds in which rows may not be told apart: such a register may be refused, and then nothing is written."""

Damage = Callable[[str], bytes]


def bare(change: Callable[[str], str]) -> Damage:
    """Return a damage that is a change of text."""
    return lambda row: change(row).encode()


DAMAGES: dict[str, Damage] = {
    "blank row": lambda _: b"",
    "row of separators": bare(lambda row: "," * row.count(",")),
    "row of blanks": bare(lambda _: " " * 9),
    "total": bare(lambda row: "Total,2000" + "," * (row.count(",") - 1)),
    "line of a page": bare(lambda _: "Page 3 of 17"),
    "line of a source": bare(lambda _: "Source: Ministry of Justice"),
    "headings again": bare(lambda _: HEADER),
    "one cell": bare(lambda _: "Noor Club"),
    "another separator": bare(lambda row: row.replace(",", ";")),
    "too many cells": bare(lambda row: f"{row},more,and more"),
    "short row": bare(lambda row: row.rsplit(",", 6)[0]),
    "the same number": bare(lambda row: f"RU-SAME{row[row.index(',') :]}"),
    "no number": bare(lambda row: row[row.index(",") :]),
    "stray quotation mark": bare(lambda row: row.replace(",", ',x"y,', 1).rsplit(",", 1)[0]),
    "doubled quotation marks": bare(lambda row: row.replace(",", ',"a ""b"" c",', 1).rsplit(",", 1)[0]),
    "line break in a cell": bare(lambda row: row.replace(",", ',"a\nb",', 1).rsplit(",", 1)[0]),
    "damaged characters": lambda row: (
        row.replace(",", ",\udcff\udcfe,", 1).rsplit(",", 1)[0].encode(errors="surrogateescape")
    ),
    "long cell": bare(lambda row: row.replace(",", f",{'x' * 70_000},", 1).rsplit(",", 1)[0]),
    "formula": bare(lambda row: f"=1+1{row}"),
    "control characters": bare(lambda row: row.replace(",", ",\x07\x1b,", 1).rsplit(",", 1)[0]),
}
RATES = {"one row": ROWS, "one in twenty": 20, "one in three": 3}
CASES = [(kind, rate) for kind in DAMAGES for rate in RATES]


def write_register(path: Path, kind: str, every: int) -> set[int]:
    """Write a register of which every so many rows are damaged; return the numbers of the damaged rows."""
    damaged: set[int] = set()
    lines = [HEADER.encode()]
    for number in range(2, ROWS + 2):
        body = BODIES[number % len(BODIES)]
        row = f"N{number}{body[body.index(',') :]}"
        if number % every == every // 2:
            damaged.add(number)
            lines.append(DAMAGES[kind](row))
        else:
            lines.append(row.encode())
    path.write_bytes(b"\n".join([*lines, b""]))
    return damaged


def count_rows(path: Path, out: Path) -> RegisterSummary | None:
    """Classify a register and return its counts; None where it is refused."""
    try:
        return npo_classify(path, out, as_of=AS_OF).result.register
    except RegisterRefusedError:
        return None


def list_numbers(path: Path) -> list[int]:
    """Return the numbers of rows in a list; empty where it was not written."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return [int(row["line"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("kind", "rate"),
    [
        pytest.param(kind, rate, id=f"{kind}-{rate}", marks=pytest.mark.full if number % 7 else ())
        for number, (kind, rate) in enumerate(CASES)
    ],
)
def test_every_row_of_a_damaged_register_has_one_fate(tmp_path: Path, kind: str, rate: str) -> None:
    """Counted by the result and again from the lists; a row that is not damaged is a body."""
    path, out = tmp_path / "register.csv", tmp_path / "out"
    damaged = write_register(path, kind, RATES[rate])
    assert damaged
    register = count_rows(path, out)
    if register is None:
        assert kind in REFUSED
        assert npo_check(path)
        assert not out.exists()
        return
    assert register.rows == ROWS == register.registered + register.rejected + register.blank
    assert sum(reason.count for reason in register.rejected_reasons) == register.rejected
    bodies, rejected = list_numbers(out / "classified.csv"), list_numbers(out / "rejected.csv")
    assert (len(bodies), len(rejected)) == (register.registered, register.rejected)
    fates = [*bodies, *rejected]
    assert len(fates) == len(set(fates))
    assert register.blank == ROWS - len(fates)
    whole = set(range(2, ROWS + 2))
    assert whole - set(fates) <= damaged
    assert whole - damaged <= set(bodies)


def test_sixty_registers_are_tried() -> None:
    """The number that a full run tries."""
    assert len(CASES) == 60
