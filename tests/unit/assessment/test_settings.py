"""The settings in assessment.json are read, and every fault is reported with its place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.assessment.folder.model import AssessmentSettings, Materiality, Sector, WeightChange
from fatf_kit.assessment.folder.settings import read_settings, sector_ids
from fatf_kit.core.json_files import check_json, load_json
from fatf_kit.core.resources import data_folder
from tests.text_folder import render_settings

GOOD: dict[str, Any] = {"schema": "fatf-kit/assessment-folder/1", "country": "IRQ", "edition": "fatf-2022"}


def read(folder: Path, **changes: Any) -> tuple[AssessmentSettings | None, list[tuple[str, str | None]]]:
    """Settings from a file with some entries changed, and the code and place of each problem."""
    path = folder / "assessment.json"
    path.write_text(json.dumps({**GOOD, **changes}), encoding="utf-8")
    settings, problems = read_settings(path)
    return settings, [(p.code, p.ref.cell if p.ref else None) for p in problems]


def test_written_settings_are_read_back(tmp_path: Path) -> None:
    """Every setting is read back as it was written."""
    settings = AssessmentSettings(
        country="IRQ",
        edition="fatf-2022",
        on_site_from=date(2027, 3, 1),
        on_site_to=date(2027, 3, 19),
        cut_off=date(2027, 3, 19),
        languages=("ar", "en"),
        policy="own.json",
        sectors=(Sector(id="banks", materiality=Materiality.HIGH, reason="All assets"),),
        weights=(WeightChange(requirement="R.10/10.1", weight=5, reason="Why"),),
        facts={"financial_sector_usd": 5, "icrg": False},
        notice="Made up",
        names={"en": "Examplia"},
    )
    path = tmp_path / "assessment.json"
    path.write_text(render_settings(settings), encoding="utf-8")
    assert read_settings(path) == (settings, ())


def test_least_settings_are_enough(tmp_path: Path) -> None:
    """Country and edition are enough; every other setting has a default."""
    assert read(tmp_path) == (AssessmentSettings(country="IRQ", edition="fatf-2022"), [])


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"cut_off": "19.03.27"}, [("date-unknown", "$.cut_off")]),
        ({"cut_off": "2027-03-19 or 2027-09-30, to be confirmed"}, [("date-with-words", "$.cut_off")]),
        ({"on_site_from": "2027-03-19", "on_site_to": "2027-03-01"}, [("visit-order", "$.on_site_to")]),
        ({"on_site_to": "2027-03-20", "cut_off": "2027-03-19"}, [("visit-after-cut-off", "$.cut_off")]),
        ({"sectors": [{"id": "bankz", "materiality": "less important"}]}, [("sector-unknown", "$.sectors[0]")]),
        ({"sectors": [{"id": "banks", "materiality": "less important"}] * 2}, [("sector-twice", "$.sectors[1]")]),
        ({"weights": [{"requirement": "R.10/10.1", "weight": 5}]}, [("weight-unexplained", "$.weights[0]")]),
        ({"weights": [{"requirement": "R.10/99.9", "weight": 5, "reason": "a"}]}, [("id-unknown", "$.weights[0]")]),
        ({"weights": [{"requirement": "R.10/10.7(b)", "weight": 5, "reason": "a"}]}, [("id-unknown", "$.weights[0]")]),
        ({"weights": [{"requirement": "R.1/1.1", "weight": 5, "reason": "a"}] * 2}, [("weight-twice", "$.weights[1]")]),
        ({"languages": ["de"]}, [("agency-language", "$.languages[0]")]),
        ({"languages": ["ar", "Deutsch"]}, [("data-schema", "$.languages[1]")]),
        ({"country": "QQQ"}, [("folder-country", "$.country")]),
    ],
)
def test_fault_is_reported_and_the_rest_is_used(tmp_path: Path, changes: Any, problems: Any) -> None:
    """Each fault is reported with its place, and a faulty entry counts as not given."""
    settings, found = read(tmp_path, **changes)
    assert found == problems
    assert settings is not None
    assert settings.country == "IRQ" or "country" in changes
    assert settings.weights[1:] == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"edition": "fatf-1990"}, "folder-edition"),
        ({"country": "Iraq"}, "data-schema"),
        ({"edition": 5}, "data-schema"),
    ],
)
def test_without_country_or_edition_there_are_no_settings(tmp_path: Path, changes: Any, code: str) -> None:
    """Without country or edition no settings are returned."""
    settings, found = read(tmp_path, **changes)
    assert settings is None
    assert code in [one for one, _ in found]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"a": 1, "a": 2}'])
def test_a_broken_file_is_a_problem(tmp_path: Path, content: bytes) -> None:
    """A broken file is a problem and raises no error."""
    path = tmp_path / "assessment.json"
    path.write_bytes(content)
    settings, problems = read_settings(path)
    assert settings is None
    assert problems


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A missing file is a problem and no error is raised."""
    settings, problems = read_settings(tmp_path / "assessment.json")
    assert settings is None
    assert [p.code for p in problems] == ["file-unreadable"]


def test_list_of_sectors_fits_its_schema() -> None:
    """The list of sectors fits its schema, and every id occurs once."""
    data, problems = load_json(data_folder("frameworks") / "sectors.json", "sectors.schema.json")
    assert problems == ()
    assert len(set(sector_ids())) == len(sector_ids()) == len(data["sectors"])


def test_written_settings_fit_the_schema() -> None:
    """The settings that `init` writes fit the schema."""
    text = render_settings(AssessmentSettings(country="IRQ", edition="fatf-2022"))
    assert check_json(json.loads(text), "assessment-folder-1.schema.json", "assessment.json") == ()
