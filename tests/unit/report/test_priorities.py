"""The gaps that cost most, and those that are least costly to close: which rows, in which order, how many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fatf_kit.assessment.answers.model import Answer, AnswerRating, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.folder.model import Agency, RecordedDecision
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.papers.folder_facts import FolderState, collect_folder_facts
from fatf_kit.papers.gaps import build_gaps_section, describe_due
from fatf_kit.papers.priorities import build_cheapest_section
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.model import DocumentTable, Paragraph, Section, TableRow
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.findings import derive_findings
from fatf_kit.scoring.model import Adjustments
from tests.proof import assess

T = Translator("en")
EDITION = load_framework("fatf-2022")
DAY, CUT_OFF = date(2020, 1, 1), date(2027, 3, 19)
MET, MOSTLY, PARTLY, NOT_MET = (CriterionRating[name] for name in ("MET", "MOSTLY_MET", "PARTLY_MET", "NOT_MET"))


def of(unit: str, *ratings: AnswerRating, **fields: object) -> list[Answer]:
    """One answer for each criterion of a unit, shown unless told otherwise."""
    number = unit.partition(".")[2]
    shown = {"citation": "AML Act, art. 5", "in_force_from": DAY, "evidence": ("E-1",)}
    return [
        Answer(requirement=f"{unit}/{number}.{n}", rating=rating, **(shown | fields))  # type: ignore[arg-type]
        for n, rating in enumerate(ratings, 1)
    ]


def given(answers: list[Answer], decisions: tuple[tuple[str, str], ...] = ()) -> PaperInput:
    """An assessment of a few answers."""
    item = EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures")
    responses = ResponseSet(edition=EDITION.id, answers=tuple(answers), evidence=(item,), cut_off=CUT_OFF)
    decided = tuple(
        RecordedDecision(requirement=name, value=value, reason="So", decided_by="Council", day=DAY)
        for name, value in decisions
    )
    policy = load_policy()
    assessment = assess(EDITION, responses, policy, cut_off=CUT_OFF, adjustments=Adjustments(decisions=decided))
    return with_facts(
        PaperInput(
            framework=EDITION,
            assessment=assessment,
            findings=derive_findings(EDITION, responses, assessment, policy),
            problems=(),
            policy=policy,
            responses=responses,
            generated_at="2027-01-01",
        )
    )


NO_FOLDER = FolderState()


def with_facts(paper_input: PaperInput, state: FolderState = NO_FOLDER) -> PaperInput:
    """The same with the facts that are counted from it, without a plan."""
    return replace(paper_input, known_facts=collect_folder_facts(paper_input, None, state))


def rows(section: Section) -> tuple[TableRow, ...]:
    """The rows of its one table."""
    (table,) = [block for block in section.blocks if isinstance(block, DocumentTable)]
    return table.rows


def texts(section: Section) -> list[list[str]]:
    """The texts of its rows."""
    return [[cell.text for cell in row.cells] for row in rows(section)]


def test_lowest_first_then_thresholds_then_weight() -> None:
    """NC before PC; R.20 counts for more thresholds than R.17; units that are met or without an answer are left out."""
    answers = [
        *of("R.36", MET, MET),
        *of("R.17", PARTLY, PARTLY, PARTLY),
        *of("R.20", PARTLY, PARTLY),
        *of("R.37", *[NOT_MET] * 8),
        *of("R.18", *[NOT_MET] * 3),
    ]
    assert [gap.unit for gap in given(answers).facts.largest_gaps] == ["R.37", "R.18", "R.20", "R.17"]


def test_two_gaps_each_the_heaviest_first() -> None:
    """In the country's own words where it has some."""
    answers = of("R.37", NOT_MET, MOSTLY, PARTLY, NOT_MET, *[NOT_MET] * 4)
    answers[0] = Answer(requirement="R.37/37.1", rating=NOT_MET, missing="There is no law.")
    found = given(answers)
    lost = {f.requirement: f.points_lost for f in found.findings if f.unit == "R.37"}
    first, second = texts(build_gaps_section(found, T))
    assert [lost[first[0]], lost[second[0]]] == sorted(lost.values(), reverse=True)[:2]
    assert first[:3] == ["R.37/37.1", "NC", "There is no law."]


def test_twelve_units_at_most() -> None:
    """The weakest of them."""
    numbers = (3, 5, 6, 7, 8, 13, 15, 17, 18, 20, 21, 23, 24, 26)
    answers = [answer for n in numbers for answer in of(f"R.{n}", NOT_MET)]
    shown = rows(build_gaps_section(given(answers), T))
    assert len({row.cells[0].target for row in shown}) == 12


def test_the_day_of_the_plan_is_before_that_of_the_answer() -> None:
    """Then the country's own action; the agency's day only for what waits for its answer; else no date is said."""
    answers = [
        Answer(requirement="R.37/37.1", rating=NOT_MET, action="A law", action_due=date(2027, 2, 1)),
        Answer(requirement="R.37/37.2", rating=NOT_MET),
        Answer(requirement="R.37/37.3", rating=NOT_MET, action="A law", action_due=date(2026, 2, 1)),
        *of("R.17", MET, MET, MET, citation="", evidence=()),
    ]
    bodies = {role: "bank" for unit in EDITION.recommendations for one in unit.criteria if (role := one.lead)}
    bank = Agency(id="bank", names={"en": "Bank"}, due=date(2026, 12, 1))
    state = FolderState(agencies=(bank,), plan_dues={"R.37/37.1": date(2027, 3, 20)})
    facts = with_facts(replace(given(answers), bodies=bodies), state).facts
    cells = {gap.requirement: describe_due(gap, T) for gap in facts.gaps}
    assert (cells["R.37/37.1"].text, cells["R.37/37.1"].detail) == ("20 March 2027", "after the cut-off date")
    assert (cells["R.37/37.2"].text, cells["R.37/37.2"].detail) == ("no date", "")
    assert (cells["R.37/37.3"].text, cells["R.37/37.3"].detail) == ("1 February 2026", "overdue")
    assert (cells["R.17/17.1"].text, cells["R.17/17.1"].detail) == ("1 December 2026", "overdue")


def test_claimed_but_not_shown() -> None:
    """Most weight first; the step that fits, with what the country plans beneath; the day that comes too late."""
    late = of("R.36", MET, MET, in_force_from=date(2027, 6, 1))
    bare = of("R.17", MET, MET, MET, citation="", evidence=())
    bare[0] = Answer(requirement="R.17/17.1", rating=MET, action="Ask the ministry.")
    section = build_cheapest_section(given([*late, *bare]), T)
    found = {row[0]: row for row in texts(section)}
    assert set(found) == {"R.36/36.1", "R.36/36.2", "R.17/17.1", "R.17/17.2", "R.17/17.3"}
    step = "Name the law or other instrument with its article."
    assert step == found["R.17/17.1"][3] == found["R.17/17.2"][3]
    planned = [row.cells[3].detail for row in rows(section) if row.cells[0].text == "R.17/17.1"]
    assert planned == ["Planned action: Ask the ministry."]
    assert "2027" in found["R.36/36.1"][2]
    assert "2027" not in found["R.17/17.2"][2]
    lost = {f.requirement: f.points_lost for f in given([*late, *bare]).findings}
    order = [lost[row[0]] for row in texts(section)]
    assert sorted(order, reverse=True) == order
    assert sum(isinstance(block, Paragraph) for block in section.blocks) == 1


def test_more_than_the_table_holds_are_counted() -> None:
    """The rest stand below, and their number is told."""
    answers = [
        Answer(requirement=criterion.id, rating=MET)
        for unit in EDITION.recommendations[:12]
        for criterion in unit.criteria
    ]
    found = given(answers)
    section = build_cheapest_section(found, T)
    total = len({f.requirement for f in found.findings if f.status.name == "NOTHING_CITED"})
    left = total - len(rows(section))
    assert left > 0
    assert [block.text for block in section.blocks[2:] if isinstance(block, Paragraph)] == [
        f"{left} more answers are listed under their Recommendation or outcome."
    ]


def test_outcomes_stand_there_too() -> None:
    """A core issue without evidence is told with its outcome."""
    section = build_cheapest_section(given(of("IO.2", *[Achievement.LARGE] * 4, evidence=())), T)
    assert {row[0] for row in texts(section)} == {"IO.2/2.1", "IO.2/2.2", "IO.2/2.3", "IO.2/2.4"}


def test_identifiers_and_ratings_run_from_left_to_right() -> None:
    """In Arabic too; words follow the language."""
    found = given([*of("R.17", PARTLY, PARTLY, PARTLY), *of("R.36", MET, MET, citation="", evidence=())])
    costly, cheap = build_gaps_section(found, T), build_cheapest_section(found, T)
    assert {tuple(cell.ltr for cell in row.cells) for row in rows(costly)} == {(True, True, False, False, False)}
    assert {tuple(cell.ltr for cell in row.cells) for row in rows(cheap)} == {(True, False, False, False)}


def test_one_more_than_fits_the_table_is_counted() -> None:
    """Fifteen stand in the table; nothing is said of more where there are none."""
    answers = [
        answer
        for unit, count in (("R.35", 2), ("R.36", 2), ("R.17", 3), ("R.37", 8))
        for answer in of(unit, *[MET] * count, citation="", evidence=())
    ]
    told = {
        more: [
            block.text
            for block in build_cheapest_section(given([*answers, *extra]), T).blocks[2:]
            if isinstance(block, Paragraph)
        ]
        for more, extra in ((0, []), (1, of("R.11", MET, citation="", evidence=())))
    }
    assert told == {0: [], 1: ["1 more answer is listed under its Recommendation or outcome."]}


def test_a_late_day_is_that_of_its_own_criterion() -> None:
    """Each criterion is told with its own day of entry into force, whatever stands beside it."""
    answers = [
        Answer(requirement=f"R.36/36.{n}", rating=MET, citation="AML Act, art. 5", in_force_from=date(2027 + n, 6, 1))
        for n in (1, 2)
    ]
    found = {row[0]: row for row in texts(build_cheapest_section(given(answers), T))}
    assert ["2028" in found["R.36/36.1"][2], "2029" in found["R.36/36.2"][2]] == [True, True]
    assert {row[1] for row in found.values()} == {T.named(MET)}
