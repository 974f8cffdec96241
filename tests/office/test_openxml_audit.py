"""Word, Excel and PowerPoint files as openxml-audit judges them, by the rules of Microsoft's Open XML SDK.

A usual run reads one file of each program, a full one every kind of file and everything that `fatf-kit demo --all`
writes. No finding is excused, also none of python-docx, XlsxWriter or python-pptx. One that has to be is listed here by
its id and reason.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from fatf_kit import (
    ScoringResult,
    agency_templates,
    bill_what_if,
    build_bill_page,
    convert_folder,
    folder_letters,
    folder_status,
    guide,
    mock_template,
    npo_map,
    npo_questionnaire,
    npo_template,
    paper,
    plan_of,
    reader_guide,
    score,
    statistics_report,
    statistics_template,
    template,
    write_decisions,
    write_document,
    write_report,
)
from fatf_kit.core.resources import data_folder
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.laws import review_scored_laws
from fatf_kit.workflows.status import write_status

NOW = "2026-11-28T12:00+00:00"
TODAY = date(2026, 11, 28)
NPO = data_folder("examples") / "npo"
pytestmark = pytest.mark.full
USUAL = ("guide", "template", "slide")
"""The samples of a usual run: one for Word, one for Excel, one for PowerPoint."""
ENDINGS = (".docx", ".xlsx", ".pptx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The fictional country: a copy of its folder that may be changed, and its rated assessment."""

    home: Path
    scored: ScoringResult

    @property
    def folder(self) -> FolderScore:
        """The folder as it was read and scored."""
        assert self.scored.folder
        return self.scored.folder


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """The country of all samples."""
    home = tmp_path_factory.mktemp("country") / "ruritania"
    shutil.copytree(data_folder("examples") / "ruritania", home)
    return Country(home=home, scored=score([home]))


def list_findings(folder: Path) -> list[str]:
    """Return what is found in the files of a folder, each with its file; a folder without files fails.

    Each file has a validator of its own, because one that is used again mistakes the parts of a later file for those
    of an earlier one.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in ENDINGS]
    assert files
    return [
        f"{path.name} {one.part_uri} {one.path}: {one.id} {one.description}"
        for path in files
        for one in OpenXmlValidator(max_errors=0).validate(path).errors
    ]


def write_paper(kind: str, language: str, ending: str = "docx", **chosen: object) -> Callable[[Country, Path], object]:
    """Return a function that writes a paper of the country into a folder."""

    def write(country: Country, folder: Path) -> object:
        made = paper(country.scored, kind, generated_at=NOW, language=language, **chosen)  # type: ignore[arg-type]
        return write_document(made, folder / f"{kind}-{language}.{ending}")

    return write


def write_bill_page(country: Country, folder: Path) -> None:
    """The page for parliament, in Arabic."""
    review = review_scored_laws(country.scored)
    page = build_bill_page(review, bill_what_if(review, ("L-040",)), today=TODAY, language="ar")
    write_document(page, folder / "bill.docx")


def write_some_letters(country: Country, folder: Path) -> None:
    """The letters to one agency and the models."""
    letters = [*folder_letters(country.scored, today=TODAY)]
    agency = country.folder.workspace.agencies[0].id
    chosen = {name: document for name, document in letters if agency in name} | dict(letters[-2:])
    assert len(chosen) >= 5
    for name, document in chosen.items():
        write_document(document, folder / f"{name}.docx")


def write_decision_workbook(country: Country, folder: Path) -> None:
    """The workbook of decisions; the shipped one is what would be written."""
    assert write_decisions(country.folder, moment=NOW) is None
    shutil.copy(country.home / "decisions.xlsx", folder)


def write_agency_workbook(country: Country, folder: Path) -> None:
    """The questions to one agency, in Arabic, with what it answered."""
    responses = [country.home / "responses"]
    assert [*agency_templates(country.home, agencies=["charities"], languages=["ar"], prefill=responses, output=folder)]


def write_register_workbooks(_: Country, folder: Path) -> None:
    """The blank register with its measures, the assignment of columns and the questions to bodies."""
    npo_template(folder, language="ar")
    npo_map(NPO / "register.csv", folder / "map.xlsx")
    npo_questionnaire(NPO / "register.csv", folder, settings=NPO / "settings.json", languages=("en", "ar"))


SAMPLES: dict[str, Callable[[Country, Path], object]] = {
    "gap": write_paper("gap", "en"),
    "brief": write_paper("brief", "ar"),
    "roadmap": write_paper("roadmap", "en"),
    "compliance": write_paper("compliance", "en"),
    "compliance draft": write_paper("compliance", "ar", draft=True),
    "effectiveness": write_paper("effectiveness", "ar"),
    "agency": write_paper("agency", "en", agency="fiu"),
    "slide": write_paper("slide", "en", "pptx"),
    "deck": write_paper("deck", "ar", "pptx"),
    "guide": lambda _, folder: write_document(guide("IO.9", language="en"), folder / "guide.docx"),
    "reader guide": lambda _, folder: write_document(reader_guide("agency", language="ar"), folder / "reader.docx"),
    "letters": write_some_letters,
    "page for parliament": write_bill_page,
    "template": lambda _, folder: template(folder / "template.xlsx", only=("R.8", "IO.10")),
    "template of an agency": write_agency_workbook,
    "decisions": write_decision_workbook,
    "control": lambda country, folder: convert_folder(country.home, output=folder),
    "plan": lambda country, folder: (folder / "plan.xlsx").write_bytes(
        plan_of(country.home, start="2026-01-04").workbook("ar")
    ),
    "laws": lambda country, folder: shutil.copy(country.home / "laws.xlsx", folder),
    "statistics": lambda _, folder: statistics_template(folder, years="2021-2025", roles=("fiu",), language="ar"),
    "mock visit": lambda country, folder: [
        (folder / name).write_bytes(content)
        for name, content in mock_template(country.home, only=("IO.9",)).sheets().items()
    ],
    "register": write_register_workbooks,
    "report": lambda country, folder: write_report(
        country.scored.report(generated_at=NOW, language="en"), folder, ("xlsx",)
    ),
    "status": lambda country, folder: write_status(folder_status(country.scored, today=TODAY, language="ar"), folder),
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.sample] if name in USUAL else []) for name in SAMPLES]
)
def test_each_kind_of_file_is_valid(name: str, country: Country, tmp_path: Path) -> None:
    """A paper or a workbook, in English or Arabic."""
    SAMPLES[name](country, tmp_path)
    assert list_findings(tmp_path) == []


def test_the_report_on_statistics_is_valid(country: Country, tmp_path: Path) -> None:
    """Its workbook is the largest of all."""
    report, _ = statistics_report(country.home, generated_at=NOW, language="ar")
    write_report(report, tmp_path, ("xlsx", "docx"))
    assert list_findings(tmp_path) == []


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_everything_of_the_demonstration_is_valid(language: str, demo: Callable[[str], Path]) -> None:
    """All of its documents and workbooks."""
    assert list_findings(demo(language)) == []


def damage(source: Path, target: Path, part: str, old: bytes, new: bytes) -> None:
    """Copy an Office file with one change in one of its parts."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w") as changed:
        assert old in whole.read(part)
        for name in whole.namelist():
            content = whole.read(name)
            changed.writestr(name, content.replace(old, new, 1) if name == part else content)


@pytest.mark.parametrize(
    ("sample", "name", "part", "old", "new", "finding"),
    [
        (
            "guide",
            "guide.docx",
            "word/document.xml",
            b"<w:body>",
            b"<w:body><w:unknown/>",
            "Unexpected element 'unknown'",
        ),
        (
            "slide",
            "slide-en.pptx",
            "ppt/_rels/presentation.xml.rels",
            b"slides/slide1.xml",
            b"slides/none.xml",
            "not found",
        ),
        ("laws", "laws.xlsx", "xl/worksheets/sheet1.xml", b"<sheetData", b"<unknown/><sheetData", "Unexpected element"),
    ],
)
def test_a_fault_is_found(
    sample: str, name: str, part: str, old: bytes, new: bytes, finding: str, country: Country, tmp_path: Path
) -> None:
    """The validator sees an element that does not exist, and a part that is not there."""
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    whole.mkdir()
    damaged.mkdir()
    SAMPLES[sample](country, whole)
    damage(whole / name, damaged / name, part, old, new)
    assert any(finding in one for one in list_findings(damaged))
