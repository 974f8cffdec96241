"""Candidates for key recommended actions, worded, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.actions import KeyAction, choose_actions, load_action_rules
from fatf_kit.outlook.model import Ratings
from fatf_kit.outlook.payload import make_actions_payload
from fatf_kit.outlook.rules import load_rules
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import Bullets, Section, TableCell
from fatf_kit.scoring.finding import Finding

_PRINTED = 20


def build_actions_section(
    framework: Framework, ratings: Ratings, t: Translator, *, findings: Sequence[Finding] | None = None
) -> Section:
    """Return the section on key recommended actions: of an assessment with its findings, or of published ratings."""
    rules = load_action_rules(framework.id)
    chosen = choose_actions(framework, rules, load_rules(framework.id), ratings, findings)
    more = len(chosen) - _PRINTED
    rest = (
        t.plural(
            "{n} more candidate is in the data file, assessment.json.",
            "{n} more candidates are in the data file, assessment.json.",
            more,
        ),
    )
    heads = ((t("Addresses"), 3), (t("Severity"), 3), (t("Action"), 9), (t("Why it comes here"), 6))
    table_rows = (
        make_row(
            (
                keep_ltr(action.requirement or action.addresses, action.addresses if action.requirement else None),
                TableCell(
                    text=t(action.severity) if action.severity else t("open"),
                    detail="" if action.settled else t("if open answers turn out badly"),
                ),
                describe_action(framework, action, t),
                t.points(_reasons(action, t)),
            ),
            severity=str(action.severity or ""),
        )
        for action in chosen[:_PRINTED]
    )
    caption = t("The most pressing first: by severity, weight, shared root causes, and lines of follow-up")
    table = make_table("actions-table", caption, heads, table_rows, empty=t("No rating calls for one."))
    bullets = Bullets(items=(*map(t, rules.notes), *(rest if more > 0 else ())))
    return Section(anchor="actions", title=t("Key recommended actions (candidates)"), blocks=(bullets, table))


def build_actions_payload(
    framework: Framework, ratings: Ratings, t: Translator, *, findings: Sequence[Finding] | None = None
) -> dict[str, object]:
    """Return the same candidates, all of them, as plain values."""
    rules = load_action_rules(framework.id)
    chosen = choose_actions(framework, rules, load_rules(framework.id), ratings, findings)
    return make_actions_payload(rules, [(action, describe_action(framework, action, t)) for action in chosen])


def describe_action(framework: Framework, action: KeyAction, t: Translator) -> str:
    """Describe what to do: in the framework's words for a requirement, in general ones where only ratings are known."""
    if action.requirement:
        words = index_requirements(framework)[action.requirement].guidance.recommended_action
        return t("Find and file what shows it. If it is not there: {action}", action=words) if action.unshown else words
    titles = {unit.id: unit.title for unit in framework.units}
    if action.addresses.startswith("IO."):
        return t(
            "{title}: carry out first what the report recommends under {unit}, and keep figures and cases to show it.",
            title=titles[action.addresses],
            unit=action.addresses,
        )
    return t(
        "{title}: close the shortcomings that the report names under {unit}, and ask for a re-rating.",
        title=titles[action.addresses],
        unit=action.addresses,
    )


def _reasons(action: KeyAction, t: Translator) -> Iterable[str]:
    yield t("for {outcomes}", outcomes=t.listed(action.serves)) if action.serves else t("stands alone")
    if action.unshown:
        yield t("claimed but not shown")
    if action.points_lost:
        yield t("points lost: {n}", n=action.points_lost)
    if action.shared_root_cause > 1:
        yield t("one root cause in {n} Recommendations", n=action.shared_root_cause)
    if action.lines:
        yield t("counts in {lines}", lines=t.listed(action.lines))
