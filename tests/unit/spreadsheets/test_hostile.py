"""Each hostile or broken file gets one clear message, and a good file in the same folder is read."""

from __future__ import annotations

import shutil
from pathlib import Path

from fatf_kit.assessment.answers.intake import read_responses
from tests.hostile import build_corpus


def test_each_file_gets_one_message_and_stops_no_other(filled: Path, tmp_path: Path) -> None:
    """Hostile files in one folder get one message each, and the good file is read."""
    expected = build_corpus(filled.read_bytes(), tmp_path)
    shutil.copy(filled, tmp_path / "good.xlsx")
    _, responses, problems = read_responses([tmp_path, tmp_path / "folder.xlsx", tmp_path / "absent.xlsx"])
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.ref.file if problem.ref else "", []).append(problem.code)
    assert {name: [code] for name, code in expected.items() if code} == found
    read = {name for name, code in expected.items() if code is None}
    assert {given.name for given in responses.inputs} == {"good.xlsx", *read}
    assert len(responses.answers) == 3
