"""Errors of a JSON schema in plain words: what was found and what is allowed, never a pattern or a rule's name.

Each is one whole sentence, so that it can be translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.problems import quote_found

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_DAY = "'{found}' is not a date written as year-month-day, like '2026-03-31'"
_MONTH = "'{found}' is not a month written as year-month, like '2026-03'"
_TIME = "'{found}' is not a time of day, like '09:30'"
_LANGUAGE = "'{found}' is not the code of a language, like 'en'"
_EDITION = "'{found}' is not the id of an edition, like 'fatf-2022'"
_VERSION = "'{found}' is not a version, like '1.0.0'"
_UNIT = "'{found}' is not a Recommendation or Immediate Outcome, like 'R.10' or 'IO.3'"
_RECOMMENDATION = "'{found}' is not a Recommendation, like 'R.10'"
_OUTCOME = "'{found}' is not an Immediate Outcome, like 'IO.3'"
_REQUIREMENT = "'{found}' is not the id of a requirement, like 'R.10/10.7' or 'IO.6/6.2'"
_ANY_ID = (
    "'{found}' is not the id of a Recommendation, an Immediate Outcome or a requirement, like 'R.10' or 'R.10/10.7'"
)
_CORE_ISSUE = "'{found}' is not the id of a core issue, like 'IO.6/6.2'"
_QUESTION = "'{found}' is not a question of the mock visit, like 'Q.6.2-1'"
_SMALL = "'{found}' is not written in lowercase letters, digits and hyphens, like 'own-rules'"
_LETTERS = "'{found}' is not written in lowercase letters and hyphens, like 'own-rules'"
_UNDERLINED = "'{found}' is not written in lowercase letters, digits and underscores, like 'own_rules'"
_CELL = "'{found}' is not a line of a table of figures, like 'str/received/number'"
_FINGERPRINT = "'{found}' is not a fingerprint as fatf-kit writes it"
_NUMBERED = "'{found}' is not a number as fatf-kit gives it, like 'F-001'"
_TEXT = "a text is needed here"
_TIGHT = "a text without spaces at its start and end is needed here"

FORMS: Mapping[str, str] = {
    r"^[A-Z]{3}$": "'{found}' is not a code of three capital letters, like 'IRQ'",
    r"^[A-Z]+$": "'{found}' is not written in capital letters, like 'MENAFATF'",
    r"^\d{4}-\d{2}-\d{2}$": _DAY,
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": _DAY,
    r"^[0-9]{4}-[0-9]{2}$": _MONTH,
    r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$": _MONTH,
    r"^[0-9]{4}-(0[1-9]|1[0-2])$": _MONTH,
    r"^\d{4}(-\d{2}(-\d{2})?)?$": "'{found}' is not a year, a month or a day, like '2015-09-30'",
    r"^(1[0-2]|[1-9])$": "'{found}' is not the number of a month, like '7'",
    r"^[A-Z]$": "'{found}' is not one capital letter, like 'A'",
    r"^[A-Z/]{1,3}$": "'{found}' is not a rating code, like 'LC'",
    r"^L-[0-9]{3,5}$": "'{found}' is not the number of an instrument, like 'L-003'",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": _TIME,
    r"^[a-z]{2,3}$": _LANGUAGE,
    r"^fatf-[0-9]{4}$": _EDITION,
    r"^[a-z]+-[0-9]{4}$": _EDITION,
    r"^[0-9]+\.[0-9]+\.[0-9]+$": _VERSION,
    r"^(R\.([1-9]|[1-3][0-9]|40)|IO\.([1-9]|1[01]))$": _UNIT,
    r"^(R|IO)\.[1-9][0-9]?$": _UNIT,
    r"^R\.([1-9]|[1-3][0-9]|40)$": _RECOMMENDATION,
    r"^R\.[1-9][0-9]?$": _RECOMMENDATION,
    r"^R\.\d+$": _RECOMMENDATION,
    r"^IO\.([1-9]|1[01])$": _OUTCOME,
    r"^(R|IO)\.[0-9]+/[0-9]+\.[0-9]+(bis|ter)?(\([a-z0-9]+\))*(#[0-9]+)?$": _REQUIREMENT,
    r"^(\([a-z0-9]+\))*(#[0-9]+)?$": "'{found}' is not the label of a part, like '(a)'",
    r"^(R|IO)\.\d+/[\d.]+(\([a-z]\))?$": _REQUIREMENT,
    r"^(R|IO)\.[0-9]+(/[0-9.]+(\([a-z]+\))*)?$": _ANY_ID,
    r"^(R|IO)\.[0-9]+(/[0-9]+\.[0-9]+(bis|ter)?)?$": _ANY_ID,
    r"^IO\.([1-9]|1[01])/([1-9]|1[01])\.[1-9]$": _CORE_ISSUE,
    r"^Q\.([1-9]|1[01])\.[1-9]-[1-9]$": _QUESTION,
    r"^(fatf-[0-9]{4}/)?Q\.([1-9]|1[01])\.[1-9]-[1-9]$": _QUESTION,
    r"^[a-z0-9][a-z0-9-]*$": _SMALL,
    r"^[a-z0-9][a-z0-9-]{0,39}$": "'{found}' is not written in up to forty lowercase letters, digits and hyphens",
    r"^[a-z]+$": "'{found}' is not written in lowercase letters, like 'own'",
    r"^[a-z-]+$": _LETTERS,
    r"^[a-z][a-z-]*$": _LETTERS,
    r"^[a-z][a-z-]{1,39}$": _LETTERS,
    r"^[a-z]+(-[a-z]+)*$": _LETTERS,
    r"^[a-z][a-z_]*$": _UNDERLINED,
    r"^[a-z_]+$": _UNDERLINED,
    r"^[a-z_0-9]+$": _UNDERLINED,
    r"^[a-z][a-z_.0-9-]*$": "'{found}' is not the key of a word, like 'column.rating'",
    r"^[a-z0-9-]+/([a-z0-9-]+|\*)/[a-z0-9-]+$": _CELL,
    r"^[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+$": _CELL,
    r"^(S|T|TN|V|M|MN|C)[0-9]{1,2}$": "'{found}' is not a factor, like 'V05'",
    r"^O[0-9]+$": "'{found}' is not a check, like 'O6'",
    r"^F-[0-9]{3,}$": _NUMBERED,
    r"^K-[0-9]{2,}$": _NUMBERED,
    r"^T-[0-9]{2,4}$": _NUMBERED,
    r"^TA-[0-9]{3,4}$": _NUMBERED,
    r"^[0-9a-f]{64}$": _FINGERPRINT,
    r"^sha256:[0-9a-f]{64}$": _FINGERPRINT,
    r"\{left\}.*\{right\}": "'{found}' does not have a place for each of the two counts",
    r"\S": _TEXT,
    r"^\S(.*\S)?$": _TIGHT,
}
"""The sentence for each pattern of the schemas; `{found}` is what was found."""

TYPES: Mapping[str, str] = {
    "string": "a text in quotation marks is needed here",
    "number": "a number without quotation marks is needed here",
    "integer": "a whole number without quotation marks is needed here",
    "boolean": "true or false without quotation marks is needed here",
    "array": "a list in square brackets is needed here",
    "object": "entries in curly brackets are needed here",
}
"""The sentence for each type of JSON."""

OTHER_FORM = "'{found}' does not have the form that is needed here"
"""The sentence where no other fits."""

NOT_ALLOWED = "'{found}' is not allowed here; allowed: '{allowed}'"
"""The sentence for a value that is not in its list."""

_LONGEST = 240
_QUOTED_KEY = re.compile("'(.*?)'")  # the first in a message of jsonschema is the key that is missing


def describe_schema_error(fault: ValidationError) -> str:
    """Return what was found and what is allowed, in a sentence that can be translated."""
    return _describe(fault)


def _describe(fault: ValidationError) -> str:
    wanted: Any = fault.validator_value
    given: Any = fault.instance
    found = _quote(given)
    match fault.validator:
        case "additionalProperties":
            return _describe_unknown_keys(fault.schema, given)
        case "required" | "dependentRequired":
            return Phrase("'{found}' is missing", found=_QUOTED_KEY.findall(fault.message)[0])
        case "type":
            return _describe_type(wanted)
        case "enum":
            return Phrase(NOT_ALLOWED, found=found, allowed=_join_values(wanted))
        case "const":
            return Phrase(NOT_ALLOWED, found=found, allowed=_plain(wanted))
        case "pattern":
            return Phrase(FORMS.get(wanted, OTHER_FORM), found=found)
        case "anyOf" | "oneOf":
            return _describe_best(fault)
    return _describe_limit(str(fault.validator), wanted, given)


def _describe_limit(rule: str, wanted: Any, given: Any) -> str:
    """Return the sentence for a value that is too short, too long, too small or too large."""
    found = _quote(given)
    match rule:
        case "minLength":
            return "a text is needed here"
        case "maxLength":
            return Phrase(
                "the length of the text is {length}, but the largest allowed length is {limit}",
                length=len(given),
                limit=wanted,
            )
        case "minItems" | "minProperties":
            return Phrase(
                "the number of entries is {count}, but the smallest allowed number is {limit}",
                count=len(given),
                limit=wanted,
            )
        case "maxItems" | "maxProperties":
            return Phrase(
                "the number of entries is {count}, but the largest allowed number is {limit}",
                count=len(given),
                limit=wanted,
            )
        case "uniqueItems":
            return "an entry is listed twice"
        case "minimum":
            return Phrase("'{found}' is too small; the smallest allowed value is '{limit}'", found=found, limit=wanted)
        case "exclusiveMinimum":
            return Phrase("'{found}' is too small; the value must be greater than '{limit}'", found=found, limit=wanted)
        case "maximum":
            return Phrase("'{found}' is too large; the largest allowed value is '{limit}'", found=found, limit=wanted)
    return "this value is not allowed here"


def _describe_unknown_keys(schema: Any, given: Mapping[str, Any]) -> str:
    patterns = schema.get("patternProperties", {})
    known = schema.get("properties", {})
    strange = [key for key in given if key not in known and not any(re.search(one, key) for one in patterns)]
    for pattern in patterns:
        if strange and pattern in FORMS:
            return Phrase(FORMS[pattern], found=_quote(strange[0]))
    return Phrase("'{found}' is not allowed here", found=_join_values(strange))


def _describe_type(wanted: str | list[str]) -> str:
    kinds = [kind for kind in ([wanted] if isinstance(wanted, str) else wanted) if kind != "null"]
    if len(kinds) == 1 and kinds[0] in TYPES:
        return TYPES[kinds[0]]
    return Phrase("the value must have one of these JSON types: '{types}'", types=", ".join(kinds))


def _describe_best(fault: ValidationError) -> str:
    """Return the sentence for the alternative that fits best: of the right type, and the deepest in the file."""
    ways = [one for one in fault.context or () if one.validator != "type"]
    best = max(ways, key=lambda one: len(one.absolute_path), default=None)
    return _describe(best) if best else "this value is not allowed here"


def _join_values(values: Iterable[Any]) -> str:
    return ", ".join(_plain(value) for value in values)[:_LONGEST]


def _quote(value: Any) -> str:
    """Return a value as it may be quoted: only a short one, and no list."""
    if isinstance(value, list | dict):
        return "…"
    return _plain(quote_found(_as_json(value)).get("found", "…"))


def _plain(value: Any) -> str:
    """Return a value without the mark that ends a quotation in messages."""
    return str(_as_json(value)).replace("'", "’")


def _as_json(value: Any) -> Any:
    return {True: "true", False: "false", None: "null"}[value] if value is None or isinstance(value, bool) else value
