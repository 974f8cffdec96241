"""The results of a sector report are kept in an assessment folder, so that the gap report can show them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fatf_kit.core.json_files import load_json
from fatf_kit.core.problems import Problem

if TYPE_CHECKING:
    from fatf_kit.npo.measures.proportionality import CheckResult

SAVED_AS = Path("npo") / "npo.json"
"""The place of the result inside an assessment folder."""

SCHEMA = "npo-1.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSector:
    """The part of a saved result that findings rest on. `in_scope` counts bodies within the definition."""

    in_scope: int
    unrated: int | None
    checks: tuple[CheckResult, ...]


def read_saved_sector(folder: Path) -> tuple[SavedSector | None, tuple[Problem, ...]]:
    """Return the result saved in an assessment folder.

    None where there is none, or it cannot be used (then with problems).

    >>> read_saved_sector(Path("no-such-folder"))
    (None, ())
    """
    path = folder / SAVED_AS
    if not path.is_file():
        return None, ()
    from fatf_kit.npo.measures.proportionality import (  # most folders have no such report
        CheckResult,
        ProportionalityState,
        load_checks,
    )

    data, problems = load_json(path, SCHEMA, name=SAVED_AS.as_posix())
    if problems:
        return None, problems
    known = {check.id for check in load_checks().checks}
    return SavedSector(
        in_scope=data["register"]["in_scope"],
        unrated=data["classes"]["unrated"],
        checks=tuple(
            CheckResult(id=entry["id"], state=ProportionalityState(entry["state"]), about=tuple(entry["about"]))
            for entry in data["over_regulation"]
            if entry["id"] in known
        ),
    ), ()
