"""Measure what is downloaded and installed, and write the two tables of sizes of docs/platforms.md.

    python -m tools.sizes

The wheel and the archives for machines without internet are built, which takes some minutes; pip fetches the libraries.
Installed libraries are measured where they are installed for development, without files that Python compiles.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from tools.dependency_lock import read_lock, render_requirements, select_packages
from tools.offline_bundle import OWN_VERSION, build_archive, find_own_target
from tools.offline_targets import TARGETS
from tools.platforms import PLATFORMS

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "platforms.md"
BEGIN, END = "<!-- written by python -m tools.sizes -->", "<!-- end of sizes -->"
ARCHIVE_PYTHON = "3.12"
"""The version of Python for which archives are measured: the one that the pages print."""
_LARGEST = 6
_PARTS = ("frameworks", "templates", "examples", "docs")


def build_wheel(folder: Path) -> Path:
    """Build the wheel of the checkout into a folder and return its path."""
    from hatchling.build import build_wheel as build

    before = Path.cwd()
    os.chdir(ROOT)
    try:
        return folder / build(str(folder))
    finally:
        os.chdir(before)


def measure_libraries() -> dict[str, int]:
    """Return the bytes of each library of the lock that is installed here, without compiled files."""
    sizes: dict[str, int] = {}
    for name in {library.name for library in read_lock()}:
        try:
            files = metadata.distribution(name).files or ()
        except metadata.PackageNotFoundError:  # for another system, or an extra
            continue
        paths = [Path(str(file.locate())) for file in files if file.suffix != ".pyc"]
        sizes[name] = sum(path.stat().st_size for path in paths if path.is_file())
    return sizes


def measure_download(folder: Path) -> int:
    """Return the bytes that pip downloads for the libraries of the lock on this system, into an empty folder.

    Raises:
        subprocess.CalledProcessError: a library cannot be downloaded.
        RuntimeError: the libraries of this system are not known.
    """
    target = find_own_target()
    if target is None:
        raise RuntimeError("The libraries of this system are not in the lock.")
    locked = folder / "requirements.txt"
    packages = select_packages(read_lock(), target.describe(OWN_VERSION))
    locked.write_text(render_requirements(packages), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    choice = ["--only-binary", ":all:", "--require-hashes", "--requirement", str(locked), "--dest", str(folder)]
    subprocess.run([*command, *choice], check=True)
    return sum(file.stat().st_size for file in folder.glob("*.whl"))


def list_archive_rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Build the archive of each system into a folder, and yield its system, its size and its unpacked size in words."""
    for name, target in TARGETS.items():
        archive = build_archive(folder, target, ARCHIVE_PYTHON)
        with zipfile.ZipFile(archive) as packed:
            files = packed.infolist()
        unpacked = f"{_megabytes(sum(file.file_size for file in files))}, {len(files):,} files"
        yield PLATFORMS[name][0], _megabytes(archive.stat().st_size), unpacked
        archive.unlink()


def list_rows(wheel: Path, libraries: dict[str, int], download: int) -> Iterator[tuple[str, str]]:
    """Yield the rows of the table: what is measured, and its size in words."""
    with zipfile.ZipFile(wheel) as packed:
        files = packed.infolist()
    yield "the wheel", f"{_megabytes(wheel.stat().st_size)}, {len(files):,} files"
    for part in _PARTS:
        size = sum(file.compress_size for file in files if f"/_data/{part}/" in file.filename)
        yield f"of the wheel: `{part}/`", _megabytes(size)
    yield f"its {len(libraries)} libraries, downloaded", _megabytes(download)
    own = sum(file.file_size for file in files)
    yield "fatf-kit, installed", _megabytes(own)
    yield f"its {len(libraries)} libraries, installed", _megabytes(sum(libraries.values()))
    for name, size in sorted(libraries.items(), key=lambda library: -library[1])[:_LARGEST]:
        yield f"of these: {name}", _megabytes(size)


def render_table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return the rows as a table.

    >>> print(render_table(("part", "size"), [("the wheel", "8.0 MB")]))
    | part | size |
    | --- | --- |
    | the wheel | 8.0 MB |
    """
    return "\n".join(f"| {' | '.join(row)} |" for row in (heading, ("---",) * len(heading), *rows))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def main() -> None:
    """Measure everything and write the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel, libraries = build_wheel(folder), measure_libraries()
        (folder / "libraries").mkdir()
        parts = list(list_rows(wheel, libraries, measure_download(folder / "libraries")))
        archives = list(list_archive_rows(folder / "archives"))
    tables = (
        render_table(("part", "size"), parts),
        f"Archives for machines without internet, for Python {ARCHIVE_PYTHON} and without Python itself:",
        render_table(("system", "download", "unpacked"), archives),
    )
    text = "\n\n".join(tables)
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
