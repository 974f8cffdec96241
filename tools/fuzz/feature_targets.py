"""Fuzz targets of the features: plans, calendars, mock visits, follow-up, earlier results, a country's own files."""

from __future__ import annotations

import io
import json
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from fatf_kit.mock_visit.data import load_schedule
from fatf_kit.mock_visit.plan import VisitOptions
from tools.fuzz.damage import damage_csv, damage_json, damage_package
from tools.fuzz.fuzz_target import NPO, ROOT, FuzzTarget, first_lines

if TYPE_CHECKING:
    from fatf_kit import ScoringResult

TODAY = "2027-01-01"


@cache
def _scored() -> ScoringResult:
    """Return the result of a small assessment."""
    from fatf_kit import score
    from fatf_kit.assessment.workbook.layout import build_layout
    from fatf_kit.assessment.workbook.template import render_template
    from fatf_kit.framework import load_framework

    layout = build_layout(load_framework("fatf-2022"), only=["R.2", "IO.6"], agency="fiu", country="Examplia")
    answer = {"rating": "met", "citation": "AML Act 2019, s. 4", "explanation": "As {{R.2 rating}} says.\nIn full."}
    with TemporaryDirectory() as name:
        (Path(name) / "fiu.xlsx").write_bytes(render_template(layout, prefill={"R.2/2.1": answer}))
        return score(Path(name) / "fiu.xlsx")


@cache
def _result() -> dict[str, Any]:
    return dict(json.loads(json.dumps(_scored().report(generated_at=TODAY).payload)))


def assessment_json() -> bytes:
    """Return an assessment.json."""
    return json.dumps(_result()).encode()


def _read_plan(path: Path) -> object:
    from fatf_kit import progress, progress_report

    found, problems = progress(path, today=TODAY)
    return found, progress_report(found).payload, problems


def _follow_up() -> bytes:
    from fatf_kit import follow_up

    return follow_up("IRQ").workbook()


def _read_follow_up(path: Path) -> object:
    from fatf_kit import follow_up
    from fatf_kit.follow_up_report.workbook import read_follow_up
    from fatf_kit.framework import list_editions, load_framework
    from fatf_kit.report.formats.docx import render_docx

    found = follow_up(workbook=path)
    render_docx(found.document(today=date(2027, 1, 1)))
    return found, read_follow_up(path, {name: load_framework(name) for name in list_editions()})


def _plan_settings() -> bytes:
    return json.dumps(
        {
            "schema": "fatf-kit/plan-settings/1",
            "weekend": ["friday", "saturday"],
            "holidays": [{"day": "2027-03-19", "name": "Made-up day"}],
            "lead_times": {"law": {"draft": 60}},
            "efforts": {"law": 80},
            "capacity": {"": 3, "fiu": 2},
            "offsets": {"start": {"count": -6, "unit": "months"}},
        }
    ).encode()


def _read_plan_settings(path: Path) -> object:
    from fatf_kit import calendar, published_plan

    dates = calendar(visit="2027-10-04", settings=path)
    dates.ics(today=TODAY)
    return dates.document(today=TODAY), published_plan("IRQ", start=TODAY, settings=path).plan


def _mock_sheets() -> bytes:
    from fatf_kit.core.messages import Translator
    from fatf_kit.framework import load_framework
    from fatf_kit.framework.question_bank import load_bank
    from fatf_kit.mock_visit.model import MockAgency
    from fatf_kit.mock_visit.plan import find_duties, make_rehearsal
    from fatf_kit.mock_visit.questions import QuestionSources
    from fatf_kit.mock_visit.sheets import render_sheets

    framework = load_framework("fatf-2022")
    bodies = (MockAgency(id="fiu", name="The FIU", roles=("fiu",), names={"en": "The FIU"}),)
    ground = QuestionSources(
        framework=framework,
        bank=load_bank("fatf-2022"),
        bodies=bodies,
        duties=find_duties(framework, bodies, None),
        findings=_scored().findings,
        disagreements=(),
        contradictions=(),
    )
    rehearsal, _ = make_rehearsal(
        ground,
        load_schedule("fatf-2022"),
        VisitOptions(only=("IO.6",)),
        (),
        Translator("en"),
        country="Examplia",
        notices=(),
    )
    return next(iter(render_sheets(rehearsal, framework).values()))


def _read_mock_sheets(path: Path) -> object:
    from fatf_kit import mock_debrief

    made = mock_debrief([path])
    made.document(generated_at=f"{TODAY}T00:00+00:00")
    return made


@cache
def _classified() -> tuple[bytes, bytes]:
    """Return a classified register and the saved result on the sector."""
    from fatf_kit import npo_classify, npo_report

    with TemporaryDirectory() as name:
        (Path(name) / "r.csv").write_bytes(first_lines(NPO / "register.csv", 40))
        made = npo_classify(Path(name) / "r.csv", Path(name) / "out", as_of=date(2027, 1, 1))
        report, _ = npo_report(made.result, measures=NPO / "measures.xlsx", generated_at=f"{TODAY}T00:00+00:00")
        return (Path(name) / "out" / "classified.csv").read_bytes(), json.dumps(report.payload).encode()


def _read_saved(path: Path) -> object:
    from fatf_kit.npo.measures.findings import read_saved_sector

    return read_saved_sector(path.parent.parent)


def _read_classified(path: Path) -> object:
    from fatf_kit.npo.functions import npo_compare

    (path.parent / "before.csv").write_bytes(_classified()[0])
    return npo_compare(path.parent / "before.csv", path), npo_compare(path, path.parent / "before.csv")


def _form_xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["R.2 stands at {{R.2 rating}}: {{R.2/2.1}}", "=1+1"])  # type: ignore[union-attr]
    sheet.append(["Id", "Rating", "Explanation"])  # type: ignore[union-attr]
    sheet.append(["R.2/2.1", None, "kept"])  # type: ignore[union-attr]
    sheet.append(["R.2/2.2", None, None])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _form_docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("R.2 {{R.2 rating}}")
    document.add_paragraph("{{R.2/2.1 explanation}} and {{R.2/2.9}}")
    document.sections[0].header.paragraphs[0].text = "{{R.2 title}}"
    document.add_table(2, 2).cell(0, 0).text = "{{IO.6/6.1 rating}}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(path: Path) -> object:
    from fatf_kit import fill

    return fill(_scored(), path)


def _compare(path: Path) -> object:
    from fatf_kit import compare, compare_report

    (path.parent / "before.json").write_text(json.dumps(_result()), encoding="utf-8")
    return [
        (found := compare(*pair), compare_report(found))
        for pair in ((path.parent / "before.json", path), (path, path.parent / "before.json"))
    ]


def _written() -> bytes:
    return json.dumps(
        {"schema": "fatf-kit/written/1", "files": {"assessment.json": ["sha256:00"], "report.html": ["a", "b"]}}
    ).encode()


def _read_written(path: Path) -> object:
    from fatf_kit.core.store import write_files
    from fatf_kit.workflows.verify import verify

    (path.parent / "assessment.json").write_text(json.dumps(_result()), encoding="utf-8")
    return verify(path.parent), write_files(path.parent, {"brief.html": b"1"})


FEATURE_TARGETS = {
    "plan": FuzzTarget(
        "plan.xlsx", (ROOT / "examples" / "ruritania-plan" / "plan-after-six-months.xlsx").read_bytes,
        damage_package, _read_plan,
    ),
    "follow-up": FuzzTarget("f.xlsx", _follow_up, damage_package, _read_follow_up),
    "plan-settings": FuzzTarget("plan.json", _plan_settings, damage_json, _read_plan_settings),
    "mock": FuzzTarget("mock.xlsx", _mock_sheets, damage_package, _read_mock_sheets),
    "sector": FuzzTarget("npo/npo.json", lambda: _classified()[1], damage_json, _read_saved),
    "classified": FuzzTarget("classified.csv", lambda: _classified()[0], damage_csv, _read_classified),
    "form-xlsx": FuzzTarget("their.xlsx", _form_xlsx, damage_package, _fill),
    "form-docx": FuzzTarget("their.docx", _form_docx, damage_package, _fill),
    "compare": FuzzTarget("after.json", assessment_json, damage_json, _compare),
    "written": FuzzTarget(".fatf-kit.json", _written, damage_json, _read_written),
}  # fmt: skip
