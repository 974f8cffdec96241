"""Letters of the national coordinator to agencies, and model documents to begin the work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.json_files import load_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.report.model import Block, Bullets, Document, Paragraph
from fatf_kit.report.sections import make_section

AGENCY_LETTERS = ("cover", "reminder", "focal-points", "training")
"""Letters to one agency."""

MODELS = ("decree", "terms")
"""Model documents of the country."""

_BLANK = "…………"
"""Printed where a fact is not known, to be filled in by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSection:
    """A section of a letter: several paragraphs are a list."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """The text of one letter or model, with facts in braces."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    sections: tuple[LetterSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _LetterTexts:
    documents: tuple[LetterText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """The facts that letters mention; what is None or empty is left to be filled in by hand.

    Attributes:
        country: Its name in the language of the letter.
        agency: The name of the agency; empty in models.
        day: The date of the letter; None in models.
        visit: The first and last day of the on-site visit.
        cut_off: The last day on which a measure counts.
        due: The day by which answers are wanted.
        leads: How many requirements the agency leads on.
        supports: How many it supports.
        requested: How many requirements it was asked.
        answered: How many it has answered.
        missing: The requirements without an answer.
        coordinator: Whom to ask.
        notice: Printed on every page; empty for none.
    """

    country: str
    agency: str = ""
    day: date | None = None
    visit: tuple[date, date] | None = None
    cut_off: date | None = None
    due: date | None = None
    leads: int = 0
    supports: int = 0
    requested: int = 0
    answered: int = 0
    missing: tuple[str, ...] = ()
    coordinator: str = ""
    notice: str = ""


@cache
def load_letters(language: str) -> Mapping[str, LetterText]:
    """Return the texts by id, in a language.

    Raises:
        FrameworkError: the file does not conform to its schema.

    >>> sorted(load_letters("en"))
    ['cover', 'decree', 'focal-points', 'reminder', 'terms', 'training']
    """
    page = load_value(data_folder("frameworks") / "letters.json", _LetterTexts, "letters.schema.json", language)
    return {one.id: one for one in page.documents}


def build_letter(kind: str, facts: LetterFacts, t: Translator) -> Document:
    """Return a letter or a model document.

    Raises:
        UnknownIdError: no such letter.
    """
    texts = load_letters(t.language)
    if kind not in texts:
        raise UnknownIdError("'{found}' is not a letter. Allowed: {names}.", found=kind, names=tuple(texts))
    text, words = texts[kind], _write_facts(facts, t)
    is_letter = kind in AGENCY_LETTERS
    greeting = (Paragraph(text=t("Dear colleagues,")),) if is_letter else ()
    body = make_section("text", "", *greeting, *_paragraphs(text.paragraphs, words))
    sections = [
        make_section(
            one.id,
            one.heading.format_map(words),
            *(
                (Bullets(items=facts.missing, columns=4),)
                if one.id == "missing"
                else tuple(_list(one.paragraphs, words))
            ),
        )
        for one in text.sections
    ]
    if is_letter:
        signature = Paragraph(text=t("Name, position and signature: {blank}", blank=_BLANK))
        sections[-1] = replace(sections[-1], blocks=(*sections[-1].blocks, signature))
    return Document(
        id=kind,
        title=text.title.format_map(words),
        subtitle=facts.country,
        language=t.language,
        facts=((t("To"), facts.agency), (t("Date"), t.day(facts.day))) if facts.day else (),
        notices=(t(facts.notice),) if facts.notice else (),
        sections=(body, *sections),
        contents_depth=0,
    )


def _write_facts(facts: LetterFacts, t: Translator) -> Mapping[str, str]:
    first, last = facts.visit or (None, None)
    days = {"visit_from": first, "visit_to": last, "cut_off": facts.cut_off, "due": facts.due}
    counts = {"asked": facts.requested, "answered": facts.answered}
    return {
        "country": facts.country,
        "agency": facts.agency or _BLANK,
        "coordinator": facts.coordinator or _BLANK,
        "duties": " ".join(_describe_duties(facts, t)),
        **{name: t.day(day) if day else _BLANK for name, day in days.items()},
        **{name: t.number(count) for name, count in counts.items()},
    }


def _describe_duties(facts: LetterFacts, t: Translator) -> Iterable[str]:
    if n := facts.leads:
        yield t.plural("It leads on {n} requirement.", "It leads on {n} requirements.", n)
    if n := facts.supports:
        yield t.plural(
            "It supports other agencies on {n} requirement.", "It supports other agencies on {n} requirements.", n
        )


def _paragraphs(texts: Iterable[str], words: Mapping[str, str]) -> Iterable[Block]:
    return (Paragraph(text=text.format_map(words).rstrip()) for text in texts)


def _list(texts: tuple[str, ...], words: Mapping[str, str]) -> Iterable[Block]:
    if len(texts) == 1:
        return _paragraphs(texts, words)
    return (Bullets(items=tuple(text.format_map(words) for text in texts)),)
