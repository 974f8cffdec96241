"""The items of plans as a workbook: eight sheets to work in, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fatf_kit.action_plan.items.model import FigurePeriod, ItemRegister
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.schema import CYCLES, EVIDENCE, ITEMS, LISTS, PLAN_ITEMS, PLANS, RECORDS, WORK
from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.schema import ASSISTANCE, COSTS, RATES
from fatf_kit.action_plan.overview_sheets import IS_LATE, is_over
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.kept_books import KeptBook, KeptSheet
from fatf_kit.spreadsheets.writer import Highlight, RowValues


def render_items(register: ItemRegister, t: Translator, *, country: str = "", notices: Sequence[str] = ()) -> bytes:
    """Return the bytes of the workbook; the same register gives the same bytes.

    `country` is its name in the reader's language. `notices` are printed on every page.
    """
    shown = t(
        "fatf-kit calculates from the evidence which status it shows. A law alone shows an item only where the "
        "item asks for a law. Reviewers may judge in another way."
    )
    book = KeptBook(
        schema=PLAN_ITEMS,
        title=t("Items of the action plans"),
        how=t("How to keep this workbook"),
        sheets=tuple(_sheets(register, t)),
        lists=LISTS,
        last=((t("Status shown"), shown),),
        facts=register.facts,
    )
    return book.render(t, country=country, notices=notices)


def _sheets(register: ItemRegister, t: Translator) -> Iterator[KeptSheet[Any]]:
    done = {scale.done_from for scale in load_monitoring().scales}
    best = {scale.names[-1] for scale in load_monitoring().scales}
    closed = ",".join(f'{{decided}}="{t(name)}"' for name in sorted(done | best))
    ended = (one.name for one in load_assistance().statuses if one.group in ("delivered", "ended"))
    is_ended = ",".join(f'{{status}}="{t(name)}"' for name in ended)
    yield KeptSheet(
        t("Items"),
        t(
            "One row for each item of a plan, in the wording of the plan, with a number like PI-03. A part of an "
            "item has a number like PI-03.1. An item keeps its number when it moves from one plan to the next."
        ),
        ITEMS,
        register.items,
        cells=lambda one: {"plans": "; ".join(PLANS.label(plan, t.language) for plan in one.plans)},
    )
    yield KeptSheet(
        t("Reports by cycle"),
        t(
            "One row for each item and cycle: what was done, what is still to come, and the status that the "
            "country claims. After the Plenary enter the status that was decided. It stays in the workbook. Only the "
            "coordinator confirms a claim without evidence; otherwise no report proposes it."
        ),
        RECORDS,
        register.records,
        highlights=(Highlight(f"OR({closed})", "state over"),),
    )
    yield KeptSheet(
        t("Evidence"),
        t(
            "One row for each law, line of figures, case or document. Laws are named by their number in the "
            "register of laws, figures by period like '{figures}'. A period is compared with the one before it if "
            "both have the same length. Leave the cycle blank for what was handed in before the first cycle. "
            "'fatf-kit action-plan make' writes annex numbers that are missing. Notes are never in a report. "
            "Name the threats or sectors that figures and cases concern, because reviewers judge results by risk.",
            figures="2025 H1: 4; 2025 H2: 9",
        ),
        EVIDENCE,
        register.evidence,
        cells=lambda one: {"series": format_series(one.series)},
    )
    yield KeptSheet(
        t("Cycles"),
        t("One row for each Plenary to which the country reports. Days that you do not enter are calculated."),
        CYCLES,
        register.cycles,
        cells=lambda one: {"cycle": one.id, "visit": "yes" if one.is_visit else None},
    )
    yield KeptSheet(
        t("Actions"),
        t("The work of the country. One action may serve items of several plans, and is done once."),
        WORK,
        register.work,
        cells=lambda one: {"row": one.id},
        highlights=(Highlight(is_over(t), "state over"), Highlight(IS_LATE, "state late", ("due",))),
    )
    yield KeptSheet(
        t("Assistance"),
        t(
            "One row for each need and partner. Leave the partner blank while the need is open. Confidential rows "
            "are never in a partner's copy."
        ),
        ASSISTANCE,
        register.needs,
        cells=_list_need_cells,
        highlights=(Highlight(f"OR({is_ended})", "state over"),),
    )
    yield KeptSheet(
        t("Costs"),
        t(
            "One row for each line of cost of an item, an action or a need: days and a rate, or an amount, as low, "
            "likely and high. fatf-kit has no prices of its own, and a cost that is not known is never zero."
        ),
        COSTS,
        register.costs,
        cells=_list_cost_cells,
    )
    yield KeptSheet(
        t("Rates"),
        t("The price of one day for each grade of staff and class of expert, with its source."),
        RATES,
        register.rates,
        cells=lambda one: {"year": one.base_year, "rate_source": one.source},
    )


def _list_cost_cells(line: CostLine) -> RowValues:
    """Return the cells of a line of cost."""
    return {
        "row": line.id,
        "times": line.times,
        **_list_range_cells(line.days, "days_"),
        **_list_range_cells(line.amount, ""),
    }


def _list_range_cells(given: CostRange | None, prefix: str) -> RowValues:
    """Return the cells of a range: of one value the likely one alone, as people type it."""
    if given is None:
        return {}
    ends = {} if given.is_single else {f"{prefix}low": given.low, f"{prefix}high": given.high}
    return {f"{prefix}likely": given.likely, **ends}


def _list_need_cells(need: Need) -> RowValues:
    """Return the cells of a need of assistance."""
    return {
        "need_id": need.id,
        "priority": None if need.priority is None else str(need.priority),
        "confidential": "yes" if need.is_confidential else None,
        "shareable": "yes" if need.is_shareable else None,
    }


def format_series(series: Iterable[FigurePeriod]) -> str:
    """Return figures by period as they are typed.

    >>> from fatf_kit.action_plan.items.reading import parse_series
    >>> format_series(parse_series("2026: 9; 2025: 4.5")[0])
    '2025: 4.5; 2026: 9'
    """
    return "; ".join(f"{one.name}: {one.value:.15g}" for one in series)
