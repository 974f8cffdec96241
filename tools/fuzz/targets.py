"""All fuzz targets: those of answers and settings are declared here, the others in the modules named after them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from tools.fuzz.damage import damage_csv, damage_json, damage_package
from tools.fuzz.edition_targets import EDITION_TARGETS
from tools.fuzz.feature_targets import FEATURE_TARGETS, assessment_json
from tools.fuzz.folder_targets import FOLDER_TARGETS
from tools.fuzz.fuzz_target import EXAMPLE, FRAMEWORKS, NPO, FuzzTarget, first_lines
from tools.fuzz.npo_targets import NPO_TARGETS
from tools.fuzz.report_targets import REPORT_TARGETS


def _workbook() -> bytes:
    from fatf_kit.assessment.workbook.layout import build_layout
    from fatf_kit.assessment.workbook.template import render_template
    from fatf_kit.framework import load_framework

    layout = build_layout(
        load_framework("fatf-2022"),
        only=["R.2", "IO.6"],
        supported=["IO.6/6.2", "IO.6/6.3", "IO.6/6.4"],
        agency="fiu",
        country="Examplia",
    )
    given = {"R.2/2.1": {"rating": "met", "citation": "AML Act 2019, s. 4", "in_force_from": "2019-06-01"}}
    return render_template(layout, prefill=given, evidence=[{"id": "E-1", "kind": "law", "title": "AML Act"}])


def _read_workbook(path: Path) -> object:
    from fatf_kit.assessment.answers.intake import read_responses

    return read_responses([path], edition="fatf-2022")


def _register_sheet() -> bytes:
    import csv
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("register")
    for number, row in enumerate(csv.reader(first_lines(NPO / "register.csv", 30).decode("utf-8-sig").splitlines())):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def _read_register(path: Path) -> object:
    from fatf_kit.npo.functions import npo_check

    return npo_check(path)


def _mapping() -> bytes:
    from fatf_kit.npo.functions import npo_suggest_mapping

    return json.dumps(npo_suggest_mapping(NPO / "register.csv")).encode()


def _read_mapping(path: Path) -> object:
    from fatf_kit.npo.mapping.column_map import load_mapping
    from fatf_kit.npo.method.load import load_method

    return load_mapping(path, load_method())


def _read_npo_settings(path: Path) -> object:
    from fatf_kit.npo.method.load import load_method
    from fatf_kit.npo.register.settings_file import load_settings

    return load_settings(path, load_method())


def _read_published(path: Path) -> object:
    from fatf_kit.published.loader import read_published

    return read_published(path)


def _fatf_workbook() -> bytes:
    import csv
    import io

    import xlsxwriter

    rows = list(csv.reader(first_lines(FRAMEWORKS / "published" / "ratings.csv", 12).decode("utf-8-sig").splitlines()))
    heads = ["Jurisdiction", "Report Type", "Report Date", "Assessment body/bodies"]
    units = [head for head in rows[0] if head.startswith(("R.", "IO"))]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Ratings only")
    sheet.write_row(0, 0, [*heads, *(unit.replace("IO.", "IO") for unit in units)])
    for number, row in enumerate(rows[1:], 1):
        cells = dict(zip(rows[0], row, strict=True))
        place = cells.get("jurisdiction", row[0])
        sheet.write_row(number, 0, [place, "MER", "May 2019", "FATF", *(cells[unit] for unit in units)])
    book.close()
    return out.getvalue()


def _read_fatf(path: Path) -> object:
    from fatf_kit.published.fatf_workbook import read_fatf_workbook

    return read_fatf_workbook(path)


def _read_ratings(path: Path) -> object:
    from fatf_kit.framework import load_framework
    from fatf_kit.outlook.sources import read_ratings

    return read_ratings(path, load_framework("fatf-2022"))


def _read_policy(path: Path) -> object:
    from fatf_kit.scoring import load_policy

    return load_policy(path)


def _policy() -> bytes:
    whole = json.loads((FRAMEWORKS / "policies" / "indicative-2.json").read_text(encoding="utf-8"))
    return json.dumps({**whole, "id": "own"}).encode()


def _read_settings(path: Path) -> object:
    from fatf_kit.assessment.folder.settings import read_settings

    return read_settings(path)


def _read_agencies(path: Path) -> object:
    from fatf_kit.assessment.folder.agencies import read_agencies

    return read_agencies(path, "en")


def _read_assignment(path: Path) -> object:
    from fatf_kit.assessment.folder.agencies import read_agencies
    from fatf_kit.assessment.folder.assignment import read_assignment
    from fatf_kit.framework import load_framework

    return read_assignment(path, load_framework("fatf-2022"), read_agencies(EXAMPLE / "agencies.csv", "en")[0])


def _read_decisions(path: Path) -> object:
    from fatf_kit.assessment.decisions.reader import parse_decisions, read_decision_book
    from fatf_kit.framework import load_framework

    return parse_decisions(read_decision_book(path), load_framework("fatf-2022"))


def _read_figures(path: Path) -> object:
    from fatf_kit.statistics.reader import read_return

    return read_return(path)


def _verify(path: Path) -> object:
    from fatf_kit.workflows.replay import replay
    from fatf_kit.workflows.verify import verify

    return verify(path.parent), replay(path)


def _carry(path: Path) -> object:
    from fatf_kit import carry_forward

    return carry_forward(path, to="fatf-2022", output=path.with_name("carried.xlsx"))


def _older() -> bytes:
    from fatf_kit.assessment.workbook.layout import build_layout
    from fatf_kit.assessment.workbook.template import render_template
    from fatf_kit.framework import load_framework

    layout = build_layout(load_framework("fatf-2013"), only=["R.2", "R.7"])
    return render_template(layout, prefill={"R.2/2.1": {"rating": "met", "citation": "AML Act 2019, s. 4"}})


TARGETS = {
    "workbook": FuzzTarget("fiu.xlsx", _workbook, damage_package, _read_workbook),
    "register-csv": FuzzTarget("r.csv", lambda: first_lines(NPO / "register.csv", 30), damage_csv, _read_register),
    "register-xlsx": FuzzTarget("r.xlsx", _register_sheet, damage_package, _read_register),
    "mapping": FuzzTarget("m.json", _mapping, damage_json, _read_mapping),
    "npo-settings": FuzzTarget("s.json", (NPO / "settings.json").read_bytes, damage_json, _read_npo_settings),
    "published": FuzzTarget(
        "p.csv", lambda: first_lines(FRAMEWORKS / "published" / "ratings.csv", 20), damage_csv, _read_published
    ),
    "fatf-workbook": FuzzTarget("f.xlsx", _fatf_workbook, damage_package, _read_fatf),
    "ratings": FuzzTarget("r.csv", lambda: b"unit,rating\nR.1,LC\nR.2,C\nIO.1,SE\n", damage_csv, _read_ratings),
    "policy": FuzzTarget("p.json", _policy, damage_json, _read_policy),
    "settings": FuzzTarget(
        "assessment.json", (EXAMPLE / "assessment.json").read_bytes, damage_json, _read_settings
    ),
    "agencies": FuzzTarget("agencies.csv", (EXAMPLE / "agencies.csv").read_bytes, damage_csv, _read_agencies),
    "assignment": FuzzTarget(
        "assignment.csv", lambda: first_lines(EXAMPLE / "assignment.csv", 40), damage_csv, _read_assignment
    ),
    "decisions": FuzzTarget(
        "decisions.xlsx", (EXAMPLE / "decisions.xlsx").read_bytes, damage_package, _read_decisions
    ),
    "figures": FuzzTarget(
        "fiu.xlsx", (EXAMPLE / "statistics" / "revenue.xlsx").read_bytes, damage_package, _read_figures
    ),
    "result": FuzzTarget("assessment.json", assessment_json, damage_json, _verify),
    "carried": FuzzTarget("old.xlsx", _older, damage_package, _carry),
    **FEATURE_TARGETS,
    **FOLDER_TARGETS,
    **NPO_TARGETS,
    **EDITION_TARGETS,
    **REPORT_TARGETS,
}  # fmt: skip


@cache
def good_input(name: str) -> bytes:
    """Return the good input of a target; it is made once."""
    return TARGETS[name].seed()
