"""The register of laws of the example: readable in each language, and without effect on today's ratings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fatf_kit import score_folder
from fatf_kit.assessment.folder.model import LAWS
from fatf_kit.framework import load_framework
from fatf_kit.laws.book import read_register
from fatf_kit.laws.folder_part import find_laws

RURITANIA = Path(__file__).resolve().parents[3] / "examples" / "ruritania"


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_register_of_the_example_is_read_without_a_problem(language: str) -> None:
    """The same instruments, provisions, links and clauses in each language."""
    folder = RURITANIA if language == "en" else RURITANIA / language
    register, problems = read_register(folder / LAWS, load_framework("fatf-2022", language))
    assert problems == ()
    assert [one.id for one in register.bills] == ["L-040", "L-041"]
    assert {one.bill for one in register.effects} == {"L-040", "L-041"}
    named = {(one.instrument, one.article) for one in register.provisions}
    assert {(one.instrument, one.article) for one in register.links} <= named
    assert {(one.bill, one.clause) for one in register.effects} <= named
    assert {one.instrument for one in register.provisions} <= set(register.by_id)


def test_register_of_the_example_changes_no_rating(tmp_path: Path) -> None:
    """Its dates are those of the evidence, so each criterion keeps its range with and without the register."""
    folder = tmp_path / "ruritania"
    shutil.copytree(RURITANIA, folder, ignore=shutil.ignore_patterns("ar", "fr", "workbook", "libreoffice"))
    with_register = score_folder(folder)
    (folder / LAWS).unlink()
    without = score_folder(folder)
    assert find_laws(with_register).register.instruments
    assert find_laws(without).register.instruments == ()
    for one, other in zip(with_register.assessment.recommendations, without.assessment.recommendations, strict=True):
        assert (one.shown, one.claimed) == (other.shown, other.claimed), one.id
        for criterion, before in zip(one.criteria, other.criteria, strict=True):
            found = (criterion.status, criterion.shown, criterion.claimed)
            assert found == (before.status, before.shown, before.claimed), criterion.id
