"""Fuzz targets of the workbooks on non-profit organisations."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.fuzz.damage import damage_package
from tools.fuzz.fuzz_target import NPO, FuzzTarget, first_lines

_BODIES = 200
_TODAY = "2026-06-01"


def _measures() -> bytes:
    from fatf_kit.npo.measures.workbook import write_measures_workbook

    given = json.loads((NPO / "measures.json").read_text(encoding="utf-8"))
    days = {name: date.fromisoformat(given["answers"][name]) for name in ("last_review", "decided_on")}
    with TemporaryDirectory(prefix="fatf-kit-") as folder:
        path = write_measures_workbook(Path(folder) / "m.xlsx", "en", given["measures"], {**given["answers"], **days})
        return path.read_bytes()


def _read_measures(path: Path) -> object:
    from fatf_kit.npo.measures.workbook import read_measures_workbook

    return read_measures_workbook(path)


def _register(folder: str) -> Path:
    path = Path(folder) / "register.csv"
    path.write_bytes(first_lines(NPO / "register.csv", _BODIES))
    return path


def _questionnaire() -> bytes:
    from fatf_kit.npo.functions import npo_questionnaire

    with TemporaryDirectory(prefix="fatf-kit-") as folder:
        _, (path,) = npo_questionnaire(_register(folder), Path(folder) / "q", as_of=_TODAY)
        return path.read_bytes()


def _read_questionnaire(path: Path) -> object:
    from fatf_kit.npo.method.load import load_method
    from fatf_kit.npo.questions.answers import read_answers

    return read_answers([path], load_method())


def _map() -> bytes:
    from fatf_kit.npo.functions import npo_map

    with TemporaryDirectory(prefix="fatf-kit-") as folder:
        return npo_map(_register(folder), Path(folder) / "map.xlsx").path.read_bytes()


def _read_map(path: Path) -> object:
    from fatf_kit.npo.mapping.workbook import read_map_workbook
    from fatf_kit.npo.method.load import load_method

    return read_map_workbook(path, load_method())


NPO_TARGETS = {
    "measures": FuzzTarget("m.xlsx", _measures, damage_package, _read_measures),
    "questionnaire": FuzzTarget("q.xlsx", _questionnaire, damage_package, _read_questionnaire),
    "map": FuzzTarget("map.xlsx", _map, damage_package, _read_map),
}
