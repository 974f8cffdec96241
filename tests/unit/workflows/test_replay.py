"""`replay` rebuilds a result byte by byte, or names what moved and the ratings that differ."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder
from fatf_kit.workflows import origin
from fatf_kit.workflows.replay import ReplayResult, replay
from fatf_kit.workflows.verify import MatchState, VerifiedKind, verify
from tests.unit.cli.commands import RURITANIA, invoke, json_of

FILES = (
    "assessment.json",
    "agencies.csv",
    "assignment.csv",
    "laws.xlsx",
    "responses/charities.xlsx",
    "responses/police.xlsx",
    "statistics/fiu.xlsx",
)


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional country's folder with a result, which was made in Arabic for the government."""
    home = tmp_path_factory.mktemp("replay") / "ruritania"
    for name in FILES:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RURITANIA / name, home / name)
    npo = RURITANIA.parent / "npo"
    register, settings = npo / "register.csv", npo / "settings.json"
    invoke("npo", "classify", register, "-o", home / "npo", "--settings", settings)
    options = "--format json --audience government --lang ar --cut-off 2027-02-01"
    made = invoke("score", home, *options.split())
    assert made.exception is None
    return home


@pytest.fixture
def home(scored: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(scored, tmp_path / "copy"))


def moved(replayed: ReplayResult) -> dict[str, MatchState]:
    """Return what is not as it was, by name."""
    return {one.name: one.standing for one in replayed.moved}


def edit_json(path: Path, change: Callable[[Any], object]) -> None:
    """Change a JSON file in place, written as fatf-kit writes it."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@pytest.mark.full
def test_the_same_bytes(home: Path) -> None:
    """From reports/ and from history/: audience, cut-off date and moment are those of the stored result."""
    (kept,) = (home / "history").glob("*.json")
    for place in (home, kept):
        replayed = replay(place)
        assert replayed.is_same
        assert (replayed.moved, replayed.parts, replayed.ratings) == ((), (), ())
    assert verify(home).holds
    result = json.loads(kept.read_text(encoding="utf-8"))
    made_from = result["provenance"]
    assert "npo/npo.json" in made_from["folder"]["files"]
    assert all(one["text"].isascii() for one in result["findings"][-2:])  # of the sector, though the run was Arabic
    assert (made_from["audience"], made_from["cut_off"]) == ("government", "2027-02-01")


@pytest.mark.full
def test_command(home: Path) -> None:
    """0 for the same bytes, 1 for others; the JSON keeps its schema, and the terminal names what moved."""
    document = json_of("replay", home)
    assert check_json(document, "replay-1.schema.json", "replay") == ()
    assert document["same_bytes"] is True
    (home / "responses" / "police.xlsx").unlink()
    result = invoke("replay", home)
    assert result.return_value == 1
    assert any(
        line.split()[:2] == ["missing", "workbook"] and "police.xlsx" in line for line in result.output.splitlines()
    )
    document = json_of("replay", home)
    assert check_json(document, "replay-1.schema.json", "replay") == ()
    assert (document["same_bytes"], bool(document["ratings"])) == (False, True)


def test_changed_workbook(home: Path) -> None:
    """The workbook is named, and the ratings before and after are those of both results."""
    shutil.copy(home / "responses" / "police.xlsx", home / "responses" / "charities.xlsx")
    before = {
        one["id"]: one for one in json.loads((home / "reports" / "assessment.json").read_text())["recommendations"]
    }
    replayed = replay(home)
    assert moved(replayed) == {"charities.xlsx": MatchState.CHANGED}
    assert not replayed.is_same
    assert replayed.ratings
    for one in replayed.ratings:
        assert one.before != one.after
        if (unit := before.get(one.unit)) and unit["decided"] is None:
            assert one.before == (unit["shown"]["worst"], unit["shown"]["best"])


def test_missing_and_added_files_of_the_folder(home: Path) -> None:
    """Settings, figures and workbooks that were not there are named by their place."""
    (home / "statistics" / "fiu.xlsx").unlink()
    shutil.copy(RURITANIA / "statistics" / "fiu.xlsx", home / "statistics" / "late.xlsx")
    edit_json(home / "assessment.json", lambda settings: settings.update(notice="Changed"))
    assert moved(replay(home)) == {
        "statistics/fiu.xlsx": MatchState.MISSING,
        "statistics/late.xlsx": MatchState.NEW,
        "assessment.json": MatchState.CHANGED,
    }


def test_decisions_that_came_later(home: Path) -> None:
    """decisions.xlsx counts by its content: written again it is the same, with a decision it is another one."""
    shutil.copy(RURITANIA / "decisions.xlsx", home / "decisions.xlsx")
    assert moved(replay(home))["decisions.xlsx"] is MatchState.CHANGED


@pytest.mark.full
def test_policy_of_the_countrys_own(home: Path) -> None:
    """It is searched for by name and content; a changed one is named with its ratings, a missing one is an obstacle."""
    policy = home / "ours.json"
    shutil.copy(data_folder("frameworks") / "policies" / "stricter-2.json", policy)
    edit_json(policy, lambda own: own.update(id="ours-1"))
    invoke("score", home, "--format", "json", "--policy", policy)
    assert replay(home).is_same
    policy.unlink()
    replayed = replay(home)
    assert moved(replayed) == {"ours-1": MatchState.UNKNOWN}
    assert "ours.json" in str(replayed.obstacle)
    milder = json.loads((data_folder("frameworks") / "policies" / "milder-2.json").read_text(encoding="utf-8"))
    policy.write_text(json.dumps({**milder, "id": "ours-1"}), encoding="utf-8")
    replayed = replay(home)
    assert moved(replayed) == {"ours-1": MatchState.CHANGED}
    assert (replayed.is_same, bool(replayed.ratings), replayed.obstacle) == (False, True, None)
    assert json_of("replay", home)["obstacle"] is None


@pytest.fixture
def other_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of frameworks/ that fingerprints are taken from."""
    copy = tmp_path / "frameworks"
    source = data_folder("frameworks")
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.po", "*.mo", "recommendations", "outcomes"))
    monkeypatch.setattr(origin, "data_folder", lambda _: copy)
    origin.fingerprint_rules.cache_clear()
    yield copy
    origin.fingerprint_rules.cache_clear()


@pytest.mark.full
def test_changed_policy_and_rule_files_are_named(home: Path, other_rules: Path) -> None:
    """The file in frameworks/ that is another one is named; a page of a country counts with all of them."""
    edit_json(other_rules / "policies" / "milder-2.json", lambda page: page.update(title="Another"))
    edit_json(other_rules / "fatf-2022" / "follow-up.json", lambda page: page.update(title="Another"))
    edit_json(other_rules / "countries" / "IRQ.json", lambda page: page.update(title="Another"))
    edit_json(other_rules / "glossary.json", lambda page: page.update(title="only printed"))
    assert moved(replay(home)) == dict.fromkeys(
        ["policies/milder-2.json", "fatf-2022/follow-up.json", "countries/[A-Z][A-Z][A-Z].json"], MatchState.CHANGED
    )
    kinds = {one.kind for one in replay(home).moved}
    assert kinds == {VerifiedKind.RULE}


@pytest.mark.full
def test_shipped_policy_or_edition_of_another_version(home: Path) -> None:
    """Their fingerprints are compared with what is installed; an edition that is gone is an obstacle."""
    result = home / "reports" / "assessment.json"
    edit_json(result, lambda one: one["provenance"].update(policy_digest="sha256:" + "0" * 64))
    assert moved(replay(home)) == {"indicative-3": MatchState.CHANGED}
    edit_json(result, lambda one: one["provenance"].update(policy="indicative-1"))
    assert "indicative-1" in str(replay(home).obstacle)
    edit_json(result, lambda one: one["provenance"].update(edition="fatf-1990"))
    assert "fatf-1990" in str(replay(home).obstacle)
    assert "fatf-1990" in invoke("replay", home).output


@pytest.mark.full
def test_result_of_another_version(home: Path) -> None:
    """The version is named, and no rating differs; one without the newer fingerprints is rebuilt all the same."""

    def make_old(result: Any) -> None:
        result["provenance"] = {
            key: value for key, value in result["provenance"].items() if key not in {"audience", "folder", "rules"}
        } | {"tool": "0.0.9"}

    invoke("score", home, "--format", "json")
    edit_json(home / "reports" / "assessment.json", make_old)
    replayed = replay(home)
    assert (replayed.versions[0], replayed.is_same, replayed.obstacle) == ("0.0.9", False, None)
    assert (replayed.parts, replayed.ratings, replayed.moved) == (("provenance",), (), ())
    assert "0.0.9" in invoke("replay", home).output


def test_file_in_another_form(home: Path) -> None:
    """The same values with other line ends are not the same bytes."""
    result = home / "reports" / "assessment.json"
    result.write_bytes(result.read_bytes().replace(b"\n", b"\r\n"))
    replayed = replay(home)
    assert (replayed.is_same, replayed.parts) == (False, ())


@pytest.mark.full
def test_folder_in_another_place(home: Path, tmp_path: Path) -> None:
    """A result alone is rebuilt from the folder that is named; without it that is said."""
    alone = Path(shutil.copy(home / "reports" / "assessment.json", tmp_path / "old.json"))
    assert replay(alone, [home]).is_same
    replayed = replay(alone)
    assert (replayed.is_same, "assessment folder" in str(replayed.obstacle)) == (False, True)


@pytest.mark.full
def test_loose_workbooks(tmp_path: Path) -> None:
    """Without an assessment folder the workbooks are named, in any order; a missing one is named and left out."""
    names = ("police.xlsx", "charities.xlsx")
    files = [Path(shutil.copy(RURITANIA / "responses" / name, tmp_path / name)) for name in names]
    out = tmp_path / "out"
    invoke("score", *files, "-o", out, "--format", "json")
    assert replay(out, reversed(files)).is_same
    replayed = replay(out, files[:1])
    assert (moved(replayed), replayed.is_same) == ({"charities.xlsx": MatchState.MISSING}, False)
    assert replay(out).obstacle


def test_report_on_published_ratings(tmp_path: Path) -> None:
    """It is rebuilt from the table of published ratings, the summary of a month too."""
    assert invoke("score", "--published", "NAM", "-o", tmp_path, "--format", "json").return_value == 0
    assert replay(tmp_path).is_same
    edit_json(tmp_path / "published.json", lambda one: one["recommendations"][0].update(published="NC"))
    replayed = replay(tmp_path)
    assert [one.unit for one in replayed.ratings] == ["R.1"]
    assert {one.kind for one in replayed.moved} == {VerifiedKind.PUBLISHED}


@pytest.mark.parametrize("text", ["{}", "[1", '{"schema": "fatf-kit/outlook/1"}'])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    """A file that is not a result is named."""
    (tmp_path / "other.json").write_text(text, encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"other\.json"):
        replay(tmp_path / "other.json")
