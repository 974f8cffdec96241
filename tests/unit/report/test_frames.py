"""Data frames for analysts."""

from __future__ import annotations

from fatf_kit import score_published
from fatf_kit.frames import report_frames
from tests.examples import score_example


def test_not_applicable_is_a_rating() -> None:
    """Iraq has none, Ruritania has R.17: pandas must not read it as missing."""
    report = score_example("ruritania/workbook").report(generated_at="2026-11-24")
    frames = report_frames(report)
    ratings = frames["ratings"].set_index("id")
    assert ratings.loc["R.17", "worst"] == "NA"
    assert ratings["settled"].isna().sum() == sum(u["settled"] is None for u in units(report.payload))


def units(payload: object) -> list[dict[str, object]]:
    """Recommendations and outcomes of assessment.json."""
    assert isinstance(payload, dict)
    return [*payload["recommendations"], *payload["outcomes"]]


def test_ids_stay_text() -> None:
    """10.10 never becomes 10.1."""
    report = score_example("ruritania/workbook").report(generated_at="2026-11-24")
    assert {"R.10/10.1", "R.10/10.10"} <= set(report_frames(report)["requirements"]["id"])


def test_published_ratings() -> None:
    """51 rows, one per unit."""
    _, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    assert len(report_frames(report)["ratings"]) == 51


def test_published_frame_keeps_na_apart_from_missing() -> None:
    """As many NA as the table has; what a report does not give is missing."""
    from fatf_kit import frames
    from fatf_kit.published import load_published

    frame = frames.published()
    reports = load_published()
    assert sum(r.ratings.get("R.17") == "NA" for r in reports) == int((frame["R.17"] == "NA").sum()) > 0
    assert sum("R.17" not in r.ratings for r in reports) == int(frame["R.17"].isna().sum())
    assert {str(frame[column].dtype) for column in ("iso3", "R.1", "IO.1", "edition")} == {"string"}
    assert str(frame["date"].dtype) == "datetime64[ns]"


def test_peers_and_patterns_as_frames() -> None:
    """The facade gives one row for each unit, ids as text, and shares as parts of 1."""
    from fatf_kit import frames

    mine = frames.peers("IRQ", "MENAFATF", report="MER").set_index("id")
    assert (mine.loc["R.15", "rating"], len(mine)) == ("NC", 51)
    assert {"R.1", "R.10", "IO.1", "IO.10"} <= set(mine.index)
    everywhere = frames.patterns().set_index("id")
    assert len(everywhere) == 51
    assert everywhere["share"].between(0, 1).all()
    assert everywhere["months_to_upgrade"].isna().sum() == (everywhere["upgrades"] == 0).sum() > 0
    most = frames.re_ratings().iloc[0]
    assert (most["from"], most["to"]) == ("PC", "LC")
