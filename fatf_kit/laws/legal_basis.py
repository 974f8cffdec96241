"""The legal basis of instruments: an act takes its regulations along, into force and out of it.

A regulation applies only while every act that it is made under applies. What falls with an act is found through any
number of levels, as an instruction under a regulation under an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from fatf_kit.laws.model import Instrument, InstrumentStatus, LawRegister, Provision

_NO_DAYS: Mapping[str, date] = MappingProxyType({})


def list_acts(register: LawRegister, instrument: Instrument) -> tuple[Instrument, ...]:
    """Return the instruments that one is made under, directly or through others; what is only proposed counts nowhere.

    >>> act, rule = Instrument(id="L-001", titles={}), Instrument(id="L-002", titles={}, made_under=("L-001",))
    >>> [one.id for one in list_acts(LawRegister(instruments=(act, rule)), rule)]
    ['L-001']
    """
    found: dict[str, Instrument] = {}
    open_ = list(instrument.made_under)
    while open_:
        act = register.by_id.get(open_.pop(0))
        if act is not None and not act.is_proposed and act.id not in {instrument.id, *found}:
            found[act.id] = act
            open_.extend(act.made_under)
    return tuple(found.values())


def list_falling(register: LawRegister, act: str) -> tuple[Instrument, ...]:
    """Return the instruments that fall with an act: those made under it, directly or through others."""
    return tuple(
        instrument
        for instrument in register.instruments
        if act in {basis.id for basis in list_acts(register, instrument)}
    )


def find_start(
    register: LawRegister,
    instrument: Instrument,
    provision: Provision | None,
    *,
    cited: date | None = None,
    days: Mapping[str, date] = _NO_DAYS,
) -> date | None:
    """Return the first day of an instrument or provision: its own, or a later one of what it is made under.

    `cited` is the day that an answer gives, for what the register leaves open. `days` replace the first days of some
    instruments, by id. None where its own day is not known, unless it is made under an act that is not in force yet.
    """
    own = days.get(instrument.id) or (provision and provision.in_force_from) or instrument.in_force_from or cited
    if own is None and instrument.status is InstrumentStatus.ADOPTED:
        own = instrument.expected
    acts = list_acts(register, instrument)
    if own is None:
        acts = tuple(act for act in acts if act.status is InstrumentStatus.ADOPTED)
    starts = (days.get(act.id) or act.in_force_from or act.expected for act in acts)
    return max((day for day in (own, *starts) if day), default=None)


def find_end(register: LawRegister, instrument: Instrument, provision: Provision | None) -> date | None:
    """Return the last day of an instrument or provision: its own, or an earlier one of what it is made under."""
    own = provision.in_force_until if provision else None
    ends = (own, _ends(instrument), *map(_ends, list_acts(register, instrument)))
    return min((day for day in ends if day), default=None)


def is_proposed_law(register: LawRegister, instrument: Instrument) -> bool:
    """Return whether an instrument, or something that it is made under, is not law yet."""
    return any(text.status.is_proposed_law for text in (instrument, *list_acts(register, instrument)))


def find_circle(start: str, linked: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the ids from one back to itself along links; empty where none leads back.

    >>> find_circle("a", {"a": ("b",), "b": ("c", "a"), "c": ()})
    ('a', 'b')
    """
    open_: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while open_:
        chain = open_.pop()
        for name in linked[chain[-1]]:
            if name == start:
                return chain
            if name in linked and name not in seen:
                seen.add(name)
                open_.append((*chain, name))
    return ()


def list_circles(linked: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of links once, from the first of its ids."""
    found: set[frozenset[str]] = set()
    for name in linked:
        chain = find_circle(name, linked)
        if chain and frozenset(chain) not in found:
            found.add(frozenset(chain))
            yield chain


def _ends(instrument: Instrument) -> date | None:
    """Return the last day of an instrument; one that is suspended or repealed ended on the first day known of it."""
    end = instrument.in_force_until
    if end is None and instrument.status in (InstrumentStatus.SUSPENDED, InstrumentStatus.REPEALED):
        return instrument.in_force_from or instrument.day or date(instrument.year or 1, 1, 1)
    return end
