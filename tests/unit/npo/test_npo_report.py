"""The sector report: aggregates only, small counts hidden, the same in every format and language."""

from __future__ import annotations

import html
import json
import re
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit import score
from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import CountryMeasure, NationalMeasures, Tier
from fatf_kit.npo.measures.proportionality import CheckResult, ProportionalityState, check_proportion
from fatf_kit.npo.measures.workbook import write_measures_workbook
from fatf_kit.npo.measures.working_papers import write_working_papers
from fatf_kit.npo.model import ColumnCompleteness
from fatf_kit.npo.report.charts import completeness_chart
from fatf_kit.npo.report.disclosure import CLASS_KEYS, shown_classes, shown_segments
from fatf_kit.npo.report.measures import about_names, over_regulation_section, secret_tiers
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.report.rules import load_report_rules
from fatf_kit.npo.scales import SegmentKind
from fatf_kit.npo.survey import Survey
from fatf_kit.report.model import walk_sections
from fatf_kit.report.write import FORMATS
from tests.samples import take_sample
from tests.unit.npo.made_up_sector import GROUPS, group, made_up_sector, make_report
from tests.unit.npo.small_register import body, read, write

MARK = "MARKER"
NATIONAL = NationalMeasures(
    measures=(
        CountryMeasure(name="<b>Return</b> & more", kind="reporting", tiers=frozenset(Tier), hours=12),
        CountryMeasure(name="Visit", kind="inspection", tiers=frozenset({Tier.HIGH}), hours=20),
    )
)


made = partial(make_report, national=NATIONAL, capacity=100)


@pytest.mark.parametrize("language", ["ar", *(pytest.param(one, marks=pytest.mark.full) for one in ("en", "fr"))])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_in_every_language(name: str, language: str) -> None:
    """Each format gives the same bytes twice, and the name of a measure never becomes markup."""
    render = FORMATS[name][1]
    report = made(made_up_sector(investigate=2), language)
    written = render(report)
    assert written == render(report)
    if name == "html":
        assert b"<b>Return" not in written


def test_the_chart_of_risk_has_the_number_of_its_table() -> None:
    """Its title counts the bodies of the high class, and is left out where the table hides their number."""
    sector = made_up_sector()
    for public in (False, True):
        document = make_report(sector, public=public).document
        high = shown_classes(sector)["high"] if public else sector.classes.high
        messages = {chart.id: chart.message for chart in document.charts()}
        assert messages["npo-matrix"] == (f"{high} bodies have the class “high”" if high else "")


def test_the_chart_of_segments_counts_bodies_with_a_class_only() -> None:
    """Ninety bodies about which nothing is known make no segment look safer; the chart says how many have no class."""
    groups = (group(80, "low", activity="health"), group(20, "high", activity="health"), group(10, "high"), group(90))
    charts = {chart.id: chart for chart in make_report(made_up_sector(groups), public=False).document.charts()}
    chart = charts["npo-segments-activity"]
    assert chart.keys == ("low", "medium", "high")
    drawn = {series.label: (series.values, series.marks[-1]) for series in chart.series}
    assert drawn == {"relief and aid": ((0, 0, 100), "10; not classified: 90"), "health": ((80, 0, 20), "100")}
    assert (
        chart.message
        == "The largest share of bodies at high risk is in “Relief and aid” (10 of 10, bodies with a class only)"
    )
    assert "relief and aid: 10 high and 0 medium (bodies with a class: 10; not classified: 90)" in chart.alt


def test_a_hidden_count_without_class_gives_no_bar() -> None:
    """The share of a class among the bodies with a class would tell how many have none."""
    groups = (group(80, "low"), group(20, "high"), group(3), group(70, "low", activity="health"))
    document = make_report(made_up_sector(groups), public=True).document
    (chart,) = (chart for chart in document.charts() if chart.id == "npo-segments-activity")
    drawn = {series.label: (series.values, series.marks[-1]) for series in chart.series}
    assert drawn["relief and aid"] == ((None, None, None, None), "…; not classified: …")
    assert drawn["health"] == ((100, 0, 0, 0), "70")


@pytest.mark.parametrize(("language", "margin"), [("en", "5.65"), ("fr", "5,65"), ("ar", "5.65")])
def test_margin_of_a_survey_is_shown_with_its_source(language: str, margin: str) -> None:
    """A survey is shown with its margin, answers and source, and with its population if one is given."""
    survey = Survey(what="SURVEY", answers=301, population=252_549, source="SOURCE")
    for sector in (survey, replace(survey, population=None)):
        text = FORMATS["html"][1](made(replace(made_up_sector(), surveys=(sector,)), language)).decode()
        (shown,) = re.findall("<p[^>]*>(?:(?!</p>).)*SURVEY.*?</p>", text, re.DOTALL)
        assert margin in shown
        assert "301" in shown
        assert "SOURCE" in shown
        assert bool(sector.population) == bool(re.search(r"252\D?549", shown))
    assert "SURVEY" not in FORMATS["html"][1](made(made_up_sector(), language)).decode()


def test_the_json_keeps_to_its_schema() -> None:
    """Surveys give their margin as a fraction and what it rests on; a JSON of before has none."""
    survey = Survey(what="SURVEY", answers=301, population=252_549, source="SOURCE")
    payload = made(replace(made_up_sector(), surveys=(survey, replace(survey, population=None)))).payload
    named = {"what": "SURVEY", "answers": 301, "population": 252_549, "margin": 0.0565, "source": "SOURCE"}
    assert payload["surveys"] == [named, {**named, "population": None}]
    assert made(made_up_sector()).payload["surveys"] == []
    document = json.loads(json.dumps(payload))
    for older in (document, {key: value for key, value in document.items() if key != "surveys"}):
        assert check_json(older, "npo-1.schema.json", "npo.json") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answers_to_assessors_stand_in_the_report(language: str) -> None:
    """Every section that the table of questions points to is there, under its title."""
    document = made(made_up_sector(), language, public=False).document
    sections = {section.anchor for section in walk_sections(document.sections)}
    pointed = {anchor for question in load_report_rules().questions for anchor in question.answered_by}
    assert pointed - sections == set()


def test_small_counts_are_hidden_and_cannot_be_worked_out() -> None:
    """A class of three bodies is hidden with a second class, in all and in a segment; their sum is shown."""
    sector = made_up_sector((*GROUPS[:4], group(3, "high", activity="health")))
    shown = shown_classes(sector)
    assert (shown["high"], shown["medium"], shown["at risk"]) == (None, None, 80)
    health = {segment.code: counts for segment, counts in shown_segments(sector, SegmentKind.ACTIVITY)}["health"]
    assert (health["high"], health["medium"], health["total"]) == (None, None, 25)
    text = json.dumps(made(sector).payload)
    assert re.findall(r'"(?:high|medium)": 3\b', text) == []


def test_columns_reveal_no_hidden_count() -> None:
    """Each row and column of segments with a hidden count has another hidden one."""
    table = [
        [counts[key] for key in CLASS_KEYS] for _, counts in shown_segments(made_up_sector(), SegmentKind.ACTIVITY)
    ]
    for line in (*table, *zip(*table, strict=True)):
        assert line.count(None) != 1


def test_an_empty_sector_still_makes_a_report() -> None:
    """A sector without bodies in scope, money or a rating has a report."""
    sector = made_up_sector(())
    assert made(sector).document.sections


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a register in which every number and region is a marker, and classify it from the command line."""
    base = tmp_path_factory.mktemp("npo")
    facts = {"legal_form": "association", "status": "active", "activity": "relief", "total_income": "5"}
    assessed = ("threat_area", "foreign_exposure", "delivery_channel", "cash_level", "group_control", "partner_chain")
    rows = [
        body(f"{MARK}-{n}", **facts | {"total_income": str(1000 * n)}, **dict.fromkeys(assessed, str(1 + n % 5)),
             end_use_checks="3", governing_body="3")
        for n in range(60)
    ]  # fmt: skip
    rows += [body(f"{MARK}-1", **facts), body(f"{MARK}-x", **facts | {"status": f"{MARK}-status"})]
    write(base / "register.csv", rows)
    write_measures_workbook(
        base / "measures.xlsx", "en", [{"measure": "Visits", "kind": "inspection", "audience": "high", "hours": 9}]
    )
    done = CliRunner().invoke(
        cli,
        ["npo", "classify", str(base / "register.csv"), "-o", str(base / "out"), "--measures",
         str(base / "measures.xlsx"), "--capacity", "10", "--country", "Ruritania"],
    )  # fmt: skip
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return base / "out"


WORKING_PAPERS = {"classified.csv", "rejected.csv", "inspections.csv"}


def test_no_published_file_names_a_body(folder: Path) -> None:
    """The marker stands in the working papers, and in nothing else, not even inside the parts of a workbook."""
    holds = {path.name for path in folder.rglob("*") if path.is_file() and MARK in contents(path)}
    assert {"classified.csv", "inspections.csv"} <= holds
    assert holds - WORKING_PAPERS == set()
    written = {path.name for path in folder.iterdir()}
    assert {"report.html", "report.docx", "report.xlsx", "npo.json", "answers-R.8.xlsx"} <= written


def contents(path: Path) -> str:
    """Return all text in a file, packed or not."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_the_answers_can_be_read_back(folder: Path) -> None:
    """The answers for R.8 and core issue 10.3 are read with words and evidence, and without a rating."""
    scored = score([folder / "answers-R.8.xlsx"])
    answers = {answer.requirement: answer for answer in scored.responses.answers}
    assert {"R.8/8.1(a)", "R.8/8.1(b)", "R.8/8.1(c)", "IO.10/10.3"} <= set(answers)
    assert {answer.rating for answer in answers.values()} == {None}
    assert {problem.code for problem in scored.problems} == {"rating-missing"}
    assert "60" in answers["R.8/8.1(a)"].explanation


def test_the_working_list_fits_the_capacity(folder: Path) -> None:
    """The list for a capacity of ten days marks no more than ten days of bodies as fitting."""
    rows = read(folder / "inspections.csv")
    assert rows
    assert sum(float(row["days"]) for row in rows if row["fits"]) <= 10
    assert {"high", "medium"} >= {row["class"] for row in rows}


def test_work_that_was_filled_in_is_not_overwritten(folder: Path) -> None:
    """Filled answers and measures are not overwritten without --force."""
    template = folder.parent / "blank"
    assert CliRunner().invoke(cli, ["npo", "template", "-o", str(template)]).exception is None
    (template / "npo-measures-en.xlsx").write_bytes(b"filled")
    again = CliRunner().invoke(cli, ["npo", "template", "-o", str(template)])
    assert isinstance(again.exception, FatfKitError)
    assert (template / "npo-measures-en.xlsx").read_bytes() == b"filled"
    (template / "answers-R.8.xlsx").write_bytes(b"filled")
    with pytest.raises(FatfKitError, match="already exists"):
        write_working_papers(made_up_sector(), template)


@pytest.mark.parametrize("language", take_sample(LANGUAGES, ["ar"]))
def test_words_that_few_bodies_share_are_not_published(language: str, tmp_path: Path) -> None:
    """A region, form or activity of few bodies is in no published part of the report."""
    own = [
        group(1, risk, activity=f"{MARK}-a{n}", form=f"{MARK}-f{n}", region=f"{MARK}-r{n}")
        for n, risk in enumerate(("low", "medium", "high"))
    ]
    report = made(made_up_sector((*GROUPS, *own)), language)
    for name in ("html", "docx", "xlsx"):
        (tmp_path / name).write_bytes(FORMATS[name][1](report))
        assert MARK not in contents(tmp_path / name)
    assert MARK not in json.dumps(report.payload)
    assert MARK not in repr(report.tables)


def test_hours_reveal_no_hidden_count() -> None:
    """Hours of a segment, a class or investigators' cases reveal no hidden count of bodies."""
    sector = made_up_sector(investigate=2)
    health = (SegmentKind.ACTIVITY, "health")
    visits = CountryMeasure(name="Visits", kind="inspection", tiers=frozenset({Tier.HIGH}), segment=health, hours=7)
    files = CountryMeasure(name="Files", kind="reporting", tiers=frozenset({Tier.HARD_TRIGGER}), hours=11)
    for measure, tier in ((visits, Tier.HIGH), (files, Tier.HARD_TRIGGER)):
        national = NationalMeasures(measures=(measure,))
        judged = check_proportion(national, sector, as_of=sector.as_of)
        assert secret_tiers(judged, national, sector) == {tier}


def test_hours_that_could_be_freed_reveal_no_hidden_count() -> None:
    """The hours of four hidden bodies of the low class are hidden in the list and in the sum."""
    sector = made_up_sector((group(4, "low"), group(30, "medium"), group(30, "high")))
    measure = CountryMeasure(name="Audit", kind="audit", tiers=frozenset({Tier.LOW, Tier.MEDIUM}), hours=13)
    national = NationalMeasures(measures=(measure,))
    judged = check_proportion(national, sector, as_of=sector.as_of)
    assert "52" not in repr(over_regulation_section(judged, national, sector, Translator("en")))


def test_the_chart_of_data_shows_no_small_count() -> None:
    """A column that would settle three of twelve has no bar for it."""
    sector = made_up_sector()
    columns = (ColumnCompleteness(column="trustees", mapped=False, known=0, informs=("M02",), would_resolve=3),)
    sector = replace(sector, completeness=replace(sector.completeness, columns=columns))
    (series,) = completeness_chart(sector, load_names("en"), Translator("en")).series
    assert series.values == (0, None)


def test_legal_form_is_named_in_the_readers_language() -> None:
    """A check names a legal form in the reader's language, not by its code; a measure keeps its own name."""
    result = CheckResult(id="O8", state=ProportionalityState.FOUND, about=("waqf", "Order 9"))
    form = load_names("ar").segment(SegmentKind.LEGAL_FORM, "waqf")
    assert form != "waqf"
    assert about_names(result, Translator("ar")) == [form, "Order 9"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_factor_code_has_its_name(language: str) -> None:
    """The name of a factor follows its code on every page and sheet."""
    report, names = made(made_up_sector(), language), load_names(language).factors
    page = re.sub(r"</?bdi[^>]*>", "", FORMATS["html"][1](report).decode().partition("<body")[2])
    cells = (str(cell) for table in report.tables for row in table.rows for cell in row)
    texts = [*re.findall(r"[^<>]+", page), *cells]
    found = [(text, code) for text in map(html.unescape, texts) for code in names if re.search(rf"\b{code}\b", text)]
    assert len(found) >= 6
    assert [text for text, code in found if text.count(code) > text.count(f"{code} {names[code]}")] == []
