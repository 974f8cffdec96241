"""Many workbooks are read by two processes, and what comes out is what one would have read."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from fatf_kit.framework import load_framework
from fatf_kit.workbook import second_reader
from fatf_kit.workbook.layout import build_layout
from fatf_kit.workbook.reader import read_workbook
from fatf_kit.workbook.second_reader import Reading, read_workbooks
from fatf_kit.workbook.template import write_template


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twelve workbooks, a damaged and a missing one among them."""
    folder = tmp_path_factory.mktemp("many")
    paths = [folder / f"agency-{number:02}.xlsx" for number in range(12)]
    for number, path in enumerate(paths):
        layout = build_layout(load_framework("fatf-2022"), only=("R.9",), agency=path.stem, country="Ruritania")
        write_template(layout, path, prefill={"R.9/9.1": {"rating": "met", "explanation": f"Answer {number}."}})
    paths[3].write_bytes(paths[3].read_bytes()[:2_000])
    paths[10].unlink()
    return paths


def in_order(files: list[Path]) -> list[Reading]:
    """What is read of the files, put into their order."""
    read = dict(read_workbooks(files))
    assert sorted(read) == list(range(len(files)))
    return [read[number] for number in sorted(read)]


@pytest.fixture
def reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves every file to the other process as long as it lives."""
    began = time.monotonic()

    def idle(_: object) -> tuple[()]:
        assert time.monotonic() - began < 60, "the other process has ended"
        time.sleep(0.01)
        return ()

    monkeypatch.setattr(second_reader, "_read_here", idle)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The second readers that were started by their name, on a machine with two processors."""
    found: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(*args: object, **options: object) -> subprocess.Popen[bytes]:
        found.append(real(*args, **options))  # type: ignore[call-overload]
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(second_reader, "_may_be_copied", lambda: False)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    return found


def test_two_read_what_one_reads(files: list[Path], started: list[subprocess.Popen[bytes]]) -> None:
    """The same workbooks and problems in the same order, and nobody is left behind."""
    expected = [read_workbook(path) for path in files]
    assert expected == in_order(files)
    assert 1 == len(started)
    assert started[0].returncode is not None


@pytest.mark.usefixtures("reads_nothing")
def test_the_second_reader_takes_its_share(files: list[Path], started: list[subprocess.Popen[bytes]]) -> None:
    """Where this process reads nothing at all, the other reads everything."""
    assert [read_workbook(path) for path in files] == in_order(files)
    assert 1 == len(started)


def test_few_files_start_nobody(files: list[Path], started: list[subprocess.Popen[bytes]]) -> None:
    """They are read sooner than a second Python starts."""
    assert [read_workbook(path) for path in files[:7]] == in_order(files[:7])
    assert [] == started


@pytest.mark.parametrize("ends", ["at once", "after one file", "with nonsense"])
def test_one_that_ends_too_soon_gives_its_files_back(
    files: list[Path],
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    ends: str,
) -> None:
    """Every file is read all the same, and none is blamed."""
    body = {
        "at once": "",
        "after one file": "import pickle\npickle.load(sys.stdin.buffer)\nread = pickle.dumps((None, ((), ()), ()))\n"
        "sys.stdout.buffer.write(len(read).to_bytes(8, 'little') + read)\nsys.stdout.flush()\n",
        "with nonsense": "sys.stdout.buffer.write(b'no answer')\n",
    }[ends]
    package = tmp_path / "fatf_kit" / "workbook"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    (package / "second_reader.py").write_text(f"import sys\n{body}", encoding="utf-8")
    monkeypatch.setattr(second_reader, "_FOLDER", tmp_path)
    read = in_order(files)
    expected = [read_workbook(path) for path in files]
    if ends == "after one file":  # the last one, which it answered for
        expected[-1] = None, ()
    assert expected == read
    assert 1 == len(started)


def test_where_no_second_python_can_start_one_reads(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """As where programs may not start others."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(second_reader, "_may_be_copied", lambda: False)
    monkeypatch.setattr(sys, "executable", str(files[0].parent / "no-python"))
    assert [read_workbook(path) for path in files] == in_order(files)


@pytest.mark.usefixtures("reads_nothing")
def test_nothing_in_the_current_folder_is_run(
    files: list[Path], started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A folder of answers may hold a file that is called like a module."""
    mark = tmp_path / "was-run"
    (tmp_path / "zipfile.py").write_text(f"open({str(mark)!r}, 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(files) == len(in_order(files))
    assert 1 == len(started)
    assert not mark.exists()


_BY_A_COPY = """
import os, sys, threading, time
from pathlib import Path
from fatf_kit.workbook import second_reader
from fatf_kit.workbook.reader import read_workbook

os.cpu_count = lambda: 2
files = [Path(name) for name in sys.argv[2:]]
expected = [read_workbook(path) for path in files]
parent, forked, fork = os.getpid(), [], os.fork

def counted():
    process = fork()
    forked.append(process)
    return process

os.fork = counted
if sys.argv[1] == "no more may run":
    def refused():
        raise BlockingIOError
    os.fork = refused
if sys.argv[1] == "dies":
    second_reader.read_workbook = lambda path: read_workbook(path) if os.getpid() == parent else os._exit(1)
elif sys.argv[1] == "alone":
    def idle(waiting):
        time.sleep(0.01)
        return ()
    second_reader._read_here = idle
elif sys.argv[1] == "threads":
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
print("written once", end="; ")
read = dict(second_reader.read_workbooks(files))
assert expected == [read[number] for number in range(len(files))]
assert [] == [name for name in os.listdir("/proc/self/fd") if "pipe" in os.path.realpath(f"/proc/self/fd/{name}")][2:]
print(len(forked))
for process in forked:
    try:
        os.waitpid(process, 0)
    except ChildProcessError:
        print("ended")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no process is copied elsewhere")
@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("as ever", "written once; 1\nended\n"),
        ("alone", "written once; 1\nended\n"),
        ("dies", "written once; 1\nended\n"),
        ("threads", "written once; 0\n"),
        ("no more may run", "written once; 0\n"),
    ],
)
def test_a_copy_of_this_process_reads_the_same(files: list[Path], case: str, said: str) -> None:
    """Also where it reads everything or ends too soon; it says nothing of its own, and none is made beside threads."""
    command = [sys.executable, "-W", "error", "-c", _BY_A_COPY, case, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said, "") == (done.stdout, done.stderr)
