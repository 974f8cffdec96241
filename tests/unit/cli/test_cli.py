"""The command line: exit codes, JSON, messages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit.cli.main import cli, main

DATA = Path(__file__).resolve().parents[2] / "data"

HEAVY = ("pandas", "matplotlib", "openpyxl", "polars", "xlsxwriter", "python_calamine", "jinja2", "jsonschema", "babel")


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


def test_help_loads_nothing_heavy() -> None:
    """--help must come up at once on an old laptop."""
    code = (
        "import sys\nfrom fatf_kit.cli.main import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
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
    from fatf_kit.resources import data_folder

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
    problems = json.loads(out)
    assert 1 == code
    assert {"mine/recommendations/R.36.json", "mine/recommendations/R.35.json"} == {p["file"] for p in problems}
    assert any("stands twice" in p["message"] for p in problems)


def test_check_finds_a_jump_in_the_numbering(tmp_path: Path) -> None:
    """Rules that a schema cannot say are checked too."""
    from fatf_kit.resources import data_folder

    source, copy = data_folder("frameworks") / "fatf-2022", tmp_path / "mine"
    for page in source.rglob("*.json"):
        if "locale" not in page.parts:
            target = copy / page.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())
    page = copy / "recommendations" / "R.36.json"
    page.write_text(page.read_text().replace("R.36/36.2", "R.36/36.3"))
    code, out, _ = run("frameworks", "check", "--json", str(copy))
    assert (1, True) == (code, any("jumps" in p["message"] for p in json.loads(out)))


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
        (["check", "no-such-file.xlsx"], 1, "no such file"),
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
    script = f"{sys.executable} -c 'from fatf_kit.cli.main import main; main()' frameworks show fatf-2022 | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert "" == done.stderr


def test_main_exits_with_the_commands_code(tmp_path: Path) -> None:
    """What a command returns becomes the exit code."""
    with pytest.raises(SystemExit) as stop:
        main(["check", str(tmp_path)])
    assert 1 == stop.value.code
