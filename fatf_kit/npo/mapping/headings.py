"""Words by which the columns of a register and the values in them are known, in three languages.

The words are data, `frameworks/npo/headings.json`. A heading is compared as a set of words without endings, so that
"Countries of operation" and "operation_country" are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder
from fatf_kit.npo.register.cell_values import country, strip_accents

_WORD = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_ABBREVIATED = frozenset(("org", "acty", "code", "us"))
_LEAST_WORD, _LEAST_LUMP = 3, 8
"""Letters of an Arabic word without its article, and of a heading that may be several words written as one."""

Phrase = frozenset[str]
"""The words of a phrase, without endings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCodes:
    """A published list of codes: values that look like its codes, and what the codes (a prefix ends in "*") mean."""

    name: str
    words: tuple[Phrase, ...]
    matches: re.Pattern[str]
    codes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The words. `fields` and `excluded` are by field, `values` by field and code.

    `also` names, by field, a second field that the same column tells, and its code for each code of the first.
    """

    stop: Phrase
    neutral: Phrase
    personal: tuple[Phrase, ...]
    names: tuple[Phrase, ...]
    address: tuple[Phrase, ...]
    country: Phrase
    percentage: Phrase
    purpose_marks: Phrase
    beneficiary_marks: Phrase
    whom: tuple[Phrase, ...]
    fields: Mapping[str, tuple[Phrase, ...]]
    excluded: Mapping[str, Phrase]
    values: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    also: Mapping[str, tuple[str, Mapping[str, str]]]
    classifications: tuple[PublishedCodes, ...]
    lumps: frozenset[str]


@cache
def load_headings() -> Headings:
    """Return the bundled words.

    Raises:
        FrameworkError: the file is at odds with its schema.
    """
    path = data_folder("frameworks") / "npo" / "headings.json"
    data: dict[str, Any] = load_value(path, dict, "npo-headings.schema.json")
    lists = [data[key] for key in ("purpose_marks", "beneficiary_marks", "personal", "names", "address", "whom")]
    lists += [item["words"] for item in data["fields"].values()]
    lists += [words for codes in data["values"].values() for words in codes.values()]
    whole = {part for words in lists for text in _all(words) for part in _split(text)}
    whole |= {part for item in data["classifications"] for text in item["words"] for part in _split(text)}
    phrases: dict[str, Any] = {key: _phrases(data[key]) for key in ("personal", "names", "address", "whom")}
    single = ("neutral", "country", "percentage", "purpose_marks", "beneficiary_marks")
    words: dict[str, Any] = {key: _one(data[key]) for key in single}
    return Headings(
        stop=frozenset(part for text in _all(data["stop"]) for part in _split(text)),
        **phrases,
        **words,
        fields={key: _phrases(item["words"]) for key, item in data["fields"].items()},
        excluded={key: _one(item["not"]) for key, item in data["fields"].items()},
        values={key: {code: _phrases(texts) for code, texts in codes.items()} for key, codes in data["values"].items()},
        also={key: (item["field"], item["codes"]) for key, item in data["also"].items()},
        classifications=tuple(_classification(item) for item in data["classifications"]),
        lumps=frozenset(part for part in whole if len(part) >= 2 and part.isascii()),
    )


def _classification(item: Mapping[str, Any]) -> PublishedCodes:
    return PublishedCodes(
        name=item["name"],
        words=tuple(phrase_of(text) for text in item["words"]),
        matches=re.compile(item["matches"]),
        codes=item["codes"],
    )


def _all(words: Mapping[str, Sequence[str]]) -> Iterable[str]:
    return (text for language in words.values() for text in language)


def _phrases(words: Mapping[str, Sequence[str]]) -> tuple[Phrase, ...]:
    found = dict.fromkeys(phrase_of(text) for text in _all(words))
    return tuple(phrase for phrase in found if phrase)


def _one(words: Mapping[str, Sequence[str]]) -> Phrase:
    return frozenset(stem(part) for text in _all(words) for part in _split(text))


def _split(text: str) -> list[str]:
    return _WORD.findall(strip_accents(_CAMEL.sub(" ", text)))


def stem(word: str) -> str:
    """Return a word without article and plural ending; the same word is always cut the same way.

    >>> stem("countries"), stem("القطاع"), stem("status")
    ('country', 'قطاع', 'status')
    """
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEAST_WORD:
            return word[len(article) :]
    if len(word) > _LEAST_WORD and word.isascii():
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith(("s", "x")) and not word.endswith(("ss", "us")):
            return word[:-1]
    return word


def phrase_of(text: str) -> Phrase:
    """Return the words of a phrase of the data: all of them count.

    >>> sorted(phrase_of("numéro d'enregistrement"))
    ['enregistrement', 'numero']
    """
    return frozenset(stem(word) for word in _split(text) if len(word) > 1 and word not in _GLUE)


_GLUE = frozenset(("of", "the", "and", "or", "in", "to", "de", "du", "des", "la", "le", "les", "et", "ou", "en", "au",
                   "aux", "من", "في", "على", "التي", "او", "فيها", "where", "it", "from", "by", "for"))  # fmt: skip


def words_in(heading: str) -> Phrase:
    """Return the words of a heading, of a value too, without those that say nothing; words written as one are parted.

    >>> sorted(words_in("CharityRegistrationNumber")), sorted(words_in("Orgpurposereligious"))
    (['charity', 'number', 'registration'], ['org', 'purpose', 'religious'])
    """
    known, found = load_headings(), []
    for word in _split(_without_currency(heading)):
        parted = _parted(word, known.lumps | _ABBREVIATED) if len(word) >= _LEAST_LUMP else None
        for part in parted or (word,):
            if part not in known.stop and part not in _GLUE and (len(part) > 1 or not part.isascii()):
                found.append(stem(part))
    return frozenset(word for word in found if not word.isdigit())


def extra_words(words: Phrase, phrase: Phrase) -> Phrase:
    """Return what a heading says beyond a phrase: words that are neither neutral nor a country's name.

    >>> sorted(extra_words(words_in("Annual returns received in Kenya"), phrase_of("returns received")))
    []
    """
    neutral = load_headings().neutral
    return frozenset(word for word in words - phrase if word not in neutral and country(word) is None)


def has_phrase(words: Phrase, phrases: Iterable[Phrase]) -> bool:
    """Return whether one of the phrases is among the words."""
    return any(phrase <= words for phrase in phrases)


def _without_currency(heading: str) -> str:
    """Leave out currencies, as in "Income (KES)", and explanations in square brackets."""
    return re.sub(r"\([A-Z]{3}\)|_(gbp|usd|eur)$|\[.*?\]", " ", heading)


@cache
def _parted(word: str, known: frozenset[str]) -> tuple[str, ...] | None:
    """Return a word as several known ones, the longest first; None where it cannot be parted whole."""
    if word in known:
        return (word,)
    for end in range(len(word) - 2, 1, -1):
        if word[:end] in known and (rest := _parted(word[end:], known)):
            return (word[:end], *rest)
    return None
