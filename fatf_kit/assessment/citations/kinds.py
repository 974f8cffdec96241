"""The kind of instrument that a citation names, by the words of its country.

The longest word at the earliest place decides, because titles begin with the kind in Arabic and French and often in
English. English titles may also end with it ("Banking Act Rules"), so there the last of adjacent words decides. Words
are data in `frameworks/countries/`. A wrong kind is worse than none: where the wording leaves it open, it is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.assessment.citations.text import simplify_letters
from fatf_kit.framework.country_facts import (
    Community,
    CommunityText,
    InstrumentWords,
    load_communities,
    load_community_texts,
    load_instrument_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentKind:
    """The kind of an instrument by its wording, and the place of the word for it. `kind` is None where it is open.

    `language` is that of the word; empty for texts of regional organisations.
    """

    start: int
    end: int
    kind: EvidenceKind | None
    is_certain: bool = True
    applies_from: date | None = None
    language: str = ""


class _FoundKind(NamedTuple):
    start: int
    end: int
    entries: tuple[InstrumentWords, ...]


def find_kind(plain: str, country: str | None, series: Iterable[str] = ()) -> InstrumentKind | None:
    """Return the kind that a plain text names; None where it has no word for an instrument.

    `series` are the letters of the articles cited ("R" for the decrees in a French code).

    >>> str(find_kind("loi n° 12-2019", "SEN").kind), find_kind("rapport annuel 2019", None).kind.value
    ('law', 'document')
    """
    found = _all_words(plain, country)
    common = _community_text(plain, country, found[0] if found else None)
    if common is not None:
        return common
    if not found or _is_about_another(plain, found[0]):
        return None
    head = _head(plain, found)
    entry = _entry_of_series(plain, head, country, frozenset(series)) or next(
        one for one in head.entries if not one.article_series
    )
    is_confirmed = any(one.is_confirmed and one.kind == entry.kind for one in (entry, *head.entries))
    return InstrumentKind(
        start=head.start,
        end=head.end,
        kind=EvidenceKind(entry.kind) if entry.kind else None,
        is_certain=entry.kind is None or is_confirmed,
        language=entry.language,
    )


def _entry_of_series(
    plain: str, head: _FoundKind, country: str | None, series: frozenset[str]
) -> InstrumentWords | None:
    """Return the entry for articles of these letters, where the text begins with its word ("R" of a French code)."""
    known = (one for one in load_instrument_words(country) if series and series <= set(one.article_series))
    return next((one for one in known if plain.startswith(tuple(map(simplify_letters, one.words)), head.start)), None)


def find_instrument_starts(plain: str, country: str | None) -> tuple[int, ...]:
    """Return where words for instruments are."""
    return tuple(one.start for one in _all_words(plain, country))


@lru_cache(maxsize=32_768)
def _all_words(plain: str, country: str | None) -> tuple[_FoundKind, ...]:
    pattern, entries = _words(country)
    return tuple(
        _FoundKind(start=match.start(), end=match.end(), entries=entries[_key(match["latin"] or match["arabic"])])
        for match in pattern.finditer(plain)
    )


_GAP = re.compile(r"\s*(?:\d{4}(?!\d))?[\s'-]*(?:s\s)?(?:\([^()]*\))?\s*(?:[a-z][a-z/&'-]*\s+){0,3}")
_BREAKS = re.compile(
    r"\b(?:of|on|for|to|the|under|by|with|in|no|nos|number|and|made|issued|pursuant|concerning|regarding|relating|"
    r"amending|about|our|this|that|from|at|as|or|against|section|article|art|s|sec|para|part|chapter|is|are|was)\b"
)


def _head(plain: str, found: tuple[_FoundKind, ...]) -> _FoundKind:
    """Return the word that says what the text is: the first, or in an English title the last of adjacent ones."""
    head = found[0]
    if any(one.is_draft for one in head.entries):
        return head
    for other in found[1:]:
        if not all(any(one.language == "en" for one in f.entries) for f in (head, other)):
            return head
        gap = plain[head.end : other.start]
        if not _GAP.fullmatch(gap) or _BREAKS.search(re.sub(r"\([^()]*\)", "", gap)):
            return head
        head = other
        if any(one.is_draft for one in head.entries):
            return head
    return head


_ABOUT = re.compile(
    r"(?:\b(?:on|about|concerning|regarding|to|under)\s+(?:the|this|our|a|an)\s+(?:[\w/&'-]+\s+){0,6}"
    r"|\b(?:sur|concernant|relatif a|relative a|au sujet de)\s+(?:la|le|les|l'|une?)\s*(?:[\w/&'-]+\s+){0,6}"
    r"|(?<!\w)(?:بشان|حول|في شان|بخصوص)\s+(?:\w+\s+){0,4})$"
)
_PARTS_OF_TEXTS = re.compile(
    r"(?:annex|annexe|appendix|schedule|chapter|chapitre|part|partie|title|titre|amend|modif|provision|disposition)"
)


def _is_about_another(plain: str, first: _FoundKind) -> bool:
    """Return whether something without a known kind speaks about the instrument ("Answers on the AML Law")."""
    before = re.sub(r"\([^()]*\)", " ", plain[: first.start])
    about = _ABOUT.search(before)
    lead = before[: about.start()].strip(" ,:-") if about else ""
    return bool(lead) and not _PARTS_OF_TEXTS.match(lead)


def _community_text(plain: str, country: str | None, first: _FoundKind | None) -> InstrumentKind | None:
    """Return the kind of a text of a regional organisation; None where the instrument is none of theirs."""
    for one in load_communities():
        mark = _marks(one).search(plain)
        if mark is None or (first is not None and first.start <= mark.start() < first.end):
            continue
        if _is_of_other_issuer(plain, one):  # a supervisor's regulation is no law
            continue
        word = _direct_words(one).search(plain)
        start = min(mark.start(), word.start()) if word else mark.start()
        if first is not None and first.start < start and not _is_adjacent(plain, first, mark):
            continue
        text = next((t for t in load_community_texts() if t.community == one.id and _is_text(plain, t)), None)
        is_direct = text.is_direct if text else word is not None and (first is None or word.start() <= first.start)
        is_member = country in one.members and not (text and country in text.not_in)
        if not is_direct or not is_member:
            return InstrumentKind(start=start, end=mark.end(), kind=None)
        return InstrumentKind(
            start=start,
            end=max(mark.end(), word.end() if word else 0),
            kind=EvidenceKind.SUPRANATIONAL_LAW,
            is_certain=text is None or text.is_confirmed,
            applies_from=text.applies_from if text else None,
        )
    return None


def _is_adjacent(plain: str, first: _FoundKind, mark: re.Match[str]) -> bool:
    """Return whether an organisation's mark belongs to the first word: few characters and no other word between."""
    between = plain[first.end : mark.start()]
    return len(between) <= _NEAR and re.search(r"[,;]|\b(?:implement|applic|portant|pris)", between) is None


_NEAR = 30
"""Characters between the word for an instrument and the mark of its organisation: number and date fit."""


def _is_text(plain: str, text: CommunityText) -> bool:
    numbers = any(_number(number).search(plain) for number in text.numbers)
    return numbers or any(simplify_letters(words) in plain for words in text.title_words)


@cache
def _number(number: str) -> re.Pattern[str]:
    """Return a pattern for a number with or without leading noughts."""
    parts = (
        f"0*{part.lstrip('0')}" if part.isdigit() else re.escape(simplify_letters(part)) for part in number.split("/")
    )
    return re.compile(rf"(?<![\d/]){'/'.join(parts)}(?![\d])")


@cache
def _marks(one: Community) -> re.Pattern[str]:
    return _abbreviations(one.marks)


def _is_of_other_issuer(plain: str, community: Community) -> bool:
    """Return whether a text names a supervisor or central bank of the region, and not the council of ministers."""
    is_other = _abbreviations(community.other_issuers).search(plain) is not None
    return is_other and _abbreviations(community.council_marks).search(plain) is None


@cache
def _abbreviations(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of some names, the longest first; without a name it matches nothing."""
    marks = "|".join(re.escape(simplify_letters(name)) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{marks})(?![a-z])" if marks else r"(?!)")


@cache
def _direct_words(one: Community) -> re.Pattern[str]:
    words = "|".join(re.escape(simplify_letters(word)) for word in one.direct_words)
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")


@cache
def _words(country: str | None) -> tuple[re.Pattern[str], dict[str, tuple[InstrumentWords, ...]]]:
    """Return a pattern for all words of a country, the longest first, and the entries behind the key of each word.

    Of several entries with one word those of the country come before the general ones.
    """
    entries: dict[str, list[InstrumentWords]] = {}
    patterns: dict[str, str] = {}
    for entry in load_instrument_words(country):
        for word in entry.words:
            key = _key(word)
            entries.setdefault(key, []).append(entry)
            patterns.setdefault(key, _pattern_of(simplify_letters(word), entry))
    longest_first = sorted(patterns, key=len, reverse=True)
    latin = "|".join(patterns[key] for key in longest_first if key.isascii())
    arabic = "|".join(patterns[key] for key in longest_first if not key.isascii())
    begin = r"(?:(?<!\w)|(?<=(?<!\w)[وف]))(?=[^\x00-\x7f])"  # "and" is one letter before the next word
    prefix = r"(?:ب|ك)?(?:ال|لل|ل)?"
    found = re.compile(rf"(?<!\w)(?P<latin>{latin})(?!\w)|{begin}{prefix}(?P<arabic>{arabic})(?!\w)")
    return found, {key: tuple(listed) for key, listed in entries.items()}


@lru_cache(maxsize=4_096)
def _key(word: str) -> str:
    """Return a word without hyphens, the Arabic article and points of a short form, by which it is found."""
    plain = simplify_letters(word)
    if _SHORT_FORM.fullmatch(plain):
        return re.sub(r"[\s.]", "", plain)
    tokens = (re.sub("^(?:ال|لل)", "", token) for token in re.split(r"[\s.-]+", plain))
    return " ".join(filter(None, tokens))


_SHORT_FORM = re.compile(r"[a-z](?=[.\s])(?:[.\s]{0,2}[a-z]){1,3}\.?")


def _pattern_of(plain: str, entry: InstrumentWords) -> str:
    if entry.is_before_number:
        return rf"{re.escape(plain)}(?=\s*\.?\s*(?:\d|رقم))"
    if not plain.isascii():
        first, *rest = (re.escape(token.removeprefix("ال")) for token in plain.split())
        return "".join([first, *(rf"\s+(?:ال|لل)?{token}" for token in rest)])
    if re.fullmatch(r"(?:[a-z]\.)+", plain):
        return r"\.?\s?".join(plain.split(".")[:-1]) + r"\.?"
    tokens = re.split(r"[\s-]+", plain)
    return r"[\s-]+".join(re.escape(token.rstrip(".")) + (r"\.?" if token.endswith(".") else "") for token in tokens)
