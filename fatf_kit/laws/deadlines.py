"""The days by which bills and translations are to be ready, for the status, the calendar and the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.laws.model import Instrument, InstrumentStatus, LawRegister
from fatf_kit.laws.translations import (
    TranslationState,
    find_language,
    instrument_translation_state,
    name_language,
    translation_state,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawDeadline:
    """A day by which something of the register is to be ready, with a sentence in the reader's language.

    `kind` is "stage", "commencement" or "translation".
    """

    day: date
    kind: str
    law: str
    text: str


def list_deadlines(register: LawRegister, t: Translator) -> tuple[LawDeadline, ...]:
    """Return the deadlines of bills, of laws that are not in force yet, and of ordered translations, by day."""
    found = (*_bill_deadlines(register, t), *_translation_deadlines(register, t))
    return tuple(sorted(found, key=lambda one: (one.day, one.law, one.kind)))


def count_late_bills(register: LawRegister, today: date) -> int:
    """Return the number of bills and drafts whose present stage or entry into force is overdue."""
    return sum(any(day is not None and day < today for day in (one.stage_due, one.expected)) for one in register.bills)


def _bill_deadlines(register: LawRegister, t: Translator) -> Iterator[LawDeadline]:
    for one in register.bills:
        if one.stage_due:
            stage = t(one.stage) if one.stage else t("present stage")
            text = t("{law}: complete the stage '{stage}'", law=_name(one, t), stage=stage)
            yield LawDeadline(day=one.stage_due, kind="stage", law=one.id, text=text)
        if one.expected:
            text = t("{law}: expected to come into force", law=_name(one, t))
            yield LawDeadline(day=one.expected, kind="commencement", law=one.id, text=text)


def _translation_deadlines(register: LawRegister, t: Translator) -> Iterator[LawDeadline]:
    for one in register.translations:
        if one.due and translation_state(register, one, date.max) is TranslationState.ORDERED:
            instrument = register.by_id[one.instrument]
            language = name_language(find_language(one.language), t)
            text = t("{law}: translation into {language}", law=_name(instrument, t), language=language)
            yield LawDeadline(day=one.due, kind="translation", law=one.instrument, text=text)


def _name(one: Instrument, t: Translator) -> str:
    return f"{one.id} {one.title(t.language)}"


def count_untranslated(register: LawRegister, last_day: date) -> int:
    """Return the number of instruments in force that lack a current translation into a language that is asked for.

    A language is asked for where any translation into it is entered or ordered. Guidance counts too.
    """
    wanted = {find_language(one.language) for one in register.translations if one.language}
    current = TranslationState.CURRENT
    return sum(
        any(instrument_translation_state(register, one.id, name, last_day) is not current for name in wanted)
        for one in register.instruments
        if one.status is InstrumentStatus.IN_FORCE and not one.is_proposed
    )
