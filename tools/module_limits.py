"""Check that modules are short and named after a subject, and that no file contains a path or host of one machine.

Run by `make limits`; prints one line per fault and exits with 1 if there are any.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAX_LINES = 400
VAGUE_NAMES = {"utils", "util", "common", "helpers", "helper", "misc"}
SUFFIXES = {".py", ".md", ".toml", ".json", ".j2", ".css", ".js", ".csv", ".po", ".yml", ".yaml", ".txt"}
PACKAGES = {".whl", ".egg", ".zip", ".gz", ".tar"}
"""Built or downloaded packages. None belongs into the root of the repository."""
FORBIDDEN = (
    (re.compile(r"(?<![\w.])/(?:work|root|home)/\w"), "a path of one machine"),
    (re.compile(r"files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|deb\.debian\.org"), "a registry host"),
)
SKIPPED_FOLDERS = {
    ".venv",
    ".git",
    "demo",
    "site",
    "dist",
    "build",
    "mutants",
    "node_modules",
    ".cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}


def find_faults() -> Iterator[str]:
    """Yield every breach of a limit as one line."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if not path.is_file() or inside.parts[0] in SKIPPED_FOLDERS or "__pycache__" in inside.parts:
            continue
        if path.parent == ROOT and path.suffix in PACKAGES:
            yield f"{inside}: a package does not belong here; built ones go to dist/"
        if path.suffix == ".py":
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > MAX_LINES:
                yield f"{inside}: {lines} lines, at most {MAX_LINES}"
            if path.stem in VAGUE_NAMES:
                yield f"{inside}: name the module after its subject, not '{path.stem}'"
        if path.suffix in SUFFIXES or path.name in {"Makefile", "run"}:
            text = path.read_text(encoding="utf-8")
            for pattern, description in FORBIDDEN:
                if path != Path(__file__).resolve() and (found := pattern.search(text)):
                    yield f"{inside}: {description} ({found[0]})"


if __name__ == "__main__":
    faults = list(find_faults())
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))
