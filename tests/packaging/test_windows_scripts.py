"""The scripts of the Windows archive under Wine: nothing that people do with the archive does harm.

A stand-in takes the place of Python, and another that of robocopy, which copies nothing in Wine. cmd.exe is that of
Wine. The tests are skipped where Wine or the compiler for the stand-ins is missing.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL

import pytest

from fatf_kit.workflows.assessment_folder import write_launchers

SCRIPTS = Path(__file__).resolve().parents[2] / "tools" / "offline" / "windows"
COMPILER = "x86_64-w64-mingw32-gcc"
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(
        not shutil.which("wine") or not shutil.which(COMPILER), reason="needs wine and gcc-mingw-w64-x86-64"
    ),
]
DRIVER = """@set "LOCALAPPDATA=%T_LOCAL%"
@set "ProgramFiles=%T_PROGRAMS%"
@set "USERPROFILE=%T_PROFILE%"
@call "%T_SCRIPT%" %T_WORDS%
@exit %errorlevel%
"""


@dataclass
class Machine:
    """A user of Windows under Wine, whose folders are in `place`; `settings` reach the stand-in for Python."""

    prefix: Path
    place: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def profile(self) -> Path:
        """The profile of the user, with an Arabic name and a space."""
        return self.place / "أحمد (1) R&D"

    @property
    def home(self) -> Path:
        """The folder of the installation for one user."""
        return self.profile / "Local" / "fatf-kit"

    @property
    def programs(self) -> Path:
        """The folder of programs for all users."""
        return self.place / "Program Files"

    def run(self, script: Path, words: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a script as a double click does, and press a key as often as it asks for one."""
        driver = self.place / "driver.bat"
        driver.write_text(DRIVER, encoding="ascii", newline="\r\n")
        environment = {
            "T_LOCAL": name_for_wine(self.profile / "Local"),
            "T_PROGRAMS": name_for_wine(self.programs),
            "T_PROFILE": name_for_wine(self.profile),
            "T_SCRIPT": name_for_wine(script),
            "T_WORDS": words,
        }
        return self.wine("cmd", "/c", name_for_wine(driver), **(environment | self.settings | settings))

    def wine(self, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a program of Windows."""
        environment = os.environ | {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "LC_ALL": "C.UTF-8"}
        environment |= {"WINEDLLOVERRIDES": "robocopy.exe=n"} | settings
        return subprocess.run(
            ["wine", *command], cwd=self.place, env=environment, input="\r\n" * 9, capture_output=True, text=True,
            errors="replace", check=False, timeout=120,
        )  # fmt: skip


def name_for_wine(path: Path) -> str:
    """Name a path as Windows does; Wine shows the whole system as drive Z."""
    return "Z:" + str(path).replace("/", "\\")


def write_archive(folder: Path, version: str, python: Path) -> Path:
    """Write what the archive holds: its scripts, and small files in place of libraries, guides and Python."""
    files = {
        "lib/fatf_kit/__init__.py": version,
        "lib/of-this-version-only-" + version: version,
        "lib/دليل/" + "long" * 12 + "/" + "name" * 8 + ".txt": version,
        "guides/en/start.html": version,
        "SHA256SUMS": "",
        "check_files.py": "",
        "windows_folders.py": "",
        "python-version.txt": "3.12\r\n",
        "README.txt": version,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    for script in SCRIPTS.iterdir():
        text = script.read_text(encoding="ascii")
        (folder / script.name).write_text(text, encoding="ascii", newline="\r\n")
    (folder / "python").mkdir()
    shutil.copy(python, folder / "python" / "python.exe")
    return folder


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory, python: Path) -> Iterator[Path]:
    """A new Wine, with a robocopy that copies."""
    folder = tmp_path_factory.mktemp("wine") / "prefix"
    environment = os.environ | {"WINEPREFIX": str(folder), "WINEDEBUG": "-all"}
    silent = functools.partial(
        subprocess.run, env=environment, check=False, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, timeout=180
    )
    silent(["wineserver", "--persistent=60"])  # to start Wine for each script takes longer than the script
    silent(["wineboot", "--init"])
    robocopy = folder / "drive_c" / "windows" / "system32" / "robocopy.exe"
    robocopy.unlink()
    shutil.copy(python, robocopy)
    yield folder
    silent(["wineserver", "--kill"])


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stand-in for Python."""
    program = tmp_path_factory.mktemp("python") / "python.exe"
    source = Path(__file__).with_name("stand_in_python.c")
    subprocess.run([COMPILER, "-municode", "-o", str(program), str(source)], check=True)
    return program


@pytest.fixture
def machine(prefix: Path, tmp_path: Path) -> Machine:
    """A user with an empty profile."""
    machine = Machine(prefix, tmp_path)
    (machine.profile / "Local" / "Microsoft" / "WindowsApps").mkdir(parents=True)
    machine.programs.mkdir()
    return machine


@pytest.fixture
def archive(machine: Machine, python: Path) -> Path:
    """The archive, unpacked into Downloads beside other files."""
    downloads = machine.profile / "Downloads"
    downloads.mkdir()
    (downloads / "mine.txt").write_text("mine", encoding="utf-8")
    return write_archive(downloads / "fatf-kit (2) & more", "1", python)


def list_files(folder: Path) -> set[str]:
    """List the files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.full
@pytest.mark.sample
def test_it_is_installed_by_name_and_only_once_checked(machine: Machine, archive: Path) -> None:
    """Nothing of Downloads is copied; the command is on the path, and the desktop comes last."""
    done = machine.run(archive / "Install.bat")
    assert done.returncode == 0, done.stdout + done.stderr
    expected = list_files(archive) - {"Install.bat"}
    assert list_files(machine.home) == expected
    assert list_files(machine.profile / "Local" / "Microsoft") == {"WindowsApps/fatf-kit.bat"}
    assert done.stdout.index("check_files.py") < done.stdout.index("[doctor]") < done.stdout.index("Installed in")
    assert "New assessment.bat]" in done.stdout.partition("Installed in")[2]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"T_DOCTOR": "1"}, "A check failed"),
        ({"T_CHECK": "1"}, "The copy is incomplete"),
        ({"T_START": "1"}, "Python 3.12 does not start"),
    ],
)
def test_a_failed_step_keeps_the_earlier_version(
    machine: Machine, archive: Path, python: Path, settings: dict[str, str], words: str
) -> None:
    """It says which step failed and that nothing was installed, and its exit code says so too."""
    assert machine.run(archive / "Install.bat", "/quiet").returncode == 0
    before = {name: (machine.home / name).read_bytes() for name in list_files(machine.home)}
    newer = write_archive(machine.place / "newer", "2", python)
    done = machine.run(newer / "Install.bat", "/quiet", **settings)
    assert done.returncode == 1
    assert "NOT installed" in done.stdout
    assert words in done.stdout
    assert "Installed in" not in done.stdout
    assert {name: (machine.home / name).read_bytes() for name in list_files(machine.home)} == before


def test_inside_the_zip_it_refuses(machine: Machine, archive: Path) -> None:
    """Explorer unpacks only the file that was double-clicked; the installation stays as it was."""
    assert machine.run(archive / "Install.bat", "/quiet").returncode == 0
    before = list_files(machine.home)
    temporary = machine.place / "Temp1_fatf-kit.zip"
    temporary.mkdir()
    shutil.copy(archive / "Install.bat", temporary)
    done = machine.run(temporary / "Install.bat")
    assert done.returncode == 1
    assert "Extract All" in done.stdout
    assert list_files(machine.home) == before


def test_twice_and_over_an_older_version(machine: Machine, archive: Path, python: Path) -> None:
    """Nothing of the older version stays, and what the user put into the folder does."""
    for _ in range(2):
        assert machine.run(archive / "Install.bat", "/quiet").returncode == 0
    (machine.home / "notes.txt").write_text("mine", encoding="utf-8")
    (machine.home / "old").mkdir()
    (machine.home / "lib").rename(machine.home / "old" / "lib")  # a run that was cut off left it so
    newer = write_archive(machine.place / "newer", "2", python)
    done = machine.run(newer / "Install.bat", "/quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    assert list_files(machine.home) == list_files(newer) - {"Install.bat"} | {"notes.txt"}
    assert (machine.home / "lib" / "fatf_kit" / "__init__.py").read_text(encoding="utf-8") == "2"
    assert not (machine.home / "new").exists()
    assert not (machine.home / "old").exists()


def test_unpacked_where_it_is_installed(machine: Machine, archive: Path) -> None:
    """Source and target are one folder, and nothing is lost."""
    shutil.copytree(archive, machine.home)
    done = machine.run(machine.home / "Install.bat", "/quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    assert list_files(machine.home) == list_files(archive)


def test_for_all_users_without_questions(machine: Machine, archive: Path) -> None:
    """Program Files alone is written, and the libraries are prepared there."""
    done = machine.run(archive / "Install.bat", "/all /quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    assert list_files(machine.programs / "fatf-kit") == list_files(archive) - {"Install.bat"}
    assert "[compileall]" in done.stdout
    assert not machine.home.exists()
    assert "place" not in done.stdout
    assert "[begin]" in machine.run(machine.programs / "fatf-kit" / "New assessment.bat").stdout


def test_unknown_options_and_folders_that_cannot_be_written(machine: Machine, archive: Path) -> None:
    """Both end before anything is copied."""
    assert machine.run(archive / "Install.bat", "/al").returncode == 2
    machine.home.parent.joinpath("fatf-kit").write_text("a file is in the way", encoding="utf-8")
    done = machine.run(archive / "Install.bat", "/quiet")
    assert done.returncode == 1
    assert "cannot be copied" in done.stdout


def test_the_command_and_the_desktop_find_the_installation(machine: Machine, archive: Path) -> None:
    """Words with spaces and Arabic reach fatf-kit, and its exit code comes back."""
    assert machine.run(archive / "Install.bat", "/quiet").returncode == 0
    command = machine.profile / "Local" / "Microsoft" / "WindowsApps" / "fatf-kit.bat"
    done = machine.run(command, 'score "my folder (1)" R^&D')
    assert "[-P] [-m] [fatf_kit] [score] [my folder (1)]" in done.stdout
    assert machine.run(command, "doctor", T_DOCTOR="3").returncode == 3
    desktop = machine.profile / "سطح المكتب"
    desktop.mkdir()
    shutil.copy(machine.home / "New assessment.bat", desktop)
    assert "[begin]" in machine.run(desktop / "New assessment.bat").stdout


def test_removal_takes_its_own_files_only(machine: Machine, archive: Path) -> None:
    """From the archive nothing is removed; a file of the user stays, with its folder."""
    assert machine.run(archive / "Install.bat", "/quiet").returncode == 0
    before = list_files(archive)
    assert machine.run(archive / "Uninstall.bat", "/quiet").returncode == 1
    assert list_files(archive) == before
    (machine.home / "notes.txt").write_text("mine", encoding="utf-8")
    done = machine.run(machine.home / "Uninstall.bat")
    assert "[remove] [New assessment.bat]" in done.stdout, done.stdout + done.stderr
    assert list_files(machine.home) == {"notes.txt"}
    assert list_files(machine.profile / "Local" / "Microsoft") == set()
    assert (machine.profile / "Downloads" / "mine.txt").is_file()


def test_the_update_of_a_folder_finds_the_installation(machine: Machine, archive: Path) -> None:
    """For one user, or else for all; the folder is named in Arabic."""
    folder = machine.profile / "تقييم"
    folder.mkdir()
    write_launchers(folder)
    assert machine.run(archive / "Install.bat", "/all /quiet").returncode == 0
    assert "[-m] [fatf_kit] [update] [.]" in machine.run(folder / "Update.bat").stdout
    assert machine.run(machine.programs / "fatf-kit" / "Uninstall.bat", "/quiet").stdout
    assert not (machine.programs / "fatf-kit").exists()
    assert machine.run(archive / "Install.bat", "/quiet").returncode == 0
    assert "[-m] [fatf_kit] [update] [.]" in machine.run(folder / "Update.bat").stdout
