"""The scored sheets of Ruritania's mock visit, from its scores.

The same scores give the same bytes. In English one outcome is scored in Arabic.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.core.store import write_file
from fatf_kit.examples.texts import SOURCE_LANGUAGE, read_example
from fatf_kit.mock_visit.model import AgencyReport, Contradiction, MockScore
from fatf_kit.mock_visit.sheets import SheetContents, name_sheet_file, render_sheets
from fatf_kit.workflows.mock_visit import MockVisit, mock_template


def plan_visit(home: Path, language: str = SOURCE_LANGUAGE, source: str = SOURCE_LANGUAGE) -> MockVisit:
    """Return the mock visit as it was planned, with the figures that differ, from the folder of the language `source`.

    Texts of the visit are in `language`.
    """
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
    return mock_template(home, first=first, language=language, contradictions=contradictions)


def write_sheets(folder: Path, home: Path, source: str = SOURCE_LANGUAGE) -> tuple[Path, ...]:
    """Write the scored sheets of an assessment folder, which is in the language `source`, and return their paths.

    Raises:
        FatfKitError: a score belongs to a question that is not asked.
    """
    data = read_example("scores", source)
    other = data["in_arabic"] if source == SOURCE_LANGUAGE else ()
    written: list[Path] = []
    for language in dict.fromkeys((source, "ar") if other else (source,)):
        visit = plan_visit(home, language, source)
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
