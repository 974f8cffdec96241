"""The report on the NPO sector, and the verbs of its room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import tool_version
from fatf_kit.npo.measures_reader import read_measures_workbook
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.plans import load_plan_settings
from fatf_kit.npo.proportionality import check_proportion
from fatf_kit.npo.report import NpoInput, build_npo_report
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.run import NpoClassified, npo_check, npo_classify, npo_map, npo_suggest_mapping, npo_template
from fatf_kit.report.model import Report

__all__ = ["NpoClassified", "npo_check", "npo_classify", "npo_map", "npo_report", "npo_suggest_mapping", "npo_template"]


def npo_report(
    sector: SectorResult,
    *,
    measures: str | Path | None = None,
    capacity: float | None = None,
    country: str = "",
    generated_at: str,
    language: str = "en",
    notices: Sequence[str] = (),
    public: bool = False,
) -> tuple[Report, tuple[Problem, ...]]:
    """The report on the NPO sector, aggregates only, and the problems in the workbook of the country's measures.

    `capacity` is inspection days a year; without it the plan takes that of the settings shipped. `public` hides small
    counts and what would give them away; without it the report is internal and shows every count. A decision on the
    sector's rating in the settings goes before one in the workbook.

    Raises:
        UnknownIdError: no such language.
    """
    national, problems = read_measures_workbook(Path(measures)) if measures is not None else (None, ())
    if national is not None and national.decision is not None and sector.sector.decision is None:
        sector = replace(sector, sector=replace(sector.sector, decision=national.decision))
    judged = check_proportion(national, sector, as_of=sector.as_of)
    given = NpoInput(
        sector=sector,
        judged=judged,
        national=national,
        settings=load_plan_settings(language).with_capacity(capacity),
        country=country,
        generated_at=generated_at,
        notices=(*sector.notices, *notices),
        public=public,
    )
    made = build_npo_report(given, load_names(language), Translator(language), tool=tool_version())
    return made, (*problems, *judged.problems)
