"""`fatf-kit peers --assessment`: an own assessment compared with published ratings, in words, files and JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from fatf_kit import compare_own, own_assessment, patterns, patterns_report, peers, peers_report
from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.frames import report_frames
from fatf_kit.peer_comparison.own_assessment import OwnAssessment
from fatf_kit.report.model import Report
from tests.unit.cli.commands import WORKBOOK, cells_of, invoke, json_of

OWN = "not ratings of FATF or a regional body"


@pytest.fixture(scope="module")
def own() -> OwnAssessment:
    """The fictional country."""
    return own_assessment(WORKBOOK)


def run(*args: str) -> Result:
    """A command on the fictional country, its faults raised."""
    return invoke("peers", *args, "--assessment", WORKBOOK)


@pytest.mark.parametrize(
    ("args", "schema"), [(["IRQ"], "peers-1"), (["MYS", "--group", "FATF"], "peers-1"), (["--all"], "patterns-1")]
)
def test_json_keeps_its_schema_and_the_published_part(args: list[str], schema: str) -> None:
    """Own ratings stand apart: without them, everything is as it is without --assessment."""
    with_own = json.loads(run(*args, "--json").stdout)
    without = json_of("peers", *args)
    assert check_json(with_own, f"{schema}.schema.json", "peers") == ()
    assert check_json(without, f"{schema}.schema.json", "peers") == ()
    own: dict[str, Any] = with_own.pop("own_assessment")
    assert without.pop("own_assessment") is None
    assert {**without, "provenance": None} == {**with_own, "provenance": None}
    assert (own["country"], own["edition"], own["indicative"]) == ("Ruritania", "fatf-2022", True)
    assert (own["counts"][0]["worst"], own["counts"][0]["best"], own["counts"][0]["of"]) == (20, 12, 40)
    first = next(unit for unit in own["units"] if unit["id"] == "R.1")
    assert (first["claimed"], first["shown"], first["decided"]) == ("LC", {"worst": "PC", "best": "LC"}, None)


def test_compared_with_peers_of_the_earlier_edition_in_words() -> None:
    """Both ends, what is low only if nothing is shown, and no position, because the editions differ."""
    done = run("IRQ")
    out = done.stdout
    assert done.return_value == 0
    assert OWN in out
    low, referral = "Recommendations rated PC or NC", "Referral to the ICRG according to the thresholds"
    assert cells_of(out, low) == [low, "0 – 3.5 – 21", "20", "12"]
    assert cells_of(out, referral) == [referral, "9 of 14", "yes", "no"]
    assert "at worst also: R.1, R.14, R.16, R.18, R.25, R.26, R.39 and R.40" in out
    assert cells_of(out, "R.1") == ["R.1", "LC", "PC – LC", "LC", "LC 13 · PC 1", "13 of 14 (93%)"]
    assert cells_of(out, "IO.3") == ["IO.3", "ME", "LE – ME", "–", "–", "–"]
    assert "Own position" not in out
    assert "made under fatf-2022, the published ratings under fatf-2013" in out


def test_compared_with_peers_of_the_same_edition_in_words() -> None:
    """Positions at both ends."""
    out = run("MYS", "--group", "FATF").stdout
    assert cells_of(out, "R.1") == ["R.1", "LC", "PC – LC", "C", "LC 4", "4 of 4 (100%)", "5 to 1 of 5"]
    assert cells_of(out, "Outcomes rated LE") == ["Outcomes rated LE", "0 – 0 – 0", "8", "1"]
    assert "do not measure alike" not in out


def test_patterns_in_words() -> None:
    """Compared with all jurisdictions."""
    out = run("--all").stdout
    assert OWN in out
    assert cells_of(out, "Low here and for most peers") == [
        "Low here and for most peers",
        "2 Recommendations and outcomes",
        "2",
        "2",
    ]
    assert cells_of(out, "R.15") == ["R.15", "PC", "NC – PC", "C 17 · LC 65 · PC 75 · NC 42", "82 of 199 (41%)"]


def text_of(report: Report) -> str:
    """Everything in the document as one text."""
    return repr(report.document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_in_every_language(language: str, own: OwnAssessment) -> None:
    """The section comes first; the page says whose ratings they are; both ends are one hatched range."""
    t = Translator(language)
    compared, worldwide = peers("IRQ"), patterns("fatf-2013")
    imprint: dict[str, Any] = {"generated_at": "2026-11-24", "language": language}
    for made in (
        peers_report(compared, own=compare_own(compared, own), **imprint),
        patterns_report(worldwide, own=compare_own(worldwide, own), **imprint),
    ):
        assert made.document.sections[0].anchor == "own"
        assert any("fatf-2022" in notice for notice in made.document.notices)
        assert "'PC – LC'" in text_of(made)
        assert t("Pattern at worst and at best (indicative)") in text_of(made)
        assert (
            language == "en"
            or t("Pattern at worst and at best (indicative)") != "Pattern at worst and at best (indicative)"
        )
    plain = peers_report(compared, **imprint)
    assert plain.document.sections[0].anchor == "standing"
    assert [table.key for table in plain.tables] == ["peers", "peer_listings"]


def test_frames_have_both_ends(own: OwnAssessment) -> None:
    """One row per unit and one per pattern; a decision would stand at both ends."""
    found = peers("IRQ")
    made = report_frames(peers_report(found, own=compare_own(found, own), generated_at="2026-11-24"))
    frame = made["own_assessment"].set_index("id")
    assert list(frame.loc["R.1", ["claimed", "worst", "best"]]) == ["LC", "PC", "LC"]
    assert frame.loc["R.17", "worst"] == "NA"
    assert (int(frame["worst"].isin(["PC", "NC"]).sum()), int(frame["best"].isin(["PC", "NC"]).sum())) == (20, 12)
    assert made["own_pattern"].set_index("pattern").loc["Recommendations rated PC or NC", "worst"] == "20"


@pytest.mark.full
def test_files_are_written_and_the_source_is_kept(tmp_path: Path) -> None:
    """The workbook has a sheet on it, and charts are drawn."""
    run("IRQ", "-o", str(tmp_path), "--format", "html,xlsx,json")
    assert {"own-recommendations.svg"} <= {path.name for path in (tmp_path / "charts").iterdir()}
    assert "own-outcomes.svg" not in {path.name for path in (tmp_path / "charts").iterdir()}, "not compared"
    assert OWN in (tmp_path / "report.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert "Own assessment" in book.sheetnames
