"""A command that writes several files and fails leaves none of them: a part could be taken for the whole."""

from __future__ import annotations

import errno
import shlex
import shutil
from contextlib import chdir
from pathlib import Path

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.resources import data_folder
from fatf_kit.core.store.lock import LOCK
from tests.unit.cli.commands import invoke
from tools.outputs.dumping import ExampleCopy
from tools.outputs.runs import load_runs

QUICK = ("npo template -o out/new",)
LINES = (
    *QUICK,
    "npo classify {npo}/register.csv --settings {npo}/settings.json --format csv,xlsx --report html,json -o out/new",
    "npo questionnaire {npo}/register.csv --settings {npo}/settings.json --lang en --lang fr -o out/new",
    "score {graustark} --format html,docx,json,csv -o out/new",
    "paper gap {graustark} -o out/new/gap.docx",
    "paper agency {graustark} --agency all -o out/new/agency.docx",
    "letters {graustark} -o out/new",
    "template {graustark} -o out/new",
    "statistics template --role fiu --years 2021-2025 -o out/new",
    "mock template {graustark} -o out/new",
    "guide all -o out/new",
    "report-in examples/last-report/ruritania-2019.txt -o out/new",
    "frameworks export --as datapackage -o out/new",
)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> ExampleCopy:
    """Return a copy of the examples that commands may write into."""
    return ExampleCopy(data_folder("examples").parent, tmp_path_factory.mktemp("copy"))


@pytest.mark.parametrize(
    "line",
    [pytest.param(line, id=line.split(" -")[0], marks=() if line in QUICK else pytest.mark.full) for line in LINES],
)
def test_a_command_that_fails_leaves_no_part(examples: ExampleCopy, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """The disk is full at the first, the middle or the last file of its target; then nothing but the lock is there."""
    words = [*shlex.split(line.format_map(load_runs()[0].words["en"]))]
    whole, moves, limit = Path.replace, 0, 0

    def replace(path: Path, target: Path) -> Path:
        nonlocal moves
        if "new" in Path(target).parts:
            moves += 1
            if moves == limit:
                raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with chdir(examples.place):
        Path("out").mkdir(exist_ok=True)
        assert invoke(*words).exception is None
        total = moves
        assert total > 2
        for limit in (2, total // 2 + 1, total):  # the first move is that of the note
            shutil.rmtree("out/new")
            moves = 0
            result = invoke(*words)
            left = [path.as_posix() for path in Path("out").rglob("*") if path.is_file() and path.name != LOCK]
            assert isinstance(result.exception, FatfKitError), (limit, total, result.output)
            assert (left, limit) == ([], limit)
            Path("out/new").mkdir(exist_ok=True)
        shutil.rmtree("out")
    examples.collect()
