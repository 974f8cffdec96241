"""Write the scored sheets of made-up Ruritania's mock visit from its scores.

Run by `make content`, after the assessment folder was written. The same scores give the same bytes.
In English one outcome is scored in Arabic; each language of texts/ gets sheets of its own.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import write_file
from fatf_kit.mock_visit.model import AgencyReport, Contradiction, MockScore
from fatf_kit.mock_visit.sheets import SheetContents, name_sheet_file, render_sheets
from fatf_kit.workflows.mock_visit import MockVisit, mock_template
from tools.example_texts import SOURCE_LANGUAGE, read_example, text_languages

HERE = Path(__file__).resolve().parent
SHEETS = HERE / "sheets"


def plan(language: str = SOURCE_LANGUAGE, source: str = SOURCE_LANGUAGE) -> MockVisit:
    """The mock visit as it was planned, with the figures that differ, from the folder of a language."""
    data = read_example("scores", source)
    contradictions = [
        Contradiction(
            core_issue=one["core_issue"],
            measure=one["measure"],
            reports=tuple(AgencyReport(agency=agency, value=value) for agency, value in one["reports"]),
        )
        for one in data["contradictions"]
    ]
    first = date.fromisoformat(data["first"])
    home = HERE.parent if source == SOURCE_LANGUAGE else HERE.parent / source
    return mock_template(home, first=first, language=language, contradictions=contradictions)


def build(folder: Path = SHEETS, source: str = SOURCE_LANGUAGE) -> tuple[Path, ...]:
    """Write the scored sheets of the folder of a language and return their paths.

    Raises:
        FatfKitError: a score for a question that is not asked.
    """
    data = read_example("scores", source)
    other = data["in_arabic"] if source == SOURCE_LANGUAGE else ()
    written: list[Path] = []
    for language in dict.fromkeys((source, "ar") if other else (source,)):
        visit = plan(language, source)
        made = render_sheets(visit.rehearsal, visit.framework, _filling(data["outcomes"]))
        wanted = {
            name_sheet_file(outcome, language)
            for outcome in data["outcomes"]
            if (outcome in other) == (language != source)
        }
        written += [write_file(folder / name, content) for name, content in made.items() if name in wanted]
    return tuple(written)


def _filling(outcomes: dict[str, Any]) -> SheetContents:
    return SheetContents(
        scores={
            (question, agency): (MockScore(score[0]), score[1] if len(score) > 1 else "")
            for one in outcomes.values()
            for agency, scores in one["scores"].items()
            for question, score in scores.items()
        },
        fields={name: {"assessors": one["assessors"], "officials": one["officials"]} for name, one in outcomes.items()},
    )


def main() -> int:
    """Write the sheets; 0 when done, 3 with one line on standard error when they cannot be written."""
    try:
        written = build()
        for language in text_languages():
            written += build(HERE.parent / language / "mock" / "sheets", language)
    except (FatfKitError, OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 3
    sys.stdout.write(f"Written: {len(written)} workbooks of the mock visit\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
