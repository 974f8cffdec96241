"""The sector's own rating: proposed from national threat, exposure of the sector and the country's measures.

The class of the middle body is no rating of a sector: it is low nearly everywhere. A proposal becomes the rating only
by a decision of the working group with its reason.

Source: frameworks/npo/sector.json; matrix and residual rule are those of frameworks/npo/method.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fatf_kit.npo.measures.catalogue import load_npo_data
from fatf_kit.npo.method.load import Factor, Method, load_method
from fatf_kit.npo.method.risk_matrix import ADEQUATE, STRONG, WEAK, RiskCell, inherent_band, residual_band
from fatf_kit.npo.model import ClassCounts, ClassMoney, NationalFactor, ScreenedGroup, SectorProposal, SectorVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryQuestion:
    """One thing the country is asked about threat, consultation or decision; `kind` is "text", "band" or "date"."""

    id: str
    group: str
    kind: str
    title: str
    text: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exposure:
    """From which shares of bodies or money at risk the exposure of the sector has which level."""

    steps: tuple[Mapping[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sector:
    """The content of sector.json."""

    parts: tuple[CountryQuestion, ...]
    exposure: _Exposure


@cache
def load_parts(language: str = "en") -> tuple[CountryQuestion, ...]:
    """Return what the country is asked, in one language.

    >>> [part.id for part in load_parts() if part.group == "threat"]
    ['cases', 'methods', 'sources', 'scenarios']
    """
    return load_npo_data("sector", _Sector, language).parts


def propose_rating(
    national: Sequence[NationalFactor],
    classes: ClassCounts,
    money: ClassMoney,
    *,
    verdict: SectorVerdict,
    group: ScreenedGroup,
    candidates: int,
    method: Method,
    shows_subset: bool = True,
) -> SectorProposal:
    """Return the proposal.

    Parts of it are None where the country has not entered them or exposure is not known. It is not known where most
    bodies have no class: the bodies to ask first are only those of which something is known. Nor is it known where
    none is at risk in a register that cannot show a subset.
    """
    values = {factor.id: factor.value for factor in national}
    threat = _threat(method, values)
    by_screening = verdict is not SectorVerdict.CLASSIFIED
    share = _screened(group, candidates) if by_screening else _at_risk(classes, money)
    is_known = not by_screening and (shows_subset or bool(share))
    exposure = _exposure(share) if share is not None and is_known else None
    measures = _mean(_known(method, values, "mitigation"))
    inherent = band = None
    if threat is not None and exposure is not None:
        cell = RiskCell(threat=threat, vulnerability=exposure, controls=measures_level(measures), hard=False)
        inherent, band = inherent_band(method, cell), residual_band(method, cell)
    return SectorProposal(
        threat=threat,
        exposure=exposure,
        exposure_share=share,
        by_screening=by_screening,
        measures=measures,
        inherent=inherent,
        band=band,
    )


def _known(method: Method, values: Mapping[str, int | None], dimension: str) -> list[tuple[Factor, int]]:
    return [
        (factor, value)
        for factor in method.national
        if factor.dimension == dimension and (value := values.get(factor.id)) is not None
    ]


def _mean(known: Sequence[tuple[Factor, int]]) -> int | None:
    """Return the weighted mean in hundredths, rounded down; None where nothing is known."""
    weight = sum(factor.hundredths for factor, _ in known)
    return sum(100 * factor.hundredths * value for factor, value in known) // weight if weight else None


def _threat(method: Method, values: Mapping[str, int | None]) -> int | None:
    """Return the level of the national threat: the same rule as for a body, the highest factor before the mean."""
    known = _known(method, values, "threat")
    mean = _mean(known)
    if mean is None:
        return None
    top = method.highest_per_cent
    score = (top * 100 * max(value for _, value in known) + (100 - top) * mean) // 100
    return 1 + sum(score >= cut for cut in method.levels_from)


def measures_level(measures: int | None) -> str:
    """Measures, in hundredths, as controls; not known takes nothing off, like adequate ones."""
    method = load_method()
    if measures is None:
        return ADEQUATE
    return STRONG if measures >= method.strong_from else ADEQUATE if measures >= method.adequate_from else WEAK


def _at_risk(classes: ClassCounts, money: ClassMoney) -> float | None:
    """Return the larger of the shares of bodies and of money at medium risk or above, among those with a class."""
    rated, held = classes.total - classes.unrated, money.total - money.unrated
    if not rated:
        return None
    return max(classes.at_risk / rated, (money.medium + money.high) / held if held else 0.0)


def _screened(group: ScreenedGroup, candidates: int) -> float | None:
    return group.bodies / candidates if candidates else None


def _exposure(share: float) -> int:
    steps = load_npo_data("sector", _Sector, "en").exposure.steps
    return max(int(step["level"]) for step in steps if share >= step["from"])
