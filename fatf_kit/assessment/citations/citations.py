"""A typed citation becomes instruments with their kind, article and first day of application.

The register of laws reads number, year, date and title of an instrument from the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument
from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.assessment.citations.articles import ArticleReference, find_articles, quote_articles
from fatf_kit.assessment.citations.kinds import InstrumentKind, find_instrument_starts, find_kind
from fatf_kit.assessment.citations.text import PlainText, simplify_text

_KEPT = 32_768
"""The number of citations whose reading is kept: the same few are typed for many criteria."""


@lru_cache(maxsize=_KEPT)
def read_citations(text: str, country: str | None) -> tuple[CitedInstrument, ...]:
    """Return the instruments that a cell cites, in its order; empty where the cell is.

    `country` is the ISO 3166-1 alpha-3 code in whose vocabulary the words are read, None where it is not known: then
    words that differ between countries have no kind. Instruments are separated by ";" or a new line; a comma or "and"
    separates them where both sides name an instrument and an article. `in_force_from` is known for texts of regional
    organisations only.

    >>> [(str(one.kind), one.article) for one in read_citations("AML Law, art. 9(2); CDD Regulations, reg. 4", None)]
    [('law', 'art. 9(2)'), ('regulation', 'reg. 4')]
    >>> text = "نظام مكافحة غسل الأموال، المادة 7"
    >>> [str(read_citations(text, country)[0].kind) for country in ("SAU", "IRQ", None)]
    ['law', 'regulation', 'None']
    """
    return tuple(_instrument(piece, country) for piece in _pieces(text, country))


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationPart:
    """A part of a cell with what is found in it: its articles, the text without them, where instruments are named."""

    text: PlainText
    articles: tuple[ArticleReference, ...]
    rest: str
    names: tuple[int, ...]

    @property
    def is_article_only(self) -> bool:
        """Return whether it names articles and nothing else."""
        return bool(self.articles) and re.search(r"\w", self.rest) is None


@lru_cache(maxsize=_KEPT)
def read_part(typed: str, country: str | None) -> CitationPart:
    """Return what is found in the citation of one instrument."""
    text = simplify_text(typed)
    articles = find_articles(text, country)
    rest = _without_articles(text, articles)
    return CitationPart(text=text, articles=articles, rest=rest, names=find_instrument_starts(rest, country))


@lru_cache(maxsize=_KEPT)
def find_proposed_kinds(text: str, country: str | None) -> tuple[tuple[str, EvidenceKind], ...]:
    """Return the words of a cell whose kind is a proposal that no source confirms, each with that kind.

    >>> find_proposed_kinds("Instruction n° 7, art. 3; loi n° 2, art. 1", "FRA")
    (('Instruction', <EvidenceKind.GUIDANCE: 'guidance'>),)
    """
    found = []
    for piece in _pieces(text, country):
        part = read_part(piece, country)
        kind = find_part_kind(part, country)
        if kind and kind.kind and not kind.is_certain:
            found.append((part.text.typed_at(kind.start, kind.end), kind.kind))
    return tuple(found)


def name_instrument(text: str, country: str | None) -> str:
    """Return a citation of one instrument without its articles: the name by which a list has it.

    >>> name_instrument("AML/CFT Act 2019, arts. 19-20 and 39", None), name_instrument("Rules 3/2020, rule 12", None)
    ('AML/CFT Act 2019', 'Rules 3/2020')
    >>> name_instrument("المادة 7 من قانون مكافحة غسل الأموال", None)
    'قانون مكافحة غسل الأموال'
    """
    part = read_part(text, country)
    first = part.names[0] if part.names else 0
    articles = [one for one in part.articles if not one.names_text or one.start > first]
    spans = [0, *(place for one in articles for place in (one.start, one.end)), len(part.text.plain)]
    pieces = [(start, end) for start, end in zip(spans[::2], spans[1::2], strict=True) if start < end]
    named = [piece for piece in pieces if any(piece[0] <= name < piece[1] for name in part.names)]
    start, end = max(named or pieces, key=lambda piece: piece[1] - piece[0], default=(0, len(part.text.plain)))
    lead = _LEADING.match(part.text.plain, start, end)
    name = part.text.typed_at(lead.end() if lead else start, end)
    return name.strip(" ,،;؛:-–") or text


_LEADING = re.compile(r"[\s,،]*(?:(?:of|in|the|de|du|des|la|le|les|من|في)\s+|[ld]')*")


def find_part_kind(part: CitationPart, country: str | None) -> InstrumentKind | None:
    """Return the kind of instrument that a part names; None where it names none, or is about one."""
    return find_kind(part.rest, country, [one.series for one in part.articles if one.series])


def _instrument(piece: str, country: str | None) -> CitedInstrument:
    part = read_part(piece, country)
    kind = find_part_kind(part, country)
    return CitedInstrument(
        label=piece,
        kind=kind.kind if kind else None,
        has_certain_kind=kind is None or kind.is_certain,
        article=quote_articles(part.text, part.articles),
        in_force_from=kind.applies_from if kind else None,
    )


def _without_articles(text: PlainText, articles: tuple[ArticleReference, ...]) -> str:
    """Return the plain text with spaces for its articles; "Regulation 12" stays, for it names the kind as well."""
    plain = text.plain
    for one in articles:
        if not one.names_text:
            plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
    return plain


def _pieces(text: str, country: str | None) -> Iterator[str]:
    """Yield the parts of a cell that name one instrument each.

    A part without a word for an instrument belongs to the instrument before it. An article that comes first belongs to
    the instrument after it.
    """
    parts = [read_part(part, country) for typed in _SEPARATORS.split(text) if (part := typed.strip(" ,،"))]
    gathered: list[list[CitationPart]] = []
    for part in parts:
        last = gathered[-1] if gathered else None
        if last is None or (part.names and not all(one.is_article_only for one in last)):
            gathered.append([part])
        else:
            last.append(part)
    for several in gathered:
        if len(several) == 1:
            yield from _separate(several[0])
        else:
            yield "; ".join(one.text.typed for one in several)


_SEPARATORS = re.compile(r"[;؛\n\r]+")


_AND = re.compile(r"\s*(?:[,،]\s*(?:and|et|و)?|\s(?:and|et|&|\+)\s|\sو(?=\w))\s*")
_LEAD = re.compile(r"\s*(?:of|in|the|de|du|des|la|le|les|l'|d'|من|في|also|aussi)?\s*")


def _separate(part: CitationPart) -> Iterator[str]:
    """Yield a part at each comma or "and" that has a whole citation on either side: an instrument with an article."""
    text, articles, names = part.text, part.articles, part.names
    begin = 0
    for cut in _AND.finditer(text.plain) if len(articles) > 1 and len(names) > 1 else ():
        before = _counts(articles, names, begin, cut.start())
        after = _counts(articles, names, cut.end(), len(text.plain))
        if not (before and after) or any(one.start < cut.end() and cut.start() < one.end for one in articles):
            continue
        if _begins_citation(text.plain, cut.end(), articles, names):
            yield text.typed_at(begin, cut.start())
            begin = cut.end()
    yield text.typed_at(begin, len(text.plain))


def _counts(articles: tuple[ArticleReference, ...], names: tuple[int, ...], start: int, end: int) -> bool:
    return any(start <= one.start < end for one in articles) and any(start <= name < end for name in names)


def _begins_citation(plain: str, start: int, articles: tuple[ArticleReference, ...], names: tuple[int, ...]) -> bool:
    """Return whether an instrument begins here, by its name or an article and its name; one "made under" does not."""
    name = min(name for name in names if name >= start)
    article = min((one for one in articles if one.start >= start), key=lambda one: one.start)
    if article.start < name:
        return _LEAD.fullmatch(plain, start, article.start) is not None and name - article.end < _NEAR
    return _LEADING_WORDS.fullmatch(plain, start, name) is not None


_NEAR = 60
_LEADING_WORDS = re.compile(
    r"(?:the\s|la\s|le\s|les\s|l'|ال)?(?:(?!made|issued|under|pris|amend|as)[\w/&()'-]+\s+){0,6}\s*(?:ال|و|ب|ل)*"
)
