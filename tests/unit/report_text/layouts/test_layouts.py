"""Every layout is read at least as well as the record says: a sample in each run, all of them in a full one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.report_text.layouts.compose import LANGUAGES
from tests.unit.report_text.layouts.layout import ADDED, LAYOUTS
from tests.unit.report_text.layouts.measure import (
    WRITERS,
    add_up,
    load_record,
    measure,
    measure_all,
    name_file,
)
from tests.unit.report_text.layouts.score import Count, Score, find_breaches

ALL = (*LAYOUTS, *ADDED)
KINDS = tuple(WRITERS)
PAIRS = tuple((language, kind) for kind in KINDS for language in LANGUAGES)

MOST_WRONG, MOST_LOST = 20, 62
"""Of all that the layouts have, 95,000 in all: no new record may allow more."""


@pytest.mark.full
def test_a_sample_is_read_as_well_as_before(tmp_path: Path) -> None:
    """Each layout once, and each language in each kind of file several times."""
    record = load_record()
    scores = {}
    for number, layout in enumerate(ALL):
        language, kind = PAIRS[number % len(PAIRS)]
        scores[name_file(layout, language, kind)] = measure(layout, language, kind, tmp_path)
    breaches = {name: find_breaches(result, record.get(name, {})) for name, result in scores.items()}
    assert {name: found for name, found in breaches.items() if found} == {}
    total = add_up(scores.values())
    assert total.factors.right > 50 * len(ALL)
    assert total.actions.right > 10 * len(ALL)
    assert total.ratings.right > 40 * len(ALL)


@pytest.mark.full
@pytest.mark.parametrize("name", [layout.name for layout in ALL])
def test_every_layout_is_read_as_well_as_before(name: str, tmp_path: Path) -> None:
    """In each language and kind of file."""
    record = load_record()
    scores = dict(measure_all((layout for layout in ALL if layout.name == name), tmp_path))
    assert len(scores) == len(PAIRS)
    breaches = {file: find_breaches(result, record.get(file, {})) for file, result in scores.items()}
    assert {file: found for file, found in breaches.items() if found} == {}


def test_the_record_allows_no_more_than_before() -> None:
    """A layout that is read worse cannot be recorded away, and no file is in the record that does not exist."""
    record = load_record()
    pairs = [pair for faults in record.values() for pair in faults.values()]
    assert sum(wrong for wrong, _ in pairs) <= MOST_WRONG
    assert sum(lost for _, lost in pairs) <= MOST_LOST
    assert set(record) <= {name_file(layout, *pair) for layout in ALL for pair in PAIRS}


def test_a_worse_result_is_a_breach() -> None:
    """One more that is wrong or lost, a name of a person, and a warning without a reason."""
    allowed = {"factors": [1, 2]}
    assert find_breaches(Score(factors=Count(right=50, wrong=1, lost=2)), allowed) == []
    for worse in (
        Score(factors=Count(right=50, wrong=2, lost=2)),
        Score(factors=Count(right=50, wrong=1, lost=3)),
        Score(actions=Count(right=12, lost=1)),
        Score(names=1),
        Score(warnings=1),
    ):
        assert find_breaches(worse, allowed)
