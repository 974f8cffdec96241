"""The scripts of the archive for Linux and macOS, with a small program for fatf-kit: no use of them does harm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.offline_bundle import OWN_VERSION, write_checksums, write_scripts
from tools.offline_targets import TARGETS

pytestmark = pytest.mark.skipif(not shutil.which("sh") or sys.platform == "win32", reason="needs sh")
PROGRAM = "import os, sys\nprint('RAN', *sys.argv[1:])\nsys.exit(int(os.environ.get('T_DOCTOR', '0')))\n"


def write_tree(folder: Path, version: str) -> Path:
    """Write an unpacked archive whose libraries are one small program."""
    for name, text in {
        "lib/fatf_kit/__init__.py": f"VERSION = {version!r}\n",
        "lib/fatf_kit/__main__.py": PROGRAM,
        f"lib/only-in-{version}": "",
        "guides/en/دليل.html": version,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    write_scripts(folder, TARGETS["linux_x86_64"], OWN_VERSION, version)
    write_checksums(folder)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a space and Arabic letters."""
    folder = tmp_path / "أحمد (1) & R"
    folder.mkdir()
    return folder


def run(script: Path, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a script as its user types it."""
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHON": sys.executable, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["sh", str(script)], env=environment | settings, capture_output=True, text=True, check=False, cwd=home
    )


def list_installed(folder: Path) -> dict[str, bytes]:
    """Read every file of an installation but the compiled ones."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_is_installed_replaced_and_removed(home: Path, tmp_path: Path) -> None:
    """Nothing of the older version stays; a file of the user does."""
    kit = home / ".local" / "share" / "fatf-kit"
    for version in ("1", "1", "2"):
        done = run(write_tree(tmp_path / version, version) / "install.sh", home)
        assert done.returncode == 0, done.stderr
    expected = list_installed(tmp_path / "2")
    del expected["install.sh"]
    assert list_installed(kit) == expected
    command = home / ".local" / "bin" / "fatf-kit"
    started = subprocess.run([str(command), "score", "a b"], capture_output=True, text=True, check=True)
    assert started.stdout == "RAN score a b\n"
    assert run(tmp_path / "2" / "uninstall.sh", home).returncode == 1
    (kit / "notes.txt").write_text("mine", encoding="utf-8")
    assert run(kit / "uninstall.sh", home).returncode == 0
    assert set(list_installed(kit)) == {"notes.txt"}
    assert not command.exists()


@pytest.mark.parametrize(
    ("settings", "spoilt", "words"),
    [
        ({"T_DOCTOR": "1"}, "", "A check failed"),
        ({}, "lib/fatf_kit/__main__.py", "The copy is incomplete"),
        ({}, "SHA256SUMS", "Files are missing"),
        ({"PYTHON": "no-such-python"}, "", "does not start"),
    ],
)
def test_a_failed_step_keeps_the_earlier_version(
    settings: dict[str, str], spoilt: str, words: str, home: Path, tmp_path: Path
) -> None:
    """The message says that nothing was installed, and why; the exit code says so too."""
    kit = home / ".local" / "share" / "fatf-kit"
    assert run(write_tree(tmp_path / "1", "1") / "install.sh", home).returncode == 0
    before = list_installed(kit)
    newer = write_tree(tmp_path / "2", "2")
    if spoilt:
        (newer / spoilt).unlink()
    done = run(newer / "install.sh", home, **settings)
    assert done.returncode == 1
    assert "NOT installed" in done.stderr
    assert words in done.stderr
    assert "Installed." not in done.stdout
    assert list_installed(kit) == before


def test_for_all_users_in_folders_that_are_named(home: Path, tmp_path: Path) -> None:
    """Nothing is written into the home."""
    folders = {"FATF_KIT_HOME": str(tmp_path / "opt" / "fatf-kit"), "FATF_KIT_BIN": str(tmp_path / "bin")}
    assert run(write_tree(tmp_path / "1", "1") / "install.sh", home, **folders).returncode == 0
    assert list(home.iterdir()) == []
    assert list((tmp_path / "opt" / "fatf-kit").rglob("*.pyc"))
    assert run(tmp_path / "opt" / "fatf-kit" / "uninstall.sh", home, **folders).returncode == 0
    assert [path.name for path in (tmp_path / "opt").iterdir()] == []
    assert list((tmp_path / "bin").iterdir()) == []
