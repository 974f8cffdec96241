"""`frameworks check` reports each kind of error in an edition, its translations and the shared lists."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.resources import CURRENT_EDITION, data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.diff import diff_editions
from fatf_kit.framework.validate import check_edition, check_lists, list_shared_files
from tools.framework_content import TRANSLATED

FRAMEWORKS = data_folder("frameworks")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the current edition, with its translations."""
    for language in TRANSLATED:
        inner = Path("locale") / language / CURRENT_EDITION
        shutil.copytree(FRAMEWORKS / inner, tmp_path / inner)
    return Path(shutil.copytree(FRAMEWORKS / CURRENT_EDITION, tmp_path / CURRENT_EDITION))


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A copy of the shared lists."""
    return Path(
        shutil.copytree(FRAMEWORKS, tmp_path / "frameworks", ignore=shutil.ignore_patterns("fatf-*", "published"))
    )


def change(path: Path, edit: Callable[[Any], object]) -> None:
    """Change a JSON file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def join_messages(folder: Path) -> str:
    """Return all messages about an edition, one on each line."""
    return "\n".join(problem.message for problem in check_edition(folder))


def list_faulty_files(folder: Path) -> list[str | None]:
    """Return the lists that have an error, in order."""
    return [problem.ref.file for problem in check_lists(folder) if problem.ref]


def test_shipped_data_has_no_error() -> None:
    """The shipped editions, their translations and the lists have no error."""
    assert check_lists() == ()
    assert dict.fromkeys(list_editions(), ()) == {name: check_edition(FRAMEWORKS / name) for name in list_editions()}


def test_folder_has_the_name_of_the_edition(copy: Path) -> None:
    """An edition in a folder of another name is reported, because it could not be loaded."""
    change(copy / "edition.json", lambda page: page.update(id="fatf-2099"))
    assert "'fatf-2099' is not the name of the folder 'fatf-2022'" in join_messages(copy)


@pytest.mark.parametrize("wrong", ["fatf-1999", "fatf-2022"])
def test_predecessor_is_another_edition(copy: Path, wrong: str) -> None:
    """A predecessor that is unknown or the edition itself is reported."""
    change(copy / "edition.json", lambda page: page.update(predecessor=wrong))
    assert f"no other edition '{wrong}'" in join_messages(copy)


def test_predecessors_need_an_edition(copy: Path) -> None:
    """Predecessors of criteria are reported when their edition has no predecessor."""
    change(copy / "edition.json", lambda page: page.pop("predecessor"))
    assert "it has predecessors, but its edition has none" in join_messages(copy)


def test_predecessors_exist(copy: Path) -> None:
    """A predecessor that does not exist is reported."""
    change(copy / "recommendations" / "R.36.json", lambda page: page["criteria"][0].update(predecessors=["R.36/36.9"]))
    assert "'R.36/36.9' is not a requirement of fatf-2013" in join_messages(copy)


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("combine", "fault"),
    [
        ({"any": ["(a)", "(z)"]}, "names 'R.36/36.3(z)', which is not one of its parts"),
        ({"all": ["(a)", {"any": ["(a)", "(b)"]}]}, "names 'R.36/36.3(a)' 2 times"),
        ({"any": ["(a)", "(c)"]}, "does not name 'R.36/36.3(b)'"),
    ],
)
def test_a_combination_names_every_part_once(copy: Path, combine: object, fault: str) -> None:
    """A part that a combination leaves out, names twice or invents is reported."""
    change(copy / "recommendations" / "R.36.json", lambda page: add_combined_criterion(page, combine))
    assert fault in join_messages(copy)


def add_combined_criterion(page: Any, combine: object) -> None:
    """Add a criterion of three parts to a Recommendation."""
    new = "R.36/36.3"
    parts = [{"id": f"{new}({letter})", "statement": "A.", "citation": "B"} for letter in "abc"]
    page["criteria"].append(
        {"id": new, "statement": "A.", "citation": "B", "addressees": ["C"], "combine": combine, "parts": parts}
    )


def test_a_combination_is_written_in_one_way(copy: Path) -> None:
    """A combination has one key on each level and the labels of parts as leaves."""
    change(copy / "recommendations" / "R.36.json", lambda page: add_combined_criterion(page, {"all": ["a", "(b)"]}))
    assert "'a' is not the label of a part" in join_messages(copy)


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    "kinds", [["law", "instrument"], ["principle in law", "court decision"], ["document", "guideline"]]
)
def test_kinds_that_make_others_void_are_reported(copy: Path, kinds: list[str]) -> None:
    """Beside law only a court decision means something, beside a principle or any document nothing does."""
    change(copy / "recommendations" / "R.36.json", lambda page: page["criteria"][0].update(shown_by=kinds))
    assert f"'{kinds[0]}' allows no such other kind" in join_messages(copy)


def test_a_part_may_ask_for_more_than_its_criterion(copy: Path) -> None:
    """It names its own kinds of proof; to repeat those of its criterion says nothing."""
    page = copy / "recommendations" / "R.40.json"

    def second(kinds: list[str]) -> None:
        change(page, lambda page: page["criteria"][1]["parts"][0].update(shown_by=kinds))

    second(["law", "court decision"])
    assert join_messages(copy) == ""
    second(["document"])
    assert "its 'shown_by' is that of what contains it" in join_messages(copy)


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("recommendations/R.36", ("criteria", 1)),
        ("recommendations/R.10", ("criteria", 1, "parts", 0)),
        ("outcomes/IO.01", ("core_issues", 0)),
    ],
)
def test_a_recommended_action_has_a_short_action(copy: Path, page: str, place: tuple[str | int, ...]) -> None:
    """Actions are named by the short action; a requirement without one is reported with its place."""

    def remove(data: Any) -> None:
        for step in place:
            data = data[step]
        data.pop("action")

    change(copy / f"{page}.json", remove)
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    assert f"fatf-2022/{page}.json, ${where}: 'action' is missing" in join_messages(copy)


def translation(copy: Path, language: str, number: str = "36") -> Path:
    """Return the path of a translated page of the copy."""
    return copy.parent / "locale" / language / copy.name / "recommendations" / f"R.{number}.json"


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("language", TRANSLATED)
def test_translation_that_cannot_be_read(copy: Path, language: str) -> None:
    """A translation that is not valid JSON is reported."""
    translation(copy, language).write_text("{", encoding="utf-8")
    assert f"locale/{language}/fatf-2022/recommendations/R.36.json" in join_messages(copy)


@pytest.mark.full
def test_translation_of_a_page_that_does_not_exist(copy: Path, lists: Path) -> None:
    """A translated page without an English page is reported for editions and for lists."""
    translation(copy, "ar", "41").write_text("{}", encoding="utf-8")
    assert "no English page has this name" in join_messages(copy)
    (lists / "locale" / "fr" / "colours.json").write_text("{}", encoding="utf-8")
    assert list_faulty_files(lists) == ["locale/fr/colours.json"]


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("texts", "key"),
    [
        ({"criteria": {"R.36/36.3": {"statement": "Rien."}}}, "criteria.R.36/36.3"),
        ({"criteria": {"R.36/36.1": {"statment": "Rien."}}}, "criteria.R.36/36.1.statment"),
        ({"citation": "Rien."}, "citation"),
    ],
    ids=["requirement", "field", "no-text"],
)
def test_translation_without_english_text_is_reported(copy: Path, texts: Any, key: str) -> None:
    """A translated id or field that is no text in English is reported; a citation is not translated."""
    change(translation(copy, "fr"), lambda page: page.update(texts))
    assert f"R.36.json, {key}: the English page has no such text" in join_messages(copy)


def test_translation_of_a_list_is_checked(lists: Path) -> None:
    """A role that is not in the English list is reported."""
    change(lists / "locale" / "fr" / "roles.json", lambda page: page["roles"].update(gardener={"name": "Jardinier"}))
    assert list_faulty_files(lists) == ["locale/fr/roles.json"]


def test_every_list_is_checked_against_its_schema(lists: Path) -> None:
    """Each shared list that breaks its schema is reported."""
    files = list_shared_files(lists)
    assert {
        "glossary.json",
        "labels.json",
        "roles.json",
        "root-causes.json",
        "statistics.json",
        "words.json",
        "IRQ.json",
    } <= {path.name for path in files}
    for path in files:
        path.write_text("[1]", encoding="utf-8")
    assert [path.relative_to(lists).as_posix() for path in files] == [
        problem.ref and problem.ref.file for problem in check_lists(lists)
    ]


def test_list_without_a_schema_is_reported(lists: Path) -> None:
    """A list without a schema is reported."""
    (lists / "colours.json").write_text("{}", encoding="utf-8")
    assert list_faulty_files(lists) == ["colours.json"]


@pytest.mark.parametrize("pair", [("fatf-2022", "fatf-2013"), ("fatf-2022", "fatf-2022"), ("fatf-2013", "fatf-2013")])
def test_diff_refuses_pairs_that_do_not_follow_on_each_other(pair: tuple[str, str]) -> None:
    """Two editions in reversed order, or the same edition twice, are refused."""
    with pytest.raises(FrameworkError, match="is not the edition after"):
        diff_editions(load_framework(pair[0]), load_framework(pair[1]))
