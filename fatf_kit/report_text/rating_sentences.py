"""The ratings of Recommendations and outcomes that sentences state, outside of the tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from fatf_kit.core.ratings import COMPLIANCE_SCALE, ComplianceRating
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.published.model import PublishedRating
from fatf_kit.report_text.model import ConclusionPassage, RatingPlace, StatedRating
from fatf_kit.report_text.words import ReportPatterns
from fatf_kit.texts.folding import fold
from fatf_kit.texts.model import TextLine

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[^\W\d]|\d{1,4}\.\s)")
_ENDED = re.compile(r"[.;:!?][\"”»’)]*\s*$")
_FARTHEST = 25  # letters between the word for a level and the level
_AROUND = ((0, 1), (0, 2), (1, 1), (1, 2), (2, 3))
"""Lines before and after that may have the rest of a sentence."""

_ReadSentence = Callable[[str, int | None, ReportPatterns], StatedRating | None]


def find_stated_ratings(
    lines: Sequence[TextLine],
    conclusions: Sequence[ConclusionPassage],
    patterns: ReportPatterns,
    tabled: Collection[int] = (),
) -> tuple[StatedRating, ...]:
    """Return the ratings that sentences state, each unit once: the last sure sentence about it counts, else the last.

    `tabled` are the places of lines in tables of ratings, which are no sentences.
    """
    found: dict[str, StatedRating] = {}
    for rated in (*_read_conclusions(conclusions, patterns), *_read_lines(lines, patterns, tabled)):
        if rated.is_sure or rated.unit not in found or not found[rated.unit].is_sure:
            found[rated.unit] = rated
    return tuple(found.values())


def _read_conclusions(conclusions: Sequence[ConclusionPassage], patterns: ReportPatterns) -> Iterator[StatedRating]:
    """Yield the ratings in conclusions, which often name no Recommendation."""
    for passage in conclusions:
        sentences = _split_sentences(passage.text)
        stated = [
            rated for text in sentences if (rated := _read_compliance(text, passage.page, patterns, passage.unit))
        ]
        yield from stated
        phrases = patterns.compliance.phrase.findall(fold(sentences[-1]) if sentences else "")
        rating = patterns.compliance.read(phrases[-1]) if phrases else None
        # "compliant" alone has other uses
        if not any(rated.unit == passage.unit for rated in stated) and rating in COMPLIANCE_SCALE[:3]:
            yield _state(passage.unit, ComplianceRating(rating), passage.page, is_sure=len(phrases) == 1)


def _read_lines(lines: Sequence[TextLine], patterns: ReportPatterns, tabled: Collection[int]) -> Iterator[StatedRating]:
    folded = [fold(line.text) for line in lines]
    for at, text in enumerate(folded):
        readers: list[_ReadSentence] = [_read_compliance] if patterns.rated.search(text) else []
        readers += [_read_level] if patterns.effectiveness.search(text) else []
        if not readers or at in tabled or patterns.begins_caption(lines[at].text):
            continue
        first: list[StatedRating] = []
        for before, after in _AROUND:  # the fewest lines that contain the whole sentence
            places = [place for place in range(max(at - before, 0), min(at + after, len(lines))) if place not in tabled]
            around = " ".join(lines[place].text for place in places)
            is_last = places[-1] + 1 == len(lines) or lines[places[-1] + 1].block != lines[places[-1]].block
            sentences = _split_sentences(around)
            whole = [text for text in sentences if _ENDED.search(text) or (is_last and text is sentences[-1])]
            page = lines[at].page
            if stated := [rated for text in whole for read in readers if (rated := read(text, page, patterns))]:
                yield from stated
                break
            first = first or [rated for text in sentences for read in readers if (rated := read(text, page, patterns))]
        else:
            yield from (_state(rated.unit, rated.rating, rated.page, is_sure=False) for rated in first)


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
    near = min(references, key=lambda reference: abs(reference.start() - verb.start()), default=None)
    name = f"R.{int(near['number'])}" if near else unit
    if not stated or name not in RECOMMENDATIONS:
        return None
    ratings = {words.read(found[0]) for found in words.phrase.finditer(plain)}
    is_sure = len({int(reference["number"]) for reference in references}) <= 1 and len(ratings) <= 1
    return _state(name, words.read(stated[0]), page, is_sure=is_sure)


def _read_level(sentence: str, page: int | None, patterns: ReportPatterns) -> StatedRating | None:
    plain = fold(sentence)
    words = patterns.effectiveness.search(plain)
    references = patterns.outcome_reference.finditer(plain)
    outcomes = {f"IO.{int(found['number'])}" for found in references}
    if not words or len(outcomes) != 1 or patterns.earlier.search(plain):
        return None
    phrases = list(patterns.levels.phrase.finditer(plain))
    gaps = {
        min(abs(found.start() - words.end()), abs(words.start() - found.end())): found[0] for found in reversed(phrases)
    }
    name, nearest = next(iter(outcomes)), min(gaps, default=_FARTHEST + 1)
    if nearest > _FARTHEST or name not in OUTCOMES:
        return None
    is_sure = len({patterns.levels.read(found[0]) for found in phrases}) == 1
    return _state(name, patterns.levels.read(gaps[nearest]), page, is_sure=is_sure)


def _state(unit: str, rating: PublishedRating, page: int | None, *, is_sure: bool) -> StatedRating:
    return StatedRating(unit=unit, rating=rating, page=page, place=RatingPlace.SENTENCE, is_sure=is_sure)
