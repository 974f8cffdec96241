"""Pipes, too large files and unclosed quotation marks are refused or reported, and no rows are lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fatf_kit.assessment.folder.agencies import read_agencies
from fatf_kit.core.csv_quotes import find_unclosed_quote
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import MAX_TEXT_FILE, refusal_reason
from fatf_kit.core.json_files import load_json
from fatf_kit.core.store import read_written_files
from fatf_kit.core.store.outputs import WRITTEN
from fatf_kit.framework import load_framework
from fatf_kit.npo.classification.compare import compare_years
from fatf_kit.npo.functions import npo_check
from fatf_kit.npo.register.settings_file import read_overrides
from fatf_kit.outlook.sources import read_ratings
from fatf_kit.published.loader import read_published
from fatf_kit.workflows.verify import MatchState, _standing

READERS: dict[str, Callable[[Path], object]] = {
    "json": load_json,
    "ratings": lambda path: read_ratings(path, load_framework("fatf-2022")),
    "agencies": lambda path: read_agencies(path, "en"),
    "published": read_published,
    "overrides": read_overrides,
    "register": npo_check,
    "years": lambda path: compare_years(path, path),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
@pytest.mark.parametrize("name", READERS)
def test_a_pipe_is_never_waited_for(name: str, tmp_path: Path) -> None:
    """A pipe is refused or reported, because reading it would never end."""
    path = tmp_path / "given.csv"
    os.mkfifo(path)
    try:
        found = repr(READERS[name](path))
    except FatfKitError as refusal:
        found = str(refusal)
    assert "it is a device or a pipe" in found


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    """A file without blocks has its size all the same."""
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        file.truncate(MAX_TEXT_FILE + 1)
    assert (refusal_reason(path), refusal_reason(path, most=None)) == ("it is larger than 100 MB", "")
    data, problems = load_json(path)
    assert (data, [problem.code for problem in problems]) == (None, ["data-json"])


def test_a_note_leads_to_no_other_folder(tmp_path: Path) -> None:
    """Somebody else's note of what was written names only what lies below it."""
    names = ["report.html", "../secret", "/dev/zero", "a/../../b", "a\0b", ""]
    files = ", ".join(f'"{name}": ["sha256:0"]'.replace("\0", "\\u0000") for name in names)
    (tmp_path / WRITTEN).write_text(f'{{"schema": "fatf-kit/written/1", "files": {{{files}}}}}', encoding="utf-8")
    assert read_written_files(tmp_path) == {"report.html": ["sha256:0"]}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
def test_a_pipe_among_the_reports_is_a_change(tmp_path: Path) -> None:
    """A pipe among the reports is reported as a change and not read."""
    os.mkfifo(tmp_path / "report.html")
    assert MatchState.CHANGED is _standing(tmp_path / "report.html", ["sha256:0"])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a,b\n1,2\n", None),
        ('a,b\n1,"two\nlines"\n3,4\n', None),
        ('a,b\n1,"two\n3,4\n', 2),
        ('a,b\n1,2\n3,"4\n', 3),
        ('a,b\n1,"2\n3,4\n5,"6\n', 2),
        ('a,b\n1,"2" x\n', None),
    ],
)
def test_quotation_marks(text: str, line: int | None) -> None:
    """Line breaks in a cell are read; a cell that contains rows or has no end is reported by its first line."""
    assert find_unclosed_quote(text, ",") == line


def test_unclosed_quotation_mark_loses_no_agency(tmp_path: Path) -> None:
    """A table with an unclosed quotation mark is refused with its line."""
    source = Path(__file__).resolve().parents[3] / "examples" / "ruritania" / "agencies.csv"
    lines = source.read_text(encoding="utf-8-sig").splitlines()
    lines[2] = lines[2].replace(",", ',"', 1)
    (tmp_path / "agencies.csv").write_text("\n".join(lines), encoding="utf-8")
    agencies, problems = read_agencies(tmp_path / "agencies.csv", "en")
    assert (
        tuple(agencies),
        [(problem.code, problem.ref and problem.ref.cell) for problem in problems],
    ) == ((), [("table-quote", "line 3")])


def test_unclosed_quotation_mark_loses_no_override(tmp_path: Path) -> None:
    """A table of overrides with an unclosed quotation mark is refused with its line."""
    path = tmp_path / "o.csv"
    path.write_text('npo_id,class,reason,office,date\n1,low,"x,y,2027-01-01\n2,low,x,y,2027-01-01\n', encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"in line 2 of .* is not closed"):
        read_overrides(path)
