"""The unit tests with the oldest versions that pyproject.toml allows, in an environment of their own.

python -m tests.upkeep.lowest [PYTEST OPTIONS ...]
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TESTED_WITH = ("hatchling", "hypothesis", "icalendar", "pytest")
"""What the unit tests need besides; tests/unit/test_upkeep.py holds that nothing is missing."""


def oldest() -> list[str]:
    """Each dependency at its lower bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.sub(r">=", "==", need) for need in project["dependencies"]]


def main() -> None:
    """Install, test; ends as the tests do."""
    with tempfile.TemporaryDirectory(prefix="fatf-kit-lowest-") as name:
        python = str(Path(name) / "bin" / "python")
        subprocess.run([sys.executable, "-m", "venv", name], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *oldest(), *TESTED_WITH], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "-e", str(ROOT)], check=True)
        options = sys.argv[1:] or ["-q", "tests/unit"]
        done = subprocess.run([python, "-m", "pytest", "-p", "no:cacheprovider", *options], cwd=ROOT, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
