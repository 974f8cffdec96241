"""One root cause, told once and shown in every Recommendation that it touches.

A shortcoming carries one root cause, the first that its criterion names, and weighs wherever that cause reaches.
Proliferation financing stays among its own requirements.

Source: FATF Methodology (2022), para. 45; which cause reaches what is in frameworks/root-causes.json, fatf-kit's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.findings.model import Finding, Kind
from fatf_kit.framework.vocabulary import Proliferation, RootCause


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """One root cause: the requirements in which it was found, and the Recommendations that feel it besides theirs."""

    cause: str
    found_in: tuple[str, ...]
    touches: tuple[str, ...]


def derive_cascades(
    findings: Sequence[Finding], causes: Mapping[str, RootCause], proliferation: Proliferation
) -> tuple[Cascade, ...]:
    """Cascades in the order in which their causes first turn up; `proliferation` is that of the edition.

    A cause that reaches nothing beyond the Recommendations in which it was found gives none.
    """
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.kind is Kind.SHORTCOMING and (cause := root_cause_of(finding)) in causes:
            found.setdefault(cause, []).append(finding)
    cascades = []
    for cause, sources in found.items():
        reach = tuple(
            dict.fromkeys(unit for source in sources for unit in touched_by(source, causes[cause], proliferation))
        )
        ordered = tuple(unit for unit in causes[cause].recommendations if unit in reach)
        if ordered:
            cascades.append(Cascade(cause=cause, found_in=tuple(s.requirement for s in sources), touches=ordered))
    return tuple(cascades)


def root_cause_of(finding: Finding) -> str:
    """The one root cause that a finding carries; empty where its criterion names none."""
    return finding.root_causes[0] if finding.root_causes else ""


def touched_by(finding: Finding, cause: RootCause, proliferation: Proliferation) -> tuple[str, ...]:
    """The other Recommendations in which one shortcoming weighs through its cause."""
    if is_about_proliferation(finding.requirement, proliferation) or cause.proliferation_only:
        return tuple(u for u in cause.recommendations if u in proliferation.reach and u != finding.unit)
    return tuple(unit for unit in cause.recommendations if unit != finding.unit)


def is_about_proliferation(requirement: str, proliferation: Proliferation) -> bool:
    """Whether a requirement concerns proliferation financing alone.

    >>> rules = Proliferation(alone=("R.7", "R.1/1.5"))
    >>> is_about_proliferation("R.7/7.1", rules), is_about_proliferation("R.1/1.5(b)", rules)
    (True, True)
    >>> is_about_proliferation("R.1/1.51", rules)
    False
    """
    return any(
        requirement == place or requirement.startswith((f"{place}/", f"{place}(")) for place in proliferation.alone
    )
