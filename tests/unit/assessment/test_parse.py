"""Raw rows are parsed into answers and problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fatf_kit.assessment.answers.model import Confidentiality, EvidenceKind
from fatf_kit.assessment.answers.parse import parse_workbook
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.rows import FilledRow
from fatf_kit.spreadsheets.sheet import CellValue
from tests.rows import raw_row as row

EDITION = load_framework("fatf-2022")


def book(*rows: FilledRow, evidence: tuple[FilledRow, ...] = (), **cover: CellValue) -> RawWorkbook:
    """Return a workbook with these rows."""
    refs = {key: CellRef(file="a.xlsx", sheet="Cover", cell="C5") for key in cover}
    return RawWorkbook(
        file="a.xlsx", sha256="0" * 64, stamp=None, rows=rows, evidence=evidence, cover=cover, cover_refs=refs
    )


def codes(raw: RawWorkbook) -> list[str]:
    """Return the codes of all problems, in order."""
    return [problem.code for problem in parse_workbook(raw, EDITION)[1]]


@pytest.mark.parametrize("typed", ["r.1/1.1", "R.1 / 1.1", "R. 1/1.1", "R1/1.1"])
def test_an_id_retyped_with_spaces_is_understood(typed: str) -> None:
    """Only one requirement can be meant; a row that says the same under the id as printed is its twin."""
    raw = book(row("R.1/1.1", rating="met"), row(typed, 9, rating="not met"))
    responses, (problem,) = parse_workbook(raw, EDITION)
    assert [(a.requirement, a.rating) for a in responses.answers] == [("R.1/1.1", CriterionRating.MET)]
    assert problem.code == "id-duplicated"


def test_hints_for_thousands_of_unknown_ids_stay_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each unknown id is reported; hints are given only as long as they take little time."""
    looked: list[str] = []
    monkeypatch.setattr("fatf_kit.assessment.answers.parse.suggest", lambda found, _: looked.append(found))
    _, problems = parse_workbook(book(*(row(f"R.77/{n}.1", rating="met") for n in range(1_000))), EDITION)
    assert [problem.code for problem in problems] == ["id-unknown"] * 1_000
    assert len(looked) < 100


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("met", CriterionRating.MET),
        (" Mostly  Met ", CriterionRating.MOSTLY_MET),
        ("غير مستوفى", CriterionRating.NOT_MET),
        ("partiellement rempli", CriterionRating.PARTLY_MET),
        ("\u200fNot applicable\u200e", CriterionRating.NOT_APPLICABLE),
    ],
)
def test_ratings_in_three_languages(typed: str, expected: CriterionRating) -> None:
    """A rating is read by code or label in any shipped language, with spaces and marks around it."""
    responses, problems = parse_workbook(book(row("R.1/1.1", rating=typed)), EDITION)
    assert (expected, ()) == (responses.answers[0].rating, problems)


def test_extents_of_core_issues() -> None:
    """Core issues have a scale of their own."""
    responses, _ = parse_workbook(book(row("IO.6/6.1", rating="to a large extent")), EDITION)
    assert responses.answers[0].rating == Achievement.LARGE


def test_unknown_rating_leaves_the_row_unanswered() -> None:
    """The message has address, found, allowed, hint and code; the rest of the row is kept."""
    responses, (problem,) = parse_workbook(book(row("R.10/10.7", rating="mostly", explanation="x")), EDITION)
    assert responses.answers[0].rating is None
    assert problem.message == (
        "a.xlsx, R.1!B3 (R.10/10.7): 'mostly' is not a criterion rating. Use one of: met, mostly met, partly met, "
        "not met, not applicable. Did you mean 'mostly met'?  [rating-unknown]"
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("R.1/1.1", rating="LC")], ["rating-wrong-scale"]),
        ([row("IO.3/3.4(a)", rating="large")], ["rating-not-asked", "rating-missing"]),
        ([row("R.1/1.1", explanation="We do.")], ["rating-missing"]),
        ([row("R.5/5.2", explanation="See below."), row("R.5/5.2(a)", rating="met")], []),
        (
            [
                row("R.5/5.2", explanation="x"),
                row("R.5/5.2(a)", 4, rating="mostly"),
                row("R.5/5.3", 5, explanation="x"),
            ],
            ["rating-unknown", "rating-missing"],
        ),
        ([row("R.1/1.1", rating="met"), row("R.1/1.1", 9, rating="not met")], ["id-duplicated"]),
        ([row("R.1/1.1", rating="met"), row("R.1/1.1", 9, rating="Met")], []),
    ],
)
def test_problems_of_ratings(rows: list[FilledRow], expected: list[str]) -> None:
    """Of another scale, not asked, missing where none above or below is there, unusable, or given twice."""
    assert codes(book(*rows)) == expected


def test_na_leads_to_not_applicable() -> None:
    """The letters are those of a whole Recommendation; the message names the answer of a criterion, for no others."""
    texts = [parse_workbook(book(row("R.1/1.1", rating=typed)), EDITION)[1][0].text for typed in ("N/A", "LC")]
    assert texts[0].endswith("Did you mean 'not applicable'?"), texts
    assert texts[1].endswith("not met, not applicable."), texts


def test_unknown_id_gets_a_hint() -> None:
    """The nearest id is proposed and the answer is reported, not lost."""
    responses, (problem,) = parse_workbook(book(row("R.1/1.99", rating="met")), EDITION)
    assert responses.answers == ()
    assert problem.code == "id-unknown"
    assert "Did you mean" in problem.text


def test_the_same_row_with_another_confidentiality() -> None:
    """A stricter mark must not vanish behind a milder one."""
    twice = book(row("R.1/1.1", rating="met"), row("R.1/1.1", 9, rating="met", confidentiality="restricted"))
    assert codes(twice) == ["confidentiality-differs"]
    assert [a.confidentiality for a in parse_workbook(twice, EDITION)[0].answers] == [Confidentiality.RESTRICTED]


def test_address_of_an_unused_row_covers_all_of_it() -> None:
    """The address of a row that is not used covers every filled cell of it."""
    place = CellRef(file="a.xlsx", sheet="R.1", cell="A9:B9")
    rows = [row(name, 9, rating="not met") for name in ("R.1/1.1", "R.1/1.99")]
    _, problems = parse_workbook(book(row("R.1/1.1", rating="met"), *rows), EDITION)
    assert [(p.code, p.ref) for p in problems] == [("id-unknown", place), ("id-duplicated", place)]


def test_dates_and_confidentiality() -> None:
    """A bad date or level is reported; an unknown level is treated as the strictest."""
    raw = book(row("R.1/1.1", rating="met", in_force_from="soon", confidentiality="top secret"))
    responses, problems = parse_workbook(raw, EDITION)
    assert [p.code for p in problems] == ["date-unknown", "confidentiality-unknown"]
    assert responses.answers[0].confidentiality == Confidentiality.RESTRICTED


def test_evidence_register() -> None:
    """Ids are matched without case and spaces; unknown ids are reported."""
    register = (row("e-01 ", kind="Law", title="AML Act", in_force_from="2019-07-01"),)
    raw = book(row("R.1/1.1", rating="met", evidence="E-01; E-02"), evidence=register)
    responses, (problem,) = parse_workbook(raw, EDITION)
    assert responses.answers[0].evidence == ("E-01", "E-02")
    assert (responses.evidence[0].kind, responses.evidence[0].in_force_from) == (EvidenceKind.LAW, date(2019, 7, 1))
    assert problem.code == "evidence-unknown"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Constitution", EvidenceKind.CONSTITUTION),
        ("معاهدة", EvidenceKind.TREATY),
        ("convention", EvidenceKind.TREATY),
        ("supranational law", EvidenceKind.SUPRANATIONAL_LAW),
        ("Droit supranational d'application directe", EvidenceKind.SUPRANATIONAL_LAW),
        ("تشريع إقليمي نافذ مباشرة", EvidenceKind.SUPRANATIONAL_LAW),
        ("Décision de justice", EvidenceKind.COURT_DECISION),
        ("حكم قضائي", EvidenceKind.COURT_DECISION),
        ("Guideline or manual", EvidenceKind.GUIDANCE),
        ("guidance", EvidenceKind.GUIDANCE),
        ("lignes directrices", EvidenceKind.GUIDANCE),
        ("إرشادات", EvidenceKind.GUIDANCE),
        ("other enforceable means", EvidenceKind.ENFORCEABLE_MEANS),
    ],
)
def test_kinds_of_the_register(typed: str, kind: EvidenceKind) -> None:
    """Constitution, treaty, supranational law and court decision are kinds; words of older workbooks are still read."""
    register = (row("E-1", kind=typed, title="An instrument"),)
    responses, problems = parse_workbook(book(row("R.1/1.1", rating="met"), evidence=register), EDITION)
    assert (list(problems), [item.kind for item in responses.evidence]) == ([], [kind])


@pytest.mark.parametrize("key", ["kind", "title", "article", "in_force_from", "link", "holder"])
def test_one_id_for_two_items(key: str) -> None:
    """Two items with one id are reported if they differ in anything; the same row twice is not."""
    first: dict[str, Any] = {
        "kind": "law",
        "title": "AML Act",
        "article": "1",
        "in_force_from": "2019-07-13",
        "link": "x",
        "holder": "y",
    }
    other = {"kind": "case", "in_force_from": "2020-07-13"}.get(key, "another")
    same, changed = row("E-01", 4, **first), row("E-01", 5, **{**first, key: other})
    assert codes(book(evidence=(row("E-01", **first), same))) == []
    assert codes(book(evidence=(row("E-01", **first), changed))) == ["evidence-duplicated"]


def test_ambiguous_dates_are_reported_everywhere() -> None:
    """Ambiguous dates are reported in an answer, in the register and on the cover."""
    raw = book(row("R.1/1.1", rating="met", in_force_from="3/4/2026"), cut_off="3/4/2026")
    register = (row("E-01", title="Act", in_force_from="3/4/2026"),)
    assert codes(replace(raw, evidence=register)) == ["date-ambiguous"] * 3


def test_words_next_to_a_date_leave_it_unread() -> None:
    """In an answer, in its plan, in the register and on the cover; each message quotes the cell's dates."""
    typed = "2016-01-14 (draft, not adopted)"
    answer = row("R.36/36.1", rating="met", citation="Act", in_force_from=typed, action_due="2031-01-01 or later")
    raw = book(answer, cut_off="2027-03-19 or 2027-09-30, to be confirmed")
    responses, problems = parse_workbook(
        replace(raw, evidence=(row("E-01", title="Act", in_force_from=typed),)), EDITION
    )
    assert (
        responses.answers[0].in_force_from,
        responses.answers[0].action_due,
        responses.cut_off,
    ) == (None, None, None)
    assert None is responses.evidence[0].in_force_from
    assert [p.code for p in problems] == ["date-with-words"] * 3 + ["cut-off-unknown"]
    quoted = ["'2016-01-14'", "'2016-01-14'", "'2031-01-01'", "'2027-03-19, 2027-09-30'"]
    assert all(dates in problem.text for dates, problem in zip(quoted, problems, strict=True))


def test_cover() -> None:
    """Country and cut-off date are read from the cover; an unreadable date is reported."""
    responses, _ = parse_workbook(book(country="Ruritania", cut_off="2027-03-19"), EDITION)
    assert (responses.country, responses.cut_off) == ("Ruritania", date(2027, 3, 19))
    assert codes(book(cut_off="spring")) == ["cut-off-unknown"]


@pytest.mark.parametrize("typed", [5, 2027, "2027", date(1900, 1, 5), True, "19/03"])
def test_odd_cut_off_dates_are_reported(typed: CellValue) -> None:
    """A number in a date cell becomes a day of 1900, and a year alone is not a date."""
    raw = book(cut_off=typed)
    responses, problems = parse_workbook(raw, EDITION)
    assert (
        responses.cut_off,
        [(problem.code, problem.ref.cell) for problem in problems if problem.ref],
    ) == (None, [("cut-off-unknown", "C5")])


def test_narrative_is_never_echoed() -> None:
    """A message may travel further than the workbook."""
    words = "the suspect is named here"
    raw = book(row("R.1/1.99", rating="met", explanation=words), row("R.1/1.1", explanation=words))
    assert not [p for p in parse_workbook(raw, EDITION)[1] if words in p.message]


def test_a_slip_in_another_language_gets_its_hint() -> None:
    """Labels of every shipped language are near enough to be meant."""
    _, (problem,) = parse_workbook(book(row("R.10/10.7", rating="partielement rempli")), EDITION)
    assert problem.text.endswith("Did you mean 'partly met'?")


def test_the_order_of_columns_has_no_meaning() -> None:
    """An answer is read by the keys of its columns, also with a column more."""
    first = row("R.1/1.1", rating="met", explanation="Law 3", citation="Art. 4", in_force_from="2020-01-31")
    turned = first._replace(keys=("added", *reversed(first.keys)), cells=("?", *reversed(first.cells)))
    assert parse_workbook(book(turned), EDITION) == parse_workbook(book(first), EDITION)
