"""`fatf-kit carry-forward` from a filled workbook of 2013 to one of 2022."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import fatf_kit
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.framework import load_framework
from tests.unit.cli.commands import invoke

ANSWERS = {
    "R.5/5.2bis": {"rating": "met", "explanation": "Financing travel is an offence."},
    "R.24/24.3": {"rating": "partly met", "explanation": "The register is public."},
    "R.4/4.3": {"rating": "met", "explanation": "Good faith is protected."},
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A filled workbook of 2013."""
    path = tmp_path / "old.xlsx"
    write_template(build_layout(load_framework("fatf-2013")), path, prefill=ANSWERS)
    return path


def test_summary_and_workbook(old: Path, tmp_path: Path) -> None:
    """The summary says what was done and what is left, and the new workbook can be read."""
    done = invoke("carry-forward", old, "-o", tmp_path / "new.xlsx")
    assert done.return_value == 0
    assert "    1  renumbered" in done.stdout
    assert "    2  to review" in done.stdout  # 24.3 of 2013 went into two criteria
    assert "    1  kept on a sheet of their own" in done.stdout
    assert "To be answered or reviewed: 338 of 339 requirements." in done.stdout
    framework, responses, _ = read_responses([tmp_path / "new.xlsx"])
    assert framework.id == "fatf-2022"
    assert [given.requirement for given in responses.answers] == ["R.5/5.3", "R.24/24.4", "R.24/24.5"]


@pytest.mark.full
def test_json(old: Path, tmp_path: Path) -> None:
    """Ids, statuses and counts; never the words of an answer."""
    done = invoke("carry-forward", old, "-o", tmp_path / "new.xlsx", "--json", "--lang", "fr")
    found = json.loads(done.stdout)
    assert (found["from"], found["to"], found["left"]) == ("fatf-2013", "fatf-2022", 338)
    assert found["counts"] == {"unchanged": 0, "renumbered": 1, "to review": 2, "new": 42, "unanswered": 294}
    assert found["kept"] == [{"id": "R.4/4.3", "because": "gone"}]
    assert "Good faith" not in done.stdout


def test_never_over_the_old_workbook(old: Path) -> None:
    """The only copy of a country's answers is not written over."""
    before = old.read_bytes()
    with pytest.raises(FatfKitError, match="another name"):
        fatf_kit.carry_forward(old, "fatf-2022", old)
    assert before == old.read_bytes()


def test_of_the_edition_already(old: Path, tmp_path: Path) -> None:
    """There is nothing to carry from an edition to itself, and nothing is written."""
    fatf_kit.carry_forward(old, "fatf-2022", tmp_path / "new.xlsx")
    with pytest.raises(FatfKitError, match="later edition"):
        fatf_kit.carry_forward(tmp_path / "new.xlsx", "fatf-2022", tmp_path / "again.xlsx")
    assert not (tmp_path / "again.xlsx").exists()


def test_no_workbook(tmp_path: Path) -> None:
    """The message says why it could not be read."""
    with pytest.raises(FatfKitError, match=r"none\.xlsx: the file or folder does not exist"):
        fatf_kit.carry_forward(tmp_path / "none.xlsx", "fatf-2022", tmp_path / "new.xlsx")
