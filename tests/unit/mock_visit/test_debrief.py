"""The debrief of a mock visit: readiness, contradictions first, and no rating."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.core.json_files import check_json, make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import make_problem
from fatf_kit.framework import load_framework
from fatf_kit.mock_visit.data import load_readiness_rule
from fatf_kit.mock_visit.debrief import list_mock_findings, make_debrief, measure_readiness
from fatf_kit.mock_visit.debrief_report import build_debrief_document, build_rehearsal_section
from fatf_kit.mock_visit.model import MockAnswer, MockQuestionReason, MockScore, MockSheets
from fatf_kit.mock_visit.payload import make_debrief_json
from fatf_kit.report.model import DocumentTable, walk_sections

MEASURE = load_readiness_rule()
LADDER = (MockScore.CONTRADICTS, MockScore.NO_ANSWER, MockScore.WEAK, MockScore.ADEQUATE, MockScore.STRONG)


def answer(
    name: str, score: MockScore | None, *, agency: str = "fiu", spare: bool = False, note: str = ""
) -> MockAnswer:
    """One answer to a question of the bank."""
    return MockAnswer(
        id=name,
        agency=agency,
        core_issue=name.partition(":")[0],
        why=MockQuestionReason.BANK,
        text="Question?",
        strong="Everything",
        score=score,
        note=note,
        spare=spare,
    )


def level(*scores: MockScore | None) -> str | None:
    """The level of some scores."""
    return measure_readiness("x", [answer("IO.6/6.1:Q.6.1-1", score) for score in scores], MEASURE).level


def test_levels_by_their_limits() -> None:
    """A value equal to a limit is inside it; one contradiction is too many for being ready."""
    good, weak, against = MockScore.ADEQUATE, MockScore.WEAK, MockScore.CONTRADICTS
    assert level(*[good] * 4, weak) == "ready"
    assert level(*[good] * 3, weak) == "partly ready"
    assert level(*[good] * 9, against) == "partly ready"
    assert level(good, weak) == "partly ready"
    assert level(good, weak, weak) == "not ready"


def test_what_was_not_put_counts_nowhere() -> None:
    """Nothing scored gives no level; spare questions are not asked for."""
    assert level() is None
    assert level(None, None) is None
    assert level(MockScore.STRONG, None, None) == "ready"
    given = [answer("IO.6/6.1:Q.6.1-1", None), answer("IO.6/6.1:Q.6.1-2", None, spare=True)]
    assert ((one := measure_readiness("x", given, MEASURE)).questions, one.scored) == (1, 0)


@given(st.lists(st.sampled_from(LADDER), min_size=1, max_size=12), st.data())
def test_a_better_answer_never_lowers_readiness(scores: list[MockScore], data: st.DataObject) -> None:
    """Nor does the order of answers change it."""
    order = [one.id for one in MEASURE.levels]
    place = data.draw(st.integers(0, len(scores) - 1))
    better = data.draw(st.sampled_from(LADDER[LADDER.index(scores[place]) :]))
    raised = [*scores[:place], better, *scores[place + 1 :]]
    assert order.index(level(*raised) or "") <= order.index(level(*scores) or "")
    assert level(*scores) == level(*reversed(scores))


def test_findings_begin_with_contradictions() -> None:
    """Then questions without an answer, then weak ones; good answers give none."""
    given = [
        answer("IO.6/6.1:Q.6.1-1", MockScore.WEAK),
        answer("IO.6/6.2:Q.6.2-1", MockScore.NO_ANSWER),
        answer("IO.6/6.3:Q.6.3-1", MockScore.CONTRADICTS, agency="police"),
        answer("IO.6/6.4:Q.6.4-1", MockScore.STRONG),
        answer("IO.6/6.4:Q.6.4-2", None),
    ]
    found = list_mock_findings(given)
    assert [one.score.value for one in found] == ["contradicts", "no answer", "weak"]
    assert [one.id for one in found] == ["M-001", "M-002", "M-003"]
    first = found[0]
    assert (first.unit, first.agency, first.question_id) == ("IO.6", "police", "IO.6/6.3:Q.6.3-1")


def sheets() -> MockSheets:
    """Two outcomes and two agencies, out of order."""
    return MockSheets(
        edition="fatf-2022",
        answers=(
            answer("IO.9/9.1:Q.9.1-1", MockScore.STRONG, agency="police"),
            answer("IO.6/6.2:Q.6.2-1", MockScore.CONTRADICTS, note="412 there, 190 here"),
        ),
        files=(("one.xlsx", "a" * 64),),
        names={"fiu": {"en": "The FIU", "ar": "الوحدة"}},
        officials={"IO.6": 14},
        country="Examplia",
    )


def test_groups_are_in_the_order_of_the_methodology() -> None:
    """Outcomes and core issues; agencies as they come."""
    found = make_debrief(sheets(), load_framework("fatf-2022"), MEASURE)
    assert [one.id for one in found.outcomes] == ["IO.6", "IO.9"]
    assert [one.id for one in found.agencies] == ["fiu", "police"]
    assert [one.id for one in found.core_issues] == ["IO.6/6.2", "IO.9/9.1"]
    assert found.whole.level == "partly ready"


def test_the_json_keeps_its_schema_and_holds_no_rating() -> None:
    """Nothing in it looks like a level of effectiveness."""
    found = make_debrief(sheets(), load_framework("fatf-2022"), MEASURE)
    made = make_json_value(make_debrief_json(found, [make_problem("mock-agency")], tool="0", generated_at="2026-11-24"))
    assert check_json(made, "mock-debrief-1.schema.json", "debrief") == ()
    assert {"HE", "SE", "ME", "LE"}.isdisjoint(json.dumps(made).replace('"', " ").split())


def test_the_document_lists_contradictions_first() -> None:
    """In the reader's language: the bank's question too, whatever the language of the sheet."""
    found = make_debrief(sheets(), load_framework("fatf-2022"), MEASURE)
    framework = load_framework("fatf-2022", "ar")
    made = build_debrief_document(found, framework, (), Translator("ar"), tool="0", generated_at="2026-11-24")
    assert made.sections[0].anchor == "contradictions"
    table = next(block for block in made.sections[0].blocks if isinstance(block, DocumentTable))
    assert table.rows[0].cells[1].text == "الوحدة"
    assert table.rows[0].cells[2].text.endswith("؟")
    assert table.rows[0].cells[3].text == "412 there, 190 here"
    assert len({one.anchor for one in walk_sections(made.sections)}) == len(list(walk_sections(made.sections)))


def test_a_section_for_the_gap_report() -> None:
    """With every finding."""
    found = make_debrief(sheets(), load_framework("fatf-2022"), MEASURE)
    section = build_rehearsal_section(found, Translator("en"))
    assert [len(block.rows) for block in section.blocks if isinstance(block, DocumentTable)] == [1]
