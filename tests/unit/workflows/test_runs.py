"""Several hands: the history says who changed which file before a run."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fatf_kit import update_folder
from fatf_kit.assessment.folder.model import HISTORY, RESPONSES
from fatf_kit.workflows.runs import FILES, RUNS, find_earlier_states

NOW = datetime(2027, 1, 10, 9, 30, tzinfo=UTC)


def read_runs(home: Path) -> list[dict[str, Any]]:
    """The lines of the record."""
    return [json.loads(line) for line in (home / HISTORY / RUNS).read_text(encoding="utf-8").splitlines()]


def save_as(path: Path, name: str) -> None:
    """Save a workbook as Excel does for a person: with the name in its properties."""
    other = path.with_suffix(".tmp")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                by = f"<cp:lastModifiedBy>{name}</cp:lastModifiedBy>".encode()
                content = content.replace(b"<cp:lastModifiedBy>", b"<old>").replace(b"</cp:lastModifiedBy>", b"</old>")
                content = content.replace(end, by + end)
            new.writestr(part, content)
    shutil.move(other, path)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three agencies after four updates: a first, an idle, one after changes, one without a state."""
    home = Path(shutil.copytree("examples/graustark", tmp_path_factory.mktemp("runs") / "graustark"))
    update_folder(home, now=NOW, formats=("json",))
    update_folder(home, now=NOW + timedelta(minutes=1), formats=("json",))
    saved, *_, gone = sorted((home / RESPONSES).glob("*.xlsx"))
    save_as(saved, "Layla &amp; Co")
    os.utime(saved, (1_800_000_000, 1_800_000_000))
    gone.unlink()
    update_folder(home, now=NOW + timedelta(hours=1), formats=("json",))
    (home / HISTORY / FILES).write_text("{", encoding="utf-8")
    (home / "notes.txt").write_text("ask again", encoding="utf-8")
    update_folder(home, now=NOW + timedelta(hours=2), formats=("json",))
    return home


def test_a_run_without_work_is_not_recorded(home: Path) -> None:
    """History does not grow by clicks alone."""
    assert [run["at"] for run in read_runs(home)] == [
        "2027-01-10T09:30:00Z",
        "2027-01-10T10:30:00Z",
        "2027-01-10T11:30:00Z",
    ]


def test_a_run_says_who_changed_which_file(home: Path) -> None:
    """Files that the run before wrote are not among them, since they are as it left them."""
    first, second, _ = read_runs(home)
    assert first["changed"] == []
    by_file = {change["file"]: change for change in second["changed"]}
    saved = next(change for change in by_file.values() if change["by"])
    assert (saved["by"], saved["saved"]) == ("Layla & Co", "2027-01-15T08:00:00Z")
    assert [change["saved"] for change in by_file.values()].count(None) == 1
    assert len(by_file) == 2


def test_a_damaged_state_costs_one_line_its_changes(home: Path) -> None:
    """Changes are not known then, and the next run knows them again."""
    assert read_runs(home)[-1]["changed"] == []
    assert json.loads((home / HISTORY / FILES).read_text(encoding="utf-8"))["notes.txt"]


def write_runs(home: Path, *days: str | None) -> None:
    """Write a record of runs on some days; None stands for a line that cannot be read."""
    (home / HISTORY).mkdir(parents=True)
    figures = dict.fromkeys(
        ("returned", "answered", "shown", "to_correct", "undecided", "recommendations", "outcomes"), 1
    )
    lines = []
    for day in days:
        run = {"at": f"{day}T09:00:00Z", "who": "", "computer": "", "version": "1.0.0", "changed": []}
        lines.append(json.dumps({**run, "state": {"day": day, **figures, "ratings": {"R.1": "PC"}}}) if day else "{")
    (home / HISTORY / RUNS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_earlier_states_are_of_the_last_day_and_of_a_month_ago(tmp_path: Path) -> None:
    """A run of today is none of them, and a line that cannot be read costs nothing else."""
    write_runs(tmp_path, "2026-10-01", "2026-10-30", "2026-11-20", None, "2026-11-30", "2026-12-01")
    states = find_earlier_states(tmp_path, date(2026, 12, 1))
    assert [state.day for state in states] == [date(2026, 11, 30), date(2026, 10, 30)]


def test_a_folder_without_runs_has_no_earlier_state(tmp_path: Path) -> None:
    """Nor does one whose only earlier run is counted once although it is both."""
    assert find_earlier_states(tmp_path, date(2026, 12, 1)) == ()
    write_runs(tmp_path, "2026-10-01")
    assert [state.day for state in find_earlier_states(tmp_path, date(2026, 12, 1))] == [date(2026, 10, 1)]


def test_a_run_keeps_the_figures_that_later_runs_compare(home: Path) -> None:
    """Those of the status page."""
    state = read_runs(home)[-1]["state"]
    assert (state["day"], len(state["ratings"])) == ("2027-01-10", 51)
