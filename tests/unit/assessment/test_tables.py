"""agencies.csv and assignment.csv are read as Excel saves them, with every fault at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit import init_assessment
from fatf_kit.assessment.folder.agencies import is_agency_id, read_agencies
from fatf_kit.assessment.folder.assignment import (
    list_assigned,
    propose_duties,
    read_assignment,
    requirements_by_agency,
)
from fatf_kit.assessment.folder.folder import read_workspace
from fatf_kit.assessment.folder.model import Agency, Assignment, Duty
from fatf_kit.assessment.folder.proposed_agencies import propose_agencies
from fatf_kit.framework import load_framework
from tests.text_folder import render_agencies, render_assignment, write_as_text

EDITION = load_framework("fatf-2022")
FIU = Agency(id="fiu", names={"en": "FIU"}, roles=("fiu",))
BANK = Agency(id="bank", names={"en": "Bank"}, roles=("central_bank",))


def agencies(tmp_path: Path, text: str) -> tuple[tuple[Agency, ...], list[tuple[str, str | None]]]:
    """Return the agencies of a table, and the code and cell of each problem."""
    path = tmp_path / "agencies.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    found, problems = read_agencies(path, "ar")
    return found, [(p.code, p.ref.cell if p.ref else None) for p in problems]


def assignment(tmp_path: Path, text: str) -> tuple[Assignment, list[tuple[str, str | None]]]:
    """Return the duties of a table, and the code and cell of each problem except the note on open leads."""
    path = tmp_path / "assignment.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    found, problems = read_assignment(path, EDITION, [FIU, BANK])
    return found, [(p.code, p.ref.cell if p.ref else None) for p in problems if p.code != "assignment-open"]


def test_starting_set_is_read_as_written(tmp_path: Path) -> None:
    """The proposed agencies are read back: one for each role, named in three languages."""
    start = propose_agencies(None, "ar")
    path = tmp_path / "agencies.csv"
    path.write_bytes(render_agencies(start))
    assert read_agencies(path, "en") == (start, ())
    assert all(set(agency.names) == {"en", "ar", "fr"} for agency in start)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_of_every_excel(tmp_path: Path, separator: str) -> None:
    """Excel writes semicolons where the comma is for decimals; columns may change places."""
    lines = ["roles,id,name_en,language", "fiu central_bank,fiu,The Unit,fr"]
    found, problems = agencies(tmp_path, "\r\n".join(line.replace(",", separator) for line in lines))
    assert problems == []
    assert found == (Agency(id="fiu", names={"en": "The Unit"}, roles=("fiu", "central_bank"), language="fr"),)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("../up,Up,fiu,en", ("agency-id", "A3")),
        ("con,Con,fiu,en", ("agency-id", "A3")),
        ("a b,A,fiu,en", ("agency-id", "A3")),
        (",A,fiu,en", ("row-nameless", "A3")),
        ("FIU,Again,fiu,en", ("agency-twice", "A3")),
        ("x,X,fui,en", ("role-unknown", "C3")),
        ("x,X,fiu,de", ("agency-language", "D3")),
        ("x,,fiu,en", ("agency-name", "A3")),
    ],
)
def test_faults_of_agencies(tmp_path: Path, row: str, problem: tuple[str, str]) -> None:
    """Each fault of agencies.csv is reported at its cell, and the good rows are used."""
    found, problems = agencies(tmp_path, f"id,name_en,roles,language\nfiu,FIU,fiu,en\n{row}\n")
    assert problems == [problem]
    assert found[0].id == "fiu"


@pytest.mark.parametrize("name", ["", "a/b", "a\\b", "..", ".", "A", "nul", "lpt1", "a" * 41, "ا", "a.b", "-a"])
def test_ids_that_could_name_another_file(name: str) -> None:
    """An id that could be a path or a reserved file name is refused."""
    assert not is_agency_id(name)


def test_table_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    """A table that Excel saves as plain Arabic CSV is reported and not read as wrong characters."""
    path = tmp_path / "agencies.csv"
    path.write_bytes("id,name_ar\nfiu,وحدة\n".encode("cp1256"))
    assert [p.code for p in read_agencies(path, "en")[1]] == ["table-encoding"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "id;name_en\n"])
def test_tables_without_headings_or_rows(tmp_path: Path, text: str) -> None:
    """A table without headings or rows gives no agency and raises no error."""
    found, problems = agencies(tmp_path, text)
    assert found == ()
    assert problems == ([] if text.startswith("id") else [("table-columns", None)])


def test_filled_from_roles() -> None:
    """The first agency with the leading role leads, others support; a role without an agency stays open."""
    second = Agency(id="second", names={}, roles=("central_bank", "police"))
    duties = propose_duties(EDITION, [FIU, BANK, second])
    leads = {top.id: top.lead for top in list_assigned(EDITION)}
    for name, role in leads.items():
        expected = {"fiu": "fiu", "central_bank": "bank", "police": "second"}.get(role or "")
        assert duties[name].lead == expected, name
        assert duties[name].lead not in duties[name].supporting
        assert role != "central_bank" or "second" in duties[name].supporting


def test_proposal_keeps_chosen_leads() -> None:
    """A new proposal keeps the duties that people assigned."""
    first = next(list_assigned(EDITION)).id
    chosen = Duty(requirement=first, lead="bank", is_lead_chosen=True, is_supporting_chosen=True)
    known = Assignment(duties={first: chosen})
    filled = Assignment(duties=propose_duties(EDITION, [FIU, BANK], known.duties))
    assert known.duties[first] == filled.duties[first]
    assert len(list(list_assigned(EDITION))) == len(filled.duties)


def test_assignment_is_read_as_written(tmp_path: Path) -> None:
    """The assignment of every criterion and core issue is read back in order."""
    filled = Assignment(duties=propose_duties(EDITION, [FIU, BANK]))
    path = tmp_path / "assignment.csv"
    path.write_bytes(render_assignment(EDITION.id, filled))
    found, problems = read_assignment(path, EDITION, [FIU, BANK])
    assert {name: duty.agencies for name, duty in found.duties.items()} == {
        name: duty.agencies for name, duty in filled.duties.items()
    }
    assert {p.code for p in problems} == {"assignment-open"}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("R.10/10.99,fiu,", ("id-unknown", "A3")),
        ("R.1/1.1,bank,", ("assignment-twice", "A3")),
        ("R.1/1.2,fui,", ("agency-unknown", "B3")),
        ("R.1/1.2,fiu,bank nobody", ("agency-unknown", "C3")),
    ],
)
def test_faults_of_assignment(tmp_path: Path, row: str, problem: tuple[str, str]) -> None:
    """Each fault of assignment.csv is reported at its cell, and the rest is used."""
    found, problems = assignment(tmp_path, f"requirement,lead,supporting\nR.1/1.1,fiu,bank\n{row}\n")
    assert problems == [problem]
    assert found.duty("R.1/1.1").agencies == ("fiu", "bank")


def test_an_unknown_agency_is_named_once(tmp_path: Path) -> None:
    """An unknown agency is reported once, with the number of lines that name it."""
    path = tmp_path / "assignment.csv"
    path.write_text("requirement,lead,supporting\nR.1/1.1,x,\nR.1/1.2,x,\nR.1/1.3,fiu,x\n", encoding="utf-8")
    _, problems = read_assignment(path, EDITION, [FIU])
    named = [p for p in problems if p.code == "agency-unknown"]
    assert [dict(p.facts)["count"] for p in named] == ["3"]


def test_a_line_for_a_whole_unit(tmp_path: Path) -> None:
    """A line for a Recommendation applies to every criterion without its own line."""
    found, problems = assignment(tmp_path, "requirement,lead,supporting\nR.8,fiu,\nR.8/8.1,bank,\n")
    assert problems == []
    requested = requirements_by_agency(EDITION, found)
    assert requested["bank"] == ("R.8/8.1",)
    assert "R.8/8.2" in requested["fiu"]


def test_misspelt_or_unknown_column_is_reported(tmp_path: Path) -> None:
    """Roles and remarks in a misspelt or unknown column are reported; missing titles are not."""
    found, problems = agencies(tmp_path, "id,role,name_en,name_ar,name_fr,language,remark\nfiu,fiu,FIU,,,en,,beside\n")
    assert (
        found[0].roles,
        problems,
    ) == ((), [("table-column", None), ("cell-outside", "B1:B2"), ("cell-outside", "G1"), ("cell-outside", "H2")])
    assert assignment(tmp_path, "requirement,lead,supporting\nR.1/1.1,fiu,bank\n")[1] == []


def test_unicode_text_of_excel_is_read(tmp_path: Path) -> None:
    """A table in UTF-16 with tabs is recognised by its byte order mark."""
    path = tmp_path / "agencies.csv"
    path.write_bytes("id\tname_en\tname_ar\tname_fr\troles\tlanguage\nfiu\t\tالوحدة\t\tfiu\tar\n".encode("utf-16"))
    found, problems = read_agencies(path, "en")
    assert ((found[0].id, found[0].names), problems) == (("fiu", {"ar": "الوحدة"}), ())


def test_agencies_may_be_assigned_by_name(tmp_path: Path) -> None:
    """Names and ids are read in any case; a name that two agencies share is not used."""
    unit = Agency(id="fiu", names={"en": "Financial intelligence unit", "ar": "الوحدة"})
    twins = [Agency(id=name, names={"en": "Customs"}) for name in ("north", "south")]
    path = tmp_path / "assignment.csv"
    lines = "r.1 / 1.1,FINANCIAL intelligence  unit,الوحدة; north\nR.1/1.2,customs,fiu north\n"
    path.write_text(f"requirement,lead,supporting\n{lines}", encoding="utf-8")
    found, problems = read_assignment(path, EDITION, [unit, *twins])
    duty = found.duty("R.1/1.1")
    assert (duty.lead, duty.supporting) == ("fiu", ("north",))
    assert (found.duty("R.1/1.2").lead, found.duty("R.1/1.2").supporting) == (None, ("fiu", "north"))
    assert [p.code for p in problems if p.code != "assignment-open"] == ["agency-unknown"]


def test_unreadable_agencies_make_no_agency_unknown(tmp_path: Path) -> None:
    """An unreadable table of agencies is reported once, not for each agency of the assignment."""
    write_as_text(init_assessment(tmp_path, country="IRQ"))
    (tmp_path / "agencies.csv").write_bytes("id,الاسم\n".encode("cp1256"))
    workspace, problems = read_workspace(tmp_path)
    assert workspace is not None
    assert [problem.code for problem in problems] == ["table-encoding"]
    assert "fiu" in workspace.assignment.duty("R.1/1.1").agencies
