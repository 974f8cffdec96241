"""Papers for agencies, the roadmap and the gap report: agencies by their own answers, by name, nothing twice."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fatf_kit import ScoringResult, paper, score
from fatf_kit.cli.main import main
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.agency_paper import build_agency_page
from fatf_kit.report.model import Document, DocumentTable, KeyFigures, Paragraph, TableCell, walk_sections
from fatf_kit.spreadsheets.covers import ReturnTerms
from tests.documents import join_texts
from tests.examples import score_example
from tests.filled import send

NOW = "2026-11-24"
AGENCIES = ("council", "fiu", "bank", "securities", "justice", "police", "revenue", "charities")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up country, whose securities commission sent nothing and whose charities commission sent it empty."""
    home = tmp_path_factory.mktemp("silent") / "ruritania"
    shutil.copytree(data_folder("examples") / "ruritania", home)
    (home / "responses" / "securities.xlsx").unlink()
    send(home, "charities", {})
    return home


@pytest.fixture(scope="module")
def silent(folder: Path) -> ScoringResult:
    """The same, scored."""
    return score(folder)


@pytest.fixture(scope="module")
def whole() -> ScoringResult:
    """The made-up country with all answers."""
    return score_example()


def rows(document: Document) -> list[tuple[str, tuple[TableCell, ...]]]:
    """Every row of open work: the anchor of its section and its cells."""
    return [
        (section.anchor, row.cells)
        for section in walk_sections(document.sections)
        if section.anchor != "problems"
        for block in section.blocks
        if isinstance(block, DocumentTable)
        for row in block.rows
    ]


def figures(document: Document) -> dict[str, str]:
    """The key figures by their labels."""
    blocks = (block for section in document.sections for block in section.blocks if isinstance(block, KeyFigures))
    return {figure.label: figure.value for block in blocks for figure in block.figures}


@pytest.mark.full
def test_an_agency_that_sent_nothing_has_everything_open(silent: ScoringResult) -> None:
    """Its requirements without any answer are listed; those that it supports are counted."""
    document = paper(silent, "agency", generated_at=NOW, agency="securities")
    counts = figures(document)
    assert (counts["requirements that it leads"], counts["requirements without an answer"]) == ("3", "3")
    assert len(rows(document)) == 3
    assert "supports other agencies on 77 requirements" in join_texts(document)
    first = document.sections[0].blocks[0]
    assert "No workbook has been received" in getattr(first, "text", "")
    empty = paper(silent, "agency", generated_at=NOW, agency="charities")
    counts = figures(empty)
    assert (counts["requirements that it leads"], counts["requirements without an answer"]) == ("5", "4")
    assert "is empty (" in getattr(empty.sections[0].blocks[0], "text", "")


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_gap_report_has_every_agency(silent: ScoringResult, language: str) -> None:
    """By name, with the gaps that it leads on; those that sent nothing are named before the table."""
    document = paper(silent, "gap", generated_at=NOW, language=language)
    names = [cells[0].text for anchor, cells in rows(document) if anchor == "agencies"]
    assert silent.folder is not None
    assert {agency.name(language) for agency in silent.folder.workspace.agencies} == set(names)
    by_id = silent.folder.workspace.by_id
    section = next(one for one in document.sections if one.anchor == "agencies")
    said = next(block.text for block in section.blocks if isinstance(block, Paragraph))
    assert all(by_id[name].name(language) in said for name in ("securities", "charities"))
    table = {cells[0].text: [cell.text for cell in cells] for anchor, cells in rows(document) if anchor == "agencies"}
    assert table[by_id["charities"].name(language)][1:6] == ["1", "1", "4", "0", "–"]


def test_the_public_report_names_no_silent_agency(silent: ScoringResult) -> None:
    """The list of agencies without answers stays inside the government."""
    document = paper(silent, "gap", generated_at=NOW, audience="public")
    assert "agencies" not in [section.anchor for section in document.sections]


def test_check_reports_missing_and_empty_apart(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two lines that differ, by name; before, both were "0 of n"."""
    with pytest.raises(SystemExit):
        main(["check", str(folder)])
    said = capsys.readouterr().err
    assert "Securities Commission and Insurance Office: no workbook was received; requirements: 80" in said
    assert "Charities Commission: the workbook is empty; requirements: 13" in said
    assert re.search(r"Bank of Ruritania: \d+ of \d+ answered", said)


def test_an_agency_reads_by_when_and_to_whom_it_answers(whole: ScoringResult) -> None:
    """As far as the coordinator wrote it; nothing stands for what is not known."""
    given = replace(whole.paper_input(generated_at=NOW), agency="fiu")
    terms = ReturnTerms(due=date(2027, 1, 15), to="Secretariat of the Council")
    t = Translator("en")
    assert build_agency_page(given, t).facts[2:] == ()
    assert build_agency_page(replace(given, returns={"fiu": terms}), t).facts[2:] == (
        ("Return by", "15 January 2027"),
        ("Return to", "Secretariat of the Council"),
    )


@pytest.mark.parametrize("agency", AGENCIES)
def test_nothing_is_listed_twice(whole: ScoringResult, agency: str) -> None:
    """A requirement has one row in the whole paper; the first page takes its rows out of the sections."""
    document = paper(whole, "agency", generated_at=NOW, agency=agency)
    names = [cells[0].text for _, cells in rows(document)]
    assert names
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("agency", AGENCIES)
def test_no_law_is_proposed_for_a_question_without_answer(whole: ScoringResult, agency: str) -> None:
    """It asks for the answer; what the edition recommends is left for shortcomings."""
    document = paper(whole, "agency", generated_at=NOW, agency=agency)
    first = [cells[2] for _, cells in rows(document) if cells[0].detail == "Unanswered requirements"]
    assert {"Answer it in your workbook."} >= {step.text for step in first}
    assert [step.detail for step in first if step.detail and not step.detail.startswith("Lead agency: ")] == []
    fact = next(fact for fact in whole.facts(date.fromisoformat(NOW)).agencies if fact.agency == agency)
    rest = [cells for anchor, cells in rows(document) if anchor == "unanswered"]
    assert len(first) + len(rest) == fact.leads_unanswered
    assert {len(cells) for cells in rest} <= {2}


def test_a_conflict_names_the_other_agency_as_far_as_may_be_read(folder: Path, tmp_path: Path) -> None:
    """Its name and its rating; of a restricted answer only that there is one."""
    home = tmp_path / "ruritania"
    shutil.copytree(folder, home)
    said = {"explanation": "In Act 5 of 2020, art. 3.", "citation": "Act 5 of 2020, art. 3"}
    for agency, rating, level in (("charities", "met", "government"), ("council", "partly met", "restricted")):
        answers = {"R.8/8.1": {"rating": rating, "confidentiality": level, **said}}
        send(home, agency, answers)
    scored = score(home)

    def step(agency: str, **more: str) -> str:
        document = paper(scored, "agency", generated_at=NOW, agency=agency, **more)  # type: ignore[arg-type]
        return next(cells[2].text for _, cells in rows(document) if cells[0].text == "R.8/8.1")

    assert "Charities Commission answered “met”" in step("council", audience="government")
    assert "you answered “partly met”" in step("council", audience="government")
    assert step("charities") == "Another agency gave a different answer. Ask the coordinator which answer applies."
    assert "National Coordination Council answered “partly met”" in step("charities", audience="government")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_roadmap_is_by_agency(whole: ScoringResult, language: str) -> None:
    """Eight agencies by name where the folder knows them; before, nineteen generic roles."""
    document = paper(whole, "roadmap", generated_at=NOW, language=language)
    bodies = next(section for section in document.sections if section.anchor == "bodies")
    titles = [section.title for section in bodies.sections]
    assert whole.folder is not None
    assert set(titles) <= {agency.name(language) for agency in whole.folder.workspace.agencies}
    assert not set(titles) & {role.name for role in load_vocabulary(language).roles.values()}


def test_the_roadmap_without_a_folder_keeps_roles() -> None:
    """A single workbook knows no agencies."""
    scored = score_example("ruritania/workbook")
    document = paper(scored, "roadmap", generated_at=NOW)
    bodies = next(section for section in document.sections if section.anchor == "bodies")
    roles = {role.name for role in load_vocabulary("en").roles.values()}
    assert bodies.sections
    assert {section.title for section in bodies.sections} <= roles


def test_next_steps_say_what_is_missing(whole: ScoringResult) -> None:
    """A measure in force too late is to be brought forward, and a missing article is to be named."""
    document = paper(whole, "roadmap", generated_at=NOW)
    cells = [cell for _, cells in rows(document) for cell in cells]
    seen = "\n".join(f"{cell.text} {cell.detail}" for cell in cells)
    assert "Bring the measure into force before the cut-off date." in seen
    assert "Name the law or other instrument with its article." in seen


@pytest.mark.parametrize("kind", ["compliance", "effectiveness", "roadmap", "agency"])
def test_no_promise_and_no_count_of_ways(whole: ScoringResult, kind: str) -> None:
    """No target reached, no ways to choose, no person-days, nothing "with every action done"."""
    document = paper(whole, kind, generated_at=NOW, agency="bank" if kind == "agency" else None)
    seen = "\n".join(f"{cell.text} {cell.detail}" for _, cells in rows(document) for cell in cells)
    seen += "\n".join(getattr(b, "text", "") for s in walk_sections(document.sections) for b in s.blocks)
    assert not re.search(r"target is reached|ways to choose|person-days|every action done", seen, re.IGNORECASE)
