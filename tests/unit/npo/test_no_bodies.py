"""Rows of a register that are no organisation are rejected by reason, and headings may be below a title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.npo.classification.faults import REASONS
from fatf_kit.npo.functions import npo_classify, npo_report
from fatf_kit.npo.model import CodeCount
from fatf_kit.npo.register import no_bodies
from fatf_kit.npo.register.file import Register, open_register
from fatf_kit.npo.register.refusals import RegisterRefusedError
from fatf_kit.npo.report.rejection import list_rejection_lines
from fatf_kit.report.model import Paragraph
from tests.unit.cli.commands import invoke
from tests.unit.npo.made_up_sector import made_up_sector
from tests.unit.npo.small_register import AS_OF, body, thin_data_classified, write

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


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("language", "first", "next_step"),
    [
        ("en", "Most rows of the register are rejected: 30 of 40.", "Name the column whose numbers are different"),
        ("fr", "La plupart des lignes du registre sont écartées\u00a0: 30 sur 40.", "Indiquez dans la correspondance"),
        ("ar", "استُبعدت معظم صفوف السجل: 30 من أصل 40.", "سمّوا في الربط العمود"),
    ],
)
def test_most_rows_rejected_is_reported_before_anything_else(
    tmp_path: Path, language: str, first: str, next_step: str
) -> None:
    """On the screen and in the report, with the most frequent reason and what to do."""
    rows = [body(f"N{number}") for number in range(10)]
    register = write(tmp_path / "r.csv", [*rows, *(body("N1") for _ in range(30))])
    out = tmp_path / "out"
    done = invoke("npo", "classify", register, "-o", out, "--report", "json", "--lang", language)
    assert done.exception is None
    lines = done.output.splitlines()
    assert lines[0].startswith(first)
    assert "30" in lines[1]
    assert next_step in lines[2]
    with thin_data_classified():
        sector = npo_classify(register, out, as_of=AS_OF).result
    document = npo_report(sector, generated_at="2026-11-24", language=language)[0].document
    section = next(section for section in document.sections if section.anchor == "counts")
    texts = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    assert texts[0].startswith(first)
    assert next_step in texts[2]


def test_a_few_rejected_rows_are_reported_where_they_are_counted() -> None:
    """Half of the rows is not most of them, and every reason has a next step."""
    summary = replace(made_up_sector().register, registered=10, rejected=10)
    for reason in REASONS:
        few = replace(summary, rejected_reasons=(CodeCount(code=reason, count=10),))
        assert not list(list_rejection_lines(few, Translator("en")))
        assert len(list(list_rejection_lines(replace(few, rejected=11), Translator("fr")))) == 3
