"""Plans that others word are begun, or take over the open items of the plan before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.make import MadePlan, make_plan_items
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.payload import MadePlanResult, make_made_plan_result
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.review import review_items
from fatf_kit.assessment.folder.folder import check_workspace, name_country
from fatf_kit.assessment.folder.kept_files import Draft, list_problems_of, rewrite_book
from fatf_kit.assessment.folder.model import LAST_REPORT, PLAN_ITEMS, Workspace
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.report_text.items import ReportAnswers, read_report_items


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
    def payload(self) -> MadePlanResult:
        """The result as JSON has it."""
        return make_made_plan_result(self.kind, self.made, self.problems, is_written=self.path is not None)


def make_action_plan(
    path: str | Path,
    kind: str,
    *,
    report: str | Path | None = None,
    today: date | None = None,
    moment: str = "",
) -> ActionPlanResult:
    """Begin a plan that others word, or take over the open items of the plan before, in action-plan.xlsx.

    `kind` is "last-report", "observation", "icrg" or "key-actions". Recommended actions, and deficiencies that the
    country answered, come from `report`, by default the last-report.xlsx of the folder where there is one. Rows that
    are there stay, and the earlier file is kept in history/ under `moment`, a time in ISO 8601; by default the present
    one.

    Raises:
        UnknownIdError: no such kind.
        FatfKitError: the folder is not an assessment folder, or a file cannot be read or written.

    >>> from datetime import date
    >>> from shutil import copytree
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     home = copytree("examples/ruritania-after", f"{folder}/ruritania")
    ...     made = make_action_plan(home, "key-actions", today=date(2029, 7, 2))
    >>> made.path.name, made.kind, made.problems
    ('action-plan.xlsx', 'key-actions', ())
    """
    kinds = tuple(one.id for one in load_monitoring().kinds)
    if kind not in kinds:
        raise UnknownIdError("'{found}' is not a kind of plan. Allowed: {names}.", found=kind, names=kinds)
    check_workspace(path)

    def read() -> Draft[tuple[MadePlan, tuple[Problem, ...]]]:
        review = review_items(path, today=today)
        answers = _read_report(review.workspace, report)
        made = make_plan_items(review.register, kind, report=answers.items, source=answers.report, today=review.today)
        content = render_action_plan(made.register, review.workspace)
        others = (*answers.problems, *made.problems)
        return Draft((made, others), content, list_problems_of(PLAN_ITEMS, review.problems))

    written, draft, kept = rewrite_book(Path(path) / PLAN_ITEMS, read, "plan-items-kept", moment)
    made, others = draft.made
    return ActionPlanResult(kind=kind, made=made, path=written, problems=(*draft.problems, *others, *kept))


def _read_report(workspace: Workspace, report: str | Path | None) -> ReportAnswers:
    """Return what the country wrote about the last report; the report is named by its own file where that is known."""
    file = Path(report) if report else workspace.path / LAST_REPORT
    if not report and not file.is_file():
        return ReportAnswers()
    answers = read_report_items(file)
    return replace(answers, report=answers.report or file.name)


def render_action_plan(register: ItemRegister, workspace: Workspace) -> bytes:
    """Return the workbook of the items in the language of an assessment folder."""
    settings = workspace.settings
    t = Translator(settings.main_language)
    return render_items(register, t, country=name_country(settings, t.language), notices=settings.notices)
