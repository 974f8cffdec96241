"""A message may be passed on, so it quotes only short text and no restricted text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.assessment.answers.parse import parse_workbook
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.schema import ANSWERS
from fatf_kit.core.languages import LANGUAGES, list_labels, list_named_scales
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.finding import find_table
from fatf_kit.spreadsheets.fingerprints import PrintedCells
from fatf_kit.spreadsheets.formats.limits import SheetScan
from fatf_kit.spreadsheets.ledger import CellLedger
from fatf_kit.spreadsheets.rows import FilledRow
from fatf_kit.spreadsheets.sheet import CellValue, SheetContent
from fatf_kit.spreadsheets.tables import read_table
from tests.rows import raw_row as row

EDITION = load_framework("fatf-2022")
MARKER = "Zyxwv"
NARRATIVE = f"{MARKER} was named by the bank as a suspect in June."
KEYS = ("rating", "in_force_from", "action_due", "evidence", "confidentiality")


def problems_of(*rows: FilledRow, evidence: tuple[FilledRow, ...] = (), **cover: CellValue) -> list[Problem]:
    """Return every problem of these rows."""
    raw = RawWorkbook(file="a.xlsx", sha256="0", stamp=None, rows=rows, evidence=evidence, cover=cover)
    return list(parse_workbook(raw, EDITION)[1])


def texts_of(problems: list[Problem]) -> str:
    """Return all texts of the problems in every language, and their facts."""
    texts = [problem.text_in(Translator(language)) for problem in problems for language in ("en", "ar", "fr")]
    return "\n".join([*texts, *(problem.message for problem in problems), *(str(p.facts) for p in problems)])


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("requirement", ["R.1/1.1", "IO.3/3.4(a)"])
def test_narrative_in_another_cell_is_not_quoted(key: str, requirement: str) -> None:
    """Narrative in a cell for something else is reported with its length and not quoted."""
    found = problems_of(row(requirement, 3, **{key: NARRATIVE}))
    assert found
    assert MARKER not in texts_of(found)
    if key in ("in_force_from", "confidentiality"):
        assert f"a text of length {len(NARRATIVE)}" in found[0].message


@pytest.mark.parametrize("key", ["kind", "in_force_from"])
def test_narrative_in_the_register(key: str) -> None:
    """Neither kinds nor dates of evidence are quoted at length."""
    found = problems_of(evidence=(row("E-1", 3, **{"title": "An act", key: NARRATIVE}),))
    assert (len(found), MARKER in texts_of(found)) == (1, False)


def test_narrative_as_an_id() -> None:
    """Narrative in place of an id is not quoted, neither on the cover nor in the hint."""
    items = (row(NARRATIVE, title="a"), row(NARRATIVE, title="b"))
    found = problems_of(row(NARRATIVE, rating="met"), evidence=items, cut_off=NARRATIVE)
    assert [problem.code for problem in found] == ["evidence-duplicated", "id-unknown", "cut-off-unknown"]
    assert MARKER not in texts_of(found)


@pytest.mark.parametrize("level", ["restricted", "top secret"])
def test_restricted_rows_are_not_quoted(level: str) -> None:
    """No text of a restricted row is quoted; an unknown level may be meant to be strict."""
    values = {"rating": MARKER, "in_force_from": MARKER, "evidence": f"{MARKER}-1", "confidentiality": level}
    ambiguous = row("R.1/1.2", rating="met", in_force_from="03/04/2026", confidentiality=level)
    found = problems_of(row("R.1/1.1", 3, **values), row(MARKER, rating="met", confidentiality=level), ambiguous)
    codes = {problem.code for problem in found}
    assert {"rating-unknown", "date-unknown", "evidence-unknown", "id-unknown", "date-ambiguous"} <= codes
    shown = texts_of(found)
    assert not [
        text for text in (MARKER, MARKER.upper(), level, "03/04/2026", "2026-04-03", "Did you") if text in shown
    ]


def test_short_text_is_quoted() -> None:
    """A short text is quoted, because it helps to find the slip."""
    assert quote_found("إلى حدٍ كبير جدن") == {"found": "إلى حدٍ كبير جدن"}
    (found,) = problems_of(row("R.1/1.1", rating="mostly"))
    assert "'mostly' is not a criterion rating." in found.text


def test_a_rating_of_several_words_is_quoted() -> None:
    """A label of any scale and language is no narrative, nor a short one that is mistyped; a sentence with it is."""
    labels = [text for scale in list_named_scales() for code in LANGUAGES for text in list_labels(scale, code).values()]
    long = [text for text in labels if len(text.split()) > 3]
    assert len(long) > 10
    assert [text for text in labels if quote_found(text) != {"found": text}] == []
    assert quote_found("partiellement satisfait en grande partie par la loi") == {"withheld": "51"}
    (found,) = problems_of(row("R.1/1.1", rating="إلى حد كبير جداً"))
    assert "'إلى حد كبير جداً' is a value of another scale" in found.text


def test_endless_ids_are_never_repeated() -> None:
    """Not where a cell of such a row is at fault either."""
    endless = "R.1/1.1" + "9" * 5_000
    head = ("id", "requirement", "rating", "explanation", "evidence")
    grid = [head, (endless, "", "", "x" * 40_000, ""), (endless, "", "", "", "")]
    sheet = SheetContent(file="a.xlsx", title="R.1", grid=grid, scan=SheetScan(cell_errors={(2, 2): "#REF!"}))
    table = find_table(sheet, ANSWERS)
    assert table is not None
    ledger = CellLedger("a.xlsx")
    rows = read_table(sheet, table, PrintedCells([]), ledger)
    found = (
        *ledger.of(sheet).list_problems(sheet),
        *problems_of(*rows),
        *problems_of(row("R.1/1.1", rating="met", evidence=endless)),
    )
    assert {problem.code for problem in found} == {"text-cut", "cell-error", "id-unknown", "evidence-unknown"}
    assert max(len(problem.message) for problem in found) < 300


def test_the_length_stands_without_quotation_marks() -> None:
    """In every language, whatever marks its template has."""
    problem = make_problem("date-unknown", None, None, **quote_found(NARRATIVE), column="in_force_from")
    shown = replace(problem, facts=(("found", "soon"), ("column", "in_force_from")))
    for language in ("en", "ar", "fr"):
        t = Translator(language)
        length = t("a text of length {withheld}").format(withheld=len(NARRATIVE))
        before, _, after = problem.text_in(t).partition(length)
        assert not set("'«»“”") & {*before[-2:], *after[:2]}, problem.text_in(t)
        assert set("'«»“”") & set(shown.text_in(t))
