"""The largest inputs that a country could bring: 200 agencies, 5,000,000 organisations, a folder of 3,000 files.

    python -m benchmarks.largest [--quick]

Each is measured once, because it takes minutes; the page of `make bench` has the same figures.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.command import KIT, ROOT, Command, Sample, run

_OTHERS = ("minutes.txt", "law.docx", "letter.pdf", "figures.csv", "photo.jpg")
"""Names of files that a ministry keeps next to the answers, and that are none."""


def measure_largest(*, quick: bool = False) -> dict[str, Sample]:
    """Return what each command took, by its name; `quick` takes a tenth of every size."""
    part = 10 if quick else 1
    with tempfile.TemporaryDirectory(prefix="fatf-kit-largest-") as name:
        folder = Path(name)
        return {**_workbooks(folder, 200 // part), **_files(folder, 3_000 // part), **_rows(folder, 5_000_000 // part)}


def _kit(*given: str | Path) -> Command:
    return (*KIT, *map(str, given))


def _workbooks(folder: Path, count: int) -> dict[str, Sample]:
    """Workbooks of the whole edition with every row answered, each of another agency."""
    from benchmarks.intake import make_workbooks

    books = folder / "books"
    books.mkdir()
    make_workbooks(books, count)
    wanted = ("--format", "html,xlsx,docx,pdf,json", "--force")
    return {
        f"check, {count} full workbooks": run(_kit("check", books)),
        f"score, all five formats, {count} full workbooks": run(_kit("score", books, "-o", folder / "out", *wanted)),
    }


def _files(folder: Path, count: int) -> dict[str, Sample]:
    """The folder of the made-up country, with all kinds of other files among the answers."""
    home = folder / "home"
    shutil.copytree(ROOT / "examples" / "ruritania", home)
    responses = home / "responses"
    for number in range(count - len([*responses.iterdir()])):
        (responses / f"{number:04} {_OTHERS[number % len(_OTHERS)]}").write_bytes(b"Not an answer.\n" * 100)
    return {
        f"check, {count:,} files in the folder": run(_kit("check", home)),
        f"status, {count:,} files in the folder": run(_kit("status", home)),
    }


def _rows(folder: Path, count: int) -> dict[str, Sample]:
    """A register of 25 columns, beside the bare load of the same file."""
    from benchmarks import npo

    path = folder / "register.csv"
    make = f"from pathlib import Path; from benchmarks.npo import make; make(Path({str(path)!r}), {count})"
    subprocess.run([sys.executable, "-c", make], check=True, cwd=ROOT)
    names = {"load": "bare load into a table (DuckDB)", "kit": "npo classify"}
    job = (sys.executable, npo.__file__, "--path", str(path), "--folder", str(folder), "--job")
    return {f"{title}, {count:,} rows": run((*job, name)) for name, title in names.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of every size")
    for name, took in measure_largest(quick=parser.parse_args().quick).items():
        print(f"{name}: {took.wall:.1f} s by the clock, {took.cpu:.1f} s of the processor, {took.megabytes:.0f} MB")


if __name__ == "__main__":
    main()
