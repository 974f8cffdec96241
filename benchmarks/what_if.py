"""How long the smallest sets of upgrades take for every jurisdiction and both targets.

Run as `python benchmarks/what_if.py`. Seconds depend on the machine, so the total is also a ratio to a yardstick on the
same machine: reading the table of published ratings (707 rows) once from disk.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter
from typing import Any

from fatf_kit.core.resources import data_folder
from fatf_kit.framework.page_rules import OUTCOMES
from fatf_kit.outlook import Target, find_smallest_sets, load_rules
from fatf_kit.published import find_report, load_published, read_published


def measure() -> list[dict[str, Any]]:
    """For the ratings as published, and with every outcome at SE: seconds in all, the slowest, and the yardstick."""
    path = data_folder("frameworks") / "published" / "ratings.csv"
    start = perf_counter()
    read_published(path)
    yardstick = perf_counter() - start

    reports = [find_report(place) for place in dict.fromkeys(r.place for r in load_published())]
    for edition in ("fatf-2013", "fatf-2022"):
        load_rules(edition)
    found = []
    for given in ("as published", "with every outcome at SE, so that none is held by outcomes"):
        runs: list[tuple[float, str]] = []
        for report in reports:
            ratings = dict(report.ratings)
            if given != "as published":
                ratings.update(dict.fromkeys(OUTCOMES, type(ratings["IO.1"])("SE")))
            for target in Target:
                start = perf_counter()
                find_smallest_sets(load_rules(report.edition), ratings, target)
                runs.append((perf_counter() - start, f"{report.jurisdiction}, {target}"))
        slowest, name = max(runs)
        total = sum(seconds for seconds, _ in runs)
        found.append({"given": given, "reports": len(reports), "total": total, "yardstick": yardstick,
                      "slowest": slowest, "name": name})  # fmt: skip
    return found


def main() -> None:
    """Measure and print; one JSON document with --json."""
    found = measure()
    if sys.argv[1:] == ["--json"]:
        print(json.dumps(found))
        return
    for run in found:
        print(f"{run['reports']} jurisdictions, both targets, {run['given']}:")
        ratio = run["total"] / run["yardstick"]
        print(f"  {run['total']:.2f} s in all, {ratio:.1f} times reading the table ({run['yardstick']:.3f} s)")
        print(f"  slowest: {run['name']}, {run['slowest'] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
