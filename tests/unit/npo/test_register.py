"""Files as they come: encodings, separators, bad rows, bad cells, refused columns."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from itertools import cycle, product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.resources import data_folder
from fatf_kit.npo.functions import npo_check, npo_classify, npo_compare, npo_suggest_mapping, npo_template
from fatf_kit.npo.mapping.column_map import check_mapping, map_by_name, parse_mapping
from fatf_kit.npo.mapping.matching import propose_mapping
from fatf_kit.npo.mapping.profile import profile_column
from fatf_kit.npo.mapping.proposals import mapping_document
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.register import cell_values as convert
from fatf_kit.npo.register.file import open_register
from tests.samples import take_sample
from tests.unit.npo.small_register import AS_OF, body, classify, read, write

METHOD = load_method()
ARABIC = {"رقم القيد": "ج-١", "الحالة": "نشطة", "الغرض": "خيري", "جمع الأموال أو صرفها عملها الرئيسي": "نعم",
          "الدخل": "١٢٬٥٠٠", "تاريخ التسجيل": "٣ نيسان ٢٠٢٠", "نسبة النقد من الدخل": "٤٥٪"}  # fmt: skip


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256")
DELIMITERS = (",", ";", "\t", "|")


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    take_sample(product(ENCODINGS, DELIMITERS), [*zip(ENCODINGS, cycle(DELIMITERS), strict=False)]),
)
def test_arabic_register_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Arabic headings, words, digits and dates are read whatever the encoding and separator."""
    latin = {"الدخل": "12500", "نسبة النقد من الدخل": "45%", "تاريخ التسجيل": "03/04/2020", "رقم القيد": "ج-1"}
    row = {**ARABIC, **latin} if encoding == "cp1256" else ARABIC  # it has no Arabic digits
    path = write(tmp_path / "r.csv", [row] * 1, encoding, delimiter)
    made = npo_classify(path, tmp_path / "out", as_of=AS_OF)
    assert made.result.problems == ()
    assert (made.result.register.registered, made.result.register.active, made.result.register.in_scope) == (1, 1, 1)
    assert [(line["V04"], line["V13"]) for line in read(tmp_path / "out" / "classified.csv")] == [("4", "2")]


def test_french_register_in_cp1252(tmp_path: Path) -> None:
    """French letters of the Western encoding are not taken for Arabic ones."""
    row = {"npo_id": "é1", "region": "Île-de-France à côté, où déjà été", "works_abroad": "oui"}
    assert open_register(write(tmp_path / "r.csv", [row], "cp1252"), tmp_path).encoding == "cp1252"


def test_bad_rows_are_kept_out_and_never_lost(tmp_path: Path) -> None:
    """Rows with too many cells, or a number that came before, are in rejected.csv; one without a number is kept."""
    path = tmp_path / "r.csv"
    path.write_text(
        "npo_id,status,purpose\na,active,charitable\nb,active\nc,active,charitable,more\n,active,charitable\n"
        "a,active,charitable\n=d,active,charitable\n=d,active,charitable\n"
    )
    made = npo_classify(path, tmp_path / "out", as_of=AS_OF)
    counts = made.result.register
    assert (counts.lines, counts.rejected, counts.registered) == (7, 3, 4)
    assert [row["line"] for row in read(tmp_path / "out" / "rejected.csv")] == ["4", "6", "8"]
    assert [row["line"] for row in read(tmp_path / "out" / "classified.csv")] == ["2", "3", "5", "7"]
    reported = [
        (problem.code, problem.ref.cell) for problem in made.result.problems if problem.ref and problem.ref.cell
    ]
    places = ["row 4, cell 4", "row 6", "row 8"]
    assert reported == [*(("npo-row", place) for place in places), ("npo-rows-short", "row 3")]


def test_bad_cell_counts_as_missing_and_is_reported(tmp_path: Path) -> None:
    """An unreadable value is missing and reported once with its line and number; its row is kept."""
    rows = [body("a", cash_income_share="lots"), body("b", cash_income_share="lots"), body("c", trustees="2.5"),
            body("d", registration_date="soon"), body("e", total_income="-5"), body("f", status="maybe")]  # fmt: skip
    made, lines = classify(tmp_path, rows)
    assert made.result.register.registered == 6
    assert {line["V04"] for line in lines} == {""}
    found = {(dict(p.facts)["column"], dict(p.facts)["found"], dict(p.facts)["count"], p.ref and p.ref.cell)
             for p in made.result.problems}  # fmt: skip
    assert found == {
        ("cash_income_share", "lots", "2", "row 2"),
        ("trustees", "2.5", "1", "row 4"),
        ("registration_date", "soon", "1", "row 5"),
        ("total_income", "-5", "1", "row 6"),
        ("status", "maybe", "1", "row 7"),
    }


def test_values_beyond_the_sample_are_read_too(tmp_path: Path) -> None:
    """A spelling that first comes after many rows means the same as one at the top."""
    rows = [body(f"a{n}", works_abroad="no") for n in range(21_000)]
    rows.append(body("last", works_abroad="Oui", operating_countries="فرنسا", cash_income_share="٤٥٪"))
    _, lines = classify(tmp_path, rows)
    assert (lines[-1]["T02"], lines[-1]["V04"]) == ("", "4")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("religion_of_members", "npo-trait"),
        ("Ethnicity of staff", "npo-trait"),
        ("trusteeNationality", "npo-trait"),
        ("جنسية الأعضاء", "npo-trait"),
        ("Gender of chairperson", "npo-trait"),
        ("trustee_date_of_birth", "npo-trait"),
        ("passport of signatory", "npo-trait"),
        ("جنس المدير", "npo-trait"),
        ("تاريخ ميلاد الرئيس", "npo-trait"),
        ("sexe des dirigeants", "npo-trait"),
        ("religion des membres", "npo-trait"),
        ("beneficiary_names", "npo-names"),
        ("أسماء المستفيدين", "npo-names"),
        ("Noms des bénéficiaires", "npo-names"),
    ],
)
def test_personal_traits_and_names_are_refused(tmp_path: Path, heading: str, code: str) -> None:
    """Such a column stops the register at load, in three languages, with a reason."""
    path = write(tmp_path / "r.csv", [body("a", **{heading: "x"})])
    assert [problem.code for problem in npo_check(path)] == [code]
    with pytest.raises(FatfKitError, match=r"[Tt]he register is not read"):
        npo_classify(path, tmp_path / "out")


@pytest.mark.parametrize(
    "heading",
    [
        "religious_activities",
        "Ethnic minority work",
        "political_activity",
        "advocacy",
        "human rights work",
        "حقوق الإنسان",
    ],
)
@pytest.mark.parametrize(
    "column", ["activity_type", "threat_area", "promotion_of_terrorism", "cash_income_share", "works_abroad"]
)
def test_belief_and_opinion_are_never_scored(heading: str, column: str) -> None:
    """Mapping such a column to anything a factor rests on is refused."""
    mapping = parse_mapping({"columns": {"npo_id": {"from": "id"}, column: {"from": heading}}}, METHOD)
    assert [problem.code for problem in check_mapping("r", ["id", heading], mapping, METHOD)] == ["npo-scored"]


def test_belief_may_decide_scope_and_segments() -> None:
    """The same column is accepted for the purpose, which no factor rests on."""
    mapping = parse_mapping({"columns": {"npo_id": {"from": "id"}, "purpose": {"from": "religious_purpose"}}}, METHOD)
    assert check_mapping("r", ["id", "religious_purpose"], mapping, METHOD) == ()


def test_rights_work_cannot_be_renamed_into_a_score() -> None:
    """Translating 'human rights' into a rated activity is refused, into an unrated one it is not."""
    for code, expected in (("relief", ["npo-scored"]), ("rights_advocacy", [])):
        columns = {"npo_id": {"from": "id"}, "activity": {"from": "type", "codes": {"Human rights": code}}}
        mapping = parse_mapping({"columns": columns}, METHOD)
        assert [problem.code for problem in check_mapping("r", ["id", "type"], mapping, METHOD)] == expected


def test_no_factor_rests_on_what_is_never_scored() -> None:
    """The method itself obeys: no rule gives a level to a code or column marked as never scored."""
    unscored = {(c.id, code.code) for c in METHOD.columns.values() for code in c.codes if code.never_scored}
    rated = {(rule["column"], code) for f in METHOD.rated for rule in f.rules for code in rule.get("levels", ())}
    assert unscored & rated == set()
    assert (
        tuple(f.id for c in METHOD.columns.values() if c.never_scored for f in METHOD.rated if c.id in f.columns) == ()
    )


def suggested(header: list[str]) -> dict[str, Any]:
    """The mapping that is proposed for columns of which no value is known."""
    return mapping_document(
        propose_mapping([profile_column(heading, Counter(), 0, METHOD) for heading in header], METHOD)
    )


def test_suggested_mapping_of_a_foreign_register() -> None:
    """Names that are the same or near are proposed; what is refused or unknown is listed as ignored."""
    header = ["charity_number", "latest_income", "Countries", "religion_of_members", "Gouvernorat", "colour"]
    made = suggested(header)
    assert {key: value["from"] for key, value in made["columns"].items()} == {
        "npo_id": "charity_number",
        "total_income": "latest_income",
        "operating_countries": "Countries",
        "region": "Gouvernorat",
    }
    assert made["ignored"] == ["religion_of_members", "colour"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("gaming_activity", None),
        ("conducts_activity_outside_us", "works_abroad"),
        ("registrationnumber", "npo_id"),
        ("latest_income_gbp", "total_income"),
        ("Main activitys", "activity"),
    ],
)
def test_near_name_has_every_word_of_the_name(heading: str, column: str | None) -> None:
    """A heading that shares a word with a name, and only looks like the rest, is another thing."""
    assert ([column] if column else []) == list(suggested([heading])["columns"])


@pytest.mark.parametrize(
    ("days", "order", "unclear"),
    [
        (["03/04/2020", "31/04/2020"], "dmy", None),
        (["03/04/2020", "04/31/1899"], "mdy", None),
        (["03/04/2020", "04/05/2020"], None, ["registration_date"]),
        (["31/04/2020", "04/31/2020"], None, ["registration_date"]),
        (["2020-04-03", "٣ نيسان ٢٠٢٦"], None, None),
    ],
)
def test_suggested_mapping_has_the_order_of_dates(
    tmp_path: Path, days: list[str], order: str | None, unclear: list[str] | None
) -> None:
    """The order follows from a number above 12; without one, or with a contradiction, the column is unclear."""
    path = write(tmp_path / "r.csv", [{"npo_id": str(n), "date_creation": day} for n, day in enumerate(days)])
    made = npo_suggest_mapping(path)
    assert (made["columns"]["registration_date"].get("dates"), made.get("dates_unclear")) == (order, unclear)
    assert set(parse_mapping(made, METHOD).fields) == {"npo_id", "registration_date"}


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/1899", "dmy", "1899-04-03"),
        ("03/04/1899", "mdy", "1899-03-04"),
        ("31.12.1601", "dmy", "1601-12-31"),
        ("٠٣/٠٤/١٨٩٩", "dmy", "1899-04-03"),
        ("1850/2/1", "dmy", "1850-02-01"),
        ("30/02/1899", "dmy", None),
        ("03/04/1447", "dmy", "2025-09-25"),
    ],
)
def test_days_before_1906(text: str, order: str, day: str | None) -> None:
    """Old bodies were founded before spreadsheets count days; a Hijri date is its day."""
    assert convert.day(text, order) == day


def test_blank_lines_are_counted_and_are_no_rows(tmp_path: Path) -> None:
    """Rows have the numbers that a spreadsheet shows, in messages and both files, and a blank one is nothing lost."""
    path = tmp_path / "r.csv"
    path.write_bytes(
        b'npo_id,status,region\r\n\r\na,maybe,"x\r\n\r\ny"\r\n\r\n\r\n,active,\r\nb,active\r\n\r\nc,perhaps,\r\n'
    )
    made = npo_classify(path, tmp_path / "out", as_of=AS_OF)
    counts = made.result.register
    assert (counts.lines, counts.rejected, counts.blank) == (4, 0, 4)
    assert [row["line"] for row in read(tmp_path / "out" / "classified.csv")] == ["3", "6", "7", "9"]
    cells = [problem.ref.cell for problem in made.result.problems if problem.ref and problem.ref.cell]
    assert cells == ["row 7", "row 3", "row 9"]


def test_blank_rows_of_a_sheet_are_counted(tmp_path: Path) -> None:
    """So are those above the headings and between the rows of a workbook."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cell, text in {"B3": "npo_id", "C3": "status", "B4": "a", "B6": "b", "C6": "maybe"}.items():
        sheet[cell] = text
    book.save(tmp_path / "r.xlsx")
    made = npo_classify(tmp_path / "r.xlsx", tmp_path / "out", as_of=AS_OF)
    assert [row["line"] for row in read(tmp_path / "out" / "classified.csv")] == ["4", "6"]
    assert [problem.ref.cell for problem in made.result.problems if problem.ref and problem.ref.cell] == ["row 6"]


def test_only_unread_items_of_a_list_are_reported(tmp_path: Path) -> None:
    """Each item that is no country or code is reported once, with its number of rows; other items are not."""
    rows = [body("a", operating_countries="SY; Narnia"), body("b", operating_countries="Narnia; Oz; TR"),
            body("c", payment_channels="bank; pigeons")]  # fmt: skip
    made, _ = classify(tmp_path, rows)
    reported = [{key: text for key, text in p.facts if key != "column"} for p in made.result.problems]
    assert sorted(reported, key=lambda facts: facts["found"]) == [
        {"found": "Narnia", "kind": "country", "count": "2"},
        {"found": "Oz", "kind": "country", "count": "1"},
        {"found": "pigeons", "kind": "known code", "count": "1"},
    ]


def test_mapping_with_codes_units_and_constants(tmp_path: Path) -> None:
    """A country's own words, units and assumptions are taken from its mapping."""
    path = write(tmp_path / "r.csv", [{"no": "1", "st": "OK", "inc": "2.5", "cash": "45", "d": "03/04/2020"}])
    columns = {
        "npo_id": {"from": "no"}, "status": {"from": "st", "codes": {"ok": "active"}},
        "total_income": {"from": "inc", "unit": 1000}, "cash_income_share": {"from": "cash", "unit": "percent"},
        "registration_date": {"from": "d", "dates": "mdy"}, "purpose": {"constant": "charitable", "because": "law"},
        "raises_or_disburses": {"constant": "yes", "because": "law"},
        "works_abroad": {"constant": "no", "because": "x"},
    }  # fmt: skip
    (tmp_path / "m.json").write_text(json.dumps({"schema": "fatf-kit/npo-mapping/1", "columns": columns}))
    made = npo_classify(path, tmp_path / "out", mapping=tmp_path / "m.json", as_of=AS_OF)
    assert (made.result.register.active, made.result.register.in_scope, made.result.money.total) == (1, 1, 2500)
    assert read(tmp_path / "out" / "classified.csv")[0]["V04"] == "4"


def test_filled_template_needs_no_mapping(tmp_path: Path) -> None:
    """The headings of every language's template are known by name."""
    for language in ("en", "ar", "fr"):
        book, *_ = npo_template(tmp_path, language=language)
        register = open_register(book, tmp_path)
        assert set(METHOD.columns) == set(map_by_name(register.header, METHOD).fields)


def test_damaged_workbook_stops_only_itself(tmp_path: Path) -> None:
    """A file that only begins like a workbook is a plain message."""
    (tmp_path / "r.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    with pytest.raises(FatfKitError, match="damaged or too large"):
        open_register(tmp_path / "r.xlsx", tmp_path)


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,,\n"])
def test_nothing_to_read(tmp_path: Path, content: bytes) -> None:
    """An empty file, or one without headings, is a plain message."""
    (tmp_path / "r.csv").write_bytes(content)
    with pytest.raises(FatfKitError):
        open_register(tmp_path / "r.csv", tmp_path)


@pytest.mark.full
def test_every_column_of_the_template_at_once(tmp_path: Path) -> None:
    """A register with all columns is classified, and the known share of each is reported."""
    facts = {column: "1" for column, kind in METHOD.columns.items() if kind.type in ("level", "count", "money")}
    made, _ = classify(tmp_path, [{**dict.fromkeys(METHOD.columns, ""), **body("a", **facts)}])
    known = {item.column for item in made.result.completeness.columns if item.known}
    assert set(facts) | {"status", "purpose", "raises_or_disburses"} == known


def test_lines_after_many_bad_rows(tmp_path: Path) -> None:
    """A row is reported by its line in the file, whatever rows are rejected before it."""
    path = tmp_path / "r.csv"
    bad = {3, 4, 7, 200, 201}
    lines = [f"n{line},active" if line not in bad else f"n{line},active,more" for line in range(2, 400)]
    path.write_text("\n".join(["npo_id,status", *lines]) + "\n")
    npo_classify(path, tmp_path / "out", as_of=AS_OF)
    rows = read(tmp_path / "out" / "classified.csv")
    assert [(f"n{line}", str(line)) for line in range(2, 400) if line not in bad] == [
        (row["npo_id"], row["line"]) for row in rows
    ]


def test_line_ends_that_change_in_the_middle_are_refused_in_words(tmp_path: Path) -> None:
    """An old Mac line end in a file of others leaves it open where a row ends."""
    path = tmp_path / "register.csv"
    path.write_bytes(b"npo_id,status,activ\rity\r\n" + b"N-1,active,relief\r\n" * 40 + b'"N-2,act\rive",relief\n')
    assert [(problem.code, problem.ref and problem.ref.cell) for problem in npo_check(path)] == [
        ("npo-line-end", "row 1")
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize("name", ["a*.csv", "a?.csv", "a[1].csv"])
def test_a_name_is_never_a_pattern(tmp_path: Path, name: str) -> None:
    """The register beside it, which the pattern would match, is not read with it."""
    lines = (data_folder("examples") / "npo" / "register.csv").read_bytes().splitlines(keepends=True)
    (tmp_path / name).write_bytes(b"".join(lines[:11]))
    for other in ("ab.csv", "a1.csv"):
        (tmp_path / other).write_bytes(b"".join([lines[0], *lines[20:40]]))
    made = npo_classify(tmp_path / name, tmp_path / "out[1]", as_of=date(2027, 1, 1))
    assert made.result.register.registered == 10
    assert len((tmp_path / "out[1]" / "classified.csv").read_bytes().splitlines()) == 11
    compared = npo_compare(tmp_path / "out[1]" / "classified.csv", tmp_path / "out[1]" / "classified.csv")
    assert compared.came == 0


def test_value_is_reported_under_the_heading_of_the_register(tmp_path: Path) -> None:
    """A bad value is reported under the register's own heading, and a long text is shortened with a mark."""
    path = tmp_path / "r.csv"
    path.write_text(f"id,الدخل,causes\n1,many,{'x' * 70}\n", encoding="utf-8")
    columns = {
        name: {"from": heading}
        for name, heading in (("npo_id", "id"), ("total_income", "الدخل"), ("purpose", "causes"))
    }
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps({"schema": "fatf-kit/npo-mapping/1", "columns": columns}), encoding="utf-8")
    reported = {
        dict(p.facts)["column"]: dict(p.facts)["found"]
        for p in npo_check(path, mapping=mapping)
        if p.code == "npo-value"
    }
    assert reported == {"الدخل": "many", "causes": "x" * 60 + "…"}
