"""One agency's evidence never proves another agency's answer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.answers.registers import find_cited_items, index_evidence, share_register
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.policy import load_policy
from fatf_kit.spreadsheets.sheet import CellValue
from tests.proof import assess

EDITION = load_framework("fatf-2022")
ACT: dict[str, CellValue] = {
    "id": "E-1",
    "kind": "law",
    "title": "AML Act",
    "article": "9",
    "in_force_from": "2019-06-01",
}


def write(
    path: Path, unit: str, agency: str | None = None, answers: tuple[str, ...] = (), *items: dict[str, CellValue]
) -> None:
    """A workbook in which these criteria are met by E-1, with this register."""
    layout = build_layout(EDITION, only=[unit], agency=agency)
    write_template(layout, path, prefill={a: {"rating": "met", "evidence": "E-1"} for a in answers}, evidence=items)


def showing(folder: Path, criterion: str) -> EvidenceStatus:
    """Whether a criterion counts as shown by all that lies in the folder."""
    _, responses, _ = read_responses([folder])
    found = assess(EDITION, responses, load_policy())
    return next(c.status for r in found.recommendations for c in r.criteria if c.id == criterion)


@pytest.mark.parametrize(
    ("npo", "expected"),
    [("npo", EvidenceStatus.NOTHING_CITED), (None, EvidenceStatus.NOTHING_CITED), ("fiu", EvidenceStatus.SHOWN)],
)
def test_an_id_means_what_its_own_agency_registered(npo: str | None, expected: EvidenceStatus, tmp_path: Path) -> None:
    """Two workbooks of one agency share a register; without an agency every file has its own."""
    write(tmp_path / "a.xlsx", "R.9", "fiu", ("R.9/9.1",), ACT)
    write(tmp_path / "b.xlsx", "R.2", npo, ("R.2/2.1",))
    assert (showing(tmp_path, "R.9/9.1"), showing(tmp_path, "R.2/2.1")) == (EvidenceStatus.SHOWN, expected)
    problems = read_responses([tmp_path])[2]
    unknown = [problem.ref.file for problem in problems if problem.code == "evidence-unknown" and problem.ref]
    assert ([] if npo == "fiu" else ["b.xlsx"]) == unknown


def test_one_id_for_two_things_in_two_files_of_an_agency(tmp_path: Path) -> None:
    """One id for two items of an agency is reported with both places; two agencies may share an id."""
    write(tmp_path / "a.xlsx", "R.9", "fiu", ("R.9/9.1",), ACT)
    write(tmp_path / "b.xlsx", "R.2", "fiu", (), {**ACT, "in_force_from": "2030-06-01"})
    write(tmp_path / "c.xlsx", "R.1", "npo", (), {**ACT, "title": "Statutes"})
    os.utime(tmp_path / "b.xlsx", (0, 0))  # the newer file goes first
    _, responses, (problem,) = read_responses([tmp_path])
    assert problem.code == "evidence-duplicated"
    assert "b.xlsx, Evidence!A3:E3: " in problem.message
    assert "at a.xlsx, Evidence!A3, and that item is used" in problem.message
    assert [(item.source, item.title) for item in responses.evidence] == [("fiu", "AML Act"), ("npo", "Statutes")]


def test_files_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    """Two folders may each have an answers.xlsx."""
    for folder, items in (("x", [ACT]), ("y", [])):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "answers.xlsx", "R.9" if items else "R.2", None, (), *items)
    write(tmp_path / "y" / "answers.xlsx", "R.2", None, ("R.2/2.1",))
    _, responses, problems = read_responses([tmp_path / "x", tmp_path / "y"])
    assert (
        find_cited_items(responses.answers[0], index_evidence(responses.evidence)),
        [problem.code for problem in problems],
    ) == ((), ["evidence-unknown"])


def test_one_register_for_all() -> None:
    """As a single workbook needs it: an id that several sources use gets the source before it, everywhere."""
    items = [
        EvidenceItem(id=i, kind=EvidenceKind.LAW, title=s + i, source=s)
        for s, i in (("fiu", "E-1"), ("npo", "E-1"), ("npo", "E-2"))
    ]
    answers = [
        Answer(requirement=f"R.1/1.{n}", rating=CriterionRating.MET, source=source, evidence=("E-1", "E-2"))
        for n, source in enumerate(("fiu", "npo"), start=1)
    ]
    shared = share_register(ResponseSet(edition="fatf-2022", answers=tuple(answers), evidence=tuple(items)))
    register = index_evidence(shared.evidence)
    assert [[item.title for item in find_cited_items(answer, register)] for answer in shared.answers] == [
        ["fiuE-1"],
        ["npoE-1", "npoE-2"],
    ]
    assert [item.id for item in shared.evidence] == ["FIU-E-1", "NPO-E-1", "NPO-E-2"]
