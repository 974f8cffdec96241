"""Archives for machines without internet: what they lack is found before anybody carries them there."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tools.offline_bundle import (
    _unpack_python,
    _write_scripts,
    check_tree,
    list_compiled_modules,
    write_guides,
)
from tools.offline_targets import TARGETS

WINDOWS = TARGETS["win_amd64"]


def add_package(lib: Path, name: str, *requirements: str, version: str = "1.0") -> None:
    """A package as pip installs it."""
    page = lib / f"{name}-{version}.dist-info" / "METADATA"
    page.parent.mkdir(parents=True)
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {one}" for one in requirements)]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def lib(tmp_path: Path) -> Path:
    """A tree for Windows in which every compiled module of this installation has its file."""
    for module in list_compiled_modules():
        place = tmp_path.joinpath(*module.split("."))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_name(f"{place.name}.cp312-win_amd64.pyd").write_bytes(b"")
    add_package(tmp_path, "kit", "other>=1.0", 'only-there; sys_platform == "darwin"')
    add_package(tmp_path, "other")
    return tmp_path


def test_a_whole_tree_has_no_fault(lib: Path) -> None:
    """Requirements of other systems are not needed."""
    assert list(check_tree(lib, WINDOWS, "3.12")) == []


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("a.cpython-312-x86_64-linux-gnu.so", "of another system"),
        ("b.cp311-win_amd64.pyd", "of another Python"),
    ],
)
def test_files_of_other_systems_are_found(lib: Path, file: str, fault: str) -> None:
    """By their endings and tags."""
    (lib / file).write_bytes(b"")
    assert [fault in one for one in check_tree(lib, WINDOWS, "3.12")] == [True]


def test_a_missing_requirement_and_a_missing_module_are_found(lib: Path) -> None:
    """Each by its name."""
    add_package(lib, "third", "absent", "other>=2")
    gone = next(lib.rglob("*.pyd"))
    gone.unlink()
    faults = list(check_tree(lib, WINDOWS, "3.12"))
    assert len(faults) == 3
    assert "third needs absent" in faults[0]
    assert "third needs other>=2" in faults[1]
    assert gone.name.partition(".")[0] in faults[2]


def test_scripts_of_windows_are_ascii_with_its_line_ends(tmp_path: Path) -> None:
    """Those of other systems have their own."""
    _write_scripts(tmp_path, WINDOWS, "3.12", "1.0")
    pages = [path.read_bytes() for path in tmp_path.glob("*.bat")]
    assert len(pages) == 3
    assert all(page.isascii() and page.count(b"\n") == page.count(b"\r\n") for page in pages)
    assert "was not run" in (tmp_path / "README.txt").read_text(encoding="utf-8")
    _write_scripts(tmp_path, TARGETS["linux_x86_64"], "3.12", "1.0")
    assert b"\r" not in (tmp_path / "install.sh").read_bytes()


def test_an_embeddable_python_finds_the_packages(tmp_path: Path) -> None:
    """Its list of places names the folder next to it; another file is refused."""
    good, bad = tmp_path / "python-3.12.9-embed-amd64.zip", tmp_path / "other.zip"
    with zipfile.ZipFile(good, "w") as archive:
        archive.writestr("python312._pth", "python312.zip\r\n.\r\n\r\n# import site\r\n")
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("readme.txt", "")
    _unpack_python(good, tmp_path / "python", "3.12")
    assert (tmp_path / "python" / "python312._pth").read_text(encoding="utf-8").split() == [
        "python312.zip",
        ".",
        "..\\lib",
    ]
    with pytest.raises(RuntimeError, match="embeddable"):
        _unpack_python(bad, tmp_path / "python2", "3.12")


def test_systems_have_the_names_that_people_know() -> None:
    """Python calls macOS by the name of its kernel."""
    assert {target.system_name for target in TARGETS.values()} == {"Windows", "Linux", "macOS"}


def test_guides_are_pages_in_the_direction_of_their_language(tmp_path: Path) -> None:
    """Every guide of the docs, and Arabic from the right."""
    write_guides(tmp_path)
    assert {path.parent.name for path in tmp_path.rglob("coordinator.html")} == {"en", "ar", "fr"}
    assert 'dir="rtl"' in (tmp_path / "ar" / "coordinator.html").read_text(encoding="utf-8")
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<h1" in text, page
        linked = re.findall(r'href="([^":#]+)', text)
        assert [name for name in linked if not (page.parent / name).is_file()] == [], page
    assert (tmp_path / "en" / "start.html").is_file()


def test_windows_on_arm_needs_no_typst(lib: Path) -> None:
    """There is no typst for it; every other compiled module is needed there too."""
    for file in lib.rglob("*.pyd"):
        file.rename(file.with_name(file.name.replace("win_amd64", "win_arm64")))
    shutil.rmtree(lib / "typst", ignore_errors=True)
    for file in lib.glob("typst*"):
        file.unlink()
    assert list(check_tree(lib, TARGETS["win_arm64"], "3.12")) == []
    assert any("typst" in fault for fault in check_tree(lib, WINDOWS, "3.12"))
