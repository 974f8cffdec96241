"""Messages in the reader's language: translated text, plurals, numbers and dates.

English is the source and needs no catalogue. Catalogues are gettext files in frameworks/locale/, which the installation
compiles; they are working translations, never FATF's own words.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.isolation import isolate_text
from fatf_kit.core.languages import LANGUAGE_TAGS, LANGUAGES, direction, label, list_labels, list_named_scales
from fatf_kit.core.name_lists import ListStyle, get_semicolon, join_list
from fatf_kit.core.national_words import apply_vocabulary, base_language
from fatf_kit.core.resources import data_folder

NO_BREAK = "\u00a0"
"""The space before French signs."""

MADE_UP = "Made-up example: its laws, bodies, figures and answers are invented to show the tool."
"""The notice on every page of an example, in English; reports translate it."""

AFFILIATION = (
    "fatf-kit is not affiliated with or endorsed by FATF, its regional bodies, the United Nations or the World Bank."
)
"""The notice in every document; reports and workbooks translate it."""


class Translator:
    """A translator of messages into one language, called like a function.

    A language with a country (`add_country`) has the country's own words, and its months and numbers as CLDR has them.
    Facts in another direction are isolated, so that a typed answer in Latin letters stays whole in an Arabic sentence.

    >>> t = Translator("en")
    >>> t("{n} of {of}", n=3, of=4), t.plural("{n} criterion", "{n} criteria", 2)
    ('3 of 4', '2 criteria')
    """

    def __init__(self, language: str) -> None:
        """Raises UnknownIdError for a language that is not shipped."""
        base = base_language(language)
        if base not in LANGUAGES:
            raise UnknownIdError(
                "'{found}' is not a language of fatf-kit. Allowed: {names}.", found=language, names=LANGUAGES
            )
        self.language = language
        self.base = base
        self._catalogue = _catalogue(base)

    def __call__(self, message: str, **facts: object) -> str:
        """Return the message in this language with its facts filled in; without facts, braces in it stay."""
        text = self._catalogue.gettext(message) if message else ""
        if text is not message:  # what is in no catalogue was typed by people
            text = apply_vocabulary(text, self.language)
        return text.format_map(self._isolate_facts(facts)) if facts else text

    def plural(self, singular: str, plural: str, n: int, **facts: object) -> str:
        """Return the form of a message for a number; the number itself is the fact "n"."""
        return self.plural_form(singular, plural, n).format_map({"n": self.number(n), **self._isolate_facts(facts)})

    def plural_form(self, singular: str, plural: str, n: int) -> str:
        """Return the form of a message for a number, with its placeholders."""
        return apply_vocabulary(self._catalogue.ngettext(singular, plural, n), self.language)

    def named(self, code: str) -> str:
        """Return the label of a code of any closed list: a rating, a level of risk, a kind of evidence, a score.

        The rating of a whole unit stays its letters, and a code without a label stays as it is.

        >>> Translator("fr").named("mostly met"), Translator("fr").named("PC"), Translator("fr").named("central-bank")
        ('en grande partie rempli', 'PC', 'central-bank')
        """
        for scale in list_named_scales():
            if code in list_labels(scale, self.language):
                return label(scale, code, self.language)
        return code

    def listed(self, items: Iterable[str]) -> str:
        r"""Join items as the language does in a sentence, with "and" before the last one.

        >>> Translator("en").listed(["R.1", "R.2", "R.3"]), Translator("fr").listed(["R.1", "R.2"])
        ('R.1, R.2 and R.3', 'R.1 et R.2')
        >>> Translator("ar").listed(["R.1", "R.2"])
        '\u2066R.1\u2069 و\u2066R.2\u2069'
        """
        return self._join(items, "standard")

    def first_of(self, names: Iterable[str], most: int = 10) -> str:
        """Join the first names as `listed` does, and say how many more there are.

        >>> Translator("en").first_of(["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"], most=2)
        'a.xlsx, b.xlsx and 2 more'
        """
        (*given,) = names
        rest = len(given) - most
        if rest <= 0:
            return self.listed(given)
        return self.listed([*given[:most], self.plural("{n} more", "{n} more", rest)])

    def either(self, items: Iterable[str]) -> str:
        """Join items of which one is meant, with "or" before the last one.

        >>> Translator("en").either(["NC", "PC"]), Translator("fr").either(["NC", "PC"])
        ('NC or PC', 'NC ou PC')
        """
        return self._join(items, "or")

    def _join(self, items: Iterable[str], style: ListStyle) -> str:
        return join_list([self._isolate(item) for item in items], _cldr(self.language), style)

    def joined(self, items: Iterable[str]) -> str:
        r"""Join parts that are no enumeration, as a title and its year or ids in a cell, with commas.

        >>> Translator("ar").joined(["R.1", "R.2"])
        '\u2066R.1\u2069، \u2066R.2\u2069'
        """
        return ("، " if self.base == "ar" else ", ").join(map(self._isolate, items))

    def points(self, items: Iterable[str]) -> str:
        """Return longer items with the semicolon of the language between them, which replaces their full stops.

        >>> Translator("en").points(["No rule.", "No data."])
        'No rule; No data.'
        """
        *before, last = [*items] or [""]
        parts = [item.removesuffix(".") for item in before]
        return get_semicolon(self.base).join(map(self._isolate, (*parts, last)))

    def _isolate(self, text: str) -> str:
        return isolate_text(text, self.direction)

    def _isolate_facts(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {key: self._isolate(fact) if type(fact) is str else fact for key, fact in facts.items()}

    def percent(self, share: str | int) -> str:
        """Return a share in per cent, with the space of the language before the sign.

        >>> Translator("en").percent(52), Translator("ar").percent(52)
        ('52%', '52%')
        """
        return f"{share}{NO_BREAK if self.base == 'fr' else ''}%"

    def country(self, iso3: str, name: str) -> str:
        """Return a country's name in the language by its ISO 3166 code; `name` if the code is not known.

        >>> Translator("fr").country("IRQ", "Iraq"), Translator("en").country("IRQ", "Iraq")
        ('Irak', 'Iraq')
        """
        if self.base == "en":
            return name  # as published
        found = find_country_name(iso3, self.language)
        return name if found == iso3 else found

    @property
    def direction(self) -> str:
        """The direction of the language, "rtl" or "ltr"."""
        return direction(self.language)

    def day(self, day: date) -> str:
        """Return a date in words, which right-to-left text does not reverse.

        >>> Translator("fr").day(date(2026, 3, 31)), Translator("fr").day(date(2026, 3, 1))
        ('31 mars 2026', '1er mars 2026')
        """
        from babel.dates import format_date

        words = str(format_date(day, format="long", locale=_cldr(self.language)))
        return f"1er{words[1:]}" if self.base == "fr" and day.day == 1 else words  # CLDR has the figure alone

    def weekday(self, number: int) -> str:
        """Return the name of a day of the week; 0 is Monday.

        >>> Translator("en").weekday(4), Translator("fr").weekday(5)
        ('Friday', 'samedi')
        """
        from babel.dates import get_day_names

        return str(get_day_names("wide", "stand-alone", locale=_cldr(self.language))[number])

    def month_name(self, number: int) -> str:
        """Return the name of a month; 1 is January.

        >>> Translator("en").month_name(7), Translator("fr").month_name(4)
        ('July', 'avril')
        """
        from babel.dates import get_month_names

        return str(get_month_names("wide", "stand-alone", locale=_cldr(self.language))[number])

    def moment(self, text: str) -> str:
        """Return the day of a time given as ISO 8601 text, in words.

        >>> Translator("en").moment("2026-11-24T15:00+00:00")
        '24 November 2026'
        """
        return self.day(date.fromisoformat(text[:10]))

    def number(self, number: float) -> str:
        r"""Return a number with the separators of the language.

        >>> Translator("en").number(12345.5), Translator("fr").number(12345) == "12\u202f345"
        ('12,345.5', True)
        """
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=_cldr(self.language)))

    def month(self, text: str) -> str:
        """Return a month given as "2024-05", in words.

        >>> Translator("en").month("2024-05")
        'May 2024'
        """
        from babel.dates import format_date

        year, month = map(int, text.split("-")[:2])
        return str(format_date(date(year, month, 1), format="LLLL y", locale=_cldr(self.language)))


def find_country_name(iso3: str, language: str) -> str:
    """Return a country's name in a language by its ISO 3166 code of three letters; the code itself if it is not known.

    >>> find_country_name("IRQ", "ar"), find_country_name("XRU", "en")
    ('العراق', 'XRU')
    """
    from babel import Locale
    from babel.core import get_global

    codes = get_global("territory_aliases").get(iso3, [iso3])
    if codes[0] == "ZZ":  # CLDR's "unknown region"
        return iso3
    return str(Locale.parse(_cldr(language)).territories.get(codes[0], iso3))


def name_language(code: str, language: str) -> str:
    """Return the name of a language in a language; the code itself where it has no name.

    >>> name_language("fr", "en"), name_language("ar", "fr-MA")
    ('French', 'arabe')
    """
    from babel import Locale

    return str(Locale.parse(base_language(language)).languages.get(code, code))


def _cldr(language: str) -> str:
    """Return the language's locale as Babel writes it: that of its country where CLDR has one."""
    from babel.localedata import exists

    national = language.replace("-", "_")
    if "-" in language and exists(national):
        return national
    return LANGUAGE_TAGS[base_language(language)].replace("-", "_")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Return the compiled catalogue of a language; English where there is none."""
    path = data_folder("frameworks") / "locale" / f"{language}.mo"
    if language == "en" or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def count_translated(language: str) -> tuple[int, int]:
    """Count the messages of a language's catalogue that are translated, and all that it has; 0 without a catalogue.

    A translation that is older than its English is not counted, because English is shown instead.

    >>> translated, total = count_translated("fr")
    >>> translated == total > 1_500
    True

    Raises:
        OSError: the catalogue cannot be read.
        ValueError: the file is not UTF-8 text, or not a catalogue.
    """
    path = data_folder("frameworks") / "locale" / f"{language}.po"
    if not (path.is_file() and path.with_suffix(".mo").is_file()):
        return 0, 0
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open(encoding="utf-8") as source:
            messages = [message for message in read_po(source, locale=language, abort_invalid=True) if message.id]
    except PoFileError as fault:
        raise ValueError(f"{path.name}: {fault}") from fault
    return sum(all(message.string or ("",)) and not message.fuzzy for message in messages), len(messages)
