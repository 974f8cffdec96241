"""What could be read is gone through to the end: scored, classified, explained, and written in a report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.fuzz import mutators
from tests.fuzz.mutators import Mutator
from tests.fuzz.reader import EXAMPLE, FRAMEWORKS, NPO, Reader, lines_of

if TYPE_CHECKING:
    from fatf_kit import ScoringResult

MOMENT = "2027-01-01T00:00+00:00"


@cache
def answers() -> bytes:
    """A workbook with an answer of each kind, for one Recommendation and one outcome."""
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


def _go_through(scored: ScoringResult) -> object:
    from fatf_kit import outlook_of
    from fatf_kit.report.formats.html import render_html
    from fatf_kit.report.formats.json import render_json
    from fatf_kit.report.formats.xlsx import render_xlsx

    report = scored.report(generated_at=MOMENT, language="ar", audience="assessors")
    made = [render(report) for render in (render_html, render_json, render_xlsx)]
    told = [scored.explain(unit).text for unit in ("R.2", "IO.6")]
    return made, told, outlook_of(scored)


def _score(path: Path) -> object:
    from fatf_kit import score

    return _go_through(score(path))


def _score_with_policy(path: Path) -> object:
    from fatf_kit import score

    (path.parent / "fiu.xlsx").write_bytes(answers())
    return _go_through(score(path.parent / "fiu.xlsx", policy=path))


@cache
def _folder() -> TemporaryDirectory[str]:
    """A small assessment folder, of which one file after the other is spoilt and made good again."""
    made = TemporaryDirectory(prefix="fatf-kit-fuzz-")
    folder = Path(made.name) / "folder"
    (folder / "responses").mkdir(parents=True)
    (folder / "responses" / "fiu.xlsx").write_bytes(answers())
    for name in ("assessment.json", "agencies.csv", "decisions.xlsx"):
        shutil.copy(EXAMPLE / name, folder / name)
    (folder / "assignment.csv").write_bytes(lines_of(EXAMPLE / "assignment.csv", 40))
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
            return _go_through(scored)
        finally:
            (folder / name).write_bytes(good)

    return read


def _ahead(path: Path) -> object:
    from fatf_kit import what_if
    from fatf_kit.framework import load_framework
    from fatf_kit.outlook.sources import read_ratings

    ratings, problems = read_ratings(path, load_framework("fatf-2022"))
    told = {unit: str(rating) for unit, rating in ratings.items() if rating is not None}
    return problems, what_if(told, "regular", edition="fatf-2022") if told else None


def _register() -> bytes:
    return lines_of(NPO / "register.csv", 30)


def _classify(path: Path, role: str) -> object:
    """Classify a small register with the file in one of its roles, and write the report."""
    from fatf_kit import npo_report
    from fatf_kit.npo.papers import write_working_papers
    from fatf_kit.npo.run import npo_classify
    from fatf_kit.report.formats.html import render_html

    home = path.parent
    if role != "register":
        (home / "register.csv").write_bytes(_register())
    register = path if role == "register" else home / "register.csv"
    settings = path if role == "settings" else None
    if role == "overrides":
        settings = home / "s.json"
        settings.write_text('{"schema": "fatf-kit/npo-settings/1", "overrides": "overrides.csv"}', encoding="utf-8")
    made = npo_classify(
        register, home / "out", mapping=path if role == "mapping" else None, settings=settings,
        as_of=date(2027, 1, 1),
    )  # fmt: skip
    measures = path if role == "measures" else NPO / "measures.xlsx"
    report, problems = npo_report(made.result, measures=measures, generated_at=MOMENT, language="fr")
    write_working_papers(made.result, home / "out", measures=measures, classified=home / "out" / "classified.csv")
    return render_html(report), problems


def _mapping() -> bytes:
    import json

    from fatf_kit.npo.run import npo_suggest_mapping

    return json.dumps(npo_suggest_mapping(NPO / "register.csv")).encode()


def _overrides() -> bytes:
    first = [line.split(b",")[0].decode() for line in _register().splitlines()[1:4]]
    return "".join(
        ("npo_id,class,reason,office,date\n", *(f"{one},low,Known well.,Office,2026-01-01\n" for one in first))
    ).encode()


def _npo(file: str, seed: Callable[[], bytes], mutate: Mutator, role: str) -> Reader:
    return Reader(file, seed, mutate, lambda path: _classify(path, role))


def _figures_report(path: Path) -> object:
    from fatf_kit import statistics_report
    from fatf_kit.report.formats.html import render_html

    report, problems = statistics_report(path, generated_at=MOMENT, language="fr")
    return render_html(report), problems


def _own_policy() -> bytes:
    text = (FRAMEWORKS / "policies" / "indicative-2.json").read_text(encoding="utf-8")
    return text.replace('"id": "indicative-2"', '"id": "own"').encode()


_READERS = {
    "scored": Reader("fiu.xlsx", answers, mutators.of_package, _score),
    "scored-policy": Reader("own.json", _own_policy, mutators.of_json, _score_with_policy),
    "folder-settings": Reader(
        "x.json", (EXAMPLE / "assessment.json").read_bytes, mutators.of_json, _in_folder("assessment.json")
    ),
    "folder-agencies": Reader(
        "x.csv", (EXAMPLE / "agencies.csv").read_bytes, mutators.of_csv, _in_folder("agencies.csv")
    ),
    "folder-assignment": Reader(
        "x.csv", lambda: lines_of(EXAMPLE / "assignment.csv", 40), mutators.of_csv, _in_folder("assignment.csv")
    ),
    "folder-decisions": Reader(
        "x.xlsx", (EXAMPLE / "decisions.xlsx").read_bytes, mutators.of_package, _in_folder("decisions.xlsx")
    ),
    "what-if": Reader("r.csv", lambda: b"unit,rating\nR.1,LC\nR.2,C\nIO.1,SE\n", mutators.of_csv, _ahead),
    "sector-register": _npo("r.csv", _register, mutators.of_csv, "register"),
    "sector-mapping": _npo("m.json", _mapping, mutators.of_json, "mapping"),
    "sector-settings": _npo("s.json", (NPO / "settings.json").read_bytes, mutators.of_json, "settings"),
    "sector-overrides": _npo("overrides.csv", _overrides, mutators.of_csv, "overrides"),
    "sector-measures": _npo("m.xlsx", (NPO / "measures.xlsx").read_bytes, mutators.of_package, "measures"),
    "figures-report": Reader(
        "f.xlsx", (EXAMPLE / "statistics" / "revenue.xlsx").read_bytes, mutators.of_package, _figures_report
    ),
}  # fmt: skip

READERS_TO_THE_END = {name: replace(reader, tried=2) for name, reader in _READERS.items()}
"""By a name of its own each, although the files are those of other readers."""
