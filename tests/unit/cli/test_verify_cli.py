"""`verify` distinguishes a report that still matches its workbooks from one that does not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.assessment.folder.folder import find_workspace
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder
from fatf_kit.core.store import read_written_files, write_files
from fatf_kit.core.store.outputs import WRITTEN
from fatf_kit.workflows.verify import MatchState, VerifiedKind, verify
from tests.unit.cli.commands import RURITANIA, invoke, json_of


@pytest.fixture(scope="session")
def made(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook in in/ and its report in out/."""
    folder = tmp_path_factory.mktemp("verify")
    (folder / "in").mkdir()
    shutil.copy(filled, folder / "in" / "fiu.xlsx")
    assert invoke("score", folder / "in", "-o", folder / "out", "--format", "json,html").exit_code in {0, 1}
    return folder


@pytest.fixture
def both(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(made, tmp_path / "both")
    return tmp_path / "both"


def standings(both: Path, kind: VerifiedKind) -> dict[str, MatchState]:
    """Return the state of everything of one kind."""
    found = verify(both / "out", [both / "in"]).compared
    return {one.name: one.standing for one in found if one.kind is kind}


def edit_json(path: Path, change: Callable[[Any], object]) -> None:
    """Change a JSON file in place."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def test_what_was_just_made_matches(both: Path) -> None:
    """Every file, the workbook, the edition and the policy are the same; the JSON keeps its schema."""
    document = json_of("verify", both / "out", both / "in")
    assert check_json(document, "verdict-1.schema.json", "verdict") == ()
    assert document["holds"] is True
    assert {one["standing"] for one in document["compared"]} == {"same"}
    assert {one["kind"] for one in document["compared"]} == {"report", "input", "edition", "policy", "rule"}
    assert invoke("verify", both / "out", both / "in").return_value == 0


def _rename(both: Path) -> None:
    (both / "in" / "fiu.xlsx").rename(both / "in" / "final.xlsx")


def _append(both: Path) -> None:
    with (both / "in" / "fiu.xlsx").open("ab") as file:
        file.write(b" ")
    shutil.copy(both / "in" / "fiu.xlsx", both / "in" / "second.xlsx")


def _remove(both: Path) -> None:
    (both / "in" / "fiu.xlsx").unlink()


@pytest.mark.parametrize(
    ("change", "found", "code"),
    [
        (_rename, {"fiu.xlsx": MatchState.RENAMED}, 0),
        (_append, {"fiu.xlsx": MatchState.CHANGED, "second.xlsx": MatchState.NEW}, 1),
        (_remove, {"fiu.xlsx": MatchState.MISSING}, 1),
    ],
)
def test_workbooks(both: Path, change: Callable[[Path], None], found: dict[str, MatchState], code: int) -> None:
    """A workbook is found under another name; one byte more is another workbook; one that is gone is missing."""
    change(both)
    assert standings(both, VerifiedKind.INPUT) == found
    assert invoke("verify", both / "out", both / "in").return_value == code


def test_workbooks_that_are_not_given_are_missing(both: Path) -> None:
    """A report whose workbooks are not named reports them as missing, and says how to name them."""
    found = verify(both / "out").compared
    assert {one.standing for one in found if one.kind is VerifiedKind.INPUT} == {MatchState.MISSING}
    assert "name them or the assessment folder after" in invoke("verify", both / "out").stderr
    (both / "in" / "fiu.xlsx").unlink()
    assert "name them" not in invoke("verify", both / "out", both / "in").stderr


def test_pages_of_the_report(both: Path) -> None:
    """Edited and removed pages are named, and one whose writing was interrupted is unfinished."""
    edit_json(both / "out" / WRITTEN, lambda note: note["files"]["report.html"].insert(0, "sha256:" + "0" * 64))
    assert MatchState.UNFINISHED is standings(both, VerifiedKind.REPORT)["report.html"]
    (both / "out" / "report.html").write_text("edited", encoding="utf-8")
    chart = next((both / "out" / "charts").glob("*.png"))
    chart.unlink()
    found = standings(both, VerifiedKind.REPORT)
    assert MatchState.CHANGED is found["report.html"]
    assert MatchState.MISSING is found[f"charts/{chart.name}"]
    assert MatchState.SAME is found["assessment.json"]
    (both / "out" / WRITTEN).unlink()
    assert standings(both, VerifiedKind.REPORT) == {"assessment.json": MatchState.UNKNOWN}


def test_other_texts_or_another_policy(both: Path) -> None:
    """The digests in the result are compared with what is installed."""
    other = dict.fromkeys(("edition_digest", "policy_digest"), "sha256:" + "0" * 64)
    edit_json(both / "out" / "assessment.json", lambda result: result["provenance"].update(other))
    assert standings(both, VerifiedKind.EDITION) == {"fatf-2022": MatchState.CHANGED}
    assert standings(both, VerifiedKind.POLICY) == {"indicative-3": MatchState.CHANGED}
    unknown = {"edition": "fatf-1990", "policy": "mine", "policy_own": True}
    edit_json(both / "out" / "assessment.json", lambda result: result["provenance"].update(unknown))
    assert standings(both, VerifiedKind.EDITION) == {"fatf-1990": MatchState.MISSING}
    assert standings(both, VerifiedKind.POLICY) == {"mine": MatchState.UNKNOWN}


@pytest.mark.parametrize("text", [None, "{}", "[1", '{"schema": "fatf-kit/outlook/1"}'])
def test_folder_without_a_result_cannot_be_verified(both: Path, text: str | None) -> None:
    """The message names the file that is missing or is no result."""
    path = both / "out" / "assessment.json"
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"assessment\.json"):
        verify(both / "out")


@pytest.mark.full
def test_assessment_folder_is_verified_by_itself(tmp_path: Path) -> None:
    """Its reports/ are compared with its responses/."""
    home = tmp_path / "ruritania"
    shutil.copytree(RURITANIA, home)
    invoke("score", home, "--format", "json")
    assert home == find_workspace(home / "reports")  # which has an assessment.json of its own
    verdict = verify(home)
    assert {one.standing for one in verdict.compared if one.kind is VerifiedKind.INPUT} == {MatchState.SAME}
    assert verdict.holds


@pytest.mark.full
def test_an_assessment_folder_is_named_for_a_report_elsewhere(tmp_path: Path) -> None:
    """Only its answers and laws are compared, not every workbook below it; its settings are not a report."""
    home = tmp_path / "ruritania"
    shutil.copytree(RURITANIA, home)
    with pytest.raises(FatfKitError, match=r"^reports does not contain a readable assessment\.json"):
        verify(home)
    invoke("score", home, "-o", tmp_path / "out", "--format", "json")
    assert verify(tmp_path / "out", [home]).holds


@pytest.mark.full
def test_a_policy_of_the_countrys_own(both: Path) -> None:
    """It is found among the paths given, changed if it was edited, and unknown if it is not given."""
    policy, workbook = both / "ours.json", both / "in" / "fiu.xlsx"
    shutil.copy(data_folder("frameworks") / "policies" / "indicative-2.json", policy)
    edit_json(policy, lambda own: own.update(id="ours-1"))
    invoke("score", workbook, "-o", both / "own", "--format", "json", "--policy", policy)

    def standing(*inputs: Path) -> list[MatchState]:
        return [one.standing for one in verify(both / "own", inputs).compared if one.kind is VerifiedKind.POLICY]

    assert standing(workbook) == [MatchState.UNKNOWN]
    assert [MatchState.SAME] == standing(workbook, policy) == standing(both)
    edit_json(policy, lambda own: own.update(title="Another"))
    assert standing(workbook, policy) == [MatchState.CHANGED]


def test_a_name_that_no_file_can_have_is_left_out(both: Path) -> None:
    """Half of a character in the list of what was written (found by fuzzing) does not stop the next writing."""
    files = '{"\\ud800": ["a"], "b.html": ["\\ud800"], "c": ["a"]}'
    (both / "out" / WRITTEN).write_text(f'{{"schema": "fatf-kit/written/1", "files": {files}}}', encoding="utf-8")
    assert read_written_files(both / "out") == {"c": ["a"]}
    result = invoke("verify", both / "out")
    assert (result.return_value, "missing" in result.output) == (1, True)
    write_files(both / "out", {"b.html": b"1"})
    assert read_written_files(both / "out").keys() == {"b.html", "c"}


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on published ratings whose outcomes are those of the evaluation."""
    folder = tmp_path_factory.mktemp("published") / "out"
    assert invoke("score", "--published", "Namibia", "-o", folder, "--format", "json").return_value == 0
    return folder


def test_report_on_published_ratings_is_compared_with_the_table(published: Path) -> None:
    """It has no workbooks and no policy; the ratings in the table are the same."""
    document = json_of("verify", published)
    assert check_json(document, "verdict-1.schema.json", "verdict") == ()
    kinds = [one["kind"] for one in document["compared"] if one["kind"] != "report"]
    assert (kinds, document["holds"]) == (["edition", "published"], True)
    assert document["compared"][-1]["name"] == "NAM MER+FUR(s) 2025-04"


@pytest.mark.parametrize(
    ("key", "value", "standing"),
    [
        ("recommendations", "NC", MatchState.CHANGED),
        ("outcomes", "HE", MatchState.CHANGED),
        ("date", "1999-01", MatchState.MISSING),
        ("iso3", "XXX", MatchState.MISSING),
    ],
)
def test_published_ratings_that_differ_or_are_gone(
    published: Path, tmp_path: Path, key: str, value: str, standing: MatchState
) -> None:
    """A rating that the table gives otherwise, a report and a jurisdiction that it no longer has."""
    shutil.copy(published / "published.json", tmp_path)

    def change(result: Any) -> None:
        if key in {"recommendations", "outcomes"}:
            assert result[key][0]["published"] != value
            result[key][0]["published"] = value
        else:
            result["country" if key == "iso3" else "report"][key] = value

    edit_json(tmp_path / "published.json", change)
    verdict = verify(tmp_path)
    assert (standing, False) == (verdict.compared[-1].standing, verdict.holds)


def test_workbooks_near_a_report_on_published_ratings_are_new_only_if_given(
    published: Path, filled: Path, tmp_path: Path
) -> None:
    """The responses of the assessment folder around it are not compared."""
    home = tmp_path / "home"
    shutil.copytree(RURITANIA, home)
    shutil.copytree(published, home / "published")
    assert verify(home / "published").holds
    given = [one.standing for one in verify(home / "published", [filled]).compared if one.kind is VerifiedKind.INPUT]
    assert given == [MatchState.NEW]
