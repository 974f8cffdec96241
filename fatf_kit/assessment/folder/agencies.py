"""agencies.csv says who answers, under which name in each language, in which roles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from fatf_kit.assessment.folder.csv_tables import TextRow, read_table
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.languages import LANGUAGES, direction
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.spreadsheets.spread import spread_key

COLUMNS = ("id", *(spread_key("name", language) for language in LANGUAGES), "roles", "language")
SEPARATORS = re.compile(r"[\s,;|،؛]+")
"""Between ids in one cell."""

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")  # no file may be called so on Windows


def is_agency_id(text: str) -> bool:
    """Return whether a text may be an agency's id: it also names files, on every system, and never a path.

    >>> is_agency_id("central-bank"), is_agency_id("../bank"), is_agency_id("con")
    (True, False, False)
    """
    return bool(_ID.fullmatch(text)) and not _RESERVED.fullmatch(text)


def read_agencies(path: Path, fallback: str) -> tuple[tuple[Agency, ...], tuple[Problem, ...]]:
    """Return the agencies of the table and every fault in it; `fallback` is the language of those that name none."""
    rows, problems = read_table(path, COLUMNS, ("id",))
    agencies, found = check_agencies(rows, fallback)
    return agencies, (*problems, *found)


def check_agencies(rows: Iterable[TextRow], fallback: str) -> tuple[tuple[Agency, ...], tuple[Problem, ...]]:
    """Return the agencies that rows describe, and every fault in them."""
    found: dict[str, tuple[Agency, int]] = {}
    problems: list[Problem] = []
    for row in rows:
        name = row["id"].casefold()
        if not name:
            problems.append(make_problem("row-nameless", row.ref("id"), column="id"))
        elif not is_agency_id(name):
            problems.append(make_problem("agency-id", row.ref("id"), **quote_found(row["id"])))
        elif name in found:
            problems.append(make_problem("agency-twice", row.ref("id"), found=name, other=found[name][1]))
        else:
            found[name] = _agency(row, name, fallback, problems), row.number
    return tuple(agency for agency, _ in found.values()), tuple(problems)


def _agency(row: TextRow, name: str, fallback: str, problems: list[Problem]) -> Agency:
    names = {language: text for language in LANGUAGES if (text := row[spread_key("name", language)])}
    if not names:
        problems.append(make_problem("agency-name", row.ref("id"), found=name))
    known = load_vocabulary().roles
    roles = []
    for role in filter(None, SEPARATORS.split(row["roles"].casefold())):
        if role in known:
            roles.append(role)
        else:
            problems.append(
                make_problem("role-unknown", row.ref("roles"), **quote_found(role), allowed=", ".join(known))
            )
    language = row["language"].casefold() or fallback
    if language not in LANGUAGES:
        facts = {**quote_found(language), "used": fallback, "allowed": ", ".join(LANGUAGES)}
        problems.append(make_problem("agency-language", row.ref("language"), **facts))
        language = fallback
    return Agency(id=name, names=names, roles=tuple(dict.fromkeys(roles)), language=language)


def make_agency_id(names: Mapping[str, str], taken: Collection[str]) -> str:
    """Return an id for an agency without one: of the Latin letters of its first name that has any, else numbered.

    Names that are written from right to left have none of their own, so they are left out.

    >>> make_agency_id({"en": "Central Bank of Iraq"}, ()), make_agency_id({"ar": "هيئة النزاهة"}, ("agency-1",))
    ('central-bank-of-iraq', 'agency-2')
    """
    stems = (_make_stem(name) for language, name in names.items() if direction(language) == "ltr")
    stem = next(filter(None, stems), "")
    candidates = [stem, *(f"{stem or 'agency'}-{number}" for number in range(2 if stem else 1, len(taken) + 3))]
    return next(one for one in candidates if is_agency_id(one) and one not in taken)


def _make_stem(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:36].strip("-")
