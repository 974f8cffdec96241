"""The articles that a citation names, as they are written: "art. L. 561-2", "المادة 12/أولاً", "s 12(3)".

The number or year of the law itself is no article, and neither is a chapter. The words before a number are data in
`frameworks/countries/articles.json`; the forms of the number itself are the grammar below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from fatf_kit.assessment.citations.text import PlainText, simplify_letters
from fatf_kit.framework.country_facts import load_article_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReference:
    """A place where a citation names an article. `series` is the letter of a French code ("L"), "" elsewhere.

    `names_text` says that the word before the number is one for the instrument too ("Regulation 12").
    """

    start: int
    end: int
    series: str = ""
    names_text: bool = False


def find_articles(text: PlainText, country: str | None) -> tuple[ArticleReference, ...]:
    """Return all articles that a text names, in its order, none within another."""
    matches = _pattern(country).finditer(text.plain)
    return tuple(_reference(match) for match in matches if not _is_other_number(text, match))


def quote_articles(text: PlainText, found: Iterable[ArticleReference]) -> str:
    """Return the articles in the words of the text; those that only "and" or a comma separates are one passage.

    >>> from fatf_kit.assessment.citations.text import simplify_text
    >>> text = simplify_text("Code pénal, art. 574-1 et 574-2")
    >>> quote_articles(text, find_articles(text, "MAR"))
    'art. 574-1 et 574-2'
    """
    passages: list[tuple[int, int]] = []
    for one in found:
        if passages and _JOINED.fullmatch(text.plain, passages[-1][1], one.start):
            passages[-1] = (passages[-1][0], one.end)
        else:
            passages.append((one.start, one.end))
    return "; ".join(_without_loose_ends(text.typed_at(*passage)) for passage in passages)


def _without_loose_ends(written: str) -> str:
    written = written.strip(" ,،")
    return written.rstrip(" -–") if written.count("-") + written.count("–") == 1 else written


_JOINED = re.compile(r"\s*(?:,|،|&|-)?\s*(?:and|et|&|و)?\s*")
_NUMBER_BEFORE = re.compile(r"(?:\b(?:nos?|n°|nr|number|numero)\.?|\bloi|(?:رقم|عدد|قانون))\s*[(«/]?\s*$")
_YEAR = r"(?:1[3489]|20)\d{2}(?!\d)"
_NOT_A_LAW_NUMBER = rf"(?!\s*(?:/|of\s)\s*(?:{_YEAR}|\d{{2}}\b))"


def _reference(match: re.Match[str]) -> ArticleReference:
    series = match["series"] or match["bare_series"] or ""
    return ArticleReference(
        start=match.start("code_number") if match["code_number"] else match.start(),
        end=match.end(),
        series=series[:1].upper(),
        names_text=match["text_word"] is not None,
    )


def _is_other_number(text: PlainText, match: re.Match[str]) -> bool:
    """Return whether a number without a word before it is that of the law or of a gazette, or of a version."""
    if match["code"] is not None:
        return not text.typed_at(match.start(), match.end()).isupper()
    if match["bare"] is None and match["short"] is None and match["bare_bis"] is None:
        return False
    return _NUMBER_BEFORE.search(text.plain, 0, match.start()) is not None


def _pattern(country: str | None) -> re.Pattern[str]:
    words = load_article_words()
    own = tuple(word for one in words.by_country if country in one.countries for word in one.words)
    return _pattern_with(own, country not in words.short_arabic.not_in)


@cache
def _pattern_with(own: tuple[str, ...], has_slash: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:{_latin()}|{_arabic(own, has_slash=has_slash)})")


def _latin() -> str:
    """Return the forms in Latin letters: words and a number, with parts, ranges and lists."""
    words = load_article_words()
    languages = [language for language in words.words if language != "ar"]
    article_word, text_word, part_word, inner_word = (
        _any(word for language in languages for word in words.words[language][role])
        for role in ("article", "text", "part", "inner")
    )
    suffix = _any(words.suffixes)
    # One number: 12, 12-3, 9a, 305bis, 9 bis, 10 bis 2, 12(3)(a), (5)
    bis = rf"(?:\s*(?:{suffix})\b(?:[\s-]\d{{1,2}}(?![\d/.,-]\d|\d))?)?"
    sub = r"\(\s?(?:\d{1,3}[a-z]?|[a-z]|[ivx]{1,5})\s?\)|\([a-z]{2}\)"
    subs = rf"(?:\s?(?:-\s?(?=\())?(?:{sub}))*"
    core = r"\d+(?:[-.]\d+)*(?:/\d{1,2}(?![\d/]))?(?:(?:er|ere|e|eme|[a-z]{1,3})(?![a-z0-9]))?"
    number = rf"(?:\(\s?\d{{1,4}}[a-z]?\s?\)|{core}{bis}){subs}"
    # More numbers: "7, 8 et 9", "5-7"; after a comma a number counts only where the list ends or goes on
    joint = r"(?:&|\band\b|\bet\b|\bor\b|\bou\b|\bto\b|\ba\b|\bthrough\b|-)"
    ends = r"(?=\s*(?:[,.;:)]|$|\band\b|\bet\b|\bof\b|\bde\b|\bdu\b|\bdes\b|\bd'))"
    more = rf"(?:\s*(?:{joint}\s*(?!{_YEAR}\s*[a-z]){number}|,\s*(?!{_YEAR}){number}{ends}))*"
    # Numbers in words and Roman ones: "premier", "Seventy-Five", "XII"
    one_word = rf"(?:{_any((*words.number_words['en'], *words.number_words['fr']))})(?![a-z])"
    named = rf"{one_word}(?:[\s-]{one_word})?{bis}{more}"
    roman = r"(?<=[a-z.§])\s+[ivxlc]{1,7}(?![a-z0-9'.])"
    degree = r"\s*,\s*\d{1,2}\s*°"  # the points of a Belgian paragraph: § 1er, 1°
    letter = r"(?:[lrda]\.?\s?\*?\s?(?=\d))?"
    article_of = rf"(?:{article_word})\s*(?:n°\s*)?(?:SERIES{number}{more}|{named}|{roman})(?:{degree})?"
    article, article_again = (
        article_of.replace("SERIES", rf"(?P<series>{letter})"),
        article_of.replace("SERIES", letter),
    )
    text = rf"(?:{text_word})\s*(?!{_YEAR}){number}{_NOT_A_LAW_NUMBER}{more}"
    part = rf"(?:{part_word})\s*{core}(?![\d.]*:\d){bis}\)?{subs}{more}"  # "Ch. 11:27" is the number of a law
    # Parts that follow: ", § 2", " al. 2 let. a", " of Schedule 2", " de l'article 8"
    inner_number = rf"\(?\s?(?:{core}{bis}|[a-z]{{1,2}}(?![a-z0-9])|[ivx]+(?![a-z0-9]))\s?\)?°?{subs}"
    link = r"\s*(?:[,-]\s*)?(?:\bof\s+(?:the\s+)?|\bde\s+l'\s*|\bde\s+la\s+|\bdu\s+)?"
    inner = rf"(?:{part_word}|{inner_word})\s*{inner_number}{more}"
    tail = rf"(?:{link}(?:{article_again}|(?<![\w']){text}|{inner})|{degree})*"
    chain = rf"(?:{article}|(?P<text_word>{text})|{part}){tail}"
    # Without a word: 31 U.S.C. 5318(g), 12(3), 12 bis, L. 561-2
    us_code = rf"(?:u\.?\s?s\.?\s?c\.?|c\.?\s?f\.?\s?r\.?)\s+(?:part\s+)?(?P<code_number>{number})"
    bracket = rf"\s?\((?:\d{{1,3}}|[a-z])\){subs}"
    only_bis = rf"\s?(?:{suffix})\b(?:[\s-]\d{{1,2}}(?!\d))?"
    bare = rf"(?P<bare>(?<![\w/.(-])(?!{_YEAR})\d{{1,4}}[a-z]{{0,2}}(?:{bracket}|{only_bis})(?!\s*[/\d]))"
    # Rules of handbooks by a code: SYSC 6.3.1R, FC-1.1.1
    code = r"(?P<code>(?<![\w./-])[a-z]{2,6}[\s-]\d+(?:\.\d+){2,}[a-z]?(?![\w-]|\.\d))"
    bare_series = r"(?P<bare_series>(?<![\w./-])[lrda](?=\.?\s?\*?\d{3}-\d))\.?\s?\*?\d{3}-\d+(?:-\d+)*"
    return rf"(?<![\w'])(?:{chain}|{us_code}|{code}|{bare}|{bare_series})"


def _arabic(own: tuple[str, ...], *, has_slash: bool) -> str:
    """Return the forms in Arabic. `own` are more words for an article; with `has_slash` "م/12" is one too."""
    words = load_article_words()
    the = r"(?:ب|ك|ل)?(?:ال|ل)?"
    begin = r"(?:(?<![\w/])|(?<=(?<!\w)[وف]))"  # "and" is one letter before the next word
    article_word = rf"[وف]?{the}(?:{_any((*words.words['ar']['article'], *own))})"
    part_word = rf"[وف]?{the}(?:{_any(words.words['ar']['part'])})"
    # One number: (12), 12/أولاً/أ, 10 مكرر 2, 35(1)(أ), -12-
    tenth = r"(?:حادي|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع)\s+عشر"
    paragraph = rf"(?:{_any(words.ordinal_paragraphs)}|{tenth})(?!\w)"
    letter = r"[ا-ي](?!\w)"
    bis_mark = rf"\s*مكررا?(?!\w)(?:\s*\(?\s*(?:{letter}|\d{{1,2}}(?!\d))\s*\)?)?"
    bis = rf"(?:\s*\)?{bis_mark})?"
    sub = rf"(?:\s?\(\s?(?:\d{{1,3}}|{letter}|{paragraph}|جديد|مكررا?)\s?\))*"
    steps = rf"(?:\s*/\s*(?:{paragraph}|\d{{1,3}}(?!\d)|{letter}))*"
    figures = rf"\d{{1,4}}(?:[-.]\d+)*{steps}{bis}\s?[)»\"\]]?(?:(?<=\d)-(?!\s*\d))?{sub}"
    # In words: الأولى, الثامنة عشرة, (السبعين), التاسعة والعشرون
    word = rf"(?:{_any(words.number_words['ar'])})(?!\w)"
    ordinal = rf"ال{word}(?:\s+عشره?(?!\w))?(?:\s+و(?:ال)?{word})?(?:\s+بعد\s+(?:ال)?{word})?"
    number = rf"(?:(?:رقم\s*)?[(«\"\[-]?\s*{figures}|[(«\"-]?\s*{ordinal}{steps}{bis}\s?[)»\"]?{sub})"
    ends = r"(?=\s*(?:[،,.؛;)]|$|و|من|في|(?:ال)?قانون))"
    joint = r"(?:و\s?|(?:ولغايه|لغايه|الي|حتي|-)\s*)"
    more = rf"(?:\s*{joint}(?!{_YEAR}){number}|\s*[،,]\s*(?!{_YEAR}){number}{ends})*"
    article = rf"{article_word}\s*(?:من\s+)?{number}{more}"
    part_number = rf"[(«\"-]?\s*(?:\d{{1,3}}(?:[-.]\d+)*{steps}|{paragraph}|{ordinal}|{letter})\s?[)»\"]?{sub}"
    part = rf"{part_word}\s*{part_number}{more}"
    part_alone = rf"{part_word}\s*\(?\s*\d{{1,3}}(?:[-.]\d+)*\s?\)?{sub}{more}"
    link = r"\s*(?:[،,/-]\s*)?(?:من\s+)?"
    tail = rf"(?:{link}(?:{article}|{part}|{paragraph}))*"
    chain = rf"(?:(?:{part}{link})+{article}|{article}|{part_alone}){tail}"
    bare_bis = rf"(?P<bare_bis>\(?\d{{1,4}}\s?\)?{bis_mark})"
    slash = "/" if has_slash else ""
    short_word = simplify_letters(words.short_arabic.word)
    short = rf"(?P<short>{short_word}\s*[.{slash}]?\s*\d{{1,4}}(?!\d){steps}{bis}{sub})"
    return rf"{begin}(?![وف])(?:{chain}|{bare_bis}|{short})"


def _any(words: Iterable[str]) -> str:
    """Return an alternative for words, the longest first; a point after a word may be left out."""
    plain = sorted({simplify_letters(word) for word in words}, key=len, reverse=True)
    return "|".join(_word(word) for word in plain)


def _word(word: str) -> str:
    if word.endswith(".") or not word.isascii():
        return re.escape(word)
    return rf"{re.escape(word)}(?![a-z])\.?"
