"""Rows of a register that are no organisation are rejected by reason, and headings may be below a title."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit.npo.register import no_bodies
from fatf_kit.npo.register.file import Register, open_register
from fatf_kit.npo.register.rows import RegisterRefusedError

HEADINGS = "id,name,form,status,district,income"
BODIES = [f"N{number},Club {number},association,active,North,{number}00" for number in range(200)]


def look_at(folder: Path, text: str) -> Register:
    """Return a register made of a text; its copies are in `folder`."""
    path = folder / "register.csv"
    path.write_text(text, encoding="utf-8")
    return open_register(path, folder)


def list_reasons(register: Register) -> list[str]:
    """Return the reasons of the rejected rows in their order."""
    if register.rows.rejects is None:
        return []
    lines = register.rows.rejects.read_text(encoding="utf-8").splitlines()
    return [line.split('","')[2] for line in lines]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Total,200", no_bodies.NO_BODY),
        ("Total,,,,,200", no_bodies.NO_BODY),
        ("المجموع الكلي: 200,,,,,", no_bodies.NO_BODY),
        ("Source: Ministry of Justice", no_bodies.NO_BODY),
        ("Page 7 of 40", no_bodies.NO_BODY),
        ("Page 7 sur 40,,,,,", no_bodies.NO_BODY),
        (HEADINGS, no_bodies.HEADINGS_AGAIN),
        ("Southern districts,,,,,", no_bodies.ONE_CELL),
        ("N7;Club;association;active;North;300", no_bodies.OTHER_SEPARATOR),
        ("N7,Total Relief,association,active", ""),
        ("Source of Hope,N8,association,", ""),
        ("N9,Page Club,,,,", ""),
    ],
)
def test_a_row_that_is_no_organisation_is_rejected_by_its_reason(tmp_path: Path, row: str, reason: str) -> None:
    """All rows remain accounted for."""
    register = look_at(tmp_path, "\n".join([HEADINGS, *BODIES[:100], row, *BODIES[100:]]) + "\n")
    rows = register.rows
    assert list_reasons(register) == [reason] * bool(reason)
    assert (rows.total, rows.read, rows.rejected, rows.blank) == (201, 201 - rows.rejected, bool(reason), 0)


def test_where_many_bodies_have_only_a_name_a_name_is_a_body(tmp_path: Path) -> None:
    """More than one row in twenty."""
    names = [f",Club {number},,,," for number in range(40)]
    assert look_at(tmp_path, "\n".join([HEADINGS, *BODIES, *names, "Total 240,,,,,"])).rows.rejected == 1


def test_many_rows_with_another_separator_refuse_the_register(tmp_path: Path) -> None:
    """As an open quotation mark does; the first such row is named."""
    others = [row.replace(",", ";") for row in BODIES[:20]]
    with pytest.raises(RegisterRefusedError, match="by another \\(20 of 220\\)"):
        look_at(tmp_path, "\n".join([HEADINGS, *BODIES, *others]))


@pytest.mark.parametrize(
    "above",
    [
        ["Register of associations, 2026", ""],
        ["Ministry of Justice,,,,,", "As of 1 December 2026,,,,,"],
        ["sep=,"],
        ["sep=,", "Register of associations"],
        [],
    ],
)
def test_headings_are_found_below_titles(tmp_path: Path, above: list[str]) -> None:
    """Rows keep the numbers that a spreadsheet shows."""
    register = look_at(tmp_path, "\n".join([*above, HEADINGS, *BODIES, "Total"]) + "\n")
    assert register.header == tuple(HEADINGS.split(","))
    assert (register.above, register.rows.read) == (len(above), 200)
    assert register.rows.rejects
    assert register.rows.rejects.read_text(encoding="utf-8").startswith(f'"{len(above) + 202}"')


def test_a_register_of_one_or_two_columns_has_no_titles(tmp_path: Path) -> None:
    """Its rows are as short as titles are."""
    register = look_at(tmp_path, "name\n" + "\n".join(f"Club {number}" for number in range(50)))
    assert (register.above, register.header, register.rows.read) == (0, ("name",), 50)
