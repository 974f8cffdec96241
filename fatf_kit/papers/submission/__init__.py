"""The submissions of the country to its assessors, in the shape of their own report: editable, with sources."""

from fatf_kit.papers.submission.compliance import build_compliance_submission
from fatf_kit.papers.submission.effectiveness import build_effectiveness_submission

__all__ = ["build_compliance_submission", "build_effectiveness_submission"]
