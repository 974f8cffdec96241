"""Everything that is written about a sector: the report, the working list of visits, and the answers it prefills."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.files import write_file
from fatf_kit.messages import Words
from fatf_kit.npo.evidence import write_evidence_workbook
from fatf_kit.npo.measures import NationalMeasures
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.plans import (
    INSPECTION_LIST,
    PlanSettings,
    list_inspections,
    load_plan_settings,
    plan_inspections,
    plan_outreach,
)
from fatf_kit.npo.proportionality import OverRegulation, check_proportion
from fatf_kit.npo.saved import SAVED_AS
from fatf_kit.report.build.npo import NpoInput, build_npo_report
from fatf_kit.report.build.npo.names import load_names
from fatf_kit.report.model import Report
from fatf_kit.report.write import write_report
from fatf_kit.resources import tool_version

EVIDENCE_NAME = "answers-R.8.xlsx"
INSPECTIONS_NAME = "inspections.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorFiles:
    """What was made of one classified register. `inspections.csv` among the files names bodies: a working paper."""

    report: Report
    judged: OverRegulation
    written: tuple[Path, ...]


def write_sector_files(
    sector: SectorResult,
    folder: Path,
    *,
    generated_at: str,
    national: NationalMeasures | None = None,
    classified: Path | None = None,
    days_a_year: float | None = None,
    formats: Iterable[str] = ("html", "docx", "xlsx", "json"),
    language: str = "en",
    country: str = "",
    edition: str = "fatf-2022",
) -> SectorFiles:
    """Write the report in the formats wanted, the answers for R.8, and from `classified` the list of visits.

    `national` are the country's measures, None where nobody listed them; `days_a_year` is the capacity for visits and
    reviews, None for the one in the settings that are shipped.

    Raises:
        UnknownIdError: no such edition or language.
        FatfKitError: a format is unknown, or the folder cannot be written to.
    """
    t, settings = Words(language), load_plan_settings(language).with_capacity(days_a_year)
    judged = check_proportion(national, sector, as_of=sector.as_of)
    given = NpoInput(
        sector=sector,
        judged=judged,
        national=national,
        settings=settings,
        country=country,
        generated_at=generated_at,
        notices=tuple(map(t, sector.notices)),
    )
    report = build_npo_report(given, load_names(language), t, tool=tool_version())
    written = [*write_report(report, folder, formats, json_name=SAVED_AS.name)]
    written.append(
        write_evidence_workbook(
            folder / EVIDENCE_NAME,
            sector,
            judged,
            national,
            plan_outreach(sector, settings),
            plan_inspections(sector.classes, settings),
            edition=edition,
            language=language,
            country=country or None,
        )
    )
    if classified is not None:
        written.append(_write_inspections(classified, folder / INSPECTIONS_NAME, settings))
    return SectorFiles(report=report, judged=judged, written=tuple(written))


def _write_inspections(classified: Path, path: Path, settings: PlanSettings) -> Path:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(INSPECTION_LIST)
    writer.writerows(list_inspections(classified, settings))
    return write_file(path, lines.getvalue().encode())
