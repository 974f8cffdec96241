"""Notes on answers that deserve a second look."""

from __future__ import annotations

from datetime import date

from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.checks import check_quality, load_quality
from tests.proof import assess
from tests.rows import row_ref

EDITION = load_framework("fatf-2022")
CUT_OFF = date(2027, 3, 19)
FIGURES = EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures")
UNDATED = EvidenceItem(id="L-1", kind=EvidenceKind.LAW, title="A law", article="art. 1")
LONG = "The law covers every institution named in the standard and all of their activities."


def found(*answers: Answer, evidence: tuple[EvidenceItem, ...] = (), cut_off: date | None = CUT_OFF) -> list[Problem]:
    """The notes on a few answers."""
    responses = ResponseSet(edition=EDITION.id, answers=answers, evidence=evidence, cut_off=cut_off)
    return list(check_quality(responses, assess(EDITION, responses, load_policy())))


def codes(problems: list[Problem]) -> list[tuple[str, str | None]]:
    """Return the codes found, by requirement."""
    return [(problem.code, problem.requirement) for problem in problems]


def test_met_without_a_citation() -> None:
    """A claim with nothing behind it; a gap needs nothing behind it."""
    problems = found(
        Answer(requirement="R.9/9.1", rating=CriterionRating.MET),
        Answer(requirement="R.36/36.1", rating=CriterionRating.NOT_MET),
    )
    assert codes(problems) == [("met-uncited", "R.9/9.1")]
    assert {problem.level for problem in problems} == {ProblemLevel.NOTE}


def test_in_force_too_late() -> None:
    """It would count if in force by the cut-off date, and both days are told."""
    late = Answer(
        requirement="R.9/9.1", rating=CriterionRating.MET, citation="Act, art. 5", in_force_from=date(2027, 6, 1)
    )
    (problem,) = found(late)
    assert problem.code == "in-force-late"
    assert "enters into force on 1 June 2027, after the cut-off date 19 March 2027" in problem.text


def test_a_law_without_a_date() -> None:
    """In the register and in a citation; without a cut-off date no date is asked for."""
    answer = Answer(requirement="R.9/9.1", rating=CriterionRating.MET, citation="Banking Act, art. 5")
    assert [p.code for p in found(answer, evidence=(UNDATED,))] == ["citation-undated", "law-undated"]
    assert found(answer, evidence=(UNDATED,), cut_off=None) == []


def test_effective_without_figures() -> None:
    """A case shows something, but a large extent wants figures; figures under a part of the issue do."""
    case = EvidenceItem(id="C-1", kind=EvidenceKind.CASE, title="A case")
    high = Answer(requirement="IO.2/2.1", rating=Achievement.LARGE, evidence=("C-1",))
    low = Answer(requirement="IO.2/2.2", rating=Achievement.SOME, evidence=("C-1",))
    below = Answer(requirement="IO.2/2.1(a)", rating=None, evidence=("E-1",))
    assert codes(found(high, low, evidence=(case, FIGURES))) == [("effective-without-figures", "IO.2/2.1")]
    assert found(high, low, below, evidence=(case, FIGURES)) == []


def test_one_text_under_many_requirements() -> None:
    """Five times is told once, with where and without the text; four times, or short words, are not told."""
    rows = tuple(Answer(requirement=f"R.10/10.{n}", rating=None, explanation=f" {LONG}\n") for n in range(1, 6))
    (problem,) = found(*rows)
    assert (problem.code, problem.requirement) == ("text-repeated", "R.10/10.1")
    assert "for 5 requirements, among them R.10/10.2, R.10/10.3, R.10/10.4" in problem.text
    assert "institution" not in problem.message
    assert found(*rows[:4]) == []
    assert found(*(Answer(requirement=row.requirement, rating=None, explanation="See above.") for row in rows)) == []


def test_agencies_may_say_the_same() -> None:
    """One sentence of the cabinet in five workbooks is no pasting within one."""
    rows = (
        Answer(requirement=f"R.10/10.{n}", rating=None, explanation=LONG, agency=f"agency-{n % 2}") for n in range(1, 7)
    )
    assert found(*rows) == []


def test_where_each_note_points() -> None:
    """The run of filled cells where the row as a whole is meant, else the cell of the rating; no long id is quoted."""
    row = row_ref("a.xlsx", "R.9", 5)
    cell, run = row.at("rating"), row.place
    law = UNDATED._replace(id="L" * 60, row=row)
    answer = Answer(requirement="R.9/9.1", rating=CriterionRating.MET, row=row)
    problems = found(answer, evidence=(law, law._replace(id="L-2", row=None)))
    told = {problem.code: problem for problem in problems}
    undated = [(p.ref, dict(p.facts)) for p in problems if p.code == "law-undated"]
    assert cell == told["met-uncited"].ref
    assert undated == [(run, {"withheld": "60"}), (None, {"found": "L-2"})]
    rows = [Answer(requirement=f"R.10/10.{n}", rating=None, explanation=LONG, row=row) for n in range(1, 7)]
    (whole,) = found(*rows)
    assert run == whole.ref
    assert dict(whole.facts)["others"] == "R.10/10.2, R.10/10.3, R.10/10.4"


def test_a_text_just_long_enough() -> None:
    """The limit itself counts."""
    limit = load_quality().same_text.characters_from
    for length, count in ((limit, 1), (limit - 1, 0)):
        rows = (Answer(requirement=f"R.10/10.{n}", rating=None, explanation="x" * length) for n in range(1, 6))
        assert count == len(found(*rows))


def test_figures_of_another_core_issue_are_none_of_this() -> None:
    """Only those named under the issue itself or a part of it."""
    high = Answer(requirement="IO.2/2.1", rating=Achievement.LARGE, evidence=("C-1",))
    other = Answer(requirement="IO.2/2.2", rating=Achievement.SOME, evidence=("E-1",))
    case = EvidenceItem(id="C-1", kind=EvidenceKind.CASE, title="A case")
    assert codes(found(high, other, evidence=(case, FIGURES))) == [("effective-without-figures", "IO.2/2.1")]
