"""A whole set: written into a folder, recorded, and compared with what the present code reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.version import Version

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGES
from tools.written_inputs.archives import set_saving_time, unpack_folder
from tools.written_inputs.folder_records import read_written_folder
from tools.written_inputs.folders import FOLDERS, pack_written_folder
from tools.written_inputs.kinds import KINDS
from tools.written_inputs.record import FileRecord, list_changes, load_record, make_record
from tools.written_inputs.seeds import SEEDS
from tools.written_inputs.typed_cells import type_into

DATA = Path(__file__).resolve().parents[2] / "tests" / "data"
"""The folder that has the sets."""

SAVED = "2026-11-30T10:00:00Z"
"""When the people who filled in the workbooks saved them."""

_WORKBOOK, _FOLDER, _RECORD = ".xlsx", ".zip", ".json"
_IN_ENGLISH_ONLY = ("answers-2013",)


def name_set(version: str) -> str:
    """Return the name of the folder of the set that a version wrote.

    >>> name_set("1.0.0rc1")
    'written-by-1.0.0rc1'
    """
    return f"written-by-{version}"


def list_sets() -> list[Path]:
    """Return the folders of all kept sets, the oldest version first.

    >>> list_sets()[0].name
    'written-by-1.0.0rc1'
    """
    prefix = name_set("")
    return sorted(DATA.glob(f"{prefix}*"), key=lambda kept: Version(kept.name.removeprefix(prefix)))


def write_set(target: Path) -> Iterator[Path]:
    """Write a workbook of each kind in each language and the folders into a folder, with records; yield each file.

    What is there already stays as the version that wrote it left it, and so does its record.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name, render in _list_contents():
        path = target / name
        if not path.exists():
            path.write_bytes(render())
            yield path
            yield _write_record(path)


def record_set(target: Path) -> Iterator[Path]:
    """Write the record of each workbook and folder of a set anew; yield each record."""
    return map(_write_record, list_files(target))


def fill_workbook(kind: str, language: str) -> bytes:
    """Return the workbook of a kind with what people typed into it."""
    content = type_into(SEEDS[kind](language), KINDS[kind].schema, language)
    return set_saving_time(content, SAVED)


def _list_contents() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the names of files with the functions that make them."""
    for kind in SEEDS:
        for language in ("en",) if kind in _IN_ENGLISH_ONLY else LANGUAGES:
            yield f"{kind}-{language}{_WORKBOOK}", partial(fill_workbook, kind, language)
    for name in FOLDERS:
        yield f"{name}{_FOLDER}", partial(pack_written_folder, name)


def _write_record(file: Path) -> Path:
    record = file.with_suffix(_RECORD)
    record.write_bytes(read_file(file).render())
    return record


def list_files(target: Path) -> list[Path]:
    """Return the workbooks and packed folders of a set."""
    return sorted(file for file in target.iterdir() if file.suffix in (_WORKBOOK, _FOLDER))


def find_subject(file: Path) -> str:
    """Return the kind of a workbook by its name, or the name of a packed folder.

    >>> find_subject(Path("npo-measures-en.xlsx")), find_subject(Path("folder-iraq.zip"))
    ('npo-measures', 'folder-iraq')
    """
    return file.stem.rpartition("-")[0] if file.suffix == _WORKBOOK else file.stem


def read_file(file: Path) -> FileRecord:
    """Return the record of a workbook or packed folder as the present code reads it.

    Raises:
        FatfKitError: it cannot be read.
    """
    if file.suffix == _FOLDER:
        with TemporaryDirectory() as folder:
            home = unpack_folder(file, Path(folder) / file.stem)
            return make_record(file.name, *read_written_folder(home))
    return make_record(file.name, *KINDS[find_subject(file)].read(file))


def compare_file(file: Path) -> list[str]:
    """Return how the record of a file differs from the one beside it, a line for each value and problem."""
    try:
        present = read_file(file)
    except FatfKitError as fault:
        return [f"It cannot be read any more: {fault}"]
    return list_changes(load_record(file.with_suffix(_RECORD)), present)
