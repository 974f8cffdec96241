"""Whether the translations of instruments are of the text that applies.

A translation is of the text of one day. It is out of date once a later change of that text is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from fatf_kit.assessment.folder.control_schema import LANGUAGE_CHOICES
from fatf_kit.core.languages import clean
from fatf_kit.core.messages import Translator
from fatf_kit.laws.articles import Relation, are_related, covers, do_labels_relate
from fatf_kit.laws.model import InstrumentStatus, LawRegister, Provision, Translation


class TranslationState(StrEnum):
    """The state of the translation of an instrument, the best first."""

    CURRENT = "up to date"
    STALE = "out of date"
    ORDERED = "ordered"
    MISSING = "not translated"


def find_language(text: str) -> str:
    """Return the code of a language that is typed as a code or by its name; the text itself for any other language.

    >>> find_language("Arabic"), find_language("français"), find_language(" es ")
    ('ar', 'fr', 'es')
    """
    return LANGUAGE_CHOICES.code_of(text) or clean(text)


def name_language(code: str, t: Translator) -> str:
    """Return the name of a language; a text that is not a code of a shipped language stays as it is."""
    return LANGUAGE_CHOICES.label(code, t.language)


def list_wanted_languages(register: LawRegister, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages into which instruments are to be translated.

    `languages` are those of the assessment, that of the instruments first. The others are wanted, and each language of
    a translation in the register; where there is none of either, English, in which evaluations are conducted.

    >>> list_wanted_languages(LawRegister(), ["ar", "fr"]), list_wanted_languages(LawRegister(), ["ar"])
    (('fr',), ('en',))
    """
    main, *others = languages
    entered = (find_language(one.language) for one in register.translations)
    found = dict.fromkeys((*others, *entered))
    return tuple(one for one in found or ("en",) if one and one != main)


def find_text_day(register: LawRegister, instrument: str, today: date, *, article: str = "") -> date | None:
    """Return the day of the text that applies: that on which its last change came into force, up to today.

    Changes are the instrument's own beginning, that of its provisions, and every instrument in force that amends it.
    With an article, only provisions of that article count; an amendment counts for every article, because the register
    does not say which of them it changes. None where no day is known, or the instrument is not in the register.
    """
    known = register.by_id.get(instrument)
    if known is None:
        return None
    provisions = register.provisions_of.get(instrument, ())
    own = select_provisions(provisions, article) if article else provisions
    amending = register.amending.get(instrument, ())
    changes = [one for one in amending if one.status is InstrumentStatus.IN_FORCE]
    days = [one.in_force_from for one in (known, *changes)] + [one.in_force_from for one in own]
    return max((day for day in days if day and day <= today), default=None)


def translation_state(register: LawRegister, translation: Translation, today: date) -> TranslationState:
    """Return the state of one translation.

    It is ordered while it has neither a day of completion nor a day of its text, or is to be completed later. Where
    the day of the text that was translated is not known, it is the day on which the translation was made.
    """
    of_text = translation.text_as_of or translation.made_on
    if of_text is None or (translation.made_on and translation.made_on > today):
        return TranslationState.ORDERED
    changed = find_text_day(register, translation.instrument, today, article=translation.article)
    return TranslationState.STALE if changed and of_text < changed else TranslationState.CURRENT


def instrument_translation_state(
    register: LawRegister, instrument: str, language: str, today: date
) -> TranslationState:
    """Return the state of the translation of a whole instrument into a language.

    The best of its translations counts. Translations of single articles count together where they are of every
    provision in the register: then the worst of them counts.
    """
    every = register.translations_of.get(instrument, ())
    made = [one for one in every if find_language(one.language) == language]
    order = list(TranslationState)
    whole = [translation_state(register, one, today) for one in made if not one.article]
    parts = {one.article: translation_state(register, one, today) for one in made if one.article}

    def find_best(states: Iterable[TranslationState]) -> TranslationState:
        return min(states, key=order.index, default=TranslationState.MISSING)

    of_each = [
        find_best(parts[name] for name in parts if select_provisions((one,), name, covers))
        for one in register.provisions_of.get(instrument, ())
    ]
    together = [max(of_each, key=order.index)] if of_each else []
    return find_best((*whole, *together))


def count_untranslated(register: LawRegister, last_day: date) -> int:
    """Return the number of instruments in force that lack a current translation into a language that is asked for.

    A language is asked for where any translation into it is entered or ordered. Guidance counts too.
    """
    wanted = {find_language(one.language) for one in register.translations if one.language}
    checked = (one for one in register.instruments if not one.is_proposed)
    in_force = [one.id for one in checked if one.status is InstrumentStatus.IN_FORCE]
    states = [list_states(register, name, wanted, last_day) for name in in_force]
    return sum(any(one is not TranslationState.CURRENT for one in own.values()) for own in states)


def list_states(
    register: LawRegister, instrument: str, languages: Iterable[str], today: date
) -> Mapping[str, TranslationState]:
    """Return the state of the translation of an instrument into each of some languages."""
    return {one: instrument_translation_state(register, instrument, one, today) for one in languages}


def select_provisions(
    provisions: Iterable[Provision], article: str, relates: Relation = are_related
) -> list[Provision]:
    """Return the provisions to which an article relates: by default those that it is, contains or is in.

    A provision with the same label always relates to it.
    """

    def is_related(one: Provision) -> bool:
        return one.article == article or do_labels_relate(article, one.article, relates=relates)

    return list(filter(is_related, provisions))
