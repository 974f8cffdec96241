"""The public function that does everything that is due in an assessment folder, in the right order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fatf_kit.assessment.folder.agency_templates import locate_template
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.kept_files import keep_file
from fatf_kit.assessment.folder.model import (
    DECISIONS,
    FACTS,
    INBOX,
    REPORTS,
    RESPONSES,
    STATISTICS,
    TEMPLATES,
    Workspace,
)
from fatf_kit.assessment.folder.open_workbooks import find_open_workbooks
from fatf_kit.assessment.folder.outdated_workbooks import list_outdated_templates
from fatf_kit.comparison.rule_change import RuleChange, build_rule_change
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problem_values import decode_problems, encode_problems
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.resources import tool_version
from fatf_kit.core.store import Record, record_writes, work_alone, write_file, write_files
from fatf_kit.papers.status import FolderStatus
from fatf_kit.papers.status_changes import make_state
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.formats.json import render_json, render_value
from fatf_kit.report.write import FORMATS, render_report
from fatf_kit.spreadsheets.misdirected_workbooks import read_workbook_stamp
from fatf_kit.statistics.functions import agency_statistics_templates, name_statistics_template
from fatf_kit.statistics.years import DEFAULT_YEARS
from fatf_kit.workflows.assessment_folder import refresh_control
from fatf_kit.workflows.folder_decisions import keep_result, rewrite_decisions
from fatf_kit.workflows.inbox import InboxResult, LeftBecause, LeftFile, file_inbox, list_carried, list_files
from fatf_kit.workflows.letters import locate_letters, write_letters
from fatf_kit.workflows.papers import list_agencies_with_paper, paper
from fatf_kit.workflows.rule_change import adopt_new_rules, find_last_result, list_rule_change
from fatf_kit.workflows.runs import record_run
from fatf_kit.workflows.scoring import ScoringResult, score
from fatf_kit.workflows.status import folder_status, write_status
from fatf_kit.workflows.templates import agency_templates
from fatf_kit.workflows.unchanged import (
    FolderState,
    find_result,
    is_explained,
    keep_status,
    read_state,
    restore_status,
)
from fatf_kit.workflows.unchanged import keep_result as keep_found
from fatf_kit.workflows.upgrade import ProgramUpgrade, build_news, find_earlier_version, name_news

_PAPERS = ("brief", "roadmap", "compliance", "effectiveness")


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderUpdate:
    """The result of an update.

    Attributes:
        filed: Files of the inbox that were copied, each with its new place.
        carried: Files of the inbox with answers to an older edition.
        reports: Files of the inbox from which last-report.xlsx was made.
        left: Files of the inbox that were not used, each with the reason.
        open_files: Workbooks that are open in a spreadsheet program, each with who has it open, where that is known:
            changes that are not saved were not read.
        waiting: New copies next to a file that is open elsewhere or was changed by hand.
        is_refreshed: Whether the control workbook was written again.
        templates: Workbooks of agencies that were written.
        decisions: How many decisions of the country count.
        letters: Letters that were written; those that a person has changed are left as they are.
        written: Reports and papers that were written.
        status: The state of the folder afterwards.
        rule_change: The ratings that new scoring rules move, in the first update of an older folder; else None.
        upgrade: The page on what is new, in the first update by a newer version of fatf-kit; else None.
        problems: Everything that was found in the files.
        since: When a run did all this, where nothing has changed since and so nothing was written; else None.
    """

    status: FolderStatus
    filed: tuple[tuple[Path, Path], ...] = ()
    carried: tuple[Path, ...] = ()
    reports: tuple[Path, ...] = ()
    left: tuple[LeftFile, ...] = ()
    open_files: tuple[str, ...] = ()
    waiting: tuple[Path, ...] = ()
    is_refreshed: bool = False
    templates: tuple[Path, ...] = ()
    decisions: int = 0
    letters: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()
    rule_change: RuleChange | None = None
    upgrade: ProgramUpgrade | None = None
    problems: tuple[Problem, ...] = ()
    since: datetime | None = None


@dataclass(slots=True)
class _Writing:
    """Collects what was written, and what waits next to a file that is open elsewhere or was changed by hand."""

    written: list[Path] = field(default_factory=list)
    waiting: list[Path] = field(default_factory=list)
    open_files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def write(self, path: Path, make: Callable[[Path], Path]) -> None:
        """Write a file by `make`; where it cannot be replaced, write it under another name next to it."""
        try:
            self.written.append(make(path))
        except FatfKitError:
            if not path.exists():
                raise
            other = path.with_name(f"{path.stem}-new{path.suffix}")
            try:
                self.waiting.append(make(other))
            except FatfKitError:  # that one is open or was changed too
                if not other.exists():
                    raise
                self.open_files.append(other.name)

    def write_content(self, path: Path, content: bytes) -> None:
        """Write a file with a content, whoever wrote the one before."""
        self.write(path, lambda file: write_file(file, content))

    def write_own(self, folder: Path, name: str, content: bytes) -> None:
        """Write a file among the reports; one that a person has changed stays, and the new one is next to it."""

        def make(file: Path) -> Path:
            return write_files(folder, {file.relative_to(folder).as_posix(): content})[0]

        self.write(folder / name, make)


def update_folder(
    path: str | Path,
    *,
    now: datetime,
    formats: tuple[str, ...] = tuple(FORMATS),
    on_progress: ProgressCallback | None = None,
) -> FolderUpdate:
    """Do everything that is due in an assessment folder, and return what was done.

    In this order: file the workbooks of the inbox, bring the control workbook up to date, write missing workbooks of
    agencies, read every workbook once, write the report, the decisions, the papers and the letters, and the page of the
    status. The first update of an older folder also gives it the present scoring rules. `now` is the present time with
    its time zone; the reports print it. `on_progress` counts the workbooks that are read. Where no file, no day and
    nothing of the program has changed since the last update, nothing is read or written.

    Raises:
        FatfKitError: the settings of the folder cannot be used, or it cannot be written to.

    >>> from datetime import datetime
    >>> from shutil import copytree
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     home = copytree("examples/graustark", f"{folder}/graustark")
    ...     done = update_folder(home, now=datetime(2027, 1, 10, 9, 0), formats=("json",))
    >>> [path.name for path in done.written][:3]
    ['assessment.json', 'facts.json', 'brief-en.docx']
    """
    workspace, _ = open_workspace(path)
    home = workspace.path
    kind = f"update-{'-'.join(formats)}"
    with work_alone(home, "update"):
        before = read_state(home)
        if kept := find_result(home, kind, before, now.date()):
            return _restore(kept, home)
        with record_writes() as record:
            done = _update(workspace, now, formats, on_progress)
        after = read_state(home)
        record_run(home, now, before, after, make_state(done.status.facts))
        _keep(done, home, kind, (before, after), record, now)
        return done


def _keep(
    done: FolderUpdate, home: Path, kind: str, states: tuple[FolderState, FolderState], record: Record, now: datetime
) -> None:
    """Keep what was found, unless the next update has something to do although nobody changes a file."""
    before, after = states
    if done.open_files or done.waiting or not is_explained(home, before, after, record):
        return
    result = {
        "since": now,
        "status": done.status,
        "left": [(file.path.relative_to(home).as_posix(), file.why, file.detail) for file in done.left],
        "decisions": done.decisions,
        "problems": encode_problems(done.problems),
    }
    keep_found(home, kind, after, now.date(), result)
    keep_status(done.status, home, after)


def _restore(kept: Mapping[str, Any], home: Path) -> FolderUpdate:
    return FolderUpdate(
        status=restore_status(kept["status"]),
        left=tuple(
            LeftFile(path=home / place, why=LeftBecause(why), detail=detail) for place, why, detail in kept["left"]
        ),
        open_files=tuple(dict.fromkeys(_find_open(home))),
        decisions=kept["decisions"],
        problems=decode_problems(kept["problems"]),
        since=datetime.fromisoformat(kept["since"]),
    )


def _update(
    workspace: Workspace, now: datetime, formats: tuple[str, ...], on_progress: ProgressCallback | None
) -> FolderUpdate:
    home = workspace.path
    inbox = file_inbox(workspace)
    writing = _Writing(open_files=list(_find_open(home)))
    is_refreshed = _refresh(home)
    last = find_last_result(home)
    new_rules = adopt_new_rules(home, last, moment=now.isoformat(timespec="seconds"))
    templates = (*_write_templates(home, now, inbox), *_write_statistics_templates(home, now.date()))
    scored = score(home, on_progress=on_progress)
    if scored.responses.inputs and scored.folder is not None:
        _write_results(scored, home, formats, now, writing)
    rule_change = list_rule_change(new_rules, scored.folder) if new_rules and scored.folder else None
    if rule_change and scored.folder:
        _write_rule_change(rule_change, scored, home, now, writing)
    upgrade = _write_news(find_earlier_version(last), workspace, writing)
    letters: tuple[Path, ...] = ()
    if scored.folder:
        letters = write_letters(scored, locate_letters(workspace), today=now.date(), only_due=True).written
    status = folder_status(scored, today=now.date())
    write_status(status, home, writing.write_content)
    return FolderUpdate(
        status=status,
        filed=inbox.filed,
        carried=inbox.carried,
        reports=inbox.reports,
        left=inbox.left,
        open_files=tuple(dict.fromkeys(writing.open_files)),
        waiting=tuple(writing.waiting),
        is_refreshed=is_refreshed,
        templates=templates,
        decisions=len(scored.folder.decisions) if scored.folder else 0,
        letters=letters,
        written=tuple(writing.written),
        rule_change=rule_change,
        upgrade=upgrade,
        problems=(*inbox.problems, *scored.problems, *writing.problems),
    )


def _write_rule_change(change: RuleChange, scored: ScoringResult, home: Path, now: datetime, writing: _Writing) -> None:
    """Write the ratings that new scoring rules move as a document among the reports."""
    assert scored.folder is not None  # noqa: S101 - looked at by the caller
    language = scored.folder.workspace.settings.main_language
    t = Translator(scored.national(language))
    document = build_rule_change(change, t, country=scored.country(language), moment=now.isoformat(timespec="seconds"))
    writing.write_own(home / REPORTS, f"changed-rules-{language}.docx", render_docx(document))


def _write_news(earlier: str | None, workspace: Workspace, writing: _Writing) -> ProgramUpgrade | None:
    """Write the page on what is new since an earlier version among the reports; None where there is none."""
    if earlier is None:
        return None
    language, folder = workspace.settings.main_language, workspace.path / REPORTS
    writing.write_own(folder, name_news(language), render_document(build_news(language)))
    return ProgramUpgrade(earlier=earlier, later=tool_version(), page=folder / name_news(language))


def _write_templates(home: Path, now: datetime, inbox: InboxResult) -> tuple[Path, ...]:
    """Write missing workbooks of agencies, and those that were overtaken before they were sent.

    The assignment overtakes them, or answers to an older edition that came. A new workbook contains what its agency has
    answered already. What a workbook was before is kept in history/.
    """
    workspace, _ = open_workspace(home)
    carried = list_carried(workspace)
    answered = [*([home / RESPONSES] if list_files(home / RESPONSES) else []), *carried]
    outdated = tuple(list_outdated_templates(workspace))
    if inbox.carried:
        outdated = tuple(agency.id for agency in workspace.agencies)
    written: list[Path] = []
    for name in outdated:
        agency = workspace.by_id[name]
        path = locate_template(workspace, agency, None)
        if agency.sent is not None or not path.is_file():
            continue
        keep_file(home / path.name, path.read_bytes(), now.isoformat(timespec="seconds"))
        try:
            made = agency_templates(home, agencies=[name], prefill=answered, force=True)
            renewed = [file for _, file, is_written in made if is_written]
            if not renewed:  # nothing is requested of the agency any more
                path.unlink()
        except (FatfKitError, OSError):  # it is open: the next update does it
            continue
        written += renewed
    is_missing = any(not locate_template(workspace, agency, None).exists() for agency in workspace.agencies)
    made = agency_templates(home, prefill=carried if is_missing else ())
    return (*written, *(file for _, file, is_written in made if is_written))


def _write_statistics_templates(home: Path, today: date) -> tuple[Path, ...]:
    """Write missing workbooks for statistics, which ask for the last full years before the visit.

    An agency that has returned statistics needs none.
    """
    workspace, _ = open_workspace(home)
    stamps = [read_workbook_stamp(file) for file in list_files(home / STATISTICS)]
    returned = {stamp.get("agency", "") for stamp in stamps}
    missing = [
        agency.id
        for agency in workspace.agencies
        if returned.isdisjoint(agency.names.values()) and not _has_statistics(home, agency.id)
    ]
    last_day = workspace.settings.last_day or today
    last = min(today, last_day).year - 1
    years = f"{last - DEFAULT_YEARS + 1}-{last}"
    return agency_statistics_templates(home, years=years, agencies=missing) if missing else ()


def _has_statistics(home: Path, agency: str) -> bool:
    return (home / TEMPLATES / name_statistics_template(agency)).exists()


def _find_open(home: Path) -> Iterator[str]:
    return find_open_workbooks((home, home / RESPONSES, home / STATISTICS, home / INBOX))


def _refresh(home: Path) -> bool:
    """Write the control workbook again where what it shows does not follow from its values any more."""
    _, problems = open_workspace(home)
    if not any(one.code == "control-outdated" for one in problems):
        return False
    try:
        return refresh_control(home)[0]
    except FatfKitError:  # it is open: the next update does it
        return False


def _write_results(
    scored: ScoringResult, home: Path, formats: tuple[str, ...], now: datetime, writing: _Writing
) -> None:
    """Write the report, its copy in history/, the decisions and the papers."""
    assert scored.folder is not None  # noqa: S101 - looked at by the caller
    workspace = scored.folder.workspace
    language, moment = workspace.settings.languages[0], now.isoformat(timespec="seconds")
    report = scored.report(generated_at=moment, language=language)
    folder = home / REPORTS
    for name, content in render_report(report, formats).items():
        writing.write_own(folder, name, content)
    writing.write_content(folder / FACTS, render_value(scored.facts(now.date())))
    keep_result(workspace, render_json(report), moment)
    try:
        decisions, newer = rewrite_decisions(scored.folder, moment)
        writing.written += [decisions] if decisions else []
        writing.problems += newer
    except FatfKitError:  # it is open: nothing is lost, and the next update writes it
        writing.open_files.append(DECISIONS)
    for kind in _PAPERS:
        document = paper(scored, kind, generated_at=moment, language=language)
        writing.write_own(folder, f"{kind}-{language}.docx", render_docx(document))
    for agency in list_agencies_with_paper(scored):
        document = paper(scored, "agency", generated_at=moment, language=agency.language, agency=agency.id)
        writing.write_own(folder, f"{document.id}.docx", render_docx(document))
