"""How much a sector matters, and what that does to the weights of the requirements that concern it.

Source: frameworks/materiality.json, fatf-kit's own; the thought behind it is FATF Methodology (2022), para. 44.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from fatf_kit.assessment.folder.model import Materiality, Sector
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.scoring.compliance import PartWeight

_ORDINARY = 2
"""The weight of a part that concerns no sector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialityRules:
    """`concerns` are requirements, parts or whole units by sector; `steps` the weight that becomes of each weight.

    `levels_above_part` is by how many levels a criterion may exceed a part about a sector of that importance; a part
    about any other sector does not limit its criterion.

    Sectors that concern no requirement of their own, like banks, move nothing: the edition weighs their duties already.
    """

    concerns: Mapping[str, tuple[str, ...]]
    steps: Mapping[Materiality, Mapping[int, int]]
    levels_above_part: Mapping[Materiality, int]

    def concerned(self, requirement: str) -> tuple[str, ...]:
        """Return the sectors that a criterion or part is about; none for most.

        A part is about those that name it; what is said of its criterion or unit moves the weight of the criterion.
        """
        places = (requirement,) if "(" in requirement else (requirement, get_unit_id(requirement))
        return tuple(sector for sector, ids in self.concerns.items() if any(place in ids for place in places))

    def weigh_part(self, part: str, sectors: Mapping[str, Sector]) -> PartWeight:
        """Return what a part weighs among its neighbours: an ordinary weight, moved by the sectors that it is about."""
        weight, because = self.moved(part, _ORDINARY, sectors)
        return PartWeight(
            value=weight, levels_above=self.levels_above_part.get(because[0].materiality) if because else None
        )

    def moved(self, requirement: str, weight: int, sectors: Mapping[str, Sector]) -> tuple[int, tuple[Sector, ...]]:
        """Return the weight after materiality, and the sectors that moved it, none where it stays.

        One sector that is most or highly important is enough to raise a weight; the most important ones decide. It is
        lowered only where every sector concerned is less important: a sector that the country says nothing about is
        taken as moderately important.
        """
        concerned = self.concerned(requirement)
        named = [sectors[sector] for sector in concerned if sector in sectors]
        raising = min((s.materiality for s in named), key=list(Materiality).index, default=Materiality.MODERATE)
        low = tuple(sector for sector in named if sector.materiality is Materiality.LOW)
        if raising in (Materiality.MOST, Materiality.HIGH):
            after = self.steps[raising][weight]
            because = tuple(sector for sector in named if sector.materiality is raising)
        elif low and len(low) == len(concerned):
            after, because = self.steps[Materiality.LOW][weight], low
        else:
            return weight, ()
        return (after, because) if after != weight else (weight, ())


def sectors_by_id(sectors: Iterable[Sector]) -> Mapping[str, Sector]:
    """Sectors by id, each known to the rules.

    Raises:
        UnknownIdError: a sector that is not in frameworks/sectors.json.
        FatfKitError: one sector is named twice.
    """
    found: dict[str, Sector] = {}
    for sector in sectors:
        if sector.id not in load_sector_names():
            known = ", ".join(load_sector_names())
            raise UnknownIdError("'{found}' is not a sector. Allowed: {names}.", found=sector.id, names=known)
        if sector.id in found:
            raise FatfKitError("The sector '{sector}' is named twice. Keep one of the two.", sector=sector.id)
        found[sector.id] = sector
    return found


@cache
def load_materiality() -> MaterialityRules:
    """Return the rules as shipped.

    Raises:
        FrameworkError: a file does not conform to its schema.

    >>> load_materiality().concerned("R.15/15.4")
    ('virtual-assets',)
    """
    return load_value(data_folder("frameworks") / "materiality.json", MaterialityRules, "materiality.schema.json")


@cache
def load_sector_names() -> Mapping[str, str]:
    """Return the English names of the sectors, by id."""
    sectors = load_value(data_folder("frameworks") / "sectors.json", dict, "sectors.schema.json")["sectors"]
    return {sector["id"]: sector["name"] for sector in sectors}
