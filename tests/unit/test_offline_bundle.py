"""Archives for machines without internet: what they lack is found before anybody carries them there."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.offline import check_files, windows_folders
from tools.offline_bundle import (
    TOP,
    _remove_samples,
    _remove_sources,
    _unpack_python,
    write_archive,
    write_checksums,
    write_scripts,
)
from tools.offline_checks import check_tree, list_compiled_modules
from tools.offline_guides import write_guides
from tools.offline_targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
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


def test_scripts_have_the_line_ends_of_their_system(tmp_path: Path) -> None:
    """Those of Windows are ASCII; the README has three languages and says what was not run."""
    write_scripts(tmp_path, WINDOWS, "3.12", "1.0")
    pages = [path.read_bytes() for path in tmp_path.glob("*.bat")]
    assert len(pages) == 5
    assert all(page.isascii() and page.count(b"\n") == page.count(b"\r\n") for page in pages)
    readme = (tmp_path / "README.txt").read_text(encoding="utf-8-sig")
    assert [words in readme for words in ("was not run", "ولم يُشغَّل", "n’a pas été exécutée")] == [True] * 3
    assert "{" not in readme
    write_scripts(tmp_path / "other", TARGETS["linux_x86_64"], "3.12", "1.0")
    assert not any(b"\r" in path.read_bytes() for path in (tmp_path / "other").iterdir())


def test_installers_copy_every_script_by_name(tmp_path: Path) -> None:
    """A file that the archive has is copied and removed again; only the installer stays in the archive."""
    for target, installer, remover in (
        (WINDOWS, "Install.bat", "Uninstall.bat"),
        (TARGETS["linux_x86_64"], "install.sh", "uninstall.sh"),
    ):
        folder = tmp_path / target.name
        write_scripts(folder, target, "3.12", "1.0")
        names = {path.name for path in folder.iterdir()} - {installer} | {"SHA256SUMS"}
        assert [name for name in names if name not in (folder / installer).read_text(encoding="ascii")] == []
        removed = (folder / remover).read_text(encoding="ascii")
        assert [name for name in names - {remover} if name not in removed] == []
        assert "/MIR" not in (folder / installer).read_text(encoding="ascii")


def test_the_archive_has_one_top_folder_and_its_checksums(tmp_path: Path) -> None:
    """A missing file and a changed one are found by their names; the installer may be missing in a copy."""
    tree, archive = tmp_path / "tree", tmp_path / "archive.zip"
    for name in ("lib/a.py", "lib/دليل.txt", "Install.bat"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(name, encoding="utf-8")
    write_checksums(tree)
    write_archive(tree, archive)
    zipfile.ZipFile(archive).extractall(tmp_path / "unpacked")
    assert [path.name for path in (tmp_path / "unpacked").iterdir()] == [TOP]
    copy = tmp_path / "unpacked" / TOP
    (copy / "Install.bat").unlink()
    assert list(check_files.find_faults(copy)) == []
    (copy / "lib" / "a.py").write_text("changed", encoding="utf-8")
    (copy / "lib" / "دليل.txt").unlink()
    assert [fault.partition(":")[0] for fault in check_files.find_faults(copy)] == ["lib/a.py", "lib/دليل.txt"]


def test_tests_and_samples_of_other_packages_are_left_out(tmp_path: Path) -> None:
    """Those of fatf-kit itself, and a module of that name, stay."""
    for name in ("pandas/tests/a.py", "matplotlib/mpl-data/sample_data/b.csv", "fatf_kit/tests/c.py", "x/tests.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    _remove_samples(tmp_path)
    kept = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert kept == {"fatf_kit/tests/c.py", "x/tests.py"}


def test_sources_of_compiled_modules_are_left_out(tmp_path: Path) -> None:
    """Programs, data and the stubs that are read at run time stay, and so does everything of fatf-kit."""
    kept = ["fatf_kit/a.c", "fatf_kit/b.pyi", "fonttools/c.py", "fonttools/d.so", "lazy/e.pyi", "numpy/f.h5"]
    gone = ["fonttools/c.c", "lxml/includes/etree.h", "lxml/etree.pyx", "numpy/lib/libnpymath.a"]
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    _remove_sources(tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == kept


def test_paths_that_windows_cannot_open_are_found(lib: Path) -> None:
    """The folder of the installation needs its part of the 259 characters."""
    (lib / ("long" * 40)).write_bytes(b"")
    assert ["too long" in fault for fault in check_tree(lib, WINDOWS, "3.12")] == [True]


def test_windows_names_the_desktop_and_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OneDrive moved them; a desktop that is gone leaves the script where it is."""
    folders = {windows_folders.DESKTOP: tmp_path / "OneDrive - وزارة" / "سطح المكتب"}

    def answer(_window: None, number: int, _token: None, _flags: int, text: ctypes.Array[ctypes.c_wchar]) -> int:
        text.value = str(folders.get(number, ""))
        return 0 if number in folders else 1

    shell = SimpleNamespace(shell32=SimpleNamespace(SHGetFolderPathW=answer))
    monkeypatch.setattr(ctypes, "windll", shell, raising=False)
    script = tmp_path / "New assessment.bat"
    script.write_text("echo", encoding="ascii")
    assert windows_folders.place(script) == script
    folders[windows_folders.DESKTOP].mkdir(parents=True)
    placed = windows_folders.place(script)
    assert placed == folders[windows_folders.DESKTOP] / script.name
    assert placed.read_text(encoding="ascii") == "echo"
    windows_folders.remove(script.name)
    assert not placed.exists()
    assert windows_folders.find_folder(windows_folders.DOCUMENTS) is None


def find_printed_lines() -> list[tuple[str, str]]:
    """Find every `make offline` line that a page prints, with the page."""
    pages = (ROOT / "README.md", ROOT / "RELEASING.md", *(ROOT / "docs").rglob("*.md"))
    return sorted(
        {
            (line.strip(), str(page.relative_to(ROOT)))
            for page in pages
            for line in re.findall(r"make offline(?: [A-Z_]+=[^\s`]+)+", page.read_text(encoding="utf-8"))
        }
    )


@pytest.mark.full
def test_printed_lines_work_in_a_fresh_clone(tmp_path: Path) -> None:
    """There `.venv` does not exist yet: make creates it with a Python, and builds for the target that is named."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).write_text("", encoding="utf-8")
    pages = set()
    for line, page in find_printed_lines():
        done = subprocess.run([*line.split(), "--dry-run"], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert re.search(r"python\S* -m venv \.venv", done.stdout), (page, done.stdout)
        assert "--target win_amd64 \\\n  --target-python 3.12" in done.stdout, page
        assert "--group dev" not in done.stdout, page
        pages.add(page)
    assert pages >= {"README.md", "docs/start.md", "docs/ar/start.md", "docs/fr/start.md"}


def test_a_version_in_place_of_a_python_is_refused(tmp_path: Path) -> None:
    """The message names the option that was meant."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    done = subprocess.run(
        ["make", "offline", "TARGET=win_amd64", "PYTHON=3.12"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "TARGET_PYTHON=3.12" in done.stderr


@pytest.mark.full
def test_a_printed_line_builds_an_archive_in_a_fresh_clone(tmp_path: Path) -> None:
    """It is typed as the page prints it, and downloads what it needs."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{ROOT}", str(clone)], check=True)
    line = next(line for line, page in find_printed_lines() if page == "docs/start.md")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "PYTHON"))}
    subprocess.run(line.split(), cwd=clone, env=environment, check=True)
    (archive,) = (clone / "dist").glob("fatf-kit-*-offline-win_amd64-py312.zip")
    assert f"{TOP}/Install.bat" in zipfile.ZipFile(archive).namelist()


def test_an_embeddable_python_finds_the_packages(tmp_path: Path) -> None:
    """Its list of places names the folder next to it; another file, or one for another machine, is refused."""
    good, bad = tmp_path / "python-3.12.9-embed-amd64.zip", tmp_path / "other.zip"
    with zipfile.ZipFile(good, "w") as archive:
        archive.writestr("python312._pth", "python312.zip\r\n.\r\n\r\n# import site\r\n")
        archive.writestr("python.exe", b"MZ".ljust(0x3C) + b"\x40\0\0\0PE\0\0\x64\x86")
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("readme.txt", "")
    _unpack_python(good, tmp_path / "python", "3.12", "AMD64")
    assert (tmp_path / "python" / "python312._pth").read_text(encoding="utf-8").split() == [
        "python312.zip",
        ".",
        "..\\lib",
    ]
    for number, (file, machine) in enumerate(((bad, "AMD64"), (good, "ARM64"))):
        with pytest.raises(RuntimeError, match=f"embeddable Python 3.12 .* for {machine}"):
            _unpack_python(file, tmp_path / f"refused-{number}", "3.12", machine)


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
