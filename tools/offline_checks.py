"""Find what is wrong with a tree of packages for a machine without internet, before anybody carries it there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from email.parser import HeaderParser
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.dependency_lock import read_lock, select_packages
from tools.offline_targets import BundleTarget

ROOT = Path(__file__).resolve().parents[1]
LONGEST_PATH = 150
"""Windows opens paths of up to 259 characters, and the folder of the installation needs some of them."""
_BY_SYSTEM = {"typst"}
"""Packages that some systems do not have, and whose module has their name."""


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
    for file in lib.rglob("*"):
        if len(str(file.relative_to(lib))) > LONGEST_PATH:
            yield f"{file.relative_to(lib)} has a path that is too long for Windows."
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
def _list_loaded_files() -> tuple[str, ...]:
    """Return the files of other packages that fatf-kit loads here, by their place among packages."""
    code = (
        "import importlib, pkgutil, sys, fatf_kit\n"
        "for one in pkgutil.walk_packages(fatf_kit.__path__, 'fatf_kit.'):\n"
        "    if not one.name.endswith('__main__'): importlib.import_module(one.name)\n"
        "import duckdb, matplotlib.backends.backend_agg, matplotlib.backends.backend_svg, pandas, typst, openpyxl\n"
        "files = {getattr(module, '__file__', None) or '' for module in sys.modules.values()}\n"
        "for file in sorted(files):\n"
        "    if 'site-packages' in file: print(file.replace(chr(92), '/').rpartition('site-packages/')[2])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(done.stdout.splitlines())


def list_compiled_modules() -> tuple[str, ...]:
    """Return the compiled modules of other packages that fatf-kit loads here, named by their place among packages."""
    files = (file for file in _list_loaded_files() if file.endswith((".so", ".pyd")))
    return tuple(file.partition(".")[0].replace("/", ".") for file in files)


def list_loaded_tests() -> tuple[str, ...]:
    """Return the files among the tests of other packages that fatf-kit loads: they stay in the archive."""
    return tuple(file for file in _list_loaded_files() if "/tests/" in file)
