"""One page for members of parliament: what a bill does for the evaluation, and what it costs to drop a clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.model import Framework
from fatf_kit.laws.bill_texts import (
    describe_commencement,
    describe_consequence,
    describe_difference,
)
from fatf_kit.laws.bills import BillEffects, Clause, UnitRating
from fatf_kit.report.document_tables import make_rating_cell, make_table
from fatf_kit.report.model import Block, Bullets, Document, Paragraph, Section, TableCell, Tone


def build_parliament_page(
    found: BillEffects, framework: Framework, t: Translator, *, country: str, today: date, notices: Sequence[str] = ()
) -> Document:
    """Return the page; `framework` has the titles in the reader's language, `today` is its date.

    It has no word of an answer: ratings, criteria by number, and the headings of clauses are all that it repeats.
    """
    page = _Page(found, framework, t)
    names = t.listed(one.instrument.title(t.language) for one in found.bills)
    return Document(
        id="parliament",
        title=t.plural(
            "{names}: what it means for the FATF evaluation",
            "{names}: what they mean for the FATF evaluation",
            len(found.bills),
            names=names,
        ),
        subtitle=" – ".join(filter(None, (country, t("For members of parliament, {day}", day=t.day(today))))),
        language=t.language,
        facts=(),
        notices=(
            *notices,
            t(
                "Indicative result, calculated by fatf-kit from the country's answers and from what the drafters "
                "expect of each clause. It is not FATF's rating. Only the assessors and the Plenary decide on ratings."
            ),
        ),
        sections=tuple(page.sections()),
        compact=True,
        contents_depth=0,
        made_on=str(today),
    )


_MOST_ROWS = 6


class _Page:
    def __init__(self, found: BillEffects, framework: Framework, t: Translator) -> None:
        self._found, self._t = found, t
        self._titles = {one.id: one.title for one in framework.recommendations}
        self._titles |= {one.id: one.title for one in framework.outcomes}

    def sections(self) -> Iterator[Section]:
        t = self._t
        yield Section(anchor="about", title=t("What this is about"), blocks=(Bullets(items=tuple(self._about())),))
        yield Section(anchor="ratings", title=t("What changes"), blocks=(*self._ratings(), self._clauses()))
        yield Section(anchor="follows", title=t("What follows"), blocks=(Bullets(items=tuple(self._follows())),))

    def _about(self) -> Iterator[str]:
        t, found = self._t, self._found
        yield t(
            "FATF sets the international rules against money laundering and terrorist financing. Assessors from other "
            "countries examine whether the laws of a country meet its 40 Recommendations (R.1 to R.40). The best "
            "rating is C (compliant), the worst NC (non-compliant); between them are LC (largely) and PC (partially)."
        )
        for bill in found.bills:
            text = describe_commencement(bill, found.cut_off, t)
            yield t("{name}: {text}", name=bill.instrument.title(t.language), text=text)
        if found.cut_off:
            yield t("The cut-off date is the last day of the assessors' visit. Later laws do not count this time.")

    def _ratings(self) -> Iterator[Block]:
        t, found = self._t, self._found
        rows = [
            (
                self._title(unit),
                *(self._rating(unit, one.units[unit]) for one in (found.now, found.kept)),
            )
            for unit in found.moved
        ]
        yield make_table(
            "ratings",
            t("Ratings that change"),
            ((t("Recommendation"), 6), (t("Today"), 2), (t("With the bill"), 2)),
            rows,
            empty=t("The bill changes no rating as a whole."),
        )
        if found.dropped:
            names = t.listed(one.label for one in found.dropped)
            yield Paragraph(text=t("Calculated without {clauses}.", clauses=names), tone=Tone.SMALL)
        if any(one.units[unit].counted.rating is None for unit in found.moved for one in (found.now, found.kept)):
            yield Paragraph(
                text=t(
                    "Two ratings, like NC – PC, are the worst and the best that the proof on file allows. The claimed "
                    "rating follows from the country's own answers."
                ),
                tone=Tone.SMALL,
            )

    def _clauses(self) -> Block:
        t, found = self._t, self._found
        idle = [clause for clause, without in found.without if not found.kept.moves_to(without)]
        joined = idle if len(found.without) > _MOST_ROWS else []
        rows: list[Iterable[object]] = [
            (
                TableCell(text=self._name(clause), detail=clause.heading),
                self._concerns(clause),
                describe_difference(found.kept, without, t),
            )
            for clause, without in found.without
            if clause not in joined
        ]
        if joined:  # so that a long bill is on one page
            units = dict.fromkeys(get_unit_id(one.requirement) for clause in joined for one in clause.effects)
            concerned = t.listed(units) or t("no Recommendation")
            rows.append((t.listed(map(self._name, joined)), concerned, t("no rating changes")))
        return make_table(
            "clauses",
            t("Clause by clause: the cost of dropping one"),
            ((t("Clause"), 4), (t("Concerns"), 5), (t("If it is dropped"), 4)),
            rows,
            empty=t("The register names no clause of the bill."),
        )

    def _name(self, clause: Clause) -> str:
        return clause.label if len(self._found.bills) == 1 else clause.id

    def _concerns(self, clause: Clause) -> str:
        units = dict.fromkeys(get_unit_id(one.requirement) for one in clause.effects)
        return self._t.points(map(self._title, units)) or self._t("no Recommendation")

    def _title(self, unit: str) -> str:
        return self._t("{text} ({place})", text=unit, place=self._titles[unit])

    def _rating(self, unit: str, rating: UnitRating) -> TableCell:
        t, claimed = self._t, rating.claimed.describe()
        detail = t("claimed {rating}", rating=claimed) if claimed != rating.counted.describe() else ""
        return make_rating_cell(unit, rating.counted.describe(), detail)

    def _follows(self) -> Iterator[str]:
        t, found = self._t, self._found
        yield t(
            "After the evaluation a country is in regular follow-up, or in enhanced follow-up with more frequent "
            "reports. With many low ratings it is referred to the ICRG, FATF's group for countries with strategic "
            "deficiencies."
        )
        ends = [(one.outlook.follow_up_span, one.outlook.referral_span) for one in (found.now, found.kept)]
        yield t("Today: {text}", text=describe_consequence(found.now, t))
        if ends[0] == ends[1]:
            yield t("The bill does not change that.")
        else:
            yield t("With the bill: {text}", text=describe_consequence(found.kept, t))
        if found.outcomes:
            yield t(
                "Assessors also judge how well laws work in practice. These results depend on the Recommendations that "
                "change: {names}. The bill alone does not raise them.",
                names=t.points(self._title(outcome) for outcome, _ in found.outcomes),
            )
        for clause in dict.fromkeys(one.clause for one in found.changes if one.is_lower):
            yield t("{clause} lowers an answer of today.", clause=clause.id)
