"""The headings in the lines of a report: Recommendations, criteria and conclusions, each with its place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.report_text.words import ReportPatterns, read_suffix
from fatf_kit.texts.folding import fold, has_end, is_right_to_left
from fatf_kit.texts.model import TextLine

_WORDED = 10
"""ReportHeadings with the word for a criterion from which numbers alone are not taken for headings."""

_LONGEST_HEADING = 160
_SENTENCE_END = re.compile(r"[.:;!?)\]]\W*$")
_STRONG_REST = re.compile(r"\s*(?:$|[-:.(\[]|[)\]]\W*\w)")
_MEASURE = re.compile(r"\s*(?:%|per ?cent|million|billion|mill|usd|eur|\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a Recommendation, of criteria (`requirements`) or of a conclusion, in line number `at`.

    `rest` is the folded text after it on its line. `is_sure` is False for what may be a reference in running text.
    """

    at: int
    unit: str
    requirements: tuple[str, ...] = ()
    is_conclusion: bool = False
    rest: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeadings:
    """The headings that divide a report, in its order.

    `twice` are places of further headings of a criterion, `unknown` the places of numbers that the edition does not
    have, each with the number.
    """

    divided: tuple[Heading, ...]
    twice: tuple[tuple[str, int], ...]
    unknown: tuple[tuple[str, int], ...]


def find_headings(lines: Sequence[TextLine], framework: Framework, patterns: ReportPatterns) -> ReportHeadings:
    """Return the headings of a report, each criterion once."""
    finder = _Finder(lines, framework, patterns)
    candidates = list(finder.find())
    chosen, twice = _choose_once(candidates)
    taken = {heading.at for heading in chosen}
    unknown = {number: at for number, at in reversed(finder.unknown) if at not in taken}
    return ReportHeadings(divided=tuple(chosen), twice=tuple(twice), unknown=tuple(unknown.items()))


def _choose_once(headings: Sequence[Heading]) -> tuple[list[Heading], list[tuple[str, int]]]:
    """Return the headings with those of one criterion once: the first sure one, else the first."""
    best: dict[str, Heading] = {}
    counts: Counter[str] = Counter()
    twice = []
    for heading in headings:
        for name in heading.requirements:
            if heading.is_sure:
                counts[name] += 1
                if counts[name] > 1:
                    twice.append((name, heading.at))
            if name not in best or (heading.is_sure and not best[name].is_sure):
                best[name] = heading
    chosen = []
    for heading in headings:
        kept = tuple(name for name in heading.requirements if best[name] is heading)
        if kept or not heading.requirements:
            chosen.append(replace(heading, requirements=kept))
    return chosen, twice


class _Finder:
    def __init__(self, lines: Sequence[TextLine], framework: Framework, patterns: ReportPatterns) -> None:
        self._lines, self._patterns = lines, patterns
        self._known = index_requirements(framework)
        self._units = {unit.id for unit in framework.recommendations}
        criteria = (criterion.id for unit in framework.recommendations for criterion in unit.criteria)
        self._order = {name: place for place, name in enumerate(criteria)}
        self._folded = [fold(line.text) for line in lines]
        self._current = ""
        self._has_criterion = False
        worded = sum(patterns.criterion.match(text) is not None for text in self._folded)
        self._takes_bare = worded < _WORDED
        self._bare: defaultdict[str, int] = defaultdict(lambda: -1)
        self.unknown: list[tuple[str, int]] = []

    def find(self) -> Iterator[Heading]:
        for at, text in enumerate(self._folded):
            if not text or len(text) > 2_000:
                continue
            joined = text
            if self._patterns.cut_heading.match(text) and at + 1 < len(self._folded):
                joined = f"{text} {self._folded[at + 1]}"
            heading = self._criterion(at, joined) or self._recommendation(at, joined)
            heading = heading or self._conclusion(at, text)
            if heading:
                if heading.is_sure:
                    self._current = heading.unit
                    self._has_criterion = bool(heading.requirements) or heading.is_conclusion
                yield heading

    def _recommendation(self, at: int, text: str) -> Heading | None:
        match = self._patterns.recommendation.match(text)
        if not match or len(text) > _LONGEST_HEADING:
            return None
        rest, number = match["rest"], int(match["number"])
        is_short, begins_small = len(match["word"]) < 4, self._lines[at].text[:1].islower()
        if f"R.{number}" not in self._units or begins_small:
            return None
        if re.match(r"\.\d", rest) or rest.rstrip().endswith((",", ";")):
            return None
        if is_short and not re.match(r"\s*$|\s*[-:]\s", rest):
            return None
        is_parted = re.match(r"\s*(?:$|[-:.()\[])", rest) or re.search("[-:]", match["gap"])
        if not is_parted and (rest.endswith(".") or not self._criterion_follows(at, number)):
            return None
        return Heading(at=at, unit=f"R.{number}", rest=rest)

    def _criterion_follows(self, at: int, number: int) -> bool:
        """Return whether a criterion of a Recommendation is among the next lines."""
        matches = map(self._patterns.criterion.match, self._folded[at + 1 : at + 8])
        return any(match and str(number) in (match["first"], match["second"]) for match in matches)

    def _conclusion(self, at: int, text: str) -> Heading | None:
        match = self._patterns.conclusion.match(text)
        if not match or not self._has_criterion:
            return None
        return Heading(at=at, unit=self._current, is_conclusion=True, rest=match["rest"] or "")

    def _criterion(self, at: int, text: str) -> Heading | None:
        if match := self._patterns.criterion.match(text):
            return self._worded(at, text, match)
        match = self._patterns.bare_criterion.match(text) if self._current else None
        return self._numbered(at, match) if match else None

    def _worded(self, at: int, text: str, match: re.Match[str]) -> Heading | None:
        names, rest = self._read_numbers(at, match, text)
        if not names:
            return None
        unit = get_unit_id(names[0])
        is_short = len(match["word"]) < 3
        original = self._lines[at].text.lstrip("•▪●◦‣· ")
        has_number = any(letter.isdigit() for letter in match["lead"])
        is_rated = self._patterns.stated_rating.match(rest) is not None
        strong = is_rated or (_STRONG_REST.match(rest) is not None and not is_short) or has_number
        if is_short and not is_rated and not (has_number or re.match(r"\s*[-:]\s|\s*$", rest)):
            return None
        if original[:1].islower() and not is_rated:
            return None
        follows = at == 0 or has_end(self._lines[at - 1].text, _SENTENCE_END)
        is_near = not self._current or unit == self._current or follows or has_number
        if not (strong or follows) or (not is_near and not is_rated):
            return None
        return Heading(
            at=at,
            unit=unit,
            requirements=names,
            rest=rest,
            is_sure=strong and is_near and not self._ends_with_note(match, names[0]),
        )

    def _numbered(self, at: int, match: re.Match[str]) -> Heading | None:
        """Return the heading that is a number alone, within its Recommendation and in the order of its criteria."""
        text = self._folded[at]
        rated = self._patterns.stated_rating.match(match["rest"]) is not None
        if not (self._takes_bare or rated) or _MEASURE.match(match["rest"]):
            return None
        names = self._resolve(match, is_right_to_left(text))
        if (
            len(names) != 1
            or self._ends_with_note(match, names[0])
            or get_unit_id(names[0]) != self._current
            or not re.match(r"\s*$|[\s\-:.()\[\]]", match["rest"])
        ):
            return None
        place = self._order.get(names[0].partition("(")[0], -1)
        last = self._bare[self._current]
        if not rated and not last < place <= last + 4 + (place if last < 0 else 0):
            return None
        self._bare[self._current] = place
        return Heading(at=at, unit=self._current, requirements=names, rest=match["rest"])

    def _read_numbers(self, at: int, match: re.Match[str], text: str) -> tuple[tuple[str, ...], str]:
        """Return the criteria that a heading names and the text after them; a range is every criterion of it."""
        names = list(self._resolve(match, is_right_to_left(text)))
        is_whole = bool(names) and not self._ends_with_note(match, names[0])
        chapter, number = int(match["first"]), match["second"]
        is_number = len(match["word"]) > 2 and f"R.{chapter}" in self._units and number != "0"
        if not is_whole and is_number:
            self.unknown.append((f"{chapter}.{number}", at))
        if not names:
            return (), ""
        rest, start = match["rest"], 0
        while more := self._patterns.more_criteria.match(rest, start):
            further = self._resolve(more, is_right_to_left(text))
            if not further or get_unit_id(further[0]) != get_unit_id(names[0]):
                break
            if more["range"]:
                first, last = self._order.get(names[-1], 0), self._order.get(further[0], -1)
                names += [name for name, place in self._order.items() if first < place < last]
            names += further
            start = more.end()
        return tuple(dict.fromkeys(names)), rest[start:]

    def _resolve(self, match: re.Match[str], reversed_text: bool) -> tuple[str, ...]:
        """Return the id of a number as printed; none where the edition does not have it.

        Right-to-left text may have both numbers in the other order. A figure at its end may be that of a footnote. A
        part that the edition does not know counts as its criterion.
        """
        groups = match.groupdict()
        first, second, suffix = groups["first"], groups["second"], read_suffix(match)
        orders = [(first, second)]
        if reversed_text and len(second) <= 2:
            orders.append((second, first))
            if self._current == f"R.{int(second)}":
                orders.reverse()
        for chapter, number in orders:
            for digits in filter(None, (number, number[:-1], number[:-2])):
                name = f"R.{int(chapter)}/{int(chapter)}.{int(digits)}{suffix}"
                if name in self._known:
                    return (self._find_part(name, groups.get("parts") or ""),)
        return ()

    def _ends_with_note(self, match: re.Match[str], name: str) -> bool:
        """Return whether a number is known only without its last figures, which may be those of a footnote."""
        first, second = match["first"].lstrip("0"), match["second"].lstrip("0")
        suffix = read_suffix(match)
        both = ((first, second), (second, first))
        return not any(f"/{chapter}.{number}{suffix}" in name for chapter, number in both)

    def _find_part(self, name: str, parts: str) -> str:
        for letter in re.findall(r"[a-z]+", parts):
            longer = f"{name}({letter})"
            if longer not in self._known:
                break
            name = longer
        return name
