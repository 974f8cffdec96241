"""The work after Ruritania's first assessment: its plan, the entries of six months, the second assessment, a follow-up.

Everything is made up. The entries of the owners are in six-months.json; the same texts give the same bytes. The last
paper follows a report that does not exist: the ratings of the second assessment replace those of evaluators.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.action_plan.book import render_plan
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import MADE_UP, Translator
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating, FindingKind
from fatf_kit.core.store import write_file
from fatf_kit.examples.rows import make_cells
from fatf_kit.examples.texts import SOURCE_LANGUAGE, read_example
from fatf_kit.follow_up_report.re_ratings import (
    AddressedState,
    CriterionAnswer,
    FollowUpAnswers,
    Shortcoming,
    build_follow_up_case,
)
from fatf_kit.follow_up_report.report import build_follow_up
from fatf_kit.framework import load_framework
from fatf_kit.outlook import load_rules
from fatf_kit.published.model import PublishedReport, ReportType
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.workflows.plan import PlanResult, plan_of
from fatf_kit.workflows.scoring import score

EDITION, START, TARGET = "fatf-2022", "2026-01-04", "leave-icrg"


def write_later_work(home: Path, answers: Path, language: str = SOURCE_LANGUAGE) -> list[Path]:
    """Write the plan of the country's workbook of answers and all that follows, and return the paths.

    Raises:
        FatfKitError: an entry of six-months.json has no place in the plan or the workbook.
    """
    texts = read_example("six-months", language)
    planned = plan_of(answers, start=START, target=TARGET)
    written = [write_file(home / "plan.xlsx", planned.workbook(language))]
    later = write_file(home / "plan-after-six-months.xlsx", _filled(planned, texts, language))
    second = _second(home / "second" / "ruritania-2022.xlsx", planned, texts, language)
    return [*written, later, second, write_file(home / "follow-up.docx", _follow_up(second, texts, language))]


def _filled(planned: PlanResult, texts: Mapping[str, Any], language: str) -> bytes:
    """Return the plan with the entries of its owners."""
    t, stages = Translator(language), load_efforts().stages
    cells: dict[str, dict[str, CellValue]] = {}
    for entry in texts["actions"]:
        action = _find(planned, entry["kind"], entry["place"])
        row: dict[str, CellValue] = {"status": t(entry["status"])}
        if "stage" in entry:
            row["stage"] = t(stages[entry["stage"]])
        if "done_on" in entry:
            row["done_on"] = date.fromisoformat(entry["done_on"])
        if "evidence" in entry:
            row["evidence"] = entry["evidence"]
        cells[action.id] = row
    dates = planned.schedule.events if planned.schedule else ()
    return render_plan(planned.plan, load_framework(EDITION, language), t, dates=dates, filled=cells)


def _find(planned: PlanResult, kind: str, place: str) -> Action:
    """Return the action of a kind that removes a root cause, or serves one unit alone."""
    for action in planned.plan.actions:
        if action.kind == kind and (action.cause == place or (not action.cause and action.units == (place,))):
            return action
    raise FatfKitError(f"The plan has no action of kind {kind!r} for {place!r}.")


def _second(target: Path, planned: PlanResult, texts: Mapping[str, Any], language: str) -> Path:
    """Write the answers again, with the evidence that was entered since."""
    data = read_example("answers", language)
    answers: dict[str, dict[str, str]] = data["answers"]
    for entry in texts["actions"]:
        if "shown_by" not in entry:
            continue
        for requirement, gap in _find(planned, entry["kind"], entry["place"]).closes:
            row = answers.get(requirement)
            if row is None or gap is not FindingKind.UNDEMONSTRATED:
                raise FatfKitError(f"{requirement} is not answered in a row of its own.")
            row["evidence"] = ", ".join(filter(None, (row.get("evidence"), entry["shown_by"])))
    cut_off = date.fromisoformat(data["cut_off"])
    framework, country = load_framework(EDITION, language), data["country"]
    layout = build_layout(framework, language=language, country=country, cut_off=cut_off, notice=MADE_UP)
    write_template(
        layout,
        target,
        prefill={name: make_cells(row, REQUIREMENTS.columns) for name, row in answers.items()},
        evidence=[make_cells(item, REGISTER.columns) for item in (*data["evidence"], *texts["evidence"])],
        cover={"country": country, "cut_off": cut_off},
    )
    return target


def _follow_up(second: Path, texts: Mapping[str, Any], language: str) -> bytes:
    """Return a follow-up report to a report that does not exist."""
    assessment = score(second).assessment
    ratings: dict[str, ComplianceRating | EffectivenessRating] = {}
    ratings |= {unit.id: unit.counted.worst for unit in assessment.recommendations}
    ratings |= {unit.id: unit.counted.worst for unit in assessment.outcomes}
    report = PublishedReport(
        jurisdiction=read_example("answers", language)["country"],
        iso3="",
        bodies=(),
        report_type=ReportType.MER,
        date="2027-11",
        edition=EDITION,
        ratings=ratings,
        is_current=True,
    )
    said = FollowUpAnswers(
        shortcomings=tuple(Shortcoming(**one) for one in texts["report"]["shortcomings"]),
        answers={
            one["requirement"]: CriterionAnswer(
                **{**one, "since": date.fromisoformat(one["since"]), "addressed": AddressedState(one["addressed"])}
            )
            for one in texts["report"]["answers"]
        },
        requests={unit: ComplianceRating(rating) for unit, rating in texts["report"]["requests"].items()},
    )
    case = build_follow_up_case(report, (report,), load_rules(EDITION), said)
    t = Translator(language)
    day = date.fromisoformat(texts["report"]["day"])
    return render_docx(build_follow_up(case, load_framework(EDITION, language), t, today=day, notices=(t(MADE_UP),)))
