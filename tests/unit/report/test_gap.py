"""The gap report: what it says, and that nothing of it is markup."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from fatf_kit import ScoringResult
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, InputFile, ResponseSet
from fatf_kit.core.json_files import check_json
from fatf_kit.core.problems import CellRef, make_problem
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.report.formats.html import render_html
from fatf_kit.report.formats.json import render_json
from fatf_kit.report.formats.xlsx import render_xlsx
from fatf_kit.report.model import DocumentTable, Report, walk_sections
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.findings import derive_findings
from tests.proof import assess

NASTY = '<script>alert("x")</script> & <b>bold</b> \u202e'
NOW = "2026-11-24T15:00+00:00"


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """A small country: R.36 claimed but not shown, R.9 short, IO.2 with evidence, the rest open."""
    framework, policy = load_framework("fatf-2022"), load_policy()
    day = date(2020, 1, 1)
    answers = (
        Answer(
            requirement="R.9/9.1",
            rating=CriterionRating.PARTLY_MET,
            citation="Banking Act, art. 4",
            in_force_from=day,
            missing=NASTY,
            action="=1+1",
        ),
        *(Answer(requirement=f"R.36/36.{n}", rating=CriterionRating.MET) for n in (1, 2)),
        *(Answer(requirement=f"IO.2/2.{n}", rating=Achievement.LARGE, evidence=("E-1",)) for n in range(1, 5)),
    )
    responses = ResponseSet(
        edition=framework.id,
        answers=answers,
        evidence=(EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures"),),
        inputs=(InputFile(name="a.xlsx", sha256="0" * 64),),
        country="Ruritania",
        cut_off=date(2027, 3, 19),
    )
    assessment = assess(framework, responses, policy)
    findings = derive_findings(framework, responses, assessment, policy)
    return ScoringResult(
        framework=framework,
        responses=responses,
        policy=policy,
        assessment=assessment,
        findings=findings,
        answer_findings=findings,
        problems=(
            make_problem("cell-error", CellRef(file="a.xlsx", sheet="R.9", cell="C3"), "R.9/9.1", found="#REF!"),
        ),
    )


@pytest.fixture(scope="module")
def report(scored: ScoringResult) -> Report:
    """Its report in English."""
    return scored.report(generated_at=NOW, notices=("Made up.",))


def test_json_keeps_its_schema(report: Report) -> None:
    """assessment.json is what frameworks/schema says."""
    assert check_json(json.loads(render_json(report)), "assessment-2.schema.json", "assessment.json") == ()


def find_table(report: Report, name: str) -> DocumentTable:
    """The table of that name, anywhere in the report."""
    blocks = [block for section in walk_sections(report.document.page) for block in section.blocks]
    return next(block for block in blocks if isinstance(block, DocumentTable) and block.id == name)


def test_one_table_has_every_rating_once(report: Report) -> None:
    """40 Recommendations and 11 outcomes; what is open is a range, and a unit without an answer claims nothing."""
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in find_table(report, "ratings-table").rows}
    assert len(rows) == 51
    assert rows["R.36"][2:4] == ["C", "NC – C"]
    assert rows["R.1"][2:4] == ["not answered", "NC – C"]


def test_an_unanswered_point_says_so(scored: ScoringResult) -> None:
    """The requirement is never printed in the place of a finding."""
    answers = (*scored.responses.answers, Answer(requirement="R.21/21.2", rating=CriterionRating.NOT_MET))
    responses = replace(scored.responses, answers=answers)
    assessment = assess(scored.framework, responses, scored.policy)
    found = derive_findings(scored.framework, responses, assessment, scored.policy)
    more = replace(scored, responses=responses, assessment=assessment, findings=found, answer_findings=found)
    made = more.report(generated_at=NOW)
    said = {row.cells[0].text: row.cells[2].text for row in find_table(made, "gaps-table").rows}
    assert said["R.21/21.1"] == "Not answered."
    assert said["R.21/21.2"].startswith("Answered “not met”, without saying what is missing.")


def test_cheapest_first(report: Report) -> None:
    """Claims without evidence have their own section."""
    rows = find_table(report, "cheapest-table").rows
    assert sorted(row.cells[0].text for row in rows) == ["R.36/36.1", "R.36/36.2"]


def test_the_main_part_is_apart_from_the_annex(report: Report) -> None:
    """Criteria are in the annex only, and each section in one of the two."""
    annex = report.document.annex
    assert annex is not None
    main, further = ({one.anchor for one in walk_sections(part.body)} for part in (report.document, annex))
    assert main & further == set()
    assert {"standing", "ratings", "gaps", "settling", "outlook", "actions"} == main
    assert {"R.1", "IO.11", "cheapest", "causes", "method"} <= further


def test_narratives_are_text(report: Report) -> None:
    """Markup typed into a cell never becomes markup."""
    page = render_html(report).decode()
    assert re.findall("<script[^>]*>", page) == ['<script type="application/json">', "<script>"]  # our own
    assert "<b>bold" not in page
    assert "&lt;script&gt;" in page


def test_page_is_offline(report: Report) -> None:
    """No address is loaded, and the page's own policy forbids it."""
    page = render_html(report).decode()
    assert "default-src 'none'" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert " style=" not in page


def test_notices_are_printed_and_no_address_of_a_cell(report: Report) -> None:
    """The made-up notice and the indicative notice; that a cell is bad, but no address of it."""
    page = render_html(report).decode()
    assert "Made up." in page
    assert "Indicative result" in page
    assert "1 cell could not be used." in page
    assert "R.9!C3" not in page


def test_never_says_fatf_rates(report: Report) -> None:
    """Ratings are judgements; the tool never speaks for FATF."""
    assert "FATF rates" not in render_html(report).decode()


@pytest.mark.parametrize("render", [render_html, render_xlsx, render_json])
def test_same_input_same_bytes(scored: ScoringResult, render: object) -> None:
    """Two renderings are equal byte for byte."""
    one, two = (render(scored.report(generated_at=NOW)) for _ in range(2))  # type: ignore[operator]
    assert one == two


def test_workbook_holds_the_same_numbers(report: Report) -> None:
    """Ratings, requirements, findings and problems as flat sheets; formulas nowhere."""
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(report)))
    assert book.sheetnames == ["About", "Charts", "Ratings", "Criteria and core issues", "Findings", "Problems"]
    ratings = {row[0]: row for row in book["Ratings"].iter_rows(min_row=2, values_only=True)}
    assert ratings["R.36"][2:4] == ("C", "NC")
    assert book["Criteria and core issues"].max_row == 339 + 1
    assert not [c for s in book for r in s.iter_rows() for c in r if c.data_type == "f"]


def test_every_chart_says_what_it_shows(report: Report) -> None:
    """Two charts with alternative text from the same numbers, and two in the annex."""
    assert {chart.id for chart in report.document.charts()} == {"recommendations", "outcomes"}
    charts = {chart.id: chart.alt for chart in report.document.page_charts()}
    assert set(charts) == {"recommendations", "outcomes", "severity", "completeness"}
    assert "7 of 339" in charts["completeness"]


def test_an_arabic_workbook_is_arabic(scored: ScoringResult) -> None:
    """Sheets and ratings are named in Arabic; a country's English words keep their direction, Arabic ones theirs."""
    data = render_xlsx(scored.report(generated_at=NOW, language="ar"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [name for name in book.sheetnames if name.isascii()] == []
    rated = [cell for row in book["المعايير والمسائل الأساسية"].iter_rows() for cell in row if cell.value == "مستوفى"]
    assert rated
    missing = {cell.value: cell.alignment for row in book["الاستنتاجات"].iter_rows() for cell in row if cell.value}
    english = next(look for text, look in missing.items() if str(text).startswith("<script>"))
    arabic = next(look for text, look in missing.items() if text == "وجه قصور")
    assert ((english.readingOrder, english.horizontal), arabic.readingOrder) == ((1, "right"), 2)
