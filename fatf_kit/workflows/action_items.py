"""The public functions on plans that others word: the last report's actions, the ICRG plan and the roadmap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.checks import check_items
from fatf_kit.action_plan.items.cycles import fill_days
from fatf_kit.action_plan.items.make import MadePlan, make_plan_items
from fatf_kit.action_plan.items.model import ItemRegister, ReportCycle
from fatf_kit.action_plan.items.proof import ProofSources
from fatf_kit.action_plan.items.reading import read_items
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.statuses import CycleProgress, find_cycle, measure_progress
from fatf_kit.action_plan.needs.checks import check_needs
from fatf_kit.action_plan.reading import PlanBook, read_plan
from fatf_kit.assessment.folder.folder import is_workspace, name_country, open_workspace
from fatf_kit.assessment.folder.model import LAST_REPORT, PLAN_ITEMS, PLANS, Workspace
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import write_file
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problem_codes import ProblemLevel
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.framework import Framework, load_framework
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.report_text.items import ReportItem, read_report_items
from fatf_kit.workflows.folder_decisions import keep_file
from fatf_kit.workflows.folder_scoring import read_figures, read_laws


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


def review_items(path: str | Path, *, today: date | None = None) -> ItemReview:
    """Read the items of the plans of an assessment folder, with the laws and statistics that their evidence names.

    `today` decides which cycle is the next one; it is the present day by default.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.

    >>> from fatf_kit.core.resources import data_folder
    >>> review_items(data_folder("examples") / "ruritania").register.items
    ()
    """
    if not is_workspace(Path(path)):
        raise FatfKitError("{folder} is not an assessment folder. Name the folder with assessment.xlsx.", folder=path)
    workspace, _ = open_workspace(path)
    framework = load_framework(workspace.settings.edition)
    laws, unusable_laws = read_laws(workspace.path, framework)
    statistics, unread = read_figures(workspace.path)
    file = workspace.path / PLAN_ITEMS
    register, problems = read_items(file, framework) if file.is_file() else (ItemRegister(), ())
    matcher = CitationMatcher(laws, workspace.settings.country) if laws.instruments else None
    return ItemReview(
        workspace=workspace,
        framework=framework,
        register=register,
        sources=ProofSources(laws=matcher, statistics=statistics),
        today=today or date.today(),
        problems=(*problems, *unusable_laws, *unread),
    )


def check_action_plan(path: str | Path, *, today: date | None = None) -> tuple[ItemReview, tuple[Problem, ...]]:
    """Return the review of a folder's plans, and the problems of action-plan.xlsx.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.
    """
    review = review_items(path, today=today)
    own = tuple(one for one in review.problems if one.ref is not None and one.ref.file == PLAN_ITEMS)
    found = check_items(review.register, review.sources, review.today, _own_actions(review.workspace))
    return review, (*own, *found, *check_needs(review.register, review.today, find_blocking(review.workspace)))


def _own_actions(workspace: Workspace) -> frozenset[str] | None:
    """Return the ids of the country's own plan; None where the folder has none."""
    plan = _read_own_plan(workspace)
    return None if plan is None else frozenset(one.action.id for one in plan.actions)


def find_blocking(workspace: Workspace) -> frozenset[str]:
    """Return the ids of the actions of the country's own plan that others wait for."""
    plan = _read_own_plan(workspace)
    return frozenset(name for one in plan.actions for name in one.action.after) if plan else frozenset()


def _read_own_plan(workspace: Workspace) -> PlanBook | None:
    for place in (workspace.path / "plan.xlsx", workspace.path / PLANS / "plan.xlsx"):
        if place.is_file():
            return read_plan(place)[0]
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanResult:
    """The items of a plan, and the workbook that was written.

    `path` is None where nothing was written, because action-plan.xlsx has `problems` that would lose cells.
    """

    made: MadePlan
    path: Path | None
    problems: tuple[Problem, ...]


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
    if any(one.level is ProblemLevel.ERROR or one.code in _LOSSY for one in own):
        kept = make_problem("plan-items-kept", CellRef(file=PLAN_ITEMS))
        return ActionPlanResult(made=made, path=None, problems=(*problems, kept))
    if target.is_file():
        keep_file(review.workspace, PLAN_ITEMS, target.read_bytes(), moment or datetime.now(UTC).isoformat())
    written = write_file(target, render_action_plan(made.register, review.workspace))
    return ActionPlanResult(made=made, path=written, problems=problems)


_LOSSY = ("cell-stray", "cell-locked", "cell-comment", "cell-outside", "sheet-unknown", "sheet-objects", "row-above")
"""Problems below the level of an error whose cells would be lost if the workbook were written again."""


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
