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
from fatf_kit.report.model import Bullets, DocumentTable, Section, TableCell, TableColumn, TableRow
from fatf_kit.scoring.finding import Finding

_PRINTED = 20


def build_actions_section(
    framework: Framework, ratings: Ratings, t: Translator, *, findings: Sequence[Finding] | None = None
) -> Section:
    """The section on key recommended actions: for an assessment with its findings, for published ratings without."""
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
    return Section(
        anchor="actions",
        title=t("Key recommended actions (candidates)"),
        blocks=(
            Bullets(items=(*map(t, rules.notes), *(rest if more > 0 else ()))),
            DocumentTable(
                id="actions-table",
                caption=t("The most pressing first: by severity, weight, shared root causes, and lines of follow-up"),
                columns=(
                    TableColumn(title=t("Addresses"), width=3),
                    TableColumn(title=t("Severity"), width=3),
                    TableColumn(title=t("Action"), width=9),
                    TableColumn(title=t("Why it comes here"), width=6),
                ),
                rows=tuple(
                    TableRow(
                        cells=(
                            TableCell(text=action.requirement or action.unit, target=_target(action), ltr=True),
                            TableCell(
                                text=t(action.severity) if action.severity else t("open"), detail=_settled(action, t)
                            ),
                            TableCell(text=describe_action(framework, action, t)),
                            TableCell(text=_why(action, t)),
                        ),
                        facets={"severity": (str(action.severity or ""),)},
                    )
                    for action in chosen[:_PRINTED]
                ),
                empty=t("No rating calls for one."),
            ),
        ),
    )


def build_actions_payload(
    framework: Framework, ratings: Ratings, t: Translator, *, findings: Sequence[Finding] | None = None
) -> dict[str, object]:
    """The same candidates, all of them, as plain values."""
    rules = load_action_rules(framework.id)
    chosen = choose_actions(framework, rules, load_rules(framework.id), ratings, findings)
    return make_actions_payload(rules, [(action, describe_action(framework, action, t)) for action in chosen])


def describe_action(framework: Framework, action: KeyAction, t: Translator) -> str:
    """What to do: the framework's words for a requirement, or general ones where only ratings are known."""
    if action.requirement:
        words = index_requirements(framework)[action.requirement].guidance.recommended_action
        return t("Find and file what shows it. If it is not there: {action}", action=words) if action.unshown else words
    titles = {unit.id: unit.title for unit in framework.units}
    if action.unit.startswith("IO."):
        return t(
            "{title}: carry out first what the report recommends under {unit}, and keep figures and cases to show it.",
            title=titles[action.unit],
            unit=action.unit,
        )
    return t(
        "{title}: close the shortcomings that the report names under {unit}, and ask for a re-rating.",
        title=titles[action.unit],
        unit=action.unit,
    )


def _target(action: KeyAction) -> str | None:
    return action.unit if action.requirement else None


def _settled(action: KeyAction, t: Translator) -> str:
    return "" if action.settled else t("if open answers turn out badly")


def _why(action: KeyAction, t: Translator) -> str:
    return t.points(_reasons(action, t))


def _reasons(action: KeyAction, t: Translator) -> Iterable[str]:
    yield t("for {outcomes}", outcomes=t.listed(action.serves)) if action.serves else t("stands alone")
    if action.unshown:
        yield t("claimed but not shown")
    if action.points_lost:
        yield t("points lost: {n}", n=action.points_lost)
    if action.shared > 1:
        yield t("one root cause in {n} Recommendations", n=action.shared)
    if action.lines:
        yield t("counts in {lines}", lines=t.listed(action.lines))
