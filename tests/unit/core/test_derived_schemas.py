"""Schemas and JSON that are derived from frozen dataclasses agree with each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from jsonschema import Draft202012Validator

from fatf_kit.core.json_files import derive_schema, make_json_value
from fatf_kit.core.json_shapes import ABSENT, Absent, Count, RatingCode, RatingShift, UnitId
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An example.

    >>> Example.__name__
    'Example'
    """

    schema: Literal["fatf-kit/example/1"]
    unit: UnitId
    range: Span[RatingCode]
    changes: tuple[RatingShift, ...]
    count: Count | Absent = ABSENT
    note: str = ""


CHANGE = RatingShift(id="R.1", from_=None, to=ComplianceRating.LC)
EXAMPLE = Example(
    schema="fatf-kit/example/1",
    unit="R.1",
    range=Span(worst=ComplianceRating.PC, best=ComplianceRating.LC),
    changes=(CHANGE,),
)
SCHEMA = derive_schema((Example,), "example-1.schema.json", "Example")


def count_faults(example: Example) -> int:
    """Return how many faults the schema finds in the JSON of a value."""
    return len(list(Draft202012Validator(SCHEMA).iter_errors(make_json_value(example))))


def test_reserved_words_are_keys_and_texts_stay() -> None:
    """The field `from_` is the key "from"; a text that looks like it stays as it is."""
    found = make_json_value(replace(EXAMPLE, unit='"from_":'))
    assert found["changes"] == [{"id": "R.1", "from": None, "to": "LC"}]
    assert found["unit"] == '"from_":'
    assert "count" not in found
    assert set(SCHEMA["$defs"]["RatingShift"]["required"]) == {"id", "from", "to"}


def test_each_form_is_checked() -> None:
    """A unit, a rating, a count and a change of a wrong form are faults; what is absent is none."""
    assert count_faults(EXAMPLE) == 0
    assert count_faults(replace(EXAMPLE, count=1)) == 0
    wrong = (
        replace(EXAMPLE, unit="R.0"),
        replace(EXAMPLE, count=-1),
        replace(EXAMPLE, range=Span(worst="XX", best="LC")),
        replace(EXAMPLE, changes=(replace(CHANGE, to="met"),)),
    )
    assert [count_faults(example) for example in wrong] == [1, 1, 1, 1]


def test_a_field_is_required_unless_it_may_be_absent() -> None:
    """A default does not leave a key out, but earlier files may lack it; of several shapes a document is one."""
    assert SCHEMA["$defs"]["Example"]["required"] == ["schema", "unit", "range", "changes", "note"]
    stored = derive_schema((Example,), "example-1.schema.json", "Example", is_read_again=True)
    assert "note" not in stored["$defs"]["Example"]["required"]
    either = derive_schema((Example, RatingShift), "either-1.schema.json", "Either")
    assert either["anyOf"] == [{"$ref": "#/$defs/Example"}, {"$ref": "#/$defs/RatingShift"}]


def test_names_of_types_and_examples_are_not_in_a_schema() -> None:
    """A class with type parameters is written where it is used; descriptions end before examples."""
    assert set(SCHEMA["$defs"]) == {"Example", "RatingShift"}
    assert ">>>" not in str(SCHEMA)
    assert SCHEMA["$defs"]["Example"]["description"] == "An example."
