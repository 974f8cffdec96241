"""What a file says about itself is not believed: readers make room for it, and some end the whole process."""

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


def told(path: Path) -> tuple[str, str] | None:
    """The code of the Problem and what it names as the reason; None where the file may be read."""
    checked = check_file(path)
    if not isinstance(checked, Problem):
        return None
    facts = dict(checked.facts)
    return checked.code, facts.get("why") or facts.get("what", "")


def only(part: str, change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    """A change of one part of a package."""
    return lambda name, content: change(content) if name == part else content


def written(folder: Path, content: bytes) -> Path:
    """A file with this content."""
    path = folder / "answers"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("wrap", [b"%s", b"<a>%s</a>", b'<!-- uniqueCount="1" -->%s'])
@pytest.mark.parametrize("count", [b'"2000000000"', b"'+2000000000'", b"' 2000000000'"])
def test_a_false_count_of_texts_does_not_end_the_process(repacked: Repack, wrap: bytes, count: bytes) -> None:
    """However it is written, and where no other reader would look for it."""

    def change(part: bytes) -> bytes:
        head, _, rest = part[part.index(b"<sst") :].partition(b'uniqueCount="')
        return wrap % (head + b"uniqueCount=" + count + rest.partition(b'"')[2])

    assert told(repacked(only(STRINGS, change))) == ("file-broken", limits.FALSE_COUNT)


def test_a_count_of_uses_may_be_larger_than_the_list(repacked: Repack) -> None:
    """One text may stand in a million cells."""
    assert told(repacked(only(STRINGS, lambda part: part.replace(b' count="', b' count="9999')))) is None


def test_two_sheets_of_one_title_are_broken(repacked: Repack, tmp_path: Path) -> None:
    """A reader asked for one by its title gives the other, and answers would be lost."""
    twice = only("xl/workbook.xml", lambda part: part.replace(b'name="R.9"', b'name="R.2"'))
    assert told(repacked(twice)) == ("file-broken", limits.SAME_TITLE)
    second = '<table:table table:name="R.9"/>'
    assert told(written(tmp_path, ods("", sheets=second))) == ("file-broken", limits.SAME_TITLE)


def test_many_sheets_of_no_title_are_counted(tmp_path: Path) -> None:
    """In an OpenDocument file a table may have none."""
    code, _ = told(written(tmp_path, ods("", sheets="<table:table/>" * limits.MAX_SHEETS))) or ("", "")
    assert code == "file-too-large"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/custom.xml"])
def test_a_huge_list_is_not_read_as_a_tree(repacked: Repack, part: str) -> None:
    """It would take fifty times its size in memory, and whole seconds."""
    filler = b"".join(b"<!--%x-->" % (n * 7919) for n in range(limits.MAX_TREE // 10))
    said = told(repacked(only(part, lambda old: old[: old.rindex(b"</")] + filler + old[old.rindex(b"</") :])))
    assert said == ("file-too-large", "a list inside it is too long")


def test_too_many_cells_with_errors(tmp_path: Path) -> None:
    """A message for each would bury everything else."""
    cell = (
        '<table:table-cell office:value-type="string" calcext:value-type="error" table:number-columns-repeated="{}">'
        "<text:p>#REF!</text:p></table:table-cell>"
    )
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    most = limits.MAX_FLAWS // 50
    assert told(written(tmp_path, ods(row.format(most, cell.format(50))))) is None
    said = told(written(tmp_path, ods(row.format(most + 1, cell.format(50)))))
    assert said == ("file-too-large", "too many cells with errors")


def test_blanks_that_are_counted_instead_of_written(tmp_path: Path) -> None:
    """OpenDocument says how many, and a reader writes them out."""
    cell = '<table:table-cell><text:p><text:s text:c="{}"/>x</text:p></table:table-cell>'
    few, many = (ods(f"<table:table-row>{cell.format(count)}</table:table-row>") for count in (1_000, 2_000_000_000))
    assert told(written(tmp_path, few)) is None
    assert told(written(tmp_path, many)) == ("file-too-large", "too much text")


def test_a_workbook_encrypted_as_a_whole(tmp_path: Path) -> None:
    """As newer LibreOffice does it: nothing inside shows what it was."""
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "encrypted-package": b"x",
        "META-INF/manifest.xml": b"<manifest:encryption-data/>",
    }
    code, _ = told(written(tmp_path, packed(parts))) or ("", "")
    assert code == "file-encrypted"


def test_macros_under_another_name(repacked: Repack) -> None:
    """The list of types names them."""
    kind = b'<Override PartName="/xl/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    code, _ = told(repacked(only("[Content_Types].xml", lambda part: part.replace(b"</Types>", kind)))) or ("", "")
    assert code == "file-macros"
