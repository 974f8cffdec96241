"""Every command that writes works with any clock, locale and fonts, without a network, and on a full disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import click
import openpyxl
import pytest

import fatf_kit
from fatf_kit.core.errors import FatfKitError
from fatf_kit.report.formats.json import render_json
from tests.unit.cli.commands import RURITANIA, invoke

EXAMPLES = RURITANIA.parent

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "template": ("template", "--only", "R.2", "--lang", "ar", "-o", "OUT/استبيان.xlsx"),
    "guide": ("guide", "IO.6", "-o", "OUT/guide.docx"),
    "score": ("score", "ANSWERS", "-o", "OUT/report", "--format", "json,html,xlsx"),
    "paper": ("paper", "brief", "ANSWERS", "-o", "OUT/brief.docx"),
    "fill": ("fill", "FORM", "ANSWERS", "-o", "OUT/form.xlsx"),
    "npo template": ("npo", "template", "-o", "OUT/npo-blank"),
    "npo classify": (
        "npo", "classify", "REGISTER", "--measures", "MEASURES", "-o", "OUT/npo", "--report", "html,json",
        "--as-of", "2027-01-01",
    ),
    "statistics template": ("statistics", "template", "--role", "fiu", "--years", "2023-2025", "-o", "OUT/figures"),
    "statistics report": ("statistics", "report", "FIGURES", "-o", "OUT/statistics", "--format", "html"),
    "mock template": ("mock", "template", "ANSWERS", "--only", "IO.6", "-o", "OUT/mock", "--format", "html"),
    "plan": ("plan", "--published", "IRQ", "--start", "2027-01-01", "-o", "OUT/plan.xlsx"),
    "progress": ("progress", "PLAN", "--today", "2027-01-01", "-o", "OUT/progress"),
    "calendar": ("calendar", "--visit", "2027-10-04", "-o", "OUT/c.ics", "-o", "OUT/c.html"),
    "follow-up template": ("follow-up", "template", "--published", "IRQ", "-o", "OUT/follow-up.xlsx"),
    "follow-up report": ("follow-up", "report", "--published", "IRQ", "-o", "OUT/follow-up.docx"),
    "compare": ("compare", "RESULT", "RESULT", "-o", "OUT/compare"),
    "peers": ("peers", "IRQ", "-o", "OUT/peers", "--format", "html"),
    "action-plan report": (
        "action-plan", "report", "AFTER", "--kind", "icrg", "--cycle", "2029-06", "-o", "OUT/progress.docx",
    ),
    "action-plan needs": ("action-plan", "needs", "AFTER", "-o", "OUT/needs.xlsx"),
    "training report": ("training", "report", "AFTER", "-o", "OUT/training.docx"),
    "report-in": ("report-in", "LAST", "-o", "OUT/last-report"),
}  # fmt: skip


USUAL = {"template", "score", "paper", "npo classify", "statistics template", "plan", "calendar", "report-in"}
"""Commands of a usual run: one for each kind of file and each way of writing."""
EVERY_COMMAND = [pytest.param(name, marks=[] if name in USUAL else [pytest.mark.full]) for name in COMMANDS]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The files that the commands read, in a folder with an Arabic name."""
    home = tmp_path_factory.mktemp("وزارة المالية (final)")
    answers = fatf_kit.template(home / "answers" / "fiu.xlsx", only=["R.2", "IO.6"])
    book = openpyxl.Workbook()
    book.active["A1"] = "{{R.2 rating}}"  # type: ignore[index]
    book.save(home / "their form.xlsx")
    lines = (EXAMPLES / "npo" / "register.csv").read_bytes().splitlines(keepends=True)
    (home / "register.csv").write_bytes(b"".join(lines[:40]))
    (home / "assessment.json").write_bytes(render_json(fatf_kit.score(answers).report(generated_at="2027-01-01")))
    return {
        "ANSWERS": answers,
        "FORM": home / "their form.xlsx",
        "REGISTER": home / "register.csv",
        "MEASURES": EXAMPLES / "npo" / "measures.xlsx",
        "FIGURES": EXAMPLES / "ruritania" / "statistics" / "revenue.xlsx",
        "PLAN": EXAMPLES / "ruritania-plan" / "plan-after-six-months.xlsx",
        "RESULT": home / "assessment.json",
        "AFTER": EXAMPLES / "ruritania-after",
        "LAST": EXAMPLES / "last-report" / "ruritania-2019.txt",
    }


def filled(args: tuple[str, ...], given: Mapping[str, Path], out: Path) -> list[str]:
    """The arguments with real places."""
    return [str(given.get(arg, arg.replace("OUT", str(out)) if arg.startswith("OUT") else arg)) for arg in args]


def contents(out: Path) -> dict[str, bytes]:
    """Everything below a folder, but the notes of what was written."""
    found = (path for path in out.rglob("*") if path.is_file() and path.name != ".fatf-kit.json")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


EVERYWHERE = """
import json, os, socket, sys
class Refused(socket.socket):
    def __init__(self, *_, **__):
        raise RuntimeError("a socket was asked for")
socket.socket = Refused
def refuse(*_, **__):
    raise RuntimeError("a name was looked up")
socket.getaddrinfo = socket.create_connection = refuse
from fatf_kit.cli.main import main
codes = {}
for name, args in json.loads(sys.argv[1]).items():
    try:
        codes[name] = main([os.fsdecode(arg.encode()) for arg in args])
    except SystemExit as end:
        codes[name] = end.code
print("CODES" + json.dumps(codes))
"""


BARE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "TZ": "Asia/Kathmandu"}
TURKEY = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}
IRAQ = {"LC_ALL": "ar_IQ.UTF-8", "LANG": "ar_IQ.UTF-8", "TZ": "Etc/GMT+12", "PYTHONUTF8": "0"}


@pytest.mark.full
@pytest.mark.parametrize(
    ("around", "names"),
    [
        pytest.param(IRAQ, USUAL, marks=pytest.mark.sample, id="ar_IQ, usual"),
        pytest.param(IRAQ, COMMANDS, id="ar_IQ"),
        pytest.param(
            {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}, COMMANDS, id="tr_TR"
        ),
        pytest.param(
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "TZ": "Asia/Kathmandu"}, COMMANDS, id="C"
        ),
    ],
)
def test_anywhere(given: Mapping[str, Path], tmp_path: Path, around: Mapping[str, str], names: Collection[str]) -> None:
    """Every locale and clock, no home, no fonts, no network, and a place more than 260 letters down."""
    out = tmp_path.joinpath(*["تقرير of the country, as ministries name it"] * 6)
    assert len(str(out)) > 260
    env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "MPLCONFIG"))}
    env |= {"HOME": "/nonexistent", "FONTCONFIG_FILE": "/nonexistent/fonts.conf", **around}
    wanted = json.dumps({name: filled(args, given, out) for name, args in COMMANDS.items() if name in names})
    done = subprocess.run(
        [sys.executable, "-c", EVERYWHERE, wanted], cwd=tmp_path, env=env, capture_output=True, check=False
    )
    text = done.stderr.decode(errors="replace")
    assert "Traceback" not in text
    codes = json.loads(done.stdout.decode().rpartition("CODES")[2])
    assert {name: code for name, code in codes.items() if code not in (0, 1)} == {}, text
    assert {path.name for path in tmp_path.iterdir()} == {out.relative_to(tmp_path).parts[0]}
    assert {"brief.docx", "c.ics", "plan.xlsx", "npo/report.html"} <= set(contents(out))
    assert ("follow-up.docx" in contents(out)) == ("follow-up report" in names)


@pytest.fixture(scope="module")
def before(given: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that returns the folder of the files that a command wrote without a fault."""

    @cache
    def write(name: str) -> Path:
        folder = tmp_path_factory.mktemp("out")
        result = invoke(*filled(COMMANDS[name], given, folder))
        assert result.exception is None, (name, result.exception)
        return folder

    return write


@pytest.fixture
def kept(before: Callable[[str], Path], request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder of one command, which has to be as it was when the test ends."""
    folder = before(request.node.callspec.params["name"])
    was = contents(folder)
    assert was
    yield folder
    assert was == contents(folder)


def refusal(name: str, given: Mapping[str, Path], out: Path) -> str:
    """Run it again over what it wrote; the message with which it stops."""
    result = invoke(*filled(COMMANDS[name], given, out), "--force")
    assert isinstance(result.exception, FatfKitError), (result.exception, result.output)
    return str(result.exception)


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_a_file_in_use(name: str, given: Mapping[str, Path], kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel holds it on Windows, or the folder is read-only: one line, and nothing has changed."""

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", held)
    assert "close the file in other programs" in refusal(name, given, kept)


@pytest.mark.full(keep_every=4)
@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_full_disk(name: str, given: Mapping[str, Path], kept: Path) -> None:
    """Nothing longer than a kilobyte can be written, as on a disk that fills up: one line, and nothing has changed."""
    import resource

    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, was[1]))
    try:
        text = refusal(name, given, kept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
    assert len(text.splitlines()) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be split here")
@pytest.mark.full
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("plan", marks=pytest.mark.sample), "npo classify", "mock template", "calendar",
        "action-plan report", "action-plan needs", "training report", "report-in",
    ],
)  # fmt: skip
def test_killed_in_the_middle(name: str, given: Mapping[str, Path], before: Callable[[str], Path]) -> None:
    """Earlier files are whole; another run succeeds and leaves nothing else behind."""
    folder = before(name)
    was = contents(folder)
    child = os.fork()
    if child == 0:
        Path.replace = lambda *_: os._exit(9)  # type: ignore[method-assign]
        invoke(*filled(COMMANDS[name], given, folder), "--force")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert was == {path: data for path, data in contents(folder).items() if ".fatf-kit-" not in path}
    again = invoke(*filled(COMMANDS[name], given, folder), "--force")
    assert again.exception is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be split here")
@pytest.mark.parametrize(
    ("country", "book", "command"),
    [
        pytest.param("ruritania", "laws.xlsx", ("laws", "propose"), marks=pytest.mark.full),
        ("ruritania-after", "action-plan.xlsx", ("action-plan", "make", "--kind", "key-actions")),
    ],
)
def test_killed_while_a_book_of_the_folder_is_replaced(
    tmp_path: Path, country: str, book: str, command: tuple[str, ...]
) -> None:
    """The cells that people typed into are whole, and another run succeeds."""
    home = tmp_path / "country"
    shutil.copytree(EXAMPLES / country, home)
    _forget_laws(home / "laws.xlsx")  # else nothing is proposed, and nothing written
    was = (home / book).read_bytes()
    child = os.fork()
    if child == 0:
        Path.replace = lambda *_: os._exit(9)  # type: ignore[method-assign]
        invoke(*command, home)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert (home / book).read_bytes() == was
    assert invoke(*command, home).exception is None


def _forget_laws(path: Path) -> None:
    """Empty the sheets of a register below their headings."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:7]:
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                cell.value = None
    book.save(path)


@pytest.mark.parametrize(
    "args",
    [
        ("plan", "--published", "IRQ", "--start", "9999-12-31", "-o", "OUT/p.xlsx"),
        ("calendar", "--visit", "9999-12-31"),
        ("calendar", "--plenary", "0206-02-01"),
        ("progress", "PLAN", "--today", "9999-12-31"),
        ("npo", "classify", "REGISTER", "-o", "OUT/n", "--capacity", "nan", "--report", "html"),
        ("npo", "classify", "REGISTER", "-o", "OUT/n", "--capacity", "1e308", "--report", "html"),
        ("npo", "classify", "REGISTER", "-o", "OUT/n", "--capacity", "-1", "--report", "html"),
    ],
    ids=" ".join,
)
def test_days_and_numbers_that_no_evaluation_has(
    given: Mapping[str, Path], tmp_path: Path, args: tuple[str, ...]
) -> None:
    """A slip in a year, or no number at all, is refused in one sentence."""
    result = invoke(*filled(args, given, tmp_path))
    text = result.exception.message if isinstance(result.exception, click.UsageError) else str(result.exception)
    assert isinstance(result.exception, FatfKitError | click.UsageError), result.exception
    assert "between 1900 and 2199" in text or "from 0 to 1,000,000" in text
