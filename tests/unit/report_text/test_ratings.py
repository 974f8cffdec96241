"""Ratings of Recommendations and outcomes, in sentences and in tables."""

from __future__ import annotations

import pytest

from fatf_kit.report_text.model import RatingPlace
from tests.unit.report_text.reading import parse

SENTENCES = (
    ("Recommendation 10 is therefore rated largely compliant.", "R.10", "LC"),
    ("R. 10 is rated as non-compliant.", "R.10", "NC"),
    ("Recommendation 10 is re-rated as PC.", "R.10", "PC"),
    ("Harbours are rated Partially Compliant with R.10.", "R.10", "PC"),
    ("The Recommendation 10 is rated\nlargely\ncompliant.", "R.10", "LC"),
    ("Recommendation 10 is rated non-\ncompliant.", "R.10", "NC"),
    ("La Recommandation 10 est notée en grande partie conforme.", "R.10", "LC"),
    ("La Ruritanie est jugée partiellement conforme à la Recommandation 10.", "R.10", "PC"),
    ("La Recomendación 10 se califica como mayormente cumplida.", "R.10", "LC"),
    ("La Recomendación 10 es calificada MC.", "R.10", "LC"),
    ("تصنف التوصية 10 على أنها ملتزم جزئياً.", "R.10", "PC"),
    ("Ruritania has a substantial level of effectiveness for IO.6.", "IO.6", "SE"),
    ("Ruritania is rated as having a low level of effectiveness for Immediate Outcome 6.", "IO.6", "LE"),
    ("La Ruritanie présente un niveau d’efficacité modéré pour le résultat immédiat 6.", "IO.6", "ME"),
    ("Ruritania presenta un nivel de efectividad bajo en el RI.6.", "IO.6", "LE"),
    ("لدى روريتانيا مستوى متوسط من الفعالية في النتيجة المباشرة 6.", "IO.6", "ME"),
)
WORDS = {"Recommandation": "Critère 10.1 –", "notée": "Critère 10.1 –", "d’eff": "Critère 10.1 –",
         "Recomendaci": "Criterio 10.1 –", "presenta": "Criterio 10.1 –", "ت": "المعيار 10.1 –"}  # fmt: skip


@pytest.mark.parametrize(("sentence", "unit", "rating"), SENTENCES)
def test_a_sentence_states_a_rating(sentence: str, unit: str, rating: str) -> None:
    """In four languages, in words and codes, over line ends."""
    before = next((text for word, text in WORDS.items() if word in sentence), "Criterion 10.1 –")
    found = parse(f"{before} Text.\n{before} Text.\n45. Harbours are small.\n{sentence}\nShips are few.").ratings
    assert {name: (str(one.rating), one.place) for name, one in found.items()} == {unit: (rating, RatingPlace.SENTENCE)}


def test_a_conclusion_rates_its_own_recommendation() -> None:
    """Even where it does not name it; an earlier rating is not taken."""
    found = parse("""
Recommendation 10
Recommendation 10 was rated non-compliant in the report of 2009.
Criterion 10.1 (Met) – Text.
Weighting and Conclusion: There are moderate shortcomings. The Recommendation is rated partially compliant.
Recommendation 11
Criterion 11.1 (Met) – Text.
Weighting and conclusion
50. Ships are counted.
51. Ruritania is therefore largely compliant.
""").ratings
    assert {name: str(one.rating) for name, one in found.items()} == {"R.10": "PC", "R.11": "LC"}


def test_a_grid_gives_labels_their_codes_row_by_row() -> None:
    """Six labels with titles, then six codes; outcomes with words."""
    titles = ["assessing risk", "cooperation", "offences", "confiscation", "terrorism", "sanctions"]
    codes = ["LC", "C", "PC", "NC", "LC", "N/A"]
    rows = [f"R.{number} – {title}" for number, title in enumerate(titles, start=1)]
    outcomes = [f"IO.{number} – {title}" for number, title in enumerate(titles, start=1)]
    levels = ["Substantial", "Low", "Moderate", "High", "Low", "Low"]
    found = parse("\n".join([*outcomes, *levels, *rows, *codes])).ratings
    assert [str(found[f"R.{n}"].rating) for n in range(1, 7)] == ["LC", "C", "PC", "NC", "LC", "NA"]
    assert [str(found[f"IO.{n}"].rating) for n in range(1, 7)] == ["SE", "LE", "ME", "HE", "LE", "LE"]
    assert {one.place for one in found.values()} == {RatingPlace.TABLE}


def test_a_grid_may_be_two_lines_for_many_labels() -> None:
    """As in follow-up reports."""
    found = parse("R.1 R.2 R.3 R.4 R.5\nLC C PC ↑LC NC\nR.6 R.7 R.8 R.9 R.10\nPC PC C C C").ratings
    assert " ".join(str(found[f"R.{n}"].rating) for n in range(1, 11)) == "LC C PC LC NC PC PC C C C"


def test_the_table_of_ratings_gives_factors() -> None:
    """With the criteria that they name; a Recommendation that a factor names opens no row."""
    table = """
Recommendation Rating Factor(s) underlying the rating
1. Risks of harbours PC
• Ships are not counted by night (c.1.1 and c.1.2).
• Lighthouses, see R.2, are
outside the scope (c.1.4).
2. Cooperation LC • No meeting of harbours (c.2.3).
3. Offences C
4. Confiscation NC • Nothing is taken (c.4.1)
5. Terrorism LC • Narrow wording
6. Sanctions PC • Late
"""
    found = parse("Criterion 1.1 – Text", table)
    assert [str(found.ratings[f"R.{n}"].rating) for n in range(1, 7)] == ["PC", "LC", "C", "NC", "LC", "PC"]
    own = [(one.unit, one.criteria, one.text) for one in found.deficiencies if one.unit in ("R.1", "R.2")]
    assert own == [
        ("R.1", ("R.1/1.1", "R.1/1.2"), "Ships are not counted by night (c.1.1 and c.1.2)."),
        ("R.1", ("R.1/1.4",), "Lighthouses, see R.2, are outside the scope (c.1.4)."),
        ("R.2", ("R.2/2.3",), "No meeting of harbours (c.2.3)."),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("Criterion 1.1 –", ("Compliant", "Largely\ncompliant", "Partially\ncompliant", "Non-\ncompliant")),
        ("Critère 1.1 –", ("Conforme", "En grande\npartie\nconforme", "Partiellement\nconforme", "Non\nconforme")),
        ("المعيار 1.1 –", ("ملتزم", "ملتزم إلى\nحد كبير", "ملتزم\nجزئياً", "غير\nملتزم")),
    ],
)
def test_a_table_may_have_ratings_in_words(language: str, words: tuple[str, ...]) -> None:
    """A narrow column cuts them; the last word alone is another rating, and is no page head where a page begins."""
    rows = [f"{n}. Harbours\n{words[n % 4]}" + ("\n• Few" if n % 4 else "\nAll") for n in range(1, 41)]
    split = [row.replace("\n", "\f", 2).replace("\f", "\n", 1) if n % 4 == 2 else row for n, row in enumerate(rows, 1)]
    for table in (rows, split):
        found = parse(f"{language} Text", *"\n".join(table).split("\f"))
        expected = ["LC", "PC", "NC", "C"] * 10
        assert [str(found.ratings[f"R.{n}"].rating) for n in range(1, 41)] == expected
        assert [one.unit for one in found.deficiencies] == [f"R.{n}" for n in range(1, 41) if n % 4]
        assert not [one for one in found.problems if one.code.startswith("report-r")]


def test_a_rating_in_words_may_be_before_its_factor() -> None:
    """On one line, where the factor begins with a capital letter."""
    rows = "\n".join(f"{n}. Harbours\nLargely compliant Nobody counts ships." for n in range(1, 8))
    found = parse(f"Criterion 1.1 – Text\n{rows}")
    assert {str(one.rating) for one in found.ratings.values()} == {"LC"}
    assert {one.text for one in found.deficiencies} == {"Nobody counts ships."}


def test_spanish_mc_is_largely_compliant() -> None:
    """In tables too, and B is a low level."""
    rows = "\n".join(f"R.{n} – Puertos MC" for n in range(1, 7))
    levels = "\n".join(f"RI.{n} – Puertos B" for n in range(1, 7))
    found = parse(f"Criterio 1.1 – Texto de la Recomendación\n{rows}\n{levels}").ratings
    assert {str(found[f"R.{n}"].rating) for n in range(1, 7)} == {"LC"}
    assert {str(found[f"IO.{n}"].rating) for n in range(1, 7)} == {"LE"}


def test_a_sentence_and_the_table_that_differ_are_a_problem() -> None:
    """The sentence is used."""
    rows = "\n".join(f"R.{n} – Harbours LC" for n in range(1, 7))
    found = parse("Recommendation 3 is rated partially compliant.", rows)
    assert str(found.ratings["R.3"].rating) == "PC"
    assert [one.code for one in found.problems] == ["report-ratings-differ"]
    assert "(page 2)" in found.problems[0].text
