"""Writing of files: completely or not at all, and never over an answer of an agency.

A filled workbook is weeks of work. So no input is overwritten, and an existing file stays unless the caller forces it.
Only an earlier report of fatf-kit that has not been changed is replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import secrets
import stat
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_rights import share_like
from fatf_kit.core.write_errors import make_write_error

WRITTEN = ".fatf-kit.json"
"""The file in a folder of reports that lists what fatf-kit wrote there, so that a later run recognises its files."""

_WRITTEN_SCHEMA = "fatf-kit/written/1"
_TEMPORARY = ".fatf-kit-"
"""With this begin the names of files that are being written."""

_LONGEST_NOTE = 10_000_000


def to_plain_text(text: str) -> str:
    r"""Return a text that can be written as UTF-8: other bytes, as in file names, become U+FFFD.

    If the computer's own encoding is not UTF-8, letters that were read as bytes are decoded again.

    >>> to_plain_text("a\udcff.xlsx") == "a\ufffd.xlsx", to_plain_text("\udcd8\udca7")
    (True, 'ا')
    """
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # half of a surrogate pair that is not from a file name
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def shown_name(path: Path) -> str:
    """Return the name of a file for messages and reports."""
    return to_plain_text(path.name or str(path))


_LITTER_NAMES = frozenset(
    [
        "thumbs.db",
        "ehthumbs.db",
        "ehthumbs_vista.db",
        ".ds_store",
        "desktop.ini",
        ".localized",
        ".directory",
        ".gitkeep",
        ".gitignore",
        ".gitattributes",
        ".nomedia",
        ".hidden",
        "icon\r",
    ]
)
_LITTER_BEGINS = ("~$", ".~lock", "._", ".fatf-kit", ".fuse_hidden", ".nfs", ".sync")


def is_litter(path: Path) -> bool:
    """Return whether a program or the system made a file for itself, so that it never contains an answer.

    Excel and LibreOffice write one next to an open workbook; macOS and Windows write notes about folders.

    >>> [is_litter(Path(name)) for name in ("~$fiu.xlsx", "._fiu.xlsx", "Thumbs.db", "fiu.xlsx", "scan.jpg")]
    [True, True, True, False, False]
    """
    return path.name.startswith(_LITTER_BEGINS) or path.name.casefold() in _LITTER_NAMES


def is_remote(path: Path) -> bool:
    r"""Return whether a path names a network share, in any spelling; a request to it may hang and identifies the user.

    A long path of this computer in the spelling of Windows is not a network share.

    >>> is_remote(Path(r"\\server\share\a.xlsx")), is_remote(Path("//server/share")), is_remote(Path("/srv/a.xlsx"))
    (True, True, False)
    >>> is_remote(Path(r"\\?\C:\long\a.xlsx")), is_remote(Path(r"\\?\UNC\server\share"))
    (False, True)
    """
    name = str(path).replace("\\", "/")
    return name.startswith("//") and not (name.startswith("//?/") and name[5:6] == ":")


def is_folder(path: Path) -> bool:
    """Return whether there is such a folder; False for a name that cannot be one, and for a network share."""
    if is_remote(path):
        return False
    with contextlib.suppress(OSError, ValueError):
        return path.is_dir()
    return False


def list_paths(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """Return one path or several as a list; a text is one path."""
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(one) for one in paths]


def require_existing(path: Path) -> None:
    """Check that there is such a file or folder. A network share is not asked.

    Raises:
        FatfKitError: there is none.
    """
    if is_remote(path):
        return
    with contextlib.suppress(OSError, ValueError):
        if path.exists():
            return
    raise FatfKitError("'{file}' does not exist. Check its name.", file=shown_name(path))


def list_inside(folder: Path) -> list[Path]:
    """Return what is in a folder, by name; nothing where there is no such folder, or it may not be read."""
    with contextlib.suppress(OSError):
        return sorted(folder.iterdir(), key=lambda path: path.name)
    return []


def check_target(path: Path, *, inputs: Iterable[Path] = (), force: bool = False, endings: Iterable[str] = ()) -> None:
    """Check that writing to `path` loses nothing: it is not one of `inputs`, and does not exist or may be replaced.

    `force` allows an existing file to be replaced, but never one of the inputs. `endings` are those allowed.

    Raises:
        FatfKitError: something would be lost, or the ending is another.
    """
    allowed = tuple(endings)
    if allowed and path.suffix.lower() not in allowed:
        raise FatfKitError(
            "The name of {file} does not have an allowed ending. Allowed: {names}.",
            file=shown_name(path),
            names=allowed,
        )
    _check_inputs(path, inputs)
    if not force and _is_file(path):
        raise FatfKitError(
            "{file} already exists. Choose another name, or use --force to replace it.", file=shown_name(path)
        )


def write_file(path: Path, content: bytes) -> Path:
    """Write a file under a temporary name and then move it, so that an incomplete file is never visible.

    Folders are made as needed; a link is followed and stays. An existing file is replaced: `check_target` says whether
    it may be. Returns `path`.

    Raises:
        FatfKitError: the file cannot be written.
    """

    def write(target: Path) -> None:
        target.write_bytes(content)

    return write_through(path, write)


def write_new(folder: Path, name: Callable[[int], str], content: bytes) -> Path:
    """Write a file under the first free name of `name(1)`, `name(2)`, … and return its path; no file is replaced.

    Raises:
        FatfKitError: the folder cannot be written to.
    """
    waiting = write_file(folder / f"{_TEMPORARY}{secrets.token_hex(8)}", content)
    try:
        for number in itertools.count(1):
            target = folder / name(number)
            if os.path.lexists(target):
                continue
            with contextlib.suppress(FileExistsError):  # another run took the name
                _move_to_new(waiting, target)
                break
    except OSError as fault:
        raise _make_error(target, fault) from fault
    finally:
        waiting.unlink(missing_ok=True)
    return target


def _move_to_new(waiting: Path, target: Path) -> None:
    """Give a file another name that must be free; renaming alone replaces a file on some systems."""
    try:
        os.link(waiting, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk without hard links, such as a memory stick
        waiting.rename(target)


def write_through(
    path: Path, write: Callable[[Path], None], *, before_move: Callable[[Path], None] | None = None
) -> Path:
    """Write a file as `write_file` does, with content too large for memory: `write` fills the temporary file.

    `before_move` is called with the temporary file as late as possible, and may raise to leave `path` as it is.

    Raises:
        FatfKitError: the file cannot be written.
    """
    waiting: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        mode = _find_mode(target, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=_TEMPORARY, delete=False) as file:
            waiting = Path(file.name)
        write(waiting)
        with contextlib.suppress(OSError):  # not every file system has permissions
            waiting.chmod(mode)
        if before_move:
            before_move(waiting)
        waiting.replace(target)
    except OSError as fault:
        raise _make_error(path, fault) from fault
    except ValueError as fault:  # a zero byte
        raise FatfKitError("'{file}' is not the name of a file. Choose another one.", file=shown_name(path)) from fault
    finally:
        if waiting is not None:
            waiting.unlink(missing_ok=True)  # it does not exist after the move
    return path


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
    if any(_is_same(folder, source) for source in sources if is_folder(source)):
        raise FatfKitError(
            "The workbooks are read from the folder {folder}. Choose another folder for the output.",
            folder=shown_name(folder),
        )
    sweep_leftovers(folder)
    known = read_written_files(folder)
    seals = {name: set(known.get(name, ())) for name in contents}
    for name, content in contents.items():
        path = folder / name
        _check_inputs(path, sources)
        if _is_file(path):
            found = compute_fingerprint(_read_content(path))
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


def read_written_files(folder: Path) -> dict[str, list[str]]:
    """Return the fingerprints of the files that fatf-kit wrote into a folder, by name; empty without a valid note.

    A file has two if the last run was interrupted: of its earlier and of its new content.
    """
    try:
        note = json.loads(_read_note(folder / WRITTEN))
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
    if any(_is_same(path, source) for source in inputs):
        raise FatfKitError("{file} is an input file. Choose another name for the output.", file=shown_name(path))


def _is_file(path: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return path.is_file()
    return False


def _is_same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return one.samefile(other)
    return os.path.realpath(one) == os.path.realpath(other)


def _find_mode(target: Path, path: Path) -> int:
    """Permissions for the new file: those of the file it replaces, else it is as private or shared as its folder."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return share_like(target.parent)
    if stat.S_ISDIR(found.st_mode):
        raise FatfKitError(
            "{file} cannot be written, because it is a folder. Write the name of a file.", file=shown_name(path)
        )
    if not stat.S_ISREG(found.st_mode):
        raise FatfKitError(
            "{file} cannot be written, because it is a device or a pipe. Write the name of a file.",
            file=shown_name(path),
        )
    if not os.access(target, os.W_OK):
        raise FatfKitError(
            "{file} cannot be written, because it is read-only. Choose another name.", file=shown_name(path)
        )
    return stat.S_IMODE(found.st_mode)


def sweep_leftovers(folder: Path) -> None:
    """Remove temporary files of runs that were killed a day ago or earlier, in a folder and those within it."""
    day_ago = time.time() - 86_400
    for pattern in (f"{_TEMPORARY}*", f"*/{_TEMPORARY}*", f"*/*/{_TEMPORARY}*"):
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):  # another run removes it
                if path.is_file() and path.stat().st_mtime < day_ago:
                    path.unlink()


def _make_error(path: Path, fault: OSError) -> FatfKitError:
    return make_write_error(shown_name(path), to_plain_text(str(path.parent)), fault)


def _write_note(folder: Path, files: Mapping[str, list[str]]) -> None:
    note = {"schema": _WRITTEN_SCHEMA, "files": files}
    write_file(folder / WRITTEN, (json.dumps(note, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())


def _read_content(path: Path) -> bytes:
    try:
        return path.read_bytes()
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
