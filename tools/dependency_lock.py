"""Lock every dependency with its hashes for all systems and versions of Python, and write the bill of materials.

    python -m tools.dependency_lock [--upgrade]

requirements.lock is a requirements file, because the lock formats of uv and of pip name the address of every file, and
no file of the project names a registry. uv resolves it; its markers say which version is for which Python and system.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fatf_kit.core.resources import tool_version
from tools.bill_of_materials import BILL, LockedPackage, render_bill

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
_OLDEST_PYTHON = "3.11"
_HEAD = "# Every dependency of fatf-kit with its hashes. Written by `make lock`.\n"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def read_lock(path: Path = LOCK) -> tuple[LockedPackage, ...]:
    """Return the packages of the lock in its order; one may be there twice, for different versions of Python."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return tuple(_read_line(line) for line in text.splitlines() if line and not line.startswith("#"))


def _read_line(line: str) -> LockedPackage:
    requirement = Requirement(line.partition("--hash")[0].strip())
    return LockedPackage(
        name=canonicalize_name(requirement.name),
        version=str(requirement.specifier).removeprefix("=="),
        marker=str(requirement.marker or ""),
        hashes=tuple(_HASH.findall(line)),
    )


def select_packages(packages: Iterable[LockedPackage], system: Mapping[str, str]) -> Iterator[LockedPackage]:
    """Yield the packages that a system needs; `system` has the values of its markers."""
    return (one for one in packages if not one.marker or Marker(one.marker).evaluate(dict(system)))


def render_requirements(packages: Iterable[LockedPackage]) -> str:
    """Return packages as lines of a requirements file with hashes, without markers."""
    return "".join(
        f"{one.name}=={one.version} {' '.join(f'--hash=sha256:{found}' for found in one.hashes)}\n" for one in packages
    )


def list_dependencies() -> tuple[Requirement, ...]:
    """Return what pyproject.toml requires, with the extra for slides."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return tuple(map(Requirement, (*project["dependencies"], *project["optional-dependencies"]["slides"])))


def find_stale(packages: Iterable[LockedPackage]) -> Iterator[str]:
    """Yield each requirement of pyproject.toml that the lock does not satisfy; then `make lock` is due."""
    locked = tuple(packages)
    for requirement in list_dependencies():
        found = [one for one in locked if one.name == canonicalize_name(requirement.name)]
        if not found or not all(requirement.specifier.contains(one.version) for one in found):
            yield str(requirement)


def write_lock(*, is_upgrade: bool) -> None:
    """Resolve the dependencies with uv and write the lock; without an upgrade, versions stay where they can."""
    command = [
        *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", _OLDEST_PYTHON, "--generate-hashes"),
        *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--extra", "slides"),
        *(["--upgrade"] if is_upgrade else []),
        *("pyproject.toml", "--output-file", str(LOCK)),
    ]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    LOCK.write_text(_HEAD + LOCK.read_text(encoding="utf-8").removeprefix(_HEAD), encoding="utf-8")


def main() -> None:
    """Write the lock and the bill of materials."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    write_lock(is_upgrade=parser.parse_args().upgrade)
    packages = read_lock()
    direct = {canonicalize_name(one.name) for one in list_dependencies()}
    BILL.write_bytes(render_bill(packages, direct, tool_version()))
    print(f"{LOCK.name}: {len(packages)} packages; {BILL.name}")
    if stale := [*find_stale(packages)]:
        sys.exit(f"not satisfied: {', '.join(stale)}")


if __name__ == "__main__":
    main()
