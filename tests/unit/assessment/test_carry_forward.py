"""Answers to the 2013 edition are carried forward to the requirements of the 2022 edition."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from fatf_kit.assessment.answers.carry_forward import CarryForwardResult, carry_forward
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.answers.model import Answer, Confidentiality, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.answers.prefilled_workbooks import write_carried_workbook
from fatf_kit.assessment.workbook.carried_sheets import CarriedRequirement, CarryStatus, KeptBecause
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import index_requirements, load_framework

OLD, NEW = load_framework("fatf-2013"), load_framework("fatf-2022")
COUNTS = json.loads((Path(__file__).parents[2] / "data" / "counts.json").read_text(encoding="utf-8"))["fatf-2022"]
TEXTS = ("explanation", "citation", "missing", "action")


def answer(requirement: str, rating: str | None = None, **fields: object) -> Answer:
    """Return an answer on the scale of its requirement."""
    scale = CriterionRating if requirement.startswith("R.") else Achievement
    return Answer(requirement=requirement, rating=scale(rating) if rating else None)._replace(**fields)  # type: ignore[arg-type]


def carry(*answers: Answer, language: str = "en") -> CarryForwardResult:
    """Carry these answers of the 2013 edition forward."""
    return carry_forward(OLD, NEW, ResponseSet(edition=OLD.id, answers=answers), language)


def one(carried: CarryForwardResult, requirement: str) -> CarriedRequirement:
    """Return the result for one requirement."""
    return next(found for found in carried.requirements if found.requirement == requirement)


def everything() -> tuple[Answer, ...]:
    """Return an answer with its own words in every text for every requirement of 2013."""
    found = []
    for number, name in enumerate(index_requirements(OLD)):
        scale = ("met", "partly met", "not met") if name.startswith("R.") else ("large", "some", "negligible")
        words = {text: f"{text}{number}q told" for text in TEXTS}
        day = date(2000 + number % 20, 1, 1 + number % 28)
        found.append(answer(name, scale[number % 3], in_force_from=day, evidence=("E-001",), **words))
    return tuple(found)


FULL = ResponseSet(
    edition=OLD.id,
    answers=everything(),
    evidence=(
        EvidenceItem(
            id="E-001",
            kind=EvidenceKind.LAW,
            title="AML Law",
            article="art. 5",
            in_force_from=date(2011, 3, 4),
            link="https://example.org",
            holder="Ministry",
        ),
    ),
    country="Examplia",
    cut_off=date(2019, 5, 6),
    contact="Office of the coordinator",
    notices=("Made up",),
)


def written(folder: Path, responses: ResponseSet, language: str = "en") -> tuple[Path, CarryForwardResult]:
    """Write the workbook of the newer edition with these answers."""
    path = folder / "new.xlsx"
    old, new = load_framework(OLD.id, language), load_framework(NEW.id, language)
    carried = carry_forward(old, new, responses, language)
    write_carried_workbook(carried, old, new, responses, path, language)
    return path, carried


def cells(path: Path) -> str:
    """Return every text of a workbook."""
    book = CalamineWorkbook.from_path(path)
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return "\n".join(str(value) for sheet in sheets for row in sheet for value in row)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CarryForwardResult]:
    """The workbook made from a completely filled one."""
    return written(tmp_path_factory.mktemp("full"), FULL)


def test_counts_of_criteria() -> None:
    """The numbers of changed and new criteria agree with those that were counted by hand."""
    carried = carry(*(answer(c.id, "met") for unit in OLD.recommendations for c in unit.criteria))
    status = [found.status for found in carried.requirements if found.requirement.startswith("R.")]
    assert status.count(CarryStatus.TO_REVIEW) + status.count(CarryStatus.NEW) == COUNTS["changed_or_new"]
    assert len(status) == COUNTS["total_criteria"]
    assert status.count(CarryStatus.UNANSWERED) == 0
    new = [c.change for unit in NEW.recommendations for c in unit.criteria if not c.predecessors and c.change]
    assert len([what for what in new if what.startswith("New")]) == COUNTS["new"]
    assert len(new) == status.count(CarryStatus.NEW)  # two more: their scope stood in a footnote before


def test_blank_workbook() -> None:
    """A blank workbook carries nothing: every requirement is new or unanswered and left to do."""
    carried = carry()
    assert {found.status for found in carried.requirements} == {CarryStatus.NEW, CarryStatus.UNANSWERED}
    assert (len(carried.requirements), ()) == (carried.left, carried.kept)
    assert [found.requirement for found in carried.requirements if found.answers] == []


def test_unchanged_with_its_parts() -> None:
    """An unchanged criterion keeps every field of its answer and those of its parts."""
    given = (answer("R.10/10.3", "met", explanation="e"), answer("R.10/10.10(a)", "partly met", missing="m"))
    carried = carry(*given)
    assert CarryStatus.UNCHANGED is one(carried, "R.10/10.3").status
    assert given == one(carried, "R.10/10.3").answers + one(carried, "R.10/10.10").answers


def test_renumbered() -> None:
    """A renumbered criterion keeps its answer under the newer number."""
    given = answer("R.5/5.2bis", "mostly met", explanation="e", citation="Law, art. 1")
    found = one(carry(given), "R.5/5.3")
    assert (found.status, found.sources) == (CarryStatus.RENUMBERED, ("R.5/5.2bis",))
    assert found.answers == (given._replace(requirement="R.5/5.3"),)


def test_parts_that_are_lettered_otherwise() -> None:
    """Parts without letters in 2013 are matched one by one with the lettered parts of 2022."""
    found = one(carry(answer("R.22/22.1(d)#2", "met"), answer("R.22/22.1(e)", "not met")), "R.22/22.1")
    assert CarryStatus.UNCHANGED is found.status
    assert [given.requirement for given in found.answers] == ["R.22/22.1(d)(ii)", "R.22/22.1(e)"]


def test_parts_that_do_not_correspond() -> None:
    """If two parts became three, their texts are carried to the criterion, which is marked for review."""
    given = (answer("R.24/24.1", "met", explanation="whole"), answer("R.24/24.1(b)", "not met", explanation="second"))
    found = one(carry(*given), "R.24/24.2")
    assert (found.status, found.answers[0].rating) == (CarryStatus.TO_REVIEW, CriterionRating.MET)
    assert found.answers[0].explanation == "R.24/24.1: [met] whole\nR.24/24.1(b): [not met] second"
    assert "parts" in found.what_changed
    assert CarryStatus.RENUMBERED is one(carry(given[0]), "R.24/24.2").status


def test_changed_keeps_its_answer() -> None:
    """A changed criterion keeps its only earlier answer and shows what changed."""
    changed = next(c for unit in NEW.recommendations for c in unit.criteria if c.change and c.predecessors == (c.id,))
    given = answer(changed.id, "met", explanation="e", evidence=("E-1",), action_due=date(2020, 1, 1))
    found = one(carry(given), changed.id)
    assert (CarryStatus.TO_REVIEW, changed.change, (given,)) == (found.status, found.what_changed, found.answers)


def test_several_predecessors() -> None:
    """The lowest rating, latest date, strictest confidentiality, all texts and all evidence are carried."""
    found = one(
        carry(
            answer("R.24/24.3", "met", explanation="a", citation="Law, art. 1", evidence=("E-1", "E-2")),
            answer(
                "R.24/24.4",
                "partly met",
                explanation="b",
                citation="Law, art. 2",
                missing="gap",
                in_force_from=date(2018, 1, 1),
                evidence=("E-2", "E-3"),
                confidentiality=Confidentiality.RESTRICTED,
            ),
        ),
        "R.24/24.5",
    )
    expected = answer(
        "R.24/24.5",
        "partly met",
        explanation="R.24/24.3: [met] a\nR.24/24.4: [partly met; In force from: 2018-01-01; restricted] b",
        citation="Law, art. 1; Law, art. 2",
        missing="R.24/24.4: gap",
        in_force_from=date(2018, 1, 1),
        evidence=("E-1", "E-2", "E-3"),
        confidentiality=Confidentiality.RESTRICTED,
    )
    assert (CarryStatus.TO_REVIEW, (expected,)) == (found.status, found.answers)
    assert "lowest" in found.what_changed


def test_not_applicable_is_not_the_lowest_rating() -> None:
    """The rating "not applicable" is carried only if every earlier answer has it."""
    both = carry(answer("R.24/24.3", "not applicable"), answer("R.24/24.4", "not applicable"))
    mixed = carry(answer("R.24/24.3", "not applicable"), answer("R.24/24.4", "met"))
    assert CriterionRating.NOT_APPLICABLE is one(both, "R.24/24.5").answers[0].rating
    assert CriterionRating.MET is one(mixed, "R.24/24.5").answers[0].rating


def test_predecessor_that_is_a_part() -> None:
    """The text of the whole criterion is carried to the part; its rating is used if the part has none."""
    carried = carry(answer("R.4/4.2", "partly met", explanation="whole"), answer("R.4/4.2(b)", explanation="part"))
    rows = [one(carried, name).answers[0] for name in ("R.4/4.2", "R.4/4.4", "R.4/4.6")]
    assert [row.rating for row in rows] == [CriterionRating.PARTLY_MET] * 3
    assert rows[1].explanation == "R.4/4.2: [partly met] whole\nR.4/4.2(b): part"
    assert carried.kept == ()


def test_core_issues_by_number() -> None:
    """Core issues of the same number are carried for review; removed ones and IO.3 and IO.4 are kept apart."""
    given = (
        answer("IO.6/6.1", "large", explanation="fiu"),
        answer("IO.7/7.5", "some", explanation="sanctions"),
        answer("IO.3/3.1", "some", explanation="licensing"),
        answer("IO.4/4.1", "large", explanation="preventive"),
    )
    carried = carry(*given)
    assert (one(carried, "IO.6/6.1").status, one(carried, "IO.6/6.1").answers) == (CarryStatus.TO_REVIEW, (given[0],))
    assert CarryStatus.NEW is one(carried, "IO.3/3.1").status
    assert {kept.answer.requirement: kept.because for kept in carried.kept} == {
        "IO.3/3.1": KeptBecause.OUTCOME,
        "IO.4/4.1": KeptBecause.OUTCOME,
        "IO.7/7.5": KeptBecause.GONE,
    }


def test_criterion_without_successor_is_kept() -> None:
    """The answer to a criterion without a successor is kept whole."""
    given = answer("R.4/4.3", "met", explanation="e")
    assert [(kept.answer, kept.because) for kept in carry(given).kept] == [(given, KeptBecause.GONE)]


def test_too_long_for_one_cell() -> None:
    """Two texts too long for one cell are kept whole, and the row names their ids."""
    given = (answer("R.24/24.3", "met", explanation="x" * 20_000), answer("R.24/24.4", "met", explanation="y" * 20_000))
    carried = carry(*given)
    row = one(carried, "R.24/24.5").answers[0]
    assert (row.rating, "R.24/24.3, R.24/24.4" in row.explanation) == (CriterionRating.MET, True)
    assert [(one_, KeptBecause.TOO_LONG) for one_ in given] == [(kept.answer, kept.because) for kept in carried.kept]


@pytest.mark.parametrize(("old", "new"), [(NEW, NEW), (NEW, OLD), (OLD, OLD)])
def test_only_forward(old: object, new: object) -> None:
    """Carrying to the same or an earlier edition is refused."""
    with pytest.raises(FatfKitError, match="later edition"):
        carry_forward(old, new, ResponseSet(edition="x", answers=()))  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(sorted(index_requirements(OLD)))))
def test_nothing_is_dropped(names: set[str]) -> None:
    """Every text, reference and date of any set of answers is carried or kept."""
    answers = tuple(given for given in FULL.answers if given.requirement in names)
    carried = carry(*answers)
    stands = [given for found in carried.requirements for given in found.answers]
    stands += [kept.answer for kept in carried.kept]
    for text in TEXTS:
        there = "\n".join(getattr(given, text) for given in stands)
        assert [given.requirement for given in answers if getattr(given, text) not in there] == []
    there = "\n".join(f"{given.in_force_from} {given.explanation}" for given in stands)
    assert [given.requirement for given in answers if str(given.in_force_from) not in there] == []


def test_every_word_is_in_the_workbook(full: tuple[Path, CarryForwardResult]) -> None:
    """Every text of the answers is in a cell of the written file."""
    there = cells(full[0])
    assert [
        f"{given.requirement} {text}" for given in FULL.answers for text in TEXTS if getattr(given, text) not in there
    ] == []


def test_reading_it_again(full: tuple[Path, CarryForwardResult]) -> None:
    """The new workbook is read back with the same answers, register and cover, and without warnings."""
    path, carried = full
    framework, responses, problems = read_responses([path])
    assert (framework.id, [p.message for p in problems if p.level is not ProblemLevel.NOTE]) == (NEW.id, [])
    assert [problem.code for problem in problems if problem.code.startswith("sheet")] == []
    expected = [given for found in carried.requirements for given in found.answers]
    order = list(index_requirements(NEW))
    expected.sort(key=lambda given: order.index(given.requirement))
    assert [given._replace(source="", row=None) for given in responses.answers] == expected
    assert FULL.evidence == tuple(item._replace(source="", row=None) for item in responses.evidence)
    assert (
        responses.country,
        responses.cut_off,
        responses.contact,
        responses.notices,
    ) == ("Examplia", None, "Office of the coordinator", ("Made up",))


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_in_other_languages(language: str, tmp_path: Path) -> None:
    """In other languages the same requirements are carried with the same status, and read back."""
    path, carried = written(tmp_path, FULL, language)
    _, responses, problems = read_responses([path])
    assert carry(*FULL.answers).counts == carried.counts
    assert sum(len(found.answers) for found in carried.requirements) == len(responses.answers)
    assert [p.message for p in problems if p.level is not ProblemLevel.NOTE] == []


def test_marks_in_the_sheets(full: tuple[Path, CarryForwardResult]) -> None:
    """A row to review is marked with its earlier ids; other rows are not."""
    rows = CalamineWorkbook.from_path(full[0]).get_sheet_by_name("R.24").to_python()
    shown = {str(row[0]): str(row[1]) for row in rows}
    assert "To review (earlier id R.24/24.3, R.24/24.4): " in shown["R.24/24.5"]
    assert "To review" not in shown["R.24/24.1"]
    summary = cells(full[0])
    assert f"To do: {full[1].left} of {COUNTS['total_criteria'] + COUNTS['total_core_issues']}" in summary
    assert "2019-05-06" in summary
