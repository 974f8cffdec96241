"""The recommended actions of a report, item by item, under the headings that open their lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.report_text.model import ActionList, RecommendedAction
from fatf_kit.report_text.words import ReportPatterns
from fatf_kit.texts.folding import fold, has_end
from fatf_kit.texts.lists import ListMark, MarkKind, ends_paragraph, find_edges, follow_mark, read_marks
from fatf_kit.texts.model import FileText, TextLine

_STRAY_LETTER = re.compile(r"\s*\.?(?<![\u0621-\u064a])[\u0621-\u064a]$")
"""The letter of an Arabic list that a PDF gives at the end of the line, after its bracket at the beginning."""

_NUMBERED = re.compile(r"\s*(\d{1,4})\.\s+\D")
_LONGEST_LIST = 400  # lines
_LONGEST_HEADING = 160
_SHORTEST_ACTION = 12
_MOST_PAGES = 8
_LOOK_AHEAD, _LOOK_BACK = 15, 120
_OPENED = re.compile(r"[:؛]\W*$")
_SENTENCE = re.compile(r"[.;؛]\W*$")


@dataclass(slots=True)
class _Item:
    """One item of a list so far."""

    units: tuple[str, ...]
    page: int | None
    lines: list[TextLine]
    text: str

    def add(self, line: TextLine) -> None:
        self.lines.append(line)
        self.text = f"{self.text} {line.text}"


@dataclass(slots=True)
class _OpenList:
    """A list while it is read: the outcomes of the heading above, and the mark of its items, None before the first."""

    units: tuple[str, ...]
    items: list[_Item] = field(default_factory=list)
    mark: ListMark | None = None
    is_new: bool = True
    """Whether a heading or introduction comes directly before, so that the marks may begin anew."""


def _table_of(line: TextLine) -> int | None:
    return line.cell.table if line.cell is not None else None


class ActionReader:
    """Reads the lists of recommended actions of one report."""

    def __init__(self, source: FileText, patterns: ReportPatterns) -> None:
        self._lines, self._patterns = source.lines, patterns
        self._has_paragraphs = source.has_paragraphs
        self._folded = [fold(line.text) for line in source.lines]

    def read(self) -> tuple[RecommendedAction, ...]:
        """Return every item, in the order of the report."""
        actions: list[RecommendedAction] = []
        after = 0
        for at, text in enumerate(self._folded):
            if at < after or len(text) > _LONGEST_HEADING:
                continue
            for kind, pattern in self._patterns.actions.items():
                if heading := pattern.match(text):
                    opened = _OpenList(units=tuple(self._patterns.list_outcomes(heading["rest"])))
                    after = self._read_list(at + 1, opened)
                    actions += self._make_actions(opened, ActionList(kind), at + 1, after)
                    break
        return tuple(actions)

    def _read_list(self, start: int, opened: _OpenList) -> int:
        """Read a list from a line on, and return the line after it."""
        last = min(len(self._lines), start + _LONGEST_LIST)
        at = start
        while at < last and not self._ends(at, opened, start):
            line = self._lines[at]
            heading = self._patterns.outcome.match(self._folded[at])
            if heading and not self._folded[at].rstrip().endswith("."):
                if not any(self._opens_item(place, opened) for place in range(at + 1, min(at + 4, last))):
                    break
                opened.units, opened.is_new = tuple(self._patterns.list_outcomes(self._folded[at])), True
            elif mark := self._opens_item(at, opened):
                opened.mark, opened.is_new = mark, False
                opened.items.append(self._begin_item(line, mark, opened.units))
            elif not self._goes_on(at, opened):
                break
            at += 1
        return at

    def _opens_item(self, at: int, opened: _OpenList) -> ListMark | None:
        """Return the mark of a line that begins an item: the first one, or the one that follows on the last."""
        if at >= len(self._lines):
            return None
        text = self._lines[at].text
        mark = follow_mark(text, opened.mark)
        if mark is None and opened.mark is not None:
            again = follow_mark(text, None)
            begins_anew = again is not None and again.kind is opened.mark.kind and (opened.is_new or again.place == 1)
            mark = again if begins_anew else None
        return mark

    def _begin_item(self, line: TextLine, mark: ListMark, units: tuple[str, ...]) -> _Item:
        text = line.text[mark.length :].strip()
        if mark.kind is MarkKind.ARABIC and line.text.lstrip()[:1] in "()":
            text = _STRAY_LETTER.sub("", text)
        return _Item(units, line.page, [line], text)

    def _goes_on(self, at: int, opened: _OpenList) -> bool:
        """Add a line without a mark to the list, and return whether the list goes on with it.

        It is a further line of the last item, the introduction of a list that begins, or the item of a list without
        marks.
        """
        line, text = self._lines[at], self._folded[at]
        if opened.mark is None and not opened.items:
            if len(text) > 60 and not has_end(text, _OPENED):  # a list without marks begins with its first sentence
                opened.items.append(_Item(opened.units, line.page, [line], line.text))
            return True
        item = opened.items[-1] if opened.items else None
        if item is None:
            return True
        is_new = self._has_ended(item, line)
        if has_end(text, _OPENED) and is_new and self._introduces(at, opened):
            opened.is_new = True
            return True
        if opened.mark is None and is_new:  # the next item of a list without marks
            is_sentence = has_end(text, _SENTENCE) or not self._has_paragraphs
            if is_sentence and has_end(item.text, _SENTENCE):
                opened.items.append(_Item(opened.units, line.page, [line], line.text))
            return is_sentence
        if is_new and opened.mark is not None and not read_marks(line.text) and not has_end(item.text, _OPENED):
            return False
        item.add(line)
        return True

    def _introduces(self, at: int, opened: _OpenList) -> bool:
        """Return whether a line that ends with a colon is followed by items."""
        following = range(at + 1, min(at + 4, len(self._lines)))
        return any(follow_mark(self._lines[place].text, None) or self._opens_item(place, opened) for place in following)

    def _has_ended(self, item: _Item, line: TextLine) -> bool:
        """Return whether a line begins a paragraph after an item, as far as its form says."""
        if self._has_paragraphs:
            return True
        before = item.lines[-1]
        if not has_end(before.text, _SENTENCE):
            return line.block != before.block and line.page == before.page
        return ends_paragraph(before, line, find_edges(item.lines))

    def _ends(self, at: int, opened: _OpenList, start: int) -> bool:
        """Return whether a list has ended: another part of the report begins, or its own numbered paragraphs do."""
        text, patterns = self._folded[at], self._patterns
        first, page = self._lines[start].page, self._lines[at].page
        if first is not None and page is not None and page - first > _MOST_PAGES:
            return True
        if opened.items and _table_of(self._lines[at]) != _table_of(opened.items[0].lines[0]):
            return True
        is_item = self._opens_item(at, opened) is not None
        if len(text) <= _LONGEST_HEADING and (
            patterns.findings.match(text)
            or ((unit := patterns.recommendation.match(text)) and re.match(r"\s*(?:$|[-:])", unit["rest"]))
            or (patterns.criterion.match(text) and not is_item)
            or any(pattern.match(text) for pattern in patterns.actions.values())
        ):
            return True
        numbered = _NUMBERED.match(self._lines[at].text)
        if numbered and at > start and not is_item and (opened.mark is None or len(numbered[1]) > 1):
            return True
        if not is_item and patterns.begins_caption(self._lines[at].text):
            return True
        opens = patterns.after_actions.search(text)
        return opens is not None and opens.start() <= 40 and not is_item

    def _make_actions(self, opened: _OpenList, kind: ActionList, start: int, end: int) -> Iterator[RecommendedAction]:
        """Yield the items of a list; recommended actions without an outcome have that of their chapter."""
        is_of_chapter = kind is ActionList.RECOMMENDED and not any(item.units for item in opened.items)
        around = self._find_outcomes(start, end) if is_of_chapter and not opened.units else ()
        for item in opened.items:
            if len(item.text) > _SHORTEST_ACTION:
                concerned = self._choose_units(item.text, item.units or around)
                yield RecommendedAction(kind=kind, units=concerned, page=item.page, text=item.text)

    def _find_outcomes(self, start: int, end: int) -> tuple[str, ...]:
        """Return the outcomes of a chapter: those of the paragraph after the list, else those of the last heading."""
        for at in range(end, min(end + _LOOK_AHEAD, len(self._folded))):
            if outcomes := tuple(self._patterns.list_outcomes(self._folded[at])):
                return outcomes
        for at in range(start - 2, max(start - _LOOK_BACK, -1), -1):
            if self._patterns.outcome.match(self._folded[at]) and (
                outcomes := tuple(self._patterns.list_outcomes(self._folded[at]))
            ):
                return outcomes
        return ()

    def _choose_units(self, text: str, listed: tuple[str, ...]) -> tuple[str, ...]:
        """Return the outcomes that an item is listed under, else those that it names, and its Recommendations."""
        plain = fold(text)
        outcomes = listed or tuple(self._patterns.list_outcomes(plain))
        named = (f"R.{number}" for number in self._patterns.list_recommendations(plain))
        return tuple(
            dict.fromkeys((*filter(OUTCOMES.__contains__, outcomes), *filter(RECOMMENDATIONS.__contains__, named)))
        )
