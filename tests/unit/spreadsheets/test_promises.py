"""Counts and sizes that a file states about itself are checked, because some readers crash on false ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fatf_kit.core.problems import Problem
from fatf_kit.spreadsheets.formats import limits
from fatf_kit.spreadsheets.formats.guard import check_file
from tests.unit.spreadsheets.packing import ods, packed

Repack = Callable[..., Path]
STRINGS = "xl/sharedStrings.xml"


def find_refusal(path: Path) -> tuple[str, str] | None:
    """Return the code and the reason of a refusal; None if the file may be read."""
    checked = check_file(path)
    if not isinstance(checked, Problem):
        return None
    facts = dict(checked.facts)
    return checked.code, facts.get("why") or facts.get("what", "")


def only(part: str, change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    """Return a change of one part of a package."""
    return lambda name, content: change(content) if name == part else content


def written(folder: Path, content: bytes) -> Path:
    """Write a file with this content."""
    path = folder / "answers"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("wrap", [b"%s", b"<a>%s</a>", b'<!-- uniqueCount="1" -->%s'])
@pytest.mark.parametrize("count", [b'"2000000000"', b"'+2000000000'", b"' 2000000000'"])
def test_a_false_count_of_texts_does_not_end_the_process(repacked: Repack, wrap: bytes, count: bytes) -> None:
    """A false count of texts is refused in every notation and at every place in the part."""

    def change(part: bytes) -> bytes:
        head, _, rest = part[part.index(b"<sst") :].partition(b'uniqueCount="')
        return wrap % (head + b"uniqueCount=" + count + rest.partition(b'"')[2])

    assert find_refusal(repacked(only(STRINGS, change))) == ("file-broken", limits.FALSE_COUNT)


def test_a_count_of_uses_may_be_larger_than_the_list(repacked: Repack) -> None:
    """A count of uses above the number of texts is allowed, because one text may fill a million cells."""
    assert find_refusal(repacked(only(STRINGS, lambda part: part.replace(b' count="', b' count="9999')))) is None


def test_two_sheets_of_one_title_are_broken(repacked: Repack, tmp_path: Path) -> None:
    """Two sheets with one title are refused, because a reader would give the wrong one and lose answers."""
    twice = only("xl/workbook.xml", lambda part: part.replace(b'name="R.9"', b'name="R.2"'))
    assert find_refusal(repacked(twice)) == ("file-broken", limits.SAME_TITLE)
    second = '<table:table table:name="R.9"/>'
    assert find_refusal(written(tmp_path, ods("", sheets=second))) == ("file-broken", limits.SAME_TITLE)


def test_many_sheets_of_no_title_are_counted(tmp_path: Path) -> None:
    """Tables without a title in an OpenDocument file count towards the limit of sheets."""
    code, _ = find_refusal(written(tmp_path, ods("", sheets="<table:table/>" * limits.MAX_SHEETS))) or ("", "")
    assert code == "file-too-large"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/custom.xml"])
def test_a_huge_list_is_not_read_as_a_tree(repacked: Repack, part: str) -> None:
    """A huge list inside a package is refused, because its tree would take fifty times its size."""
    filler = b"".join(b"<!--%x-->" % (n * 7919) for n in range(limits.MAX_TREE // 10))
    found = find_refusal(repacked(only(part, lambda old: old[: old.rindex(b"</")] + filler + old[old.rindex(b"</") :])))
    assert found == ("file-too-large", "a list inside it is too long")


def test_too_many_cells_with_errors(tmp_path: Path) -> None:
    """Too many cells with errors are refused, because each would get a message."""
    cell = (
        '<table:table-cell office:value-type="string" calcext:value-type="error" table:number-columns-repeated="{}">'
        "<text:p>#REF!</text:p></table:table-cell>"
    )
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    most = limits.MAX_CELL_ERRORS // 50
    assert find_refusal(written(tmp_path, ods(row.format(most, cell.format(50))))) is None
    found = find_refusal(written(tmp_path, ods(row.format(most + 1, cell.format(50)))))
    assert found == ("file-too-large", "too many cells with errors")


def test_blanks_that_are_counted_instead_of_written(tmp_path: Path) -> None:
    """A huge count of blanks in an OpenDocument text is refused."""
    cell = '<table:table-cell><text:p><text:s text:c="{}"/>x</text:p></table:table-cell>'
    few, many = (ods(f"<table:table-row>{cell.format(count)}</table:table-row>") for count in (1_000, 2_000_000_000))
    assert find_refusal(written(tmp_path, few)) is None
    assert find_refusal(written(tmp_path, many)) == ("file-too-large", "too much text")


def test_a_workbook_encrypted_as_a_whole(tmp_path: Path) -> None:
    """A workbook that LibreOffice encrypts as a whole is reported as encrypted."""
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "encrypted-package": b"x",
        "META-INF/manifest.xml": b"<manifest:encryption-data/>",
    }
    code, _ = find_refusal(written(tmp_path, packed(parts))) or ("", "")
    assert code == "file-encrypted"


def test_macros_under_another_name(repacked: Repack) -> None:
    """Macros under another name are found by the list of types."""
    kind = b'<Override PartName="/xl/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    code, _ = find_refusal(repacked(only("[Content_Types].xml", lambda part: part.replace(b"</Types>", kind)))) or (
        "",
        "",
    )
    assert code == "file-macros"
