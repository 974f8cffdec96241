"""A language with a country, such as "ar-IQ", and the words that the country uses where our texts say another one.

Our texts are written once in a language. `frameworks/countries/vocabulary.json` says which words of them a country
replaces: the prosecution service, legal persons, money laundering, kinds of instruments, names of bodies. Names of
months come from Unicode CLDR. Text that a country typed is never changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.resources import data_folder

_WORD = re.compile(r"[\w\u0640\u064b-\u0652]+")
_DEFINITE, _TO_THE, _OTHER = "ال", "لل", "ل"
_BEFORE_DEFINITE = ("", "و", "ف", "ب", "ك", "وب", "فب", "وك")
_BEFORE_OTHERS = (*_BEFORE_DEFINITE, "ل", "ول", "فل")
_BEFORE_TO = ("", "و", "ف")
_ALSO_A_VERB = "مارس"
"""The name of March is also a verb, so that it counts as a month only before a year."""
_YEARS_OF_TEXTS = range(1990, 2060)

Phrases = Mapping[str, tuple[tuple[str, str], ...]]
"""Pairs of a phrase and what replaces it, by the first word of the phrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _NationalWords:
    """The words of a country in one language.

    `names` replace a text that is nothing else. `agreeing` are the sentences in which verbs and pronouns agree with a
    name of another gender; they still have the general name, which `phrases` then replace.
    """

    names: Mapping[str, str]
    agreeing: Phrases
    phrases: Phrases


def base_language(language: str) -> str:
    """Return the language without its country.

    >>> base_language("ar-IQ"), base_language("fr")
    ('ar', 'fr')
    """
    return language.partition("-")[0]


@cache
def add_country(language: str, country: str | None) -> str:
    """Return the language as the country with an ISO 3166-1 alpha-3 code uses it; unchanged if nothing is known of it.

    A language that has a country keeps it.

    >>> add_country("ar", "IRQ"), add_country("fr", "MAR"), add_country("en", "IRQ"), add_country("ar", None)
    ('ar-IQ', 'fr-MA', 'en', 'ar')
    """
    if not country or "-" in language:
        return language
    from babel.core import get_global
    from babel.localedata import exists

    region = get_global("territory_aliases").get(country, ("",))[0]
    is_known = exists(f"{language}_{region}") or (language, country) in _variants()
    return f"{language}-{region}" if region and is_known else language


def apply_vocabulary(text: str, language: str) -> str:
    """Return a text of ours with the words of the country of a language; the text itself in a language without one.

    >>> apply_vocabulary("إبلاغ النيابة العامة في يونيو 2026", "ar-IQ")
    'إبلاغ رئاسة الادعاء العام في حزيران 2026'
    >>> apply_vocabulary("تشرين الأول/أكتوبر 2025 وحزيران/يونيو 2026", "ar-IQ")
    'تشرين الأول 2025 وحزيران 2026'
    >>> apply_vocabulary("La CRF et le ministère public", "fr-TN")
    'La CTAF et le ministère public'
    """
    return _replace_words(text, language) if "-" in language else text


@lru_cache(maxsize=16_384)  # the same headings and messages are in every sheet
def _replace_words(text: str, language: str) -> str:
    words = _words_of(language)
    if text in words.names:
        return words.names[text]
    return _replace_phrases(_replace_phrases(text, words.agreeing), words.phrases)


def _replace_phrases(text: str, phrases: Phrases) -> str:
    """Return a text with each phrase replaced, the longest one that begins at a word."""
    made: list[str] = []
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end or word[0] not in phrases:
            continue
        for phrase, national in phrases[word[0]]:
            if text.startswith(phrase, word.start()) and not _WORD.match(text, word.start() + len(phrase)):
                made += (text[end : word.start()], national)
                end = word.start() + len(phrase)
                break
    return "".join((*made, text[end:])) if made else text


def localise(data: Any, language: str) -> Any:
    """Return texts of ours, in lists and mappings, with the words of the country of a language."""
    if "-" not in language:
        return data
    if isinstance(data, str):
        return apply_vocabulary(data, language)
    if isinstance(data, list):
        return [localise(item, language) for item in data]
    return {key: localise(value, language) for key, value in data.items()} if isinstance(data, dict) else data


def choose_text(texts: Mapping[str, str], language: str) -> str:
    """Return the text in a language of those that a file gives by language, with the words of the country."""
    return apply_vocabulary(texts[base_language(language)], language)


@lru_cache(maxsize=16_384)
def list_national_forms(text: str, language: str) -> tuple[str, ...]:
    """Return a text of ours as all countries write it, the general form first: what a reader has to accept.

    >>> list_national_forms("النيابة العامة", "ar")
    ('النيابة العامة', 'الادعاء العام', 'النيابة العمومية')
    """
    if not any(word[0] in _first_words(language) for word in _WORD.finditer(text)):
        return (text,)
    return tuple(dict.fromkeys((text, *(apply_vocabulary(text, tag) for tag in _list_tags(language)))))


@cache
def _words_of(language: str) -> _NationalWords:
    base = base_language(language)
    tags = _list_tags(base)
    names: dict[str, str] = {}
    agreeing: dict[str, str] = {}
    phrases = dict(_months(language)) if base == "ar" and "-" in language else {}
    spell = _with_prefixes if base == "ar" else _with_capitals
    for variant in _variants().get((base, tags.get(language, "")), ()):
        names |= variant.get("names", {})
        for form, national in variant.get("agreeing", {}).items():
            agreeing |= spell(form, national)
        for form, national in variant.get("forms", {}).items():
            phrases |= spell(form, national)
    return _NationalWords(names=names, agreeing=_index_phrases(agreeing), phrases=_index_phrases(phrases))


def _index_phrases(phrases: Mapping[str, str]) -> Phrases:
    """Return phrases by their first word, the longest first."""
    longest_first = sorted(phrases.items(), key=lambda pair: len(pair[0]), reverse=True)
    found = group_pairs((first[0], pair) for pair in longest_first if (first := _WORD.match(pair[0])))
    return {first: tuple(listed) for first, listed in found.items()}


@cache
def _first_words(language: str) -> frozenset[str]:
    every = (words for tag in _list_tags(language) if (words := _words_of(tag)))
    return frozenset(word for words in every for word in (*words.agreeing, *words.phrases))


@cache
def _list_tags(language: str) -> Mapping[str, str]:
    """Return the countries whose words are known, by the language with the country."""
    return {add_country(language, country): country for base, country in _variants() if base == language}


@cache
def _variants() -> Mapping[tuple[str, str], tuple[Mapping[str, Any], ...]]:
    """Return the variants of terms by language and country, those of another gender with the sentences that agree."""
    path = data_folder("frameworks") / "countries" / "vocabulary.json"
    found = group_pairs(
        (
            (term["language"], country),
            variant | {"agreeing": term[gender]} if (gender := variant.get("gender")) else variant,
        )
        for term in json.loads(path.read_text(encoding="utf-8"))["terms"]
        for variant in term["variants"]
        for country in variant["countries"]
    )
    return {key: tuple(variants) for key, variants in found.items()}


def _with_prefixes(form: str, national: str) -> dict[str, str]:
    """Return an Arabic form with each particle that is written as part of its first word."""
    if not form.startswith(_DEFINITE):
        return {f"{before}{form}": _join(before, national) for before in _BEFORE_OTHERS}
    found = {f"{before}{form}": f"{before}{national}" for before in _BEFORE_DEFINITE}
    bare = form.removeprefix(_DEFINITE)
    return found | {f"{before}{_TO_THE}{bare}": _join(f"{before}{_OTHER}", national) for before in _BEFORE_TO}


def _join(before: str, word: str) -> str:
    """Return a word with particles before it: ل and ال become لل, and ل and الل become لل too."""
    if before.endswith(_OTHER) and word.startswith(_DEFINITE):
        bare = word.removeprefix(_DEFINITE)
        return f"{before}{bare}" if bare.startswith(_OTHER) else f"{before}{_OTHER}{bare}"
    return f"{before}{word}"


def _with_capitals(form: str, national: str) -> dict[str, str]:
    return {form: national, form[:1].upper() + form[1:]: national[:1].upper() + national[1:]}


def _months(language: str) -> Iterator[tuple[str, str]]:
    """Yield the Arabic names of months in our texts with those of the country, where they differ."""
    from babel.dates import get_month_names
    from babel.localedata import exists

    locale = language.replace("-", "_")
    if not exists(locale):
        return
    national, eastern = (get_month_names("wide", locale=each) for each in (locale, "ar_IQ"))
    for number, name in get_month_names("wide", locale="ar").items():
        yield from _with_prefixes(f"{eastern[number]}/{name}", national[number]).items()  # our pages have both names
        if national[number] == name:
            continue
        if name == _ALSO_A_VERB:
            yield from ((f"{name} {year}", f"{national[number]} {year}") for year in _YEARS_OF_TEXTS)
        else:
            yield from _with_prefixes(name, national[number]).items()
