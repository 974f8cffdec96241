"""Which of the register's own columns hold what, and what is refused: personal traits, names, scored belief or opinion.

Without a mapping a column is known by its id or its name in any language. A refusal says why and names the heading.

Source: fatf-kit's own; the refused words are in frameworks/npo/refused.json.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fatf_kit.errors import FatfKitError
from fatf_kit.framework.jsonfiles import load_json
from fatf_kit.locale import normalise
from fatf_kit.npo.convert import date_order
from fatf_kit.npo.method import Column, Method
from fatf_kit.problems import CellRef, Problem, make_problem

_NEAR, _NEAR_WORD, _SAME = 0.84, 0.75, 0.95
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where one column comes from: headings (the first that is filled counts) or a constant with its reason.

    `codes` are the register's own spellings, "" for one that says nothing; `unit` a factor for money, or "percent" or
    "fraction" for shares; `dates` whether day or month comes first.
    """

    headings: tuple[str, ...] = ()
    constant: str | None = None
    because: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    separator: str | None = None
    unit: float | str | None = None
    dates: str = "dmy"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """Fields by column id, and how the file is to be read where it cannot be found out."""

    fields: Mapping[str, Field]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

    def unused(self, header: Iterable[str]) -> tuple[str, ...]:
        """The headings that no column is taken from."""
        taken = {heading for source in self.fields.values() for heading in source.headings}
        return tuple(heading for heading in header if heading not in taken)


def load_mapping(path: Path, method: Method) -> ColumnMap:
    """The mapping in a file.

    Raises:
        FatfKitError: the file is at odds with its schema, or names a column that is not known.
    """
    try:
        data, problems = load_json(path, "npo-mapping.schema.json")
    except OSError as fault:
        raise FatfKitError(f"The mapping {path.name} cannot be read: {fault.strerror}.") from fault
    if problems:
        raise FatfKitError(f"The mapping has {len(problems)} faults; the first: {problems[0].message}")
    return parse_mapping(data, method)


def parse_mapping(data: Mapping[str, Any], method: Method) -> ColumnMap:
    """A mapping from its JSON.

    Raises:
        FatfKitError: it names a column that is not known.
    """
    fields = {}
    for column, item in data["columns"].items():
        if column not in method.columns:
            near = difflib.get_close_matches(column, method.columns, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise FatfKitError(f"The mapping names {column!r}, which is no column of the NPO register.{hint}")
        named = item.get("from", ())
        fields[column] = Field(
            headings=(named,) if isinstance(named, str) else tuple(named),
            constant=item.get("constant"),
            because=item.get("because", ""),
            codes=MappingProxyType(dict(item.get("codes", {}))),
            separator=item.get("separator"),
            unit=item.get("unit"),
            dates=item.get("dates", "dmy"),
        )
    return ColumnMap(
        fields=MappingProxyType(fields),
        encoding=data.get("encoding"),
        delimiter=data.get("delimiter"),
        sheet=data.get("sheet"),
    )


def map_by_name(header: Sequence[str], method: Method) -> ColumnMap:
    """Columns whose heading is their id or their name in one of the languages.

    >>> from fatf_kit.npo.method import load_method
    >>> dict(map_by_name(["npo_id", "الحالة", "other"], load_method()).fields)["status"].headings
    ('الحالة',)
    """
    names = {normalise(text): column.id for column in method.columns.values() for text in _own_names(column)}
    fields: dict[str, Field] = {}
    for heading in header:
        column = names.get(normalise(heading))
        if column:
            fields.setdefault(column, Field(headings=(heading,)))
    return ColumnMap(fields=MappingProxyType(fields))


def suggest_mapping(
    header: Sequence[str], method: Method, samples: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> dict[str, Any]:
    """A mapping to start from, as its JSON: names that are the same, then names that are near. To be looked through.

    Headings that are refused or stand for nothing known are listed under "ignored". `samples` are texts of the first
    rows by heading: they tell whether day or month comes first. Columns whose texts leave it open, or say both, are
    listed under "dates_unclear"; without an entry the day comes first.
    """
    keys = {normalise(text).replace("_", " "): column.id for column in method.columns.values()
            for text in (*column.aliases, *_own_names(column))}  # fmt: skip
    refused = {problem.facts[0][1] for problem in refusals("", header, method)}
    columns: dict[str, Any] = {}
    taken = set()
    for exact in (True, False):
        for heading in header:
            if heading in refused or heading in taken:
                continue
            plain = normalise(heading).replace("_", " ")
            column = keys.get(plain) if exact else _nearest(plain, keys)
            if column and column not in columns and not _scores(heading, column, method):
                columns[column] = {"from": heading}
                taken.add(heading)
    unclear = []
    for column, source in columns.items():
        order = date_order(samples.get(source["from"], ())) if method.columns[column].type == "date" else None
        if order:
            source["dates"] = order
        elif order == "":
            unclear.append(column)
    said = {"dates_unclear": unclear} if unclear else {}
    ignored = [heading for heading in header if heading not in taken]
    return {"schema": "fatf-kit/npo-mapping/1", "columns": columns, **said, "ignored": ignored}


def _nearest(heading: str, keys: Mapping[str, str]) -> str | None:
    """The column with the nearest name; each word of the name must be there: gaming activity is not the main one."""

    def alike(one: str, other: str) -> float:
        return difflib.SequenceMatcher(None, one, other).ratio()

    words = heading.split()
    for name in difflib.get_close_matches(heading, keys, n=3, cutoff=_NEAR):
        together = alike(heading.replace(" ", ""), name.replace(" ", "")) >= _SAME
        if together or all(any(alike(word, one) >= _NEAR_WORD for one in words) for word in name.split()):
            return keys[name]
    return None


def check_mapping(file: str, header: Sequence[str], mapping: ColumnMap, method: Method) -> tuple[Problem, ...]:
    """What is refused, and what the mapping names that the file does not have."""
    found = [*refusals(file, header, method), *_scored(file, mapping, method)]
    for column, source in mapping.fields.items():
        for heading in source.headings:
            if heading not in header:
                found.append(make_problem("npo-heading", CellRef(file=file), heading=heading, column=column))
    if any(column.required and column.id not in mapping.fields for column in method.columns.values()):
        found.append(make_problem("npo-no-id", CellRef(file=file)))
    return tuple(found)


def refusals(file: str, header: Iterable[str], method: Method) -> tuple[Problem, ...]:
    """Headings that speak of personal traits or of beneficiaries by name: such a register is not read."""
    rules = method.refused
    people, beneficiaries, identity = (_all(rules[key]) for key in ("people", "beneficiaries", "identity"))
    traits = frozenset().union(*(_all(trait["words"]) for trait in rules["traits"]))
    problems = []
    for heading in header:
        words = words_of(heading)
        if words & beneficiaries and words & identity:
            problems.append(make_problem("npo-names", CellRef(file=file), heading=heading))
        elif words & people and words & traits:
            problems.append(make_problem("npo-trait", CellRef(file=file), heading=heading))
    return tuple(problems)


def words_of(text: str) -> frozenset[str]:
    """The words of a heading, for comparing with a list.

    >>> sorted(words_of("beneficiaryNames_2024"))
    ['2024', 'beneficiary', 'names']
    """
    return frozenset(_WORD.findall(_unaccented(_CAMEL.sub(" ", text)).replace("_", " ")))


def _unaccented(text: str) -> str:
    letters = unicodedata.normalize("NFKD", normalise(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _scored(file: str, mapping: ColumnMap, method: Method) -> Iterable[Problem]:
    """Mappings that would turn faith, ethnicity, politics, advocacy or rights work into a score."""
    for column, source in mapping.fields.items():
        for heading in source.headings:
            if _scores(heading, column, method):
                yield make_problem("npo-scored", CellRef(file=file), heading=heading, column=column)
        for text, code in source.codes.items():
            if words_of(text) & _unscored(method) and code in _scored_codes(column, method):
                yield make_problem("npo-scored", CellRef(file=file), heading=text, column=column)


def _scores(heading: str, column: str, method: Method) -> bool:
    """Whether a heading speaks of what is never scored; the column's own name is ours: "politique" is a policy."""
    if normalise(heading) in map(normalise, _own_names(method.columns[column])):
        return False
    return bool(words_of(heading) & _unscored(method)) and bool(
        _scored_codes(column, method) or _measured(column, method)
    )


def _measured(column: str, method: Method) -> bool:
    """Whether a factor rests on the column's value whatever it is, and not on some of its codes only."""
    return bool(method.informs(column)) and not method.columns[column].codes


def _scored_codes(column: str, method: Method) -> frozenset[str]:
    """Codes of a column that some factor rates."""
    if method.columns[column].type == "level":
        return frozenset(code.code for code in method.columns[column].codes)
    rules = [rule for factor in method.rated for rule in factor.rules if rule.get("column") == column]
    return frozenset(code for rule in rules for code in rule.get("levels", ()))


def _unscored(method: Method) -> frozenset[str]:
    return frozenset().union(*(_all(group["words"]) for group in method.refused["unscored"]))


def _all(words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(_unaccented(word) for language in words.values() for word in language)


def _own_names(column: Column) -> tuple[str, ...]:
    return (column.id, *column.name.values())
