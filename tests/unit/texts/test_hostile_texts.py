"""A file that would take all memory, or would never end, is refused with a message of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import typst

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.processes import run_isolated
from fatf_kit.texts import limits, reading
from fatf_kit.texts.cleaning import clean_pages
from fatf_kit.texts.plain_file import read_plain
from fatf_kit.texts.reading import parse_file, read_pages
from tests.unit.texts.made_files import (
    PRINTED,
    SENTENCE,
    abort,
    make_paragraph,
    make_pdf,
    make_word,
    never_end,
    pack,
    plain_rules,
)

ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
TABLE, END_OF_TABLE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"


def refusal(path: Path, content: bytes) -> str:
    """Return the message with which a file is refused."""
    path.write_bytes(content)
    with pytest.raises(FatfKitError) as stop:
        read_pages(path)
    return str(stop.value)


def test_each_hostile_word_file_has_its_own_message(tmp_path: Path) -> None:
    """Bombs, entities, nested tables, one endless text, encryption, and plain damage."""
    files = {
        "xxe": (pack(ENTITY.encode()), "declares a document type or entities"),
        "xxe-in-utf-16": (pack(f'<?xml version="1.0" encoding="utf-16"?>{ENTITY}'.encode("utf-16")), "declares a"),
        "nested": (make_word(TABLE * 20_000 + END_OF_TABLE * 20_000), "more than 256 levels deep"),
        "one-text": (make_word(make_paragraph("a" * 12_000_000)), "a single text of more than 10 MB"),
        "one-comment": (make_word(f"<!--{'a' * 12_000_000}-->"), "a single text of more than 10 MB"),
        "paragraphs": (make_word(make_paragraph("a") * 160_000), "more than 150000 lines or paragraphs"),
        "one-paragraph": (make_word(make_paragraph("a" * 30_000)), "a line that is too long (30000)"),
        "pages": (
            make_word("<w:p><w:r><w:br w:type='page'/><w:t>a</w:t></w:r></w:p>" * 3_100),
            "too many pages (3101)",
        ),
        "letters": (make_word(make_paragraph("a" * 15_000) * 900), "more than 12000000 characters"),
        "locked": (pack(b"<a/>", is_locked=True), "protected by a password"),
        "damaged": (pack(b"<a>"), "is damaged or is not a Word document"),
    }
    for name, (content, words) in files.items():
        message = refusal(tmp_path / f"{name}.docx", content)
        assert f"{name}.docx " in message, name
        assert words in message, name


def test_a_word_file_that_unpacks_to_too_much_is_counted_while_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its directory may lie about its size."""
    monkeypatch.setattr("fatf_kit.texts.word_file.MOST_UNPACKED", 4_000_000)
    (tmp_path / "bomb.docx").write_bytes(make_word(" " * 5_000_000))
    with pytest.raises(FatfKitError, match=r"bomb.docx unpacks to more than 3 MB"):
        parse_file(tmp_path / "bomb.docx", "bomb.docx")


def test_each_hostile_pdf_has_its_own_message(tmp_path: Path) -> None:
    """Too many pages or letters, no text, and damage; each is read in a process of its own."""
    letters = b"".join(b"BT /F 1 Tf %d %d Td (aaaaa) Tj ET\n" % (at % 100 * 6, at // 100) for at in range(50_000))
    files = {
        "pages": (make_pdf(PRINTED, pages=3_001), "has too many pages (3001); at most 3000 are read"),
        "letters": (make_pdf(letters), "has too many letters"),
        "scan": (typst.compile(b"#rect(width: 5cm, height: 5cm)\n#pagebreak()\n#rect()"), "(a scan)"),
        "nested": (b"%PDF-1.7\n1 0 obj\n" + b"[" * 127_000 + b"\nendobj\ntrailer << /Root 1 0 R >>", "is damaged"),
    }
    for name, (content, words) in files.items():
        message = refusal(tmp_path / f"{name}.pdf", content)
        assert f"{name}.pdf " in message, name
        assert words in message, name


@pytest.mark.full(keep_every=2)
@pytest.mark.skipif(sys.platform != "linux", reason="memory may not be limited there")
@pytest.mark.parametrize("kind", ["packed twice", "calls itself"])
def test_a_small_pdf_takes_no_more_than_the_memory_of_a_report(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few kilobytes that unpack to gigabytes, and a form that draws itself without end."""
    monkeypatch.setattr(limits, "MEMORY", 400 * 1024 * 1024)
    if kind == "packed twice":
        content = make_pdf(PRINTED * 8_000_000, packed=2)
        assert len(content) < 15_000
    else:
        content = make_pdf(b"/X0 Do ", forms=[b"/X0 Do /X0 Do "])
    assert "small.pdf unpacks to more than the 400 MB of memory" in refusal(tmp_path / "small.pdf", content)


def test_a_parser_that_ends_or_does_not_end_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process goes on, and the file is named."""
    monkeypatch.setattr(limits, "SECONDS", 1)
    for parse, words in ((abort, "or is damaged"), (never_end, "was not read within 1 seconds")):
        monkeypatch.setattr(reading, "parse_file", parse)
        for ending in (".pdf", ".docx"):
            message = refusal(tmp_path / f"a{ending}", make_pdf(PRINTED))
            assert f"a{ending} " in message
            assert words in message


def test_text_files_keep_the_limits(tmp_path: Path) -> None:
    """Pages, lines, characters of a line and of the whole text."""
    files = {
        "pages": ("a\f" * 3_001 + "a", "too many pages (3002)"),
        "lines": ("a\n" * 150_001 + "a", "more than 150000 lines"),
        "line": (f"{SENTENCE}\n{'(' * 20_001}", "a line that is too long (20001)"),
        "letters": (f"{'a' * 1_000}\n" * 12_001, "more than 12000000 characters"),
        "empty": (" \n" * 100, "has no text"),
    }
    for name, (text, words) in files.items():
        assert words in refusal(tmp_path / f"{name}.txt", text.encode()), name


def test_a_text_at_its_limits_is_read(tmp_path: Path) -> None:
    """So that a limit refuses nothing below it."""
    path = tmp_path / "a.txt"
    path.write_text("\n".join(("a" * limits.LINE_LENGTH.most, *["b"] * 140_000)), encoding="utf-8")
    (page,), is_real = read_pages(path)
    assert (len(page.lines), is_real) == (140_001, False)


MARKS = ("(", ")", "[", "]", ".", ": ", "!", "”", "- ", "• ", "1. ", "a) ", "/", "\u0301", "ا", "… ", "_ ", "| ")


def _clean_marks() -> int:
    """Return how many lines of nothing but marks are left when each is cleaned between others."""
    lines = [line for mark in MARKS for line in (SENTENCE, (mark * 19_000)[:19_000] + "x")]
    pages = read_plain("\f".join("\n".join(lines) for _ in range(4)).encode(), "marks.txt")
    return len(clean_pages("marks.txt", pages, plain_rules(), are_real=True).lines)


def test_long_lines_of_marks_are_cleaned_in_one_pass() -> None:
    """A pattern that begins anew at each mark would not end within this limit."""
    assert run_isolated(_clean_marks, memory=4 * limits.MEMORY, seconds=limits.SECONDS) > len(MARKS)
