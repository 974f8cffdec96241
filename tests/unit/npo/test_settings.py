"""A country's own choices, read from its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fatf_kit.errors import FatfKitError
from fatf_kit.npo.method import load_method
from fatf_kit.npo.run import npo_template
from fatf_kit.npo.settings import Settings, load_settings, read_national
from tests.unit.npo.small_register import settings

METHOD = load_method()


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_national_factors_from_the_sheet(tmp_path: Path, language: str) -> None:
    """What is filled in on the template's sheet is read in every language, and blanks are left out."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path, language=language)
    assert () == read_national(book, METHOD)
    filled = load_workbook(book)
    filled.worksheets[-1]["C3"], filled.worksheets[-1]["D3"] = 4, "seen"
    filled.save(book)
    assert [("TN1", 4, "seen")] == [(f.id, f.value, f.reason) for f in read_national(book, METHOD)]
    filled.worksheets[-1]["C3"] = 9
    filled.save(book)
    with pytest.raises(FatfKitError, match="Use 1 to 5"):
        read_national(book, METHOD)


def test_no_settings_are_valid_settings() -> None:
    """Without a file every choice has its default, and no list of places is not an empty one."""
    assert Settings() == load_settings(None, METHOD)
    assert Settings().countries is None


@pytest.mark.parametrize("choices", [{"home_country": "Atlantis"}, {"fold": "sideways"}, {"national": [{"id": "T01"}]}])
def test_unknown_names_are_refused(choices: dict[str, object]) -> None:
    """A country, a fold or a factor that does not exist is a plain message."""
    with pytest.raises(FatfKitError):
        settings(**choices)


@pytest.mark.parametrize("day", ["2027-02-30", "2027-00-10", "٢٠٢٧-٠٣-١٩"])
def test_day_that_no_calendar_has_is_refused(tmp_path: Path, day: str) -> None:
    """It has the shape of a date, which is all that the schema asks."""
    path = tmp_path / "settings.json"
    places = [{"country": "SY", "level": 5, "from": day}]
    path.write_text(json.dumps({"schema": "fatf-kit/npo-settings/1", "countries": places}), encoding="utf-8")
    with pytest.raises(FatfKitError, match="no date of the calendar"):
        load_settings(path, METHOD)
