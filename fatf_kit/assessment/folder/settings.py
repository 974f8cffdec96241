"""assessment.json: what the country has set, as a file that a person reads and a repository holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fatf_kit.assessment.folder.model import SETTINGS, AssessmentSettings, Materiality, Sector, WeightChange
from fatf_kit.core.json_files import load_json
from fatf_kit.core.languages import LANGUAGES, YEARS
from fatf_kit.core.messages import find_country_name
from fatf_kit.core.problems import PART_WITHOUT_WEIGHT, CellRef, Problem, hint, make_problem, quote_found
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.catalog import index_requirements, make_id_hint
from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.framework.model import Part

_SCHEMA = "assessment-folder-1.schema.json"
_DATES = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_TAKEN = ("names", "policy", "facts", "notice", "dates", "holidays", "return_to", "agency_note")
_DAYS = ("on_site_from", "on_site_to", "cut_off")


@cache
def sector_ids() -> tuple[str, ...]:
    """Return sectors whose materiality may be stated, in the order of the list.

    >>> sector_ids()[0]
    'banks'
    """
    return tuple(load_sector_names())


@cache
def load_sector_names() -> Mapping[str, str]:
    """Return the names of the sectors by id, each a message of the catalogues.

    >>> load_sector_names()["banks"]
    'Banks'
    """
    data, _ = load_json(data_folder("frameworks") / "sectors.json")
    return {sector["id"]: sector["name"] for sector in data["sectors"]}


def read_settings(path: Path) -> tuple[AssessmentSettings | None, tuple[Problem, ...]]:
    """Return the settings and every fault in them, each with its place in the file.

    A faulty entry counts as not given. None where the file cannot be read at all, or says no country or edition that
    can be used.
    """
    data, problems = _load(path)
    if data is None:
        return None, problems
    settings, found = check_settings(data, lambda place: CellRef(file=SETTINGS, cell=f"$.{place}"))
    return settings, (*problems, *found)


def check_settings(
    data: Mapping[str, Any], locate: Callable[[str], CellRef]
) -> tuple[AssessmentSettings | None, tuple[Problem, ...]]:
    """Return the settings in a mapping that has the keys of assessment.json, and what does not fit together.

    `locate` gives the address of a place such as "cut_off" or "weights[0]". None where no country or edition is given
    that can be used.
    """
    reader = _Reader(data, locate)
    return reader.settings(), tuple(reader.problems)


def _load(path: Path) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """Return the file without the entries that its schema complains about."""
    try:
        data, problems = load_json(path, _SCHEMA, SETTINGS)
    except OSError as fault:
        return None, (make_problem("file-unreadable", CellRef(file=SETTINGS), why=fault.strerror or "no such file"),)
    if not isinstance(data, dict):
        return None, problems
    for problem in problems:
        place = (problem.ref.cell if problem.ref else None) or "$"
        data.pop(place.removeprefix("$.").partition(".")[0].partition("[")[0], None)
    return data, problems


class _Reader:
    """Turns a checked file into Settings, with a Problem for what does not fit together."""

    def __init__(self, data: Mapping[str, Any], locate: Callable[[str], CellRef]) -> None:
        self._data, self._locate = data, locate
        self.problems: list[Problem] = []

    def settings(self) -> AssessmentSettings | None:
        edition, country = self._data.get("edition"), self._data.get("country")
        if edition is None or country is None:
            return None  # the schema has reported it
        if edition not in list_editions():
            self._say("folder-edition", "edition", **quote_found(edition), allowed=", ".join(list_editions()))
            return None
        names = self._data.get("names", {})
        if not names and find_country_name(country, "en") == country:
            self._say("folder-country", "country", found=country)
        days: dict[str, Any] = {key: self._day(key) for key in _DAYS}
        self._check_days(**days)
        return AssessmentSettings(
            country=country,
            edition=edition,
            languages=self._languages(),
            sectors=self._sectors(),
            weights=self._weights(edition),
            weekend=tuple(self._data.get("weekend", ())),
            **days,
            **{key: self._data[key] for key in _TAKEN if key in self._data},
        )

    def _languages(self) -> tuple[str, ...]:
        """Return the shipped languages that are named, the main one first; English where none is."""
        languages: tuple[str, ...] = tuple(self._data.get("languages", ("en",)))
        shipped = tuple(code for code in languages if code in LANGUAGES) or ("en",)
        for number, code in enumerate(languages):
            if code not in LANGUAGES:
                facts = {**quote_found(code), "used": shipped[0], "allowed": ", ".join(LANGUAGES)}
                self._say("agency-language", f"languages[{number}]", **facts)
        return shipped

    def _day(self, key: str) -> date | None:
        text = self._data.get(key)
        if text is None or not text.strip():
            return None
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            day = date.min
        if day.year not in YEARS:
            if (dates := _DATES.findall(text)) and text.strip() not in dates:
                self._say("date-with-words", key, found=", ".join(dates[:3]), column=key)
            else:
                self._say("date-unknown", key, **quote_found(text), column=key)
            return None
        return day

    def _check_days(self, on_site_from: date | None, on_site_to: date | None, cut_off: date | None) -> None:
        if on_site_from and on_site_to and on_site_to < on_site_from:
            self._say("visit-order", "on_site_to", begin=on_site_from, end=on_site_to)
        visit = on_site_to or on_site_from
        if visit and cut_off and visit > cut_off:
            self._say("visit-after-cut-off", "cut_off", visit=visit, cut_off=cut_off)

    def _sectors(self) -> tuple[Sector, ...]:
        found: dict[str, Sector] = {}
        for number, one in enumerate(self._data.get("sectors", ())):
            place = f"sectors[{number}]"
            if one["id"] not in sector_ids():
                self._say("sector-unknown", place, **quote_found(one["id"]), allowed=", ".join(sector_ids()))
            elif one["id"] in found:
                self._say("sector-twice", place, found=one["id"])
            else:
                reason = one.get("reason", "")
                found[one["id"]] = Sector(id=one["id"], materiality=Materiality(one["materiality"]), reason=reason)
        return tuple(found.values())

    def _weights(self, edition: str) -> tuple[WeightChange, ...]:
        index = index_requirements(load_framework(edition))
        found: dict[str, WeightChange] = {}
        for number, one in enumerate(self._data.get("weights", ())):
            place, name = f"weights[{number}]", one["requirement"]
            reason = one.get("reason", "").strip()
            if isinstance(index.get(name), Part):
                self._say("id-unknown", place, found=name, edition=edition, **hint(None, PART_WITHOUT_WEIGHT))
            elif name not in index:
                self._say("id-unknown", place, **quote_found(name), edition=edition, **make_id_hint(name, index))
            elif not reason:
                self._say("weight-unexplained", place, found=name)
            elif name in found:
                self._say("weight-twice", place, found=name)
            else:
                found[name] = WeightChange(requirement=name, weight=one["weight"], reason=reason)
        return tuple(found.values())

    def _say(self, code: str, place: str, **facts: object) -> None:
        self.problems.append(make_problem(code, self._locate(place), None, **facts))
