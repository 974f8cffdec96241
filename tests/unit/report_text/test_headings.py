"""Criteria are found by their headings in the forms of the bodies, and references in running text are not headings."""

from __future__ import annotations

import pytest

from fatf_kit.core.ratings import CriterionRating
from tests.unit.report_text.reading import parse, rated

MET, MOSTLY, PARTLY, NOT = (
    CriterionRating.MET,
    CriterionRating.MOSTLY_MET,
    CriterionRating.PARTLY_MET,
    CriterionRating.NOT_MET,
)

FORMS = (
    ("145. Criterion 10.1 (Met) - Harbours have a law.", "10.1", MET),
    ("Criterion 10.1 [mostly met]", "10.1", MOSTLY),
    ("a10.4. Criterion 10.1 – Partly met. Harbours have a law.", "10.1", PARTLY),
    ("Criterion 10.1 is not met. Harbours have no law.", "10.1", NOT),
    ("CRITERION 10.1: (MET)", "10.1", MET),
    ("Criterion 10.1 is considered to be partly met.", "10.1", PARTLY),
    ("Criterion 10.1 (Not Applicable )", "10.1", CriterionRating.NOT_APPLICABLE),
    ("c.10.1 (Mostly Met) Harbours have a law.", "10.1", MOSTLY),
    ("Criterion 10.1 –", "10.1", None),
    ("Criterion 10.1 – Rating: Mostly met", "10.1", MOSTLY),
    ("Criterion 10.1 *(Met)* Harbours have a law.", "10.1", MET),
    ("Criterion 10.1 – Counting of ships (Partly met)", "10.1", PARTLY),
    ("Criterion 10.1 (This criterion is met)", "10.1", MET),
    ("Criterion 10.1 – Met with storms, ships return.", "10.1", None),
    ("Critère 10.1 – (en grande partie satisfait) Les ports ont une loi.", "10.1", MOSTLY),
    ("45. Critère 10.1. Partiellement rempli.", "10.1", PARTLY),
    ("Critère n° 10.1 : non satisfait", "10.1", NOT),
    ("Criterio 10.1 (Mayormente Cumplido) Los puertos tienen una ley.", "10.1", MOSTLY),
    ("Criterio 10.1. Se cumple parcialmente.", "10.1", PARTLY),
    ("المعيار 10-1 (مستوفى إلى حد كبير) للموانئ قانون.", "10.1", MOSTLY),
    ("المعيار ١٠-١: مستوفى جزئياً", "10.1", PARTLY),
    ("المعيار 1-10 )غير مستوفى( للموانئ قانون.", "10.1", NOT),
    ("المعيار 10.1 مستوفًى.", "10.1", MET),
)


@pytest.mark.parametrize(("line", "criterion", "rating"), FORMS)
def test_a_heading_is_found_with_its_rating(line: str, criterion: str, rating: CriterionRating | None) -> None:
    """In the forms of four languages, within its Recommendation."""
    language = {"Crit\u00e8": "Recommandation 10", "Crite": "Recomendación 10", "\u0627": "التوصية 10:"}
    top = next(
        (head for begin, head in language.items() if begin in line and "Criterion" not in line), "Recommendation 10"
    )
    assert rated(parse(f"{top}\n{line}\nNothing else is said here.")) == {criterion: rating}


def test_a_rating_may_be_on_the_next_line_or_at_the_end() -> None:
    """Or in a sentence that names the criterion; a rating of another criterion is not taken."""
    found = parse("""
Recommendation 10
Criterion 10.1
(Mostly met)
Harbours have a law.
Criterion 10.2 – Ships are registered, and criterion 10.4 is met. Nothing else is said.
Criterion 10.3 – Ships are registered by night. [Partly met]
Criterion 10.4 – Ships are counted. On this basis, criterion 10.4 is therefore rated as partly met.
""")
    assert rated(found) == {"10.1": MOSTLY, "10.2": None, "10.3": PARTLY, "10.4": PARTLY}


def test_several_criteria_may_share_a_heading() -> None:
    """Two that are joined, and a range with those between."""
    found = parse("""
Recommendation 10
Criteria 10.1 and 10.2 (Met) – Harbours have a law.
Criterion 10.14–10.16 (Not met) – Harbours have no law.
Criterion 10.17, 10.18 [Met]
""")
    assert rated(found) == {
        **dict.fromkeys(("10.1", "10.2"), MET),
        **dict.fromkeys(("10.14", "10.15", "10.16"), NOT),
        **dict.fromkeys(("10.17", "10.18"), MET),
    }


def test_parts_of_a_criterion_are_kept_apart() -> None:
    """A part that the edition does not have counts as its criterion."""
    found = parse(
        "Recommendation 10\nCriterion 10.2(a) (Met)\nText.\nCriterion 10.2(b) (Not met)\nCriterion 11.1(z) (Met)"
    )
    assert rated(found) == {"10.2(a)": MET, "10.2(b)": NOT, "11.1": MET}


def test_a_reference_at_the_beginning_of_a_line_is_not_a_heading() -> None:
    """Lines of running text begin anywhere."""
    found = parse("""
Recommendation 10 – Counting ships
Criterion 10.1 (Met) – Harbours have a law, which is described under
Criterion 10.3 and in the text on
criterion 11.2 (see there). Recommendation 5 and
Recommendation 12, which is not meant, and
c.10.4 are dealt with elsewhere (see also the text on
Criterion 12.1).
Criterion 10.2 – Harbours have a law.
""")
    assert rated(found) == {"10.1": MET, "10.2": None}


def test_numbers_alone_are_headings_where_no_word_is_used() -> None:
    """In the order of the criteria; an amount or a year is not one."""
    found = parse("""
Recommendation 10
10.1 – Harbours have a law.
10.2 Ships are counted, all
10.7 million of them.
10.3 – Lighthouses shine.
""")
    assert list(rated(found)) == ["10.1", "10.2", "10.3"]


def test_the_mark_of_a_footnote_at_a_number_is_dropped() -> None:
    """If the edition has no such criterion."""
    found = parse(
        "Recommendation 11\nCriterion 11.112 (Met) – Ships.\nCriterion 11.2³ (Not met) – Ships."
        "\nCriterion 11.34 – Text."
    )
    assert rated(found) == {"11.1": MET, "11.2": NOT, "11.3": None}


def test_a_heading_may_be_cut_by_a_line_end() -> None:
    """After the word for a criterion."""
    assert rated(parse("Recommendation 10\n145. Criterion\n10.1 (Met) – Harbours have a law.")) == {"10.1": MET}


def test_headings_in_doubt_are_problems_with_their_page() -> None:
    """A second heading, a number that does not exist, brackets that are no rating, and criteria that are not there."""
    found = parse(
        "Recommendation 33\nCriterion 33.1 (Mostl met) – Text.",
        "Recommendation 34\nCriterion 34.1 (Met) – Text.\nCriterion 34.7 – Text.",
        "Criterion 34.1 (Not met) – Text.\nRecommendation 36\nCriterion 36.1 – Text.",
    )
    assert {(one.code, str(one.ref)) for one in found.problems} == {
        ("report-rating-unreadable", "report.txt, page 1"),
        ("report-number-unknown", "report.txt, page 2"),
        ("report-heading-twice", "report.txt, page 3"),
        ("report-criteria-missing", "report.txt, page 3"),
    }
    assert rated(found)["34.1"] is MET
    assert "R.36/36.2" in found.missing


def test_criteria_that_came_later_are_not_missing() -> None:
    """A report that was written before them; one of them found means that it was written after."""
    before = parse("Recommendation 15\nCriterion 15.1 (Met)\nCriterion 15.2 (Met)")
    assert (before.missing, len(before.later)) == ((), 9)
    after = parse("Recommendation 15\nCriterion 15.1 (Met)\nCriterion 15.2 (Met)\nCriterion 15.4 (Met)")
    assert (len(after.missing), after.later) == (8, ())
