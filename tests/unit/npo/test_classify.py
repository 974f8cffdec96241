"""A register in, scope and classes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.npo.functions import npo_check
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.risk_matrix import ADEQUATE, STRONG, WEAK, RiskCell, all_cells, inherent_band, residual_band
from fatf_kit.npo.scales import RiskBand, SegmentKind
from tests.unit.npo.small_register import PROOF, body, classify, settings, write

SYRIA = settings(home_country="Iraq", countries=[{"country": "SY", "level": 5}])


def test_scope_by_limbs_exclusions_and_status(tmp_path: Path) -> None:
    """Each way out has its reason, and what is not known is undetermined and never in."""
    rows = [
        body("in"),
        body("fees", raises_or_disburses="no"),
        body("shop", purpose="commercial"),
        body("club", legal_form="club"),
        body("state", public_body="yes"),
        body("asleep", status="dormant"),
        body("gone", status="dissolved"),
        body("silent", purpose="", raises_or_disburses=""),
        body("money", raises_or_disburses="", donations_income="60", total_income="100"),
        body("club-collecting", legal_form="club", public_fundraising="yes"),
    ]
    made, lines = classify(tmp_path, rows)
    expected = ["", "not_raising", "purpose", "member_benefit", "public_body", "dormant", "dissolved", "both_unknown"]
    assert [line["scope_reason"] for line in lines] == [*expected, "", "member_benefit_unclear"]
    counts = made.result.register
    assert (
        counts.registered, counts.active, counts.in_scope, counts.out_of_scope, counts.undetermined,
    ) == (10, 8, 2, 6, 2)  # fmt: skip


def test_out_of_scope_gets_no_class(tmp_path: Path) -> None:
    """A body outside the definition, or undetermined, has no class, whatever is known of it."""
    rows = [body("out", purpose="commercial", tf_cases="5"), body("open", purpose="", tf_cases="5")]
    _, lines = classify(tmp_path, rows)
    assert [(line["class"], line["reasons"]) for line in lines] == [("", ""), ("", "")]


def test_bare_flag_is_no_conflict_zone(tmp_path: Path) -> None:
    """Working abroad without a country is unknown: a bare yes does not say where, and gives no class."""
    rows = [body(str(n), works_abroad="yes", registration_date="2026-01-01", pays_individuals="yes") for n in range(5)]
    _, lines = classify(tmp_path, rows, settings=SYRIA)
    assert {(line["T02"], line["class"], line["provisional"]) for line in lines} == {("", "", "yes")}


def test_countries_in_three_languages(tmp_path: Path) -> None:
    """Codes of two and three letters and names in English, Arabic and French mean the same country."""
    names = ["SY", "SYR", "Syria", "سوريا", "Syrie", "syr ; Jordan"]
    _, lines = classify(
        tmp_path, [body(str(n), operating_countries=name) for n, name in enumerate(names)], settings=SYRIA
    )
    assert ["5"] * len(names) == [line["T02"] for line in lines]


def test_namibia_is_not_missing(tmp_path: Path) -> None:
    """The code of Namibia is a country and no mark of a missing value."""
    _, lines = classify(tmp_path, [body("a", operating_countries="NA")], settings=SYRIA)
    assert lines[0]["T02"] == "2"


def test_places_have_dates(tmp_path: Path) -> None:
    """A place that left the list before the day of judgement does not count."""
    past = settings(home_country="IQ", countries=[{"country": "JO", "level": 5, "to": "2020-01-01"}])
    _, lines = classify(tmp_path, [body("a", operating_countries="JO")], settings=past)
    assert lines[0]["T02"] == "2"


def test_hard_trigger_goes_to_investigators(tmp_path: Path) -> None:
    """A proven hard trigger is high and referred; one without source, office and date is to be verified."""
    rows = [
        body("hit", screening_result="5", works_abroad="no", **PROOF),
        body("unproven", screening_result="5", works_abroad="no"),
        body("clear", screening_result="1", works_abroad="no"),
    ]
    made, lines = classify(tmp_path, rows)
    assert [(line["investigate"], line["class"]) for line in lines] == [
        ("referred", "high"),
        ("to verify", ""),
        ("", "low"),
    ]
    assert (made.result.investigate_total, made.result.classes.high, made.result.classes.to_verify) == (1, 1, 1)


def test_suspicion_outside_the_definition_is_not_lost(tmp_path: Path) -> None:
    """An out-of-scope or undetermined body gets no class and no measure, but its hard trigger is reported."""
    rows = [
        body("out", purpose="commercial", tf_cases="5"),
        body("open", purpose="", screening_result="4"),
        body("in", tf_cases="4", works_abroad="no", **PROOF),
        body("calm", purpose="", tf_cases="1"),
    ]
    made, lines = classify(tmp_path, rows)
    assert [line["investigate"] for line in lines] == ["to verify", "to verify", "referred", ""]
    assert [line["class"] for line in lines[:2]] == ["", ""]
    assert (made.result.investigate_total, made.result.investigate_outside) == (1, 2)


@pytest.mark.parametrize(
    ("facts", "columns"),
    [
        ({}, []),
        ({"purpose": None}, ["Purpose"]),
        ({"raises_or_disburses": None}, ["Mainly raises or spends funds"]),
        (
            {"raises_or_disburses": None, "public_fundraising": "no"},
            [],
        ),  # a column for the limb, though it says nothing
        ({"purpose": None, "raises_or_disburses": None}, ["Purpose", "Mainly raises or spends funds"]),
    ],
)
def test_scope_condition_without_a_column_is_reported(
    tmp_path: Path, facts: dict[str, str | None], columns: list[str]
) -> None:
    """A condition of the definition that no column shows is reported, because no body is in scope without it."""
    row = {key: text for key, text in {**body("a"), **facts}.items() if text is not None}
    made, _ = classify(tmp_path, [row])
    problems = [problem for problem in made.result.problems if problem.code == "npo-scope-open"]
    assert [dict(problem.facts)["column"] for problem in problems] == columns


def test_listed_place_without_a_row_is_reported(tmp_path: Path) -> None:
    """A listed area or region that no row names is reported as a likely typing error, unless it is out of date."""
    chosen = settings(
        areas=[
            {"area": "Upper Hill", "level": 4},
            {"area": "Uper Coast", "level": 5},
            {"area": "Old Town", "level": 5, "to": "2020-01-01"},
        ],
        segment_factors=[{"id": "T04", "region": "Nort", "value": 3}, {"id": "T04", "region": "South", "value": 3}],
    )
    rows = [body("a", region="North", operating_areas="upper hill; Upper Coast"), body("b", region="South")]
    made, _ = classify(tmp_path, rows, settings=chosen)
    reported = [dict(p.facts)["found"] for p in made.result.problems if p.code == "npo-place-unmet"]
    assert reported == ["uper coast", "nort"]


def test_unused_headings_are_reported(tmp_path: Path) -> None:
    """A column of remarks is not read, and its heading is reported."""
    made, _ = classify(tmp_path, [body("a", remarks="ask again", trustees="3")])
    assert made.unused == ("remarks",)


def test_unrated_without_any_threat_fact(tmp_path: Path) -> None:
    """A body without any fact on threat has no class; its class is not low."""
    made, lines = classify(tmp_path, [body("a", cash_income_share="90%")])
    assert lines[0]["class"] == ""
    assert (made.result.classes.unrated, made.result.classes.low, made.result.classes.provisional) == (1, 0, 1)


def test_overrides_up_and_down(tmp_path: Path) -> None:
    """An override changes the class, not the band, and is counted by direction; one for no body is reported."""
    sheet = tmp_path / "overrides.csv"
    sheet.write_text(
        "npo_id,class,reason,office,date\na,high,a,b,2026-01-01\nb,low,a,b,2026-01-01\nz,low,a,b,2026-01-01\n"
    )
    (tmp_path / "s.json").write_text('{"schema": "fatf-kit/npo-settings/1", "overrides": "overrides.csv"}')
    made, lines = classify(tmp_path, [body(i, works_abroad="no", cash_income_share="1") for i in "ab"],
                           settings=tmp_path / "s.json")  # fmt: skip
    assert [(r["class"], r["override"], r["band"]) for r in lines] == [("high", "yes", "low"), ("low", "yes", "low")]
    assert (
        made.result.overrides.up, made.result.overrides.down, made.result.overrides.same, made.result.overrides.unused,
    ) == (1, 0, 1, 1)  # fmt: skip
    assert "npo-override-unused" in [problem.code for problem in made.result.problems]


def test_override_needs_its_reason(tmp_path: Path) -> None:
    """An override without a reason is refused, and the message names its line."""
    (tmp_path / "o.csv").write_text("npo_id,class,reason,office,date\na,high,,b,2026-01-01\n")
    with pytest.raises(FatfKitError, match=r"line 2 of .* lacks these columns: reason"):
        settings(overrides=str(tmp_path / "o.csv"))


def test_fold_is_a_setting(tmp_path: Path) -> None:
    """The same band shows as low or medium by the country's own choice of fold."""
    rows = [body("a", threat_area="2", foreign_exposure="2", cash_level="3")]
    _, down = classify(tmp_path, rows)
    _, up = classify(tmp_path, rows, settings=settings(fold="up"))
    assert [(r["band"], r["class"]) for r in (*down, *up)] == [("medium-low", "low"), ("medium-low", "medium")]


def test_jordan_is_unchanged_by_adequate_measures() -> None:
    """Jordan 2022: inherent low-medium, adequate measures, the same residual; strong ones take one band off."""
    method = load_method()
    jordan = RiskCell(threat=2, vulnerability=3, controls=ADEQUATE, hard=False)
    assert RiskBand.MEDIUM_LOW is inherent_band(method, jordan)
    assert RiskBand.MEDIUM_LOW is residual_band(method, jordan)
    strong = RiskCell(threat=2, vulnerability=3, controls=STRONG, hard=False)
    assert RiskBand.LOW is residual_band(method, strong)


def test_residual_is_never_above_inherent() -> None:
    """No cell has a residual band above its inherent one, and weak controls change nothing."""
    method = load_method()
    for cell in all_cells():
        inherent, residual = inherent_band(method, cell), residual_band(method, cell)
        if cell.hard or cell.is_uncontrolled:
            assert RiskBand.HIGH is residual
            continue
        assert inherent is not None
        assert inherent.rank >= residual.rank
        if cell.controls == WEAK:
            assert inherent is residual


def test_matrix_is_monotone_and_weakness_alone_is_no_risk() -> None:
    """More threat or vulnerability never gives a lower band, and with threat 1 nothing reaches medium."""
    matrix = [[band.rank for band in row] for row in load_method().matrix]
    for t in range(5):
        for v in range(5):
            assert t == 0 or matrix[t][v] >= matrix[t - 1][v]
            assert v == 0 or matrix[t][v] >= matrix[t][v - 1]
    assert RiskBand.MEDIUM.rank > max(matrix[0])


def test_algeria_does_not_add_up(tmp_path: Path) -> None:
    """Algeria 2025: the published parts sum to one more than the stated total, and a warning says so."""
    stated = {"what": "Algeria 2025", "stated": 41807, "parts": [20034, 9619, 8199, 3615, 335, 6]}
    made, _ = classify(tmp_path, [body("a")], settings=settings(stated_totals=[stated]))
    assert [(r.what, r.summed, r.difference) for r in made.result.reconciliations] == [("Algeria 2025", 41808, 1)]
    assert [problem.code for problem in made.result.problems] == ["npo-total"]


def test_registered_and_active_bodies_are_counted_apart(tmp_path: Path) -> None:
    """A quarter of the registered bodies is active, and only these can be in scope, as in Iraq 2024."""
    rows = [body(str(n), status="active" if n % 4 == 0 else "dormant") for n in range(60)]
    made, _ = classify(tmp_path, rows)
    counts = made.result.register
    assert (counts.registered, counts.active, counts.in_scope) == (60, 15, 15)


def test_number_of_active_bodies_is_unknown_without_a_status(tmp_path: Path) -> None:
    """The number of active bodies is unknown without any status, and not 0."""
    made, _ = classify(tmp_path, [body("a", status="")])
    assert made.result.register.active is None


def test_register_order_and_formulas(tmp_path: Path) -> None:
    """Rows keep their order, and a number that a spreadsheet would calculate is disarmed unless asked otherwise."""
    rows = [body("=1+1"), body("b"), body("+a"), body("@c")]
    _, lines = classify(tmp_path, rows)
    assert [line["npo_id"] for line in lines] == ["'=1+1", "b", "'+a", "'@c"]
    _, raw = classify(tmp_path, rows, formula_safe=False)
    assert [line["npo_id"] for line in raw] == ["=1+1", "b", "+a", "@c"]


def test_reasons_in_arabic(tmp_path: Path) -> None:
    """Reasons are shown in the chosen language, with the factor's id and level."""
    _, lines = classify(tmp_path, [body("a", operating_countries="SY")], settings=SYRIA, language="ar")
    assert remove_isolation(lines[0]["reasons"]).startswith("T02=5: معظم الإنفاق")


def test_what_to_collect_next(tmp_path: Path) -> None:
    """The value of a column is how many provisional classes it would settle by itself; steps add up to all."""
    rows = [body(str(n), works_abroad="no", cash_income_share="1") for n in range(10)]
    made, _ = classify(tmp_path, rows)
    done = made.result.completeness
    assert made.result.classes.provisional == 10
    assert done.collect_next[-1].resolved == 10
    assert [step.resolved for step in done.collect_next] == sorted(step.resolved for step in done.collect_next)


def test_segments_add_up(tmp_path: Path) -> None:
    """Each cut of the register counts every body in scope once, by count and by money."""
    rows = [
        body(str(n), activity=("relief", "health", "")[n % 3], region=f"R{n % 4}", works_abroad="no",
             total_spending=str(n * 10), cash_income_share="50") for n in range(40)
    ]  # fmt: skip
    made, _ = classify(tmp_path, rows)
    for kind in SegmentKind:
        parts = made.result.by(kind)
        assert made.result.classes.total == sum(part.classes.total for part in parts)
        assert made.result.money.total == sum(part.money.total for part in parts)
        assert sum(group.count for group in made.result.groups if group.kind is kind) == 40


def test_workbook_of_classes(tmp_path: Path) -> None:
    """The workbook holds the same rows as the CSV, texts as texts."""
    from python_calamine import CalamineWorkbook

    _, lines = classify(tmp_path, [body("=1+1"), body("002")], formats=("csv", "xlsx"), formula_safe=False)
    rows = CalamineWorkbook.from_path(tmp_path / "out" / "classified.xlsx").get_sheet_by_index(0).to_python()
    assert [line["npo_id"] for line in lines] == [row[0] for row in rows[1:]]


def test_check_finds_nothing_in_a_clean_register(tmp_path: Path) -> None:
    """A register without faults has no problems."""
    assert npo_check(write(tmp_path / "r.csv", [body("a"), body("b")])) == ()


def test_threat_is_its_highest_and_its_average(tmp_path: Path) -> None:
    """0.6 of the highest and 0.4 of the average: 2.49 is level 2, and 2.50 is level 3 exactly."""
    below = {"threat_area": "3", "foreign_exposure": "1", "group_control": "1"}  # 1.8 + 0.4 x 950 / 550
    at = {"group_control": "3", "tf_cases": "1"}  # 1.8 + 0.4 x 700 / 400
    _, lines = classify(tmp_path, [body("below", **below, cash_level="3"), body("at", **at, cash_level="3")])
    assert [(line["threat"], line["band"]) for line in lines] == [("2.49", "medium-low"), ("2.50", "medium")]


def test_size_by_fifths_of_the_register(tmp_path: Path) -> None:
    """The value of resources is the fifth of the register that an income is in, and weighs in vulnerability."""
    rows = [body(str(n), total_income=str(n * 10), threat_area="1") for n in range(1, 6)] + [
        body("x", threat_area="1", cash_level="4")
    ]
    _, lines = classify(tmp_path, rows)
    assert [(line["V12"], line["vulnerability"]) for line in lines] == [
        *((str(n), f"{n}.00") for n in range(1, 6)),
        ("", "4.00"),
    ]
    assert [line["band"] for line in lines] == ["low", "low", "low", "medium-low", "medium-low", "medium-low"]
    assert [line["known_share"] for line in lines] == ["0.05"] * 5 + ["0.06"]
