"""A workbook becomes answers as soon as it is read; what depends on the others waits for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.sheet import CellValue

ONLY = ["R.9"]


def write(path: Path, agency: str | None, cites: str, registers: str = "", edition: str = "fatf-2022") -> Path:
    """A workbook with one answer that cites evidence, and perhaps one item in its register."""
    layout = build_layout(load_framework(edition), only=ONLY, agency=agency, country="Ruritania")
    answer: dict[str, CellValue] = {"rating": "met", "explanation": "So it is.", "evidence": cites}
    evidence: list[dict[str, CellValue]] = [{"id": registers, "kind": "law", "title": "Act"}] if registers else []
    path.parent.mkdir(exist_ok=True)
    write_template(layout, path, prefill={"R.9/9.1": answer}, evidence=evidence)
    return path


@pytest.mark.parametrize("first", [True, False])
def test_another_workbook_of_the_agency_may_register_what_one_cites(first: bool, tmp_path: Path) -> None:
    """Whichever of the two is read first; that of another agency may not."""
    citing = write(tmp_path / "a.xlsx", "fiu", cites="E-1, E-2")
    registering = write(tmp_path / "b.xlsx", "fiu", cites="E-1, E-2", registers="E-1")
    other = write(tmp_path / "c.xlsx", "bank", cites="E-9", registers="E-2")
    pair = [citing, registering] if first else [registering, citing]
    problems = read_responses([*pair, other])[2]
    unknown = [(p.ref.file, dict(p.facts)["found"]) for p in problems if p.code == "evidence-unknown" and p.ref]
    assert unknown == [*((path.name, "E-2") for path in pair), ("c.xlsx", "E-9")]


def test_files_of_one_name_without_an_agency_are_kept_apart(tmp_path: Path) -> None:
    """Their registers are not one; the same copy twice is."""
    one = write(tmp_path / "one" / "answers.xlsx", None, cites="E-1", registers="E-1")
    other = write(tmp_path / "other" / "answers.xlsx", None, cites="E-1", registers="E-2")
    _, responses, problems = read_responses([one, other])
    assert len({item.source for item in responses.evidence}) == 2
    assert [problem.code for problem in problems if problem.code != "agency-copies"] == ["evidence-unknown"]


def test_the_edition_is_that_of_the_first_stamp_in_order(tmp_path: Path) -> None:
    """Also where a workbook of another edition was turned into answers already; its answers are not taken."""
    old = [write(tmp_path / f"{n}.xlsx", f"a{n}", cites="", edition="fatf-2013") for n in range(2)]
    new = [write(tmp_path / f"{n}.xlsx", f"a{n}", cites="") for n in range(2, 10)]
    framework, responses, problems = read_responses([*new[:1], *old, *new[1:]])
    assert (framework.id, len(responses.inputs)) == ("fatf-2022", 8)
    assert [(path.name, "edition-other") for path in old] == [(p.ref.file, p.code) for p in problems if p.ref]
    assert read_responses([*old, *new])[0].id == "fatf-2013"
