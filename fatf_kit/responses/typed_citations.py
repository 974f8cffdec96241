"""The kind and the article of an instrument as the wording of a typed citation gives them."""

from __future__ import annotations

import re
from functools import cache

from fatf_kit.errors import FrameworkError
from fatf_kit.framework.jsonfiles import load_json
from fatf_kit.locale import normalise
from fatf_kit.resources import data_folder
from fatf_kit.responses.evidence_facts import CitedInstrument
from fatf_kit.responses.model import EvidenceKind


def read_citations(text: str, country: str | None = None) -> tuple[CitedInstrument, ...]:
    """The instrument that a citation names, its kind and article as far as the wording says.

    `country` is not used yet: the same words are read everywhere.

    >>> [(one.kind, one.article) for one in read_citations("AML/CFT Law No. 39 of 2015, art. 9(2)")]
    [(<EvidenceKind.LAW: 'law'>, 'art. 9')]
    """
    del country
    return (CitedInstrument(label=text.strip(), kind=kind_of_citation(text), article=article_in(text)),)


def article_in(citation: str) -> str:
    """The article that a citation names, "" where none: a number behind a word for one, or a number with a bracket.

    The year or number of the law itself is none. Of several, the last one is given.

    >>> article_in("AML/CFT Act 2019, s. 12"), article_in("AML Act 12(3)"), article_in("Law No. 39 of 2015")
    ('s. 12', '12(3)', '')
    >>> article_in("قانون مكافحة غسل الأموال رقم 39 لسنة 2015، المادة ٩")
    'المادة 9'
    """
    found = [match[0] for match in _article_pattern().finditer(normalise(citation))]
    return found[-1] if found else ""


def kind_of_citation(citation: str) -> EvidenceKind | None:
    """What the wording of a citation says about the instrument; the first telling word decides. None: it does not say.

    >>> str(kind_of_citation("AML/CFT Law No. 39 of 2015, art. 9(2)"))
    'law'
    >>> str(kind_of_citation("Regulation 4 made under the AML/CFT Law, s. 3"))
    'regulation'
    >>> kind_of_citation("No. 12/2020, s. 4") is None
    True
    """
    found = _kind_pattern().search(normalise(citation))
    return _kinds()[found[0]] if found else None


@cache
def _words(name: str) -> tuple[str, ...]:
    """The words under one heading of instruments.json in all languages, longest first."""
    data, problems = load_json(data_folder("frameworks") / "instruments.json", "instruments.schema.json")
    if problems:
        raise FrameworkError(problems[0].message)
    return tuple(sorted({normalise(w) for words in data[name].values() for w in words}, key=len, reverse=True))


@cache
def _kinds() -> dict[str, EvidenceKind]:
    return {word: EvidenceKind(kind) for kind in ("law", "regulation", "guidance") for word in _words(kind)}


@cache
def _kind_pattern() -> re.Pattern[str]:
    words = sorted(_kinds(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


@cache
def _article_pattern() -> re.Pattern[str]:
    marks = "|".join(map(re.escape, _words("article")))
    return re.compile(rf"(?<!\w)(?:{marks})\.?\s*\(?\d+|\d+\s?\(\w{{1,4}}\)")
