"""The made-up country in other languages: every text is there, and ratings, faults and figures are the English ones."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from fatf_kit import ScoringResult
from fatf_kit.assessment.citations.citations import read_citations
from fatf_kit.cli.demo import _ExampleRun
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.examples.texts import SOURCE_FILES, load_texts, read_example, text_languages
from fatf_kit.report.formats.html import render_html
from tests.examples import report_statistics, score_example
from tests.samples import take_sample
from tools.example_texts import SOURCES, missing_texts, unknown_texts

EXAMPLES = data_folder("examples")
HOME = EXAMPLES / "ruritania"
NOW = "2026-11-24T15:00+00:00"
CODES = re.compile(
    r"\b(?:R|IO|INR|E)[. -]?\d[\w./()-]*"  # R.10/10.2(c), IO.6, E-036
    r"|[\w().-]+\.(?:xlsx|json|csv|docx|html)\b"  # files
    r"|https?://\S+|\b(?:sha256:)?[0-9a-f]{12,}\b"  # links and fingerprints
    r"|\b(?:HE|SE|ME|LE|LC|PC|NC|NA|C)\b|\bfatf-kit\b.*"  # ratings, the tool and its commands
    r"|\b[a-z]+(?:-[a-z]+)+\b|\b[a-z]+-\d+\b"  # codes of problems, editions and policies
)


@pytest.fixture(scope="module")
def english() -> ScoringResult:
    """The English folder, scored."""
    return score_example()


@pytest.fixture(scope="module", params=take_sample(text_languages(), ["ar"]))
def language(request: pytest.FixtureRequest) -> str:
    """Each language that has texts."""
    return str(request.param)


@pytest.fixture(scope="module")
def scored(language: str) -> ScoringResult:
    """The folder of the language, scored."""
    return score_example(f"ruritania/{language}")


def test_every_text_is_translated(language: str) -> None:
    """And nothing is translated that is no text of the source."""
    for part, texts in load_texts(language).items():
        assert missing_texts(part, texts) == []
        assert unknown_texts(part, texts) == []
    assert set(load_texts(language)) <= set(SOURCES)


def test_arabic_has_every_part() -> None:
    """A part that a language leaves out stays English; Arabic leaves none out."""
    assert set(load_texts("ar")) == set(SOURCES) == set(SOURCE_FILES)


def test_ratings_are_those_of_the_english_folder(scored: ScoringResult, english: ScoringResult) -> None:
    """Claimed, shown and decided."""

    def ratings(result: ScoringResult) -> dict[str, tuple[object, ...]]:
        units = (*result.assessment.recommendations, *result.assessment.outcomes)
        return {unit.id: (unit.claimed, unit.shown, unit.counted, unit.decided) for unit in units}

    assert ratings(scored) == ratings(english)


def test_faults_are_those_of_the_english_folder(scored: ScoringResult, english: ScoringResult) -> None:
    """With the same codes at the same requirements."""

    def faults(result: ScoringResult) -> Counter[tuple[str, str]]:
        return Counter((problem.code, problem.requirement or "") for problem in result.problems)

    assert faults(scored) == faults(english)


def test_citations_read_alike(language: str) -> None:
    """The same instruments of the same kinds, with or without an article."""

    def instruments(answers: dict[str, dict[str, str]]) -> dict[str, list[tuple[str, bool]]]:
        return {
            name: [(str(one.kind), bool(one.article)) for one in read_citations(row.get("citation", ""), "XRU")]
            for name, row in answers.items()
        }

    assert instruments(read_example("answers", language)["answers"]) == instruments(read_example("answers")["answers"])


def test_statistics_say_the_same(language: str) -> None:
    """The same problems and observations."""
    (_, own), (_, english) = report_statistics(f"ruritania/{language}", language), report_statistics()
    assert Counter(problem.code for problem in own) == Counter(problem.code for problem in english)


def test_agencies_answer_in_one_language(language: str, scored: ScoringResult) -> None:
    """Under their names in it."""
    assert scored.folder is not None
    assert {agency.language for agency in scored.folder.workspace.agencies} == {language}


def test_arabic_report_is_arabic() -> None:
    """Under 2 % of the pieces of text have Latin letters and no Arabic, ids, codes, commands and file names aside."""
    report = score_example("ruritania/ar").report(generated_at=NOW, language="ar")
    page = html.fromstring(render_html(report))
    pieces = [str(text).strip() for text in page.xpath("//body//text()[not(ancestor::script or ancestor::style)]")]
    words = [CODES.sub("", text) for text in pieces if text and not re.search(r"[؀-ۿ]", text)]
    latin = [text for text in words if re.search(r"[A-Za-z]{2}", text)]
    assert len(latin) / len(list(filter(None, pieces))) < 0.02, latin[:20]


def test_demo_takes_the_texts_of_its_language(tmp_path: Path) -> None:
    """A variant of a language has its texts; another language has the English ones."""
    languages = {"ar-IQ": "ar", "fr": "fr", "en": "en", "sw": "en"}
    for language, expected in languages.items():
        run = _ExampleRun(
            source=tmp_path, target=tmp_path, formats=(), force=False, language=language, now=NOW, t=Translator("en")
        )
        assert run.example_language == expected
