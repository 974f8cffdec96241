"""Several workbooks become one set of answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fatf_kit.assessment.answers.intake import collect_responses
from fatf_kit.assessment.answers.model import (
    Answer,
    Confidentiality,
    EvidenceItem,
    EvidenceKind,
    InputFile,
    ResponseSet,
)
from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import CriterionRating
from tests.rows import row_ref


def part(name: str, rating: CriterionRating, sha: str) -> ResponseSet:
    """A file that answers one criterion."""
    answer = Answer(requirement="R.1/1.1", rating=rating, row=row_ref(name))
    return ResponseSet(edition="fatf-2022", answers=(answer,), inputs=(InputFile(name=name, sha256=sha),))


def test_copies_that_differ() -> None:
    """Saved at the same moment, the first file's answer is used, and one problem names the other."""
    met, not_met = part("a.xlsx", CriterionRating.MET, "1"), part("b.xlsx", CriterionRating.NOT_MET, "2")
    merged, (problem,) = collect_responses("fatf-2022", [met, not_met])
    assert merged.answers[0].rating == CriterionRating.MET
    assert (problem.code, str(problem.ref)) == ("agency-copies", "b.xlsx")


def test_the_same_copy_twice() -> None:
    """The same copy in two files is read once and reported."""
    copies = [part("a.xlsx", CriterionRating.MET, "1"), part("a (2).xlsx", CriterionRating.MET, "1")]
    merged, (problem,) = collect_responses("fatf-2022", copies)
    assert (len(merged.inputs), problem.code) == (1, "copy-same")


def test_covers_that_differ() -> None:
    """The first country and the first cut-off date stand; others are named with their cells."""
    ref = CellRef(file="b.xlsx", sheet="Cover", cell="C8")
    first = replace(part("a.xlsx", CriterionRating.MET, "1"), country="Ruritania", cut_off=date(2027, 3, 19))
    same = replace(part("c.xlsx", CriterionRating.MET, "3"), country="ruritania ", cut_off=date(2027, 3, 19))
    other = replace(part("b.xlsx", CriterionRating.MET, "2"), cut_off=date(2027, 3, 20), cover_refs={"cut_off": ref})
    merged, (problem,) = collect_responses("fatf-2022", [first, same, other])
    assert merged.cut_off == date(2027, 3, 19)
    assert ("cover-differs", ref) == (problem.code, problem.ref)


def with_contact(name: str, contact: str, agency: str | None, on_cover: str | None = None) -> ResponseSet:
    """A file of an agency with a contact on its cover."""
    made = part(f"{name}.xlsx", CriterionRating.MET, name)
    given = replace(made.inputs[0], agency=agency, agency_on_cover=on_cover, contact=contact)
    ref = CellRef(file=f"{name}.xlsx", sheet="Cover", cell="C9")
    return replace(made, inputs=(given,), contact=contact, cover_refs={"contact": ref})


def test_each_agency_has_a_contact_of_its_own() -> None:
    """Covers of several agencies do not differ; the contact of each file is kept."""
    parts = [with_contact("a", "Ms P.", "police"), with_contact("b", "Mr F.", "fiu"), with_contact("c", "Ms P.", None),
             with_contact("d", "Mr T.", None, on_cover="Tax office")]  # fmt: skip
    merged, problems = collect_responses("fatf-2022", parts)
    assert problems == ()
    assert [given.contact for given in merged.inputs] == ["Ms P.", "Mr F.", "Ms P.", "Mr T."]


@pytest.mark.parametrize(("agency", "on_cover"), [("fiu", None), (None, "The FIU"), (None, None)])
def test_another_contact_on_a_later_cover_of_an_agency_is_reported(agency: str | None, on_cover: str | None) -> None:
    """The first contact of the agency stands; the other is named with its cell."""
    parts = [with_contact("a", "Ms P.", "police"), with_contact("b", "Mr F.", agency, on_cover),
             with_contact("c", "mr f. ", agency, on_cover), with_contact("d", "Mr G.", agency, on_cover)]  # fmt: skip
    _, (problem,) = collect_responses("fatf-2022", parts)
    where = CellRef(file="d.xlsx", sheet="Cover", cell="C9")
    assert ("contact-differs", where, True) == (problem.code, problem.ref, "b.xlsx" in problem.text)


def test_copies_that_differ_in_confidentiality_only() -> None:
    """A stricter mark in the second copy must not vanish."""
    one, two = part("a.xlsx", CriterionRating.MET, "1"), part("b.xlsx", CriterionRating.MET, "2")
    strict = replace(two, answers=(two.answers[0]._replace(confidentiality=Confidentiality.RESTRICTED),))
    for parts in ([one, strict], [strict, one]):
        merged, problems = collect_responses("fatf-2022", parts)
        assert [problem.code for problem in problems] == ["confidentiality-differs"]
        assert merged.answers[0].confidentiality == Confidentiality.RESTRICTED


def test_registers_that_differ() -> None:
    """In anything; the same item in two files is none."""
    items = [EvidenceItem(id="E-1", kind=EvidenceKind.LAW, title="Act", link=link) for link in ("x", "x", "y")]
    parts = [replace(part(f"{n}.xlsx", CriterionRating.MET, str(n)), evidence=(i,)) for n, i in enumerate(items)]
    assert list(collect_responses("fatf-2022", parts[:2])[1]) == []
    assert [problem.code for problem in collect_responses("fatf-2022", parts)[1]] == ["evidence-duplicated"]


def test_the_registers_of_copies_that_differ_are_no_problems_of_their_own() -> None:
    """The copies are one question; the newer one's item is used."""
    items = [EvidenceItem(id="E-1", kind=EvidenceKind.LAW, title=title, source="fiu") for title in ("Act", "New Act")]
    parts = [
        replace(
            part(f"{name}.xlsx", rating, name),
            evidence=(item,),
            inputs=(
                InputFile(name=f"{name}.xlsx", sha256=name, agency="fiu", saved=datetime(2026, 5, day, tzinfo=UTC)),
            ),
        )
        for name, rating, item, day in zip(
            "ab", (CriterionRating.MET, CriterionRating.NOT_MET), items, (2, 12), strict=True
        )
    ]
    merged, (problem,) = collect_responses("fatf-2022", parts)
    assert (problem.code, [item.title for item in merged.evidence]) == ("agency-copies", ["New Act"])
    assert [answer.rating for answer in merged.answers] == ["not met"]
