"""Outputs for a country have its words and months; what the country typed stays as it was typed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import fatf_kit
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.national_words import add_country, base_language
from fatf_kit.framework import load_framework
from fatf_kit.laws.folder_part import find_laws
from tests.examples import score_example
from tests.samples import take_sample
from tests.unit.cli.commands import RURITANIA, invoke
from tests.unit.framework.national_terms import STEMS, list_strings, list_variants, list_words_with

COUNTRIES = {
    "IRQ": ("ar", "حزيران", ("الادعاء العام", "معنوي", "تعليمات", "غير الحكومية")),
    "JOR": ("ar", "حزيران", ("وحدة مكافحة غسل الأموال وتمويل الإرهاب", "تعليمات")),
    "TUN": ("ar", "جوان", ("النيابة العمومية", "اللجنة التونسية للتحاليل المالية", "الذوات المعنوية")),
    "DZA": ("ar", "جوان", ("تبييض الأموال", "خلية معالجة الاستعلام المالي", "معنوي")),
    "MAR": ("fr", "juin", ("l’ANRF", "autorités de supervision et de contrôle")),
    "FRA": ("fr", "juin", ("la cellule Tracfin",)),
}
"""Language, the name of June, and words that outputs for the country contain."""

EVERY_COUNTRY = [pytest.param(country, marks=[] if country == "IRQ" else [pytest.mark.full]) for country in COUNTRIES]
"""All countries; long outputs are made for one of them in a usual run."""


@pytest.fixture(scope="module")
def scored() -> fatf_kit.ScoringResult:
    """The fictional country, scored once."""
    return score_example()


def _as(scored: fatf_kit.ScoringResult, country: str) -> fatf_kit.ScoringResult:
    """Return the result as if the folder were another country's."""
    assert scored.folder is not None
    workspace = scored.folder.workspace
    settings = replace(workspace.settings, country=country, names={})
    return replace(scored, folder=replace(scored.folder, workspace=replace(workspace, settings=settings)))


def _replaced_words(language: str, country: str) -> re.Pattern[str]:
    listed = [
        STEMS[language, t["id"]]
        for t, v, c in list_variants()
        if c == country and t["language"] == language and "forms" in v and t["id"] != "article"
    ]
    return re.compile("|".join(listed))


def _check_words(text: str, country: str, typed: set[str]) -> None:
    language = COUNTRIES[country][0]
    stem, tag = _replaced_words(language, country), add_country(language, country)
    for known in sorted({*typed, *list_words_with(tag, stem)}, key=len, reverse=True):
        text = text.replace(known, "")
    left = [text[max(found.start() - 30, 0) : found.end() + 30] for found in stem.finditer(text)]
    assert not left, (country, left[:5])
    if language == "ar" and country != "MAR":
        assert not re.search("يونيو|فبراير|يوليو", text), country


@pytest.mark.parametrize("country", EVERY_COUNTRY)
def test_reports_of_a_country(scored: fatf_kit.ScoringResult, country: str) -> None:
    """A report has the words and months of the country, none of those they replace, and typed text as it was typed."""
    language, june, words = COUNTRIES[country]
    typed = "ملاحظة: النيابة العامة، يونيو 2026" if language == "ar" else "Note : la CRF"
    made = _as(scored, country).report(generated_at="2026-06-05", language=language, notices=(typed,))
    assert base_language(made.document.language) == language
    text = "\n".join(list_strings(make_json_value(made.document)))
    assert typed in text
    assert june in text
    assert any(word in text for word in words)
    assert scored.folder is not None
    names = {agency.name(language) for agency in scored.folder.workspace.agencies}
    _check_words(text, country, {typed, *names})


@pytest.mark.parametrize("country", take_sample(COUNTRIES, ["IRQ", "TUN", "FRA"]))
def test_templates_of_a_country(country: str) -> None:
    """A blank workbook has the words of the country; answers in it stay as they were typed."""
    language, _, words = COUNTRIES[country]
    tag = add_country(language, country)
    framework = load_framework("fatf-2022", tag)
    typed = "كتبت النيابة العامة في يونيو: لائحة" if language == "ar" else "Selon la CRF, une DOS"
    layout = build_layout(framework, only=["R.3", "R.8", "R.24", "R.29", "R.10", "R.39", "IO.7"], language=tag)
    made = render_template(layout, prefill={"R.3/3.1": {"explanation": typed}})
    text = "\n".join(_shared(made))
    assert typed in text
    assert all(word in text for word in words), [word for word in words if word not in text]
    _check_words(text, country, {typed})


def _shared(workbook: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        root = ET.fromstring(package.read("xl/sharedStrings.xml"))  # noqa: S314 - written by this test
    for item in root:
        yield "".join(item.itertext())


@pytest.fixture(scope="module")
def planned() -> Any:
    """The plan of the fictional country."""
    return fatf_kit.plan_of(RURITANIA, start="2026-12-01")


@pytest.mark.parametrize("country", [one for one in EVERY_COUNTRY if one.values[0] not in ("JOR", "MAR")])
def test_plans_of_a_country(scored: fatf_kit.ScoringResult, planned: Any, country: str) -> None:
    """The workbook of a plan has the words of the country."""
    language, _, words = COUNTRIES[country]
    own = replace(planned, scored=_as(scored, country))
    text = "\n".join(_shared(own.workbook(language)))
    assert scored.folder is not None
    names = {agency.name(language) for agency in scored.folder.workspace.agencies}
    titles = {title for law in find_laws(scored.folder).register.instruments for title in law.titles.values()}
    _check_words(text, country, names | titles)
    assert any(word in text for word in words)


def test_commands_follow_the_country_of_the_folder(tmp_path: Path) -> None:
    """In a folder of Iraq every command speaks as Iraq does, and files keep the plain language in their names."""
    folder = tmp_path / "iraq"
    assert invoke("init", folder, "--country", "IRQ", "--lang", "ar").return_value in (0, None)
    made = invoke("template", folder, "--agency", "prosecution")
    assert made.exception is None, made.output
    text = "\n".join(_shared((folder / "templates" / "prosecution.xlsx").read_bytes()))
    assert "أعضاء الادعاء العام" in text, "a phrase of our texts, not the name of the agency"
    assert "النيابة" not in text
    (folder / "templates" / "prosecution.xlsx").rename(folder / "responses" / "prosecution.xlsx")
    blank = fatf_kit.score(folder)
    assert blank.national("ar") == "ar-IQ"
    assert {problem.code for problem in blank.problems} <= {"assignment-open", "blank-workbook", "workbook-blank"}
