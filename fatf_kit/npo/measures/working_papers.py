"""The working papers of the authority: the answers for R.8 prefilled, and the list of visits in the order of risk.

The list names bodies by their number, so it is never part of a published report.
"""

from __future__ import annotations

from pathlib import Path

from fatf_kit.core.files import check_target, restrict_to_owner
from fatf_kit.npo.measures.evidence import write_evidence_workbook
from fatf_kit.npo.measures.plans import load_plan_settings, plan_inspections, plan_outreach, write_inspections
from fatf_kit.npo.measures.proportionality import check_proportion
from fatf_kit.npo.measures.reader import read_measures_workbook
from fatf_kit.npo.model import SectorResult

ANSWERS_NAME = "answers-R.8.xlsx"
INSPECTIONS_NAME = "inspections.csv"


def write_working_papers(
    sector: SectorResult,
    folder: Path,
    *,
    measures: Path | None = None,
    classified: Path | None = None,
    capacity: float | None = None,
    edition: str = "fatf-2022",
    language: str = "en",
    country: str = "",
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the answers for R.8 and, from `classified` (a classified.csv), the list of visits.

    `measures` is the filled workbook of the country's measures, `capacity` days a year for visits and reviews (None:
    that of the settings shipped). Answers that are there, perhaps filled in by now, are replaced by `force` only.
    Returns what was written.

    Raises:
        UnknownIdError: no such edition or language.
        FatfKitError: the folder cannot be written to, or a file is there already.
    """
    for name in (ANSWERS_NAME, *([INSPECTIONS_NAME] if classified else [])):
        check_target(folder / name, inputs=[path for path in (measures, classified) if path], force=force)
    settings = load_plan_settings(language).with_capacity(capacity)
    national = read_measures_workbook(measures)[0] if measures is not None else None
    answers = write_evidence_workbook(
        folder / ANSWERS_NAME,
        sector,
        check_proportion(national, sector, as_of=sector.as_of),
        national,
        plan_outreach(sector, settings),
        plan_inspections(sector.classes, settings),
        edition=edition,
        language=language,
        country=country or None,
    )
    if classified is None:
        return (answers,)
    return answers, restrict_to_owner(write_inspections(classified, folder / INSPECTIONS_NAME, settings))
