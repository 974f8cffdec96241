"""The sheets of rates, costs and assistance in action-plan.xlsx, declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fatf_kit.action_plan.needs.rules import ListedWord, load_assistance
from fatf_kit.action_plan.schema import RATED
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.schema import TICK, CellKind, Choices, SheetColumn, SheetTable, make_numbered_table

_CHOICE, _ID, _IDS = CellKind.CHOICE, CellKind.ID, CellKind.IDS
_NUMBER, _WHOLE, _COUNT = CellKind.NUMBER, CellKind.WHOLE, CellKind.COUNT


def word_choices(name: str, words: Callable[[], Iterable[ListedWord]]) -> Choices:
    """Return choices whose codes are the ids of listed words, and whose labels are their names, which are messages."""
    return Choices(name, lambda language: {one.id: Translator(language)(one.name) for one in words()})


KINDS = word_choices("need_kinds", lambda: load_assistance().kinds)
DELIVERIES = word_choices("need_deliveries", lambda: load_assistance().deliveries)
NEED_STATUSES = word_choices("need_statuses", lambda: load_assistance().statuses)
COST_KINDS = word_choices("cost_kinds", lambda: load_assistance().lines)
COST_SOURCES = word_choices("cost_sources", lambda: load_assistance().sources)
FUNDINGS = word_choices("cost_fundings", lambda: load_assistance().fundings)
PRIORITIES = Choices(
    "need_priorities",
    lambda language: {
        str(one.id): f"{one.id} {Translator(language)(one.name)}" for one in load_assistance().priorities
    },
)

TIMES_NAMES = {"once": "paid once", "yearly": "paid every year"}
"""Whether a cost returns, as messages."""

TIMES = Choices("cost_times", lambda language: {code: Translator(language)(name) for code, name in TIMES_NAMES.items()})

NEED_LISTS = (KINDS, DELIVERIES, NEED_STATUSES, COST_KINDS, COST_SOURCES, FUNDINGS, PRIORITIES, TIMES)
"""The lists behind the drop-downs of these sheets."""

NOTE = SheetColumn(key="note", heading="Notes", width=34, folded=True, multiline=True)
TICKED: Mapping[str, Any] = {**RATED, "choices": TICK}
"""The column of notes, and what columns of ticks have in common."""

_FOLDED: Mapping[str, Any] = {"folded": True, "multiline": True}
_CURRENCY = SheetColumn(key="currency", heading="Currency", width=11, style="short text")

RATES = SheetTable(
    name="plan_rates",
    nameless=True,
    columns=(
        SheetColumn(key="grade", heading="Grade or class of expert", kind=_ID, width=34, style="text"),
        SheetColumn(key="amount", heading="Amount per day", kind=_NUMBER, width=14),
        _CURRENCY,
        SheetColumn(key="year", heading="Year of the price", kind=_COUNT, width=12),
        SheetColumn(key="rate_source", heading="Source of the rate", width=44, multiline=True),
    ),
)
"""One row for each grade of staff or class of expert. It is empty by default, because no price is built in."""

COSTS = make_numbered_table(
    "plan_costs",
    SheetColumn(key="target", heading="For item, action or need", width=13, style="short text"),
    SheetColumn(key="kind", heading="Kind of cost", kind=_CHOICE, choices=COST_KINDS, width=22),
    SheetColumn(key="what", heading="What it pays for", width=30, multiline=True),
    SheetColumn(key="times", heading="Once or every year", kind=_CHOICE, choices=TIMES, width=15),
    SheetColumn(key="first", heading="Year, or first year", kind=_COUNT, width=10),
    SheetColumn(key="last", heading="Last year", kind=_COUNT, width=10),
    SheetColumn(key="days_low", heading="Days, at least", kind=_WHOLE, width=9),
    SheetColumn(key="days_likely", heading="Days, likely", kind=_WHOLE, width=9),
    SheetColumn(key="days_high", heading="Days, at most", kind=_WHOLE, width=9),
    SheetColumn(key="rate", heading="Rate (grade)", width=22),
    SheetColumn(key="low", heading="Amount, at least", kind=_NUMBER, width=13),
    SheetColumn(key="likely", heading="Amount, likely", kind=_NUMBER, width=13),
    SheetColumn(key="high", heading="Amount, at most", kind=_NUMBER, width=13),
    _CURRENCY,
    SheetColumn(key="source", heading="Source of the figure", kind=_CHOICE, choices=COST_SOURCES, width=15),
    SheetColumn(key="assumptions", heading="Assumptions", width=40, **_FOLDED),
    SheetColumn(key="funding", heading="Funding", kind=_CHOICE, choices=FUNDINGS, width=20),
    SheetColumn(key="payer", heading="Payer or partner", width=22),
)
"""One row for each line of cost. Amounts are of one year where the cost returns every year."""

ASSISTANCE = SheetTable(
    name="plan_needs",
    nameless=True,
    columns=(
        SheetColumn(key="need_id", heading="No.", kind=_ID, width=9),
        SheetColumn(key="serves", heading="Serves items and actions", kind=_IDS, width=16, style="ids"),
        SheetColumn(key="need", heading="What is missing", width=40, multiline=True),
        SheetColumn(key="provision", heading="Provision of law, or none yet", width=20, **_FOLDED),
        SheetColumn(key="kind", heading="Kind of assistance", kind=_CHOICE, choices=KINDS, width=22),
        SheetColumn(key="beneficiary", heading="Receiving agency", width=22),
        SheetColumn(key="priority", heading="Priority you give", choices=PRIORITIES, width=13, **RATED),
        SheetColumn(key="reason", heading="Reason for the priority", width=28, **_FOLDED),
        SheetColumn(key="wanted_from", heading="Wanted from (year-month)", width=12, style="short text", folded=True),
        SheetColumn(key="wanted_until", heading="Wanted by (year-month)", width=12, style="short text"),
        SheetColumn(key="delivery", heading="Delivery", kind=_CHOICE, choices=DELIVERIES, width=16),
        SheetColumn(key="partner", heading="Partner (blank: open)", width=22),
        SheetColumn(key="status", heading="Status of the need", choices=NEED_STATUSES, width=18, **RATED),
        SheetColumn(key="contacted", heading="Last contact", kind=CellKind.DATE, width=13, folded=True),
        SheetColumn(key="funded", heading="Amount funded", kind=_NUMBER, width=13),
        _CURRENCY,
        SheetColumn(key="condition", heading="Condition", width=28, **_FOLDED),
        SheetColumn(key="result", heading="Result to show", width=28, multiline=True),
        SheetColumn(key="confidential", heading="Confidential", width=12, **TICKED),
        SheetColumn(key="shareable", heading="May be shown to other partners", width=14, **TICKED),
        NOTE,
    ),
)
"""One row for each need and partner: a need that two partners share has two rows."""

NEED_TABLES = (RATES, COSTS, ASSISTANCE)
