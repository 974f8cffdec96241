"""The loops over the parts of an assessment folder: reading them, and the three moments around the rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from fatf_kit.assessed.folder import Folder, FolderPart
from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.core.problems import Problem
from fatf_kit.folder.features import list_parts
from fatf_kit.framework import Framework
from fatf_kit.scoring.finding import Finding

AnyFolder = TypeVar("AnyFolder", bound=Folder)


def read_parts(folder: Folder) -> tuple[Folder, tuple[Problem, ...]]:
    """Read what each feature has in a folder; return the folder with its parts, and every problem of their files."""
    parts: dict[type[FolderPart], FolderPart] = {}
    problems: list[Problem] = []
    for feature in list_parts(folder.workspace.path):
        part, unusable = feature.load_reader()(folder)
        problems.extend(unusable)
        if part is not None:
            parts[type(part)] = part
    return replace(folder, parts=parts), tuple(problems)


def add_evidence(proof: EvidenceFacts, folder: Folder) -> EvidenceFacts:
    """Add to the evidence on file what the parts of a folder know, before the rating."""
    for part in folder.parts.values():
        proof = part.add_evidence(proof)
    return proof


def add_findings(
    findings: Sequence[Finding], framework: Framework, folder: Folder | None, *, language: str = "en"
) -> tuple[Finding, ...]:
    """Add the findings of the parts of a folder to those of the rated answers; without a folder there are none."""
    for part in folder.parts.values() if folder else ():
        findings = part.add_findings(findings, framework, language)
    return tuple(findings)
