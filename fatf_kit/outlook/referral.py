"""The priority and the observation period after a referral: facts about the country decide; many may not be known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fatf_kit.core.languages import find_code
from fatf_kit.published.listings import ListingStatus

LEAST_DEVELOPED = "least_developed"
"""The fact that the UN's list of least developed countries states, where the country does not state it."""

Facts = Mapping[str, str | int | float | bool]
"""The facts that a country gives about itself, by id; those that are absent are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFact:
    """A fact that decides: whether it is a number or a yes or no, and the question that asks for it."""

    id: str
    number: bool
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One test of a fact: that it is so (`be`), or that the number is at least or more than another."""

    fact: str
    be: bool | None = None
    at_least: float | None = None
    more_than: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationPeriod:
    """The usual observation period in months, and the alternatives under which it may be longer.

    How much longer is not stated anywhere.
    """

    months: int
    longer_if_any: tuple[tuple[Condition, ...], ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritisation:
    """The conditions under which a referred country is examined first, or left out.

    Each is a list of alternatives, and an alternative holds when all its conditions do. `observation` is None where
    the edition's file does not state whose observation period may be longer.
    """

    facts: tuple[ReferralFact, ...]
    first_if_any: tuple[tuple[Condition, ...], ...]
    left_out_if_any: tuple[tuple[Condition, ...], ...]
    source: str
    confidence: str
    observation: ObservationPeriod | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """The result of the facts; None where missing facts decide. `missing` are those not known.

    `is_listed` says that the country is on one of FATF's lists. Then it has been looked at already: `first` is True
    whatever the other facts are, and none of them is asked for.
    `may_observe_longer` says whether the observation period may be longer than usual: False on a list, because it is
    over then, and where no rule says so. `listing` is the country's listing, from which the UN's list is known.

    `values` holds every fact of the rules in their order: True, False, a number, or None where it is not known.
    """

    rules: Prioritisation
    first: bool | None
    left_out: bool | None
    values: tuple[tuple[ReferralFact, bool | float | None], ...]
    is_listed: bool = False
    may_observe_longer: bool | None = False
    listing: ListingStatus | None = None

    @property
    def missing(self) -> tuple[ReferralFact, ...]:
        """Facts that are not known and still decide."""
        if self.is_listed:
            return ()
        return tuple(fact for fact, value in self.values if value is None)


def prioritise(rules: Prioritisation, facts: Facts, listing: ListingStatus | None = None) -> Priority:
    """Return whether a referred country would be looked at first. A fact of the wrong kind counts as not known.

    `listing` is the country's listing by FATF and on the UN's list, None where the country is not known. A listing
    answers the question of priority. Whether the country is least developed follows from the UN's list where `facts`
    do not state it.
    """
    is_listed = listing is not None and listing.is_listed
    stated = {**_read_un_list(listing), **facts}
    values = tuple((fact, _value(fact, stated.get(fact.id))) for fact in rules.facts)
    known = {fact.id: value for fact, value in values}
    longer = rules.observation.longer_if_any if rules.observation else ()
    return Priority(
        rules=rules,
        first=is_listed or _meets(rules.first_if_any, known),
        left_out=not is_listed and _meets(rules.left_out_if_any, known),
        values=values,
        is_listed=is_listed,
        may_observe_longer=not is_listed and _meets(longer, known),
        listing=listing,
    )


def _read_un_list(listing: ListingStatus | None) -> Facts:
    """Return the fact that the UN's list states about a country; nothing where it is not known."""
    if listing is None or listing.is_least_developed is None:
        return {}
    return {LEAST_DEVELOPED: listing.is_least_developed}


def _meets(alternatives: Iterable[Iterable[Condition]], known: Mapping[str, bool | float | None]) -> bool | None:
    return _any(_all(_holds(condition, known) for condition in conditions) for conditions in alternatives)


def _value(fact: ReferralFact, given: object) -> bool | float | None:
    """Return the value of a fact of the right kind; None for anything else.

    >>> ask = ReferralFact(id="member", number=False, question="Is it a member?")
    >>> _value(ask, "Yes"), _value(ask, "كلا"), _value(ask, 3)
    (True, False, None)
    """
    if isinstance(given, str):
        answer = find_code("yes_no", given)
        given = given if answer is None else answer == "yes"
    if not fact.number:
        return given if isinstance(given, bool) else None
    try:
        number = None if isinstance(given, bool) else float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if number is not None and number >= 0 else None


def _holds(condition: Condition, known: Mapping[str, bool | float | None]) -> bool | None:
    value = known.get(condition.fact)
    if value is None:
        return None
    if condition.be is not None:
        return value is condition.be
    if condition.at_least is not None:
        return value >= condition.at_least
    return condition.more_than is not None and value > condition.more_than


def _all(results: Iterable[bool | None]) -> bool | None:
    found = tuple(results)
    return False if False in found else None if None in found else True


def _any(results: Iterable[bool | None]) -> bool | None:
    found = tuple(results)
    return True if True in found else None if None in found else False
