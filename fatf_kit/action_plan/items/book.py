"""The items of plans as a workbook: eight sheets to work in, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fatf_kit.action_plan.items.model import FigurePeriod, ItemRegister
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.schema import CYCLES, EVIDENCE, ITEMS, LISTS, PLAN_ITEMS, PLANS, RECORDS, WORK
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.schema import ASSISTANCE, COSTS, RATES
from fatf_kit.action_plan.needs.sheets import list_cost_rows, list_need_rows, list_rate_rows
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.schema import SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import Highlight, write_lists, write_table

_Row = Mapping[str, CellValue | None]


def render_items(register: ItemRegister, t: Translator, *, country: str = "", notices: Sequence[str] = ()) -> bytes:
    """Return the bytes of the workbook; the same register gives the same bytes.

    `country` is its name in the reader's language. `notices` are printed on every page.
    """
    cell_writer = BookWriter(t.language, t.points(map(t, notices)))
    heading = " – ".join(filter(None, (t("Items of the action plans"), country)))
    _write_cover(cell_writer, t, country)
    for title, table, rows, highlights in _sheets(register, t):
        write_table(
            cell_writer, t(title), table, list(rows), tab="#1F3A52", heading=heading, freeze=2, highlights=highlights
        )
    write_lists(cell_writer, LISTS)
    facts = {**register.facts, "language": t.language, "notices": "\n".join(notices)}
    write_stamp(cell_writer, PLAN_ITEMS, t("Items of the action plans"), facts)
    return cell_writer.finish()


def _sheets(
    register: ItemRegister, t: Translator
) -> Iterator[tuple[str, SheetTable, Iterable[_Row], tuple[Highlight, ...]]]:
    done = {scale.done_from for scale in load_monitoring().scales}
    best = {scale.names[-1] for scale in load_monitoring().scales}
    closed = ",".join(f'{{decided}}="{t(name)}"' for name in sorted(done | best))
    over = f'OR({{status}}="{t(ActionStatus.DONE)}",{{status}}="{t(ActionStatus.DROPPED)}")'
    late = 'AND({due}<>"",{due}<TODAY())'
    yield "Items", ITEMS, _item_rows(register, t), ()
    yield "Reports by cycle", RECORDS, _record_rows(register), (Highlight(f"OR({closed})", "state over"),)
    yield "Evidence", EVIDENCE, _evidence_rows(register), ()
    yield "Cycles", CYCLES, _cycle_rows(register), ()
    yield (
        "Actions",
        WORK,
        _work_rows(register),
        (Highlight(over, "state over"), Highlight(late, "state late", ("due",))),
    )
    ended = (one.name for one in load_assistance().statuses if one.group in ("delivered", "ended"))
    is_ended = ",".join(f'{{status}}="{t(name)}"' for name in ended)
    yield "Assistance", ASSISTANCE, list_need_rows(register.needs), (Highlight(f"OR({is_ended})", "state over"),)
    yield "Costs", COSTS, list_cost_rows(register.costs), ()
    yield "Rates", RATES, list_rate_rows(register.rates), ()


def _item_rows(register: ItemRegister, t: Translator) -> Iterator[_Row]:
    for one in register.items:
        yield {
            "id": one.id,
            "wording": one.wording,
            "label": one.label,
            "plans": "; ".join(PLANS.label(plan, t.language) for plan in one.plans),
            "asks": one.asks,
            "units": ", ".join(one.units),
            "deadline": one.deadline,
            "lead": one.lead,
            "supporting": one.supporting,
            "sustained": one.sustained,
            "report": one.report,
            "place": one.place,
            "origin": one.origin,
            "note": one.note,
        }


def _record_rows(register: ItemRegister) -> Iterator[_Row]:
    for number, one in enumerate(register.records, start=1):
        yield {
            "row": str(number),
            "item": one.item,
            "cycle": one.cycle,
            "plan": one.plan,
            "done": one.done,
            "open": one.open,
            "claimed": one.claimed,
            "decided": one.decided,
            "reason": one.reason,
        }


def _evidence_rows(register: ItemRegister) -> Iterator[_Row]:
    for number, one in enumerate(register.evidence, start=1):
        yield {
            "row": str(number),
            "item": one.item,
            "kind": str(one.kind),
            "what": one.what,
            "title": one.title,
            "series": format_series(one.series),
            "direction": one.direction and str(one.direction),
            "cycle": one.cycle,
            "annex": one.annex,
            "file": one.file,
            "note": one.note,
        }


def format_series(series: Iterable[FigurePeriod]) -> str:
    """Return figures by period as they are typed.

    >>> from fatf_kit.action_plan.items.reading import parse_series
    >>> format_series(parse_series("2026: 9; 2025: 4.5")[0])
    '2025: 4.5; 2026: 9'
    """
    return "; ".join(f"{one.name}: {one.value:.15g}" for one in series)


def _cycle_rows(register: ItemRegister) -> Iterator[_Row]:
    for one in register.cycles:
        yield {
            "cycle": one.id,
            "plenary": one.plenary,
            "due": one.due,
            "meeting": one.meeting,
            "place": one.place,
            "duty": one.duty and str(one.duty),
            "visit": "yes" if one.is_visit else None,
            "note": one.note,
        }


def _work_rows(register: ItemRegister) -> Iterator[_Row]:
    for one in register.work:
        yield {
            "row": one.id,
            "what": one.what,
            "items": ", ".join(one.items),
            "own": ", ".join(one.own),
            "owner": one.owner,
            "status": str(one.status),
            "start": one.start,
            "due": one.due,
            "done_on": one.done_on,
            "evidence": one.evidence,
            "note": one.note,
        }


def _write_cover(cell_writer: BookWriter, t: Translator, country: str) -> None:
    how = (
        (
            t("Items"),
            t(
                "One row for each item of a plan, in the wording of the plan, with a number like PI-03. A part of an "
                "item has a number like PI-03.1. An item keeps its number when it moves from one plan to the next."
            ),
        ),
        (
            t("Reports by cycle"),
            t(
                "One row for each item and cycle: what was done, what is still to come, and the status that the "
                "country claims. After the Plenary enter the status that was decided. It stays in the workbook."
            ),
        ),
        (
            t("Evidence"),
            t(
                "One row for each law, line of figures, case or document. Laws are named by their number in the "
                "register of laws, figures by period like '{figures}'. A period is compared with the one before it if "
                "both have the same length. Leave the cycle blank for what was handed in before the first cycle. "
                "'fatf-kit action-plan make' writes annex numbers that are missing. Notes are never in a report.",
                figures="2025 H1: 4; 2025 H2: 9",
            ),
        ),
        (
            t("Cycles"),
            t("One row for each Plenary to which the country reports. Days that you do not enter are calculated."),
        ),
        (
            t("Actions"),
            t("The work of the country. One action may serve items of several plans, and is done once."),
        ),
        (
            t("Assistance"),
            t(
                "One row for each need and partner. Leave the partner blank while the need is open. Confidential rows "
                "are never in a partner's copy."
            ),
        ),
        (
            t("Costs"),
            t(
                "One row for each line of cost of an item, an action or a need: days and a rate, or an amount, as low, "
                "likely and high. fatf-kit has no prices of its own, and a cost that is not known is never zero."
            ),
        ),
        (t("Rates"), t("The price of one day for each grade of staff and class of expert, with its source.")),
        (
            t("Status shown"),
            t(
                "fatf-kit calculates from the evidence which status it shows. A law alone shows an item only where the "
                "item asks for a law. Reviewers may judge in another way."
            ),
        ),
    )
    write_cover(cell_writer, t("Items of the action plans"), country, ((t("How to keep this workbook"), how),))
