"""Candidates for key recommended actions, worded, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import find_unit, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.actions import KeyAction, choose_actions, load_action_rules
from fatf_kit.outlook.model import Ratings, Rules
from fatf_kit.outlook.payload import KeyActionsResult, make_key_actions
from fatf_kit.outlook.report import name_thresholds
from fatf_kit.outlook.rules import load_rules
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import Bullets, Section, TableCell
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.report.traces import name_unit, name_units

_PRINTED = 20


def build_actions_section(
    framework: Framework,
    ratings: Ratings,
    t: Translator,
    *,
    findings: Sequence[Finding] | None = None,
    leads: Mapping[str, str] | None = None,
    dues: Mapping[str, date] | None = None,
    printed: int = _PRINTED,
) -> Section:
    """Return the section on key recommended actions: of an assessment with its findings, or of published ratings.

    `leads` gives the name of the agency that leads on each requirement, and `dues` the day by which its gap is to be
    closed, where they are known; `printed` is how many candidates the table has at most.
    """
    rules, thresholds = load_action_rules(framework.id), load_rules(framework.id)
    chosen = choose_actions(framework, rules, thresholds, ratings, findings)
    more = len(chosen) - printed
    rest = t.plural("The JSON file lists {n} more candidate.", "The JSON file lists {n} more candidates.", more)
    reasons = t("Reasons for the order")
    heads = ((t("Requirement"), 3), (t("Severity"), 3), (t("Action"), 11), (reasons, 7))

    def make_cells(action: KeyAction) -> Iterator[TableCell | str]:
        unit = action.addresses
        yield keep_ltr(action.requirement, unit) if action.requirement else keep_ltr(unit)
        yield TableCell(
            text=t(action.severity) if action.severity else t("not known"),
            detail="" if action.is_certain else t("in the worst case only"),
            order=-action.severity.order if action.severity else None,
        )
        lead = _lead(action, leads or {}, dues or {}, t)
        yield TableCell(text=describe_action(framework, action, t), detail=lead)
        yield t.points(_reasons(action, thresholds, t))

    rows = (make_row(make_cells(one), severity=str(one.severity or "")) for one in chosen[:printed])
    caption = t("Most urgent first: by severity, weight, shared root causes and thresholds of follow-up")
    empty = t("No rating calls for an action.")
    table = make_table("actions-table", caption, heads, rows, empty=empty)
    bullets = Bullets(items=(*map(t, rules.notes), *((rest,) if more > 0 else ())))
    return make_section("actions", t("Key recommended actions (candidates)"), bullets, table)


def make_actions_result(
    framework: Framework, ratings: Ratings, t: Translator, *, findings: Sequence[Finding] | None = None
) -> KeyActionsResult:
    """Make the JSON value of the same candidates, all of them."""
    rules = load_action_rules(framework.id)
    chosen = choose_actions(framework, rules, load_rules(framework.id), ratings, findings)
    return make_key_actions(rules, [(action, describe_action(framework, action, t)) for action in chosen])


def describe_action(framework: Framework, action: KeyAction, t: Translator) -> str:
    """Describe what to do: in the framework's words for a requirement, in general ones where only ratings are known."""
    if action.requirement:
        words = index_requirements(framework)[action.requirement].guidance.action
        if not action.unshown:
            return words
        return t(
            "Find evidence that the requirement is met, and keep it on file. If there is none: {action}.", action=words
        )
    unit = find_unit(framework, action.addresses)
    facts = {"title": unit.title, "unit": name_unit(unit.id, t)}
    if action.addresses.startswith("IO."):
        return t(
            "{title}: implement first the recommendations of the report on {unit}, and keep figures and cases as "
            "evidence.",
            **facts,
        )
    return t("{title}: remedy the shortcomings that the report lists under {unit}, and request a re-rating.", **facts)


def _lead(action: KeyAction, leads: Mapping[str, str], dues: Mapping[str, date], t: Translator) -> str:
    agency, due = leads.get(action.requirement or ""), dues.get(action.requirement or "")
    lead = t("Lead agency: {agency}", agency=agency) if agency else ""
    return t.points(filter(None, (lead, t("due on {day}", day=t.day(due)) if due else "")))


def _reasons(action: KeyAction, thresholds: Rules, t: Translator) -> Iterable[str]:
    if action.serves:
        yield t("supports {outcomes}", outcomes=name_units(action.serves, t))
    else:
        yield t("important for its own sake")
    if action.unshown:
        yield t("no evidence yet")
    if action.shared_root_cause > 1:
        yield t.plural(
            "root cause shared by {n} Recommendation",
            "root cause shared by {n} Recommendations",
            action.shared_root_cause,
        )
    if action.lines:
        yield t("counts for these thresholds: {thresholds}", thresholds=name_thresholds(action.lines, thresholds, t))
