"""Differences of Windows that can be tested on any system: line ends, names of files and long paths."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

import fatf_kit
from fatf_kit.assessment.folder.agencies import is_agency_id, read_agencies
from fatf_kit.assessment.folder.assignment import read_assignment
from fatf_kit.assessment.folder.kept_files import file_moment
from fatf_kit.assessment.folder.settings import read_settings
from fatf_kit.core.store import write_file
from fatf_kit.framework import load_framework, read_framework
from fatf_kit.npo.functions import npo_check
from fatf_kit.npo.mapping.column_map import load_mapping
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.register.settings_file import load_settings
from fatf_kit.outlook.sources import read_ratings
from fatf_kit.published.loader import read_published
from fatf_kit.report.write import FORMATS
from fatf_kit.scoring import load_policy

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "ruritania"
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[ .]$')

READ: dict[Path, Callable[[Path], object]] = {
    EXAMPLE / "assessment.json": read_settings,
    EXAMPLE / "agencies.csv": lambda path: read_agencies(path, "en"),
    EXAMPLE / "assignment.csv": lambda path: read_assignment(path, load_framework("fatf-2022"), ()),
    ROOT / "examples" / "npo" / "settings.json": lambda path: load_settings(path, load_method()),
    ROOT / "frameworks" / "published" / "ratings.csv": read_published,
}


@pytest.mark.parametrize("source", READ, ids=lambda path: path.name)
def test_line_ends_of_windows_change_nothing(source: Path, tmp_path: Path) -> None:
    """The same file with CR LF gives the same value and the same problems."""
    plain, windows = tmp_path / "lf" / source.name, tmp_path / "crlf" / source.name
    content = source.read_bytes().replace(b"\r\n", b"\n")
    for path, ends in ((plain, content), (windows, content.replace(b"\n", b"\r\n"))):
        path.parent.mkdir()
        path.write_bytes(ends)
    assert READ[source](plain) == READ[source](windows)


def test_register_with_line_ends_of_windows(tmp_path: Path) -> None:
    """It has the same problems."""
    content = (ROOT / "examples" / "npo" / "register.csv").read_bytes().replace(b"\r\n", b"\n")
    found = []
    for name, ends in (("a", content), ("b", content.replace(b"\n", b"\r\n"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "register.csv").write_bytes(ends)
        found.append(npo_check(tmp_path / name / "register.csv"))
    assert found[0] == found[1]


def test_mapping_and_ratings_with_line_ends_of_windows(tmp_path: Path) -> None:
    """Also those that people write by hand."""
    (tmp_path / "r.csv").write_bytes(b"unit,rating\r\nR.1,LC\r\nIO.1,SE\r\n")
    ratings, problems = read_ratings(tmp_path / "r.csv", load_framework("fatf-2022"))
    assert (dict(ratings), problems) == ({"R.1": "LC", "IO.1": "SE"}, ())
    (tmp_path / "m.json").write_bytes(
        b'{\r\n"schema": "fatf-kit/npo-mapping/1",\r\n"columns": {"npo_id": {"from": "Number"}}\r\n}\r\n'
    )
    assert set(load_mapping(tmp_path / "m.json", load_method()).fields) == {"npo_id"}


def test_edition_checked_out_on_windows_has_the_same_fingerprint(tmp_path: Path) -> None:
    """Git may change line ends; the texts are the same, and so is what a report names."""
    folder = tmp_path / "fatf-2022"
    shutil.copytree(ROOT / "frameworks" / "fatf-2022", folder)
    for page in folder.rglob("*.json"):
        page.write_bytes(page.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    framework, problems = read_framework(folder)
    assert problems == ()
    assert framework is not None
    assert load_framework("fatf-2022").digest == framework.digest


def test_policy_is_read_with_line_ends_of_windows(tmp_path: Path) -> None:
    """Its numbers are the same; its fingerprint is of its bytes."""
    source = ROOT / "frameworks" / "policies" / "indicative-2.json"
    own = source.read_bytes().replace(b'"indicative-2"', b'"own"').replace(b"\n", b"\r\n")
    (tmp_path / "own.json").write_bytes(own)
    assert load_policy().compliance == load_policy(tmp_path / "own.json").compliance


@pytest.mark.parametrize("name", ["con", "nul", "prn", "aux", "com1", "com9", "lpt1", "lpt9", "a.b", "a b", "a:b", "é"])
def test_agency_is_never_called_what_no_file_may_be_called(name: str) -> None:
    """Its id names its workbook."""
    assert not is_agency_id(name)


def test_names_of_what_is_written_are_allowed_on_windows() -> None:
    """Reports, and the moment in the name of a file of the history."""
    for name in (*(name for name, _ in FORMATS.values()), f"{file_moment('2026-11-24T15:00+00:00')} assessment.json"):
        assert name == PureWindowsPath(name).name
        assert not FORBIDDEN.search(name)
        assert not RESERVED.fullmatch(name)


def test_names_of_what_is_shipped_are_allowed_on_windows() -> None:
    """No reserved name, no forbidden letter, no two that differ by case only, and none too long."""
    for base in ("frameworks", "templates", "examples", "fatf_kit"):
        paths = [path.relative_to(ROOT) for path in (ROOT / base).rglob("*") if "__pycache__" not in path.parts]
        assert len(paths) == len({path.as_posix().casefold() for path in paths})
        for path in paths:
            assert not any(FORBIDDEN.search(part) or RESERVED.fullmatch(part) for part in path.parts), path
            assert len(str(path)) < 120, path


def test_long_paths(tmp_path: Path) -> None:
    """A template is written and read more than 260 letters down."""
    folder = tmp_path.joinpath(*["a long name of a folder, as ministries have them"] * 6)
    path = fatf_kit.template(folder / "fiu.xlsx", only=["R.2"])
    assert len(str(path)) > 260
    scored = fatf_kit.score([path])
    assert [given.name for given in scored.responses.inputs] == ["fiu.xlsx"]
    write_file(folder / "again.txt", b"1")
    assert (folder / "again.txt").read_bytes() == b"1"
