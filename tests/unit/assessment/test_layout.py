"""Which sheets and rows a template has."""

from __future__ import annotations

import pytest

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import RowKind
from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.framework import index_requirements, list_editions, load_framework

EDITIONS = list_editions()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_whole_edition_asks_everything_once_and_in_order(edition: str) -> None:
    """Every criterion, part and core issue has exactly one row."""
    framework = load_framework(edition)
    layout = build_layout(framework)
    assert list(index_requirements(framework)) == [row.requirement for sheet in layout.sheets for row in sheet.rows]
    assert [unit.id for unit in framework.units] == [sheet.title for sheet in layout.sheets]


def test_only_names_units_in_any_order_and_spelling() -> None:
    """Sheets come in the order of the Methodology, once each."""
    layout = build_layout(load_framework("fatf-2022"), only=["io6", "R. 10", "r10"])
    assert [sheet.title for sheet in layout.sheets] == ["R.10", "IO.6"]


def test_only_names_a_requirement_with_its_parts() -> None:
    """An agency that answers one criterion gets its parts, nested ones too, and nothing else."""
    rows = build_layout(load_framework("fatf-2022"), only=["R.10/10.7"]).sheets[0].rows
    assert [row.requirement for row in rows] == ["R.10/10.7", "R.10/10.7(a)", "R.10/10.7(b)"]
    nested = build_layout(load_framework("fatf-2022"), only=["R.8/8.5"]).sheets[0].rows
    assert {row.depth for row in nested} == {0, 1, 2}


def test_an_unknown_id_is_refused() -> None:
    """A typing mistake never yields an empty template."""
    with pytest.raises(UnknownIdError, match=r"R\.41"):
        build_layout(load_framework("fatf-2022"), only=["R.1", "R.41"])
    with pytest.raises(UnknownIdError, match=r"R\.1/1\.99"):
        build_layout(load_framework("fatf-2022"), only=["R.1/1.99"])


def test_an_unknown_language_is_refused() -> None:
    """The message names the languages at hand."""
    with pytest.raises(UnknownIdError, match="en"):
        build_layout(load_framework("fatf-2022"), only=["IO.1"], language="xx")


def test_kinds_and_scales() -> None:
    """Criteria and their parts are rated by the criterion scale, core issues by achievement."""
    layout = build_layout(load_framework("fatf-2022"), only=["R.10", "IO.6"])
    assert {(row.kind, row.scale) for row in layout.sheets[0].rows} == {
        (RowKind.CRITERION, "criterion"),
        (RowKind.PART, "criterion"),
    }
    assert {(row.kind, row.scale) for row in layout.sheets[1].rows} == {(RowKind.CORE_ISSUE, "achievement")}


def test_keys_are_the_contract() -> None:
    """Renaming a key breaks every workbook that is out with an agency."""
    assert [column.key for column in REQUIREMENTS.columns] == [
        "id", "requirement", "rating", "explanation", "citation", "in_force_from", "evidence", "missing", "action",
        "action_due", "confidentiality",
    ]  # fmt: skip
    assert [c.key for c in REGISTER.columns] == ["id", "kind", "title", "article", "in_force_from", "link", "holder"]
