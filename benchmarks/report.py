"""The whole set of papers about the made-up country: time, memory and size, by format and language.

    python benchmarks/report.py

Each figure is the median of five runs, every run in a process of its own, and stands as a ratio to a bare peer in the
same run: the same process up to the point where the paper is a value, with nothing rendered. Memory is the highest a
process held.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
LANGUAGES = ("en", "ar", "fr")
PAPERS = ("gap", "brief", "roadmap", "compliance", "effectiveness")
FORMATS = ("none", ".html", ".docx", ".pdf")


def one(paper: str, ending: str, language: str) -> None:
    """Make one paper in this process and say what it took."""
    from fatf_kit import api
    from fatf_kit.report.write import DOCUMENT_FORMATS

    scored = api.score([ROOT / "examples" / "ruritania"])
    document = api.paper(scored, paper, generated_at="2026-11-24", language=language)
    began = time.perf_counter()
    data = b"" if ending == "none" else DOCUMENT_FORMATS[ending](document)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "whole": time.process_time(), "peak": peak, "size": len(data)}))


def measured(paper: str, ending: str, language: str) -> dict[str, float]:
    """The medians of five processes."""
    command = [sys.executable, __file__, paper, ending, language]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(RUNS)]
    return {key: median(run[key] for run in runs) for key in runs[0]}


def main() -> None:
    """Print the table."""
    print("paper          lang  format  render s  whole/bare  peak MB  peak/bare  size kB")
    for paper in PAPERS:
        for language in LANGUAGES:
            bare: dict[str, float] = {}
            for ending in FORMATS:
                found = measured(paper, ending, language)
                bare = bare or found
                print(
                    f"{paper:14} {language:4}  {ending:6}  {found['seconds']:8.2f}"
                    f"  {found['whole'] / bare['whole']:10.2f}"
                    f"  {found['peak']:7.0f}  {found['peak'] / bare['peak']:9.2f}  {found['size'] / 1000:7.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    if len(sys.argv) == 4:
        one(*sys.argv[1:])
    else:
        main()
