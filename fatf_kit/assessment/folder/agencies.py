"""agencies.csv says who answers, under which name in each language, in which roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from fatf_kit.assessment.folder.csv_tables import CsvRow, read_table, render_table
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.framework.vocabulary import load_vocabulary

COLUMNS = ("id", *(f"name_{language}" for language in LANGUAGES), "roles", "language")
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
    found: dict[str, tuple[Agency, int]] = {}
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


def _agency(row: CsvRow, name: str, fallback: str, problems: list[Problem]) -> Agency:
    names = {language: text for language in LANGUAGES if (text := row[f"name_{language}"])}
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


def starting_agencies(language: str, country: str | None = None) -> tuple[Agency, ...]:
    """Return one agency for each role, to be renamed, joined and deleted as the country is organised.

    Their names are those of the country, an ISO 3166 code of three letters, where they are known.

    >>> starting_agencies("ar")[1].names["en"]
    'Financial intelligence unit'
    """
    lists = {each: load_vocabulary(add_country(each, country)).roles for each in LANGUAGES}
    return tuple(
        Agency(
            id=role.replace("_", "-"),
            names={each: roles[role].name for each, roles in lists.items()},
            roles=(role,),
            language=language,
        )
        for role in load_vocabulary().roles
    )


def render_agencies(agencies: Iterable[Agency]) -> bytes:
    """Return the table of some agencies."""
    return render_table(
        COLUMNS,
        (
            [a.id, *(a.names.get(language, "") for language in LANGUAGES), " ".join(a.roles), a.language]
            for a in agencies
        ),
    )
