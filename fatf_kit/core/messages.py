"""What fatf-kit says, in the reader's language: translated text, plurals, numbers and dates.

English is the source and needs no catalogue. Catalogues are gettext files in frameworks/locale/; they are working
translations, never FATF's own words.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import LANGUAGE_TAGS, LANGUAGES, direction, label, list_labels, list_named_scales
from fatf_kit.core.resources import data_folder

if TYPE_CHECKING:
    from babel.messages import Catalog

NO_BREAK = "\u00a0"
"""The space before French signs."""

MADE_UP = "Made-up example: its laws, bodies, figures and answers are invented to show the tool."
"""What stands on every page of an example, in English; reports say it in the reader's language."""

AFFILIATION = (
    "fatf-kit is not affiliated with or endorsed by FATF, its regional bodies, the United Nations or the World Bank."
)
"""What every document says in the reader's language: reports through their renderer, workbooks through `Pen`."""


class Translator:
    """The words of one language, called like a function.

    >>> t = Words("en")
    >>> t("{n} of {of}", n=3, of=4), t.plural("{n} criterion", "{n} criteria", 2)
    ('3 of 4', '2 criteria')
    """

    def __init__(self, language: str) -> None:
        """Raises UnknownIdError for a language that is not shipped."""
        if language not in LANGUAGES:
            raise UnknownIdError(f"There is no language {language!r}. Use one of: {', '.join(LANGUAGES)}.")
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, **facts: object) -> str:
        """The message in this language, with its facts filled in; without facts, braces in it stay as they are."""
        text = self._catalogue.gettext(message) if message else ""
        return text.format_map(facts) if facts else text

    def plural(self, singular: str, plural: str, n: int, **facts: object) -> str:
        """The right form for a number; the number itself is the fact "n"."""
        return self._catalogue.ngettext(singular, plural, n).format_map({"n": n, **facts})

    def named(self, code: str) -> str:
        """What a code of any closed list is called: a rating, a level of risk, a kind of evidence, a score.

        The rating of a whole unit stays its letters, and what has no name stays as it is.

        >>> Words("fr").named("mostly met"), Words("fr").named("PC"), Words("fr").named("central-bank")
        ('en grande partie rempli', 'PC', 'central-bank')
        """
        for scale in list_named_scales():
            if code in list_labels(scale, self.language):
                return label(scale, code, self.language)
        return code

    def listed(self, items: Iterable[str]) -> str:
        """Items after one another, with the comma of the language.

        >>> Words("ar").listed(["R.1", "R.2"])
        'R.1، R.2'
        """
        return ("، " if self.language == "ar" else ", ").join(items)

    def points(self, items: Iterable[str]) -> str:
        """Longer items after one another, with the semicolon of the language."""
        return {"ar": "؛ ", "fr": f"{NO_BREAK}; "}.get(self.language, "; ").join(items)

    def percent(self, share: str | int) -> str:
        """A share in per cent, whose sign French keeps with the number.

        >>> Words("en").percent(52)
        '52 %'
        """
        return f"{share}{NO_BREAK if self.language == 'fr' else ' '}%"

    def country(self, iso3: str, name: str) -> str:
        """A country's name in the language by its ISO 3166 code; `name` where the code is not known.

        >>> Words("fr").country("IRQ", "Iraq"), Words("en").country("IRQ", "Iraq")
        ('Irak', 'Iraq')
        """
        if self.language == "en":
            return name  # as published
        found = find_country_name(iso3, self.language)
        return name if found == iso3 else found

    @property
    def direction(self) -> str:
        """Which way the language runs, "rtl" or "ltr"."""
        return direction(self.language)

    def day(self, day: date) -> str:
        """A date in words, which cannot turn around in right-to-left text.

        >>> Words("fr").day(date(2026, 3, 31)), Words("fr").day(date(2026, 3, 1))
        ('31 mars 2026', '1er mars 2026')
        """
        from babel.dates import format_date

        told = str(format_date(day, format="long", locale=_cldr(self.language)))
        return f"1er{told[1:]}" if self.language == "fr" and day.day == 1 else told  # CLDR writes the figure alone

    def weekday(self, number: int) -> str:
        """The name of a day of the week; 0 is Monday.

        >>> Words("en").weekday(4), Words("fr").weekday(5)
        ('Friday', 'samedi')
        """
        from babel.dates import get_day_names

        return str(get_day_names("wide", "stand-alone", locale=_cldr(self.language))[number])

    def moment(self, text: str) -> str:
        """The day of a time given as ISO 8601 text, in words.

        >>> Words("en").moment("2026-11-24T15:00+00:00")
        '24 November 2026'
        """
        return self.day(date.fromisoformat(text[:10]))

    def number(self, number: float) -> str:
        r"""A number with the marks of the language.

        >>> Words("en").number(12345.5), Words("fr").number(12345) == "12\u202f345"
        ('12,345.5', True)
        """
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=_cldr(self.language)))

    def month(self, text: str) -> str:
        """A month given as "2024-05", in words.

        >>> Words("en").month("2024-05")
        'May 2024'
        """
        from babel.dates import format_date

        year, month = map(int, text.split("-")[:2])
        return str(format_date(date(year, month, 1), format="LLLL y", locale=_cldr(self.language)))


def find_country_name(iso3: str, language: str) -> str:
    """A country's name in a language by its ISO 3166 code of three letters; the code itself where it is not known.

    >>> country_name("IRQ", "ar"), country_name("XRU", "en")
    ('العراق', 'XRU')
    """
    from babel import Locale
    from babel.core import get_global

    codes = get_global("territory_aliases").get(iso3, [iso3])
    if codes[0] == "ZZ":  # CLDR's "unknown region"
        return iso3
    return str(Locale.parse(_cldr(language)).territories.get(codes[0], iso3))


def _cldr(language: str) -> str:
    """The language's locale as Babel writes it."""
    return LANGUAGE_TAGS[language].replace("-", "_")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, compiled in memory from its text form, so that there is no binary to go stale."""
    source = _source(language)
    if source is None:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, source)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def count_translated(language: str) -> tuple[int, int]:
    """How many of the catalogue's messages are translated into a language, and how many there are; none without one.

    >>> said, of = count_translated("fr")
    >>> said == of > 1_500
    True

    Raises:
        OSError: the catalogue cannot be read.
        ValueError: it is no text in UTF-8, or no catalogue.
    """
    messages = [message for message in _source(language, strict=True) or () if message.id]
    return sum(all(message.string or ("",)) for message in messages), len(messages)


def _source(language: str, *, strict: bool = False) -> Catalog | None:
    """A catalogue in its text form; None for English, and where there is none. What is no catalogue is passed over."""
    path = data_folder("frameworks") / "locale" / f"{language}.po"
    if language == "en" or not path.is_file():
        return None
    from babel.messages.pofile import PoFileError, read_po

    with path.open(encoding="utf-8") as source:
        try:
            return read_po(source, locale=language, abort_invalid=strict)
        except PoFileError as fault:
            raise ValueError(f"{path.name}: {fault}") from fault
