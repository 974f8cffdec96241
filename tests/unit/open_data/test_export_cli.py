"""`frameworks export` and `score --format oscal` write the same files as the library."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit import export_frameworks
from fatf_kit.cli.frameworks import EXPORTS
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.resources import data_folder
from fatf_kit.workflows.open_data import OpenDataFormat
from tests.unit.cli.commands import invoke


def test_the_command_knows_every_format() -> None:
    """The names in --help are those of the library."""
    assert tuple(OpenDataFormat) == EXPORTS


def test_the_command_writes_the_files(tmp_path: Path) -> None:
    """A second run replaces its own files; a changed one is kept."""
    words = ("frameworks", "export", "--as", "datapackage", "-o", str(tmp_path), "--on", "2026-11-28")
    assert invoke(*words).return_value in (0, None)
    for name, content in export_frameworks("datapackage", day="2026-11-28").items():
        assert (tmp_path / name).read_bytes() == content
    assert invoke(*words).return_value in (0, None)
    (tmp_path / "lists.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(FatfKitError, match="was not written by fatf-kit"):
        raise invoke(*words).exception or AssertionError
    assert (tmp_path / "lists.csv").read_text(encoding="utf-8") == "mine"


def test_an_unknown_format_is_an_error() -> None:
    """The message names those that exist."""
    with pytest.raises(UnknownIdError, match="ciso-assistant"):
        export_frameworks("skos", day="2026-11-28")


def test_score_writes_assessment_results(tmp_path: Path) -> None:
    """One file and no charts."""
    workbook = data_folder("examples") / "ruritania" / "workbook"
    invoke("score", str(workbook), "--format", "oscal", "-o", str(tmp_path / "out"))
    assert sorted(path.name for path in (tmp_path / "out").glob("[!.]*")) == ["assessment.oscal.json"]
