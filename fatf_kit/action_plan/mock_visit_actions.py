"""From a scored mock visit to actions: on contradictions, on missing proof, and on weak answers."""

from __future__ import annotations

from collections import defaultdict

from fatf_kit.action_plan.actions import new_action
from fatf_kit.action_plan.efforts import Efforts
from fatf_kit.action_plan.model import Action
from fatf_kit.core.errors import FatfKitError
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework.model import Framework
from fatf_kit.mock_visit.model import Debrief, MockFinding


def derive_mock_visit_actions(
    found: Debrief, framework: Framework, efforts: Efforts, settings: PlanSettings, *, begun: int = 0
) -> tuple[Action, ...]:
    """Return one action for each agency and score that gives a finding, in the order of the findings.

    They close no gap and move nothing, because no rating follows from a mock visit. The agency that was asked is the
    owner; the effort of the kind counts for each outcome concerned. They are numbered from `begun` + 1.

    Raises:
        FatfKitError: the mock visit was about another edition, or settings name an unknown kind.
    """
    if found.sheets.edition != framework.id:
        raise FatfKitError(
            "The mock visit was about {visit}, and the answers are about {answers}. Use sheets of the same edition.",
            visit=found.sheets.edition,
            answers=framework.id,
        )
    efforts.check_settings(settings)
    groups: defaultdict[tuple[str, str], list[MockFinding]] = defaultdict(list)
    for finding in found.findings:
        groups[efforts.by_mock_score[finding.score], finding.agency].append(finding)
    actions = []
    for number, ((kind, agency), findings) in enumerate(groups.items(), begun + 1):
        missing: dict[str, str] = {}
        for one in findings:
            text = " – ".join(filter(None, (one.question, one.note)))
            missing[one.requirement] = f"{missing[one.requirement]} | {text}" if one.requirement in missing else text
        actions.append(
            new_action(
                number,
                kind,
                efforts,
                settings,
                owner=agency,
                effort=efforts.effort_of(kind, settings) * len({one.unit for one in findings}),
                missing=missing,
                concerns=tuple(missing),
                mock=tuple(one.id for one in findings),
            )
        )
    return tuple(actions)
