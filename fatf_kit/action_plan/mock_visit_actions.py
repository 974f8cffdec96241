"""From a scored mock visit to actions: what contradicted, what could not be shown, what was answered weakly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fatf_kit.action_plan.efforts import Efforts, check_settings, stages_of
from fatf_kit.action_plan.model import Action
from fatf_kit.core.errors import FatfKitError
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework.model import Framework
from fatf_kit.mock_visit.model import Debrief, MockFinding


def derive_mock_visit_actions(
    found: Debrief, framework: Framework, efforts: Efforts, settings: PlanSettings, *, begun: int = 0
) -> tuple[Action, ...]:
    """One action for each agency and score that gives a finding, in the order of the findings.

    They close no gap, because no rating follows from a rehearsal: they move nothing, and say so. The agency that was
    asked is the owner; the effort of the kind counts for each outcome concerned. They are numbered from `begun` + 1.

    Raises:
        FatfKitError: the mock visit was held under another edition, or settings name a kind that is not there.
    """
    if found.sheets.edition != framework.id:
        raise FatfKitError(
            f"The mock visit asked about {found.sheets.edition}, the answers are about {framework.id}. "
            "Give sheets of the same edition."
        )
    check_settings(efforts, settings)
    groups: defaultdict[tuple[str, str], list[MockFinding]] = defaultdict(list)
    for finding in found.findings:
        groups[efforts.by_mock_score[finding.score], finding.agency].append(finding)
    return tuple(
        Action(
            id=f"A-{number:02d}",
            kind=kind,
            cause="",
            closes=(),
            owner=agency,
            owner_is_role=False,
            after=(),
            effort=settings.efforts.get(kind, efforts.kinds[kind].effort) * len({one.unit for one in findings}),
            stages=stages_of(efforts.kinds[kind], settings),
            said=_said(findings),
            concerns=tuple(dict.fromkeys(finding.requirement for finding in findings)),
            mock=tuple(finding.id for finding in findings),
        )
        for number, ((kind, agency), findings) in enumerate(groups.items(), begun + 1)
    )


def _said(findings: Sequence[MockFinding]) -> dict[str, str]:
    """What was asked under each core issue, and what the mock assessors noted."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for finding in findings:
        said[finding.requirement].append(" – ".join(filter(None, (finding.question, finding.note))))
    return {requirement: " | ".join(texts) for requirement, texts in said.items()}
