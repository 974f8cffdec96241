"""How long it takes to read and merge 40 filled workbooks of the whole edition, against bare readers of the same files.

    python -m benchmarks.intake [--files 40] [--runs 5]

Prints medians for each reader: the seconds of the clock, those of all processors, and the memory at its peak, that of
the largest worker in brackets; and of ours, for 10 files and for all, how much of it is what the answers say. Every
measurement runs in a process of its own, in turn, so that a busy machine disturbs all readers alike. Imports do not
count, the start of the workers does. How busy the machine is stands at the end: figures of a busy one say little.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.memory import held_megabytes, peak_megabytes, worker_megabytes
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import Layout
from fatf_kit.assessment.workbook.question_sheets import table_of
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.sheet import CellValue

TEXT = "The supervisor inspects every institution on a cycle that follows its risk. " * 4


def make_workbooks(folder: Path, count: int) -> list[Path]:
    """Workbooks of the whole edition, each of another agency, with every row answered and 60 items of evidence."""
    framework = load_framework("fatf-2022")
    paths = []
    for number in range(count):
        agency = f"agency-{number:02}"
        path = folder / f"{agency}.xlsx"
        fill_layout(build_layout(framework, agency=agency, country="Ruritania"), agency, path)
        paths.append(path)
    return paths


def fill_layout(layout: Layout, agency: str, path: Path) -> None:
    """Write the workbook of an agency with every row answered and 60 items of evidence."""
    prefill: dict[str, dict[str, CellValue]] = {}
    for sheet in layout.sheets:
        columns = set(table_of(sheet).value_keys)
        for line, row in enumerate(sheet.rows):
            values: dict[str, CellValue] = {
                "explanation": f"{agency} on {row.requirement}: {TEXT}",
                "citation": f"AML/CFT Act 2019, s. {line + 1}",
                "in_force_from": "2019-06-01",
                "evidence": f"E-{line % 60:03}, E-{(line + 7) % 60:03}",
                "missing": "Nothing known.",
                "confidentiality": "government",
            }
            if row.scale:
                values["rating"] = "mostly met" if row.scale == "criterion" else "large"
            prefill[row.requirement] = {key: value for key, value in values.items() if key in columns}
    evidence: list[dict[str, CellValue]] = [
        {"id": f"E-{n:03}", "kind": "law", "title": f"Act {n} of {agency}", "article": f"art. {n}"} for n in range(60)
    ]
    write_template(layout, path, prefill=prefill, evidence=evidence, cover={"cut_off": "2027-03-19"})


def read_ours(paths: list[Path]) -> tuple[int, object]:
    """Checked, read, parsed and merged; the number of answers read, and all that was read."""
    from fatf_kit.assessment.answers.intake import read_responses

    read = read_responses(paths)
    return sum(given.answers for given in read[1].inputs), read[1:]


def read_calamine(paths: list[Path]) -> tuple[int, object]:
    """Every sheet of every file as rows, and nothing done with them nor kept; the number of rows."""
    from python_calamine import CalamineWorkbook

    rows = 0
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        rows += sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return rows, None


def read_pandas(paths: list[Path]) -> tuple[int, object]:
    """Every sheet of every file as a frame, as an analyst would, and nothing kept; the number of rows."""
    import pandas as pd

    frames = (pd.read_excel(path, engine="openpyxl", sheet_name=None) for path in paths)
    return sum(len(frame) for sheets in frames for frame in sheets.values()), None


READERS: dict[str, Callable[[list[Path]], tuple[int, object]]] = {
    "ours": read_ours,
    "calamine": read_calamine,
    "pandas": read_pandas,
}


def measure_here(reader: str, folder: Path, count: int) -> dict[str, float]:
    """Seconds, megabytes at the peak, those of what was read, and the number of what came out, in this very process."""
    paths = sorted(folder.glob("*.xlsx"))[:count]
    READERS[reader](paths[:1])  # imports, catalogues and the framework are loaded once in any case
    clock, processors = time.perf_counter(), _processors()
    found, read = READERS[reader](paths)
    return {
        "clock": time.perf_counter() - clock,
        "seconds": _processors() - processors,
        "megabytes": peak_megabytes(),
        "worker": worker_megabytes(),
        "held": held_megabytes(read),
        "found": found,
    }


def _processors() -> float:
    """Seconds of all processors so far, with those of processes that were started and have ended."""
    return sum(os.times()[:4])


def measure(reader: str, folder: Path, count: int) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.intake", "--measure", reader, str(folder), str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def _ratio(runs: list[dict[str, dict[str, float]]], one: str, other: str, what: str) -> float:
    return statistics.median(run[one][what] / run[other][what] for run in runs)


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--without-pandas", action="store_true", help="it takes most of the time")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        reader, folder, count = given.measure
        print(json.dumps(measure_here(reader, Path(folder), int(count))))
        return
    readers = [name for name in READERS if name != "pandas" or not given.without_pandas]
    with tempfile.TemporaryDirectory() as name:
        paths = make_workbooks(Path(name), given.files)
        size = sum(path.stat().st_size for path in paths) / 1e6
        print(f"{given.files} workbooks, {size:.1f} MB; medians of {given.runs} runs")
        runs = [{reader: measure(reader, Path(name), given.files) for reader in readers} for _ in range(given.runs)]
        few = measure("ours", Path(name), 10)
    print("reader      clock       CPU   memory (worker)  found")
    for reader in readers:
        clock, seconds, memory, worker = (
            statistics.median(run[reader][what] for run in runs) for what in ("clock", "seconds", "megabytes", "worker")
        )
        found = runs[0][reader]["found"]
        print(f"{reader:9} {clock:6.2f} s  {seconds:6.2f} s  {memory:4.0f} MB ({worker:3.0f} MB)  {found:.0f}")
    for what, name in (("clock", "clock"), ("seconds", "CPU")):
        print(f"{name}: ours / calamine {_ratio(runs, 'ours', 'calamine', what):.2f}", end="")
        print(f", pandas / ours {_ratio(runs, 'pandas', 'ours', what):.1f}" if "pandas" in readers else "")
    for count, one in ((10, few), (given.files, runs[0]["ours"])):
        print(f"memory of ours, {count} files: {one['megabytes']:.0f} MB, {one['held']:.0f} MB of them what was read")
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
