"""A country's own choices, read from its files."""

from __future__ import annotations

import json
import math
import os
from datetime import date
from pathlib import Path

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.npo.functions import npo_classify, npo_template
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.settings import ListedPlace, Settings
from fatf_kit.npo.register.settings_file import load_settings, read_national, read_overrides
from fatf_kit.npo.survey import margin_of_error
from tests.unit.npo.small_register import limit_waiting, settings

METHOD = load_method()


@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.full), "fr"])
def test_national_factors_from_the_sheet(tmp_path: Path, language: str) -> None:
    """The factors on the template's sheet are read in every language, and blanks are left out."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path, language=language)
    assert read_national(book, METHOD) == ((), ())
    filled = load_workbook(book)
    filled.worksheets[2]["C3"], filled.worksheets[2]["D3"] = 4, "seen"
    filled.save(book)
    assert [(f.id, f.value, f.reason) for f in read_national(book, METHOD)[0]] == [("TN1", 4, "seen")]


def test_a_reason_of_several_lines_is_read_whole(tmp_path: Path) -> None:
    """A line break in a cell ends neither the reason nor the row, and the rows after it keep their number."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path)
    filled = load_workbook(book)
    sheet = filled.worksheets[2]
    sheet["C3"], sheet["D3"] = 4, 'seen twice,\nonce in "spring"\r\n\nand once since'
    sheet["C4"], sheet["D4"], sheet["C5"] = 2, "seen\u2028once", 9
    filled.save(book)
    factors, problems = read_national(book, METHOD)
    assert [(factor.id, factor.reason) for factor in factors] == [
        ("TN1", 'seen twice, once in "spring" and once since'),
        ("TN2", "seen once"),
    ]
    assert [problem.ref and problem.ref.cell for problem in problems] == ["row 5"]


def test_unusable_national_factors_are_reported(tmp_path: Path) -> None:
    """A value of 9, a reason without a value and a note outside the table are reported; the rest is used."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path)
    filled = load_workbook(book)
    sheet = filled.worksheets[2]
    sheet["C3"], sheet["D4"], sheet["C5"], sheet["G6"] = 9, "seen", 2, "ask the police"
    filled.save(book)
    factors, problems = read_national(book, METHOD)
    assert [(factor.id, factor.value) for factor in factors] == [("TN3", 2)]
    assert [(problem.code, problem.ref and problem.ref.cell) for problem in problems] == [
        ("npo-national", "row 3"),
        ("npo-national-reason", "row 4"),
        ("cell-unplaced", "row 6, cell 7"),
    ]


def test_rows_without_a_factor_are_reported(tmp_path: Path) -> None:
    """A value or a reason without a factor is reported from the first row of factors on; a blank row is not."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path)
    filled = load_workbook(book)
    sheet = filled.worksheets[2]
    for column in "ABCDEF":
        sheet[f"{column}5"] = None
    sheet["A3"], sheet["C3"], sheet["A4"], sheet["D4"], sheet["A6"] = None, 4, "TN99", "seen", None
    sheet["C7"] = 2
    filled.save(book)
    factors, problems = read_national(book, METHOD)
    assert [factor.value for factor in factors] == [2]
    assert [(problem.code, problem.ref and problem.ref.cell) for problem in problems] == [
        ("id-missing", "row 3"),
        ("id-missing", "row 4"),
    ]


@pytest.mark.full
def test_national_factors_in_the_register_workbook_are_used(tmp_path: Path) -> None:
    """The factors on a filled template are used without being named; those in the settings come first."""
    from openpyxl import load_workbook

    book, *_ = npo_template(tmp_path, language="ar")
    filled = load_workbook(book)
    filled.worksheets[0]["A2"] = "1"
    filled.worksheets[2]["C3"], filled.worksheets[2]["C4"] = 4, 3
    filled.save(book)
    chosen = settings(national=[{"id": "TN2", "value": 1, "reason": "found out since"}])
    result = npo_classify(book, tmp_path / "out", settings=chosen).result
    assert [(factor.id, factor.value) for factor in result.national if factor.value] == [("TN1", 4), ("TN2", 1)]


def test_no_settings_are_valid_settings() -> None:
    """Without a file every choice has its default, and no list of places is not an empty one."""
    assert Settings() == load_settings(None, METHOD)
    assert Settings().countries is None


@pytest.mark.parametrize("choices", [{"home_country": "Atlantis"}, {"fold": "sideways"}, {"national": [{"id": "T01"}]}])
def test_unknown_names_are_refused(choices: dict[str, object]) -> None:
    """A country, a fold or a factor that does not exist is refused in a plain message."""
    with pytest.raises(FatfKitError):
        settings(**choices)


def test_margin_of_south_africa() -> None:
    """South Africa 2024: 301 answers of 252,549 bodies give 5.65 per cent, with or without the population."""
    assert round(100 * margin_of_error(301), 2) == 5.65
    assert round(100 * margin_of_error(301, 252_549), 2) == 5.65
    assert margin_of_error(10, 10) == 0


@pytest.mark.parametrize(("answers", "population"), [(0, None), (5, 4)])
def test_margin_needs_answers(answers: int, population: int | None) -> None:
    """No answers, or more than there are bodies, is a mistake."""
    with pytest.raises(ValueError, match="margin"):
        margin_of_error(answers, population)


def test_surveys_of_the_settings(tmp_path: Path) -> None:
    """A survey is named with its answers and source; the population may be left out, and then corrects nothing."""
    path = tmp_path / "settings.json"
    named = [
        {"what": "South Africa 2024", "answers": 301, "population": 252_549, "source": "its assessment"},
        {"what": "Ours", "answers": 5, "population": 5, "source": "a letter"},
        {"what": "Theirs", "answers": 100, "source": "a call"},
    ]
    path.write_text(json.dumps({"schema": "fatf-kit/npo-settings/1", "surveys": named}), encoding="utf-8")
    read = load_settings(path, METHOD).surveys
    assert [(survey.what, round(survey.margin, 4), survey.source) for survey in read] == [
        ("South Africa 2024", 0.0565, "its assessment"),
        ("Ours", 0, "a letter"),
        ("Theirs", 0.098, "a call"),
    ]


def test_a_survey_has_no_more_answers_than_bodies() -> None:
    """A survey with more answers than bodies is reported by its name."""
    survey = {"what": "Ours", "answers": 6, "population": 5, "source": "a letter"}
    with pytest.raises(FatfKitError, match=r"'Ours' has more answers \(6\) than bodies in its population \(5\)"):
        settings(surveys=[survey])


@pytest.mark.parametrize("survey", [{"answers": 0, "source": "a"}, {"answers": 1}, {"source": "a"}])
def test_a_survey_needs_answers_and_a_source(tmp_path: Path, survey: dict[str, object]) -> None:
    """The schema asks for at least one answer and for where it is said."""
    path = tmp_path / "settings.json"
    data = {"schema": "fatf-kit/npo-settings/1", "surveys": [{"what": "Ours", **survey}]}
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"have errors \(1\)"):
        load_settings(path, METHOD)


@pytest.mark.parametrize("day", ["2027-02-30", "2027-00-10", "٢٠٢٧-٠٣-١٩"])
def test_day_that_no_calendar_has_is_refused(tmp_path: Path, day: str) -> None:
    """A day that no calendar has is refused, although it has the form of a date."""
    path = tmp_path / "settings.json"
    places = [{"country": "SY", "level": 5, "from": day}]
    path.write_text(json.dumps({"schema": "fatf-kit/npo-settings/1", "countries": places}), encoding="utf-8")
    with pytest.raises(FatfKitError, match="is not a date"):
        load_settings(path, METHOD)


def test_a_place_is_listed_from_its_first_to_its_last_day() -> None:
    """A place is listed on its first day, its last day and between; without days it is always listed."""
    place = ListedPlace(name="SY", level=5, since=date(2026, 1, 1), until=date(2026, 3, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [place.holds(day) for day in days] == [False, True, True, False]
    assert ListedPlace(name="SY", level=5).holds(date(1900, 1, 1))


def test_settings_at_odds_with_their_schema_are_refused(tmp_path: Path) -> None:
    """Settings that break their schema are refused with the number of errors and the first of them."""
    path = tmp_path / "settings.json"
    path.write_text('{"schema": "fatf-kit/npo-settings/1", "fold": 3}', encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"have errors \(1\)\. The first: .*fold"):
        load_settings(path, METHOD)


def test_levels_of_regions_are_for_factors_of_a_segment() -> None:
    """By region, names compared without regard to case; another factor is refused with those that may stand there."""
    given = [{"id": "T04", "region": "Coast", "value": 2}, {"id": "T04", "region": "HILL", "value": 3}]
    assert settings(segment_factors=given).segment_factors == {"T04": {"coast": 2, "hill": 3}}
    with pytest.raises(FatfKitError, match=r"'T01' is not a factor of a segment\. Allowed: T04"):
        settings(segment_factors=[{"id": "T01", "region": "Coast", "value": 2}])


def test_countries_have_codes_and_areas_names() -> None:
    """A country in any language becomes its code; an area is compared as it is called."""
    made = settings(countries=[{"country": "Syrie", "level": 5}], areas=[{"area": "Upper Hill", "level": 4}])
    assert tuple(place.name for one in (made.countries, made.areas) for place in one or ()) == ("SY", "upper hill")


def test_overrides_that_cannot_be_read(tmp_path: Path) -> None:
    """An open quotation mark in the overrides is reported with its line."""
    path = tmp_path / "o.csv"
    path.write_text('npo_id,class,reason,office,date\na,high,"a,b,2026-01-01\nb,low,a,b,2026-01-01\n', encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"A quotation mark in line 2 of o\.csv is not closed"):
        read_overrides(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
def test_pipe_of_overrides_is_refused(tmp_path: Path) -> None:
    """A pipe is not opened, because reading it might never end."""
    os.mkfifo(tmp_path / "o.csv")
    with limit_waiting(), pytest.raises(FatfKitError, match="it is a device or a pipe"):
        read_overrides(tmp_path / "o.csv")


def test_margins_of_samples_and_whole_populations() -> None:
    """One answer is enough to tell; nobody, everybody and a single body leave no doubt or all of it."""
    assert 0.98 == margin_of_error(1) == margin_of_error(1, 1)
    assert 0 == margin_of_error(4, share=0) == margin_of_error(4, share=1)
    assert pytest.approx(margin_of_error(1, 2)) == 0.98
    assert 0.49 * math.sqrt(6 / 9) == pytest.approx(margin_of_error(4, 10))


@pytest.mark.parametrize("share", [-0.01, 1.01])
def test_a_share_lies_between_0_and_1(share: float) -> None:
    """A share below 0 or above 1 is refused."""
    with pytest.raises(ValueError, match="a share of 0 to 1"):
        margin_of_error(4, share=share)
