"""Run the unit tests with the oldest versions that pyproject.toml allows, in a separate environment.

python -m tools.lowest_versions [PYTEST OPTIONS ...]
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

TESTED_WITH = ("python-pptx>=1.0", "hatchling", "hypothesis", "icalendar", "markdown", "pytest", "pyyaml")
"""Packages that the unit tests need besides; tests/unit/test_tools.py checks that none is missing."""


def list_oldest() -> list[str]:
    """Return each dependency at its lower bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.sub(r">=", "==", need) for need in project["dependencies"]]


def main() -> None:
    """Install the oldest versions, run the tests and exit with their code."""
    with tempfile.TemporaryDirectory(prefix="fatf-kit-lowest-") as name:
        python = str(Path(name) / "bin" / "python")
        subprocess.run([sys.executable, "-m", "venv", name], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *list_oldest(), *TESTED_WITH], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "-e", str(ROOT)], check=True)
        options = sys.argv[1:] or ["-q", "tests/unit"]
        tests = subprocess.run([python, "-m", "pytest", "-p", "no:cacheprovider", *options], cwd=ROOT, check=False)
    sys.exit(tests.returncode)


if __name__ == "__main__":
    main()
