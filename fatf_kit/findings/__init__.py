"""What is missing: gaps in the country's system, as opposed to bad cells."""

from fatf_kit.findings.derive import derive_findings
from fatf_kit.findings.model import Finding, Kind, Severity

__all__ = ["Finding", "Kind", "Severity", "derive_findings"]
