"""Build one archive that installs fatf-kit without a network, a compiler or rights: for this system or another one.

    python -m tools.offline_bundle [-o dist] [--target win_amd64] [--target-python 3.12] [--embed FILE]

The archive holds fatf-kit with everything it needs, an installer to double-click, a script that makes a new assessment,
one that removes fatf-kit, and the guides. The scripts are in `tools/offline/`. It uses an installed Python, or the
embeddable one of python.org that was given. The tree is checked: every requirement of every package is there, every
compiled module that fatf-kit loads here exists there for the target, and no file of another system. Where the target is
this system, the archive is installed with the network off, the demo is run, and fatf-kit is removed again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tools.dependency_lock import read_lock, render_requirements, select_packages
from tools.offline_checks import check_tree, list_loaded_tests
from tools.offline_guides import write_guides
from tools.offline_targets import TARGETS, BundleTarget

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = Path(__file__).parent / "offline"
"""Installers, launchers and README of each system, as they are in the archive."""
TOP = "fatf-kit"
"""The one folder at the top of the archive: unpacked among other files, it stays apart from them."""
SAMPLES = {"tests", "sample_data"}
"""Folders of other packages that nobody needs who only uses them."""
SOURCES = {".a", ".c", ".cc", ".cpp", ".h", ".hpp", ".pxd", ".pxi", ".pyx"}
"""Endings of files from which modules are compiled; the archive has the compiled modules."""
_MACHINES = {0x8664: "AMD64", 0xAA64: "ARM64"}
OWN_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
FIXED = (1980, 1, 1, 0, 0, 0)


def build_archive(folder: Path, target: BundleTarget, version: str, embed: Path | None = None) -> Path:
    """Build the archive in a folder and return its path; pip fetches the wheels it needs.

    Raises:
        subprocess.CalledProcessError: a wheel cannot be had for the target.
        RuntimeError: the tree lacks something, or holds files of another system.
    """
    with tempfile.TemporaryDirectory(prefix="fatf-kit-offline-") as name:
        scratch, wheels = Path(name) / "tree", Path(name) / "wheels"
        wheels.mkdir(parents=True)
        code = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(wheels)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (own,) = wheels.glob("fatf_kit-*.whl")
        platforms = [part for tag in target.platforms for part in ("--platform", tag)]
        install = [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(scratch / "lib"), "--no-deps"),
            *("--only-binary", ":all:", "--implementation", "cp", "--python-version", version),
            *("--no-compile", "--disable-pip-version-check", *platforms),
        ]
        locked = Path(name) / "requirements.txt"
        locked.write_text(render_requirements(select_packages(read_lock(), target.describe(version))), encoding="utf-8")
        subprocess.run([*install, "--require-hashes", "--requirement", str(locked)], check=True)
        _remove_scripts(scratch / "lib")  # pip warns where they are there already
        subprocess.run([*install, str(own)], check=True)
        _remove_scripts(scratch / "lib")
        _remove_samples(scratch / "lib")
        _remove_sources(scratch / "lib")
        if faults := list(check_tree(scratch / "lib", target, version)):
            raise RuntimeError("\n".join(faults))
        if embed is not None:
            _unpack_python(embed, scratch / "python", version, target.machine)
        kit = own.name.split("-")[1]
        write_scripts(scratch, target, version, kit)
        write_guides(scratch / "guides")
        write_checksums(scratch)
        archive = folder / f"fatf-kit-{kit}-offline-{target.name}-py{version.replace('.', '')}.zip"
        folder.mkdir(parents=True, exist_ok=True)
        write_archive(scratch, archive)
    return archive


def _remove_scripts(lib: Path) -> None:
    """Remove the commands that pip writes for the system it runs on."""
    for folder in ("bin", "Scripts"):
        shutil.rmtree(lib / folder, ignore_errors=True)


def _unpack_python(embed: Path, folder: Path, version: str, machine: str) -> None:
    """Unpack an embeddable Python, and let it find the packages next to it.

    Raises:
        RuntimeError: it is not an embeddable Python of this version for this machine.
    """
    with zipfile.ZipFile(embed) as archive:
        archive.extractall(folder)
    page = folder / f"python{version.replace('.', '')}._pth"
    if not page.is_file() or _read_machine(folder / "python.exe") != machine:
        raise RuntimeError(f"{embed.name} is not the embeddable Python {version} of python.org for {machine}.")
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    page.write_text("\r\n".join([*lines, "..\\lib", ""]), encoding="utf-8", newline="")


def _read_machine(program: Path) -> str | None:
    """Read for which machine a program of Windows is; None if it is no program.

    Source: Microsoft, PE format: offset of the header at 0x3c, then its mark, then the machine.
    """
    content = program.read_bytes() if program.is_file() else b""
    start = int.from_bytes(content[0x3C:0x40], "little")
    if content[start : start + 4] != b"PE\0\0":
        return None
    return _MACHINES.get(int.from_bytes(content[start + 4 : start + 6], "little"))


def _remove_samples(lib: Path) -> None:
    """Remove the tests and sample data of other packages, unless a module that fatf-kit loads is among them."""
    loaded = list_loaded_tests()
    for folder in sorted(lib.rglob("*")):
        is_sample = folder.name in SAMPLES and folder.is_dir() and "fatf_kit" not in folder.parts
        if is_sample and not any(name.startswith(folder.relative_to(lib).as_posix()) for name in loaded):
            shutil.rmtree(folder)


def _remove_sources(lib: Path) -> None:
    """Remove the files of other packages that only a compiler reads."""
    for file in sorted(lib.rglob("*")):
        if file.suffix in SOURCES and file.is_file() and "fatf_kit" not in file.parts:
            file.unlink()


def write_scripts(scratch: Path, target: BundleTarget, version: str, kit: str) -> None:
    """Write installer, launchers and the README; those of Windows have its line ends."""
    scratch.mkdir(parents=True, exist_ok=True)
    system = "windows" if target.is_windows else "unix"
    newline = "\r\n" if target.is_windows else "\n"
    programs = [SCRIPTS / "check_files.py", *([SCRIPTS / "windows_folders.py"] if target.is_windows else [])]
    for script in (*(SCRIPTS / system).iterdir(), *programs):
        (scratch / script.name).write_text(script.read_text(encoding="ascii"), encoding="ascii", newline=newline)
    (scratch / "python-version.txt").write_text(f"{version}\n", encoding="ascii", newline=newline)
    page = (SCRIPTS / f"readme-{system}.txt").read_text(encoding="utf-8")
    if target == find_own_target() and version == OWN_VERSION:
        page = re.sub(r"^\[not run\].*\n", "", page, flags=re.MULTILINE)
    page = page.replace("[not run] ", "").format(
        kit=kit, system=target.system_name, machine=target.machine, version=version
    )
    encoding = "utf-8-sig" if target.is_windows else "utf-8"  # the mark shows older editors of Windows that it is UTF-8
    (scratch / "README.txt").write_text(page, encoding=encoding, newline=newline)


def write_checksums(folder: Path) -> None:
    """Write SHA256SUMS, which lists every file of a folder in the order of names."""
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in _list_files(folder)
        if path.name != "SHA256SUMS"
    )
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def _list_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def write_archive(folder: Path, target: Path) -> None:
    """Write every file of a folder below one top folder, in the order of names and with fixed dates."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in _list_files(folder):
            info = zipfile.ZipInfo(f"{TOP}/{path.relative_to(folder).as_posix()}", FIXED)
            info.external_attr = (0o755 if path.suffix == ".sh" else 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())


def check_install(archive: Path, target: BundleTarget) -> None:
    """Install the archive without a network in a folder with a space and Arabic letters, run the demo, and remove it.

    Raises:
        subprocess.CalledProcessError: it cannot be installed or removed, or the demo does not run.
        RuntimeError: the demo wrote no report, or something was left after the removal.
    """
    with tempfile.TemporaryDirectory(prefix="fatf-kit-offline-") as name:
        scratch = Path(name) / "Downloads (1) تنزيلات"
        zipfile.ZipFile(archive).extractall(scratch)
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_", "PYTHON", "FATF_KIT"))
        }
        environment |= {"PYTHON": sys.executable, "PIP_NO_INDEX": "1", "HOME": name, "LOCALAPPDATA": name}
        environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
        if target.is_windows:
            home = Path(name) / "fatf-kit"
            install, remove = (
                ["cmd", "/c", "Install.bat", "/quiet"],
                ["cmd", "/c", str(home / "Uninstall.bat"), "/quiet"],
            )
            command = ["cmd", "/c", str(home / "fatf-kit.bat")]
        else:
            home = Path(name) / ".local" / "share" / "fatf-kit"
            install, remove = ["sh", "install.sh"], ["sh", str(home / "uninstall.sh")]
            command = [f"{name}/.local/bin/fatf-kit"]
        demo = [*command, "demo", "-o", "demo", "--quiet"]  # messages of commands are on standard error
        for words in (install, install, demo):  # twice: the second replaces the first
            subprocess.run(
                [*_network_cutoff(), *words], cwd=scratch / TOP, env=environment, check=True, stdout=subprocess.DEVNULL
            )
        if not (scratch / TOP / "demo" / "ruritania" / "report.html").is_file():
            raise RuntimeError("the demo wrote no report")
        subprocess.run(remove, env=environment, check=not target.is_windows, stdout=subprocess.DEVNULL)
        if home.exists():
            raise RuntimeError(f"{home.name} was not removed")


def _network_cutoff() -> list[str]:
    """Return the command prefix that cuts off the network; empty if the system allows none."""
    prefix = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") and subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0:
        return prefix
    return []


def find_own_target() -> BundleTarget | None:
    """Return the target that this machine is; None for one that archives are not built for."""
    here = (sys.platform, platform.machine().lower())
    return next((one for one in TARGETS.values() if (one.sys_platform, one.machine.lower()) == here), None)


def main() -> None:
    """Build the archive, install it where that is possible, and print its name."""
    own = find_own_target()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--target", choices=TARGETS, default=own.name if own else None)
    parser.add_argument("--target-python", default=OWN_VERSION, help="version of Python on the target, such as 3.12")
    parser.add_argument("--embed", type=Path, help="the embeddable Python of python.org, for Windows")
    options = parser.parse_args()
    target = TARGETS[options.target]
    if options.embed and not target.is_windows:
        parser.error("--embed is for Windows only.")
    archive = build_archive(options.output, target, options.target_python, options.embed)
    size = f"{archive.name}: {archive.stat().st_size / 1e6:.0f} MB"
    if target != own or options.target_python != OWN_VERSION:
        print(f"{size}; the tree was checked, and nothing of it was run on {target.system_name}")
        return
    check_install(archive, target)
    how = "in a network namespace of its own" if _network_cutoff() else "with pip forbidden to ask an index"
    print(f"{size}; installed {how}, and the demo ran")


if __name__ == "__main__":
    main()
