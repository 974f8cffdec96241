"""Any text is read without an error, and the parts found are within the edition and the pages."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.framework import load_framework
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.report_text.parsing import parse_report
from fatf_kit.report_text.words import report_rules
from fatf_kit.texts.cleaning import clean_pages
from fatf_kit.texts.folding import fold
from fatf_kit.texts.model import make_page

FRAMEWORK = load_framework("fatf-2013")
KNOWN = index_requirements(FRAMEWORK)
PIECES = (
    "Criterion 10.1", "Criterion", "10.7", "c.8.1(a)-(c)", "Critère 1.1", "Criterio 40.20", "المعيار 10-1", "(Met)",
    "[mostly met]", ")مستوفى(", "Recommendation 10", "R.1", "R.99", "LC", "PC", "↑LC", "N/A", "is rated", "compliant",
    "Recommended Actions", "Immediate Outcome 6", "IO.6-8", "IO.3-1", "a)", "•", "1.", "(a)",
    "Weighting and conclusion:",
    "level of effectiveness", "low", "145.", "12 | Head", "Head | 13", "...........", "-", "–", "Criterion 0.0",
    "Criterion 10.1000", "5.2bis", "and", "to 10.5", "\u202e", "\x02", "\ufffe",
)  # fmt: skip
LINES = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
PAGES = st.lists(st.lists(LINES, max_size=25), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)  # the first example loads data
@given(pages=PAGES)
def test_garbage_is_read_without_an_error(pages: list[list[str]]) -> None:
    """Requirements are of the edition, pages are of the file, and each criterion is found once."""
    raw = [make_page(page) for page in pages]
    text = clean_pages("garbage.txt", raw, report_rules(), are_real=True)
    found = parse_report(text, FRAMEWORK)
    names = [one.requirement for one in found.criteria]
    assert len(names) == len(set(names))
    assert set(names) <= set(KNOWN)
    units = {unit.id for unit in FRAMEWORK.units}
    assert set(found.ratings) <= units
    assert {unit for action in found.actions for unit in action.units} <= units
    if not text.has_printed_pages:
        shown = {line.page for line in text.lines}
        assert shown <= set(range(1, len(pages) + 1))
    for problem in found.problems:
        assert problem.message


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """Words of the data and of a report meet in one form."""
    assert fold(fold(text)) == fold(text)
