"""Recommended actions are read item by item, under the outcome of their list."""

from __future__ import annotations

import pytest

from fatf_kit.report_text.model import ActionList
from tests.unit.report_text.reading import parse

CHAPTER = """
3.1. The harbours and their books
Key Findings
Immediate Outcome 6
a) Harbours keep few records of their ships.
Recommended Actions
Immediate Outcome 6
Harbours should:
a) count all ships that arrive by night, and
train the keepers (R.29);
b) publish what they count:
i. by month, and
ii. by harbour;
c) ask for a register of small boats.
Immediate Outcome 7
a) Judges should sit at the harbour.
120. The relevant Immediate Outcomes considered in this chapter are IO.6-8.
a) This is a list of another kind.
Immediate Outcome 6 (harbour matters)
b) And so is this one here.
"""


def test_items_are_under_the_outcome_of_their_list() -> None:
    """Parts of an item stay with it, and lists of findings or of the text are not read."""
    found = parse(CHAPTER).actions
    assert [(one.units, one.text.split()[0]) for one in found if one.units[0] == "IO.6"] == [
        (("IO.6", "R.29"), "count"),
        (("IO.6",), "publish"),
        (("IO.6",), "ask"),
    ]
    assert found[1].text == "publish what they count: i. by month, and ii. by harbour;"
    assert [(one.units, one.text) for one in found[3:]] == [(("IO.7",), "Judges should sit at the harbour.")]


@pytest.mark.parametrize("mark", ["•", "▪", "-", "–", "\uf0b7", "1.", "(a)", "a.", "·"])
def test_marks_of_lists(mark: str) -> None:
    """Bullets, numbers and letters; the outcome is that of the paragraph after the list."""
    marks = [mark, mark.replace("1", "2").replace("a", "b")]
    found = parse(f"""
Recommended Actions
{marks[0]} Ships should be counted by night.
{marks[1]} Lighthouses should be lit, which the
harbours have asked for since long.
The relevant Immediate Outcome considered in this chapter is IO.1.
""").actions
    assert [(one.units, one.text[:5]) for one in found] == [(("IO.1",), "Ships"), (("IO.1",), "Light")]


LISTS = (
    ("Actions recommandées", "a) Les ports devraient compter.", "Le résultat immédiat pertinent est le RI.1."),
    ("Mesures recommandées", "• Les ports devraient compter.", "Le résultat immédiat pertinent est le RI.1."),
    ("Acciones recomendadas", "a) Los puertos deberían contar.", "El resultado inmediato relevante es el RI.1."),
    ("الإجراءات الموصى بها", "أ) ينبغي للموانئ عد السفن.", "النتيجة المباشرة ذات الصلة هي النتيجة المباشرة 1."),
)


@pytest.mark.parametrize(("heading", "item", "after"), LISTS)
def test_lists_in_other_languages(heading: str, item: str, after: str) -> None:
    """With the heading of their language."""
    word = {"a": "Critère 1.1 –", "c": "Criterio 1.1 –", "م": "المعيار 1.1 –"}
    first = word["م"] if "ا" in heading else word["c"] if "Acc" in heading else word["a"]
    found = parse("\n".join((first, first, heading, item, after))).actions
    assert [(one.kind, one.units) for one in found] == [(ActionList.RECOMMENDED, ("IO.1",))]


def test_priority_and_key_actions_are_lists_of_their_own() -> None:
    """A bullet that is alone on its line belongs to the text after it."""
    found = parse("""
Priority Actions
•
Count the ships of all harbours (IO.6).
Key Recommended Actions (KRA)
1. Light the lighthouses by night.
""").actions
    assert [(str(one.kind), one.units) for one in found] == [("priority", ("IO.6",)), ("key", ())]
