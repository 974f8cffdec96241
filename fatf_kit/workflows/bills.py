"""The public functions on what a bill would change, and what the end of an instrument would cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.framework import load_framework
from fatf_kit.laws.bill_effects import RatingBasis, work_out_bills
from fatf_kit.laws.bill_texts import build_parliament_page
from fatf_kit.laws.bills import BillEffects, find_clauses, find_instrument, read_bill
from fatf_kit.laws.clause_search import read_target
from fatf_kit.laws.repeal import RepealEffects, work_out_repeal
from fatf_kit.outlook.rules import load_rules
from fatf_kit.report.model import Document
from fatf_kit.workflows.laws import LawReview, review_laws


def bill_what_if(
    source: LawReview | str | Path,
    bills: str | Iterable[str],
    *,
    without: Iterable[str] = (),
    in_force: date | None = None,
    target: str | None = None,
) -> BillEffects:
    """Return the ratings and thresholds now, with one bill or several, and without each of their clauses.

    `source` is the result of `review_laws`, or an assessment folder; `bills` are numbers of the register of laws. The
    clauses in `without`, like "art. 5" or "L-041 art. 5", are left out. `in_force` replaces the day on which each bill
    is expected to come into force. `target` is "regular", "leave-icrg" or a rating like "R.24=LC", for which the
    smallest sets of clauses are searched. Decisions of people on a criterion or Recommendation stay.

    Raises:
        UnknownIdError: no such bill, clause or target.
        FatfKitError: the folder cannot be used, or an instrument is no bill.

    >>> effects = bill_what_if("examples/ruritania", "L-040", target="R.19=LC")
    >>> [(unit, effects.now.units[unit].counted.describe(), effects.kept.units[unit].counted.describe())
    ...     for unit in effects.moved]
    [('R.19', 'PC', 'LC'), ('R.22', 'NC – PC', 'PC')]
    >>> effects.sets.worst.total, [clause.id for clause in effects.sets.worst.first]
    (1, ['L-040 cl. 3'])
    """
    review = source if isinstance(source, LawReview) else review_laws(source)
    basis, register, matcher = _basis(review), review.register, review.matcher
    names = list(dict.fromkeys([bills] if isinstance(bills, str) else bills))
    if not names:
        raise FatfKitError("No bill was named. Name its number, like L-040.")
    wanted = read_target(target, basis.framework, basis.rules) if target else None
    read = [read_bill(name, register, matcher, cut_off=basis.now.cut_off, in_force=in_force) for name in names]
    chosen = list({one.id: one for one in read}.values())
    dropped = find_clauses(without, chosen, matcher.country)
    return work_out_bills(basis, chosen, dropped=dropped, target=wanted)


def laws_without(source: LawReview | str | Path, instrument: str, article: str = "") -> RepealEffects:
    """Return the ratings and the proof if an instrument, or one article of it, ended before the cut-off date.

    A repeal, a suspension or an annulment by a court has this effect. `source` is the result of `review_laws`, or an
    assessment folder; `instrument` is a number of the register of laws, `article` like "art. 12".

    Raises:
        UnknownIdError: no such instrument.
        FatfKitError: the folder cannot be used, the article cannot be read, or the instrument is not law yet.

    >>> lost = laws_without("examples/ruritania", "L-003")
    >>> lost.moved
    ('R.4', 'R.30', 'R.31', 'R.38', 'R.40')
    """
    review = source if isinstance(source, LawReview) else review_laws(source)
    found = find_instrument(instrument, review.register, review.matcher)
    return work_out_repeal(_basis(review), found, article, review.matcher.country)


def build_bill_page(review: LawReview, effects: BillEffects, *, today: date, language: str = "en") -> Document:
    """Return one page for members of parliament about the effects of bills, in one language.

    Raises:
        UnknownIdError: no such language.

    >>> from datetime import date
    >>> from fatf_kit import bill_what_if, review_laws
    >>> review, effects = review_laws("examples/ruritania"), bill_what_if("examples/ruritania", "L-040")
    >>> build_bill_page(review, effects, today=date(2027, 1, 10)).title
    'Anti-Money Laundering (Amendment) Bill 2026: what it means for the FATF evaluation'
    """
    scored = review.scored
    t = Translator(scored.national(language))
    return build_parliament_page(
        effects,
        load_framework(scored.framework.id, t.language),
        t,
        country=scored.country(language),
        today=today,
        notices=tuple(map(t, scored.responses.notices)),
    )


def _basis(review: LawReview) -> RatingBasis:
    folder = review.folder
    return RatingBasis(
        framework=folder.framework,
        responses=folder.responses,
        policy=folder.policy,
        proof=folder.proof,
        now=folder.assessment,
        rules=load_rules(folder.framework.id),
        register=review.register,
    )
