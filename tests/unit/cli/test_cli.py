"""The command line: help, exit codes, messages, completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit import template
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.cli import action_plan, frameworks, paper
from fatf_kit.cli.main import cli
from fatf_kit.core.json_files import check_json
from fatf_kit.core.problems import CellRef, make_problem
from fatf_kit.core.resources import data_folder
from fatf_kit.papers.papers import PAPERS
from fatf_kit.report.write import DOCUMENT_FORMATS, REPORT_FORMATS
from fatf_kit.terminal import options
from fatf_kit.terminal.output import print_errors
from fatf_kit.workflows.open_data import OpenDataFormat
from tests.unit.cli.commands import WORKBOOK, copy_edition, end_of, invoke, json_of, python_output, replace_once, run

COUNTS = Path(__file__).resolve().parents[2] / "data" / "counts.json"

_NAMES = "pandas matplotlib openpyxl polars xlsxwriter python_calamine jinja2 jsonschema babel duckdb typst docx lxml"
HEAVY = tuple(_NAMES.split())
NOT_FOR_CHECK = tuple(f"fatf_kit.{name}." for name in ("report", "published", "outlook", "action_plan", "mock_visit"))
CALL = "import sys\nfrom fatf_kit.cli.main import main\ntry:\n    main({args!r})\nexcept SystemExit:\n    pass\n"


@pytest.mark.parametrize(
    ("listed", "known"),
    [
        (options.AUDIENCES, Audience),
        (options.REPORT_FORMATS, REPORT_FORMATS),
        (options.DOCUMENT_ENDINGS, DOCUMENT_FORMATS),
        (action_plan.KINDS, (kind.id for kind in load_monitoring().kinds)),
        (paper.KINDS, PAPERS),
        (frameworks.EXPORTS, OpenDataFormat),
    ],
    ids=["audiences", "formats", "endings", "plans", "papers", "exports"],
)
def test_choices_are_those_there_are(listed: tuple[str, ...], known: Iterable[str]) -> None:
    """The command line lists the choices itself, so that --help need not load the modules that define them."""
    assert tuple(known) == listed


def test_help_loads_nothing_heavy() -> None:
    """--help must appear at once on an old laptop."""
    names = f"print([name for name in {HEAVY!r} if name in sys.modules])"
    assert python_output(CALL.format(args=["--help"]) + names) == "[]"


def test_loading_a_command_loads_nothing_heavy() -> None:
    """A module of a command loads heavy libraries only when it runs."""
    names = "print({'xlsxwriter', 'pandas', 'babel', 'docx'} & set(sys.modules))"
    assert python_output(f"import sys, fatf_kit.cli.mock; {names}") == "set()"


def test_check_loads_no_package_of_other_commands() -> None:
    """`check` reads and scores a workbook; it builds no report, looks up no published rating and plans nothing."""
    names = f"print([name for name in sys.modules if name.startswith({NOT_FOR_CHECK!r})])"
    assert python_output(CALL.format(args=["check", str(WORKBOOK / "ruritania-2022.xlsx")]) + names) == "[]"


@pytest.mark.parametrize("command", list(cli.list_commands(None)))  # type: ignore[arg-type]
def test_every_command_has_help(command: str) -> None:
    """Each command loads and explains itself and its exit codes."""
    result = invoke(command, "--help")
    assert (result.exit_code, "Exit codes" in result.output) == (0, True)


def test_list_json() -> None:
    """`frameworks list --json` counts criteria and core issues as the counts that were made by hand."""
    counts = json.loads(COUNTS.read_text())
    assert {
        name: (counted["total_criteria"], counted["total_core_issues"])
        for name, counted in counts.items()
        if name.startswith("fatf-")
    } == {one["id"]: (one["criteria"], one["core_issues"]) for one in json_of("frameworks", "list")["editions"]}


def test_show_in_words() -> None:
    """A criterion is shown with its question and citation."""
    result = invoke("frameworks", "show", "fatf-2022", "10.7")
    assert "R.10, c.10.7" in result.stdout
    assert "Question:" in result.stdout


@pytest.mark.parametrize(("language", "word"), [("ar", "المعالجة: "), ("fr", "Remède")])
def test_a_criterion_is_shown_with_headings_of_its_language(language: str, word: str) -> None:
    """Not only the texts of a criterion are translated, but also their headings."""
    out = invoke("frameworks", "show", "fatf-2022", "10.7", "--lang", language).stdout
    assert word in out
    assert not {"Question:", "Evidence:", "Typical shortcomings:", "Remedy:"} & set(out.replace("\n", " ").split(" "))


@pytest.mark.full
def test_check_of_shipped_editions() -> None:
    """The shipped editions have no faults; --quiet says nothing, before the command or after it, in groups too."""
    result = invoke("frameworks", "check")
    assert (result.return_value, "No errors" in result.stderr) == (0, True)
    for args in (["--quiet", "frameworks", "check"], ["frameworks", "check", "-q", "--no-color"]):
        assert run(*args)[::2] == (0, "")


def test_check_lists_all_faults_at_once(tmp_path: Path) -> None:
    """A key twice, an unknown key and a jump in the numbering are found, each with its file."""
    copy = copy_edition("fatf-2022", tmp_path / "mine")
    pages = copy / "recommendations"
    replace_once(pages / "R.36.json", '"title":', '"surprise": 1, "title":')
    replace_once(pages / "R.35.json", '"title":', '"title": "x", "title":')
    problems = json_of("frameworks", "check", copy)["problems"]
    assert {p["file"] for p in problems} == {"mine/recommendations/R.36.json", "mine/recommendations/R.35.json"}
    assert any("the key 'title' occurs twice" in p["message"] for p in problems)


@pytest.mark.parametrize(
    ("page", "old", "new", "fault"),
    [
        ("recommendations/R.36.json", "R.36/36.2", "R.36/36.3", ("mine", "does not follow the one before it")),
        ("follow-up.json", '"at_least": 20', '"at_least": "20"', ("mine/follow-up.json", "at_least")),
    ],
)
def test_check_of_an_edition_finds(tmp_path: Path, page: str, old: str, new: str, fault: tuple[str, str]) -> None:
    """Rules that a schema cannot say are checked too, and so are the thresholds of follow-up."""
    copy = copy_edition("fatf-2013" if page == "follow-up.json" else "fatf-2022", tmp_path / "mine")
    replace_once(copy / page, old, new)
    result = invoke("frameworks", "check", copy, "--json")
    problems = json.loads(result.stdout)["problems"]
    assert result.return_value == 1
    assert any(problem["file"] == fault[0] and fault[1] in problem["message"] for problem in problems), problems


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["frameworks", "show", "fatf-1066"], 3, "fatf-2013, fatf-2022"),
        (["frameworks", "show", "fatf-2022", "R.41"], 3, "Did you mean"),
        (["score"], 2, "--published"),
        (["score", "--published", "XYZ"], 3, "XYZ"),
        (["score", "x.xlsx", "--cut-off", "soon"], 2, "year-month-day"),
        (["nonsense"], 2, "nonsense"),
        (["scor"], 2, "'score'"),
        (["npo", "clasify"], 2, "Did you mean 'classify'"),
        ([], 2, "carry-forward"),
        (["score", "no-such-folder"], 3, "does not exist"),
        (["check", "no-such-file.xlsx"], 3, "the file or folder does not exist"),
        (["score", "x.xlsx", "--format", "html,odt"], 2, "json, html, docx, xlsx"),
        (["score", "x.xlsx", "--format", ""], 2, "No name was given"),
        (["score", "x.xlsx", "--cut-off", "2027-W12-5"], 2, "year-month-day"),
        (["score", "x.xlsx", "--cut-off", "2027-02-30"], 2, "year-month-day"),
        (["score", "x.xlsx", "--report", "MER"], 2, "--published"),
        (["score", "--published", "IRQ", "--edition", "fatf-2022"], 2, "Leave out --edition"),
        (["score", "--published", "IRQ", "--cut-off", "2026-01-01"], 2, "Leave out --cut-off"),
        (["score", "--published", "IRQ", "--policy", "indicative-1"], 2, "Leave out --policy"),
        (["template", "--only", ",,,"], 2, "No name was given"),
        (["template", "-o", "x.pdf"], 3, ".xlsx"),
        (["template", "-o", "x.xlsx", "--country", "x" * 40_000], 3, "up to 200"),
        (["guide", "IO.6", "-o", "x.odt"], 2, ".html, .docx"),
        (["guide", "IO.6", "-o", "."], 2, "is a folder"),
        (["outlook"], 2, "--published"),
        (["outlook", "x.xlsx", "--published", "IRQ"], 2, "--published"),
        (["outlook", "x.xlsx", "--report", "MER"], 2, "--published"),
        (["outlook", "--published", "IRQ", "--fact", "size"], 2, "name=value"),
        (["outlook", "--published", "IRQ", "--fact", "size=3"], 2, "'size' is not a fact"),
        (["what-if", "--published", "IRQ", "--target", "white"], 2, "leave-icrg"),
        (["what-if", "--published", "IRQ", "--target", "regular", "--fix", "R.10"], 2, "R.10=LC"),
        (["what-if", "--published", "IRQ", "--target", "regular", "--fix", "R.10=LC,R.10=C"], 2, "named twice"),
        (["peers"], 2, "Name a jurisdiction"),
        (["peers", "IRQ", "--all"], 2, "Name a jurisdiction"),
        (["peers", "--all", "--group", "FATF"], 2, "not with --all"),
        (["peers", "--all", "--report", "MER"], 2, "not with --all"),
        (["peers", "IRQ", "--report", "2024-05"], 2, "latest"),
        (["peers", "XXX"], 3, "XXX"),
        (["peers", "IRQ", "--group", "MENA"], 3, "MENA"),
        (["peers", "IRQ", "--edition", "x"], 3, "'x'"),
    ],
)
def test_faults_end_with_a_message_and_a_code(
    args: list[str], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A wrong command line ends with 2, one that cannot run with 3, each with a message and nothing written."""
    monkeypatch.chdir(tmp_path)
    assert end_of(*args) == code
    assert words in "".join(capsys.readouterr())
    assert list(tmp_path.iterdir()) == []


def test_broken_pipe_is_quiet() -> None:
    """A reader that stops reading, as "| head" does, is no fault."""
    script = f"{sys.executable} -m fatf_kit published list | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_problems_in_the_readers_language() -> None:
    """Address and code of a problem stay; the words are in the language asked for."""
    result = invoke("check", WORKBOOK, "--lang", "fr")
    assert result.return_value == 1
    assert "[evidence-unknown]" in result.stdout
    assert "Add it to the evidence register" not in result.stdout


@pytest.mark.parametrize(
    ("shell", "words", "at", "found"),
    [
        ("bash", "fatf-kit car", "1", "plain,carry-forward"),
        ("bash", "fatf-kit score --cut", "2", "plain,--cut-off"),
        ("zsh", "fatf-kit npo cl", "2", "plain\nclassify\n"),
        ("fish", "fatf-kit score --cut", "--cut", "--cut-off"),  # click 8.5 separates kind and word in another way
    ],
)
def test_completion_knows_commands_and_options(shell: str, words: str, at: str, found: str) -> None:
    """Each shell has the script that --help names, and it completes commands and options."""
    asked = {"COMP_WORDS": words, "COMP_CWORD": at}
    for mode, about in ((f"{shell}_complete", found), (f"{shell}_source", f"{shell}_complete")):
        done = subprocess.run(
            [Path(sys.executable).parent / "fatf-kit"],
            env={**os.environ, **asked, "_FATF_KIT_COMPLETE": mode},
            capture_output=True,
            text=True,
            check=True,
        )
        assert about in done.stdout
    assert f"_FATF_KIT_COMPLETE={shell}_source" in CliRunner().invoke(cli, ["--help"]).output


def test_without_a_command_first_steps_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """The last lines, which a terminal still shows, are first steps."""
    assert end_of() == 2
    lines = [line.strip() for line in capsys.readouterr().err.strip().splitlines()]
    assert [one.partition("   ")[0] for one in lines[-3:]] == ["fatf-kit demo", "fatf-kit init DIR", "fatf-kit doctor"]


def test_main_exits_with_the_commands_code(tmp_path: Path) -> None:
    """A file that cannot be read ends with 1, one that is not there with 3."""
    (tmp_path / "broken.xlsx").write_text("no workbook")
    assert (end_of("check", tmp_path / "broken.xlsx"), end_of("check", tmp_path / "none.xlsx")) == (1, 3)


def test_check_counts_what_was_found(tmp_path: Path) -> None:
    """A blank template has no wrong cell and no answer; a missing file does not hide the others."""
    blank = template(tmp_path / "blank.xlsx", only=["R.2"])
    result = invoke("check", blank)
    assert result.return_value == 0
    assert "0 of 339 requirements of fatf-2022 are answered." in result.stderr
    assert invoke("check", "--quiet", blank).stderr == ""
    result = invoke("check", "--json", blank, tmp_path / "none.xlsx")
    document = json.loads(result.stdout)
    codes = [problem["code"] for problem in document["problems"]]
    assert (result.return_value, document["answered"], codes) == (1, 0, ["file-missing"])
    assert check_json(document, "problems-1.schema.json", "problems") == ()


def test_a_register_is_checked(tmp_path: Path) -> None:
    """Problems of a register are printed in the reader's language, and as the document of every check."""
    register = tmp_path / "register.csv"
    register.write_text("npo_id,legal_form,status\n1,association,perhaps\n", encoding="utf-8")
    result = invoke("npo", "check", register, "--lang", "fr")
    assert result.return_value == 1
    assert "perhaps\N{NO-BREAK SPACE}» dans la colonne" in result.stderr
    assert "ne peut pas être lu (code connu)" in result.stderr
    document = json_of("npo", "check", register)
    assert check_json(document, "problems-1.schema.json", "problems") == ()
    assert document["problems"][0]["code"] == "npo-value"


def test_the_package_runs_as_a_module() -> None:
    """`python -m fatf_kit` works where the folder of commands is not on the path, as often on Windows."""
    code, out, _ = run("--version")
    assert (code, out.splitlines()[0]) == (0, f"fatf-kit, version {version('fatf-kit')}")


def test_errors_of_files_are_printed_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """A command that is not about the cells names the errors of files, and says how many remarks `check` lists."""
    notes = [make_problem("law-undated", CellRef("fiu.xlsx", "Evidence", f"A{n}"), found=f"E-{n}") for n in range(25)]
    error = make_problem("file-missing", CellRef("assessment.xlsx"))
    print_errors([*notes, error])
    lines = capsys.readouterr().err.splitlines()
    assert ["[file-missing]" in line for line in lines] == [True, False, False]
    assert lines[1:] == ["1 error", "There are 25 remarks on the workbooks. 'fatf-kit check' lists them."]


def test_all_guides_are_written_into_a_folder(tmp_path: Path) -> None:
    """A Word document for each outcome; none is written where one is there already."""
    assert invoke("guide", "all", "-o", tmp_path).exit_code == 0
    assert sorted(file.name for file in tmp_path.glob("[!.]*")) == sorted(f"IO.{n}-en.docx" for n in range(1, 12))
    (tmp_path / "IO.1-en.docx").unlink()
    (tmp_path / "IO.3-en.docx").write_bytes(b"of a person")
    assert "already exists" in str(invoke("guide", "all", "-o", tmp_path).exception)
    assert not (tmp_path / "IO.1-en.docx").exists()


def test_a_guide_is_named_by_its_number(tmp_path: Path) -> None:
    """The command is about outcomes only, so 6 is IO.6 and not Recommendation 6."""
    target = tmp_path / "six.html"
    assert invoke("guide", "6", "-o", target).exit_code == 0
    assert "IO.6" in target.read_text(encoding="utf-8")


def test_names_of_an_option_that_is_written_twice_are_joined(tmp_path: Path) -> None:
    """Else the formats of the first would be missing without a word."""
    assert invoke("score", WORKBOOK, "-o", tmp_path, "--format", "json", "--format", "csv,json").return_value == 0
    assert {path.name for path in tmp_path.iterdir()} >= {"assessment.json", "csv"}


def test_a_folder_that_ends_like_a_file_is_refused(tmp_path: Path) -> None:
    """Else `status -o status.html` would make a folder of that name."""
    code, _, told = run("status", data_folder("examples") / "ruritania", "-o", tmp_path / "status.html")
    assert (code, [*tmp_path.iterdir()]) == (2, [])
    assert "ends like a file, but this command writes into a folder. Write the name of a folder." in told
