"""`verify` tells a report that still belongs to its workbooks from one that does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fatf_kit.assessment.folder.folder import find_workspace
from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import WRITTEN, read_written_files, write_files
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder
from fatf_kit.workflows.verify import MatchState, VerifiedKind, verify


@pytest.fixture(scope="session")
def made(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook in in/ and its report in out/."""
    folder = tmp_path_factory.mktemp("verify")
    (folder / "in").mkdir()
    shutil.copy(filled, folder / "in" / "fiu.xlsx")
    assert call("score", folder / "in", "-o", folder / "out", "--format", "json,html").exit_code in {0, 1}
    return folder


@pytest.fixture
def both(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(made, tmp_path / "both")
    return tmp_path / "both"


def call(*args: str | Path) -> Result:
    """A command; what it raised stays in the result."""
    return CliRunner().invoke(cli, [str(arg) for arg in args], standalone_mode=False)


def standings(both: Path, kind: VerifiedKind) -> dict[str, MatchState]:
    """What became of everything of one kind."""
    found = verify(both / "out", [both / "in"]).compared
    return {one.name: one.standing for one in found if one.kind is kind}


def test_what_was_just_made_belongs_together(both: Path) -> None:
    """Every file, the workbook, the edition and the policy are the same; the JSON follows its schema."""
    result = call("verify", both / "out", both / "in", "--json")
    document = json.loads(result.stdout)
    assert () == check_json(document, "verdict-1.schema.json", "verdict")
    assert document["holds"] is True
    assert {"same"} == {one["standing"] for one in document["compared"]}
    assert {"report", "input", "edition", "policy"} == {one["kind"] for one in document["compared"]}
    assert result.return_value == 0


def test_workbook_under_another_name_is_found_again(both: Path) -> None:
    """Its content counts."""
    (both / "in" / "fiu.xlsx").rename(both / "in" / "final.xlsx")
    assert {"fiu.xlsx": MatchState.RENAMED} == standings(both, VerifiedKind.INPUT)
    assert call("verify", both / "out", both / "in").return_value == 0


def test_changed_workbook_and_a_new_one_are_told(both: Path) -> None:
    """One byte more is another workbook."""
    with (both / "in" / "fiu.xlsx").open("ab") as file:
        file.write(b" ")
    shutil.copy(both / "in" / "fiu.xlsx", both / "in" / "second.xlsx")
    assert {"fiu.xlsx": MatchState.CHANGED, "second.xlsx": MatchState.NEW} == standings(both, VerifiedKind.INPUT)
    assert call("verify", both / "out", both / "in").return_value == 1


def test_workbook_that_is_gone_is_missing(both: Path) -> None:
    """Also where nobody says where the workbooks are."""
    (both / "in" / "fiu.xlsx").unlink()
    assert {"fiu.xlsx": MatchState.MISSING} == standings(both, VerifiedKind.INPUT)
    assert {MatchState.MISSING} == {c.standing for c in verify(both / "out").compared if c.kind is VerifiedKind.INPUT}


def test_edited_and_removed_pages_of_the_report_are_told(both: Path) -> None:
    """By name."""
    (both / "out" / "report.html").write_text("edited", encoding="utf-8")
    chart = next((both / "out" / "charts").glob("*.png"))
    chart.unlink()
    found = standings(both, VerifiedKind.REPORT)
    assert MatchState.CHANGED is found["report.html"]
    assert MatchState.MISSING is found[f"charts/{chart.name}"]
    assert MatchState.SAME is found["assessment.json"]


def test_report_whose_writing_was_interrupted_is_unfinished(both: Path) -> None:
    """Two fingerprints stand in the note until every file is there."""
    note = json.loads((both / "out" / WRITTEN).read_text(encoding="utf-8"))
    note["files"]["report.html"].insert(0, "sha256:" + "0" * 64)
    (both / "out" / WRITTEN).write_text(json.dumps(note), encoding="utf-8")
    assert MatchState.UNFINISHED is standings(both, VerifiedKind.REPORT)["report.html"]


def test_report_without_its_note_is_unknown(both: Path) -> None:
    """There is nothing to compare it with, and that is no yes."""
    (both / "out" / WRITTEN).unlink()
    assert {"assessment.json": MatchState.UNKNOWN} == standings(both, VerifiedKind.REPORT)


def test_other_texts_or_another_policy_are_told(both: Path) -> None:
    """The digests in the result are compared with what is installed."""
    path = both / "out" / "assessment.json"
    result = json.loads(path.read_text(encoding="utf-8"))
    result["provenance"]["edition_digest"] = result["provenance"]["policy_digest"] = "sha256:" + "0" * 64
    path.write_text(json.dumps(result), encoding="utf-8")
    assert {"fatf-2022": MatchState.CHANGED} == standings(both, VerifiedKind.EDITION)
    assert {"indicative-2": MatchState.CHANGED} == standings(both, VerifiedKind.POLICY)
    result["provenance"] |= {"edition": "fatf-1990", "policy": "mine", "policy_own": True}
    path.write_text(json.dumps(result), encoding="utf-8")
    assert {"fatf-1990": MatchState.MISSING} == standings(both, VerifiedKind.EDITION)
    assert {"mine": MatchState.UNKNOWN} == standings(both, VerifiedKind.POLICY)


@pytest.mark.parametrize("text", [None, "{}", "[1", '{"schema": "fatf-kit/outlook/1"}'])
def test_folder_without_a_result_cannot_be_verified(both: Path, text: str | None) -> None:
    """One line, and exit code 3."""
    path = both / "out" / "assessment.json"
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"assessment\.json"):
        verify(both / "out")


def test_assessment_folder_is_verified_by_itself(tmp_path: Path) -> None:
    """Its reports/ against its responses/."""
    home = tmp_path / "ruritania"
    shutil.copytree(Path(__file__).resolve().parents[3] / "examples" / "ruritania", home)
    call("score", home, "--format", "json")
    assert home == find_workspace(home / "reports")  # which has an assessment.json of its own
    inputs = {one.standing for one in verify(home).compared if one.kind is VerifiedKind.INPUT}
    assert {MatchState.SAME} == inputs
    assert verify(home).holds


def test_a_policy_of_the_countrys_own(both: Path) -> None:
    """Found among what is given, told when it changed, and unknown where it is not given."""
    own = json.loads((data_folder("frameworks") / "policies" / "indicative-2.json").read_text(encoding="utf-8"))
    policy = both / "ours.json"
    policy.write_text(json.dumps({**own, "id": "ours-1"}), encoding="utf-8")
    workbook = both / "in" / "fiu.xlsx"
    call("score", workbook, "-o", both / "own", "--format", "json", "--policy", policy)

    def standing(*inputs: Path) -> list[MatchState]:
        return [one.standing for one in verify(both / "own", inputs).compared if one.kind is VerifiedKind.POLICY]

    assert [MatchState.UNKNOWN] == standing(workbook)
    assert [MatchState.SAME] == standing(workbook, policy) == standing(both)
    policy.write_text(json.dumps({**own, "id": "ours-1", "title": "Another"}), encoding="utf-8")
    assert [MatchState.CHANGED] == standing(workbook, policy)


def test_a_name_that_no_file_can_have_is_passed_over(both: Path) -> None:
    """Found by fuzzing: half of a character in the list of what was written, which then could not be written again."""
    files = '{"\\ud800": ["a"], "b.html": ["\\ud800"], "c": ["a"]}'
    (both / "out" / WRITTEN).write_text(f'{{"schema": "fatf-kit/written/1", "files": {files}}}', encoding="utf-8")
    assert {"c": ["a"]} == read_written_files(both / "out")
    told = call("verify", both / "out")
    assert (1, True) == (told.return_value, "missing" in told.output)
    write_files(both / "out", {"b.html": b"1"})
    assert {"b.html", "c"} == read_written_files(both / "out").keys()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on published ratings in which the outcomes stand from the evaluation."""
    folder = tmp_path_factory.mktemp("published")
    made = call("score", "--published", "Namibia", "-o", folder / "out", "--format", "json")
    assert made.return_value == 0
    return folder / "out"


def test_report_on_published_ratings_is_compared_with_the_table(published: Path) -> None:
    """It has no workbooks and no policy; the ratings stand in the table as they did."""
    result = call("verify", published, "--json")
    document = json.loads(result.stdout)
    assert () == check_json(document, "verdict-1.schema.json", "verdict")
    kinds = [one["kind"] for one in document["compared"] if one["kind"] != "report"]
    assert (["edition", "published"], True, 0) == (kinds, document["holds"], result.return_value)
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
def test_published_ratings_that_are_other_or_gone_are_told(
    published: Path, tmp_path: Path, key: str, value: str, standing: MatchState
) -> None:
    """A rating that the table gives otherwise, a report and a jurisdiction that it no longer has."""
    result = json.loads((published / "assessment.json").read_text(encoding="utf-8"))
    if key in {"recommendations", "outcomes"}:
        assert result[key][0]["published"] != value
        result[key][0]["published"] = value
    else:
        result["country" if key == "iso3" else "report"][key] = value
    (tmp_path / "assessment.json").write_text(json.dumps(result), encoding="utf-8")
    verdict = verify(tmp_path)
    assert (standing, False) == (verdict.compared[-1].standing, verdict.holds)


def test_workbooks_beside_a_report_on_published_ratings_are_new_only_where_they_are_given(
    published: Path, filled: Path, tmp_path: Path
) -> None:
    """The responses of the assessment folder around it were never meant."""
    home = tmp_path / "home"
    shutil.copytree(Path(__file__).resolve().parents[3] / "examples" / "ruritania", home)
    shutil.copytree(published, home / "published")
    assert verify(home / "published").holds
    given = [one.standing for one in verify(home / "published", [filled]).compared if one.kind is VerifiedKind.INPUT]
    assert [MatchState.NEW] == given
