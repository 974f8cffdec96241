"""The verbs of the mock visit: its plan and sheets from an assessment, and its debrief from filled sheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import write_files
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.resources import tool_version
from fatf_kit.framework import Framework, find_unit, load_framework
from fatf_kit.framework.model import ImmediateOutcome
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.framework.weekends import find_weekend
from fatf_kit.mock_visit.data import load_bank, load_readiness_rule, load_schedule
from fatf_kit.mock_visit.debrief import make_debrief
from fatf_kit.mock_visit.debrief_report import build_debrief_document
from fatf_kit.mock_visit.model import AgencyReport, Contradiction, Debrief, MockAgency, Rehearsal
from fatf_kit.mock_visit.payload import build_debrief_payload
from fatf_kit.mock_visit.plan import VisitOptions, find_duties, make_rehearsal
from fatf_kit.mock_visit.plan_report import build_plan_document
from fatf_kit.mock_visit.questions import QuestionSources, find_disagreements
from fatf_kit.mock_visit.reader import read_sheets
from fatf_kit.mock_visit.sheets import render_sheets
from fatf_kit.report.model import Document
from fatf_kit.report.write import DOCUMENT_FORMATS
from fatf_kit.spreadsheets import misdirected_workbooks as strangers
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.observations import ObservationKind
from fatf_kit.workflows.scoring import ScoringResult, score

PLAN, DEBRIEF = "plan", "debrief"
"""Names of the files that are written, without their ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MockVisit:
    """A planned rehearsal: who meets whom, with which questions. `framework` is in the language of the plan."""

    rehearsal: Rehearsal
    framework: Framework
    scored: ScoringResult
    problems: tuple[Problem, ...]

    def document(self) -> Document:
        """The plan to hand out; it holds no questions."""
        return build_plan_document(
            self.rehearsal, self.framework, Translator(self.rehearsal.language), tool=tool_version()
        )

    def sheets(self) -> Mapping[str, bytes]:
        """The workbooks of the mock assessors by name, one for each outcome."""
        return render_sheets(self.rehearsal, self.framework)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefResult:
    """A debrief with what it was made from; `found.findings` are what a gap report can show."""

    found: Debrief
    problems: tuple[Problem, ...]

    def document(self, *, generated_at: str, language: str = "en") -> Document:
        """The debrief in one language; `generated_at` is printed as given."""
        framework = load_framework(self.found.sheets.edition, language)
        moment = check_moment(generated_at)
        t = Translator(language)
        return build_debrief_document(self.found, framework, self.problems, t, tool=tool_version(), generated_at=moment)

    def payload(self, *, generated_at: str) -> dict[str, Any]:
        """The debrief as JSON that others may rely on."""
        return build_debrief_payload(
            self.found, self.problems, tool=tool_version(), generated_at=check_moment(generated_at)
        )


def mock_template(
    paths: str | Path | Iterable[str | Path],
    *,
    edition: str | None = None,
    rooms: int | None = None,
    days: int | None = None,
    first: date | None = None,
    joint: bool = False,
    only: Sequence[str] = (),
    language: str = "en",
    contradictions: Sequence[Contradiction] | None = None,
    on_progress: ProgressCallback | None = None,
) -> MockVisit:
    """Plan a rehearsal of the on-site visit from filled workbooks or an assessment folder.

    `rooms` and `days` are as many as there are; None: as schedule.json says, and as many days as are needed. `first` is
    the first day; weekends are left out. `joint` gives each outcome one session of all its agencies. `only` are
    outcomes. `contradictions` are figures of the country's own that differ; None: those in the assessment folder.
    `told` is as for `score`.

    Where no assessment folder says who answers, agencies are the roles that usually do.

    Raises:
        UnknownIdError: no such edition, outcome or language.
        FatfKitError: nothing could be read, or there is no room or no day.
    """
    if min(1 if rooms is None else rooms, 1 if days is None else days) < 1:
        raise FatfKitError("A mock visit needs one room and one day at least.")
    scored = score(paths, edition=edition, on_progress=on_progress)
    if not scored.responses.inputs:
        raise FatfKitError("No workbook could be read, so there is nothing to rehearse.")
    framework, t = load_framework(scored.framework.id, language), Translator(language)
    workspace = scored.folder.workspace if scored.folder else None
    lengths = load_schedule(framework.id, language)
    bodies = _bodies(workspace, language)
    ground = QuestionSources(
        framework=framework,
        bank=load_bank(framework.id, language),
        bodies=bodies,
        duties=find_duties(framework, bodies, workspace.assignment if workspace else None),
        findings=scored.findings,
        disagreements=find_disagreements(scored.responses.answers),
        contradictions=find_contradictions(scored, language) if contradictions is None else tuple(contradictions),
        technical=lengths.technical,
    )
    country = name_country(workspace.settings, language) if workspace else scored.responses.country or ""
    rehearsal, problems = make_rehearsal(
        ground,
        lengths,
        VisitOptions(
            rooms=rooms,
            days=days,
            first=first,
            weekend=tuple(sorted(find_weekend(workspace.settings.country if workspace else None).days)),
            joint=joint,
            only=_outcomes(framework, only),
        ),
        workspace.settings.sectors if workspace else (),
        t,
        country=country,
        notices=_notices(scored),
    )
    return MockVisit(rehearsal=rehearsal, framework=framework, scored=scored, problems=(*scored.problems, *problems))


def find_contradictions(scored: ScoringResult, language: str = "en") -> tuple[Contradiction, ...]:
    """Figures of two bodies that should agree and do not, from an assessment folder's statistics/; none elsewhere.

    Each is asked under the first core issue that its table feeds; IO.1, which nearly every table feeds for the sake of
    coordination, comes last.
    """
    if scored.folder is None or scored.folder.statistics is None:
        return ()
    definitions, t = load_definitions(language), Translator(language)
    titles = {one.id: one.title for one in definitions.comparisons}
    ids = {normalise(name): a.id for a in scored.folder.workspace.agencies for name in (a.id, *a.names.values())}
    found = []
    for one in check_statistics(scored.folder.statistics, definitions):
        fed = definitions.tables[one.table].feeds.get(scored.framework.id, ()) if one.table else ()
        if one.comparison not in titles or one.kind is ObservationKind.EXPLAINED or not fed or not one.agencies:
            continue
        years = ", ".join(map(str, one.years))
        sides = ((one.agencies[0], one.numbers["left"]), (one.agencies[-1], one.numbers["right"]))
        found.append(
            Contradiction(
                core_issue=next((issue for issue in fed if not issue.startswith("IO.1/")), fed[0]),
                measure=f"{titles[one.comparison]} ({years})",
                reports=tuple(AgencyReport(agency=ids.get(normalise(who), who), value=t.number(n)) for who, n in sides),
            )
        )
    return tuple(found)


def mock_debrief(paths: str | Path | Iterable[str | Path]) -> DebriefResult:
    """Read the filled sheets of a rehearsal, or folders of them, and say what it showed.

    Raises:
        FatfKitError: no sheet could be read.
    """
    given = [paths] if isinstance(paths, str | Path) else paths
    places = [Path(path) for path in given]
    sheets, problems = read_sheets(places)
    problems = strangers.name_misdirected(problems, places)
    if not sheets.files:
        raise FatfKitError(" ".join(["No sheet of a rehearsal could be read.", *(p.message for p in problems)]))
    return DebriefResult(
        found=make_debrief(sheets, load_framework(sheets.edition), load_readiness_rule()), problems=problems
    )


def write_mock_visit(
    visit: MockVisit,
    folder: Path,
    formats: Iterable[str] = ("html", "docx"),
    *,
    inputs: Iterable[Path] = (),
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the sheets and the plan into a folder. Sheets that somebody has filled in stay, unless by `force`.

    Raises:
        FatfKitError: a format is unknown, something would be lost, or the folder cannot be written to.
    """
    document = visit.document()
    plans = {f"{PLAN}.{name}": DOCUMENT_FORMATS[_known(name)](document) for name in formats}
    return write_files(folder, {**plans, **visit.sheets()}, inputs=inputs, force=force)


def write_debrief(
    made: DebriefResult,
    folder: Path,
    formats: Iterable[str],
    *,
    generated_at: str,
    language: str = "en",
    inputs: Iterable[Path] = (),
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the debrief into a folder in some formats; "json" is one beside those of documents.

    Raises:
        FatfKitError: a format is unknown, something would be lost, or the folder cannot be written to.
    """
    document = made.document(generated_at=generated_at, language=language)
    contents = {}
    for name in formats:
        if name == "json":
            contents[f"{DEBRIEF}.json"] = _json(made.payload(generated_at=generated_at))
        else:
            contents[f"{DEBRIEF}.{name}"] = DOCUMENT_FORMATS[_known(name)](document)
    return write_files(folder, contents, inputs=inputs, force=force)


def list_document_formats() -> tuple[str, ...]:
    """Formats of a document by name.

    >>> document_formats()[:2]
    ('html', 'docx')
    """
    return tuple(ending.removeprefix(".") for ending in DOCUMENT_FORMATS)


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _known(name: str) -> str:
    if name not in list_document_formats():
        raise FatfKitError(f"{name!r} is no format. Use one of: {', '.join(list_document_formats())}.")
    return f".{name}"


def _bodies(workspace: Workspace | None, language: str) -> tuple[MockAgency, ...]:
    """The country's agencies; where it has not said which, the roles that usually answer, each as an agency."""
    if workspace and workspace.agencies:
        return tuple(
            MockAgency(id=one.id, name=one.name(language), roles=one.roles, names=one.names)
            for one in workspace.agencies
        )
    spoken = {one: load_vocabulary(one).roles for one in LANGUAGES}
    return tuple(
        MockAgency(
            id=role, name=one.name, roles=(role,), names={name: roles[role].name for name, roles in spoken.items()}
        )
        for role, one in spoken[language].items()
    )


def _notices(scored: ScoringResult) -> tuple[str, ...]:
    settings = scored.folder.workspace.settings.notice if scored.folder else ""
    return tuple(dict.fromkeys(notice for notice in (settings, *scored.responses.notices) if notice))


def _outcomes(framework: Framework, only: Iterable[str]) -> tuple[str, ...]:
    units = [find_unit(framework, name) for name in only]
    if strange := [unit.id for unit in units if not isinstance(unit, ImmediateOutcome)]:
        raise UnknownIdError(f"{strange[0]} is a Recommendation. A mock visit goes by outcomes, IO.1 to IO.11.")
    return tuple(unit.id for unit in units)
