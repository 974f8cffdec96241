"""Countries and areas of risk and national factors on the workbook of the mapping, in place of a settings file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import fatf_kit.npo
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.npo.functions import NpoClassification, npo_classify, npo_map, npo_template
from fatf_kit.npo.mapping.column_map import parse_mapping
from fatf_kit.npo.mapping.country_sheets import (
    AREAS_CHECKED,
    COUNTRIES_CHECKED,
    RISK_AREAS,
    RISK_COUNTRIES,
    merge_mapping,
)
from fatf_kit.npo.mapping.workbook import read_map_workbook
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.settings import CountryChoices, ListedPlace, Settings
from fatf_kit.npo.model import NationalFactor, SectorVerdict
from fatf_kit.npo.register.settings_file import with_national_sheet
from fatf_kit.npo.report.asking import headline
from fatf_kit.spreadsheets.schema import Choices
from tests.documents import join_texts
from tests.samples import take_sample
from tests.unit.npo.made_up_sector import make_report
from tests.unit.npo.small_register import AS_OF, body, read, settings, write

Typed = str | int | date | None
"""A value that a test types into a cell."""
METHOD = load_method()
OLD = Path(__file__).resolve().parents[2] / "data" / "written-by-1.0.0rc1"
ANSWERS = {
    "payment_channels": "bank",
    "cash_income_share": "5%",
    "partner_chain": "2",
    "fundraising_methods": "boxes",
    **dict.fromkeys(("partner_checks", "end_use_checks", "accounts_examined", "financial_control"), "4"),
}
PLACES = ("TR", "SY", "KE; SO", "GB", "")


def write_register(folder: Path) -> Path:
    """Write 40 bodies with answers, of which four in five name a place, and 10 of which nothing is known."""
    rows = [
        body(str(n), operating_countries=PLACES[n % 5], region="Upper Hill" if n % 2 else "Coast", **ANSWERS)
        for n in range(40)
    ]
    unknown = [body(f"u{n}", operating_countries="", region="") for n in range(10)]
    return write(folder / "register.csv", [*rows, *unknown])


def make_map(folder: Path, language: str = "en") -> tuple[Path, Path]:
    """Return a register and its workbook, with the home country named."""
    register = write_register(folder)
    npo_map(register, folder / "map.xlsx", language=language, force=True)
    fill(folder / "map.xlsx", 2, {"home_country": ("GB", "the register's own")})
    return register, folder / "map.xlsx"


def fill(path: Path, sheet: int, rows: Mapping[str, tuple[Typed, ...]], first: int = 3) -> None:
    """Type into the cells from the column `first` on of the rows whose first cell is known."""
    book = openpyxl.load_workbook(path)
    for cells in book.worksheets[sheet].iter_rows():
        for place, value in enumerate(rows.get(str(cells[0].value), ())):
            cells[first - 1 + place].value = value
    book.save(path)


def put(path: Path, sheet: int, **cells: Typed) -> None:
    """Type into cells."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book.worksheets[sheet][cell] = value
    book.save(path)


def run(
    folder: Path, register: Path, mapping: Path | None, choices: Settings | None = None
) -> tuple[NpoClassification, list[str]]:
    """Return the classification, and the class of each body."""
    made = npo_classify(register, folder / "out", mapping=mapping, settings=choices, as_of=AS_OF, force=True)
    return made, [line["class"] for line in read(folder / "out" / "classified.csv")]


@pytest.mark.full
@pytest.mark.parametrize("language", take_sample(LANGUAGES, ["ar"]))
def test_a_checked_list_gives_the_classes_of_the_json(language: str, tmp_path: Path) -> None:
    """Before it is checked, nobody has a class and the cause is told; afterwards, 32 of 50 as with JSON."""
    register, mapping = make_map(tmp_path, language)
    made, classes = run(tmp_path, register, mapping)
    assert (set(classes), made.result.verdict, made.result.with_countries) == ({""}, SectorVerdict.NOT, 32)
    codes = [problem.code for problem in made.result.problems]
    assert codes == ["npo-place-unchecked", "npo-countries-unnamed"]
    assert headline(made.result, Translator("en")).startswith(
        "No countries of risk are named. Bodies within the definition that would have a class with those that fatf-kit "
        "proposes: 32 of 50."
    )
    fill(mapping, 2, {COUNTRIES_CHECKED: (Translator(language)("yes"), "checked by the council on 1 June")})
    made, classes = run(tmp_path, register, mapping)
    countries = [{"country": code, "level": 5} for code in ("AF", "IQ", "SO", "SY", "YE")]
    wanted, expected = run(tmp_path, register, None, settings(countries=countries, home_country="GB"))
    assert classes == expected
    assert sum(map(bool, classes)) == 32
    assert made.result.problems == wanted.result.problems == ()
    assert (made.result.with_countries, wanted.result.with_countries) == (None, None)


def test_areas_dates_and_national_factors_are_those_of_the_json(tmp_path: Path) -> None:
    """Places with level, source and days, a country by its code or its name, and factors with their reasons."""
    register, mapping = make_map(tmp_path)
    put(mapping, 3, B5="الصومال", C5="4", E5="2020-01-01", B6="syrie", F6=date(2030, 1, 31), B7="TR", C7=3)
    put(mapping, 3, **dict.fromkeys(("B8", "C8", "D8", "B9", "C9", "D9"), None))
    put(mapping, 4, B5="Upper  Hill", C5="4", D5="decree 12", B6="Old town", C6="2", D6="decree 12")
    fill(mapping, 5, {"TN1": ("2", "No attack"), "MN1": (3, "A fifth is stale")})
    checks = {COUNTRIES_CHECKED: ("yes", "council"), AREAS_CHECKED: ("yes", "council")}
    fill(mapping, 2, checks)
    found, problems = read_map_workbook(mapping, METHOD)
    assert problems == ()
    assert found is not None
    (proposed,) = {place.source for place in found.country.countries or ()}
    assert proposed.startswith("Proposed by fatf-kit")
    assert found.country == CountryChoices(
        countries=(
            ListedPlace(name="SO", level=4, source=proposed, since=date(2020, 1, 1)),
            ListedPlace(name="SY", level=5, source=proposed, until=date(2030, 1, 31)),
            ListedPlace(name="TR", level=3, source=proposed),
        ),
        areas=(
            ListedPlace(name="upper hill", level=4, source="decree 12"),
            ListedPlace(name="old town", level=2, source="decree 12"),
        ),
        national=(
            NationalFactor(id="TN1", value=2, reason="No attack"),
            NationalFactor(id="MN1", value=3, reason="A fifth is stale"),
        ),
    )
    made, classes = run(tmp_path, register, mapping)
    wanted, expected = run(
        tmp_path,
        register,
        None,
        settings(
            home_country="GB",
            countries=[
                {"country": "SO", "level": 4, "from": "2020-01-01"},
                {"country": "SY", "level": 5, "to": "2030-01-31"},
                {"country": "TR", "level": 3},
            ],
            areas=[{"area": "Upper Hill", "level": 4}, {"area": "Old Town", "level": 2}],
            national=[
                {"id": "TN1", "value": 2, "reason": "No attack"},
                {"id": "MN1", "value": 3, "reason": "A fifth is stale"},
            ],
        ),
    )
    assert classes == expected
    assert made.result.national == wanted.result.national
    assert made.result.sector == wanted.result.sector
    assert [problem.code for problem in made.result.problems] == ["npo-place-unmet"]
    assert made.result.problems == wanted.result.problems


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize(
    ("sheet", "cells", "code", "place"),
    [
        (3, {"B5": "Atlantis"}, "npo-place-country", "B5"),
        (3, {"C5": "6"}, "choice-unknown", "C5"),
        (3, {"C5": None}, "npo-place-incomplete", "A5:D5"),
        (3, {"D6": ""}, "npo-place-incomplete", "A6:C6"),
        (3, {"B12": "Mali"}, "npo-place-incomplete", "B12"),
        (3, {"E5": "soon"}, "date-unknown", "E5"),
        (3, {"E5": "2026-03-01", "F5": "2026-02-01"}, "npo-place-dates", "F5"),
        (3, {"I5": "a remark"}, "cell-unplaced", "I5"),
        (4, {"B5": "Hill", "C5": "high", "D5": "decree"}, "choice-unknown", "C5"),
        (4, {"C5": "3", "D5": "decree"}, "npo-place-incomplete", "C5:D5"),
        (5, {"C3": "7"}, "npo-national", "C3"),
        (5, {"D3": "No attack"}, "npo-national-reason", "D3"),
        (5, {"A3": "TN9", "C3": "2"}, "id-changed", "A3"),
        (2, {"C12": "perhaps", "D12": "council"}, "npo-map-code", "C12"),
        (2, {"C12": "yes"}, "npo-map-reason", "D12"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(
    sheet: int, cells: dict[str, Typed], code: str, place: str, tmp_path: Path
) -> None:
    """With sheet and cell, in words of every language, and nothing is guessed for it."""
    _, mapping = make_map(tmp_path)
    put(mapping, sheet, **cells)
    _, problems = read_map_workbook(mapping, METHOD)
    (problem,) = (problem for problem in problems if problem.code != "cell-locked")
    assert problem.ref
    assert (problem.code, problem.ref.cell) == (code, place)
    assert problem.ref.sheet
    assert len({problem.message_in(Translator(language)) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.full
def test_settings_go_before_the_sheets(tmp_path: Path) -> None:
    """And that two lists are given is reported; a factor named in the settings replaces that of the sheet only."""
    register, mapping = make_map(tmp_path)
    fill(mapping, 2, {COUNTRIES_CHECKED: ("yes", "council")})
    fill(mapping, 5, {"TN1": ("2", "No attack"), "TN2": ("3", "Two cases")})
    chosen = settings(countries=[], national=[{"id": "TN1", "value": 5, "reason": "New"}])
    made, _ = run(tmp_path, register, mapping, chosen)
    overruled, factor = made.result.problems
    assert (overruled.code, factor.code) == ("npo-place-overruled", "npo-national-twice")
    assert "is 2 here and 5 in another place (the settings), which is used" in factor.message
    assert factor.ref
    assert (factor.ref.file, factor.ref.cell) == (mapping.name, "C3")
    values = {factor.id: factor.value for factor in made.result.national}
    assert (values["TN1"], values["TN2"]) == (5, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_older_workbook_says_nothing_of_the_country(language: str) -> None:
    """It is read as before, without a word about sheets that it does not have."""
    found, problems = read_map_workbook(OLD / f"npo-mapping-{language}.xlsx", METHOD)
    assert found is not None
    assert found.country == CountryChoices()
    assert not [problem for problem in problems if problem.code.startswith("npo-place")]


@pytest.mark.full
@pytest.mark.parametrize("language", take_sample(LANGUAGES, ["fr"]))
def test_the_sheets_are_read_without_their_hidden_keys(language: str, tmp_path: Path) -> None:
    """Columns are then known by their headings in any language."""
    _, mapping = make_map(tmp_path, language)
    put(mapping, 4, B5="Hill", C5="4", D5="decree 12")
    fill(mapping, 5, {"TN1": ("2", "No attack")})
    before, _ = read_map_workbook(mapping, METHOD)
    book = openpyxl.load_workbook(mapping)
    for sheet, row in ((3, 4), (4, 4), (5, 2)):
        book.worksheets[sheet].delete_rows(row)
    book.save(mapping)
    after, _ = read_map_workbook(mapping, METHOD)
    assert before is not None
    assert after is not None
    assert after.country == before.country
    assert list(after.country.unchecked) == [RISK_COUNTRIES.name, RISK_AREAS.name]


def test_a_register_at_home_needs_no_countries(tmp_path: Path) -> None:
    """A proposed list that would give no body a class is not what stops one."""
    rows = [body(str(n), operating_countries="GB", **ANSWERS) for n in range(20)]
    made, _ = run(tmp_path, write(tmp_path / "r.csv", rows), None, settings(home_country="GB"))
    assert made.result.with_countries is None
    rows = [body(str(n), operating_countries="SY", npo_status="", **dict.fromkeys(ANSWERS, "")) for n in range(20)]
    made, _ = run(tmp_path, write(tmp_path / "r.csv", rows), None, settings(home_country="GB"))
    assert made.result.with_countries is None


@pytest.mark.full
def test_a_factor_of_the_template_that_the_mapping_overrules_is_named(tmp_path: Path) -> None:
    """With both places, in every language; the same value and reason in both need no word."""
    register, mapping = make_map(tmp_path)
    fill(mapping, 5, {"TN1": ("2", "No attack"), "TN2": ("3", "Two cases")})
    template, *_ = npo_template(tmp_path / "template")
    book = openpyxl.load_workbook(template)
    sheet = next(sheet for sheet in book if sheet.title == "National factors")
    for cells in sheet.iter_rows():
        if cells[0].value in ("TN1", "TN2"):
            cells[2].value, cells[3].value = (4, "Attacks") if cells[0].value == "TN1" else (3, "Two cases")
    book.save(template)
    found, _ = read_map_workbook(mapping, METHOD)
    assert found
    merged = with_national_sheet(merge_mapping(Settings(), found, mapping.name), template, METHOD)
    assert {factor.id: factor.value for factor in merged.national} == {"TN1": 2, "TN2": 3}
    (problem,) = (problem for problem in merged.problems if problem.code == "npo-national-twice")
    assert problem.ref
    assert problem.ref.file == template.name
    assert f"is 4 here and 2 in another place ({mapping.name}, National factors!C3), which is used" in problem.message
    assert len({problem.message_in(Translator(language)) for language in LANGUAGES}) == len(LANGUAGES)
    assert register.is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_for_the_whole_register_are_printed(language: str, tmp_path: Path) -> None:
    """The reason of the home country, of a checked list and of a fact that is the same for every body."""
    register, mapping = make_map(tmp_path)
    fill(mapping, 2, {COUNTRIES_CHECKED: ("yes", "seen by the council"), "public_body": ("no", "none is registered")})
    put(mapping, 3, D5="decree 12 of the council")
    made, _ = run(tmp_path, register, mapping)
    t = Translator(language)
    stated = {fact: (value, reason) for fact, value, reason in made.result.stated}
    assert stated["home_country"] == ("GB", "the register's own")
    assert stated[COUNTRIES_CHECKED] == ("yes", "seen by the council")
    assert stated["public_body"][1] == "none is registered"
    text = join_texts(make_report(made.result, language).document)
    for printed in (t("Home country"), "the register's own", "seen by the council", "none is registered"):
        assert printed in text
    assert "decree 12 of the council" not in text  # the list of the country stays out of what is published
    internal = join_texts(make_report(made.result, language, public=False).document)
    assert t("Countries of risk") in internal
    assert "decree 12 of the council" in internal
    named, _ = run(tmp_path, register, mapping, settings(home_country="FR"))
    assert "home_country" not in {fact for fact, _, _ in named.result.stated}


def test_a_mapping_in_json_keeps_the_reason_of_its_home_country() -> None:
    """As the workbook does."""
    found = parse_mapping({"columns": {}, "home_country": {"constant": "IQ", "because": "its law"}}, METHOD)
    assert (found.home_country, found.reasons) == ("IQ", {"home_country": "its law"})


def test_a_list_of_choices_has_one_declaration() -> None:
    """Two declarations of one name write one list twice, with other words."""
    names: dict[str, set[int]] = {}
    for module in pkgutil.walk_packages(fatf_kit.npo.__path__, "fatf_kit.npo."):
        for found in vars(importlib.import_module(module.name)).values():
            if isinstance(found, Choices):
                names.setdefault(found.name, set()).add(id(found))
    assert "npo_yes_no" in names
    assert {name: len(ids) for name, ids in names.items() if len(ids) > 1} == {}
