"""Lines of a list or of a cell become its items: by their marks, else by the ends of their paragraphs.

A mark is a bullet, also one of the private-use area as PDFs have them, a dash, a letter, a Roman or other number. One
list has one kind of mark; whatever begins with another mark is a part of its item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from fatf_kit.texts.folding import has_end
from fatf_kit.texts.model import TextLine

_BULLETS = "•▪●◦‣·○■□➢➤✓❖§*\uf0a7\uf0b7\uf0d8\uf076\uf06e\uf0fc\uf02d\uf0a8\ufffd"
"""Bullets as they are printed; those of the private-use area are of the fonts Symbol and Wingdings, and
the last stands for one without a code."""

_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_HANGING, _SHORTEST = 0.6, 5
"""Letters by which a hyphen or stop may be longer than its column, and that a word counts at least: a program may
keep a short word with the next one."""

_NUMBER = r"\d{1,2}[.\-]\d"
"""The number of a criterion, before which a letter is its word and no mark."""

_ARABIC = "أابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_OPEN = re.compile(r"[(\[][^()\[\]]*$")
"""A bracket that a line leaves open."""

_ENDS = re.compile(r"[.;:؛。!?][\"”»’)\]]*$")
_SENTENCE_END = re.compile(r"[.;؛!?)\]][\"”»’)\]]*$")
"""Also a closing bracket, because a factor often ends with the criterion that it concerns."""


class MarkKind(StrEnum):
    """The kind of mark with which the items of a list begin."""

    BULLET = "bullet"
    DASH = "dash"
    NUMBER = "number"
    LETTER = "letter"
    ROMAN = "roman"
    ARABIC = "Arabic letter"
    RING = "letter o as a ring"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMark:
    """A mark at the beginning of a line: its kind, its place in a list (0 where it says none), and its length."""

    kind: MarkKind
    place: int
    length: int


def _enclose(mark: str) -> str:
    """Return a pattern for a mark in brackets, or before a bracket or full stop."""
    return rf"(?:[(\[]({mark})[)\]]|({mark})[).\]])"


_PATTERNS = (
    (MarkKind.BULLET, re.compile(rf"\s*[{re.escape(_BULLETS)}]\s*(?=\S)")),
    (MarkKind.DASH, re.compile(r"\s*[–—-]\s+(?=\S)")),
    (MarkKind.NUMBER, re.compile(r"\s*\(?(\d{1,2})[.)]\s+(?=\S)")),
    (MarkKind.ROMAN, re.compile(rf"\s*{_enclose('[ivxIVX]{1,5}')}\s*(?=\S)(?!{_NUMBER})")),
    (MarkKind.LETTER, re.compile(rf"\s*{_enclose('[a-zA-Z]')}\s*(?=\S)(?!{_NUMBER})")),
    (MarkKind.ARABIC, re.compile(rf"\s*[()\[]?[{_ARABIC}][).\-]\s*[)(]?\s*(?=\S)|\s*[()]\s+(?=[\u0621-\u064a])")),
    (MarkKind.RING, re.compile(r"\s*o\s+(?=[A-Z])")),
)


def read_marks(text: str) -> tuple[ListMark, ...]:
    """Return the marks with which a line may begin: "v." is a letter and a number.

    >>> [(str(mark.kind), mark.place) for mark in read_marks("v. Ships")]
    [('roman', 5), ('letter', 22)]
    >>> read_marks("Ships")
    ()
    """
    marks = []
    for kind, pattern in _PATTERNS:
        if match := pattern.match(text):
            place = _find_place(kind, next(filter(None, match.groups()), ""))
            if place is not None:
                marks.append(ListMark(kind=kind, place=place, length=match.end()))
    return tuple(marks)


def _find_place(kind: MarkKind, mark: str) -> int | None:
    match kind:
        case MarkKind.NUMBER:
            return int(mark)
        case MarkKind.LETTER:
            return ord(mark.casefold()) - ord("a") + 1
        case MarkKind.ROMAN:
            plain = mark.casefold()
            return _ROMANS.index(plain) + 1 if plain in _ROMANS else None
    return 0


def follow_mark(text: str, before: ListMark | None) -> ListMark | None:
    """Return the mark of the next item of a list; None where the line begins none.

    `before` is the mark of the item before, None at the beginning of a list. A mark of another kind, and a number or
    letter that does not follow, is that of a part of the item.

    >>> first = follow_mark("a) Ships", None)
    >>> follow_mark("b) Boats", first).place, follow_mark("i. by night", first), follow_mark("d) Rafts", first)
    (2, None, None)
    """
    for mark in read_marks(text):
        if before is None and mark.place in (0, 1):
            return mark
        if before is not None and mark.kind is before.kind and (not mark.place or mark.place == before.place + 1):
            return mark
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """One item of a list or paragraph of a cell, without its mark, and the page on which it begins."""

    text: str
    page: int | None


def divide_items(
    lines: Sequence[TextLine],
    *,
    edges: tuple[float, float] | None = None,
    begins_sentence: Callable[[str], bool] | None = None,
) -> tuple[ListItem, ...]:
    """Return the items of a list, or of a cell of which each paragraph is an item.

    `edges` are the left and right edge of the column in which the lines are, by default those of its longest lines: a
    line ends a paragraph where the next word had still fitted. `begins_sentence` says of a line whether it begins one;
    it is given where paragraphs have no full stop at their end.
    """
    if not lines:
        return ()
    space = edges or find_edges(lines)
    starts = [0]
    mark = follow_mark(lines[0].text, None)
    for place in range(1, len(lines)):
        before, line = lines[place - 1], lines[place]
        if mark is None:
            if ends_paragraph(before, line, space, begins_sentence):
                starts.append(place)
        elif (following := follow_mark(line.text, mark)) and _may_begin(before, line, following, space):
            mark = following
            starts.append(place)
        elif mark.kind in (MarkKind.BULLET, MarkKind.DASH) and line.block != before.block and _is_apart(before, line):
            starts.append(place)
    bounds = pairwise([*starts, len(lines)])
    return tuple(_make_item(lines[first:last], mark is not None) for first, last in bounds)


def _is_apart(before: TextLine, line: TextLine) -> bool:
    """Return whether a line without a mark begins a paragraph of its own among marked ones, for certain."""
    return line.cell is not None and line.left is None and before.page == line.page and not read_marks(line.text)


def _make_item(lines: Sequence[TextLine], is_marked: bool) -> ListItem:
    text = " ".join(line.text for line in lines)
    marks = read_marks(text) if is_marked else ()
    length = marks[0].length if marks else 0
    return ListItem(text=text[length:].strip(), page=lines[0].page)


def _may_begin(before: TextLine, line: TextLine, mark: ListMark, space: tuple[float, float]) -> bool:
    """Return whether a mark begins an item: a dash may also be inside a sentence that goes on over a line end."""
    if mark.kind is not MarkKind.DASH:
        return True
    letter = line.text[mark.length : mark.length + 1]
    return not letter.islower() or has_end(before.text, _ENDS) or has_space(before, line, space)


def ends_paragraph(
    before: TextLine,
    line: TextLine,
    space: tuple[float, float],
    begins_sentence: Callable[[str], bool] | None = None,
) -> bool:
    """Return whether a paragraph ends between two lines of one column, as far as their form says.

    It does where the file says so, where the next word had still fitted on the first of the two, and where a sentence
    ends there and the next line begins with a capital letter or a figure. Where paragraphs have no full stop, it also
    does where the next line `begins_sentence`.
    """
    if line.left is None or line.right is None or before.left is None or before.right is None:
        return line.block != before.block and (line.page == before.page or has_end(before.text, _ENDS))
    if line.block != before.block and line.page == before.page:
        return True
    begins = not line.text[:1].islower()
    if _OPEN.search(before.text) or line.text[:1] in "([":
        return False
    is_sentence = has_end(before.text, _SENTENCE_END)
    if has_space(before, line, space):
        return begins or is_sentence
    if begins_sentence is not None and begins_sentence(line.text):
        return True
    return is_sentence and begins


def ends_with_stop(text: str) -> bool:
    """Return whether a text ends with a full stop or the like, inside or outside a closing bracket.

    >>> ends_with_stop("No duty."), ends_with_stop("No duty (c.10.2)")
    (True, False)
    """
    return has_end(text, _ENDS)


def has_space(before: TextLine, line: TextLine, space: tuple[float, float]) -> bool:
    """Return whether the first word of a line had fitted at the end of the line before it, within edges."""
    if line.left is None or line.right is None or before.left is None or before.right is None:
        return False
    word = line.text.partition(" ")[0]
    width = (line.right - line.left) / max(len(line.text), 1)
    return before.right + (max(len(word), _SHORTEST) + 1) * width <= space[1] - _HANGING * width


def find_edges(lines: Sequence[TextLine]) -> tuple[float, float]:
    """Return the outermost left and right edge of some lines; 0 where they are not known."""
    lefts = [line.left for line in lines if line.left is not None]
    rights = [line.right for line in lines if line.right is not None]
    return (min(lefts, default=0.0), max(rights, default=0.0))


_PASTED_ITEM = re.compile(rf"[\n\r]+|\s*[{re.escape(_BULLETS)}]\s*")


def split_pasted_items(text: str) -> tuple[str, ...]:
    r"""Return the items of a list that was pasted into one cell: each line, and each bullet, is one.

    >>> split_pasted_items("• No duty (c.10.2)\n• Threshold too high")
    ('No duty (c.10.2)', 'Threshold too high')
    """
    parts = (part.strip(" -–\t") for part in _PASTED_ITEM.split(text) if part)
    return tuple(filter(None, parts))
