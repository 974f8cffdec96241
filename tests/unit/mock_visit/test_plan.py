"""The plan of a mock visit: the questions to each agency, their duration and their order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from fatf_kit.assessment.folder.model import Materiality, Sector
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Severity
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.question_bank import load_bank
from fatf_kit.mock_visit.data import load_readiness_rule, load_schedule
from fatf_kit.mock_visit.model import MockQuestionReason, MockScore, Rehearsal
from fatf_kit.mock_visit.plan import VisitOptions, find_duties, find_importance, list_working_days, make_rehearsal
from fatf_kit.mock_visit.questions import QuestionSources, list_questions
from tests.unit.mock_visit.conftest import BODIES, EDITION
from tools.framework_content import read_json

_MOST, HIGH, MODERATE, LOW = Materiality
RULES = load_schedule(EDITION)


def find_questions(sources: QuestionSources, outcome: str = "IO.6") -> dict[tuple[str, str], str]:
    """Questions of an outcome by name and agency."""
    unit = next(one for one in sources.framework.outcomes if one.id == outcome)
    return {(q.id.partition("/")[2], q.agency): q.question for q in list_questions(sources, unit, Translator("en"))}


def test_own_open_points_get_questions(sources: QuestionSources) -> None:
    """Of the lead, but for conflicts and figures, which are put to everybody concerned."""
    own = {key for key in find_questions(sources) if ":Q." not in key[0]}
    expected = {
        ("6.1:weak-1", "fiu"),
        ("6.1:law-1", "fiu"),
        ("6.2:unshown-1", "fiu"),
        ("6.2:figures-1", "fiu"),
        ("6.2:figures-1", "police"),
        ("6.3:unanswered-1", "fiu"),
        ("6.4:conflict-1", "fiu"),
        ("6.4:conflict-1", "police"),
    }
    assert own == expected


def test_figures_are_reported_from_either_side(sources: QuestionSources) -> None:
    """Each agency hears its own figure first."""
    found = find_questions(sources)
    assert found["6.2:figures-1", "police"] == (
        "The figures for “Disseminations in 2025” differ: you report 190; another agency reports 412 (The FIU). Why?"
    )
    assert found["6.2:figures-1", "fiu"] == (
        "The figures for “Disseminations in 2025” differ: you report 412; another agency reports 190 (Police). Why?"
    )


def test_the_costliest_gap_in_law_gets_a_question(sources: QuestionSources) -> None:
    """One for a core issue, and what the country says is missing goes along."""
    assert "R.29/29.4" in find_questions(sources)["6.1:law-1", "fiu"]
    assert find_questions(sources)["6.1:weak-1", "fiu"].endswith("Your submission names this gap: Data on companies.")


def test_a_minor_gap_in_law_gets_no_question(sources: QuestionSources) -> None:
    """Nobody would ask how results are reached without something that is mostly there."""
    minor = replace(sources.findings[-1], severity=Severity.MINOR)
    others = replace(sources, findings=(minor,))
    assert [name for name, _ in find_questions(others) if ":law-" in name] == []


def test_the_bank_asks_those_who_should_know(sources: QuestionSources) -> None:
    """By role among those on duty; where none of them has the role, the lead."""
    found = find_questions(sources)
    for issue, questions in load_bank(EDITION).items():
        if issue.startswith("IO.6"):
            for question in questions:
                name = f"{issue.partition('/')[2]}:{question.id}"
                agencies = {agency for key, agency in found if key == name}
                knowing = {b.id for b in BODIES if set(b.roles) & set(question.roles)} & {"fiu", "police"}
                assert (knowing or {"fiu"}) == agencies, name


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
def test_every_core_issue_gets_questions(edition: str) -> None:
    """At least its four questions, in both editions, without any assessment."""
    framework = load_framework(edition)
    duties = find_duties(framework, BODIES, None)
    sources = QuestionSources(framework=framework, bank=load_bank(edition), bodies=BODIES, duties=duties)
    for outcome in framework.outcomes:
        found = Counter(q.core_issue for q in list_questions(sources, outcome, Translator("en")))
        for issue in outcome.core_issues:
            if duties[issue.id].agencies:
                assert found[issue.id] >= 4, issue.id


def test_materiality_of_sectors_weighs() -> None:
    """An outcome as its heaviest sector; an agency as the heaviest it speaks for; without scoping as the file says."""
    sectors = [Sector(id="banks", materiality=HIGH), Sector(id="insurance", materiality=LOW)]
    assert find_importance("IO.3", ["insurance_supervisor"], RULES, sectors) == (HIGH, LOW)
    assert find_importance("IO.3", ["central_bank", "insurance_supervisor"], RULES, sectors) == (HIGH, HIGH)
    assert find_importance("IO.3", ["police"], RULES, sectors) == (HIGH, HIGH)
    assert find_importance("IO.6", ["fiu"], RULES, sectors) == (MODERATE, MODERATE)
    assert find_importance("IO.3", ["insurance_supervisor"], RULES, []) == (MODERATE, MODERATE)


def test_heavy_outcomes_come_first(sources: QuestionSources) -> None:
    """With one venue, everything on a highly important outcome is over before anything else begins."""
    sectors = [Sector(id="banks", materiality=HIGH)]
    options = VisitOptions(venues=1, only=("IO.3", "IO.6"))
    plan, _ = make_rehearsal(sources, RULES, options, sectors, Translator("en"))
    assert [one.meeting.id.startswith("IO.3") for one in plan.timetable.placed] == [True, False, False]


def test_an_interview_takes_as_long_as_its_questions_need(rehearsal: Rehearsal) -> None:
    """Within limits; what goes beyond them is spare, and that is never one of the country's own points."""
    for one in rehearsal.interviews:
        put = [question for question in one.questions if not question.spare]
        each = RULES.question_minutes[one.importance]
        assert RULES.shortest_minutes <= one.minutes <= RULES.longest_minutes
        assert len(put) * each <= one.minutes
        assert len(one.questions) == len(put) or one.minutes == RULES.longest_minutes
        assert all(question.why is MockQuestionReason.BANK for question in one.questions if question.spare)


def test_a_joint_session_for_each_outcome(sources: QuestionSources) -> None:
    """All its agencies meet together."""
    plan, _ = make_rehearsal(sources, RULES, VisitOptions(joint=True, only=("IO.6",)), (), Translator("en"))
    assert [(p.meeting.id, p.meeting.guests) for p in plan.timetable.placed] == [("IO.6", ("fiu", "police"))]


def test_too_little_time_is_reported(sources: QuestionSources) -> None:
    """With how many days would do; with those nothing is left."""
    plan, problems = make_rehearsal(sources, RULES, VisitOptions(venues=1, days=1), (), Translator("en"))
    assert plan.timetable.left
    assert "mock-no-place" in {problem.code for problem in problems}
    enough, _ = make_rehearsal(sources, RULES, VisitOptions(venues=1, days=plan.needed), (), Translator("en"))
    assert (len(enough.timetable.left), enough.timetable.days) == (0, plan.needed)


def test_a_core_issue_without_anybody_is_reported(sources: QuestionSources) -> None:
    """None of the three agencies has to do with corporate trustees."""
    bodies = tuple(body for body in BODIES if body.id == "bank")
    framework = sources.framework
    duties = find_duties(framework, bodies, None)
    lonely = QuestionSources(framework=framework, bank=sources.bank, bodies=bodies, duties=duties)
    _, problems = make_rehearsal(lonely, RULES, VisitOptions(only=("IO.7",)), (), Translator("en"))
    assert {problem.code for problem in problems} == {"mock-unassigned"}


def test_weekends_are_left_out() -> None:
    """Also where they are Friday and Saturday."""
    assert list_working_days(date(2026, 11, 20), 2) == (date(2026, 11, 20), date(2026, 11, 23))
    assert list_working_days(date(2026, 11, 20), 1, (4, 5)) == (date(2026, 11, 22),)


def test_every_outcome_has_one_panel() -> None:
    """And every sector and role of the file exists."""
    framework = load_framework(EDITION)
    panels = [outcome for panel in RULES.panels for outcome in panel.outcomes]
    assert sorted(one.id for one in framework.outcomes) == sorted(panels)
    sectors = {one["id"] for one in read_json(data_folder("frameworks") / "sectors.json")["sectors"]}
    roles = {one["id"] for one in read_json(data_folder("frameworks") / "roles.json")["roles"]}
    for edition in ("fatf-2013", "fatf-2022"):
        assert {name for ids in load_schedule(edition).sectors.values() for name in ids} <= sectors
    assert {name for ids in RULES.role_sectors.values() for name in ids} <= sectors
    assert set(RULES.role_sectors) <= roles


@pytest.mark.parametrize("language", LANGUAGES)
def test_panels_are_named_in_every_language(language: str) -> None:
    """Each differently."""
    names = [panel.name for panel in load_schedule(EDITION, language).panels]
    assert len(names) == len(set(filter(None, names)))


@pytest.mark.parametrize("edition", list_editions())
def test_every_edition_says_which_sectors_weigh(edition: str) -> None:
    """For outcomes that it has."""
    sectors = load_schedule(edition).sectors
    assert sectors
    assert set(sectors) <= {outcome.id for outcome in load_framework(edition).outcomes}


def test_every_score_counts_somewhere() -> None:
    """The last level is open to all, so that every group of scores has one."""
    measure = load_readiness_rule()
    assert set(measure.good) | set(measure.contradicting) <= set(MockScore)
    last = measure.levels[-1]
    assert (last.good_from, last.contradictions_up_to) == (0, None)
