"""Lines for a terminal: broken between words, and tables that fit its width.

Only a terminal has a width. What goes into a file or another program is never broken.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Collection, Iterator, Sequence

_GAP = "  "
_NARROWEST = 8
"""The narrowest a column becomes."""


class TableLine(str):
    """A row of a table, which is laid out already and not broken again."""

    __slots__ = ()


def find_width(*, is_terminal: bool) -> int | None:
    """Return the columns of the terminal; None where the output is no terminal."""
    return shutil.get_terminal_size().columns if is_terminal else None


def measure(text: str) -> int:
    r"""Return the cells that a text takes in a terminal; marks of direction and vowel signs take none.

    >>> measure("R.10"), measure("\u2066R.10\u2069"), measure("مُحاسبة")
    (4, 4, 6)
    """
    return sum(_measure_letter(letter) for letter in text)


def _measure_letter(letter: str) -> int:
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def wrap_line(line: str, width: int | None) -> str:
    r"""Return a line broken between words so that none is wider than the terminal; long words stay whole.

    What goes on is indented as the line is, and under the text of a point of a list.

    >>> print(wrap_line("- one two three", 9))
    - one two
      three
    """
    if width is None or isinstance(line, TableLine) or measure(line) < width:
        return line
    return "\n".join(piece for one in line.split("\n") for piece in _wrap(one, width - 1))


def _wrap(line: str, width: int) -> Iterator[str]:
    text = line.lstrip(" ")
    indent = line[: len(line) - len(text)]
    further = indent + (_GAP if text.startswith(("- ", "• ")) else "")
    current = indent
    for word in text.split(" "):
        is_first = not current.strip()
        if not is_first and measure(current) + 1 + measure(word) > width:
            yield current.rstrip()
            current = further + word
        else:
            current += word if is_first and current in (indent, further) else f" {word}"
    yield current.rstrip()


def lay_out(rows: Sequence[Sequence[str]], width: int | None, kept: Collection[int] = ()) -> Iterator[TableLine]:
    """Yield rows in columns as wide as they need to be; where the terminal is narrower, cells are wrapped.

    The widest columns give way first, and none becomes narrower than its longest word; those that are `kept`, by their
    places, keep their width. A row of several lines is one item.
    """
    columns = [list(column) for column in zip(*rows, strict=True)]
    widths = [max(map(measure, column)) for column in columns]
    if width is not None:
        words = [max(map(_longest_word, column)) for column in columns]
        least = [min(had, max(_NARROWEST, word)) for had, word in zip(widths, words, strict=True)]
        least = [had if at in kept else low for at, (had, low) in enumerate(zip(widths, least, strict=True))]
        widths = _narrow(widths, least, width - 1 - len(_GAP) * (len(widths) - 1))
    for row in rows:
        cells = [_wrap_cell(cell, area) for cell, area in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        lines = (
            _GAP.join(_pad(cell[at] if at < len(cell) else "", area) for cell, area in zip(cells, widths, strict=True))
            for at in range(height)
        )
        yield TableLine("\n".join(line.rstrip() for line in lines))


def _narrow(widths: Sequence[int], least: Sequence[int], area: int) -> list[int]:
    """Return widths that together fit the area, as far as the least ones allow."""
    found = list(widths)
    while sum(found) > area:
        spare = [had - low for had, low in zip(found, least, strict=True)]
        if not any(spare):
            break
        place = max((at for at, more in enumerate(spare) if more), key=lambda at: found[at])
        found[place] -= 1
    return found


def _wrap_cell(text: str, area: int) -> list[str]:
    return list(_wrap(text, area)) if measure(text) > area else [text]


def _longest_word(text: str) -> int:
    return max(map(measure, text.split(" ")), default=0)


def _pad(text: str, area: int) -> str:
    return text + " " * (area - measure(text))
