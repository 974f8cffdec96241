"""`doctor` finds what is damaged or missing of what is shipped, and says what to do."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from fatf_kit import framework
from fatf_kit.cli import doctor
from fatf_kit.core import messages
from fatf_kit.core.json_files import check_json
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import validate as framework_check
from tests.unit.cli.commands import invoke, json_of


def test_doctor_finds_this_machine_fine() -> None:
    """The machine of the tests has all that is needed; the JSON keeps its schema."""
    document = json_of("doctor")
    assert check_json(document, "doctor-1.schema.json", "doctor") == ()
    assert document["fine"]
    states = {check["name"]: check["state"] for check in document["checks"]}
    assert {
        states[name] for name in ("Python", "matplotlib", "fatf-2022", "lists", "messages, ar", "Arabic in charts")
    } == {"fine"}


@pytest.mark.full
def test_doctor_reports_changed_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Data that is not as it was recorded is named, with what to do, and ends with 1."""
    changed = replace(framework.load_framework("fatf-2022"), digest="sha256:other")
    monkeypatch.setattr(framework, "load_framework", lambda _: changed)
    result = invoke("doctor")
    assert result.return_value == 1
    assert "differs from the recorded version" in result.output


def lines_of(output: str, name: str) -> list[str]:
    """Return the lines on one thing that was checked."""
    return [line for line in output.splitlines() if line.partition("  ")[2].strip().startswith(name)]


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shared lists and catalogues, which the doctor looks at instead."""
    ignored = shutil.ignore_patterns("fatf-20*")
    copy = Path(shutil.copytree(data_folder("frameworks"), tmp_path / "frameworks", ignore=ignored))
    for module in (messages, framework_check):
        monkeypatch.setattr(module, "data_folder", lambda _: copy)
    return copy


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(None, "no catalogue", marks=pytest.mark.full),
        pytest.param(b"msgid \xff", "utf-8", marks=pytest.mark.full),
        (b'msgid "Workbooks read"\nmsgstr ""\n', "translated: 0 of 1"),
        pytest.param(b'msgid "Workbooks read\n', "fr.po", marks=pytest.mark.full),
    ],
    ids=["none", "bytes", "empty", "torn"],
)
def test_doctor_reports_a_catalogue(content: bytes | None, found: str, shipped: Path) -> None:
    """A language whose catalogue is missing, damaged or empty would be English without a word."""
    catalogue = shipped / "locale" / "fr.po"
    catalogue.unlink()
    if content is not None:
        catalogue.write_bytes(content)
    result = invoke("doctor")
    (french,) = lines_of(result.output, "messages, fr")
    (arabic,) = lines_of(result.output, "messages, ar")
    assert (result.return_value, french.startswith("MISSING"), arabic.startswith("ok")) == (1, True, True)
    assert found in french
    assert "Install the package again" in result.output


@pytest.mark.full
def test_a_language_that_is_not_whole_is_no_fault(shipped: Path) -> None:
    """A new language begins with some messages; the others are in English, and nothing has to be installed again."""
    (shipped / "locale" / "fr.po").write_bytes(b'msgid "no"\nmsgstr "non"\n\nmsgid "yes"\nmsgstr ""\n')
    result = invoke("doctor")
    (french,) = lines_of(result.output, "messages, fr")
    assert (french.split()[0], "translated: 1 of 2" in french) == ("-", True)
    assert "Messages without a translation are shown in English." in result.output


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"{", "not valid JSON"),
        pytest.param(b"{}", "roles.json", marks=pytest.mark.full),
        pytest.param(b"\xff", "roles.json", marks=pytest.mark.full),
    ],
    ids=["torn", "empty", "bytes"],
)
def test_doctor_reports_a_list(content: bytes, found: str, shipped: Path) -> None:
    """A list that is no JSON, or not what its schema wants, is named."""
    (shipped / "roles.json").write_bytes(content)
    result = invoke("doctor")
    (line,) = lines_of(result.output, "lists")
    assert (result.return_value, line.startswith("MISSING")) == (1, True)
    assert found in line


ABSENT = {
    "typst>=0.15,<0.16; sys_platform == 'none'": "PDF files cannot be written on this system.",
    "python-pptx>=1.0; extra == 'slides'": "fatf-kit[slides]",
}
MISSING = {
    "typst>=0.15,<0.16": "Install the package again.",
    "python-pptx>=1.0; sys_platform != 'none'": "Install the package again.",
}


@pytest.mark.parametrize(
    ("steps", "mark", "code"), [pytest.param(ABSENT, "-", 0, marks=pytest.mark.full), (MISSING, "MISSING", 1)]
)
def test_doctor_distinguishes_what_a_system_lacks(
    steps: dict[str, str], mark: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that does not exist for this system, or comes with an extra, is absent and no fault."""
    names = [re.split("[>=]", line)[0] for line in steps]

    def find_version(name: str) -> str:
        if name in names:
            raise PackageNotFoundError
        return "1"

    monkeypatch.setattr(doctor, "requires", lambda _: list(steps))
    monkeypatch.setattr(doctor, "version", find_version)
    result = invoke("doctor")
    assert result.return_value == code
    lines = result.output.splitlines()
    for name, step in zip(names, steps.values(), strict=True):
        (found,) = lines_of(result.output, name)
        assert found.startswith(mark), found
        assert step in lines[lines.index(found) + 1]


@pytest.mark.full
def test_doctor_loads_each_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiled file that Windows does not load is reported, although its version is known."""

    def load(name: str) -> None:
        if name == "duckdb":
            raise ImportError("DLL load failed while importing _duckdb: blocked by your administrator")

    monkeypatch.setattr(doctor, "import_module", load)
    result = invoke("doctor")
    (found,) = lines_of(result.output, "duckdb")
    assert (result.return_value, found.startswith("MISSING")) == (1, True)
    assert "DLL load failed" in found
    assert "antivirus" in result.output
