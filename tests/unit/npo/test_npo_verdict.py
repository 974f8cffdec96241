"""The sector report on thin registers, referred bodies and the sector's rating; internal and public."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit.cli.main import cli
from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.npo.functions import WORKING_FILES
from fatf_kit.npo.measures.catalogue import NationalMeasures
from fatf_kit.npo.measures.working_papers import ANSWERS_NAME, INSPECTIONS_NAME
from fatf_kit.npo.model import CodeCount, Decision, QuestionRound, SectorResult, SectorVerdict
from fatf_kit.npo.report.counts import rows_table
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.scales import RiskBand
from fatf_kit.report.model import DocumentTable, Figure, KeyFigures, Report, Section, walk_sections
from tests.unit.npo.made_up_sector import GROUPS, group, made_up_sector, make_report, words
from tests.unit.npo.small_register import PROOF, body, read, write

DESCRIBED = NationalMeasures(described={"cases": "CASES-TEXT", "consulted": "VIEWS-TEXT"})


made = partial(make_report, public=False)


def section(report: Report, anchor: str) -> Section | None:
    """Return a section by its anchor."""
    return next((one for one in walk_sections(report.document.sections) if one.anchor == anchor), None)


def table(report: Report, name: str) -> list[list[str]]:
    """Return the texts of a table, row by row."""
    for one in walk_sections(report.document.sections):
        for block in one.blocks:
            if isinstance(block, DocumentTable) and block.id == name:
                return [[cell.text for cell in row.cells] for row in block.rows]
    return []


def thin() -> SectorResult:
    """Return a sector of two hundred bodies without a class, of which twelve are on the list to ask first."""
    return replace(made_up_sector((group(200),)), verdict=SectorVerdict.NOT, matrix=((0,) * 5,) * 5)


def test_no_headline_rates_the_sector_by_its_middle_body() -> None:
    """The sector has no rating without a decision, and the proposal names its basis."""
    text = words(made(made_up_sector()))
    assert "By the number of bodies" not in text
    assert "The sector has no rating yet" in text
    assert "Proposal: medium. National threat 3 of 5 and exposure 3 of 5" in text


def test_a_decision_is_the_rating_with_its_reason() -> None:
    """The rating of a decision is shown with its office, date and reason, and that it differs from the proposal."""
    sector = made_up_sector()
    decision = Decision(rating=RiskBand.MEDIUM_LOW, reason="WHY", office="the NPO Council", on=date(2026, 5, 1))
    report = made(replace(sector, sector=replace(sector.sector, decision=decision)))
    text = words(report)
    assert "The risk of the sector is rated medium-low by the decision of 1 May 2026 (the NPO Council)." in text
    assert "Reason given: WHY" in text
    assert "The decision differs from the proposal" in text
    payload = json.loads(json.dumps(report.payload))
    assert (
        payload["sector"]["rating"], payload["sector"]["reason"], payload["sector"]["proposal"]["band"],
    ) == ("medium-low", "WHY", "medium")  # fmt: skip
    assert check_json(payload, "npo-1.schema.json", "npo.json") == ()


def test_the_threat_and_the_sectors_views_come_before_any_number() -> None:
    """The texts of the country come before the counts, and a missing text is reported."""
    text = words(made(made_up_sector(), national=DESCRIBED))
    text = text[text.index("The threat") :]
    assert text.index("CASES-TEXT") < text.index("VIEWS-TEXT") < text.index("registered")
    assert "Not described yet." in text
    nothing = words(made(made_up_sector()))
    assert "The nature of the threat is not described yet." in nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thin_register_is_not_rated_and_says_what_to_collect(language: str) -> None:
    """The headline, the columns to collect next and whom to ask; no chart of classes and no subset."""
    report = made(thin(), language=language)
    anchors = [section.anchor for section in report.document.sections]
    assert anchors[:5] == ["nature", "counts", "ask-first", "scope", "classes"]
    assert {"segments", "subset"}.isdisjoint(anchors)
    assert [chart.id for chart in report.document.charts() if chart.id in ("npo-matrix", "npo-subset")] == []
    text = words(report)
    assert load_names(language).column("payment_channels") in text
    if language == "en":
        assert "The sector cannot be classified from this register" in text
        assert "To be asked first: 12 of them." in text
        assert text.index("Columns to collect next") < text.index("Countries where it works") < text.index("registered")


def test_requested_and_received_answers_are_reported() -> None:
    """The numbers of requests and answers are shown, with the margin of a sample."""
    sector = replace(
        made_up_sector((group(20, "low", money=300), group(180, money=700))),
        verdict=SectorVerdict.PARTLY,
        question_rounds=(QuestionRound(group=120, requested=100, answered=40, drawn=80),),
    )
    text = words(made(sector)).replace("\u202f", " ").replace("\xa0", " ")
    assert "Asked: 100 of 120 bodies in the group. Answered: 40 (40%)." in text
    assert "80 of them were drawn at random from 100" in text
    assert "4.9 percentage points" in text
    assert "With these answers 10% of the bodies that are or may be within the definition have a class" in text
    assert "and 30% of their money." in text
    assert "Only a part of the sector can be classified from this register: 10%" in text


def test_referred_bodies_are_in_counts_classes_and_measures() -> None:
    """A figure of their own, a line within the high class, and the tier of measures for them."""
    sector = made_up_sector(investigate=7)
    text = words(made(sector))
    assert "Of the bodies of high risk, 7 are referred to investigators." in text
    assert text.count("of these referred to investigators") == 1
    assert made(sector).payload["classes"]["referred"] == 7  # type: ignore[index]


def test_an_internal_report_shows_the_segments_at_risk_and_a_public_one_hides_small_counts() -> None:
    """Three bodies of the high class: shown to the authority, hidden from the public, in page, tables and JSON."""
    sector = made_up_sector((*GROUPS[:4], group(3, "high", activity="health")), investigate=2)
    internal, public = made(sector), made(sector, public=True)
    rows = {
        name: next(row for table in report.tables if table.key == "segments" for row in table.rows if "health" in row)
        for name, report in (("internal", internal), ("public", public))
    }
    assert (rows["internal"][2], rows["public"][2]) == (3, None)
    assert (internal.payload["classes"]["high"], public.payload["classes"]["high"]) == (3, None)  # type: ignore[index]
    assert (internal.payload["classes"]["referred"], public.payload["classes"]["referred"]) == (2, None)  # type: ignore[index]
    assert "…" not in words(internal)
    assert "…" in words(public)
    assert "Internal:" in words(internal)
    assert "Internal:" not in words(public)


def test_what_assessors_wait_for_is_in_the_internal_report_only() -> None:
    """A published report does not list what the country still has to prepare."""
    sector = made_up_sector()
    assert section(make_report(sector), "assessors") is None
    assert section(make_report(sector, public=False), "assessors") is not None


def test_activities_with_hidden_counts_are_one_line() -> None:
    """The days are those of the internal plan, which names every activity."""
    sector = made_up_sector((*(group(3, "high", activity=name) for name in ("health", "housing", "sport")),
                             group(40, "high", activity="relief"), group(300, "low")))  # fmt: skip
    public, internal = (table(make(sector), "outreach-table") for make in (make_report, made))
    assert sum(line[0] == "high" for line in internal) == 4
    hidden = [line for line in public if "…" in line]
    assert len(hidden) == 1
    assert "whose counts are hidden" in hidden[0][1]
    assert sum(int(line[-1]) for line in internal) == sum(int(line[-1]) for line in public)


def test_nothing_empty_is_drawn_for_a_thin_register() -> None:
    """A thin register has no empty chart, no plan of visits, no checks without measures and no hours."""
    sector = replace(thin(), verdict=SectorVerdict.NOT, weak_controls=0)
    columns = tuple(replace(one, known=0.0, would_resolve=0) for one in sector.completeness.columns)
    sector = replace(sector, completeness=replace(sector.completeness, columns=columns))
    report = make_report(sector)
    for anchor in ("completeness", "over-regulation", "inspections"):
        found = section(report, anchor)
        assert found is not None
        assert not any(isinstance(block, Figure | KeyFigures) for block in found.blocks)
    assert (table(report, "over-regulation-table"), table(report, "inspections-table")) == ([], [])


def test_reasons_have_a_column_only_where_rows_are_rejected() -> None:
    """Reasons have a column only with rejected rows, and the rows add up in both cases."""
    t, register = Translator("en"), made_up_sector().register
    assert len(rows_table(replace(register, rejected_reasons=()), t).columns) == 2
    rejected = replace(register, rejected=2, rejected_reasons=(CodeCount(code="no id", count=2),))
    assert {len(row.cells) for row in rows_table(rejected, t).rows} == {3}


def test_whom_bodies_help_is_counted_and_small_counts_are_hidden() -> None:
    """The share is of the bodies in scope; an internal report shows every count."""
    sector = made_up_sector()
    scope = sector.register.in_scope
    counts = {"children": scope // 2, "women": 1, "": 6}
    parts = tuple(CodeCount(code=code, count=count) for code, count in counts.items())
    sector = replace(sector, beneficiaries=parts)
    public, internal = (
        table(make_report(sector, public=is_public), "beneficiaries-table") for is_public in (True, False)
    )
    assert [line[0] for line in public] == ["children and young people", "women and girls", "not known"]
    assert [public[1][1], internal[1][1]] == ["…", "1"]
    groups = [one["group"] for one in make_report(sector).payload["beneficiaries"]]  # type: ignore[attr-defined]
    assert groups == ["children", "women", None]


def test_the_command_reports_asks_and_publishes(tmp_path: Path) -> None:
    """From a thin register to the questions; with --public no file of the report holds a small count or a number."""
    rows = [body(f"NPO-{n}", works_abroad=("no", "yes")[n < 3], region=f"Region-{n}") for n in range(40)]
    rows.append(body("NPO-x", tf_cases="5", **PROOF))
    register = write(tmp_path / "register.csv", rows)

    def run(*args: str) -> str:
        done = CliRunner().invoke(cli, ["npo", *args])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
        return done.output

    printed = run("classify", str(register), "-o", str(tmp_path / "in"), "--report", "html,json")
    assert "The sector cannot be classified from this register" in printed
    assert "Collect next: Countries where it works" in printed
    assert "'fatf-kit npo questionnaire'" in printed
    printed = run("questionnaire", str(register), "-o", str(tmp_path / "q"), "--languages", "ar,fr")
    assert "Bodies to ask first: 3. Asked: 3." in printed
    assert {p.name for p in (tmp_path / "q").glob("[!.]*")} == {
        "npo-questionnaire-ar.xlsx",
        "npo-questionnaire-fr.xlsx",
    }
    run("classify", str(register), "-o", str(tmp_path / "out"), "--public", "--report", "html,json")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "NPO-" not in page
    assert "Region-" not in page
    payload = json.loads((tmp_path / "out" / "npo.json").read_text(encoding="utf-8"))
    assert (payload["classes"]["high"], payload["ask_first"]["bodies"], payload["verdict"]) == (None, None, "not")
    assert [line["class"] for line in read(tmp_path / "in" / "classified.csv") if line["class"]] == ["high"]
    assert not {path.name for path in (tmp_path / "out").rglob("*.csv")}
    again = CliRunner().invoke(cli, ["npo", "classify", str(register), "-o", str(tmp_path / "in"), "--public"])
    assert "files that are not for publication: answers-R.8.xlsx, ask-first.csv, classified.csv" in str(again.exception)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_for_publication_names_no_working_file(language: str) -> None:
    """Its readers do not have the files that name bodies."""
    sector = made_up_sector()
    names = {*WORKING_FILES, ANSWERS_NAME, INSPECTIONS_NAME}
    assert "rejected.csv" in words(make_report(sector, language, public=False))
    public = words(make_report(sector, language, public=True))
    assert [name for name in names if name in public] == []
