"""The whole set of papers about the made-up country, in three languages and four formats: time, memory and size.

    python benchmarks/report.py [RUNS]

The eight agencies' answers are scored once, in a process that draws and renders nothing. Each run is a child of it with
caches of its own, which builds one paper as a value and renders it in one format; runs of a paper take turns. Figures
are medians of five runs: processor seconds for building and rendering, how often that of the bare peer (scoring and the
paper as a value, nothing rendered), the most memory that the process held, and the size of the file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.memory import peak_megabytes  # noqa: E402 - found only now

if TYPE_CHECKING:
    from fatf_kit import ScoringResult

RUNS = 5
LANGUAGES = ("en", "ar", "fr")
PAPERS = ("gap", "brief", "roadmap", "compliance", "effectiveness", "agency")
FORMATS = ("none", ".html", ".docx", ".pdf", ".xlsx")
ONE_AGENCY = "fiu"
NOW = "2026-11-24"


def one(paper: str, ending: str, language: str, scored: ScoringResult) -> dict[str, float]:
    """Make one paper in this process and say what it took."""
    import fatf_kit

    began = time.process_time()
    if ending == ".xlsx":
        from fatf_kit.report.formats.xlsx import render_xlsx

        data = render_xlsx(scored.report(generated_at=NOW, language=language))
    else:
        agency = ONE_AGENCY if paper == "agency" else ""
        document = fatf_kit.paper(scored, paper, generated_at=NOW, language=language, agency=agency)
        data = b""
        if ending != "none":
            from fatf_kit.report.write import DOCUMENT_FORMATS

            data = DOCUMENT_FORMATS[ending](document)
    return {"seconds": time.process_time() - began, "megabytes": peak_megabytes(), "size": len(data)}


def in_a_child(paper: str, ending: str, language: str, scored: ScoringResult) -> dict[str, float]:
    """The same in a child, which inherits the scored answers and nothing that was rendered."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.write(writing, json.dumps(one(paper, ending, language, scored)).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if status or not said:
        raise RuntimeError(f"{paper} {ending} {language} could not be made.")
    told: dict[str, float] = json.loads(said)
    return told


def formats_of(paper: str) -> tuple[str, ...]:
    """The gap report is a workbook as well; the other papers are not."""
    return FORMATS if paper == "gap" else FORMATS[:-1]


def main(runs: int = RUNS) -> None:
    """Print the table."""
    import fatf_kit

    began = time.process_time()
    scored = fatf_kit.score([ROOT / "examples" / "ruritania"])
    scoring = time.process_time() - began
    print(f"Scoring the eight agencies' workbooks once: {scoring:.2f} s of the processor.\n")
    print("| paper | language | format | CPU s | times | MB | kB |")
    print("| --- | --- | --- | ---: | ---: | ---: | ---: |")
    for paper in PAPERS:
        for language in LANGUAGES:
            rounds = [
                {ending: in_a_child(paper, ending, language, scored) for ending in formats_of(paper)}
                for _ in range(runs)
            ]
            for ending in formats_of(paper):
                took = {key: median(run[ending][key] for run in rounds) for key in rounds[0][ending]}
                times = median(
                    (scoring + run[ending]["seconds"]) / (scoring + run["none"]["seconds"]) for run in rounds
                )
                print(
                    f"| {paper} | {language} | {ending.lstrip('.')} | {took['seconds']:.2f} | {times:.2f} "
                    f"| {took['megabytes']:.0f} | {took['size'] / 1000:.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
