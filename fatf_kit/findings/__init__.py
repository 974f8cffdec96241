"""What is missing: gaps in the country's system, as opposed to bad cells."""

from fatf_kit.findings.cascades import FoundCascade, derive_cascades
from fatf_kit.findings.derive import derive_findings
from fatf_kit.findings.model import Finding, Kind, Severity

__all__ = ["Finding", "FoundCascade", "Kind", "Severity", "derive_cascades", "derive_findings"]
