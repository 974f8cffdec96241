"""Seconds and megabytes that each hostile file takes until its message is there, in a process of its own.

    python -m benchmarks.hostile

The aim is two seconds and 300 MB. The seconds are the processor's, those of the clock stand in brackets. Starting
Python and importing count for the memory, not for the seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.memory import peak_megabytes

MOST_SECONDS, MOST_MEGABYTES = 2, 300


def measure_here(path: Path) -> dict[str, object]:
    """Read one file in this very process."""
    import time

    from fatf_kit.assessment.answers.intake import read_responses

    read_responses([Path("no-such-file.xlsx")])  # the framework is loaded once in any case
    began, worked = time.perf_counter(), time.process_time()
    _, responses, problems = read_responses([path])
    return {
        "seconds": time.perf_counter() - began,
        "worked": time.process_time() - worked,
        "megabytes": peak_megabytes(),
        "said": [problem.message for problem in problems] or [f"read, {len(responses.answers)} answers"],
    }


def main() -> None:
    """Make the files, measure each, say which are beyond the aim."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure_here(Path(sys.argv[2]))))
        return
    from fatf_kit.assessment.workbook.layout import build_layout
    from fatf_kit.assessment.workbook.template import render_template
    from fatf_kit.framework import load_framework
    from tests.hostile import build_corpus

    beyond = 0
    with tempfile.TemporaryDirectory() as name:
        good = render_template(build_layout(load_framework("fatf-2022")))
        for file in build_corpus(good, Path(name), size=5):
            command = [sys.executable, "-m", "benchmarks.hostile", "--measure", str(Path(name) / file)]
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            found = json.loads(done.stdout) if done.returncode == 0 else None
            if found is None:
                print(f"{file:28} ended with {done.returncode}: {done.stderr[-200:]}")
                beyond += 1
                continue
            fine = found["worked"] < MOST_SECONDS and found["megabytes"] < MOST_MEGABYTES and len(found["said"]) == 1
            beyond += not fine
            mark = " " if fine else "!"
            took = f"{found['worked']:5.2f} s ({found['seconds']:.2f}) {found['megabytes']:5.0f} MB"
            print(f"{mark} {file:28} {took}  {found['said'][0][:110]}")
    print(f"{beyond} beyond {MOST_SECONDS} s, {MOST_MEGABYTES} MB and one message")
    sys.exit(bool(beyond))


if __name__ == "__main__":
    main()
