"""Every message the program can say, from code and data; `make catalogues` brings the catalogues up to date.

Messages stand in three places: in calls t("…") and t.plural("…", "…", n) of the code and the page template, in the
table of problem codes, and in data that reports print (policies, closed vocabularies).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from fatf_kit.findings.model import Kind, Severity
from fatf_kit.locale import LANGUAGES
from fatf_kit.messages import MADE_UP
from fatf_kit.npo.cells import KINDS
from fatf_kit.npo.faults import REASONS
from fatf_kit.plan.book import COLUMNS as PLAN_COLUMNS
from fatf_kit.plan.book import DATE_COLUMNS, RATING_COLUMNS
from fatf_kit.plan.follow_up import Addressed
from fatf_kit.plan.follow_up_book import CRITERIA, PASTED, REQUESTS
from fatf_kit.plan.model import Status
from fatf_kit.plan.progress import State
from fatf_kit.plan.timetable import OWN, PLENARY_NAME, VISIT_NAME
from fatf_kit.problems import CODES, WITHHELD, Level
from fatf_kit.resources import data_folder, tool_version
from fatf_kit.responses.audience import Audience
from fatf_kit.responses.parse import SCALE_NAMES
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.observations import Weight

ROOT = Path(__file__).resolve().parents[2]
FOLDER = data_folder("frameworks") / "locale"
_KEYWORDS = {"t": None, "_t": None, "plural": (1, 2)}
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # dates would change a catalogue in which nothing changed
_METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]

Message = str | tuple[str, str]
"""A text, or its singular and plural."""


def messages_used() -> dict[Message, str]:
    """Every message and where it comes from, in a stable order."""
    found: dict[Message, str] = {}
    for message, where in (*_in_code(), *_in_problems(), *_in_data(), *_in_plans()):
        if message:
            found.setdefault(message, where)
    return found


def _in_code() -> Iterator[tuple[Message, str]]:
    calls = extract_from_dir(ROOT / "fatf_kit", _METHODS, keywords=_KEYWORDS, comment_tags=())
    for name, _, message, _, _ in sorted(calls, key=lambda call: (call[0], call[1])):
        yield (message if isinstance(message, str) else (message[0], message[1])), f"fatf_kit/{name}"


def _in_problems() -> Iterator[tuple[Message, str]]:
    for kind in CODES.values():
        yield kind.template, f"problem {kind.code}"
        yield kind.next_step, f"problem {kind.code}"


def _in_data() -> Iterator[tuple[Message, str]]:
    yield MADE_UP, "examples"
    yield WITHHELD, "problems.py"
    for text in (*KINDS.values(), *REASONS):
        yield text, "npo"
    for name in SCALE_NAMES:
        yield name, "responses/parse.py"
    for vocabulary in (Kind, Severity, Level, Audience, Weight):
        for value in vocabulary:
            yield str(value), vocabulary.__name__
    for path in sorted((data_folder("frameworks") / "policies").glob("*.json")):
        policy = json.loads(path.read_text(encoding="utf-8"))
        for text in (policy["source"], policy["confidence"], *policy["weights"].values()):
            yield text, f"policy {policy['id']}"
    sectors = json.loads((data_folder("frameworks") / "sectors.json").read_text(encoding="utf-8"))
    for sector in sectors["sectors"]:
        yield sector["name"], "sectors"
    for path in sorted(data_folder("frameworks").glob("*/follow-up.json")):
        rules = json.loads(path.read_text(encoding="utf-8"))
        for line in rules["lines"]:
            yield line["test"], f"lines of {rules['edition']}"
            yield line["confidence"], f"lines of {rules['edition']}"
        for text in (rules.get("provisional_because", ""), *rules["notes"]):
            yield text, f"lines of {rules['edition']}"
        for fact in rules.get("prioritisation", {}).get("facts", ()):
            yield fact["question"], f"lines of {rules['edition']}"
    for path in sorted(data_folder("frameworks").glob("*/actions.json")):
        actions = json.loads(path.read_text(encoding="utf-8"))
        for text in actions["notes"]:
            yield text, f"actions of {actions['edition']}"
    groups = json.loads((data_folder("frameworks") / "published" / "groups.json").read_text(encoding="utf-8"))
    for group in groups["groups"]:
        yield group.get("note", ""), f"group {group['id']}"
    for threshold in load_definitions().thresholds.values():
        for text in (threshold.source, threshold.confidence):
            yield text, "thresholds of figures"


def _in_plans() -> Iterator[tuple[Message, str]]:
    """What plans, calendars and follow-up say from their lists and tables."""
    for path in sorted(data_folder("frameworks").glob("*/timetable.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        for text in (table["note"], *table["sources"], *table["sources"].values(), OWN, VISIT_NAME, PLENARY_NAME):
            yield text, f"timetable of {table['edition']}"
        for event in table["events"]:
            yield event["what"], f"timetable of {table['edition']}"
    efforts = json.loads((data_folder("frameworks") / "plan" / "efforts.json").read_text(encoding="utf-8"))
    for kind in efforts["kinds"]:
        yield kind["name"], "plan/efforts.json"
        yield kind["evidence"], "plan/efforts.json"
    for stage in efforts["stages"]:
        yield stage["name"], "plan/efforts.json"
    for column in (*PLAN_COLUMNS, *DATE_COLUMNS, *RATING_COLUMNS, *PASTED, *REQUESTS, *CRITERIA):
        if not column.hidden:
            yield column.heading, "plan"
    for vocabulary in (Status, State, Addressed):
        for value in vocabulary:
            yield str(value), vocabulary.__name__


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language as it stands; empty where there is none yet."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language)
    with path.open(encoding="utf-8") as source:
        return read_po(source, locale=language)


def renew(language: str) -> None:
    """Write the catalogue again: every message used, translations kept, what is no longer said dropped."""
    old = read_catalogue(language)
    new = Catalog(
        locale=language,
        project="fatf-kit",
        charset="utf-8",
        header_comment="# fatf-kit: working translation, never FATF's own words.",
        version=tool_version(),
        last_translator="fatf-kit",
        language_team=language,
        msgid_bugs_address="see README.md",
        creation_date=_FIXED,
        revision_date=_FIXED,
        fuzzy=False,
    )
    for message, where in messages_used().items():
        key = message if isinstance(message, str) else message[0]
        known = old.get(key)
        new.add(message, known.string if known else None, auto_comments=(where,), flags=known.flags if known else ())
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{language}.po").open("wb") as target:
        write_po(target, new, width=110, omit_header=False, sort_output=False)


if __name__ == "__main__":
    for shipped in LANGUAGES:
        if shipped != "en":
            renew(shipped)
