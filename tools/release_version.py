"""Write the version of fatf-kit into every file that repeats it.

    python -m tools.release_version [1.0.0rc2] [--changelog]

fatf_kit/core/version.py is the source; a version that is given is written there first. A test compares the others. With
--changelog, what is unreleased in CHANGELOG.md gets the heading of the version and the date of today.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.bill_of_materials import BILL, render_bill
from tools.dependency_lock import list_dependencies, read_lock

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "fatf_kit/core/version.py"
CHANGELOG = "CHANGELOG.md"
_UNRELEASED = "## Unreleased\n"
_NUMBER = r"[0-9][0-9a-z.]*"
_WHEEL = rf"(?<=fatf_kit-){_NUMBER}(?=-py3-none-any\.whl)"
PLACES = {
    "CITATION.cff": rf"(?<=^version: ){_NUMBER}$",
    "publiccode.yml": rf"(?<=^softwareVersion: ){_NUMBER}$",
    "docs/start.md": _WHEEL,
    "docs/ar/start.md": _WHEEL,
    "docs/fr/start.md": _WHEEL,
}
"""The files that repeat the version, and what they have in its place."""


def find_others(version: str, root: Path = ROOT) -> Iterator[str]:
    """Yield each file that has another version, or none."""
    for name, pattern in PLACES.items():
        found = re.findall(pattern, (root / name).read_text(encoding="utf-8"), re.M)
        if not found or set(found) != {version}:
            yield name


def write_version(version: str, root: Path = ROOT) -> None:
    """Write a version into its source and into the files that repeat it, except the bill of materials."""
    pattern = rf'(?<=^__version__ = "){_NUMBER}(?="$)'
    for name, place in {SOURCE: pattern, **PLACES}.items():
        path = root / name
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(place, version, text, flags=re.M), encoding="utf-8", newline="\n")


def write_heading(version: str, day: date, root: Path = ROOT) -> None:
    """Give what is unreleased in the changelog the heading of a version; a version that has a heading keeps it.

    Raises:
        ValueError: the changelog has no part for what is unreleased.
    """
    path = root / CHANGELOG
    text = path.read_text(encoding="utf-8")
    if re.search(rf"^## {re.escape(version)}\b(?!\.)", text, re.MULTILINE):
        return
    if _UNRELEASED not in text:
        raise ValueError(f"{CHANGELOG} has no heading '{_UNRELEASED.strip()}'. Add it above the newest version.")
    headed = text.replace(_UNRELEASED, f"{_UNRELEASED}\n## {version} - {day.isoformat()}\n", 1)
    path.write_text(headed, encoding="utf-8", newline="\n")


def main() -> None:
    """Write the version that is given, or the one of the source, into all files and the bill of materials."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", nargs="?", type=Version, help="the new version")
    parser.add_argument("--changelog", action="store_true", help="give the changelog a heading with the date of today")
    options = parser.parse_args()
    (now,) = re.findall(rf'"({_NUMBER})"', (ROOT / SOURCE).read_text(encoding="utf-8"))
    version = str(options.version or now)
    write_version(version)
    if options.changelog:
        write_heading(version, date.today())
    direct = {canonicalize_name(one.name) for one in list_dependencies()}
    BILL.write_bytes(render_bill(read_lock(), direct, version))
    print(version)


if __name__ == "__main__":
    main()
