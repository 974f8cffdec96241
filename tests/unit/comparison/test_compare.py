"""Two assessments: every movement is explained by steps that add up to it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fatf_kit import ScoringResult, compare, compare_report, score_published
from fatf_kit.cli.main import cli
from fatf_kit.comparison.compare import compare_assessments, find_value, requirements_in
from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA
from fatf_kit.comparison.model import AssessmentComparison, MovementCause, UnitMovement
from fatf_kit.comparison.report import find_direction
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.core.resources import data_folder
from fatf_kit.report.write import write_report
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.compliance import rate_recommendation
from fatf_kit.scoring.roll_up import RatedRequirement
from fatf_kit.workflows.comparison import compare_ends
from tests.unit.comparison.conftest import RURITANIA

Payload = dict[str, Any]


@pytest.fixture(scope="module")
def payload(scored: ScoringResult) -> Payload:
    """The example's assessment.json."""
    made: Payload = json.loads(json.dumps(scored.report(generated_at="2026-11-24").payload))
    return made


def _with(payload: Payload, unit: str, change: Callable[[Payload], None]) -> Payload:
    """The same assessment after a change to every criterion of one Recommendation, rolled up again."""
    made = copy.deepcopy(payload)
    found: Payload = next(one for one in made["recommendations"] if one["id"] == unit)
    for criterion in requirements_in(found):
        change(criterion)  # type: ignore[arg-type]
    values = [RatedRequirement(c["id"], CriterionRating(find_value(c)), c["weight"]) for c in found["criteria"]]
    found["trace"]["shown"]["worst"]["rating"] = str(rate_recommendation(values, load_policy()).rating)
    return made


def _met(criterion: Payload) -> None:
    criterion.update(claimed="met", shown={"worst": "met", "best": "met"})


def _shown(criterion: Payload) -> None:
    if criterion["claimed"]:
        criterion.update(shown={"worst": criterion["claimed"], "best": criterion["claimed"]})


def _only(found: AssessmentComparison, unit: str) -> set[MovementCause]:
    return {step.cause for one in found.movements if one.unit == unit for step in one.steps}


def test_the_same_assessment_did_not_move(payload: Payload) -> None:
    """Nothing against itself."""
    assert compare_assessments(payload, payload).movements == ()


def test_other_answers(payload: Payload) -> None:
    """A Recommendation whose criteria are now all met went up, because of answers and evidence."""
    found = compare_assessments(payload, _with(payload, "R.7", _met))
    assert [(one.unit, one.after) for one in found.movements] == [("R.7", "C")]
    assert MovementCause.ANSWERS in _only(found, "R.7")


def test_other_evidence(payload: Payload) -> None:
    """The same answers, now shown."""
    found = compare_assessments(payload, _with(payload, "R.26", _shown))
    assert _only(found, "R.26") == {MovementCause.EVIDENCE}


def test_other_weights(payload: Payload) -> None:
    """The same answers, weighed otherwise."""

    def weigh(criterion: Payload) -> None:
        criterion["weight"] = 5 if criterion["settled"] == "met" else 1

    found = compare_assessments(payload, _with(payload, "R.22", weigh))
    assert _only(found, "R.22") == {MovementCause.WEIGHTS}


def test_a_unit_that_people_decided(payload: Payload) -> None:
    """A decision on the whole Recommendation."""
    made = copy.deepcopy(payload)
    found = next(one for one in made["recommendations"] if one["id"] == "R.1")
    found["decided"] = "C"
    moved = compare_assessments(payload, made).moved
    assert [(one.unit, one.after, one.steps[-1].cause) for one in moved] == [("R.1", "C", MovementCause.DECISIONS)]


@pytest.mark.parametrize("unit", ["R.7", "R.22", "R.26", "R.10"])
@pytest.mark.parametrize("change", [_met, _shown])
def test_steps_add_up(unit: str, change: Callable[[Payload], None], payload: Payload) -> None:
    """Each step begins where the one before ended; the first at the old rating, the last at the new one."""
    for one in compare_assessments(payload, _with(payload, unit, change)).movements:
        ends = [one.before, *(step.after for step in one.steps)]
        assert ends[:-1] == [step.before for step in one.steps]
        assert one.after == ends[-1]


def test_another_policy(payload: Payload) -> None:
    """The policy is the cause if nothing else differs."""
    made = copy.deepcopy(payload)
    made["provenance"] |= {"policy": "own", "policy_digest": "sha256:0"}
    found = next(one for one in made["recommendations"] if one["id"] == "R.1")
    found["trace"]["shown"]["worst"]["rating"] = "NC"
    assert _only(compare_assessments(payload, made), "R.1") == {MovementCause.POLICY}


def _by_earlier_method(payload: Payload) -> Payload:
    """The same answers as the earlier method wrote them: what is not shown counted as not met."""
    made = copy.deepcopy(payload)
    made["schema"] = EARLIER_SCHEMA
    names = {"wrong kind": "not binding", "unknown kind": "not binding", "nothing on file": "no evidence"}
    for unit in (*made["recommendations"], *made["outcomes"]):
        for one in unit.get("criteria", unit.get("core_issues")):
            status = one.pop("status")
            low = "not met" if "criteria" in unit else "negligible"
            is_shown = status in ("shown", "not needed")
            shown = one["claimed"] if is_shown else None if one["claimed"] is None else low
            worst = one["shown"]["worst"] if one["claimed"] is None or is_shown else low
            one.update(
                showing=names.get(status, "no evidence" if status == "partly shown" else status),
                demonstrated=shown,
                used=one["decided"] or shown,
                range=[worst, one["shown"]["best"]],
            )
        unit["trace"]["used"] = copy.deepcopy(unit["trace"].pop("shown"))
        unit["trace"]["used"]["worst"]["rating"] = "NC" if "criteria" in unit else "LE"
    return made


def test_a_change_of_method_is_no_progress(payload: Payload) -> None:
    """The same answers rated by the earlier method, all lower then: nothing moved, and the old rating is kept."""
    found = compare_assessments(_by_earlier_method(payload), payload)
    assert found.is_earlier_method
    assert found.moved == ()
    better = compare_assessments(_by_earlier_method(payload), _with(payload, "R.7", _met))
    assert [(one.unit, one.before_by_method, one.after) for one in better.moved] == [("R.7", "NC", "C")]


def test_a_later_result_of_the_earlier_method_is_refused(payload: Payload) -> None:
    """It cannot be brought to the present method beside one that is."""
    with pytest.raises(FatfKitError, match="earlier method"):
        compare_assessments(payload, _by_earlier_method(payload))


def test_folders_files_and_workbooks(payload: Payload, tmp_path: Path) -> None:
    """assessment.json, its folder, and the workbooks it was made from say the same."""
    file = tmp_path / "assessment.json"
    file.write_text(json.dumps(payload), encoding="utf-8")
    assert compare(file, tmp_path).movements == ()
    assert compare(tmp_path, RURITANIA).movements == ()


def test_what_score_published_wrote_is_compared(tmp_path: Path) -> None:
    """By its file and by its folder, with a result of the country's own."""
    write_report(score_published("IRQ", report="MER", generated_at="2026-11-24")[1], tmp_path, ["json"])
    by_file, by_folder = compare(tmp_path / "published.json", RURITANIA), compare(tmp_path, RURITANIA)
    assert by_file == by_folder
    assert by_file.published == ("MER 2024-05", "")
    assert len(by_file.moved) > 20


def test_a_document_of_another_kind_is_refused_by_its_name(tmp_path: Path) -> None:
    """The message names what to give instead."""
    file = tmp_path / "peers.json"
    file.write_text('{"schema": "fatf-kit/peers/1"}', encoding="utf-8")
    with pytest.raises(FatfKitError, match=r"Choose a result \(assessment\.json, published\.json\)"):
        compare(file, file)


@pytest.mark.parametrize("text", ['{"schema": "other"}', "[]", "no json"])
def test_other_files_are_refused(text: str, tmp_path: Path) -> None:
    """A file that is not an assessment.json is refused with a reason."""
    file = tmp_path / "assessment.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FatfKitError):
        compare(file, file)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report(language: str, payload: Payload) -> None:
    """The JSON is as its schema says, and every unit that changed has a section."""
    found = compare_assessments(payload, _with(payload, "R.7", _met))
    report = compare_report(found, language)
    assert check_json(report.payload, "compare-1.schema.json", "compare") == ()
    assert [section.anchor for section in report.document.sections] == ["moved", "R.7"]


@pytest.fixture(scope="module")
def evaluated() -> Payload:
    """A published report as `score --published` writes it."""
    made: Payload = json.loads(json.dumps(score_published("IRQ", report="MER", generated_at="2026-11-24")[1].payload))
    return made


def test_since_the_evaluation(payload: Payload, evaluated: Payload) -> None:
    """An assessment beside published ratings: each rating that differs, at both ends, and nothing without a rating."""
    found = compare_assessments(evaluated, payload)
    assert found.published == ("MER 2024-05", "")
    assert {step.cause for one in found.movements for step in one.steps} == {MovementCause.PUBLISHED}
    published = {one["id"]: one["published"] for one in (*evaluated["recommendations"], *evaluated["outcomes"])}
    shown = {one["id"]: one["trace"]["shown"] for one in (*payload["recommendations"], *payload["outcomes"])}
    for one in found.movements:
        assert (published[one.unit], published[one.unit]) == (one.before, one.other_end[0])
        assert shown[one.unit]["worst"]["rating"] == one.after
        assert shown[one.unit]["best"]["rating"] == one.other_end[1]
    assert {"IO.3", "IO.4"} <= set(found.not_comparable)  # they ask something else since the edition of 2022
    report = compare_report(found)
    assert check_json(report.payload, "compare-1.schema.json", "compare") == ()
    assert report.payload["published"] == {"before": "MER 2024-05", "after": None}
    assert report.document.title == "Changes since the published ratings of May 2024"


def test_an_open_rating_is_up_only_where_both_ends_are() -> None:
    """PC in the report: LC to C is up, NC is down, PC to C and NC to LC depend on what can be shown."""
    base = AssessmentComparison(country="", facts={}, movements=(), published=("MER 2024-05", ""))
    for worst, best, direction in (("LC", "C", 1), ("NC", "NC", -1), ("PC", "C", 0), ("NC", "LC", 0), ("NA", "NA", 0)):
        one = UnitMovement(unit="R.1", before="PC", after=worst, steps=(), other_end=("PC", best))
        assert direction == find_direction(one, base)


def test_the_best_end_alone_may_move(payload: Payload) -> None:
    """A better claim without proof moves the best end only, and says so."""
    made = copy.deepcopy(payload)
    found = next(one for one in made["recommendations"] if one["trace"]["shown"]["best"]["rating"] == "PC")
    found["trace"]["shown"]["best"]["rating"] = "C"
    (moved,) = compare_assessments(payload, made).moved
    assert (("PC", "C"), moved.before) == (moved.other_end, moved.after)
    text = repr(compare_report(compare_assessments(payload, made)).document)
    assert "the claimed rating changed, the shown rating did not" in text


@pytest.mark.full
def test_the_oldest_and_the_newest_of_a_history(payload: Payload, evaluated: Payload, tmp_path: Path) -> None:
    """Of history/* the results are put in order by their time; a workbook of decisions is skipped."""
    for name, result, day in (
        ("b", payload, "2026-10-01"),
        ("a", payload, "2026-11-01"),
        ("c", evaluated, "2026-12-01"),
    ):
        made = copy.deepcopy(result)
        made["provenance"]["generated_at"] = day
        (tmp_path / f"{name} assessment.json").write_text(json.dumps(made), encoding="utf-8")
    (tmp_path / "decisions.xlsx").write_bytes((data_folder("examples") / "ruritania" / "decisions.xlsx").read_bytes())
    (tmp_path / "notes.txt").write_text("not a result", encoding="utf-8")
    files = sorted(tmp_path.iterdir())
    found = compare_ends(files)
    assert (found.before.name, found.after.name) == ("c assessment.json", "a assessment.json")
    assert sorted(one.name for one in found.skipped) == ["decisions.xlsx", "notes.txt"]
    assert found.comparison.published == ("MER 2024-05", "")
    told = CliRunner().invoke(cli, ["compare", *map(str, files)])
    assert told.exit_code == 0
    assert "2 files are not assessments and were skipped" in told.stderr
    assert CliRunner().invoke(cli, ["compare", str(files[0])]).exit_code == 2
    alone = CliRunner().invoke(cli, ["compare", str(files[0]), str(tmp_path / "notes.txt")])
    assert isinstance(alone.exception, FatfKitError)


def test_the_earlier_method_is_marked(payload: Payload) -> None:
    """The rating that the earlier method gave stands beside the one that its answers give now."""
    better = compare_assessments(_by_earlier_method(payload), _with(payload, "R.26", _shown))
    assert "earlier method: NC" in repr(compare_report(better).document)
