"""Files that fatf-kit wrote: recognised by a note in their folder, replaced while unchanged, never those of a person.

A filled workbook is weeks of work. So no input is overwritten, and an existing file stays unless the caller forces it.
Only an earlier output of fatf-kit that has not been changed is replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import check_place, is_folder, shown_name, to_plain_text, write_file, write_through
from fatf_kit.core.write_errors import make_write_error

WRITTEN = ".fatf-kit.json"
"""The file in a folder of reports that lists what fatf-kit wrote there, so that a later run recognises its files."""

OUTPUTS = ".fatf-kit.outputs.json"
"""The same list of single files, in any folder: that one does not make it a folder of reports."""

_WRITTEN_SCHEMA = "fatf-kit/written/1"

_LONGEST_NOTE = 10_000_000


def check_target(path: Path, *, inputs: Iterable[Path] = (), force: bool = False, endings: Iterable[str] = ()) -> None:
    """Check that a file can be written at `path` and that nothing is lost.

    It is not one of `inputs`, and does not exist, or is an unchanged output of an earlier run. `force` allows any file
    but the inputs to be replaced. `endings` are those allowed.

    Raises:
        FatfKitError: something would be lost, the ending is another, or the file cannot be written.
    """
    allowed = tuple(endings)
    if allowed and path.suffix.lower() not in allowed:
        raise FatfKitError(
            "The name of {file} does not have an allowed ending. Allowed: {names}.",
            file=shown_name(path),
            names=allowed,
        )
    _check_inputs(path, inputs)
    if not force and _is_file(path) and not is_own_output(path):
        raise FatfKitError(
            "{file} already exists. Choose another name, or use --force to replace it.", file=shown_name(path)
        )
    check_place(path)


def is_own_output(path: Path) -> bool:
    """Return whether an earlier run wrote a file as it is now: no person has changed it."""
    seals = [seal for note in (WRITTEN, OUTPUTS) for seal in read_written_files(path.parent, note).get(path.name, ())]
    return bool(seals) and _is_file(path) and _fingerprint_file(path) in seals


def write_output(
    path: Path, content: bytes | Callable[[Path], object], *, inputs: Iterable[Path] = (), force: bool = False
) -> Path:
    """Write one file that a later run recognises as its own, and return its path.

    `content` is its bytes, or fills a file that is too large for memory. `inputs` and `force` as of `check_target`; a
    file that a person saved while the content was made stays too.

    Raises:
        FatfKitError: something would be lost, or the file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "plan.xlsx"
    ...     for content in (b"first", b"second"):
    ...         print(write_output(file, content).read_bytes(), is_own_output(file))
    b'first' True
    b'second' True
    """
    sources, seal = tuple(inputs), ""

    def fill(waiting: Path) -> None:
        if isinstance(content, bytes):
            waiting.write_bytes(content)
        else:
            content(waiting)

    def announce(waiting: Path) -> None:
        nonlocal seal
        check_target(path, inputs=sources, force=force)
        seal = _fingerprint_file(waiting)
        before = [_fingerprint_file(path)] if _is_file(path) else []
        _record(path, [*before, seal])  # a run that is killed after the move recognises the new file, else the old one

    write_through(path, fill, before_move=announce)
    _record(path, [seal])
    return path


def remove_output(path: Path) -> None:
    """Remove an output of an earlier run that this one does not have; one that a person has changed stays.

    Raises:
        FatfKitError: it is open in another program.
    """
    if is_own_output(path):
        try:
            path.unlink()
        except OSError as fault:
            raise make_write_error(shown_name(path), to_plain_text(str(path.parent)), fault) from fault


def _record(path: Path, seals: list[str]) -> None:
    """Write into the note what fatf-kit wrote; a name that is no text cannot be in it, so such a file is not known."""
    if not _is_text(path.name):
        return
    _write_note(path.parent, read_written_files(path.parent, OUTPUTS) | {path.name: seals}, OUTPUTS)


def write_files(
    folder: Path, contents: Mapping[str, bytes], *, inputs: Iterable[Path] = (), force: bool = False
) -> tuple[Path, ...]:
    """Write several files into a folder, by name within it, and return their paths in that order.

    Files that an earlier run wrote there are replaced as long as they are unchanged; everything is checked before the
    first one is written. `force` replaces others too, never one of the inputs.

    Raises:
        FatfKitError: something would be lost, or the folder cannot be written to.
    """
    sources = tuple(inputs)
    if any(is_same(folder, source) for source in sources if is_folder(source)):
        raise FatfKitError(
            "The workbooks are read from the folder {folder}. Choose another folder for the output.",
            folder=shown_name(folder),
        )
    known = read_written_files(folder)
    seals = {name: set(known.get(name, ())) for name in contents}
    for name, content in contents.items():
        path = folder / name
        _check_inputs(path, sources)
        if _is_file(path):
            found = _fingerprint_file(path)
            if not force and found not in {*seals[name], compute_fingerprint(content)}:
                raise FatfKitError(
                    "{file} was not written by fatf-kit, or was changed since. Choose another folder, or use "
                    "--force to replace it.",
                    file=f"{shown_name(folder)}/{to_plain_text(name)}",
                )
            seals[name] &= {found}
        else:
            seals[name] = set()
        seals[name].add(compute_fingerprint(content))
    _write_note(folder, {**known, **{name: sorted(both) for name, both in seals.items()}})
    written = tuple(write_file(folder / name, content) for name, content in contents.items())
    _write_note(folder, {**known, **{name: [compute_fingerprint(content)] for name, content in contents.items()}})
    return written


def read_written_files(folder: Path, note_name: str = WRITTEN) -> dict[str, list[str]]:
    """Return the fingerprints of the files that fatf-kit wrote into a folder, by name; empty without a valid note.

    A file has two if the last run was interrupted: of its earlier and of its new content.
    """
    try:
        note = json.loads(_read_note(folder / note_name))
    except (OSError, ValueError, RecursionError):
        return {}
    files = note.get("files") if isinstance(note, dict) and note.get("schema") == _WRITTEN_SCHEMA else None
    if not isinstance(files, dict):
        return {}
    return {
        name: seals
        for name, seals in files.items()
        if isinstance(seals, list) and all(map(_is_text, (name, *seals))) and _is_below(name)
    }


def _read_note(path: Path) -> bytes:
    """Return the bytes of a note; empty if it is not a file, or larger than any note."""
    if not path.is_file() or path.stat().st_size > _LONGEST_NOTE:
        return b""
    return path.read_bytes()


def compute_fingerprint(content: bytes) -> str:
    """Return the fingerprint of the bytes of a file, "sha256:…"."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _check_inputs(path: Path, inputs: Iterable[Path]) -> None:
    if any(is_same(path, source) for source in inputs):
        raise FatfKitError("{file} is an input file. Choose another name for the output.", file=shown_name(path))


def _is_file(path: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return path.is_file()
    return False


def is_same(one: Path, other: Path) -> bool:
    """Return whether two paths are one file or folder, also through links."""
    with contextlib.suppress(OSError, ValueError):
        return one.samefile(other)
    return os.path.realpath(one) == os.path.realpath(other)


def _write_note(folder: Path, files: Mapping[str, list[str]], note_name: str = WRITTEN) -> None:
    note = {"schema": _WRITTEN_SCHEMA, "files": files}
    write_file(folder / note_name, (json.dumps(note, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())


def _fingerprint_file(path: Path) -> str:
    """Return the fingerprint of a file of any size."""
    try:
        with path.open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as fault:
        raise FatfKitError(
            "{file} already exists and cannot be read. Choose another folder.", file=shown_name(path)
        ) from fault


def _is_below(name: str) -> bool:
    """Return whether a name stays within its folder, so that a note from another person cannot name any other file."""
    path = Path(name)
    return bool(name) and not path.is_absolute() and not path.drive and ".." not in path.parts and "\0" not in name


def _is_text(value: object) -> bool:
    """Return whether it is a text that can be written again; JSON may hold half of a character."""
    return isinstance(value, str) and value.encode(errors="ignore").decode() == value
