"""The passages of criteria and conclusions between headings, with the ratings of criteria that are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.report_text.headings import Heading, ReportHeadings
from fatf_kit.report_text.model import ConclusionPassage, CriterionPassage
from fatf_kit.report_text.words import ReportPatterns
from fatf_kit.texts.folding import fold, is_right_to_left
from fatf_kit.texts.model import TextLine, make_page_ref

_LONGEST_PASSAGE = 400
"""Lines of a passage at most; the last one of an annex would take the rest of the report."""

_LONGEST_CONCLUSION = 60
_BEGINNING = 220
_BRACKETED = re.compile(r"\s*[\[(]([^()\[\]]{3,40})[\])]")


class PassageReader:
    """Reads what stands between the headings of one report."""

    def __init__(self, name: str, lines: Sequence[TextLine], patterns: ReportPatterns) -> None:
        self._name, self._lines, self._patterns = name, lines, patterns
        self.problems: list[Problem] = []

    def read(self, headings: ReportHeadings) -> tuple[tuple[CriterionPassage, ...], tuple[ConclusionPassage, ...]]:
        """Return the passages of criteria, parts that are rated in sentences among them, and those of conclusions."""
        criteria: list[CriterionPassage] = []
        conclusions: list[ConclusionPassage] = []
        ends = [heading.at for heading in headings.divided[1:]] + [len(self._lines)]
        for heading, end in zip(headings.divided, ends, strict=False):
            longest = _LONGEST_CONCLUSION if heading.is_conclusion else _LONGEST_PASSAGE
            lines = self._lines[heading.at : min(end, heading.at + longest)]
            text, page = " ".join(line.text for line in lines), self._lines[heading.at].page
            if heading.is_conclusion:
                conclusions.append(ConclusionPassage(unit=heading.unit, page=page, text=text))
            elif heading.requirements:
                rating = self._read_rating(heading, text, page)
                criteria += (
                    CriterionPassage(requirement=name, page=page, rating=rating, text=text)
                    for name in heading.requirements
                )
        return tuple(criteria), tuple(conclusions)

    def _read_rating(self, heading: Heading, text: str, page: int | None) -> CriterionRating | None:
        """Return the rating after the heading, else the one in brackets at the end, else that of a sentence."""
        plain = fold(text)
        start = plain.find(heading.rest) if heading.rest else -1
        beginning = plain[start : start + _BEGINNING] if start >= 0 else self._after_number(plain)
        patterns, read = self._patterns, self._patterns.criteria.read
        # a line that ends with the rating, else the lines after it too
        for after in (heading.rest, beginning):
            if match := patterns.stated_rating.match(after):
                return read(match["rating"])
        if match := patterns.closing_rating.search(heading.rest):  # after a title on the same line
            return read(match["rating"])
        self._report_unreadable(beginning, page, heading)
        if match := patterns.closing_rating.search(plain[-_BEGINNING:]):
            return read(match["rating"])
        for match in patterns.sentence_rating.finditer(plain):
            if self._is_of(match, heading, plain):
                return read(match["rating"])
        return None

    def _after_number(self, plain: str) -> str:
        match = self._patterns.criterion.match(plain[:_BEGINNING])
        return plain[match.start("rest") :][:_BEGINNING] if match else ""

    def _is_of(self, match: re.Match[str], heading: Heading, plain: str) -> bool:
        if match["parts"]:
            return False
        numbers = [(match["first"], match["second"])]
        if is_right_to_left(plain):
            numbers.append((match["second"], match["first"]))
        endings = {f"/{int(chapter)}.{int(number)}{match['suffix'] or ''}" for chapter, number in numbers}
        return any(name.endswith(ending) for name in heading.requirements for ending in endings)

    def _report_unreadable(self, beginning: str, page: int | None, heading: Heading) -> None:
        """Report brackets after a heading with a word of the ratings that is no rating."""
        match = _BRACKETED.match(beginning)
        if not match:
            return
        words = self._patterns.criteria.by_word
        plain = re.sub(r"\W+", "", match[1])
        if any(word in plain or _is_near(plain, word) for word in words if len(word) > 2):
            place = make_page_ref(self._name, page)
            name, facts = heading.requirements[0], quote_found(match[1])
            self.problems.append(make_problem("report-rating-unreadable", place, name, **facts))


def _is_near(text: str, word: str) -> bool:
    from difflib import SequenceMatcher

    return len(text) > 4 and SequenceMatcher(None, text, word).ratio() > 0.75


def report_missing(missing: Sequence[str], pages: Mapping[str, int | None], name: str) -> Iterator[Problem]:
    """Yield one problem for each Recommendation of which criteria were not found, at the page of its first one."""
    by_unit = group_pairs((get_unit_id(criterion), criterion.partition("/")[2]) for criterion in missing)
    for unit, numbers in by_unit.items():
        ref = make_page_ref(name, pages.get(unit))
        facts = {"count": len(numbers), "criteria": ", ".join(numbers)}
        yield make_problem("report-criteria-missing", ref, unit, **facts)
