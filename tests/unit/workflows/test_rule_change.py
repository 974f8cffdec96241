"""The first update of an older folder gives it the present scoring rules, and lists each rating that moves."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest

import fatf_kit
from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import RESPONSES, Agency, AssessmentSettings, Assignment, Workspace
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.prefilled_cells import make_answer_cells
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import list_requirements
from fatf_kit.report.formats.json import render_json
from fatf_kit.workflows.update import FolderUpdate, update_folder
from tests.samples import take_sample
from tests.text_folder import write_as_text
from tests.unit.cli.commands import invoke

NOW = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
INSTRUCTION = "Ministerial Instructions No. 4 of 2017, art. 2"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of before: every criterion of R.3 is met by one instruction, of R.36 by a law."""
    framework, home = load_framework("fatf-2022"), tmp_path / "iraq"
    cited = {"R.3": INSTRUCTION, "R.36": "Penal Code, art. 9"}
    answers = {
        one.id: Answer(one.id, CriterionRating.MET, citation=cited[unit.id], in_force_from=date(2017, 1, 1))
        for unit in framework.recommendations
        if unit.id in cited
        for one in list_requirements(unit)
    }
    settings = AssessmentSettings(
        country="IRQ", edition=framework.id, cut_off=date(2027, 3, 19), policy="indicative-2", languages=("en",)
    )
    agency = Agency(id="justice", names={"en": "Ministry of Justice"})
    (home / RESPONSES).mkdir(parents=True)
    write_as_text(Workspace(path=home, settings=settings, agencies=(agency,), assignment=Assignment()))
    layout = build_layout(framework, agency=agency.id, country="IRQ")
    cells = {name: make_answer_cells(answer) for name, answer in answers.items()}
    write_template(layout, home / RESPONSES / "justice.xlsx", prefill=cells)
    keep_older_result(home)
    return home


def keep_older_result(home: Path) -> None:
    """Put the result of a version that did not know the present rules into history/."""
    report = fatf_kit.score(home, policy="indicative-2").report(generated_at="2026-11-30T09:00:00+00:00")
    payload = json.loads(render_json(report))
    rules = payload["provenance"]["rules"]
    payload["provenance"]["rules"] = {name: mark for name, mark in rules.items() if not name.endswith("-3.json")}
    file = home / "history" / "2026-11-30 09-00-00Z assessment.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(payload), encoding="utf-8")


def update(home: Path) -> FolderUpdate:
    """The result of an update that writes the JSON alone."""
    return update_folder(home, now=NOW, formats=("json",))


def test_the_first_update_lists_each_rating_that_moves(folder: Path) -> None:
    """R.3 by its eleven criteria, from the last result to now; R.36 rests on a law and stays."""
    change = update(folder).rule_change
    assert change is not None
    assert (change.earlier, change.later, change.last_day) == ("indicative-2", "indicative-3", date(2026, 11, 30))
    (moved,) = change.moved
    assert moved.last is not None
    assert (moved.unit, moved.last.describe(), moved.before.describe(), moved.after.describe()) == (
        "R.3",
        "C",
        "C",
        "NC – C",
    )
    assert [one.requirement for one in moved.answers] == [f"R.3/3.{number}" for number in range(1, 12)]
    assert {(one.before.describe(), one.after.describe(), one.needs_law) for one in moved.answers} == {
        ("met", "not met – met", True)
    }
    assert (folder / "reports" / "changed-rules-en.docx").is_file()


def test_the_folder_then_has_the_present_rules(folder: Path) -> None:
    """The settings before are in history/, nothing else of them changes, and the list comes once."""
    before = (folder / "assessment.json").read_text(encoding="utf-8")
    update(folder)
    after = (folder / "assessment.json").read_text(encoding="utf-8")
    assert after == before.replace('"indicative-2"', '"indicative-3"')
    (kept,) = (folder / "history").glob("* settings.json")
    assert kept.read_text(encoding="utf-8") == before
    assert fatf_kit.score(folder).assessment.policy == "indicative-3"
    assert update(folder).rule_change is None


@pytest.mark.full
def test_a_comparison_calls_it_a_change_of_rules(folder: Path) -> None:
    """The same text is cited before and after, so that neither evidence nor answers moved R.3."""
    (before,) = (folder / "history").glob("* assessment.json")
    update(folder)
    (moved,) = fatf_kit.compare(before, folder / "reports" / "assessment.json").moved
    (step,) = moved.steps
    assert (moved.unit, str(step.cause), step.before, step.after) == ("R.3", "policy", "C", "NC")
    assert len(step.requirements) == len(moved.changes) == 11
    assert {str(one.cause) for one in moved.changes} == {"policy"}


@pytest.mark.full
def test_who_goes_back_keeps_the_earlier_rules(folder: Path) -> None:
    """The settings name them after the new ones were known: a person chose them, and R.3 is as it was."""
    update(folder)
    settings = folder / "assessment.json"
    settings.write_text(settings.read_text(encoding="utf-8").replace("indicative-3", "indicative-2"), encoding="utf-8")
    assert update(folder).rule_change is None
    found = fatf_kit.score(folder).assessment
    assert (found.policy, found.by_id["R.3"].shown.describe()) == ("indicative-2", "C")


@pytest.mark.full
def test_other_answers_are_distinguished_from_other_rules(folder: Path) -> None:
    """The last result says LC where the answers of today gave C by the earlier rules."""
    (file,) = (folder / "history").glob("* assessment.json")
    payload = json.loads(file.read_text(encoding="utf-8"))
    unit = next(one for one in payload["recommendations"] if one["id"] == "R.3")
    for end in ("worst", "best"):
        unit["trace"]["shown"][end]["rating"] = "LC"
    file.write_text(json.dumps(payload), encoding="utf-8")
    printed = invoke("update", folder, "--no-open", "--lang", "en").stdout
    assert "R.3: from LC to NC – C (by the earlier rules it would now be C)" in " ".join(printed.split())


@pytest.mark.full
@pytest.mark.parametrize("language", take_sample(["en", "ar", "fr"], ["ar"]))
def test_the_terminal_names_rules_and_requirements(folder: Path, language: str) -> None:
    """In each language: ids of both rules, the unit, its criteria."""
    printed = invoke("update", folder, "--no-open", "--lang", language).stdout
    for text in ("indicative-2", "indicative-3", "R.3", "3.11"):
        assert text in printed


@pytest.mark.full
def test_settings_in_a_workbook_are_changed_too(tmp_path: Path) -> None:
    """The control workbook is written again, as where its lists change."""
    home = copytree(data_folder("examples") / "graustark", tmp_path / "graustark")
    fatf_kit.workflows.assessment_folder.rewrite_control(home, policy="indicative-2")
    keep_older_result(home)
    change = update(home).rule_change
    assert change is not None
    assert change.is_adopted
    assert open_workspace(home)[0].settings.policy == "indicative-3"


@pytest.mark.full
def test_settings_that_cannot_be_written_keep_the_earlier_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is rated as before, and the list says how to change it."""

    def refuse(*_: object) -> None:
        raise PermissionError("open elsewhere")

    monkeypatch.setattr("fatf_kit.workflows.rule_change.write_file", refuse)
    done = update(folder)
    assert done.rule_change is not None
    assert not done.rule_change.is_adopted
    assert [one.unit for one in done.rule_change.moved] == ["R.3"]
    assert fatf_kit.score(folder).assessment.policy == "indicative-2"


@pytest.mark.full
def test_a_policy_of_the_country_stays(folder: Path) -> None:
    """Rules that the country wrote itself have no successor."""
    text = (data_folder("frameworks") / "policies" / "indicative-2.json").read_text(encoding="utf-8")
    (folder / "own.json").write_text(text.replace('"id": "indicative-2"', '"id": "own"'), encoding="utf-8")
    settings = folder / "assessment.json"
    settings.write_text(settings.read_text(encoding="utf-8").replace("indicative-2", "own.json"), encoding="utf-8")
    assert update(folder).rule_change is None
    assert fatf_kit.score(folder).assessment.by_id["R.3"].shown.describe() == "C"


@pytest.mark.full
def test_a_folder_that_was_never_rated_gets_the_present_rules(folder: Path) -> None:
    """It was begun with the rules of that time; its ratings are compared with those by the earlier rules."""
    for file in (folder / "history").iterdir():
        file.unlink()
    change = update(folder).rule_change
    assert change is not None
    assert [(one.unit, one.last, one.before.describe()) for one in change.moved] == [("R.3", None, "C")]
    assert fatf_kit.score(folder).assessment.policy == "indicative-3"
    assert update(folder).rule_change is None


@pytest.mark.full
def test_a_new_folder_has_the_present_rules_and_no_list(tmp_path: Path) -> None:
    """Nothing changes in what begins with them."""
    fatf_kit.init_assessment(tmp_path / "new", country="Iraq")
    assert open_workspace(tmp_path / "new")[0].settings.policy == "indicative-3"
    assert update(tmp_path / "new").rule_change is None
