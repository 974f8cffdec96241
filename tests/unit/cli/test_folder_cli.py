"""Commands in an assessment folder: no options needed, nothing overwritten, everything kept."""

from __future__ import annotations

import io
import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from fatf_kit.assessment.decisions.schema import ROWS
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.cli.main import cli
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator, name_language
from tests.text_folder import write_as_text
from tests.unit.cli.commands import end_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new assessment folder, which is the current one."""
    folder = tmp_path / "iraq"
    assert end_of("init", folder, "--country", "IRQ", "--on-site", "2027-03-01..2027-03-19", "--lang", "fr") == 0
    monkeypatch.chdir(folder)
    return folder


def open_book(path: Path) -> openpyxl.Workbook:
    """A workbook from its bytes, so that no file stays open."""
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def send(home: Path, agency: str, rating: str) -> None:
    """Write an agency's answer to 29.1."""
    workspace, _ = open_workspace(home)
    layout = build_agency_layout(workspace, find_agency(workspace, agency), "en")
    assert layout is not None
    prefill: Any = {"R.29/29.1": {"rating": rating, "explanation": "Because"}}
    write_template(layout, home / "responses" / f"{agency}.xlsx", prefill=prefill)


def test_init_refuses_what_does_not_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Usage for what is typed wrong, 3 for what cannot be done."""
    assert end_of("init", tmp_path / "a", "--country", "IRQ", "--on-site", "soon") == 2
    assert end_of("init", tmp_path / "a", "--country", "Narnia") == 3
    assert end_of("init", tmp_path / "a", "--country", "IRQ", "--on-site", "2027-03-19..2027-03-01") == 3
    assert "before it begins" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_init_first_asks_in_every_language(tmp_path: Path) -> None:
    """Before a language is chosen, question and refusal are in all; afterwards everything is in the chosen one."""
    answers = ("latin", "العربية", "Narnia", "IRQ", str(tmp_path / "iraq"), "")
    made = CliRunner().invoke(cli, ["init"], input="\n".join(answers) + "\n", standalone_mode=False)
    assert made.exception is None, made.output
    chosen, asked = made.output.partition("Narnia")[0], made.output.partition("Narnia")[2]
    for language in LANGUAGES:
        t = Translator(language)
        assert t("Main language of the country") in chosen
        assert name_language(language, language) in chosen
        refused = t("'{found}' is not a language of fatf-kit. Allowed: {names}.", found="latin", names="")
        assert remove_isolation(refused).partition(":")[0].strip() in chosen
    assert "Error" not in made.output
    shown = {"Narnia", "iraq", "IRQ", "ISO", "fatf", "kit", "update", "Update", "assessment", "xlsx"}
    assert set(re.findall("[A-Za-z]{3,}", asked.replace(str(tmp_path), ""))) <= shown
    assert open_workspace(tmp_path / "iraq")[0].settings.languages == ("ar", "en")


def test_what_is_no_assessment_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where nothing has the name."""
    assert end_of("update", tmp_path / "iraq") == 2
    assert "iraq' is not an assessment folder" in capsys.readouterr().err


@pytest.mark.full
def test_templates_from_inside(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One agency or several, in its language or in others; a second run leaves them alone."""
    assert end_of("template", "--agency", "fiu", "--agency", "tax", "--lang", "ar", "--lang", "en") == 0
    assert {p.name for p in (home / "templates").iterdir()} == {
        "fiu.ar.xlsx",
        "fiu.en.xlsx",
        "tax.ar.xlsx",
        "tax.en.xlsx",
    }
    before = (home / "templates" / "fiu.ar.xlsx").stat().st_mtime_ns
    assert end_of("template", "--agency", "fiu", "--lang", "ar") == 0
    assert "Non écrits" in capsys.readouterr().err
    assert before == (home / "templates" / "fiu.ar.xlsx").stat().st_mtime_ns
    assert end_of("template", "--agency", "fui") == 3
    assert end_of("template", home, "--only", "R.8") == 2


def test_template_outside_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Any words name the agency; several need a folder."""
    monkeypatch.chdir(tmp_path)
    assert end_of("template", "--only", "R.8", "--agency", "Charities & Co", "-o", "a.xlsx") == 0
    raw, _ = read_workbook(Path("a.xlsx"))
    assert raw is not None
    assert raw.stamp is not None
    assert "Charities & Co" == raw.stamp.agency == raw.cover["agency"]
    Path("a.xlsx").write_bytes(b"filled in by a person")
    assert end_of("template", "--only", "R.8", "-o", "a.xlsx") == 3
    assert end_of("template", "--agency", "a", "--agency", "b") == 2
    assert end_of("template", tmp_path) == 3
    assert "init" in capsys.readouterr().err


def test_score_needs_no_options(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report goes into reports/ in the country's language, the result into history/, the conflict to decide."""
    send(home, "fiu", "met")
    send(home, "police", "partly met")
    assert end_of("score", "--format", "html,json") == 0
    assert 'lang="fr"' in (home / "reports" / "report.html").read_text(encoding="utf-8")[:400]
    kept = list((home / "history").glob("*.json"))
    assert len(kept) == 1
    assert json.loads(kept[0].read_text(encoding="utf-8")) == json.loads(
        (home / "reports" / "assessment.json").read_text()
    )
    assert json.loads(kept[0].read_text(encoding="utf-8"))["provenance"]["cut_off"] == "2027-03-19"
    sheet = open_book(home / "decisions.xlsx").worksheets[0]
    assert "R.29/29.1" in [row[0].value for row in sheet.iter_rows()]
    capsys.readouterr()
    assert end_of("check", "--json") == 1
    assert "answers-conflict" in capsys.readouterr().out
    assert end_of("check") == 1
    name = open_workspace(home)[0].by_id["fiu"].name("fr")
    assert f"  {name}\N{NO-BREAK SPACE}: 1 réponses sur " in capsys.readouterr().err


@pytest.mark.full
def test_decisions_survive_the_next_run(home: Path) -> None:
    """A typed reason is kept, and the earlier file is in history/ when it is written again."""
    send(home, "fiu", "met")
    send(home, "police", "partly met")
    end_of("score", "--format", "json")
    path = home / "decisions.xlsx"
    book = open_book(path)
    sheet = book.worksheets[0]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "R.29/29.1")
    sheet.cell(row, list(ROWS.by_key).index("reason") + 1, "Not yet settled")
    book.save(path)
    typed = path.read_bytes()
    end_of("score", "--format", "json")
    after = open_book(path).worksheets[0]
    assert "Not yet settled" in [cell.value for cells in after.iter_rows() for cell in cells]
    assert typed in [kept.read_bytes() for kept in (home / "history").glob("* decisions.xlsx")]


@pytest.mark.full
def test_the_history_keeps_every_run(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs within one second, in any time zone, after files of earlier versions, whose names knew minutes only."""
    send(home, "fiu", "met")
    earlier = home / "history" / f"{datetime.now(UTC):%Y-%m-%d %H-%M} assessment.json"
    earlier.write_bytes(b"{}")
    results = []
    for rating, zone in (("met", "Asia/Baghdad"), ("mostly met", "America/Lima"), ("partly met", "UTC")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        send(home, "fiu", rating)
        end_of("score", "--format", "json")
        results.append((home / "reports" / "assessment.json").read_bytes())
    kept = sorted((home / "history").glob("* assessment.json"))
    assert [path.read_bytes() for path in kept] == [b"{}", *results]
    assert earlier == kept[0]
    assert all(re.fullmatch(r"[0-9-]{10} [0-9-]{8}Z(\.[0-9]{3})? assessment", path.stem) for path in kept[1:])


def test_a_foreign_decisions_file_is_left_alone(home: Path) -> None:
    """It is reported and not overwritten."""
    send(home, "fiu", "met")
    (home / "decisions.xlsx").write_bytes(b"notes")
    assert end_of("score", "--format", "json") == 0
    assert (home / "decisions.xlsx").read_bytes() == b"notes"


def test_other_commands_find_the_folder(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Outlook reads it from a folder inside too."""
    send(home, "fiu", "met")
    assert end_of("outlook", "--json") == 0
    assert json.loads(capsys.readouterr().out)["edition"] == "fatf-2022"


@pytest.mark.full
def test_refresh_after_an_agency_was_taken_off(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its requirements follow the roles, one note names it, and the earlier workbook is kept."""
    book = open_book(home / "assessment.xlsx")
    agencies = book.worksheets[1]
    row = next(cells[0].row for cells in agencies.iter_rows() if cells[0].value == "fiu")
    agencies.delete_rows(row)
    book.save(home / "assessment.xlsx")
    typed = (home / "assessment.xlsx").read_bytes()
    assert end_of("init", home, "--refresh") == 0
    assert "agency-removed" in capsys.readouterr().err
    assert [path.read_bytes() for path in home.glob("history/* assessment.xlsx")] == [typed]
    workspace, problems = open_workspace(home)
    assert [problem.code for problem in problems] == ["assignment-open"]
    assert workspace.assignment.duty("R.29/29.1").lead is None


def test_an_older_folder_is_converted(home: Path) -> None:
    """Its values stay the same, and its files are kept in history/."""
    before, _ = open_workspace(home)
    folder = write_as_text(before)
    assert end_of("init", folder, "--convert") == 0
    assert end_of("init", folder, "--convert") == 3
    after, problems = open_workspace(folder)
    assert problems == ()
    assert after.agencies == tuple(replace(one, source="") for one in before.agencies)
    assert after.assignment == before.assignment
    assert {path.name for path in (folder / "history").iterdir()} >= {"assessment.json", "agencies.csv"}


def test_settings_that_cannot_be_used(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are reported in one message and end with 3."""
    (home / "assessment.xlsx").write_text("{", encoding="utf-8")
    assert end_of("score") == 3
    assert "file-foreign" in capsys.readouterr().err
