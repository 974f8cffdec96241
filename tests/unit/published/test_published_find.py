"""Which report is meant, and what stands from earlier."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.published import (
    PublishedChange,
    PublishedReport,
    ReportType,
    complete_outcomes,
    find_changes,
    find_newest,
    find_report,
    find_reports,
    load_published,
)
from fatf_kit.published.fatf_workbook import infer_editions
from fatf_kit.published.jurisdiction_names import find_code

LC, PC = ComplianceRating.LC, ComplianceRating.PC


@pytest.mark.parametrize(
    ("who", "which", "label"),
    [
        ("IRQ", "latest", "MER 2024-05"),
        ("irq", "MER", "MER 2024-05"),
        (" Iraq ", "2024-05", "MER 2024-05"),
        ("NAM", "mer", "MER 2023-01"),
        ("Namibia", "FUR", "FUR 2024-04"),
        ("namibia", "latest", "MER+FUR(s) 2025-04"),
        ("NAM", "2024-04", "FUR 2024-04"),  # the report, not the summary of the same month
        ("NAM", "2025-04", "MER+FUR(s) 2025-04"),  # a month with nothing but a summary
        ("SRB", "MER", "MER 2025-12"),  # the newer of two rounds
        ("SRB", "2016-04", "MER 2016-04"),
        ("SRB", "FUR", "FUR 2024-03"),  # of the round before the newest MER
        ("SRB", "latest", "MER 2025-12"),
        ("ESP", "FUR", "FUAR 2019-12"),
        ("South Korea", "MER", "MER 2020-04"),
    ],
)
def test_the_report_that_is_meant(who: str, which: str, label: str) -> None:
    """By code or name in any case, and by kind, month or "latest"."""
    assert find_report(who, which).label == label


def test_namibias_code_is_no_missing_value() -> None:
    """NAM and the rating NA both survive."""
    assert {report.iso3 for report in find_reports("Namibia")} == {"NAM"}
    assert ComplianceRating.NA is find_report("ALB", "MER").ratings["R.17"]


def test_iraqs_ratings() -> None:
    """Three ratings of Iraq's report, checked by hand against the table."""
    ratings = find_report("IRQ", "MER").ratings
    assert (ratings["R.3"], ratings["R.15"], ratings["IO.7"]) == ("LC", "NC", "LE")


def test_latest_is_the_row_marked_current() -> None:
    """For all 199 jurisdictions, with the mark and without it."""
    for code, mine in groupby(load_published(), key=lambda report: report.iso3):
        rows = list(mine)
        marked = next(report for report in rows if report.is_current)
        assert marked == find_report(code, "latest")
        unmarked = find_newest(replace(report, is_current=False) for report in rows)
        assert replace(marked, is_current=False) == unmarked


def test_near_names_are_proposed() -> None:
    """A slip in a name or a code leads to the right one."""
    with pytest.raises(UnknownIdError, match=r"Did you mean one of these: Namibia \(NAM\)"):
        find_reports("Namibi")
    with pytest.raises(UnknownIdError, match=r"Iraq \(IRQ\)"):
        find_reports("IRK")
    with pytest.raises(UnknownIdError, match="published list"):
        find_reports("")


def test_a_report_that_does_not_exist_lists_what_does() -> None:
    """No follow-up, no such month, no such word: each says what to ask for."""
    with pytest.raises(UnknownIdError, match="Allowed: MER 2024-05"):
        find_report("IRQ", "FUR")
    with pytest.raises(UnknownIdError, match="Allowed: MER 2024-05"):
        find_report("IRQ", "2020-01")
    with pytest.raises(UnknownIdError, match="Allowed: MER, FUR, latest or a month"):
        find_report("IRQ", "newest")


def test_every_jurisdiction_is_found_by_name() -> None:
    """FATF's own names lead to FATF's own codes."""
    for report in load_published():
        assert report.iso3 == find_code(report.jurisdiction)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("People's Republic of China", None),
        ("CHINA (People's Republic of)", "CHN"),
        ("Turkey", None),
        ("Turkiye", "TUR"),
        ("The Bahamas", "BHS"),
        ("St. Lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("Yemen", "YEM"),
        ("عراق", None),
    ],
)
def test_names_are_matched_not_guessed(name: str, code: str | None) -> None:
    """Spelling does not matter, but another name is not taken for one."""
    assert find_code(name) == code


def _report(kind: ReportType, date: str, *, outcomes: str | None, r5: ComplianceRating = LC) -> PublishedReport:
    given = {f"IO.{n}": EffectivenessRating(outcomes) for n in range(1, 12)} if outcomes else {}
    return PublishedReport(
        jurisdiction="Testland",
        iso3="TST",
        bodies=("FATF",),
        report_type=kind,
        date=date,
        edition="fatf-2013",
        ratings={"R.5": r5, **given},
        is_current=False,
    )


MER = _report(ReportType.MER, "2016-01", outcomes="LE", r5=PC)
FUR = _report(ReportType.FUR, "2018-01", outcomes=None)


def test_a_follow_up_is_completed_from_its_round() -> None:
    """Outcomes stand as the MER rated them, the value says so, and its own ratings stay."""
    done = find_report("TST", "FUR", [MER, FUR])
    assert done.completed_from == "MER 2016-01"
    assert (done.ratings["R.5"], done.ratings["IO.11"]) == (LC, EffectivenessRating.LE)
    assert len(done.ratings) == 12
    assert done == find_report("TST", "latest", [FUR, MER])


def test_a_follow_up_assessment_rates_outcomes_anew() -> None:
    """A follow-up after a FUAR takes its outcomes from there, one before it from the MER."""
    fuar = _report(ReportType.FUAR, "2019-01", outcomes="SE")
    later = _report(ReportType.FUR, "2020-01", outcomes=None)
    assert complete_outcomes(later, [MER, FUR, fuar, later]).completed_from == "FUAR 2019-01"
    assert complete_outcomes(FUR, [MER, FUR, fuar, later]).completed_from == "MER 2016-01"


def test_nothing_is_completed_from_elsewhere() -> None:
    """Not from another jurisdiction, another edition, a later report or a MER before the round's own."""
    others = [
        replace(MER, iso3="OTH"),
        replace(MER, edition="fatf-2022"),
        replace(MER, date="2018-02"),
    ]
    assert FUR is complete_outcomes(FUR, others)
    bare = _report(ReportType.MER, "2017-01", outcomes=None)
    assert FUR is complete_outcomes(FUR, [MER, bare, FUR])
    assert bare is complete_outcomes(bare, [MER, bare])


def test_what_moved() -> None:
    """Only units that both reports give can have moved."""
    assert find_changes(MER, FUR) == (PublishedChange(unit="R.5", before=PC, after=LC),)
    fuar, before = find_report("ESP", "2019-12"), find_report("ESP", "2018-03")
    assert [change.unit for change in find_changes(before, fuar)] == ["IO.4", "IO.11"]


def test_editions_are_inferred_as_the_table_has_them() -> None:
    """Without their editions all rows get their own back: known ones by lookup, strangers by date alone."""
    table = load_published()
    assert infer_editions(replace(report, edition="") for report in table) == (table, 0)
    strangers, guessed = infer_editions(replace(report, iso3=f"{report.iso3}*", edition="") for report in table)
    assert [report.edition for report in table] == [report.edition for report in strangers]
    assert sum(report.edition == "fatf-2022" for report in table) == guessed


def test_a_new_evaluation_is_placed_by_date() -> None:
    """A second MER after the newer edition began belongs to it, with its follow-ups; a first one does not."""
    second = replace(MER, iso3="ALB", date="2027-02", edition="")
    follow_up = replace(FUR, iso3="ALB", date="2029-02", edition="")
    first = replace(MER, date="2027-02", edition="")
    reports, guessed = infer_editions([second, follow_up, first])
    assert ([report.edition for report in reports], guessed) == (["fatf-2022", "fatf-2022", "fatf-2013"], 2)
