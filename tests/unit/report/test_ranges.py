"""Claimed and shown ratings, side by side, wherever the gap report shows a rating."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from fatf_kit import ScoringResult
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, EffectivenessRating, FindingKind
from fatf_kit.report.charts import draw_chart
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.html import render_html
from fatf_kit.report.formats.xlsx import render_xlsx
from fatf_kit.report.model import Bullets, DocumentTable, KeyFigures, Paragraph, Report, Section, walk_sections
from fatf_kit.report.palette import find_hatch_colour, find_swatch
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import OutcomeResult
from fatf_kit.scoring.report.traces import describe_next_step
from fatf_kit.scoring.report.weight_texts import describe_range
from fatf_kit.scoring.span import Span

NOW = "2026-11-24T15:00+00:00"


def section(report: Report, anchor: str) -> Section:
    """A section of the document."""
    return next(one for one in walk_sections(report.document.page) if one.anchor == anchor)


def table(report: Report, anchor: str) -> DocumentTable:
    """The table of a section."""
    return next(block for block in section(report, anchor).blocks if isinstance(block, DocumentTable))


def test_a_range_has_the_colour_of_its_worst_end_and_a_hatch() -> None:
    """Never that of the best end, and never without a hatch."""
    assert find_swatch("NC – C") == find_swatch("NC")
    assert find_hatch_colour("NC – C") is not None
    assert find_hatch_colour("NC") is None


def test_both_are_in_one_line(scored: ScoringResult) -> None:
    """Open, settled as claimed, and lower than claimed because people decided."""
    units, t = scored.assessment.by_id, Translator("en")
    assert describe_range(units["R.21"], t) == "claimed C · LC to C until evidence is on file"
    assert describe_range(units["R.10"], t) == "LC, claimed and shown"
    assert describe_range(units["R.39"], t) == "not all answered · NC to C until answers and evidence are on file"
    outcome = units["IO.6"]
    assert isinstance(outcome, OutcomeResult)
    assert describe_range(outcome, t) == "claimed ME · LE to ME until evidence is on file"
    shown = replace(outcome.claimed_traces.worst, rating=EffectivenessRating.ME)
    claimed = replace(shown, rating=EffectivenessRating.SE)
    parts = (replace(outcome.core_issues[0], decided=Achievement.SOME), *outcome.core_issues[1:])
    lowered = replace(
        outcome,
        claimed_traces=Span(worst=claimed, best=claimed),
        shown_traces=Span(worst=shown, best=shown),
        core_issues=parts,
    )
    assert describe_range(lowered, t) == "claimed SE · ME after decisions"


def test_page_one_counts_what_is_shown_and_what_is_claimed(report: Report) -> None:
    """Of what can be rated: shown and claimed; the overdue submission, the days to the visit, what is not settled."""
    lead = report.document.summary.blocks[0] if report.document.summary else None
    figures = next(block for block in section(report, "standing").blocks if isinstance(block, KeyFigures))
    assert isinstance(lead, Paragraph)
    assert lead.text.startswith("Enhanced follow-up, even in the best case. A threshold for referral")
    assert [(one.value, one.detail) for one in figures.figures] == [
        ("19 of 39", "agencies claim 6 more without evidence; 1 not applicable"),
        ("0 of 11", "agencies claim 3 without evidence"),
        ("84", "1 September 2026"),
        ("97", "1 March 2027"),
        ("19", "54 answers without evidence, 30 requirements without an answer and 8 questions to decide"),
    ]


def test_the_map_shows_ranges_and_explains_the_hatch(report: Report) -> None:
    """A Recommendation claimed C of which LC to C is shown is never a plain LC."""
    chart = next(one for one in report.document.charts() if one.id == "recommendations")
    assert {one.label: one.marks for one in chart.series}["R.21"] == ("C", "LC – C")
    assert chart.hatch.startswith("Hatched: not settled until shown by evidence")
    assert b"<pattern" in draw_chart(chart)


def test_a_picture_without_open_ratings_has_no_hatch(report: Report) -> None:
    """And no key to one."""
    charts = {one.id: one for one in report.document.page_charts()}
    assert charts["severity"].hatch == ""
    assert charts["outcomes"].hatch != ""


def test_the_page_hatches_and_sorts_by_the_worst_end(report: Report) -> None:
    """Classes for the colour and the hatch, and the rank of the worst end for sorting."""
    page = render_html(report).decode()
    assert '<span class="mark r-LC hatch">' in page
    assert re.search(r'data-sort="1.2"><span class="mark r-PC hatch">', page)
    assert 'data-status="no date"' in page, "the filter on what is missing finds its rows"


def test_word_hatches(report: Report) -> None:
    """The cell has the fill of the worst end under thin stripes."""
    body = zipfile.ZipFile(io.BytesIO(render_docx(report.document))).read("word/document.xml").decode()
    fill = find_swatch("PC").fill.lstrip("#").upper()
    assert re.search(rf'w:val="thinDiagStripe" w:color="\w+" w:fill="{fill}"', body, re.IGNORECASE)


def test_excel_hatches_both_ends_of_what_is_open(report: Report) -> None:
    """R.21 is open and hatched, R.10 settled and plain; another policy is named where it differs."""
    sheet = load_workbook(io.BytesIO(render_xlsx(report)))["Ratings"]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[0].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    for end in ("Shown, worst case", "Shown, best case"):
        assert rows["R.21"][end].fill.fill_type == "lightUp"
        assert rows["R.10"][end].fill.fill_type == "solid"
    assert rows["R.21"]["Rating in words"].value == "claimed C · LC to C until evidence is on file"
    assert rows["R.3"]["Close to"].value == "PC"
    assert rows["R.3"]["Close to"].fill.fill_type is None, "a neighbour is no rating of the country's"
    assert sum(bool(row["Differs under other scoring rules"].value) for row in rows.values()) == 28


def test_a_unit_names_what_settles_it_with_what_is_missing(report: Report) -> None:
    """Two measures of R.15 come too late: an earlier date is asked for."""
    bullets = next(block for block in section(report, "R.15").blocks if isinstance(block, Bullets))
    step = "Bring the measure into force before the cut-off date."
    assert bullets.items == (f"15.4: {step}", f"15.9: {step}")


def test_the_articles_with_most_effect_are_a_table(report: Report) -> None:
    """The most levels first; at most ten."""
    rows = table(report, "settling").rows
    assert len(rows) == 10
    assert [cell.text for cell in rows[0].cells] == [
        "L-017 Virtual Asset Services Act 2026",
        "R.15/15.4, R.15/15.9",
        "R.15",
        "1",
    ]


def test_every_status_has_a_step_of_its_own() -> None:
    """Domain A10: R.15/15.4 is late, R.35/35.2 has no date; neither needs another law."""
    t = Translator("en")
    assert (
        describe_next_step(EvidenceStatus.IN_FORCE_LATER, t) == "Bring the measure into force before the cut-off date."
    )
    assert describe_next_step(EvidenceStatus.NO_DATE, t) == "Write the date of entry into force."
    assert describe_next_step(EvidenceStatus.NO_ARTICLE, t) == "Name the article."
    for kind in (EvidenceStatus.WRONG_KIND, EvidenceStatus.UNKNOWN_KIND):
        assert describe_next_step(kind, t).startswith("State which kind of")


def test_cheapest_to_close_asks_for_what_is_missing(report: Report) -> None:
    """Also where the country plans something, which stands beneath."""
    steps = {row.cells[0].text: row.cells[3] for row in table(report, "cheapest").rows}
    assert steps["R.15/15.4"].text == "Bring the measure into force before the cut-off date."
    assert steps["R.24/24.6"].text == "Bring the measure into force before the cut-off date."
    assert steps["R.24/24.6"].detail.startswith("Planned action: ")


def test_findings_to_be_shown_have_no_severity(scored: ScoringResult, report: Report) -> None:
    """54 of them; readers see plain words, and the step that fits."""
    assert {f.severity for f in scored.findings if f.kind is FindingKind.UNDEMONSTRATED} == {None}
    frame = next(one for one in report.tables if one.key == "findings")
    keys = [column.key for column in frame.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in frame.rows]
    to_show = [row for row in rows if row["kind"] == "to be shown"]
    assert len(to_show) == 54
    late = next(row for row in to_show if row["requirement"] == "R.15/15.4")
    assert late["recommended"] == "Bring the measure into force before the cut-off date."


def test_kinds_that_no_source_confirms_are_named(report: Report) -> None:
    """The method section lists the words, the kind that they were read as, and the answers that rest on them."""
    items = [item for block in section(report, "method").blocks if isinstance(block, Bullets) for item in block.items]
    assert "Instruction, understood as regulation: R.4/4.1(a)" in items


@pytest.mark.parametrize(("language", "pattern"), [("ar", "lightDown"), ("fr", "lightUp")])
def test_other_languages_hatch_too(scored: ScoringResult, language: str, pattern: str) -> None:
    """Mirrored from right to left."""
    book = load_workbook(io.BytesIO(render_xlsx(scored.report(generated_at=NOW, language=language))))
    fills = {cell.fill.fill_type for row in book.worksheets[2].iter_rows(min_row=2) for cell in row}
    assert pattern in fills
