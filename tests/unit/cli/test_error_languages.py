"""Errors that stop a command are in the language of the reader, in an assessment folder and elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

import fatf_kit
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, make_problem
from tests.samples import take_sample
from tests.unit.cli.commands import RURITANIA, end_of
from tests.unit.cli.test_languages import leftovers

FAILING = (
    ("frameworks", "show", "fatf-2022", "R.77"),
    ("frameworks", "show", "fatf-2022", "R.10/10.70"),
    ("frameworks", "show", "fatf-2099"),
    ("frameworks", "diff", "fatf-2022", "fatf-2013"),
    ("published", "show", "Ruritania"),
    ("published", "show", "Irakistan"),
    ("init", "--refresh"),
    ("score", "--report", "MER"),
    ("paper", "brief", "--draft"),
    ("outlook", "--published", "IRQ", "--report", "1999-01"),
    ("published", "lists", "import", "FOLDER/lists.csv", "-o", "FOLDER/new.csv"),
    ("published", "lists", "import", "FOLDER/odd.csv", "-o", "FOLDER/new.csv"),
    ("published", "import", "FOLDER/odd.csv", "-o", "FOLDER/new.csv"),
    ("peers", "IRQ", "--group", "MENAFAT"),
    ("peers", "IRQ", "--with", "FOLDER/odd.json"),
    ("outlook", "--ratings", "FOLDER/odd.csv"),
    ("outlook", "--ratings", "FOLDER/latin.csv"),
    ("what-if", "--published", "IRQ", "--fix", "R.10=X"),
    ("what-if", "--published", "IRQ", "--fix", "R.99=C"),
    ("explain", "FOLDER/filled.xlsx", "R.99"),
    ("explain", "FOLDER/odd.csv", "R.1"),
    ("guide", "R.1", "-o", "FOLDER/guide.html"),
    ("template", "--only", "R.99", "-o", "FOLDER/blank.xlsx"),
    ("template", "--only", "R.2", "-o", "FOLDER/odd.csv"),
    ("template", "--only", "R.2", "-o", "FOLDER/odd.csv/blank.xlsx"),
    ("template", "FOLDER"),
    ("carry-forward", "FOLDER/odd.csv", "-o", "FOLDER/new.xlsx"),
    ("score", "FOLDER/filled.xlsx", "-o", "FOLDER/report", "--policy", "strict"),
    ("score", "FOLDER/filled.xlsx", "-o", "FOLDER/report", "--policy", "FOLDER/odd.json"),
    ("score", "FOLDER/filled.xlsx", "-o", "FOLDER/report", "--format", "rtf"),
    ("score", "FOLDER/odd.csv", "-o", "FOLDER/report"),
    ("compare", "FOLDER/odd.json", "FOLDER/filled.xlsx"),
    ("plan", "FOLDER/filled.xlsx", "-o", "FOLDER/plan.xlsx", "--settings", "FOLDER/odd.json"),
    ("progress", "FOLDER/odd.csv"),
    ("calendar", "--visit", "2027-01-10", "--plenary", "2027-01-09"),
    ("mock", "template", "FOLDER/odd.csv", "-o", "FOLDER/mock"),
    ("mock", "debrief", "FOLDER/odd.csv", "-o", "FOLDER/debrief"),
    ("statistics", "report", "FOLDER/odd.csv", "-o", "FOLDER/statistics"),
    ("statistics", "template", "--role", "florist", "-o", "FOLDER/statistics"),
    ("paper", "brief", "FOLDER/filled.xlsx", "-o", "FOLDER/brief.rtf"),
    ("report-in", "FOLDER/odd.csv", "-o", "FOLDER/last"),
    ("report-in", "FOLDER/odd.csv", "--edition", "fatf-1999", "-o", "FOLDER/last"),
    ("follow-up", "template", "--published", "XXX", "-o", "FOLDER/follow-up.xlsx"),
    ("fill", "FOLDER/odd.csv", "FOLDER/filled.xlsx", "-o", "FOLDER/copy.csv"),
    ("verify", "FOLDER"),
    ("init", "FOLDER/home", "--country", "Atlantis"),
    ("npo", "check", "FOLDER/missing.csv"),
    ("npo", "check", "FOLDER/empty.csv"),
    ("npo", "check", "FOLDER/odd.csv", "--map", "FOLDER/odd.json"),
    ("npo", "check", "FOLDER/odd.csv", "--settings", "FOLDER/odd.json"),
    ("npo", "classify", "FOLDER/odd.csv", "-o", "FOLDER/npo", "--format", "rtf"),
    ("npo", "compare", "FOLDER/odd.csv", "FOLDER/empty.csv"),
)
"""Commands that fail, with FOLDER for a folder of files that they cannot use."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook and files that no command can use, outside an assessment folder."""
    place = tmp_path_factory.mktemp("files")
    fatf_kit.template(place / "filled.xlsx", only=["R.1"])
    (place / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (place / "latin.csv").write_bytes("unit,rating\nR.1,é\n".encode("latin-1"))
    (place / "odd.json").write_text('{"schema": "other", "colour": "red"}', encoding="utf-8")
    (place / "empty.csv").write_bytes(b"")
    (place / "lists.csv").write_text(
        "iso3,list,listed_since,removed_on,as_of,source,confidence\nIrq,grey,soon,,2026-06-19,,sure\n", encoding="utf-8"
    )
    return place


@pytest.mark.full
@pytest.mark.parametrize("language", take_sample(["ar", "fr"], ["fr"]))
def test_errors_outside_a_folder(
    language: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the language of the computer, no error of a failing command has an English sentence."""
    monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
    monkeypatch.chdir(folder)
    found, passed = [], []
    for one in FAILING:
        command = [str(part).replace("FOLDER", str(folder)) for part in one]
        code = end_of(*command)
        shown = capsys.readouterr()
        found += [
            f"{' '.join(map(str, one))}: {line}" for line in leftovers(shown.err, "fr")
        ]  # names and ids may be Latin
        passed += [one] if code not in (1, 2, 3) else []
    assert (found, passed) == ([], []), "\n".join(found)


def test_lang_rules_errors(capsys: pytest.CaptureFixture[str]) -> None:
    """--lang chooses the language of an error, also inside a folder with another one."""
    assert end_of("explain", RURITANIA, "R.99", "--lang", "fr") == 3
    assert "ne figure pas dans fatf-2022" in capsys.readouterr().err


def test_facts_of_an_error() -> None:
    """Problems, other errors, phrases and lists among the facts are in the language too."""
    problem = make_problem("file-empty", CellRef(file="a.xlsx"))
    error = FatfKitError(
        "No workbook could be read. {problems}", problems=(problem, FatfKitError("No name was given."))
    )
    french = Translator("fr")
    assert error.message_in(french) == (
        f"Aucun classeur n’a pu être lu. {problem.message_in(french)} {french('No name was given.')}"
    )
    assert str(FatfKitError("{names}", names=("a", "b"))) == "a, b"
    assert str(FatfKitError("braces {stay}")) == "braces {stay}"
