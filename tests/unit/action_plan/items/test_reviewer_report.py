"""The report to the reviewers has the country's names for its evidence, and no notes."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.model import ItemRegister, PlanItem
from fatf_kit.action_plan.review import review_items
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_html
from fatf_kit.workflows.action_papers import action_plan_report
from tests.unit.action_plan.items.registers import FIRST, REGISTER


def _page(tmp_path: Path, register: ItemRegister) -> str:
    source = data_folder("examples") / "ruritania"
    ignored = shutil.ignore_patterns("workbook", "libreoffice", "responses", "statistics", "mock", "ar", "fr")
    folder = Path(shutil.copytree(source, tmp_path / "home", ignore=ignored))
    (folder / "action-plan.xlsx").write_bytes(render_items(register, Translator("en")))
    review = review_items(folder, today=date(2026, 11, 29))
    report = action_plan_report(review, "icrg", cycle=FIRST, is_full=True, generated_at="2026-11-29")
    return render_html(report).decode()


def test_notes_stay_with_the_country(tmp_path: Path) -> None:
    """Figures have their name in the report instead."""
    assert any(one.note == "final judgments" for one in REGISTER.evidence)
    page = _page(tmp_path, REGISTER)
    assert "final judgments" not in page
    assert page.count("Convictions for fraud") >= 2, "in the figures and among the annexes"


def test_a_part_without_its_item_has_a_section(tmp_path: Path) -> None:
    """PI-07 is missing from the workbook."""
    orphan = PlanItem(id="PI-07.1", label="Lost part", plans=("icrg",), deadline="2027-01")
    page = _page(tmp_path, replace(REGISTER, items=(*REGISTER.items, orphan)))
    assert re.search(r"<h3[^>]*>[^<]*PI-07\.1 Lost part", page)
