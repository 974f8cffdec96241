"""The recommended actions of a report, item by item, under the headings that open their lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.report_text.model import ActionList, RecommendedAction
from fatf_kit.report_text.words import ReportPatterns
from fatf_kit.texts.folding import fold
from fatf_kit.texts.model import FileText

_MARKERS = (
    ("bullet", re.compile(r"\s*[•▪●◦‣·○■□➢✓\uf0b7\uf0a7§*]\s*|\s*[–—-]\s+|\s*o\s+(?=[A-Z])")),
    ("letter", re.compile(r"\s*[()]?[a-zA-Z][).]\s*[)(]?\s*(?=\S)")),
    ("roman", re.compile(r"\s*\(?[ivx]{2,4}[).]\s+")),
    ("number", re.compile(r"\s*\(?\d{1,2}[.)]\s+")),
    (
        "arabic",
        re.compile(r"\s*[()]?[أابتثجحخدذرزسشصضطظعغفقكلمنهوي][).\-]\s*[)(]?\s*(?=\S)|\s*[()]\s+(?=[\u0621-\u064a])"),
    ),
)
_STRAY_LETTER = re.compile(r"\s*\.?(?<![\u0621-\u064a])[\u0621-\u064a]$")
"""The letter of an Arabic list that a PDF gives at the end of the line, after its bracket at the beginning."""

_PARAGRAPH = re.compile(r"\s*\d{2,4}\.\s+\D")
_LONGEST_LIST = 400  # lines
_MOST_PAGES = 8
_LOOK_AHEAD, _LOOK_BACK = 15, 120
_OPENED = re.compile(r"[:؛]\W*$")


def _find_place(text: str, kind: str, before: int) -> int:
    """Return the place of an item in its list; 0 where its letter or number does not follow, as that of a part."""
    if kind not in ("letter", "number"):
        return before + 1
    mark = re.search(r"[a-z]|\d+", text.casefold())
    place = 0 if mark is None else int(mark[0]) if mark[0].isdigit() else ord(mark[0]) - ord("a") + 1
    return place if place in (1, before + 1) else 0


class ActionReader:
    """Reads the lists of recommended actions of one report."""

    def __init__(self, source: FileText, patterns: ReportPatterns) -> None:
        self._lines, self._patterns = source.lines, patterns
        self._has_paragraphs = source.has_paragraphs
        self._folded = [fold(line.text) for line in source.lines]

    def read(self) -> tuple[RecommendedAction, ...]:
        """Return every item, in the order of the report."""
        found: list[RecommendedAction] = []
        after = 0
        for at, text in enumerate(self._folded):
            if at < after or len(text) > 160:
                continue
            for kind, pattern in self._patterns.actions.items():
                if heading := pattern.match(text):
                    own = self._name_units(heading["rest"])
                    items, after = self._read_list(at + 1, ActionList(kind), own)
                    found += items
                    break
        return tuple(found)

    def _read_list(self, start: int, kind: ActionList, units: tuple[str, ...]) -> tuple[list[RecommendedAction], int]:
        items: list[tuple[tuple[str, ...], int | None, str]] = []
        marker, at, outcome, place = "", start, units, 0
        last = min(len(self._lines), start + _LONGEST_LIST)
        while at < last and not self._ends(at, marker, start):
            line, text = self._lines[at], self._folded[at]
            heading = self._patterns.outcome.match(text)
            if heading and not text.rstrip().endswith("."):
                following = range(at + 1, at + (3 if items else 4))
                if not any(self._find_marker(place, marker) for place in following):
                    break
                outcome = self._name_units(text)
            elif (own := self._find_marker(at, marker)) and (now := _find_place(line.text, own[0], place)):
                marker, place = marker or own[0], now
                begun = line.text[own[1] :].strip()
                is_arabic = marker == "arabic" and line.text.lstrip()[:1] in "()"
                begun = _STRAY_LETTER.sub("", begun) if is_arabic else begun
                items.append((outcome, line.page, begun))
            elif items and self._has_paragraphs and not _OPENED.search(items[-1][2]):
                break
            elif items:
                items[-1] = (*items[-1][:2], f"{items[-1][2]} {line.text}")
            elif len(text) > 60 and not _OPENED.search(text):
                # a list without marks begins with its first sentence
                items.append((outcome, line.page, line.text))
            at += 1
        around = () if units or any(one[0] for one in items) else self._find_outcomes(start, at)
        actions = []
        for named, page, text in items:
            if len(text) > 12:
                concerned = self._choose_units(text, named or around)
                actions.append(RecommendedAction(kind=kind, units=concerned, page=page, text=text))
        return actions, at

    def _find_marker(self, at: int, wanted: str) -> tuple[str, int] | None:
        """Return the kind of mark with which a line begins and its length; of a list that has begun only its own."""
        if at >= len(self._lines):
            return None
        for kind, pattern in _MARKERS:
            if (not wanted or kind == wanted) and (found := pattern.match(self._lines[at].text)):
                return kind, found.end()
        return None

    def _ends(self, at: int, marker: str, start: int) -> bool:
        """Return whether a list has ended: another part of the report begins, or its own numbered paragraphs do."""
        text, patterns = self._folded[at], self._patterns
        first = self._lines[start].page if start < len(self._lines) else None
        page = self._lines[at].page
        if first is not None and page is not None and page - first > _MOST_PAGES:
            return True
        if len(text) <= 160 and (
            patterns.findings.match(text)
            or ((unit := patterns.recommendation.match(text)) and re.match(r"\s*(?:$|[-:])", unit["rest"]))
            or (patterns.criterion.match(text) and not self._find_marker(at, marker))
            or any(pattern.match(text) for pattern in patterns.actions.values())
        ):
            return True
        if marker != "number" and _PARAGRAPH.match(self._lines[at].text) and at > start:
            return True
        opens = patterns.after_actions.search(text)
        return opens is not None and opens.start() <= 40 and not self._find_marker(at, marker)

    def _find_outcomes(self, start: int, end: int) -> tuple[str, ...]:
        """Return the outcomes of a chapter: those of the paragraph after the list, else those of the last heading."""
        for at in range(end, min(end + _LOOK_AHEAD, len(self._folded))):
            if found := tuple(self._list_outcomes(self._folded[at])):
                return found
        for at in range(start - 2, max(start - _LOOK_BACK, -1), -1):
            if self._patterns.outcome.match(self._folded[at]) and (
                found := tuple(self._list_outcomes(self._folded[at]))
            ):
                return found
        return ()

    def _list_outcomes(self, plain: str) -> Iterator[str]:
        for found in self._patterns.outcome_reference.finditer(plain):
            first, last = int(found["number"]), int(found["end"] or found["number"])
            for number in range(min(first, last), max(first, last) + 1):
                if f"IO.{number}" in OUTCOMES:
                    yield f"IO.{number}"

    def _name_units(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._list_outcomes(fold(text))))

    def _choose_units(self, text: str, own: tuple[str, ...]) -> tuple[str, ...]:
        """Return the outcomes that an item is listed under, and the Recommendations that it names."""
        plain = fold(text)
        references = self._patterns.recommendation_reference.finditer(plain)
        named = [f"R.{int(found['number'])}" for found in references]
        outcomes = own or tuple(self._list_outcomes(plain))
        return tuple(dict.fromkeys((*outcomes, *filter(RECOMMENDATIONS.__contains__, named))))
