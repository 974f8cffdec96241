"""A country's own choices, read from its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fatf_kit.errors import FatfKitError
from fatf_kit.npo.method import load_method
from fatf_kit.npo.run import npo_classify, npo_template
from fatf_kit.npo.settings import Settings, load_settings, read_national
from fatf_kit.npo.survey import margin_of_error
from tests.unit.npo.small_register import settings

METHOD = load_method()


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_national_factors_from_the_sheet(tmp_path: Path, language: str) -> None:
    """What is filled in on the template's sheet is read in every language, and blanks are left out."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path, language=language)
    assert ((), ()) == read_national(book, METHOD)
    filled = load_workbook(book)
    filled.worksheets[-1]["C3"], filled.worksheets[-1]["D3"] = 4, "seen"
    filled.save(book)
    assert [("TN1", 4, "seen")] == [(f.id, f.value, f.reason) for f in read_national(book, METHOD)[0]]


def test_what_cannot_be_used_of_national_factors_is_told(tmp_path: Path) -> None:
    """A value of 9, a reason without a value and a note beside the table, each with its row; the rest is used."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path)
    filled = load_workbook(book)
    sheet = filled.worksheets[-1]
    sheet["C3"], sheet["D4"], sheet["C5"], sheet["G6"] = 9, "seen", 2, "ask the police"
    filled.save(book)
    factors, problems = read_national(book, METHOD)
    assert [("TN3", 2)] == [(factor.id, factor.value) for factor in factors]
    assert [("npo-national", "row 3"), ("npo-national-reason", "row 4"), ("cell-beside", "row 6, cell 7")] == [
        (problem.code, problem.ref and problem.ref.cell) for problem in problems
    ]


def test_national_factors_beside_the_register_are_used(tmp_path: Path) -> None:
    """A filled template is one workbook: its second sheet counts without being named, after what the settings say."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path, language="ar")
    filled = load_workbook(book)
    filled.worksheets[0]["A2"] = "1"
    filled.worksheets[-1]["C3"], filled.worksheets[-1]["C4"] = 4, 3
    filled.save(book)
    said = settings(national=[{"id": "TN2", "value": 1, "reason": "found out since"}])
    result = npo_classify(book, tmp_path / "out", settings=said).result
    assert [("TN1", 4), ("TN2", 1)] == [(factor.id, factor.value) for factor in result.national if factor.value]


def test_no_settings_are_valid_settings() -> None:
    """Without a file every choice has its default, and no list of places is not an empty one."""
    assert Settings() == load_settings(None, METHOD)
    assert Settings().countries is None


@pytest.mark.parametrize("choices", [{"home_country": "Atlantis"}, {"fold": "sideways"}, {"national": [{"id": "T01"}]}])
def test_unknown_names_are_refused(choices: dict[str, object]) -> None:
    """A country, a fold or a factor that does not exist is a plain message."""
    with pytest.raises(FatfKitError):
        settings(**choices)


def test_margin_of_south_africa() -> None:
    """South Africa 2024: 301 answers of 252,549 bodies give 5.65 per cent, with or without the population."""
    assert 5.65 == round(100 * margin_of_error(301), 2)
    assert 5.65 == round(100 * margin_of_error(301, 252_549), 2)
    assert 0 == margin_of_error(10, 10)


@pytest.mark.parametrize(("answers", "population"), [(0, None), (5, 4)])
def test_margin_needs_answers(answers: int, population: int | None) -> None:
    """No answers, or more than there are bodies, is a mistake."""
    with pytest.raises(ValueError, match="margin"):
        margin_of_error(answers, population)


@pytest.mark.parametrize("day", ["2027-02-30", "2027-00-10", "٢٠٢٧-٠٣-١٩"])
def test_day_that_no_calendar_has_is_refused(tmp_path: Path, day: str) -> None:
    """It has the shape of a date, which is all that the schema asks."""
    path = tmp_path / "settings.json"
    places = [{"country": "SY", "level": 5, "from": day}]
    path.write_text(json.dumps({"schema": "fatf-kit/npo-settings/1", "countries": places}), encoding="utf-8")
    with pytest.raises(FatfKitError, match="no date of the calendar"):
        load_settings(path, METHOD)
