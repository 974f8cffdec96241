"""The result for the whole sector: counts, the matrix, controls, the rating and overrides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit.npo.classification import sector
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import Decision, OverrideCounts
from fatf_kit.npo.scales import RiskBand
from tests.unit.npo.small_register import body, classify, settings

SAFE = {"threat_area": "1", "cash_level": "2"}
EXPOSED = {"threat_area": "5", "cash_level": "5"}


def test_every_row_is_a_line(tmp_path: Path) -> None:
    """Rows kept out are lines too, and one without a number is registered; none active, none in scope is nought."""
    rows = [body("a", status="dormant"), body("a", status="dormant"), body("", status="dormant")]
    made, _ = classify(tmp_path, rows)
    counts = made.result.register
    assert (counts.lines, counts.rejected, counts.registered, counts.active, counts.in_scope) == (3, 1, 2, 0, 0)


def test_matrix_and_controls(tmp_path: Path) -> None:
    """Each rated body lies in its cell of threat and vulnerability; weak controls are counted, unknown ones are not."""
    rows = [
        body("a", **SAFE),
        body("b", **SAFE, particulars="1"),
        body("c", **EXPOSED, particulars="1"),
        body("d", **EXPOSED, particulars="3"),
        body("e", **EXPOSED, particulars="5"),
    ]
    made, _ = classify(tmp_path, rows)
    expected = [[0] * 5 for _ in range(5)]
    expected[0][1], expected[4][4] = 2, 3
    assert [list(line) for line in made.result.matrix] == expected
    assert made.result.weak_controls == 2


def test_the_sector_has_no_rating_without_a_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The class of most bodies is no rating; the share at risk leaves unrated bodies out."""
    rows = [body("a", **SAFE), body("b", **EXPOSED), body("c", cash_level="2")]
    made, _ = classify(tmp_path, rows)
    assert made.result.sector.decision is None
    judged, _ = classify(tmp_path, rows, settings=settings(judgement={"class": "medium-low", "reason": "So"}))
    assert Decision(rating=RiskBand.MEDIUM_LOW, reason="So") == judged.result.sector.decision
    for limit, prompted in ((0.5, False), (0.49, True)):
        method = replace(load_method(), review_subset_above=limit, classified_from=0.0)
        monkeypatch.setattr(sector, "load_method", lambda method=method: method)
        again, _ = classify(tmp_path, rows, as_shipped=True)
        assert prompted is again.result.sector.at_risk_prompt


def test_overrides_by_direction(tmp_path: Path) -> None:
    """Overrides are counted as up, down or unchanged; a body without a class has no direction."""
    wanted = {"up": "medium", "down": "low", "same": "low", "too": "low", "unrated": "high", "nobody": "low"}
    sheet = tmp_path / "overrides.csv"
    lines = [f"{npo},{risk},a,b,2026-01-01" for npo, risk in wanted.items()]
    sheet.write_text("\n".join(["npo_id,class,reason,office,date", *lines]), encoding="utf-8")
    rows = [body(npo, **SAFE) for npo in ("up", "same", "too")]
    rows += [body("down", **EXPOSED), body("unrated", cash_level="2")]
    made, _ = classify(tmp_path, rows, settings=settings(overrides=str(sheet)))
    assert OverrideCounts(up=1, down=1, same=3, unused=1) == made.result.overrides
    none, _ = classify(tmp_path, rows)
    assert OverrideCounts(up=0, down=0, same=0, unused=0) == none.result.overrides
