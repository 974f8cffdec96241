"""Values that people type into the cells of a template, each with its meaning; None where it has none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from fatf_kit.core.languages import LANGUAGES, list_labels

Typed = tuple[object, object]
"""A value for a cell, and what it must be read as."""

TEXTS = (
    "=Not a formula", "+5 %", "-x", "@me", "a\nb\n\nc", "  outer spaces ", "نص عربي ١٢٣", "\u200fمع علامات\u200f",
    "<b>&amp;</b>", "\U0001f600", "e\u0301", "NA", "None", "TRUE", "00123", "1e5", "#N/A is what we see", "rating",
    "Rating\nExplanation\nWhat is missing\nPlanned action", "Id", "R.9/9.1", "Country", "fatf-kit:stamp", "-",
    "The supervisor inspects every bank once a year.", "x" * 500,
)  # fmt: skip
NO_RATINGS = ("mostly", "yes", "4", 3, "LC", "HE", "met or mostly met", "?", True)
NO_DATES = ("soon", "2026", 2026, "31/02/2026", "1247/09/12", "31/03/26", True)
NO_LEVELS = ("top secret", "R", 2)
DAYS = (date(2019, 6, 1), date(2026, 3, 31), date(2024, 2, 29), date(2027, 12, 13))
MONTHS = {
    "en": ["June", "March", "February", "December"],
    "fr": ["juin", "mars", "février", "décembre"],
    "ar": ["يونيو", "مارس", "فبراير", "ديسمبر"],
}
ARABIC, PERSIAN = (str.maketrans("0123456789", digits) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"))
AROUND = ("", " ", "\u00a0", "\u200f", "\u202b", "\ufeff", "\n", "\u2009")


def digits(random: Random, text: str) -> str:
    """The text with its digits as they are, or as Arabic or Persian ones."""
    return text.translate(random.choice([{}, ARABIC, PERSIAN]))


def dressed(random: Random, text: str) -> str:
    """The text in some case, with stray spaces and marks around it."""
    cased = random.choice([text, text.upper(), text.title(), text.lower()])
    before, after = random.choice(AROUND), random.choice(AROUND)
    return before + cased.replace(" ", random.choice([" ", "  ", "\u00a0"])) + after


def choice(random: Random, scale: str, odd: tuple[object, ...]) -> Typed:
    """A code of a scale by its own name or its label in some language, or now and then something else."""
    if odd and random.randrange(8) == 0:
        return random.choice(odd), None
    language = random.choice(LANGUAGES)
    code, label = random.choice(list(list_labels(scale, language).items()))
    return dressed(random, random.choice([code, label])), code


def same_choice(random: Random, scale: str, code: object) -> str:
    """The same code, typed in another way."""
    return dressed(random, list_labels(scale, random.choice(LANGUAGES))[str(code)])


def day(random: Random, *, odd: bool = True) -> Typed:
    """A date as a date, as a number or in words, or now and then no date."""
    if odd and random.randrange(8) == 0:
        return random.choice(NO_DATES), None
    return same_day(random, number := random.randrange(len(DAYS))), DAYS[number]


def same_day(random: Random, number: int) -> object:
    """One of the days in some form."""
    when = DAYS[number]
    language = random.choice(list(MONTHS))
    forms = [
        when,
        datetime(when.year, when.month, when.day, 14, 30),
        (when - date(1899, 12, 30)) // timedelta(days=1),
        when.isoformat(),
        f"{when.year}/{when.month}/{when.day}",
        f"{when.day}.{when.month}.{when.year}",
        f"{when.day:02}/{when.month:02}/{when.year}",
        f"{when.day} {MONTHS[language][number]} {when.year}",
    ]
    form = random.choice(forms)
    return dressed(random, digits(random, form)) if isinstance(form, str) else form


def words(random: Random) -> Typed:
    """A text, or what a spreadsheet makes of one."""
    if random.randrange(6) == 0:
        return random.choice([(5, "5"), (0.25, "0.25"), (-3, "-3"), (True, "True"), (date(2026, 4, 3), "2026-04-03")])
    text = random.choice(TEXTS)
    return text, text


def evidence_ids(random: Random) -> Typed:
    """Some ids of the register and one that is not in it, in whatever digits and case."""
    names = random.sample(["E-001", "E-002", "E-003", "X-9"], random.randint(1, 3))
    separator = random.choice([", ", ";", "، ", "\n", " | "])
    return digits(random, separator.join(dressed(random, name) for name in names)), tuple(names)
