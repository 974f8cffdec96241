"""The sector report on thin registers, referred bodies and the sector's rating; internal and public."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit.cli.main import cli
from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import NationalMeasures
from fatf_kit.npo.measures.plans import load_plan_settings
from fatf_kit.npo.measures.proportionality import check_proportion
from fatf_kit.npo.model import Decision, QuestionRound, SectorResult, SectorVerdict
from fatf_kit.npo.report import NpoInput, build_npo_report
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.scales import RiskBand
from fatf_kit.report.model import Report
from fatf_kit.report.write import FORMATS
from tests.unit.npo.made_up_sector import AS_OF, GROUPS, group, made_up_sector
from tests.unit.npo.small_register import PROOF, body, read, write

DESCRIBED = NationalMeasures(described={"cases": "CASES-TEXT", "consulted": "VIEWS-TEXT"})


def made(
    sector: SectorResult, national: NationalMeasures | None = None, language: str = "en", *, public: bool = False
) -> Report:
    """The report on a sector."""
    given = NpoInput(
        sector=sector,
        judged=check_proportion(national, sector, as_of=AS_OF),
        national=national,
        settings=load_plan_settings(language),
        country="Ruritania",
        generated_at="2026-11-24T10:00+00:00",
        public=public,
    )
    return build_npo_report(given, load_names(language), Translator(language), tool="0")


def words(report: Report) -> str:
    """The page without its markup."""
    page = FORMATS["html"][1](report).decode().partition("<body")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def thin() -> SectorResult:
    """Two hundred bodies without a class, twelve to ask first."""
    return replace(made_up_sector((group(200),)), verdict=SectorVerdict.NOT, matrix=((0,) * 5,) * 5)


def test_no_headline_rates_the_sector_by_its_middle_body() -> None:
    """Without a decision there is no rating; the proposal says what it rests on."""
    text = words(made(made_up_sector()))
    assert "By the number of bodies" not in text
    assert "The sector has no rating yet" in text
    assert "Proposal: medium. National threat 3 of 5 and exposure 3 of 5" in text


def test_a_decision_is_the_rating_with_its_reason() -> None:
    """By whom and when; that it differs from the proposal is said."""
    sector = made_up_sector()
    decision = Decision(rating=RiskBand.MEDIUM_LOW, reason="WHY", office="the NPO Council", on=date(2026, 5, 1))
    report = made(replace(sector, sector=replace(sector.sector, decision=decision)))
    text = words(report)
    assert "The sector is rated medium-low by decision of the working group (the NPO Council, 1 May 2026)." in text
    assert "Reason given: WHY" in text
    assert "The decision differs from the proposal" in text
    payload = json.loads(json.dumps(report.payload))
    assert (
        payload["sector"]["rating"], payload["sector"]["reason"], payload["sector"]["proposal"]["band"],
    ) == ("medium-low", "WHY", "medium")  # fmt: skip
    assert check_json(payload, "npo-1.schema.json", "npo.json") == ()


def test_the_threat_and_the_sectors_views_come_before_any_number() -> None:
    """What the country wrote, what it did not write yet, and then the counts."""
    text = words(made(made_up_sector(), DESCRIBED))
    text = text[text.index("The threat") :]
    assert text.index("CASES-TEXT") < text.index("VIEWS-TEXT") < text.index("registered")
    assert "Not described yet." in text
    nothing = words(made(made_up_sector()))
    assert "The nature of the threat is not described yet." in nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thin_register_is_not_rated_and_says_what_to_collect(language: str) -> None:
    """The headline, the columns to collect next and whom to ask; no chart of classes and no subset."""
    report = made(thin(), language=language)
    anchors = [section.anchor for section in report.document.sections]
    assert anchors[:5] == ["nature", "counts", "ask-first", "scope", "classes"]
    assert {"segments", "subset"}.isdisjoint(anchors)
    assert [chart.id for chart in report.document.charts() if chart.id in ("npo-matrix", "npo-subset")] == []
    text = words(report)
    assert load_names(language).column("payment_channels") in text
    if language == "en":
        assert "The sector cannot be classified from this register" in text
        assert "To be asked first: 12 of them." in text
        assert text.index("Columns to collect next") < text.index("Countries where it works") < text.index("registered")


def test_how_many_were_asked_and_answered_is_reported() -> None:
    """With the margin of a sample and what share of bodies and of money has a class now."""
    sector = replace(
        made_up_sector((group(20, "low", money=300), group(180, money=700))),
        verdict=SectorVerdict.PARTLY,
        asked=(QuestionRound(group=120, asked=100, answered=40, drawn=80),),
    )
    text = words(made(sector)).replace("\u202f", " ").replace("\xa0", " ")
    assert "Asked: 100 of 120 bodies in the group. Answered: 40 (40 %)." in text
    assert "80 of them were drawn at random from 100" in text
    assert "4.9 percentage points" in text
    assert "With these answers 10 % of the bodies that are or may be within the definition have a class" in text
    assert "and 30 % of their money." in text
    assert "Only a part of the sector can be classified from this register: 10 %" in text


def test_referred_bodies_are_in_counts_classes_and_measures() -> None:
    """A figure of their own, a line within the high class, and the tier of measures for them."""
    sector = made_up_sector(investigate=7)
    text = words(made(sector))
    assert "Referred to investigators: 7 of the bodies of high risk." in text
    assert text.count("of these referred to investigators") == 1
    assert made(sector).payload["classes"]["referred"] == 7  # type: ignore[index]


def test_an_internal_report_shows_the_segments_at_risk_and_a_public_one_hides_small_counts() -> None:
    """Three bodies of the high class: shown to the authority, hidden from the public, in page, tables and JSON."""
    sector = made_up_sector((*GROUPS[:4], group(3, "high", activity="health")), investigate=2)
    internal, public = made(sector), made(sector, public=True)
    rows = {
        name: next(row for table in report.tables if table.key == "segments" for row in table.rows if "health" in row)
        for name, report in (("internal", internal), ("public", public))
    }
    assert (rows["internal"][2], rows["public"][2]) == (3, None)
    assert (internal.payload["classes"]["high"], public.payload["classes"]["high"]) == (3, None)  # type: ignore[index]
    assert (internal.payload["classes"]["referred"], public.payload["classes"]["referred"]) == (2, None)  # type: ignore[index]
    assert "…" not in words(internal)
    assert "…" in words(public)
    assert "Internal:" in words(internal)
    assert "Internal:" not in words(public)


def test_the_command_reports_asks_and_publishes(tmp_path: Path) -> None:
    """From a thin register to the questions; with --public no file of the report holds a small count or a number."""
    rows = [body(f"NPO-{n}", works_abroad=("no", "yes")[n < 3], region=f"Region-{n}") for n in range(40)]
    rows.append(body("NPO-x", tf_cases="5", **PROOF))
    register = write(tmp_path / "register.csv", rows)

    def run(*args: str) -> str:
        done = CliRunner().invoke(cli, ["npo", *args])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
        return done.output

    said = run("classify", str(register), "-o", str(tmp_path / "in"), "--report", "html,json")
    assert "The sector cannot be classified from this register" in said
    assert "Collect next: Countries where it works" in said
    assert "'fatf-kit npo questionnaire'" in said
    said = run("questionnaire", str(register), "-o", str(tmp_path / "q"), "--languages", "ar,fr")
    assert "Bodies to ask first: 3. Asked: 3." in said
    assert {p.name for p in (tmp_path / "q").iterdir()} == {"npo-questionnaire-ar.xlsx", "npo-questionnaire-fr.xlsx"}
    run("classify", str(register), "-o", str(tmp_path / "out"), "--public", "--report", "html,json")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "NPO-" not in page
    assert "Region-" not in page
    payload = json.loads((tmp_path / "out" / "npo.json").read_text(encoding="utf-8"))
    assert (payload["classes"]["high"], payload["ask_first"]["bodies"], payload["verdict"]) == (None, None, "not")
    assert [line["class"] for line in read(tmp_path / "out" / "classified.csv") if line["class"]] == ["high"]
