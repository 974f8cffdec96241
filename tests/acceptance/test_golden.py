"""Short papers, long papers, the status page and terminal outputs of the examples are as they were accepted.

One process makes all of a language, with a clock that does not move; `make golden` accepts a change. A usual run makes
those in English.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.samples import take_sample
from tools.outputs.comparing import diff_texts
from tools.outputs.dumping import name_output
from tools.outputs.golden import ACCEPT, DIGESTS, GOLDEN, ROOT, make_golden_files, read_digests, read_golden_files
from tools.outputs.runs import LANGUAGES, Run, load_runs

pytestmark = pytest.mark.skipif(not GOLDEN.is_dir(), reason="only a checkout has golden files")
RUNS = tuple(run for run in load_runs() if run.golden)
PAPERS = [(run, output) for run in RUNS for output in run.golden]
_LONGEST_DIFF = 30


@pytest.fixture(scope="module", params=take_sample(LANGUAGES, ["en"]))
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the golden files."""
    return str(request.param)


@pytest.fixture(scope="module")
def files_now(language: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The golden files of a language as this commit makes them."""
    folder = tmp_path_factory.mktemp("outputs")
    command = [sys.executable, "-m", "tools.outputs", "dump", str(folder), "--golden", "--lang", language]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return make_golden_files(RUNS, folder, (language,))


@pytest.fixture(scope="module")
def accepted() -> Mapping[str, str]:
    """The golden files of the repository."""
    return read_golden_files()


@pytest.mark.parametrize(("run", "output"), PAPERS, ids=[f"{run.name}/{output}" for run, output in PAPERS])
def test_output_is_as_it_was_accepted(
    run: Run, output: str, language: str, files_now: Mapping[str, str], accepted: Mapping[str, str]
) -> None:
    """The text, or the digest of a long paper that is not in English."""
    name, fault = name_output(run.name, output, language), ""
    if files_now.get(name) != accepted.get(name):
        fault = diff_texts(name, accepted.get(name, ""), files_now.get(name, ""), most=_LONGEST_DIFF)
    elif read_digests(files_now).get(name) != read_digests(accepted).get(name):
        fault = f"{name} has another digest: python -m tools.outputs compare HEAD --only {run.name}\n"
    if fault:
        pytest.fail(f"Read the change. To accept it: {ACCEPT}\n{fault}", pytrace=False)


def test_no_golden_file_is_left_over(accepted: Mapping[str, str]) -> None:
    """Each golden file and digest belongs to an output of a run, and each output has one."""
    names = {
        (name_output(run.name, output, language), output in run.short or language == "en")
        for run, output in PAPERS
        for language in LANGUAGES
    }
    assert {*accepted} == {DIGESTS, *(name for name, is_whole in names if is_whole)}
    assert {*read_digests(accepted)} == {name for name, is_whole in names if not is_whole}


def test_a_diff_shows_every_sign(accepted: Mapping[str, str]) -> None:
    """No golden file has signs that a reader of a diff cannot see, or blanks that an editor removes."""
    hidden = set("\u00a0\u200b\u200e\u200f\u202f\u2066\u2067\u2068\u2069\ufeff\r\t")
    assert [name for name, text in accepted.items() if hidden & set(text)] == []
    assert [name for name, text in accepted.items() if any(line != line.rstrip(" ") for line in text.split("\n"))] == []
    assert DIGESTS in accepted


def test_golden_files_stay_small() -> None:
    """All of them together have less than two megabytes, so that a diff can be read."""
    assert sum(path.stat().st_size for path in Path(GOLDEN).rglob("*") if path.is_file()) < 2_100_000
