"""The register of laws is checked against itself, the answers that cite it, and the cut-off date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.laws.citations import ResolvedCitation
from fatf_kit.laws.evidence import make_fact
from fatf_kit.laws.identity import find_name, make_plain
from fatf_kit.laws.legal_basis import list_acts, list_circles
from fatf_kit.laws.model import ClauseEffect, Instrument, InstrumentStatus, LawRegister
from fatf_kit.laws.translations import TranslationState, find_text_day, translation_state

_ONE_DAY = timedelta(days=1)
"""Dates of two calendars can differ by one day."""

_ENDED = (InstrumentStatus.SUSPENDED, InstrumentStatus.REPEALED)


def check_register(
    register: LawRegister,
    responses: ResponseSet,
    citations: Sequence[ResolvedCitation],
    *,
    country: str | None,
    cut_off: date | None,
) -> tuple[Problem, ...]:
    """Return a problem for each contradiction within the register and with the answers, sheet by sheet.

    Without a `cut_off`, dates are not tested and all changes of a text count.
    """
    return (
        *_check_doubles(register),
        *_check_circles(register),
        *_check_statuses(register),
        *_check_bases(register),
        *_check_provisions(register),
        *_check_translations(register, cut_off or date.max),
        *_check_bills(register, responses),
        *_check_ended(register, citations, cut_off),
        *_check_dates(register, citations),
        *_check_near(citations, country),
    )


def _check_doubles(register: LawRegister) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], Instrument] = {}
    for one in register.instruments:
        key = (one.kind, make_plain(one.number), one.year, make_plain(one.issuer))
        if one.number and one.year is not None and seen.setdefault(key, one) is not one:
            yield make_problem("law-same", one.ref, other=seen[key].id)


def _check_circles(register: LawRegister) -> Iterator[Problem]:
    """Yield one problem for each circle of amendments, and one for each of acts made under each other."""
    for code, field in (("law-amends-loop", "amends"), ("law-basis-loop", "made_under")):
        linked = {instrument.id: getattr(instrument, field) for instrument in register.instruments}
        for chain in list_circles(linked):
            yield make_problem(code, register.by_id[chain[0]].ref, chain=" → ".join((*chain, chain[0])))


def _check_bases(register: LawRegister) -> Iterator[Problem]:
    """Yield a problem for each instrument that its register calls in force although an act it is made under ended."""
    for one in register.instruments:
        if one.status is InstrumentStatus.IN_FORCE and not one.is_proposed:
            for act in list_acts(register, one):
                if act.status in _ENDED:
                    yield make_problem("law-basis-ended", one.ref, law=act.id, status=str(act.status))


def _check_statuses(register: LawRegister) -> Iterator[Problem]:
    for one in register.instruments:
        before = register.earlier.get(one.id)
        if before is not None and not before.may_become(one.status):
            facts = {"before": str(before), "after": str(one.status)}
            yield make_problem("law-status-change", one.ref, None, **facts)
        if one.is_proposed:
            continue
        if one.kind is None:
            yield make_problem("law-no-kind", one.ref)
        if one.status is InstrumentStatus.IN_FORCE and one.in_force_from is None:
            yield make_problem("law-no-date", one.ref)
        if one.status in _ENDED and one.in_force_until is None:
            yield make_problem("law-end-undated", one.ref, status=str(one.status))


def _check_provisions(register: LawRegister) -> Iterator[Problem]:
    for one in register.provisions:
        first = register.by_id[one.instrument].in_force_from
        start, end = one.in_force_from, one.in_force_until
        if start and first and start < first:
            yield make_problem("provision-early", one.ref, found=start, start=first)
        if start and end and end < start:
            yield make_problem("law-dates", one.ref, start=start, end=end)


def _check_translations(register: LawRegister, last_day: date) -> Iterator[Problem]:
    for one in register.translations:
        if not one.language:
            yield make_problem("translation-language", one.ref)
        changed = find_text_day(register, one.instrument, last_day, article=one.article)
        state = translation_state(register, one, last_day)
        if changed is None or state is not TranslationState.STALE:
            continue
        text = one.text_as_of or one.made_on
        if one.made_on and one.text_as_of and one.made_on >= changed:
            facts = {"made": one.made_on, "changed": changed, "found": text}
            yield make_problem("translation-version", one.ref, None, **facts)
        else:
            yield make_problem("translation-stale", one.ref, found=text, changed=changed)


def _check_bills(register: LawRegister, responses: ResponseSet) -> Iterator[Problem]:
    answers = {one.requirement: one.rating for one in responses.answers}
    first: dict[str, ClauseEffect] = {}
    for one in register.effects:
        bill = register.by_id[one.bill]
        if not (bill.status.is_proposed_law or bill.status is InstrumentStatus.ADOPTED):
            yield make_problem("bill-status", one.ref, law=bill.id, status=str(bill.status))
            continue
        before = answers.get(one.requirement)
        if isinstance(before, CriterionRating) and one.rating.is_below(before):
            facts = {"before": str(before), "after": str(one.rating)}
            clause = f"{one.bill} {one.clause}"
            yield make_problem("bill-lowers", one.ref, one.requirement, clause=clause, **facts)
        other = first.setdefault(one.requirement, one)
        if other.bill != one.bill:
            clause = f"{other.bill} {other.clause}"
            yield make_problem("bills-overlap", one.ref, one.requirement, clause=clause)


def _check_ended(
    register: LawRegister, citations: Sequence[ResolvedCitation], cut_off: date | None
) -> Iterator[Problem]:
    """Yield a problem for each instrument or provision that no longer applies and is cited."""
    cited: dict[str, dict[str, None]] = {}
    for one in citations:
        instrument = one.match.instrument
        if instrument is None or instrument.is_proposed:
            continue
        for provision in one.match.provisions or (None,):
            fact = make_fact(register, instrument, provision)
            is_over = instrument.status in _ENDED
            if cut_off and fact.in_force_until:
                is_over = fact.in_force_until < cut_off
            if is_over:
                cited.setdefault(fact.law, {})[one.requirement] = None
    refs = {one.id: one.ref for one in register.instruments}
    refs |= {one.id: one.ref for one in register.provisions}
    for law, names in cited.items():
        facts = {"law": law, "names": list(names), "count": len(names)}
        yield make_problem("law-ended-cited", refs[law], None, **facts)


def _check_dates(register: LawRegister, citations: Sequence[ResolvedCitation]) -> Iterator[Problem]:
    """Yield a problem for the first answer that gives an instrument another date than the register, for each date."""
    seen: set[tuple[str, date]] = set()
    for one in citations:
        instrument = one.match.instrument
        if instrument is None or instrument.is_proposed or one.in_force_from is None:
            continue
        found, provisions = one.in_force_from, register.provisions_of.get(instrument.id, ())
        known = {instrument.in_force_from, *(provision.in_force_from for provision in provisions)}
        days = [day for day in known if day is not None]
        is_other = bool(days) and all(abs(day - found) > _ONE_DAY for day in days)
        if is_other and (instrument.id, found) not in seen:
            seen.add((instrument.id, found))
            used = instrument.in_force_from or days[0]
            facts = {"found": found, "used": used, "law": instrument.id}
            yield make_problem("law-date-differs", one.ref, one.requirement, **facts)


def _check_near(citations: Sequence[ResolvedCitation], country: str | None) -> Iterator[Problem]:
    """Yield a question for each spelling that may mean an instrument, at the first answer that has it."""
    by_spelling = group_pairs(
        ((make_plain(find_name(one.text, country)), one.match.candidates[0].id), one)
        for one in citations
        if one.match.difference
    )
    for (_, law), (first, *more) in by_spelling.items():
        # the name is quoted whole, because it is no secret, unless the answer is restricted
        name = find_name(first.text, country)
        quoted = quote_found(name, restricted=True) if first.is_restricted else {"found": name}
        facts = {"law": law, "difference": str(first.match.difference), "count": 1 + len(more)}
        yield make_problem("law-near", first.ref, None, **quoted, **facts)
