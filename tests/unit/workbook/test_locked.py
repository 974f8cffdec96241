"""An answer typed where a template is locked is told with its cell, and nothing that was printed there is."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.api.asking import carry_forward, template
from fatf_kit.folder import agency_templates
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.words import words
from fatf_kit.workbook.layout import build_layout
from fatf_kit.workbook.reader import read_workbook
from fatf_kit.workbook.template import write_template
from fatf_kit.workspace.folder import init_assessment
from tests.unit.workbook.reading import Changed, codes_of, read, setting

LANGUAGES = ("en", "ar", "fr")
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def locked_in(path: Path) -> list[str]:
    """What is said of locked cells of a file."""
    _, problems = read_workbook(path)
    return [problem.message for problem in problems if problem.code in ("cell-locked", "locked-unsure")]


@pytest.mark.parametrize("typed", ["We comply, says inspector N.", 7, True])
def test_an_answer_in_place_of_a_requirement_is_told(changed: Changed, typed: object) -> None:
    """With its cell, and not a word of it."""
    _, problems = read(changed(setting("R.9", B3=typed)))
    assert [("cell-locked", "R.9", "B3")] == codes_of(problems)
    assert "inspector" not in problems[0].message


@pytest.mark.parametrize("between", ["\n", " ", "\n\n", " · "])
def test_words_after_a_requirement_are_told(changed: Changed, between: str) -> None:
    """On a line of their own or not; each unbroken run of cells once."""

    def change(book: openpyxl.Workbook) -> None:
        for row in (3, 4, 6):
            cell = book["R.2"].cell(row, 2)
            cell.value = f"{cell.value}{between}We comply."

    _, problems = read(changed(change))
    assert [("cell-locked", "R.2", "B3:B4"), ("cell-locked", "R.2", "B6")] == codes_of(problems)


def test_words_in_headings_are_told(changed: Changed) -> None:
    """Over the answers, in the cell with the sheet's own heading, on the register too."""

    def change(book: openpyxl.Workbook) -> None:
        book["R.9"]["D1"] = "Our view"
        book["R.9"]["B1"] = f"{book['R.9']['B1'].value}\nnot our business"
        book["Evidence"]["C1"] = "Law, and who keeps it"

    _, problems = read(changed(change))
    told = [("cell-locked", "R.9", "B1"), ("cell-locked", "R.9", "D1"), ("cell-locked", "Evidence", "C1")]
    assert told == codes_of(problems)


def test_another_spelling_of_what_is_printed_is_no_answer(changed: Changed) -> None:
    """Other spaces, blank lines, a text emptied, the text of another row, a heading in another language."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["R.9"]
        text = str(sheet["B3"].value)
        sheet["B3"] = text.replace(" ", "\u00a0", 1).replace("\n", " \r\n\n")
        book["R.2"]["B3"], book["R.2"]["B4"] = None, text
        sheet["C1"] = "Notation"

    _, problems = read(changed(change))
    assert [] == [problem.message for problem in problems]


def test_of_another_version_one_note_is_enough(changed: Changed) -> None:
    """Its texts may have been others; how many differ is told, and where the first is."""

    def change(book: openpyxl.Workbook) -> None:
        del book["_stamp"]
        book.custom_doc_props.props.clear()  # type: ignore[attr-defined]
        book["R.2"]["B3"], book["R.2"]["B5"], book["R.9"]["B3"] = "a", "b", "c"

    _, problems = read(changed(change))
    assert [("locked-unsure", "R.2", "B3")] == codes_of(problems)
    assert {"count": "3"} == dict(problems[0].facts)


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_printed_in_a_template_is_somebodys(tmp_path: Path, edition: str, language: str) -> None:
    """Every sheet of each edition in each language, with a notice over it."""
    layout = build_layout(load_framework(edition, language), language=language, notice="Made up – for practice")
    write_template(layout, tmp_path / "a.xlsx")
    assert [] == locked_in(tmp_path / "a.xlsx")


def sent_out(folder: Path, language: str, name: str = "Dept. of Finance (F.I.U.), Unit 3") -> list[Path]:
    """The templates of an assessment, with who leads and who supports, and how the last evaluation rated it."""
    init_assessment(folder, country="ALB", languages=[language])
    agencies = folder / "agencies.csv"
    told = agencies.read_text("utf-8-sig")
    assert "Financial intelligence unit" in told
    agencies.write_text(told.replace("Financial intelligence unit", name), "utf-8-sig")
    return [path for _, path, done in agency_templates(folder, published="ALB") if done]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_printed_for_an_agency_is_somebodys(tmp_path: Path, language: str) -> None:
    """Neither a name with dots and commas in it nor anything else; nor where it is not said what was printed."""
    written = sent_out(tmp_path, language)
    assert len(written) > 10
    assert [] == [problem.message for path in written for problem in read_workbook(path)[1]]
    assert [] == [problem.message for path in written[:3] for problem in read_workbook(of_old(path))[1]]


def test_a_name_may_have_the_sign_that_parts_headings(tmp_path: Path) -> None:
    """What was printed is known piece by piece."""
    written = sent_out(tmp_path, "en", "Unit 3 · Finance")
    assert [] == [problem.message for path in written for problem in read_workbook(path)[1]]


def of_old(path: Path) -> Path:
    """A copy that does not say what was printed for the agency, as an earlier version wrote it."""
    book = openpyxl.load_workbook(path)
    del book["_printed"]
    book.save(path.with_suffix(".old.xlsx"))
    return path.with_suffix(".old.xlsx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_printed_when_answers_are_carried_over_is_somebodys(tmp_path: Path, language: str) -> None:
    """The line that says what to review."""
    old = template(tmp_path / "old.xlsx", edition="fatf-2013", language="en")
    book = openpyxl.load_workbook(io.BytesIO(old.read_bytes()))
    for sheet in book.worksheets:
        for row in range(3, sheet.max_row + 1) if sheet["A2"].value == "id" else ():
            if "/" in str(sheet.cell(row, 1).value):
                sheet.cell(row, 4).value = "Said then."
    book.save(old)
    carry_forward(old, "fatf-2022", tmp_path / "new.xlsx", language=language)
    assert [] == locked_in(tmp_path / "new.xlsx")


def test_the_sheet_of_what_was_carried_over_is_reported_where_its_record_is_gone(tmp_path: Path) -> None:
    """A remark on it cannot be told from what was printed, and nothing of it is read."""
    old = template(tmp_path / "old.xlsx", edition="fatf-2013", language="en")
    carry_forward(old, "fatf-2022", tmp_path / "new.xlsx", language="en")
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    book["Carried over"]["E30"] = "We do not agree with this."
    book.save(tmp_path / "with.xlsx")
    told = [(p.code, p.ref.sheet, p.ref.cell) for p in read_workbook(tmp_path / "with.xlsx")[1] if p.ref]
    assert ("cell-locked", "Carried over", "E30") in told
    found = [(p.code, p.ref.sheet) for p in read_workbook(of_old(tmp_path / "with.xlsx"))[1] if p.ref]
    assert ("sheet-unchecked", "Carried over") in found


def typed_after(path: Path, typed: str, *said: str) -> tuple[Path, list[tuple[str, str, str]]]:
    """A copy with words behind the first line that says each of these, and what has to be told of it."""
    book = openpyxl.load_workbook(path)
    told = []
    for words_of in said:
        cells = (cell for sheet in book for row in sheet.iter_rows(max_col=2) for cell in row)
        cell = next(cell for cell in cells if words_of in str(cell.value))
        before, line, after = str(cell.value).partition(next(x for x in str(cell.value).split("\n") if words_of in x))
        end = line[-1] if line[-1] in ".؛" else ""
        cell.value = f"{before}{line.removesuffix(end)}{typed}{end}{after}"
        told.append(("cell-stray" if cell.row == 2 else "cell-locked", cell.parent.title, cell.coordinate))
    book.save(path.with_suffix(".typed.xlsx"))
    return path.with_suffix(".typed.xlsx"), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_after_the_name_of_an_agency_are_told(tmp_path: Path, language: str) -> None:
    """Of those also asked, of the lead, of whom the workbook is for; and in the lines over the requirements."""
    written = sent_out(tmp_path, language)
    text = words(language)
    for key in ("duty.lead_with", "duty.support", "duty.some", "published.sheet", "book.for_agency"):
        said = text[key].partition("{")[0]
        path = next(path for path in written if said in " ".join(_texts(path)))
        typed, told = typed_after(path, " and us", said)
        assert told == codes_of(read_workbook(typed)[1]), key
        assert not any("and us" in problem.message for problem in read_workbook(typed)[1])


def _texts(path: Path) -> list[str]:
    return [str(v) for s in openpyxl.load_workbook(path) for row in s.iter_rows(values_only=True) for v in row if v]


def test_where_it_is_not_said_what_was_printed_a_sentence_after_a_name_is_told(tmp_path: Path) -> None:
    """As in workbooks of earlier versions: a name may stand anywhere in the line, a sentence behind it may not."""
    path = sent_out(tmp_path, "en")[0]
    assert 1 == len(locked_in(of_old(typed_after(path, ". Agreed with all of them", "also asked")[0])))
    assert [] == locked_in(of_old(typed_after(path, " and us", "also asked")[0]))


@pytest.mark.parametrize("notice", ["", "Made up – for practice"])
def test_words_after_the_whole_country_are_told(tmp_path: Path, notice: str) -> None:
    """The notice that was printed there is known."""
    layout = build_layout(load_framework("fatf-2022", "fr"), only=["R.9"], language="fr", notice=notice)
    write_template(layout, tmp_path / "a.xlsx")
    assert () == read_workbook(tmp_path / "a.xlsx")[1]
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cover = book.worksheets[0]
    cover["B2"] = f"{cover['B2'].value} – sauf les îles"
    book.save(tmp_path / "b.xlsx")
    assert [("cell-stray", cover.title, "B2")] == codes_of(read_workbook(tmp_path / "b.xlsx")[1])


def test_words_on_the_sheets_of_a_carried_over_workbook_are_told(tmp_path: Path) -> None:
    """On what became of the requirements, and on the answers that nothing asks for any more."""
    old = template(tmp_path / "old.xlsx", edition="fatf-2013", only=["R.8", "IO.4"], language="en")
    book = openpyxl.load_workbook(io.BytesIO(old.read_bytes()))
    for title in ("R.8", "IO.4"):
        for row in range(3, book[title].max_row + 1):
            book[title].cell(row, 4).value = f"Said then {row}."
    book.save(old)
    for language in LANGUAGES:
        new = tmp_path / f"{language}.xlsx"
        carry_forward(old, "fatf-2022", new, language=language)
        assert () == read_workbook(new)[1]
        book = openpyxl.load_workbook(io.BytesIO(new.read_bytes()))
        carried, kept = (next(s for s in book if s["A1"].value == f"fatf-kit:{name}") for name in ("carried", "kept"))
        carried["G12"], kept["D5"] = "Ask the bank", "Said now."
        book.save(new)
        told = [("cell-locked", carried.title, "G12"), ("cell-locked", kept.title, "D5")]
        assert told == codes_of(read_workbook(new)[1])


def test_the_edition_on_the_cover_is_locked(changed: Changed) -> None:
    """Anything but its title is told."""
    assert [("cell-locked", "Cover", "C7")] == codes_of(read(changed(setting("Cover", C7="Ours, of 2026")))[1])
