"""Workbooks and folders that earlier versions wrote and people filled in are read with the same result as then.

The files and their records are in `tests/data/written-by-VERSION/`; `tools/written_inputs/` makes and compares them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

import fatf_kit
from fatf_kit import __version__
from fatf_kit.core.languages import LANGUAGES
from tools.written_inputs.kinds import KINDS
from tools.written_inputs.record import FileRecord, list_changes
from tools.written_inputs.seeds import SEEDS
from tools.written_inputs.sets import (
    DATA,
    SAVED,
    compare_file,
    fill_workbook,
    find_subject,
    list_files,
    list_sets,
    name_set,
    read_file,
)

PACKAGE = Path(fatf_kit.__file__).parent
SETS = list_sets()
SUBJECTS = [(kept, name) for kept in SETS for name in dict.fromkeys(map(find_subject, list_files(kept)))]
_MOST_SHOWN = 60
_MOST_BYTES = 5_000_000


def describe(changes: list[str], place: Path) -> str:
    """Return the changes, the first ones of many, and what to do if they are meant."""
    shown = changes[:_MOST_SHOWN]
    more = [f"… and {len(changes) - len(shown)} more"] if len(changes) > len(shown) else []
    name = place.relative_to(DATA.parents[1]).as_posix()
    step = f"If this is meant: python -m tools.written_inputs record {name}, read the diff, and give the reason."
    return "\n".join(("Older files are read differently.", *shown, *more, step))


@pytest.mark.parametrize(("kept", "subject"), SUBJECTS, ids=[f"{kept.name} {name}" for kept, name in SUBJECTS])
def test_what_an_earlier_version_wrote_is_read_as_before(kept: Path, subject: str) -> None:
    """Every value and every problem of the files of a kind, in all languages, is the same as in their records."""
    files = [file for file in list_files(kept) if find_subject(file) == subject]
    changes = [f"{file.name}: {change}" for file in files for change in compare_file(file)]
    if changes:
        pytest.fail(describe(changes, kept), pytrace=False)


def test_every_kind_of_workbook_is_kept_in_every_language() -> None:
    """The tool knows each kind that the package declares, and the set of this version has it in each language."""
    declared = re.compile(r'BookSchema\(\s*kind="([^"]+)"')
    sources = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    kinds = {kind for source in sources for kind in declared.findall(source)}
    assert kinds == {kind.schema.kind for kind in KINDS.values()}
    assert KINDS.keys() == SEEDS.keys()
    present = DATA / name_set(__version__)
    if present in SETS:
        names = {file.name for file in list_files(present)}
        assert {f"{kind}-{language}.xlsx" for kind in kinds for language in LANGUAGES} <= names


@pytest.mark.parametrize("kept", SETS, ids=lambda kept: kept.name)
def test_a_set_is_small_and_each_file_has_a_record(kept: Path) -> None:
    """A set is copied with every clone of the repository, so that it is kept under five megabytes."""
    assert sum(file.stat().st_size for file in kept.iterdir()) < _MOST_BYTES
    records = {file.stem for file in kept.glob("*.json")}
    assert records == {file.stem for file in list_files(kept)}


@pytest.mark.parametrize("kept", SETS, ids=lambda kept: kept.name)
def test_each_workbook_of_a_set_names_the_version_of_the_set(kept: Path) -> None:
    """A set that was written before the version was raised would be one of an older version."""
    for file in kept.glob("*.xlsx"):
        with zipfile.ZipFile(file) as package:
            stamp = package.read("docProps/custom.xml").decode()
        assert f">{kept.name.removeprefix(name_set(''))}<" in stamp, file.name


def test_a_cell_that_is_read_differently_is_named_with_both_values(tmp_path: Path) -> None:
    """A record that would not notice a value, a problem or a row that is gone would protect nothing."""
    kept = SETS[0] / "answers-en.xlsx"
    book = openpyxl.load_workbook(kept)
    book["R.8"]["C3"] = "met"
    book["R.8"]["F5"] = None
    book["Evidence"].delete_rows(4)
    book.save(tmp_path / kept.name)
    before, after = read_file(kept), read_file(tmp_path / kept.name)
    changes = list_changes(before, after)
    assert "answers[R.8/8.1].rating: 'partly met' → 'met'" in changes
    assert "evidence[E-037].kind: 'document' → nothing" in changes
    assert "problem gone: R.8!F5: date-unknown (R.8/8.1(b)) found='soon'" in changes
    assert list_changes(before, before) == []


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({"a": 1}, {"a": True}, "a: 1 → True"),
        ({"a": 1}, {"a": 1.5}, "a: 1 → 1.5"),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, "a: ['x', 'y'] → ['y', 'x']"),
        ({}, {"a": 0}, "a: nothing → 0"),
    ],
)
def test_a_change_of_one_value_is_seen(before: Mapping[str, int], after: Mapping[str, int], change: str) -> None:
    """Numbers, flags and the order of a list are compared exactly."""
    assert list_changes(FileRecord(before, ()), FileRecord(after, ())) == [change]


def test_a_problem_that_is_there_twice_is_counted() -> None:
    """Two problems of one kind in one cell are two problems."""
    changes = list_changes(FileRecord({}, ("A1: cell-error",)), FileRecord({}, ("A1: cell-error", "A1: cell-error")))
    assert changes == ["new problem: A1: cell-error"]


def test_the_tool_writes_the_same_bytes_again() -> None:
    """The same version writes the same set, whenever it runs: no time of the machine is in a workbook."""
    content = fill_workbook("training", "fr")
    assert content == fill_workbook("training", "fr")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        assert f"{SAVED}</dcterms:modified>" in package.read("docProps/core.xml").decode()
