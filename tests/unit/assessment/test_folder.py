"""An assessment folder is made, found and completed, and its agencies' workbooks are written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fatf_kit import agency_templates, init_assessment
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency, locate_template
from fatf_kit.assessment.folder.folder import (
    find_policy,
    find_workspace,
    is_workspace,
    read_workspace,
)
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.store import write_files
from fatf_kit.published import find_report


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A new folder that no test changes."""
    visit = (date(2027, 3, 1), date(2027, 3, 19))
    folder = tmp_path_factory.mktemp("home") / "iraq"
    return init_assessment(folder, country="irq", on_site=visit, languages=("ar", "en"))


def test_new_folder_has_no_problems(home: Workspace) -> None:
    """A new folder is read back complete, and the end of the visit is the cut-off date."""
    read, problems = read_workspace(home.path)
    assert problems == ()
    assert home == read
    assert home.settings.cut_off == date(2027, 3, 19)
    inside = {"assessment.xlsx", "laws.xlsx", "README.txt", "Update.bat", "Update.command", "update.sh"}
    folders = {"inbox", "templates", "responses", "statistics", "reports", "history"}
    assert inside | folders == {path.name for path in home.path.iterdir()}
    assert "المجلد" in (home.path / "README.txt").read_text(encoding="utf-8-sig")


def test_found_from_inside(home: Workspace, tmp_path: Path) -> None:
    """A folder is found from inside it and not from elsewhere."""
    assert home.path.resolve() == find_workspace(home.path / "responses")
    assert find_workspace(tmp_path) is None


def test_nothing_is_made_over_an_assessment(home: Workspace) -> None:
    """A second init of the same folder is refused."""
    with pytest.raises(FatfKitError, match="already"):
        init_assessment(home.path, country="IRQ")


@pytest.mark.parametrize("country", ["Narnia", "XX", "ZZZ", "../"])
def test_unknown_countries(tmp_path: Path, country: str) -> None:
    """An unknown name or code is refused before anything is made."""
    with pytest.raises(UnknownIdError):
        init_assessment(tmp_path / "new", country=country)
    assert not (tmp_path / "new").exists()


def test_a_policy_never_leads_out_of_the_folder(home: Workspace) -> None:
    """A policy file outside the folder is refused, and an id is never read as a path."""
    from dataclasses import replace

    (home.path.parent / "outside.json").write_text("{}", encoding="utf-8")
    outside = replace(home, settings=replace(home.settings, policy="../outside.json"))
    with pytest.raises(FatfKitError, match="outside"):
        find_policy(outside)
    assert find_policy(home) == "indicative-3"


def test_agency_workbook_has_only_its_own_requirements(home: Workspace) -> None:
    """The workbook is in the agency's language and names the lead of each requirement."""
    layout = build_agency_layout(home, find_agency(home, "npo-regulator"))
    assert layout is not None
    assert (layout.language, layout.agency) == ("ar-IQ", "npo-regulator")
    assert layout.country == "العراق"
    tops = [row for sheet in layout.sheets for row in sheet.rows if row.depth == 0]
    assert tops
    for row in tops:
        duty = home.assignment.duty(row.requirement)
        assert "npo-regulator" in duty.agencies, row.requirement
        assert bool(row.duty)
        assert (duty.lead == "npo-regulator") == row.duty.startswith("جهتكم هي القائدة")


def test_last_ratings_are_shown_and_not_prefilled(home: Workspace) -> None:
    """The last ratings are shown on the sheet and never filled in as an answer."""
    layout = build_agency_layout(home, find_agency(home, "npo-regulator"), "en", published=find_report("IRQ", "MER"))
    assert layout is not None
    sheet = next(sheet for sheet in layout.sheets if sheet.title == "R.8")
    assert "Last evaluation (MER 2024-05)" in sheet.foreword


def test_workbooks_are_written_once(home: Workspace) -> None:
    """Each agency gets one; a second run leaves it alone, force replaces it, each names its agency."""
    first = list(agency_templates(home.path, agencies=["fiu", "tax"]))
    again = list(agency_templates(home.path, agencies=["fiu"]))
    forced = list(agency_templates(home.path, agencies=["fiu"], force=True))
    assert [done for _, _, done in first] == [True, True]
    assert [done for _, _, done in again] == [False]
    assert [done for _, _, done in forced] == [True]
    raw, problems = read_workbook(locate_template(home, find_agency(home, "fiu")))
    assert raw is not None
    assert problems == ()
    assert raw.stamp is not None
    assert raw.stamp.agency == "fiu"


def test_unknown_agency_is_reported_with_a_similar_name(home: Workspace) -> None:
    """An unknown agency is reported with the most similar known one."""
    with pytest.raises(UnknownIdError, match="central-bank"):
        find_agency(home, "centralbank")


def test_prefill_takes_an_agencys_own_answers(home: Workspace, tmp_path: Path) -> None:
    """From an earlier copy, with its evidence, also where it is not asked any more; others' answers stay away."""
    from fatf_kit.assessment.workbook.template import write_template

    layout = build_agency_layout(home, find_agency(home, "fiu"), "en", extra={"R.38/38.1": ["rating"]})
    assert layout is not None
    answers = {"R.29/29.1": {"rating": "met", "evidence": "E-1"}, "R.38/38.1": {"rating": "not met"}}
    earlier = tmp_path / "copies"
    write_template(
        layout, earlier / "fiu.xlsx", prefill=answers, evidence=[{"id": "E-1", "kind": "law", "title": "Act"}]
    )
    run = agency_templates(home.path, agencies=["fiu", "tax"], output=tmp_path, prefill=[earlier], languages=["fr"])
    assert [done for _, _, done in run] == [True, True]
    _, fiu, _ = read_responses([tmp_path / "fiu.fr.xlsx"])
    _, tax, _ = read_responses([tmp_path / "tax.fr.xlsx"])
    assert {a.requirement: a.rating for a in fiu.answers} == {"R.29/29.1": "met", "R.38/38.1": "not met"}
    assert [item.id for item in fiu.evidence if item.title] == ["E-1"]
    assert tax.answers == ()


def test_a_folder_into_which_other_files_are_written_stays_one(tmp_path: Path) -> None:
    """The note on written files names the result in a folder of reports, and nothing of an assessment folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "assessment.json").write_text("{}", encoding="utf-8")
    write_files(folder, {"answers.xlsx": b"x"})
    assert is_workspace(folder)
    reports = tmp_path / "reports"
    write_files(reports, {"assessment.json": b"{}"})
    assert not is_workspace(reports)
