"""Several countries: rows from folders and published ratings, common gaps as counts, and nothing that crosses."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import overview, overview_report, score
from fatf_kit.action_plan.reading import read_plan
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.laws.folder_part import find_laws
from fatf_kit.papers.overview_model import Basis, CountryState, GapSets, LateCounts, OpenNeed, Overview, SharedNeeds
from fatf_kit.workflows.overview import _count_late_actions
from tests.unit.cli.commands import RURITANIA, end_of, invoke

GRAUSTARK = data_folder("examples") / "graustark"
TODAY = date(2026, 11, 29)
NOW = "2026-11-29"
LAST_SHEETS = ("Needs by kind", "Needs by partner", "Next missions", "Next dates")


@pytest.fixture(scope="module")
def both() -> Overview:
    """The two made-up countries and two published jurisdictions."""
    return overview([RURITANIA, GRAUSTARK], published=["IRQ", "DZA"], today=TODAY)


def test_rows_have_the_counts_of_their_own_folder(both: Overview) -> None:
    """Coverage, calendar, plans and what is late, as the workbooks of the examples have them."""
    ruritania, graustark, iraq, algeria = both.countries
    assert [one.name for one in both.countries] == ["Ruritania", "Graustark", "Iraq", "Algeria"]
    assert (graustark.requested, graustark.answered, graustark.agencies) == (339, 8, 3)
    assert graustark.visit == (date(2027, 9, 6), date(2027, 9, 24))
    assert graustark.next_date is not None
    coming = graustark.next_date
    assert (coming.day, coming.by, coming.days) == (date(2026, 12, 7), "country", 8)
    (plan,) = graustark.plans
    assert (plan.kind, plan.cycle) == ("observation", "2027-02")
    assert (plan.total, plan.done, plan.overdue) == (3, 0, 1)
    claimed = {name: n for name, n in plan.claimed.items() if n}
    decided = {name: n for name, n in plan.decided.items() if n}
    assert claimed == {"not addressed": 1, "largely addressed": 1, "": 1}
    assert decided == {"not addressed": 1, "partly addressed": 1, "": 1}
    assert graustark.late == LateCounts(workbooks=1, bills=0, actions=None, items=1)
    assert ruritania.late == LateCounts(workbooks=0, bills=1, actions=None, items=0)
    assert (ruritania.answered, len(ruritania.plans)) == (309, 0)
    assert graustark.outlook is not None
    span = graustark.outlook.follow_up_span
    assert (span.best, span.worst) == ("regular", "enhanced")
    assert (iraq.requested, iraq.late, iraq.dates, iraq.basis) == (0, None, (), Basis.PUBLISHED)
    assert algeria.listing is not None
    assert algeria.listing.standing == "removed"


def test_common_gaps_are_those_of_both_countries(both: Overview) -> None:
    """A gap is counted where both answered and both fall short: 29.1 is met in both, 15.1 and 24.6 fall short."""
    own = {one.id for one in both.find_common_gaps() if one.basis is Basis.ANSWERS}
    shortcomings = [
        {f.requirement for f in score(home).findings if f.kind == "shortcoming"} for home in (RURITANIA, GRAUSTARK)
    ]
    units = [{name.split("/")[0] for name in some if name.startswith("R.")} for some in shortcomings]
    issues = shortcomings[0] & shortcomings[1]
    assert own == (units[0] & units[1]) | {name for name in issues if name.startswith("IO.")}
    published = {one.id: one.of for one in both.find_common_gaps() if one.basis is Basis.PUBLISHED}
    assert set(published.values()) == {2}
    assert {"IO.7", "R.24"} <= set(published)


def test_most_countries_and_editions_apart() -> None:
    """Two of three are most, two of four are not; another edition or another basis is counted apart."""

    def state(edition: str, looked_at: str, gaps: str, causes: dict[str, int] | None = None) -> CountryState:
        named, short = frozenset(looked_at.split()), frozenset(gaps.split())
        sets = GapSets(edition=edition, basis=Basis.ANSWERS, looked_at=named, gaps=short, causes=causes or {})
        return CountryState(name="Made up", edition=edition, gaps=sets)

    countries = (
        state("fatf-2022", "R.1 R.2 R.10", "R.1 R.2 R.10", {"resources": 2, "legal-basis": 1}),
        state("fatf-2022", "R.1 R.2 R.10", "R.1 R.2", {"resources": 3}),
        state("fatf-2022", "R.1 R.2", "R.1"),
        state("fatf-2022", "R.2", ""),
        state("fatf-2013", "R.1 R.10", "R.10"),
        CountryState(name="Not read", problem="It cannot be read."),
    )
    found = Overview(today=TODAY, language="en", countries=countries)
    (gap,) = found.find_common_gaps()
    assert (gap.id, gap.edition, gap.countries, gap.of) == ("R.1", "fatf-2022", 3, 3)
    (cause,) = found.find_common_causes()
    assert (cause.id, cause.countries, cause.shortcomings) == ("resources", 2, 5)


def test_a_folder_that_cannot_be_read_is_a_problem_in_its_row(tmp_path: Path) -> None:
    """The others go on, and each is read once, in the order named; the same folder twice is one row."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "assessment.xlsx").write_bytes(b"not a workbook")
    steps: list[tuple[int, int]] = []
    folders = [broken, GRAUSTARK, GRAUSTARK, tmp_path / "nowhere"]
    found = overview(folders, today=TODAY, on_progress=lambda done, of: steps.append((done, of)))
    read = [(one.name, one.is_read) for one in found.countries]
    assert read == [("broken", False), ("Graustark", True), ("nowhere", False)]
    assert all(one.problem for one in found.countries if not one.is_read)
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    made = overview_report(found, generated_at=NOW)
    assert check_json(json.loads(json.dumps(made.payload)), "overview-1.schema.json", "overview") == ()
    with pytest.raises(UnknownIdError):
        overview([], published=["Nowhere"])


def test_overdue_actions_of_the_own_plan(tmp_path: Path) -> None:
    """An action counts after its due day unless it is done with evidence or dropped; a broken plan is a problem."""
    home = tmp_path / "home"
    shutil.copytree(GRAUSTARK, home)
    later = data_folder("examples") / "ruritania-plan" / "plan-after-six-months.xlsx"
    shutil.copy(later, home / "plan.xlsx")
    t = Translator("en")
    assert _count_late_actions(home, date(2020, 1, 1), t) == (0, "")
    count, problem = _count_late_actions(home, TODAY, t)
    book, _ = read_plan(later)
    rows = [one for one in book.actions if one.slot is not None and one.slot.due < TODAY]
    is_open = [row.status != "dropped" and not (row.status == "done" and row.evidence) for row in rows]
    assert (count, problem) == (sum(is_open), "")
    assert count
    (home / "plan.xlsx").write_bytes(b"no plan")
    (state,) = overview([home], today=TODAY).countries
    assert state.late
    assert (state.is_read, state.late.actions, bool(state.problem)) == (True, None, True)


def test_no_text_of_a_folder_is_in_the_overview(both: Overview) -> None:
    """No answer, explanation, citation, title of a law or agency's name is anywhere in pages, sheets or JSON."""
    made = overview_report(both, generated_at=NOW)
    whole = json.dumps(made.payload, ensure_ascii=False) + repr(made.document) + repr(made.tables)
    for home in (RURITANIA, GRAUSTARK):
        scored = score(home)
        texts = {
            text
            for answer in scored.responses.answers
            for one in (answer, *answer.agency_answers)
            for text in (one.explanation, one.citation, one.missing, one.action)
            if text and len(text) > 12
        }
        assert scored.folder is not None
        texts |= {agency.name("en") for agency in scored.folder.workspace.agencies}
        texts |= {law.title("en") for law in find_laws(scored.folder).register.instruments if law.title("en")}
        assert len(texts) > 10
        assert [text for text in texts if text in whole] == []
    common = json.dumps([made.payload["common_gaps"], made.payload["root_causes"]])
    assert not any(one.name in common or one.iso3 in common for one in both.countries)


@pytest.mark.full
def test_files_and_the_terminal(tmp_path: Path) -> None:
    """Every format is written, a name with another ending is refused, and existing files are kept."""
    words = ("overview", GRAUSTARK, "--published", "DZA", "--on", NOW)
    for ending in ("html", "xlsx", "docx", "csv"):
        result = invoke(*words, "-o", tmp_path / f"overview.{ending}")
        assert result.exception is None
        assert (tmp_path / f"overview.{ending}").stat().st_size
    sheets = openpyxl.load_workbook(tmp_path / "overview.xlsx").sheetnames
    assert sheets == ["About", "Countries", "Items of plans", "Common gaps", "Common root causes", *LAST_SHEETS]
    page = (tmp_path / "overview.html").read_text(encoding="utf-8")
    assert "removed 19 June 2026, after 20 months" in page
    assert "8 of 339 (2%)" in result.stdout
    (tmp_path / "overview.html").write_bytes(b"changed by a person")
    assert end_of(*words, "-o", tmp_path / "overview.html") == 3
    assert end_of("overview") == 2
    assert end_of(*words, "-o", tmp_path / "overview.txt") == 2


def test_open_needs_are_counted_by_kind_and_partner() -> None:
    """Over all countries; a need without a partner counts as unmatched."""
    one, other = (OpenNeed(kind="training", partner=partner) for partner in ("Northern Fund", ""))
    third = OpenNeed(kind="equipment", partner="")
    countries = (
        CountryState(name="A", edition="fatf-2022", needs=(one, other, third)),
        CountryState(name="B", edition="fatf-2022", needs=(one,)),
    )
    found = Overview(today=TODAY, language="en", countries=countries)
    assert found.count_needs_by_kind() == (
        SharedNeeds(name="training", countries=2, needs=3, unmatched=1),
        SharedNeeds(name="equipment", countries=1, needs=1, unmatched=1),
    )
    assert found.count_needs_by_partner() == (SharedNeeds(name="Northern Fund", countries=2, needs=2),)
    report = overview_report(found, generated_at="2026-11-29")
    check_json(report.payload, "overview-1.schema.json", "overview")
    assert any(table.key == "needs_by_partner" for table in report.tables)
