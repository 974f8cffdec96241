"""FATF's lists: the bundled facts, how they are said, when they are out of date, and how they are updated."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import Translator
from fatf_kit.published.listing_status import describe_listing
from fatf_kit.published.listings import (
    LISTS_VARIABLE,
    ListingStatus,
    find_listing,
    list_in_force,
    load_listings,
    load_plenaries,
)
from fatf_kit.published.listings_file import COLUMNS, ListName, read_listings, update_listings, write_listings

BEFORE, AFTER = date(2026, 10, 30), date(2026, 10, 31)
"""The last day of the Plenary of October 2026, and the day after it."""

AS_OF = "as of 19 June 2026; the Plenary of October 2026 is not included."
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
    assert [row.iso3 for row in listed if row.listed_since is None] == ["IRN", "MMR", "PRK"]
    assert all(row.source and row.confidence for row in load_listings())


@pytest.mark.parametrize(
    ("iso3", "standing"),
    [
        ("IRQ", "Listed since 19 June 2026 (increased monitoring)"),
        ("KWT", "Listed since 13 February 2026 (increased monitoring)"),
        ("LBN", "Listed since 25 October 2024 (increased monitoring; date: secondary source)"),
        ("SYR", "Listed since February 2010 (increased monitoring; date: expert knowledge)"),
        ("IRN", "Listed; the date is not known here (call for action)"),
        ("DZA", "Removed from the list on 19 June 2026 (increased monitoring)"),
        ("JPN", "On neither of FATF's lists"),
    ],
)
def test_each_line_says_up_to_when_it_is_known(iso3: str, standing: str) -> None:
    """The standing, the day, and the Plenary that is not included; no warning before that Plenary is over."""
    assert line_of(iso3) == f"{standing}, {AS_OF}"


def test_a_later_plenary_turns_the_line_into_a_warning() -> None:
    """By the day that is given, not by the clock: the day after the Plenary, and once more after the next ones."""
    warning = "Warning: this Plenary has passed since. Check FATF's lists and update the table."
    assert line_of("IRQ", AFTER) == f"Listed since 19 June 2026 (increased monitoring), {AS_OF} {warning}"
    assert (status_of("IRQ", BEFORE).is_outdated, status_of("IRQ", AFTER).is_outdated) == (False, True)
    assert status_of("IRQ", date(2027, 3, 1)).passed == ("2026-10", "2027-02")
    assert "Warning: 2 Plenaries have passed since." in line_of("IRQ", date(2027, 3, 1))
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


def test_plenaries_follow_on_each_other() -> None:
    """February, June and October, over the turn of the year."""
    plenaries = load_plenaries()
    days = (date(2026, 1, 5), date(2026, 2, 13), date(2026, 6, 19), date(2026, 10, 30), date(2026, 12, 1))
    assert [plenaries.first_after(day) for day in days] == ["2026-02", "2026-06", "2026-10", "2027-02", "2027-02"]


def test_show_says_since_when() -> None:
    """In words under the name, and as a fact with source and confidence in JSON."""
    text = run("show", "IRQ", "--on", "2026-09-01").stdout
    assert f"Iraq (IRQ)\nListed since 19 June 2026 (increased monitoring), {AS_OF}\n" in text
    listing = json.loads(run("show", "IRQ", "--on", "2026-11-24", "--json").stdout)["listing"]
    assert tuple(
        listing[key] for key in ("standing", "list", "listed_since", "as_of", "confidence", "plenaries_passed")
    ) == ("listed", "increased-monitoring", "2026-06-19", "2026-06-19", "confirmed", ["2026-10"])


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
    words = ["follow-up", "report", "--published", "IRQ", "--on", "2026-09-01", "-o", str(tmp_path / "f.html")]
    assert f"Listed since 19 June 2026 (increased monitoring), {AS_OF}" in CliRunner().invoke(cli, words).stdout
    assert "Listed since 19 June 2026 (increased monitoring)" in (tmp_path / "f.html").read_text(encoding="utf-8")
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
    assert kenya == f"Removed from the list on 30 October 2026 (increased monitoring), {later}"
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
        ("JPN,increased-monitoring,2026-02-13,,2026-02-13,s,confirmed", "is already complete up to 2026-06-19"),
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
    """A line each, and the same as JSON."""
    result = run("lists", "show", "--on", "2026-09-01")
    assert len(result.stdout.splitlines()) == 25
    assert all(line.endswith(AS_OF) for line in result.stdout.splitlines())
    assert len(json.loads(run("lists", "show", "--json").stdout)["jurisdictions"]) == 25
