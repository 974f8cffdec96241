"""Workbooks of each kind as the present code writes them, with made-up contents of the examples, in a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit import convert_folder, plan_of, report_in
from fatf_kit.action_plan.items.book import read_items, render_items
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.json_files import convert_value
from fatf_kit.core.messages import MADE_UP, Translator
from fatf_kit.core.ratings import COMPLIANCE_SCALE
from fatf_kit.examples.texts import SOURCE_LANGUAGE, find_source, read_example
from fatf_kit.follow_up_report.re_ratings import build_follow_up_case
from fatf_kit.follow_up_report.workbook import render_follow_up_book
from fatf_kit.framework import load_framework
from fatf_kit.laws.book import render_register
from fatf_kit.laws.model import LawRegister
from fatf_kit.outlook import load_rules
from fatf_kit.published.model import PublishedReport, ReportType
from fatf_kit.spreadsheets.schema import CellKind, SheetColumn
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.template import WorkbookContents, make_plan
from fatf_kit.statistics.template import render_template as render_figures
from tools.written_inputs import npo_seeds

EDITION, EARLIER_EDITION = "fatf-2022", "fatf-2013"
START = "2026-12-01"
_ASKED = {EDITION: ("R.8", "IO.10"), EARLIER_EDITION: ("R.2", "IO.6")}
_SUPPORTED = {EDITION: ("R.8/8.2", "R.8/8.3", "IO.10/10.2"), EARLIER_EDITION: ("R.2/2.3",)}
_PLANNED = frozenset({"R.1", "R.2", "R.8", "R.20", "R.21", "IO.2"})
_YEARS, _LINES, _CASES = 3, 24, 3
_LAWS, _ITEMS, _NEEDS = 6, 3, 3


def _find_example(language: str, *parts: str) -> Path:
    """Return a file of the example in a language: in its own folder, where it is not English."""
    folder = () if language == SOURCE_LANGUAGE else (language,)
    return find_source("/".join((parts[0], *folder, *parts[1:])))


def take_answer(row: Mapping[str, str]) -> dict[str, CellValue]:
    """Return an answer of the example as cells: days are dates."""
    return _take_cells(row, REQUIREMENTS.columns)


def take_evidence(item: Mapping[str, str]) -> dict[str, CellValue]:
    """Return an item of evidence of the example as cells."""
    return _take_cells(item, REGISTER.columns)


def _take_cells(row: Mapping[str, str], columns: tuple[SheetColumn, ...]) -> dict[str, CellValue]:
    days = {column.key for column in columns if column.kind is CellKind.DATE}
    return {key: date.fromisoformat(text) if key in days else text for key, text in row.items()}


def render_answers(language: str, edition: str = EDITION) -> bytes:
    """Return the workbook of an agency that leads on one Recommendation and outcome and supports others."""
    source = read_example("answers", language)
    layout = build_layout(
        load_framework(edition, language),
        only=_ASKED[edition],
        supported=_SUPPORTED[edition],
        language=language,
        agency="charities",
        country=source["country"],
        cut_off=date.fromisoformat(source["cut_off"]),
        notice=MADE_UP,
    )
    answers = {
        name: row
        for name, row in source["answers"].items()
        if name.partition("/")[0] in _ASKED[EDITION] and not name.startswith(_SUPPORTED[EDITION])
    }
    if edition == EARLIER_EDITION:
        answers = {f"R.2/2.{number}": row for number, row in enumerate(list(answers.values())[:2], start=1)}
    cited = {name.strip() for row in answers.values() for name in row.get("evidence", "").split(",")}
    return render_template(
        layout,
        prefill={name: take_answer(row) for name, row in answers.items()},
        evidence=[take_evidence(item) for item in source["evidence"] if item["id"] in cited],
        cover={"contact": read_example("agencies", language)["contacts"]["charities"]},
    )


def render_decisions(language: str) -> bytes:
    """Return the decisions of the example."""
    return _find_example(language, "ruritania", "decisions.xlsx").read_bytes()


def render_control(language: str) -> bytes:
    """Return the workbook of settings, agencies and assignment of the example."""
    with TemporaryDirectory() as folder:
        return convert_folder(_find_example(language, "ruritania"), output=folder)[0].read_bytes()


def render_statistics(language: str) -> bytes:
    """Return figures, cases and risks of the coordinating council, of some years and lines."""
    source = read_example("statistics", language)
    council = next(agency for agency in source["agencies"] if agency["id"] == "council")
    years = source["years"][-_YEARS:]
    plan = make_plan(
        council["roles"],
        years=years,
        language=language,
        agency=council["name"].get(language, council["name"][SOURCE_LANGUAGE]),
        year_kind=YearKind(council["cover"]["year_kind"]),
        country=source["country"],
        notice=MADE_UP,
    )
    figures: dict[tuple[str, int], CellValue] = {
        (line, year): value
        for line, values in list(council["figures"].items())[:_LINES]
        for year, value in zip(source["years"], values, strict=True)
        if value is not None and year in years
    }
    contents = WorkbookContents(
        cover=council["cover"],
        figures=figures,
        notes=council.get("notes", {}),
        cases=council["cases"][:_CASES],
        risks=source["risks"],
    )
    return render_figures(plan, contents)


def render_mock_sheet(language: str) -> bytes:
    """Return the scored sheet of one outcome of the example's mock visit."""
    return _find_example(language, "ruritania", "mock", "sheets", f"mock-IO.07-{language}.xlsx").read_bytes()


def render_plan(language: str) -> bytes:
    """Return the first actions of the plan that follows from the workbook of answers, with the units that they name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.xlsx"
        path.write_bytes(render_answers(language))
        planned = plan_of(path, start=START)
    actions = tuple(action for action in planned.plan.actions if _PLANNED.issuperset(action.units))
    units = tuple(unit for unit in planned.plan.units if unit.unit in _PLANNED)
    return replace(planned, plan=replace(planned.plan, actions=actions, units=units)).workbook(language)


def render_plan_items(language: str) -> bytes:
    """Return the first items and needs of the example, with what belongs to them."""
    path = _find_example(language, "ruritania-after", "action-plan.xlsx")
    register, _ = read_items(path, load_framework(EDITION))
    needs = register.needs[:_NEEDS]
    known = {item.id for item in register.items[:_ITEMS]}.union(*(need.serves for need in needs))
    items = tuple(item for item in register.items if item.id in known)
    targets = known.union(need.id for need in needs)
    part = replace(
        register,
        items=items,
        records=tuple(record for record in register.records if record.item in known),
        evidence=tuple(item for item in register.evidence if item.item in known),
        work=tuple(work for work in register.work if known.issuperset(work.items)),
        costs=tuple(cost for cost in register.costs if cost.target in targets),
        needs=needs,
    )
    country = read_example("answers", language)["country"]
    return render_items(part, Translator(language), country=country, notices=(MADE_UP,))


def render_laws(language: str) -> bytes:
    """Return the first laws and bills of the example, with what belongs to them."""
    data = read_example("laws", language)
    whole: LawRegister = convert_value(data, LawRegister, "laws.json")
    kept = (*whole.instruments[:_LAWS], *whole.bills[:1])
    known = {law.id for law in kept}
    register = replace(
        whole,
        instruments=tuple(law for law in whole.instruments if law.id in known),
        provisions=tuple(provision for provision in whole.provisions if provision.instrument in known)[:30],
        links=tuple(link for link in whole.links if link.instrument in known)[:40],
        translations=tuple(translation for translation in whole.translations if translation.instrument in known),
        effects=tuple(effect for effect in whole.effects if effect.bill in known),
        spellings=tuple(spelling for spelling in whole.spellings if spelling.instrument in known),
    )
    country = read_example("answers", language)["country"]
    return render_register(register, Translator(language), country=country, notices=(MADE_UP,))


def render_training(language: str) -> bytes:
    """Return the training record of the example."""
    return _find_example(language, "ruritania", "training.xlsx").read_bytes()


@cache
def _make_report() -> PublishedReport:
    """Return a report of a made-up country that nobody has published."""
    units = [f"R.{number}" for number in range(1, 41)]
    ratings: dict[str, Any] = {
        unit: COMPLIANCE_SCALE[number % len(COMPLIANCE_SCALE)] for number, unit in enumerate(units)
    }
    return PublishedReport(
        jurisdiction="Ruritania",
        iso3="",
        bodies=(),
        report_type=ReportType.MER,
        date="2024-05",
        edition=EDITION,
        ratings=ratings,
        is_current=True,
    )


def render_follow_up(language: str) -> bytes:
    """Return the follow-up workbook to a made-up report."""
    report = _make_report()
    case = build_follow_up_case(report, (report,), load_rules(EDITION))
    return render_follow_up_book(case, load_framework(EDITION, language), Translator(language))


def render_last_report(language: str) -> bytes:
    """Return the recommended actions and deficiencies of the example's last report."""
    with TemporaryDirectory() as folder:
        files = report_in(find_source("last-report/ruritania-2019.txt"), folder, language=language).files
        return next(file for file in files if file.name == "last-report.xlsx").read_bytes()


SEEDS: Mapping[str, Callable[[str], bytes]] = {
    "answers": render_answers,
    "answers-2013": lambda language: render_answers(language, EARLIER_EDITION),
    "decisions": render_decisions,
    "assessment": render_control,
    "statistics": render_statistics,
    "mock": render_mock_sheet,
    "plan": render_plan,
    "plan-items": render_plan_items,
    "follow-up": render_follow_up,
    "laws": render_laws,
    "training": render_training,
    "last-report": render_last_report,
    "npo-measures": npo_seeds.render_measures,
    "npo-questions": npo_seeds.render_questionnaire,
    "npo-mapping": npo_seeds.render_mapping,
    "npo-register": npo_seeds.render_register,
}
"""Functions that return the workbook of a kind in a language, by the names of kinds."""
