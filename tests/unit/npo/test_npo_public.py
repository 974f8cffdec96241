"""The sector report for publication, and reports in which there is little to show."""

from __future__ import annotations

from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.npo.model import CodeCount, SectorVerdict
from fatf_kit.npo.report.counts import rows_table
from fatf_kit.report.model import DocumentTable, Figure, KeyFigures, Report, Section, walk_sections
from tests.unit.npo.made_up_sector import group, made_up_sector
from tests.unit.npo.test_npo_report import made
from tests.unit.npo.test_npo_verdict import made as made_thin
from tests.unit.npo.test_npo_verdict import thin


def section(report: Report, anchor: str) -> Section | None:
    """A section by its anchor."""
    return next((one for one in walk_sections(report.document.sections) if one.anchor == anchor), None)


def table(report: Report, name: str) -> list[list[str]]:
    """The texts of a table, row by row."""
    for one in walk_sections(report.document.sections):
        for block in one.blocks:
            if isinstance(block, DocumentTable) and block.id == name:
                return [[cell.text for cell in row.cells] for row in block.rows]
    return []


def test_what_assessors_wait_for_is_in_the_internal_report_only() -> None:
    """A published report does not list what the country still has to prepare."""
    sector = made_up_sector()
    assert section(made(sector, public=True), "assessors") is None
    assert section(made(sector, public=False), "assessors") is not None


def test_activities_whose_counts_are_hidden_are_one_line() -> None:
    """The days are those of the internal plan, which names every activity."""
    sector = made_up_sector((*(group(3, "high", activity=name) for name in ("health", "housing", "sport")),
                             group(40, "high", activity="relief"), group(300, "low")))  # fmt: skip
    public, internal = (table(made(sector, public=is_public), "outreach-table") for is_public in (True, False))
    assert sum(line[0] == "high" for line in internal) == 4
    hidden = [line for line in public if "…" in line]
    assert len(hidden) == 1
    assert "whose counts are hidden" in hidden[0][1]
    assert sum(int(line[-1]) for line in internal) == sum(int(line[-1]) for line in public)


def test_nothing_empty_is_drawn_for_a_thin_register() -> None:
    """No chart of zeros, no plan of visits to nobody, no checks without measures, no hours of nothing."""
    sector = replace(thin(), verdict=SectorVerdict.NOT, weak_controls=0)
    columns = tuple(replace(one, known=0.0, would_settle=0) for one in sector.completeness.columns)
    sector = replace(sector, completeness=replace(sector.completeness, columns=columns))
    report = made_thin(sector, public=True)
    for anchor in ("completeness", "over-regulation", "inspections"):
        found = section(report, anchor)
        assert found is not None
        assert not any(isinstance(block, Figure | KeyFigures) for block in found.blocks)
    assert (table(report, "over-regulation-table"), table(report, "inspections-table")) == ([], [])


def test_reasons_have_a_column_only_where_rows_are_rejected() -> None:
    """And the rows add up in both."""
    t, register = Translator("en"), made_up_sector().register
    assert len(rows_table(replace(register, rejected_reasons=()), t).columns) == 2
    rejected = replace(register, rejected=2, rejected_reasons=(CodeCount(code="no id", count=2),))
    assert {len(row.cells) for row in rows_table(rejected, t).rows} == {3}


def test_whom_bodies_help_is_counted_and_small_counts_are_hidden() -> None:
    """The share is of the bodies in scope; an internal report shows every count."""
    sector = made_up_sector()
    scope = sector.register.in_scope
    parts = (
        CodeCount(code="children", count=scope // 2),
        CodeCount(code="women", count=1),
        CodeCount(code="", count=6),
    )
    sector = replace(sector, beneficiaries=parts)
    public, internal = (table(made(sector, public=is_public), "beneficiaries-table") for is_public in (True, False))
    assert [line[0] for line in public] == ["children and young people", "women and girls", "not known"]
    assert [public[1][1], internal[1][1]] == ["…", "1"]
    assert sorted(
        (one["group"] for one in made(sector).payload["beneficiaries"]),  # type: ignore[attr-defined]
        key=lambda code: (code is not None, code != "women"),
    ) == [None, "women", "children"]
