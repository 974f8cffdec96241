"""Filled copies that agencies sorted, moved, renamed or pasted: no answer is lost without a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.schema import is_requirement_id
from fatf_kit.assessment.workbook.template import make_stamp, write_template
from fatf_kit.core.problems import CellRef
from fatf_kit.framework import index_requirements, list_editions, load_framework
from fatf_kit.spreadsheets.sheet import CellValue, interpret_cell
from tests.rows import values_in
from tests.unit.assessment.reading import Answers, Changed, codes_of, read, setting, values_of


def test_a_blank_template_has_no_answers(blank: Path) -> None:
    """A blank template gives no answers and no problems."""
    workbook, problems = read(blank)
    assert (workbook.rows, workbook.evidence, problems) == ((), (), ())
    assert workbook.cover["country"] == "Examplia"


def test_everything_filled_in_comes_back(filled: Path, answers: Answers, evidence: list[dict[str, CellValue]]) -> None:
    """Values, addresses, cover, stamp and fingerprint of a filled copy are read back."""
    workbook, problems = read(filled)
    assert problems == ()
    assert answers == values_of(workbook.rows)
    assert evidence == [{"id": row.id, **values_in(row)} for row in workbook.evidence]
    assert {"country": "Examplia", "agency": "fiu", "cut_off": date(2027, 3, 19)}.items() <= workbook.cover.items()
    assert f"{workbook.cover_refs['cut_off'].sheet}!{workbook.cover_refs['cut_off'].cell}" == "Cover!C8"
    assert (workbook.file, len(workbook.sha256)) == ("filled.xlsx", 64)


def test_addresses_are_those_of_the_sheet(filled: Path) -> None:
    """Every column of a row has its address, filled or not."""
    workbook, _ = read(filled)
    row = next(row for row in workbook.rows if row.id == "R.2/2.1")
    assert set(values_in(row)) == {"rating"}
    assert CellRef(file="filled.xlsx", sheet="R.2", cell="C3") == row.ref.at("rating")
    assert row.ref.at("confidentiality").cell == "K3"


def test_the_stamp_is_found_on_its_sheet_or_in_the_properties(filled: Path, changed: Changed) -> None:
    """A deleted stamp sheet is made up for by the properties; without both there is no stamp."""
    edition = load_framework("fatf-2022")
    stamp = read(filled)[0].stamp
    assert stamp is not None
    assert ("fatf-2022", "fiu", edition.digest) == (stamp.edition, stamp.agency, stamp.edition_digest)

    def without_sheet(book: openpyxl.Workbook) -> None:
        del book["_stamp"]

    def without_both(book: openpyxl.Workbook) -> None:
        del book["_stamp"]
        book.custom_doc_props.props.clear()  # type: ignore[attr-defined]

    assert stamp == read(changed(without_sheet))[0].stamp
    assert read(changed(without_both))[0].stamp is None


def _rows_above(book: openpyxl.Workbook) -> None:
    for title in ("R.2", "R.9", "IO.6", "Evidence", "Cover"):
        book[title].insert_rows(1, 7)


def _only_values(book: openpyxl.Workbook) -> None:
    """Remove everything that copying into another program loses: the stamp, the lists and the names."""
    for title in ("_stamp", "_lists", "Contents", "Summary"):
        del book[title]
    book.defined_names.clear()


@pytest.mark.parametrize("change", [_rows_above, _only_values], ids=lambda change: change.__name__.strip("_"))
def test_harmless_changes_lose_nothing(
    changed: Changed,
    change: Callable[[openpyxl.Workbook], object],
    answers: Answers,
    evidence: list[dict[str, CellValue]],
) -> None:
    """Cells are found by id and key, whatever was done around them."""
    workbook, problems = read(changed(change))
    assert [problem.message for problem in problems] == []
    assert answers == values_of(workbook.rows)
    items = [{"id": row.id, **values_in(row)} for row in workbook.evidence]
    assert evidence == sorted(items, key=lambda item: str(item["id"]))


def test_addresses_follow_moved_cells(changed: Changed) -> None:
    """After rows are put above the table, addresses are those a person sees."""
    workbook, _ = read(changed(_rows_above))
    row = next(row for row in workbook.rows if row.id == "R.9/9.1")
    assert row.ref.at("rating").cell == "C10"


def test_error_cells_are_problems_never_blanks(changed: Changed) -> None:
    """With address, requirement and the error shown; the rest of the row is read."""
    workbook, problems = read(changed(setting("R.9", C3="#REF!", D3="#NAME?")))
    assert codes_of(problems) == [("cell-error", "R.9", "C3"), ("cell-error", "R.9", "D3")]
    assert {problem.requirement for problem in problems} == {"R.9/9.1"}
    assert "#REF!" in problems[0].text
    assert {"rating", "explanation"}.isdisjoint(values_of(workbook.rows)["R.9/9.1"])


def test_formulas_without_a_result_are_problems(changed: Changed) -> None:
    """A formula without a stored result is reported."""
    workbook, problems = read(changed(setting("R.2", C3='="me"&"t"', C90="=1", Z95="=1")))
    assert codes_of(problems) == [
        ("formula-empty", "R.2", "C3"),
        ("formula-empty", "R.2", "C90"),
        ("cell-unplaced", "R.2", "Z95"),
    ]
    assert "R.2/2.1" not in values_of(workbook.rows)


def test_a_formula_with_a_result_counts_as_its_result(repacked: Callable[..., Path]) -> None:
    """The stored result is read, nothing is calculated."""

    def edit(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet4.xml":
            return part
        start = part.index(b'<c r="C3"')
        end = part.index(b"</c>", start)
        return part[:start] + b'<c r="C3" t="str"><f>A1</f><v>not met</v>' + part[end:]

    workbook, problems = read(repacked(edit))
    assert problems == ()
    assert values_of(workbook.rows)["R.2/2.1"] == {"rating": "not met"}


def test_answers_without_an_id_are_reported(changed: Changed) -> None:
    """An answer without an id is reported on a sheet of requirements and in the register."""
    path = changed(lambda book: [setting("R.9", C9="met")(book), setting("Evidence", A700=" ", C700="A law")(book)])
    _, problems = read(path)
    assert codes_of(problems) == [("id-missing", "R.9", "C9"), ("id-missing", "Evidence", "C700")]


def test_text_outside_the_table_is_reported(changed: Changed) -> None:
    """Text right of the table, below it or in place of an id is reported, a column as one address."""
    _, problems = read(changed(setting("R.9", M3="why?", M4="really?", M6="ok", B12="see annex", A14="Note: x")))
    assert codes_of(problems) == [
        ("cell-unplaced", "R.9", "A14"),
        ("cell-locked", "R.9", "B12"),
        ("cell-unplaced", "R.9", "M3:M4"),
        ("cell-unplaced", "R.9", "M6"),
    ]
    assert not any("annex" in problem.message or "why" in problem.message for problem in problems)


def test_rows_with_one_id_are_both_kept(changed: Changed) -> None:
    """Which one counts is decided later."""
    workbook, problems = read(changed(setting("R.9", A4="R.9/9.1", C4="met")))
    assert problems == ()
    assert [row.id for row in workbook.rows if row.id.startswith("R.9")] == ["R.9/9.1", "R.9/9.1"]


def test_ids_are_cleaned_but_not_judged(changed: Changed) -> None:
    """Marks and digits of right-to-left text are cleaned; an unknown id is kept for the parser."""
    workbook, _ = read(changed(setting("R.9", A3="\u200fR.٩/٩.١ ", A4="R.99/1.1", C4="met", A5=9.1, C5="met")))
    assert [row.id for row in workbook.rows][1:4] == ["R.9/9.1", "R.99/1.1", "9.1"]


def test_sheets_that_are_not_ours_are_noted(changed: Changed) -> None:
    """A foreign sheet is reported with the number of its cells; an empty one is not reported."""

    def change(book: openpyxl.Workbook) -> None:
        notes = book.create_sheet("Notes")
        notes["B2"], notes["B3"] = "a", 5
        book.create_sheet("Empty")

    _, problems = read(changed(change))
    assert codes_of(problems) == [("sheet-unknown", "Notes", None)]
    assert "2 filled cells" in problems[0].text


def test_missing_columns_are_named(changed: Changed) -> None:
    """A deleted column is reported with its key and heading."""
    workbook, problems = read(changed(lambda book: book["R.9"].delete_cols(4)))
    assert codes_of(problems) == [("sheet-columns", "R.9", None)]
    assert "missing: Explanation." in problems[0].text
    assert values_of(workbook.rows)["R.9/9.1"]["rating"] == "partly met"


def test_one_lost_key_is_made_up_for_by_its_heading(changed: Changed) -> None:
    """Keys and headings complete each other."""
    workbook, problems = read(changed(setting("R.9", C2=None)))
    assert problems == ()
    assert values_of(workbook.rows)["R.9/9.1"]["rating"] == "partly met"


def test_ids_without_any_columns_are_an_error(changed: Changed) -> None:
    """Answers on a sheet that lost its keys and headings are not passed over as a foreign sheet."""
    workbook, problems = read(changed(lambda book: book["R.9"].delete_rows(1, 2)))
    assert codes_of(problems) == [("sheet-columns", "R.9", None)]
    assert "R.9/9.1" not in values_of(workbook.rows)


def test_a_lost_id_column_is_an_error(changed: Changed) -> None:
    """Ids are never guessed from the text of the requirement."""
    _, problems = read(changed(lambda book: book["R.9"].delete_cols(1)))
    assert codes_of(problems) == [("sheet-columns", "R.9", None)]
    assert "id" in problems[0].text


def test_a_second_table_pasted_below_is_read(changed: Changed) -> None:
    """Its headings are no answers, and rows that say the same as those of another sheet are kept once."""

    def change(book: openpyxl.Workbook) -> None:
        source, target = book["R.2"], book["R.9"]
        for number, row in enumerate(source.iter_rows(values_only=True), start=21):
            for column, value in enumerate(row, start=1):
                target.cell(number, column).value = value

    workbook, problems = read(changed(change))
    assert problems == ()
    assert [row.id for row in workbook.rows].count("R.2/2.1") == 1


def test_a_full_cell_may_have_been_cut(changed: Changed) -> None:
    """A text at the length limit of a cell is kept with a warning."""
    workbook, problems = read(changed(setting("R.9", D3="x" * 32_767)))
    assert codes_of(problems) == [("text-cut", "R.9", "D3")]
    assert len(str(values_of(workbook.rows)["R.9/9.1"]["explanation"])) == 32_767


def test_a_workbook_without_our_columns_is_not_ours(tmp_path: Path) -> None:
    """A foreign list or survey is reported as foreign."""
    book = openpyxl.Workbook()
    book.create_sheet("Questions")["A1"] = "Question"
    book.save(tmp_path / "own.xlsx")
    assert _outcome(tmp_path / "own.xlsx") == (None, ["workbook-not-ours"])


def test_a_parser_that_gives_up_is_a_problem(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a panic of the parser ends in a message, and the message does not quote it."""

    class Panic(BaseException):
        pass

    def fail(*_: object, **__: object) -> None:
        raise Panic("secret text of a cell")

    import python_calamine

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", type("Broken", (), {"from_filelike": staticmethod(fail)}))
    workbook, problems = read_workbook(filled)
    assert workbook is None
    assert (problems[0].code, "secret" in problems[0].message) == ("file-broken", False)


@pytest.mark.parametrize("value", [7, 2026.5, datetime(2026, 3, 31), "2026-03-31", True, "–"])
def test_a_country_has_a_name(changed: Changed, value: object) -> None:
    """A number or a date in the field of the country is reported and not used."""
    workbook, problems = read(changed(setting("Cover", C5=value)))
    assert "country" not in workbook.cover
    assert codes_of(problems) == [("cover-country-name", "Cover", "C5")]


def test_errors_on_the_cover_are_problems(changed: Changed) -> None:
    """An error in a cell of the cover is reported."""
    workbook, problems = read(changed(setting("Cover", C8="#VALUE!")))
    assert codes_of(problems) == [("cell-error", "Cover", "C8")]
    assert "cut_off" not in workbook.cover


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.usefixtures("two_languages")
def test_arabic_workbooks_read_back(tmp_path: Path) -> None:
    """Ratings as labels of the language; without keys, columns are found by headings in it."""
    layout = build_layout(load_framework("fatf-2022", "ar"), only=["R.9"], language="ar", country="مثال")
    path = tmp_path / "ar.xlsx"
    stamp = write_template(layout, path, prefill={"R.9/9.1": {"rating": "mostly met", "missing": "لا شيء"}})
    assert make_stamp(layout) == stamp
    book = openpyxl.load_workbook(path)
    book[book.sheetnames[3]].delete_rows(2)
    book.save(tmp_path / "keyless.xlsx")
    for copy in (path, tmp_path / "keyless.xlsx"):
        workbook, problems = read(copy)
        assert problems == ()
        assert values_of(workbook.rows) == {"R.9/9.1": {"rating": "مستوفى إلى حد كبير", "missing": "لا شيء"}}
        assert workbook.cover["country"] == "مثال"


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (5.0, 5),
        (5.5, 5.5),
        (True, True),
        ("", ""),
        (" \u00a0\u200f", ""),
        (" x ", " x "),
        (datetime(2026, 3, 31), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 13, 0), "2026-03-31 13:00:00"),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (time(3, 0), "03:00:00"),
        (None, ""),
    ],
)
def test_what_cells_mean(raw: object, meant: object) -> None:
    """Whole floats are whole numbers, times of day text, invisible text nothing."""
    value = interpret_cell(raw)
    assert (meant, type(meant)) == (value, type(value))


def _outcome(path: Path) -> tuple[RawWorkbook | None, list[str]]:
    workbook, problems = read_workbook(path)
    return workbook, [problem.code for problem in problems]


@pytest.mark.parametrize("edition", list_editions())
def test_every_id_of_every_edition_is_recognised(edition: str) -> None:
    """The bulleted items of 2013's R.22 carry ids like 22.1(d)#1, which a pattern once did not know."""
    assert not [key for key in index_requirements(load_framework(edition)) if not is_requirement_id(key)]
