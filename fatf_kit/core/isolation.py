"""Text in another direction is isolated from the text around it: a typed answer, a name, an id or a date in a sentence.

Without isolation its brackets, full stops and numbers change sides. `Translator` isolates the facts of every message;
each format of reports writes the marks in its own way, and readers of workbooks drop them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fatf_kit.core.languages import detect_direction, split_ltr_runs

_LEFT, _RIGHT, _END = "\u2066", "\u2067", "\u2069"
_RIGHT_MARK = "\u200f"
_DIRECTIONS = {_LEFT: "ltr", _RIGHT: "rtl"}
_MARKS = re.compile("[\u2066\u2067\u2069]")
_ISOLATED = re.compile("[\u2066\u2067][^\u2066\u2067\u2069]*\u2069")
_JOINED_FIGURES = re.compile(r"\d\s?[-/–→]\s?\d")
"""A date, a range of figures, or one that becomes another, whose parts change places among Arabic letters."""


def isolate_text(text: str, direction: str) -> str:
    r"""Return a text between marks if it is in another direction than the text around it, which has `direction`.

    Its own letters decide, without those that are isolated already.

    >>> isolate_text("Act 5 (2010).", "rtl"), isolate_text("Act 5 (2010).", "ltr")
    ('\u2066Act 5 (2010).\u2069', 'Act 5 (2010).')
    >>> isolate_text("2026-05-01", "rtl"), isolate_text("8,008", "rtl")
    ('\u20662026-05-01\u2069', '8,008')
    """
    if direction == "ltr" and text.isascii():
        return text
    plain = text
    while found := _ISOLATED.search(plain):
        plain = plain[: found.start()] + plain[found.end() :]
    own = detect_direction(plain)
    if own is None and direction == "rtl" and _JOINED_FIGURES.search(plain):
        own = "ltr"
    if own is None or own == direction:
        return text
    return wrap_text(text, own)


def isolate_runs(text: str, direction: str, prepare: Callable[[str], str] = str) -> str:
    r"""Return a text in which every run of another direction is between marks, for programs that know no others.

    `prepare` is applied to the text between the marks. A right-to-left mark ends a run and is dropped.

    >>> isolate_runs("المعيار 10.7", "rtl"), isolate_runs("من 14 \u200f(79%)", "rtl")
    ('المعيار \u206610.7\u2069', 'من \u206614\u2069 (\u206679%\u2069)')
    """
    pieces = split_isolated(text)
    if len(pieces) > 1 or pieces[0][1]:
        made = ((isolate_runs(piece, own or direction, prepare), own) for piece, own in pieces)
        return "".join(wrap_text(piece, own) if own else piece for piece, own in made)
    plain = _RIGHT_MARK.join(map(prepare, pieces[0][0].split(_RIGHT_MARK)))
    if direction == "ltr":
        return wrap_text(plain, "rtl") if detect_direction(plain) == "rtl" else plain
    runs = split_ltr_runs(plain)
    if len(runs) == 1 and detect_direction(plain) == "ltr":
        return wrap_text(plain, "ltr")
    return "".join(wrap_text(run, "ltr") if ltr else run.replace(_RIGHT_MARK, "") for run, ltr in runs)


def wrap_text(text: str, direction: str) -> str:
    """Return a text between the marks of a direction."""
    return f"{_RIGHT if direction == 'rtl' else _LEFT}{text}{_END}"


def split_isolated(text: str) -> list[tuple[str, str | None]]:
    r"""Return the pieces of a text, each with its direction where it is isolated; at least one piece.

    A piece may contain isolated text itself. A mark without its other half is dropped.

    >>> split_isolated("له: \u2066Act (5)\u2069.")
    [('له: ', None), ('Act (5)', 'ltr'), ('.', None)]
    >>> split_isolated("paid\u2069 in\u2066 cash")
    [('paid in cash', None)]
    """
    if not _MARKS.search(text):
        return [(text, None)]
    halves = _find_halves(text)
    pieces: list[tuple[str, str | None]] = []
    plain, at = "", 0
    while at < len(text):
        if at in halves:
            if plain:
                pieces.append((plain, None))
            pieces.append((text[at + 1 : halves[at]], _DIRECTIONS[text[at]]))
            plain, at = "", halves[at] + 1
            continue
        plain += "" if _MARKS.match(text[at]) else text[at]
        at += 1
    return [*pieces, (plain, None)] if plain or not pieces else pieces


def _find_halves(text: str) -> dict[int, int]:
    """Return the place of the closing mark for that of each opening mark."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for place in (mark.start() for mark in _MARKS.finditer(text)):
        if text[place] != _END:
            opened.append(place)
        elif opened:
            found[opened.pop()] = place
    return found


def remove_isolation(text: str) -> str:
    r"""Return a text without the marks.

    >>> remove_isolation("\u2066Act (5)\u2069.")
    'Act (5).'
    """
    return text if text.isascii() else _MARKS.sub("", text)
