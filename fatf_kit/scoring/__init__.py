"""What the answers amount to: indicative ratings with their trace, claimed beside what is shown."""

from fatf_kit.scoring.assessor import assess
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.policy import load_policy, shipped_policies

__all__ = ["Assessment", "assess", "load_policy", "shipped_policies"]
