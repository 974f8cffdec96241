"""Fixtures that several packages of tests share, such as programs that are not on every machine."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from fatf_kit.core.processes import WORKERS
from fatf_kit.spreadsheets.repeated_reads import BookMemory, remember_books

IS_LONG_RUN = "FATF_KIT_EXAMPLES" in os.environ
"""Whether many random cases are drawn to look for new faults; a usual run draws the same few each time."""

settings.register_profile(
    "busy", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not IS_LONG_RUN
)
settings.load_profile("busy")  # no test may fail because the machine has other things to do

IS_FULL_RUN = os.environ.get("FATF_KIT_FULL") == "1"
"""Whether the tests that are marked `full` run too, as in `make check-full`."""

TESTS = Path(__file__).resolve().parent
BYTECODE = TESTS.parent / ".cache" / "bytecode"
"""The folder of compiled modules if Python may not write them next to their sources."""

if sys.dont_write_bytecode:  # else each of the processes that tests start compiles all modules again
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(BYTECODE))

if not IS_FULL_RUN:  # a worker takes longer to start than the files of an example take to be read
    os.environ.setdefault(WORKERS, "1")

LEFT = pytest.StashKey[int]()
"""How many tests this run leaves for `make check-full`."""


READS_EXAMPLE = "examples/ruritania"
"""The whole folder of the fictional country: an example of a docstring that reads it takes seconds."""
EXAMPLES_TO_KEEP = ("fatf_kit.workflows.scoring.score", "fatf_kit.workflows.papers.paper")
"""Examples of docstrings that stay in a usual run, although they read it."""


def list_left(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield the tests that a usual run leaves for `make check-full`: those marked `full` that are no `sample`.

    Of a test that is marked `full(keep_every=4)`, a usual run keeps the first variant and each fourth after it. Of
    examples in docstrings that read the whole folder of the fictional country, it keeps EXAMPLES_TO_KEEP.
    """
    variants = Counter[str]()
    for item in items:
        mark, test = item.get_closest_marker("full"), item.nodeid.partition("[")[0]
        if isinstance(item, pytest.DoctestItem):
            is_long = READS_EXAMPLE in (item.dtest.docstring or "") and item.dtest.name not in EXAMPLES_TO_KEEP
        else:
            every = mark.kwargs.get("keep_every") if mark else None
            is_kept = every is not None and variants[test] % every == 0
            is_long = mark is not None and not is_kept and item.get_closest_marker("sample") is None
        variants[test] += 1
        if is_long:
            yield item


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests that are marked `full`, unless the run is a full one."""
    left = frozenset(() if IS_FULL_RUN else list_left(items))
    config.stash[LEFT] = len(left)
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]


def pytest_collection_finish() -> None:
    """Keep the garbage collector from walking thousands of tests again and again: an eighth of the processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the number of tests that were left from a worker of pytest-xdist to the process that reports."""
    output: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left"] = session.config.stash.get(LEFT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Keep the number of a worker; each of them collects all tests."""
    left = getattr(node, "workeroutput", {}).get("left", 0)
    node.config.stash[LEFT] = max(left, node.config.stash.get(LEFT, 0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests were left, and how to run them."""
    if left := config.stash.get(LEFT, 0):
        terminalreporter.write_line(f"{left} tests were left for `make check-full`; FATF_KIT_FULL=1 runs them here.")


ALONE = ("::test_blocks_show_real_output[", "::test_commands_of_the_readme[")
"""Tests of one file that take long and share nothing, so that each may run in parallel with the others."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """With --dist loadfile a file's tests stay together, but for those of ALONE.

    Files run in their order, not by number of tests, because a long test that begins last keeps the others waiting.
    """
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class PagesApart(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if any(name in nodeid for name in ALONE) else str(super()._split_scope(nodeid))

    config.option.loadscopereorder = False
    return PagesApart(config, log)


WITH_MEMORY = (
    "acceptance",
    "unit/action_plan",
    "unit/cli",
    "unit/comparison",
    "unit/laws",
    "unit/open_data",
    "unit/papers",
    "unit/report",
    "unit/training",
    "unit/workflows",
)
"""Folders of tests that run whole commands on the examples. Tests of readers read each file."""

BOOKS: BookMemory[object] = BookMemory()
"""The workbooks that the tests of WITH_MEMORY have read in this process."""


@pytest.fixture(scope="module", autouse=not IS_FULL_RUN)
def _remember_books(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read a workbook with the same bytes once in each process of a usual run, where whole commands are tested."""
    folder = request.path.parent
    with remember_books(BOOKS) if any(folder == TESTS / name for name in WITH_MEMORY) else nullcontext():
        yield


def program(names: tuple[str, ...], required_by: str) -> str:
    """Path of the first program found; skips the test without one, or fails where the machine is meant to have it."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        message = f"{names[0]} is not installed"
        if os.environ.get(required_by) == "1":
            pytest.fail(message)
        pytest.skip(message)
    return found


def pinned_fonts(folder: Path) -> Path:
    """A configuration with the fonts that come with the libraries only, so that pages break alike on every machine."""
    import matplotlib as mpl

    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{Path(mpl.get_data_path()) / 'fonts' / 'ttf'}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return config


@pytest.fixture(scope="session")
def convert_all(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[Path], str], list[Path]]:
    """A function that saves files of different names in another format with one start of LibreOffice."""
    soffice = program(("soffice", "libreoffice"), "FATF_KIT_REQUIRE_OFFICE")
    profile = tmp_path_factory.mktemp("office-profile")
    environment = {**os.environ, "FONTCONFIG_FILE": str(pinned_fonts(tmp_path_factory.mktemp("fonts")))}
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to"]

    def run(paths: Sequence[Path], suffix: str) -> list[Path]:
        folder = tmp_path_factory.mktemp("converted")
        whole = [*command, suffix, "--outdir", str(folder), *map(str, paths)]
        subprocess.run(whole, check=True, capture_output=True, timeout=180 + 10 * len(paths), env=environment)
        return [folder / f"{path.stem}.{suffix}" for path in paths]

    return run


@pytest.fixture(scope="session")
def convert(convert_all: Callable[[Sequence[Path], str], list[Path]]) -> Callable[[Path, str], Path]:
    """A function that saves a file in another format with LibreOffice, with a profile of its own."""
    return lambda path, suffix: convert_all([path], suffix)[0]


@pytest.fixture(scope="session")
def artefact() -> Callable[[str], Path | None]:
    """Return a function that gives the path of a picture in the folder FATF_KIT_ARTEFACTS, None without that folder."""

    def place(name: str) -> Path | None:
        wanted = os.environ.get("FATF_KIT_ARTEFACTS")
        if not wanted:
            return None
        path = Path(wanted) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    return place


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium."""
    return program(("chromium", "chromium-browser", "google-chrome"), "FATF_KIT_REQUIRE_BROWSER")
