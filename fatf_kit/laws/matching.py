"""A typed citation is matched with an instrument of the register.

A match is sure by id, by a confirmed spelling, by number, year and a compatible kind, or by title and year where the
citation gives no number. Where one of these differs or is missing, the match is near: a question to the person who
keeps the register. Everything else is no match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.groups import group_pairs
from fatf_kit.laws.articles import ArticleKey, are_related, covers, read_article_keys
from fatf_kit.laws.identity import InstrumentIdentity, NumberYear, make_plain, read_identity
from fatf_kit.laws.model import REGISTER_KINDS, Instrument, LawRegister, Provision, SpellingState, find_instrument_id


class Difference(StrEnum):
    """The reason why a match is not sure."""

    NUMBER = "official number"
    YEAR = "year"
    KIND = "kind"
    TITLE = "title"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationMatch:
    """The result for one citation. `candidates` are the instruments that it may mean, the nearest first.

    `difference` says why that is not sure; it is None where one instrument surely is meant, and without candidates.
    `articles` are the articles that the citation names, `provisions` those of the register that these are or are in.
    """

    candidates: tuple[Instrument, ...] = ()
    difference: Difference | None = None
    articles: tuple[ArticleKey, ...] = ()
    provisions: tuple[Provision, ...] = ()

    @property
    def instrument(self) -> Instrument | None:
        """The instrument that is surely meant; None otherwise."""
        return self.candidates[0] if self.candidates and self.difference is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _IndexedInstrument:
    """An instrument with the identities of its titles, and its words with those of its issuer."""

    instrument: Instrument
    numbers: frozenset[tuple[str, int]]
    years: frozenset[int]
    titles: tuple[frozenset[str], ...]
    issuer: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """All words of its titles and of its issuer."""
        return self.issuer.union(*self.titles)


_ENOUGH = 0.6
"""The share of the words of a citation that a title must have for a near match."""

_RULES = frozenset({EvidenceKind.REGULATION, EvidenceKind.ENFORCEABLE_MEANS, EvidenceKind.GUIDANCE})
"""Kinds between which the wording alone does not decide."""


class CitationMatcher:
    """Matches citations with the instruments of one `register`; each distinct name is compared once."""

    def __init__(self, register: LawRegister, country: str | None) -> None:
        self.register, self.country = register, country
        self._by_number: dict[NumberYear, list[_IndexedInstrument]] = {}
        self._by_word: dict[str, dict[str, None]] = {}
        self._known: dict[str, _IndexedInstrument] = {}
        self._match_once, self._decide_once = cache(self._match), cache(self._decide)
        self._group_once = cache(self._group)
        for one in register.by_id.values():
            self._index(one)
        plain = ((one, read_identity(one.text, country).plain) for one in register.spellings)
        decided = group_pairs((one.state, (text, one.instrument)) for one, text in plain)
        self._confirmed = dict(decided.get(SpellingState.CONFIRMED, ()))
        self._rejected = frozenset(decided.get(SpellingState.REJECTED, ()))

    def add(self, instrument: Instrument) -> None:
        """Match with one more instrument from now on."""
        self._index(instrument)
        self._match_once.cache_clear()
        self._decide_once.cache_clear()

    def _index(self, instrument: Instrument) -> None:
        known = self._known[instrument.id] = self._describe(instrument)
        for key in known.numbers:
            self._by_number.setdefault(key, []).append(known)
        for word in known.words:
            self._by_word.setdefault(word, {})[instrument.id] = None

    def match(self, text: str) -> CitationMatch:
        """Return the instrument that a citation of one instrument means, with its provisions."""
        return self._match_once(text)

    def _match(self, text: str) -> CitationMatch:
        if name := find_instrument_id(text):
            known = self._known.get(name)
            found = CitationMatch(candidates=(known.instrument,) if known else ())
        else:
            found = self._decide_once(read_identity(text, self.country))
        articles = read_article_keys(text[len(name) :], self.country)
        nearest = found.candidates[:1]
        provisions = [p for one in nearest for p in self._find_provisions(one.id, articles)]
        return replace(found, articles=articles, provisions=tuple(provisions))

    def _decide(self, identity: InstrumentIdentity) -> CitationMatch:
        """Return which instrument a name means, without any articles of it."""
        if (spelled := self._known.get(self._confirmed.get(identity.plain, ""))) is not None:
            return CitationMatch(candidates=(spelled.instrument,))
        sure, near = self._compare(identity)
        rejected = {name for plain, name in self._rejected if plain == identity.plain}
        near = {name: why for name, why in near.items() if name not in rejected}
        sure = [one for one in sure if one.id not in rejected]
        if sure:
            several = Difference.SEVERAL if len(sure) > 1 else None
            return CitationMatch(candidates=tuple(sure), difference=several)
        candidates = tuple(self._known[name].instrument for name in near)
        return CitationMatch(candidates=candidates, difference=next(iter(near.values()), None))

    def _find_provisions(self, instrument: str, articles: Iterable[ArticleKey]) -> tuple[Provision, ...]:
        """Return the provisions of an instrument that are the articles or contain them, else those within them."""
        found: dict[str, Provision] = {}
        for article in articles:
            own = self._group_once(instrument).get(article[0], ())
            whole = [one for one, key in own if covers(key, article)]
            parts = [one for one, key in own if are_related(key, article)]
            found.update((one.id, one) for one in whole or parts)
        return tuple(found.values())

    def _group(self, instrument: str) -> Mapping[str, Sequence[tuple[Provision, ArticleKey]]]:
        """Return the provisions of an instrument with their articles, by the number of the article."""
        own = self.register.provisions_of.get(instrument, ())
        read = ((one, read_article_keys(one.article, self.country)) for one in own)
        return group_pairs((key[0], (one, key)) for one, keys in read for key in keys)

    def _describe(self, one: Instrument) -> _IndexedInstrument:
        read = [read_identity(title, self.country) for title in one.titles.values()]
        numbers = {key for each in read for key in each.numbers}
        if one.number:
            typed = read_identity(f"رقم {one.number}", self.country).numbers
            numbers = {*typed} or {(make_plain(one.number), None)}
        year = one.year or (one.day.year if one.day else None)
        years = {year for each in read for year in each.years} if not one.year else set()
        dated = {(number, own or year) for number, own in numbers}
        return _IndexedInstrument(
            instrument=one,
            numbers=frozenset((number, own) for number, own in dated if own is not None),
            years=frozenset(years | ({year} if year else set())),
            titles=tuple(each.words for each in read if each.words),
            issuer=read_identity(one.issuer, self.country).words,
        )

    def _compare(self, cited: InstrumentIdentity) -> tuple[list[Instrument], dict[str, Difference]]:
        """Return the instruments that are surely meant, and those that may be with what differs, the nearest first."""
        is_other = cited.has_certain_kind and cited.kind and cited.kind not in REGISTER_KINDS
        if cited.is_about or is_other:
            return [], {}
        sure: list[Instrument] = []
        near: dict[str, Difference] = {}
        numbered = (known for key in cited.numbers for known in self._by_number.get(key, ()))
        for known in {known.instrument.id: known for known in numbered}.values():
            if not _is_compatible(cited, known.instrument):
                near[known.instrument.id] = Difference.KIND
            elif _contradicts(cited, known):
                # each issuer numbers its own rules
                if cited.names_kind and known.instrument.kind not in _RULES:
                    near[known.instrument.id] = Difference.TITLE
            else:
                sure.append(known.instrument)
        if sure:
            return sure, near
        for known, difference in self._by_title(cited):
            if difference is None:
                sure.append(known.instrument)
            else:
                near.setdefault(known.instrument.id, difference)
        return sure, near

    def _by_title(self, cited: InstrumentIdentity) -> Iterator[tuple[_IndexedInstrument, Difference | None]]:
        """Yield the instruments with the words of a citation and what differs; None where nothing does."""
        shared: Counter[str] = Counter()
        for word in cited.words:
            shared.update(self._by_word.get(word, {}).keys())
        least = _ENOUGH * len(cited.words)
        enough = {name: count for name, count in shared.items() if count >= least}
        for name, count in sorted(enough.items(), key=lambda one: -one[1]):
            known = self._known[name]
            if not _is_compatible(cited, known.instrument):
                continue
            same_year = bool(cited.years & known.years) or not (cited.years or known.years)
            same_number = not cited.numbers or not known.numbers
            own = cited.words - known.issuer
            is_whole = any(own == title - known.issuer for title in known.titles)
            if is_whole and same_number:
                yield known, None if same_year else Difference.YEAR
            elif is_whole and (same_year or not cited.years):
                yield known, Difference.NUMBER
            elif same_year and same_number and count > 1:
                yield known, Difference.TITLE


def _is_compatible(cited: InstrumentIdentity, known: Instrument) -> bool:
    """Return whether the kind that a citation names can be that of an instrument; an open kind can be any."""
    if cited.kind is None or known.kind is None or not cited.has_certain_kind:
        return True
    return cited.kind is known.kind or {cited.kind, known.kind} <= _RULES


def _contradicts(cited: InstrumentIdentity, known: _IndexedInstrument) -> bool:
    """Return whether the name in a citation has no word of an instrument that has a name in the same script."""
    scripts = {word.isascii() for word in cited.words}
    same_script = {word for word in known.words if word.isascii() in scripts}
    return bool(same_script) and cited.words.isdisjoint(same_script)
