"""Write the filled workbooks of figures and cases of the made-up country's agencies from statistics.json.

Run by `make content`. The same figures give the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import write_file
from fatf_kit.core.messages import MADE_UP
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.plan import make_plan
from fatf_kit.statistics.template import WorkbookContents, render_template

HERE = Path(__file__).resolve().parent
FIGURES = HERE / "statistics.json"
FOLDER = HERE / "statistics"


def build(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Write one workbook for each agency and return their paths.

    Raises:
        FatfKitError: a figure that no workbook has a place for.
    """
    data: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return tuple(write_file(folder / f"{agency['id']}.xlsx", _workbook(agency, data)) for agency in data["agencies"])


def _workbook(agency: dict[str, Any], data: dict[str, Any]) -> bytes:
    language, years = agency["language"], data["years"]
    plan = make_plan(
        agency["roles"],
        years=years,
        language=language,
        agency=agency["name"].get(language, agency["name"]["en"]),
        year_kind=YearKind(agency["cover"]["year_kind"]),
        country=data["country"],
        notice=MADE_UP,
    )
    figures: dict[tuple[str, int], CellValue] = {
        (line, year): value
        for line, values in agency["figures"].items()
        for year, value in zip(years, values, strict=True)
        if value is not None
    }
    given = WorkbookContents(
        cover=agency["cover"],
        figures=figures,
        notes=agency.get("notes", {}),
        cases=agency["cases"],
        risks=data["risks"] if plan.asks_risks else {},
    )
    return render_template(plan, given)


def main() -> int:
    """Write the workbooks; 0 when done, 3 with one line on standard error when they cannot be written."""
    try:
        written = build()
    except (FatfKitError, OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 3
    sys.stdout.write(f"Written: {len(written)} workbooks in {FOLDER.relative_to(HERE.parents[1])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
