"""The workbook of a country's measures for non-profit organisations, declared: what may stand in it.

Its tables are the measures, one row for each, and the questions: on assessment and sanctions, and on another sheet on
the nature of the threat, how the sector was consulted and what was decided on its rating.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import load_measures
from fatf_kit.npo.measures.proportionality import load_checks
from fatf_kit.npo.measures.sector_rating import load_parts
from fatf_kit.npo.scales import RiskBand, SegmentKind
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Choices, SheetColumn, SheetTable


def band_names(t: Translator) -> dict[str, str]:
    """Return the five bands of risk in words."""
    names = {tier.tier.value: tier.name for tier in load_measures(t.language).tiers}
    between = {RiskBand.MEDIUM_LOW: t("Medium-low"), RiskBand.MEDIUM_HIGH: t("Medium-high")}
    return {band.value: between.get(band) or names[band.value] for band in RiskBand}


def _segment_names(language: str) -> Mapping[str, str]:
    t = Translator(language)
    return {
        SegmentKind.ACTIVITY: t("Activity"),
        SegmentKind.REGION: t("Region"),
        SegmentKind.LEGAL_FORM: t("Legal form"),
        SegmentKind.SIZE: t("Size"),
    }


def _yes_no(language: str) -> Mapping[str, str]:
    t = Translator(language)
    return {"yes": t("Yes"), "no": t("No")}


KINDS = Choices("npo_kinds", lambda language: {one.id: one.name for one in load_measures(language).kinds.values()})
AUDIENCES = Choices(
    "npo_audiences", lambda language: {one.id: one.name for one in load_measures(language).audiences.values()}
)
SEGMENTS = Choices("npo_segments", _segment_names)
YES_NO = Choices("npo_yes_no", _yes_no)
BANDS = Choices("npo_bands", lambda language: band_names(Translator(language)))

_CHOICE = CellKind.CHOICE

MEASURES = SheetTable(
    name="measures",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn(key="measure", heading="Measure", width=40),
        SheetColumn(key="kind", heading="Kind of measure", kind=_CHOICE, choices=KINDS, width=30, style="short text"),
        SheetColumn(
            key="audience", heading="On whom", kind=CellKind.CHOICES, choices=AUDIENCES, width=24, style="short text"
        ),
        SheetColumn(key="segment_by", heading="Only a segment: by", kind=_CHOICE, choices=SEGMENTS, width=17),
        SheetColumn(key="segment", heading="Which segment", width=20),
        SheetColumn(
            key="because_of_tf", heading="Because of terrorist financing?", kind=_CHOICE, choices=YES_NO, width=19
        ),
        SheetColumn(key="legal_basis", heading="Legal basis", width=30),
        SheetColumn(key="hours", heading="Hours a year for one body", kind=CellKind.NUMBER, width=18),
        SheetColumn(key="bodies", heading="Number of bodies", kind=CellKind.WHOLE, width=15),
    ),
)
"""The measures; a measure may be known by its kind alone."""


_ANSWER = SheetColumn(key="answer", heading="Answer", width=22)
_ANSWERS: Mapping[str, SheetColumn] = MappingProxyType({
    "yes_no": replace(_ANSWER, kind=_CHOICE, choices=YES_NO, style="rating"),
    "band": replace(_ANSWER, kind=_CHOICE, choices=BANDS, style="rating"),
    "date": replace(_ANSWER, kind=CellKind.DATE),
    "text": _ANSWER,
})  # fmt: skip


@cache
def question_kinds() -> Mapping[str, str]:
    """Return what the answer to each question is, by its id: "yes_no", "band", "date" or "text"."""
    kinds = {question.id: question.kind for question in load_checks().questions}
    return MappingProxyType(kinds | {part.id: part.kind for part in load_parts()})


def _answer_column(question: str) -> SheetColumn | None:
    return _ANSWERS.get(question_kinds().get(question, ""))


QUESTIONS = SheetTable(
    name="questions",
    columns=(
        SheetColumn(key="question", heading="Id", kind=CellKind.ID, width=26, hidden=True),
        SheetColumn(key="asked", heading="Question", kind=CellKind.PRINTED, width=76, style="requirement"),
        replace(_ANSWER, column_of=_answer_column),
        SheetColumn(key="remark", heading="Where this is written", width=44),
    ),
)
"""The questions, each with an answer of its own kind."""

_WIDE = {"asked": 52, "answer": 64, "remark": 36}
THREAT = replace(
    QUESTIONS, columns=tuple(replace(one, width=_WIDE.get(one.key, one.width)) for one in QUESTIONS.columns)
)
"""The same as it is written where answers are long."""

MEASURES_BOOK = BookSchema(
    kind="npo-measures",
    what="the measures for non-profit organisations",
    command="fatf-kit npo template",
    tables=(MEASURES, QUESTIONS),
)
