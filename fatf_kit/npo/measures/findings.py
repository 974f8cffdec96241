"""From the sector report to findings on R.8: a measure that goes too far, something missing, no assessment at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Framework
from fatf_kit.npo.measures.saved import SavedSector
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.finding import Finding

_ASSESSMENT = "R.8/8.1(b)"


def derive_npo_findings(
    framework: Framework, saved: SavedSector | None, *, language: str = "en", first: int = 1
) -> tuple[Finding, ...]:
    """Return a finding for each check that found something, in the order of the checks, numbered from `first` on.

    Each stands at the criterion or core issue of its check that the edition has first. Where nothing was rated, or
    `saved` is None, there is one finding: the risk of the sector is not assessed. Points are 0, because no answer
    loses any by it; severities are data, frameworks/npo/over-regulation.json.
    """
    from fatf_kit.npo.measures.proportionality import (  # most folders have no sector report
        ProportionalityState,
        load_checks,
    )

    checks = load_checks(language)
    index = index_requirements(framework)
    found: list[Finding] = []
    if (saved is None or saved.in_scope == saved.unrated) and _ASSESSMENT in index:
        missing = checks.findings.no_assessment
        found.append(_finding(framework, _ASSESSMENT, missing.text, missing.severity))
    states = {} if saved is None else {result.id: result for result in saved.checks}
    for check in checks.checks:
        result = states.get(check.id)
        where = next((name for name in check.requirements if name in index), None)
        if result is not None and result.state is ProportionalityState.FOUND and where is not None:
            text = f"{check.finding} {', '.join(check.citations)}."
            found.append(_finding(framework, where, text, checks.findings.severities[check.severity]))
    return tuple(replace(finding, id=f"F-{number:03d}") for number, finding in enumerate(found, first))


def with_npo_findings(
    framework: Framework, findings: Sequence[Finding], saved: SavedSector | None, *, language: str = "en"
) -> tuple[Finding, ...]:
    """Return the findings of an assessment, and after them those from a saved sector report, if there is one.

    A finding added to a requirement that has lost points already repeats them, so that a reader of the last finding
    sees them too.
    """
    if saved is None:
        return tuple(findings)
    lost = {finding.requirement: finding.points_lost for finding in findings}
    added = derive_npo_findings(framework, saved, language=language, first=len(findings) + 1)
    return (*findings, *(replace(f, points_lost=lost.get(f.requirement, 0)) for f in added))


def _finding(framework: Framework, requirement: str, text: str, severity: str) -> Finding:
    top = index_requirements(framework)[requirement.partition("(")[0]]
    affects: tuple[str, ...] = ()
    if isinstance(top, Criterion):
        affects = top.outcomes
    elif isinstance(top, CoreIssue):
        affects = top.recommendations
    return Finding(
        id="",
        requirement=top.id,
        unit=get_unit_id(top.id),
        kind=FindingKind.SHORTCOMING,
        severity=Severity(severity),
        rating=None,
        missing=text,
        withheld=False,
        status=EvidenceStatus.NOT_NEEDED,
        points_lost=0,
        affects=affects,
    )
