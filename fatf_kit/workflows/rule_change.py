"""The first update of an older folder: it gets the new scoring rules, and each rating that moves is listed.

A folder is older where its last result was made by a version that did not know the present rules, and where it has no
result yet. Where the settings name earlier rules after that, a person chose them, and they stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.kept_files import keep_file
from fatf_kit.assessment.folder.model import CONTROL, HISTORY, REPORTS, SETTINGS, Workspace
from fatf_kit.comparison.compare import ASSESSMENT_SCHEMA, read_rating_ranges
from fatf_kit.comparison.rule_change import RuleChange, find_moved_ratings
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.store import write_file
from fatf_kit.scoring import assess, load_policy
from fatf_kit.scoring.policy import DEFAULT_POLICY, find_successor
from fatf_kit.scoring.span import Span
from fatf_kit.workflows.assessment_folder import rewrite_control
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.results import RESULT, read_result


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRules:
    """The rules that an older folder gets. `last` is its last result, if any; `is_adopted` as in `RuleChange`."""

    earlier: str
    later: str
    last: Mapping[str, Any] | None
    is_adopted: bool


def find_last_result(home: Path) -> Mapping[str, Any] | None:
    """Return the newest result of the folder's edition in history/, or else among the reports; None without one.

    Raises:
        FatfKitError: the settings cannot be used.
    """
    edition = open_workspace(home)[0].settings.edition
    kept = sorted((home / HISTORY).glob(f"* {RESULT}"), reverse=True)
    for path in (*kept, home / REPORTS / RESULT):
        try:
            result = read_result(path) if path.is_file() else None
        except FatfKitError:
            continue
        if result and result["schema"] == ASSESSMENT_SCHEMA and result["provenance"]["edition"] == edition:
            return result
    return None


def adopt_new_rules(home: Path, last: Mapping[str, Any] | None, *, moment: str) -> NewRules | None:
    """Give an older folder the successor of the scoring rules that it has; None where there is nothing to change.

    `last` is the last result of the folder, if any. The settings before are kept in history/ under `moment`. Scoring
    rules of the country's own stay.

    Raises:
        FatfKitError: the settings cannot be used.
    """
    workspace, _ = open_workspace(home)
    named = workspace.settings.policy
    if last and f"policies/{DEFAULT_POLICY}.json" in last["provenance"].get("rules", {}):
        return None
    earlier = str(last["provenance"]["policy"]) if last else named
    later = find_successor(earlier)
    if later is None or later not in (named, find_successor(named)):
        return None
    is_adopted = named == later or _write_policy(workspace, named, later, moment)
    return NewRules(earlier=earlier, later=later, last=last, is_adopted=is_adopted)


def list_rule_change(new: NewRules, scored: FolderScore) -> RuleChange:
    """Return the ratings that new rules move in a folder that was scored: with them, or with the earlier ones."""
    earlier, later = (
        scored.assessment
        if scored.policy.id == name
        else assess(
            scored.framework,
            scored.responses,
            load_policy(name),
            facts=scored.proof,
            cut_off=scored.assessment.cut_off,
            adjustments=scored.adjustments,
        )
        for name in (new.earlier, new.later)
    )
    ranges: dict[str, Span[str]] = read_rating_ranges(new.last) if new.last else {}
    day = new.last["provenance"]["generated_at"][:10] if new.last else ""
    return RuleChange(
        earlier=new.earlier,
        later=new.later,
        last_day=date.fromisoformat(day) if day else None,
        moved=find_moved_ratings(scored.framework, earlier, later, ranges),
        is_adopted=new.is_adopted,
    )


def _write_policy(workspace: Workspace, named: str, later: str, moment: str) -> bool:
    """Write other scoring rules into the settings of a folder; return whether that was possible."""
    try:
        if (workspace.path / CONTROL).is_file():
            return rewrite_control(workspace.path, policy=later)[0]
        file = workspace.path / SETTINGS
        before = file.read_text(encoding="utf-8")
        after, count = re.subn(rf'("policy"\s*:\s*)"{re.escape(named)}"', rf'\g<1>"{later}"', before)
        if count != 1:
            return False
        keep_file(file.with_name("settings.json"), before.encode(), moment)
        write_file(file, after.encode())
    except (FatfKitError, OSError):  # it is open elsewhere
        return False
    return True
