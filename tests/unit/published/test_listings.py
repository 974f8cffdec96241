"""FATF's lists: the bundled facts, how they are said, when they are out of date, and how they are updated."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import Translator
from fatf_kit.papers.rating_history import build_history_chart
from fatf_kit.published import find_reports
from fatf_kit.published.listing_status import describe_events, describe_listing, describe_table_day
from fatf_kit.published.listings import (
    LISTS_VARIABLE,
    ListingStatus,
    find_listing,
    list_in_force,
    load_listings,
    load_plenaries,
)
from fatf_kit.published.listings_file import COLUMNS, ListName, read_listings, update_listings, write_listings
from fatf_kit.report.charts import draw_chart
from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.history import _lay_out, _read_time
from fatf_kit.report.charts.timeline import MARK
from fatf_kit.report.model import Series
from fatf_kit.workflows.peers import peers, peers_report

BEFORE, AFTER = date(2026, 10, 30), date(2026, 10, 31)
"""The last day of the Plenary of October 2026, and the day after it."""

AS_OF = "as of 19 June 2026; the Plenary of October 2026 is not included."
DOUBT = "increased monitoring; date of listing: secondary source"
HEAD = ",".join(COLUMNS)


def run(*words: object) -> Result:
    """`fatf-kit published` with the given words."""
    return CliRunner().invoke(cli, ["published", *map(str, words)])


def status_of(iso3: str, on: date = BEFORE) -> ListingStatus:
    """The status of a jurisdiction that is known."""
    status = find_listing(iso3, on)
    assert status is not None
    return status


def line_of(iso3: str, on: date = BEFORE, language: str = "en") -> str:
    """The line on a jurisdiction's listing."""
    return describe_listing(status_of(iso3, on), Translator(language))


def test_the_bundled_lists() -> None:
    """Twenty-two under increased monitoring and three subject to a call, all as of the Plenary of June 2026."""
    listed = list_in_force(load_listings())
    assert Counter(row.list for row in listed) == {ListName.INCREASED: 22, ListName.CALL: 3}
    assert {row.as_of for row in listed} == {date(2026, 6, 19)}
    assert [row.iso3 for row in listed if row.listed_since is None] == ["IRN", "PRK"]
    assert all(row.source and row.confidence for row in load_listings())


@pytest.mark.parametrize(
    ("iso3", "standing"),
    [
        ("IRQ", "Listed since 19 June 2026 (increased monitoring)"),
        ("KWT", "Listed since 13 February 2026 (increased monitoring)"),
        ("LBN", "Listed since 25 October 2024 (increased monitoring; date: secondary source)"),
        ("SYR", "Listed since February 2010 (increased monitoring; date: expert knowledge)"),
        ("IRN", "Listed; the date is not known here (call for action)"),
        ("DZA", f"Removed from the list on 19 June 2026, after 20 months ({DOUBT})"),
        ("MMR", "Listed since October 2022 (call for action; date: expert knowledge)"),
        ("JPN", "On neither of FATF's lists"),
    ],
)
def test_each_line_says_up_to_when_it_is_known(iso3: str, standing: str) -> None:
    """The standing, the day, and the Plenary that is not included; no warning before that Plenary is over."""
    assert line_of(iso3) == f"{standing}, {AS_OF}"


def test_a_later_plenary_turns_the_line_into_a_warning() -> None:
    """By the day that is given, not by the clock: the day after the Plenary, and once more after the next ones."""
    warning = "Warning: this Plenary is over. Check FATF's lists and update the table."
    assert line_of("IRQ", AFTER) == f"Listed since 19 June 2026 (increased monitoring), {AS_OF} {warning}"
    assert (status_of("IRQ", BEFORE).is_outdated, status_of("IRQ", AFTER).is_outdated) == (False, True)
    assert status_of("IRQ", date(2027, 3, 1)).passed == ("2026-10", "2027-02")
    assert "Warning: 2 Plenaries are over." in line_of("IRQ", date(2027, 3, 1))
    assert status_of("IRQ", date(2027, 2, 28)).passed == ("2026-10",)  # its last day is not known before


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_lines_in_other_languages(language: str) -> None:
    """Nothing of the English line is left."""
    line = line_of("IRQ", AFTER, language)
    assert "2026" in line
    assert not any(word in line for word in ("Listed", "Plenary", "Warning", "monitoring"))


def test_a_made_up_country_has_no_listing() -> None:
    """A code that no table knows is not called unlisted."""
    assert find_listing("XRU", BEFORE) is None


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_list_of_lists_warns_once(language: str) -> None:
    """Not in the line of each jurisdiction: the day, the Plenary and the warning are those of the table."""
    t = Translator(language)
    lines = run("lists", "show", "--on", AFTER, "--lang", language).stdout.splitlines()
    assert len(lines) == 26
    assert lines[-1] == describe_table_day(status_of("IRQ", AFTER), t)
    assert lines[-1].startswith(
        t(
            "As of {day}; the Plenary of {month} is not included.",
            day=t.day(date(2026, 6, 19)),
            month=t.month("2026-10"),
        )
    )
    assert [line for line in lines[:-1] if t.month("2026-10") in line] == []
    last = run("lists", "show", "--on", BEFORE, "--lang", language).stdout.splitlines()[-1]
    assert lines[-1].startswith(f"{last} ")  # no warning before that Plenary is over


def test_plenaries_follow_on_each_other() -> None:
    """February, June and October, over the turn of the year."""
    plenaries = load_plenaries()
    days = ("2026-01-05", "2026-02-13", "2026-06-19", "2026-10-30", "2026-12-01")
    found = [plenaries.first_after(date.fromisoformat(day)) for day in days]
    assert found == ["2026-02", "2026-06", "2026-10", "2027-02", "2027-02"]


def test_show_says_since_when() -> None:
    """In words under the name, and as a fact with source and confidence in JSON."""
    text = run("show", "IRQ", "--on", "2026-09-01").stdout
    assert f"Iraq (IRQ)\nListed since 19 June 2026 (increased monitoring), {AS_OF}\n" in text
    listing = json.loads(run("show", "IRQ", "--on", "2026-11-24", "--json").stdout)["listing"]
    assert tuple(
        listing[key] for key in ("standing", "list", "listed_since", "as_of", "confidence", "plenaries_passed")
    ) == ("listed", "increased-monitoring", "2026-06-19", "2026-06-19", "confirmed", ["2026-10"])


def test_months_on_the_list() -> None:
    """Calendar months from listing to removal, of the fourteen removals and of no listing in force."""
    months = {one.iso3: one.months for one in load_listings() if one.months is not None}
    assert (months["ARE"], months["BFA"], months["DZA"], months["NAM"], months["TUR"]) == (23, 56, 20, 28, 32)
    assert sorted(months.values()) == [20, 23, 24, 24, 28, 32, 32, 32, 32, 36, 44, 44, 44, 56]
    assert not any(one.months is not None for one in load_listings() if one.is_in_force)


def test_show_has_listing_and_removal_between_the_reports() -> None:
    """In their places in time among the reports, with source and confidence in JSON."""
    text = run("show", "DZA", "--on", "2026-11-24").stdout
    marks = ("FUR 2024-05", "— listed 25 October 2024", "FUR 2025-05", "— removed 19 June 2026, after 20 months")
    assert sorted(marks, key=text.index) == list(marks)
    assert "listed 25 October 2024  (increased monitoring, date: secondary source)" in text
    shown = json.loads(run("show", "DZA", "--on", "2026-11-24", "--json").stdout)
    check_json(shown, "published-show-1.schema.json", "show")
    assert [
        (one["listed_since"], one["removed_on"], one["months"], one["confidence"]) for one in shown["listings"]
    ] == [("2024-10-25", "2026-06-19", 20, "secondary source")]
    assert json.loads(run("show", "JPN", "--json").stdout)["listings"] == []


def test_a_country_listed_twice_shows_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table in use may have an earlier listing without its date and a later one."""
    table = tmp_path / "lists.csv"
    table.write_text(
        f"{HEAD}\nIRQ,increased-monitoring,,2018-06-29,2018-06-29,made up,expert knowledge\n"
        "IRQ,increased-monitoring,2026-06-19,,2026-06-19,made up,confirmed\n",
        encoding="utf-8",
    )
    monkeypatch.setenv(LISTS_VARIABLE, str(table))
    assert describe_events(status_of("IRQ"), Translator("en")) == (
        "listed, the date is not known here; removed 29 June 2018; listed 19 June 2026"
    )


def test_the_history_chart_marks_listing_and_removal() -> None:
    """A column for each report with its counts, and a mark for each day; without either there is no chart."""
    t = Translator("en")
    chart = build_history_chart(find_reports("DZA"), status_of("DZA"), t)
    assert chart is not None
    columns = [one for one in chart.series if one.group != MARK]
    assert [(one.label, one.values) for one in columns] == [
        ("MER July 2023", (2, 9, 17, 11, 1)),
        ("FUR May 2024", (2, 14, 13, 10, 1)),
        ("FUR May 2025", (2, 18, 11, 8, 1)),
        ("State May 2026", (9, 21, 4, 5, 1)),
    ]
    assert [(one.label, one.marks) for one in chart.series if one.group == MARK] == [
        ("listed 25 October 2024", ("2024-10-25",)),
        ("removed 19 June 2026, after 20 months", ("2026-06-19",)),
    ]
    assert "removed 19 June 2026, after 20 months" in chart.alt
    for language in ("en", "ar"):
        assert "removed 19 June 2026, after 20 months" in _words(draw_chart(chart, language=language).decode())
    assert build_history_chart(find_reports("DZA")[:1], None, t) is None


def _words(picture: str) -> str:
    """The texts of a picture without the signs that isolate their direction."""
    found = "".join(re.findall(r">([^<>]+)</text>", picture))
    return "".join(sign for sign in found if unicodedata.category(sign) != "Cf")


def test_a_listing_in_the_month_of_a_report_is_not_on_its_column() -> None:
    """A listing in the month of a report is drawn next to it, on the side where its day belongs."""
    reports = (
        Series(label="MER", values=(40,), marks=("2022-05",)),
        Series(label="FUR", values=(40,), marks=("2022-06",)),
    )
    days = tuple(Series(label=day, values=(), marks=(day,), group=MARK) for day in ("2022-05-01", "2022-05-30"))
    canvas = Canvas("en")
    axis = _lay_out(canvas, reports, days)
    first, second = (axis.find_place(_read_time(day)) for day in days)
    mer, fur = axis.places
    assert fur - mer >= axis.step - 1e-9
    half = axis.column / 2
    assert first < mer - half < mer + half < second < fur - half


def test_peers_have_their_listings() -> None:
    """A row for each jurisdiction compared: its report, better ratings and listings."""
    found = peers("IRQ", "DZA,JPN,KWT")
    made = peers_report(found, generated_at="2026-11-24T00:00:00+00:00")
    check_json(made.payload, "peers-1.schema.json", "peers")
    (table,) = (one for one in made.tables if one.key == "peer_listings")
    assert [row[-1] for row in table.rows] == [
        "listed 19 June 2026",
        "listed 25 October 2024; removed 19 June 2026, after 20 months",
        "–",
        "listed 13 February 2026",
    ]
    good = {row[0]: row[3:5] for row in table.rows}
    assert good["Algeria"] == (30, 2)
    compared: Any = made.payload["peers"]
    assert [one["listings"] == [] for one in compared] == [False, True, False]
    text = CliRunner().invoke(cli, ["peers", "IRQ", "--group", "DZA,JPN,KWT"]).stdout
    assert "listed 25 October 2024; removed 19 June 2026, after 20 months" in text


def test_the_outlook_no_longer_asks_who_comes_first() -> None:
    """Iraq is listed: before, the test said 'not known' and asked for the size of its financial sector."""
    words = ["outlook", "--published", "IRQ", "--on", "2026-09-01"]
    text = CliRunner().invoke(cli, words).stdout
    assert f"Listed since 19 June 2026 (increased monitoring), {AS_OF}" in text
    assert "The country is already on one of FATF's lists" in text
    assert "is not known: facts are missing" not in text
    document = json.loads(CliRunner().invoke(cli, [*words, "--json"]).stdout)
    assert check_json(document, "outlook-1.schema.json", "outlook") == ()
    assert (document["prioritisation"]["first"], document["prioritisation"]["decided_by"]) == (True, "listing")
    other = json.loads(CliRunner().invoke(cli, ["outlook", "--published", "BHR", "--json"]).stdout)
    assert (other["prioritisation"]["first"], other["prioritisation"]["decided_by"]) == (None, "facts")


def test_the_follow_up_report_says_it(tmp_path: Path) -> None:
    """On the terminal, in the document and in JSON."""
    file, listed = tmp_path / "f.html", "Listed since 19 June 2026 (increased monitoring)"
    words = ["follow-up", "report", "--published", "IRQ", "--on", "2026-09-01", "-o", str(file)]
    assert f"{listed}, {AS_OF}" in CliRunner().invoke(cli, words).stdout
    assert listed in file.read_text(encoding="utf-8")
    result = CliRunner().invoke(cli, [*words, "--force", "--json"])
    document = json.loads(result.stdout)
    assert check_json(document, "follow-up-1.schema.json", "follow-up") == ()
    assert document["outlook"]["listing"]["listed_since"] == "2026-06-19"


def changes(path: Path, *lines: str) -> Path:
    """A small file of changes."""
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return path


def test_a_plenary_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One removed, one added; the rest is known up to the same day; the table is used once it is named."""
    small = changes(
        tmp_path / "october.csv",
        "KEN,increased-monitoring,,2026-10-30,2026-10-30,made-up example,confirmed",
        "BHR,increased-monitoring,2026-10-30,,2026-10-30,made-up example,confirmed",
    )
    table = tmp_path / "lists.csv"
    result = run("lists", "import", small, "-o", table, "--json")
    assert (result.exit_code, *(json.loads(result.stdout)[key] for key in ("listed", "as_of"))) == (0, 25, "2026-10-30")
    monkeypatch.setenv(LISTS_VARIABLE, str(table))
    iraq, kenya, bahrain = (line_of(code, AFTER) for code in ("IRQ", "KEN", "BHR"))
    later = "as of 30 October 2026; the Plenary of February 2027 is not included."
    assert iraq == f"Listed since 19 June 2026 (increased monitoring), {later}"
    how = "after 32 months (increased monitoring; date of listing: secondary source)"
    assert kenya == f"Removed from the list on 30 October 2026, {how}, {later}"
    assert bahrain == f"Listed since 30 October 2026 (increased monitoring), {later}"
    removed = next(row for row in load_listings() if row.iso3 == "KEN")
    assert removed.listed_since == "2024-02-23"


def test_a_plenary_without_changes_is_imported(tmp_path: Path) -> None:
    """Headings alone, with the day: everything is known up to it."""
    table = tmp_path / "lists.csv"
    small = changes(tmp_path / "none.csv")
    assert run("lists", "import", small, "-o", table, "--as-of", "2026-10-30").exit_code == 0
    assert {row.as_of for row in read_listings(table) if row.is_in_force} == {date(2026, 10, 30)}
    assert isinstance(run("lists", "import", small, "-o", tmp_path / "x.csv").exception, FatfKitError)


def test_every_fault_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    """Found and allowed for each cell; the file before stays as it was."""
    table = tmp_path / "lists.csv"
    table.write_text("before")
    small = changes(tmp_path / "bad.csv", "irq,grey,2026-13-01,soon,,=1,sure", "KEN,call-for-action")
    result = run("lists", "import", small, "-o", table, "--force")
    assert isinstance(result.exception, FatfKitError)
    text = str(result.exception)
    for part in (
        "'irq' in line 2, column iso3",
        "'grey' in line 2, column list",
        "'2026-13-01'",
        "'soon'",
        "'' in line 2, column as_of",
        "source",
        "'sure'",
        "Line 3 does not have as many cells",
    ):
        assert part in text, part
    assert table.read_text() == "before"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("JPN,increased-monitoring,,2026-10-30,2026-10-30,s,confirmed", "is not on the list"),
        ("IRQ,call-for-action,2026-10-30,,2026-10-30,s,confirmed", "more than one line"),
        ("JPN,increased-monitoring,2026-02-13,,2026-02-13,s,confirmed", "is already complete up to 19 June 2026"),
    ],
)
def test_changes_that_contradict_the_table(tmp_path: Path, line: str, why: str) -> None:
    """A removal of what is not listed, a second list, a day before the table's own."""
    rows = read_listings(changes(tmp_path / "odd.csv", line))
    with pytest.raises(FatfKitError, match=why):
        update_listings(load_listings(), rows, rows[0].as_of)


def test_the_table_comes_back(tmp_path: Path) -> None:
    """Written and read again it is the same."""
    write_listings(load_listings(), tmp_path / "lists.csv")
    assert load_listings() == read_listings(tmp_path / "lists.csv")


def test_all_that_are_listed_are_shown() -> None:
    """A line each and one for the day of the table, and the same as JSON."""
    *lines, last = run("lists", "show", "--on", "2026-09-01").stdout.splitlines()
    assert len(lines) == 25
    assert last == f"A{AS_OF[1:]}"
    assert len(json.loads(run("lists", "show", "--json").stdout)["jurisdictions"]) == 25
