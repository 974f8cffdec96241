"""Each file of the inbox of an assessment folder goes to its place by what it is, or is named with the reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from fatf_kit.assessment.folder.model import (
    CONTROL,
    DECISIONS,
    EARLIER,
    INBOX,
    LAST_REPORT,
    LAWS,
    MOCK,
    PLAN_ITEMS,
    PLANS,
    RESPONSES,
    STATISTICS,
    TRAINING,
    Workspace,
)
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_litter
from fatf_kit.core.problems import Problem
from fatf_kit.core.store import fingerprint_file, write_file
from fatf_kit.report_text.model import ParsedReport
from fatf_kit.spreadsheets.misdirected_workbooks import KINDS_OF_WORKBOOK, read_workbook_stamp
from fatf_kit.workflows.report_in import ITEMS, report_in
from fatf_kit.workflows.templates import carry_forward, find_own_report

_FOLDERS = MappingProxyType({"answers": RESPONSES, "statistics": STATISTICS, "mock": MOCK, "plan": PLANS})
"""The folder of each kind of workbook of which a folder may have many, by the kind that its stamp names."""

_KEPT_FILES = MappingProxyType({
    "assessment": CONTROL,
    "decisions": DECISIONS,
    "laws": LAWS,
    "plan-items": PLAN_ITEMS,
    "last-report": LAST_REPORT,
    "training": TRAINING,
})  # fmt: skip
"""The name of each workbook of which a folder has one."""

_REPORTS = (".pdf", ".docx", ".txt")
_FEWEST_PARTS = 15
"""Criteria and ratings that a text has at least if it is a report: letters cite a few, reports of FATF have over 40."""

_LONGEST_NAME = 60
"""Characters of its own name that a filed copy keeps: systems allow 255 bytes, of which an Arabic letter takes two."""


class LeftBecause(StrEnum):
    """Why a file of the inbox stays there: nothing of an update uses it, the folder has one, a command reads it."""

    UNKNOWN = "unknown"
    KEPT = "kept"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftFile:
    """A file of the inbox that was not used. `detail` is the folder's own file, or the command that reads the kind."""

    path: Path
    why: LeftBecause
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxResult:
    """The files that were copied, each with its place, those that were left, and what was found while reading them.

    `carried` are the files with answers to an older edition, `reports` those from which last-report.xlsx was made.
    """

    filed: tuple[tuple[Path, Path], ...] = ()
    carried: tuple[Path, ...] = ()
    reports: tuple[Path, ...] = ()
    left: tuple[LeftFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def file_inbox(workspace: Workspace) -> InboxResult:
    """Copy each file of the inbox to its place: by its kind, its agency and the day on which it was saved.

    Answers, statistics, mock sheets and plans go to their folders. A workbook of which the folder has one becomes that
    one where there is none. Answers to an older edition go to earlier/, with a copy whose answers are carried forward.
    A mutual evaluation or follow-up report goes there too, and last-report.xlsx is made from it. The files of the inbox
    stay as they are. A file whose content was filed before is left out.

    Raises:
        FatfKitError: a copy cannot be written.
    """
    return _Intake(workspace).run()


class _Intake:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._home = workspace, workspace.path
        self._filed: list[tuple[Path, Path]] = []
        self._carried: list[Path] = []
        self._reports: list[Path] = []
        self._left: list[LeftFile] = []
        self._problems: list[Problem] = []

    def run(self) -> InboxResult:
        known = {fingerprint_file(file) for file in self._list_filed()}
        for file in list_files(self._home / INBOX):
            content = fingerprint_file(file)
            if content not in known and self._file(file):
                known.add(content)
        return InboxResult(
            filed=tuple(self._filed),
            carried=tuple(self._carried),
            reports=tuple(self._reports),
            left=tuple(self._left),
            problems=tuple(self._problems),
        )

    def _list_filed(self) -> Iterator[Path]:
        for folder in (*_FOLDERS.values(), EARLIER):
            yield from list_files(self._home / folder)
        yield from (place for name in _KEPT_FILES.values() if (place := self._home / name).is_file())

    def _file(self, file: Path) -> bool:
        """Copy a file to its place; return whether it has one."""
        stamp = read_workbook_stamp(file)
        kind = stamp.get("kind", "")
        if kind == "answers" and stamp.get("edition", "") not in ("", self._workspace.settings.edition):
            return self._carry(file)
        if folder := _FOLDERS.get(kind):
            return self._copy(file, self._home / folder, stamp)
        if name := _KEPT_FILES.get(kind):
            return self._keep(file, name)
        if file.suffix.casefold() in _REPORTS and not (self._home / LAST_REPORT).exists():
            return self._read_report(file)
        known = KINDS_OF_WORKBOOK.get(kind)
        return self._leave(file, LeftBecause.COMMAND if known else LeftBecause.UNKNOWN, known.command if known else "")

    def _leave(self, file: Path, why: LeftBecause, detail: str = "") -> bool:
        self._left.append(LeftFile(path=file, why=why, detail=detail))
        return False

    def _copy(self, file: Path, folder: Path, stamp: Mapping[str, str] = MappingProxyType({})) -> bool:
        agency = stamp.get("agency", "")
        target = _name_copy(folder, file, agency if agency in self._workspace.by_id else "")
        write_file(target, partial(_copy, file))
        self._filed.append((file, target))
        return True

    def _keep(self, file: Path, name: str) -> bool:
        """Make a workbook the folder's own, where it has none; one that people work in is never replaced."""
        target = self._home / name
        if target.exists():
            return self._leave(file, LeftBecause.KEPT, name)
        write_file(target, partial(_copy, file))
        self._filed.append((file, target))
        return True

    def _carry(self, file: Path) -> bool:
        """Carry answers to an older edition forward, so that workbooks of agencies can begin with them."""
        settings = self._workspace.settings
        target = _find_free(self._home / EARLIER, f"{file.stem[:_LONGEST_NAME]} {settings.edition}", ".xlsx")
        try:
            _, problems = carry_forward(file, settings.edition, target, language=settings.languages[0])
        except FatfKitError:  # it has no answer, or its edition is no older one
            return self._leave(file, LeftBecause.UNKNOWN)
        self._problems += problems
        self._carried.append(file)
        return self._copy(file, self._home / EARLIER)

    def _read_report(self, file: Path) -> bool:
        """Read a report that is published, so that its recommended actions can be answered one by one.

        The ratings that it prints are not kept as answers: agencies would repeat them without checking.
        """
        settings = self._workspace.settings
        country = settings.country if find_own_report(settings.country) else None
        with TemporaryDirectory(prefix="fatf-kit-") as folder:
            try:
                intake = report_in(file, folder, country=country, language=settings.languages[0])
            except FatfKitError:  # a scan, or it has no text of a report
                return self._leave(file, LeftBecause.UNKNOWN)
            if not _is_report(intake.parsed):
                return self._leave(file, LeftBecause.UNKNOWN)
            write_file(self._home / LAST_REPORT, (Path(folder) / ITEMS).read_bytes())
        self._problems += intake.problems
        self._reports.append(file)
        return self._copy(file, self._home / EARLIER)


def _is_report(parsed: ParsedReport) -> bool:
    """Return whether a text is a report on a country, not a letter that cites a few Recommendations."""
    return len(parsed.criteria) + len(parsed.ratings) >= _FEWEST_PARTS


def list_carried(workspace: Workspace) -> tuple[Path, ...]:
    """Return the workbooks of an assessment folder with answers that were carried forward from an older edition."""
    edition = workspace.settings.edition
    files = list_files(workspace.path / EARLIER)
    stamps = ((file, read_workbook_stamp(file)) for file in files if file.suffix == ".xlsx")
    return tuple(file for file, stamp in stamps if (stamp.get("kind"), stamp.get("edition")) == ("answers", edition))


def list_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder in order; those that a program keeps while it has a workbook open are left out."""
    files = sorted(folder.rglob("*")) if folder.is_dir() else ()
    return tuple(file for file in files if file.is_file() and not is_litter(file))


def _copy(file: Path, target: Path) -> None:
    """Copy a file with the day on which it was saved."""
    shutil.copy2(file, target)


def _name_copy(folder: Path, file: Path, agency: str) -> Path:
    """Return the name of a copy: the agency, the day on which it was saved, and its own name where that says more.

    People name a corrected copy by a word such as "corrected", which answers the question which of two is valid.
    """
    day = date.fromtimestamp(file.stat().st_mtime)
    own = file.stem.removeprefix(agency).strip(" -_")[:_LONGEST_NAME].rstrip()
    stem = f"{agency} {day} {own}".strip() if agency else f"{file.stem} {day}"
    return _find_free(folder, stem, file.suffix)


def _find_free(folder: Path, stem: str, suffix: str) -> Path:
    """Return the first place of this name, or with a number behind it, where there is no file."""
    stems = (stem, *(f"{stem} ({number})" for number in range(2, 1000)))
    places = (folder / f"{name}{suffix}" for name in stems)
    return next(place for place in places if not place.exists())
