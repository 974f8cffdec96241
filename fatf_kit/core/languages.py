"""The shipped languages, their direction, and the labels of ratings in them.

Labels are in frameworks/labels.json and its translations.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from types import MappingProxyType

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.national_words import apply_vocabulary, base_language, list_national_forms
from fatf_kit.core.overlays import find_translation, overlay
from fatf_kit.core.resources import data_folder

LANGUAGE_TAGS = MappingProxyType({"en": "en-GB", "ar": "ar-SA", "fr": "fr-FR"})
"""The languages that are shipped, each with the region whose dates, names and spelling are meant."""

LANGUAGES = tuple(LANGUAGE_TAGS)
"""Languages in which labels are shipped; answers are accepted in all of them whatever the workbook's own."""

_INVISIBLE = dict.fromkeys(
    (0x00AD, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)
"""Soft hyphens, zero-width characters and bidirectional marks, which are invisible and come with pasted text."""

_DIGITS = {base + n: str(n) for base in (0x0660, 0x06F0) for n in range(10)}
_INVISIBLE_AND_DIGITS = {**_INVISIBLE, **_DIGITS}
_ARABIC_MARKS = dict.fromkeys((0x0640, *range(0x064B, 0x0660), 0x0670))
_ARABIC_SPELLING = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
_ARABIC = {**_ARABIC_MARKS, **_ARABIC_SPELLING}


def clean(text: str) -> str:
    r"""Return the text without invisible marks, with single spaces, plain digits and no space at either end.

    >>> clean("  R.10/10.7(b)\u200f "), clean("IO.٦/٦.٢")
    ('R.10/10.7(b)', 'IO.6/6.2')
    """
    return _clean_short(text) if len(text) < _SHORT else _clean(text)


def _clean(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE_AND_DIGITS)
    return " ".join(text.split())


_NEAR = 0.6
"""The similarity of a text and a label, of 1, from which the label is suggested."""

_SHORT = 40
_clean_short = lru_cache(maxsize=16_384)(_clean)
"""Ids, ratings and dates are repeated; a narrative is not."""


_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def remove_unreadable(text: str) -> str:
    r"""Return a text without control characters and without marks that change its direction.

    Such a mark in a narrative would reverse the words after it too, and no format of reports can contain a null. Every
    report uses this function, so that all formats have the same text. Line breaks become one kind.

    >>> remove_unreadable("paid\u202e in\x00 cash\r\nand kind")
    'paid in cash\nand kind'
    """
    if text.isascii() and text.isprintable():  # as most texts are
        return text
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def normalise(text: str) -> str:
    r"""Return a text for comparisons: cleaned, without case, and Arabic without optional marks and spellings.

    >>> normalise(" Mostly\u00a0 MET ") == normalise("mostly met")
    True
    >>> normalise("مستوفى الى حدّ كبير") == normalise("مُستوفى إلى حد كبير")
    True
    """
    plain = clean(text)
    return (plain if plain.isascii() else plain.translate(_ARABIC)).casefold()


def label(scale: str, code: str, language: str) -> str:
    """Return the label of a code in a language; English in a language without labels.

    Scales: criterion, compliance, achievement, effectiveness, confidentiality, evidence_kind.

    Raises:
        UnknownIdError: no such scale or code.

    >>> label("criterion", "mostly met", "fr")
    'en grande partie rempli'
    """
    return list_labels(scale, language)[_check_known(code, _labels_of(scale))]


def list_labels(scale: str, language: str) -> Mapping[str, str]:
    """Return the label of every code of a scale, in the order of the scale: best first, "not applicable" last.

    >>> list(list_labels("effectiveness", "en"))
    ['HE', 'SE', 'ME', 'LE']
    """
    return {code: apply_vocabulary(names[0], language) for code, names in _labels_of(scale, language).items()}


def list_named_scales() -> tuple[str, ...]:
    """Return the scales whose codes are shown by their labels; ratings of whole units are shown by their letters.

    >>> "compliance" in list_named_scales(), list_named_scales()[:2]
    (False, ('criterion', 'achievement'))
    """
    return tuple(scale for scale in _labels() if scale not in ("compliance", "effectiveness"))


def find_code(scale: str, text: str) -> str | None:
    """Return the code for a code or a label in any shipped language; None for any other text, as nothing is guessed.

    >>> find_code("criterion", " Mostly Met"), find_code("criterion", "غير مستوفى"), find_code("criterion", "mostly")
    ('mostly met', 'not met', None)
    """
    codes = _codes(scale)
    return codes.get(text) or codes.get(normalise(text))  # nearly always as the drop-down list has it


def list_spellings(scale: str, code: str) -> tuple[str, ...]:
    """List every text that is read as a code, as `find_code` compares it.

    >>> "كلا" in list_spellings("yes_no", "no")
    True
    """
    return tuple(text for text, meant in _codes(scale).items() if meant == code)


def suggest_code(scale: str, text: str) -> str | None:
    """Return the code whose label in any shipped language is most similar to a text, for a hint; None if none is.

    >>> [suggest_code("criterion", text) for text in ("mostly", "partielement rempli", "yes")]
    ['mostly met', 'partly met', None]
    """
    near = get_close_matches(normalise(text), _codes(scale), n=1, cutoff=_NEAR)
    return _codes(scale)[near[0]] if near else None


@cache
def direction(language: str) -> str:
    """Give the direction of a language: "rtl" from right to left, otherwise "ltr".

    >>> direction("ar"), direction("fr")
    ('rtl', 'ltr')
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(re.sub("-", "_", language)).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


YEARS = range(1900, 2200)
"""The years of an evaluation; another year belongs to another calendar, or is a typing error."""


@cache
def _labels(language: str = "en") -> Mapping[str, Mapping[str, list[str]]]:
    """Return the labels of every scale and code: the one that is shown, then others that are accepted."""
    base = data_folder("frameworks")
    path = base / "labels.json"
    labels = json.loads(path.read_text(encoding="utf-8"))
    translation = find_translation(path, base, language)
    texts = json.loads(translation.read_text(encoding="utf-8")) if translation.is_file() else {}
    return MappingProxyType(overlay(labels, texts))


def _labels_of(scale: str, language: str = "en") -> Mapping[str, list[str]]:
    return _labels(base_language(language))[_check_known(scale, _labels())]


@cache
def _codes(scale: str) -> Mapping[str, str]:
    found = {normalise(code): code for code in _labels_of(scale)}
    for code in _labels_of(scale):
        for language in LANGUAGES:
            shown, *others = _labels_of(scale, language)[code]
            spellings = (*list_national_forms(shown, language), *others)
            found.update({normalise(spelling): code for spelling in spellings})
    return MappingProxyType(found)


def _check_known(name: str, known: Mapping[str, object]) -> str:
    if name not in known:
        raise UnknownIdError("'{found}' is not known. Allowed: {names}.", found=name, names=tuple(known))
    return name


_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LEFT_TO_RIGHT = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LEFT_TO_RIGHT_RUN = re.compile(
    r"-{0,2}[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f.,:;!/()%#@_+–→'’\[\]\s-]*[A-Za-z0-9\u00c0-\u024f)%\]])?"
)
_BRACKETS = {")": "(", "]": "["}
_QUOTED_AFTER = (":", "(", "[", "«")
_QUOTED_BEFORE = ("", ")", "]", "»")
_SENTENCE = 3
"""The number of words from which a quotation is a sentence, whose full stop belongs to it."""


def detect_direction(text: str) -> str | None:
    """Return the direction of most letters or most words of a text; None for a text without letters.

    The first letter does not decide: a sentence may begin with a name in another script. Arabic words are short, so
    that more of them may have fewer letters than one foreign name.

    >>> [detect_direction(text) for text in ("R.10 مستوفى", "هيئة: amount of the fines went up", "12 / 3")]
    ['rtl', 'ltr', None]
    >>> detect_direction("من وضع fatf-kit")
    'rtl'
    """
    rtl, ltr = len(_RIGHT_TO_LEFT.findall(text)), len(_LEFT_TO_RIGHT.findall(text))
    if not rtl and not ltr:
        return None
    if rtl and rtl <= ltr:
        words = text.split()
        rtl, ltr = (sum(map(bool, map(letter.search, words))) for letter in (_RIGHT_TO_LEFT, _LEFT_TO_RIGHT))
    return "rtl" if rtl > ltr else "ltr"


def has_rtl_letters(text: str) -> bool:
    """Return whether any letter of a text is written from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def split_ltr_runs(text: str) -> list[tuple[str, bool]]:
    """Return the runs of a text, each with whether it must keep left-to-right order inside right-to-left text.

    Ids, dates, figures and foreign words in an Arabic sentence are reversed unless they are isolated. A bracket stays
    outside a run that does not contain its other half. A quoted sentence keeps its full stop. Text without any
    right-to-left letter is one run that needs nothing.

    >>> split_ltr_runs("المعيار R.10/10.7(b) مستوفى")
    [('المعيار ', False), ('R.10/10.7(b)', True), (' مستوفى', False)]
    >>> split_ltr_runs("المنهجية (2022)")
    [('المنهجية (', False), ('2022', True), (')', False)]
    >>> split_ltr_runs("له: New rules (30 يونيو)")
    [('له: ', False), ('New rules', True), (' (', False), ('30', True), (' يونيو)', False)]
    >>> split_ltr_runs("ناقص: No rule on this.")
    [('ناقص: ', False), ('No rule on this.', True)]
    >>> split_ltr_runs("دليل: PC → LC")
    [('دليل: ', False), ('PC → LC', True)]
    >>> split_ltr_runs("criterion 10.7")
    [('criterion 10.7', False)]
    """
    if not _RIGHT_TO_LEFT.search(text):
        return [(text, False)]
    runs: list[tuple[str, bool]] = []
    end = 0
    while found := _LEFT_TO_RIGHT_RUN.search(text, end):
        if found.start() > end:
            runs.append((text[end : found.start()], False))
        run = _cut_at_bracket(found[0])
        run += _find_full_stop(text, found.start(), run)
        runs.append((run, True))
        end = found.start() + len(run)
    if end < len(text):
        runs.append((text[end:], False))
    return runs


def _find_full_stop(text: str, start: int, run: str) -> str:
    """Return the full stop of a quoted sentence: after a colon or in brackets, and with nothing behind it."""
    stop, behind = (text[place : place + 1] for place in (start + len(run), start + len(run) + 1))
    if stop not in (".", "!", "?") or behind.strip() not in _QUOTED_BEFORE or len(run.split()) < _SENTENCE:
        return ""
    return stop if text[max(start - 2, 0) : start].rstrip().endswith(_QUOTED_AFTER) else ""


def _cut_at_bracket(run: str) -> str:
    """Return the run up to a bracket whose other half it does not contain."""
    opened: list[int] = []
    for place, character in enumerate(run):
        if character in _BRACKETS.values():
            opened.append(place)
        elif character in _BRACKETS and (not opened or run[opened.pop()] != _BRACKETS[character]):
            return run[:place].rstrip(" .,:;–-")
    return run[: opened[0]].rstrip(" .,:;–-") if opened else run
