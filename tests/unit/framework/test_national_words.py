"""Words and dates of a country: in texts of ours everywhere, in what the country typed nowhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from babel.dates import get_month_names
from babel.localedata import locale_identifiers
from babel.messages.pofile import read_po

from fatf_kit.assessment.citations.citations import read_citations
from fatf_kit.assessment.folder.proposed_agencies import propose_agencies
from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES, find_code, label
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country, apply_vocabulary, list_national_forms, localise
from fatf_kit.core.overlays import SOURCE_MARK
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.country_facts import OWN_KNOWLEDGE, has_country_page, load_country_page
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.spreadsheets.dates import read_date
from fatf_kit.spreadsheets.sheet import SheetContent
from fatf_kit.spreadsheets.words import list_translations, load_words
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.schema import FIGURES
from tests.unit.framework.national_terms import PAGE, STEMS, TERMS, list_strings, list_variants, list_words_with
from tools.framework_content import list_translated_files, read_json

FRAMEWORKS = data_folder("frameworks")

ROLES = {"fiu": "fiu", "prosecution": "prosecution", "coordination_committee": "aml_committee"}
"""Terms that are bodies of the country page."""


def _by_language(value: Any, language: str) -> Iterator[str]:
    if isinstance(value, dict) and "en" in value:
        yield from list_strings(value.get(language, ""))
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _by_language(one, language)


def _forms_of(translation: Any) -> tuple[str, ...]:
    """Return a translated message, or each of its plural forms."""
    return (translation,) if isinstance(translation, str) else tuple(translation)


@cache
def our_texts(language: str) -> tuple[str, ...]:
    """Return every text of ours in a language, but for words that are only recognised."""
    found: list[str] = []
    for path in list_translated_files():
        page = FRAMEWORKS / "locale" / language / path.relative_to(FRAMEWORKS)
        if path.name != "glossary.json" and page.is_file():
            found += list_strings({key: text for key, text in read_json(page).items() if key != SOURCE_MARK})
    for path in sorted(FRAMEWORKS.rglob("*.json")):
        if path.relative_to(FRAMEWORKS).parts[0] not in ("locale", "schema", "countries"):
            found += _by_language(json.loads(path.read_text(encoding="utf-8")), language)
    with (FRAMEWORKS / "locale" / f"{language}.po").open(encoding="utf-8") as source:
        for message in read_po(source):
            found += _forms_of(message.string) if message.id else ()
    return tuple(dict.fromkeys(text for text in found if text))


def test_vocabulary_conforms_to_its_schema() -> None:
    """Countries have a page, the general terms are in our texts, and each term is named once for a language."""
    page = json.loads(PAGE.read_text(encoding="utf-8"))
    page.pop("$schema")
    assert not check_json(page, "vocabulary.schema.json", PAGE.name)
    assert all(has_country_page(country) for _, _, country in list_variants())
    named = [(term["language"], term["id"]) for term in TERMS]
    assert len(named) == len(set(named))
    assert {name for name in named if name[1] != "article"} == set(STEMS)


def test_confidence_is_that_of_the_country_page() -> None:
    """A term that the country page has is as certain as there; another one rests on own knowledge."""
    wrong = []
    for term, variant, country in list_variants():
        page, role = load_country_page(country), ROLES.get(term["id"])
        entries = [one for one in page["bodies"] if one["role"] == role] if role else page["terms"]
        known = [
            one["confidence"]
            for one in entries
            if one["language"] == term["language"] and (role or one["key"] == term["id"])
        ]
        if term["id"] in ("article", "regulation"):
            continue  # from the forms of articles and the instruments of the page
        if variant["countries"][country] not in (known or [OWN_KNOWLEDGE]):
            wrong.append((term["id"], country, variant["countries"][country], known))
    assert not wrong


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(("language", "name"), list(STEMS))
def test_every_context_of_a_term_is_replaced(language: str, name: str) -> None:
    """No form of a general term is left in our texts for a country whose own forms are listed.

    A text with a new form fails here: add the form to frameworks/countries/vocabulary.json.
    """
    stem = re.compile(STEMS[language, name])
    texts = [text for text in our_texts(language) if stem.search(text)]
    assert texts
    left = []
    for term, variant, country in list_variants():
        if (term["language"], term["id"]) != (language, name) or "forms" not in variant:
            continue
        tag = add_country(language, country)
        allowed = "|".join(sorted(map(re.escape, list_words_with(tag, stem)), key=len, reverse=True)) or r"(?!)"
        for text in texts:
            if found := stem.search(re.sub(allowed, "", apply_vocabulary(text, tag))):
                left.append((country, found[0], text))
    assert not left


@pytest.mark.parametrize("country", ["IRQ", "OMN"])
def test_prosecution_agrees_in_gender(country: str) -> None:
    """The masculine name is only where no verb or adjective of the feminine general term refers to it.

    A text with a new context fails here: add the whole phrase to frameworks/countries/vocabulary.json.
    """
    tag = add_country("ar", country)
    bare = re.compile(r"(\w+) (?:الادعاء العام|ادعاء عام)(?: (\w+))?")
    before = {"رئاسة", "سلطة", "أعضاء", "على", "إلى", "من", "عن", "مع", "لدى", "في", "وفي", "أمر", "طلبات"}
    for text in our_texts("ar"):
        if "نياب" not in text:
            continue
        for first, after in bare.findall(apply_vocabulary(text, tag)):
            assert first.removeprefix("ل").removeprefix("و") in before or first in before, text
            feminine = re.fullmatch(r"ال\w+(?:ة|ية)|التي|نفسها|وحدها", after or "")
            assert first in ("رئاسة", "سلطة", "ورئاسة", "وسلطة", "لرئاسة", "لسلطة") or not feminine, text


MASCULINE = [
    pytest.param(term, variant, country, id=f"{term['id']}-{country}")
    for term, variant, country in list_variants()
    if variant.get("gender") == "masculine"
]
"""The bodies whose name is masculine where the general one is feminine."""

_NOUNS = ("تقديم", "تنظيم", "تحليل", "تعاون", "تقارير", "تعليمات", "تسمية", "تمرير", "تلقي", "تخويل", "تبادل", "تمكين")
_ACT_ON_IT = ("تخاطبا", "تبلغ", "تجعل", "تمنح", "تُلزم")
_MASCULINE = ("تلقاها",)
_NOT_ITS_VERBS = "|".join((*_NOUNS, *_ACT_ON_IT, *_MASCULINE))
"""Words before the name that are nouns, verbs of which another body is the subject, and masculine verbs."""

_OTHER_SUBJECTS = (
    "تعتمد الجهات الرقابية",
    "تقدم كل سلطة",
    "تختبر عمليات التفتيش",
    "تُطلع الجهات الرقابية",
    "تحدد وزارة العدل",
    "تعتمده الحكومة",
    "تعرضه الجهات الرقابية",
    "تسد وزارة المالية",
    "تعمل وزارة المالية",
)
"""Verbs with another subject in a sentence that begins with what the body should do."""


def _find_feminine_signs(text: str, name: str) -> list[str]:
    """Return each verb, pronoun or adjective that is feminine where it refers to the name."""
    alone = rf"(?<!\w)(?<!مثل )(?:ل|لل|ال)?{re.escape(name.removeprefix('ال'))}(?!\w)(?! (?:و|أو ))"
    signs = (
        rf"(?<![\wً-ْ])[وف]?(?!(?:{_NOT_ITS_VERBS})(?!\w))[تُ]*ت[\wً-ْ]+(?<!ات) {re.escape(name)}",
        rf"[\wً-ْ]+(?<!ا)ت(?:ه|ها)? {re.escape(name)}",
        rf"{alone}(?:،[^،]*،)? (?:من )?أن ت[\wً-ْ]+",
        rf"ينبغي {alone} أن ي[^.]*? و?أن (?!{'|'.join(_OTHER_SUBJECTS)})ت[\wً-ْ]+",
        rf"{alone} (?:هي|وحدها|نفسها|ليست|تطلب|قادرة|مستقلة|قائمة|مخولة|محورية)(?!\w)",
        rf"{alone}[^،؛.]* (?:لديها|بنفسها|عملها|وموظفوها|موظفيها|رئيسها|مقارها|تحليلها)(?!\w)",
    )
    return [found[0] for sign in signs for found in re.finditer(sign, text)]


@pytest.mark.parametrize(("term", "variant", "country"), MASCULINE)
def test_a_masculine_name_agrees(term: dict[str, Any], variant: dict[str, Any], country: str) -> None:
    """No verb, pronoun or adjective of our texts is feminine where a masculine name has replaced a feminine one.

    A text that fails here needs its sentence in `masculine` of the term.
    """
    tag, name = add_country("ar", country), variant["forms"][term["general"]]
    texts = [text for text in our_texts("ar") if re.search(STEMS["ar", term["id"]], text)]
    left = {text: found for text in texts if (found := _find_feminine_signs(apply_vocabulary(text, tag), name))}
    assert left == {}
    unchanged = (text.replace(term["general"], name) for text in texts)
    assert sum(1 for text in unchanged if _find_feminine_signs(text, name)) > 20, "the signs are found where they are"


@pytest.mark.parametrize("term", [one for one in TERMS if "masculine" in one], ids=lambda one: one["id"])
def test_sentences_that_agree_are_ours(term: dict[str, Any]) -> None:
    """Each sentence is in a text of ours, and its other wording still has the general name, which is replaced next."""
    texts = "\n".join(our_texts(term["language"]))
    for ours, agreeing in term["masculine"].items():
        assert ours in texts, ours
        assert len(ours.split()) == len(agreeing.split()), ours
        for name in (term["general"], "الوحدة"):
            assert ours.count(name) == agreeing.count(name), ours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وتتلقى وحدة المعلومات المالية البلاغات", "ويتلقى المركز الوطني للمعلومات المالية البلاغات"),
        ("ينبغي لوحدة المعلومات المالية أن تصدر قاعدة", "ينبغي للمركز الوطني للمعلومات المالية أن يصدر قاعدة"),
        ("أن تبلغ وحدة المعلومات المالية", "أن تبلغ المركز الوطني للمعلومات المالية"),
        ("مع وحدات المعلومات المالية الأجنبية", "مع وحدات المعلومات المالية الأجنبية"),
        ("تحسب الوحدة الملفات التي أرسلتها", "يحسب المركز الملفات التي أرسلها"),
        ("الوحدة", "الوحدة"),
    ],
)
def test_a_name_of_another_gender_reaches_sentences(text: str, expected: str) -> None:
    """The verb agrees where the body is its subject, and stays where another one is."""
    assert apply_vocabulary(text, "ar-OM") == expected


def test_iraq_s_council_reaches_sentences() -> None:
    """The committee is a council in Iraq, also where our texts call it the committee alone."""
    council = "مجلس مكافحة غسل الأموال وتمويل الإرهاب"
    ours = "ينبغي للجنة التنسيق الوطنية أن تراجع كل إعفاء، وأن تعمل على إلغاء ما لا تبرره المخاطر، وأن تنشر تعليله"
    expected = f"ينبغي ل{council} أن يراجع كل إعفاء، وأن يعمل على إلغاء ما لا تبرره المخاطر، وأن ينشر تعليله"
    assert apply_vocabulary(ours, "ar-IQ") == expected
    assert apply_vocabulary("خلاف بين جهات حسمته اللجنة.", "ar-IQ") == "خلاف بين جهات حسمه المجلس."
    assert apply_vocabulary("تقديم الطلب إلى لجنة الأمم المتحدة", "ar-IQ") == "تقديم الطلب إلى لجنة الأمم المتحدة"


@pytest.mark.parametrize(("country", "body"), [("TUN", "اللجنة"), ("IRQ", "المكتب"), ("BHR", "المركز")])
def test_a_unit_of_measure_is_no_body(country: str, body: str) -> None:
    """Messages call the FIU by its whole name: a bare "الوحدة" in them is a unit, which no country renames."""
    with (FRAMEWORKS / "locale" / "ar.po").open(encoding="utf-8") as source:
        texts = [text for message in read_po(source) if message.id for text in _forms_of(message.string)]
    units = [text for text in texts if "وحدة" in text and "وحدة المعلومات" not in text]
    assert units
    for text in units:
        assert apply_vocabulary(text, add_country("ar", country)).count(body[2:]) == text.count(body[2:]), text


def test_months_of_our_texts_are_those_of_the_country() -> None:
    """Names of months are replaced in dates, and "مارس" as a verb is left."""
    assert apply_vocabulary("منذ يونيو 2023، وفي مارس 2024", "ar-IQ") == "منذ حزيران 2023، وفي آذار 2024"
    assert apply_vocabulary("من مارس الرقابة في فبراير 2013", "ar-TN") == "من مارس الرقابة في فيفري 2013"
    assert apply_vocabulary("منذ يونيو 2023", "ar-EG") == "منذ يونيو 2023"


@pytest.mark.parametrize(
    ("language", "country", "day", "month", "number"),
    [
        ("ar", "IRQ", "1 حزيران 2026", "حزيران 2026", "12,345.5"),
        ("ar", "JOR", "1 حزيران 2026", "حزيران 2026", "12,345.5"),
        ("ar", "EGY", "1 يونيو 2026", "يونيو 2026", "12,345.5"),
        ("ar", "TUN", "1 جوان 2026", "جوان 2026", "12.345,5"),
        ("ar", "MAR", "1 يونيو 2026", "يونيو 2026", "12.345,5"),
        ("ar", None, "1 يونيو 2026", "يونيو 2026", "12,345.5"),
        ("fr", "MAR", "1er juin 2026", "juin 2026", "12\u202f345,5"),
        ("fr", "IRQ", "1er juin 2026", "juin 2026", "12\u202f345,5"),
        ("en", "IRQ", "1 June 2026", "June 2026", "12,345.5"),
        ("en", "KEN", "1 June 2026", "June 2026", "12,345.5"),
    ],
)
def test_dates_and_numbers_of_a_country(language: str, country: str | None, day: str, month: str, number: str) -> None:
    """They are as CLDR has them for the language in the country, with Latin digits."""
    t = Translator(add_country(language, country))
    assert (t.day(date(2026, 6, 1)), t.month("2026-06"), t.number(12345.5)) == (day, month, number)
    assert t.base == language


def test_months_of_all_countries_are_read() -> None:
    """A reader knows the names of CLDR for every country, and those of the country pages."""
    for locale in locale_identifiers():
        if locale.partition("_")[0] in LANGUAGES and locale.count("_") <= 1 and len(locale.partition("_")[2]) < 4:
            for number, name in get_month_names("wide", locale=locale).items():
                assert _month_of(name) == number, (locale, name)
    for country in ("DZA", "EGY", "IRQ", "LBY", "MAR", "MRT"):
        for number, names in load_country_page(country)["calendar"]["month_variants"]["months"].items():
            for name in names:
                assert _month_of(name) == int(number), (country, name)


def _month_of(name: str) -> int | None:
    read = read_date(f"5 {name} 2020")
    return read.day.month if read else None


def test_a_country_without_words_has_the_general_ones() -> None:
    """Nothing changes without a country, or for one of which nothing is known."""
    assert add_country("ar", "XRU") == add_country("ar", None) == add_country("ar", "") == "ar"
    for text in our_texts("ar")[:500]:
        assert apply_vocabulary(text, "ar") is text
    assert localise({"a": ["النيابة العامة"]}, "ar") == {"a": ["النيابة العامة"]}
    assert load_vocabulary("ar").roles["prosecution"].name == "النيابة العامة"
    assert apply_vocabulary("النيابة العامة", "ar-BR") == "النيابة العامة"
    assert add_country("ar-IQ", "TUN") == "ar-IQ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دليل للنيابة العامة", "دليل لرئاسة الادعاء العام"),
        ("والشخص الاعتباري", "والشخص المعنوي"),
        ("شخصاً اعتبارياً", "شخصاً معنوياً"),
        ("نيابةً عن العميل", "نيابةً عن العميل"),
        ("القانون أو اللائحة", "القانون أو النظام أو التعليمات"),
        ("توجب بلائحة", "توجب بتعليمات"),
    ],
)
def test_particles_and_endings(text: str, expected: str) -> None:
    """Particles stay with the word, and longer phrases go before shorter ones."""
    assert apply_vocabulary(text, "ar-IQ") == expected


def test_a_particle_merges_with_the_article_of_the_national_word() -> None:
    """ل and اللجنة become للجنة."""
    assert apply_vocabulary("تتيح لوحدة المعلومات المالية", "ar-TN") == "تتيح للجنة التونسية للتحاليل المالية"
    assert apply_vocabulary("للجنة التنسيق الوطنية", "ar-JO").startswith("للجنة الوطنية لمكافحة")


def test_names_of_proposed_agencies_are_national() -> None:
    """A new folder names bodies as the country does, in each language."""
    names = {agency.id: agency.names for agency in propose_agencies("IRQ", "ar")}
    assert names["fiu"]["ar"] == "مكتب مكافحة غسل الأموال وتمويل الإرهاب"
    assert names["prosecution"]["ar"] == "الادعاء العام"
    assert {agency.id: agency.names for agency in propose_agencies("TUN", "fr")}["fiu"]["fr"].startswith("Commission")
    assert names["fiu"]["en"] == "Financial intelligence unit"


def test_national_labels_and_headings_are_read() -> None:
    """A label and a heading with a national word are accepted, whatever the country."""
    assert label("evidence_kind", "regulation", "ar-IQ") == "نظام أو تعليمات"
    assert find_code("evidence_kind", "نظام أو تعليمات") == find_code("evidence_kind", "لائحة") == "regulation"
    assert {"القانون والمادة", "القانون والفصل", "النظام والمادة"} <= set(list_translations("column.citation"))
    assert list_national_forms("المحاكم", "ar") == ("المحاكم",)


def test_prompts_use_the_country_s_form_of_articles() -> None:
    """The example beside the column for citations is one of the country, and short enough for Excel."""
    assert "المادة (12/أولاً)" in load_words("ar-IQ")["prompt.citation"]
    assert "art. L. 561-2" in load_words("fr-FR")["prompt.citation"]
    for _, _, country in list_variants():
        for language in ("ar", "fr"):
            assert len(load_words(add_country(language, country))["prompt.citation"]) <= 255, country


def test_messages_typed_by_people_are_left() -> None:
    """A translator changes its catalogue's messages only: neither facts nor a text that is in no catalogue."""
    t = Translator("ar-IQ")
    typed = "النيابة العامة، يونيو 2026"
    assert t(typed) == typed
    assert t("{name}: {text}", name=typed, text="x").startswith(typed)


@pytest.mark.parametrize(
    ("text", "country", "kind", "article"),
    [
        ("Ordonnance n° 2016-1635, art. L. 561-2", "FRA", "law", "art. L. 561-2"),
        ("Arrêté du ministre, article premier", "FRA", "regulation", "article premier"),
        ("م 12 ف 3 قانون مكافحة غسل الأموال", "IRQ", "law", "م 12"),
        ("ق. 39/2015 م 12", "IRQ", "law", "م 12"),
        ("القرار بقانون رقم 39 لسنة 2022، المادة 5", "PSE", "law", "المادة 5"),
        ("نظام مكافحة غسل الأموال، المادة 5", "SAU", "law", "المادة 5"),
        ("نظام رقم 5 لسنة 2016، المادة 2", "IRQ", "regulation", "المادة 2"),
        ("نظام رقم 5 لسنة 2016، المادة 2", "JOR", "regulation", "المادة 2"),
        ("بيان رقم 3، المادة 2", "IRQ", "regulation", "المادة 2"),
    ],
)
def test_local_forms_of_citations_are_read(text: str, country: str, kind: str, article: str) -> None:
    """Drafting habits of a country make no answer unproven."""
    (found,) = read_citations(text, country)
    assert (str(found.kind), found.article) == (kind, article)


def test_lines_of_figures_are_found_by_national_words() -> None:
    """A row of figures that lost its id is named by its words, as any country writes them."""
    general, national = (load_definitions(language).lines for language in ("ar", "ar-IQ"))
    name, (table, row, measure) = next(
        (name, found) for name, found in national.items() if found[1].label != general[name][1].label
    )
    assert FIGURES.row_namer is not None
    find_line = FIGURES.row_namer(SheetContent(file="a.xlsx", title=table.id, grid=()))
    assert find_line({"row": row.label, "measure": measure.label}) == name
