"""How countries name their instruments, and which regional texts apply in them directly.

Everything is data in `frameworks/countries/`, each entry with its confidence. A country without a file has the general
words only. Pages are read once and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.resources import data_folder

OWN_KNOWLEDGE = "own knowledge"
"""The confidence of an entry that was not looked up: a proposal to be checked by a person from the country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentWords:
    """Words for one kind of instrument.

    `kind` is a value of `EvidenceKind`; None where the same words mean a law in one country and less in another, or no
    instrument of the country. `article_series` limits the entry to articles of some letters ("R" of a French code),
    `is_draft` marks what is not in force yet, `is_before_number` a short form that counts before a number only.
    """

    language: str
    words: tuple[str, ...]
    kind: str | None
    is_confirmed: bool
    article_series: tuple[str, ...] = ()
    is_draft: bool = False
    is_before_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A regional organisation. `marks` show that a text is one of its own, `direct_words` that it binds directly."""

    id: str
    members: frozenset[str]
    marks: tuple[str, ...]
    direct_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityText:
    """A text of a community. `applies_from` is None where the first day of application was not found."""

    id: str
    community: str
    numbers: tuple[str, ...]
    title_words: tuple[str, ...]
    applies_from: date | None
    is_direct: bool
    is_confirmed: bool
    not_in: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWords:
    """Words before the number of an article, by language; `country` words count in some countries only."""

    by_language: Mapping[str, Mapping[str, tuple[str, ...]]]
    by_country: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    short_arabic: str
    not_short_in: frozenset[str]
    suffixes: tuple[str, ...]
    number_words: Mapping[str, tuple[str, ...]]
    ordinal_paragraphs: tuple[str, ...]


@cache
def load_instrument_words(country: str | None) -> tuple[InstrumentWords, ...]:
    """The words for instruments in a country: those of its own file, then general ones of few countries, then of all.

    `country` is an ISO 3166-1 alpha-3 code, None where the country is not known.

    Raises:
        FrameworkError: a page does not fit its schema.

    >>> [one.kind for one in instrument_words("SAU") if "نظام" in one.words]
    ['law', None]
    """
    own = load_country_page(country)["instruments"] if has_country_page(country) else ()
    general = [one for one in _page("words.json", "instrument-words.schema.json")["words"] if _counts_in(one, country)]
    of_few = (one for one in general if "countries" in one)
    of_all = (one for one in general if "countries" not in one)
    return tuple(map(_words_of, (*own, *of_few, *of_all)))


@cache
def load_country_page(country: str) -> Mapping[str, Any]:
    """Everything known of a country: instruments, forms of articles and citations, AML laws, calendar, bodies, terms.

    Raises:
        FrameworkError: there is no page of the country, or it does not fit its schema.

    >>> country_page("IRQ")["name"], country_page("TUN")["languages_of_law"]
    ('Iraq', ['ar', 'fr'])
    """
    page: Mapping[str, Any] = _page(f"{country}.json", "country.schema.json")
    return page


def has_country_page(country: str | None) -> bool:
    """Whether there is a page of the country.

    >>> has_country_page("IRQ"), has_country_page("ATA"), has_country_page(None)
    (True, False, False)
    """
    return country in list_countries_with_page()


@cache
def list_countries_with_page() -> tuple[str, ...]:
    """The codes of the countries that have a page, in alphabetical order."""
    return tuple(sorted(path.stem for path in (data_folder("frameworks") / "countries").glob("[A-Z][A-Z][A-Z].json")))


@cache
def load_communities() -> tuple[Community, ...]:
    """The regional organisations that have texts which apply directly."""
    return tuple(
        Community(
            id=one["id"],
            members=frozenset(one["members"]),
            marks=tuple(one["marks"]),
            direct_words=tuple(one["direct_words"]),
        )
        for one in _page("communities.json", "communities.schema.json")["communities"]
        if "marks" in one
    )


@cache
def load_community_texts() -> tuple[CommunityText, ...]:
    """The texts of regional organisations whose first day of application is on record, or that need a national law."""
    return tuple(
        CommunityText(
            id=one["id"],
            community=one["organisation"],
            numbers=tuple(one.get("numbers", ())),
            title_words=tuple(one.get("title_words", ())),
            applies_from=date.fromisoformat(one["applies_from"]) if "applies_from" in one else None,
            is_direct=one["directly_applicable"],
            is_confirmed=one["confidence"] != OWN_KNOWLEDGE,
            not_in=frozenset(one.get("except", ())),
        )
        for one in _page("communities.json", "communities.schema.json")["texts"]
    )


@cache
def load_article_words() -> ArticleWords:
    """The words that come before the number of an article."""
    page = _page("articles.json", "article-words.schema.json")
    return ArticleWords(
        by_language={
            language: {role: tuple(words) for role, words in roles.items()} for language, roles in page["words"].items()
        },
        by_country=tuple((frozenset(one["countries"]), tuple(one["words"])) for one in page["by_country"]),
        short_arabic=page["short_arabic"]["word"],
        not_short_in=frozenset(page["short_arabic"]["except"]),
        suffixes=tuple(page["suffixes"]),
        number_words={language: tuple(words) for language, words in page["number_words"].items()},
        ordinal_paragraphs=tuple(page["ordinal_paragraphs"]),
    )


@cache
def load_country_names() -> Mapping[str, tuple[str, ...]]:
    """Names of countries that are not in the lists of Unicode CLDR, by code."""
    page = _page("names.json", "country-names.schema.json")
    return {code: tuple(names) for code, names in page["names"].items()}


def load_country_pages() -> Iterator[Mapping[str, Any]]:
    """The pages of all countries that have one."""
    return map(load_country_page, list_countries_with_page())


def _words_of(one: Mapping[str, Any]) -> InstrumentWords:
    return InstrumentWords(
        language=one["language"],
        words=tuple(one["words"]),
        kind=None if one["kind"] == "open" else one["kind"],
        is_confirmed=one["confidence"] != OWN_KNOWLEDGE,
        article_series=tuple(one.get("article_series", ())),
        is_draft=one.get("is_draft", False),
        is_before_number=one.get("before_number", False),
    )


def _counts_in(one: Mapping[str, Any], country: str | None) -> bool:
    if "countries" in one:
        return country in one["countries"]
    return country not in one.get("except", ())


def _page(name: str, schema: str) -> Any:
    page, problems = load_json(data_folder("frameworks") / "countries" / name, schema)
    if problems:
        raise FrameworkError(problems[0].message)
    return page
