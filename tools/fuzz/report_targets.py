"""Fuzz targets that go on after reading: score, classify, explain, and write a report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools.fuzz.damage import DamageFunction, damage_csv, damage_json, damage_package
from tools.fuzz.fuzz_target import EXAMPLE, FRAMEWORKS, NPO, FuzzTarget, first_lines

if TYPE_CHECKING:
    from fatf_kit import ScoringResult

MOMENT = "2027-01-01T00:00+00:00"


@cache
def answers() -> bytes:
    """Return a workbook with an answer of each kind, for one Recommendation and one outcome."""
    from fatf_kit.assessment.workbook.layout import build_layout
    from fatf_kit.assessment.workbook.template import render_template
    from fatf_kit.framework import load_framework

    layout = build_layout(load_framework("fatf-2022"), only=["R.2", "IO.6"], agency="fiu", country="Examplia")
    given = {
        "R.2/2.1": {"rating": "met", "citation": "AML Act 2019, s. 4", "in_force_from": "2019-06-01"},
        "R.2/2.2": {"rating": "partly met", "explanation": "In part.", "confidentiality": "public"},
        "IO.6/6.1": {"rating": "large", "explanation": "By figures."},
    }
    return render_template(layout, prefill=given, evidence=[{"id": "E-1", "kind": "law", "title": "AML Act"}])


def _render_all(scored: ScoringResult) -> object:
    from fatf_kit import outlook_of
    from fatf_kit.report.formats.html import render_html
    from fatf_kit.report.formats.json import render_json
    from fatf_kit.report.formats.xlsx import render_xlsx

    report = scored.report(generated_at=MOMENT, language="ar", audience="assessors")
    rendered = [render(report) for render in (render_html, render_json, render_xlsx)]
    texts = [scored.explain(unit).text for unit in ("R.2", "IO.6")]
    return rendered, texts, outlook_of(scored)


def _score(path: Path) -> object:
    from fatf_kit import score

    return _render_all(score(path))


def _score_with_policy(path: Path) -> object:
    from fatf_kit import score

    (path.parent / "fiu.xlsx").write_bytes(answers())
    return _render_all(score(path.parent / "fiu.xlsx", policy=path))


@cache
def _folder() -> TemporaryDirectory[str]:
    """Return a small assessment folder, in which one file after the other is damaged and restored."""
    made = TemporaryDirectory(prefix="fatf-kit-fuzz-")
    folder = Path(made.name) / "folder"
    (folder / "responses").mkdir(parents=True)
    (folder / "responses" / "fiu.xlsx").write_bytes(answers())
    for name in ("assessment.json", "agencies.csv", "decisions.xlsx"):
        shutil.copy(EXAMPLE / name, folder / name)
    (folder / "assignment.csv").write_bytes(first_lines(EXAMPLE / "assignment.csv", 40))
    return made


def _in_folder(name: str) -> Callable[[Path], object]:
    def read(path: Path) -> object:
        from fatf_kit import score, write_decisions

        folder = Path(_folder().name) / "folder"
        good = (folder / name).read_bytes()
        shutil.copy(path, folder / name)
        try:
            scored = score(folder)
            assert scored.folder is not None
            write_decisions(scored.folder, moment=MOMENT)
            return _render_all(scored)
        finally:
            (folder / name).write_bytes(good)

    return read


def _project_ratings(path: Path) -> object:
    from fatf_kit import what_if
    from fatf_kit.framework import load_framework
    from fatf_kit.outlook.sources import read_ratings

    ratings, problems = read_ratings(path, load_framework("fatf-2022"))
    known = {unit: str(rating) for unit, rating in ratings.items() if rating is not None}
    return problems, what_if(known, "regular", edition="fatf-2022") if known else None


def _register() -> bytes:
    return first_lines(NPO / "register.csv", 30)


def _classify(path: Path, role: str) -> object:
    """Classify a small register with the file in one of its roles, and write the report."""
    from fatf_kit import npo_report
    from fatf_kit.npo.functions import npo_classify
    from fatf_kit.npo.measures.working_papers import write_working_papers
    from fatf_kit.report.formats.html import render_html

    folder = path.parent
    if role != "register":
        (folder / "register.csv").write_bytes(_register())
    register = path if role == "register" else folder / "register.csv"
    settings = path if role == "settings" else None
    if role == "overrides":
        settings = folder / "s.json"
        settings.write_text('{"schema": "fatf-kit/npo-settings/1", "overrides": "overrides.csv"}', encoding="utf-8")
    made = npo_classify(
        register, folder / "out", mapping=path if role == "mapping" else None, settings=settings,
        as_of=date(2027, 1, 1),
    )  # fmt: skip
    measures = path if role == "measures" else NPO / "measures.xlsx"
    report, problems = npo_report(made.result, measures=measures, generated_at=MOMENT, language="fr")
    write_working_papers(made.result, folder / "out", measures=measures, classified=folder / "out" / "classified.csv")
    return render_html(report), problems


def _mapping() -> bytes:
    import json

    from fatf_kit.npo.functions import npo_suggest_mapping

    return json.dumps(npo_suggest_mapping(NPO / "register.csv")).encode()


def _overrides() -> bytes:
    first = [line.split(b",")[0].decode() for line in _register().splitlines()[1:4]]
    return "".join(
        ("npo_id,class,reason,office,date\n", *(f"{one},low,Known well.,Office,2026-01-01\n" for one in first))
    ).encode()


def _npo(file: str, seed: Callable[[], bytes], damage_function: DamageFunction, role: str) -> FuzzTarget:
    return FuzzTarget(file, seed, damage_function, lambda path: _classify(path, role))


def _figures_report(path: Path) -> object:
    from fatf_kit import statistics_report
    from fatf_kit.report.formats.html import render_html

    report, problems = statistics_report(path, generated_at=MOMENT, language="fr")
    return render_html(report), problems


def _own_policy() -> bytes:
    text = (FRAMEWORKS / "policies" / "indicative-2.json").read_text(encoding="utf-8")
    return text.replace('"id": "indicative-2"', '"id": "own"').encode()


REPORT_TARGETS = {
    "scored": FuzzTarget("fiu.xlsx", answers, damage_package, _score),
    "scored-policy": FuzzTarget("own.json", _own_policy, damage_json, _score_with_policy),
    "folder-settings": FuzzTarget(
        "x.json", (EXAMPLE / "assessment.json").read_bytes, damage_json, _in_folder("assessment.json")
    ),
    "folder-agencies": FuzzTarget(
        "x.csv", (EXAMPLE / "agencies.csv").read_bytes, damage_csv, _in_folder("agencies.csv")
    ),
    "folder-assignment": FuzzTarget(
        "x.csv", lambda: first_lines(EXAMPLE / "assignment.csv", 40), damage_csv, _in_folder("assignment.csv")
    ),
    "folder-decisions": FuzzTarget(
        "x.xlsx", (EXAMPLE / "decisions.xlsx").read_bytes, damage_package, _in_folder("decisions.xlsx")
    ),
    "what-if": FuzzTarget("r.csv", lambda: b"unit,rating\nR.1,LC\nR.2,C\nIO.1,SE\n", damage_csv, _project_ratings),
    "sector-register": _npo("r.csv", _register, damage_csv, "register"),
    "sector-mapping": _npo("m.json", _mapping, damage_json, "mapping"),
    "sector-settings": _npo("s.json", (NPO / "settings.json").read_bytes, damage_json, "settings"),
    "sector-overrides": _npo("overrides.csv", _overrides, damage_csv, "overrides"),
    "sector-measures": _npo("m.xlsx", (NPO / "measures.xlsx").read_bytes, damage_package, "measures"),
    "figures-report": FuzzTarget(
        "f.xlsx", (EXAMPLE / "statistics" / "revenue.xlsx").read_bytes, damage_package, _figures_report
    ),
}  # fmt: skip
"""Targets by name; the names differ from those of the readers of the same files."""
