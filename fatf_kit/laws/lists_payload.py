"""The register of laws as JSON: frameworks/schema/laws-list-1 and laws-concordance-1.

Instruments are named by their ids, provisions by these and the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.json_shapes import Count
from fatf_kit.laws.concordance import CitedForm, Concordance, InstrumentUse, MissingArticle
from fatf_kit.laws.model import BillStage, Instrument, InstrumentStatus, LawRegister
from fatf_kit.laws.translations import TranslationState, list_states

InstrumentId = Annotated[str, Meta(pattern=r"^L-[0-9]{3,5}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedInstrument:
    """An instrument of the register, with its number of provisions and its translations by language."""

    id: InstrumentId
    titles: Mapping[str, str]
    kind: EvidenceKind | None
    kind_word: str
    number: str
    year: int | None
    day: date | None
    issuer: str
    status: InstrumentStatus
    in_force_from: date | None
    in_force_until: date | None
    expected: date | None
    stage: BillStage | None
    stage_due: date | None
    amends: tuple[str, ...]
    made_under: tuple[str, ...]
    link: str
    file: str
    is_proposed: bool
    provisions: Count
    translations: Mapping[str, TranslationState]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentListResult:
    """Instruments of a register of laws."""

    schema: Literal["fatf-kit/laws-list/1"]
    day: date
    languages: tuple[str, ...]
    instruments: tuple[ListedInstrument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleUseResult:
    """An article that serves a requirement, and the agencies that cite it."""

    requirement: str
    instrument: InstrumentId
    article: str
    agencies: tuple[str, ...]
    is_linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentUseResult:
    """The criteria that an instrument serves, their answers, and those that count as shown."""

    instrument: InstrumentId
    criteria: tuple[str, ...]
    agencies: tuple[str, ...]
    answers: Mapping[str, Count]
    shown: tuple[str, ...]
    articles: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictResult:
    """An instrument that answers cite in conflicting ways."""

    instrument: InstrumentId
    differs: tuple[str, ...]
    forms: tuple[CitedForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearResult:
    """A citation that may mean an instrument of the register, or means none of it."""

    text: str
    candidates: tuple[InstrumentId, ...]
    difference: str | None
    agencies: tuple[str, ...]
    requirements: tuple[str, ...]
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingTranslation:
    """An instrument without a translation of the present text, and what rests on it."""

    instrument: InstrumentId
    units: tuple[str, ...]
    criteria: tuple[str, ...]
    states: Mapping[str, TranslationState]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcordanceResult:
    """The register and the Methodology read both ways. `withheld` counts citations that the reader may not see."""

    schema: Literal["fatf-kit/laws-concordance/1"]
    day: date
    languages: tuple[str, ...]
    withheld: Count
    uses: tuple[ArticleUseResult, ...]
    without_article: tuple[MissingArticle, ...]
    unused: tuple[str, ...]
    instruments: tuple[InstrumentUseResult, ...]
    conflicts: tuple[ConflictResult, ...]
    unclear: tuple[UnclearResult, ...]
    translations: tuple[MissingTranslation, ...]


def make_instrument_list(
    register: LawRegister, listed: Iterable[Instrument], languages: Sequence[str], today: date
) -> InstrumentListResult:
    """Make the JSON value of a list of instruments."""
    return InstrumentListResult(
        schema="fatf-kit/laws-list/1",
        day=today,
        languages=tuple(languages),
        instruments=tuple(_make_instrument(instrument, register, languages, today) for instrument in listed),
    )


def make_concordance_result(found: Concordance, languages: Sequence[str], today: date) -> ConcordanceResult:
    """Make the JSON value of a concordance."""
    return ConcordanceResult(
        schema="fatf-kit/laws-concordance/1",
        day=today,
        languages=tuple(languages),
        withheld=found.withheld,
        uses=tuple(
            ArticleUseResult(
                requirement=use.requirement,
                instrument=use.instrument.id,
                article=use.article,
                agencies=use.agencies,
                is_linked=use.is_linked,
            )
            for use in found.uses
        ),
        without_article=found.without_article,
        unused=tuple(provision.id for provision in found.unused),
        instruments=tuple(map(_make_use, found.instruments)),
        conflicts=tuple(
            ConflictResult(instrument=conflict.instrument.id, differs=conflict.differs, forms=conflict.forms)
            for conflict in found.conflicts
        ),
        unclear=tuple(
            UnclearResult(
                text=citation.text,
                candidates=tuple(instrument.id for instrument in citation.candidates),
                difference=citation.difference,
                agencies=citation.agencies,
                requirements=citation.requirements,
                refs=tuple(map(str, citation.refs)),
            )
            for citation in found.unclear
        ),
        translations=tuple(
            MissingTranslation(
                instrument=use.instrument.id,
                units=use.rated_units,
                criteria=use.shown,
                states=list_states(found.register, use.instrument.id, languages, today),
            )
            for use in found.translations
        ),
    )


def _make_instrument(
    instrument: Instrument, register: LawRegister, languages: Sequence[str], today: date
) -> ListedInstrument:
    return ListedInstrument(
        id=instrument.id,
        titles=dict(instrument.titles),
        kind=instrument.kind,
        kind_word=instrument.kind_word,
        number=instrument.number,
        year=instrument.year,
        day=instrument.day,
        issuer=instrument.issuer,
        status=instrument.status,
        in_force_from=instrument.in_force_from,
        in_force_until=instrument.in_force_until,
        expected=instrument.expected,
        stage=instrument.stage,
        stage_due=instrument.stage_due,
        amends=instrument.amends,
        made_under=instrument.made_under,
        link=instrument.link,
        file=instrument.file,
        is_proposed=instrument.is_proposed,
        provisions=len(register.provisions_of.get(instrument.id, ())),
        translations=list_states(register, instrument.id, languages, today),
    )


def _make_use(use: InstrumentUse) -> InstrumentUseResult:
    return InstrumentUseResult(
        instrument=use.instrument.id,
        criteria=use.criteria,
        agencies=use.agencies,
        answers=dict(use.answers),
        shown=use.shown,
        articles=use.articles,
    )
