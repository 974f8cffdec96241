"""Groups of jurisdictions to compare with: FATF and its regional bodies, or an own list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder
from fatf_kit.published.catalog import find_reports


@dataclass(frozen=True, slots=True, kw_only=True)
class JurisdictionGroup:
    """A group of jurisdictions by ISO 3166-1 alpha-3 code, in alphabetical order; a jurisdiction may be in several.

    Attributes:
        id: "MENAFATF", or the codes of an own list with commas between.
        name: The body's name; empty for an own list.
        members: Every member, those without a report in the table included.
        assessed: Members for which the table has a report of the body itself. The others are members by general
            knowledge only.
        no_members: Assessed by the body but no member of it, with the reason.
        as_of: Month of which the membership is, "YYYY-MM"; empty for an own list.
        source: Where the membership is from; empty for an own list.
        note: What else to know; empty where nothing.
    """

    id: str
    name: str
    members: tuple[str, ...]
    assessed: frozenset[str] = frozenset()
    no_members: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    source: str = ""
    note: str = ""

    @property
    def assumed(self) -> tuple[str, ...]:
        """Members by general knowledge only; none of an own list."""
        return tuple(code for code in self.members if self.name and code not in self.assessed)


@cache
def load_groups() -> Mapping[str, JurisdictionGroup]:
    """Return FATF and its nine regional bodies, by id.

    Raises:
        FrameworkError: the bundled file is damaged.

    >>> [group.id for group in load_groups().values() if "IRQ" in group.members]
    ['MENAFATF']
    """
    data = load_value(data_folder("frameworks") / "published" / "groups.json", dict, "groups.schema.json")
    return {
        group["id"]: JurisdictionGroup(
            id=group["id"],
            name=group["name"],
            members=tuple(sorted((*group["assessed_by_it"], *group["expert_knowledge"]))),
            assessed=frozenset(group["assessed_by_it"]),
            no_members=tuple((other["iso3"], other["why"]) for other in group.get("assessed_but_no_member", ())),
            as_of=data["as_of"],
            source=data["source"],
            note=group.get("note", ""),
        )
        for group in data["groups"]
    }


def find_group(text: str) -> JurisdictionGroup:
    """Return the group of a name in any case, or an own list of codes or English names with commas between.

    Raises:
        UnknownIdError: no such group or jurisdiction; the message says what there is.

    >>> find_group("moneyval").id, find_group("jor, Kuwait").members
    ('MONEYVAL', ('JOR', 'KWT'))
    """
    known = load_groups()
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    if len(wanted) == 1 and wanted[0].upper() in known:
        return known[wanted[0].upper()]
    try:
        codes = sorted({find_reports(part)[0].place for part in wanted})
    except UnknownIdError as fault:
        raise UnknownIdError(
            "{problem} Allowed as a group: {names}, or a list of jurisdictions like JOR,KWT,QAT.",
            problem=fault,
            names=tuple(known),
        ) from fault
    if not codes:
        raise UnknownIdError(
            "No group was named. Allowed: {names}, or a list of jurisdictions like JOR,KWT,QAT.", names=tuple(known)
        )
    return JurisdictionGroup(id=",".join(codes), name="", members=tuple(codes))


def find_groups(place: str) -> tuple[JurisdictionGroup, ...]:
    """Return the groups a jurisdiction is in, regional bodies before FATF.

    >>> [group.id for group in find_groups("SAU")]
    ['MENAFATF', 'FATF']
    """
    mine = [group for group in load_groups().values() if place in group.members]
    return tuple(sorted(mine, key=lambda group: group.id == "FATF"))
