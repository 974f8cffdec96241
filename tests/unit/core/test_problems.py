"""The table of problem codes."""

from __future__ import annotations

import ast
import pickle
import re
from datetime import date
from pathlib import Path

import pytest

import fatf_kit
from fatf_kit.assessment.workbook.schema import REQUIREMENTS
from fatf_kit.core.dates import check_day, parse_day
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.local_names import LocalName
from fatf_kit.core.message_facts import ENGLISH, Phrase
from fatf_kit.core.messages import Translator
from fatf_kit.core.problem_codes import CODES
from fatf_kit.core.problems import HINTS, CellRef, hint, make_problem
from fatf_kit.spreadsheets.dates import find_date_problem
from tools.message_catalogues import _find_texts

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(str(fatf_kit.__file__)).parent.rglob("*.py")
    if path.name != "problem_codes.py"
)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_used(code: str) -> None:
    """Every problem code is used in the code."""
    assert f'"{code}"' in SOURCE


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_what_to_do(code: str) -> None:
    """Every message has one sentence on the finding and the allowed values, then one next step."""
    assert CODES[code].template.endswith(".")
    assert CODES[code].next_step


def test_a_missing_fact_fails_where_the_problem_is_made() -> None:
    """A missing fact fails when the problem is made, not later in a report."""
    with pytest.raises(KeyError):
        make_problem("cell-error", CellRef(file="a.xlsx"))


def test_answers_and_hints_use_the_readers_language() -> None:
    """Answers and hints show the labels of the reader's language, never the English codes."""
    unknown = make_problem(
        "rating-unknown", found="presque", scale="criterion rating", allowed="met, not met", near="met"
    )
    conflict = {"other_agency": "bank", "place": "b.xlsx", "number": "8.3", "basis": "The lowest answer"}
    fiu = LocalName("FIU", {"fr": "CRF", "ar": "وحدة المعلومات المالية"})
    differ = make_problem("answers-conflict", None, None, agency=fiu, answer="met", chosen="very large", **conflict)
    french, arabic = Translator("fr"), Translator("ar")
    assert unknown.text_in(french).endswith(
        ": rempli, non rempli. Vouliez-vous dire «\N{NO-BREAK SPACE}rempli\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}?"
    )
    assert "divergent sur 8.3 (CRF\N{NO-BREAK SPACE}: rempli\N{NO-BREAK SPACE}; bank" in differ.text_in(french)
    assert (
        "the answers on 8.3 differ (FIU: met; bank: very large). The lowest answer (very large) is used" in differ.text
    )
    assert "وحدة المعلومات المالية" in differ.text_in(arabic)
    assert "هل المقصود «مستوفى»؟" in unknown.text_in(arabic)
    assert unknown.text_in(ENGLISH).endswith("Use one of: met, not met. Did you mean 'met'?")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_hint_is_translated(language: str) -> None:
    """Every hint has a translation, so that no line mixes two languages."""
    t = Translator(language)
    facts = {"found": "x", "edition": "y"}
    texts = [make_problem("id-unknown", None, None, **facts, **hint(None, text)).text_in(t) for text in HINTS]
    assert [text for text in HINTS if any(text in known for known in texts)] == []


@pytest.mark.parametrize("count", [1, 2, 5, 11, 100])
def test_a_count_has_its_plural_form(count: int) -> None:
    """A number is shown with the right noun in every language."""
    texts = {
        language: make_problem("files-unknown", count=count, names="a.dat").text_in(Translator(language))
        for language in ("en", "ar", "fr")
    }
    arabic = {1: "ملف واحد", 2: "ملفان", 5: "5 ملفات", 11: "11 ملفاً", 100: "100 ملف "}
    assert texts["en"].startswith("one file is" if count == 1 else f"{count} files are")
    assert texts["fr"].startswith("un fichier est" if count == 1 else f"{count} fichiers sont")
    assert arabic[count] in texts["ar"]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_no_problem_shows_a_key(language: str) -> None:
    """No problem shows a key or says "is no"; Arabic and French texts have their own quotation marks."""
    t = Translator(language)
    keys = re.compile(r"\b[a-z]+_[a-z_]+\b")
    for kind in CODES.values():
        several = t.plural_form(kind.singular, kind.template, 7) if kind.singular else t(kind.template)
        single = t.plural_form(kind.singular, kind.template, 1) if kind.singular else ""
        for text in (several, single, t(kind.next_step)):
            shown = re.sub(r"\{\w+\}", "", text)
            assert not keys.search(shown), (kind.code, text)
            assert not re.search(r"\bis no (?!longer|more)", shown), (kind.code, text)
            assert language == "en" or "'" not in shown, (kind.code, text)


def test_a_heading_is_named_in_the_readers_language() -> None:
    """A date that cannot be read is reported with the heading over it, not with the key of its column."""
    heading = REQUIREMENTS.by_key["in_force_from"].local_name
    problem = find_date_problem("soon", None, column=heading)
    assert problem is not None
    assert "'In force from'" in problem.text
    assert "«تاريخ النفاذ»" in problem.text_in(Translator("ar"))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "1 June 2027"), ("fr", "1er juin 2027"), ("ar-IQ", "1 حزيران 2027")]
)
def test_a_date_is_in_words_in_the_message_and_in_iso_8601_in_the_facts(language: str, words: str) -> None:
    """People read the day as their language writes it; programs read one form."""
    made = make_problem("in-force-late", found=date(2027, 6, 1), cut_off=date(2027, 3, 19))
    text = made.text_in(Translator(language))
    assert words in text
    assert not re.search(r"\d{4}-\d{2}", text)
    assert dict(made.facts) == {"found": "2027-06-01", "cut_off": "2027-03-19"}


def test_an_error_has_its_date_in_words() -> None:
    """As a problem has; a date that was typed wrongly is quoted as it was typed."""
    with pytest.raises(FatfKitError, match=r"The year of 1 May 1440 is not between"):
        check_day(date(1440, 5, 1))
    with pytest.raises(FatfKitError, match=r"'2027-02-30' is not a date"):
        parse_day("2027-02-30")


@pytest.mark.parametrize(("language", "words"), [("en", "row 5"), ("ar", "الصف 5"), ("fr", "ligne 5")])
def test_a_phrase_is_shown_in_the_readers_language(language: str, words: str) -> None:
    """A place or a reason carries its template and facts, also into another process; no text is taken apart."""
    size = Phrase("{limit} MB", limit=3)
    problem = make_problem(
        "file-too-large", CellRef(file="a.csv", cell=Phrase("row {row}", row=5)), what=size, limit=size
    )
    received = pickle.loads(pickle.dumps(problem))  # noqa: S301 - made in this test
    assert received == problem
    message = received.message_in(Translator(language))
    assert words in message
    assert ("3 MB" in message) is (language == "en")


def test_words_with_numbers_need_a_phrase() -> None:
    """A fact that is an f-string would stay English, so the catalogue refuses it."""
    call = ast.parse('make_problem("file-broken", why=f"{count} rows are missing")').body[0].value  # type: ignore[attr-defined]
    with pytest.raises(LookupError, match="Phrase"):
        list(_find_texts(call))
