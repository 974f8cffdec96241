"""Many agencies that answer everything and agree on little. FATF_KIT_FULL=1: 40 workbooks, and the memory they take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

import fatf_kit
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.report.write import FORMATS
from fatf_kit.spreadsheets.sheet import CellValue

FULL = os.environ.get("FATF_KIT_FULL") == "1"
TEXT = "The supervisor inspects every institution on a cycle that follows its risk. " * 4
LADDERS = {
    "criterion": ("met", "mostly met", "partly met", "not met"),
    "core issue": ("very large", "large", "some", "negligible"),
}


def contradicting(folder: Path, count: int, *, units: frozenset[str] = frozenset()) -> Path:
    """Workbooks of as many agencies; each rates a requirement otherwise than the next agency does."""
    folder.mkdir()
    for number in range(count):
        name = f"agency-{number:03}"
        layout = build_layout(load_framework("fatf-2022"), agency=name, country="Ruritania")
        answers: dict[str, dict[str, CellValue]] = {}
        for row in (row for sheet in layout.sheets for row in sheet.rows):
            if units and row.requirement.partition("/")[0] not in units:
                continue
            answers[row.requirement] = {
                "explanation": f"{name} on {row.requirement}: {TEXT}",
                "citation": "AML/CFT Act 2019, s. 1",
                "in_force_from": "2019-06-01",
                "evidence": f"E-{number % 60:03}",
                "confidentiality": "government",
            }
            if row.scale:
                ladder = LADDERS["criterion" if row.scale == "criterion" else "core issue"]
                answers[row.requirement]["rating"] = ladder[(number + len(answers)) % 4]
        evidence: list[dict[str, CellValue]] = [
            {"id": f"E-{n:03}", "kind": "law", "title": f"Act {n} of {name}", "article": f"art. {n}"} for n in range(60)
        ]
        cover = {"cut_off": "2027-03-19"}
        write_template(layout, folder / f"{name}.xlsx", prefill=answers, evidence=evidence, cover=cover)
    return folder


@pytest.mark.full
def test_agencies_contradict_without_an_assessment_folder(tmp_path: Path) -> None:
    """The answers of the last file counted, and nothing said that the first one differs: now both ends are told."""
    scored = fatf_kit.score(contradicting(tmp_path / "in", 2, units=frozenset({"R.9", "IO.9"})))
    by_id = {answer.requirement: answer for answer in scored.responses.answers}
    differing = {p.requirement for p in scored.problems if p.code == "answers-conflict"}
    rated = {name for name, answer in by_id.items() if answer.rating is not None}
    assert {"R.9/9.1", "IO.9/9.1", "IO.9/9.5"} <= differing == rated
    assert {voice.agency for voice in by_id["R.9/9.1"].agency_answers} == {"agency-000", "agency-001"}
    assert next(unit for unit in scored.assessment.recommendations if unit.id == "R.9").criteria[0].conflict
    assert {f.requirement for f in scored.findings if f.unit == "R.9" and f.kind == "conflict"} == {"R.9/9.1"}


def test_one_agency_alone_contradicts_no_other(tmp_path: Path) -> None:
    """The answers of a single workbook are used as they are."""
    scored = fatf_kit.score(contradicting(tmp_path / "in", 1, units=frozenset({"R.9"})))
    assert not [problem for problem in scored.problems if problem.code == "answers-conflict"]
    assert {answer.agency_answers for answer in scored.responses.answers} == {()}


@pytest.mark.skipif(not FULL, reason="takes a minute; FATF_KIT_FULL=1")
def test_forty_contradicting_workbooks_take_less_than_500_mb(tmp_path: Path) -> None:
    """All five formats in one process took 631 MB. The first conflicts are listed, and how many more there are."""
    folder = contradicting(tmp_path / "in", 40)
    code = (
        "import sys; from pathlib import Path; import fatf_kit\n"
        "from fatf_kit.report.write import FORMATS, write_report\n"
        "made = fatf_kit.score(sys.argv[1]).report(generated_at='2027-01-01')\n"
        "write_report(made, Path(sys.argv[2]), FORMATS)\n"
        "from benchmarks.memory import peak_megabytes\n"
        "print(peak_megabytes())"
    )
    out = tmp_path / "out"
    command = [sys.executable, "-c", code, str(folder), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert all((out / name).is_file() for name, _ in FORMATS.values())
    data = json.loads((out / "assessment.json").read_text(encoding="utf-8"))
    found = Counter(problem["code"] for problem in data["problems"])
    assert found["answers-conflict"] == 5 * found["conflicts-more"] > 0
    rows = openpyxl.load_workbook(out / "report.xlsx", read_only=True)["Problems"].iter_rows(
        min_row=2, values_only=True
    )
    assert Counter(row[-1] for row in rows) == found
    assert float(done.stdout) < 500
