"""In an Arabic assessment folder every command is Arabic: its lines, and the direction of the sheets that it writes."""

from __future__ import annotations

import io
import json
import re
import shutil
import warnings
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import click
import openpyxl
import pytest

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from tests.unit.action_plan.items import registers
from tests.unit.action_plan.items.registers import REGISTER
from tests.unit.cli.commands import LATER, RURITANIA, copy_small_country, invoke, run
from tests.unit.cli.test_languages import leftovers
from tests.unit.published.conftest import FIRST_ROW, HEADINGS, row

NPO = data_folder("examples") / "npo"

CASES: dict[str, tuple[str, ...]] = {
    "action-plan check": (),
    "action-plan make": ("--kind", "icrg", "--today", "2026-11-29"),
    "action-plan needs": ("-o", "out/needs.docx"),
    "action-plan report": ("--kind", "icrg", "-o", "out/progress-report.docx"),
    "action-plan status": ("-o", "out/plan-status.docx"),
    "calendar": ("--visit", "2027-03-01", "-o", "out/calendar.html"),
    "carry-forward": ("older.xlsx", "--to", "fatf-2022", "-o", "out/newer.xlsx"),
    "check": ("-o", "out/problems.xlsx"),
    "compare": (".", str(LATER / "second"), "-o", "out/comparison"),
    "demo": ("--all", "-o", "out/demo"),
    "doctor": (),
    "explain": ("R.10",),
    "fill": ("form.xlsx", "-o", "out/form.xlsx"),
    "follow-up report": ("--published", "IRQ", "-o", "out/follow-up.docx"),
    "follow-up template": ("--published", "IRQ", "-o", "out/follow-up.xlsx"),
    "frameworks check": (),
    "frameworks diff": ("fatf-2013", "fatf-2022", "R.8"),
    "frameworks export": ("--as", "datapackage", "-o", "out/open"),
    "frameworks list": (),
    "frameworks show": ("fatf-2022", "R.10"),
    "guide": ("IO.6",),
    "init": ("new", "--country", "IRQ", "--lang", "ar"),
    "laws annex": ("-o", "out/annex.xlsx"),
    "laws check": (),
    "laws concordance": ("-o", "out/concordance.xlsx"),
    "laws list": (),
    "laws propose": (),
    "laws what-if": ("L-040",),
    "laws without": ("L-001", "art. 10"),
    "letters": ("-o", "out/letters"),
    "mock debrief": ("mock/sheets", "-o", "out/debrief"),
    "mock template": ("--only", "IO.3", "-o", "out/mock"),
    "npo check": (str(NPO / "register.csv"),),
    "npo classify": (str(NPO / "register.csv"), "-o", "out/npo", "--format", "csv,xlsx", "--settings", "npo.json"),
    "npo compare": ("classified.csv", "classified.csv", "-o", "out/npo.html"),
    "npo map": (str(NPO / "register.csv"), "-o", "out/map.xlsx"),
    "npo questionnaire": (str(NPO / "register.csv"), "-o", "out/questionnaire", "--settings", "npo.json"),
    "npo template": ("-o", "out/register"),
    "outlook": (),
    "overview": (".", "--published", "IRQ,KWT", "-o", "out/overview.xlsx", "--on", "2026-11-29"),
    "paper": ("brief",),
    "peers": ("IRQ", "--group", "MENAFATF"),
    "plan": (".", "-o", "out/plan.xlsx", "--start", "2026-01-04"),
    "progress": ("plan.xlsx", "--today", "2026-07-01"),
    "published import": ("fatf.xlsx", "-o", "out/published.csv", "--edition", "fatf-2013"),
    "published list": (),
    "published lists import": ("changes.csv", "-o", "out/lists.csv"),
    "published lists show": (),
    "published show": ("IRQ",),
    "replay": ("reports",),
    "report-in": ("report.txt", "-o", "out/last"),
    "score": ("--format", "html,xlsx,json"),
    "statistics report": ("statistics", "-o", "out/statistics", "--format", "html,xlsx"),
    "statistics template": (".",),
    "status": ("-o", "out"),
    "template": ("--agency", "fiu"),
    "training report": ("--audience", "government", "-o", "out/training.xlsx"),
    "training template": ("--test", "IO.3", "--questions", "9"),
    "update": ("--no-open",),
    "verify": ("reports",),
    "what-if": ("--target", "regular"),
}
"""The arguments with which each command is run, inside the folder."""

LONG = {
    "action-plan check", "action-plan make", "action-plan needs", "carry-forward", "compare", "demo", "fill",
    "follow-up report", "frameworks check", "laws annex", "laws concordance", "laws list", "laws without", "letters",
    "mock debrief", "npo compare", "npo questionnaire", "npo template", "outlook", "plan", "replay",
    "statistics report", "statistics template", "training report", "update", "verify",
}  # fmt: skip
"""Commands that take longest, and print what others print too; a full run has them."""

LIBRARIES = {re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in requires("fatf-kit") or ()}
ALLOWED = (
    r"\bfatf-kit [a-z-]+(?: [a-z-]+)?",  # a command, which is typed as it is
    r"https?://\S+",
    r"sha256:[0-9a-f]+",
    r"\b\d+\.\d+\.\d+rc\d+\b",  # a release candidate
    r"\bFATF Methodology \(20\d\d\)",  # a citation
    r"(?<=، )(?:ar|fr)\b",  # the code of a language
    r"\b[\w.-]+\.(?:csv|xlsx|json|html|docx|ics|svg|png)\b",
    rf"\b(?:{'|'.join(sorted(map(re.escape, LIBRARIES)))})\b",  # names of libraries, which doctor lists
    r"\b(?:Python|Linux|Darwin|Windows|LibreOffice|Chromium|DejaVu|Sans|Microsoft|Office|UTF|sha256)\b",
    r"\b[A-Z]{2,}\d?(?:/[A-Z]{2,})*\b",  # codes of countries, bodies and ratings
    r"\b(?:MER|FUR|APG|FATF)\b \d{4}-\d\d",
    r"\bSTR\b|\bUpdate\b",
)
"""Words in Latin letters that are neither English sentences nor of the folder: names and codes."""


NOT_WRITTEN_TO_BE_READ = {"history", "ruritania-folder", "classified.xlsx"}
"""Copies of the country's own files, and the working file of organisations, whose columns are the keys of its CSV."""


def leaves(command: click.Command = cli, path: str = "") -> Iterator[str]:
    """The names of all commands that can be run, those in groups with the names of their groups."""
    if not isinstance(command, click.Group):
        yield path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None
        yield from leaves(inner, f"{path} {name}".strip())


@pytest.fixture(scope="session")
def texts_of_the_country() -> set[str]:
    """Words of the country itself: its answers, names and files."""
    found: set[str] = set()
    for name in ("answers", "statistics", "agencies", "laws"):
        text = (RURITANIA / f"{name}.json").read_text(encoding="utf-8")
        found |= set(re.findall(r"[^\W\d_][\w-]+", text))
    found |= set(re.findall(r"[^\W\d_][\w-]+", Path(registers.__file__).read_text(encoding="utf-8")))
    return found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fictional country's folder with Arabic as its main language, which is the current one."""
    folder = tmp_path / "folder"
    copy_small_country(folder)
    settings = json.loads((folder / "assessment.json").read_text(encoding="utf-8"))
    settings["languages"] = ["ar", "en"]
    (folder / "assessment.json").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
    agencies = (folder / "agencies.csv").read_text(encoding="utf-8-sig")
    (folder / "agencies.csv").write_text(re.sub(r",(en|fr)$", ",ar", agencies, flags=re.M), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def prepare(name: str, home: Path) -> None:
    """Write the files that a command reads besides those of the folder."""
    if name in ("action-plan check", "action-plan report", "action-plan status"):
        (home / "action-plan.xlsx").write_bytes(render_items(REGISTER, Translator("ar")))
    if name == "action-plan needs":
        shutil.copy(RURITANIA.parent / "ruritania-after" / "ar" / "action-plan.xlsx", home)
    if name == "carry-forward":
        invoke("template", "--edition", "fatf-2013", "--only", "R.8", "-o", "older.xlsx")
    if name == "report-in":
        (home / "report.txt").write_text("Recommendation 9\nCriterion 9.1 (Met) – Harbours.\n", encoding="utf-8")
    if name == "fill":
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active["A1"] = "{{R.10 rating}}"
        book.active.sheet_view.rightToLeft = True
        book.save(home / "form.xlsx")
    if name == "progress":
        shutil.copy(LATER / "plan-after-six-months.xlsx", home / "plan.xlsx")
    if name == "published import":
        write_fatf_workbook(home / "fatf.xlsx")
    if name == "published lists import":
        head = "iso3,list,listed_since,removed_on,as_of,source,confidence"
        line = "IRQ,increased-monitoring,2026-06-19,,2026-06-19,https://www.fatf-gafi.org/,confirmed"
        (home / "changes.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    if name == "npo compare":
        invoke("npo", "classify", NPO / "register.csv", "-o", "first", "--report", "none")
        shutil.copy(home / "first" / "classified.csv", home / "classified.csv")
    if name.startswith("npo"):
        shutil.copy(NPO / "settings.json", home / "npo.json")
    if name in {"replay", "verify"}:
        invoke("score", "--format", "json")


def write_fatf_workbook(path: Path) -> None:
    """A table of published ratings as FATF offers it, with one report."""
    book = openpyxl.Workbook()
    sheet, values = book.worksheets[0], row("Namibia", "MER", "2023-01", "ESAAMLG")
    sheet.sheet_view.rightToLeft = True
    for column, (key, heading) in enumerate(HEADINGS.items(), 2):
        sheet.cell(FIRST_ROW - 1, column, str(heading))
        sheet.cell(FIRST_ROW, column, str(values[key]))
    book.save(path)


def left_to_right_sheets(path: Path) -> list[str]:
    """The visible sheets of a workbook that run from left to right."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know every extension
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return [s.title for s in book.worksheets if s.sheet_state == "visible" and not s.sheet_view.rightToLeft]


def test_every_command_has_a_case() -> None:
    """A new command gets a line in CASES."""
    assert sorted(leaves()) == sorted(CASES)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.full] if name in LONG else []) for name in sorted(CASES)]
)
def test_a_command_is_in_the_language_of_the_folder(name: str, home: Path, texts_of_the_country: set[str]) -> None:
    """No English line is printed, and no sheet runs from left to right."""
    prepare(name, home)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*.xlsx")}
    result = invoke(*name.split(), *CASES[name])
    if result.exception:
        assert isinstance(result.exception, FatfKitError), result.exc_info
        raise result.exception
    printed = result.output
    for pattern in ALLOWED:
        printed = re.sub(pattern, " ", printed)
    for path in home.rglob("*.*"):
        printed = printed.replace(path.name, " ")
    lines = [line for line in leftovers(printed, "ar") if set(found_words(line)) - texts_of_the_country]
    assert lines == [], "\n".join(lines)
    written = [path for path in home.rglob("*.xlsx") if path.stat().st_mtime_ns != before.get(path)]
    written = [path for path in written if not NOT_WRITTEN_TO_BE_READ & set(path.parts)]
    assert {path.name: left_to_right_sheets(path) for path in written} == {path.name: [] for path in written}


def found_words(line: str) -> list[str]:
    """The words that `leftovers` found in a line."""
    return re.findall(r"'([^']+)'", line.partition("]: ")[0])


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_help_is_in_the_language(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--help follows --lang; texts, headings and hints of every command and group are translated."""
    monkeypatch.chdir(tmp_path)
    for name in sorted({*CASES, *(name.partition(" ")[0] for name in CASES), ""}):
        text = invoke(*name.split(), "--help", "--lang", language).output
        text = re.sub(r"^ *(?:fatf-kit|-\S|--).*?(?: {2,}|$)", " ", text, flags=re.M)
        for pattern in ALLOWED:
            text = re.sub(pattern, " ", text)
        assert "Options:" not in text or language == "fr", name
        for english in ("Usage:", "Show this", "Exit codes", "Example:", "default:", "Commands:"):
            assert english not in text, f"{name}: {text}"


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["scor"], "هل تقصدون"),
        (["score", "--formt", "html"], "لا يوجد خيار"),
        (["explain"], "معامل ناقص"),
        (["guide", "IO.6", "--lang", "xx"], "قيمة غير صالحة"),
        (["mock", "template", "--rooms", "0"], "خارج النطاق"),
        (["plan", "--published"], "يتطلب قيمة"),
        (["mock"], "الاستعمال"),
        (["calendar", "--visit", "soon"], "ليس تاريخاً"),
    ],
)
def test_usage_errors_are_in_the_language_of_the_folder(args: list[str], word: str, home: Path) -> None:
    """Those of click too, with its suggestions."""
    code, _, messages = run(*args)
    assert (code, word in messages) == (2, True), messages
    assert not re.search(r"Error|Usage|Try|Did you", messages)
    assert home.is_dir()


@pytest.mark.parametrize(("variable", "word"), [("LC_ALL", "Utilisation"), ("LANG", "Utilisation")])
def test_the_language_of_the_computer(
    variable: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside a folder help is in the language of the computer, unless --lang says otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "fr_FR.UTF-8")
    monkeypatch.chdir(tmp_path)
    assert word in invoke("--help").output
    assert "Usage:" in invoke("score", "--help", "--lang", "en").output


def test_every_command_has_an_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is shown in --help, and begins with the command."""
    monkeypatch.chdir(tmp_path)
    for name in CASES:
        assert f"Example:\n    fatf-kit {name} " in f"{invoke(*name.split(), '--help').output} " or name in (
            "doctor",
            "frameworks check",
            "frameworks list",
            "published list",
        ), name
