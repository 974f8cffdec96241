"""Every measurement with one command, beside its peers, and docs/benchmarks.md written from it.

    python -m benchmarks [--quick] [-o docs/benchmarks.md]

The full run takes about twenty minutes on two idle cores, --quick a few minutes with smaller inputs and fewer
runs.
"""

from __future__ import annotations

import argparse
import compileall
import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.command import KIT, ROOT, Command, Sample, medians, rounds, run
from benchmarks.page import Page, Row, machine, weight

PYTHON = sys.executable


def job(name: str, *given: Path | str) -> Command:
    """A peer of benchmarks/jobs.py as a command."""
    return (PYTHON, "-m", "benchmarks.jobs", name, *map(str, given))


def kit(*given: Path | str) -> Command:
    """A command of fatf-kit."""
    return (*KIT, *map(str, given))


def starting(page: Page, runs: int, cold_runs: int) -> None:
    """Commands that a person waits for, beside a bare interpreter; then as on the day of the installation."""
    found = rounds(
        {
            "python -c pass": (PYTHON, "-c", "pass"),
            "import click": (PYTHON, "-c", "import click"),
            "--help": kit("--help"),
            "frameworks list": kit("frameworks", "list"),
            "check, one workbook": kit("check", ROOT / "examples/ruritania/workbook/ruritania-2022.xlsx"),
            "check, assessment folder": kit("check", ROOT / "examples/ruritania"),
        },
        runs,
    )
    page.table("Starting", "a bare interpreter, `python -c pass`", [Row(name, took) for name, took in found.items()])
    page.target("--help within 8 times a bare interpreter", found["--help"].times, 8)
    with tempfile.TemporaryDirectory() as empty:
        commands = {"--help": kit("--help"), "demo": kit("demo", "-o", f"{empty}/demo", "--force")}
        cold = {
            name: median(run(line, PYTHONPYCACHEPREFIX=f"{empty}/{name}-{turn}").wall for turn in range(cold_runs))
            for name, line in commands.items()
        }
    page.say(
        "For the very first time, with nothing compiled yet: "
        + "; ".join(f"`{name}` {wall:.1f} s" for name, wall in cold.items())
        + "."
    )


def scoring(page: Page, folder: Path, counts: tuple[int, ...], runs: int) -> None:
    """`score` from workbooks to reports, beside the bare read of the same files and the bare drawing."""
    rows: list[Row] = []
    for count in counts:
        books = folder / f"books-{count}"
        subprocess.run(job("workbooks", books, str(count)), check=True, cwd=ROOT)
        subprocess.run(job("charts", books, folder / "charts"), check=True, cwd=ROOT)
        last = count == counts[-1]
        commands = {
            "bare read (python-calamine)": job("calamine", books),
            "bare drawing of the charts": job("draw", folder / "charts"),
            "check": kit("check", books),
            "score, html and xlsx": kit("score", books, "-o", folder / "two", "--format", "html,xlsx", "--force"),
        }
        if last:
            all_ = "html,docx,xlsx,pdf,json"
            commands["pandas with openpyxl"] = job("pandas", books)
            commands["score, json"] = kit("score", books, "-o", folder / "json", "--format", "json", "--force")
            commands["score, all five formats"] = kit("score", books, "-o", folder / "all", "--format", all_, "--force")
        found = rounds(commands, runs)
        rows += [Row(f"{name}, {count} workbooks", took) for name, took in found.items()]
    page.table("Workbooks to reports", "the bare read by python-calamine", rows)
    bare, drawn = found["bare read (python-calamine)"], found["bare drawing of the charts"]
    took = found["score, html and xlsx"]
    page.target(
        f"score of {counts[-1]} workbooks with HTML and Excel, charts left out, within 6 times the bare read (clock)",
        (took.wall - drawn.wall) / bare.wall,
        6,
    )
    page.target(f"check of {counts[-1]} full workbooks takes at most 5 s (clock)", found["check"].wall, 5)
    page.target(
        "score with JSON alone takes at most a quarter of what pandas takes to read the same files (clock)",
        found["score, json"].wall / found["pandas with openpyxl"].wall,
        1 / 4,
    )
    firsts = [next(row.sample for row in rows if row.name == f"check, {n} workbooks") for n in (counts[0], counts[-1])]
    page.target(
        f"check of {counts[-1]} workbooks takes at most {counts[-1] // counts[0]} times as long as of {counts[0]}",
        firsts[1].cpu / firsts[0].cpu,
        counts[-1] / counts[0],
    )


def reading(page: Page, folder: Path, count: int, runs: int) -> None:
    """Reading and merging alone, imports left out, beside bare readers of the same files."""
    from benchmarks import intake

    books = folder / "full"
    books.mkdir()
    intake.make_workbooks(books, count)
    taken = [{name: intake.measure(name, books, count) for name in intake.READERS} for _ in range(runs)]
    names = {
        "ours": "read, checked, merged",
        "calamine": "bare read (python-calamine)",
        "pandas": "pandas with openpyxl",
    }

    def middle(name: str, what: str, peer: str = "") -> float:
        return median(one[name][what] / (one[peer][what] if peer else 1) for one in taken)

    page.table(
        f"Reading {count} full workbooks, without start and imports", "the bare read by python-calamine",
        [Row(names[name], Sample(cpu=middle(name, "seconds"), wall=middle(name, "clock"),
                                 megabytes=middle(name, "megabytes"), times=middle(name, "seconds", "calamine")))
         for name in ("calamine", "ours", "pandas")],
    )  # fmt: skip
    page.target("reading takes at most a sixth of what pandas takes (clock)", middle("ours", "clock", "pandas"), 1 / 6)
    page.target("reading takes at most 3.5 times the bare read (clock)", middle("ours", "clock", "calamine"), 3.5)
    page.target(f"reading {count} full workbooks takes at most 120 MB", middle("ours", "megabytes"), 120)
    few = count // 4
    beside = {count: middle("ours", "megabytes") - middle("ours", "held")}
    fewer = [intake.measure("ours", books, few) for _ in range(runs)]
    beside[few] = median(one["megabytes"] - one["held"] for one in fewer)
    page.say(
        f"Memory: {median(one['megabytes'] for one in fewer):.0f} MB for {few} workbooks, "
        f"{median(one['held'] for one in fewer):.0f} MB of them what is read; {middle('ours', 'megabytes'):.0f} MB for "
        f"{count}, {middle('ours', 'held'):.0f} MB of them what is read. What is read takes more with every answer."
    )
    page.target(
        f"beside what is read, {count} workbooks take at most 1.5 times the memory of {few}",
        beside[count] / beside[few],
        1.5,
    )


def templates(page: Page, folder: Path, runs: int) -> None:
    """Workbooks for 40 agencies, compared with the same texts written plainly."""
    home, bare = folder / "home", folder / "bare"
    bare.mkdir()
    subprocess.run(job("agencies", home), check=True, cwd=ROOT)
    run(kit("template", home))
    found = rounds(
        {
            "the same texts, plain (XlsxWriter)": job("plain", home / "templates", bare),
            "template": kit("template", home, "--force"),
        },
        runs,
    )
    page.table(
        "Workbooks for 40 agencies", "XlsxWriter writing the same texts with no format, list or protection",
        [Row(name, took) for name, took in found.items()],
    )  # fmt: skip


def updating(page: Page, folder: Path, runs: int) -> None:
    """Everything that is due once all have answered, then with nothing and with one answer changed.

    Each round has a copy of the folder to itself, since a second run in the same folder has nothing to do.
    """
    filled, home = folder / "home", folder / "updated"
    subprocess.run(job("answers", filled), check=True, cwd=ROOT)

    def measure() -> dict[str, Sample]:
        took = {"pandas with openpyxl": run(job("pandas", filled / "responses"))}
        shutil.copytree(filled, home)
        update = kit("update", home, "--no-open")
        took["first update"] = run(update)
        took["update, nothing changed"] = run(update)
        took["status, nothing changed"] = run(kit("status", home, "--force"))
        subprocess.run(job("correct", home / "responses"), check=True, cwd=ROOT)
        took["update, one workbook corrected"] = run(update)
        shutil.rmtree(home)
        return took

    found = medians([measure() for _ in range(runs)])
    page.table(
        "Update of a folder with 40 agencies", "pandas with openpyxl reading the answers",
        [Row(name, took) for name, took in found.items()],
    )  # fmt: skip
    first = found["first update"]
    page.target("update with every report and paper takes at most 15 s (clock)", first.wall, 15)
    page.target("update takes at most 500 MB", first.megabytes, 500)
    for name, share in (
        ("update, nothing changed", 1 / 10),
        ("status, nothing changed", 1 / 10),
        ("update, one workbook corrected", 1 / 2),
    ):
        page.target(f"{name}: at most {share} of the first update", found[name].cpu / first.cpu, share)


def papers(page: Page, runs: int) -> None:
    """Every paper about the made-up country in every language and format, beside scoring and the paper alone."""
    report = [PYTHON, str(ROOT / "benchmarks" / "report.py"), str(runs)]
    done = subprocess.run(report, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    page.heading("Papers of the example")
    page.say(
        "Processor time of making one paper, *times* in ratio to scoring and the paper as a value (the lines `none`), "
        f"the most memory held, and the size of the file. {done.rstrip()}"
    )


def register(page: Page, folder: Path, sizes: tuple[int, ...], runs: int) -> None:
    """NPO registers of 25 columns, compared with the engine's bare load of the same file into a table."""
    from benchmarks import npo

    rows: list[Row] = []
    for size in sizes:
        path = folder / f"register-{size}.csv"
        make = f"from pathlib import Path; from benchmarks.npo import make; make(Path({str(path)!r}), {size})"
        subprocess.run([PYTHON, "-c", make], check=True, cwd=ROOT)
        commands = {
            name: (PYTHON, npo.__file__, "--job", name, "--path", str(path), "--folder", str(folder)) for name in _JOBS
        }
        found = rounds(commands, runs)
        rows += [Row(f"{_JOBS[name]}, {size:,} rows", took) for name, took in found.items()]
        path.unlink()
    page.table("Registers of non-profit organisations", "DuckDB's bare load of the same file", rows)
    mine, loads = ([row.sample for row in rows if row.name.startswith(_JOBS[name])] for name in ("kit", "load"))
    page.target(
        f"classifying and writing {sizes[-1]:,} rows takes at most 4 times the engine's bare load into a table",
        mine[-1].cpu / loads[-1].cpu,
        4,
    )
    page.target("the same by the clock", mine[-1].wall / loads[-1].wall, 4)
    page.target(
        f"{sizes[-1]:,} rows take at most {sizes[-1] // sizes[0]} times as long as {sizes[0]:,}",
        mine[-1].cpu / mine[0].cpu,
        sizes[-1] / sizes[0],
    )


_JOBS = {
    "load": "bare load into a table (DuckDB)",
    "kit": "npo classify",
}


def laws(page: Page, runs: int) -> None:
    """Citations matched with a register of laws, and the size of the page of its concordance."""
    from benchmarks.laws import measure

    taken = [measure(2_000, 20_000, 30_000) for _ in range(runs)]
    found = {name: median(one[name] for one in taken) for name in taken[0]}
    page.heading("Register of laws")
    page.say(
        "2,000 instruments, 20,000 provisions and 30,000 citations of 40 agencies, by the clock without start and "
        f"imports: citations matched {found['resolve']:.1f} s (processor {found['processor']:.1f} s), concordance "
        f"built {found['build']:.1f} s, page rendered {found['render']:.1f} s. Sure: {100 * found['sure']:.0f} %."
    )
    page.target("30,000 citations are matched in at most 5 s (clock)", found["resolve"], 5)
    page.target("the page of the concordance takes at most 3 MB", found["megabytes"], 3)


def upgrades(page: Page, runs: int) -> None:
    """The smallest sets of upgrades for every jurisdiction."""
    command = [PYTHON, "-m", "benchmarks.what_if", "--json"]
    outputs = [subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout for _ in range(runs)]
    taken = [json.loads(output) for output in outputs]
    page.heading("What-if for all jurisdictions, both targets")
    for number, first in enumerate(taken[0]):
        ours = sorted(run_[number]["total"] for run_ in taken)[runs // 2]
        ratio = sorted(run_[number]["total"] / run_[number]["yardstick"] for run_ in taken)[runs // 2]
        given = first["given"]
        page.say(
            f"{given[0].upper()}{given[1:]}: {first['reports']} jurisdictions in {ours:.2f} s, {ratio:.1f} times "
            f"reading the table of published ratings; the slowest {first['slowest'] * 1000:.0f} ms ({first['name']})."
        )


def largest(page: Page) -> None:
    """The largest inputs that a country could bring, once each."""
    from benchmarks.largest import measure_largest

    page.heading("The largest inputs")
    page.say("One run each.")
    for name, took in measure_largest(quick=page.quick).items():
        page.say(f"- {name}: {took.wall:.0f} s by the clock, {took.cpu:.0f} s of CPU, {took.megabytes:.0f} MB.")


def hostile(page: Page) -> None:
    """Hostile files: the worst of all, beside the limits."""
    done = subprocess.run(
        [PYTHON, "-m", "benchmarks.hostile"], check=False, capture_output=True, text=True, cwd=ROOT
    ).stdout.splitlines()
    page.heading("Hostile and broken files")
    page.say(f"{len(done) - 1} files, each in a process of its own; {done[-1]}.")


def main() -> None:
    """Measure, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller inputs and fewer runs")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    for folder in (Path(sysconfig.get_paths()["purelib"]), ROOT / "fatf_kit"):
        compileall.compile_dir(folder, quiet=2)  # as pip leaves an installation
    page = Page(quick=given.quick)
    runs = 3 if given.quick else 5
    with tempfile.TemporaryDirectory(prefix="fatf-kit-bench-") as name:
        folder = Path(name)
        starting(page, runs if given.quick else 9, runs)
        scoring(page, folder, (5, 10) if given.quick else (10, 40), runs)
        reading(page, folder, 10 if given.quick else 40, runs)
        templates(page, folder, runs)
        updating(page, folder, runs)
        papers(page, runs)
        register(page, folder, (30_000, 300_000) if given.quick else (30_000, 300_000, 3_000_000), runs)
    laws(page, runs)
    upgrades(page, runs)
    largest(page)
    hostile(page)
    text = page.text(f"{machine()} {weight()}")
    if given.output:
        given.output.write_text(text, encoding="utf-8")
    print(text)
    sys.exit(page.missed)


if __name__ == "__main__":
    main()
