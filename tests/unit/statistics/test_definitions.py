"""The tables: complete for every core issue, consistent, in three languages."""

from __future__ import annotations

import json
import re
from itertools import chain

import pytest

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.model import ROW_ROLE, Definitions

FOLDER = data_folder("frameworks") / "statistics"
COUNTS = {"fatf-2013": 55, "fatf-2022": 58}


@pytest.fixture(params=LANGUAGES)
def definitions(request: pytest.FixtureRequest) -> Definitions:
    """Everything that is asked, in each language."""
    return load_definitions(request.param)


@pytest.mark.parametrize("edition", list_editions())
def test_every_core_issue_is_shown_by_something(edition: str) -> None:
    """Each is fed by a table, a case or a document, or is said to need none."""
    definitions = load_definitions()
    issues = [issue.id for o in load_framework(edition).outcomes for issue in o.core_issues]
    shown_by = definitions.shown_by[edition]
    assert len(issues) == COUNTS[edition]
    assert issues == list(shown_by)
    for issue in issues:
        feeding = [t.id for t in definitions.tables.values() if issue in t.feeds[edition]]
        assert shown_by[issue], issue
        assert ("figures" in shown_by[issue]) == bool(feeding), issue


@pytest.mark.parametrize("edition", list_editions())
def test_core_issues_have_the_tables_that_feed_them(edition: str) -> None:
    """The tables alone say which core issues they feed; the pages of an edition name no table."""
    tables = load_definitions().tables
    for outcome in load_framework(edition).outcomes:
        for issue in outcome.core_issues:
            assert issue.tables == tuple(t.id for t in tables.values() if issue.id in t.feeds[edition]), issue.id
    folder = data_folder("frameworks") / edition / "outcomes"
    assert all('"tables"' not in page.read_text(encoding="utf-8") for page in folder.glob("*.json"))
    known = {issue.id for outcome in load_framework(edition).outcomes for issue in outcome.core_issues}
    for table in tables.values():
        assert set(table.feeds[edition]) <= known, table.id
        assert {issue.partition("/")[0] for issue in table.feeds[edition]} <= set(table.outcomes), table.id


def test_every_table_file_stands_in_the_order() -> None:
    """No table is forgotten, and none is named that is not there."""
    order = json.loads((data_folder("frameworks") / "statistics.json").read_text(encoding="utf-8"))["tables"]
    assert sorted(order) == sorted(path.stem for path in (FOLDER / "tables").glob("*.json"))
    assert set(order) == set(load_vocabulary().tables)


def test_predicate_offences_are_the_21_designated_categories() -> None:
    """The list is complete and says where it comes from."""
    page = next(one for one in json.loads((FOLDER / "lists.json").read_text())["lists"] if one["id"] == "predicates")
    assert len(load_definitions().predicates) == 21
    assert "General Glossary" in page["source"]


def test_roles_are_known_and_every_line_has_a_role() -> None:
    """A line that nobody counts would never be filled in."""
    known = set(load_vocabulary().roles)
    for table in load_definitions().tables.values():
        for row, measure in table.lines():
            roles = table.roles_of(row, measure)
            assert roles, table.line(row.id, measure.id)
            assert set(roles) <= known
            assert ROW_ROLE not in roles


def test_checks_comparisons_and_indicators_name_lines_that_exist() -> None:
    """A misspelt line would be a check that never fails."""
    definitions = load_definitions()
    lines = set(definitions.lines)
    for table in definitions.tables.values():
        measures = {measure.id for measure in table.measures}
        for check in table.checks:
            assert {check.result, *check.parts, *check.less} <= measures, table.id
        for measure in table.measures:
            assert set(measure.rows) <= {row.id for row in table.rows}, table.id
    named = chain(
        *((*c.left, *c.right) for c in definitions.comparisons.values()),
        *((*row.part, *row.whole) for i in definitions.indicators for row in i.rows),
    )
    for selector in named:
        found = definitions.expand([selector])
        assert found, selector
        assert set(found) <= lines, selector


def test_every_outcome_has_tables_and_an_indicator() -> None:
    """None of the eleven is forgotten."""
    definitions = load_definitions()
    for number in range(1, 12):
        assert any(f"IO.{number}" in table.outcomes for table in definitions.tables.values())
        assert any(f"IO.{number}" in one.outcomes for one in definitions.indicators), number


def test_labels_of_a_table_distinguish_its_lines(definitions: Definitions) -> None:
    """A row that lost its id is found by its words."""
    for table in definitions.tables.values():
        labels = [(row.label, measure.label) for row, measure in table.lines()]
        assert len(labels) == len(set(labels)), table.id


def test_texts_are_written_in_their_own_language() -> None:
    """Arabic texts have Arabic letters, the others none."""
    arabic = re.compile(r"[\u0621-\u064a]")

    def walk(value: object) -> None:
        if isinstance(value, dict) and set(value) == set(LANGUAGES):
            assert arabic.search(value["ar"]), value
            assert not arabic.search(value["en"] + value["fr"]), value
        elif isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                walk(inner)

    for path in FOLDER.rglob("*.json"):
        if path.stem != "persons":
            walk(json.loads(path.read_text(encoding="utf-8")))


def test_unknown_language_is_refused() -> None:
    """Rather than falling back silently."""
    with pytest.raises(UnknownIdError, match="en, ar, fr"):
        load_definitions("de")
