"""A copy saved by LibreOffice: the same answers, and still a template for the next person."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.words import load_words
from tests.office.files import Convert, open_saved
from tests.rows import values_in

pytestmark = pytest.mark.full
LANGUAGES = ("en", "ar", "fr")

PREFILL: dict[str, dict[str, Any]] = {
    "R.9/9.1": {
        "rating": "partly met",
        "explanation": "=Not a formula\nsecond line",
        "citation": "Banking Law, art. 5",
        "in_force_from": date(2019, 6, 1),
        "missing": "- 5 % <of> & \"all\" 'requests'",
        "action_due": date(2027, 1, 31),
        "confidentiality": "restricted",
    },
    "R.2/2.1": {"rating": "not applicable", "explanation": "نص عربي ١٢٣", "evidence": "00123"},
    "IO.6/6.1": {"rating": "very large"},
}
EVIDENCE: list[dict[str, Any]] = [{"id": "E-001", "kind": "law", "title": "Law", "in_force_from": date(2019, 6, 1)}]


@pytest.fixture(scope="module", params=LANGUAGES)
def original(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled workbook in each language."""
    framework = load_framework("fatf-2022", request.param)
    layout = build_layout(framework, only=["R.2", "R.9", "IO.6"], language=request.param)
    path = tmp_path_factory.mktemp("original") / f"{request.param}.xlsx"
    write_template(layout, path, prefill=PREFILL, evidence=EVIDENCE, cover={"cut_off": date(2027, 3, 19)})
    return path


@pytest.mark.parametrize(
    ("original", "suffix"),
    [
        pytest.param(language, suffix, marks=[pytest.mark.sample] if (language, suffix) == ("ar", "xlsx") else [])
        for language in LANGUAGES
        for suffix in ("xlsx", "ods", "xls")
    ],
    indirect=["original"],
)
def test_a_saved_copy_says_the_same(original: Path, convert: Convert, suffix: str) -> None:
    """Every answer, every item of evidence, the cover and the stamp, in each of LibreOffice's formats."""
    before, after = _read(original), _read(convert(original, suffix))
    assert _content(before) == _content(after)
    assert len(after.rows) == 3
    assert [row.ref.at("rating").cell for row in before.rows] == [row.ref.at("rating").cell for row in after.rows]


def test_an_xlsx_copy_is_still_a_template(original: Path, convert: Convert) -> None:
    """Drop-downs, prompts, protection, hidden rows and direction are kept."""
    before, after = open_saved(original), open_saved(convert(original, "xlsx"))
    assert before.sheetnames == after.sheetnames
    for title in ("R.2", "R.9", "IO.6", load_words(original.stem)["sheet.evidence"]):
        assert _rules(before[title]) == _rules(after[title])
        assert after[title].protection.sheet
        assert bool(before[title].sheet_view.rightToLeft) == bool(after[title].sheet_view.rightToLeft)
        assert [c.protection.locked for c in before[title][3]] == [c.protection.locked for c in after[title][3]]
        assert after[title].row_dimensions[2].hidden
    assert [after[title].sheet_state for title in ("_lists", "_stamp")] == ["hidden", "hidden"]
    assert set(before.defined_names) <= set(after.defined_names)


def test_an_ods_copy_is_still_a_template(original: Path, convert: Convert) -> None:
    """The same, in OpenDocument's own terms."""
    with zipfile.ZipFile(convert(original, "ods")) as package:
        content = package.read("content.xml").decode()
    sheets = re.findall(r"<table:table [^>]*>", content)
    assert 10 == len(sheets) == sum('table:protected="true"' in sheet for sheet in sheets)
    rules = re.findall(r"<table:content-validation [^>]*>", content)
    for name in ("criterion_ratings", "achievement_ratings", "confidentiality_levels", "evidence_kinds"):
        assert any(name in rule for rule in rules), name
    expected = "rl-tb" if original.stem == "ar" else "lr-tb"
    assert set(re.findall(r'<style:table-properties [^>]*style:writing-mode="([^"]*)"', content)) == {expected}


def _read(path: Path) -> RawWorkbook:
    workbook, problems = read_workbook(path)
    assert workbook is not None, problems
    expected = ["file-values-only"] if path.suffix == ".xls" else []
    assert [problem.code for problem in problems] == expected, problems
    return workbook


def _content(workbook: RawWorkbook) -> tuple[object, ...]:
    rows = [(row.id, values_in(row)) for row in workbook.rows]
    return rows, [(row.id, values_in(row)) for row in workbook.evidence], workbook.cover, workbook.stamp


def _rules(sheet: Any) -> set[tuple[str, str, str | None, str | None]]:
    """Every drop-down or check: where it begins, its kind, its list, its prompt."""
    return {
        (str(cells).partition(":")[0], rule.type or "none", rule.formula1 if rule.type == "list" else None, rule.prompt)
        for rule in sheet.data_validations.dataValidation
        for cells in rule.sqref.ranges
    }
