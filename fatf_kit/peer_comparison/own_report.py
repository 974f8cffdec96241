"""An own assessment beside published ratings, at both ends: sentences, cells, sections and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from fatf_kit.core.messages import Translator
from fatf_kit.peer_comparison.shares_chart import shares_chart
from fatf_kit.peer_comparison.texts import share_text
from fatf_kit.report.model import Bullets, DocumentTable, Figure, Section, TableCell, TableColumn, TableRow
from fatf_kit.scoring.span import Span

if TYPE_CHECKING:
    from fatf_kit.peer_comparison.own_assessment import LowCount, OwnBeside, OwnComparison


class Counted(Protocol):
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


def own_facts(own: OwnComparison | None, t: Translator) -> tuple[tuple[str, str], ...]:
    """The fact that an own assessment is set beside, for the head of a document; none without one."""
    return ((t("Own assessment"), own_name(own, t)),) if own else ()


def own_notices(own: OwnComparison | None, t: Translator) -> tuple[str, ...]:
    """What every page says of an own assessment: whose ratings they are, and what stands on its workbooks."""
    return (own_notice(own, t), *map(t, own.own.notices)) if own else ()


def own_name(own: OwnComparison, t: Translator) -> str:
    """The country and edition of an own assessment."""
    return t.listed((own.own.country or t("Country not named"), own.own.edition))


def own_notice(own: OwnComparison, t: Translator) -> str:
    """That own ratings are indicative and not FATF's."""
    return t(
        "Own assessment ({name}): indicative ratings of the country's own answers and proof, not ratings of FATF or a "
        "regional body. They are not counted among the published ones.",
        name=own_name(own, t),
    )


def edition_note(own: OwnComparison, t: Translator) -> str:
    """What is not compared where the editions differ; empty where they do not."""
    if own.is_same_edition:
        return ""
    return t(
        "The own ratings are made under {own}, the published ones under {published}, and the two do not measure alike: "
        "read them side by side. No position is counted, and units that ask something else are not compared: {units}.",
        own=own.own.edition,
        published=own.edition,
        units=t.listed(own.not_compared) or t("none"),
    )


def claimed_text(unit: OwnBeside) -> str:
    """The claimed rating; a dash while some answers are missing."""
    return str(unit.own.claimed or "–")


def counted_text(unit: OwnBeside, t: Translator) -> str:
    """What counts: both ends, worst first, or the one rating that is settled or decided, which is said."""
    shown_text = unit.own.counted.describe()
    return shown_text if unit.own.decided is None else t("{rating}, decided", rating=shown_text)


def place_text(unit: OwnBeside, t: Translator) -> str:
    """The position among peers and oneself at both ends, the best first; a dash where none is counted."""
    worst, best = unit.ranks.worst, unit.ranks.best
    if worst is None or best is None:
        return "–"
    if worst == best:
        return t("{rank} of {of}", rank=best, of=unit.rated + 1)
    return t("{best} to {worst} of {of}", best=best, worst=worst, of=unit.rated + 1)


def each_heads(own: OwnComparison, rated: Mapping[str, str] | None, t: Translator) -> tuple[str, ...]:
    """The headings of `each_row`."""
    heads = [t("Unit"), t("Own: claimed"), t("Own: shown")]
    if rated is not None:
        heads.append(t("Published rating"))
    heads += [t("Peers by rating"), t("Peers at the two best levels")]
    return (*heads, t("Own position, best to worst end")) if own.is_same_edition else tuple(heads)


def each_row(
    own: OwnComparison, unit: OwnBeside, one: Counted, rated: Mapping[str, str] | None, t: Translator
) -> tuple[str, ...]:
    """One unit in texts: claimed, what counts at both ends, and how published ratings are shared out.

    `rated` are the published ratings of the jurisdiction that is compared; None where none is named. A unit that asks
    something else in the other edition has dashes for them.
    """
    row = [one.unit, claimed_text(unit), counted_text(unit, t)]
    if rated is not None:
        row.append(rated.get(one.unit, "–") if unit.is_compared else "–")
    row += [distribution_text(one.counts), share_text(one.good, one.rated, t)] if unit.is_compared else ["–", "–"]
    return (*row, place_text(unit, t)) if own.is_same_edition else tuple(row)


def distribution_text(counts: Sequence[tuple[str, int]]) -> str:
    """How many have each rating, those that nobody has left out.

    >>> distribution_text((("C", 2), ("LC", 11), ("PC", 1), ("NC", 0), ("NA", 0)))
    'C 2 · LC 11 · PC 1'
    """
    return " · ".join(f"{code} {n}" for code, n in counts if n) or "–"


def pattern_rows(own: OwnComparison, t: Translator) -> Iterator[tuple[str, str, str, str]]:
    """What the pattern of published ratings is, and what the own assessment has at its best and at its worst end."""
    heads = {
        "PC": t("Recommendations at PC or NC"),
        "NC": t("Recommendations at NC"),
        "ME": t("Outcomes at ME or LE"),
        "LE": t("Outcomes at LE"),
    }
    for count in own.counts:
        yield heads[count.ratings[0]], _spread(count), str(count.own.best), str(count.own.worst)
    failed = t.plural("{n} unit", "{n} units", len(own.failed_by_most))
    shared, alone = _sizes(own.shared), _sizes(own.alone)
    yield t("Low here as at most peers"), failed, str(shared.best), str(shared.worst)
    yield t("Low here, where most peers are not"), "–", str(alone.best), str(alone.worst)
    names = {"regular": t("Regular follow-up"), "enhanced": t("Enhanced follow-up")}
    shown_text = t("{n} of {of}", n=own.peers_enhanced, of=own.peers)
    yield t("Thresholds: enhanced follow-up"), shown_text, names[own.follow_up.best], names[own.follow_up.worst]
    shown_text, is_met = t("{n} of {of}", n=own.peers_referred, of=own.peers), {True: t("yes"), False: t("no")}
    yield t("Thresholds: referral to the ICRG"), shown_text, is_met[own.referral.best], is_met[own.referral.worst]


def pattern_heads(t: Translator) -> tuple[str, str, str, str]:
    """The headings of `pattern_rows`."""
    return (
        t("Pattern"),
        t("Published ratings"),
        t("Own, if all that is open is shown"),
        t("Own, if nothing of it is shown"),
    )


def pattern_lines(own: OwnComparison, t: Translator) -> tuple[str, ...]:
    """Which units are low here, with most peers and without them: at both ends, and at the worst end only."""
    return (
        t("{name}: {text}", name=t("Low here as at most peers"), text=_units_text(own.shared, t)),
        t("{name}: {text}", name=t("Low here, where most peers are not"), text=_units_text(own.alone, t)),
    )


def pattern_notes(own: OwnComparison, t: Translator) -> tuple[str, ...]:
    """How the pattern is counted."""
    notes = [
        t(
            "Low is PC or NC, ME or LE. Published counts are the fewest, the median and the most that one jurisdiction "
            "has; most peers are more than half of those rated."
        ),
        t(
            "The thresholds are tested by fatf-kit: those of {published} on the published ratings, those of {own} on "
            "the own ones. They say nothing of the follow-up that a jurisdiction is really in.",
            published=own.edition,
            own=own.own.edition,
        ),
    ]
    return (*filter(None, (edition_note(own, t),)), *notes)


def own_sections(
    own: OwnComparison | None,
    counted: Sequence[Counted],
    titles: Mapping[str, str],
    t: Translator,
    rated: Mapping[str, str] | None = None,
) -> tuple[Section, ...]:
    """The section on an own assessment: the pattern at both ends, then each unit; none without an assessment.

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
    pictures = (
        ("own-recommendations", t("Recommendations: published ratings, then the own worst and best end"), "R."),
        ("own-outcomes", t("Outcomes: published ratings, then the own worst and best end"), "IO."),
    )
    charts = [
        shares_chart(name, title, shown, t)
        for name, title, prefix in pictures
        if (shown := [one for one in marked if one[0].startswith(prefix)])
    ]
    return (
        Section(
            anchor="own",
            title=t("The own assessment beside published ratings"),
            blocks=(
                DocumentTable(
                    id="own-pattern-table",
                    caption=t("The pattern at both ends, indicative"),
                    columns=tuple(
                        TableColumn(title=title, width=width)
                        for title, width in zip(pattern_heads(t), (5, 3, 3, 3), strict=True)
                    ),
                    rows=tuple(
                        TableRow(cells=tuple(TableCell(text=text) for text in row), facets={})
                        for row in pattern_rows(own, t)
                    ),
                ),
                Bullets(items=(*pattern_lines(own, t), *pattern_notes(own, t))),
                *(Figure(chart=chart) for chart in charts),
                _each(own, counted, own_by_unit, rated, titles, t),
            ),
        ),
    )


def own_payload(own: OwnComparison | None) -> dict[str, Any]:
    """The own assessment for the JSON of a comparison or of patterns; null without one."""
    if own is None:
        return {"own_assessment": None}
    return {
        "own_assessment": {
            "country": own.own.country or None,
            "edition": own.own.edition,
            "indicative": True,
            "same_edition": own.is_same_edition,
            "not_compared": list(own.not_compared),
            "units": [
                {
                    "id": unit.unit,
                    "claimed": _text(unit.own.claimed),
                    "shown": {"worst": str(unit.own.shown.worst), "best": str(unit.own.shown.best)},
                    "decided": _text(unit.own.decided),
                    "rank": {"worst": unit.ranks.worst, "best": unit.ranks.best},
                    "of": unit.rated + 1 if own.is_same_edition else None,
                }
                for unit in own.units
            ],
            "counts": [
                {
                    "ratings": list(count.ratings),
                    "of": count.of,
                    "worst": count.own.worst,
                    "best": count.own.best,
                    "published": {"fewest": count.fewest, "median": count.middle, "most": count.most},
                }
                for count in own.counts
            ],
            "low_at_most": list(own.failed_by_most),
            "low_as_most": {"worst": list(own.shared.worst), "best": list(own.shared.best)},
            "low_alone": {"worst": list(own.alone.worst), "best": list(own.alone.best)},
            "follow_up": {"worst": str(own.follow_up.worst), "best": str(own.follow_up.best)},
            "icrg_referral": {"worst": own.referral.worst, "best": own.referral.best},
            "published_thresholds": {
                "of": own.peers,
                "enhanced": own.peers_enhanced,
                "icrg_referral": own.peers_referred,
            },
        }
    }


def _text(rating: object) -> str | None:
    return None if rating is None else str(rating)


def _sizes(units: Span[tuple[str, ...]]) -> Span[int]:
    return Span(worst=len(units.worst), best=len(units.best))


def _spread(count: LowCount) -> str:
    if count.middle is None:
        return "–"
    return f"{count.fewest} – {count.middle:g} – {count.most}"


def _units_text(units: Span[tuple[str, ...]], t: Translator) -> str:
    """Units that are low at both ends, and those that are only if what is open cannot be shown."""
    more = [unit for unit in units.worst if unit not in units.best]
    shown_text = t.listed(units.best) or t("none")
    if not more:
        return shown_text
    return t("{units}; only if what is open cannot be shown: {more}", units=shown_text, more=t.listed(more))


def _each(
    own: OwnComparison,
    counted: Sequence[Counted],
    own_by_unit: Mapping[str, OwnBeside],
    rated: Mapping[str, str] | None,
    titles: Mapping[str, str],
    t: Translator,
) -> DocumentTable:
    def cells(one: Counted) -> tuple[TableCell, ...]:
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

    heads = each_heads(own, rated, t)
    widths = (6, 2, 3, *(() if rated is None else (2,)), 5, 4, 4)
    return DocumentTable(
        id="own-each-table",
        caption=t("Each unit: own ratings, claimed and shown, and how published ratings are shared out"),
        columns=tuple(TableColumn(title=title, width=width) for title, width in zip(heads, widths, strict=False)),
        rows=tuple(
            TableRow(cells=cells(one), facets={"rating": (own_by_unit[one.unit].own.counted.describe(),)})
            for one in counted
        ),
    )
