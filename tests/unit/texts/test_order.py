"""Paragraphs, tables, headings and places of a text, by rules that know nothing of reports."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest
import typst

import fatf_kit.texts
from fatf_kit.texts.cleaning import clean_pages, read_text
from fatf_kit.texts.lists import divide_items
from fatf_kit.texts.model import FileText, TextLine
from fatf_kit.texts.plain_file import read_plain
from tests.unit.texts.made_files import SENTENCE, make_paragraph, make_word, plain_rules


def read_pages_of(*pages: str) -> FileText:
    """Return the clean text of pages of a text file."""
    raw = read_plain("\f".join(pages).encode(), "a.txt")
    return clean_pages("a.txt", raw, plain_rules(), are_real=len(pages) > 1)


def read_file(path: Path, content: bytes) -> FileText:
    """Return the clean text of a file."""
    path.write_bytes(content)
    return read_text(path, plain_rules())


def join_blocks(lines: Sequence[TextLine]) -> list[str]:
    """Return the text of each block."""
    blocks: dict[int, list[str]] = {}
    for line in lines:
        blocks.setdefault(line.block, []).append(line.text)
    return [" ".join(texts) for texts in blocks.values()]


def test_the_reader_knows_nothing_of_reports() -> None:
    """It imports no package but itself and core, so that other features can read texts with it."""
    (folder,) = fatf_kit.texts.__path__
    for path in Path(folder).glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        packages = {".".join(module.split(".")[:2]) for module in modules if module.startswith("fatf_kit.")}
        assert packages <= {"fatf_kit.texts", "fatf_kit.core"}, path.name


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_paragraphs_are_blocks(ending: str, tmp_path: Path) -> None:
    """Each paragraph of a PDF or Word file is one, however many lines it has; so is a heading."""
    texts = ["Part 1", " ".join([SENTENCE] * 4), " ".join([SENTENCE] * 3)]
    if ending == ".pdf":
        content = typst.compile(("#set par(spacing: 2em)\n" + "\n\n".join(texts)).encode())
    else:
        content = make_word("".join(map(make_paragraph, texts)))
    assert join_blocks(read_file(tmp_path / f"a{ending}", content).lines) == texts


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """In a PDF, and in a text file that has them as on paper."""
    left = [f"Boats {number} lie in the old harbour" for number in range(1, 9)]
    right = [f"Lamps {number} burn on the new harbour" for number in range(1, 9)]
    paper = "\n".join(f"{one:<44}{other}" for one, other in zip(left, right, strict=True))
    assert [line.text for line in read_pages_of(paper).lines] == [*left, *right]
    columns = " #colbreak() ".join("\\\n".join(lines) for lines in (left, right))
    found = read_file(tmp_path / "a.pdf", typst.compile(f"#columns(2)[{columns}]".encode()))
    assert [line.text for line in found.lines] == [*left, *right]
    lefts = {line.text.split()[0]: line.left for line in found.lines}
    assert (lefts["Boats"] or 0) < (lefts["Lamps"] or 0)


def test_cells_of_a_table_have_their_row_and_column(tmp_path: Path) -> None:
    """In Word, and in a text file whose columns are beside each other."""
    rows = [(f"{number}. Harbour", "open", "The lamps of this harbour burn") for number in range(1, 6)]
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{make_paragraph(text)}</w:tc>' for text in row)}</w:tr>" for row in rows)
    paper = "\n".join(f"{first:<24}{second:<10}{third}" for first, second, third in rows)
    for found in (
        read_file(tmp_path / "a.docx", make_word(f"{make_paragraph(SENTENCE)}<w:tbl>{cells}</w:tbl>")),
        read_pages_of(paper),
    ):
        placed = [(line.cell.row, line.cell.column, line.text) for line in found.lines if line.cell is not None]
        assert placed == [(number, column, text) for number, row in enumerate(rows) for column, text in enumerate(row)]


def test_a_row_that_goes_over_a_page_keeps_its_page(tmp_path: Path) -> None:
    """Word saves where its pages broke; each line has the page on which its row or paragraph began."""
    after = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Lamps burn</w:t></w:r></w:p>"
    row = f"<w:tbl><w:tr><w:tc>{make_paragraph('1. Harbour')}{after}</w:tc></w:tr></w:tbl>"
    found = read_file(tmp_path / "a.docx", make_word(make_paragraph(SENTENCE) + row + make_paragraph("Part 2")))
    assert [(line.text, line.page) for line in found.lines] == [
        (SENTENCE, 1), ("1. Harbour", 1), ("Lamps burn", 1), ("Part 2", 2)
    ]  # fmt: skip


def test_a_page_has_the_number_that_is_printed_on_it() -> None:
    """Most pages have to print one; else it is the number of the page in the file."""
    pages = [f"Harbours of the lake\n{SENTENCE} {number}\nPart {number}\n– {number} –" for number in range(11, 19)]
    found = read_pages_of(*pages)
    assert found.has_printed_pages
    assert {line.page for line in found.lines} == set(range(11, 19))
    assert [line.text for line in found.lines if line.text.startswith("Part")] == [f"Part {n}" for n in range(11, 19)]
    assert not any(line.text.startswith(("Harbours", "–")) for line in found.lines)
    found = read_pages_of(*(f"{SENTENCE}\nPart {number}" for number in "abc"))
    assert (found.has_printed_pages, {line.page for line in found.lines}) == (False, {1, 2, 3})
    assert {line.page for line in read_pages_of(f"{SENTENCE}\nPart 1").lines} == {None}


def test_items_of_a_list_are_divided_by_their_marks() -> None:
    """Also over line ends, and with the marks of fonts; without marks each paragraph is an item."""
    for marks in ("• • •", "\uf0a7 \uf0a7 \uf0a7", "- - -", "a) b) c)", "1. 2. 3.", "(i) (ii) (iii)"):
        lines = [TextLine(text=text) for mark in marks.split() for text in (f"{mark} Boats are", "few in winter.")]
        assert [item.text for item in divide_items(lines)] == ["Boats are few in winter."] * 3, marks
    lines = [TextLine(text=f"Boats {block}.", block=block) for block in (1, 2, 3)]
    assert [item.text for item in divide_items(lines)] == ["Boats 1.", "Boats 2.", "Boats 3."]
