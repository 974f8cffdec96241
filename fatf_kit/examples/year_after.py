"""The assessment folder of Ruritania one year after its report, with the plans, costs and needs.

Everything is made up and in after.json; the same texts give the same bytes. The visit was in March 2027, the Plenary in
November 2027. Agencies, laws, cases and answers are Ruritania's, as far as the commands on action plans need them. The
ratings of its first assessment replace those of the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.choices import Direction, ItemEvidenceKind, ReportDuty
from fatf_kit.action_plan.items.model import CycleRecord, ItemEvidence, ItemRegister, PlanItem, PlanWork, ReportCycle
from fatf_kit.action_plan.items.periods import parse_series
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need, Rate
from fatf_kit.assessment.folder.agency_templates import build_agency_layout
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import AGENCIES, ASSIGNMENT, LAWS, PLAN_ITEMS, RESPONSES, SETTINGS, STATISTICS
from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import convert_value
from fatf_kit.core.messages import MADE_UP, Translator
from fatf_kit.core.store import write_file
from fatf_kit.examples.rows import make_cells, read_rows, render_csv
from fatf_kit.examples.texts import SOURCE_LANGUAGE, read_example, text_languages
from fatf_kit.laws.book import render_register
from fatf_kit.laws.model import InstrumentStatus, LawRegister
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.schema import load_risk_labels
from fatf_kit.statistics.template import WorkbookContents, make_plan
from fatf_kit.statistics.template import render_template as render_figures

ANSWERS_BY = "council"
"""The agency whose workbook has the answers on the Recommendations of the items."""

_COMMAS = {"ar": "، "}
"""The sign between names in a list, where it is not the Latin one."""


def write_year_after(home: Path, language: str = SOURCE_LANGUAGE) -> list[Path]:
    """Write the folder in a language and return the paths of its files.

    Raises:
        FatfKitError: an entry of after.json has no place in a workbook.
    """
    data = read_example("after", language)
    names = {row["id"]: row[f"name_{language}"] for row in read_rows(f"ruritania/{AGENCIES}")}
    written = [*_tables(home, data, language), _answers(home, data, language), _laws(home, data, language)]
    written += _statistics(home, data, names, language)
    register, country = _items(data, names, _articles(language), language), read_example("answers", language)["country"]
    content = render_items(register, Translator(language), country=country, notices=(MADE_UP,))
    return [*written, write_file(home / PLAN_ITEMS, content)]


def _recommendations(data: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(unit for item in data["items"] for unit in item["units"] if unit.startswith("R."))


def _tables(home: Path, data: Mapping[str, Any], language: str) -> list[Path]:
    """Settings, agencies, and an assignment of the Recommendations that the items name."""
    notice = Translator(language)(MADE_UP)
    settings = {**read_example("assessment", language), "languages": [language], "notice": notice}
    settings |= {"sectors": [], "weights": []}
    agencies = [{**row, "language": language} for row in read_rows(f"ruritania/{AGENCIES}")]
    units = _recommendations(data)
    assignment = [
        {**row, "lead": ANSWERS_BY, "supporting": "", "title": ""}
        for row in read_rows(f"ruritania/{ASSIGNMENT}")
        if row["requirement"].partition("/")[0] in units
    ]
    return [
        write_file(home / SETTINGS, (json.dumps(settings, ensure_ascii=False, indent=2) + "\n").encode("utf-8")),
        write_file(home / AGENCIES, render_csv(agencies)),
        write_file(home / ASSIGNMENT, render_csv(assignment)),
    ]


def _answers(home: Path, data: Mapping[str, Any], language: str) -> Path:
    workspace, _ = open_workspace(home)
    agency = next(one for one in workspace.agencies if one.id == ANSWERS_BY)
    source, units = read_example("answers", language), _recommendations(data)
    answers = {name: row for name, row in source["answers"].items() if name.partition("/")[0] in units}
    layout = build_agency_layout(workspace, agency, extra=answers)
    if layout is None:
        raise FatfKitError(f"{ANSWERS_BY} is asked nothing.")
    cited = {name.strip() for row in answers.values() for name in row.get("evidence", "").split(",")}
    content = render_template(
        layout,
        prefill={name: make_cells(row, REQUIREMENTS.columns) for name, row in answers.items()},
        evidence=[make_cells(item, REGISTER.columns) for item in source["evidence"] if item["id"] in cited],
        cover={"contact": read_example("agencies", language)["contacts"][ANSWERS_BY]},
    )
    return write_file(home / RESPONSES / f"{ANSWERS_BY}.xlsx", content)


def _laws(home: Path, data: Mapping[str, Any], language: str) -> Path:
    """Ruritania's register of laws, in which the acts of 2026 and the two bills are in force by now."""
    register = convert_value(read_example("laws", language), LawRegister, "laws.json")
    later = {row["id"]: row for row in data["laws"]}
    titles = {
        row["id"]: {tag: _find(read_example("after", tag)["laws"], row["id"])["title"] for tag in _languages()}
        for row in data["laws"]
        if "title" in row
    }
    instruments = tuple(
        replace(
            one,
            status=InstrumentStatus(row["status"]),
            titles=titles.get(one.id, one.titles),
            kind_word=row.get("kind_word", one.kind_word),
            year=int(row["in_force_from"][:4]) if "in_force_from" in row else one.year,
            in_force_from=_day(row["in_force_from"]) if "in_force_from" in row else one.in_force_from,
            expected=None,
            stage=None,
            stage_due=None,
            note=row["note"],
        )
        if (row := later.get(one.id))
        else one
        for one in register.instruments
    )
    effects = tuple(one for one in register.effects if one.bill not in later)
    made = replace(register, instruments=instruments, effects=effects)
    country = read_example("answers", language)["country"]
    return write_file(home / LAWS, render_register(made, Translator(language), country=country, notices=[MADE_UP]))


def _languages() -> tuple[str, ...]:
    return (SOURCE_LANGUAGE, *text_languages())


def _find(rows: Iterable[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    return next(row for row in rows if row["id"] == name)


def _statistics(home: Path, data: Mapping[str, Any], names: Mapping[str, str], language: str) -> list[Path]:
    """One workbook for each agency whose figures or cases are evidence of an item."""
    source = read_example("statistics", language)
    known = {case["case"]: case for agency in source["agencies"] for case in agency["cases"]}
    covers = {agency["id"]: agency["cover"] for agency in source["agencies"]}
    written = []
    for agency in data["agencies"]:
        cover, years = covers[agency["id"]], data["years"]
        plan = make_plan(
            agency["roles"],
            years=years,
            language=language,
            agency=names[agency["id"]],
            year_kind=YearKind(cover["year_kind"]),
            country=source["country"],
            notice=MADE_UP,
        )
        figures: dict[tuple[str, int], CellValue] = {
            (line, year): value
            for line, values in agency["figures"].items()
            for year, value in zip(years, values, strict=True)
        }
        cases = [*(known[name] for name in agency["cases"]), *agency["more_cases"]]
        content = render_figures(plan, WorkbookContents(cover=cover, figures=figures, notes={}, cases=cases, risks={}))
        written.append(write_file(home / STATISTICS / f"{agency['id']}.xlsx", content))
    return written


def _articles(language: str) -> Mapping[str, str]:
    """Return each provision as a citation in a language, by its English citation: "L-040 art. 6" by "L-040 cl. 6"."""
    both = zip(read_example("laws")["provisions"], read_example("laws", language)["provisions"], strict=True)
    return {f"{one['instrument']} {one['article']}": f"{own['instrument']} {own['article']}" for one, own in both}


def _items(
    data: Mapping[str, Any], names: Mapping[str, str], articles: Mapping[str, str], language: str
) -> ItemRegister:
    partners = {row["id"]: row["name"] for row in data["partners"]}
    grades = {row["id"]: row["grade"] for row in data["rates"]}
    return ItemRegister(
        items=tuple(_item(row, data, names, language) for row in data["items"]),
        records=tuple(_records(data["records"])),
        evidence=tuple(_evidence(row, articles, language) for row in data["evidence"]),
        cycles=tuple(_cycle(row) for row in data["cycles"]),
        work=tuple(_work(row, names) for row in data["work"]),
        rates=tuple(_rate(row) for row in data["rates"]),
        costs=tuple(_cost(row, grades, partners) for row in data["costs"]),
        needs=tuple(_need(row, names, partners) for row in data["needs"]),
    )


def _item(row: Mapping[str, Any], data: Mapping[str, Any], names: Mapping[str, str], language: str) -> PlanItem:
    is_part = "." in row["id"]
    return PlanItem(
        id=row["id"],
        wording=row.get("wording", ""),
        label=row["label"],
        plans=tuple(row["plans"]),
        report="" if is_part else data["report"],
        place="" if is_part else data["page"].format(page=row["at"]),
        asks=row.get("asks", ""),
        units=tuple(row["units"]),
        deadline=row.get("deadline", ""),
        lead=names.get(row.get("lead", ""), ""),
        supporting=_COMMAS.get(language, ", ").join(names[name] for name in row.get("supporting", ())),
        sustained=row.get("sustained", ""),
    )


def _records(rows: Iterable[Mapping[str, Any]]) -> Iterable[CycleRecord]:
    """One record for each plan under which an item is reported, with the statuses of its scale."""
    rules = load_monitoring()
    icrg = rules.scale_of("icrg")
    for row in rows:
        for plan in row["plans"]:
            own = rules.scale_of(plan).names
            yield CycleRecord(
                id="",
                item=row["item"],
                cycle=row["cycle"],
                plan=plan,
                done=row["done"],
                open=row.get("open", ""),
                claimed=own[icrg.rank(row["claimed"])],
                decided=own[icrg.rank(row["decided"])],
                reason=row.get("reason", ""),
            )


def _evidence(row: Mapping[str, Any], articles: Mapping[str, str], language: str) -> ItemEvidence:
    risks = load_risk_labels(language)
    return ItemEvidence(
        id=row["id"],
        item=row["item"],
        kind=ItemEvidenceKind(row["kind"]),
        what=row.get("document") or articles.get(row["what"], row["what"]),
        series=parse_series(row.get("series", ""))[0],
        direction=Direction(row["direction"]) if "direction" in row else None,
        risk="; ".join(risks[name] for name in row.get("risk", "").split("; ") if name),
        cycle=row["cycle"],
        annex=row.get("annex"),
        file=row.get("file", ""),
        title=row.get("title", ""),
    )


def _cycle(row: Mapping[str, Any]) -> ReportCycle:
    return ReportCycle(
        id=row["cycle"],
        plenary=_day(row.get("plenary")),
        due=_day(row.get("due")),
        meeting=_day(row.get("meeting")),
        place=row.get("place", ""),
        duty=ReportDuty(row["duty"]),
        note=row.get("note", ""),
    )


def _work(row: Mapping[str, Any], names: Mapping[str, str]) -> PlanWork:
    return PlanWork(
        id=row["id"],
        what=row["action"],
        items=tuple(row["items"]),
        owner=names[row["owner"]],
        status=ActionStatus(row["status"]),
        start=_day(row["start"]),
        due=_day(row["due"]),
        done_on=_day(row.get("done_on")),
        evidence=row.get("shown_by", ""),
    )


def _rate(row: Mapping[str, Any]) -> Rate:
    return Rate(
        grade=row["grade"],
        amount=row["amount"],
        currency=row["currency"],
        base_year=row["base_year"],
        source=row["rate_source"],
    )


def _cost(row: Mapping[str, Any], grades: Mapping[str, str], partners: Mapping[str, str]) -> CostLine:
    """A line of cost, which returns every year if it has a last year."""
    return CostLine(
        id=row["id"],
        target=row["target"],
        kind=row["kind"],
        what=row["pays_for"],
        is_yearly="last" in row,
        first=row["first"],
        last=row.get("last"),
        days=_range(row.get("days")),
        rate=grades.get(row.get("rate", ""), ""),
        amount=_range(row.get("amount")),
        currency=row.get("currency", ""),
        source=row["source"],
        assumptions=row.get("assumptions", ""),
        funding=row["funding"],
        payer=partners.get(row.get("payer", ""), ""),
    )


def _range(values: list[float] | None) -> CostRange | None:
    """Three values, or one for all three."""
    if values is None:
        return None
    low, likely, high = values if len(values) > 1 else values * 3
    return CostRange(low=low, likely=likely, high=high)


def _need(row: Mapping[str, Any], names: Mapping[str, str], partners: Mapping[str, str]) -> Need:
    return Need(
        id=row["id"],
        serves=tuple(row["serves"]),
        need=row["need"],
        provision=row.get("provision", ""),
        kind=row["kind"],
        beneficiary=names[row["beneficiary"]],
        priority=row.get("priority"),
        reason=row.get("reason", ""),
        wanted_from=row.get("wanted_from", ""),
        wanted_until=row["wanted_until"],
        delivery=row.get("delivery", ""),
        partner=partners.get(row.get("partner", ""), ""),
        status=row["status"],
        contacted=_day(row.get("contacted")),
        funded=row.get("funded"),
        currency=row.get("currency", ""),
        condition=row.get("condition", ""),
        result=row["result"],
        is_confidential=row.get("is_confidential", False),
        is_shareable=row.get("is_shareable", False),
        note=row.get("note", ""),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
