"""Public functions take a path as a text or a Path, and raise where it does not exist, as the commands do."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import fatf_kit
from fatf_kit.core.errors import FatfKitError

DAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)

READERS: dict[str, tuple[tuple[object, ...], dict[str, Any]]] = {
    "agency_statistics_templates": ((), {"years": "2024-2025"}),
    "agency_templates": ((), {}),
    "bill_what_if": (("B-1",), {}),
    "carry_forward": (("fatf-2022", "out.xlsx"), {}),
    "check_action_plan": ((), {}),
    "check_laws": ((), {}),
    "compare": (("second.xlsx",), {}),
    "convert_folder": ((), {}),
    "explain": (("R.10",), {}),
    "folder_letters": ((), {"today": DAY}),
    "folder_status": ((), {"today": DAY}),
    "laws_without": (("L-001",), {}),
    "load_policy": ((), {}),
    "make_action_plan": (("last-report",), {}),
    "mock_debrief": ((), {}),
    "mock_template": ((), {}),
    "npo_check": ((), {}),
    "npo_classify": (("out",), {}),
    "npo_compare": (("second",), {}),
    "npo_map": (("out.xlsx",), {}),
    "npo_questionnaire": (("out.xlsx",), {}),
    "npo_suggest_mapping": ((), {}),
    "own_assessment": ((), {}),
    "plan_of": ((), {"start": DAY}),
    "progress": ((), {"today": DAY}),
    "propose_laws": ((), {}),
    "read_fatf_workbook": ((), {}),
    "read_listings": ((), {}),
    "refresh_control": ((), {}),
    "replay": ((), {}),
    "report_in": ((), {}),
    "review_items": ((), {}),
    "review_laws": ((), {}),
    "score": ((), {}),
    "score_folder": ((), {}),
    "statistics_report": ((), {"generated_at": "2026-12-01T09:00:00Z"}),
    "training_report": ((), {"generated_at": "2026-12-01T09:00:00Z"}),
    "training_template": ((), {}),
    "update_folder": ((), {"now": NOW}),
    "verify": ((), {}),
}
"""Functions that read the path of their first argument, with what else they need."""

TELLING = ("check_edition", "read_responses", "read_workspace")
"""Functions that give their problems, of which one says that the file is not there."""

OTHERS = (
    "calendar", "fill", "follow_up", "init_assessment", "list_editions", "npo_report", "npo_template", "overview",
    "published_plan", "statistics_template", "template", "write_document", "write_letters", "write_listings",
    "write_published", "write_report",
)  # fmt: skip
"""Functions that write their path, or whose paths are not the first argument or may be left out."""


def list_with_paths() -> dict[str, list[inspect.Parameter]]:
    """List the parameters of public functions that are paths."""
    functions = ((name, getattr(fatf_kit, name)) for name in dir(fatf_kit) if not name.startswith("_"))
    found = {
        name: [one for one in inspect.signature(function).parameters.values() if "Path" in str(one.annotation)]
        for name, function in functions
        if inspect.isfunction(function)
    }
    return {name: parameters for name, parameters in found.items() if parameters}


def test_the_table_has_every_public_function_with_a_path() -> None:
    """A new function must be put on one of the two lists."""
    assert set(list_with_paths()) == {*READERS, *TELLING, *OTHERS}


def test_every_path_may_be_a_text() -> None:
    """No public function takes a Path only."""
    only = [
        f"{name}.{one.name}"
        for name, parameters in list_with_paths().items()
        for one in parameters
        if "str" not in str(one.annotation)
    ]
    assert only == []


def call_whole(name: str, *arguments: object, **more: object) -> None:
    """Call a function, and let it do all of its work if it does it step by step."""
    found = getattr(fatf_kit, name)(*arguments, **more)
    list(found if inspect.isgenerator(found) else ())


@pytest.mark.parametrize("kind", [str, Path])
@pytest.mark.parametrize("name", READERS)
def test_a_path_that_does_not_exist_raises(name: str, kind: type, tmp_path: Path, monkeypatch: Any) -> None:
    """An error with a message for people, and not a report of nothing; nothing is written."""
    monkeypatch.chdir(tmp_path)
    arguments, more = READERS[name]
    with pytest.raises((FatfKitError, FileNotFoundError)) as raised:
        call_whole(name, kind("no-such-folder/file.xlsx"), *arguments, **more)
    assert str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", [str, Path])
@pytest.mark.parametrize("name", TELLING)
def test_a_function_that_gives_its_problems_names_the_path(name: str, kind: type) -> None:
    """It reads several files, of which one that is not there must not stop the others."""
    found = getattr(fatf_kit, name)(kind("no-such-folder"))
    problems = found if name == "check_edition" else found[-1]
    assert {problem.code for problem in problems} & {"file-missing", "file-unreadable"}
