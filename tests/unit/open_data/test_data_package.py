"""The data package of published ratings and FATF's lists, as frictionless judges it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from fatf_kit import export_frameworks
from fatf_kit.core.resources import data_folder

DAY = "2026-11-28"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files of the package."""
    for name, content in export_frameworks("datapackage", day=DAY).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def validate(folder: Path) -> tuple[bool, list[tuple[Any, ...]]]:
    """Whether the package is valid for frictionless, and place and kind of each error."""
    frictionless = pytest.importorskip("frictionless")
    limit = csv.field_size_limit()
    try:
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
    finally:
        csv.field_size_limit(limit)  # frictionless raises it for the whole process, and other tests need it
    return report.valid, [tuple(row) for row in report.flatten(["rowNumber", "fieldName", "type"])]


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    """Every row of both tables conforms to its schema; sizes and hashes are right."""
    assert validate(folder) == (True, [])
    published = data_folder("frameworks") / "published"
    assert (folder / "lists.csv").read_bytes() == (published / "lists.csv").read_bytes()


def test_ratings_are_the_bundled_ones_with_their_source(folder: Path) -> None:
    """The other columns are as they are bundled, cell by cell."""
    bundled = read_rows(data_folder("frameworks") / "published" / "ratings.csv")
    rows = read_rows(folder / "ratings.csv")
    assert [{key: row[key] for key in bundled[0]} for row in rows] == bundled
    assert set(rows[0]) - set(bundled[0]) == {"source"}


def test_the_key_separates_the_rows(folder: Path) -> None:
    """The Isle of Man and Moldova have two summaries of one month; a join by the key doubles no country."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    key = package["resources"][0]["schema"]["primaryKey"]
    rows = read_rows(folder / "ratings.csv")
    keys = [tuple(row[column] for column in key) for row in rows]
    assert len(set(keys)) == len(keys) == 707
    without = [row[:-1] for row in keys]
    assert sorted({row[0] for row in without if without.count(row) > 1}) == ["IMN", "MDA"]
    assert {row[-1] for row in keys if row[0] == "IMN" and row[2] == "2022-12"} == {
        "consolidated ratings",
        "fur-isle-of-man-2022",
    }


def test_frictionless_finds_a_wrong_rating(folder: Path) -> None:
    """The schema allows the ratings of each scale and nothing else."""
    path = folder / "ratings.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",LC,", ",SE,", 1)
    path.write_text("".join(lines), encoding="utf-8", newline="")
    is_valid, faults = validate(folder)
    assert (is_valid, (2, "R.1", "constraint-error") in faults) == (False, True)


def test_not_applicable_is_a_rating(folder: Path) -> None:
    """NA is in the list of allowed values and not among the missing ones."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    ratings, lists = package["resources"]
    assert ratings["schema"]["missingValues"] == [""]
    fields = {field["name"]: field for field in ratings["schema"]["fields"]}
    assert set(fields["R.17"]["constraints"]["enum"]) == {"C", "LC", "PC", "NC", "NA"}
    assert set(fields["IO.4"]["constraints"]["enum"]) == {"HE", "SE", "ME", "LE"}
    assert lists["schema"]["primaryKey"] == ["iso3", "list", "as_of"]


def test_descriptions_are_in_three_languages(folder: Path) -> None:
    """The notice and every column; the Arabic and the French are not the English again."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = [package, *(field for one in package["resources"] for field in one["schema"]["fields"])]
    for one in described:
        assert len({one[key] for key in ("description", "description:ar", "description:fr")}) == 3
    assert package["description"].startswith("This file is not the FATF Methodology.")
    assert package["licenses"][0]["name"] == "Apache-2.0"
