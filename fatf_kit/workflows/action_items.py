"""The public functions on plans that others word: the last report's actions, the ICRG plan and the roadmap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from fatf_kit.action_plan.items.annexes import number_annexes
from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.checks import check_items
from fatf_kit.action_plan.items.cycles import describe_cycle_day, fill_days, find_cycle, list_cycle_days
from fatf_kit.action_plan.items.effect import KnownRatings, build_effect_section
from fatf_kit.action_plan.items.make import MadePlan, make_plan_items
from fatf_kit.action_plan.items.model import ItemEvidenceKind, ItemRegister, ReportCycle
from fatf_kit.action_plan.items.proof import ProofSources
from fatf_kit.action_plan.items.reviewer_report import ReviewerReportInput, build_reviewer_report
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.status_report import StatusReportInput, build_status_report
from fatf_kit.action_plan.items.statuses import CycleProgress, measure_progress
from fatf_kit.action_plan.needs.checks import check_needs
from fatf_kit.action_plan.needs.priority import PriorityFacts
from fatf_kit.action_plan.reading import PlanBook
from fatf_kit.assessment.folder.folder import is_workspace, name_country, open_workspace
from fatf_kit.assessment.folder.model import LAST_REPORT, PLAN_ITEMS, Workspace
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import write_file
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country, base_language
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.resources import tool_version
from fatf_kit.evaluation_calendar.ics import CalendarEntry, render_ics
from fatf_kit.framework import Framework, load_framework
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import LawRegister
from fatf_kit.mock_visit.data import load_bank
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.published import find_report
from fatf_kit.report.imprint import Imprint
from fatf_kit.report.model import Report
from fatf_kit.report_text.items import ReportItem, read_report_items
from fatf_kit.scoring.report.payload import build_problems_payload
from fatf_kit.spreadsheets.losses import is_lossy
from fatf_kit.workflows.folder_decisions import keep_file
from fatf_kit.workflows.folder_scoring import FolderScore, read_figures, read_laws, read_plan_items
from fatf_kit.workflows.plan import read_own_plan
from fatf_kit.workflows.scoring import score


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReview:
    """The items of the plans of an assessment folder, with what their evidence names.

    `problems` are those of action-plan.xlsx, of the register of laws and of the statistics workbooks.
    """

    workspace: Workspace
    framework: Framework
    register: ItemRegister
    sources: ProofSources
    today: date
    problems: tuple[Problem, ...]

    @property
    def plans(self) -> tuple[str, ...]:
        """The kinds of plan that have items, in the order of the rules."""
        return tuple(kind.id for kind in load_monitoring().kinds if self.register.heads(kind.id))

    def cycle(self, name: str | None = None) -> ReportCycle:
        """Return a cycle by its month; by default the next one.

        Raises:
            UnknownIdError: no such cycle.
            FatfKitError: there is no cycle at all.
        """
        found = self.register.cycles_by_id.get(name) if name else find_cycle(self.register, self.today)
        if found is not None:
            return fill_days(found)
        if name:
            names = tuple(self.register.cycles_by_id)
            raise UnknownIdError("'{found}' is not a cycle. Allowed: {names}.", found=name, names=names)
        raise FatfKitError("{file} has no cycle. Enter the month of the next Plenary on its sheet.", file=PLAN_ITEMS)

    def progress(self, plan: str, cycle: str | None = None) -> CycleProgress:
        """Return how far the items of a kind of plan are in a cycle, by default the next one.

        Raises:
            UnknownIdError: no such cycle, or no item belongs to the plan.
            FatfKitError: there is no cycle at all.
        """
        if plan not in self.plans:
            raise UnknownIdError("No item belongs to the plan '{found}'. Plans: {names}.", found=plan, names=self.plans)
        return measure_progress(self.register, plan, self.cycle(cycle), self.sources)


def review_items(path: str | Path | FolderScore, *, today: date | None = None) -> ItemReview:
    """Read the items of the plans of an assessment folder, with the laws and statistics that their evidence names.

    Of a folder that was scored already nothing is read again, and its problems are those of the score. `today` decides
    which cycle is the next one; it is the present day by default.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.

    >>> from fatf_kit.core.resources import data_folder
    >>> review_items(data_folder("examples") / "ruritania").register.items
    ()
    """
    problems: tuple[Problem, ...] = ()
    if isinstance(path, FolderScore):
        workspace, framework, register = path.workspace, path.framework, path.items or ItemRegister()
        sources = ProofSources(laws=path.matcher if path.laws.instruments else None, statistics=path.statistics)
    else:
        if not is_workspace(Path(path)):
            raise FatfKitError(
                "{folder} is not an assessment folder. Name the folder with assessment.xlsx.", folder=path
            )
        workspace, _ = open_workspace(path)
        framework = load_framework(workspace.settings.edition)
        found, problems = read_plan_items(workspace.path, framework)
        register = found or ItemRegister()
        sources, unread = _read_sources(register, workspace, framework)
        problems = (*problems, *unread)
    return ItemReview(
        workspace=workspace,
        framework=framework,
        register=register,
        sources=sources,
        today=today or date.today(),
        problems=problems,
    )


def _read_sources(
    register: ItemRegister, workspace: Workspace, framework: Framework
) -> tuple[ProofSources, tuple[Problem, ...]]:
    """Return the laws and statistics of a folder, each only where evidence of its kind is named."""
    named = {one.kind for one in register.evidence}
    laws, unusable = read_laws(workspace.path, framework) if ItemEvidenceKind.LAW in named else (LawRegister(), ())
    needs_figures = named & {ItemEvidenceKind.FIGURES, ItemEvidenceKind.CASE}
    statistics, unread = read_figures(workspace.path) if needs_figures else (None, ())
    matcher = CitationMatcher(laws, workspace.settings.country) if laws.instruments else None
    return ProofSources(laws=matcher, statistics=statistics), (*unusable, *unread)


def check_action_plan(path: str | Path, *, today: date | None = None) -> tuple[ItemReview, tuple[Problem, ...]]:
    """Return the review of a folder's plans, and the problems of action-plan.xlsx.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.
    """
    review = review_items(path, today=today)
    own = tuple(one for one in review.problems if one.ref is not None and one.ref.file == PLAN_ITEMS)
    found = check_items(review.register, review.sources, review.today, _own_actions(review.workspace))
    facts = PriorityFacts(
        register=review.register,
        today=review.today,
        key_units=load_rules(review.framework.id).key_units,
        blocking=find_blocking(review.workspace),
    )
    return review, (*own, *found, *check_needs(facts))


def _own_actions(workspace: Workspace) -> frozenset[str] | None:
    """Return the ids of the country's own plan; None where the folder has none."""
    plan = _read_own_plan(workspace)
    return None if plan is None else frozenset(one.action.id for one in plan.actions)


def find_blocking(workspace: Workspace) -> frozenset[str]:
    """Return the ids of the actions of the country's own plan that others wait for."""
    plan = _read_own_plan(workspace)
    return frozenset(name for one in plan.actions for name in one.action.after) if plan else frozenset()


def _read_own_plan(workspace: Workspace) -> PlanBook | None:
    """Return the country's own plan; None where the folder has none that can be read."""
    return read_own_plan(workspace.path)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanResult:
    """The items of a plan, and the workbook that was written.

    `path` is None where nothing was written, because action-plan.xlsx has `problems` that would lose cells.
    """

    kind: str
    made: MadePlan
    path: Path | None
    problems: tuple[Problem, ...]

    @property
    def payload(self) -> Mapping[str, Any]:
        """The result as plain values (frameworks/schema/action-plan-made-1.schema.json)."""
        return {
            "schema": "fatf-kit/action-plan-made/1",
            "kind": self.kind,
            "written": self.path is not None,
            "added": list(self.made.added),
            "taken_over": list(self.made.moved),
            "cycles": list(self.made.register.cycles_by_id),
            "problems": build_problems_payload(self.problems),
        }


def make_action_plan(
    path: str | Path,
    kind: str,
    *,
    report: str | Path | None = None,
    today: date | None = None,
    moment: str = "",
) -> ActionPlanResult:
    """Begin a plan that others word, or take over the open items of the plan before, in action-plan.xlsx.

    `kind` is "last-report", "observation", "icrg" or "key-actions". Recommended actions come from `report`, by default
    the last-report.xlsx of the folder where there is one. Rows that are there stay, and the earlier file is kept in
    history/ under `moment`, a time in ISO 8601; by default the present one.

    Raises:
        UnknownIdError: no such kind.
        FatfKitError: the folder is not an assessment folder, or a file cannot be read or written.
    """
    kinds = tuple(one.id for one in load_monitoring().kinds)
    if kind not in kinds:
        raise UnknownIdError("'{found}' is not a kind of plan. Allowed: {names}.", found=kind, names=kinds)
    review = review_items(path, today=today)
    actions, source, problems = _read_report(review.workspace, report)
    own = tuple(one for one in review.problems if one.ref is not None and one.ref.file == PLAN_ITEMS)
    made = make_plan_items(review.register, kind, report=actions, source=source, today=review.today)
    problems = (*own, *problems)
    target = review.workspace.path / PLAN_ITEMS
    if is_lossy(own):
        kept = make_problem("plan-items-kept", CellRef(file=PLAN_ITEMS))
        return ActionPlanResult(kind=kind, made=made, path=None, problems=(*problems, kept))
    if target.is_file():
        keep_file(review.workspace, PLAN_ITEMS, target.read_bytes(), moment or datetime.now(UTC).isoformat())
    written = write_file(target, render_action_plan(made.register, review.workspace))
    return ActionPlanResult(kind=kind, made=made, path=written, problems=problems)


def _read_report(
    workspace: Workspace, report: str | Path | None
) -> tuple[Sequence[ReportItem], str, tuple[Problem, ...]]:
    """Return the recommended actions of the last report, the name of its file and its problems."""
    file = Path(report) if report else workspace.path / LAST_REPORT
    if not report and not file.is_file():
        return (), "", ()
    items, problems = read_report_items(file)
    return items, file.name, problems


def render_action_plan(register: ItemRegister, workspace: Workspace) -> bytes:
    """Return the workbook of the items in the language of an assessment folder."""
    settings = workspace.settings
    language = add_country(settings.languages[0], settings.country)
    return render_items(
        register,
        Translator(language),
        country=name_country(settings, language),
        notices=(settings.notice,) if settings.notice else (),
    )


def action_plan_report(
    review: ItemReview,
    plan: str | None = None,
    *,
    cycle: str | None = None,
    is_full: bool = False,
    generated_at: str,
    language: str = "en",
) -> Report:
    """Return the report to the reviewers on a plan in a cycle: the country's statements, item by item.

    `plan` is needed where several plans have items; `cycle` is by default the next one. The short form has the items on
    which something is new or due, the full one all of them with the earlier cycles.

    Raises:
        UnknownIdError: no such plan, cycle or language.
        FatfKitError: no plan has items, there is no cycle, or `generated_at` is not a date.
    """
    plans = _require_plans(review)
    if plan is None and len(plans) > 1:
        raise FatfKitError("Several plans have items: {names}. Choose one.", names=plans)
    t, imprint = _imprint(review, generated_at, language)
    review = replace(review, register=replace(review.register, evidence=number_annexes(review.register.evidence)))
    given = ReviewerReportInput(
        register=review.register,
        progress=review.progress(plan or plans[0], cycle),
        sources=review.sources,
        imprint=imprint,
        is_full=is_full,
    )
    return build_reviewer_report(given, t)


def action_plan_status(
    review: ItemReview, *, cycle: str | None = None, generated_at: str, language: str = "en"
) -> Report:
    """Return the country's own paper on all its plans: what is claimed, shown, decided and missing.

    It compares with the ratings of the country's published report, or else with the indicative ratings of the folder,
    which is scored for it.

    Raises:
        UnknownIdError: no such cycle or language.
        FatfKitError: no plan has items, there is no cycle, or `generated_at` is not a date.
    """
    t, imprint = _imprint(review, generated_at, language)
    plans = [review.progress(plan, cycle) for plan in _require_plans(review)]
    problems = check_items(review.register, review.sources, review.today, _own_actions(review.workspace))
    given = StatusReportInput(
        register=review.register,
        plans=plans,
        problems=(*review.problems, *problems),
        imprint=imprint,
        questions=_questions(review.framework.id, t.language),
        effect=build_effect_section(plans, _known_ratings(review, t), t),
    )
    return build_status_report(given, t)


def _require_plans(review: ItemReview) -> tuple[str, ...]:
    if not review.plans:
        raise FatfKitError(
            "{file} has no items yet. Begin a plan with 'fatf-kit action-plan make --kind icrg'.", file=PLAN_ITEMS
        )
    return review.plans


def _imprint(review: ItemReview, generated_at: str, language: str) -> tuple[Translator, Imprint]:
    check_moment(generated_at)
    settings = review.workspace.settings
    t = Translator(add_country(language, settings.country))
    return t, Imprint(
        country=name_country(settings, t.language),
        edition=load_framework(settings.edition, t.language).full_title,
        generated_at=generated_at,
        tool=tool_version(),
        notices=(t(settings.notice),) if settings.notice else (),
    )


def _questions(edition: str, language: str) -> dict[str, tuple[str, ...]]:
    """Return the questions of the mock visit by outcome."""
    found: dict[str, tuple[str, ...]] = {}
    for issue, questions in load_bank(edition, base_language(language)).items():
        unit = issue.partition("/")[0]
        found[unit] = (*found.get(unit, ()), *(one.question for one in questions))
    return found


def _known_ratings(review: ItemReview, t: Translator) -> KnownRatings:
    country = review.workspace.settings.country
    try:
        report = find_report(country)
    except UnknownIdError:
        assessment = score(review.workspace.path).assessment
        source = t("indicative ratings of the assessment folder")
        return KnownRatings(ratings=collect_ratings(assessment), rules=load_rules(review.framework.id), source=source)
    return KnownRatings(ratings=report.ratings, rules=load_rules(report.edition), source=report.label)


def action_plan_calendar(review: ItemReview, *, language: str = "en") -> bytes:
    """Return the days of all cycles as an iCalendar file.

    Raises:
        UnknownIdError: no such language.
    """
    t, _ = _imprint(review, review.today.isoformat(), language)
    entries = [
        CalendarEntry(
            uid=f"cycle-{cycle.id}-{day.id}@fatf-kit",
            first=day.day,
            last=day.day,
            title=describe_cycle_day(cycle, day, t),
            text=t("Confidence of this date: {confidence}", confidence=t(day.confidence)),
        )
        for cycle in review.register.cycles_by_id.values()
        for day in list_cycle_days(cycle)
    ]
    name = t("{name}: {text}", name=t("Action plan"), text=name_country(review.workspace.settings, t.language))
    return render_ics(entries, name=name, stamp=review.today)
