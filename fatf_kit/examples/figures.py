"""The filled workbooks of figures and cases of Ruritania's agencies, from statistics.json.

The same figures give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fatf_kit.core.messages import MADE_UP
from fatf_kit.core.store import write_file
from fatf_kit.examples.rows import read_rows
from fatf_kit.examples.texts import SOURCE_LANGUAGE, read_example
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.template import WorkbookContents, make_plan, render_template


def write_figures(folder: Path, language: str = SOURCE_LANGUAGE) -> tuple[Path, ...]:
    """Write one workbook for each agency and return their paths; in English, two agencies answer in Arabic.

    Raises:
        FatfKitError: a figure has no place in its workbook.
    """
    data = read_example("statistics", language)
    names = {row["id"]: row for row in read_rows("ruritania/agencies.csv")}
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
