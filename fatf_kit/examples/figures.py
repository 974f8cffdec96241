"""Write the filled workbooks of figures and cases of the made-up country's agencies from statistics.json.

Run by `make content`. The same figures give the same bytes. Each language of texts/ gets workbooks of its own.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import write_file
from fatf_kit.core.messages import MADE_UP
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.template import WorkbookContents, make_plan, render_template
from tools.example_texts import SOURCE_LANGUAGE, read_example, text_languages

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "statistics"


def build(folder: Path = FOLDER, language: str = SOURCE_LANGUAGE) -> tuple[Path, ...]:
    """Write one workbook for each agency and return their paths; in English, two agencies answer in Arabic.

    Raises:
        FatfKitError: a figure that no workbook has a place for.
    """
    data = read_example("statistics", language)
    with (HERE / "agencies.csv").open(encoding="utf-8-sig", newline="") as lines:
        names = {row["id"]: row for row in csv.DictReader(lines)}
    if language != SOURCE_LANGUAGE:
        data["agencies"] = [{**agency, "language": language} for agency in data["agencies"]]
    return tuple(
        write_file(folder / f"{agency['id']}.xlsx", _workbook(agency, data, names[agency["id"]]))
        for agency in data["agencies"]
    )


def _workbook(agency: dict[str, Any], data: dict[str, Any], names: dict[str, str]) -> bytes:
    language, years = agency["language"], data["years"]
    plan = make_plan(
        agency["roles"],
        years=years,
        language=language,
        agency=names[f"name_{language}"],
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
        risks=data["risks"] if plan.has_risks else {},
    )
    return render_template(plan, given)


def main() -> int:
    """Write the workbooks; 0 when done, 3 with one line on standard error when they cannot be written."""
    try:
        written = build()
        for language in text_languages():
            written += build(HERE / language / "statistics", language)
    except (FatfKitError, OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 3
    sys.stdout.write(f"Written: {len(written)} workbooks of figures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
