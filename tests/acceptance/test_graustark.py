"""The second made-up country: written as committed, and marked as made up in three languages."""

from __future__ import annotations

from fatf_kit import read_workspace, score
from fatf_kit.action_plan.review import check_action_plan
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.core.messages import MADE_UP
from fatf_kit.core.resources import data_folder

HOME = data_folder("examples") / "graustark"


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
