"""A bill with its clauses, and the results of rating with it: ratings and thresholds now, with it, without a clause."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import normalise
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.laws.articles import covers, do_labels_relate, read_article_keys
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import ClauseEffect, Instrument, InstrumentStatus, LawRegister, find_instrument_id
from fatf_kit.outlook.model import Outlook, Rating
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of a bill with the answers that it would give; none where nobody has linked an answer with it.

    `heading` is that of the provision in the register; empty where there is none.
    """

    bill: str
    label: str
    effects: tuple[ClauseEffect, ...] = ()
    heading: str = ""

    @property
    def id(self) -> str:
        """The id of the bill with the label of the clause."""
        return f"{self.bill} {self.label}"

    @property
    def is_linked(self) -> bool:
        """Whether an answer is linked with it; what one that is not linked changes is not known."""
        return bool(self.effects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A bill, a draft, or an adopted instrument that is not in force yet, with its clauses.

    `commencement` is the day on which it comes into force; None where it is not known. `is_in_time` says whether it
    counts on the cut-off date. `is_date_given` says that the day was given for this calculation.
    """

    instrument: Instrument
    clauses: tuple[Clause, ...]
    commencement: date | None
    is_in_time: bool
    is_date_given: bool = False

    @property
    def id(self) -> str:
        """The id of the instrument."""
        return self.instrument.id


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRating:
    """The rating of a unit as claimed, and the range that counts: decided, else what the proof on file allows."""

    claimed: Span[Rating]
    counted: Span[Rating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The ratings of all units under some clauses, and the thresholds that they lead to."""

    units: Mapping[str, UnitRating]
    outlook: Outlook

    def moves_to(self, *others: Scenario) -> tuple[str, ...]:
        """Return the units whose rating, claimed or counted, is another one in one of some scenarios."""
        now = self.units
        return tuple(unit for unit in now if any(one.units[unit] != now[unit] for one in others))

    def thresholds(self, *, worst: bool) -> tuple[str, ...]:
        """Return the ids of the thresholds that are met at one end of the ratings."""
        lines = self.outlook.lines
        return tuple(one.line.id for one in lines if (one.met.worst if worst else one.met.best))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """The change of one answer by a clause. `now` is None where the criterion or part is not answered.

    `is_lower` says that the clause lowers the answer, `is_decided` that a decision of people keeps the rating as it is.
    """

    clause: Clause
    effect: ClauseEffect
    now: CriterionRating | None
    is_lower: bool
    is_decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSets:
    """The smallest sets of clauses that reach a target at one end of the ratings.

    `size` is None where no set reaches it; `remaining` then names the thresholds that are still met with all clauses.
    `first` is the first of the sets in the order of the clauses, `total` counts all of them. `is_exact` is False where
    the search stopped before it could prove that no set is smaller or that all are counted.
    """

    size: int | None
    total: int = 0
    first: tuple[Clause, ...] = ()
    remaining: tuple[str, ...] = ()
    is_exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BillEffects:
    """The effects of one bill or of several together.

    `whole` is with all clauses, `kept` without those in `dropped`, `apart` with the clauses of one bill alone where
    there are several. `without` is what `kept` becomes when one more clause is dropped. `shared` are criteria and parts
    that clauses of several bills change. `outcomes` are the outcomes that depend on Recommendations that move, with
    these; their levels are not calculated. `sets` are the smallest sets of clauses for `target`, by end of the ratings.
    """

    edition: str
    cut_off: date | None
    bills: tuple[Bill, ...]
    dropped: tuple[Clause, ...]
    now: Scenario
    whole: Scenario
    kept: Scenario
    apart: tuple[tuple[Bill, Scenario], ...]
    without: tuple[tuple[Clause, Scenario], ...]
    changes: tuple[AnswerChange, ...]
    decided_units: tuple[str, ...]
    shared: tuple[str, ...]
    outcomes: tuple[tuple[str, tuple[str, ...]], ...]
    target: str = ""
    sets: Span[ClauseSets] | None = None

    @property
    def moved(self) -> tuple[str, ...]:
        """The units that move with the clauses that are kept, or with the whole bill."""
        return self.now.moves_to(self.kept, self.whole)

    def name_clause(self, clause: Clause) -> str:
        """Return the label of a clause, with its bill where there are several."""
        return clause.label if len(self.bills) == 1 else clause.id


def find_instrument(name: str, register: LawRegister, matcher: CitationMatcher) -> Instrument:
    """Return the instrument that an id or a citation surely names.

    Raises:
        UnknownIdError: it names none of the register.
    """
    found = register.by_id.get(find_instrument_id(name)) or matcher.match(name).instrument
    if found is None:
        raise UnknownIdError(
            "'{found}' is not an instrument of the register of laws. Name its number, like L-003.", found=name
        )
    return found


def read_bill(
    name: str, register: LawRegister, matcher: CitationMatcher, *, cut_off: date | None, in_force: date | None = None
) -> Bill:
    """Return a bill of the register; `in_force` replaces the day on which it is expected to come into force.

    Raises:
        UnknownIdError: it is not in the register.
        FatfKitError: it is in force, suspended or repealed.
    """
    one = find_instrument(name, register, matcher)
    if not (one.status.is_proposed_law or one.status is InstrumentStatus.ADOPTED):
        raise FatfKitError(
            "{id} is not a bill, and its status is '{status}'. Name a bill, a draft, or an adopted instrument that is "
            "not in force yet.",
            id=one.id,
            status=one.status,
        )
    commencement = in_force or one.begins or one.in_force_from or one.expected
    return Bill(
        instrument=one,
        clauses=tuple(_clauses(one.id, register, matcher.country)),
        commencement=commencement,
        is_in_time=cut_off is None or (commencement is not None and commencement <= cut_off),
        is_date_given=in_force is not None,
    )


def _clauses(bill: str, register: LawRegister, country: str | None) -> Iterator[Clause]:
    """Yield the clauses of a bill in the order of the sheet Bills, then provisions that no answer is linked with."""
    own = (one for one in register.effects if one.bill == bill)
    effects = group_pairs((_key(one.clause, country), one) for one in own)
    provisions = {_key(one.article, country): one for one in register.provisions_of.get(bill, ())}
    for key in dict.fromkeys((*effects, *provisions)):
        changed, provision = effects.get(key, []), provisions.get(key)
        label = changed[0].clause if changed else provision.article if provision else ""
        heading = provision.heading if provision else ""
        yield Clause(bill=bill, label=label, effects=tuple(changed), heading=heading)


def _key(label: str, country: str | None) -> Hashable:
    """Return a value that two labels of one clause share: its articles, or its words where it names none."""
    return read_article_keys(label, country) or normalise(label)


def find_clauses(names: Iterable[str], bills: Sequence[Bill], country: str | None) -> tuple[Clause, ...]:
    """Return the clauses that are named, like "art. 5" or "L-041 art. 5"; a name of an article means all of it.

    Raises:
        UnknownIdError: no clause has that name.
        FatfKitError: clauses of several bills have it.
    """
    found: dict[str, Clause] = {}
    for name in names:
        bill = find_instrument_id(name)
        label = name.strip()[len(bill) :].strip(" ,،")
        clauses = [clause for one in bills if bill in ("", one.id) for clause in one.clauses]
        named = [one for one in clauses if _key(one.label, country) == _key(label, country)]
        if not named:
            named = [one for one in clauses if do_labels_relate(label, one.label, country, covers)]
        if not named:
            names = tuple(one.label if len(bills) == 1 else one.id for one in clauses) or ("–",)
            raise UnknownIdError("'{found}' is not a clause of the bill. Allowed: {names}.", found=name, names=names)
        if len({one.bill for one in named}) > 1:
            raise FatfKitError(
                "Several of the bills have the clause '{found}'. Name the bill too, like '{example}'.",
                found=label,
                example=named[0].id,
            )
        found.update((one.id, one) for one in named)
    return tuple(found.values())
