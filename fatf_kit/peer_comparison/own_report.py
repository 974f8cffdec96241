"""An own assessment compared with published ratings, at both ends: sentences, cells, sections and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from fatf_kit.core.messages import Translator
from fatf_kit.peer_comparison.tables import own_table
from fatf_kit.peer_comparison.texts import published_notice, share_text, shares_chart
from fatf_kit.report.document_tables import make_row, make_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    DataColumn,
    DataTable,
    Document,
    DocumentTable,
    Figure,
    Section,
    TableCell,
    ValueKind,
)
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.span import Span

if TYPE_CHECKING:
    from fatf_kit.peer_comparison.own_assessment import LowCount, OwnComparison, OwnUnit


class CountedUnit(Protocol):
    """A unit with its published ratings counted: that of a comparison, or of worldwide patterns."""

    @property
    def unit(self) -> str:
        """Its id."""

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many have each rating, best first, NA last."""

    @property
    def rated(self) -> int:
        """How many are rated."""

    @property
    def good(self) -> int:
        """How many are at the two best levels."""


def make_document(
    head: Mapping[str, Any], facts: Iterable[tuple[str, str]], own: OwnComparison | None, made_on: str, t: Translator
) -> Document:
    """Return a document on published ratings; `head` has its id, title, subtitle and sections.

    An own assessment is a fact more, and its notices, with those of its workbooks, are on every page.
    """
    own_fact = ((t("Own assessment"), own_name(own, t)),) if own else ()
    own_notices = (own_notice(own, t), *map(t, own.own.notices)) if own else ()
    return Document(
        **head,
        language=t.language,
        made_on=made_on,
        facts=(*facts, *own_fact, (t("Made on"), t.moment(made_on))),
        notices=(published_notice(t), *own_notices),
    )


def own_name(own: OwnComparison, t: Translator) -> str:
    """Return the country and edition of an own assessment."""
    return t.joined((own.own.country or t("Country not named"), own.own.edition))


def own_notice(own: OwnComparison, t: Translator) -> str:
    """Return the notice that own ratings are indicative and not FATF's."""
    return t(
        "Own assessment ({name}): these indicative ratings are computed from the country's own answers and "
        "evidence. They are not ratings of FATF or a regional body, and are not counted among the published "
        "ratings.",
        name=own_name(own, t),
    )


def edition_note(own: OwnComparison, t: Translator) -> str:
    """Return the note on what is not compared where the editions differ; empty where they do not."""
    if own.is_same_edition:
        return ""
    return t(
        "The own ratings are made under {own}, the published ratings under {published}. The two editions "
        "measure differently, so no position is computed. Recommendations and outcomes with other content are"
        " not compared: {units}.",
        own=own.own.edition,
        published=own.edition,
        units=t.listed(own.not_compared) or t("none"),
    )


def claimed_text(unit: OwnUnit) -> str:
    """Return the claimed rating; a dash while some answers are missing."""
    return str(unit.own.claimed or "–")


def counted_text(unit: OwnUnit, t: Translator) -> str:
    """Return what counts: both ends, worst first, or the one rating that is settled, or decided and marked so."""
    shown_text = unit.own.counted.describe()
    return shown_text if unit.own.decided is None else t("{rating}, decided", rating=shown_text)


def place_text(unit: OwnUnit, t: Translator) -> str:
    """Return the position among peers and oneself at both ends, the worst first; a dash where none is counted."""
    worst, best = unit.ranks.worst, unit.ranks.best
    if worst is None or best is None:
        return "–"
    if worst == best:
        return t("{rank} of {of}", rank=best, of=unit.rated + 1)
    return t("{worst} to {best} of {of}", worst=worst, best=best, of=unit.rated + 1)


def each_heads(own: OwnComparison, rated: Mapping[str, str] | None, t: Translator) -> tuple[str, ...]:
    """Return the headings of `each_row`."""
    heads = [t("Rec. or outcome"), t("Own assessment: claimed"), t("Own assessment: shown")]
    if rated is not None:
        heads.append(t("Published rating"))
    heads += [t("Number of peers by rating"), t("Peers at the two best levels")]
    return (*heads, t("Own position, at worst and at best")) if own.is_same_edition else tuple(heads)


def each_row(
    own: OwnComparison, unit: OwnUnit, one: CountedUnit, rated: Mapping[str, str] | None, t: Translator
) -> tuple[str, ...]:
    """Return the texts of one unit: claimed, what counts at both ends, and the distribution of published ratings.

    `rated` are the published ratings of the jurisdiction that is compared; None where none is named. A unit that asks
    something else in the other edition has dashes for them.
    """
    row = [one.unit, claimed_text(unit), counted_text(unit, t)]
    if rated is not None:
        row.append(rated.get(one.unit, "–") if unit.is_compared else "–")
    row += [distribution_text(one.counts), share_text(one.good, one.rated, t)] if unit.is_compared else ["–", "–"]
    return (*row, place_text(unit, t)) if own.is_same_edition else tuple(row)


def distribution_text(counts: Sequence[tuple[str, int]]) -> str:
    """Return how many units have each rating; ratings without a unit are left out.

    >>> distribution_text((("C", 2), ("LC", 11), ("PC", 1), ("NC", 0), ("NA", 0)))
    'C 2 · LC 11 · PC 1'
    """
    return " · ".join(f"{code} {n}" for code, n in counts if n) or "–"


def pattern_rows(own: OwnComparison, t: Translator) -> Iterator[tuple[str, str, str, str]]:
    """Yield the patterns of published ratings, each with the own assessment at its worst and at its best end."""
    heads = {
        "PC": t("Recommendations rated PC or NC"),
        "NC": t("Recommendations rated NC"),
        "ME": t("Outcomes rated ME or LE"),
        "LE": t("Outcomes rated LE"),
    }
    for count in own.counts:
        yield heads[count.ratings[0]], _spread(count), str(count.own.worst), str(count.own.best)
    failed = t.plural("{n} Recommendation or outcome", "{n} Recommendations and outcomes", len(own.failed_by_most))
    shared, alone = _sizes(own.shared), _sizes(own.alone)
    yield t("Low here and for most peers"), failed, str(shared.worst), str(shared.best)
    yield t("Low here but not for most peers"), "–", str(alone.worst), str(alone.best)
    names = {"regular": t("Regular follow-up"), "enhanced": t("Enhanced follow-up")}
    of_peers = t("{n} of {of}", n=own.peers_enhanced, of=own.peers)
    worst, best = names[own.follow_up.worst], names[own.follow_up.best]
    yield t("Enhanced follow-up according to the thresholds"), of_peers, worst, best
    of_peers, is_met = t("{n} of {of}", n=own.peers_referred, of=own.peers), {True: t("yes"), False: t("no")}
    worst, best = is_met[own.referral.worst], is_met[own.referral.best]
    yield t("Referral to the ICRG according to the thresholds"), of_peers, worst, best


def pattern_heads(t: Translator) -> tuple[str, str, str, str]:
    """Return the headings of `pattern_rows`."""
    at_ends = t("Own assessment at worst"), t("Own assessment at best")
    return t("Pattern"), t("Published ratings"), *at_ends


def pattern_lines(own: OwnComparison, t: Translator) -> tuple[str, ...]:
    """Describe which units are low here, with most peers and without them, at both ends or at the worst end only."""
    return (
        t("{name}: {text}", name=t("Low here and for most peers"), text=_units_text(own.shared, t)),
        t("{name}: {text}", name=t("Low here but not for most peers"), text=_units_text(own.alone, t)),
    )


def pattern_notes(own: OwnComparison, t: Translator) -> tuple[str, ...]:
    """Return the notes on how the pattern is counted."""
    notes = [
        t(
            "'Low' means PC or NC for Recommendations, and ME or LE for outcomes. Published numbers are the "
            "lowest, the median and the highest of all jurisdictions. 'Most peers' means more than half of those "
            "rated. 'At worst' assumes evidence for no rating that is not settled, 'at best' for all."
        ),
        t(
            "fatf-kit tests the thresholds: those of {published} with the published ratings, those of {own} with "
            "the own ratings. The result does not show which follow-up a jurisdiction is actually in.",
            published=own.edition,
            own=own.own.edition,
        ),
    ]
    return (*filter(None, (edition_note(own, t),)), *notes)


def own_sections(
    own: OwnComparison | None,
    counted: Sequence[CountedUnit],
    titles: Mapping[str, str],
    t: Translator,
    rated: Mapping[str, str] | None = None,
) -> tuple[Section, ...]:
    """Return the section on an own assessment: the pattern at both ends, then each unit; none without an assessment.

    `rated` are the published ratings of the jurisdiction that is compared; None where none is named.
    """
    if own is None:
        return ()
    own_by_unit = {unit.unit: unit for unit in own.units}
    marked = [
        (one.unit, one.counts, (str(mine.own.counted.worst), str(mine.own.counted.best)))
        for one in counted
        if (mine := own_by_unit[one.unit]).is_compared
    ]
    technical = t("Recommendations: published ratings, then the own rating at worst and at best")
    outcomes = t("Outcomes: published ratings, then the own rating at worst and at best")
    figures = [
        Figure(chart=shares_chart(name, title, shown, t))
        for name, title, prefix in (("own-recommendations", technical, "R."), ("own-outcomes", outcomes, "IO."))
        if (shown := [one for one in marked if one[0].startswith(prefix)])
    ]
    caption, heads = t("Pattern at worst and at best (indicative)"), zip(pattern_heads(t), (5, 3, 3, 3), strict=True)
    blocks: tuple[Block, ...] = (
        make_table("own-pattern-table", caption, heads, pattern_rows(own, t)),
        Bullets(items=(*pattern_lines(own, t), *pattern_notes(own, t))),
        *figures,
        _each(own, counted, own_by_unit, rated, titles, t),
    )
    return (make_section("own", t("Own assessment compared with published ratings"), *blocks),)


def own_tables(own: OwnComparison | None, titles: Mapping[str, str], t: Translator) -> tuple[DataTable, ...]:
    """Return a table with one row per unit, and one with one row per pattern; none without an own assessment."""
    if own is None:
        return ()
    keys = ("pattern", "published", "worst", "best")
    pattern = DataTable(
        key="own_pattern",
        title=t("Pattern at worst and at best"),
        columns=tuple(
            DataColumn(key=key, title=title, width=32, kind=ValueKind.PLAIN_RATING)
            for key, title in zip(keys, pattern_heads(t), strict=True)
        ),
        rows=tuple(pattern_rows(own, t)),
    )
    return own_table(own, titles, t), pattern


def _text(rating: object) -> str | None:
    return None if rating is None else str(rating)


def _sizes(units: Span[tuple[str, ...]]) -> Span[int]:
    return Span(worst=len(units.worst), best=len(units.best))


def _spread(count: LowCount) -> str:
    if count.middle is None:
        return "–"
    return f"{count.fewest} – {count.middle:g} – {count.most}"


def _units_text(units: Span[tuple[str, ...]], t: Translator) -> str:
    """Return units that are low at both ends, and those that are only if what is open cannot be shown."""
    more = [unit for unit in units.worst if unit not in units.best]
    shown_text = t.listed(units.best) or t("none")
    if not more:
        return shown_text
    return t("{units}; at worst also: {more}", units=shown_text, more=t.listed(more))


def _each(
    own: OwnComparison,
    counted: Sequence[CountedUnit],
    own_by_unit: Mapping[str, OwnUnit],
    rated: Mapping[str, str] | None,
    titles: Mapping[str, str],
    t: Translator,
) -> DocumentTable:
    def cells(one: CountedUnit) -> tuple[TableCell, ...]:
        mine = own_by_unit[one.unit]
        scale = "effectiveness" if one.unit.startswith("IO.") else "compliance"
        name, *texts = each_row(own, mine, one, rated, t)
        ratings = [_text(mine.own.claimed), mine.own.counted.describe()]
        made = [TableCell(text=f"{name} {titles[one.unit]}")]
        made += (
            TableCell(text=text, rating=rating, scale=scale, ltr=True)
            for text, rating in zip(texts, ratings, strict=False)
        )
        rest = texts[len(ratings) :]
        if rated is not None:
            text = rest.pop(0)
            made.append(TableCell(text=text, rating=None if text == "–" else text, scale="published", ltr=True))
        made.append(TableCell(text=rest.pop(0), ltr=True))
        return (*made, *(TableCell(text=text) for text in rest))

    widths = (6, 2, 3, *(() if rated is None else (2,)), 5, 4, 4)
    return make_table(
        "own-each-table",
        t("Own ratings, claimed and shown, and the distribution of published ratings"),
        zip(each_heads(own, rated, t), widths, strict=False),
        (make_row(cells(one), rating=own_by_unit[one.unit].own.counted.describe()) for one in counted),
    )
