"""The items of plans that others word, read and checked: the last report's actions, the ICRG plan, the roadmap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.items.checks import check_items
from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.cycles import fill_days, find_cycle
from fatf_kit.action_plan.items.folder_part import find_items, read_plan_items
from fatf_kit.action_plan.items.model import ItemRegister, ReportCycle
from fatf_kit.action_plan.items.proof import ProofSources
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.statuses import CycleProgress, measure_progress
from fatf_kit.action_plan.needs.checks import check_needs
from fatf_kit.action_plan.needs.closed_gaps import find_best, find_crossing
from fatf_kit.action_plan.needs.priority import PriorityFacts
from fatf_kit.action_plan.reading import read_own_plan
from fatf_kit.assessed.folder import Folder
from fatf_kit.assessment.folder.folder import check_workspace, open_workspace
from fatf_kit.assessment.folder.kept_files import list_problems_of
from fatf_kit.assessment.folder.model import PLAN_ITEMS, Workspace
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.problems import Problem
from fatf_kit.framework import Framework, load_framework
from fatf_kit.laws.folder_part import find_laws, read_laws
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import LawRegister
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.model import Ratings
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.folder_part import read_figures


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
        cycles = self.register.cycles_by_id
        found = cycles.get(name) if name else find_cycle(self.register, self.today)
        if found is not None:
            return fill_days(found)
        if name:
            names = tuple(cycles)
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


def review_items(path: str | Path | Folder, *, today: date | None = None) -> ItemReview:
    """Read the items of the plans of an assessment folder, with the laws and statistics that their evidence names.

    Of a folder that was scored already nothing is read again, and its problems are those of the score. `today` decides
    which cycle is the next one; it is the present day by default.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.

    >>> review_items("examples/ruritania").register.items
    ()
    """
    problems: tuple[Problem, ...] = ()
    if isinstance(path, Folder):
        workspace, framework = path.workspace, path.framework
        register = find_items(path)
        sources = _name_sources(find_laws(path).matcher, path[Statistics])
    else:
        check_workspace(path)
        workspace, _ = open_workspace(path)
        framework = load_framework(workspace.settings.edition)
        register, problems = read_plan_items(workspace.path, framework)
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
    laws, statistics, problems = LawRegister(), None, tuple[Problem, ...]()
    if ItemEvidenceKind.LAW in named:
        laws, problems = read_laws(workspace.path, framework)
    if named & {ItemEvidenceKind.FIGURES, ItemEvidenceKind.CASE}:
        statistics, unread = read_figures(workspace.path)
        problems = (*problems, *unread)
    matcher = CitationMatcher(laws, workspace.settings.country)
    return _name_sources(matcher, statistics), problems


def _name_sources(matcher: CitationMatcher, statistics: Statistics | None) -> ProofSources:
    """Return the laws, if there are any, and the figures by which evidence is counted."""
    return ProofSources(laws=matcher if matcher.register.instruments else None, statistics=statistics)


def check_action_plan(path: str | Path, *, today: date | None = None) -> tuple[ItemReview, tuple[Problem, ...]]:
    """Return the review of a folder's plans, and the problems of action-plan.xlsx.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.

    >>> from datetime import date
    >>> review, problems = check_action_plan("examples/ruritania-after", today=date(2029, 7, 2))
    >>> len(review.register.items), [problem.code for problem in problems][:2]
    (25, ['item-claim-unshown', 'item-risk-unrated'])
    """
    review = review_items(path, today=today)
    own = list_problems_of(PLAN_ITEMS, review.problems)
    return review, (*own, *list_item_problems(review), *check_needs(collect_priority_facts(review)))


def list_item_problems(review: ItemReview) -> tuple[Problem, ...]:
    """Return what contradicts itself in the items of a review, also against the country's own plan."""
    plan, _ = read_own_plan(review.workspace.path)
    actions = None if plan is None else frozenset(one.action.id for one in plan.actions)
    return check_items(review.register, review.sources, review.today, actions)


def collect_priority_facts(review: ItemReview, ratings: Ratings | None = None) -> PriorityFacts:
    """Return what the priority of needs follows from; without `ratings` it does not follow from them."""
    rules, plan = load_rules(review.framework.id), read_own_plan(review.workspace.path)[0]
    actions = [one.action for one in plan.actions] if plan else []
    return PriorityFacts(
        register=review.register,
        today=review.today,
        key_units=rules.key_units,
        blocking=frozenset(name for one in actions for name in one.after),
        crossing=None if ratings is None else find_crossing(ratings, rules),
        best=() if ratings is None else find_best(ratings),
    )
