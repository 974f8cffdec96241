"""Files that fatf-kit wrote: recognised by a note in their folder, replaced while unchanged, never those of a person.

A filled workbook is weeks of work. So no input is overwritten, and an existing file stays unless the caller forces it.
Only an earlier output of fatf-kit that has not been changed is replaced.

The note has fingerprints: the stamp in a file says who made it, and not whether a person has filled it in since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_file, is_folder, is_same, shown_name, to_plain_text
from fatf_kit.core.store.faults import make_write_error
from fatf_kit.core.store.fingerprints import fingerprint_file
from fatf_kit.core.store.moves import Content, check_place, list_missing, write_together
from fatf_kit.core.store.undo import note_steps, remove_unchanged, undo_steps

WRITTEN = ".fatf-kit.json"
"""The file in a folder of reports that lists what fatf-kit wrote there, so that a later run recognises its files."""

OUTPUTS = ".fatf-kit.outputs.json"
"""The same list of single files, in any folder: that one does not make it a folder of reports."""

_WRITTEN_SCHEMA = "fatf-kit/written/1"

_PURPOSE = "fatf-kit recognises its own files by this list. Without the list it replaces them only with --force."
"""The line in a note for people who find it."""

_LONGEST_NOTE = 10_000_000

_INPUTS = ContextVar[tuple[Path, ...]]("inputs", default=())


@contextmanager
def protect_inputs(paths: Iterable[str | Path]) -> Iterator[None]:
    """Let no output within replace these files, or be written among those of these folders, also not by force."""
    before = _INPUTS.set((*_INPUTS.get(), *map(Path, paths)))
    try:
        yield
    finally:
        _INPUTS.reset(before)


def check_target(path: Path, *, force: bool = False, endings: Iterable[str] = ()) -> None:
    """Check that a file can be written at `path` and that nothing is lost.

    It is not a protected input, and does not exist, or is an unchanged output of an earlier run. `force` allows any
    file but the inputs to be replaced. `endings` are those allowed.

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
    _check_inputs(path)
    if not force and is_file(path) and not is_own_output(path):
        raise FatfKitError(
            "{file} already exists. Choose another name, or use --force to replace it.", file=shown_name(path)
        )
    check_place(path)


def is_own_output(path: Path) -> bool:
    """Return whether an earlier run wrote a file as it is now: no person has changed it."""
    seals = [seal for note in (WRITTEN, OUTPUTS) for seal in read_written_files(path.parent, note).get(path.name, ())]
    return bool(seals) and is_file(path) and fingerprint_file(path) in seals


def write_output(path: Path, content: Content, *, force: bool = False) -> Path:
    """Write one file that a later run recognises as its own, and return its path.

    `force` as of `check_target`; a file that a person saved while the content was made stays too.

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
    return write_outputs(path.parent, {path.name: content}, force=force)[0]


def write_outputs(folder: Path, contents: Mapping[str, Content], *, force: bool = False) -> tuple[Path, ...]:
    """Write files that belong together into any folder, as `write_output` does: all of them or none."""

    def check(_: Mapping[str, str]) -> None:
        for name in contents:
            check_target(folder / name, force=force)

    return _write_own(folder, contents, OUTPUTS, check)


def write_files(folder: Path, contents: Mapping[str, Content], *, force: bool = False) -> tuple[Path, ...]:
    """Write the files of a folder of reports, by name within it, and return their paths in that order.

    Files that an earlier run wrote there are replaced as long as they are unchanged; everything is checked before the
    first one is written. `force` replaces others too, never a protected input.

    Raises:
        FatfKitError: something would be lost, or the folder cannot be written to.
    """
    if any(is_same(folder, source) for source in _INPUTS.get() if is_folder(source)):
        raise FatfKitError(
            "The workbooks are read from the folder {folder}. Choose another folder for the output.",
            folder=shown_name(folder),
        )

    def check(seals: Mapping[str, str]) -> None:
        known = read_written_files(folder)
        for name, seal in seals.items():
            _check_inputs(folder / name)
            if force or not is_file(folder / name):
                continue
            if fingerprint_file(folder / name) not in {*known.get(name, ()), seal}:
                raise FatfKitError(
                    "{file} was not written by fatf-kit, or was changed since. Choose another folder, or use "
                    "--force to replace it.",
                    file=f"{shown_name(folder)}/{to_plain_text(name)}",
                )

    return _write_own(folder, contents, WRITTEN, check)


def _write_own(
    folder: Path, contents: Mapping[str, Content], note_name: str, check: Callable[[Mapping[str, str]], None]
) -> tuple[Path, ...]:
    """Write files and their fingerprints, by the names in the note; `check` gets the new fingerprints."""
    seals: dict[str, str] = {}
    before: dict[str, str] = {}
    undo: list[Callable[[], object]] = []

    def announce(waiting: Mapping[Path, Path]) -> None:
        seals.update({name: fingerprint_file(waiting[folder / name]) for name in contents})
        check(seals)
        before.update({name: fingerprint_file(folder / name) for name in contents if is_file(folder / name)})
        undo.extend(partial(_remove, folder, name, note_name, seals[name]) for name in contents if name not in before)
        # a run that is killed now recognises the new file where it was moved, else the old one
        _record(folder, note_name, {name: sorted({before.get(name, seal), seal}) for name, seal in seals.items()})

    undo += [place.rmdir for name in contents for place in list_missing((folder / name).parent)]
    try:
        written = write_together({folder / name: content for name, content in contents.items()}, check=announce)
        if before.items() - seals.items():
            _record(folder, note_name, {name: [seal] for name, seal in seals.items()})
    except BaseException:
        undo_steps(undo)
        raise
    note_steps(undo)
    return written


def remove_output(path: Path) -> None:
    """Remove an output of an earlier run that this one does not have; one that a person has changed stays.

    Raises:
        FatfKitError: it is open in another program.
    """
    if is_own_output(path):
        _remove(path.parent, path.name, OUTPUTS, fingerprint_file(path))


def _remove(folder: Path, name: str, note_name: str, seal: str) -> None:
    """Remove a file, unless it was changed since it had this fingerprint, and its line in the note."""
    path, files = folder / name, read_written_files(folder, note_name)
    try:
        remove_unchanged(path, seal)
        if files.pop(name, None) is not None:
            if files:
                _write_note(folder, files, note_name)
            else:
                (folder / note_name).unlink()
    except OSError as fault:
        raise make_write_error(path, fault) from fault


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


def _check_inputs(path: Path) -> None:
    if any(is_same(path, source) for source in _INPUTS.get()):
        raise FatfKitError("{file} is an input file. Choose another name for the output.", file=shown_name(path))


def _record(folder: Path, note_name: str, seals: Mapping[str, list[str]]) -> None:
    """Write into the note what fatf-kit wrote; a name that is no text cannot be in it, so such a file is not known."""
    texts = {name: found for name, found in seals.items() if _is_text(name)}
    if texts:
        _write_note(folder, read_written_files(folder, note_name) | texts, note_name)


def _write_note(folder: Path, files: Mapping[str, list[str]], note_name: str) -> None:
    note = {"schema": _WRITTEN_SCHEMA, "purpose": _PURPOSE, "files": files}
    content = (json.dumps(note, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
    write_together({folder / note_name: content})


def _is_below(name: str) -> bool:
    """Return whether a name stays within its folder, so that a note from another person cannot name any other file."""
    path = Path(name)
    return bool(name) and not path.is_absolute() and not path.drive and ".." not in path.parts and "\0" not in name


def _is_text(value: object) -> bool:
    """Return whether it is a text that can be written again; JSON may hold half of a character."""
    return isinstance(value, str) and value.encode(errors="ignore").decode() == value
