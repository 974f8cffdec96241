"""Build one archive that installs fatf-kit without a network, a compiler or rights: for this system or another one.

    python -m tools.offline_bundle [-o dist] [--target win_amd64] [--python 3.12] [--embed python-3.12-embed-amd64.zip]

The archive holds fatf-kit with everything it needs as one folder of files, an installer to double-click, a script that
makes a new assessment, and the guides. It uses an installed Python, or the embeddable one of python.org that was given.
The tree is checked: every requirement of every package is there, every compiled module that fatf-kit loads here exists
there for the target, and no file of another system. Where the target is this system, the archive is installed with the
network off and the demo is run.
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
from collections.abc import Iterator
from email.parser import HeaderParser
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.dependency_lock import read_lock, render_requirements, select_packages
from tools.offline_targets import TARGETS, BundleTarget

ROOT = Path(__file__).resolve().parents[1]
FIXED = (1980, 1, 1, 0, 0, 0)
_BY_SYSTEM = {"typst"}
"""Packages that some systems do not have, and whose module has their name."""
GUIDES = {"en": "docs/guides", "ar": "docs/ar", "fr": "docs/fr"}
ENGLISH = ("start", "after-the-assessment", "adapting", "method", "limits", "formats")
"""Pages of docs/ beside the English guides; in the other languages all pages are in one folder."""


_WINDOWS_INSTALL = """@echo off
rem Copies fatf-kit into your own profile; no rights and no network are needed.
setlocal
cd /d "%~dp0"
set "HOME_OF_KIT=%LOCALAPPDATA%\\fatf-kit"
if not exist python\\python.exe (
  py -{version} -c "" 2>nul || (
    echo fatf-kit needs Python {version}. Install it from python.org for this user only.
    echo Then double-click this file again.
    pause
    exit /b 1
  )
)
echo Copying fatf-kit to %HOME_OF_KIT% ...
robocopy . "%HOME_OF_KIT%" /MIR /NFL /NDL /NJH /NJS /NP >nul
if errorlevel 8 (
  echo The files could not be copied to %HOME_OF_KIT%.
  pause
  exit /b 1
)
copy /y fatf-kit.bat "%LOCALAPPDATA%\\Microsoft\\WindowsApps\\fatf-kit.bat" >nul 2>nul
copy /y "New assessment.bat" "%USERPROFILE%\\Desktop\\New assessment.bat" >nul 2>nul
call fatf-kit.bat doctor
echo.
echo Installed. Double-click "New assessment" on the desktop to begin.
pause
"""

_WINDOWS_RUN = """@echo off
setlocal
set "HOME_OF_KIT=%LOCALAPPDATA%\\fatf-kit"
if not exist "%HOME_OF_KIT%\\lib" set "HOME_OF_KIT=%~dp0."
set "PYTHONPATH=%HOME_OF_KIT%\\lib"
set "PYTHONUTF8=1"
if exist "%HOME_OF_KIT%\\python\\python.exe" (
  "%HOME_OF_KIT%\\python\\python.exe" -m fatf_kit %*
) else (
  py -{version} -m fatf_kit %*
)
"""

_WINDOWS_NEW = """@echo off
chcp 65001 >nul
cd /d "%USERPROFILE%\\Documents"
call "%LOCALAPPDATA%\\fatf-kit\\fatf-kit.bat" init
pause
"""

_UNIX_INSTALL = """#!/bin/sh
# Copies fatf-kit into your own home; no rights and no network are needed.
set -e
cd "$(dirname "$0")"
python=${{PYTHON:-python{version}}}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != ({major}, {minor}))' || {{
  echo "This archive is for Python {version}. Install it, or name it: PYTHON=... sh install.sh"
  exit 1
}}
home=${{FATF_KIT_HOME:-$HOME/.local/share/fatf-kit}}
mkdir -p "$home" "$HOME/.local/bin"
cp -R lib guides README.txt "$home/"
cat > "$HOME/.local/bin/fatf-kit" <<END
#!/bin/sh
PYTHONPATH="$home/lib" exec "$(command -v "$python")" -m fatf_kit "\\$@"
END
chmod +x "$HOME/.local/bin/fatf-kit"
"$HOME/.local/bin/fatf-kit" doctor
begin=fatf-kit
[ "$(command -v fatf-kit)" = "$HOME/.local/bin/fatf-kit" ] || begin="$HOME/.local/bin/fatf-kit"
echo "Installed. Begin with: $begin init"
if [ "$begin" != fatf-kit ]; then
  echo "To type only fatf-kit, add the folder $HOME/.local/bin to PATH and open a new terminal."
fi
"""

_README = """fatf-kit {kit}, for machines without internet

Made for {system} ({machine}) and Python {version}. Another system needs its own archive.

1. Unpack the archive.
2. {step}
3. {begin}

The guides are in the folder guides, in English, Arabic and French. To remove fatf-kit, delete {home}.
SHA256SUMS lists what was put in.
{checked}
"""


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
        subprocess.run([*install, str(own)], check=True)
        _remove_scripts(scratch / "lib")
        if faults := list(check_tree(scratch / "lib", target, version)):
            raise RuntimeError("\n".join(faults))
        if embed is not None:
            _unpack_python(embed, scratch / "python", version)
        kit = own.name.split("-")[1]
        _write_scripts(scratch, target, version, kit)
        write_guides(scratch / "guides")
        archive = folder / f"fatf-kit-{kit}-offline-{target.name}-py{version.replace('.', '')}.zip"
        folder.mkdir(parents=True, exist_ok=True)
        _write_archive(scratch, archive)
    return archive


def _remove_scripts(lib: Path) -> None:
    """Remove the commands that pip writes for the system it runs on."""
    for folder in ("bin", "Scripts"):
        shutil.rmtree(lib / folder, ignore_errors=True)


def check_tree(lib: Path, target: BundleTarget, version: str) -> Iterator[str]:
    """Yield what is wrong with a tree of packages for a target."""
    found = {}
    for page in lib.glob("*.dist-info/METADATA"):
        facts = HeaderParser().parsestr(page.read_text(encoding="utf-8"))
        found[canonicalize_name(facts["Name"])] = (Version(facts["Version"]), facts.get_all("Requires-Dist") or [])
    seen = target.describe(version)
    for name, (_, requirements) in sorted(found.items()):
        for text in requirements:
            requirement = Requirement(text)
            if requirement.marker and not requirement.marker.evaluate(seen):
                continue
            there = found.get(canonicalize_name(requirement.name))
            if there is None or not requirement.specifier.contains(there[0], prereleases=True):
                yield f"{name} needs {requirement}, which is not in the archive."
    tag = f"cp{version.replace('.', '')}"
    for file in lib.rglob("*"):
        if file.suffix not in (".pyd", ".so", ".dylib", ".dll"):
            continue
        if file.suffix in (".so", ".dylib") if target.is_windows else file.suffix in (".pyd", ".dll"):
            yield f"{file.relative_to(lib)} is of another system."
        numbered = re.search(r"\.(?:cp|cpython-)(\d+)", file.name)
        if numbered and f"cp{numbered[1]}" != tag:
            yield f"{file.relative_to(lib)} is of another Python."
    needed = {one.name for one in select_packages(read_lock(), seen)}
    for module in list_compiled_modules():
        package = canonicalize_name(module.partition(".")[0])
        if package not in needed and package in _BY_SYSTEM:
            continue
        place = lib.joinpath(*module.split("."))
        named = (
            *place.parent.glob(f"{place.name}{target.ending}"),
            *place.parent.glob(f"{place.name}.*{target.ending}"),
        )
        if not named and not place.with_suffix(".py").is_file():
            yield f"The compiled module {module} is not in the archive."


@cache
def list_compiled_modules() -> tuple[str, ...]:
    """Return the compiled modules of other packages that fatf-kit loads here, named by their place among packages."""
    code = (
        "import importlib, pkgutil, sys, fatf_kit\n"
        "for one in pkgutil.walk_packages(fatf_kit.__path__, 'fatf_kit.'):\n"
        "    if not one.name.endswith('__main__'): importlib.import_module(one.name)\n"
        "import duckdb, matplotlib.backends.backend_agg, matplotlib.backends.backend_svg, pandas, typst, openpyxl\n"
        "files = {getattr(module, '__file__', None) or '' for module in sys.modules.values()}\n"
        "for file in sorted(files):\n"
        "    place = file.replace(chr(92), '/').rpartition('site-packages/')[2]\n"
        "    if 'site-packages' in file and file.endswith(('.so', '.pyd')):\n"
        "        print(place.partition('.')[0].replace('/', '.'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(done.stdout.split())


def _unpack_python(embed: Path, folder: Path, version: str) -> None:
    """Unpack an embeddable Python, and let it find the packages next to it.

    Raises:
        RuntimeError: it is not an embeddable Python of this version.
    """
    with zipfile.ZipFile(embed) as archive:
        archive.extractall(folder)
    page = folder / f"python{version.replace('.', '')}._pth"
    if not page.is_file():
        raise RuntimeError(f"{embed.name} is not the embeddable Python {version} of python.org.")
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    page.write_text("\r\n".join([*lines, "..\\lib", ""]), encoding="utf-8", newline="")


def _write_scripts(scratch: Path, target: BundleTarget, version: str, kit: str) -> None:
    """Write installer, launchers and the README; those of Windows are ASCII with its line ends."""
    major, minor = version.split(".")
    facts = {"version": version, "major": major, "minor": minor}
    if target.is_windows:
        pages = {"Install.bat": _WINDOWS_INSTALL, "fatf-kit.bat": _WINDOWS_RUN, "New assessment.bat": _WINDOWS_NEW}
        for name, text in pages.items():
            (scratch / name).write_text(text.format(**facts), encoding="ascii", newline="\r\n")
        step, begin = "Double-click Install.bat.", 'Double-click "New assessment" on the desktop.'
        home = (
            "%LOCALAPPDATA%\\fatf-kit, %LOCALAPPDATA%\\Microsoft\\WindowsApps\\fatf-kit.bat "
            'and "New assessment" on the desktop'
        )
    else:
        (scratch / "install.sh").write_text(_UNIX_INSTALL.format(**facts), encoding="ascii", newline="\n")
        step, begin = "Run: sh install.sh", "Run what the installer shows: fatf-kit init"
        home = "~/.local/share/fatf-kit and ~/.local/bin/fatf-kit"
    is_here = target == find_own_target()
    checked = "" if is_here else "\nThe archive was checked on another system and was not run on this one."
    page = _README.format(
        kit=kit, system=target.system_name, machine=target.machine, version=version, step=step, begin=begin, home=home,
        checked=checked,
    )  # fmt: skip
    (scratch / "README.txt").write_text(page, encoding="utf-8", newline="\r\n")


def write_guides(folder: Path) -> None:
    """Write the guides as pages that any browser opens, each in the direction of its language.

    A link leads to the page of the archive; one to a page that is not in it is left out, and its words stay.
    """
    from markdown import markdown

    pages = {
        source: folder / language / f"{source.stem}.html"
        for language, place in GUIDES.items()
        for source in sorted((ROOT / place).glob("*.md"))
    } | {ROOT / "docs" / f"{name}.md": folder / "en" / f"{name}.html" for name in ENGLISH}
    for source, target in pages.items():
        language = target.parent.name

        def link(found: re.Match[str], source: Path = source, target: Path = target) -> str:
            name, anchor, words = found.groups()
            page = pages.get((source.parent / name).resolve())
            href = page and os.path.relpath(page, target.parent).replace(os.sep, "/")
            return f'<a href="{href}{anchor}">{words}</a>' if href else words

        text = re.sub(r"<!--.*?-->", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        body = markdown(text, extensions=["tables", "fenced_code", "admonition", "attr_list", "md_in_html", "toc"])
        body = re.sub(r'<a href="([^":#]+)((?:#[^"]*)?)">(.*?)</a>', link, body, flags=re.DOTALL)
        direction = "rtl" if language == "ar" else "ltr"
        page = (
            f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
            f"<title>fatf-kit: {source.stem}</title>"
            "<style>body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
            "pre{background:#f4f4f4;padding:.7rem;overflow:auto;direction:ltr;text-align:left}"
            "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3rem .5rem}</style>"
            f"<body>{body}</body></html>\n"
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8")


def _write_archive(scratch: Path, target: Path) -> None:
    """Write every file in the order of names, with fixed dates, and their checksums."""
    files = sorted(path for path in scratch.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    sums = "".join(
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(scratch).as_posix()}\n" for p in files
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in files:
            info = zipfile.ZipInfo(path.relative_to(scratch).as_posix(), FIXED)
            info.external_attr = (0o755 if path.suffix == ".sh" else 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
        archive.writestr(zipfile.ZipInfo("SHA256SUMS", FIXED), sums)


def check_install(archive: Path) -> None:
    """Install the archive without a network, and run the demo.

    Raises:
        subprocess.CalledProcessError: it cannot be installed, or the demo does not run.
        RuntimeError: the demo wrote no report.
    """
    with tempfile.TemporaryDirectory(prefix="fatf-kit-offline-") as name:
        scratch = Path(name)
        zipfile.ZipFile(archive).extractall(scratch)
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_", "PYTHONPATH"))
        }
        environment |= {"PYTHON": sys.executable, "PIP_NO_INDEX": "1", "HOME": name}
        environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
        for command in (["sh", "install.sh"], [".local/bin/fatf-kit", "demo", "-o", "demo"]):
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


def find_own_target() -> BundleTarget | None:
    """Return the target that this machine is; None for one that archives are not built for."""
    here = (sys.platform, platform.machine().lower())
    return next((one for one in TARGETS.values() if (one.sys_platform, one.machine.lower()) == here), None)


def main() -> None:
    """Build the archive, install it where that is possible, and print its name."""
    own, version = find_own_target(), f"{sys.version_info.major}.{sys.version_info.minor}"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--target", choices=TARGETS, default=own.name if own else None)
    parser.add_argument("--python", default=version, help="version of Python on the target, such as 3.12")
    parser.add_argument("--embed", type=Path, help="the embeddable Python of python.org, for Windows")
    options = parser.parse_args()
    target = TARGETS[options.target]
    if options.embed and not target.is_windows:
        parser.error("--embed is for Windows only.")
    archive = build_archive(options.output, target, options.python, options.embed)
    size = f"{archive.name}: {archive.stat().st_size / 1e6:.0f} MB"
    if target != own or options.python != version:
        print(f"{size}; the tree was checked, and nothing of it was run on {target.system_name}")
        return
    check_install(archive)
    how = "in a network namespace of its own" if _network_cutoff() else "with pip forbidden to ask an index"
    print(f"{size}; installed {how}, and the demo ran")


if __name__ == "__main__":
    main()
