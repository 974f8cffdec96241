"""Published ratings and FATF's lists as a data package: the tables, and a description of every column.

Source: Data Package Standard, version 1; Table Schema.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions
from fatf_kit.framework.export.editions import AUTHORS, LICENCE, LICENCE_NAME, LICENCE_PAGE, make_notice
from fatf_kit.published.listings_file import COLUMNS as LIST_COLUMNS
from fatf_kit.published.listings_file import CONFIDENCES, ListName
from fatf_kit.published.loader import COLUMNS, UNITS, load_published, make_row
from fatf_kit.published.model import ReportType, find_scale

DESCRIPTION = "datapackage.json"
"""The file that describes the others."""

RATINGS_KEY = ("iso3", "report_type", "report_date", "methodology", "source")
"""The columns that together tell the rows of the table of ratings apart."""

_SOURCE = "Financial Action Task Force (FATF), Consolidated assessment ratings, and the reports in report_url"
_SOURCE_PAGE = "https://www.fatf-gafi.org/en/publications/Mutualevaluations/Assessment-ratings.html"
_DAY_OR_MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])(-[0-3][0-9])?"
_CODE = "[A-Z]{3}"
_YES_NO = {"trueValues": ["yes"], "falseValues": ["no"]}
_FIELDS: Mapping[str, Mapping[str, Any]] = {
    "jurisdiction": {"type": "string", "constraints": {"required": True}},
    "iso3": {"type": "string", "constraints": {"pattern": _CODE}},
    "assessment_body": {"type": "string"},
    "report_type": {"type": "string", "constraints": {"required": True, "enum": [*map(str, ReportType)]}},
    "report_date": {"type": "yearmonth", "constraints": {"required": True}},
    "is_current": {"type": "boolean", **_YES_NO, "constraints": {"required": True}},
    "report_url": {"type": "string"},
    "verified": {"type": "boolean", **_YES_NO, "constraints": {"required": True}},
    "list": {"type": "string", "constraints": {"required": True, "enum": [*map(str, ListName)]}},
    "listed_since": {"type": "string", "constraints": {"pattern": _DAY_OR_MONTH}},
    "removed_on": {"type": "date"},
    "as_of": {"type": "date", "constraints": {"required": True}},
    "source": {"type": "string", "constraints": {"required": True}},
    "confidence": {"type": "string", "constraints": {"required": True, "enum": [*CONFIDENCES]}},
}


def render_data_package(day: date) -> Mapping[str, bytes]:
    """Return the files of the package by name: the bundled tables, and their description.

    The table of ratings has a column more than the bundled one: the source, with which the rows have a key. `day` is
    the date on which the package is made.
    """
    lists = (data_folder("frameworks") / "published" / "lists.csv").read_bytes()
    tables = {"ratings.csv": _render_ratings(), "lists.csv": lists}
    package = {
        "name": "fatf-kit-published",
        **_in_languages("title", _title),
        **_in_languages("description", _describe),
        "created": f"{day.isoformat()}T00:00:00Z",
        "licenses": [{"name": LICENCE, "title": LICENCE_NAME, "path": LICENCE_PAGE}],
        "contributors": [{"title": AUTHORS, "role": "author"}],
        "sources": [{"title": _SOURCE, "path": _SOURCE_PAGE}],
        "resources": [
            _make_resource("ratings.csv", tables["ratings.csv"], (*COLUMNS, "source"), RATINGS_KEY),
            _make_resource("lists.csv", tables["lists.csv"], LIST_COLUMNS, ("iso3", "list", "as_of")),
        ],
    }
    description = (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    return {DESCRIPTION: description, **tables}


def _render_ratings() -> bytes:
    """Return the bundled table of ratings with the source of each row."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, (*COLUMNS, "source"))
    writer.writeheader()
    writer.writerows(make_row(report) | {"source": report.source} for report in load_published())
    return table.getvalue().encode()


def _make_resource(name: str, content: bytes, columns: tuple[str, ...], key: tuple[str, ...]) -> dict[str, Any]:
    """Return the description of one table. A blank cell is missing; NA is a rating and never a missing value."""
    schema: dict[str, Any] = {"fields": [_make_field(column) for column in columns], "missingValues": [""]}
    if key:
        schema["primaryKey"] = list(key)
    return {
        "name": name.removesuffix(".csv"),
        "path": name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _make_field(column: str) -> dict[str, Any]:
    field = {"name": column, **_in_languages("description", lambda t: _describe_column(t, column))}
    if column in UNITS:
        return field | {"type": "string", "constraints": {"enum": [*map(str, find_scale(column))]}}
    if column == "methodology":
        known = [edition.removeprefix("fatf-") for edition in list_editions()]
        return field | {"type": "string", "constraints": {"required": True, "enum": known}}
    return field | dict(_FIELDS[column])


def _in_languages(key: str, write: Callable[[Translator], str]) -> dict[str, str]:
    """Return a text in English under `key`, and in the other languages under "key:ar" and "key:fr"."""
    texts = {language: remove_isolation(write(Translator(language))) for language in LANGUAGES}
    return {key if language == "en" else f"{key}:{language}": text for language, text in texts.items()}


def _title(t: Translator) -> str:
    return t("Ratings published by FATF and its regional bodies, and FATF's lists")


def _describe(t: Translator) -> str:
    wording = t(
        "Ratings, dates, names and addresses are facts that FATF and its regional bodies published. No text of a "
        "report is included. A rating describes what one report found at one time."
    )
    return make_notice(wording, t.language)


def _describe_column(t: Translator, column: str) -> str:
    if column in UNITS:
        return t(
            "Rating of {unit}. NA means not applicable and is a rating; a blank cell means not rated.", unit=column
        )
    texts = {
        "jurisdiction": t("Name of the jurisdiction as FATF writes it."),
        "iso3": t("Code of the jurisdiction according to ISO 3166-1 alpha-3."),
        "assessment_body": t("Bodies that assessed or followed up, separated by a slash."),
        "report_type": t("Type of report: MER, FUR, FUAR, or a summary of a round."),
        "report_date": t("Month of publication."),
        "methodology": t("Edition of the Methodology."),
        "is_current": t("Whether the row is the newest state of its jurisdiction."),
        "report_url": t("Address of the report."),
        "verified": t("Whether the row has no mark of doubt."),
        "list": t("List of FATF: increased monitoring or call for action."),
        "listed_since": t("Day or month of listing."),
        "removed_on": t("Day of removal; blank while the listing is in force."),
        "as_of": t("Day up to which the row is known to be right."),
        "source": t("Where the fact is from."),
        "confidence": t("How sure the date of listing is."),
    }
    return texts[column]
