"""Write the schemas that are derived from frozen values, so that other programs can read them.

`python -m tools.derived_schemas` writes them; a test fails when one is older than its value.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import UnionType
from typing import get_args, get_type_hints

from fatf_kit.action_plan.items.payload import ItemStatusResult, MadePlanResult, ReportedPlan
from fatf_kit.action_plan.needs.payload import NeedsResult
from fatf_kit.action_plan.payload import ActionPlanDocument
from fatf_kit.action_plan.progress_payload import ProgressResult
from fatf_kit.assessed.facts import SCHEMA_FILE, FolderFacts
from fatf_kit.assessment.answers.carry_payload import CarriedAnswers
from fatf_kit.cli.doctor import DoctorResult
from fatf_kit.comparison.payload import ComparisonResult
from fatf_kit.core.json_files import derive_schema
from fatf_kit.evaluation_calendar.payload import CalendarResult
from fatf_kit.follow_up_report.payload import FollowUpReportResult
from fatf_kit.framework.payload import (
    DiffResult,
    EditionResult,
    EditionsResult,
    RequirementResult,
    TranslationsResult,
)
from fatf_kit.laws.effects_payload import BillEffectsResult, RepealResult
from fatf_kit.laws.lists_payload import ConcordanceResult, InstrumentListResult
from fatf_kit.laws.payload import ProposalsResult
from fatf_kit.mock_visit.payload import DebriefJson
from fatf_kit.npo.report.comparison import YearsResult
from fatf_kit.npo.report.payload import NpoResult
from fatf_kit.outlook.payload import OutlookResult, WhatIfResult
from fatf_kit.papers.overview_payload import OverviewResult
from fatf_kit.papers.published_payload import PublishedResult
from fatf_kit.papers.status_payload import StatusResult
from fatf_kit.peer_comparison.payload import PatternsResult, PeersResult
from fatf_kit.published.results import ImportedLists, ImportedRatings, ListedJurisdictions, NewestReports, ReportHistory
from fatf_kit.report_text.payload import LastReportResult
from fatf_kit.scoring.report.payload import ProblemsResult
from fatf_kit.statistics.report.payload import StatisticsResult
from fatf_kit.training.payload import TrainingResult
from fatf_kit.workflows.origin_payload import RebuiltResult, VerdictResult

FOLDER = Path(__file__).resolve().parents[1] / "frameworks" / "schema"
RESULTS: tuple[type[object] | UnionType, ...] = (
    ActionPlanDocument,
    BillEffectsResult,
    CalendarResult,
    CarriedAnswers,
    ComparisonResult,
    ConcordanceResult,
    DebriefJson,
    DiffResult,
    DoctorResult,
    EditionResult,
    EditionsResult,
    FollowUpReportResult,
    ImportedLists,
    ImportedRatings,
    InstrumentListResult,
    ItemStatusResult,
    LastReportResult,
    ListedJurisdictions,
    MadePlanResult,
    NeedsResult,
    NewestReports,
    NpoResult,
    OutlookResult,
    OverviewResult,
    PatternsResult,
    PeersResult,
    ProblemsResult,
    ProgressResult,
    ProposalsResult,
    PublishedResult,
    RebuiltResult,
    RepealResult,
    ReportHistory,
    ReportedPlan,
    RequirementResult,
    StatisticsResult,
    StatusResult,
    TrainingResult,
    TranslationsResult,
    VerdictResult,
    WhatIfResult,
    YearsResult,
)
"""The results that commands print with --json. The field `schema` of each has the name of its schema.

A union is a result that has one of several shapes.
"""


_READ_AGAIN = (OutlookResult, PublishedResult, WhatIfResult)
"""The results that are files in folders, or a part of them, which `verify` and `compare` read."""


def render_schemas() -> dict[str, str]:
    """Render each derived schema under the name of its file."""
    facts = derive_schema(
        (FolderFacts,),
        SCHEMA_FILE,
        "Every count, gap and date of an assessment on a day (reports/facts.json)",
        is_read_again=True,
    )
    schemas = [facts, *map(_derive_result_schema, RESULTS)]
    return {schema["$id"]: json.dumps(schema, indent=2) + "\n" for schema in schemas}


def _derive_result_schema(result: type[object] | UnionType) -> dict[str, object]:
    kinds = get_args(result) or (result,)
    (name,) = get_args(get_type_hints(kinds[0])["schema"])
    file = name.removeprefix("fatf-kit/").replace("/", "-") + ".schema.json"
    title = f"Result of --json with the schema {name}"
    return derive_schema(kinds, file, title, is_read_again=result in _READ_AGAIN)


if __name__ == "__main__":
    for name, text in render_schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
