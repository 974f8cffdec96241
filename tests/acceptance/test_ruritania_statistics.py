"""The made-up country's figures: eight agencies, five years, three planted inconsistencies, one false alarm avoided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import MADE_UP, Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_html
from fatf_kit.report.formats.json import render_json
from fatf_kit.report.model import DocumentTable, Paragraph, Report, Tone, walk_sections
from fatf_kit.report.write import write_report
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.core_issues import find_core_issue_evidence
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.indicators import compute_indicators
from fatf_kit.statistics.observations import ObservationKind, ObservationWeight
from fatf_kit.statistics.reader import read_statistics
from fatf_kit.statistics.report.blocks import build_preparation_blocks, build_statistics_blocks
from fatf_kit.statistics.report.charts import build_statistics_charts
from tests.examples import report_statistics
from tests.samples import take_sample

FOLDER = data_folder("examples") / "ruritania"


@pytest.fixture(scope="module")
def read() -> tuple[Statistics, tuple[Problem, ...]]:
    """The workbooks as they are shipped."""
    return read_statistics([FOLDER / "statistics"])


@pytest.fixture(scope="module", params=take_sample(LANGUAGES, ["ar"]))
def report(request: pytest.FixtureRequest) -> Report:
    """The report in each language."""
    return report_statistics(language=request.param)[0]


def test_every_figure_of_the_source_is_read(read: tuple[Statistics, tuple[Problem, ...]]) -> None:
    """Eight agencies, five years, no problem in any cell."""
    statistics, problems = read
    source = json.loads((FOLDER / "statistics.json").read_text(encoding="utf-8"))
    assert problems == ()
    assert (len(statistics.returns), statistics.years) == (8, (2021, 2022, 2023, 2024, 2025))
    for agency, one in zip(sorted(source["agencies"], key=lambda a: a["id"]), statistics.returns, strict=True):
        given = sum(value is not None for row in agency["figures"].values() for value in row)
        assert given == len(one.figures), agency["id"]
    assert sum(len(agency["cases"]) for agency in source["agencies"]) == len(statistics.cases)


def test_the_planted_inconsistencies_are_found(read: tuple[Statistics, tuple[Problem, ...]]) -> None:
    """Three, and nothing else that cannot be right or that two authorities tell differently."""
    wanted = {
        ObservationKind.STOCK: "mla/in-evidence/pending",
        ObservationKind.UNIT: "supervisory-sanctions/securities/fine-amount",
        ObservationKind.BETWEEN: "disseminations/tax/own-motion",
    }
    every = check_statistics(read[0])
    found = [one for one in every if one.weight is ObservationWeight.WRONG or one.kind is ObservationKind.BETWEEN]
    assert {one.kind: one.line for one in found} == wanted
    assert len(wanted) == len(found)
    assert all(one.refs for one in found)


def test_years_of_the_police_raise_no_false_alarm(read: tuple[Statistics, tuple[Problem, ...]]) -> None:
    """Fiscal years shift files; over five years nothing is missing, and that is noted."""
    every = check_statistics(read[0])
    noted = [one for one in every if one.kind is ObservationKind.EXPLAINED]
    assert [(one.line, one.weight) for one in noted] == [("disseminations/police/own-motion", ObservationWeight.NOTE)]


def test_effort_is_held_against_risk(read: tuple[Statistics, tuple[Problem, ...]]) -> None:
    """Tax crimes are rated high and hardly pursued; real estate is inspected where the risk is low."""
    every = check_statistics(read[0])
    assert [one.subject for one in every if one.kind is ObservationKind.FEW_CASES] == ["tax"]
    assert [one.subject for one in every if one.kind is ObservationKind.INSPECTIONS] == ["real-estate"]


@pytest.mark.parametrize(("edition", "count"), [("fatf-2013", 55), ("fatf-2022", 58)])
def test_every_core_issue_has_something_behind_it(
    read: tuple[Statistics, tuple[Problem, ...]], edition: str, count: int
) -> None:
    """The example is complete."""
    assert len(find_core_issue_evidence(read[0], edition)) == count


def test_the_json_is_valid_and_the_same_in_every_language(report: Report) -> None:
    """Others may rely on it."""
    english, _ = report_statistics()
    assert english.payload == report.payload
    if report is english:
        assert check_json(json.loads(render_json(report)), "statistics-1.schema.json", "statistics.json") == ()


def test_the_report_says_what_it_is(report: Report) -> None:
    """Made up, indicative, no rating, and no person's name."""
    t = Translator(report.document.language)
    assert t(MADE_UP) in report.document.notices
    page = render_html(report).decode()
    assert t("Indicators lead to questions. They are not ratings, and no rating is derived from them.") in page
    for section in walk_sections(report.document.sections):
        assert section.blocks or section.sections, section.anchor
    anchors = [section.anchor for section in walk_sections(report.document.sections)]
    tables = [b.id for s in walk_sections(report.document.sections) for b in s.blocks if isinstance(b, DocumentTable)]
    assert len(anchors) == len(set(anchors))
    assert len(tables) == len(set(tables))


def test_the_years_of_each_agency_are_described() -> None:
    """Those of the police begin in July, which is said once."""
    page = render_html(report_statistics()[0]).decode()
    assert '<td data-label="Years">fiscal years, which begin in July</td>' in page


def test_every_indicator_has_a_table_and_questions(report: Report) -> None:
    """Every indicator has a section with a table that ends in a list of questions."""
    section = next(s for s in report.document.sections if s.anchor == "indicators")
    assert len(load_definitions().indicators) == len(section.sections)
    for one in section.sections:
        assert any(isinstance(block, DocumentTable) for block in one.blocks), one.anchor
        assert one.blocks[-1].items  # type: ignore[union-attr]


@pytest.mark.full
@pytest.mark.parametrize(
    "report",
    take_sample(LANGUAGES, ["ar"]),
    indirect=True,
)
def test_files_are_written_in_every_format(report: Report, tmp_path: Path) -> None:
    """With the charts beside them, and JSON under its own name."""
    written = write_report(report, tmp_path, ("html", "xlsx", "json"))
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert {"report.html", "report.xlsx", "statistics.json", "charts/predicates-against-risk.png"} <= names


def test_blocks_for_a_submission(read: tuple[Statistics, tuple[Problem, ...]]) -> None:
    """Numbered tables and boxes of one outcome; guides name tables and who counts."""
    t = Translator("en")
    blocks = build_statistics_blocks("IO.7", read[0], t)
    captions = [block.caption for block in blocks if isinstance(block, DocumentTable)]
    assert [f"Table 7.{n}." for n in range(1, len(captions) + 1)] == [text[:10] for text in captions]
    boxes = [b.text for b in blocks if isinstance(b, Paragraph) and b.tone is Tone.NOTICE]
    assert [text[:8] for text in boxes] == ["Box 7.1.", "Box 7.2."]
    assert not build_statistics_blocks("IO.7", read_statistics([FOLDER / "statistics" / "charities.xlsx"])[0], t)
    (table,) = (block for block in build_preparation_blocks("IO.7", t) if isinstance(block, DocumentTable))
    assert any("Courts" in row.cells[1].text for row in table.rows)


def test_charts_for_the_gap_report(read: tuple[Statistics, tuple[Problem, ...]]) -> None:
    """Three funnels and predicates against risk, each reported in words too."""
    charts = build_statistics_charts(read[0], compute_indicators(read[0], "ar"), Translator("ar"))
    assert [chart.id for chart in charts] == ["report-funnel", "ml-funnel", "tf-funnel", "predicates-against-risk"]
    assert all(chart.alt for chart in charts)
