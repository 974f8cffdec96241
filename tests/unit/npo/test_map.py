"""The fields proposed for the columns of registers, and the workbook that a regulator corrects."""

from __future__ import annotations

import csv
import json
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from fatf_kit.cli.main import cli
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.npo.functions import npo_classify, npo_map, npo_suggest_mapping
from fatf_kit.npo.mapping.column_map import ColumnMap, FieldSource, parse_mapping
from fatf_kit.npo.mapping.matching import propose_mapping
from fatf_kit.npo.mapping.profile import SAMPLED, profile_column
from fatf_kit.npo.mapping.proposals import MappingProposal
from fatf_kit.npo.mapping.workbook import read_map_workbook
from fatf_kit.npo.method.load import load_method
from fatf_kit.terminal.exit_codes import STOPPED
from tests.samples import take_sample
from tests.unit.npo.small_register import AS_OF, body, read, write

METHOD = load_method()
FOLDER = Path(__file__).resolve().parents[2] / "data" / "npo-headings"
REGISTERS = sorted(path.stem for path in FOLDER.glob("*.json"))
OWN_LANGUAGE = {
    "iraq": "ar", "us-1023ez": "en", "new-zealand": "en", "france": "fr", "canada": "fr", "scotland": "en",
}  # fmt: skip
"""Registers whose workbook is read, each with a language that its readers have."""
CHARITABLE = {"purpose": "charitable", "raises_or_disburses": "yes"}


def columns_of(name: str) -> list[dict[str, Any]]:
    """Return the columns of a register in the test set: heading, values, and the right fields, by hand."""
    found: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["columns"]
    return found


def propose_fields(columns: list[dict[str, Any]]) -> MappingProposal:
    """Return the proposal for columns of the test set."""
    texts = [(column["heading"], Counter(text for text in column["values"] if text)) for column in columns]
    return propose_mapping([profile_column(heading, found, 6, METHOD) for heading, found in texts], METHOD)


def csv_of(name: str, path: Path) -> Path:
    """Write the register as a CSV file."""
    columns = columns_of(name)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column["heading"] for column in columns)
        writer.writerows(zip(*(column["values"] for column in columns), strict=True))
    return path


def mapping_on(path: Path) -> ColumnMap:
    """Return the mapping on a workbook without faults."""
    found, problems = read_map_workbook(path, METHOD)
    assert problems == ()
    assert found is not None
    return found


def put(path: Path, sheet: int, **cells: str) -> None:
    """Type into cells of a workbook, as its reader would."""
    book = openpyxl.load_workbook(path)
    for cell, text in cells.items():
        book.worksheets[sheet][cell] = text
    book.save(path)


def test_the_test_set_has_the_registers_named() -> None:
    """The test set has 27 registers, with the fields that a person chose for 284 of their columns."""
    assert len(REGISTERS) == 27
    assert sum(bool(column["right"]) for name in REGISTERS for column in columns_of(name)) == 284


@pytest.mark.parametrize("name", REGISTERS)
def test_nine_of_ten_columns_are_right_and_none_is_wrong(name: str) -> None:
    """Of the columns that a person mapped by hand nine of ten get the same field, and none gets another."""
    columns = columns_of(name)
    made = propose_fields(columns)
    right, wrong = 0, []
    for column in columns:
        got = [proposal.field for proposal in made.of(column["heading"])]
        right += bool(got and got[0] in column["right"])
        wrong += [field for field in got if field not in (*column["right"], *column.get("may", ()))]
        if "code" in column:
            assert made.of(column["heading"])[0].joined in column["code"].split()
    assert wrong == []
    assert right >= 0.9 * sum(bool(column["right"]) for column in columns)


def test_an_address_is_never_where_a_body_works() -> None:
    """The country of the address is the home country; the column of countries beside it holds where a body works."""
    made = propose_fields(columns_of("australia"))
    assert [proposal.field for proposal in made.of("Operating_Countries")] == ["operating_countries"]
    assert made.of("Country") == ()
    assert (made.left["Country"], made.home) == ("address", ("AU", "Country"))


def test_an_exact_name_goes_before_values() -> None:
    """A field's own name is taken although another column has more known values."""
    made = propose_fields([{"heading": "Main activity", "values": ["a", "a", "b"]},
                         {"heading": "Sector", "values": ["health", "health", "education"]}])  # fmt: skip
    assert {proposal.field: proposal.heading for proposal in made.proposals} == {"activity": "Main activity"}


GOOD_WORKS = ("Environment, conservation, heritage", "Animals", "Recreation", "حقوق الإنسان", "Droits de l'homme",
              "Amateur sport")  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code"), [*((text, "other_good_works") for text in GOOD_WORKS), ("Housing", "social")]
)
def test_environment_animals_recreation_and_rights_are_good_works(value: str, code: str) -> None:
    """The definition's last purpose covers what the others do not name."""
    made = propose_fields([{"heading": "Purposes", "values": [value]}])
    assert dict(made.proposals[0].codes) == {value: code}


def test_rights_work_is_never_proposed_for_a_rated_activity() -> None:
    """A value that speaks of faith or rights beside relief gets no code that a factor rates."""
    made = propose_fields([{"heading": "Sector", "values": ["Faith relief", "Health", "Health"]}])
    assert "relief" not in made.proposals[0].codes.values()


@pytest.mark.parametrize(
    ("name", "language"), take_sample(product(OWN_LANGUAGE, LANGUAGES), [*OWN_LANGUAGE.items()][::2])
)
def test_the_workbook_is_read_as_the_json_is(name: str, language: str, tmp_path: Path) -> None:
    """Untouched, the workbook of any language is the same mapping as `--suggest-map` prints."""
    register = csv_of(name, tmp_path / "r.csv")
    npo_map(register, tmp_path / "map.xlsx", language=language)
    on_sheet, from_json = mapping_on(tmp_path / "map.xlsx"), parse_mapping(npo_suggest_mapping(register), METHOD)
    assert from_json.home_country == on_sheet.home_country
    assert set(from_json.fields) == set(on_sheet.fields)
    for field, wanted in from_json.fields.items():
        got = on_sheet.fields[field]
        assert (wanted.headings, dict(wanted.join)) == (got.headings, dict(got.join))
        assert (wanted.unit, wanted.dates, wanted.separator) == (got.unit, got.dates, got.separator)
        assert wanted.codes.items() <= got.codes.items()


@pytest.mark.parametrize(
    "names",
    [pytest.param(REGISTERS[::3], id="every third"), pytest.param(REGISTERS, marks=pytest.mark.full, id="every one")],
)
def test_persons_are_shown_nowhere(names: list[str], tmp_path: Path) -> None:
    """No name, telephone number or e-mail address of the register is on the workbook."""
    for name in names:
        npo_map(csv_of(name, tmp_path / "r.csv"), tmp_path / "map.xlsx", force=True)
        book = openpyxl.load_workbook(tmp_path / "map.xlsx")
        texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
        shown = "\n".join(texts)
        words = ("phone", "mail", "courriel", "contact", "هاتف", "رئيس", "président", "mobile", "firstname", "اسم")
        hidden = [c for c in columns_of(name) if any(word in c["heading"].casefold() for word in words)]
        assert [text for column in hidden for text in column["values"] if len(text) > 4 and text in shown] == []


def test_columns_of_yes_and_no_make_up_one_field(tmp_path: Path) -> None:
    """A single yes among columns of purposes puts a body in scope; prefixes of codes give its activity."""
    names = ("charitable", "religious", "educational", "crueltyprevention")
    rows = [
        {"no": str(n), "ntee_code": code, **{f"purpose_{name}": "Y" if name == yes else "N" for name in names}}
        for n, (yes, code) in enumerate([("charitable", "Q33"), ("crueltyprevention", "D20"), ("", "X20")])
    ]
    register = write(tmp_path / "r.csv", rows)
    npo_map(register, tmp_path / "map.xlsx")
    put(tmp_path / "map.xlsx", 0, D5="Register number")
    put(tmp_path / "map.xlsx", 2, C6="yes", D6="the law on charities")
    found = mapping_on(tmp_path / "map.xlsx")
    assert dict(found.fields["purpose"].join) == {
        "purpose_charitable": "charitable",
        "purpose_religious": "religious",
        "purpose_educational": "educational",
        "purpose_crueltyprevention": "other_good_works",
    }
    assert found.fields["raises_or_disburses"] == FieldSource(constant="yes", because="the law on charities")
    made = npo_classify(register, tmp_path / "out", mapping=tmp_path / "map.xlsx", as_of=AS_OF, needs_scope=True)
    assert (made.result.register.in_scope, made.result.register.undetermined) == (2, 1)
    activities = {segment.code for segment in made.result.segments if segment.kind == "activity"}
    assert activities - {""} == {"relief", "environment"}


def test_one_column_may_show_several_fields(tmp_path: Path) -> None:
    """A second field stands beside the first, a third in a free row; a list says yes where one of its items does."""
    operations = ("Grants to people; Services", "Services", "Loans")
    rows = [{"npo_id": str(n), "operations": text} for n, text in enumerate(operations)]
    register = write(tmp_path / "r.csv", rows)
    codes = {"Grants to people": "yes", "Services": "no", "Loans": ""}
    fields = {"npo_id": {"from": "npo_id"}, "public_body": {"from": "operations", "codes": codes},
              "raises_or_disburses": {"from": "operations", "codes": dict.fromkeys(codes, "yes")},
              "purpose": {"constant": "charitable", "because": "the law"}}  # fmt: skip
    (tmp_path / "m.json").write_text(json.dumps({"schema": "fatf-kit/npo-mapping/1", "columns": fields}))
    made = npo_classify(register, tmp_path / "out", mapping=tmp_path / "m.json", as_of=AS_OF)
    assert made.result.problems == ()
    scopes = [line["scope"] for line in read(tmp_path / "out" / "classified.csv")]
    assert scopes == ["out", "in", "in"]
    npo_map(register, tmp_path / "map.xlsx")
    put(tmp_path / "map.xlsx", 0, D6="Purpose", E6="Main activity", A8="operations", D8="Pays or gives to individuals")
    found = mapping_on(tmp_path / "map.xlsx")
    firsts = {found.fields[field].headings[0] for field in ("purpose", "activity", "pays_individuals")}
    assert firsts == {"operations"}


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize(
    ("sheet", "cells", "code"),
    [
        (0, {"D5": "Favourite colour"}, "npo-map-field"),
        (0, {"A9": "", "D9": "Purpose"}, "id-missing"),
        (0, {"D6": "Income", "F6": "month first"}, "npo-map-written"),
        (1, {"E6": "purple"}, "npo-map-code"),
        (1, {"G5": "health"}, "npo-map-code-alone"),
        (2, {"C6": "yes"}, "npo-map-reason"),
        (2, {"D6": "the law"}, "npo-map-value"),
        (2, {"C7": "charitable", "D7": "the law"}, "npo-map-both"),
    ],
)
def test_what_cannot_be_used_is_reported(tmp_path: Path, sheet: int, cells: dict[str, str], code: str) -> None:
    """A cell that says nothing usable is named with its address, and nothing is guessed for it."""
    register = write(tmp_path / "r.csv", [{"npo_id": str(n), "x": "1", "purpose": "good"} for n in range(3)])
    npo_map(register, tmp_path / "map.xlsx")
    put(tmp_path / "map.xlsx", sheet, **cells)
    _, problems = read_map_workbook(tmp_path / "map.xlsx", METHOD)
    assert [problem.code for problem in problems] == [code]
    assert all(problem.ref and problem.ref.sheet for problem in problems)


def test_a_workbook_of_another_kind_is_refused(tmp_path: Path) -> None:
    """A workbook of another kind is refused."""
    openpyxl.Workbook().save(tmp_path / "map.xlsx")
    found, problems = read_map_workbook(tmp_path / "map.xlsx", METHOD)
    assert (found, [problem.code for problem in problems]) == (None, ["workbook-not-ours"])


def test_classify_without_a_usable_mapping_writes_nothing(tmp_path: Path) -> None:
    """It names the columns that are missing and the command that proposes them."""
    register = csv_of("iraq", tmp_path / "register.csv")
    command = ["npo", "classify", str(register), "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert done.return_value == STOPPED
    assert "Register number, Purpose and Mainly raises or spends funds" in done.output
    assert "fatf-kit npo map register.csv -o map.xlsx" in done.output
    assert not (tmp_path / "out").exists()


def test_rows_without_a_number_are_kept_by_their_line(tmp_path: Path) -> None:
    """Rows without a number count as registered under the number of their line, and their count is reported."""
    rows = [body("a", **CHARITABLE), {**body("", **CHARITABLE)}, body("b", **CHARITABLE), {**body("", **CHARITABLE)}]
    made = npo_classify(write(tmp_path / "r.csv", rows), tmp_path / "out", as_of=AS_OF)
    assert (made.result.register.registered, made.result.register.rejected) == (4, 0)
    assert [row["npo_id"] for row in read(tmp_path / "out" / "classified.csv")] == ["a", "line-3", "b", "line-5"]
    (problem,) = made.result.problems
    assert (problem.code, problem.facts) == ("npo-rows-numbered", (("count", "2"), ("first", "line-3")))


def test_a_large_register_is_profiled_by_a_sample(tmp_path: Path) -> None:
    """The sampled rows are spread over the whole file and the same in every run; all rows are counted."""
    count = 3 * SAMPLED
    path = tmp_path / "r.csv"
    sectors = ("health" if n < count / 2 else "sport" for n in range(count))
    path.write_text("reg no,sector\n" + "".join(f"n{n},{sector}\n" for n, sector in enumerate(sectors)))
    made = npo_map(path, tmp_path / "map.xlsx")
    assert (count, 2, 2) == (made.rows, made.columns, made.proposed)
    npo_map(path, tmp_path / "again.xlsx")
    assert (tmp_path / "map.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    values = openpyxl.load_workbook(tmp_path / "map.xlsx").worksheets[1]
    found = {values.cell(row, 2).value: values.cell(row, 3).value for row in (5, 6)}
    assert set(found) == {"health", "sport"}
    assert SAMPLED * 0.8 <= sum(int(str(n)) for n in found.values()) <= SAMPLED * 1.2


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mapping_is_read_without_its_hidden_keys(language: str, tmp_path: Path) -> None:
    """Columns are then known by their headings in any language, and the mapping is the same."""
    npo_map(csv_of("canada", tmp_path / "r.csv"), tmp_path / "map.xlsx", language=language)
    before = mapping_on(tmp_path / "map.xlsx")
    book = openpyxl.load_workbook(tmp_path / "map.xlsx")
    for sheet in book.worksheets[:3]:
        sheet.delete_rows(4)
    book.save(tmp_path / "map.xlsx")
    assert mapping_on(tmp_path / "map.xlsx") == before


def test_results_of_formulas_are_not_reported(tmp_path: Path) -> None:
    """The sheet of values repeats each chosen field, which is not reported; other words there are reported."""
    npo_map(csv_of("canada", tmp_path / "r.csv"), tmp_path / "map.xlsx")
    put(tmp_path / "map.xlsx", 1, D5="Purpose")
    assert mapping_on(tmp_path / "map.xlsx").fields
    put(tmp_path / "map.xlsx", 1, D5="my own words")
    _, problems = read_map_workbook(tmp_path / "map.xlsx", METHOD)
    assert [(problem.code, problem.ref and problem.ref.cell) for problem in problems] == [("cell-locked", "D5")]
