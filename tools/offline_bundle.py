"""Build one archive that installs fatf-kit without a network, for the system and Python that it is made with.

    python -m tools.offline_bundle [-o dist]

The archive holds the wheel, every wheel it needs, an installer for Windows and one for everything else, and a README.
Afterwards it is installed with the network off and the demo is run, so that no broken archive reaches a machine that
cannot be repaired.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIXED = (1980, 1, 1, 0, 0, 0)

SHELL = """#!/bin/sh
# Installs fatf-kit into the folder fatf-kit next to this file; nothing is fetched from anywhere.
set -e
cd "$(dirname "$0")"
python=${{PYTHON:-python3}}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != ({major}, {minor}))' || {{
  echo "This archive is for Python {major}.{minor}. Install it, or say where it is: PYTHON=... sh install.sh"
  exit 1
}}
"$python" -m venv fatf-kit
fatf-kit/bin/python -m pip install --quiet --no-index --find-links wheels fatf-kit=={version}
echo "Installed. Try: fatf-kit/bin/fatf-kit demo"
"""

BATCH = """@echo off
rem Installs fatf-kit into the folder fatf-kit next to this file; nothing is fetched from anywhere.
cd /d "%~dp0"
py -{major}.{minor} -m venv fatf-kit
if errorlevel 1 (
  echo This archive is for Python {major}.{minor}. Install it from python.org first.
  exit /b 1
)
fatf-kit\\Scripts\\python -m pip install --quiet --no-index --find-links wheels fatf-kit=={version}
if errorlevel 1 exit /b 1
echo Installed. Try: fatf-kit\\Scripts\\fatf-kit demo
"""

README = """fatf-kit {version}, for machines without internet

Made for {system} and Python {major}.{minor}; another system or Python needs its own archive (make offline).

1. Unpack the archive into a folder where it may stay.
2. Windows: double-click install.bat. Linux and macOS: sh install.sh
3. Try: fatf-kit/bin/fatf-kit demo  (Windows: fatf-kit\\Scripts\\fatf-kit demo)

It needs {megabytes:.0f} MB for the wheels and more once they are installed. To remove it, delete the folder.
SHA256SUMS lists what was put in; check it with sha256sum -c SHA256SUMS.
"""


def build_archive(folder: Path) -> Path:
    """Build the archive in a folder and return its path; pip fetches the wheels it needs."""
    with tempfile.TemporaryDirectory(prefix="fatf-kit-offline-") as name:
        scratch = Path(name)
        wheels = scratch / "wheels"
        wheels.mkdir()
        code = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(wheels)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (own,) = wheels.glob("fatf_kit-*.whl")
        pip = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--only-binary",
            ":all:",
            "-d",
            str(wheels),
            str(own),
        ]
        subprocess.run(pip, check=True)
        facts = {
            "version": own.name.split("-")[1],
            "major": sys.version_info.major,
            "minor": sys.version_info.minor,
            "system": f"{platform.system()} {platform.machine()}",
            "megabytes": sum(path.stat().st_size for path in wheels.iterdir()) / 1e6,
        }
        (scratch / "install.sh").write_text(SHELL.format(**facts), encoding="utf-8", newline="\n")
        (scratch / "install.bat").write_text(BATCH.format(**facts), encoding="ascii", newline="\r\n")
        (scratch / "README.txt").write_text(README.format(**facts), encoding="utf-8", newline="\r\n")
        target = folder / f"fatf-kit-{facts['version']}-offline-{_platform_tag()}.zip"
        folder.mkdir(parents=True, exist_ok=True)
        _write_archive(scratch, target)
    return target


def _platform_tag() -> str:
    return (
        f"{platform.system().lower()}-{platform.machine().lower()}-py{sys.version_info.major}{sys.version_info.minor}"
    )


def _write_archive(scratch: Path, target: Path) -> None:
    """Write every file in the order of names, with fixed dates, and their checksums."""
    import hashlib

    files = sorted(path for path in scratch.rglob("*") if path.is_file())
    sums = "".join(
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(scratch).as_posix()}\n" for p in files
    )
    with zipfile.ZipFile(target, "w") as archive:  # wheels are compressed already
        for path in files:
            info = zipfile.ZipInfo(path.relative_to(scratch).as_posix(), FIXED)
            info.external_attr = (0o755 if path.suffix == ".sh" else 0o644) << 16
            archive.writestr(info, path.read_bytes())
        archive.writestr(zipfile.ZipInfo("SHA256SUMS", FIXED), sums)


def check_install(archive: Path) -> None:
    """Install the archive without a network, and run the demo.

    Raises:
        subprocess.CalledProcessError: it cannot be installed, or the demo does not run.
    """
    with tempfile.TemporaryDirectory(prefix="fatf-kit-offline-") as name:
        scratch = Path(name)
        zipfile.ZipFile(archive).extractall(scratch)
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_", "PYTHONPATH"))
        }
        environment |= {"PYTHON": sys.executable, "PIP_NO_INDEX": "1", "HOME": name}
        environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
        for command in (["sh", "install.sh"], ["fatf-kit/bin/fatf-kit", "demo", "-o", "demo"]):
            subprocess.run(
                [*_network_cutoff(), *command], cwd=scratch, env=environment, check=True, stdout=subprocess.DEVNULL
            )
        if not (scratch / "demo" / "ruritania" / "report.html").is_file():
            raise RuntimeError("the demo wrote no report")


def _network_cutoff() -> list[str]:
    """Return the command prefix that cuts off the network; empty if the system allows none."""
    prefix = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") and subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0:
        return prefix
    return []


def main() -> None:
    """Build the archive, test its installation and print its name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    archive = build_archive(options.output)
    check_install(archive)
    how = "in a network namespace of its own" if _network_cutoff() else "with pip forbidden to ask an index"
    print(f"{archive.name}: {archive.stat().st_size / 1e6:.0f} MB; installed {how}, and the demo ran")


if __name__ == "__main__":
    main()
