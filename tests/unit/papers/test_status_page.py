"""The page on the state of a folder: the phase, what has changed, the question that counts, and no command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from fatf_kit import folder_status
from fatf_kit.assessment.folder.folder import read_workspace
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.folder_settings import find_folder_schedule
from fatf_kit.evaluation_calendar.timetable import Schedule
from fatf_kit.papers.phase import Phase, describe_phase, find_phase
from fatf_kit.papers.status import FolderStatus, build_status
from fatf_kit.papers.status_changes import build_changes, make_state
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.model import Bullets, DocumentTable, Paragraph, Report

DAY = date(2026, 12, 1)


@cache
def read_status(language: str = "en") -> FolderStatus:
    """The state of the example on the day of its papers."""
    return folder_status("examples/ruritania", language=language, today=DAY)


@cache
def read_schedule() -> Schedule:
    """The dates of the example's evaluation: visit in March 2027, plenary in November."""
    workspace, _ = read_workspace(Path("examples/ruritania"))
    assert workspace
    schedule = find_folder_schedule(workspace, workspace.settings.last_day)
    assert schedule
    return schedule


@cache
def page(language: str = "en") -> Report:
    """The page of the example."""
    return build_status(read_status(language))


def test_a_phase_lasts_until_the_day_that_ends_it() -> None:
    """Before the visit, during it, until the plenary, and after it; without a visit there is none."""
    known = read_schedule()
    day = timedelta(days=1)
    phases = [
        find_phase(known, when, is_observed=False)
        for when in (known.visit - day, known.visit, known.visit_end, known.visit_end + day, known.plenary)
    ]
    assert phases == [Phase.PREPARATION, Phase.VISIT, Phase.VISIT, Phase.DRAFTS, Phase.FOLLOW_UP]
    assert find_phase(None, DAY, is_observed=False) is None
    assert find_phase(known, DAY, is_observed=True) is Phase.OBSERVATION


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_every_phase_has_a_sentence_of_its_own(language: str) -> None:
    """Five phases, five sentences, in each language."""
    t = Translator(language)
    assert len({describe_phase(phase, read_schedule(), DAY, t) for phase in Phase}) == len(Phase)


def test_figures_of_earlier_runs_stand_before_those_of_today() -> None:
    """The oldest first, and each rating that moved is named with both values."""
    facts = read_status().facts
    now = make_state(facts)
    before = {**now.ratings, "R.9": "NC"}
    month = replace(now, day=date(2026, 10, 30), answered=200, ratings=before)
    yesterday = replace(now, day=date(2026, 11, 30))
    table, *texts = build_changes((yesterday, month), facts, Translator("en"))
    assert isinstance(table, DocumentTable)
    assert [column.title for column in table.columns] == ["Figure", "30 October 2026", "30 November 2026", "Today"]
    answered = next(row for row in table.rows if row.cells[0].text == "requirements answered")
    assert [cell.text for cell in answered.cells[1:]] == ["200", str(now.answered), str(now.answered)]
    assert [text.text for text in texts if isinstance(text, Paragraph)] == [
        "No rating has changed since 30 November 2026.",
        f"Ratings that have changed since 30 October 2026: R.9: NC → {now.ratings['R.9']}.",
    ]


def test_the_question_that_moves_a_rating_most_is_on_the_page() -> None:
    """With what each answer leads to, and where it is decided; a folder without such a question has no section."""
    status = read_status()
    assert status.question
    section = next(one for one in page().document.sections if one.anchor == "question")
    *_, bullets = section.blocks
    assert isinstance(bullets, Bullets)
    assert bullets.items[-1] == f"Decide it in decisions.xlsx, in the row {status.question.requirement}."
    assert not any("\n" in block.text for block in section.blocks if isinstance(block, Paragraph))
    without = build_status(replace(status, question=None))
    assert "question" not in [one.anchor for one in without.document.sections]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_page_shows_no_command_and_three_steps_on_top(language: str) -> None:
    """A coordinator types nothing; what comes later stands below the agencies."""
    report = page(language)
    text = render_document(report.document).decode()
    commands = [step.place for step in read_status(language).steps if step.is_command]
    assert commands
    assert not any(command in text for command in commands)
    assert report.document.summary
    first = next(block for block in report.document.summary.blocks if isinstance(block, Bullets))
    later = next(one for one in report.document.sections if one.anchor == "later").blocks[0]
    assert isinstance(later, Bullets)
    assert len(first.items) == 3
    assert len(first.items) + len(later.items) == len(read_status(language).steps)


def test_a_bar_shows_what_the_cell_says() -> None:
    """Answered, of these to correct, of all that the agency leads."""
    table = next(one for one in page().document.sections if one.anchor == "agencies").blocks[0]
    assert isinstance(table, DocumentTable)
    for row, agency in zip(table.rows, read_status().agencies, strict=True):
        cell = next(one for one in row.cells if one.bar)
        assert cell.bar == (agency.fact.leads_answered, agency.fact.leads_to_correct, agency.fact.leads)
        assert cell.text == f"{agency.fact.leads_answered} of {agency.fact.leads}"
        assert agency.fact.leads_to_correct <= agency.fact.leads_answered <= agency.fact.leads


def test_lateness_is_counted_in_days() -> None:
    """From the day after the due day."""
    fact = replace(read_status().facts.agencies[0], due=date(2026, 11, 29), is_overdue=True, days_late=2)
    first, *others = read_status().agencies
    report = build_status(replace(read_status(), agencies=(replace(first, fact=fact), *others)))
    assert "2 days late" in render_document(report.document).decode()
