"""A short workbook with questions for the bodies to ask first, one row for each, in the reader's language.

Where the group is large, a random sample of it may be asked: the same seed draws the same bodies. Those that a feature
puts first are always asked. The workbook names bodies by their number and is the authority's working paper.

Source: the questions are columns of the register, frameworks/npo/screening.json.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fatf_kit.files import write_file
from fatf_kit.messages import Words
from fatf_kit.npo.answers import ABOUT, PRINTED
from fatf_kit.npo.measures_workbook import add_choice, add_lists_sheet
from fatf_kit.npo.method import Column, Method
from fatf_kit.npo.screening import Screened, reason_text
from fatf_kit.npo.survey import answers_needed, margin_of_error
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2020, 1, 1)  # fixed, because a date of writing would make every copy differ
_HEAD, _HELP, _KEYS, _FIRST = 2, 3, 4, 5
_WIDTHS = {"npo_id": 16, "reasons": 40, "codes": 28, "countries": 28, "texts": 28, "level": 30}
_WIDTH = 18
_PAGES_WIDE = 3
_PADDING = 4
"""Characters of a column's width that bold type and padding take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Who is asked: `bodies` of a group of so many. `drawn` of them are a random sample of `rest` bodies by `seed`.

    `drawn` is None where the whole group is asked.
    """

    bodies: tuple[Screened, ...]
    group: int
    rest: int = 0
    drawn: int | None = None
    seed: int = 0

    @property
    def margin(self) -> float | None:
        """How far a share found in the sample may be off if all of it answers, as a fraction; None without a sample."""
        return margin_of_error(self.drawn, self.rest) if self.drawn else None


def select(
    group: Sequence[Screened],
    method: Method,
    *,
    sample: int | None = None,
    everybody: bool = False,
    seed: int | None = None,
) -> Selection:
    """Whom to ask: the whole group, or where it is large those put first and a random sample of the others.

    `sample` is how many of the others are drawn; without it as many as the margin of the data needs.
    """
    rules = method.screening
    first = [body for body in group if body.is_first]
    rest = [body for body in group if not body.is_first]
    wanted = answers_needed(rules.sample_margin, len(rest)) if sample is None else sample
    if everybody or wanted >= len(rest) or (sample is None and len(group) <= rules.sample_above):
        return Selection(bodies=tuple(group), group=len(group))
    chosen = rules.seed if seed is None else seed
    draw = random.Random(chosen)  # noqa: S311 - a sample that can be drawn again, nothing secret
    places = sorted(draw.sample(range(len(rest)), wanted))
    return Selection(
        bodies=(*first, *(rest[place] for place in places)),
        group=len(group),
        rest=len(rest),
        drawn=wanted,
        seed=chosen,
    )


def write_questionnaire(path: Path, selection: Selection, method: Method, language: str) -> Path:
    """Write the workbook.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: it cannot be written.
    """
    t = Words(language)
    title = t("Questions to non-profit organisations")
    pen = Pen(language, t("Restricted: for the authority only"))
    pen.book.set_properties({"title": title, "created": _CREATED})
    scope_open = any(not body.is_in_scope for body in selection.bodies)
    asked = [*(method.screening.scope_asked if scope_open else ()), *method.screening.asked]
    columns = [method.columns[column] for column in asked]
    lists = _lists(columns, t)
    _questions_sheet(pen, title, selection, columns, lists, method, t)
    _about_sheet(pen, selection, t)
    add_lists_sheet(pen, lists)
    return write_file(path, pen.finish())


def _questions_sheet(
    pen: Pen,
    title: str,
    selection: Selection,
    columns: Sequence[Column],
    lists: Mapping[str, Mapping[str, str]],
    method: Method,
    t: Words,
) -> None:
    keys = [*PRINTED, *(column.id for column in columns)]
    widths = [_WIDTHS.get(key) or _WIDTHS.get(method.columns[key].type, _WIDTH) for key in keys]
    sheet = pen.sheet(t("Questions"), widths, tab="#1F3A52")
    pen.put(sheet, 0, 0, title, "title")
    sheet.set_row(0, 30)
    note = t(
        "One row for each body. Send a body its own row only, without the column of reasons. Leave blank what is not "
        "known. Several answers go into one cell, with a semicolon between them; countries by name or code. An answer "
        "is used as the body gave it and is no finding against it."
    )
    pen.note(sheet, 1, min(7, len(keys) - 1), note, height_of(lines_of(note, 150)))
    heads = [t("Register number"), t("Why it is asked"), *(column.name[t.language] for column in columns)]
    helps = ["", "", *(column.help[t.language] for column in columns)]
    for place, (key, head, text) in enumerate(zip(keys, heads, helps, strict=True)):
        pen.put(sheet, _HEAD, place, head, "heading padded")
        pen.put(sheet, _HELP, place, text, "prose")
        pen.put(sheet, _KEYS, place, key, "key")
    for row, texts in ((_HEAD, heads), (_HELP, helps)):
        lines = max(lines_of(text, width - _PADDING) for text, width in zip(texts, widths, strict=True))
        sheet.set_row(row, height_of(lines + 0.6))
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    for line, body in enumerate(selection.bodies, start=_FIRST):
        reason = reason_text(body, method, t)
        pen.put(sheet, line, 0, body.npo_id, "prose")
        pen.put(sheet, line, 1, reason, "prose")
        for place, column in enumerate(columns, start=len(PRINTED)):
            pen.put(sheet, line, place, None, "list" if column.type == "share" else "text")
        sheet.set_row(line, height_of(lines_of(reason, _WIDTHS["reasons"]) + 0.3))
    rows = (_FIRST, _FIRST + max(len(selection.bodies), 1) - 1)
    for place, column in enumerate(columns, start=len(PRINTED)):
        if column.id in lists:
            add_choice(pen, sheet, rows, place, column.id, is_open=column.type == "codes")
    sheet.freeze_panes(_FIRST, 1)
    pen.print_setup(sheet, title, landscape=True, repeat=_KEYS)
    sheet.fit_to_pages(_PAGES_WIDE, 0)
    sheet.repeat_columns(0)


def _about_sheet(pen: Pen, selection: Selection, t: Words) -> None:
    """What the report needs to know of the round: the keys in the first column are what the reader goes by."""
    sheet: Worksheet = pen.sheet(t("About"), (3, 70, 14), tab="#5B6B79")
    sheet.set_column(0, 0, 3, None, {"hidden": True})
    pen.put(sheet, 0, 1, t("Who is asked"), "title")
    pen.put(sheet, 1, 0, ABOUT[0], "key")
    pen.put(sheet, 1, 2, ABOUT[1], "key")
    sheet.set_row(1, None, None, {"hidden": True})
    lines = [
        ("group", t("Bodies in the group to ask first"), selection.group),
        ("asked", t("Bodies asked"), len(selection.bodies)),
    ]
    if selection.drawn is not None and selection.margin is not None:
        lines += [
            ("drawn", t("Of these drawn at random"), selection.drawn),
            ("rest", t("Out of how many"), selection.rest),
            ("seed", t("Seed of the draw"), selection.seed),
        ]
    for row, (key, text, number) in enumerate(lines, start=2):
        pen.put(sheet, row, 0, key, "key")
        pen.put(sheet, row, 1, text, "prose")
        pen.put(sheet, row, 2, number, "prose")
    if selection.margin is not None:
        text = t(
            "If all that were drawn answer, a share found among them is off by at most {margin} percentage points (95 "
            "per cent confidence). Bodies that a feature puts first are all asked.",
            margin=t.number(round(100 * selection.margin, 1)),
        )
        pen.put(sheet, len(lines) + 2, 1, text, "prose")
        sheet.set_row(len(lines) + 2, height_of(lines_of(text, 70) + 0.4))
    pen.put(sheet, len(lines) + 4, 1, pen.notice, "prose")
    pen.print_setup(sheet, t("Who is asked"), landscape=False)


def _lists(columns: Sequence[Column], t: Words) -> dict[str, dict[str, str]]:
    """The choices of each column in words, by code."""
    lists: dict[str, dict[str, str]] = {}
    for column in columns:
        if column.type == "yes_no":
            lists[column.id] = {"yes": t("yes"), "no": t("no")}
        elif column.codes:
            lists[column.id] = {code.code: code.name[t.language] for code in column.codes}
    return lists
