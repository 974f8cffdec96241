"""Runs that are killed at a move of a file, or during which a person saves a workbook, in a child of this process."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import openpyxl

from fatf_kit import propose_laws, report_in, score, training_template, update_folder, write_decisions
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.cli.main import main
from fatf_kit.core.resources import data_folder
from fatf_kit.spreadsheets.sheet import CellValue

_NPO = data_folder("examples") / "npo"
_REPORT = data_folder("examples") / "last-report" / "ruritania-2019.txt"
NOW = datetime(2026, 11, 24, 15, tzinfo=timezone(timedelta(hours=3)))
STAMP = NOW.isoformat()
KILLED = -signal.SIGKILL if os.name == "posix" else 1
CRITERIA = [*(f"R.29/29.{n}" for n in range(1, 9)), *(f"R.31/31.{n}" for n in range(1, 5)), "R.32/32.1", "R.32/32.2"]
"""Criteria on which two agencies disagree."""

TYPED = 24
"""The most cells that a person types before saving."""


def make_disputed_folder(target: Path) -> Path:
    """Return a folder of two agencies whose kept workbooks exist, and for each of which something new has come."""
    shutil.copytree(data_folder("examples") / "graustark", target, ignore=shutil.ignore_patterns("responses", "*.py"))
    (target / "responses").mkdir()
    _send_answers(target, CRITERIA[:10], law=12)
    scored = score(target)
    assert scored.folder
    write_decisions(scored.folder, moment=STAMP)
    propose_laws(target, moment=STAMP)
    training_template(target, moment=STAMP)
    report_in(_REPORT, target / "last-report")
    _rename_agency(target / "assessment.xlsx")
    _send_answers(target, CRITERIA, law=13)
    return target


def _rename_agency(path: Path) -> None:
    """Give an agency another name, so that lists of names have to be written again."""
    book = openpyxl.load_workbook(path)
    cells = (cell for page in book for row in page.iter_rows() for cell in row)
    next(cell for cell in cells if cell.value == "Bank of Edelweiss").value = "Bank of Graustark"
    book.save(path)


def _send_answers(folder: Path, criteria: list[str], law: int) -> None:
    """Write workbooks of two agencies that disagree, and cite laws."""
    home, _ = open_workspace(folder)
    for agency, rating in (("fiu", "met"), ("council", "partly met")):
        extra = {requirement: {"rating"} for requirement in criteria}
        layout = build_agency_layout(home, find_agency(home, agency), "en", extra=extra)
        assert layout is not None
        filled: dict[str, dict[str, CellValue]] = {
            one: {
                "rating": rating,
                "explanation": f"{agency} {one}",
                "citation": f"Law No. {law} of 20{n:02}, art. {n}",
            }
            for n, one in enumerate(criteria, start=5)
        }
        write_template(layout, folder / "responses" / f"{agency}.xlsx", prefill=filled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A command that writes; `book` is what people keep, with the sheet and the heading of the column they type in.

    `kills` is how often a full run kills it at most.
    """

    name: str
    work: Callable[[Path], object]
    book: str = ""
    sheet: str = ""
    column: str = "Notes"
    kills: int = 28


def _run(*line: object) -> int:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            main([*map(str, line)])
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 1
    return 0


def _update(home: Path) -> int:
    update_folder(home, now=NOW, formats=("json",))
    return 0


UPDATE = Writer(name="update", work=_update, book="decisions.xlsx", sheet="Decisions", column="Reason", kills=20)
SCORE = Writer(
    name="score",
    work=lambda home: _run("score", home, "--format", "json"),
    book="decisions.xlsx",
    sheet="Decisions",
    column="Reason",
)
LAWS = Writer(
    name="laws propose", work=lambda home: _run("laws", "propose", home), book="laws.xlsx", sheet="Instruments"
)
TRAINING = Writer(
    name="training",
    work=lambda home: _run("training", "template", home),
    book="training.xlsx",
    sheet="Sessions",
    column="Subject",
)
PLAN = Writer(
    name="action-plan",
    work=lambda home: _run(
        *("action-plan", "make", home, "--kind", "last-report", "--report", home / "last-report" / "last-report.xlsx")
    ),
    book="action-plan.xlsx",
    sheet="Cycles",
)
SAVERS = (UPDATE, SCORE, LAWS, TRAINING, PLAN)
WRITERS = (
    UPDATE,
    SCORE,
    LAWS,
    Writer(name="letters", work=lambda home: _run("letters", home), kills=20),
    Writer(
        name="npo classify",
        work=lambda home: _run("npo", "classify", _NPO / "register.csv", "--report", "json,xlsx", "-o", home / "npo"),
    ),
    Writer(name="report-in", work=lambda home: _run("report-in", _REPORT, "-o", home / "report-in")),
)


def start(work: Callable[[], object]) -> int:
    """Do some work in a child that has all modules already; return its process id."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        found = work()
        code = found if isinstance(found, int) else 0
    finally:
        os._exit(code)


def wait(child: int) -> int:
    """Return the exit code of a child, or minus the number of the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def count_moves(writer: Writer, home: Path) -> int:
    """Run a writer to its end, and return how many files it has moved to their names."""
    counted = home.parent / "moves.json"

    def work() -> object:
        moves, whole = [0], Path.replace

        def move(path: Path, target: Path) -> Path:
            moves[0] += 1
            return whole(path, target)

        Path.replace = move  # type: ignore[method-assign,assignment]
        code = writer.work(home)
        counted.write_text(json.dumps(moves[0]))
        return code

    assert wait(start(work)) in (0, 1), writer.name
    return int(json.loads(counted.read_text()))


def kill_at(writer: Writer, home: Path, place: int, *, is_moved: bool) -> int:
    """Run a writer and kill it at the move of that number, before or after the file has its name."""

    def work() -> object:
        moves, whole = [0], Path.replace

        def move(path: Path, target: Path) -> Path:
            moves[0] += 1
            if moves[0] == place and not is_moved:
                os.kill(os.getpid(), signal.SIGKILL)
            moved = whole(path, target)
            if moves[0] == place:
                os.kill(os.getpid(), signal.SIGKILL)
            return moved

        Path.replace = move  # type: ignore[method-assign,assignment]
        return writer.work(home)

    return wait(start(work))


def type_into(content: bytes, writer: Writer, mark: str) -> tuple[bytes, int]:
    """Return a kept workbook with texts typed into one of its columns, and how many."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[writer.sheet]
    found = next(cell for row in page.iter_rows(max_row=8) for cell in row if cell.value == writer.column)
    count = 0
    for row in range(int(found.row or 0) + 2, page.max_row + 1):  # the row below has the keys of the columns
        if count < TYPED and page.cell(row, 1).value and not page.cell(row, int(found.column or 0)).value:
            page.cell(row, int(found.column or 0)).value = f"{mark}-{count}"
            count += 1
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue(), count


def count_typed(path: Path, mark: str) -> int:
    """Return how many of the texts that were typed are in a workbook."""
    pages = openpyxl.load_workbook(path).worksheets
    texts = {str(cell.value) for page in pages for row in page.iter_rows() for cell in row if cell.value}
    return sum(text.startswith(f"{mark}-") for text in texts)


def save(path: Path, content: bytes) -> None:
    """Save a workbook as spreadsheet programs do: beside it, and then under its name."""
    beside = path.with_name("~saving.tmp")
    beside.write_bytes(content)
    beside.replace(path)


def save_at(writer: Writer, home: Path, moment: float, content: bytes) -> tuple[bool, int]:
    """Save what people keep so many seconds after a writer began; return whether it still ran, and its exit code."""
    child = start(lambda: writer.work(home))
    time.sleep(moment)
    ended, status = os.waitpid(child, os.WNOHANG)
    save(home / writer.book, content)
    return not ended, os.waitstatus_to_exitcode(status) if ended else wait(child)


def find_half_files(home: Path) -> Iterator[str]:
    """Yield each file that is not whole."""
    for path in home.rglob("*"):
        if not path.is_file() or path.name.startswith(".fatf-kit-"):
            continue
        content = path.read_bytes()
        try:
            match path.suffix:
                case ".xlsx" | ".docx" | ".pptx":
                    with zipfile.ZipFile(path) as package:
                        is_whole = package.testzip() is None
                case ".json":
                    is_whole = json.loads(content) is not None
                case ".html":
                    is_whole = content.rstrip().endswith(b"</html>")
                case ".csv":
                    is_whole = content.endswith(b"\n")
                case _:
                    is_whole = True
        except (ValueError, zipfile.BadZipFile):
            is_whole = False
        if not is_whole:
            yield path.name


def list_leftovers(home: Path) -> list[Path]:
    """Return the temporary files that killed runs left."""
    return [path for path in home.rglob(".fatf-kit-*") if path.is_file()]
