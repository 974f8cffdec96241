"""How long the smallest sets of upgrades take for every jurisdiction and both targets.

Run as `python benchmarks/what_if.py`. Seconds depend on the machine, so the total is also a ratio to a yardstick on the
same machine: reading the table of published ratings (707 rows) once from disk.
"""

from __future__ import annotations

from time import perf_counter

from fatf_kit.framework.rules import OUTCOMES
from fatf_kit.outlook import Target, find_smallest_sets, load_rules
from fatf_kit.published import find_report, load_published, read_published
from fatf_kit.resources import data_folder


def main() -> None:
    """Measure and print."""
    path = data_folder("frameworks") / "published" / "ratings.csv"
    start = perf_counter()
    read_published(path)
    yardstick = perf_counter() - start

    reports = [find_report(place) for place in dict.fromkeys(r.place for r in load_published())]
    for edition in ("fatf-2013", "fatf-2022"):
        load_rules(edition)
    runs: list[tuple[float, str]] = []
    for given in ("as published", "with every outcome at SE, so that none is held by outcomes"):
        for report in reports:
            ratings = dict(report.ratings)
            if given != "as published":
                ratings.update(dict.fromkeys(OUTCOMES, type(ratings["IO.1"])("SE")))
            for target in Target:
                start = perf_counter()
                find_smallest_sets(load_rules(report.edition), ratings, target)
                runs.append((perf_counter() - start, f"{report.jurisdiction}, {target}"))
        total = sum(seconds for seconds, _ in runs)
        slowest, name = max(runs)
        print(f"{len(reports)} jurisdictions, both targets, {given}:")
        print(f"  {total:.2f} s in all, {total / yardstick:.1f} times reading the table ({yardstick:.3f} s)")
        print(f"  slowest: {name}, {slowest * 1000:.0f} ms")
        runs.clear()


if __name__ == "__main__":
    main()
