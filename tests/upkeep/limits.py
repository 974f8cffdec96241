"""Hold the house to its limits: no module over 400 lines, no drawer for odds and ends, nothing that gives us away.

Run by `make limits`; exits 1 with one line per fault.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES = 400
DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc"}
SUFFIXES = {".py", ".md", ".toml", ".json", ".j2", ".css", ".js", ".csv", ".po", ".yml", ".yaml", ".txt"}
PACKAGES = {".whl", ".egg", ".zip", ".gz", ".tar"}
"""Built or downloaded packages. None belongs into the root of the repository."""
FORBIDDEN = (
    (re.compile(r"(?<![\w.])/(?:work|root|home)/\w"), "a path of one machine"),
    (re.compile(r"files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|deb\.debian\.org"), "a registry host"),
)
SKIPPED = {
    ".venv",
    ".git",
    "demo",
    "site",
    "dist",
    "build",
    "node_modules",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}


def faults() -> Iterator[str]:
    """Every breach, as one line each."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if not path.is_file() or inside.parts[0] in SKIPPED or "__pycache__" in inside.parts:
            continue
        if path.parent == ROOT and path.suffix in PACKAGES:
            yield f"{inside}: a package does not belong here; built ones go to dist/"
        if path.suffix == ".py":
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > MAX_LINES:
                yield f"{inside}: {lines} lines, at most {MAX_LINES}"
            if path.stem in DRAWERS:
                yield f"{inside}: a module is named after what it does, not '{path.stem}'"
        if path.suffix in SUFFIXES or path.name in {"Makefile", "run"}:
            text = path.read_text(encoding="utf-8")
            for pattern, what in FORBIDDEN:
                if path != Path(__file__).resolve() and (found := pattern.search(text)):
                    yield f"{inside}: {what} ({found[0]})"


if __name__ == "__main__":
    breaches = list(faults())
    for breach in breaches:
        print(breach)  # noqa: T201 - this is what it is for
    sys.exit(bool(breaches))
