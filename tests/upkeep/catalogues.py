"""Every message the program can say, from code and data; `make catalogues` brings the catalogues up to date.

Messages stand in four places: in calls t("…"), t.plural("…", "…", n), say("…") and bar("…") of the code and the page
template, in the table of problem codes, in facts of problems that are words of ours, and in data that reports print
(policies, closed vocabularies).
"""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.progress import ActionState
from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.answers.parse import SCALE_NAMES
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import AFFILIATION, MADE_UP
from fatf_kit.core.problem_codes import CODES, ProblemLevel
from fatf_kit.core.problems import HINTS, NEAR, PLACED, TRANSLATED_FACTS, WITHHELD, split_template
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.core.resources import data_folder, tool_version
from fatf_kit.core.schema_errors import FORMS, TYPES
from fatf_kit.evaluation_calendar.timetable import OWN, PLENARY_NAME, VISIT_NAME
from fatf_kit.follow_up_report.re_ratings import Addressed
from fatf_kit.npo.cells import KINDS
from fatf_kit.npo.faults import ITEMS, PLACES, REASONS
from fatf_kit.npo.measures_schema import AUDIENCES
from fatf_kit.npo.measures_schema import KINDS as MEASURE_KINDS
from fatf_kit.npo.proportionality import SEGMENT_WORDS
from fatf_kit.papers.agency_paper import TO_DO
from fatf_kit.published.listings_file import CONFIDENCES as LISTING_CONFIDENCES
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.spreadsheets.misdirected_workbooks import KINDS_OF_WORKBOOK
from fatf_kit.spreadsheets.words import load_words as workbook_words
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.observations import ObservationWeight

ROOT = Path(__file__).resolve().parents[2]
FOLDER = data_folder("frameworks") / "locale"
_KEYWORDS = {"t": None, "_t": None, "say": None, "bar": None, "plural": (1, 2)}
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # dates would change a catalogue in which nothing changed
_MADE_BY = b'"Generated-By: '
_METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]

Message = str | tuple[str, str]
"""A text, or its singular and plural."""


def messages_used() -> dict[Message, str]:
    """Every message and where it comes from, in a stable order."""
    found: dict[Message, str] = {}
    for message, where in (*_in_code(), *_in_problems(), *_in_facts(), *_in_data(), *_in_plans()):
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


def _in_facts() -> Iterator[tuple[Message, str]]:
    """Words of ours that fill the table of problem codes, as they are written in the code."""
    for path in sorted((ROOT / "fatf_kit").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {getattr(node, "id", None) or getattr(node, "name", None) for node in ast.walk(tree)}
        makes = not names.isdisjoint((*_FILLERS, *_TELLERS, *_DECLARED))
        for node in ast.walk(tree) if makes else ():
            for words in filter(_LETTER.search, _words_in(node)):
                yield split_template(words)[0], str(path.relative_to(ROOT))
        if path.name == "guard.py":  # its tables of kinds of files
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KIND_OF_FILE.match(node.value):
                    yield node.value, str(path.relative_to(ROOT))


def _words_in(node: ast.AST) -> Iterator[str]:
    """The words of ours at one place of the code: a fact of a problem, or a name that holds one until it is used."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _FILLERS:
            for fact in node.keywords:
                if fact.arg in TRANSLATED_FACTS:
                    yield from _texts(fact.value)
        if name in _DECLARED and not (name == "Column" and any(fact.arg == "hidden" for fact in node.keywords)):
            known = workbook_words("en")
            for fact in node.keywords:
                if fact.arg in _SHOWN_WORDS and isinstance(fact.value, ast.Constant) and fact.value.value not in known:
                    yield str(fact.value.value)
        if name == "too_large":
            for argument in node.args:
                yield from _texts(argument)
    elif isinstance(node, ast.FunctionDef) and node.name in _TELLERS:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign | ast.Return) and inner.value is not None:
                yield from _texts(inner.value)
            elif isinstance(inner, ast.Raise) and isinstance(inner.exc, ast.Call):
                yield from (text for argument in inner.exc.args for text in _texts(argument))
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").strip("_") in _HOLDERS:
        yield from _texts(node.value)


def _texts(node: ast.expr) -> Iterator[str]:
    """Every text an expression may give, filled-in values as '…' between quotation marks and as 0 elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.strip()
    elif isinstance(node, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
        yield "".join(parts).strip()
    elif isinstance(node, ast.IfExp):
        yield from (text for branch in (node.body, node.orelse) for text in _texts(branch))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _texts(node.func.value)
    elif isinstance(node, ast.BoolOp):
        yield from (text for value in node.values for text in _texts(value))


_COMPLAINTS = ("_words_of", "_limit_of", "_strange_keys", "_type_of", "_best_of")
_TELLERS = ("hint_for", "why_unfit", *_COMPLAINTS, "_plain", "_no_duplicates", "_no_nan")
_DECLARED = ("Column", "Field", "BookSchema")
_SHOWN_WORDS = ("heading", "label", "what")
_HOLDERS = ("hint", "NO_PERMISSION", "there", "SAME_TITLE", "FALSE_COUNT", "UNREADABLE")
_FILLERS = ("make_problem", "RefusedError", "too_large", "_say")
_LETTER = re.compile("[a-z]")
_KIND_OF_FILE = re.compile(r"an? [A-Za-z]")


def _in_data() -> Iterator[tuple[Message, str]]:
    yield MADE_UP, "examples"
    yield AFFILIATION, "every document"
    for text in (WITHHELD, NEAR, PLACED, *HINTS):
        yield text, "problems"
    for text in (*FORMS.values(), *TYPES.values()):
        yield split_template(text)[0], "schema errors"
    for kind in KINDS_OF_WORKBOOK.values():
        yield kind.what, "kinds of workbook"
    for text in (*KINDS.values(), *ITEMS.values(), *PLACES, *REASONS):
        yield text, "npo"
    for text in (label for one in (MEASURE_KINDS, AUDIENCES) for label in one.labels("en").values()):
        yield text, "npo/measures.json"
    for text in SEGMENT_WORDS.values():
        yield text, "npo"
    factors = json.loads((data_folder("frameworks") / "npo" / "factors.json").read_text(encoding="utf-8"))
    for source in factors["sources"].values():
        yield source["evidence"], "sources of the factors"
    for _, title in TO_DO.values():
        yield title, "agency paper"
    for name in SCALE_NAMES:
        yield name, "scales"
    for vocabulary in (FindingKind, Severity, ProblemLevel, Audience, ObservationWeight):
        for value in vocabulary:
            yield str(value), vocabulary.__name__
    for status in EvidenceStatus:
        if not status.is_shown:
            yield str(status), "EvidenceStatus"
    for finding_kind in FindingKind:
        yield finding_kind.label, "FindingKind"
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
        requests = rules.get("re_rating_requests", {})
        for text in (requests.get("source", ""), requests.get("confidence", "")):
            yield text, f"lines of {rules['edition']}"
        for fact in rules.get("prioritisation", {}).get("facts", ()):
            yield fact["question"], f"lines of {rules['edition']}"
    for path in sorted(data_folder("frameworks").glob("*/actions.json")):
        actions = json.loads(path.read_text(encoding="utf-8"))
        for text in actions["notes"]:
            yield text, f"actions of {actions['edition']}"
    for confidence in LISTING_CONFIDENCES:
        yield confidence, "published/lists.csv"
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
    for vocabulary in (ActionStatus, ActionState, Addressed):
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
    if len(old):  # Babel's forms change from one version to the next, and the translations stand in those of the file
        new.mime_headers = [("Plural-Forms", old.plural_forms)]
    for message in messages_used():
        known = old.get(message if isinstance(message, str) else message[0])
        new.add(message, known.string if known else None, flags=known.flags if known else ())
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, new, width=100, sort_output=True)
    lines = written.getvalue().splitlines(keepends=True)
    (FOLDER / f"{language}.po").write_bytes(b"".join(line for line in lines if not line.startswith(_MADE_BY)))


if __name__ == "__main__":
    for shipped in LANGUAGES:
        if shipped != "en":
            renew(shipped)
