"""The ratings of Recommendations and outcomes: in sentences, and in the tables of ratings with their factors."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fatf_kit.core.ratings import COMPLIANCE_SCALE, ComplianceRating
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.published.model import PublishedRating
from fatf_kit.report_text.model import ConclusionPassage, Deficiency, RatingPlace, StatedRating
from fatf_kit.report_text.words import RatingWords, ReportPatterns, match_codes, read_suffix
from fatf_kit.texts.folding import fold
from fatf_kit.texts.model import TextLine

_FEWEST = 5
"""Rated rows from which a run of labels and codes is a table of ratings."""

_LONGEST_QUEUE = 11
"""Labels that may follow each other before their codes: those of one row of a table."""

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[^\W\d]|\d{1,4}\.\s)")
_FARTHEST = 25  # letters between the word for a level and the level
_LABEL_ONLY = 4  # letters that may be left of a line of labels and codes
_ReadSentence = Callable[[str, int | None, ReportPatterns], StatedRating | None]
_ROW = re.compile(r"(\d{1,2})[.\s]\s*[^\W\d]")
_BULLET = re.compile(r"[\n\r]+|\s*[•▪●◦‣·]\s*")


def split_factors(text: str) -> tuple[str, ...]:
    r"""Return the factors in one cell: each line or bullet is one.

    >>> split_factors("• No duty (c.10.2)\n• Threshold too high")
    ('No duty (c.10.2)', 'Threshold too high')
    """
    parts = (part.strip(" -–\t") for part in _BULLET.split(text) if part)
    return tuple(filter(None, parts))


def find_named_criteria(unit: str, text: str, patterns: ReportPatterns) -> tuple[str, ...]:
    """Return the criteria of a Recommendation that a text names, each once, whether the edition has them or not.

    >>> find_named_criteria("R.10", "No duty (c.10.2), see also criterion 11.1", ReportPatterns("en"))
    ('R.10/10.2',)
    """
    own = unit.removeprefix("R.")
    named = (
        f"{unit}/{own}.{int(found['second'])}{read_suffix(found)}"
        for found in patterns.criterion_reference.finditer(fold(text))
        if found["first"].lstrip("0") == own and len(found["second"]) <= 2
    )
    return tuple(dict.fromkeys(named))


def find_stated_ratings(
    lines: Sequence[TextLine], conclusions: Sequence[ConclusionPassage], patterns: ReportPatterns
) -> tuple[StatedRating, ...]:
    """Return the ratings that sentences state, each unit once: the last sentence about it counts."""
    found: dict[str, StatedRating] = {}
    for passage in conclusions:  # a conclusion often names no Recommendation
        sentences = _split_sentences(passage.text)
        read = (_read_compliance(one, passage.page, patterns, passage.unit) for one in sentences)
        found.update((one.unit, one) for one in read if one)
        phrases = patterns.compliance.phrase.findall(fold(sentences[-1]) if sentences else "")
        rating = patterns.compliance.read(phrases[-1]) if phrases else None
        # "compliant" alone has other uses
        if passage.unit not in found and rating in COMPLIANCE_SCALE[:3]:
            found[passage.unit] = _state(passage.unit, ComplianceRating(rating), passage.page)
    folded = [fold(line.text) for line in lines]
    for at, text in enumerate(folded):
        readers: list[_ReadSentence] = [_read_compliance] if patterns.rated.search(text) else []
        readers += [_read_level] if patterns.effectiveness.search(text) else []
        # the fewest lines that contain the whole sentence
        for before, after in ((0, 1), (0, 2), (1, 2), (2, 3)) if readers else ():
            around = " ".join(line.text for line in lines[max(at - before, 0) : at + after])
            pairs = ((read, one) for one in _split_sentences(around) for read in readers)
            found_here = (read(one, lines[at].page, patterns) for read, one in pairs)
            if stated := [one for one in found_here if one]:
                found.update((one.unit, one) for one in stated)
                break
    return tuple(found.values())


def _split_sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(text) if part]


def _read_compliance(sentence: str, page: int | None, patterns: ReportPatterns, unit: str = "") -> StatedRating | None:
    plain = fold(sentence)
    verb = patterns.rated.search(plain)
    if not verb or patterns.earlier.search(plain):
        return None
    words = patterns.compliance
    stated = words.phrase.search(plain, verb.start()) or words.phrase.search(plain)
    stated = stated or words.code.search(sentence, 3)
    references = list(patterns.recommendation_reference.finditer(plain))
    near = min(references, key=lambda one: abs(one.start() - verb.start()), default=None)
    name = f"R.{int(near['number'])}" if near else unit
    return _state(name, words.read(stated[0]), page) if stated and name in RECOMMENDATIONS else None


def _read_level(sentence: str, page: int | None, patterns: ReportPatterns) -> StatedRating | None:
    plain = fold(sentence)
    words = patterns.effectiveness.search(plain)
    references = patterns.outcome_reference.finditer(plain)
    outcomes = {f"IO.{int(found['number'])}" for found in references}
    if not words or len(outcomes) != 1 or patterns.earlier.search(plain):
        return None
    gaps = {
        min(abs(found.start() - words.end()), abs(words.start() - found.end())): found[0]
        for found in reversed(list(patterns.levels.phrase.finditer(plain)))
    }
    name, nearest = next(iter(outcomes)), min(gaps, default=_FARTHEST + 1)
    if nearest > _FARTHEST or name not in OUTCOMES:
        return None
    return _state(name, patterns.levels.read(gaps[nearest]), page)


def _state(unit: str, rating: PublishedRating, page: int | None) -> StatedRating:
    return StatedRating(unit=unit, rating=rating, page=page, place=RatingPlace.SENTENCE)


@dataclass(slots=True)
class _Run:
    """The rows of one table so far: rating, page and text after the rating, by unit."""

    ratings: dict[str, tuple[PublishedRating, int | None]] = field(default_factory=dict)
    factors: dict[str, list[tuple[str, int | None]]] = field(default_factory=dict)
    last: int = 0


class RatingTables:
    """Reads the tables of ratings: labels in their order, each with the first code after it that is free."""

    def __init__(self, lines: Sequence[TextLine], patterns: ReportPatterns) -> None:
        self._lines, self._patterns = lines, patterns

    def read(self) -> tuple[tuple[StatedRating, ...], tuple[Deficiency, ...]]:
        """Return the ratings of the last table of each kind, and the factors behind those of Recommendations."""
        ratings: dict[str, StatedRating] = {}
        deficiencies: dict[str, list[Deficiency]] = {}
        patterns = self._patterns
        units, outcomes = patterns.recommendation_reference, patterns.outcome_reference
        runs = self._find_runs("R.", RECOMMENDATIONS, units, patterns.compliance)
        runs += self._find_runs("IO.", OUTCOMES, outcomes, patterns.levels)
        for run in runs:
            for unit, (rating, page) in run.ratings.items():
                place = RatingPlace.TABLE
                ratings[unit] = StatedRating(unit=unit, rating=rating, page=page, place=place)
                if own := list(self._read_factors(unit, run.factors.get(unit, ()))):
                    deficiencies[unit] = own
        ordered = (deficiencies.get(unit, ()) for unit in RECOMMENDATIONS)
        return tuple(ratings.values()), tuple(one for own in ordered for one in own)

    def _find_runs(
        self, prefix: str, known: Sequence[str], labels: re.Pattern[str], scale: RatingWords[Any]
    ) -> list[_Run]:
        pattern, folded = scale.code, match_codes(code.casefold() for code in scale.codes)
        runs, run = [], _Run()
        queue: deque[str] = deque()
        current = ""
        for line in self._lines:
            plain = fold(line.text)
            tokens = [(one.start(), int(one["number"]), "") for one in labels.finditer(plain)]
            rest = labels.sub("", plain)
            is_grid = len(re.sub(r"\W|\d", "", folded.sub("", rest))) <= _LABEL_ONLY
            if not is_grid:
                tokens = [one for one in tokens if one[0] <= 2][:1]
            row = None if tokens else _ROW.match(plain)
            if row and int(row[1]) == run.last + 1:
                tokens = [(0, int(row[1]), "")]
            tokens += [(one.start(), 0, one[0]) for one in pattern.finditer(line.text)]
            if not any(code for *_, code in tokens) and (whole := _find_phrase(rest, scale.phrase)):
                tokens.append((len(plain), 0, whole))
            taken = False
            for _, number, code in sorted(tokens):
                if code and queue:
                    current = queue.popleft()
                    run.ratings[current] = scale.read(code), line.page
                    taken = True
                elif number and f"{prefix}{number}" in known and number in (run.last + 1, 1):
                    if number == 1 and run.last > 0:
                        runs.append(run)
                        run = _Run()
                        queue.clear()
                    run.last = number
                    queue.append(f"{prefix}{number}")
                    current, taken = "", True
            if len(queue) > _LONGEST_QUEUE:
                queue.clear()
            if current and not taken:
                run.factors.setdefault(current, []).append((line.text, line.page))
            elif current and taken and (after := self._after_code(line.text, pattern)):
                run.factors.setdefault(current, []).append((after, line.page))
        runs.append(run)
        return [one for one in runs if len(one.ratings) >= _FEWEST]

    def _after_code(self, text: str, pattern: re.Pattern[str]) -> str:
        found = pattern.search(text)
        return text[found.end() :].strip() if found else ""

    def _read_factors(self, unit: str, rows: Sequence[tuple[str, int | None]]) -> Iterator[Deficiency]:
        """Yield the factors of one row: a bullet begins one, and lines without a bullet go on with it."""
        factors: list[tuple[str, int | None]] = []
        for text, page in rows[:60]:
            if _BULLET.match(text) or not factors:
                factors += ((part, page) for part in split_factors(text))
            else:
                before, first = factors[-1]
                joined, *more = split_factors(f"{before} {text}") or (before,)
                factors[-1] = (joined, first)
                factors += ((part, page) for part in more)
        for text, page in factors:
            named = find_named_criteria(unit, text, self._patterns)
            yield Deficiency(unit=unit, criteria=named, page=page, text=text)


def _find_phrase(plain: str, phrase: re.Pattern[str]) -> str:
    """Return the rating in words that ends a line, or is a line of its own."""
    last = next(reversed(list(phrase.finditer(plain))), None)
    return last[0] if last and not plain[last.end() :].strip(" .,;:-") else ""
