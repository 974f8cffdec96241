"""Paragraphs and runs in the direction of the document, with links to its own sections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fatf_kit.core.isolation import split_isolated
from fatf_kit.core.languages import detect_direction, direction, remove_unreadable, split_ltr_runs
from fatf_kit.report.formats.docx.xml import Element, Look, Setting, make
from fatf_kit.report.model import Document, walk_sections
from fatf_kit.report.palette import find_hatch_colour, find_swatch

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
_LONGEST_NAME = 40
_PLAIN = Look()
_UNBROKEN = "\x1f"
_SIGNS = {"\n": "br", "\t": "tab", _UNBROKEN: "noBreakHyphen"}
_ARABIC_RUN, _WORDS = ".//w:rtl", ".//w:t"
_DATE = re.compile(r"(?<![\w/.-])\d{4}-\d\d(?:-\d\d)?(?![\d/-]|\.\w)")


class RunWriter:
    """A writer of the runs of one document, which knows its direction and the sections that can be linked to."""

    def __init__(self, document: Document) -> None:
        self.rtl = direction(document.language) == "rtl"
        self._names = make_bookmark_names(section.anchor for section in walk_sections(document.body))
        self._numbers = {anchor: number for number, anchor in enumerate(self._names, 1)}

    def paragraph(self, setting: Setting, *content: Element) -> Element:
        """Return a paragraph of runs and links; in any document one that is mostly Arabic runs from right to left."""
        from docx.oxml.ns import nsmap

        arabic = not self.rtl and any(part.find(_ARABIC_RUN, nsmap) is not None for part in content)
        if arabic:
            words = (text.text or "" for part in content for text in part.iterfind(_WORDS, nsmap))
            arabic = detect_direction("".join(words)) == "rtl"
        return make("p", setting.element(rtl=self.rtl or arabic), *content)

    def plain(self, style: str, text: str) -> Element:
        """Return a paragraph in one style, text only."""
        return self.paragraph(Setting(style=style), *self.runs(text))

    def code(self, line: str, *, rtl: bool) -> Element:
        """Return a line of code in its own direction, whatever that of the document."""
        runs = self.runs(line, ltr=not rtl)
        return make("p", Setting(style="Code", ltr=not rtl).element(rtl=rtl), *runs)

    def runs(self, text: str, look: Look = _PLAIN, *, ltr: bool = False) -> list[Element]:
        """Return the text as runs: Arabic from right to left; ids, dates and foreign words keep their direction."""
        pieces = split_isolated(text)
        if self.rtl and len(pieces) > 1:
            pieces = [(piece if own else _separate(piece), own) for piece, own in pieces]
        return [run for piece, _ in pieces for run in self._runs(remove_unreadable(piece), look, ltr=ltr)]

    def _runs(self, text: str, look: Look, *, ltr: bool) -> list[Element]:
        """Return the runs of a piece that is not isolated from itself."""
        if not text:
            return []
        if not self.rtl and (ltr or not _has_arabic(text)):
            return [_run(text, look.element())]
        pieces = [(text, True)] if ltr else _pieces(text)
        return [_run(_held(run), look.element()) if keep else _run(run, look.element(rtl=True)) for run, keep in pieces]

    def mark(self, text: str, rating: str | None) -> list[Element]:
        """Return a rating as a letter on its colour, within a line."""
        colours = find_swatch(rating)
        edge = colours.ink if colours.fill == "#ffffff" else colours.fill
        stripe = find_hatch_colour(rating)
        look = Look(bold=True, colour=colours.ink, fill=colours.fill, stripe=stripe, edge=edge)
        return self.runs(f"\u00a0{text}\u00a0", look)

    def link(self, target: str | None, text: str, look: Look = _PLAIN, *, ltr: bool = False) -> list[Element]:
        """Return the text as a link to a section of this document; plain runs when there is no such section."""
        name = self._names.get(target or "")
        if name is None:
            return self.runs(text, look, ltr=ltr)
        runs = self.runs(text, replace(look, style="Hyperlink"), ltr=ltr)
        return [make("hyperlink", *runs, anchor=name, history=1)]

    def find_name(self, anchor: str) -> str:
        """Return the name of the bookmark of a section."""
        return self._names[anchor]

    def bookmarked(self, anchor: str, content: Iterable[Element]) -> list[Element]:
        """Return the content with the bookmark of a section around it."""
        number = self._numbers[anchor]
        start = make("bookmarkStart", id=number, name=self._names[anchor])
        return [start, *content, make("bookmarkEnd", id=number)]


def make_bookmark_names(anchors: Iterable[str]) -> dict[str, str]:
    """Return a bookmark for each anchor: Word allows 40 letters, digits and underscores, and ignores capitals.

    >>> make_bookmark_names(["R.10", "R-10", "7"])
    {'R.10': 'R_10', 'R-10': 'R_10_2', '7': 'at_7'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for anchor in anchors:
        stem = re.sub(r"[^A-Za-z0-9_]+", "_", anchor)
        stem = (stem if stem[:1].isalpha() else f"at_{stem}")[: _LONGEST_NAME - 5]
        name, count = stem, 1
        while name.lower() in taken:
            count += 1
            name = f"{stem}_{count}"
        names[anchor] = name
        taken.add(name.lower())
    return names


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield runs with whether they run from left to right; text with no letters but Latin ones does so as a whole."""
    foreign = not _has_arabic(text) and any(map(str.isalnum, text))
    runs = split_ltr_runs(text)
    for number, (run, ltr) in enumerate(runs):
        between = 0 < number < len(runs) - 1 and not ltr
        yield _separate(run) if between else run, ltr or foreign


def _separate(text: str) -> str:
    """Return signs between two foreign names with marks, or programs that go by the letters read both names as one."""
    return text if any(map(str.isalnum, text)) else f"{_RIGHT_TO_LEFT}{text}{_RIGHT_TO_LEFT}"


def _has_arabic(text: str) -> bool:
    """Return whether any letter is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def _held(text: str) -> str:
    """Return the text with marks where a first or last sign would change sides: Word goes by the run, others do not."""
    if text.isalnum():
        return text
    before = "" if text[0].isalpha() else _LEFT_TO_RIGHT
    after = "" if text[-1].isalnum() else _LEFT_TO_RIGHT
    return before + text + after


def _run(text: str, properties: Element) -> Element:
    """Return one run; dates stay on one line, for in Arabic the halves of a broken one read in the wrong order."""
    run = make("r", properties if len(properties) else None)
    whole = _DATE.sub(lambda date: date[0].replace("-", _UNBROKEN), text)
    for piece in re.split(f"([\n\t{_UNBROKEN}])", whole):
        if piece in _SIGNS:
            run.append(make(_SIGNS[piece]))
        elif piece:
            words = make("t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(words)
    return run
