"""Sheets of a plan that only show: the actions of each agency, and all actions on a timeline.

Both look up status and dates in the sheet of actions, where people edit, so that they follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.schema import ACTIONS, PROSE
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.schema import CellKind, SheetColumn, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.writer import MAX_TITLE, FormulaCell, Highlight, write_overview

_PRINTED = CellKind.PRINTED
_DAY: Mapping[str, Any] = {"kind": _PRINTED, "style": "kept date"}
_EPOCH = date(1899, 12, 30)
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_AFTER_CUT_OFF = timedelta(weeks=6)
_MOST_WEEKS = 60
_TAB = "#2E7D6B"

_SHOWN = (
    SheetColumn("own_id", "No.", kind=_PRINTED, width=8, style="id"),
    SheetColumn("own_what", "Action", width=46, **PROSE),
)

AGENCY_ACTIONS = SheetTable(
    name="agency actions",
    columns=(
        *_SHOWN,
        SheetColumn("own_link", "Edit in the plan", kind=_PRINTED, width=20, style="link"),
        SheetColumn("status", "Present status", kind=_PRINTED, width=15),
        SheetColumn("start", "Begins", width=12, **_DAY),
        SheetColumn("due", "Ends", width=12, **_DAY),
        SheetColumn("done_on", "Completed", width=12, **_DAY),
        SheetColumn("evidence", "Evidence entered", width=30, **PROSE),
    ),
)
"""The actions of one agency. Its headings differ from those of the sheet of actions, which alone is read back."""

_TIMELINE = (
    *_SHOWN,
    SheetColumn("own_owner", "Responsible agency", width=24, **PROSE),
    SheetColumn("status", "Present status", kind=_PRINTED, width=13),
    SheetColumn("start", "Begins", width=11, **_DAY),
    SheetColumn("due", "Ends", width=11, **_DAY),
)

Row = Mapping[str, CellValue | None]
"""A row of the sheet of actions, by the keys of its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineSpan:
    """The first day of the plan and its cut-off date, None where none is known."""

    start: date
    cut_off: date | None


def write_agency_sheets(cell_writer: BookWriter, rows: Sequence[Row], t: Translator, heading: str) -> None:
    """Write a sheet for each agency, in the order of their names, with links to the rows in the sheet of actions."""
    owners = sorted({str(row["owner"] or "") for row in rows})
    titles = _make_titles(owners, t)
    note = t(
        "This sheet only shows. Edit an action in the sheet “{sheet}”; the link leads to its row.", sheet=_actions(t)
    )
    colours = make_state_highlights("own_id", t)
    write = partial(write_overview, cell_writer, tab=_TAB, heading=heading, freeze=2, highlights=colours)
    for owner in owners:
        own = [_shown(row, t) | {"own_link": _link(t)} for row in rows if str(row["owner"] or "") == owner]
        write(titles[owner], AGENCY_ACTIONS, own, above=(owner or t("No agency named"), note))


def write_timeline_sheet(
    cell_writer: BookWriter, rows: Sequence[Row], span: TimelineSpan, t: Translator, heading: str
) -> None:
    """Write all actions with a bar over the weeks of their work, coloured by their present state.

    Today's week and the week of the cut-off date are marked. Work after the last week shown has no bar.
    """
    weeks = tuple(_list_weeks(rows, span))
    week = partial(SheetColumn, kind=_PRINTED, width=5.6, style="week")
    columns = (week(key=_week_key(day), heading=_name_week(day)) for day in weeks)
    table = SheetTable(name="timeline", columns=(*_TIMELINE, *columns))
    shown = [_shown(row, t) | {"own_owner": row["owner"]} for row in rows]
    above = (
        t("Timeline of the plan"),
        t(
            "Weeks by their first day. Grey: done or dropped. Dark blue: under way. Red: late or blocked. Light blue: "
            "ahead. Yellow: this week. Orange: the week of the cut-off date."
        ),
    )
    write_overview(
        cell_writer,
        t("Timeline"),
        table,
        shown,
        tab=_TAB,
        heading=heading,
        above=above,
        freeze=2,
        highlights=tuple(_bars(weeks, span.cut_off, t)),
    )


def _shown(row: Row, t: Translator) -> dict[str, CellValue | FormulaCell | None]:
    """Return what overviews show of an action: its words as they are, the rest looked up by its number."""
    looked = {key: FormulaCell(_look_up(key, t), _result(row.get(key))) for key in _LOOKED_UP}
    return {"own_id": row["id"], "own_what": row["what"], **looked}


_LOOKED_UP = ("status", "start", "due", "done_on", "evidence")


def _actions(t: Translator) -> str:
    return t("Actions")[:MAX_TITLE]


def _look_up(key: str, t: Translator) -> str:
    cell = f"INDEX({_column(key, t)},MATCH({{own_id}},{_column('id', t)},0))"
    return f'IFERROR(IF({cell}="","",{cell}),"")'


def _column(key: str, t: Translator) -> str:
    """Return a whole column of the sheet of actions, as formulas name it."""
    from xlsxwriter.utility import xl_col_to_name

    place = next(at for at, column in enumerate(ACTIONS.columns) if column.key == key)
    letter = xl_col_to_name(place)
    return f"'{_actions(t)}'!${letter}:${letter}"


def _link(t: Translator) -> FormulaCell:
    """Return the link to the row of an action, wherever that was sorted to."""
    shown = t("Edit in the plan")  # "open" alone would be the adjective in other languages
    place = f"MATCH({{own_id}},{_column('id', t)},0)"
    return FormulaCell(f'IFERROR(HYPERLINK("#\'{_actions(t)}\'!A"&{place},"{shown}"),"")', shown)


def _result(value: CellValue | None) -> float | str:
    """Return the present result of a formula, with a day as its number."""
    if isinstance(value, date):
        return (value - _EPOCH).days
    return "" if value is None else str(value)


def make_state_highlights(name: str, t: Translator) -> tuple[Highlight, ...]:
    """Return the colours of actions that are over, blocked or late; `name` is the column of their numbers."""
    return (
        Highlight(is_over(t), "state over"),
        Highlight(f'{{status}}="{t(ActionStatus.BLOCKED)}"', "state blocked", (name, "status")),
        Highlight(IS_LATE, "state late", (name, "due")),
    )


IS_LATE = 'AND({due}<>"",{due}<TODAY())'
"""The formula that tells whether the action of a row is due in the past."""


def is_over(t: Translator) -> str:
    """Return the formula that tells whether the action of a row is done or dropped."""
    return f'OR({{status}}="{t(ActionStatus.DONE)}",{{status}}="{t(ActionStatus.DROPPED)}")'


def _bars(weeks: Sequence[date], cut_off: date | None, t: Translator) -> Iterator[Highlight]:
    """Yield the colours of each week: the state of an action whose work lies in it, then the marks."""
    over, blocked = is_over(t), f'{{status}}="{t(ActionStatus.BLOCKED)}"'
    under_way = f'{{status}}="{t(ActionStatus.UNDER_WAY)}"'
    for day in weeks:
        last, key = day + timedelta(days=6), (_week_key(day),)
        at_work = f'{{start}}<>"",{{start}}<={_as_formula(last)},{{due}}>={_as_formula(day)}'
        yield Highlight(f"AND({at_work},{over})", "bar over", key)
        yield Highlight(f"AND({at_work},OR({blocked},{{due}}<TODAY()))", "bar late", key)
        yield Highlight(f"AND({at_work},{under_way})", "bar under way", key)
        yield Highlight(f"AND({at_work})", "bar ahead", key)
        yield Highlight(f"AND(TODAY()>={_as_formula(day)},TODAY()<={_as_formula(last)})", "week today", key)
        if cut_off is not None and day <= cut_off <= last:
            yield Highlight("TRUE", "week cut-off", key)


def _as_formula(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _list_weeks(rows: Sequence[Row], span: TimelineSpan) -> Iterator[date]:
    """Yield the Mondays from the start to some weeks after the cut-off date, else to the end of the work."""
    ends = [day for row in rows if isinstance(day := row.get("due"), date)]
    last = span.cut_off + _AFTER_CUT_OFF if span.cut_off else max(ends, default=span.start)
    day = span.start - timedelta(days=span.start.weekday())
    for _ in range(_MOST_WEEKS):
        yield day
        day += timedelta(weeks=1)
        if day > last:
            return


def _week_key(day: date) -> str:
    return f"w{day:%Y%m%d}"


def _name_week(day: date) -> Mapping[str, str]:
    """Return the day and month of a week by language; a language without a form of its own has that of English."""
    return {"en": f"{day.day}.{day.month}.", "fr": f"{day:%d/%m}"}


def _make_titles(owners: Sequence[str], t: Translator) -> dict[str, str]:
    """Return a title of a sheet for each agency: its name as far as a title may hold it, no two alike."""
    titles: dict[str, str] = {}
    for owner in owners:
        name = _NOT_IN_TITLES.sub(" ", owner or t("No agency named")).strip()
        title, number = name[:MAX_TITLE].strip(), 1
        while title.casefold() in {other.casefold() for other in titles.values()}:
            number += 1
            ending = f" {number}"
            title = f"{name[: MAX_TITLE - len(ending)].strip()}{ending}"
        titles[owner] = title
    return titles
