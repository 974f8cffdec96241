"""Files and folders are read into one set of answers."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import score
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.report.write import write_report
from fatf_kit.workflows.assessment_folder import init_assessment
from tests.unit.assessment.reading import Changed


def _codes_and_files(path: Path) -> list[tuple[str, str | None]]:
    """Return the code and file of each problem, in order."""
    return [(problem.code, problem.ref.file if problem.ref else None) for problem in read_responses([path])[2]]


def test_a_folder_is_read_whatever_its_workbooks_are_called(filled: Path, tmp_path: Path) -> None:
    """A workbook under another name is one all the same; other files are left alone."""
    shutil.copy(filled, tmp_path / "إجابات (2).bak")
    (tmp_path / "~$answers.xlsx").write_bytes(b"lock")
    _, responses, problems = read_responses([tmp_path])
    assert (responses.inputs[0].name, len(responses.answers)) == ("إجابات (2).bak", 3)
    assert [problem.message for problem in problems] == []


def test_damaged_workbook_is_reported(filled: Path, tmp_path: Path) -> None:
    """A damaged workbook is reported, and the other workbooks are read."""
    shutil.copy(filled, tmp_path / "a.xlsx")
    for name in ("b.xlsx", "c.ods", "d.xltx"):
        (tmp_path / name).write_bytes(b"PK\3\4 cut short")
    _, responses, problems = read_responses([tmp_path])
    assert len(responses.answers) == 3
    assert [problem.code for problem in problems] == ["file-broken"] * 3


@pytest.mark.parametrize("name", ["a.csv", "a.numbers", "a.xlsb", "A.CSV"])
def test_tables_that_are_not_read_are_noted(name: str, tmp_path: Path) -> None:
    """A file in another format is reported, because it may hold answers."""
    (tmp_path / name).write_text("id;rating", encoding="utf-8")
    assert _codes_and_files(tmp_path) == [("files-office", tmp_path.name), ("nothing-to-read", tmp_path.name)]


def test_subfolders_with_workbooks_are_reported(filled: Path, tmp_path: Path) -> None:
    """Workbooks in subfolders are reported and not read, because they may be older copies."""
    (tmp_path / "old" / "older").mkdir(parents=True)
    (tmp_path / "annexes").mkdir()
    (tmp_path / "annexes" / "act.pdf").write_bytes(b"%PDF")
    for name in ("a.xlsx", "old/b.xlsx", "old/older/c.ODS"):
        shutil.copy(filled, tmp_path / name)
    _, responses, (problem,) = read_responses([tmp_path])
    assert [given.name for given in responses.inputs] == ["a.xlsx"]
    assert (problem.code, str(problem.ref)) == ("folder-inside", "old")
    assert "contains 2 workbooks" in problem.text


def test_files_are_read_in_the_order_of_their_names(filled: Path, tmp_path: Path) -> None:
    """Files are read in the order of their names, not in that of the disk."""
    for name in ("c.xlsx", "a.xlsx", "b.xlsx"):
        shutil.copy(filled, tmp_path / name)
    assert _codes_and_files(tmp_path) == [("copy-same", "b.xlsx"), ("copy-same", "c.xlsx")]


@pytest.mark.full
def test_report_of_fatf_kit_is_not_read(filled: Path, tmp_path: Path) -> None:
    """A report next to the answers is not reported as a faulty workbook."""
    shutil.copy(filled, tmp_path / "a.xlsx")
    report = score([tmp_path]).report(generated_at="2026-01-01T00:00:00Z")
    write_report(report, tmp_path, ["xlsx"])
    assert [code for code, _ in _codes_and_files(tmp_path)] == ["own-report"]


def test_one_good_file_among_thirty_bad_ones(filled: Path, tmp_path: Path) -> None:
    """Each bad one gets one message, the good one is read."""
    bad = [b"", b"PK\3\4", b"<html>", b"a;b", b"%PDF-1.7"]
    for number in range(30):
        (tmp_path / f"{number:02}.xlsx").write_bytes(bad[number % len(bad)])
    shutil.copy(filled, tmp_path / "15b.xlsx")
    _, responses, problems = read_responses([tmp_path])
    assert (len(responses.answers), len({problem.ref.file for problem in problems if problem.ref})) == (3, 30)
    assert len(problems) == 30


def test_folder_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is reported like a file without permission."""

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert _codes_and_files(tmp_path) == [("file-unreadable", tmp_path.name)]


@pytest.mark.parametrize("path", ["//server/share/answers", "\\\\server\\share\\a.xlsx"])
def test_a_network_path_is_never_touched(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network path is not opened, because a missing share may block for minutes."""

    def touching(name: str) -> Callable[..., object]:
        own: Callable[..., object] = getattr(Path, name)

        def touch(target: Path, *args: object, **named: object) -> object:
            assert "server" not in str(target), path
            return own(target, *args, **named)

        return touch

    for name in ("is_dir", "is_file", "exists", "stat", "open", "iterdir"):
        monkeypatch.setattr(Path, name, touching(name))
    _, _, (problem,) = read_responses([Path(path)])
    assert problem.code == "file-network"


def test_an_agency_without_a_stamp_is_known_by_its_cover(changed: Changed) -> None:
    """Only where the cover names a known one; what it says is kept in any case."""

    def change(book: openpyxl.Workbook) -> None:
        del book["_stamp"]
        book.custom_doc_props.props.clear()  # type: ignore[attr-defined]

    path = changed(change)
    for known, expected in (({}, None), ({"fin": Agency(id="fin", names={"fr": "FIU"})}, "fin")):
        _, responses, _ = read_responses([path], edition="fatf-2022", agencies=known)
        assert {answer.agency for answer in responses.answers} == {expected}
        assert ("fiu", expected) == (responses.inputs[0].agency_on_cover, responses.inputs[0].agency)


def test_unknown_edition_does_not_stop_other_files(changed: Changed, filled: Path) -> None:
    """A workbook of an unknown edition is reported, and the other files are read."""

    def change(book: openpyxl.Workbook) -> None:
        for row in book["_stamp"].iter_rows():
            if row[0].value == "edition":
                row[1].value = "fatf-2099"

    framework, responses, problems = read_responses([changed(change), filled])
    assert (framework.id, len(responses.answers)) == ("fatf-2022", 3)
    assert [problem.code for problem in problems] == ["edition-other"]


def test_letters_and_archives_in_a_folder_are_reported(filled: Path, tmp_path: Path) -> None:
    """Letters and archives are reported, because they may hold answers; so is a broken link."""
    shutil.copy(filled, tmp_path / "good.xlsx")
    for name in ("answers.docx", "mail.msg", "all.zip", "scan.PDF", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    _, _, problems = read_responses([tmp_path])
    found = {problem.code: dict(problem.facts).get("names") for problem in problems if problem.ref}
    letters = "answers.docx, mail.msg, notes.txt, scan.PDF"
    assert found == {"files-letters": letters, "files-packed": "all.zip", "file-missing": None}


SENT = {
    "files-scans": "a.jpg a.png a.tif a.heic a.bmp a.webp",
    "files-locked": "a.p7m a.xlsx.p7m a.xlsx.gpg",
    "files-packed": "a.gz a.tar a.zip a.7z",
    "files-office": "a.accdb a.csv a.et a.gsheet a.key a.mdb a.numbers a.odp a.one a.pages a.pptx a.pub a.vsd a.xlsb",
    "files-cut": "a.xlsx.bak2 a.xlsx.crdownload",
    "files-letters": "a.docx a.htm a.html a.json a.md a.mht a.pdf a.ps a.txt a.xml a.xps",
    "files-unknown": "a.strange answers",
}
LITTER = ("Thumbs.db", ".DS_Store", "desktop.ini", "~$fiu.xlsx", "._fiu.xlsx", ".~lock.fiu.xlsx#")


def test_every_file_in_a_folder_is_reported_by_kind(filled: Path, tmp_path: Path) -> None:
    """By name and with what to do, but for the litter of office programs and systems and for what we wrote there."""
    shutil.copy(filled, tmp_path / "good.xlsx")
    for name in " ".join(SENT.values()).split():
        (tmp_path / name).write_bytes(b"\0\1\2")
    for name in LITTER:
        (tmp_path / name).write_bytes(filled.read_bytes())
    write_report(
        score([tmp_path / "good.xlsx"]).report(generated_at="2026-01-01T00:00:00Z"), tmp_path, ["html", "json"]
    )
    (tmp_path / "a.xlsx.bak2").write_bytes(filled.read_bytes()[:5_000])
    _, responses, problems = read_responses([tmp_path])
    assert [one.name for one in responses.inputs] == ["good.xlsx"]
    facts = {problem.code: dict(problem.facts) for problem in problems}
    assert {code: len(names.split()) for code, names in SENT.items()} == {
        code: int(found["count"]) for code, found in facts.items()
    }
    for code, names in SENT.items():
        shown = facts[code]["names"].removesuffix(", …").split(", ")
        assert len(shown) == min(10, len(names.split()))
        assert set(shown) <= set(names.split())


def test_very_many_files_of_a_kind_are_one_problem(tmp_path: Path) -> None:
    """The first ten are named, all are counted."""
    for number in range(150):
        (tmp_path / f"{number:03}.jpg").write_bytes(b"x")
    _, _, problems = read_responses([tmp_path])
    assert [problem.code for problem in problems] == ["files-scans", "nothing-to-read"]
    assert (
        "150 pictures and scans are not read, because answers in pictures cannot be read: 000.jpg, 001.jpg"
        in problems[0].text
    )
    assert "009.jpg, …" in problems[0].text


def test_conflicts_over_one_requirement_are_folded(tmp_path: Path) -> None:
    """Of forty conflicting copies the first few are listed, with the number of the others."""
    ratings = ["met", "not met", *["mostly met", "partly met"] * 19]
    layout = build_layout(load_framework("fatf-2022"), only=["R.2"])
    for number, rating in enumerate(ratings):
        write_template(
            layout, tmp_path / f"{number:02}.xlsx", prefill={"R.2/2.1": {"rating": rating, "missing": f"{number}"}}
        )
    scored = score([tmp_path])
    codes = Counter(problem.code for problem in scored.problems)
    assert (codes["agency-copies"], codes["conflicts-more"]) == (5, 1)
    assert "34 more problems [agency-copies]" in next(p.text for p in scored.problems if p.code == "conflicts-more")


@pytest.mark.full
def test_conflicts_of_agencies_are_folded_in_the_report_only(tmp_path: Path) -> None:
    """Conflicts are shortened in the report; the feedback to an agency needs all of them."""
    home = init_assessment(tmp_path / "home", country="IRQ")
    framework = load_framework("fatf-2022")
    for number in range(40):
        layout = build_layout(framework, only=["R.2"], agency=f"agency-{number:02}")
        answer = {"rating": "met" if number % 2 else "not met"}
        write_template(layout, home.path / "responses" / f"{number:02}.xlsx", prefill={"R.2/2.1": answer})
    scored = score([home.path])
    assert sum(problem.code == "answers-conflict" for problem in scored.problems) == 20
    table = next(one for one in scored.report(generated_at="2026-01-01T00:00:00Z").tables if one.key == "problems")
    found = Counter(row[-1] for row in table.rows)
    folded = {row[-2] for row in table.rows if row[-1] == "conflicts-more"}
    assert found["answers-conflict"] == 5
    assert any("15 more problems" in str(text) and "[answers-conflict]" in str(text) for text in folded)
