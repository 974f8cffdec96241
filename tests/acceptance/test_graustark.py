"""The second made-up country: written as committed, and marked as made up in three languages."""

from __future__ import annotations

import runpy
from pathlib import Path

from fatf_kit import read_workspace, score
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.core.messages import MADE_UP
from fatf_kit.core.resources import data_folder
from fatf_kit.workflows.action_items import check_action_plan
from tests.acceptance.test_ruritania import parts

HOME = data_folder("examples") / "graustark"


def test_the_folder_is_as_built(tmp_path: Path) -> None:
    """Building again gives the committed workbooks, part by part; run `make content` after a change."""
    builder = runpy.run_path(str(HOME / "build.py"))
    made = {path.relative_to(tmp_path) for path in builder["build"](tmp_path)}
    assert made == {path.relative_to(HOME) for path in HOME.rglob("*.xlsx")}
    for name in made:
        assert parts(HOME / name) == parts(tmp_path / name), name


def test_it_is_marked_and_has_no_faults() -> None:
    """A name in each language, the notice of a made-up example, few answers, and problems of no cell but notes."""
    workspace, _ = read_workspace(HOME)
    assert workspace is not None
    names = [name_country(workspace.settings, language) for language in ("en", "ar", "fr")]
    assert names == ["Graustark", "غراوستارك", "Graustark"]
    assert workspace.settings.notice == MADE_UP
    scored = score(HOME)
    assert scored.assessment.coverage.answered == 8
    assert {problem.level for problem in scored.problems} == {"note"}
    _, problems = check_action_plan(HOME)
    assert [problem.code for problem in problems if problem.level == "error"] == []
