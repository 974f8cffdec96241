"""Every paper of the example prints the figures and dates of the one record of facts, in every language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import cast

import pytest

from fatf_kit import overview
from fatf_kit.assessed.facts import FolderFacts
from fatf_kit.core.json_files import check_json, make_json_value
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.papers.overview import build_overview_document
from fatf_kit.papers.overview_model import Overview
from fatf_kit.papers.papers import build_paper
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.papers.status import build_status, list_status_lines
from fatf_kit.papers.verdict import list_verdict_lines
from fatf_kit.report.model import Document, Figure, walk_sections
from fatf_kit.scoring.report.traces import name_unit
from fatf_kit.workflows.status import folder_status
from tests.documents import join_texts
from tests.examples import score_example
from tests.keyed_facts import KeyedTranslator, add_keys, list_values, read_days, read_keys, read_numbers, remove_keyed
from tests.samples import take_sample

DAY = date(2026, 12, 1)
AGENCY = "bank"

RATINGS = {f"ratings.recommendations.{key}" for key in ("of", "shown", "claimed", "unanswered", "not_applicable")}
RATINGS |= {f"ratings.outcomes.{key}" for key in ("of", "claimed")}
OVERVIEW = {f"ratings.recommendations.{key}" for key in ("of", "shown", "not_applicable")} | {"ratings.outcomes.of"}
OPEN = {"answers.without_evidence", "answers.unanswered"}
VISIT = {"visit.begin", "visit.days_until_begin"}
WORK = {"work.laws.total", "work.instruments.total", "work.entries_into_force.total", "work.measures.late"}
WORK |= {"work.practice.total", "work.desk.total"}
OVERDUE = {
    f"submissions.{step}.{key}" for step in ("tc-submission", "effectiveness-submission") for key in ("day", "days")
}
LARGEST = {"gaps.IO_8/8_5.due", "gaps.R_7/7_1.due", "gaps.IO_11/11_3.due", "gaps.R_15/15_4.earliest"}
STATUS = {"answers.requested", "answers.answered", "answers.shown", "decisions.cells", "decisions.questions"}
AGENCY_ROW = {f"agencies.{AGENCY}.{key}" for key in ("shortcomings", "without_evidence", "leads_unanswered")}
AGENCY_PAPER = {*AGENCY_ROW, f"agencies.{AGENCY}.leads", f"agencies.{AGENCY}.to_correct", f"agencies.{AGENCY}.supports"}

EXPECTED = {
    "brief": {*(RATINGS - {"ratings.outcomes.shown"}), *OPEN, *VISIT, *WORK, *OVERDUE, "visit.end"},
    "gap": {*RATINGS, *OPEN, *VISIT, *LARGEST, *AGENCY_ROW, "ratings.unresolved"},
    "agency": AGENCY_PAPER,
    "status": {*RATINGS, *STATUS, f"agencies.{AGENCY}.leads_answered"},
    "terminal": RATINGS,
    "overview": {*OVERVIEW, "answers.requested", "answers.answered"},
    "charts": {*OVERVIEW, "answers.without_evidence"},
}
"""The figures and dates that each paper prints from the facts; others may follow."""


@cache
def render_papers(language: str) -> tuple[FolderFacts, Mapping[str, str]]:
    """The texts of all papers of one language, with the keys of the facts in them."""
    name = "ruritania" if language == "en" else f"ruritania/{language}"
    scored = score_example(name)
    t = KeyedTranslator(language)
    given = scored.paper_input(generated_at=DAY.isoformat(), language=language)
    facts = add_keys(given.facts)
    keyed: PaperInput = replace(given, known_facts=facts)
    papers = {kind: join_texts(build_paper(keyed, kind, t)) for kind in ("brief",)}
    gap = build_paper(keyed, "gap", t)
    assert gap.summary
    assert gap.annex
    papers["gap"] = join_texts(replace(gap, sections=(gap.summary, *gap.sections)))
    papers["agency"] = join_texts(build_paper(replace(keyed, agency=AGENCY), "agency", t))
    papers["charts"] = join_charts(gap, gap.annex)
    (country,) = overview([data_folder("examples") / name], today=DAY, language=language).countries
    levels, asked = facts.ratings, facts.answers
    assert country.standing == (levels.recommendations, levels.outcomes)
    assert (country.requested, country.answered) == (asked.requested, asked.answered)
    country = replace(
        country,
        standing=(levels.recommendations, levels.outcomes),
        requested=asked.requested,
        answered=asked.answered,
        listing=None,
    )
    states = Overview(today=DAY, language=language, countries=(country,))
    papers["overview"] = join_texts(build_overview_document(states, t, generated_at=DAY.isoformat()))
    papers["terminal"] = "\n".join(list_verdict_lines(keyed, t))
    status = folder_status(scored, today=DAY, language=language)
    by_id = {fact.agency: fact for fact in facts.agencies}
    agencies = tuple(replace(agency, fact=by_id[agency.fact.agency]) for agency in status.agencies)
    printed = replace(status, facts=facts, agencies=agencies, verdict=tuple(list_verdict_lines(keyed, t))[:2])
    page = build_status(printed, t).document
    assert page.summary
    lines = ("  ".join(line) for line in list_status_lines(printed, t))
    papers["status"] = "\n".join((join_texts(replace(page, sections=(page.summary, *page.sections))), *lines))
    return facts, papers


def join_charts(*documents: Document) -> str:
    """The message of each chart of some documents."""
    sections = (section for document in documents for section in walk_sections(document.sections))
    blocks = (block for section in sections for block in section.blocks)
    return "\n".join(block.chart.message for block in blocks if isinstance(block, Figure))


IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", take_sample(LANGUAGES, ["en"]))


@IN_EVERY_LANGUAGE
def test_each_figure_and_date_is_that_of_the_facts(language: str) -> None:
    """Each keyed number reads back as the fact has it, and each paper prints what it is expected to."""
    facts, papers = render_papers(language)
    values = list_values(facts)
    for kind, text in papers.items():
        assert [(key, n) for key, n in read_numbers(text) if n not in (values[key], -int(str(values[key])))] == []
        days = ((key, before, Translator(language).day(cast("date", values[key]))) for key, before in read_days(text))
        assert [(key, before) for key, before, day in days if not before.endswith(day)] == []
        expected = {key for key in EXPECTED[kind] if key in values and _has_digits(values[key])}
        assert expected - read_keys(text) == set(), kind


OWN = {6}
"""Agencies beyond those that are named."""


def _has_digits(value: int | date) -> bool:
    """Whether a fact is printed with its digits: nothing is left out, and one and two are words in Arabic."""
    return isinstance(value, date) or abs(value) > 2


IDS = re.compile(
    r"(?:R|IO|c)\.\d+(?:/\d+\.\d+(?:\(\w+\))?)?|fatf-\d{4}|\d+\.\d+(?:\(\w+\))?"
    r"|\b\d{1,2}(?:er)? \S+ \d{4}\b|\b20\d\d\b|\d+(?:–\d+)? → \d+(?:–\d+)?"
)
"""Ids, dates, and what a decision changes: numbers that are no facts of the folder."""


_ISOLATES = re.compile("[\u2066-\u2069]")


@IN_EVERY_LANGUAGE
def test_the_brief_and_the_status_count_nothing_themselves(language: str) -> None:
    """Every number in their sentences is a fact of the folder, an id, a date, or the number of a threshold."""
    facts, papers = render_papers(language)
    known = {int(n) for one in facts.thresholds for n in (*one.limits, *one.worst, *one.best)}
    known.add(int(facts.ratings.unresolved))
    end = facts.cut_off or DAY  # a visit would have to be later by so many days
    known |= {(gap.earliest - end).days for gap in facts.gaps if gap.earliest}
    units = {name_unit(unit, Translator(language)) for unit in (*RECOMMENDATIONS, *OUTCOMES)}
    for kind in ("brief", "terminal"):
        text = _ISOLATES.sub("", remove_keyed(papers[kind]))
        for unit in sorted(units, key=len, reverse=True):
            text = text.replace(unit, "")
        rest = IDS.sub("", text)
        own = {int(n) for n in re.findall(r"\d+", rest)}
        assert own - known - OWN == set(), kind


def test_facts_conform_to_the_schema_that_is_derived_from_them() -> None:
    """The file that other programs read keeps its schema."""
    facts = make_json_value(score_example().facts(DAY))
    assert check_json(json.loads(json.dumps(facts)), "facts-1.schema.json", "facts") == ()


def test_papers_for_people_show_no_keys() -> None:
    """Keys exist in tests only."""
    given = score_example().paper_input(generated_at=DAY.isoformat())
    assert not read_keys(join_texts(build_paper(given, "brief", KeyedTranslator("en"))))


def test_counts_of_one_kind_add_up() -> None:
    """Sums over agencies, groups of work and states of answers are the totals."""
    facts = score_example().facts(DAY)
    answers, work = facts.answers, facts.work
    assert answers.requested == answers.answered + answers.unanswered
    assert answers.answered == answers.shown + answers.without_evidence + answers.in_part
    assert work is not None
    assert work.total.total == work.measures.total + work.practice.total + work.desk.total
    assert work.measures.total == work.laws.total + work.instruments.total + work.entries_into_force.total
    for counts in (facts.ratings.recommendations, facts.ratings.outcomes):
        assert counts.of == counts.shown + counts.claimed + counts.unanswered + counts.below
    units = facts.ratings.recommendations, facts.ratings.outcomes
    assert sum(counts.of + counts.not_applicable for counts in units) == facts.ratings.total
    assert sum(agency.leads_unanswered for agency in facts.agencies) == answers.unanswered
    assert sum(agency.without_evidence for agency in facts.agencies) == answers.without_evidence
    for agency in facts.agencies:
        assert agency.requested == agency.leads + agency.supports
        assert agency.leads == agency.leads_answered + agency.leads_unanswered
