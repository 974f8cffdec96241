"""The main job on the made-up country, end to end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fatf_kit import ScoringResult, score
from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import MADE_UP
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.resources import data_folder
from fatf_kit.core.store.outputs import WRITTEN
from fatf_kit.report.formats.html import render_html
from fatf_kit.report.formats.json import render_json
from fatf_kit.report.model import walk_sections
from fatf_kit.report.write import write_report
from tests.examples import score_example
from tests.samples import take_sample

FOLDER = data_folder("examples") / "ruritania"
NOW = "2026-11-24T15:00+00:00"


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The workbook as it is shipped, scored."""
    return score_example("ruritania/workbook")


def answers() -> Any:
    """The source of the workbook, read without our own reader."""
    return json.loads((FOLDER / "answers.json").read_text(encoding="utf-8"))


def test_every_answer_kind_is_there(scored: ScoringResult) -> None:
    """All ratings of both scales, every level of confidentiality, every kind of evidence, every way not to be shown."""
    ratings = {str(a.rating) for a in scored.responses.answers if a.rating}
    levels = {str(a.confidentiality) for a in scored.responses.answers}
    kinds = {str(item.kind) for item in scored.responses.evidence}
    showings = {str(c.status) for r in scored.assessment.recommendations for c in r.criteria}
    assert {"met", "mostly met", "partly met", "not met", "not applicable"} <= ratings
    assert {"very large", "large", "some", "negligible"} <= ratings
    assert levels == {"public", "government", "restricted"}
    assert kinds == {"law", "regulation", "other enforceable means", "guidance", "statistics", "case", "document"}
    assert {
        "shown",
        "nothing cited",
        "no article",
        "wrong kind",
        "no date",
        "in force later",
    } <= showings


def test_nothing_is_lost(scored: ScoringResult) -> None:
    """Every answer of the source is in the result, with every word."""
    read = {answer.requirement: answer for answer in scored.responses.answers}
    source = answers()["answers"]
    assert set(source) == set(read)
    for key, given in source.items():
        assert given.get("explanation", "") == read[key].explanation, key
        assert given.get("citation", "") == read[key].citation, key
        assert given.get("rating") == (str(read[key].rating) if read[key].rating else None), key


def test_planted_problems_are_found(scored: ScoringResult) -> None:
    """Exactly the planted ones, each with its cell; what only deserves a second look is a note and comes on top."""
    found = sorted(p.code for p in scored.problems if p.level is not ProblemLevel.NOTE)
    notes = {p.code for p in scored.problems if p.level is ProblemLevel.NOTE}
    assert found == ["criterion-above-parts", "evidence-unknown", "evidence-unknown"]
    assert notes == {
        "met-uncited",
        "citation-undated",
        "in-force-late",
        "law-undated",
        "effective-without-figures",
        "kind-proposed",
    }
    assert all(p.ref is not None and p.ref.cell for p in scored.problems)


def test_libreoffice_copy_gives_the_same_result(scored: ScoringResult) -> None:
    """The copy saved by LibreOffice and the original differ in provenance only."""
    copy = score([FOLDER / "libreoffice"])
    one, two = (json.loads(render_json(s.report(generated_at=NOW))) for s in (scored, copy))
    one.pop("provenance")
    two.pop("provenance")
    assert one == two


@pytest.mark.full
def test_freshly_saved_by_libreoffice(scored: ScoringResult, convert: Any) -> None:
    """The same for a copy that this machine's LibreOffice saves now."""
    copy = score([convert(FOLDER / "workbook" / "ruritania-2022.xlsx", "xlsx")])
    assert [(a.requirement, a.rating, a.explanation) for a in scored.responses.answers] == [
        (a.requirement, a.rating, a.explanation) for a in copy.responses.answers
    ]


@pytest.mark.parametrize("language", take_sample(["en", "ar", "fr"], ["ar"]))
def test_report_in_three_languages(scored: ScoringResult, language: str) -> None:
    """Same ratings, same schema, right direction, made-up notice on the page."""
    report = scored.report(generated_at=NOW, language=language)
    page = render_html(report).decode()
    assert ('dir="rtl"' in page[:200]) == (language == "ar")
    assert check_json(json.loads(render_json(report)), "assessment-2.schema.json", "assessment.json") == ()
    assert len([s for s in walk_sections(report.document.page) if s.anchor]) >= 51 + 7
    assert len(report.document.notices) >= 2


def test_notice_reaches_every_page(scored: ScoringResult) -> None:
    """Every printed page says at its foot that the country is fictional."""
    page = render_html(scored.report(generated_at=NOW)).decode()
    assert f'@bottom-left{{content:"{MADE_UP}' in page


@pytest.mark.full
def test_everything_is_written(scored: ScoringResult, tmp_path: Path) -> None:
    """assessment.json, report.html, .xlsx, .docx, its annex, four charts twice; and no file half written."""
    written = write_report(scored.report(generated_at=NOW), tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert {"assessment.json", "report.html", "report.xlsx", "report.docx", "report-annex.docx"} <= names
    assert 4 == sum(name.endswith(".svg") for name in names) == sum(name.endswith(".png") for name in names)
    assert names | {WRITTEN} == {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
