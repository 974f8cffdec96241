"""The questions to the bodies to ask first: written, filled, read back, and classified with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.npo.functions import npo_classify, npo_questionnaire
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import Exposure, QuestionRound, ScreenedBody, SectorVerdict
from fatf_kit.npo.questions.answers import read_answers
from fatf_kit.npo.questions.questionnaire import select_bodies
from tests.unit.npo.small_register import AS_OF, PROOF, body, classify, read, settings, write

METHOD = load_method()
THIN = [
    body("a", works_abroad="yes", total_spending="100"),
    body("b", works_abroad="yes", total_spending="300"),
    body("c", works_abroad="no", total_spending="600"),
]
FULL = {
    "operating_countries": "سوريا",
    "overseas_spend_share": 0.4,
    "payment_channels": "cash; hawala",
    "cash_income_share": "60%",
    "partner_chain": "4",
    "partner_checks": 2,
    "end_use_checks": "receipts only",
    "accounts_examined": "1",
    "bank_use": "2",
    "financial_control": "2",
}
SYRIA = settings(countries=[{"country": "SY", "level": 5}], home_country="IQ")


def fill(path: Path, answers: Mapping[str, Mapping[str, object]]) -> Path:
    """Type answers into a questionnaire, found by its hidden row of keys."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    keys = {str(cell.value): place for place, cell in enumerate(sheet[4], start=1)}
    for row in range(5, sheet.max_row + 1):
        for column, value in answers.get(str(sheet.cell(row, keys["npo_id"]).value), {}).items():
            sheet.cell(row, keys[column]).value = value  # type: ignore[assignment]
    book.save(path)
    return path


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_come_back_by_number_and_are_classified(tmp_path: Path, language: str) -> None:
    """Two were to be asked and one answered, with names of any language: it has a class now, the others none."""
    register = write(tmp_path / "register.csv", THIN)
    selection, (path,) = npo_questionnaire(register, tmp_path / "q", settings=SYRIA, languages=(language,), as_of=AS_OF)
    assert [one.npo_id for one in selection.bodies] == ["b", "a"]
    assert path.stat().st_mode & 0o777 == 0o600
    fill(path, {"b": FULL})
    made = npo_classify(register, tmp_path / "out", settings=SYRIA, answers=[path], as_of=AS_OF)
    lines = read(tmp_path / "out" / "classified.csv")
    assert [line["class"] for line in lines] == ["", "high", ""]
    assert tuple(lines[1][factor] for factor in ("T02", "V02", "V05", "V04", "V08")) == ("5", "4", "5", "5", "4")
    assert made.result.question_rounds == (QuestionRound(group=2, requested=2, answered=1),)
    assert (made.result.verdict, made.result.classified_share) == (SectorVerdict.PARTLY, (1 / 3, 0.3))
    assert made.result.problems == ()
    assert [row["npo_id"] for row in read(tmp_path / "out" / "ask-first.csv")] == ["a"]


def test_classified_body_is_not_in_the_next_questionnaire(tmp_path: Path) -> None:
    """The next questionnaire lists only the bodies that still have no class."""
    register = write(tmp_path / "register.csv", THIN)
    _, (path,) = npo_questionnaire(register, tmp_path / "q", settings=SYRIA, as_of=AS_OF)
    fill(path, {"b": FULL})
    again, _ = npo_questionnaire(register, tmp_path / "r", settings=SYRIA, answers=[path], as_of=AS_OF)
    assert [one.npo_id for one in again.bodies] == ["a"]


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same register gives the same bytes in every language, with a sample or without."""
    register = write(tmp_path / "register.csv", THIN)
    one, other = (npo_questionnaire(register, tmp_path / name, languages=LANGUAGES, as_of=AS_OF)[1] for name in "xy")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    assert len(one) == 3


def screened(number: int, *, first: bool = False) -> ScreenedBody:
    """Return a body of the group."""
    exposure = Exposure(features=("abroad",), countries=(), watched=(), is_first=first)
    return ScreenedBody(npo_id=str(number), line=number, money=None, is_in_scope=True, exposure=exposure)


def test_sample_is_drawn_from_a_large_group() -> None:
    """300 of 1,348 bodies are drawn, with a margin of 5 points at most; a seed always draws the same."""
    group = [screened(n) for n in range(1_348)]
    drawn = select_bodies(group, METHOD)
    assert (len(drawn.bodies), drawn.drawn, drawn.rest) == (300, 300, 1_348)
    assert drawn.margin is not None
    assert pytest.approx(100 * drawn.margin, abs=0.01) == 4.99
    assert drawn == select_bodies(group, METHOD)
    assert drawn.bodies != select_bodies(group, METHOD, seed=9).bodies
    everybody = select_bodies(group, METHOD, everybody=True)
    assert (len(everybody.bodies), everybody.drawn) == (1_348, None)
    assert select_bodies(group, METHOD, sample=50).drawn == 50


def test_priority_bodies_are_always_selected() -> None:
    """Priority bodies are always selected and only the others are drawn; a small group is selected whole."""
    group = [*(screened(n, first=True) for n in range(30)), *(screened(n) for n in range(30, 1_000))]
    drawn = select_bodies(group, METHOD, sample=20)
    assert [str(n) for n in range(30)] == [one.npo_id for one in drawn.bodies[:30]]
    assert (len(drawn.bodies), drawn.drawn, drawn.rest, drawn.group) == (50, 20, 970, 1_000)
    assert None is select_bodies(group[:400], METHOD).drawn


def test_a_sample_is_reported_as_one(tmp_path: Path) -> None:
    """How many were drawn comes back with the workbook, and two languages of one round are one round."""
    register = write(tmp_path / "register.csv", [body(str(n), works_abroad="yes") for n in range(30)])
    selection, paths = npo_questionnaire(register, tmp_path / "q", languages=("ar", "fr"), sample=10, as_of=AS_OF)
    first, second = (one.npo_id for one in selection.bodies[:2])
    fill(paths[0], {first: {"works_abroad": "no"}})
    fill(paths[1], {second: {"works_abroad": "non"}})
    given = read_answers(paths, METHOD)
    assert given.question_rounds == (QuestionRound(group=30, requested=10, answered=2, drawn=10),)
    assert given.bodies == {first: {"works_abroad": "no"}, second: {"works_abroad": "non"}}


def test_undetermined_bodies_get_questions_on_the_definition(tmp_path: Path) -> None:
    """A body of undetermined scope is in scope after its answers on purpose and funds."""
    register = write(tmp_path / "register.csv", [body("a", works_abroad="yes", purpose="", raises_or_disburses="")])
    _, (path,) = npo_questionnaire(register, tmp_path / "q", as_of=AS_OF)
    fill(path, {"a": {"purpose": "educational", "raises_or_disburses": "yes"}})
    npo_classify(register, tmp_path / "out", answers=[path], as_of=AS_OF)
    assert [line["scope"] for line in read(tmp_path / "out" / "classified.csv")] == ["in"]


def test_answers_keep_to_the_mapping(tmp_path: Path) -> None:
    """A constant gives way to an answer, a column of the register too, and the register's own separator is kept."""
    register = tmp_path / "register.csv"
    register.write_text(
        'ref;abroad;chan\n"a";"yes";"bank|cash"\n\n"b";"yes";"bank"\nbroken;yes;bank;more\n"c";"yes";""\n'
    )
    mapping = tmp_path / "map.json"
    mapping.write_text(
        '{"schema": "fatf-kit/npo-mapping/1", "columns": {"npo_id": {"from": "ref"},'
        '"works_abroad": {"from": "abroad"}, "payment_channels": {"from": "chan", "separator": "|"},'
        '"purpose": {"constant": "charitable", "because": "x"},'
        '"raises_or_disburses": {"constant": "yes", "because": "x"}}}'
    )
    _, (path,) = npo_questionnaire(register, tmp_path / "q", mapping=mapping, as_of=AS_OF)
    fill(path, {"b": {"payment_channels": "hawala; cash"}, "c": {"works_abroad": "no"}})
    made = npo_classify(register, tmp_path / "out", mapping=mapping, answers=[path], as_of=AS_OF)
    lines = read(tmp_path / "out" / "classified.csv")
    assert [(line["npo_id"], line["line"], line["scope"], line["V05"]) for line in lines] == [
        ("a", "2", "in", "4"),
        ("b", "4", "in", "5"),
        ("c", "6", "in", ""),
    ]
    assert (made.result.register.registered, made.result.register.rejected) == (3, 1)


def test_unusable_answers_are_reported(tmp_path: Path) -> None:
    """An unknown number, two answers to one question and a file of another kind are reported."""
    register = write(tmp_path / "register.csv", THIN)
    _, (one, other) = npo_questionnaire(register, tmp_path / "q", languages=("en", "fr"), as_of=AS_OF)
    fill(one, {"a": {"works_abroad": "no"}, "b": {"works_abroad": "no"}})
    fill(other, {"a": {"works_abroad": "yes"}})
    other_register = write(tmp_path / "only-c.csv", [*THIN[1:], body("d")])
    made = npo_classify(other_register, tmp_path / "out", answers=[one, other, register], as_of=AS_OF)
    codes = [problem.code for problem in made.result.problems]
    assert {"npo-answer-unmatched", "npo-answer-twice"} <= set(codes)
    assert any(code.startswith(("workbook", "file")) for code in codes)


def test_register_without_exposure_has_no_questionnaire(tmp_path: Path) -> None:
    """A register without exposure has no questionnaire; linked bodies get no questions."""
    register = write(tmp_path / "register.csv", [body("a"), body("b", works_abroad="yes", tf_cases="5", **PROOF)])
    selection, paths = npo_questionnaire(register, tmp_path / "q", as_of=AS_OF)
    assert (selection.bodies, paths, list(tmp_path.glob("q/*"))) == ((), (), [])
    made, _ = classify(tmp_path, [body("a")])
    assert made.result.question_rounds == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questionnaire_is_read_without_its_keys_and_stamp(tmp_path: Path, language: str) -> None:
    """Columns are then known by the first line of their headings, in any language; words next to them are reported."""
    register = write(tmp_path / "register.csv", THIN)
    _, (path,) = npo_questionnaire(register, tmp_path / "q", settings=SYRIA, languages=(language,), as_of=AS_OF)
    fill(path, {"b": FULL})
    before = read_answers([path], METHOD)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    sheet.delete_rows(4)
    sheet.cell(4, sheet.max_column + 2).value = "our remark"
    del book["_stamp"]
    book.save(path)
    after = read_answers([path], METHOD)
    assert after.bodies == before.bodies
    assert [problem.code for problem in after.problems] == ["cell-unplaced"]
    assert before.problems == ()
