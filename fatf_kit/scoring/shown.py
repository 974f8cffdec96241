"""Whether an answer is shown: the difference between what is claimed and what can be demonstrated.

A criterion counts as shown by a law, regulation or other enforceable means with an article, in force on or before the
cut-off date (the end of the on-site visit). Where the standard wants the duty in law, a regulation alone does not
count. A criterion that asks for a fact or a practice is shown by any item of the register as well. A core issue counts
as shown by at least one item of evidence. An answer for the worse needs no proof.

Source: FATF Methodology (2022), paras 37 and 43; the tests themselves are fatf-kit's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from fatf_kit.errors import FrameworkError
from fatf_kit.framework.jsonfiles import load_json
from fatf_kit.locale import normalise
from fatf_kit.ratings import Achievement, CriterionRating
from fatf_kit.resources import data_folder
from fatf_kit.responses.model import BINDING_KINDS, LEGISLATIVE_KINDS, Answer, EvidenceKind
from fatf_kit.responses.registers import Register, items_cited
from fatf_kit.scoring.model import Showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """Something an answer cites. `kind` is None where neither the register nor the wording tells."""

    kind: EvidenceKind | None
    has_article: bool
    in_force_from: date | None
    in_register: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a criterion asks as proof. `law_only`: a regulation does not do. `document`: any fitting item does."""

    law_only: bool = False
    document: bool = False


def criterion_showing(
    answers: Iterable[Answer],
    rating: CriterionRating,
    register: Register,
    cut_off: date | None,
    proof: Proof,
) -> tuple[Showing, date | None]:
    """Whether a rating is shown by any of the answers given, and the date in question where it comes too late.

    `answers` are the criterion's own answer and those it stands under, because one article often serves all parts.
    Without a cut-off date, dates are not tested.
    """
    given = tuple(answers)
    if rating is CriterionRating.NOT_MET:
        return Showing.NOT_NEEDED, None
    if rating is CriterionRating.NOT_APPLICABLE:
        return (Showing.SHOWN if any(a.explanation for a in given) else Showing.NO_REASON), None
    cited = [instrument for answer in given for instrument in _instruments(answer, register)]
    if not cited:
        return Showing.NOTHING_CITED, None
    return min((_test(one, cut_off, proof) for one in cited), key=lambda found: _ORDER.index(found[0]))


def core_issue_showing(answers: Iterable[Answer], rating: Achievement, register: Register) -> Showing:
    """Whether an extent is shown by at least one item of the evidence register, whichever agency names it."""
    if rating is Achievement.NEGLIGIBLE:
        return Showing.NOT_NEEDED
    return Showing.SHOWN if any(items_cited(answer, register) for answer in answers) else Showing.NO_EVIDENCE


def in_agreement(answer: Answer) -> tuple[Answer, ...]:
    """The answer that stands and those of other agencies that do not contradict it: what one can show, shows it."""
    return answer, *(v for v in answer.voices if v.agency != answer.agency and v.rating in (None, answer.rating))


_ORDER = (
    Showing.SHOWN,
    Showing.IN_FORCE_LATER,
    Showing.NO_DATE,
    Showing.LAW_NEEDED,
    Showing.NO_ARTICLE,
    Showing.NOT_BINDING,
)
"""From nearest to shown to furthest: the best instrument cited decides."""


def _test(one: Instrument, cut_off: date | None, proof: Proof) -> tuple[Showing, date | None]:
    late = one.in_force_from is not None and cut_off is not None and one.in_force_from > cut_off
    if proof.document and one.in_register:
        return (Showing.IN_FORCE_LATER, one.in_force_from) if late else (Showing.SHOWN, None)
    if one.kind is not None and one.kind not in BINDING_KINDS:
        return Showing.NOT_BINDING, None
    if not one.has_article:
        return Showing.NO_ARTICLE, None
    if proof.law_only and one.kind not in LEGISLATIVE_KINDS:
        return Showing.LAW_NEEDED, None
    if late:
        return Showing.IN_FORCE_LATER, one.in_force_from
    if cut_off is not None and one.in_force_from is None:
        return Showing.NO_DATE, None
    return Showing.SHOWN, None


def _instruments(answer: Answer, register: Register) -> Iterator[Instrument]:
    """The instruments an answer cites: in its own words, and by id from the register."""
    if answer.citation:
        yield Instrument(
            kind=kind_of_citation(answer.citation),
            has_article=names_article(answer.citation),
            in_force_from=answer.in_force_from,
        )
    for item in items_cited(answer, register):
        yield Instrument(
            kind=item.kind,
            has_article=bool(item.article) or names_article(answer.citation),
            in_force_from=item.in_force_from or answer.in_force_from,
            in_register=True,
        )


def names_article(citation: str) -> bool:
    """Whether a citation names an article: a number behind a word for one, or a number with a bracket.

    The year or number of the law itself is none.

    >>> names_article("AML/CFT Act 2019, s. 12"), names_article("AML Act 12(3)"), names_article("Law No. 39 of 2015")
    (True, True, False)
    >>> names_article("قانون مكافحة غسل الأموال رقم 39 لسنة 2015، المادة ٩")
    True
    """
    return _article_pattern().search(normalise(citation)) is not None


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
    return re.compile(rf"(?<!\w)(?:{marks})\.?\s*\(?\d|\d\s?\(\w{{1,4}}\)")
