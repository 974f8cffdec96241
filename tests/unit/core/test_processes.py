"""Several processes give the same result as one, and a process that dies loses only its own file."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.answers import intake
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core import processes
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.core.processes import WorkerDiedError, map_files, run_isolated
from fatf_kit.framework import load_framework
from tests.unit.core.work import lost, process_of, read_nothing, read_unguarded, take_memory

MEMORY = 512 * MEGABYTE
ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="no process is copied elsewhere")


@pytest.fixture(autouse=True)
def _workers_are_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start as many workers as without the setting that spares other tests the start."""
    monkeypatch.delenv(processes.WORKERS, raising=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twelve workbooks; the fourth is cut short, the eleventh is missing."""
    folder = tmp_path_factory.mktemp("many")
    paths = [folder / f"agency-{number:02}.xlsx" for number in range(12)]
    for number, path in enumerate(paths):
        layout = build_layout(load_framework("fatf-2022"), only=("R.9",), agency=path.stem, country="Ruritania")
        write_template(layout, path, prefill={"R.9/9.1": {"rating": "met", "explanation": f"Answer {number}."}})
    paths[3].write_bytes(paths[3].read_bytes()[:2_000])
    paths[10].unlink()
    return paths


@pytest.fixture(params=["copied", "started"])
def _workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test on two processors with copied workers and again with newly started ones."""
    if request.param == "copied" and not processes._is_alone():
        pytest.skip("this process cannot be copied safely")
    if request.param == "started":
        monkeypatch.setattr(processes, "_is_alone", lambda: False)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


@pytest.mark.full(keep_every=2)
@pytest.mark.usefixtures("_workers")
def test_workers_read_what_one_process_reads(files: list[Path]) -> None:
    """Workers return the same workbooks and problems as one process, and read each file once."""
    expected = [read_workbook(path) for path in files]
    actual = list(map_files(read_workbook, files, read_nothing))
    assert list(range(12)) == sorted(place for place, _ in actual)
    assert [reading for _, reading in sorted(actual, key=lambda one: one[0])] == expected


@pytest.mark.usefixtures("_workers")
def test_the_files_are_shared_between_other_processes() -> None:
    """Two other processes read the files, and this process reads none."""
    processes = {process for _, (_, process) in map_files(process_of, [Path(f"{n}") for n in range(40)], lost)}
    assert (len(processes), os.getpid() in processes) == (2, False)


def test_few_files_are_read_in_this_process() -> None:
    """Few files are read in this process, because starting a worker would take longer."""
    assert {process for _, (_, process) in map_files(process_of, [Path("a")] * 7, lost)} == {os.getpid()}


def test_the_setting_says_how_many_processes_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """FATF_KIT_WORKERS counts them; with 1 all files are read in this process."""
    for wanted, expected in (("", 4), (" 3 ", 3), ("1", 1), ("32", 32)):
        monkeypatch.setenv(processes.WORKERS, wanted)
        monkeypatch.setattr("os.cpu_count", lambda: 8)
        assert processes.count_workers() == expected, wanted
    monkeypatch.setenv(processes.WORKERS, "1")
    assert {process for _, (_, process) in map_files(process_of, [Path("a")] * 9, lost)} == {os.getpid()}
    monkeypatch.setenv(processes.WORKERS, "3")
    used = {process for _, (_, process) in map_files(process_of, [Path(f"{n}") for n in range(40)], lost)}
    assert (len(used), os.getpid() in used) == (3, False)


@pytest.mark.parametrize("wanted", ["0", "33", "-1", "1.5", "many", "٢"])
def test_a_setting_that_is_no_number_of_processes_is_an_error(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable, its value, what is allowed, and the next step."""
    monkeypatch.setenv(processes.WORKERS, wanted)
    with pytest.raises(FatfKitError) as fault:
        list(map_files(process_of, [], lost))
    assert str(fault.value) == f"FATF_KIT_WORKERS is '{wanted}'. Set it to a whole number from 1 to 32, or remove it."


@pytest.mark.usefixtures("_workers")
@pytest.mark.parametrize("dying", [{0}, {2, 3, 11}])
def test_a_worker_that_dies_costs_one_file(dying: set[int]) -> None:
    """A worker that dies loses one file, and new workers read the others."""
    paths = [Path(f"{number}-{'dies' if number in dying else 'lives'}") for number in range(12)]
    found = {place: process for place, (_, process) in map_files(process_of, paths, lost)}
    assert set(range(12)) == set(found)
    assert {place for place, process in found.items() if process == -1} == dying


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_cell_far_away_without_the_guard_is_one_problem_for_one_file(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that crashes the parser is one problem, and the other workbooks are read."""
    far = tmp_path / "far.xlsx"
    book = openpyxl.load_workbook(files[0])
    book["R.9"].cell(1_048_576, 16_384, "far away")
    book.save(far)
    monkeypatch.setattr(intake, "read_file", read_unguarded)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(processes, "_is_alone", lambda: False)
    good = [path for number, path in enumerate(files) if number not in (0, 3, 10)]
    _, responses, problems = read_responses([*good[:4], far, *good[4:]])
    assert {path.stem for path in good} == {one.agency for one in responses.inputs}
    assert [(p.code, p.ref.file if p.ref else "") for p in problems] == [("file-broken", "far.xlsx")]


@pytest.mark.parametrize("where", ["fatf_kit.core.processes.ProcessPoolExecutor", "subprocess"])
def test_where_no_process_can_start_this_one_reads(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """This process reads the files if no other can be started."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError

    if where == "subprocess":
        monkeypatch.setattr(processes, "_is_alone", lambda: False)
        monkeypatch.setattr(processes._CleanProcess, "start", refuse)
    else:
        monkeypatch.setattr(where, refuse)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    found = {place: process for place, (_, process) in map_files(process_of, [Path("a")] * 9, lost)}
    assert dict.fromkeys(range(9), os.getpid()) == found


def test_in_an_application_of_one_file_this_process_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process reads the files in a packaged application, which has no Python to start."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert {process for _, (_, process) in map_files(process_of, [Path("a")] * 9, lost)} == {os.getpid()}
    assert os.getpid() == run_isolated(os.getpid, memory=MEMORY, seconds=60)


_SCRIPT = """
import os, sys
from pathlib import Path
from fatf_kit.core import processes
from tests.unit.core.work import lost, process_of

print("run once", processes._is_alone())
os.cpu_count = lambda: 2
if sys.argv[1] == "started":
    processes._is_alone = lambda: False
paths = [Path("dies" if number == 4 else "lives") for number in range(9)]
found = dict(processes.map_files(process_of, paths, lost))
print([place for place in range(9) if found[place][1] == -1], os.getpid() in dict(found.values()).values())
print(processes.run_isolated(os.path.basename, "a/b", memory=2**30, seconds=60), __name__)
"""


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("workers", ["started", pytest.param("copied", marks=ONLY_LINUX)])
def test_a_script_without_a_main_guard_is_not_run_again(tmp_path: Path, workers: str) -> None:
    """Neither the script nor a module in the current folder is run by a worker."""
    (tmp_path / "script").mkdir()
    script = tmp_path / "script" / "script.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    for name in ("zipfile.py", "random.py", "multiprocessing.py"):
        (tmp_path / name).write_text("print('was run')", encoding="utf-8")
    command = [sys.executable, "-W", "error", str(script), workers]
    found = os.environ | {"PYTHONPATH": str(Path(processes.__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=found)
    expected = f"run once {sys.platform == 'linux'}\n[4] False\nb __main__\n"
    assert (expected, "") == (done.stdout, done.stderr)


def test_a_function_in_a_process_of_its_own_gives_its_result() -> None:
    """A function in a separate process returns its result or raises its error."""
    assert run_isolated(len, "abcde", memory=MEMORY, seconds=60) == 5
    with pytest.raises(ValueError, match="invalid literal"):
        run_isolated(int, "x", memory=MEMORY, seconds=60)


def test_a_process_that_dies_or_takes_too_long_has_no_result() -> None:
    """A process that dies or takes too long raises an error at once."""
    with pytest.raises(WorkerDiedError):
        run_isolated(os.abort, memory=MEMORY, seconds=60)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        run_isolated(time.sleep, 60, memory=MEMORY, seconds=1)
    assert time.monotonic() - began < 60


@pytest.mark.skipif(sys.platform != "linux", reason="memory may not be limited there")
def test_memory_of_a_separate_process_is_limited() -> None:
    """A separate process refuses more memory than its limit."""
    assert run_isolated(take_memory, MEGABYTE, memory=MEMORY, seconds=60) == MEGABYTE
    with pytest.raises(MemoryError):
        run_isolated(take_memory, MEMORY, memory=MEMORY, seconds=60)
