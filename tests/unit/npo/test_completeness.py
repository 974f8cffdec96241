"""The share of known facts in a register, and the classes that each column would resolve; computed by hand.

Weights of the factors: T01 and T02 200, T05 250, V02 150, V01 and V04 100, V14 and M03 75, V17 50; all together 4,675.
A share of 0.1069 is 499.8 of them, so a class is settled from 500 on.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit.npo.classification import sector
from fatf_kit.npo.classification.completeness import STEPS
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import DataCompleteness
from tests.unit.npo.small_register import body, classify

ROWS = (
    body("a", works_abroad="no", cash_income_share="", threat_area="", filings_due="", filings_received=""),  # 350
    body("b", cash_income_share="1", threat_area="2"),  # 300
    body("c", cash_income_share="1", threat_area="2", filings_due="1", filings_received="1", operating_areas=""),  # 450
    body("d", works_abroad="no", cash_income_share="1", threat_area="2"),  # 650, settled
    body("e", purpose="commercial", works_abroad="no", threat_area="1"),  # outside
)


def completeness(
    folder: Path, patch: pytest.MonkeyPatch, rows: tuple[dict[str, str], ...] = ROWS, below: float = 0.1069
) -> DataCompleteness:
    """Return the completeness of a register, with classes resolved from a share of the weights."""
    method = replace(load_method(), provisional_below=below, classified_from=0.0)
    patch.setattr(sector, "load_method", lambda: method)
    made, _ = classify(folder, rows, as_shipped=True)
    return made.result.completeness


def test_known_share_of_bodies_in_scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The known share is measured by weight, in all and by column; it is 0 for a column that is missing."""
    found = completeness(tmp_path, monkeypatch)
    assert pytest.approx(found.known_share) == (350 + 300 + 450 + 650) / (4 * 4675)
    known = {column.column: column.known for column in found.columns}
    assert {name: known[name] for name in (
        "works_abroad", "cash_income_share", "threat_area", "filings_due", "operating_areas", "purpose", "tf_cases"
    )} == {
        "works_abroad": 0.5,
        "cash_income_share": 0.75,
        "threat_area": 0.75,
        "filings_due": 0.25,
        "operating_areas": 0,
        "purpose": 1,
        "tf_cases": 0,
    }  # fmt: skip
    assert {c.column for c in found.columns if not c.informs} == {"purpose", "status", "raises_or_disburses"}


def test_classes_that_a_column_would_resolve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column counts by what it adds to the bodies that lack it; facts known from another column add nothing."""
    resolved = {column.column: column.would_resolve for column in completeness(tmp_path, monkeypatch).columns}
    assert {name: resolved[name] for name in (
        "works_abroad", "threat_area", "filings_due", "cash_income_share", "operating_areas", "tf_cases", "activity",
        "pays_individuals", "region",
    )} == {
        "works_abroad": 2,  # 650 and 800
        "threat_area": 1,  # 550
        "filings_due": 1,  # 500, just enough; 450 is not
        "cash_income_share": 0,  # 450
        "operating_areas": 1,  # 550; the others have a level for their area
        "tf_cases": 3,
        "activity": 1,  # 550; 450 and 400 are not enough
        "pays_individuals": 1,  # 500, just enough
        "region": 0,  # whatever it says, the register tells of areas already
    }  # fmt: skip


def test_columns_are_ordered_by_the_classes_they_resolve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The column that resolves most classes is first; columns with equal numbers are ordered by name."""
    columns = completeness(tmp_path, monkeypatch).columns
    assert sorted(columns, key=lambda c: (-c.would_resolve, c.column)) == list(columns)
    assert columns[0].would_resolve == 3


def test_steps_end_when_all_classes_are_resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One column resolves three bodies; one body alone needs the two columns of the highest weight."""
    found = completeness(tmp_path, monkeypatch)
    assert [(step.column, step.resolved) for step in found.collect_next] == [("tf_cases", 3)]
    alone = completeness(tmp_path, monkeypatch, (body("b", cash_income_share="1"),), 0.1176)  # 550
    assert [(step.column, step.resolved) for step in alone.collect_next] == [("works_abroad", 0), ("tf_cases", 1)]
    assert completeness(tmp_path, monkeypatch, ROWS, 0.01).collect_next == ()


def test_no_more_than_ten_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of steps is short even when many facts are missing."""
    assert len(completeness(tmp_path, monkeypatch, (body("a", cash_income_share="1"),), 0.9).collect_next) == STEPS


def test_a_column_that_adds_nothing_is_no_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing column is no step when another column has its facts, even if that column is empty."""
    names = [name for name in load_method().columns if name not in ("npo_id", "region", "operating_areas")]
    empty = {**dict.fromkeys(names, ""), **body("a")}
    found = completeness(tmp_path, monkeypatch, (empty,), 0.9)
    assert found.collect_next == ()
    assert {column.column for column in found.columns if not column.mapped} == {"region", "operating_areas"}


def test_no_body_in_scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No fact is known and no class would be resolved when no body is in scope."""
    found = completeness(tmp_path, monkeypatch, (body("e", purpose="commercial", threat_area="1"),))
    assert (
        found.known_share,
        {column.known for column in found.columns},
        {column.would_resolve for column in found.columns},
        found.collect_next,
    ) == (0, {0}, {0}, ())
