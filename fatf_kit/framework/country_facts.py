"""How countries name their instruments, and which regional texts apply in them directly.

Everything is data in `frameworks/countries/`, each entry with its confidence. A country without a file has the general
words only. Each file is read once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder

OWN_KNOWLEDGE = "own knowledge"
"""The confidence of an entry that was not looked up: a proposal to be checked by a person from the country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentWords:
    """Words for one kind of instrument.

    `kind` is a value of `EvidenceKind`; None where the same words mean a law in one country and less in another, or no
    instrument of the country. `article_series` limits the entry to articles of some letters ("R" of a French code),
    `is_draft` marks what is not in force yet, `is_before_number` a short form that counts before a number only. Empty
    `countries` means all except those of `not_in`.
    """

    language: str
    words: tuple[str, ...]
    kind: str | None
    confidence: str
    article_series: tuple[str, ...] = ()
    is_draft: bool = False
    is_before_number: bool = False
    countries: frozenset[str] = frozenset()
    not_in: frozenset[str] = frozenset()

    @property
    def is_confirmed(self) -> bool:
        """Whether the words were looked up in a source."""
        return self.confidence != OWN_KNOWLEDGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A regional organisation. `marks` show that a text is one of its own, `direct_words` that it binds directly.

    A text of one of the `other_issuers` (supervisors, central banks) is none of its own, unless one of the
    `council_marks` says that its council of ministers issued it.
    """

    id: str
    members: frozenset[str]
    marks: tuple[str, ...] = ()
    direct_words: tuple[str, ...] = ()
    other_issuers: tuple[str, ...] = ()
    council_marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityText:
    """A text of a community. `applies_from` is None where the first day of application was not found."""

    id: str
    community: str
    is_direct: bool
    confidence: str
    numbers: tuple[str, ...] = ()
    title_words: tuple[str, ...] = ()
    applies_from: date | None = None
    not_in: frozenset[str] = frozenset()

    @property
    def is_confirmed(self) -> bool:
        """Whether the text was looked up in a source."""
        return self.confidence != OWN_KNOWLEDGE


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryArticleWords:
    """Words before the number of an article that count in some countries only."""

    countries: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortArticleWord:
    """An abbreviation before the number of an article, and the countries where it is none."""

    word: str
    not_in: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWords:
    """Words before the number of an article: `words` by language and role, `by_country` for some countries only."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    by_country: tuple[CountryArticleWords, ...]
    short_arabic: ShortArticleWord
    suffixes: tuple[str, ...]
    number_words: Mapping[str, tuple[str, ...]]
    ordinal_paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SameWords:
    """Words, and the words that they mean in the titles of laws; an empty `means` where they add nothing."""

    words: tuple[str, ...]
    means: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationWords:
    """Words by which a typed citation is compared with the title of an instrument.

    `ignored` say nothing about which instrument is meant, by language; after one of `later_texts` a citation speaks of
    changes to the instrument.
    """

    ignored: Mapping[str, tuple[str, ...]]
    later_texts: tuple[str, ...]
    same: tuple[SameWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _GeneralWords:
    words: tuple[InstrumentWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CountryWords:
    instruments: tuple[InstrumentWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Communities:
    communities: tuple[Community, ...]
    texts: tuple[CommunityText, ...]


@cache
def load_instrument_words(country: str | None) -> tuple[InstrumentWords, ...]:
    """Return the words for instruments in a country: its own first, then general ones of few countries, then of all.

    `country` is an ISO 3166-1 alpha-3 code, None where the country is not known.

    Raises:
        FrameworkError: a page does not conform to its schema.

    >>> [one.kind for one in load_instrument_words("SAU") if "نظام" in one.words]
    ['law', None]
    """
    own: tuple[InstrumentWords, ...] = ()
    if country is not None and has_country_page(country):
        own = load_value(_page(country), _CountryWords, "country.schema.json").instruments
    general = load_value(_page("words"), _GeneralWords, "instrument-words.schema.json").words
    of_few = (one for one in general if country in one.countries)
    of_all = (one for one in general if not one.countries and country not in one.not_in)
    return (*own, *of_few, *of_all)


@cache
def load_country_page(country: str) -> Mapping[str, Any]:
    """Return everything known of a country: instruments, forms of citations, AML laws, calendar, bodies, terms.

    Raises:
        FrameworkError: the page does not conform to its schema.
        OSError: there is no page of the country.

    >>> load_country_page("IRQ")["name"], load_country_page("TUN")["languages_of_law"]
    ('Iraq', ['ar', 'fr'])
    """
    return load_value(_page(country), dict, "country.schema.json")


def has_country_page(country: str | None) -> bool:
    """Return whether there is a page of the country.

    >>> has_country_page("IRQ"), has_country_page("ATA"), has_country_page(None)
    (True, False, False)
    """
    return country in list_countries_with_page()


@cache
def list_countries_with_page() -> tuple[str, ...]:
    """Return the codes of the countries that have a page, in alphabetical order."""
    return tuple(sorted(path.stem for path in (data_folder("frameworks") / "countries").glob("[A-Z][A-Z][A-Z].json")))


@cache
def load_communities() -> tuple[Community, ...]:
    """Return the regional organisations that have texts which apply directly."""
    return tuple(one for one in _load_communities_page().communities if one.marks)


@cache
def load_community_texts() -> tuple[CommunityText, ...]:
    """Return the texts of regional organisations with a known first day of application, or that need a national law."""
    return _load_communities_page().texts


@cache
def load_article_words() -> ArticleWords:
    """Return the words that come before the number of an article."""
    return load_value(_page("articles"), ArticleWords, "article-words.schema.json")


@cache
def load_citation_words() -> CitationWords:
    """Return the words by which a typed citation is compared with the titles of laws."""
    return load_value(_page("citations"), CitationWords, "citation-words.schema.json")


@cache
def load_country_names() -> Mapping[str, tuple[str, ...]]:
    """Return names of countries that are not in the lists of Unicode CLDR, by code."""
    names = load_value(_page("names"), dict, "country-names.schema.json")["names"]
    return {code: tuple(spellings) for code, spellings in names.items()}


def do_courts_make_law(country: str | None) -> bool:
    """Return whether decisions of courts are law in a country; False where that is not known or nobody looked it up.

    >>> do_courts_make_law("GBR"), do_courts_make_law("IRQ"), do_courts_make_law(None)
    (True, False, False)
    """
    return country in _load_common_law_countries()


@cache
def _load_common_law_countries() -> frozenset[str]:
    page = load_value(_page("courts"), dict, "courts.schema.json")
    groups = (group for group in page["courts_make_law"] if group["confidence"] != OWN_KNOWLEDGE)
    return frozenset(country for group in groups for country in group["countries"])


@cache
def _load_communities_page() -> _Communities:
    return load_value(_page("communities"), _Communities, "communities.schema.json")


def _page(name: str) -> Path:
    return data_folder("frameworks") / "countries" / f"{name}.json"
