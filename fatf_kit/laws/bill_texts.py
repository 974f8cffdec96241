"""The effects of bills in words: sentences and rows for the terminal, and one page for members of parliament."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.model import Framework
from fatf_kit.laws.bills import Bill, BillEffects, Clause, ClauseSets, Scenario, UnitRating
from fatf_kit.outlook.model import LineResult, Target
from fatf_kit.outlook.report import describe_counts, describe_outlook, name_target, name_threshold, name_thresholds
from fatf_kit.report.document_tables import make_rating_cell, make_table
from fatf_kit.report.model import Block, Bullets, Document, Section, TableCell
from fatf_kit.report.sections import make_note, make_section

_CLAUSES_NAMED = 8

_MOST_ROWS = 6
"""The most clauses in the table of the page; more that move nothing share a row."""


def describe_commencement(bill: Bill, cut_off: date | None, t: Translator) -> str:
    """Return when a bill comes into force, and whether it counts in the evaluation."""
    if cut_off is None:
        return t("the cut-off date is not known, so dates of entry into force are not tested.")
    day = t.day(bill.commencement) if bill.commencement else t("an unknown day")
    facts = {"day": day, "cut_off": t.day(cut_off)}
    if bill.is_in_time:
        return t("the bill counts, because it is to be in force from {day}, by the cut-off date of {cut_off}.", **facts)
    return t(
        "the bill counts only if it is in force by {cut_off}. It is to be in force from {day}, so it raises what the "
        "country claims, and not what it can show.",
        **facts,
    )


def describe_move(unit: str, before: UnitRating, after: UnitRating, t: Translator) -> str:
    """Return how a rating changes: the range that counts, or only the claim where that alone moves."""
    counts = before.counted != after.counted
    one, other = (before.counted, after.counted) if counts else (before.claimed, after.claimed)
    facts = {"unit": unit, "before": one.describe(), "after": other.describe()}
    if counts:
        return t("{unit}: from {before} to {after}", **facts)
    return t("{unit}, claimed only: from {before} to {after}", **facts)


def describe_difference(one: Scenario, other: Scenario, t: Translator) -> str:
    """Return every rating that changes from one scenario to another, then the thresholds that change."""
    before, after = one.units, other.units
    moves = [describe_move(unit, before[unit], after[unit], t) for unit in one.moves_to(other)]
    names = [name_threshold(a.line, t) for a, b in _pair_lines(one, other) if a.met != b.met]
    if names:
        moves.append(t("thresholds that change: {names}", names=t.points(names)))
    return t.points(moves) or t("no rating changes")


def _pair_lines(one: Scenario, other: Scenario) -> Iterator[tuple[LineResult, LineResult]]:
    return zip(one.outlook.lines, other.outlook.lines, strict=True)


def list_ratings(found: BillEffects, t: Translator) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the ratings that move, headings first; a column more where clauses are dropped."""
    dropped = t.listed(one.label for one in found.dropped)
    scenarios = [(t("Now"), found.now), (t("With all clauses"), found.whole)]
    scenarios += [(t("Without {clauses}", clauses=dropped), found.kept)] if dropped else []
    yield (t("Rec. or outcome"), *(name for name, _ in scenarios), t("Claimed"))
    for unit in found.moved:
        ratings = [one.units[unit] for _, one in scenarios]
        before, after = (one.claimed.describe() for one in (ratings[0], ratings[-1]))
        moves = t("from {before} to {after}", before=before, after=after)
        claimed = before if before == after else moves
        yield (unit, *(one.counted.describe() for one in ratings), claimed)


def list_thresholds(one: Scenario, other: Scenario, t: Translator) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the thresholds whose counts differ between two scenarios, headings first; none if none do."""
    pairs = [(a, b) for a, b in _pair_lines(one, other) if a.at_ends != b.at_ends]
    if pairs:
        yield t("Threshold"), t("Limit"), t("Now"), t("Then")
    for before, after in pairs:
        name = name_threshold(before.line, t)
        limits = " / ".join(str(count.count.at_least) for count in before.counts)
        yield name, limits, describe_counts(before), describe_counts(after)


def describe_answers(clause: Clause, found: BillEffects, t: Translator) -> str:
    """Return the answers that a clause would change, from today's to its own."""
    if not clause.is_linked:
        return describe_no_link(t)
    texts = []
    for one in found.changes:
        if one.clause is clause:
            before = t.named(one.now) if one.now else t("no answer")
            facts = {"before": before, "after": t.named(one.effect.rating)}
            texts.append(t("{unit}: from {before} to {after}", unit=one.effect.requirement, **facts))
    return t.points(texts) or t("no answer changes")


def describe_drop(clause: Clause, found: BillEffects, without: Scenario, t: Translator) -> str:
    """Return what changes if a clause is dropped; that is not known where no answer is linked with it."""
    return describe_difference(found.kept, without, t) if clause.is_linked else t("not known")


def describe_no_link(t: Translator) -> str:
    """Return that nobody has linked an answer with a clause."""
    return t("not linked with an answer")


def list_remarks(found: BillEffects, t: Translator) -> Iterator[str]:
    """Yield what a reader also has to know: lowered answers, decisions, several bills, outcomes."""
    for one in found.changes:
        if one.is_lower:
            facts = {"clause": one.clause.id, "requirement": one.effect.requirement}
            yield t("{clause} lowers the answer to {requirement}.", **facts)
    unlinked = [clause for bill in found.bills for clause in bill.clauses if not clause.is_linked]
    if unlinked:
        names = t.listed(map(found.name_clause, unlinked))
        yield t(
            "Not linked with an answer: {names}. Enter on the sheet Bills which answers they would change. Until then "
            "their effect is not known.",
            names=names,
        )
    kept = [one.effect.requirement for one in found.changes if one.is_decided]
    if decided := dict.fromkeys((*kept, *found.decided_units)):
        yield t(
            "Decisions of people keep these ratings as they are, with and without the bill: {names}.",
            names=t.listed(decided),
        )
    if found.shared:
        yield t(
            "Several bills change the answer to {names}. Together the better answer counts.",
            names=t.listed(found.shared),
        )
    outcomes = []
    for outcome, units in found.outcomes:
        outcomes.append(t("{text} ({place})", text=outcome, place=t.listed(units)))
    if outcomes:
        yield t(
            "The Recommendations that change, shown in brackets, also affect these outcomes: {names}. A law alone does "
            "not change the rating of an outcome, so their levels are not calculated.",
            names=t.listed(outcomes),
        )


def describe_target(found: BillEffects, t: Translator) -> Iterator[str]:
    """Yield how many smallest sets of clauses reach the target, with the first, for both ends where they differ."""
    if found.sets is None:
        return
    text = name_target(Target(found.target), t) if found.target in list(Target) else found.target
    worst, best = (_describe_sets(one, found, t) for one in (found.sets.worst, found.sets.best))
    if worst == best:
        yield t("{name}: {text}", name=text, text=worst)
    else:
        none = t("{target}, in the worst case", target=text)
        every = t("{target}, in the best case", target=text)
        yield t("{name}: {text}", name=none, text=worst)
        yield t("{name}: {text}", name=every, text=best)


def _describe_sets(sets: ClauseSets, found: BillEffects, t: Translator) -> str:
    early = t("The search stopped early, so smaller or further sets may exist.")
    stopped = "" if sets.is_exact else f" {early}"
    if sets.size is None:
        if not sets.remaining:
            return t("not reached, even with all clauses.") + stopped
        names = name_thresholds(sets.remaining, found.now.outlook.rules, t)
        return t("not reached, even with all clauses. Still met: {names}.", names=names) + stopped
    if sets.size == 0:
        return t("reached without any clause.")
    first = t.first_of([found.name_clause(one) for one in sets.first], _CLAUSES_NAMED)
    text = t.plural(
        "reached with {n} clause: {first}.",
        "reached with {n} clauses, for example {first}.",
        sets.size,
        first=first,
    )
    total = t.plural("There is {n} set of this size.", "There are {n} sets of this size.", sets.total)
    return f"{text} {total}{stopped}"


def build_parliament_page(
    found: BillEffects, framework: Framework, t: Translator, *, country: str, today: date, notices: Sequence[str] = ()
) -> Document:
    """Return the page; `framework` has the titles in the reader's language, `today` is its date.

    It has no word of an answer: ratings, criteria by number, and the headings of clauses are all that it repeats.
    """
    names = t.listed(one.instrument.title(t.language) for one in found.bills)
    title = t.plural(
        "{names}: what it means for the FATF evaluation",
        "{names}: what they mean for the FATF evaluation",
        len(found.bills),
        names=names,
    )
    indicative = t(
        "Indicative result, calculated by fatf-kit from the country's answers and from what the drafters expect of "
        "each clause. It is not FATF's rating. Only the assessors and the Plenary decide on ratings."
    )
    readers = t("For members of parliament, {day}", day=t.day(today))
    return Document(
        id="parliament",
        title=title,
        subtitle=" – ".join(filter(None, (country, readers))),
        language=t.language,
        facts=(),
        notices=(*notices, indicative),
        sections=_ParliamentPage(found, framework, t).list_sections(),
        compact=True,
        contents_depth=0,
        made_on=str(today),
    )


class _ParliamentPage:
    def __init__(self, found: BillEffects, framework: Framework, t: Translator) -> None:
        self._found, self._t = found, t
        self._titles = {one.id: one.title for one in framework.units}

    def list_sections(self) -> tuple[Section, ...]:
        t = self._t
        return (
            make_section("about", t("What this is about"), Bullets(items=tuple(self._about()))),
            make_section("ratings", t("What changes"), *self._ratings(), self._clauses()),
            make_section("follows", t("What follows"), Bullets(items=tuple(self._follows()))),
        )

    def _about(self) -> Iterator[str]:
        t, found = self._t, self._found
        yield t(
            "FATF sets the international rules against money laundering and terrorist financing. Assessors from "
            "other countries examine whether the laws of a country meet its 40 Recommendations (R.1 to R.40). The best "
            "rating is C (compliant), the worst NC (non-compliant); between them are LC (largely) and PC (partially)."
        )
        for bill in found.bills:
            text = describe_commencement(bill, found.cut_off, t)
            yield t("{name}: {text}", name=bill.instrument.title(t.language), text=text)
        if found.cut_off:
            yield t("The cut-off date is the last day of the assessors' visit. Later laws do not count this time.")

    def _ratings(self) -> Iterator[Block]:
        t, found = self._t, self._found
        heads = ((t("Recommendation"), 6), (t("Today"), 2), (t("With the bill"), 2))
        shown = (found.now, found.kept)
        rows = [self._list_cells(unit) for unit in found.moved]
        none = t("The bill changes no rating as a whole.")
        yield make_table("ratings", t("Ratings that change"), heads, rows, empty=none)
        if found.dropped:
            names = t.listed(one.label for one in found.dropped)
            yield make_note(t("Calculated without {clauses}.", clauses=names))
        if any(one.units[unit].counted.rating is None for unit in found.moved for one in shown):
            text = t(
                "Two ratings, like NC – PC, are the worst and the best that the proof on file allows. The claimed "
                "rating follows from the country's own answers."
            )
            yield make_note(text)

    def _clauses(self) -> Block:
        t, found = self._t, self._found
        groups: list[list[Clause]] = []
        if len(found.without) > _MOST_ROWS:  # so that a long bill is on one page
            idle = [
                clause for clause, without in found.without if clause.is_linked and not found.kept.moves_to(without)
            ]
            unlinked = [clause for clause, _ in found.without if not clause.is_linked]
            groups = [group for group in (idle, unlinked) if group]
        rows: list[Iterable[object]] = []
        for clause, without in found.without:
            if not any(clause in group for group in groups):
                name = TableCell(text=found.name_clause(clause), detail=clause.heading)
                concerned = t.points(map(self._title, _list_units([clause])))
                rows.append((name, concerned or describe_no_link(t), describe_drop(clause, found, without, t)))
        for group in groups:
            concerned = t.listed(_list_units(group)) or describe_no_link(t)
            change = t("no rating changes") if group[0].is_linked else t("not known")
            rows.append((t.listed(map(found.name_clause, group)), concerned, change))
        heads = ((t("Clause"), 4), (t("Concerns"), 5), (t("If it is dropped"), 4))
        none = t("The register names no clause of the bill.")
        caption = t("Clause by clause: the effect of dropping one")
        return make_table("clauses", caption, heads, rows, empty=none)

    def _title(self, unit: str) -> str:
        return self._t("{text} ({place})", text=unit, place=self._titles[unit])

    def _list_cells(self, unit: str) -> tuple[str | TableCell, ...]:
        """Return a Recommendation with its ratings today and with the bill."""
        return self._title(unit), *(self._rating(unit, one) for one in (self._found.now, self._found.kept))

    def _rating(self, unit: str, scenario: Scenario) -> TableCell:
        rating = scenario.units[unit]
        claimed, counted = rating.claimed.describe(), rating.counted.describe()
        detail = self._t("claimed {rating}", rating=claimed) if claimed != counted else ""
        return make_rating_cell(unit, counted, detail)

    def _follows(self) -> Iterator[str]:
        t, found = self._t, self._found
        yield t(
            "After the evaluation a country is in regular follow-up, or in enhanced follow-up with more frequent "
            "reports. With many low ratings it is referred to the ICRG, FATF's group for countries with strategic "
            "deficiencies."
        )
        now, then = found.now.outlook, found.kept.outlook
        yield t("Today: {text}", text=describe_outlook(now, t, explained=False))
        if (now.follow_up_span, now.referral_span) == (then.follow_up_span, then.referral_span):
            yield t("The bill does not change that.")
        else:
            yield t("With the bill: {text}", text=describe_outlook(then, t, explained=False))
        if found.outcomes:
            yield t(
                "Assessors also judge how well laws work in practice. The Recommendations that change also affect "
                "these outcomes: {names}. The bill alone does not raise the levels of these outcomes.",
                names=t.listed(self._title(outcome) for outcome, _ in found.outcomes),
            )
        for clause in dict.fromkeys(one.clause for one in found.changes if one.is_lower):
            yield t("{clause} lowers an answer of today.", clause=clause.id)


def _list_units(clauses: Iterable[Clause]) -> Iterable[str]:
    """Return the Recommendations that some clauses concern."""
    effects = (one for clause in clauses for one in clause.effects)
    return dict.fromkeys(get_unit_id(one.requirement) for one in effects)
