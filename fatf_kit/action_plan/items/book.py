"""The workbook of plans that others word, written and read: eight sheets, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.plan_rows import PlanContext, capitalise, list_numbers
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.sheets import CYCLES, EVIDENCE, ITEMS, RECORDS, WORK
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.sheets import ASSISTANCE, COSTS, RATES, read_costs
from fatf_kit.action_plan.overview_sheets import IS_LATE, is_over
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework import Framework
from fatf_kit.spreadsheets.declared_rows import SheetReader
from fatf_kit.spreadsheets.declared_sheets import list_choices
from fatf_kit.spreadsheets.kept_books import KeptBook
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.schema import BookSchema
from fatf_kit.spreadsheets.writer import Highlight

SHEETS = (ITEMS, RECORDS, EVIDENCE, CYCLES, WORK, ASSISTANCE, COSTS, RATES)

PLAN_ITEMS = BookSchema(
    kind="plan-items",
    what="the items of plans that others word",
    command="fatf-kit action-plan make",
    tables=tuple(sheet.table for sheet in SHEETS),
)

_ORDER_OF_LISTS = (
    *("item_plans", "item_asks", "item_statuses", "item_evidence", "item_directions", "item_duties", "plan_status"),
    *("tick", "need_kinds", "need_deliveries", "need_statuses", "cost_kinds", "cost_sources", "cost_fundings"),
)


def render_items(register: ItemRegister, t: Translator, *, country: str = "", notices: Sequence[str] = ()) -> bytes:
    """Return the bytes of the workbook; the same register gives the same bytes.

    `country` is its name in the reader's language. `notices` are printed on every page.
    """
    shown = t(
        "fatf-kit calculates from the evidence which status it shows. A law alone shows an item only where the "
        "item asks for a law. Reviewers may judge in another way."
    )
    scales = load_monitoring().scales
    closed = {scale.done_from for scale in scales} | {scale.names[-1] for scale in scales}
    ended = (status.name for status in load_assistance().statuses if status.group in ("delivered", "ended"))
    over = Highlight(is_over(t), "state over"), Highlight(IS_LATE, "state late", ("due",))
    book = KeptBook(
        schema=PLAN_ITEMS,
        title=t("Items of the action plans"),
        how=t("How to keep this workbook"),
        sheets=(
            ITEMS.keep(register.items, t),
            RECORDS.keep(register.records, t, highlights=[_highlight("decided", sorted(closed), t)]),
            EVIDENCE.keep(register.evidence, t),
            CYCLES.keep(register.cycles, t),
            WORK.keep(register.work, t, highlights=over),
            ASSISTANCE.keep(register.needs, t, highlights=[_highlight("status", ended, t)]),
            COSTS.keep(register.costs, t),
            RATES.keep(register.rates, t),
        ),
        lists=list_choices(SHEETS, _ORDER_OF_LISTS),
        last=((t("Status shown"), shown),),
        facts=register.facts,
    )
    return book.render(t, country=country, notices=notices)


def _highlight(key: str, names: Iterable[str], t: Translator) -> Highlight:
    """Return the highlight of rows that are over, because the cell under a key has one of some names."""
    tests = ",".join(f'{{{key}}}="{t(name)}"' for name in names)
    return Highlight(f"OR({tests})", "state over")


def read_items(path: Path, framework: Framework) -> tuple[ItemRegister, tuple[Problem, ...]]:
    """Return the items in a workbook, and every problem in the order of its sheets.

    A workbook that cannot be read gives an empty register and its problems. Units are those of `framework`.
    """
    book, problems = read_book(path, PLAN_ITEMS)
    return (ItemRegister(), problems) if book is None else interpret_items(book, framework)


def interpret_items(book: FilledBook, framework: Framework) -> tuple[ItemRegister, tuple[Problem, ...]]:
    """Return the register that the rows of a workbook give, and every problem in the order of its sheets."""
    reader, context = SheetReader(book), PlanContext(framework=framework)
    items, cycles = reader.read(ITEMS, context), reader.read(CYCLES, context)
    plans, months = {item.id: item.plans for item in items}, tuple(cycle.id for cycle in cycles)
    context = replace(context, plans=plans, cycles=months)
    numbers = list_numbers((row.id for row in book.rows.get(WORK.name, ())), "W-")
    actions = reader.read(WORK, context)
    work = tuple(action if action.id else replace(action, id=next(numbers)) for action in actions)
    records, evidence = reader.read(RECORDS, context), reader.read(EVIDENCE, context)
    targets = (*(item.id for item in items), *(action.id for action in work))
    context = replace(context, targets={capitalise(name): name for name in targets})
    rates, needs = reader.read(RATES, context), reader.read(ASSISTANCE, context)
    context = replace(context, targets={**context.targets, **{need.id: need.id for need in needs}})
    register = ItemRegister(
        items=items,
        cycles=cycles,
        work=work,
        records=records,
        evidence=evidence,
        rates=rates,
        needs=needs,
        costs=read_costs(reader, context),
        file=book.file,
        sha256=book.sha256,
        facts=book.stamp,
    )
    return register, (*book.problems, *reader.problems)
