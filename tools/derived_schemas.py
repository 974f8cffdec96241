"""Write the schemas that are derived from frozen values, so that other programs can read them.

`python -m tools.derived_schemas` writes them; a test fails when one is older than its value.
"""

from __future__ import annotations

import json
from pathlib import Path

from fatf_kit.assessed.facts import SCHEMA_FILE, FolderFacts
from fatf_kit.core.json_files import derive_schema

FOLDER = Path(__file__).resolve().parents[1] / "frameworks" / "schema"


def render_schemas() -> dict[str, str]:
    """Render each derived schema under the name of its file."""
    title = "Every count, gap and date of an assessment on a day (reports/facts.json)"
    return {SCHEMA_FILE: json.dumps(derive_schema(FolderFacts, SCHEMA_FILE, title), indent=2) + "\n"}


if __name__ == "__main__":
    for name, text in render_schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
