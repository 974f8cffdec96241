"""The ratings of Recommendations and outcomes: in sentences, and in the tables of ratings with their factors."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from fatf_kit.core.ratings import COMPLIANCE_SCALE, ComplianceRating
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.published.model import PublishedRating
from fatf_kit.report_text.model import ConclusionPassage, RatingPlace, StatedRating
from fatf_kit.report_text.words import ReportPatterns
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
