"""Answers become indicative ratings with their trace, the claimed rating and the shown range."""

from fatf_kit.scoring.assessor import assess
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.policy import load_policy, shipped_policies

__all__ = ["Assessment", "assess", "load_policy", "shipped_policies"]
