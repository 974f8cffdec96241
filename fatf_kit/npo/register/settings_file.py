"""The settings of a country read: its JSON, the overrides in CSV, the national factors in a workbook.

Source: fatf-kit's own, frameworks/schema/npo-settings.schema.json.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit.core.csv_quotes import find_unclosed_quote
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import refusal_reason
from fatf_kit.core.json_files import convert_value, load_json
from fatf_kit.core.languages import LANGUAGES, clean, normalise
from fatf_kit.core.local_names import LocalName, local_name
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.npo.method.load import Method, load_method
from fatf_kit.npo.method.settings import ListedPlace, Settings
from fatf_kit.npo.model import Decision, NationalFactor, Override
from fatf_kit.npo.register.cell_values import country
from fatf_kit.npo.register.file import sheet_to_csv
from fatf_kit.npo.register.refusals import place_of
from fatf_kit.npo.register.sheet import SEPARATOR
from fatf_kit.npo.scales import RiskBand, RiskClass
from fatf_kit.npo.survey import Survey

OVERRIDE_COLUMNS = ("npo_id", "class", "reason", "office", "date")
_AS_THEY_ARE = frozenset((
    "currency", "fold", "minimum_income", "status", "public_bodies", "excluded_legal_forms", "national",
    "stated_totals", "surveys", "notices",
))  # fmt: skip
"""Settings whose JSON has the shape of the value."""


def load_settings(path: Path | None, method: Method) -> Settings:
    """Return the settings in a file; the defaults where there is none.

    Raises:
        FatfKitError: the file is at odds with its schema, or names something unknown.
    """
    if path is None:
        return Settings()
    try:
        data, problems = load_json(path, "npo-settings.schema.json")
    except OSError as fault:
        raise FatfKitError("The settings {file} cannot be read: {why}.", file=path.name, why=fault.strerror) from fault
    if problems:
        raise FatfKitError(
            "The settings {file} have errors ({count}). The first: {problem}",
            file=path.name,
            count=len(problems),
            problem=problems[0],
        )
    return parse_settings(data, method, path.parent)


def parse_settings(data: Mapping[str, Any], method: Method, folder: Path) -> Settings:
    """Settings from their JSON; files named in it are looked for in `folder`.

    Raises:
        FatfKitError: something named in it is unknown.
    """
    segment: dict[str, dict[str, int]] = {}
    for item in data.get("segment_factors", ()):
        segment.setdefault(item["id"], {})[normalise(item["region"])] = item["value"]
    national = {factor.id for factor in method.national}
    placed = {factor.id for factor in method.rated if factor.level == "segment"}
    for item in data.get("national", ()):
        if item["id"] not in national:
            raise FatfKitError(
                "'{found}' is not a national factor. Allowed: {names}.", found=item["id"], names=tuple(sorted(national))
            )
    if data.get("fold") not in (None, *method.folds):
        raise FatfKitError(
            "'{found}' is not a way to combine factors. Allowed: {names}.",
            found=data["fold"],
            names=tuple(method.folds),
        )
    for factor in segment:
        if factor not in placed:
            raise FatfKitError(
                "'{found}' is not a factor of a segment. Allowed: {names}.", found=factor, names=tuple(sorted(placed))
            )
    kept = {key: value for key, value in data.items() if key in _AS_THEY_ARE}
    given: Settings = convert_value({**kept, "segment_factors": segment}, Settings, "settings")
    for survey in given.surveys:
        _check_survey(survey)
    sheet, problems = read_national(folder / data["national_sheet"], method) if "national_sheet" in data else ((), ())
    return replace(
        given,
        home_country=_country(data["home_country"]) if "home_country" in data else None,
        countries=_places(data["countries"], "country") if "countries" in data else None,
        areas=_places(data["areas"], "area") if "areas" in data else None,
        national=merge_national(sheet, given.national),
        problems=(*problems, *report_overruled(sheet, given.national)),
        overrides=read_overrides(folder / data["overrides"]) if "overrides" in data else (),
        decision=_decision(data["judgement"]) if "judgement" in data else None,
    )


def _decision(judgement: Mapping[str, str]) -> Decision:
    return Decision(
        rating=RiskBand(judgement["class"]),
        reason=judgement["reason"],
        office=judgement.get("office", ""),
        on=read_day(judgement["date"]) if "date" in judgement else None,
    )


def with_national_sheet(settings: Settings, path: Path, method: Method) -> Settings:
    """Return the settings with the national factors of a filled template.

    Those that the settings or the mapping name go before them, and where both differ, that is a Problem.
    """
    try:
        found, problems = read_national(path, method)
    except FatfKitError:  # a sheet of that title with nothing on it
        return settings
    overruled = report_overruled(found, settings.national)
    all_problems = tuple(dict.fromkeys((*settings.problems, *problems, *overruled)))
    return replace(settings, national=merge_national(found, settings.national), problems=all_problems)


def merge_national(sheet: Iterable[NationalFactor], named: Iterable[NationalFactor]) -> tuple[NationalFactor, ...]:
    """Return the factors of a sheet and those named elsewhere, which go before them."""
    return tuple({factor.id: factor for factor in (*sheet, *named)}.values())


def report_overruled(sheet: Iterable[NationalFactor], named: Iterable[NationalFactor]) -> Iterator[Problem]:
    """Yield a Problem for each factor of a sheet that is given in another way elsewhere, with both places."""
    used = {factor.id: factor for factor in named}
    names = {factor.id: LocalName.of(factor.name) for factor in load_method().national}
    for factor in sheet:
        other = used.get(factor.id)
        if other is None or other == factor or factor.ref is None:
            continue
        place = str(other.ref) if other.ref else local_name(lambda language: Translator(language)("the settings"))
        yield make_problem(
            "npo-national-twice",
            factor.ref,
            factor=names[factor.id],
            found=factor.value,
            used=other.value,
            place=place,
        )


def national_titles() -> tuple[str, ...]:
    """Return what the sheet of national factors is called in each language."""
    return tuple(Translator(language)("National factors") for language in LANGUAGES)


def read_national(path: Path, method: Method) -> tuple[tuple[NationalFactor, ...], tuple[Problem, ...]]:
    """National factors from a workbook made by `npo template`, and what of it cannot be used; blanks are left out.

    Raises:
        FatfKitError: there is no such sheet.
    """
    with TemporaryDirectory(prefix="fatf-kit-npo-") as name:
        sheet = Path(name) / "national.csv"
        sheet_to_csv(path, sheet, SEPARATOR.join(national_titles()))
        with sheet.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    head = next((n for n, row in enumerate(rows) if {"id", "value", "reason"} <= set(row)), 0)
    at = {key: place for place, key in enumerate(rows[head]) if key}
    known = {factor.id: LocalName.of(factor.name) for factor in method.national}
    found: list[NationalFactor] = []
    problems: list[Problem] = []
    for line, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = {key: clean(row[place]) for key, place in at.items() if place < len(row)}
        factor, value, reason = (cells.get(key, "") for key in ("id", "value", "reason"))
        for place, text in enumerate(row):
            if clean(text) and place not in at.values():
                problems.append(make_problem("cell-unplaced", CellRef(file=path.name, cell=place_of(line, place + 1))))
        where = CellRef(file=path.name, cell=place_of(line))
        if factor in known and value in ("1", "2", "3", "4", "5"):
            found.append(NationalFactor(id=factor, value=int(value), reason=reason, ref=where))
        elif factor in known and value:
            problems.append(make_problem("npo-national", where, found=value, factor=known[factor]))
        elif factor in known and reason:
            problems.append(make_problem("npo-national-reason", where, factor=known[factor]))
        elif factor not in known and (value or reason):
            problems.append(make_problem("id-missing", where))
    return tuple(found), tuple(problems)


def read_overrides(path: Path) -> tuple[Override, ...]:
    """Classes set by hand, from a CSV with the columns npo_id, class, reason, office and date.

    Raises:
        FatfKitError: the file cannot be read, or a line lacks its reason, office or date.
    """
    if why := refusal_reason(path):
        raise FatfKitError("The overrides {file} cannot be read: {why}.", file=path.name, why=why)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        line = find_unclosed_quote(text, ",")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise FatfKitError("The overrides {file} cannot be read. Save them as CSV in UTF-8.", file=path.name) from fault
    if line:
        raise FatfKitError(
            "A quotation mark in line {line} of {file} is not closed. Close it and run the command again.",
            line=line,
            file=path.name,
        )
    return tuple(_override(row, line, path.name) for line, row in enumerate(rows, start=2))


def _override(row: Mapping[str, str | None], line: int, name: str) -> Override:
    missing = [column for column in OVERRIDE_COLUMNS if not (row.get(column) or "").strip()]
    if missing:
        raise FatfKitError(
            "The override in line {line} of {file} lacks these columns: {names}. Fill them in.",
            line=line,
            file=name,
            names=tuple(missing),
        )
    values = {column: str(row[column]).strip() for column in OVERRIDE_COLUMNS}
    try:
        return Override(
            npo_id=values["npo_id"],
            risk_class=RiskClass(values["class"].lower()),
            reason=values["reason"],
            office=values["office"],
            on=date.fromisoformat(values["date"]),
        )
    except ValueError as fault:
        raise FatfKitError(
            "The override in line {line} of {file} has a wrong class or date. Allowed: low, medium or high, and "
            "year-month-day.",
            line=line,
            file=name,
        ) from fault


def _check_survey(survey: Survey) -> None:
    if survey.population is not None and survey.answers > survey.population:
        raise FatfKitError(
            "The survey '{survey}' has more answers ({answers}) than bodies in its population ({population}). "
            "Correct one of the two numbers.",
            survey=survey.what,
            answers=survey.answers,
            population=survey.population,
        )


def _country(text: str) -> str:
    found = country(text)
    if found is None:
        raise FatfKitError(
            "'{found}' is not a country. Write an ISO 3166 code or a name in English, Arabic or French.", found=text
        )
    return found


def _places(items: list[dict[str, Any]], key: str) -> tuple[ListedPlace, ...]:
    return tuple(
        ListedPlace(
            name=_country(item[key]) if key == "country" else normalise(item[key]),
            level=item["level"],
            source=item.get("source", ""),
            since=read_day(item["from"]) if "from" in item else None,
            until=read_day(item["to"]) if "to" in item else None,
        )
        for item in items
    )


def read_day(text: str) -> date:
    """Return a date written as year-month-day.

    Raises:
        FatfKitError: it is none, or has the shape of one only, such as 30 February.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise FatfKitError(
            "'{found}' is not a date. Write year-month-day, like {example}.", found=text, example="2026-03-31"
        ) from fault
