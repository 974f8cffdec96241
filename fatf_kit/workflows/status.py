"""The public functions of the status of an assessment folder: counted from its files, and written as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.items.folder_part import find_items
from fatf_kit.action_plan.items.make import ICRG, OBSERVATION
from fatf_kit.assessed.facts import AgencyFact
from fatf_kit.assessment.decisions.row_texts import RowTexts
from fatf_kit.assessment.folder.agency_templates import locate_template
from fatf_kit.assessment.folder.assignment import list_assigned
from fatf_kit.assessment.folder.folder import is_workspace, name_country, read_workspace
from fatf_kit.assessment.folder.model import (
    CONTROL,
    DECISIONS,
    INBOX,
    LETTERS,
    REPORTS,
    RESPONSES,
    STATISTICS,
    TEMPLATES,
    EffectKind,
)
from fatf_kit.assessment.folder.outdated_workbooks import list_outdated_templates
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.store import write_file
from fatf_kit.evaluation_calendar.folder_settings import find_folder_schedule
from fatf_kit.evaluation_calendar.timetable import SUBMISSION_STEPS, Schedule
from fatf_kit.framework import Framework, load_framework
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.laws.deadlines import count_late_bills
from fatf_kit.laws.folder_part import find_laws
from fatf_kit.laws.translations import count_untranslated
from fatf_kit.outlook.report import describe_outlook
from fatf_kit.outlook.sentences import describe_levels
from fatf_kit.papers.brief import name_submission
from fatf_kit.papers.phase import describe_phase, find_phase
from fatf_kit.papers.report_input import PaperInput, name_some_agencies
from fatf_kit.papers.status import AgencyStatus, FolderStatus, ReturnedFile, StatusCount, StatusQuestion, build_status
from fatf_kit.papers.status_payload import FolderStep, StatusDate
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.formats.xlsx import render_xlsx
from fatf_kit.report.model import Report
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.letters import require_workspace
from fatf_kit.workflows.runs import find_earlier_states
from fatf_kit.workflows.scoring import ScoringResult, score
from fatf_kit.workflows.unchanged import find_status

_PAPER_OF = dict(zip(SUBMISSION_STEPS, ("compliance", "effectiveness"), strict=True))
"""The paper that is handed in at each step."""

_NAMED = 3
"""How many agencies a next step names."""


def folder_status(
    path: str | Path | ScoringResult,
    *,
    today: date,
    language: str | None = None,
    on_progress: ProgressCallback | None = None,
) -> FolderStatus:
    """Return the state of an assessment folder on a day, in a language or in its own.

    `path` may be the folder as it was scored, so that no workbook is read twice. Where nothing has changed since a
    command found the state, it is that one, and no workbook is read. The state can be asked for before any
    workbook is returned.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: the settings of the folder cannot be used.

    >>> status = folder_status("examples/ruritania", today=date(2026, 11, 28))
    >>> status.country, len(status.agencies), status.facts.answers.answered
    ('Ruritania', 8, 309)
    """
    if not isinstance(path, ScoringResult) and (kept := _find_kept(Path(path), language, today)):
        return kept
    scored = path if isinstance(path, ScoringResult) else score(path, on_progress=on_progress)
    workspace, folder = require_workspace(scored), scored.folder
    assert folder is not None  # noqa: S101 - it has the workspace
    settings, laws = workspace.settings, find_laws(folder).register
    language = add_country(language or settings.languages[0], settings.country)
    t = Translator(language)
    known = scored.paper_input(generated_at=today.isoformat(), language=language)
    agencies = tuple(_collect_agency(folder, fact, language) for fact in known.facts.agencies)
    schedule = find_folder_schedule(workspace, settings.last_day)
    framework = load_framework(scored.framework.id, language)
    phase = find_phase(schedule, today, is_observed=_is_observed(folder))
    return FolderStatus(
        language=language,
        country=name_country(workspace.settings, language),
        edition=framework.full_title,
        facts=known.facts,
        agencies=agencies,
        dates=tuple(_list_dates(folder, schedule, today, t)),
        steps=tuple(FolderStep(text=text, place=place) for text, place in _list_steps(folder, known, agencies, t)),
        phase=phase,
        phase_text=describe_phase(phase, schedule, today, t) if phase else "",
        question=_find_question(folder, framework, t),
        earlier=find_earlier_states(workspace.path, today),
        verdict=_describe_verdict(known, t),
        notices=tuple(map(t, workspace.settings.notices)),
        counts=tuple(
            StatusCount(number=number, text=text)
            for part in folder.parts.values()
            for number, text in part.list_counts(today, t)
            if number
        ),
        bills_late=count_late_bills(laws, today),
        untranslated=count_untranslated(laws, workspace.settings.last_day or today),
    )


def _find_kept(path: Path, language: str | None, today: date) -> FolderStatus | None:
    """Return the status that a run kept, where nothing has changed since."""
    workspace = read_workspace(path)[0] if is_workspace(path) else None
    return find_status(workspace.path, language or workspace.settings.languages[0], today) if workspace else None


def write_status(status: FolderStatus, folder: Path, write: Callable[[Path, bytes], object] = write_file) -> Path:
    """Write the page of a status into a folder as status.html, with the sheet status.xlsx; return the page.

    Raises:
        FatfKitError: a file cannot be written.
    """
    report, page = build_status(status), folder / "status.html"
    write(folder / "status.xlsx", render_xlsx(report))
    write(page, render_document(report.document))
    return page


def status_report(status: FolderStatus) -> Report:
    """Return the page, the sheet and the JSON of a status, in its language.

    >>> from datetime import date
    >>> from fatf_kit import folder_status
    >>> status_report(folder_status("examples/ruritania", today=date(2027, 1, 10))).document.title
    'State of the self-assessment'
    """
    return build_status(status)


def _describe_verdict(known: PaperInput, t: Translator) -> tuple[str, ...]:
    """Describe what the ratings lead to; empty before the first answer."""
    if known.is_blank:
        return ()
    return describe_outlook(known.outlook, t, explained=False), describe_levels(known.standing, t)


def _collect_agency(scored: FolderScore, fact: AgencyFact, language: str) -> AgencyStatus:
    workspace = scored.workspace
    agency = workspace.by_id[fact.agency]
    names = {file.name for file in scored.responses.inputs if file.agency == agency.id}
    returned = [
        ReturnedFile(name=path.name, day=date.fromtimestamp(path.stat().st_mtime))
        for path in (workspace.path / RESPONSES).rglob("*")
        if path.name in names
    ]
    templates = [locate_template(workspace, agency, one) for one in (None, *LANGUAGES)]
    written = [path for path in templates if path.is_file()]
    papers = [workspace.path / REPORTS / f"agency-{agency.id}.docx"] if returned else []
    to_send = next((path for path in (*papers, *written) if path.is_file()), None)
    return AgencyStatus(
        fact=fact,
        name=agency.name(language),
        has_template=bool(written),
        sent=agency.sent,
        next_file=to_send.relative_to(workspace.path).as_posix() if to_send else "",
        returned=tuple(sorted(returned, key=lambda file: file.day, reverse=True)),
    )


def _is_observed(scored: FolderScore) -> bool:
    """Return whether the folder has a plan of the ICRG, or of the period before one, with open items."""
    items = find_items(scored)
    return any(not items.is_done(item.id, plan) for plan in (OBSERVATION, ICRG) for item in items.heads(plan))


def _find_question(scored: FolderScore, framework: Framework, t: Translator) -> StatusQuestion | None:
    """Find the open question whose answer moves a rating most; the first of several in the order of the workbook."""
    moving = [one for one in scored.questions if one.effect and one.effect.kind is EffectKind.CHANGES]
    if not moving:
        return None
    question = max(moving, key=lambda one: one.effect.levels if one.effect else 0)
    statements = {name: one.statement for name, one in index_requirements(framework).items()}
    texts = RowTexts(language=t.language, workspace=scored.workspace, statements=statements)
    return StatusQuestion(
        requirement=question.requirement, text=texts.question(question), effect=texts.effect(question)
    )


def _list_dates(scored: FolderScore, schedule: Schedule | None, today: date, t: Translator) -> tuple[StatusDate, ...]:
    """Return the dates of the evaluation, the deadlines of bills and translations and the cycles of plans, by day.

    Where the visit has no date, there are only the deadlines and cycles.
    """
    days = [(event.day, t(event.what)) for event in (schedule.events if schedule else ())]
    days += [date for part in scored.parts.values() for date in part.list_dates(t)]
    return tuple(
        StatusDate(step=step, day=day, days=(day - today).days) for day, step in sorted(days, key=lambda one: one[0])
    )


def _list_steps(
    scored: FolderScore, known: PaperInput, agencies: tuple[AgencyStatus, ...], t: Translator
) -> Iterator[tuple[str, str]]:
    """Yield what people do next, with the command or file for it, in the order of the work."""
    for submission in known.facts.overdue_submissions:
        command, name = f"paper {_PAPER_OF[submission.step]}", name_submission(submission.step, t)
        files = f"{REPORTS}/{_PAPER_OF[submission.step]}-{scored.workspace.settings.languages[0]}.docx"
        text = t.plural(
            "Send the submission {name}, which was due {n} day ago",
            "Send the submission {name}, which was due {n} days ago",
            -submission.days,
            name=name,
        )
        yield text, _name_place(scored.workspace.path, files, command)
    home, main = scored.workspace.path, scored.workspace.settings.languages[0]
    if own := [one for one in scored.problems if _is_of_control(one)]:
        text = t.plural(
            "Correct {n} cell of the control workbook", "Correct {n} cells of the control workbook", len(own)
        )
        yield text, CONTROL
    if open_leads := _count_open(scored):
        text = t.plural(
            "Choose a lead agency for {n} requirement", "Choose a lead agency for each of {n} requirements", open_leads
        )
        yield text, CONTROL
    if missing := [one for one in agencies if not (one.has_template or one.returned)]:
        text = t.plural("Write the workbook of {n} agency", "Write the workbooks of {n} agencies", len(missing))
        yield text, name_command(home, "template")
    elif unsent := [one.name for one in agencies if not (one.sent or one.returned)]:
        text = t("Send the workbooks, and enter the day ({agencies})", agencies=_name_some(unsent, t))
        yield text, f"{TEMPLATES}/, {CONTROL}"
    if not any((*home.glob(f"{TEMPLATES}/statistics-*"), *home.glob(f"{STATISTICS}/*.*"))):
        text = t("Write the workbooks for statistics and cases, and send them with the others")
        yield text, name_command(home, "statistics template")
    outdated = [scored.workspace.by_id[one] for one in list_outdated_templates(scored.workspace)]
    if overtaken := [one.name(t.language) for one in outdated if one.sent]:
        text = t(
            "The assignment has changed. Clear the day of sending, and run Update for new workbooks ({agencies})",
            agencies=_name_some(overtaken, t),
        )
        yield text, CONTROL
    if late := [agency.name for agency in agencies if agency.fact.is_overdue]:
        text = t("Send a reminder ({agencies})", agencies=_name_some(late, t))
        yield text, _name_place(home, f"{LETTERS}/…-reminder.docx", "letters")
    elif waiting := [one.name for one in agencies if not one.returned and one.sent]:
        text = t("Copy the answers into the inbox when they come ({agencies})", agencies=_name_some(waiting, t))
        yield text, f"{INBOX}/"
    papers = _name_place(home, f"{REPORTS}/agency-….docx", "paper agency", "--agency all")
    if empty := [one.name for one in agencies if one.is_empty]:
        text = t("Ask for answers, because the workbook came back empty ({agencies})", agencies=_name_some(empty, t))
        yield text, papers
    if faulty := [agency.name for agency in agencies if agency.fact.to_correct]:
        yield t("Send requests for correction ({agencies})", agencies=_name_some(faulty, t)), papers
    for part in scored.parts.values():
        yield from part.list_steps(t)
    if count := known.facts.decisions.questions:
        yield t.plural("Decide {n} open question", "Decide {n} open questions", count), DECISIONS
    if scored.responses.inputs and not any(agency.fact.is_overdue or not agency.returned for agency in agencies):
        text = t("Review the submissions and send them to the evaluators")
        names = ("compliance", "effectiveness")
        places = (_name_place(home, f"{REPORTS}/{one}-{main}.docx", f"paper {one}") for one in names)
        yield text, ", ".join(places)


def _name_place(home: Path, files: str, command: str, options: str = "") -> str:
    """Return the files of a step, with "…" for the agency, if an update has written them, or else the command."""
    return files if any(home.glob(files.replace("…", "*"))) else name_command(home, command, options)


def name_command(home: Path, command: str, options: str = "") -> str:
    """Return a command on a folder as it is typed; a path with blanks in it is quoted.

    >>> name_command(Path("my folder"), "update")
    'fatf-kit update "my folder"'
    """
    name = f'"{home}"' if " " in str(home) else str(home)
    return f"fatf-kit {command} {name} {options}".rstrip()


def _name_some(names: list[str], t: Translator) -> str:
    """Return the first names of a list, and how many more there are."""
    return name_some_agencies(names, _NAMED, t)


def _is_of_control(problem: Problem) -> bool:
    is_of_file = problem.ref is not None and problem.ref.file == CONTROL
    return is_of_file and problem.level is not ProblemLevel.NOTE


def _count_open(scored: FolderScore) -> int:
    assignment = scored.workspace.assignment
    return sum(assignment.duty(top.id).lead is None for top in list_assigned(scored.framework))
