"""Words struck out in files put together by hand; what LibreOffice writes is in tests/office."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from fatf_kit.safety.guard import CheckedFile, check_file
from fatf_kit.safety.limits import MOST_STRUCK
from tests.unit.safety.packing import ods, old_workbook

FONTS = [(0x31, struct.pack("<HH", 200, flags)) for flags in (0, 0, 0, 0, 0x8, 0)]
"""Typefaces, of which the fifth is struck out: it has the number five, for none has the number four."""

FORMATS = [(0xE0, struct.pack("<H", font)) for font in (0, 4, 5, 6)]
SST, CONTINUE, LABELSST, RK, MULRK = 0xFC, 0x3C, 0xFD, 0x27E, 0xBD
LINE = "style:text-line-through"


def struck_in(path: Path, content: bytes) -> list[tuple[int, int]]:
    """The cells of a file in which words are struck out."""
    path.write_bytes(content)
    checked = check_file(path)
    assert isinstance(checked, CheckedFile), checked
    return checked.sheets["R.9"].struck


def texts(count: int, *pieces: bytes) -> list[tuple[int, bytes]]:
    """A list of so many texts, in one record and those that continue it."""
    first, *others = pieces
    return [(SST, struct.pack("<II", count, count) + first), *((CONTINUE, one) for one in others)]


def label(row: int, text: int, style: int = 0) -> tuple[int, bytes]:
    """A cell with a text of the list."""
    return LABELSST, struct.pack("<HHHI", row, 0, style, text)


def rich(text: str, *runs: tuple[int, int], more: bytes = b"") -> bytes:
    """A text with the typefaces from some of its characters on, and something behind it that says nothing."""
    wide = not text.isascii()
    head = struct.pack("<HB", len(text), wide | 8 * bool(runs) | 4 * bool(more))
    head += struct.pack("<H", len(runs)) if runs else b""
    head += struct.pack("<I", len(more)) if more else b""
    return (
        head + text.encode("utf-16-le" if wide else "latin-1") + b"".join(struct.pack("<HH", *r) for r in runs) + more
    )


def test_the_typeface_of_a_cell_of_an_old_workbook(tmp_path: Path) -> None:
    """Numbers side by side too; the numbers of typefaces leave out four."""
    numbers = struct.pack("<HH", 2, 0) + b"".join(struct.pack("<HI", style, 6) for style in (1, 2, 3)) + b"\2\0"
    cells = [label(0, 0, 2), label(1, 0, 1), (MULRK, numbers), (RK, struct.pack("<HHHI", 3, 4, 2, 6))]
    content = old_workbook(*cells, before=[*FONTS, *FORMATS, *texts(1, rich("law"))])
    assert [(0, 0), (2, 1), (3, 4)] == struck_in(tmp_path / "a.xls", content)


def test_words_within_a_text_of_an_old_workbook(tmp_path: Path) -> None:
    """Not where the typeface begins behind the last character, or ends before it has begun."""
    given = [
        rich("We do not", (3, 5)),
        rich("We comply", (3, 6), more=b"\0" * 9),
        rich("We comply", (9, 5)),
        rich("We comply", (3, 5), (3, 6)),
        rich("نحن لا", (4, 5), (5, 0), more=b"\5" * 30),
        rich("plain"),
        rich("We do not", (0, 0), (3, 5), (6, 0)),
    ]
    cells = [label(row, row) for row in range(len(given))]
    content = old_workbook(*cells, before=[*FONTS, *FORMATS, *texts(len(given), b"".join(given))])
    assert [(0, 0), (4, 0), (6, 0)] == struck_in(tmp_path / "a.xls", content)


@pytest.mark.parametrize("text", ["We do not", "نحن لا نلتزم"])
def test_a_text_may_go_on_in_another_record(tmp_path: Path, text: str) -> None:
    """Cut anywhere but within a character; a further piece of characters says how wide they are, others do not."""
    wide = not text.isascii()
    given = [rich("law"), rich(text, (3, 5), (6, 0), more=b"\1" * 5), rich(text, (0, 6)), rich(text, (3, 5))]
    heads, starts = (3, 9, 5, 5), [sum(map(len, given[:number])) for number in range(4)]
    ends = (head + len(text) * (1 + wide) for head in heads[1:])
    inside = [(start + head, start + end) for start, head, end in zip(starts, heads, (6, *ends), strict=True)]
    whole = b"".join(given)
    for cut in range(1, len(whole)):
        again = [bytes([wide and number > 0]) for number, (at, end) in enumerate(inside) if at <= cut < end]
        if wide and any(at < cut < end and (cut - at) % 2 for at, end in inside[1:]):
            continue
        pieces = whole[:cut], b"".join(again) + whole[cut:]
        content = old_workbook(label(0, 1), label(1, 2), label(2, 3), before=[*FONTS, *FORMATS, *texts(4, *pieces)])
        assert [(0, 0), (2, 0)] == struck_in(tmp_path / "a.xls", content), cut


def test_a_list_of_texts_that_cannot_be_followed_is_no_reason_to_refuse(tmp_path: Path) -> None:
    """What was found so far counts; a text that says it is longer than the file ends the list."""
    broken = rich("We do not", (3, 5)) + struct.pack("<HBI", 60_000, 4, 0xFFFFFFFF) + b"\0" * 40
    cells = [label(0, 0), label(1, 1), label(2, 2)]
    content = old_workbook(*cells, before=[*FONTS, *FORMATS, *texts(3, broken)])
    assert [(0, 0)] == struck_in(tmp_path / "a.xls", content)
    content = old_workbook(*cells, before=[(0x31, b""), *FONTS, (0xE0, b""), *FORMATS, (SST, b"\0" * 8)])
    assert [] == struck_in(tmp_path / "a.xls", content)


def style(name: str, line: str = "", *, family: str = "table-cell", parent: str = "") -> str:
    """A style that draws a line through words, or says that it draws none."""
    says = f'<style:text-properties {line}="1"/>' if line and "=" not in line else f"<style:text-properties {line}/>"
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{above}>{says if line else ""}</style:style>'


def cell(name: str | None = None, text: str = "x", copies: int = 1) -> str:
    """A cell with a text."""
    named = f' table:style-name="{name}"' if name else ""
    return (
        f'<table:table-cell{named} table:number-columns-repeated="{copies}"><text:p>{text}</text:p></table:table-cell>'
    )


def test_the_style_of_a_cell_in_opendocument(tmp_path: Path) -> None:
    """Its own, or what it has from another; where one attribute says "none" no line is drawn."""
    named = style("Old", f'{LINE}-style="solid"') + style("Loop", parent="Loop2") + style("Loop2", parent="Loop")
    styles = (
        style("own", f'{LINE}-type="single"')
        + style("child", parent="Old")
        + style("not", f'{LINE}-style="none" {LINE}-type="single"', parent="Old")
        + style("loop", parent="Loop")
        + '<number:style xmlns:number="n"><style:text-properties style:text-line-through-type="single"/></number:style>'
        + style("bold", 'style:bold="1"')
    )
    names = ["own", "not", "child", "loop", "bold", "Old", "unknown", None]
    row = "".join(map(cell, names))
    content = ods(f"<table:table-row>{row}</table:table-row>", styles=styles, named=named)
    assert [(0, 0), (0, 2), (0, 5)] == struck_in(tmp_path / "a.ods", content)


def test_the_style_of_a_row_or_a_column_in_opendocument(tmp_path: Path) -> None:
    """Of cells that have none of their own: the row's goes first. Another sheet has columns of its own."""
    styles = style("s", f'{LINE}-style="solid"') + style("n")
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="s"/>'
        '<table:table-column table:number-columns-repeated="999999999" table:default-cell-style-name="n"/>'
        '<table:table-column table:number-columns-repeated="999999999" table:default-cell-style-name="s"/>'
    )
    rows = (
        f"<table:table-row>{cell(copies=2)}{cell()}{cell()}</table:table-row>"
        f'<table:table-row table:default-cell-style-name="s">{cell()}{cell("n")}</table:table-row>'
        f'<table:table-row table:default-cell-style-name="n">{cell(copies=3)}</table:table-row>'
        f'<table:table-row>{cell(copies=2)}<table:table-cell table:style-name="s"/></table:table-row>'
    )
    other = f'<table:table table:name="a"><table:table-row>{cell(copies=4)}</table:table-row></table:table>'
    path = tmp_path / "a.ods"
    assert [(0, 2), (1, 0)] == struck_in(path, ods(columns + rows, styles=styles, sheets=other))
    checked = check_file(path)
    assert isinstance(checked, CheckedFile)
    assert [] == checked.sheets["a"].struck


def test_some_words_of_a_cell_in_opendocument(tmp_path: Path) -> None:
    """In a paragraph of it or some words; not in a comment on it. A cell's style of the same name is another."""
    line = f'{LINE}-style="solid"'
    styles = style("T1", line, family="text") + style("P1", line, family="paragraph") + style("ce1", line)
    span = '<text:span text:style-name="{}">not</text:span>'
    note = f"<office:annotation><text:p>{span.format('T1')}</text:p></office:annotation><text:p>x</text:p>"
    cells = [
        cell(text=f"We {span.format('T1')} comply"),
        cell(text=span.format("ce1")),
        cell("T1"),
        f"<table:table-cell>{note}</table:table-cell>",
        '<table:table-cell><text:p text:style-name="P1">x</text:p></table:table-cell>',
        cell(),
    ]
    content = ods(f"<table:table-row>{''.join(cells)}</table:table-row>", styles=styles)
    assert [(0, 0), (0, 4)] == struck_in(tmp_path / "a.ods", content)


def test_of_very_many_cells_the_first_are_enough(tmp_path: Path) -> None:
    """In either format; copies of a row are counted too."""
    rows = f'<table:table-row table:number-rows-repeated="900">{cell("s", copies=150)}</table:table-row>'
    content = ods(rows, styles=style("s", f'{LINE}-style="solid"'))
    found = struck_in(tmp_path / "a.ods", content)
    assert (MOST_STRUCK, (0, 0), (6, 99)) == (len(found), found[0], found[-1])
    numbers = struct.pack("<HI", 2, 6) * 150 + struct.pack("<H", 149)
    cells = ((MULRK, struct.pack("<HH", row, 0) + numbers) for row in range(10))
    content = old_workbook(*cells, before=[*FONTS, *FORMATS])
    assert MOST_STRUCK == len(struck_in(tmp_path / "a.xls", content))
