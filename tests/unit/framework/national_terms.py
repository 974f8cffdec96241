"""The terms of frameworks/countries/vocabulary.json, and the general words that they replace."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fatf_kit.core.national_words import add_country
from fatf_kit.core.resources import data_folder

PAGE = data_folder("frameworks") / "countries" / "vocabulary.json"
TERMS: list[dict[str, Any]] = json.loads(PAGE.read_text(encoding="utf-8"))["terms"]

STEMS = {
    ("ar", "prosecution"): r"(?<!\w)[وفبكل]{0,2}(?:ال)?نيابة(?! عن)(?!\w*ً)",
    ("ar", "legal_person"): r"اعتباري",
    ("ar", "natural_person"): r"(?:شخص|أشخاص|شخصاً|أشخاصاً) (?:ال)?طبيعي",
    ("ar", "money_laundering"): r"غسل|غاسل|مغسول",
    ("ar", "beneficial_owner"): r"(?:مستفيد|ملكي)\w* (?:ال)?حقيقي",
    ("ar", "pep"): r"ممثل\w* (?:ل)?(?:ال)?مخاطر",
    ("ar", "predicate_offence"): r"الجريمة الأصلية",
    ("ar", "proceeds"): r"متحصلات",
    ("ar", "regulation"): r"لائح|لوائح",
    ("ar", "npo"): r"هادف\w* للربح",
    ("ar", "supervisor"): r"جه[ةا]\w* (?:ال)?رقابي|جهات (?:ال)?رقابي",
    ("ar", "fiu"): r"وحدة المعلومات المالية(?! في دولة| الأجنبية)",
    ("ar", "coordination_committee"): r"لجنة التنسيق",
    ("fr", "money_laundering"): r"blanchiment de capitaux",
    ("fr", "beneficial_owner"): r"bénéficiaires? effectif",
    ("fr", "predicate_offence"): r"infractions? sous-jacente",
    ("fr", "pep"): r"politiquement exposée|\bPPE\b",
    ("fr", "str"): r"déclarations? d’opération|\bDOS\b",
    ("fr", "fiu"): r"\b[Ll]a (?:seule )?CRF\b(?! étrangère| du pays du)",
    ("fr", "supervisor"): r"autorités? de contrôle\b(?! des exportations)",
}
"""The general words that must not be left in a text of ours for a country that has another term."""


def list_strings(value: Any) -> Iterator[str]:
    """Yield every text in parsed JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from list_strings(one)


def list_variants() -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """Yield each term with each of its variants and each country of it."""
    for term in TERMS:
        for variant in term["variants"]:
            for country in variant["countries"]:
                yield term, variant, country


def list_words_with(tag: str, stem: re.Pattern[str]) -> set[str]:
    """Return national words of a country that contain the general word themselves."""
    forms = (v.get("forms", {}) for t, v, c in list_variants() if add_country(t["language"], c) == tag)
    return {word.removeprefix("ال") for one in forms for word in one.values() if stem.search(word)}
