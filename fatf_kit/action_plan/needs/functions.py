"""The public function on costs and assistance: the matrix of all needs, or a partner's copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.needs.closed_gaps import close_gaps
from fatf_kit.action_plan.needs.matrix import NeedMatrix, build_matrix, list_partners
from fatf_kit.action_plan.needs.model import OPEN_PARTNER, is_open_partner
from fatf_kit.action_plan.needs.partner_copy import check_copy, select_for_partner
from fatf_kit.action_plan.needs.payload import make_needs_result
from fatf_kit.action_plan.needs.report import NeedsCover, build_needs
from fatf_kit.action_plan.needs.tables import list_tables
from fatf_kit.action_plan.review import ItemReview, collect_priority_facts
from fatf_kit.assessed.folder import FolderRatings
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import PLAN_ITEMS
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.languages import normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import tool_version
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.report.model import Report
from fatf_kit.report.write import DOCUMENT_FORMATS

NEEDS_ENDINGS = (".xlsx", ".csv", *DOCUMENT_FORMATS)
"""Endings of the files that needs can be written to."""

_COORDINATION = "coordination"

_FEWEST_UNITS = 5
"""For fewer units a partner could conclude their ratings from the numbers. Source: fatf-kit's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionNeeds:
    """The matrix of needs, or a partner's copy, with its report.

    `problems` are texts of a copy that name another partner. `partners` are the names of all partners.
    """

    matrix: NeedMatrix
    report: Report
    partners: tuple[str, ...]
    problems: tuple[Problem, ...]


def action_plan_needs(
    review: ItemReview,
    *,
    partner: str | None = None,
    generated_at: str,
    language: str = "en",
    scored: FolderRatings | None = None,
) -> ActionNeeds:
    """Return the costs and needs of the action plans: the matrix of all, or the copy of one partner.

    `partner` is the name of a partner in the workbook, or "open" for the open needs alone. `generated_at`, a date or a
    date and time in ISO 8601, is printed as given. With a `scored` assessment
    the ratings that may rise are part of it, and priorities follow from them. Priorities of a copy do not, and it has
    only the number of these ratings, or nothing where fewer than five outcomes and Recommendations are served.

    Raises:
        UnknownIdError: no such partner or language.
        FatfKitError: the workbook has no needs and no costs, or `generated_at` is not a date.

    >>> from datetime import date
    >>> from fatf_kit import review_items
    >>> review = review_items("examples/ruritania-after", today=date(2029, 7, 2))
    >>> needs = action_plan_needs(review, generated_at="2029-07-02")
    >>> len(needs.matrix.rows), needs.matrix.unknown.needs
    (12, ('TA-008', 'TA-010'))
    """
    check_moment(generated_at)
    register = review.register
    if not (register.needs or register.costs):
        raise FatfKitError("{file} has no costs and no needs. Enter them on its sheets.", file=PLAN_ITEMS)
    t = Translator(add_country(language, review.workspace.settings.country))
    ratings = collect_ratings(scored.assessment) if scored else None
    matrix = build_matrix(register, collect_priority_facts(review, ratings if partner is None else None))
    partners = list_partners(register)
    if partner is not None:
        matrix = select_for_partner(matrix, _find_partner(partner, partners))
    effect = None
    if ratings is not None:
        units = matrix.find_served(matrix.pending).units
        if partner is None or len(units) >= _FEWEST_UNITS:
            effect = close_gaps(units, ratings, load_rules(review.framework.id))
    cover = NeedsCover(
        country=name_country(review.workspace.settings, t.language),
        office=_name_office(review, t),
        plans=tuple(_count_plans(review, t)),
        units=tuple(unit.id for unit in review.framework.units),
        generated_at=generated_at,
        tool=tool_version(),
        notices=review.workspace.settings.notices,
        effect=effect,
    )
    report = Report(
        document=build_needs(matrix, cover, t),
        tables=list_tables(matrix, cover.units, t),
        payload=make_json_value(make_needs_result(matrix, review.framework.id, effect, t)),
    )
    problems = check_copy(matrix) if partner is not None else ()
    return ActionNeeds(matrix=matrix, report=report, partners=partners, problems=problems)


def _find_partner(name: str, partners: tuple[str, ...]) -> str:
    """Return a partner as the workbook writes it.

    Raises:
        UnknownIdError: no such partner.
    """
    if is_open_partner(name):
        return OPEN_PARTNER
    for one in partners:
        if normalise(one) == normalise(name):
            return one
    raise UnknownIdError(
        "'{found}' is not a partner of the workbook. Allowed: {names}.", found=name, names=(*partners, OPEN_PARTNER)
    )


def _name_office(review: ItemReview, t: Translator) -> str:
    """Return the name of the coordinating agency; empty where the folder names none."""
    offices = (one.name(t.language) for one in review.workspace.agencies if _COORDINATION in one.roles)
    return next(offices, "")


def _count_plans(review: ItemReview, t: Translator) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """Yield the name of each plan with its items by the status that was decided last, which a copy may show."""
    for plan in review.plans:
        if review.register.cycles:
            counts = review.progress(plan).count("decided")
        else:
            counts = {"": len(review.register.heads(plan))}
        yield t(load_monitoring().kind(plan).name), tuple(counts.items())
