"""Measure the size of the wheel and of everything that is installed with it, and write the table of docs/platforms.md.

    python -m tools.sizes

The wheel is built. Libraries are measured where they are installed for development, without files that Python compiles.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from tools.dependency_lock import read_lock

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "platforms.md"
BEGIN, END = "<!-- written by python -m tools.sizes -->", "<!-- end of sizes -->"
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


def list_rows(wheel: Path, libraries: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the rows of the table: what is measured, and its size in words."""
    with zipfile.ZipFile(wheel) as packed:
        files = packed.infolist()
    yield "the wheel", f"{_megabytes(wheel.stat().st_size)}, {len(files):,} files"
    for part in _PARTS:
        size = sum(file.compress_size for file in files if f"/_data/{part}/" in file.filename)
        yield f"of the wheel: `{part}/`", _megabytes(size)
    own = sum(file.file_size for file in files)
    yield "fatf-kit, installed", _megabytes(own)
    yield f"its {len(libraries)} libraries, installed", _megabytes(sum(libraries.values()))
    for name, size in sorted(libraries.items(), key=lambda library: -library[1])[:_LARGEST]:
        yield f"of these: {name}", _megabytes(size)


def render_table(rows: Iterator[tuple[str, str]]) -> str:
    """Return the rows as a table.

    >>> print(render_table(iter([("the wheel", "8.0 MB")])))
    | part | size |
    | --- | --- |
    | the wheel | 8.0 MB |
    """
    return "\n".join(["| part | size |", "| --- | --- |", *(f"| {name} | {size} |" for name, size in rows)])


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def main() -> None:
    """Measure everything and write the page."""
    with tempfile.TemporaryDirectory() as name:
        table = render_table(list_rows(build_wheel(Path(name)), measure_libraries()))
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.split(END)[1]}", encoding="utf-8", newline="\n")
    print(table)


if __name__ == "__main__":
    main()
