"""Messages in Arabic or French have nothing English in them but ids, names of files, and commands."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

import fatf_kit
from fatf_kit.assessment.workbook.schema import REQUIREMENTS
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.json_files import load_json
from fatf_kit.core.message_facts import ENGLISH
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import make_problem
from fatf_kit.terminal.options import ReadPath
from tests.hostile import build_corpus
from tests.samples import take_sample
from tests.unit.cli.commands import LATER, RURITANIA, WORKBOOK, invoke

_NO_WORDS = (
    r"\[[a-z-]+\]$",  # the code of a problem
    r"'[^']*'|«[^»]*»|“[^”]*”",  # what a user typed, and commands
    r"--[a-z-]+|\$\.\S*",
    r"\S*[/\\]\S*|\S+\.(?:xlsx|xlsm|xls|ods|csv|json|docx|html|ics|xlsb)\b",
    r"\S+![A-Z]+\d+\S*",
    r"\b(?:fatf-kit|fatf-20\d\d|R\.|IO\.|ICRG|FATF|NPO|JSON|CSV|PDF|HTML|XML|RTF|UTF-8|Excel|Word|OpenDocument)\S*",
    r"\b[A-Z]{1,4}[0-9-]*\b",
)
SLOW = ("million-rows.xlsx", "million-nameless-rows.xlsx", "blank-rows.xlsx", "zip-bomb.xlsx", "noise.xlsx")
"""Files that take long to refuse; what is said of them is said of others too."""

AGENCIES = (RURITANIA / "agencies.csv").read_text(encoding="utf-8-sig")
NAMES = {
    *(column.key for column in REQUIREMENTS.columns),
    *re.findall(r"^[a-z-]+", AGENCIES, re.M),
    *re.findall(r"\S+", "requirement lead supporting html docx xlsx json charts init fiu central-bank indicative-3"),
    *re.findall(r"\S+", "fatf_member high_income banks broad_money_usd_bn least_developed Apple Numbers Ruritania cl"),
}
ENGLISH_WORDS = re.compile(
    r"the|is|of|not|and|it|you|mean|write|use|cannot|row|sheet|cells|more|than|too|its|there|another|unknown|"
    r"workbooks?|read|written|answers|found|errors|column|with|was|no",
    re.I,
)


def leftovers(text: str, language: str) -> list[str]:
    """Lines in which English words are left, with the words."""
    found = []
    for line in text.splitlines():
        bare = line
        for pattern in _NO_WORDS:
            bare = re.sub(pattern, " ", bare)
        words = [word for word in re.findall(r"[^\W\d_][\w-]+", bare) if word not in NAMES]
        left = [word for word in words if word.isascii() and (language == "ar" or ENGLISH_WORDS.fullmatch(word))]
        if left:
            found.append(f"{left}: {line}")
    return found


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of damaged files, and a workbook with a wrong value in every kind of cell."""
    place = tmp_path_factory.mktemp("answers")
    path = fatf_kit.template(place / "slips.xlsx", only=["R.1", "R.10", "IO.3"])
    build_corpus(path.read_bytes(), place)
    for name in SLOW:
        (place / name).unlink()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lists of choices are lost here, as in other programs
        book = load_workbook(path)
    slips = {"rating": ("mostly", "PC", "mett"), "in_force_from": ("soon", "03/04/2026"), "confidentiality": ("ours",)}
    for sheet in book.worksheets:
        keys = {cell.value: number for number, cell in enumerate(sheet[2], start=1)}
        if "rating" not in keys:
            continue
        for key, values in slips.items():
            for row, value in enumerate(values, start=4):
                sheet.cell(row, keys[key], value)
        sheet.cell(8, keys["evidence"], "E-99")
        sheet.cell(9, keys["rating"], "met")
        sheet.cell(10, 1, "R.10/10.71")
        sheet.cell(10, keys["rating"], "met")
    book.save(path)
    return place


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up country's folder with slips in its settings and tables."""
    place = tmp_path_factory.mktemp("home") / "folder"
    shutil.copytree(RURITANIA, place, ignore=shutil.ignore_patterns("mock", "workbook", "libreoffice", "history"))
    agencies = (place / "agencies.csv").read_text(encoding="utf-8-sig").splitlines()
    (place / "agencies.csv").write_text("\n".join((*agencies, "a b,,,,,,", agencies[1])), encoding="utf-8")
    assignment = (place / "assignment.csv").read_text(encoding="utf-8-sig")
    (place / "assignment.csv").write_text(f"{assignment}R.99/99.1,fiu,\nR.1/1.1,fui,\n", encoding="utf-8")
    return place


def list_on_bad_input(bad: Path, home: Path, target: Path) -> Iterator[tuple[str, ...]]:
    """Yield commands on damaged files, and on a folder with slips."""
    yield "check", str(bad)
    yield "check", str(home)
    yield "score", str(bad / "csv.xlsx"), "-o", str(target / "a")
    yield "explain", str(bad / "slips.xlsx"), "R.1"
    yield "outlook", str(bad / "pdf.xls")


def list_others(bad: Path, target: Path) -> Iterator[tuple[str, ...]]:
    """Yield commands on good input, and on input of which others say the same."""
    workbook = str(WORKBOOK)
    yield "outlook", workbook
    yield "outlook", "--published", "KOR", "--report", "FUR"
    yield "what-if", "--published", "IRQ", "--report", "MER", "--target", "leave-icrg"
    yield "plan", str(bad / "slips.xlsx"), "-o", str(target / "plan.xlsx"), "--start", "2026-01-04"
    yield "progress", str(LATER / "plan-after-six-months.xlsx"), "--today", "2026-07-01"
    yield "mock", "template", str(bad / "slips.xlsx"), "-o", str(target / "mock"), "--from", "2027-01-10"
    yield "statistics", "report", str(bad / "csv.xlsx"), str(RURITANIA / "statistics"), "-o", str(target / "s")
    yield "compare", workbook, str(LATER / "second")
    yield "guide", "IO.3", "-o", str(target / "guide.html")
    yield "template", "--only", "R.2", "-o", str(target / "blank.xlsx")
    yield "paper", "brief", workbook, "-o", str(target / "brief.docx")
    yield "paper", "brief", str(bad / "csv.xlsx"), "-o", str(target / "brief2.docx")


@pytest.mark.parametrize(
    ("language", "is_every"), take_sample([("ar", False), ("ar", True), ("fr", True)], [("ar", False)])
)
def test_nothing_english_is_left(language: str, is_every: bool, bad: Path, home: Path, tmp_path: Path) -> None:
    """Problems, results and what was written, of every command that has --lang; without the others on bad input."""
    found = []
    for one in (*list_on_bad_input(bad, home, tmp_path), *(list_others(bad, tmp_path) if is_every else ())):
        result = invoke(*one, "--lang", language)
        text = result.output
        if isinstance(result.exception, FatfKitError):
            text += f"\n{result.exception.message_in(Translator(language))}"
        elif result.exception:
            raise result.exception
        found += [f"{one[0]}: {line}" for line in leftovers(text, language)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_faults_of_settings(language: str, tmp_path: Path) -> None:
    """Settings that are no JSON, or have keys, kinds and values that the schema does not know."""
    odd = tmp_path / "odd.json"
    texts = (
        "{",
        '{"a": 1, "a": 2}',
        "[" * 100_000,
        '{"country": 3, "colour": "red", "sectors": [{"id": "banks", "materiality": "vast"}]}',
    )
    found = []
    for text in texts:
        odd.write_text(text, encoding="utf-8")
        problems = load_json(odd, "assessment-folder-1.schema.json")[1]
        assert problems
        found += leftovers("\n".join(problem.message_in(Translator(language)) for problem in problems), language)
    assert found == [], "\n".join(found)


def test_typed_words_stay_as_they_are() -> None:
    """Only fatf-kit's own words are translated, not the same words typed by a user."""
    problem = make_problem("rating-unknown", found="met", scale="criterion rating", allowed="met, not met", hint="")
    assert "«met»" in problem.text_in(Translator("ar"))
    assert "مستوفى" in problem.text_in(Translator("ar"))
    assert problem.text_in(ENGLISH) == "'met' is not a criterion rating. Use one of: met, not met."


def test_choices_are_named_in_the_readers_language() -> None:
    """Ratings, kinds of evidence, levels of risk, and the status of an action; ratings of units keep their letters."""
    for allowed in ("met, not met", "law, case", "high, medium-high", "not started, done", "strong, weak"):
        problem = make_problem("choice-unknown", found="?", allowed=allowed)
        assert leftovers(problem.text_in(Translator("ar")), "ar") == []
    ratings = make_problem("choice-unknown", found="?", allowed="C, LC, PC, NC").text_in(Translator("ar"))
    assert "C، LC، PC، NC" in remove_isolation(ratings)


def test_a_refused_register_in_the_language(tmp_path: Path) -> None:
    """`npo classify` says what it refuses as `npo check` does, and stops."""
    register = tmp_path / "r.csv"
    register.write_text("npo_id,religion_of_members\n1,x\n")
    done = invoke("npo", "classify", register, "-o", tmp_path / "out", "--lang", "fr")
    text = make_problem("npo-trait", heading="religion_of_members").text_in(Translator("fr"))
    assert (done.return_value, text in done.output) == (3, True)


def test_placeholders_do_not_keep_the_language_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option made while Arabic is set names its kind by the word that messages translate."""
    monkeypatch.setattr("click.types._", lambda _message: "مسار")
    kinds = ReadPath(), ReadPath(dir_okay=False), ReadPath(file_okay=False)
    assert [kind.name for kind in kinds] == ["path", "file", "directory"]
