"""Earlier copies, even damaged ones: their answers go into new workbooks, and the rest is reported."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from fatf_kit import agency_templates, carry_forward, template
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError
from fatf_kit.framework import load_framework
from fatf_kit.workflows.templates import read_earlier
from tests.examples import make_folder
from tests.unit.assessment.reading import values_of

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
ITEM = {"id": "E-1", "kind": "law", "title": "Banking Law"}


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    """A new folder."""
    return make_folder(tmp_path / "home", country="IRQ", cut_off=date(2027, 3, 19))


def earlier(path: Path, agency: str | None, answers: dict[str, str], *items: dict[str, str], contact: str = "") -> Path:
    """Write an earlier copy with explanations and a register, whose answers cite its first item."""
    layout = build_layout(load_framework("fatf-2022"), only=answers, agency=agency)
    cited = "E-1" if items else ""
    filled = {name: {"rating": "met", "explanation": text, "evidence": cited} for name, text in answers.items()}
    write_template(layout, path, prefill=filled, evidence=items, cover={"contact": contact} if contact else None)
    return path


def test_whole_register_of_an_agency_is_prefilled(home: Workspace, tmp_path: Path) -> None:
    """Uncited items are prefilled too; items of another agency under the same id never are."""
    copies = [
        earlier(
            tmp_path / "a.xlsx", "police", {"R.31/31.1": "theirs"}, {**ITEM, "title": "Police Act"}, contact="Ms P."
        ),
        earlier(tmp_path / "b.xlsx", "fiu", {"R.29/29.1": "ours"}, ITEM, {**ITEM, "id": "E-2"}, contact="Mr F."),
    ]
    read, problems = read_earlier(home.path, copies)
    assert problems == ()
    written = {agency.id: path for agency, path, _ in agency_templates(home.path, agencies=["fiu"], prefill=read)}
    workbook, _ = read_workbook(written["fiu"])
    assert workbook is not None
    titles = {name: item["title"] for name, item in values_of(workbook.evidence).items()}
    assert titles == {"E-1": "Banking Law", "E-2": "Banking Law"}
    assert workbook.cover["contact"] == "Mr F.", "of several copies each agency gets the contact of its own"


def test_contact_of_one_copy_is_prefilled(home: Workspace, tmp_path: Path) -> None:
    """The contact of a copy is prefilled for its own agency."""
    copy = earlier(tmp_path / "b.xlsx", "fiu", {"R.29/29.1": "ours"}, contact="Mr F.")
    paths = {
        agency.id: path for agency, path, _ in agency_templates(home.path, agencies=["fiu", "tax"], prefill=[copy])
    }
    contacts = {name: found.cover.get("contact") for name, path in paths.items() if (found := read_workbook(path)[0])}
    assert contacts == {"fiu": "Mr F.", "tax": None}


def test_unplaced_earlier_answers_are_reported(home: Workspace, tmp_path: Path) -> None:
    """Answers of unknown agencies, answers without a lead agency and uncited items are reported."""
    copies = [
        earlier(tmp_path / "a.xlsx", "coast-guard", {"R.31/31.1": "a", "R.31/31.2": "b"}),
        earlier(tmp_path / "b.xlsx", None, {"R.29/29.1": "c"}, ITEM, {**ITEM, "id": "E-2"}),
    ]
    _, problems = read_earlier(home.path, copies)
    found = [(p.code, p.ref and p.ref.file, dict(p.facts)["count"]) for p in problems]
    assert found == [("prefill-unplaced", "a.xlsx", "2"), ("prefill-unplaced", "b.xlsx", "1")]


@pytest.mark.full
def test_unreadable_parts_of_an_earlier_copy_are_reported(home: Workspace, tmp_path: Path) -> None:
    """The command reports damaged files, other editions and ids typed over; it uses the rest."""
    good = earlier(tmp_path / "good.xlsx", "fiu", {"R.29/29.1": "ours", "R.29/29.2": "ours too"})
    book = openpyxl.load_workbook(io.BytesIO(good.read_bytes()))
    book["R.29"]["A3"], book["R.29"].title = "R.29/29.99", "Our answers"
    book.save(good)
    template(tmp_path / "old.xlsx", edition="fatf-2013", only=["R.29"])
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04")
    names = [str(tmp_path / name) for name in ("good.xlsx", "old.xlsx", "bad.xlsx")]
    given = [part for name in names for part in ("--prefill", name)]
    done = CliRunner().invoke(cli, ["template", str(home.path), "--agency", "fiu", *given], standalone_mode=False)
    assert done.return_value == 0
    for code in ("id-changed", "edition-other", "file-broken"):
        assert f"[{code}]" in done.output
    workbook, _ = read_workbook(home.path / "templates" / "fiu.xlsx")
    assert workbook is not None
    assert values_of(workbook.rows)["R.29/29.2"]["explanation"] == "ours too"


def test_carrying_forward_several_agencies_at_once_is_refused(tmp_path: Path) -> None:
    """It is refused because one of two answers to a requirement would be lost."""
    folder = tmp_path / "old"
    folder.mkdir()
    for agency in ("fiu", "police"):
        layout = build_layout(load_framework("fatf-2013"), only=["R.29"], agency=agency)
        write_template(layout, folder / f"{agency}.xlsx", prefill={"R.29/29.1": {"explanation": agency}})
    with pytest.raises(FatfKitError, match="several agencies"):
        carry_forward(folder, "fatf-2022", tmp_path / "new.xlsx")


@pytest.mark.full
def test_a_mangled_workbook_is_carried_forward_whole(tmp_path: Path) -> None:
    """Renamed sheets, lost ids, an added column, restricted rows and a lost stamp: all is used or reported."""
    old = tmp_path / "old.xlsx"
    answers = {"R.29/29.1": "a", "R.29/29.2": "b", "R.29/29.3": "c", "R.29/29.4": "Inspector N. knew", "IO.3/3.1": "d"}
    filled = {name: {"explanation": text, "confidentiality": "restricted"} for name, text in answers.items()}
    layout = build_layout(load_framework("fatf-2013"), only=["R.29", "IO.3"])
    write_template(layout, old, prefill=filled, cover={"agency": "The FIU", "contact": "Mr F."})
    book = openpyxl.load_workbook(io.BytesIO(old.read_bytes()))
    sheet = book["R.29"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(3, sheet.max_row + 1)}
    sheet.cell(rows["R.29/29.1"], 1).value = None
    sheet.cell(rows["R.29/29.2"], 1).value = "R.29/29.99"
    sheet.cell(rows["R.29/29.3"], 14).value = "our own column"
    sheet.title = "Sheet (2)"
    del book["_stamp"]
    book.custom_doc_props.props.clear()  # type: ignore[attr-defined]
    book.save(old)
    carried, problems = carry_forward(old, "fatf-2022", tmp_path / "new.xlsx", edition="fatf-2013")
    found = [(p.code, p.ref.cell if p.ref else None) for p in problems]
    codes = {"stamp-missing", "id-changed", "cell-unplaced", "rating-missing"}
    assert {code for code, _ in found} == codes
    assert not any("Inspector" in problem.message for problem in problems)
    workbook, after = read_workbook(tmp_path / "new.xlsx")
    assert workbook is not None
    assert after == ()
    texts = " ".join(str(row["explanation"]) for row in values_of(workbook.rows).values())
    kept = {one.answer.explanation for one in carried.kept}
    assert {text for text in ("c", "Inspector N. knew", "d") if text not in texts} <= kept
    assert (workbook.cover.get("agency"), workbook.cover.get("contact")) == ("The FIU", "Mr F.")
