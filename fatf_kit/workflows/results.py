"""Results that `score` wrote, read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fatf_kit.assessment.folder.folder import is_workspace
from fatf_kit.assessment.folder.model import REPORTS
from fatf_kit.comparison.compare import ASSESSMENT_SCHEMA
from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import shown_name
from fatf_kit.core.json_files import load_json
from fatf_kit.published.model import PUBLISHED_SCHEMA

RESULT = "assessment.json"
RESULTS = (RESULT, "published.json")
"""The files in which `score` writes its result: from answers, and from published ratings."""

PAGES = {
    ASSESSMENT_SCHEMA: "assessment-2.schema.json",
    EARLIER_SCHEMA: "assessment-1.schema.json",
    PUBLISHED_SCHEMA: "published-1.schema.json",
}


def find_result_file(folder: Path) -> Path | None:
    """Return the result in a folder; None where there is none."""
    return next((folder / name for name in RESULTS if (folder / name).is_file()), None)


def find_report_folder(place: Path) -> Path:
    """Return the reports/ of an assessment folder; any other path, and a folder that is itself of reports, as it is."""
    reports = place / REPORTS
    has_own = not is_workspace(place) or (not find_result_file(reports) and _is_result(place / RESULT))
    return place if has_own else reports


def _is_result(path: Path) -> bool:
    """Return whether a file is a result of `score`; the settings of an assessment folder have the same name."""
    data = load_json(path)[0] if path.is_file() else None
    return isinstance(data, dict) and str(data.get("schema")) in PAGES


def read_result(path: Path) -> Mapping[str, Any] | None:
    """Return a result, or the one in a folder; None where there is none, so that workbooks have to be scored.

    Raises:
        FatfKitError: the file is not a result of `score`, or has faults.
    """
    file = (find_result_file(path) if path.is_dir() else None) or path
    if not (file.is_file() and file.suffix.lower() == ".json"):
        return None
    data, problems = load_json(file)
    if problems:
        raise FatfKitError(problems[0])
    if isinstance(data, dict) and (page := PAGES.get(str(data.get("schema")))):
        if faults := load_json(file, page)[1]:
            raise FatfKitError(faults[0])
        return data
    if file is path:
        raise FatfKitError(
            "{file} is not a result of 'fatf-kit score'. Choose a result ({names}), or the workbooks.",
            file=shown_name(path),
            names=RESULTS,
        )
    return None
