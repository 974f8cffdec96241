"""The texts of frameworks/ that have a translation in frameworks/locale/<language>/, and how many are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import FrameworkError, UnknownIdError
from fatf_kit.core.json_files import Value, convert_value, load_json, load_texts
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import count_translated
from fatf_kit.core.overlays import collect_texts, find_misfits, find_missing, find_translation, spread
from fatf_kit.core.problems import Problem, make_data_problem
from fatf_kit.core.resources import data_folder

_PAGE_KEYS = """
    title statement section note change conditional_on applies_only_if weight_reason
    ask evidence typical_shortcomings strong_signs weak_signs recommended_action action
    intermediate_outcome effective_system assessor_notes example_information specific_factors
    probes years cases pitfalls checklist contributes status scope other_changes
"""
_COVER_KEYS = """
    title as_amended text_state wording chapters_note rating_rules later_amendments change label meaning
"""
_ALL = None
"""Stands for the keys of a file in which every value is a text."""

_TRANSLATED = {
    "*/edition.json": _COVER_KEYS,
    "*/recommendations/*.json": _PAGE_KEYS,
    "*/outcomes/*.json": _PAGE_KEYS,
    "*/pending/*.json": _PAGE_KEYS,
    "labels.json": _ALL,
    "glossary.json": "term forms",
    "workbook-words.json": _ALL,
    "roles.json": "name duty",
    "root-causes.json": "name meaning remedy reason",
    "mock/questions-*.json": "question tests probe strong",
    "letters.json": "title heading paragraphs",
    "mock/schedule.json": "name",
    "npo/columns.json": "name help groups levels_help",
    "npo/factors.json": "name anchors",
    "npo/measures.json": "name do do_not",
    "npo/method.json": "reasons",
    "npo/over-regulation.json": "text title finding next_step",
    "npo/plans.json": "source forms",
    "npo/report.json": "asks bring",
    "npo/screening.json": "name",
    "npo/sector.json": "text title",
    "statistics/tables/*.json": "title tab definition label",
    "statistics/lists.json": "label",
    "statistics/comparisons.json": "title statement why asks",
    "statistics/indicators.json": "title definition limits asks label",
    "statistics/thresholds.json": "meaning",
}
"""The files with a translation in frameworks/locale/, by their path below frameworks/, and the keys of their texts.

The texts of other files are in all languages in the file itself.
"""

_OWN_LENGTHS = ("labels.json", "glossary.json")
"""Files in which a list gives the spellings of a language: as many as there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedFiles:
    """The rule for English files whose texts are translated.

    `keys` are the keys of the texts (None: every value is a text). `has_own_lengths` is true where a list gives the
    spellings of a language: as many as there are.
    """

    keys: frozenset[str] | None
    has_own_lengths: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationCount:
    """The messages and texts that a language has, out of all; `missing` gives the number of missing texts by file."""

    messages: int
    all_messages: int
    texts: int
    all_texts: int
    missing: tuple[tuple[str, int], ...]


def find_rule(path: Path, base: Path) -> TranslatedFiles | None:
    """Return the rule for an English file below `base`; None if its texts have no translation elsewhere."""
    name = path.relative_to(base).as_posix()
    for pattern, keys in _TRANSLATED.items():
        if fnmatch(name, pattern):
            texts = None if keys is None else frozenset(keys.split())
            return TranslatedFiles(keys=texts, has_own_lengths=name in _OWN_LENGTHS)
    return None


def collect_english_texts(data: Any, path: Path, base: Path) -> Any:
    """Return the texts of an English file that a translation of it has to have; nothing where it has none."""
    rule = find_rule(path, base)
    return (collect_texts(data, rule.keys) if rule else None) or {}


def load_in_every_language(path: Path, kind: type[Value], schema: str) -> Value:
    """Return the content of a bundled JSON file as `load_value` does, each text as a mapping from language to text.

    Raises:
        FrameworkError: the file does not conform to its schema or to `kind`.
    """
    data, problems = load_json(path, schema)
    if problems:
        raise FrameworkError(
            "{file} does not conform to {schema}. {problem}", file=path.name, schema=schema, problem=problems[0]
        )
    texts = collect_english_texts(data, path, data_folder("frameworks"))
    others = {language: load_texts(path, language) for language in LANGUAGES if language != "en"}
    return convert_value(spread(data, texts, others), kind, path.name)


def check_texts(texts: Any, english: Any, path: Path, base: Path, name: str) -> Iterator[Problem]:
    """Yield what in a translation, called `name` in messages, does not fit the data of its English file."""
    rule = find_rule(path, base)
    known = collect_english_texts(english, path, base)
    for key, why in find_misfits(texts, known, has_own_lengths=rule is not None and rule.has_own_lengths):
        yield make_data_problem(name, key, why, "Correct the key, or remove the text.")


def count_texts(language: str) -> TranslationCount:
    """Count the messages and texts of fatf-kit that are translated into a language, and those that are missing.

    Raises:
        UnknownIdError: frameworks/locale/ has neither a catalogue nor a folder of the language.

    >>> count = count_texts("ar")
    >>> (count.messages, count.texts) == (count.all_messages, count.all_texts), count.missing
    (True, ())
    """
    base = data_folder("frameworks")
    home = base / "locale"
    if not ((home / language).is_dir() or (home / f"{language}.po").is_file()):
        known = ", ".join(sorted(path.name for path in home.iterdir() if path.is_dir()))
        raise UnknownIdError(
            "'{found}' is not a language of the translations. Allowed: {names}.", found=language, names=known
        )
    messages, total = count_translated(language)
    total = max(total, *(count_translated(other)[1] for other in LANGUAGES))
    missing = [(f"locale/{language}.po", total - messages)]
    texts = 0
    for path in sorted(base.rglob("*.json")):
        if path.relative_to(base).parts[0] in ("locale", "schema"):
            continue
        found = [is_missing for _, is_missing in _texts_of(path, base, language)]
        texts += len(found)
        missing.append((path.relative_to(base).as_posix(), sum(found)))
    lacking = sum(count for _, count in missing[1:])
    return TranslationCount(
        messages=messages,
        all_messages=total,
        texts=texts - lacking,
        all_texts=texts,
        missing=tuple((name, count) for name, count in missing if count),
    )


def _texts_of(path: Path, base: Path, language: str) -> Iterator[tuple[str, bool]]:
    data = load_json(path)[0]
    if find_rule(path, base) is None:
        return _inline_texts(data, language)
    translation = find_translation(path, base, language)
    texts = load_json(translation)[0] if translation.is_file() else {}
    return find_missing(texts, collect_english_texts(data, path, base))


def _inline_texts(data: Any, language: str) -> Iterator[tuple[str, bool]]:
    """Yield the texts that are in the file in every language, by code: {"en": …, "ar": …}."""
    if isinstance(data, dict) and "en" in data:
        yield "", not data.get(language) and not isinstance(data["en"], list)  # a list of words to know may be empty
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _inline_texts(value, language)
