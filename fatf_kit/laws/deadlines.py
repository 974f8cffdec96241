"""The days by which bills and translations are to be ready, for the status, the calendar and the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.laws.model import LawRegister
from fatf_kit.laws.translations import TranslationState, find_language, name_language, translation_state


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
    return tuple(sorted(_deadlines(register, t), key=lambda one: (one.day, one.law, one.kind)))


def _deadlines(register: LawRegister, t: Translator) -> Iterator[LawDeadline]:
    for one in register.bills:
        law = f"{one.id} {one.title(t.language)}"
        if one.stage_due:
            stage = t(one.stage) if one.stage else t("present stage")
            text = t("{law}: the stage '{stage}' ends", law=law, stage=stage)
            yield LawDeadline(day=one.stage_due, kind="stage", law=one.id, text=text)
        if one.expected:
            text = t("{law}: expected to come into force", law=law)
            yield LawDeadline(day=one.expected, kind="commencement", law=one.id, text=text)
    for made in register.translations:
        if made.due and translation_state(register, made, date.max) is TranslationState.ORDERED:
            law = f"{made.instrument} {register.by_id[made.instrument].title(t.language)}"
            language = name_language(find_language(made.language), t)
            text = t("{law}: translation into {language}", law=law, language=language)
            yield LawDeadline(day=made.due, kind="translation", law=made.instrument, text=text)


def count_late_bills(register: LawRegister, today: date) -> int:
    """Return the number of bills and drafts whose present stage or entry into force is overdue."""
    days = [(one.stage_due, one.expected) for one in register.bills]
    return sum(any(day is not None and day < today for day in both) for both in days)
