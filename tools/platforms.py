"""Resolve the installation for every system and version of Python, and write the table of docs/platforms.md.

    python -m tools.platforms

uv resolves what pyproject.toml requires with the versions of requirements.lock, and takes wheels only. Nothing is
installed, so the table shows which files there are, and not that they work.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.dependency_lock import read_lock
from tools.offline_targets import TARGETS

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "platforms.md"
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
PLATFORMS = {
    "linux_x86_64": ("Linux, x86-64", "x86_64-manylinux_2_28"),
    "linux_aarch64": ("Linux, ARM", "aarch64-manylinux_2_28"),
    "win_amd64": ("Windows, x86-64", "x86_64-pc-windows-msvc"),
    "win_arm64": ("Windows, ARM", "aarch64-pc-windows-msvc"),
    "macos_arm64": ("macOS, ARM", "aarch64-apple-darwin"),
    "macos_x86_64": ("macOS, x86-64", "x86_64-apple-darwin"),
}
"""The systems of `TARGETS`, each with its name for people and its name for uv."""
BEGIN, END = "<!-- written by make platforms -->", "<!-- end -->"
_BLAMED = re.compile(r"Because ([a-z0-9-]+)\S* has no")


def resolve(system: str, version: str, constraints: Path) -> tuple[int, str]:
    """Return how many libraries a system gets from wheels, and an empty text; or 0 and the library that has none.

    Raises:
        RuntimeError: uv failed for another reason.
    """
    command = [
        *("uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--only-binary", ":all:"),
        *("--extra", "slides", "--python-version", version, "--python-platform", PLATFORMS[system][1]),
        *("--constraint", str(constraints), str(ROOT / "pyproject.toml")),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    if done.returncode == 0:
        return sum("==" in line for line in done.stdout.splitlines()), ""
    if blamed := _BLAMED.search(" ".join(done.stderr.split())):
        return 0, blamed[1]
    raise RuntimeError(done.stderr)


def render_table(found: Mapping[tuple[str, str], tuple[int, str]]) -> str:
    """Return the results as a table, a row for each system."""
    lines = [f"| system | {' | '.join(f'Python {one}' for one in PYTHONS)} |", f"|{' --- |' * (len(PYTHONS) + 1)}"]
    for system in TARGETS:
        cells = []
        for version in PYTHONS:
            count, blamed = found[system, version]
            cells.append(f"no: {blamed} has no file" if blamed else str(count))
        lines.append(f"| {PLATFORMS[system][0]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Resolve every combination and write the page."""
    with tempfile.TemporaryDirectory() as name:
        constraints = Path(name) / "constraints.txt"
        lines = (f"{one.name}=={one.version}{f' ; {one.marker}' if one.marker else ''}\n" for one in read_lock())
        constraints.write_text("".join(lines), encoding="utf-8")
        found = {(system, version): resolve(system, version, constraints) for system in TARGETS for version in PYTHONS}
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    table = render_table(found)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.split(END)[1]}", encoding="utf-8", newline="\n")
    print(table)


if __name__ == "__main__":
    main()
