"""Which ratings hang on the numbers chosen: the same answers under the other bundled policies.

The number is no verdict; where a stricter or a milder policy gives another rating, people have to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.framework.model import Framework
from fatf_kit.scoring.assessor import rate_units
from fatf_kit.scoring.model import Adjustments, Assessment
from fatf_kit.scoring.policy import load_policy, shipped_policies
from fatf_kit.scoring.proof import ProofRules
from fatf_kit.scoring.span import Span

UnitSpan = Span[ComplianceRating] | Span[EffectivenessRating]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPolicy:
    """The ratings under another policy, by unit; `changed` are the units whose rating would differ."""

    policy: str
    digest: str
    ratings: tuple[tuple[str, UnitSpan], ...]
    changed: tuple[str, ...]

    def describe(self, unit: str) -> str:
        """Return the rating of a unit, or both ends of its range."""
        return dict(self.ratings)[unit].describe()


def compare_policies(
    framework: Framework,
    responses: ResponseSet,
    assessment: Assessment,
    *,
    proof: ProofRules,
    facts: EvidenceFacts,
    cut_off: date | None = None,
    adjustments: Adjustments | None = None,
) -> tuple[OtherPolicy, ...]:
    """Return the ratings under the other bundled policies with the same rules of proof, in the order of their ids.

    `proof` are the rules of proof of the assessment. The ratings of the others differ by their numbers alone.
    """
    before = {unit.id: unit.counted for unit in assessment.units}
    own = adjustments or Adjustments()
    others = []
    for policy in map(load_policy, shipped_policies()):
        if policy.digest == assessment.policy_digest or policy.proof != proof:
            continue
        ratings = rate_units(framework, responses, policy, facts=facts, cut_off=cut_off, adjustments=own)
        changed = tuple(key for key, span in ratings if span != before[key])
        others.append(OtherPolicy(policy=policy.id, digest=policy.digest, ratings=ratings, changed=changed))
    return tuple(others)
