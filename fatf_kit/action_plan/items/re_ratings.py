"""Ratings and a plan: re-ratings that its items may allow to request, and what these would change.

Removal from FATF's list changes no rating, and a re-rating closes no item. Both are shown and never added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fatf_kit.action_plan.items.statuses import CycleProgress
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.outlook import evaluate
from fatf_kit.outlook.evaluate import list_possible_ratings
from fatf_kit.outlook.model import Ratings, Rules
from fatf_kit.outlook.report import describe_outlook, list_request_dates
from fatf_kit.report.document_tables import keep_ltr, make_rating_cell, make_table
from fatf_kit.report.model import Block, Bullets, Paragraph, Section
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, kw_only=True)
class KnownRatings:
    """The ratings that are known of a country: those of a report, or the indicative ones of its folder.

    `source` names them in the reader's language.
    """

    ratings: Ratings
    rules: Rules
    source: str


def find_re_ratings(plans: Sequence[CycleProgress], known: KnownRatings) -> dict[str, tuple[str, ...]]:
    """Return the Recommendations of the items that may be below LC, each with the ids of its items."""
    items = (one.item for plan in plans for one in plan.items)
    pairs = ((unit, one.id) for one in items for unit in one.units if unit.startswith("R."))
    found = group_pairs(dict.fromkeys(pair for pair in pairs if _is_below(known.ratings, pair[0])))
    return {unit: tuple(found[unit]) for unit in sorted(found, key=lambda unit: int(unit[2:]))}


def _is_below(ratings: Ratings, unit: str) -> bool:
    worst = list_possible_ratings(unit, ratings.get(unit))[0]
    return worst in (ComplianceRating.PC, ComplianceRating.NC)


def build_effect_section(plans: Sequence[CycleProgress], known: KnownRatings, t: Translator) -> Section:
    """Return the section: Recommendations to re-rate, and the thresholds now and if all of them rise to LC."""
    return make_section("effect", t("Ratings and the plan"), *_blocks(plans, known, t))


def _blocks(plans: Sequence[CycleProgress], known: KnownRatings, t: Translator) -> Iterator[Block]:
    yield Paragraph(
        text=t(
            "Removal from the list changes no rating, and a re-rating closes no item. Re-ratings are requested in "
            "follow-up, on their own track. Outcomes are rated again only in the next evaluation."
        )
    )
    yield Paragraph(text=t("Ratings: {source}.", source=known.source))
    units = find_re_ratings(plans, known)
    if not units:
        yield Paragraph(text=t("No Recommendation of the items is rated PC or NC."))
        return
    heads = ((t("Recommendation"), 3), (t("Rating"), 3), (t("Items"), 8))
    rows = (
        (keep_ltr(unit), make_rating_cell(unit, _describe(known.ratings, unit)), t.listed(items))
        for unit, items in units.items()
    )
    yield make_table("re-ratings", t("Re-ratings that the items may allow to request"), heads, rows)
    yield from (Bullets(items=dates) for dates in (list_request_dates(known.rules, t),) if dates)
    raised = {**known.ratings, **dict.fromkeys(units, ComplianceRating.LC)}
    yield Bullets(
        items=(
            t("Now: {outlook}", outlook=describe_outlook(evaluate(known.rules, known.ratings), t, explained=False)),
            t(
                "If all of them are re-rated LC: {outlook}",
                outlook=describe_outlook(evaluate(known.rules, raised), t, explained=False),
            ),
        )
    )


def _describe(ratings: Ratings, unit: str) -> str:
    found = list_possible_ratings(unit, ratings.get(unit))
    return Span(worst=found[0], best=found[-1]).describe()
