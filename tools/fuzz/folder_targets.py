"""Fuzz targets of the workbooks that one person keeps in an assessment folder, and of a country's last report."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from tools.fuzz.damage import damage_csv, damage_package
from tools.fuzz.fuzz_target import ROOT, FuzzTarget

TODAY = date(2029, 6, 1)
_AFTER = ROOT / "examples" / "ruritania-after"


def _read_laws(path: Path) -> object:
    from fatf_kit.core.messages import Translator
    from fatf_kit.framework import load_framework
    from fatf_kit.laws.book import read_register
    from fatf_kit.laws.deadlines import list_deadlines

    register, problems = read_register(path, load_framework("fatf-2022"))
    return list_deadlines(register, Translator("ar")), problems


def _read_items(path: Path) -> object:
    from fatf_kit.action_plan.items.book import read_items, render_items
    from fatf_kit.action_plan.items.checks import check_items
    from fatf_kit.action_plan.items.cycles import find_cycle
    from fatf_kit.action_plan.items.proof import ProofSources
    from fatf_kit.action_plan.items.rules import load_monitoring
    from fatf_kit.action_plan.items.statuses import measure_progress
    from fatf_kit.core.messages import Translator
    from fatf_kit.framework import load_framework

    register, problems = read_items(path, load_framework("fatf-2022"))
    cycle = find_cycle(register, TODAY)
    statuses = [measure_progress(register, one.id, cycle, ProofSources()) for one in load_monitoring().kinds if cycle]
    written = render_items(register, Translator("fr"))
    return statuses, written, problems, check_items(register, ProofSources(), TODAY)


def _read_training(path: Path) -> object:
    import shutil
    from tempfile import TemporaryDirectory

    from fatf_kit import training_report

    with TemporaryDirectory() as name:
        home = Path(name)
        for file in ("assessment.json", "agencies.csv", "assignment.csv"):
            shutil.copy(_AFTER / file, home / file)
        shutil.copy(path, home / "training.xlsx")
        return training_report(home, generated_at="2029-06-01")


@cache
def _report_text() -> bytes:
    return (ROOT / "examples" / "last-report" / "ruritania-2019.txt").read_bytes()


@cache
def _report_docx() -> bytes:
    import io

    from docx import Document

    document, out = Document(), io.BytesIO()
    for line in _report_text().decode("utf-8").replace("\f", "\n").split("\n\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def _read_report(path: Path) -> object:
    from fatf_kit import report_in

    return report_in(path).payload


FOLDER_TARGETS = {
    "laws": FuzzTarget("laws.xlsx", (_AFTER / "laws.xlsx").read_bytes, damage_package, _read_laws),
    "plan-items": FuzzTarget("action-plan.xlsx", (_AFTER / "action-plan.xlsx").read_bytes, damage_package, _read_items),
    "training": FuzzTarget(
        "training.xlsx",
        (ROOT / "examples" / "ruritania" / "training.xlsx").read_bytes,
        damage_package,
        _read_training,
    ),
    "last-report-txt": FuzzTarget("MER.txt", _report_text, damage_csv, _read_report),
    "last-report-docx": FuzzTarget("MER.docx", _report_docx, damage_package, _read_report),
}
