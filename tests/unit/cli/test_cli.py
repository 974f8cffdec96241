"""The command line: exit codes, JSON, messages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit import template
from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.cli.main import cli, main
from fatf_kit.cli.output import AUDIENCES, print_problems
from fatf_kit.core.json_files import check_json
from fatf_kit.core.problems import CellRef, make_problem
from fatf_kit.core.resources import data_folder

DATA = Path(__file__).resolve().parents[2] / "data"

HEAVY = (
    "pandas",
    "matplotlib",
    "openpyxl",
    "polars",
    "xlsxwriter",
    "python_calamine",
    "jinja2",
    "jsonschema",
    "babel",
    "duckdb",
    "typst",
    "docx",
    "lxml",
)


NOT_FOR_CHECK = tuple(f"fatf_kit.{room}." for room in ("report", "published", "outlook", "plan", "mock"))


def run(*args: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    done = subprocess.run(
        [sys.executable, "-c", "from fatf_kit.cli.main import main; main()", *args],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, done.stderr


def test_audiences_are_those_there_are() -> None:
    """The list of the option is written down, so that --help need not load what it stands for."""
    assert tuple(Audience) == AUDIENCES


def test_help_loads_nothing_heavy() -> None:
    """--help must come up at once on an old laptop."""
    code = (
        "import sys\nfrom fatf_kit.cli.main import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip().splitlines()[-1]


def test_check_loads_no_room_of_other_commands() -> None:
    """A workbook is read and scored; no report is built, no published rating looked up, nothing is planned."""
    workbook = Path(__file__).parents[3] / "examples" / "ruritania" / "workbook" / "ruritania-2022.xlsx"
    code = (
        f"import sys\nfrom fatf_kit.cli.main import main\ntry:\n    main(['check', {str(workbook)!r}])\n"
        "except SystemExit:\n    pass\n"
        f"print([name for name in sys.modules if name.startswith({NOT_FOR_CHECK!r})])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip().splitlines()[-1]


def test_help_tells_exit_codes() -> None:
    """A script writer finds them where they look."""
    result = CliRunner().invoke(cli, ["--help"])
    assert "could not run" in result.output


@pytest.mark.parametrize("command", list(cli.list_commands(None)))  # type: ignore[arg-type]
def test_every_command_has_help(command: str) -> None:
    """Each command loads and explains itself."""
    result = CliRunner().invoke(cli, [command, "--help"])
    assert 0 == result.exit_code
    assert "Exit codes" in result.output


def test_list_json() -> None:
    """One JSON document on standard output and nothing else."""
    code, out, _ = run("frameworks", "list", "--json")
    editions = json.loads(out)["editions"]
    assert 0 == code
    counts = json.loads((DATA / "counts.json").read_text())
    assert {
        name: (counted["total_criteria"], counted["total_core_issues"])
        for name, counted in counts.items()
        if name.startswith("fatf-")
    } == {edition["id"]: (edition["criteria"], edition["core_issues"]) for edition in editions}


def test_show_in_words() -> None:
    """A criterion with its question and citation."""
    code, out, _ = run("frameworks", "show", "fatf-2022", "10.7")
    assert 0 == code
    assert "R.10, c.10.7" in out
    assert "Question:" in out


def test_check_of_shipped_editions() -> None:
    """No fault in the box."""
    code, _, err = run("frameworks", "check")
    assert 0 == code
    assert "No faults" in err


def test_check_lists_all_faults_at_once(tmp_path: Path) -> None:
    """Duplicate and unknown keys, a jump in the numbering: each with file and path."""
    source, copy = data_folder("frameworks") / "fatf-2022", tmp_path / "mine"
    for page in source.rglob("*.json"):
        if "locale" not in page.parts:
            target = copy / page.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())
    page = copy / "recommendations" / "R.36.json"
    page.write_text(page.read_text().replace('"title":', '"surprise": 1, "title":', 1))
    twice = copy / "recommendations" / "R.35.json"
    twice.write_text(twice.read_text().replace('"title":', '"title": "x", "title":', 1))
    code, out, _ = run("frameworks", "check", "--json", str(copy))
    problems = json.loads(out)["problems"]
    assert 1 == code
    assert {"mine/recommendations/R.36.json", "mine/recommendations/R.35.json"} == {p["file"] for p in problems}
    assert any("stands twice" in p["message"] for p in problems)


def test_check_finds_a_jump_in_the_numbering(tmp_path: Path) -> None:
    """Rules that a schema cannot say are checked too."""
    source, copy = data_folder("frameworks") / "fatf-2022", tmp_path / "mine"
    for page in source.rglob("*.json"):
        if "locale" not in page.parts:
            target = copy / page.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())
    page = copy / "recommendations" / "R.36.json"
    page.write_text(page.read_text().replace("R.36/36.2", "R.36/36.3"))
    code, out, _ = run("frameworks", "check", "--json", str(copy))
    assert (1, True) == (code, any("jumps" in p["message"] for p in json.loads(out)["problems"]))


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["frameworks", "show", "fatf-1066"], 3, "fatf-2013, fatf-2022"),
        (["frameworks", "show", "fatf-2022", "R.41"], 3, "Did you mean"),
        (["score"], 2, "--published"),
        (["score", "--published", "XYZ"], 3, "XYZ"),
        (["score", "x.xlsx", "--cut-off", "soon"], 2, "year-month-day"),
        (["nonsense"], 2, "nonsense"),
        (["score", "no-such-folder"], 3, "nothing to report on"),
        (["check", "no-such-file.xlsx"], 3, "no such file"),
        (["score", "x.xlsx", "--format", "html,odt"], 2, "json, html, docx, xlsx"),
        (["score", "x.xlsx", "--format", ""], 2, "nothing is named"),
        (["score", "x.xlsx", "--cut-off", "2027-W12-5"], 2, "year-month-day"),
        (["score", "x.xlsx", "--cut-off", "2027-02-30"], 2, "year-month-day"),
        (["template", "--only", ",,,"], 2, "nothing is named"),
        (["template", "-o", "x.pdf"], 3, ".xlsx"),
        (["template", "-o", "x.xlsx", "--country", "x" * 40_000], 3, "up to 200"),
        (["guide", "IO.6", "-o", "x.odt"], 2, ".html or .docx"),
        (["guide", "IO.6", "-o", "."], 2, "is a folder"),
    ],
)
def test_faults_end_with_a_message_and_a_code(args: list[str], code: int, words: str) -> None:
    """Never a traceback."""
    found, _, err = run(*args)
    assert code == found
    assert words in err
    assert "Traceback" not in err


def test_broken_pipe_is_quiet() -> None:
    """As with "| head"."""
    script = f"{sys.executable} -c 'from fatf_kit.cli.main import main; main()' published list | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_problems_in_the_readers_language() -> None:
    """The address and the code stay, the words are those of the language."""
    filled = str(data_folder("examples") / "ruritania" / "workbook")
    code, _, err = run("check", filled, "--lang", "fr")
    assert 1 == code
    assert "[evidence-unknown]" in err
    assert "Add it to the register" not in err


@pytest.mark.parametrize(
    ("shell", "words", "at", "found"),
    [
        ("bash", "fatf-kit car", "1", "plain,carry-forward"),
        ("bash", "fatf-kit score --cut", "2", "plain,--cut-off"),
        ("zsh", "fatf-kit npo cl", "2", "plain\nclassify\n"),
        ("fish", "fatf-kit score --cut", "--cut", "plain,--cut-off"),
    ],
)
def test_completion_knows_commands_and_options(shell: str, words: str, at: str, found: str) -> None:
    """The scripts that --help names ask for words like this; each shell has one."""
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


def test_without_a_command_it_says_where_to_begin() -> None:
    """The last lines, which a terminal still shows, are first steps."""
    code, out, err = run()
    told = [line.strip() for line in (out + err).strip().splitlines()]
    assert 2 == code
    assert ["fatf-kit demo", "fatf-kit init DIR", "fatf-kit doctor"] == [line.partition("   ")[0] for line in told[-3:]]


@pytest.mark.parametrize(("language", "word"), [("ar", "المعالجة: "), ("fr", "Remède")])
def test_a_criterion_is_shown_with_headings_of_its_language(language: str, word: str) -> None:
    """Not only its texts."""
    _, out, _ = run("frameworks", "show", "fatf-2022", "10.7", "--lang", language)
    assert word in out
    assert not {"Question:", "Evidence:", "Typical shortcomings:", "Remedy:"} & set(out.replace("\n", " ").split(" "))


def test_main_exits_with_the_commands_code(tmp_path: Path) -> None:
    """What a command returns becomes the exit code: a file that cannot be read is 1, one that is not there is 3."""
    (tmp_path / "broken.xlsx").write_text("no workbook")
    for path, code in ((tmp_path / "broken.xlsx", 1), (tmp_path / "none.xlsx", 3)):
        with pytest.raises(SystemExit) as stop:
            main(["check", str(path)])
        assert code == stop.value.code


def test_check_counts_what_was_found(tmp_path: Path) -> None:
    """A blank template has no wrong cell, and no answer either; one that is not there does not hide the others."""
    blank = template(tmp_path / "blank.xlsx", only=["R.2"])
    code, _, err = run("check", str(blank))
    assert 0 == code
    assert "Answers found: 0 of 339 that fatf-2022 asks." in err
    assert (0, "") == run("check", "--quiet", str(blank))[::2]
    code, out, _ = run("check", "--json", str(blank), str(tmp_path / "none.xlsx"))
    document = json.loads(out)
    assert (1, 0, ["file-missing"]) == (code, document["answered"], [p["code"] for p in document["problems"]])
    assert () == check_json(document, "problems-1.schema.json", "problems")


def test_shared_switches_stand_at_either_place() -> None:
    """Before the command or after it, in groups too."""
    for args in (["--quiet", "frameworks", "check"], ["frameworks", "check", "-q", "--no-color"]):
        assert (0, "") == run(*args)[::2]


def test_a_register_is_told_of_in_the_readers_language(tmp_path: Path) -> None:
    """The kind of value too, which is a word of ours."""
    register = tmp_path / "register.csv"
    register.write_text("npo_id,legal_form,status\n1,association,perhaps\n", encoding="utf-8")
    code, _, err = run("npo", "check", str(register), "--lang", "fr")
    assert (1, True) == (
        code,
        "perhaps\N{NO-BREAK SPACE}» dans la colonne" in err and "ne se lit pas (code connu)" in err,
    )


def test_a_check_of_a_register_is_the_document_of_every_check(tmp_path: Path) -> None:
    """One shape of problems, whatever was checked."""
    register = tmp_path / "register.csv"
    register.write_text("npo_id,legal_form,status\n1,association,perhaps\n", encoding="utf-8")
    code, out, _ = run("npo", "check", str(register), "--json")
    document = json.loads(out)
    assert () == check_json(document, "problems-1.schema.json", "problems")
    assert (1, "npo-value") == (code, document["problems"][0]["code"])


def test_it_runs_as_a_module() -> None:
    """On a machine whose folder of commands is not on the path, which is what Windows often has."""
    done = subprocess.run([sys.executable, "-m", "fatf_kit", "--version"], capture_output=True, text=True, check=False)
    assert (0, f"fatf-kit, version {version('fatf-kit')}") == (done.returncode, done.stdout.splitlines()[0])


def test_alone_it_explains_itself() -> None:
    """Without a command the help is shown, as a wrong command line."""
    code, _, err = run()
    assert 2 == code
    assert "carry-forward" in err


def test_many_notes_of_one_kind_do_not_bury_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty are shown and the rest is counted; warnings are shown every one, and all of them are in the totals."""
    notes = [make_problem("law-undated", CellRef("fiu.xlsx", "Evidence", f"A{n}"), found=f"E-{n}") for n in range(25)]
    warnings = [make_problem("cell-stray", CellRef("fiu.xlsx", "R.1", f"Z{n}")) for n in range(22)]
    print_problems([*notes, *warnings], most=20)
    lines = capsys.readouterr().err.splitlines()
    assert 20 == sum("Add the date." in line for line in lines)
    assert 22 == sum("[cell-stray]" in line for line in lines)
    assert "5 more notes like this: 'fatf-kit check' lists them.  [law-undated]" in lines
    assert "25 notes, 22 warnings" in lines
    print_problems(notes)
    assert 25 == capsys.readouterr().err.count("Add the date.")
