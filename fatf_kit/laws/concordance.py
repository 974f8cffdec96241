"""The concordance of the register of laws with the Recommendations, read both ways.

An article serves a requirement if an answer to it surely cites the article, or a checked link joins them. Bills, drafts
and repealed instruments serve nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import detect_direction
from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.laws.citations import ResolvedCitation
from fatf_kit.laws.identity import find_name, read_identity
from fatf_kit.laws.matching import Difference
from fatf_kit.laws.model import (
    EntryState,
    Instrument,
    InstrumentStatus,
    LawRegister,
    Provision,
    ProvisionLink,
    find_instrument_id,
)
from fatf_kit.laws.translations import TranslationState, list_states, select_provisions
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import Assessment, CriterionResult

_WHOLE = 20
"""A citation of more articles than this ("arts. 1-96") is of the instrument, not of any article."""

OPEN = "open"
"""The key of criteria whose answer is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleUse:
    """An article of an instrument that serves a criterion, part or core issue.

    `article` is its label in the register, else its number as cited; empty where only the instrument is cited.
    `agencies` are the ids of those that cite it; empty where only the register links it. A workbook for the whole
    country has the agency "".
    """

    requirement: str
    instrument: Instrument
    article: str
    agencies: tuple[str, ...] = ()
    is_linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingArticle:
    """A criterion that applies and has no article. `cited` are texts of citations that name none, or no law."""

    criterion: str
    answer: CriterionRating | None
    agencies: tuple[str, ...]
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentUse:
    """The criteria that an instrument serves.

    `criteria` are ids of criteria and core issues; `answers` count the criteria by their answer, or as "open".
    `shown` are the criteria that count as shown and that it serves. `articles` counts its articles that serve them.
    """

    instrument: Instrument
    criteria: tuple[str, ...]
    agencies: tuple[str, ...]
    answers: Mapping[str, int]
    shown: tuple[str, ...]
    articles: int

    @property
    def recommendations(self) -> Mapping[str, int]:
        """The number of its criteria by Recommendation."""
        return Counter(get_unit_id(one) for one in self.criteria if one.startswith("R."))

    @property
    def rated_units(self) -> tuple[str, ...]:
        """The Recommendations whose ratings rest on it: those of criteria that count as shown."""
        return tuple(dict.fromkeys(map(get_unit_id, self.shown)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedForm:
    """How some agencies cite an instrument: the title as typed, the kind and the date that they give."""

    agencies: tuple[str, ...]
    title: str
    kind: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationConflict:
    """An instrument that answers cite in conflicting ways: other titles, kinds or dates of one article."""

    instrument: Instrument
    differs: tuple[Difference | str, ...]
    forms: tuple[CitedForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearCitation:
    """A citation that may mean an instrument of the register, or means none of it."""

    text: str
    candidates: tuple[Instrument, ...]
    difference: Difference | None
    agencies: tuple[str, ...]
    requirements: tuple[str, ...]
    refs: tuple[CellRef, ...]


@dataclass(frozen=True, kw_only=True)
class Concordance:
    """The register and the Methodology read both ways, in the order of one or the other.

    `translations` are instruments on which ratings rest, without a translation of the present text, the most urgent
    first. `unclear` begins with possible matches, then with the most frequent. `withheld` counts citations that the
    reader may not see.
    """

    register: LawRegister
    uses: tuple[ArticleUse, ...]
    without_article: tuple[MissingArticle, ...]
    unused: tuple[Provision, ...]
    instruments: tuple[InstrumentUse, ...]
    translations: tuple[InstrumentUse, ...]
    conflicts: tuple[CitationConflict, ...]
    unclear: tuple[UnclearCitation, ...]
    withheld: int = 0

    @cached_property
    def recommendations(self) -> tuple[str, ...]:
        """The Recommendations that an instrument serves, in their order."""
        found = (get_unit_id(one.requirement) for one in self.uses)
        return tuple(dict.fromkeys(unit for unit in found if unit.startswith("R.")))


def is_law(instrument: Instrument) -> bool:
    """Return whether an instrument is law: adopted, in force or suspended."""
    status = instrument.status
    return not status.is_proposed_law and status is not InstrumentStatus.REPEALED


def build_concordance(
    register: LawRegister,
    citations: Sequence[ResolvedCitation],
    framework: Framework,
    assessment: Assessment,
    *,
    country: str | None,
    languages: Sequence[str],
    today: date,
    withheld: Collection[ResolvedCitation] = (),
) -> Concordance:
    """Return the concordance of a register and what answers cite.

    `languages` are those into which instruments are to be translated. `withheld` are citations in answers that the
    reader may not see: they are counted, and a criterion with one of them is not reported as without an article.
    """
    uses = tuple(_collect_uses(register, citations, framework))
    results = {one.id: one for unit in assessment.recommendations for one in unit.criteria}
    instruments = tuple(_sum_up(register, uses, results))
    return Concordance(
        register=register,
        uses=uses,
        without_article=tuple(_list_without_article(uses, citations, results, withheld)),
        unused=tuple(_list_unused(register, uses)),
        instruments=instruments,
        translations=_rank_translations(register, instruments, languages, today),
        conflicts=tuple(_list_conflicts(register, citations, country)),
        unclear=_list_unclear(citations),
        withheld=len(withheld),
    )


def _collect_uses(
    register: LawRegister, citations: Iterable[ResolvedCitation], framework: Framework
) -> Iterator[ArticleUse]:
    """Yield the uses, each once, in the order of requirements, instruments and articles."""
    agencies = group_pairs(
        ((one.requirement, one.match.instrument.id, article), one.agency or "")
        for one in citations
        if one.match.instrument is not None
        for article in _label_articles(one) or ("",)
    )
    linked = {
        (link.requirement, link.instrument, article)
        for link in register.links
        if link.entry is EntryState.CHECKED and link.instrument in register.by_id
        for article in _label_link(link, register)
    }
    provisions = ((one.instrument, one.article) for one in register.provisions)
    known = (*index_requirements(framework), *register.by_id, *provisions)
    order = {key: at for at, key in enumerate(known)}

    def place(key: tuple[str, str, str]) -> tuple[int, int, int, str]:
        return order[key[0]], order[key[1]], order.get(key[1:], len(order)), key[2]

    for key in sorted({*agencies, *linked}, key=place):
        yield ArticleUse(
            requirement=key[0],
            instrument=register.by_id[key[1]],
            article=key[2],
            agencies=tuple(sorted({*agencies.get(key, ())})),
            is_linked=key in linked,
        )


def _label_link(link: ProvisionLink, register: LawRegister) -> list[str]:
    """Return the articles of a link, by their labels in the register where it has them."""
    known = select_provisions(register.provisions_of.get(link.instrument, ()), link.article)
    return [one.article for one in known] or [link.article]


def _label_articles(citation: ResolvedCitation) -> tuple[str, ...]:
    """Return the articles that a citation names, by their labels in the register, else like "12(3)(a)"."""
    if len(citation.match.articles) > _WHOLE:
        return ()
    known = tuple(one.article for one in citation.match.provisions)
    articles = citation.match.articles
    return known or tuple(key[0] + "".join(f"({step})" for step in key[1:]) for key in articles)


def _list_without_article(
    uses: Iterable[ArticleUse],
    citations: Iterable[ResolvedCitation],
    results: Mapping[str, CriterionResult],
    withheld: Iterable[ResolvedCitation],
) -> Iterator[MissingArticle]:
    unresolved = (one for one in citations if one.match.instrument is None)
    proven = [one.requirement for one in uses if one.article and is_law(one.instrument)]
    proven += [one.requirement for one in (*unresolved, *withheld) if one.match.articles]
    covered = set(map(get_enclosing_id, proven))
    cited = group_pairs((get_enclosing_id(one.requirement), one.text) for one in citations)
    for name, result in results.items():
        answer = result.counted.rating if result.decided else result.claimed.rating
        if name not in covered and answer is not CriterionRating.NOT_APPLICABLE:
            texts, agencies = tuple(dict.fromkeys(cited.get(name, ()))), result.agencies
            yield MissingArticle(criterion=name, answer=answer, agencies=agencies, cited=texts)


def _list_unused(register: LawRegister, uses: Iterable[ArticleUse]) -> Iterator[Provision]:
    used = {(one.instrument.id, one.article) for one in uses}
    for one in register.provisions:
        if is_law(register.by_id[one.instrument]) and (one.instrument, one.article) not in used:
            yield one


def _sum_up(
    register: LawRegister, uses: Iterable[ArticleUse], results: Mapping[str, CriterionResult]
) -> Iterator[InstrumentUse]:
    by_instrument = group_pairs((one.instrument.id, one) for one in uses)
    for instrument in register.by_id.values():
        own = by_instrument.get(instrument.id, [])
        criteria = tuple(dict.fromkeys(get_enclosing_id(one.requirement) for one in own))
        rated = [results[name] for name in criteria if name in results]
        shown = [one.id for one in rated if one.status is EvidenceStatus.SHOWN]
        yield InstrumentUse(
            instrument=instrument,
            criteria=criteria,
            agencies=tuple(sorted({name for one in own for name in one.agencies})),
            answers=Counter(str(one.claimed.rating or OPEN) for one in rated),
            shown=tuple(shown) if is_law(instrument) else (),
            articles=len({one.article for one in own if one.article}),
        )


def _rank_translations(
    register: LawRegister, uses: Iterable[InstrumentUse], languages: Sequence[str], today: date
) -> tuple[InstrumentUse, ...]:
    def is_lacking(one: InstrumentUse) -> bool:
        states = list_states(register, one.instrument.id, languages, today).values()
        return not {TranslationState.MISSING, TranslationState.STALE}.isdisjoint(states)

    needed = (one for one in uses if one.shown and is_lacking(one))
    return tuple(sorted(needed, key=lambda one: (-len(one.rated_units), -len(one.shown))))


def _list_conflicts(
    register: LawRegister, citations: Iterable[ResolvedCitation], country: str | None
) -> Iterator[CitationConflict]:
    matched = ((one.match.instrument, one) for one in citations)
    by_instrument = group_pairs((one.id, citation) for one, citation in matched if one is not None)
    for name, instrument in register.by_id.items():
        own = by_instrument.get(name, [])
        texts = [one.text for one in own]
        titles = {one: "" if find_instrument_id(one) else find_name(one, country) for one in texts}
        differs = tuple(_find_differences(instrument, own, titles, country))
        if differs:
            forms = tuple(_collect_forms(own, titles, country))
            yield CitationConflict(instrument=instrument, differs=differs, forms=forms)


def _find_differences(
    instrument: Instrument, own: Sequence[ResolvedCitation], titles: Mapping[str, str], country: str | None
) -> Iterator[Difference | str]:
    """Yield what differs: the kind, the date of one article, or titles of one script that are not all official."""
    if len({one.kind for one in own if one.kind}) > 1:
        yield Difference.KIND
    days = group_pairs((one.match.articles, one.in_force_from) for one in own if one.in_force_from)
    if any(len({*given}) > 1 for given in days.values()):
        yield "date"
    official = {read_identity(title, country).plain for title in instrument.titles.values()}
    typed = ((text, title) for text, title in titles.items() if title)
    plain = ((detect_direction(title), read_identity(text, country).plain) for text, title in typed)
    scripts = group_pairs(plain)
    if any(len({*given}) > 1 and {*given} - official for given in scripts.values()):
        yield Difference.TITLE


def _collect_forms(
    own: Iterable[ResolvedCitation], titles: Mapping[str, str], country: str | None
) -> Iterator[CitedForm]:
    def name_form(one: ResolvedCitation) -> tuple[str, str, date | None]:
        return read_identity(one.text, country).plain, str(one.kind or ""), one.in_force_from

    forms = group_pairs((name_form(one), one) for one in own)
    for (_, kind, day), cited in forms.items():
        title = titles[cited[0].text] or find_instrument_id(cited[0].text)
        yield CitedForm(agencies=_list_agencies(cited), title=title, kind=kind, day=day)


def _list_unclear(citations: Iterable[ResolvedCitation]) -> tuple[UnclearCitation, ...]:
    groups = group_pairs((one.text, one) for one in citations if one.match.instrument is None)
    found = [
        UnclearCitation(
            text=text,
            candidates=own[0].match.candidates,
            difference=own[0].match.difference,
            agencies=_list_agencies(own),
            requirements=tuple(dict.fromkeys(one.requirement for one in own)),
            refs=tuple(dict.fromkeys(one.ref for one in own if one.ref)),
        )
        for text, own in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.candidates, -len(one.requirements))))


def _list_agencies(citations: Iterable[ResolvedCitation]) -> tuple[str, ...]:
    return tuple(sorted({one.agency or "" for one in citations}))
