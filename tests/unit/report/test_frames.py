"""Data frames for analysts."""

from __future__ import annotations

from fatf_kit.api import score, score_published
from fatf_kit.report.frames import report_frames
from fatf_kit.resources import data_folder


def test_not_applicable_is_a_rating() -> None:
    """Iraq has none, Ruritania has R.17: pandas must not read it as missing."""
    report = score([data_folder("examples") / "ruritania" / "workbook"]).report(generated_at="2026-11-24")
    frames = report_frames(report)
    ratings = frames["ratings"].set_index("id")
    assert "NA" == ratings.loc["R.17", "demonstrated"]
    assert ratings["demonstrated"].isna().sum() == sum(u["demonstrated"] is None for u in units(report.payload))


def units(payload: object) -> list[dict[str, object]]:
    """Recommendations and outcomes of assessment.json."""
    assert isinstance(payload, dict)
    return [*payload["recommendations"], *payload["outcomes"]]


def test_ids_stay_text() -> None:
    """10.10 never becomes 10.1."""
    report = score([data_folder("examples") / "ruritania" / "workbook"]).report(generated_at="2026-11-24")
    assert {"R.10/10.1", "R.10/10.10"} <= set(report_frames(report)["requirements"]["id"])


def test_published_ratings() -> None:
    """51 rows, one per unit."""
    _, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    assert 51 == len(report_frames(report)["ratings"])
