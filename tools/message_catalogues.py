"""Collect every message of code and data; `make catalogues` writes the message catalogues again.

    python -m tools.message_catalogues                        every catalogue
    python -m tools.message_catalogues --confirm [LANGUAGE …]  fuzzy translations say what the English says

Messages occur in five places: in calls t("…"), t.plural("…", "…", n), print_message("…"), print_plural("…", "…", n) and
progress_bar("…") and errors such as FatfKitError("…") of the code and the page template, in the texts of --help, in the
table of problem codes, in declared sheets and columns and in facts of problems that are texts of the program, and in
data that reports print (policies, closed vocabularies).
"""

from __future__ import annotations

import ast
import errno
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stderr
from functools import cache
from pathlib import Path
from types import MappingProxyType

import click
from babel.messages.extract import extract_from_dir

from fatf_kit.action_plan.items.choices import Direction, ItemEvidenceKind, ReportDuty
from fatf_kit.action_plan.items.cycles import PLENARY as PLENARY_DAY
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.needs.choices import TIMES_NAMES
from fatf_kit.action_plan.progress import ActionState
from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.answers.parse import SCALE_NAMES
from fatf_kit.cli.help import split_paragraphs
from fatf_kit.cli.main import NOTES, SECTIONS
from fatf_kit.cli.main import cli as program
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.message_facts import TRANSLATED_FACTS
from fatf_kit.core.messages import AFFILIATION, MADE_UP
from fatf_kit.core.problem_codes import CODES
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.problems import HINTS, NEAR, PLACED, WITHHELD
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.core.resources import data_folder
from fatf_kit.core.schema_errors import FORMS, NOT_ALLOWED, OTHER_FORM, TYPES
from fatf_kit.evaluation_calendar.timetable import LATER_OBSERVATION_NAME, OWN, PLENARY_NAME, VISIT_NAME
from fatf_kit.follow_up_report.re_ratings import AddressedState
from fatf_kit.laws.matching import Difference
from fatf_kit.laws.model import BillStage, EntryState, InstrumentStatus, LinkScope, SpellingState
from fatf_kit.laws.translations import TranslationState
from fatf_kit.mock_visit.data import load_own_questions
from fatf_kit.npo.classification.faults import ITEMS, KINDS, REASONS
from fatf_kit.npo.measures.proportionality import SEGMENT_WORDS
from fatf_kit.npo.measures.workbook import AUDIENCES
from fatf_kit.npo.measures.workbook import KINDS as MEASURE_KINDS
from fatf_kit.papers.agency_paper import TO_DO
from fatf_kit.published.listings_file import CONFIDENCES as LISTING_CONFIDENCES
from fatf_kit.report_text.items import LIST_NAMES
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.policy import load_policy, shipped_policies
from fatf_kit.spreadsheets.misdirected_workbooks import KINDS_OF_WORKBOOK
from fatf_kit.spreadsheets.words import load_words as workbook_words
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.observations import ObservationWeight, load_observation_rules
from fatf_kit.texts.limits import LIMITS
from fatf_kit.training.model import TrainingKind, YearHalf
from tools.catalogues import Message, confirm_catalogues, write_catalogue
from tools.click_texts import CLICK_TEXTS

ROOT = Path(__file__).resolve().parents[1]
_ERRORS = ("FatfKitError", "FrameworkError", "UnknownIdError", "WorkbookError")
_KEYWORDS = {
    **dict.fromkeys(("t", "_t", "Phrase", "translate", "print_message", "progress_bar", "fail_usage", *_ERRORS)),
    **dict.fromkeys(("plural", "print_plural"), (1, 2)),
}
_METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]


@cache
def find_messages() -> Mapping[Message, str]:
    """Find every message of code and data, each with the place it comes from, in a stable order."""
    sources = (_find_in_code, _find_in_help, _find_in_problems, _find_in_facts, _find_in_data, _find_in_plans)
    return gather_messages(pair for source in sources for pair in source())


def gather_messages(pairs: Iterable[tuple[Message, str]]) -> Mapping[Message, str]:
    """Gather messages with their places, each message once, with its first place.

    Raises:
        LookupError: a message is used alone and with a plural, which a catalogue cannot hold.
    """
    places: dict[Message, str] = {}
    for message, place in pairs:
        if message:
            places.setdefault(message, place)
    if twice := places.keys() & {message[0] for message in places if isinstance(message, tuple)}:
        raise LookupError(f"messages with and without a plural: {sorted(map(str, twice))}")
    return MappingProxyType(places)


def _find_in_code() -> Iterator[tuple[Message, str]]:
    with redirect_stderr(io.StringIO()):  # Babel warns of facts that are f-strings; a test finds those in messages
        calls = list(extract_from_dir(ROOT / "fatf_kit", _METHODS, keywords=_KEYWORDS, comment_tags=()))
    for name, _, message, _, _ in sorted(calls, key=lambda call: (call[0], call[1])):
        yield (message if isinstance(message, str) else (message[0], message[1])), f"fatf_kit/{name}"


def _find_in_help() -> Iterator[tuple[Message, str]]:
    yield from find_help(program, "fatf-kit")
    for title, rows in (*SECTIONS.items(), *NOTES.items()):
        yield title, "fatf-kit"
        for text in rows.values():
            if not text.startswith("eval "):  # a command to be copied
                yield text, "fatf-kit"
    for text in CLICK_TEXTS:
        yield text, "click"


def find_help(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text of --help with the command that shows it, a paragraph at a time."""
    for text in (command.help, command.epilog, *(getattr(one, "help", None) for one in command.params)):
        for paragraph in split_paragraphs(text):
            if not paragraph.startswith("\b"):  # an example
                yield paragraph, path
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from find_help(inner, f"{path} {name}")


def _find_in_problems() -> Iterator[tuple[Message, str]]:
    for kind in CODES.values():
        template: Message = (kind.singular, kind.template) if kind.singular else kind.template
        yield template, f"problem {kind.code}"
        yield kind.next_step, f"problem {kind.code}"


def _find_in_facts() -> Iterator[tuple[Message, str]]:
    """Yield the texts that fill the gaps of problem messages, as they are written in the code.

    Raises:
        LookupError: a function or constant that is searched for texts no longer exists.
    """
    missing = {*_FILLING_CALLS, *_TEXT_FUNCTIONS, *_DECLARATIONS, *_SHEET_DECLARATIONS}
    for path in sorted((ROOT / "fatf_kit").rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        if not _SEARCHED.search(code):  # most modules; parsing them would take a second
            continue
        tree = ast.parse(code)
        missing -= {getattr(node, "id", None) or getattr(node, "name", None) for node in ast.walk(tree)}
        for node in ast.walk(tree):
            for text in filter(_LETTER.search, _find_texts(node)):
                yield text, str(path.relative_to(ROOT))
            for text in _find_declared(node):
                yield text, str(path.relative_to(ROOT))
        if path.name == "guard.py":  # its tables of kinds of files
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KIND_OF_FILE.match(node.value):
                    yield node.value, str(path.relative_to(ROOT))
    if missing:
        raise LookupError(f"{', '.join(sorted(missing))} not found in fatf_kit. Correct the names in {__file__}.")


def _find_texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts at one node of the code: a fact of a problem, or a constant that is used as one."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _FILLING_CALLS:
            for fact in node.keywords:
                if fact.arg in TRANSLATED_FACTS:
                    yield from _expand_texts(fact.value)
        is_hidden = name == "SheetColumn" and any(fact.arg == "hidden" for fact in node.keywords)
        if name in _DECLARATIONS and not is_hidden:
            known = workbook_words("en")
            named = [fact.value for fact in node.keywords if fact.arg in _SHOWN_ARGUMENTS]
            for text in (*node.args[1:2], *named):  # a heading or label may stand after its key
                if isinstance(text, ast.Constant) and text.value not in known:
                    yield str(text.value)
        if name == "refuse_size":
            for argument in node.args:
                yield from _expand_texts(argument)
    elif isinstance(node, ast.FunctionDef) and node.name in _TEXT_FUNCTIONS:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign | ast.Return) and inner.value is not None:
                yield from _expand_texts(inner.value)
            elif isinstance(inner, ast.Raise) and isinstance(inner.exc, ast.Call):
                yield from (text for argument in inner.exc.args for text in _expand_texts(argument))
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").strip("_") in _TEXT_CONSTANTS:
        yield from _expand_texts(node.value)


def _find_declared(node: ast.AST) -> Iterator[str]:
    """Yield the texts of a declared sheet or column: a heading, a title, and what the first sheet says about it."""
    name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
    if isinstance(node, ast.Call) and name in _SHEET_DECLARATIONS:
        shown = [fact.value for fact in node.keywords if fact.arg in ("title", "about")]
        for text in (*node.args[:1], *shown):
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                raise LookupError(f"the texts of {name} are not written out where it is called: {ast.unparse(node)}")
            yield text.value


def _expand_texts(node: ast.expr) -> Iterator[str]:
    """Yield every text an expression may give.

    Raises:
        LookupError: it is an f-string, which no catalogue could hold.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.strip()
    elif isinstance(node, ast.JoinedStr):
        raise LookupError(f"{ast.unparse(node)} has no translation. Write a Phrase with its facts.")
    elif isinstance(node, ast.IfExp):
        yield from (text for branch in (node.body, node.orelse) for text in _expand_texts(branch))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _expand_texts(node.func.value)
    elif isinstance(node, ast.BoolOp):
        yield from (text for value in node.values for text in _expand_texts(value))


_SCHEMA_ERROR_FUNCTIONS = ("_describe", "_describe_limit", "_describe_unknown_keys", "_describe_type", "_describe_best")
_TEXT_FUNCTIONS = (
    "make_id_hint",
    "refusal_reason",
    *_SCHEMA_ERROR_FUNCTIONS,
    "_plain",
    "_refuse_duplicates",
    "_refuse_nan",
)
_DECLARATIONS = ("SheetColumn", "CoverField", "BookSchema")
_SHEET_DECLARATIONS = ("col", "DeclaredSheet")
_SHOWN_ARGUMENTS = ("heading", "label", "help", "what")
_TEXT_CONSTANTS = ("hint", "NO_PERMISSION", "there", "SAME_TITLE", "FALSE_COUNT", "UNREADABLE")
_FILLING_CALLS = ("make_problem", "RefusedError", "refuse_size", "_say", "_open_cell")
_SEARCHED = re.compile(
    rf"\b(?:{'|'.join((*_FILLING_CALLS, *_TEXT_FUNCTIONS, *_DECLARATIONS))})\b|\b(?:{'|'.join(_SHEET_DECLARATIONS)})\("
)
_LETTER = re.compile("[a-z]")
_SYSTEM_ERRORS = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EIO)
"""The errors of the system that users meet; its words for them are the same on every system."""
_KIND_OF_FILE = re.compile(r"an? [A-Za-z]")


def _find_in_data() -> Iterator[tuple[Message, str]]:
    yield MADE_UP, "examples"
    for number in _SYSTEM_ERRORS:
        yield os.strerror(number), "errors of the system"
    yield AFFILIATION, "every document"
    for text in (WITHHELD, NEAR, PLACED, *HINTS):
        yield text, "problems"
    for text in (*FORMS.values(), OTHER_FORM, NOT_ALLOWED, *TYPES.values()):
        yield text, "schema errors"
    for kind in KINDS_OF_WORKBOOK.values():
        yield kind.what, "kinds of workbook"
    for text in (
        *KINDS.values(),
        *ITEMS.values(),
        *REASONS,
        *REASONS.values(),
        *(limit.message for limit in LIMITS),
    ):
        yield text, "npo"
    for text in (label for one in (MEASURE_KINDS, AUDIENCES) for label in one.labels("en").values()):
        yield text, "npo/measures.json"
    for text in SEGMENT_WORDS.values():
        yield text, "npo"
    factors = json.loads((data_folder("frameworks") / "npo" / "factors.json").read_text(encoding="utf-8"))
    for source in factors["sources"].values():
        yield source["evidence"], "sources of the factors"
    for one in (*InstrumentStatus, *TranslationState):
        yield str(one), "laws.xlsx"
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
    for name in shipped_policies():
        policy = load_policy(name)
        for text in (policy.title, policy.source, policy.confidence, *policy.weights.values()):
            yield text, f"policy {policy.id}"
    sectors = json.loads((data_folder("frameworks") / "sectors.json").read_text(encoding="utf-8"))
    for sector in sectors["sectors"]:
        yield sector["name"], "sectors"
    for path in sorted(data_folder("frameworks").glob("*/follow-up.json")):
        rules = json.loads(path.read_text(encoding="utf-8"))
        for line in rules["lines"]:
            yield line["name"], f"lines of {rules['edition']}"
            yield line["test"], f"lines of {rules['edition']}"
            yield line["confidence"], f"lines of {rules['edition']}"
        for text in (rules.get("provisional_because", ""), *rules["notes"]):
            yield text, f"lines of {rules['edition']}"
        requests = rules.get("re_rating_requests", {})
        for text in (requests.get("source", ""), requests.get("confidence", "")):
            yield text, f"lines of {rules['edition']}"
        order = rules.get("prioritisation", {})
        for fact in order.get("facts", ()):
            yield fact["question"], f"lines of {rules['edition']}"
        observation = order.get("observation", {})
        for text in (observation.get("source", ""), observation.get("confidence", "")):
            yield text, f"lines of {rules['edition']}"
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
    for question in load_own_questions().values():
        for text in (question.question, question.tests, question.probe, question.strong):
            yield text, "mock/own-questions.json"
    for rule in load_observation_rules().values():
        yield (rule.singular, rule.text) if rule.singular else rule.text, "statistics/observations.json"
        yield rule.none, "statistics/observations.json"
        yield rule.question, "statistics/observations.json"


def _find_in_plans() -> Iterator[tuple[Message, str]]:
    """Yield the messages of plans, calendars and follow-up that come from data."""
    for path in sorted(data_folder("frameworks").glob("*/timetable.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        names = (OWN, VISIT_NAME, PLENARY_NAME, LATER_OBSERVATION_NAME)
        for text in (table["note"], *table["sources"], *table["sources"].values(), *names):
            yield text, f"timetable of {table['edition']}"
        for event in table["events"]:
            yield event["what"], f"timetable of {table['edition']}"
    efforts = json.loads((data_folder("frameworks") / "plan" / "efforts.json").read_text(encoding="utf-8"))
    for kind in efforts["kinds"].values():
        yield kind["name"], "plan/efforts.json"
        yield kind["evidence"], "plan/efforts.json"
    for stage in efforts["stages"].values():
        yield stage, "plan/efforts.json"
    rules = json.loads((data_folder("frameworks") / "plan" / "monitoring.json").read_text(encoding="utf-8"))
    for part in (*rules["kinds"], *rules["scales"], *rules["asks"], rules["meetings"], *rules["cycle"]):
        for key in ("name", "source", "confidence"):
            yield part.get(key, ""), "plan/monitoring.json"
    for text in (rules["asks_source"], PLENARY_DAY, *load_monitoring().statuses):
        yield text, "plan/monitoring.json"
    for name in (*LIST_NAMES.values(), *TIMES_NAMES.values()):
        yield name, "last-report.xlsx and action-plan.xlsx"
    yield from ((text, "plan/assistance.json") for text in _find_in_assistance())
    laws = (InstrumentStatus, BillStage, EntryState, LinkScope, SpellingState, Difference, TranslationState)
    items = (ItemEvidenceKind, Direction, ReportDuty)
    for vocabulary in (ActionStatus, ActionState, AddressedState, *laws, *items, TrainingKind, YearHalf):
        for value in vocabulary:
            yield str(value), vocabulary.__name__


def _find_in_assistance() -> Iterator[str]:
    """Yield the texts of the lists behind costs and assistance."""
    lists = json.loads((data_folder("frameworks") / "plan" / "assistance.json").read_text(encoding="utf-8"))
    for name, part in lists.items():
        if name.endswith(("_source", "_confidence")):
            yield part
    for part in ("kinds", "deliveries", "statuses", "priorities", "lines", "sources", "fundings"):
        for entry in lists[part]:
            yield from (entry.get(key, "") for key in ("name", "category", "rule"))


def main(arguments: list[str]) -> int:
    """Write the catalogues again, or with --confirm [LANGUAGE ...] confirm their fuzzy translations."""
    if arguments[:1] == ["--confirm"]:
        return confirm_catalogues(arguments[1:])
    for language in LANGUAGES:
        if language != "en":
            write_catalogue(language, find_messages())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
