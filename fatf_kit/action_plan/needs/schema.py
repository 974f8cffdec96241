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

NOTE = SheetColumn("note", "Notes", width=34, folded=True, multiline=True)
TICKED: Mapping[str, Any] = {**RATED, "choices": TICK}
"""The column of notes, and what columns of ticks have in common."""

_FOLDED: Mapping[str, Any] = {"folded": True, "multiline": True}
_CURRENCY = SheetColumn("currency", "Currency", width=11, style="short text")

RATES = SheetTable(
    name="plan_rates",
    nameless=True,
    columns=(
        SheetColumn("grade", "Grade or class of expert", kind=_ID, width=34, style="text"),
        SheetColumn("amount", "Amount per day", kind=_NUMBER, width=14),
        _CURRENCY,
        SheetColumn("year", "Year of the price", kind=_COUNT, width=12),
        SheetColumn("rate_source", "Source of the rate", width=44, multiline=True),
    ),
)
"""One row for each grade of staff or class of expert. It is empty by default, because no price is built in."""

COSTS = make_numbered_table(
    "plan_costs",
    SheetColumn("target", "For item, action or need", width=13, style="short text"),
    SheetColumn("kind", "Kind of cost", kind=_CHOICE, choices=COST_KINDS, width=22),
    SheetColumn("what", "What it pays for", width=30, multiline=True),
    SheetColumn("times", "Once or every year", kind=_CHOICE, choices=TIMES, width=15),
    SheetColumn("first", "Year, or first year", kind=_COUNT, width=10),
    SheetColumn("last", "Last year", kind=_COUNT, width=10),
    SheetColumn("days_low", "Days, at least", kind=_WHOLE, width=9),
    SheetColumn("days_likely", "Days, likely", kind=_WHOLE, width=9),
    SheetColumn("days_high", "Days, at most", kind=_WHOLE, width=9),
    SheetColumn("rate", "Rate (grade)", width=22),
    SheetColumn("low", "Amount, at least", kind=_NUMBER, width=13),
    SheetColumn("likely", "Amount, likely", kind=_NUMBER, width=13),
    SheetColumn("high", "Amount, at most", kind=_NUMBER, width=13),
    _CURRENCY,
    SheetColumn("source", "Source of the figure", kind=_CHOICE, choices=COST_SOURCES, width=15),
    SheetColumn("assumptions", "Assumptions", width=40, **_FOLDED),
    SheetColumn("funding", "Funding", kind=_CHOICE, choices=FUNDINGS, width=20),
    SheetColumn("payer", "Payer or partner", width=22),
    has_ids=True,
)
"""One row for each line of cost. Amounts are of one year where the cost returns every year."""

ASSISTANCE = SheetTable(
    name="plan_needs",
    nameless=True,
    columns=(
        SheetColumn("need_id", "No.", kind=_ID, width=9),
        SheetColumn("serves", "Serves items and actions", kind=_IDS, width=16, style="ids"),
        SheetColumn("need", "What is missing", width=40, multiline=True),
        SheetColumn("provision", "Provision of law, or none yet", width=20, **_FOLDED),
        SheetColumn("kind", "Kind of assistance", kind=_CHOICE, choices=KINDS, width=22),
        SheetColumn("beneficiary", "Receiving agency", width=22),
        SheetColumn("priority", "Priority you give", choices=PRIORITIES, width=13, **RATED),
        SheetColumn("reason", "Reason for the priority", width=28, **_FOLDED),
        SheetColumn("wanted_from", "Wanted from (year-month)", width=12, style="short text", folded=True),
        SheetColumn("wanted_until", "Wanted by (year-month)", width=12, style="short text"),
        SheetColumn("delivery", "Delivery", kind=_CHOICE, choices=DELIVERIES, width=16),
        SheetColumn("partner", "Partner (blank: open)", width=22),
        SheetColumn("status", "Status of the need", choices=NEED_STATUSES, width=18, **RATED),
        SheetColumn("contacted", "Last contact", kind=CellKind.DATE, width=13, folded=True),
        SheetColumn("funded", "Amount funded", kind=_NUMBER, width=13),
        _CURRENCY,
        SheetColumn("condition", "Condition", width=28, **_FOLDED),
        SheetColumn("result", "Result to show", width=28, multiline=True),
        SheetColumn("confidential", "Confidential", width=12, **TICKED),
        SheetColumn("shareable", "May be shown to other partners", width=14, **TICKED),
        NOTE,
    ),
)
"""One row for each need and partner: a need that two partners share has two rows."""

NEED_TABLES = (RATES, COSTS, ASSISTANCE)
