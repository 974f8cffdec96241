"""The thresholds of an edition from its follow-up.json, and faults in them that a schema cannot express."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

from fatf_kit.core.errors import FrameworkError, UnknownIdError
from fatf_kit.core.json_files import load_json, load_value
from fatf_kit.core.problems import Problem, make_data_problem
from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook.model import LineCount, LineKind, Rules

FILE = "follow-up.json"
_SCHEMA = "follow-up.schema.json"


@cache
def load_rules(edition: str) -> Rules:
    """Return the thresholds of a bundled edition.

    Raises:
        UnknownIdError: no such edition; the message names those at hand.
        FrameworkError: the file does not conform to its schema or contradicts itself.

    >>> [line.id for line in load_rules("fatf-2013").lines if line.kind is LineKind.ICRG]
    ['I4-1', 'I4-2', 'I4-3', 'I4-4']
    """
    if edition not in list_editions():
        raise UnknownIdError("'{found}' is not an edition. Allowed: {names}.", found=edition, names=list_editions())
    rules, problems = read_rules(data_folder("frameworks") / edition / FILE)
    if rules is None or problems:
        raise FrameworkError(
            "The thresholds have errors ({count}). The first: {problem}", count=len(problems), problem=problems[0]
        )
    return rules


def check_rules_file(folder: Path) -> tuple[Problem, ...]:
    """Return every fault in an edition's thresholds; an edition without any has none."""
    path = folder / FILE
    return read_rules(path)[1] if path.is_file() else ()


def read_rules(path: Path) -> tuple[Rules | None, tuple[Problem, ...]]:
    """Return the thresholds in a file, with every fault; None where they cannot be read.

    Raises:
        OSError: the file cannot be read.
    """
    name = f"{path.parent.name}/{path.name}"
    _, problems = load_json(path, _SCHEMA, name)
    if problems:
        return None, problems
    rules = load_value(path, Rules, _SCHEMA)
    return rules, tuple(make_data_problem(name, *fault) for fault in _find_faults(rules))


def _find_faults(rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Yield place, reason and remedy of each fault. The last two checks keep the cases of `evaluate` exact."""
    if order := rules.prioritisation:
        known = {fact.id for fact in order.facts}
        longer = order.observation.longer_if_any if order.observation else ()
        for condition in chain.from_iterable((*order.first_if_any, *order.left_out_if_any, *longer)):
            if condition.fact not in known:
                why = f"{condition.fact!r} is no fact"
                yield "prioritisation", why, "Add it to 'facts', or correct the condition."
    seen: set[str] = set()
    for line in rules.lines:
        if line.id in seen:
            yield line.id, "the id is used twice", "Give each line its own id."
        seen.add(line.id)
        for count in line.counts:
            ladder = _find_scale(count)
            if ladder is None:
                why = "a count mixes scales or names unknown units"
                yield line.id, why, "Count Recommendations or outcomes."
                continue
            if count.at_least > len(count.units):
                why = f"{len(count.units)} units never reach {count.at_least}"
                yield line.id, why, "Correct 'at_least'."
            for lower in ladder[: max(map(ladder.index, count.ratings))]:
                if lower not in count.ratings and not _is_counted(rules, line.kind, lower, count.units):
                    why = f"a fall to {lower} is counted by no line, so a worse rating would be better"
                    yield line.id, why, f"Count {lower} too, or add a line of the same kind for any {lower}."
        for outer, inner in pairwise(line.counts):
            if inner.units != outer.units or not inner.ratings <= outer.ratings:
                why = "its counts are not nested"
                yield line.id, why, "Count the same units, and fewer ratings each time."


def _find_scale(count: LineCount) -> tuple[str, ...] | None:
    for units, ladder in ((RECOMMENDATIONS, COMPLIANCE_SCALE), (OUTCOMES, EFFECTIVENESS_SCALE)):
        if count.units <= set(units) and count.ratings <= set(ladder):
            return ladder
    return None


def _is_counted(rules: Rules, kind: LineKind, rating: str, units: frozenset[str]) -> bool:
    """Return whether some line of the kind is met as soon as any of the units has the rating."""
    return any(
        line.kind is kind and all(rating in c.ratings and c.at_least == 1 and c.units >= units for c in line.counts)
        for line in rules.lines
    )
