"""The public functions of the mock visit: its plan and sheets from an assessment, its debrief from filled sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import list_paths
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country, base_language
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.resources import tool_version
from fatf_kit.core.store import write_files
from fatf_kit.framework import Framework, find_unit, load_framework
from fatf_kit.framework.model import ImmediateOutcome
from fatf_kit.framework.question_bank import load_bank
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.framework.weekends import find_weekend
from fatf_kit.mock_visit.data import load_readiness_rule, load_schedule
from fatf_kit.mock_visit.debrief import make_debrief
from fatf_kit.mock_visit.debrief_report import build_debrief_document
from fatf_kit.mock_visit.model import AgencyReport, Contradiction, Debrief, MockAgency, Rehearsal
from fatf_kit.mock_visit.payload import make_debrief_json
from fatf_kit.mock_visit.plan import VisitOptions, find_duties, make_rehearsal
from fatf_kit.mock_visit.plan_report import build_plan_document
from fatf_kit.mock_visit.questions import QuestionSources, find_disagreements
from fatf_kit.mock_visit.reader import read_mock_sheets
from fatf_kit.mock_visit.sheets import render_sheets
from fatf_kit.report.formats.json import render_json
from fatf_kit.report.model import Document, Report
from fatf_kit.report.write import DOCUMENT_FORMATS
from fatf_kit.spreadsheets import misdirected_workbooks
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.observation_texts import format_years
from fatf_kit.statistics.observations import ObservationKind
from fatf_kit.workflows.scoring import ScoringResult, score

PLAN, DEBRIEF = "plan", "debrief"
"""Names of the files that are written, without their ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MockVisit:
    """A planned rehearsal and the assessment it comes from. `framework` is in the language of the plan."""

    rehearsal: Rehearsal
    framework: Framework
    scored: ScoringResult
    problems: tuple[Problem, ...]

    def document(self) -> Document:
        """Return the plan to hand out, which has no questions in it."""
        t = Translator(self.rehearsal.language)
        return build_plan_document(self.rehearsal, self.framework, t, tool=tool_version())

    def sheets(self) -> Mapping[str, bytes]:
        """Return the workbooks of the mock assessors by name, one for each outcome."""
        return render_sheets(self.rehearsal, self.framework)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefResult:
    """A debrief and the problems of its sheets; a gap report can show `found.findings`."""

    found: Debrief
    problems: tuple[Problem, ...]

    def document(self, *, generated_at: str, language: str = "en") -> Document:
        """Return the debrief in one language; `generated_at` is printed as given."""
        t = Translator(add_country(language, find_country(self.found.sheets.country)))
        framework, moment = load_framework(self.found.sheets.edition, t.language), check_moment(generated_at)
        return build_debrief_document(self.found, framework, self.problems, t, tool=tool_version(), generated_at=moment)

    def payload(self, *, generated_at: str) -> dict[str, Any]:
        """Return the debrief as JSON that others may rely on."""
        moment = check_moment(generated_at)
        payload: dict[str, Any] = make_json_value(
            make_debrief_json(self.found, self.problems, tool=tool_version(), generated_at=moment)
        )
        return payload


def mock_template(
    paths: str | Path | Iterable[str | Path],
    *,
    edition: str | None = None,
    venues: int | None = None,
    days: int | None = None,
    first: date | None = None,
    joint: bool = False,
    only: Sequence[str] = (),
    language: str = "en",
    contradictions: Sequence[Contradiction] | None = None,
    on_progress: ProgressCallback | None = None,
) -> MockVisit:
    """Plan a rehearsal of the on-site visit from filled workbooks or an assessment folder.

    `venues` and `days` are the numbers available; None: those of schedule.json, and as many days as are needed. `first`
    is the first day; weekends are left out. With `joint` each outcome has one session with all its agencies. `only` are
    outcomes. `contradictions` are the country's figures that differ; None: those of the assessment folder.
    `on_progress` is as for `score`.

    Without an assessment folder, the usual roles are used as agencies.

    Raises:
        UnknownIdError: no such edition, outcome or language.
        FatfKitError: nothing could be read, or there is no venue or no day.

    >>> visit = mock_template("examples/ruritania/workbook", only=["IO.6"])
    >>> visit.rehearsal.outcomes, len(visit.rehearsal.interviews)
    (('IO.6',), 8)
    """
    if min(1 if venues is None else venues, 1 if days is None else days) < 1:
        raise FatfKitError("A mock visit needs at least one venue and one day.")
    scored = score(paths, edition=edition, on_progress=on_progress)
    if not scored.responses.inputs:
        raise FatfKitError("No workbook could be read, so no mock visit can be planned.")
    language = scored.national(language)
    framework, t = load_framework(scored.framework.id, language), Translator(language)
    workspace = scored.workspace
    rules = load_schedule(framework.id, language)
    bodies = _list_agencies(workspace, language)
    sources = QuestionSources(
        framework=framework,
        bank=load_bank(framework.id, language),
        bodies=bodies,
        duties=find_duties(framework, bodies, workspace.assignment if workspace else None),
        findings=scored.findings,
        disagreements=find_disagreements(scored.responses.answers),
        contradictions=find_contradictions(scored, language) if contradictions is None else tuple(contradictions),
        technical=rules.technical_questions,
    )
    country = name_country(workspace.settings, language) if workspace else scored.responses.country or ""
    notices = workspace.settings.notices if workspace else ()
    rehearsal, problems = make_rehearsal(
        sources,
        rules,
        VisitOptions(
            venues=venues,
            days=days,
            first=first,
            weekend=tuple(sorted(find_weekend(workspace.settings.country if workspace else None).days)),
            joint=joint,
            only=_check_outcomes(framework, only),
        ),
        workspace.settings.sectors if workspace else (),
        t,
        country=country,
        notices=tuple(dict.fromkeys((*notices, *filter(None, scored.responses.notices)))),
    )
    problems = (*scored.problems, *problems)
    return MockVisit(rehearsal=rehearsal, framework=framework, scored=scored, problems=problems)


def find_contradictions(scored: ScoringResult, language: str = "en") -> tuple[Contradiction, ...]:
    """Return figures of two bodies that should agree and do not, from an assessment folder's statistics/; else none.

    Each is asked under the first core issue that its table feeds; IO.1, which nearly every table feeds for the sake of
    coordination, comes last.
    """
    if scored.folder is None or (figures := scored.folder[Statistics]) is None:
        return ()
    definitions, t = load_definitions(language), Translator(language)
    agencies = scored.folder.workspace.agencies
    ids = {normalise(name): one.id for one in agencies for name in (one.id, *one.names.values())}
    found = []
    for one in check_statistics(figures):
        fed = definitions.tables[one.table].feeds.get(scored.framework.id, ()) if one.table else ()
        is_asked = one.kind is not ObservationKind.EXPLAINED and fed and one.agencies
        if not one.comparison or not is_asked:
            continue
        years = format_years(one.years, t)
        sides = ((one.agencies[0], one.numbers["left"]), (one.agencies[-1], one.numbers["right"]))
        reports = (AgencyReport(agency=ids.get(normalise(who), who), value=t.number(number)) for who, number in sides)
        found.append(
            Contradiction(
                core_issue=next((issue for issue in fed if not issue.startswith("IO.1/")), fed[0]),
                measure=f"{definitions.comparisons[one.comparison].title} ({years})",
                reports=tuple(reports),
            )
        )
    return tuple(found)


def mock_debrief(paths: str | Path | Iterable[str | Path]) -> DebriefResult:
    """Read the filled sheets of a rehearsal, or folders of them, and return the debrief.

    Raises:
        FatfKitError: no sheet could be read.

    >>> debrief = mock_debrief("examples/ruritania/mock/sheets")
    >>> debrief.document(generated_at="2027-01-20").title, debrief.problems
    ('Ruritania: debrief of the mock visit', ())
    """
    places = list_paths(paths)
    sheets, problems = read_mock_sheets(places)
    problems = misdirected_workbooks.name_misdirected(problems, places)
    if not sheets.files:
        raise FatfKitError("No sheet of a mock visit could be read. {problems}", problems=problems)
    found = make_debrief(sheets, load_framework(sheets.edition), load_readiness_rule())
    return DebriefResult(found=found, problems=problems)


def write_mock_visit(
    visit: MockVisit,
    folder: Path,
    formats: Iterable[str] = ("html", "docx"),
    *,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the sheets and the plan into a folder. Filled sheets are kept, unless by `force`.

    Raises:
        FatfKitError: a format is unknown, a file would be lost, or the folder cannot be written to.
    """
    contents = {f"{PLAN}.{name}": _render(visit.document(), name) for name in formats}
    return write_files(folder, {**contents, **visit.sheets()}, force=force)


def write_debrief(
    made: DebriefResult,
    folder: Path,
    formats: Sequence[str],
    *,
    generated_at: str,
    language: str = "en",
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the debrief into a folder in some formats; "json" is one more than those of documents.

    Raises:
        FatfKitError: a format is unknown, something would be lost, or the folder cannot be written to.
    """
    document = made.document(generated_at=generated_at, language=language)
    contents = {f"{DEBRIEF}.{name}": _render(document, name) for name in formats if name != "json"}
    if "json" in formats:
        payload = made.payload(generated_at=generated_at)
        contents[f"{DEBRIEF}.json"] = render_json(Report(document=document, tables=(), payload=payload))
    return write_files(folder, contents, force=force)


def list_document_formats() -> tuple[str, ...]:
    """Return the formats of a document by name.

    >>> list_document_formats()[:2]
    ('html', 'docx')
    """
    return tuple(ending.removeprefix(".") for ending in DOCUMENT_FORMATS)


def _render(document: Document, name: str) -> bytes:
    names = list_document_formats()
    if name not in names:
        raise FatfKitError("'{found}' is not a format. Allowed: {names}.", found=name, names=names)
    return DOCUMENT_FORMATS[f".{name}"](document)


def _list_agencies(workspace: Workspace | None, language: str) -> tuple[MockAgency, ...]:
    """Return the country's agencies; where it has not named any, the roles that usually answer, each as an agency."""
    if workspace and workspace.agencies:
        return tuple(
            MockAgency(id=one.id, name=one.name(language), roles=one.roles, names=one.names)
            for one in workspace.agencies
        )
    roles = {one: load_vocabulary(one).roles for one in (*LANGUAGES, language)}
    names = {role: {base_language(one): known[role].name for one, known in roles.items()} for role in roles[language]}
    return tuple(
        MockAgency(id=role, name=roles[language][role].name, roles=(role,), names=own) for role, own in names.items()
    )


def _check_outcomes(framework: Framework, only: Iterable[str]) -> tuple[str, ...]:
    units = [find_unit(framework, name) for name in only]
    if strange := [unit.id for unit in units if not isinstance(unit, ImmediateOutcome)]:
        raise UnknownIdError(
            "{unit} is a Recommendation. A mock visit covers the outcomes IO.1 to IO.11.", unit=strange[0]
        )
    return tuple(unit.id for unit in units)
