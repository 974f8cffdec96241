"""Labels and ratings as tables of ratings have them: "1. Title", "R.1", "LC", "PC (MER) LC (FUR 2024)", "Low"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fatf_kit.published.model import PublishedRating
from fatf_kit.report_text.words import RatingWords, ReportPatterns, match_codes
from fatf_kit.texts.folding import fold
from fatf_kit.texts.lists import read_marks

_REMARK = r"(?:[()\[\]][^()\[\]]{0,28}(?:[()\[\]](?:\s?\d{4}(?!\d)[()\[\]]?)?|$))"
"""A remark in brackets beside a rating, as the report it is of; it may be cut at the end of a line, or mirrored."""

_REST_OF_REMARK = re.compile(r"[(\[]?[\w\s./,]{1,20}[)(\]]\W*|[()\[]\d{4}\W*")
_ARROWS = r"[\s↑↓→➔➜▲▼*:=,;./|–—-]*"
_NUMBERED = re.compile(r"\W{0,2}(\d{1,2})(?![\d%])(?:[.)](?!\d)\s*|\s+|$)(?P<title>.{0,110})")
_BEFORE_LABEL = 2
"""Letters that may be before a label at the beginning of a line."""

_LONGEST_CELL, _LONGEST_ROW = 60, 240
_LONGEST_CUT = 30
"""Letters of a line that has the words of a label without its number."""

_ONLY = 4
"""Letters that may be left of a line of labels and ratings alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLabel:
    """The label of a row: its number, and the text after it on its line.

    `is_worded` says that the word for a Recommendation or outcome is in it, and not a number alone.
    """

    number: int
    rest: str
    is_worded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCell:
    """A rating where a line has one: `before` and `after` are the texts around it, with the remarks left out.

    `is_open` says that the remark in brackets goes on in the next line; `has_remark` that there is one.
    """

    rating: PublishedRating
    before: str
    after: str
    is_open: bool = False
    has_remark: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether the line has nothing but the rating."""
        return not self.before and not self.after


class CellReader:
    """Reads labels and ratings of one scale: Recommendations ("R.") or outcomes ("IO.")."""

    def __init__(self, prefix: str, last: int, scale: RatingWords[Any], label: re.Pattern[str]) -> None:
        self.prefix, self._last, self._scale, self._label = prefix, last, scale, label
        code = rf"(?<![\w/.])(?:{'|'.join(sorted(map(re.escape, scale.codes), key=len, reverse=True))})(?![\w/]|\.\w)"
        self._group = re.compile(rf"{_ARROWS}(?:{_REMARK}\s*)?{code}\s*{_REMARK}?(?:{_ARROWS}(?:{code}\s*{_REMARK}?))*")
        self._code = re.compile(code)
        self._words = re.compile(rf"\W*({scale.any})\W*")
        self._ending_words = re.compile(rf"(?<!\w)({scale.any})[\s.]*$")
        self._folded_codes = match_codes(code.casefold() for code in scale.codes)

    def read_label(self, text: str) -> RowLabel | None:
        """Return the label with which a line begins; a number alone counts for Recommendations only."""
        plain = fold(text)
        found = self._label.search(plain)
        if found and found.start() <= _BEFORE_LABEL and 1 <= int(found["number"]) <= self._last:
            return RowLabel(number=int(found["number"]), rest=plain[found.end() :], is_worded=True)
        numbered = _NUMBERED.match(plain) if self.prefix == "R." else None
        if numbered is None or not 1 <= int(numbered[1]) <= self._last:
            return None
        title = numbered["title"].strip()
        if title and not title[0].isalpha():
            return None
        return RowLabel(number=int(numbered[1]), rest=title, is_worded=False)

    def read_cut_label(self, text: str, following: str) -> RowLabel | None:
        """Return the label whose words are cut by the end of a line, so that its number is on the line after it."""
        if len(text) > _LONGEST_CUT or any(letter.isdigit() for letter in text):
            return None
        plain = fold(text)
        joined = f"{plain} {fold(following)}"
        found = self._label.match(joined)
        if found is None or found.end() <= len(plain) or not 1 <= int(found["number"]) <= self._last:
            return None
        return RowLabel(number=int(found["number"]), rest=joined[found.end() :], is_worded=True)

    def list_labels(self, text: str) -> list[int]:
        """Return the numbers of a line that has nothing but several labels, or labels and ratings."""
        plain = fold(text)
        numbers = [int(found["number"]) for found in self._label.finditer(plain)]
        rest = self._folded_codes.sub("", self._label.sub("", plain))
        rest = self._scale.phrase.sub("", rest)
        is_grid = len(re.sub(r"[\W\d_]", "", rest)) <= _ONLY
        return numbers if is_grid and len(numbers) > 1 else []

    def list_titled_labels(self, text: str) -> list[int]:
        """Return the numbers of a line of several labels with titles, each the next one, from its beginning on."""
        found = list(self._label.finditer(fold(text))) if len(text) < _LONGEST_ROW else []
        numbers = [int(label["number"]) for label in found]
        follow = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
        return numbers if follow and len(numbers) > 1 and found[0].start() <= _BEFORE_LABEL else []

    def has_rating(self, text: str) -> bool:
        """Return whether a code or word for a rating is anywhere in a line."""
        return self._code.search(text) is not None or self._scale.phrase.search(fold(text)) is not None

    def list_ratings(self, text: str) -> list[PublishedRating]:
        """Return the ratings of a line that has nothing but ratings, in its order; none of another line."""
        codes = list(self._code.finditer(text))
        rest = re.sub(_REMARK, "", self._code.sub("", text))
        if codes and not re.search(r"\w", rest):
            return [self._scale.read(found[0]) for found in codes]
        plain = fold(text)
        phrases = list(self._scale.phrase.finditer(plain))
        if phrases and not re.search(r"\w", self._scale.phrase.sub("", plain)):
            return [self._scale.read(found[0]) for found in phrases]
        return []

    def read_rating(self, text: str) -> RatingCell | None:
        """Return the rating of a line that is a rating, ends with one, or begins with one before a factor."""
        return next(self._find_ratings(text), None)

    def read_cell(self, text: str) -> RatingCell | None:
        """Return the rating of a cell that has nothing else but remarks; the last of several is the newest."""
        cell = self.read_rating(text)
        if cell is not None and cell.is_alone:
            return cell
        words = re.findall(r"\w+", text)
        codes = [word for word in words if word in self._scale.codes]
        is_remark = bool(re.search(r"[()\[\]]", text)) and all(word.isupper() or word.isdecimal() for word in words)
        if not codes or not is_remark or len(text) > _LONGEST_CELL:
            return None
        return RatingCell(rating=self._scale.read(codes[-1]), before="", after="", has_remark=True)

    def _find_ratings(self, text: str) -> Iterator[RatingCell]:
        for group in self._group.finditer(text):
            before, after = text[: group.start()].strip(), text[group.end() :].strip()
            after = after if re.search(r"\w", after) else ""
            if after and not _begins_factor(text[group.end() :]):
                continue
            codes = self._code.findall(re.sub(_REMARK, " ", group[0]))
            if codes:
                remark = re.search(_REMARK, group[0])
                brackets = sum(group[0].count(mark) for mark in "()[]")
                yield RatingCell(
                    rating=self._scale.read(codes[-1]),
                    before=before,
                    after=after,
                    is_open=brackets % 2 == 1,
                    has_remark=remark is not None,
                )
        plain = fold(text)
        if whole := self._words.fullmatch(plain):
            yield RatingCell(rating=self._scale.read(whole[1]), before="", after="")
        elif ending := self._ending_words.search(plain):
            yield RatingCell(rating=self._scale.read(ending[1]), before=plain[: ending.start()].strip(), after="")

    def closes_remark(self, text: str) -> bool:
        """Return whether a line is the rest of a remark in brackets that the line before it began."""
        return _REST_OF_REMARK.fullmatch(text) is not None


def _begins_factor(text: str) -> bool:
    """Return whether a text after a rating begins a factor: with a mark, a capital letter or a figure."""
    plain = text.strip()
    return bool(read_marks(plain)) or not plain[:1].islower()


def make_cell_reader(prefix: str, patterns: ReportPatterns) -> CellReader:
    """Return the reader for Recommendations ("R.") or outcomes ("IO.")."""
    if prefix == "R.":
        return CellReader(prefix, 40, patterns.compliance, patterns.recommendation_reference)
    return CellReader(prefix, 11, patterns.levels, patterns.outcome_reference)
