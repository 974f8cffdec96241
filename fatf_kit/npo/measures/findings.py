"""The results of a sector report in an assessment folder, and the findings on R.8 that follow from them.

A finding is a measure that goes too far, something missing, or no assessment at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fatf_kit.assessed.folder import FolderPart
from fatf_kit.core.json_files import load_json
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Framework
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.finding import Finding

SAVED_AS = Path("npo") / "npo.json"
"""The place of the result inside an assessment folder."""

SCHEMA = "npo-1.schema.json"
_ASSESSMENT = "R.8/8.1(b)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSector(FolderPart):
    """The part of a saved result that findings rest on. `in_scope` counts bodies within the definition.

    `found` are the ids of the checks that found something.
    """

    in_scope: int
    unrated: int | None
    found: frozenset[str]

    def add_findings(self, findings: Sequence[Finding], framework: Framework, language: str) -> tuple[Finding, ...]:
        """Add the findings on R.8."""
        return with_npo_findings(framework, findings, self, language=language)


def read_saved_sector(folder: Path) -> tuple[SavedSector | None, tuple[Problem, ...]]:
    """Return the result saved in an assessment folder.

    None where there is none, or it cannot be used (then with problems).

    >>> read_saved_sector(Path("no-such-folder"))
    (None, ())
    """
    path = folder / SAVED_AS
    if not path.is_file():
        return None, ()
    data, problems = load_json(path, SCHEMA, name=SAVED_AS.as_posix())
    if problems:
        return None, problems
    return SavedSector(
        in_scope=data["register"]["in_scope"],
        unrated=data["classes"]["unrated"],
        found=frozenset(entry["id"] for entry in data["over_regulation"] if entry["state"] == "found"),
    ), ()


def derive_npo_findings(
    framework: Framework, saved: SavedSector | None, *, language: str = "en", first: int = 1
) -> tuple[Finding, ...]:
    """Return a finding for each check that found something, in the order of the checks, numbered from `first` on.

    Each stands at the criterion or core issue of its check that the edition has first. Where nothing was rated, or
    `saved` is None, there is one finding: the risk of the sector is not assessed. Points are 0, because no answer
    loses any by it; severities are data, frameworks/npo/over-regulation.json.
    """
    from fatf_kit.npo.measures.proportionality import load_checks  # most folders have no sector report

    checks = load_checks(language)
    index = index_requirements(framework)
    found: list[Finding] = []
    if (saved is None or saved.in_scope == saved.unrated) and _ASSESSMENT in index:
        missing = checks.findings.no_assessment
        found.append(_finding(framework, _ASSESSMENT, missing.text, missing.severity))
    for check in checks.checks:
        where = next((name for name in check.requirements if name in index), None)
        if saved is not None and check.id in saved.found and where is not None:
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
