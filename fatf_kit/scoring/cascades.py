"""Shortcomings that are shortcomings in another Recommendation too, each reported once, at the cause.

Source: FATF Methodology (2022), para. 45; the cascades are data, frameworks/root-causes.json, fatf-kit's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.vocabulary import Cascade
from fatf_kit.scoring.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCascade:
    """A cascade that starts in one Recommendation: the criteria that fall short there, and those they affect."""

    cascade: Cascade
    unit: str
    found_in: tuple[str, ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """The Recommendations that are affected."""
        return tuple(dict.fromkeys(map(get_unit_id, self.cascade.affected)))


def derive_cascades(findings: Iterable[Finding], cascades: Sequence[Cascade]) -> tuple[FoundCascade, ...]:
    """Each cascade once for every Recommendation in which it starts, in the order of `cascades`, then of the findings.

    `cascades` are those of the edition. Only shortcomings start one.
    """
    short = [finding for finding in findings if finding.kind is FindingKind.SHORTCOMING]
    found: list[FoundCascade] = []
    for cascade in cascades:
        by_unit: dict[str, list[str]] = {}
        for finding in short:
            if cascade.is_caused_by(finding.requirement):
                by_unit.setdefault(finding.unit, []).append(finding.requirement)
        found += (
            FoundCascade(cascade=cascade, unit=unit, found_in=tuple(dict.fromkeys(ids)))
            for unit, ids in by_unit.items()
        )
    return tuple(found)


def with_cascades(findings: Sequence[Finding], cascades: Sequence[Cascade]) -> tuple[Finding, ...]:
    """Return the findings, of which the first that starts a cascade in its Recommendation names what is affected."""
    touches: dict[str, tuple[str, ...]] = {}
    for found in derive_cascades(findings, cascades):
        first = found.found_in[0]
        touches[first] = tuple(dict.fromkeys((*touches.get(first, ()), *found.touches)))
    return tuple(
        replace(finding, touches=touches[finding.requirement])
        if finding.kind is FindingKind.SHORTCOMING and finding.requirement in touches
        else finding
        for finding in findings
    )
