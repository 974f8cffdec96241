"""The table of spellings that a lawyer can extend: each citation means the law that the table names, or none.

One row of tests/data/law_spellings.csv is a citation as a country writes it. `expected` names the instruments of that
country's register in law_spellings_register.json, divided by "|"; it is empty where nothing may be found. `why` says
what the row is about.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.assessment.citations.citations import read_citations
from fatf_kit.core.json_files import convert_value
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import LawRegister

DATA = Path(__file__).resolve().parents[2] / "data"


def _rows() -> list[dict[str, str]]:
    with (DATA / "law_spellings.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def _registers() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(
        (DATA / "law_spellings_register.json").read_text(encoding="utf-8")
    )["registers"]
    return found


@cache
def _matcher(country: str) -> CitationMatcher:
    rows = {"instruments": _registers()[country]}
    return CitationMatcher(convert_value(rows, LawRegister, "law_spellings_register.json"), country)


def _read(citation: str, country: str) -> tuple[list[str], str]:
    """The instruments found in a cell, and how sure the least certain of them is."""
    matches = [_matcher(country).match(one.label) for one in read_citations(citation, country)]
    found = [match for match in matches if match.candidates]
    least = "none" if not found else "sure" if all(match.instrument for match in found) else "near"
    return list(_once(match.candidates[0].id for match in found)), least


def _once(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(names)


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['country']}: {row['citation']}")
def test_spelling_means_the_law_of_the_table(row: dict[str, str]) -> None:
    """Each citation finds the instruments that its row names, as surely as the row states."""
    expected = [name for name in row["expected"].split("|") if name]
    assert _read(row["citation"], row["country"]) == (expected, row["certainty"]), row["why"]


def test_table_is_as_large_as_promised_and_names_laws_that_exist() -> None:
    """At least 60 citations match and 20 do not, in three languages, and each row is usable."""
    rows = _rows()
    matching = [row for row in rows if row["certainty"] != "none"]
    languages = Counter(row["language"] for row in matching)
    assert len(matching) >= 60
    assert len(rows) - len(matching) >= 20
    assert all(languages[language] >= 20 for language in ("en", "ar", "fr"))
    for row in rows:
        ids = {one["id"] for one in _registers()[row["country"]]}
        assert {name for name in row["expected"].split("|") if name} <= ids
        assert bool(row["expected"]) is (row["certainty"] != "none")
        assert row["why"].endswith(".")
    assert len({(row["country"], row["citation"]) for row in rows}) == len(rows)
