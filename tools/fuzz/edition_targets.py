"""Fuzz targets of an edition that a user hands to `frameworks check`: every kind of page, and its translations."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.fuzz.damage import damage_json
from tools.fuzz.fuzz_target import FRAMEWORKS, FuzzTarget

_PAGES = {
    "page": "recommendations/R.02.json",
    "outcome": "outcomes/IO.06.json",
    "cover": "edition.json",
    "lines": "follow-up.json",
    "actions": "actions.json",
    "timetable": "timetable.json",
    "submission": "submission.json",
    "translated-page": "../locale/ar/fatf-2022/recommendations/R.02.json",
    "translated-outcome": "../locale/ar/fatf-2022/outcomes/IO.06.json",
    "translated-cover": "../locale/ar/fatf-2022/edition.json",
}
_SOURCE = FRAMEWORKS / "fatf-2022"


@cache
def _edition() -> TemporaryDirectory[str]:
    """Return a small copy of an edition, in which one page after the other is damaged and restored."""
    copy = TemporaryDirectory(prefix="fatf-kit-fuzz-")
    for inner in (*_PAGES.values(), "recommendations/R.08.json"):
        place = (Path(copy.name) / "fatf-2022" / inner).resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_SOURCE / inner, place)
    return copy


def _check(inner: str) -> Callable[[Path], object]:
    def read(path: Path) -> object:
        from fatf_kit.evaluation_calendar.timetable import check_timetable_file
        from fatf_kit.framework import read_framework
        from fatf_kit.framework.submission_shape import check_submission_file
        from fatf_kit.framework.validate import check_edition
        from fatf_kit.outlook.actions import check_actions_file
        from fatf_kit.outlook.rules import check_rules_file

        folder = Path(_edition().name) / "fatf-2022"
        shutil.copy(path, folder / inner)
        try:
            checks = (check_edition, check_rules_file, check_actions_file, check_timetable_file, check_submission_file)
            return [check(folder) for check in checks], read_framework(folder, "ar")
        finally:
            shutil.copy(_SOURCE / inner, folder / inner)

    return read


EDITION_TARGETS = {
    name: FuzzTarget("page.json", (_SOURCE / inner).read_bytes, damage_json, _check(inner))
    for name, inner in _PAGES.items()
}
