"""The lists behind the drop-downs of rates, costs and assistance in action-plan.xlsx."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fatf_kit.action_plan.needs.rules import ListedWord, load_assistance
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.schema import Choices


def word_choices(name: str, words: Callable[[], Iterable[ListedWord]]) -> Choices:
    """Return choices whose codes are the ids of listed words, and whose labels are their names, which are messages."""
    return Choices(name, lambda language: {word.id: Translator(language)(word.name) for word in words()})


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
