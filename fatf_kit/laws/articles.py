"""The articles that a citation or a provision names, in a form that can be compared.

"arts. 14-16", "المادة 26/ثانياً" and "Article premier" become keys: the number of the article, then the steps within it.
A key covers every longer key that begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from fatf_kit.assessment.citations.citations import read_part
from fatf_kit.assessment.citations.text import simplify_letters
from fatf_kit.framework.country_facts import load_article_words

ArticleKey = tuple[str, ...]
"""An article and the steps within it: ("12",), ("12", "3", "a"), ("26", "ثانيا"), ("l561-2",)."""

Relation = Callable[[ArticleKey, ArticleKey], bool]
"""A relation of two articles: `covers` or `are_related`."""

_RANGE_WORDS = ("-", "to", "through", "a", "الي", "حتي", "ولغايه", "لغايه")
_LONGEST_RANGE = 300  # articles; a longer range is a number of another kind


@lru_cache(maxsize=16_384)
def read_article_keys(label: str, country: str | None = None) -> tuple[ArticleKey, ...]:
    """Return the articles that a text names, in its order, each once; a range is every article of it.

    >>> read_article_keys("arts. 14-16 and 41a(3)(b)")
    (('14',), ('15',), ('16',), ('41a', '3', 'b'))
    >>> read_article_keys("المادة 26/ثانياً/أ"), read_article_keys("المادة الثامنة عشرة")
    ((('26', 'ثانيا', 'ا'),), (('18',),))
    >>> read_article_keys("art. L. 561-2, al. 3"), read_article_keys("article premier")
    ((('l561-2',),), (('1',),))
    """
    part = read_part(label, country)
    plain = part.text.plain
    named = ((plain[one.start : one.end], one.series.casefold()) for one in part.articles)
    return tuple(dict.fromkeys(key for text, series in named for key in _keys_in(text, series)))


def covers(whole: ArticleKey, part: ArticleKey) -> bool:
    """Return whether one key is the other, or is of the article or paragraph in which it is.

    >>> covers(("12",), ("12", "3")), covers(("12", "3"), ("12",))
    (True, False)
    """
    return part[: len(whole)] == whole


def are_related(one: ArticleKey, other: ArticleKey) -> bool:
    """Return whether one of two keys covers the other."""
    return covers(one, other) or covers(other, one)


def do_labels_relate(one: str, other: str, country: str | None = None, relates: Relation = are_related) -> bool:
    """Return whether an article that one text names relates to one of another text; by default one covers the other.

    >>> do_labels_relate("art. 12(3)", "article 12"), do_labels_relate("art. 12(3)", "article 12", relates=covers)
    (True, False)
    """
    others = read_article_keys(other, country)
    return any(relates(key, own) for key in read_article_keys(one, country) for own in others)


def _keys_in(plain: str, series: str) -> Iterator[ArticleKey]:
    """Yield the keys of one reference; numbers of parts of an article that words name are passed over."""
    is_part = False
    last: ArticleKey = ()
    joint = ""
    for token in _tokens().finditer(plain):
        kind = token.lastgroup or ""
        if kind == "joint":
            joint = token[0].strip()
            continue
        if kind in ("part", "article"):
            is_part = kind == "part"
        elif not is_part:
            read = _read_key(token, plain, series, last)
            for key in _expand(read, last, is_range=joint in _RANGE_WORDS):
                last = key
                if key:
                    yield key
        joint = ""


def _read_key(token: re.Match[str], plain: str, series: str, last: ArticleKey) -> ArticleKey:
    """Return the key of a number or of words; a number alone in brackets is a step of the article before it."""
    if token.lastgroup == "words":
        return (str(sum(_values()[word] for word in re.findall(_any_number_word(), token[0]))),)
    if token.lastgroup == "letter":
        return (*last[:-1], token["letter"]) if len(last) > 1 else last
    letter = series if "-" in token["main"] and token["main"][0].isdigit() else ""
    steps = filter(None, re.split(r"[()/\s«»-]+", token["steps"] or ""))
    key = (letter + re.sub(r"[\s.*]", "", token["main"]), *steps)
    is_step = len(last) > 1 and plain[: token.start()].endswith("(") and len(key) == 1
    return (*last[:-1], *key) if is_step else key


def _expand(key: ArticleKey, last: ArticleKey, *, is_range: bool) -> Iterator[ArticleKey]:
    """Yield a key, after those between it and the one before it where it ends a range ("14-16", "4(2)-(4)")."""
    first, dash, end = key[0].partition("-")
    if dash and len(key) == 1 and first.isdigit() and end.isdigit() and int(first) < int(end):
        yield (first,)
        last, key, is_range = (first,), (end,), True
    yield from _between(last, key) if is_range else ()
    yield key


def _between(first: ArticleKey, last: ArticleKey) -> Iterator[ArticleKey]:
    """Yield the keys between two that differ in their last number only."""
    if len(first) != len(last) or first[:-1] != last[:-1]:
        return
    if first[-1].isdigit() and last[-1].isdigit():
        low, high = int(first[-1]), int(last[-1])
        if low < high <= low + _LONGEST_RANGE:
            yield from ((*first[:-1], str(one)) for one in range(low + 1, high))
    elif len(first[-1]) == len(last[-1]) == 1 and first[-1].isalpha() and last[-1].isalpha():
        yield from ((*first[:-1], chr(one)) for one in range(ord(first[-1]) + 1, ord(last[-1])))


@cache
def _values() -> dict[str, int]:
    """Return numbers by their words, as the list of words orders them: ones, then tens.

    Words that together name a number ("الثامنة عشرة", "seventy-five", "premier") are added.
    """
    words = load_article_words().number_words
    arabic = [simplify_letters(word) for word in words["ar"]]
    ones = {word: 1 + at // 2 for at, word in enumerate(arabic[:20])}
    tens = {word: 20 + 10 * (at // 2) for at, word in enumerate(arabic[22:38])}
    english = dict(zip(words["en"], [*range(1, 21), *range(30, 100, 10), 1, 2, 3], strict=True))
    french = {simplify_letters(word): int(not word.startswith("pr\u00e9l")) for word in words["fr"]}
    tenth, hundred = {"عشره": 10, "عشر": 10}, dict.fromkeys(arabic[38:], 100)
    return ones | dict.fromkeys(arabic[20:22], 1) | tens | hundred | tenth | english | french


@cache
def _any_number_word() -> str:
    return "|".join(re.escape(word) for word in sorted(_values(), key=len, reverse=True))


@cache
def _tokens() -> re.Pattern[str]:
    words = load_article_words()
    languages = words.words.values()
    articles = [w for one in languages for role in ("article", "text") for w in one[role]]
    articles += [w for one in words.by_country for w in one.words]
    parts = [w for one in languages for role in ("part", "inner") for w in one[role]]
    suffix = "|".join((*words.suffixes, "مكررا?"))
    value = _any_number_word()
    main = (
        rf"(?:[lrda]\.?\s?\*?\s?(?=\d{{3}}-))?(?:\d+(?:[-.]\d+)*?(?=[-.]\d)(?:[-.]\d+)+|\d+)"
        rf"(?:er|ere|e|eme)?(?![a-z]{{4}})[a-z]{{0,2}}(?:\s*\)?\s*(?:{suffix})(?![a-z])(?:\s*\(?\d{{1,2}}\)?)?)?"
    )
    step = r"\s?(?:\(\s?[\w]{1,8}\s?\)|/\s*\w+(?:\s+عشر)?)"
    return re.compile(
        rf"(?P<part>{_alternatives(parts)})"
        rf"|(?P<article>{_alternatives(articles)})"
        rf"|(?P<number>(?P<main>{main})(?P<steps>(?:{step})*))"
        r"|\(\s?(?P<letter>[a-zا-ي])\s?\)"
        rf"|(?P<words>(?:و?ال)?(?:{value})(?:[\s-]+(?:و?ال)?(?:{value}|بعد))*)"
        r"|(?P<joint>-|\bto\b|\bthrough\b|\ba\b|الي|حتي|ولغايه|لغايه|,|،|&|\band\b|\bet\b|\bor\b|\bou\b)"
    )


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern for words of either script; a word may have the Arabic article and prefixes before it."""
    plain = sorted({simplify_letters(word) for word in words}, key=len, reverse=True)
    stems = [word.rstrip(".") for word in plain if word.isascii()]
    latin = "|".join(re.escape(stem) for stem in stems if stem.isalpha())
    other = "|".join(re.escape(word) for word in plain if not word.isascii())
    return rf"(?<![a-z])(?:{latin})(?![a-z])\.?|(?<!\w)[وفبكل]?(?:ال|لل)?(?:{other})(?!\w)"
