"""The fingerprints of what a result depends on besides the workbooks: the folder, its decisions, the rules."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.answers.folder_files import WORKBOOK_SUFFIXES
from fatf_kit.assessment.answers.model import CopyDecision
from fatf_kit.assessment.decisions.reader import parse_copy_decisions, parse_decisions, read_decision_book
from fatf_kit.assessment.folder.model import (
    AGENCIES,
    ASSIGNMENT,
    CONTROL,
    DECISIONS,
    MOCK,
    PLAN_ITEMS,
    SETTINGS,
    STATISTICS,
    RecordedDecision,
)
from fatf_kit.core.files import is_litter, to_plain_text
from fatf_kit.core.json_files import fingerprint_files, make_json_value
from fatf_kit.core.resources import data_folder
from fatf_kit.core.store import compute_fingerprint, fingerprint_file
from fatf_kit.framework import load_framework
from fatf_kit.npo.measures.findings import SAVED_AS

_RULES = (
    "*.json",
    "policies/*.json",
    "published/lists.csv",
    "published/plenaries.json",
    "published/least-developed.json",
    "statistics/*.json",
    "mock/*.json",
    "npo/over-regulation.json",
    "plan/monitoring.json",
    "plan/assistance.json",
    "countries/*.json",
    "locale/*/workbook-words.json",
)
_GROUPED = ("countries/[A-Z][A-Z][A-Z].json", "statistics/tables/*.json")
"""Many small pages that are read together have one fingerprint together, under their pattern."""
_PRINTED = frozenset({"glossary.json", "labels.json", "letters.json", "report-words.json", "versions.json"})
"""Files of texts that are only printed or read elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFingerprints:
    """The fingerprints of an assessment folder: its files by name, workbooks of answers and laws aside; its decisions.

    Decisions are compared by their content, because decisions.xlsx is written again after every run.
    """

    files: Mapping[str, str]
    decisions: str


def fingerprint_folder(
    folder: Path, decisions: Collection[RecordedDecision], copies: Collection[CopyDecision]
) -> FolderFingerprints:
    """Return the fingerprints of an assessment folder with the decisions that were used."""
    names = {path: to_plain_text(path.relative_to(folder).as_posix()) for path in _list_files(folder)}
    files = {name: fingerprint_file(path) for path, name in names.items()}
    rows = sorted(json.dumps(make_json_value(one), sort_keys=True) for one in (*decisions, *copies))
    return FolderFingerprints(files=files, decisions=compute_fingerprint("\n".join(rows).encode()))


def read_fingerprints(folder: Path, edition: str) -> FolderFingerprints:
    """Return the fingerprints of an assessment folder as it is now.

    Raises:
        UnknownIdError: no such edition.
    """
    book = read_decision_book(folder / DECISIONS)
    decisions, _ = parse_decisions(book, load_framework(edition))
    return fingerprint_folder(folder, decisions, parse_copy_decisions(book)[0])


@cache
def fingerprint_rules(edition: str) -> Mapping[str, str]:
    """Return the fingerprints of the data files of fatf-kit that a result depends on, by their names in frameworks/.

    The pages of the edition have a fingerprint of their own; texts that are only printed are left out.
    """
    base = data_folder("frameworks")
    grouped = {pattern: sorted(base.glob(pattern)) for pattern in _GROUPED}
    known = {path for paths in grouped.values() for path in paths} | {base / name for name in _PRINTED}
    known.add(base / edition / "edition.json")
    single = (path for pattern in (*_RULES, f"{edition}/*.json") for path in sorted(base.glob(pattern)))
    found = {path.relative_to(base).as_posix(): fingerprint_files([path]) for path in single if path not in known}
    return found | {pattern: fingerprint_files(paths) for pattern, paths in grouped.items()}


def describe_origin(edition: str, folder: FolderFingerprints | None, *, audience: Audience) -> dict[str, object]:
    """Return the part of a result's provenance that `replay` needs in addition to the workbooks; no folder is None."""
    return {
        "audience": str(audience),
        "folder": None if folder is None else {"files": dict(folder.files), "decisions": folder.decisions},
        "rules": dict(fingerprint_rules(edition)),
    }


def _list_files(folder: Path) -> Iterator[Path]:
    """Yield settings, items of plans, figures, scored sheets and sector report of a folder, in a fixed order."""
    settings = (CONTROL,) if (folder / CONTROL).is_file() else (SETTINGS, AGENCIES, ASSIGNMENT)
    yield from (folder / name for name in (*settings, PLAN_ITEMS) if (folder / name).is_file())
    for name in (STATISTICS, MOCK):
        for path in sorted((folder / name).rglob("*")):
            if path.suffix.lower() in WORKBOOK_SUFFIXES and path.is_file() and not is_litter(path):
                yield path
    if (folder / SAVED_AS).is_file():
        yield folder / SAVED_AS
