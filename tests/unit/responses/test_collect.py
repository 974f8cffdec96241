"""Several workbooks become one set of answers."""

from __future__ import annotations

from fatf_kit.problems import CellRef
from fatf_kit.ratings import CriterionRating
from fatf_kit.responses.collect import collect_responses
from fatf_kit.responses.model import Answer, Input, ResponseSet


def part(name: str, rating: CriterionRating, sha: str) -> ResponseSet:
    """A file that answers one criterion."""
    ref = CellRef(file=name, sheet="R.1", cell="C3")
    answer = Answer(requirement="R.1/1.1", rating=rating, ref=ref)
    return ResponseSet(edition="fatf-2022", answers=(answer,), inputs=(Input(name=name, sha256=sha),))


def test_copies_that_differ() -> None:
    """The first file's answer stands, the other is named with its cell."""
    met, not_met = part("a.xlsx", CriterionRating.MET, "1"), part("b.xlsx", CriterionRating.NOT_MET, "2")
    merged, (problem,) = collect_responses("fatf-2022", [met, not_met])
    assert CriterionRating.MET == merged.answers[0].rating
    assert ("copies-differ", "b.xlsx, R.1!C3") == (problem.code, str(problem.ref))


def test_the_same_copy_twice() -> None:
    """Read once, and said."""
    copies = [part("a.xlsx", CriterionRating.MET, "1"), part("a (2).xlsx", CriterionRating.MET, "1")]
    merged, (problem,) = collect_responses("fatf-2022", copies)
    assert (1, "copy-same") == (len(merged.inputs), problem.code)
