"""Hostile and broken files: one clear message for each, and the good one beside them is read."""

from __future__ import annotations

import shutil
from pathlib import Path

from fatf_kit.assessment.answers.intake import read_responses
from tests.hostile import build_corpus


def test_each_gets_one_message_and_stops_nobody(filled: Path, tmp_path: Path) -> None:
    """In one folder, all at once."""
    expected = build_corpus(filled.read_bytes(), tmp_path)
    shutil.copy(filled, tmp_path / "good.xlsx")
    _, responses, problems = read_responses([tmp_path, tmp_path / "folder.xlsx", tmp_path / "absent.xlsx"])
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(problem.ref.file if problem.ref else "", []).append(problem.code)
    assert {name: [code] for name, code in expected.items() if code} == said
    read = {name for name, code in expected.items() if code is None}
    assert {given.name for given in responses.inputs} == {"good.xlsx", *read}
    assert len(responses.answers) == 3
