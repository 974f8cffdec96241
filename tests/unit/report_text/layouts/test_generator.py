"""The generator of layouts: its combinations, its truth, and that it knows nothing of the reader."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from pathlib import Path

from tests.unit.report_text.layouts.compose import LANGUAGES, compose
from tests.unit.report_text.layouts.document import LIST_MARK, Table
from tests.unit.report_text.layouts.layout import HELD_OUT, LAYOUTS, SampleLayout
from tests.unit.report_text.layouts.text_file import make_text

_READER = "fatf_kit.report_text"


def test_layouts_are_many_and_different() -> None:
    """At least 24, no two alike, each value several times; a third was held out."""
    assert len(LAYOUTS) >= 24
    assert len(HELD_OUT) == len(LAYOUTS) // 3
    named = {"name", "seed"}
    values = {
        tuple(getattr(one, field.name) for field in fields(SampleLayout) if field.name not in named) for one in LAYOUTS
    }
    assert len(values) == len(LAYOUTS)
    for field in fields(SampleLayout):
        if field.name not in named:
            assert min(Counter(getattr(one, field.name) for one in LAYOUTS).values()) >= 3, field.name


def test_the_truth_is_what_is_printed() -> None:
    """Each factor is a paragraph of the row of its Recommendation, and every rating is in the table."""
    for layout in LAYOUTS[:4]:
        for language in LANGUAGES:
            report = compose(layout, language)
            table = next(one for one in report.blocks if isinstance(one, Table) and one.first and len(one.rows) == 41)
            for factor in report.truth.factors:
                row = table.rows[int(factor.unit.removeprefix("R."))]
                assert any(text.replace(LIST_MARK, "").endswith(factor.text) for text in row[-1])
            assert len(report.truth.factors) > 25
            assert len([unit for unit in report.truth.ratings if unit.startswith("R.")]) == 40


def test_the_same_layout_gives_the_same_file() -> None:
    """So that figures can be compared."""
    one, other = (make_text(compose(LAYOUTS[0], "fr"), LAYOUTS[0]) for _ in range(2))
    assert one == other


def test_the_generator_knows_nothing_of_the_reader() -> None:
    """Neither its patterns nor the data of words that it reads."""
    folder = Path(__file__).parent
    for path in folder.glob("*.py"):
        if path.name in ("score.py", "measure.py") or path.name.startswith("test_"):
            continue
        text = path.read_text("utf-8")
        assert _READER not in text, path.name
        assert "report-words" not in text, path.name
