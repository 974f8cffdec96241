"""Scoring with the proof that the answers themselves cite, as the public functions do it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fatf_kit import scoring
from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.evidence_facts import CoreIssueFacts
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.framework import Framework
from fatf_kit.scoring import Assessment
from fatf_kit.scoring.policy import Policy


def assess(
    framework: Framework,
    responses: ResponseSet,
    policy: Policy,
    *,
    core_issues: Mapping[str, CoreIssueFacts] | None = None,
    **more: Any,
) -> Assessment:
    """The assessment with the proof on file; `core_issues` are facts from figures, none unless given."""
    facts = collect_evidence_facts(responses, core_issues=core_issues or {})
    return scoring.assess(framework, responses, policy, facts=facts, **more)
