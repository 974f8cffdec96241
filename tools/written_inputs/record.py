"""The record of a file: every value that was read from it, by its place, and every problem.

It is made from the result of any reader. What is empty or false is left out, so that a new field changes no record
until it says something. A problem is kept by its address, code and facts; its sentence may be worded anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from fatf_kit.core.local_names import LocalName
from fatf_kit.core.problems import CellRef, Problem
from fatf_kit.spreadsheets.rows import RowRef

Leaf = str | int | float | bool
RecordValue = Leaf | list[Leaf]

LEFT_OUT = frozenset({"sha256", "path"})
"""Fields that are in no record: fingerprints change with each byte of a file, and paths with each machine."""

WORDING = frozenset({"allowed", "basis", "by", "command", "hint", "kind", "limit", "scale", "step", "what", "why"})
"""Facts of problems that are words of fatf-kit; names of columns and agencies in each language are left out too."""

_NAMES = ("id", "requirement", "unit", "name")
"""Fields that name a value in a list, if no other value of the list has the same name."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """The values by their places in the result of the reader, and the problems, each in one line and sorted."""

    values: Mapping[str, RecordValue]
    problems: tuple[str, ...]

    def render(self) -> bytes:
        """Return the record as JSON, in the order of its places."""
        kept = {"values": self.values, "problems": self.problems}
        return (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def make_record(name: str, result: object, problems: Iterable[Problem]) -> FileRecord:
    """Return the record of what was read from the file `name`, which addresses in the record do not repeat."""
    values: dict[str, RecordValue] = {}
    for place, value in _list_values(result, "", name):
        if place in values:
            raise ValueError(f"{name}: two values have the place {place}")
        values[place] = value
    return FileRecord(values=values, problems=tuple(sorted(_describe_problem(problem, name) for problem in problems)))


def load_record(path: Path) -> FileRecord:
    """Return a record that was kept."""
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return FileRecord(values=kept["values"], problems=tuple(kept["problems"]))


def list_changes(kept: FileRecord, present: FileRecord) -> list[str]:
    """Return what differs between two records, a line for each value or problem.

    >>> before = FileRecord({"country": "IRQ", "answers[R.2/2.1].rating": "met"}, ("R.2!C5: date-unknown",))
    >>> after = FileRecord({"country": "IRQ", "answers[R.2/2.1].rating": "not met"}, ())
    >>> list_changes(before, after)
    ["answers[R.2/2.1].rating: 'met' → 'not met'", 'problem gone: R.2!C5: date-unknown']
    """
    places = sorted({*kept.values, *present.values})
    shown = ((place, _show(kept.values, place), _show(present.values, place)) for place in places)
    changed = [f"{place}: {before} → {after}" for place, before, after in shown if before != after]
    old, new = Counter(kept.problems), Counter(present.problems)
    changed += [f"problem gone: {problem}" for problem in (old - new).elements()]
    return [*changed, *(f"new problem: {problem}" for problem in (new - old).elements())]


def _show(values: Mapping[str, RecordValue], place: str) -> str:
    return repr(values[place]) if place in values else "nothing"


def _list_values(value: object, place: str, name: str) -> Iterator[tuple[str, RecordValue]]:
    """Yield the values in a result by their places; what is empty or false is left out."""
    if value is None or value is False or _is_empty(value):
        return
    leaf = _find_leaf(value, name)
    if leaf is not None:
        yield place, leaf
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _list_values(inner, f"{place}[{_name_key(key)}]" if place else str(key), name)
    elif (named := _list_fields(value)) is not None:
        for key, inner in named:
            if key not in _NAMES or not place.endswith(f"[{inner}]"):
                yield from _list_values(inner, f"{place}.{key}".lstrip("."), name)
    elif isinstance(value, Iterable):
        items = _sort_set(value) if isinstance(value, set | frozenset) else list(value)
        leaves = [leaf for item in items if (leaf := _find_leaf(item, name)) is not None]
        if len(leaves) == len(items):
            yield place, leaves
        else:
            for key, item in zip(_name_items(items, name), items, strict=True):
                yield from _list_values(item, f"{place}[{key}]", name)
    else:
        raise TypeError(f"{place}: {type(value).__name__} has no place in a record")


def _is_empty(value: object) -> bool:
    return isinstance(value, str | Mapping | tuple | list | set | frozenset) and not value


def _find_leaf(value: object, name: str) -> Leaf | None:
    """Return a value that has no parts as JSON has it; None for any other."""
    if isinstance(value, RowRef):
        return _shorten(str(value.place), name)
    if isinstance(value, CellRef):
        return _shorten(str(value), name)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str | Path) else value if isinstance(value, bool | int | float) else None


def _list_fields(value: object) -> list[tuple[str, object]] | None:
    """Return the fields of a frozen value by their names; None for a value without named fields."""
    if is_dataclass(value):
        names = [field.name for field in fields(value)]
    else:
        names = list(getattr(value, "_fields", ()))
    return [(key, getattr(value, key)) for key in names if key not in LEFT_OUT] if names else None


def _sort_set(values: Iterable[object]) -> list[object]:
    return sorted(values, key=str)


def _name_key(key: object) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _name_items(items: list[object], name: str) -> list[str]:
    """Return what names each value of a list: its id, else its address, else its number, the first that is unique."""
    for key in _NAMES:
        names = [str(getattr(item, key, "")) for item in items]
        if all(names) and len(set(names)) == len(names):
            return names
    places = [getattr(item, "ref", None) or getattr(item, "row", None) for item in items]
    names = [str(_find_leaf(place, name) or "") for place in places]
    if all(names) and len(set(names)) == len(names):
        return names
    return [str(number) for number in range(1, len(items) + 1)]


def _describe_problem(problem: Problem, name: str) -> str:
    """Return address, code, requirement and facts of a problem in one line, without the words of its sentence."""
    facts = {key: value for key, value in problem.facts if key not in WORDING and not isinstance(value, LocalName)}
    shown = [f"{key}={_shorten(value, name)!r}" for key, value in sorted(facts.items())]
    place = _shorten(str(problem.ref), name) if problem.ref else "–"
    return " ".join(
        (f"{place or name}:", problem.code, *([f"({problem.requirement})"] if problem.requirement else []), *shown)
    )


def _shorten(text: str, name: str) -> str:
    """Return an address without the name of the file that the record is about."""
    return text.removeprefix(f"{name}, ")
